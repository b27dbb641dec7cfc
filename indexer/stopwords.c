/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stopwords.c - short lists: articles, pronouns, prepositions, conjunctions,
 * forms of to be and to have. A word that may carry a meaning (a number, "us",
 * "will", "être" as a noun) is better left out: to index one too many costs
 * little, to lose one cannot be mended.
 */
#include "indexer/stopwords.h"

#include <glib.h>
#include <string.h>

static const struct {
	const char *language;
	const char *words;
} lists[] = {
	{ "en", "a an and are as at be been but by for from had has have he her his i if in into is it "
	        "it's its my no nor not of on or our she so such than that the their them then there these they "
	        "this those to was we were what which who with would you your" },
	{ "de", "als am an auch auf aus bei bin bis das dass daß dem den denn der des die dies diese diesem "
	        "diesen dieser dieses du durch ein eine einem einen einer eines er es für hat ich ihr im in "
	        "ist mit nach oder sich sie sind so um und uns unter vom von war wie wir wird zu zum zur" },
	{ "fr", "à au aux avec c'est ce ces cet cette dans de des du elle elles en et eu il ils je la le les leur "
	        "leurs lui mais me même mes ne nos notre nous on ou où par pas pour qu que qui sa se ses si "
	        "son sont sur ta te un une vos votre vous y a ont" },
	{ "es", "a al con como de del el ella ellas ellos en entre era es esa ese eso esta está este esto "
	        "ha han hay la las le les lo los me mi no nos o para pero por que qué se ser si sí sin sobre "
	        "son su sus también un una unos unas y ya" },
	{ "it", "a ad al alla alle allo agli che chi ci come con da dal dalla dalle dei del della delle "
	        "dello degli di e è ed gli ha hanno i il in io la le lei lo loro lui ma mi ne nei nel nella "
	        "nelle non o per più quello questa questo se si sono su sua sue sui sul sulla suo un una uno" },
	{ "pt", "a à ao aos às as com como da das de do dos e é ela elas ele eles em entre era essa esse esta "
	        "está este foi há isso já lhe mas me na nas não nem no nos o os ou para pela pelas pelo "
	        "pelos por que se sem ser seu seus só sua suas também um uma" },
	{ "nl", "aan al als bij dan dat de der deze die dit door een en er had heb hebben heeft het hij hoe "
	        "hun ik in is je kan maar me met mij naar niet nog nu of om onder ons ook op over te tot "
	        "uit van voor was wat we wel wij worden wordt ze zich zij zijn zo" },
	{ "sv", "alla att av blev bli blir de dem den denna deras dess det detta dig din du där efter ej en "
	        "er ett för från ha hade han har hon hos i inte jag kan man med men mig mot nu när och om "
	        "oss på sedan sig sin sina som till ut var vi vid är över" },
	{ "da", "af at blev bliver da de dem den denne der deres det dette dig din du efter eller en er et "
	        "for fra ham han hans har havde hende hun i ikke jeg kan man med men mig når nu og også om "
	        "op os på sig sin som til ud var ved vi vil være" },
	{ "no", "av at ble blir da de dem den denne der deres det dette du eller en er et etter for fra ha "
	        "hadde han har hun i ikke jeg kan man med men meg mot når nå og også om opp oss på seg sin "
	        "som til ut var ved vi vil være" },
	{ "fi", "ei eivät en että he hän ja joka jos jotka kuin kun me mikä mitä mutta myös ne niin nyt "
	        "oli olisi olivat on ovat se sekä sen sitä tai te tämä tätä vai" },
	{ "ru", "а без более бы был была были было быть в вам вас во вот вы да для до его ее её если же за "
	        "и из или им их к как ко которые который ли мы на не него нее неё нет ни них но о об он она они "
	        "от по под при с со так также то том у уже что чтобы эти это этого этой этом я" },
	{ "ca", "a al als amb com de del dels el els en és es entre ha han hi i la les li lo més no o per "
	        "però que què se són sense seu seva si un una unes uns" },
	{ "ro", "a ai al ale am ar ca că ce cu de din este fi în și şi la mai nu o pe pentru prin sau se "
	        "sunt un unei unui" },
	{ "hu", "a az azt ez ezt egy és hogy is meg nem de ha ki le el volt" },
};

const char *stopwords_of(const char *language)
{
	for (guint i = 0; language && i < G_N_ELEMENTS(lists); i++)
		if (strcmp(lists[i].language, language) == 0)
			return lists[i].words;
	return NULL;
}
