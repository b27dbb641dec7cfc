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

struct list {
	const char *language;
	const char *words;	/* separated by blanks */
};

static const struct list lists[] = {
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
	{ "ar", "في من إلى على عن مع هذا هذه ذلك تلك التي الذي الذين أن إن كان كانت كما أو و لا ما هو هي قد ثم أي بين كل" },
	{ "hu", "a az azt ez ezt egy és hogy is meg nem de ha ki le el volt" },
};

/* Words of questions and requests, and of quantity and degree: they stand in the index, since a
 * phrase or a short query may need them, but hardly say what a question is about. */
static const struct list weak[] = {
	{ "en", " about above after again all also although always am among any anyone anything because before being "
	        "below between both can could did do does doing done due during each either especially etc ever every "
	        "few find further get give given gives got here herself him himself how however i'd i'm i've itself "
	        "just least let like made make makes many may me might more most much must myself neither never often "
	        "once one ones only other others ours out over own per perhaps please rather really regarding said same "
	        "say says see seem several shall should show since some something still tell their though through thus "
	        "together too toward towards under until up upon us use used using various very via want wants way well "
	        "when whenever where whether while whom whose why will within without yet yours " },
	{ "de", " aber alle allem allen aller alles andere anderen anderer anderes beide beim bereits besonders bisher "
	        "dabei dafür damit dann darüber davon dazu deren dessen doch dort eher eigentlich einige einigen einiger "
	        "etwa etwas finde gab ganz gegen geht gibt haben habe hatte hatten hier ihre ihrem ihren ihrer immer "
	        "insbesondere jede jeden jeder jedes jetzt kann kein keine keinen können könnte mehr muss müssen nichts "
	        "noch nur ob ohne schon sehr sein seine seinem seinen seiner seit selbst sollen sollte sondern sonst "
	        "sowie über viel viele vielen waren warum was wegen weil welche welchem welchen welcher welches wenn wer "
	        "werden wieder wo wurde wurden während zwischen " },
	{ "fr", " ainsi alors après aucun aucune aussi autre autres avant avez avoir avons beaucoup bien cela celle "
	        "celles celui cependant certains certaines chaque chez combien comme comment contre depuis donc dont "
	        "encore entre est-ce étaient était être fait faire faut fois ici jamais lequel laquelle lesquels lors "
	        "lorsque mais moins notamment parce pendant peu peut peuvent plus plusieurs plutôt pourquoi quand quel "
	        "quelle quelles quels quoi sans selon sera seront seulement si soit sous tout toute toutes tous très trop "
	        "trouver vers voir vraiment " },
	{ "es", " además ahora algo algún alguna algunas alguno algunos ante antes aquí así aunque bajo bien cada casi "
	        "cómo contra cual cuál cuales cuáles cualquier cuando cuándo cuánto desde después donde dónde durante "
	        "ella estaba estaban están estar fue fueron había hacer hacia hasta luego más menos mientras mismo "
	        "mucho muchos muy nada ni otra otras otro otros poco porque pueden puede pues quien quién quienes según "
	        "sea ser será siempre sino sólo solo tal también tampoco tan tanto tener tiene tienen toda todas todo "
	        "todos tras unas unos usted " },
	{ "it", " alcuni alcune altra altre altri altro anche ancora avere bene ciascuno cioè così cosa cui dopo dove "
	        "durante era erano essere fare fra già hanno invece molto molti niente ogni oltre perché però più poi "
	        "prima proprio può qual quale quali quando quanto quindi sempre senza solo sono stata stati stato "
	        "tanto tra troppo tutta tutte tutti tutto verso " },
	{ "pt", " ainda além alguma algumas alguns algum ante antes após aqui assim até bem cada contra cujo depois desde "
	        "durante então entre eram estava estão estar foram fosse haver hoje menos mesmo muito muitos nada "
	        "nunca onde outra outras outro outros pode podem porque pouco qual quais qualquer quando quanto quem "
	        "sempre senão sobre tal tanto ter teve tinha toda todas todo todos tudo vários " },
	{ "nl", " alle alles andere daar daarom dan doen dus elke enkele geen geweest haar hebt hem hier hoeveel iets "
	        "ieder iedere kunnen kunt meer men mijn moeten moet naar niets onze sinds tegen toch tot tussen "
	        "veel vele volgens waar waarom wanneer want waren welke werd werden wie wil zal zeer zelf zonder zou zouden " },
	{ "ru", " всё весь всех вся где даже ещё здесь зачем иногда какая какие какой каков когда кто куда лишь между менее "
	        "много можно можем надо нам нас наш нельзя несколько никогда ничего однако около очень перед почему после "
	        "потому почти сейчас сколько совсем такой такие тогда только три тут хотя чего чем через чтоб этом эту " },
};

static const char *words_of(const struct list *table, guint n, const char *language)
{
	for (guint i = 0; language && i < n; i++)
		if (strcmp(table[i].language, language) == 0)
			return table[i].words;
	return NULL;
}

const char *stopwords_of(const char *language)
{
	return words_of(lists, G_N_ELEMENTS(lists), language);
}

bool stopwords_is_weak(const char *language, const char *exact)
{
	const char *words = words_of(weak, G_N_ELEMENTS(weak), language);
	gsize len = strlen(exact);

	for (const char *at = words; at && len && (at = strstr(at, exact)); at += len)
		if (at > words && at[-1] == ' ' && at[len] == ' ')
			return true;
	return false;
}
