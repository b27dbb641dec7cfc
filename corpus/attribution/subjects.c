/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * subjects.c - who speaks in a sentence of an account.
 *
 * The subject stands at the beginning, or behind a lead-in that a comma ends
 * ("Responding, ..."), or, in languages that put it there, behind the verb. It
 * is read in this order, the first that fits:
 *
 *   pronoun        he, she; the speaker
 *   office         the Director of the House of Salt, whom a list names
 *   delegate       the representative of X; the delegation of X
 *   function       the Minister; la modératrice
 *   somebody       one participant, several delegations, a mayor
 *   several        A and B
 *   person         Name; Dr Name; Mayor Name; Name (Country); Name, Director of X,
 *   body           NORWAY; the European Union; the Society of Net Menders
 *   inserted       ..., so Name, ...; ..., said Name
 *   capitals       where a house prints those who speak so
 *   behind a verb  eröffnete Name; opened by Name
 *
 * All but the pronoun want a verb of speaking, the narrower the less is known of
 * the subject: a person of the roster any verb, somebody without a name one that
 * only people do.
 */
#include "corpus/attribution/subjects.h"

#include <string.h>

#include "corpus/attribution/offices.h"
#include "corpus/attribution/tokens.h"
#include "corpus/pieces.h"
#include "corpus/stages.h"

#define LEAD_TOKENS 24		/* before the comma behind a lead-in */
#define PREFIX_TOKENS 5		/* "Executive Director Ann Bell" */
#define VERB_TOKENS 4		/* between a subject and its verb */
#define INVERTED_TOKENS 14	/* before a verb that its subject follows */
#define DELEGATIONS_EACH 15	/* sentences, of which one has a delegation as its subject */
#define HOUSE_TOKENS 10
#define HOLDERS_MAX 300		/* people looked through for who is "the Chair" */
#define OFFICE_TOKENS 12	/* "Director of the House of Salt" */
#define IMPERSONAL_TOKENS 4	/* between "it was" and the verb */
#define HEAD_TOKENS 9		/* before the colon of a head that runs in */
#define BEGINNING_BYTES 160	/* of a sentence, in which a delegation is its subject */
#define SHORT_LEAD 4		/* tokens of a lead-in without a comma */
#define INSERTED_TOKENS 8	/* ", so Ann Bell," */
#define ASIDE_TOKENS 40		/* ", supported by A, B and C," */

struct reader {
	struct attributing *a;
	const struct account *account;
	struct tokens t;
	struct subject *out;
	struct mention mentions[TOKENS_MAX];	/* whom the token names */
	enum { UNREAD, NAMES, NAMES_NOBODY } read[TOKENS_MAX];
};

static void reader_open(struct reader *r, struct attributing *a, const struct account *account, struct subject *out)
{
	r->a = a;
	r->account = account;
	r->out = out;
	memset(r->read, 0, sizeof(r->read));
}

static bool is_upper(const struct reader *r, guint i)
{
	return i < r->t.n && r->t.at[i].word.upper;
}

static guint cue_at(const struct reader *r, guint i, enum cue cue)
{
	return tokens_cue(&r->t, i, cue);
}

static guint32 place(const struct reader *r, guint i)
{
	return i < r->t.n ? r->t.at[i].word.start : r->t.end;
}

static guint32 place_behind(const struct reader *r, guint i)
{
	return i < r->t.n ? r->t.at[i].word.end : r->t.end;
}

static bool set(struct reader *r, enum subject_kind kind, int person, guint from, guint to)
{
	r->out->kind = kind;
	r->out->person = kind == SUBJECT_PERSON || kind == SUBJECT_CHAIR ? person : -1;
	r->out->where = (struct range){ place(r, from), place_behind(r, MAX(from, to) - (to > from)) };
	return true;
}

static bool set_mention(struct reader *r, const struct mention *mention)
{
	r->out->kind = mention->person >= 0 ? SUBJECT_PERSON : SUBJECT_SOMEBODY;
	r->out->person = MAX(mention->person, -1);
	r->out->where = (struct range){ mention->honorific, mention->end };
	return true;
}

/* A verb of the cue within so many words, before any name and any comma. */
static bool verb_at(const struct reader *r, guint i, enum cue cue, guint within)
{
	for (guint n = 0; n < within && i < r->t.n; n++, i++) {
		if (n > 0 && (r->t.at[i].comma || r->t.at[i].apart))
			return false;
		if (!is_upper(r, i) && cue_at(r, i, cue) > 0)
			return true;
		if (cue_at(r, i, CUE_PASSIVE) > 0 || cue_at(r, i, CUE_HAD) > 0)
			return false;
	}
	return false;
}

static bool says_at(const struct reader *r, guint i, guint within)
{
	return verb_at(r, i, CUE_SAY, within) || verb_at(r, i, CUE_SPEAK, within);
}

/* Behind "(Country)" and ", supported by X and Y," where those stand at i. */
static guint skip_asides(const struct reader *r, guint i)
{
	for (guint round = 0; round < 3 && i < r->t.n; round++) {
		const struct token *token = &r->t.at[i];
		guint32 gap = i > 0 ? r->t.at[i - 1].word.end : r->t.start;
		const char *open = memchr(r->t.s + gap, '(', token->word.start - gap);
		if (open != NULL) {
			const char *close = memchr(open, ')', MIN(r->t.end - (guint32)(open - r->t.s), 160));
			if (close == NULL)
				return i;
			i = tokens_at(&r->t, (guint32)(close - r->t.s));
			continue;
		}
		if (!token->comma)
			return i;
		guint next = i + 1;
		while (next < r->t.n && next < i + ASIDE_TOKENS &&
		       !(r->t.at[next].comma && says_at(r, next, VERB_TOKENS)))
			next++;
		if (next >= r->t.n || next >= i + ASIDE_TOKENS)
			return i;
		i = next;
	}
	return i;
}

/* ---- bodies ---- */

/* A country or group at i: how many tokens, the longest. */
static guint body_tokens(const struct reader *r, guint i)
{
	guint country = cue_at(r, i, CUE_COUNTRY), group = cue_at(r, i, CUE_GROUP);
	return is_upper(r, i) ? MAX(country, group) : 0;
}

/* "NORWAY" as people write it; "EU", "G-77" stay. */
static const char *body_name(struct reader *r, guint i, guint n)
{
	g_autoptr(GString) name = g_string_new(NULL);
	bool country = cue_at(r, i, CUE_COUNTRY) >= n;
	for (guint k = i; k < i + n; k++) {
		const struct word *word = &r->t.at[k].word;
		bool small = country && word->caps && k > i && (cue_at(r, k, CUE_OF) > 0 || cue_at(r, k, CUE_AND) > 0 || cue_at(r, k, CUE_ARTICLE) > 0);
		bool lower = small || (country && word->caps && word->end - word->start > 3), inside = small;
		for (guint32 at = k > i ? r->t.at[k - 1].word.end : word->start; at < word->start; at++)
			if (!g_ascii_isspace(r->t.s[at]))
				g_string_append_c(name, r->t.s[at]);
			else if (!g_str_has_suffix(name->str, " "))
				g_string_append_c(name, ' ');
		g_autofree char *printed = g_utf8_make_valid(r->t.s + word->start, word->end - word->start);
		for (const char *p = printed; *p != '\0'; p = g_utf8_next_char(p)) {
			gunichar u = g_utf8_get_char(p);
			g_string_append_unichar(name, inside && lower ? g_unichar_tolower(u) : u);
			inside = g_unichar_isalpha(u);
		}
	}
	return document_string(r->a->doc, name->str, (gssize)name->len);
}

/* Who speaks for the country: the only one of its people here; ROSTER_SEVERAL. */
static int representative_of(struct reader *r, const char *country)
{
	int found = ROSTER_NONE;
	const struct account *account = r->account;
	g_autoptr(GString) wanted = g_string_new(NULL), theirs = g_string_new(NULL);
	words_fold(country, (struct range){ 0, (guint32)strlen(country) }, wanted);
	guint listed = account->panel >= 0 ? document_panel(r->a->doc, account->panel)->n_listed : 0;
	for (guint i = 0; i < account->n_present + listed; i++) {
		int index = i < account->n_present ? account->present[i]
		            : document_panel(r->a->doc, account->panel)->listed[i - account->n_present];
		const struct person *person = document_person(r->a->doc, index);
		if (person->body || person->country == NULL || index == found || index == account->chair)
			continue;
		words_fold_to(theirs, person->country, 0, (guint32)strlen(person->country));
		if (strcmp(theirs->str, wanted->str) == 0)
			found = found == ROSTER_NONE ? index : ROSTER_SEVERAL;
	}
	return found;
}

/* surely: it is a delegation that speaks, whatever the document is. */
static bool set_body(struct reader *r, guint i, guint n, bool surely)
{
	const char *name = body_name(r, i, n);
	int person = representative_of(r, name);
	if (person == ROSTER_NONE && (r->account->delegations || surely)) {
		struct person body = { .name = name, .body = true };
		if (cue_at(r, i, CUE_COUNTRY) >= n)
			body.country = name;
		person = roster_add(r->a->roster, &body);
	}
	if (person == ROSTER_NONE)
		return false;
	return set(r, person >= 0 ? SUBJECT_PERSON : SUBJECT_SOMEBODY, person, i, i + n);
}

/* "A and B said": further subjects behind the first. */
static bool goes_on_with(const struct reader *r, guint i)
{
	guint n = cue_at(r, i, CUE_AND);
	if (n > 0 && is_upper(r, i + n + cue_at(r, i + n, CUE_ARTICLE)))
		return true;
	return i < r->t.n && r->t.at[i].comma && is_upper(r, i) && body_tokens(r, i) > 0;
}

static bool read_body(struct reader *r, guint i)
{
	guint first = i + cue_at(r, i, CUE_ARTICLE), n = body_tokens(r, first);
	if (n == 0)
		return false;
	guint behind = skip_asides(r, first + n);
	if (goes_on_with(r, first + n)) {
		for (guint k = first + n; k < r->t.n && k < first + ASIDE_TOKENS; k++)
			if (!is_upper(r, k) && cue_at(r, k, CUE_SPEAK) > 0)
				return r->account->delegations && set(r, SUBJECT_SOMEBODY, -1, i, k);
		return false;
	}
	if (r->account->delegations ? !says_at(r, behind, VERB_TOKENS) : !verb_at(r, behind, CUE_SPEAK, VERB_TOKENS))
		return false;
	/* at the head of a paragraph it is not what the one before has said */
	bool head = r->t.start == 0;
	return set_body(r, first, n, head && r->account->record) ||
	       ((head || verb_at(r, behind, CUE_SPEAK, 1)) && set(r, SUBJECT_SOMEBODY, -1, i, first + n));
}

/* "The Society of Net Menders (SNM) stated": a house speaks for itself; only where
 * delegations speak can that be more than an aside of somebody's account. */
static bool read_house(struct reader *r, guint i)
{
	guint first = i + cue_at(r, i, CUE_ARTICLE), k = first;
	bool house = false;
	for (; k < r->t.n && k < first + HOUSE_TOKENS && !(k > first && (r->t.at[k].comma || r->t.at[k].apart)); k++) {
		if (!is_upper(r, k) && cue_at(r, k, CUE_OF) == 0 && cue_at(r, k, CUE_AND) == 0 && cue_at(r, k, CUE_ARTICLE) == 0)
			break;
		house = house || (is_upper(r, k) && cue_at(r, k, CUE_BODY) > 0);
	}
	guint behind = skip_asides(r, k);
	if (k == first + 1 && first > i && !r->t.at[first].word.caps) {	/* "the Group", "the Union": whoever speaks for it */
		int speaker = r->account->speaker;
		return house && speaker >= 0 && document_person(r->a->doc, (guint)speaker)->body && verb_at(r, behind, CUE_SPEAK, 1) &&
		       set(r, SUBJECT_PRONOUN, -1, i, k);
	}
	if (!house || !verb_at(r, behind, CUE_SPEAK, 1) || (behind == k && r->t.at[behind].comma))	/* ", founded in 1990, was" */
		return false;
	return r->account->delegations ? set_body(r, first, k - first, true) : set(r, SUBJECT_SOMEBODY, -1, i, k);
}

/* ---- names ---- */

static bool is_present(const struct reader *r, int person)
{
	for (guint i = 0; i < r->account->n_present; i++)
		if (r->account->present[i] == person)
			return true;
	return person >= 0 && person == r->account->speaker;
}

static bool is_listed(const struct reader *r, int person)
{
	const struct panel *panel = r->account->panel >= 0 ? document_panel(r->a->doc, r->account->panel) : NULL;
	for (guint i = 0; panel != NULL && i < panel->n_listed; i++)
		if (panel->listed[i] == person)
			return true;
	return panel != NULL && panel->moderator == person;
}

/* "Mr. Bell (Kenya)", "Bell from Kiel": the only one of several who is of the country or
 * house behind the name. */
static int by_place(struct reader *r, guint32 end, const int *all, guint n)
{
	guint i = tokens_at(&r->t, end);
	bool bracket = i < r->t.n && r->t.at[i].apart && memchr(r->t.s + end, '(', place(r, i) - end) != NULL;
	if (!bracket && (cue_at(r, i, CUE_FROM) > 0 || cue_at(r, i, CUE_OF) > 0))
		i++;
	else if (!bracket)
		return ROSTER_NONE;
	int found = ROSTER_NONE;
	g_autoptr(GString) theirs = g_string_new(NULL);
	const char *rest = tokens_from(&r->t, i);
	for (guint k = 0; k < n && i < r->t.n; k++) {
		const struct person *person = document_person(r->a->doc, (guint)all[k]);
		const char *const places[] = { person->country, person->organisation };
		for (guint m = 0; m < G_N_ELEMENTS(places); m++) {
			if (places[m] == NULL)
				continue;
			words_fold_to(theirs, places[m], 0, (guint32)strlen(places[m]));
			if (theirs->len > 2 && strncmp(rest, theirs->str, theirs->len) == 0 && (rest[theirs->len] == ' ' || rest[theirs->len] == '\0'))
				found = found == ROSTER_NONE || found == all[k] ? all[k] : ROSTER_SEVERAL;
		}
	}
	return found;
}

/* A name at a word. Of several people with the surname, the only one who has spoken here. */
static bool find_person_at(struct reader *r, guint i, struct mention *mention)
{
	if (!mention_at(r->a, r->t.s, place(r, i), r->t.end, mention))
		return false;
	if (mention->person != ROSTER_SEVERAL || r->a->doc->people->len > CROWD)
		return true;
	int all[16], found = ROSTER_NONE;
	bool titled = mention->honorific < mention->start;
	GString *folded = r->a->folded;
	words_fold_to(folded, r->t.s, mention->start, mention->end);
	guint n = roster_candidates(r->a->roster, folded->str, all, G_N_ELEMENTS(all));
	if (n < G_N_ELEMENTS(all) && (found = by_place(r, mention->end, all, n)) >= 0) {
		mention->person = found;
		return true;
	}
	found = ROSTER_NONE;
	for (guint k = 0; k < n && n < G_N_ELEMENTS(all); k++)
		if (is_present(r, all[k]) || (titled && is_listed(r, all[k])))	/* the other may be meant, by the title */
			found = found == ROSTER_NONE ? all[k] : ROSTER_SEVERAL;
	mention->person = found >= 0 ? found : ROSTER_SEVERAL;
	return true;
}

static bool person_at(struct reader *r, guint i, struct mention *mention)
{
	if (!is_upper(r, i))
		return false;
	if (r->read[i] == UNREAD)
		r->read[i] = find_person_at(r, i, &r->mentions[i]) ? NAMES : NAMES_NOBODY;
	*mention = r->mentions[i];
	return r->read[i] == NAMES;
}

/* ---- people without their names ---- */

/* "the Director of the House of Salt replied": the longest office that somebody holds. */
static bool read_office(struct reader *r, guint i)
{
	guint first = i + cue_at(r, i, CUE_ARTICLE);
	if (first == i || (cue_at(r, first, CUE_ROLE) == 0 && cue_at(r, first, CUE_RANK) == 0))
		return false;
	g_autoptr(GString) phrase = g_string_new(NULL);
	for (guint k = MIN(r->t.n, first + OFFICE_TOKENS); k > first + 1; k--) {
		const char *from = tokens_from(&r->t, first), *to = tokens_from(&r->t, k);
		g_string_truncate(phrase, 0);
		g_string_append_len(phrase, from, *to == '\0' ? (gssize)strlen(from) : (gssize)(to - from));
		int holder = office_holder(r->a, phrase->str);
		if (holder != ROSTER_NONE)
			return says_at(r, skip_asides(r, k), VERB_TOKENS) &&
			       set(r, holder >= 0 ? SUBJECT_PERSON : SUBJECT_SOMEBODY, holder, i, k);
	}
	return false;
}

/* "of the House of Salt, Ann Bell," behind a function: who it is. */
static bool read_apposed(struct reader *r, guint i)
{
	struct mention mention;
	for (guint k = i; k < r->t.n && k < i + HOUSE_TOKENS; k++) {
		if (!is_upper(r, k) && cue_at(r, k, CUE_SAY) > 0)
			return false;
		if (r->t.at[k].comma)
			return is_upper(r, k) && person_at(r, k, &mention) && mention.person >= 0 && !mention_owns(r->t.s, r->t.end, &mention) &&
			       set_mention(r, &mention);
	}
	return false;
}

/* "the representative of X said" */
static bool read_delegate(struct reader *r, guint i)
{
	guint article = MAX(cue_at(r, i, CUE_ARTICLE), cue_at(r, i, CUE_QUANTIFIER)), delegate = 0;
	guint first = i + article;
	for (guint n = 0; n < 2 && delegate == 0; n++)	/* "the Permanent Representative of" */
		delegate = cue_at(r, first += n, CUE_DELEGATE);
	if (article == 0 || delegate == 0)
		return false;
	if (read_apposed(r, first + delegate))
		return true;
	guint body = first + delegate;
	while (body < r->t.n && !is_upper(r, body) && body < first + delegate + 2)
		body++;
	guint n = body_tokens(r, body), k = body;
	if (n == 0) {	/* a house: capitals to the next small word */
		while (k < r->t.n && k < body + 8 && (is_upper(r, k) || cue_at(r, k, CUE_OF) > 0) && !r->t.at[k].apart &&
		       (k == body || !r->t.at[k].comma))
			k++;
		n = k - body;
	}
	if (n == 0) {	/* "the representative of a fishing company said" */
		for (k = first + delegate; k < r->t.n && k < first + delegate + HOUSE_TOKENS && !is_upper(r, k); k++)
			if (cue_at(r, k, CUE_SPEAK) > 0 && !r->t.at[k].comma)
				return set(r, SUBJECT_SOMEBODY, -1, i, k);
		return false;
	}
	guint behind = skip_asides(r, body + n);
	if (!says_at(r, behind, VERB_TOKENS))
		return false;
	/* "the Minister of Ropes" speaks for no body of that name */
	bool office = body_tokens(r, body) == 0 && cue_at(r, first, CUE_ROLE) > 0 && cue_at(r, first, CUE_CROWD) == 0;
	/* "a delegate from Clare": a place; a house says so, or the document has delegations */
	bool house = r->account->delegations || body_tokens(r, body) > 0;
	for (guint m = body; m < body + n && !house; m++)
		house = cue_at(r, m, CUE_BODY) > 0 || (r->t.at[m].word.caps && r->t.at[m].word.end - r->t.at[m].word.start > 1);
	if (goes_on_with(r, body + n) || office || !house)
		return set(r, SUBJECT_SOMEBODY, -1, i, body + n);
	return set_body(r, body, n, true);
}

static bool has_function(struct reader *r, int index, const char *phrase)
{
	const struct person *person = document_person(r->a->doc, index);
	const char *const places[] = { person->role, person->honorific };
	GString *folded = r->a->folded;
	gsize len = strlen(phrase);
	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		if (places[i] == NULL)
			continue;
		words_fold_to(folded, places[i], 0, (guint32)strlen(places[i]));
		if (strncmp(folded->str, phrase, len) == 0 && (folded->str[len] == ' ' || folded->str[len] == '\0'))
			return true;
		if (i == 1 && folded->len >= 3 && g_str_has_prefix(phrase, folded->str))
			return true;
	}
	return false;
}

static int present_with(struct reader *r, const char *phrase)
{
	int found = ROSTER_NONE;
	if (r->account->chair_taken && cue_is(CUE_PRESIDES, phrase, -1))
		return r->account->chair;
	for (guint i = 0; i < r->account->n_present; i++) {
		int index = r->account->present[i];
		if (!has_function(r, index, phrase))
			continue;
		if (index == r->account->speaker)
			return index;
		found = found == ROSTER_NONE ? index : ROSTER_SEVERAL;
	}
	if (found != ROSTER_NONE || r->account->panel < 0)
		return found;
	const struct panel *panel = document_panel(r->a->doc, r->account->panel);
	for (guint i = 0; i < panel->n_listed; i++)
		if (has_function(r, panel->listed[i], phrase))
			found = found == ROSTER_NONE || found == panel->listed[i] ? panel->listed[i] : ROSTER_SEVERAL;
	return found;
}

/* The only one of the document's people whose function it is; where there is a
 * deputy too ("Vice-Chair"), it may be either. */
static int holder_of(struct reader *r, const char *phrase)
{
	int found = ROSTER_NONE, elected = ROSTER_NONE;
	if ((r->account->chair >= 0 || r->account->chair_taken) && cue_is(CUE_PRESIDES, phrase, -1))
		return r->account->chair;
	g_autoptr(GString) role = g_string_new(NULL);
	for (guint i = 0; i < r->a->doc->people->len && i < HOLDERS_MAX; i++) {
		const struct person *person = document_person(r->a->doc, i);
		const char *function = person->role != NULL ? person->role : person->honorific;
		if (person->body || function == NULL)
			continue;
		words_fold_to(role, function, 0, (guint32)strlen(function));
		/* "the Executive Secretary" who is that of a house */
		bool begins = strchr(phrase, ' ') != NULL && strncmp(role->str, phrase, strlen(phrase)) == 0 && role->str[strlen(phrase)] == ' ';
		bool same = strcmp(role->str, phrase) == 0;
		if (same)
			elected = elected == ROSTER_NONE ? (int)i : ROSTER_SEVERAL;
		if (same || begins || g_str_has_suffix(role->str, phrase))
			found = found == ROSTER_NONE ? (int)i : ROSTER_SEVERAL;
	}
	/* a deputy who takes the chair is said to */
	return found == ROSTER_SEVERAL && r->account->record ? elected : found;
}

/* "la lingüista chilena Ximena Larraín": a name stands between the function and the verb. */
static bool names_follow(const struct reader *r, guint i)
{
	for (guint k = i; k < r->t.n && k < i + VERB_TOKENS && !r->t.at[k].comma; k++) {
		if (is_upper(r, k))
			return k == i || (cue_at(r, k - 1, CUE_OF) == 0 && cue_at(r, k - 1, CUE_ARTICLE) == 0);
		if (cue_at(r, k, CUE_SAY) > 0 || cue_at(r, k, CUE_SPEAK) > 0)
			return false;
	}
	return false;
}

/* "the Deputy Minister replied", "la modératrice": by the function alone. */
static bool read_function(struct reader *r, guint i)
{
	guint first = i + cue_at(r, i, CUE_ARTICLE), n = 0;
	if (first == i)
		return false;
	bool moderator = cue_at(r, first, CUE_MODERATOR) > 0;
	if (cue_at(r, first, CUE_SPEAKER) > 0 && !is_upper(r, first + 1) &&
	    verb_at(r, skip_asides(r, first + cue_at(r, first, CUE_SPEAKER)), CUE_SAY, VERB_TOKENS))
		return set(r, SUBJECT_PRONOUN, -1, i, first + 1);
	while (first + n < r->t.n && n < 5 && (n == 0 || !(r->t.at[first + n].comma || r->t.at[first + n].apart)) &&
	       (is_upper(r, first + n) || cue_at(r, first + n, CUE_RANK) > 0 || (n == 0 && cue_at(r, first, CUE_ROLE) > 0) ||
	        (n == 0 && moderator)))
		n++;
	bool role = moderator;
	for (guint k = first; k < first + n; k++)
		role = role || cue_at(r, k, CUE_ROLE) > 0;
	if (!role)
		return false;
	if (read_apposed(r, first + n))
		return true;
	guint behind = skip_asides(r, first + n);
	bool says = says_at(r, behind, VERB_TOKENS) && !names_follow(r, behind);
	if (behind >= r->t.n || is_upper(r, behind) || (!says && i > 0) || cue_at(r, behind, CUE_OF) > 0 ||
	    (word_is_preposition(r->a->doc, r->t.s, &r->t.at[behind].word, tokens_from(&r->t, behind)) && cue_at(r, behind, CUE_SPEAK) == 0) || cue_at(r, behind, CUE_AND) > 0)
		return false;
	const char *from = tokens_from(&r->t, first), *to = tokens_from(&r->t, first + n);
	g_autofree char *phrase = g_strchomp(g_strndup(from, *to == '\0' ? strlen(from) : (gsize)(to - from)));
	int person = present_with(r, phrase);
	bool taken = r->account->chair_taken && cue_is(CUE_PRESIDES, phrase, -1);	/* perhaps by a stranger */
	if (person < 0 && moderator && !taken && r->account->panel >= 0)
		person = document_panel(r->a->doc, r->account->panel)->moderator;
	if (person < 0 && says && (cue_at(r, first, CUE_CHAIR) > 0 || cue_at(r, first, CUE_HONORIFIC) > 0 || strchr(phrase, ' ') != NULL))
		person = holder_of(r, phrase);
	if (person < 0 && !says)
		return false;
	return set(r, person >= 0 ? SUBJECT_PERSON : SUBJECT_SOMEBODY, person, i, first + n);
}

/* A verb like "held" or "thought" with "that" behind it. */
static bool thinks_at(const struct reader *r, guint i, guint within)
{
	for (guint k = i; k < r->t.n && k < i + within && !(k > i && (r->t.at[k].comma || r->t.at[k].apart)); k++) {
		guint n = is_upper(r, k) ? 0 : cue_at(r, k, CUE_SAY);
		if (n > 0 && cue_at(r, k + n, CUE_THAT) > 0)
			return true;
	}
	return false;
}

/* "Some thought", "A mining company maintained": small words up to a verb that only
 * people do, none of them a thing; behind them, 0 where there is none. narrow: what
 * is said must follow. */
static guint unnamed_speaker(const struct reader *r, guint i, bool narrow)
{
	guint within = 3;
	for (guint k = i; k < r->t.n && k < i + 5; k++)	/* "a conservator in the audience objected" */
		within = cue_at(r, k, CUE_FLOOR) > 0 ? 7 : within;
	for (guint k = i; k < r->t.n && k <= i + within && !is_upper(r, k) && !(k > i && (r->t.at[k].comma || r->t.at[k].apart)); k++) {
		guint says = k > 0 && cue_at(r, k - 1, CUE_ARTICLE) > 0 ? 0 : cue_at(r, k, CUE_SPEAK);	/* "the decline" */
		if (says == 0 && cue_at(r, k, CUE_SAY) > 0 && cue_at(r, k + cue_at(r, k, CUE_SAY), CUE_THAT) > 0)	/* "some thought that" */
			return k;
		if (says > 0)	/* "one held that", but "an estimated total", "une salariée soutient six équipes" */
			return (k > i && !narrow) || cue_at(r, k + says, CUE_THAT) > 0 || cue_at(r, k + says - 1, CUE_THAT) > 0 ? k : 0;
		if (cue_at(r, k, CUE_THING) > 0 || cue_at(r, k, CUE_PASSIVE) > 0 || cue_at(r, k, CUE_HAD) > 0 || (cue_at(r, k, CUE_OF) > 0 && within == 3))
			return 0;
	}
	return 0;
}

/* "Another representative (Trinidad and Tobago)": the token of the country; 0. */
static guint bracketed_country(const struct reader *r, guint i)
{
	if (i >= r->t.n || !r->t.at[i].apart || memchr(r->t.s + r->t.at[i - 1].word.end, '(', place(r, i) - r->t.at[i - 1].word.end) == NULL)
		return 0;
	return is_upper(r, i) && cue_at(r, i, CUE_COUNTRY) > 0 ? i : 0;
}

/* "One participant asked", "Several delegations", "Eine Bürgermeisterin berichtete". */
static bool read_somebody(struct reader *r, guint i)
{
	guint quantifier = cue_at(r, i, CUE_QUANTIFIER), article = cue_at(r, i, CUE_ARTICLE);
	guint first = i + MAX(quantifier, article), people = 0;
	if (cue_at(r, i, CUE_LEAD) > quantifier)	/* "A continuación" */
		quantifier = 0;
	for (guint k = first; k < first + 3 && k < r->t.n && people == 0; k++)
		if ((k == first || !r->t.at[k].comma) &&
		    (cue_at(r, k, CUE_CROWD) > 0 || (quantifier > 0 && cue_at(r, k, CUE_ROLE) > 0)))
			people = k + 1;
	if (people == 0 && quantifier > 0)
		people = unnamed_speaker(r, first, quantifier == 1 && cue_at(r, i, CUE_INDEFINITE) > 0);
	guint body = people > 0 && quantifier > 0 ? bracketed_country(r, people) : 0;
	if (body > 0 && stage_is_on(STAGE_BODIES) && says_at(r, skip_asides(r, people), VERB_TOKENS))
		return set_body(r, body, body_tokens(r, body), true);
	guint behind = skip_asides(r, people), within = quantifier > 0 ? 9 : 3;
	if (people == 0 || (quantifier == 0 && (article > 0 || people > first + 1)) || !(verb_at(r, behind, CUE_SPEAK, within) || thinks_at(r, behind, within)))
		return false;
	/* "participants agreed" sums up; "one participant asked" is somebody's statement */
	return set(r, quantifier > 0 ? SUBJECT_SOMEBODY : SUBJECT_DOCUMENT, -1, i, people);
}

/* ---- people ---- */

static bool read_several(struct reader *r, guint i)
{
	struct introduction found = { .n_candidates = 0 };
	struct mention first;
	if (!person_at(r, i, &first) || !subjects_several(r->a, r->t.s, place(r, i), r->t.end, &found))
		return false;
	set(r, SUBJECT_SOMEBODY, -1, i, i + 1);
	memcpy(r->out->candidates, found.candidates, sizeof(found.candidates));
	r->out->n_candidates = found.n_candidates;
	return true;
}

static void find_candidates(struct reader *r, const struct mention *mention)
{
	GString *folded = r->a->folded;
	words_fold_to(folded, r->t.s, mention->start, mention->end);
	const char *last = strrchr(folded->str, ' ');
	g_autofree char *surname = g_strdup(last == NULL ? folded->str : last + 1);
	if (r->a->doc->people->len <= CROWD)
		r->out->n_candidates = roster_candidates(r->a->roster, surname, r->out->candidates, CANDIDATES_MAX);
}

/* A name with nothing but functions before it: "Moderator Ann Bell", "FAO Director Bell". */
static bool mention_behind(struct reader *r, guint i, struct mention *mention, guint *at)
{
	for (guint k = i; k < r->t.n && k < i + PREFIX_TOKENS; k++) {
		bool name = person_at(r, k, mention);
		if (name && mention->person != ROSTER_NONE) {
			*at = k;
			return true;
		}
		bool prefix = cue_at(r, k, CUE_ROLE) > 0 || cue_at(r, k, CUE_HONORIFIC) > 0 || cue_at(r, k, CUE_RANK) > 0 || cue_at(r, k, CUE_MODERATOR) > 0 ||
		              cue_at(r, k, CUE_SPEAKER) > 0 || cue_at(r, k, CUE_ARTICLE) > 0 || cue_at(r, k, CUE_BODY) > 0 ||
		              (is_upper(r, k) && r->t.at[k].word.caps) || cue_at(r, k, CUE_OF) > 0 ||
		              cue_at(r, k, CUE_COUNTRY) > 0;
		/* "la lingüista chilena Ximena": one small word more behind a function */
		prefix = prefix || (k > i && !r->t.at[k].comma && !is_upper(r, k) && is_upper(r, k + 1) && cue_at(r, k - 1, CUE_ROLE) > 0 &&
		                    cue_at(r, k, CUE_SAY) == 0 && cue_at(r, k, CUE_SPEAK) == 0);
		bool lead = cue_at(r, k, CUE_AS) > 0 || cue_at(r, k, CUE_LEAD) > 0 || cue_at(r, k, CUE_PREPOSITION) > 0;
		if (r->t.at[k].apart || (r->t.at[k].comma && k > i) || lead || !(prefix || is_upper(r, k))) {
			*at = k;
			return name && k == i;
		}
	}
	*at = i;
	return person_at(r, i, mention);
}

static bool read_person(struct reader *r, guint i)
{
	struct mention mention;
	guint at;
	if (!mention_behind(r, i, &mention, &at))
		return false;
	guint behind = skip_asides(r, tokens_at(&r->t, mention.end));
	if (at == i && mention.honorific > 0 && r->t.s[mention.honorific - 1] == '(') {	/* "(Ann Bell, House of Salt) asked" */
		const char *close = memchr(r->t.s + mention.end, ')', MIN(r->t.end - mention.end, 160));
		behind = close == NULL ? behind : tokens_at(&r->t, (guint32)(close - r->t.s));
	}
	bool owner = mention_owns(r->t.s, r->t.end, &mention);
	guint other = behind + cue_at(r, behind, CUE_AND);	/* "A (X) and Ms. B (Y) supported" */
	if (other > behind && behind > tokens_at(&r->t, mention.end) && is_upper(r, other + cue_at(r, other, CUE_ARTICLE)))
		return set(r, SUBJECT_SOMEBODY, -1, i, other + 1);
	if (mention.person == ROSTER_NONE) {	/* a stranger: the account before is over */
		bool looks = mention.honorific < mention.start || behind > tokens_at(&r->t, mention.end) || at > i;
		return looks && !owner && verb_at(r, behind, CUE_SPEAK, VERB_TOKENS) && set_mention(r, &mention);
	}
	if (owner && !mention_owns_talk(r->a, r->t.s, mention.end, r->t.end))
		return mention.person != r->account->speaker && set(r, SUBJECT_SOMEBODY, -1, i, at + 1);
	if (behind > tokens_at(&r->t, mention.end) && cue_at(r, behind, CUE_PASSIVE) > 0 && cue_at(r, behind, CUE_SPEAK) == 0)
		return set(r, SUBJECT_DOCUMENT, -1, i, at + 1);	/* "Ann Bell, Minister of X, was represented by" */
	bool bracket = behind > tokens_at(&r->t, mention.end) && behind < r->t.n && !is_upper(r, behind) && !r->t.at[behind].comma;
	bool speaks = owner || bracket || verb_at(r, behind, CUE_SAY, VERB_TOKENS + 2) ||
	              mention_introduces(r->a, r->t.s, place(r, i), r->t.end, &mention);
	/* somebody else begins the sentence and does not speak: the account is over */
	bool other_acts = at == 0 && mention.person != r->account->speaker && behind > tokens_at(&r->t, mention.end);
	if (!speaks)
		return other_acts && set(r, SUBJECT_DOCUMENT, -1, i, at + 1);
	if (mention.person == ROSTER_SEVERAL)
		find_candidates(r, &mention);
	return set_mention(r, &mention);
}

/* "According to X, ...": whose view it is, where X is one of the document's people. */
static bool read_according(struct reader *r, guint i)
{
	struct mention mention;
	guint n = cue_at(r, i, CUE_ACCORDING), at;
	if (n == 0 || cue_at(r, i, CUE_AS) > 0 || !mention_behind(r, i + n, &mention, &at) || mention.person < 0)
		return false;
	guint behind = tokens_at(&r->t, mention.end);
	if (cue_at(r, behind, CUE_OF) > 0)	/* "of the House of Salt," */
		for (behind++; behind < r->t.n && !r->t.at[behind].comma && (is_upper(r, behind) || cue_at(r, behind, CUE_OF) > 0 ||
		     cue_at(r, behind, CUE_ARTICLE) > 0); behind++)
			;
	return behind < r->t.n && r->t.at[behind].comma && set_mention(r, &mention);
}

static bool read_pronoun(struct reader *r, guint i)
{
	guint n = cue_at(r, i, CUE_PRONOUN);
	bool initials = n > 0 && r->t.at[i].word.caps && r->t.at[i].word.end - r->t.at[i].word.start > 1;	/* "H.E." */
	bool title = cue_at(r, i, CUE_HONORIFIC) > 0;	/* "His Excellency" */
	return n > 0 && !initials && !title && set(r, SUBJECT_PRONOUN, -1, i, i + n);
}

/* "the Committee decided": the meeting acts, nobody speaks. */
static bool read_assembly(struct reader *r, guint i)
{
	guint first = i + cue_at(r, i, CUE_ARTICLE), n = cue_at(r, first, CUE_ASSEMBLY);
	guint number = first + n < r->t.n && (r->t.at[first + n].word.digit || r->t.at[first + n].word.caps) ? 1 : 0;	/* "Working Group II" */
	if (n == 0 || (first == i && number == 0) || is_upper(r, first + n + number))
		return false;
	return says_at(r, first + n + number, VERB_TOKENS) &&
	       set(r, SUBJECT_DOCUMENT, -1, i, first + n);
}

/* "It was suggested that", "Aus dem Publikum wurde gefragt". */
static bool read_impersonal(struct reader *r, guint i)
{
	guint n = cue_at(r, i, CUE_IMPERSONAL);
	for (guint k = i + n; n > 0 && k < r->t.n && k < i + n + IMPERSONAL_TOKENS; k++) {
		if (k > i + n && r->t.at[k].comma)
			break;
		if (!is_upper(r, k) && cue_at(r, k, CUE_SPEAK) > 0)
			return set(r, cue_at(r, k, CUE_CONSENSUS) > 0 ? SUBJECT_DOCUMENT : SUBJECT_SOMEBODY, -1, i, k + 1);
	}
	/* the participle stands before: "angeregt wurde" */
	return n >= 2 && i + n < r->t.n && cue_at(r, i, CUE_SPEAK) > 0 && set(r, SUBJECT_SOMEBODY, -1, i, i + n);
}

/* "Ms. Name (Country), Vice-Chair, took the Chair.": a stranger too, who ends the chair of the one before. */
static bool read_chair_taken(struct reader *r, guint i)
{
	struct mention mention;
	guint at;
	for (guint k = i; k < r->t.n; k++)
		if (cue_at(r, k, CUE_TAKES_CHAIR) > 0)
			return mention_behind(r, i, &mention, &at) && !(mention.person >= 0 && document_person(r->a->doc, mention.person)->body) &&
			       set(r, SUBJECT_CHAIR, MAX(mention.person, -1), at, at + 1);
	return false;
}

/* Where delegations speak: "Wetlands Watch lamented", by capitals a house that we
 * do not know. */
static bool read_unknown_house(struct reader *r, guint i)
{
	guint k = i;
	while (k < r->t.n && k < i + HOUSE_TOKENS && (is_upper(r, k) || (k > i && cue_at(r, k, CUE_OF) > 0)) &&
	       (k == i || !(r->t.at[k].comma || r->t.at[k].apart)))
		k++;
	guint behind = skip_asides(r, k);
	return r->account->delegations && k >= i + 2 && verb_at(r, behind, CUE_SPEAK, 1) && !(behind == k && r->t.at[behind].comma) &&
	       set(r, SUBJECT_SOMEBODY, -1, i, k);
}

/* "The co-chairs suspended the group", "Both presenters blamed": who is not said. */
static bool read_officers(struct reader *r, guint i)
{
	guint first = i + MAX(cue_at(r, i, CUE_ARTICLE), cue_at(r, i, CUE_QUANTIFIER)), n = cue_at(r, first, CUE_OFFICERS);
	return n > 0 && first > i && (first + n >= r->t.n || !is_upper(r, first + n)) && set(r, SUBJECT_SOMEBODY, -1, i, first + n);
}

static bool read_at(struct reader *r, guint i)
{
	return read_impersonal(r, i) || read_pronoun(r, i) || (stage_is_on(STAGE_FUNCTIONS) && read_office(r, i)) ||
	       (stage_is_on(STAGE_BODIES) && read_delegate(r, i)) ||
	       (stage_is_on(STAGE_FUNCTIONS) && read_function(r, i)) || read_assembly(r, i) || read_officers(r, i) || read_somebody(r, i) || read_several(r, i) ||
	       read_person(r, i) || (stage_is_on(STAGE_BODIES) && (read_body(r, i) || read_house(r, i) || read_unknown_house(r, i))) || read_according(r, i);
}

/* ---- elsewhere than at the beginning ---- */

static bool may_lead(const struct reader *r, guint i, guint comma)
{
	const char *word = tokens_from(&r->t, i);
	gsize len = strcspn(word, " ");
	return cue_at(r, i, CUE_LEAD) > 0 || cue_at(r, i, CUE_ACCORDING) > 0 || comma == i + 1 ||
	       (len > 5 && (strncmp(word + len - 3, "ing", 3) == 0 || strncmp(word + len - 3, "ndo", 3) == 0 ||
	                    strncmp(word + len - 3, "ant", 3) == 0));
}

/* The subject stands behind a lead-in that a comma ends. */
static bool read_behind_lead(struct reader *r, guint i)
{
	for (guint k = i + 1; k < r->t.n && k <= i + LEAD_TOKENS; k++)
		if (r->t.at[k].comma && may_lead(r, i, k) && read_at(r, k))
			return true;
	return false;
}

/* "In the discussion several operators complained", "In discussion South Africa asked". */
static bool read_behind_short_lead(struct reader *r, guint i)
{
	if (cue_at(r, i, CUE_LEAD) == 0)
		return false;
	for (guint k = i + 1; k < r->t.n && k <= i + SHORT_LEAD && !r->t.at[k].comma && !r->t.at[k].apart; k++) {
		if (cue_at(r, k, CUE_QUANTIFIER) > 0 && cue_at(r, k, CUE_ARTICLE) == 0 && read_somebody(r, k))
			return true;
		if (k > i + 1 && body_tokens(r, k) > 0)
			return verb_at(r, k + body_tokens(r, k), CUE_SPEAK, 1) && stage_is_on(STAGE_BODIES) && read_body(r, k);
		if (is_upper(r, k) || cue_at(r, k, CUE_SPEAK) > 0)
			return false;
	}
	return false;
}

/* What follows a verb: [by] [the function of X,] Name. */
static bool read_behind_verb(struct reader *r, guint k, bool inverted)
{
	bool role = false;
	for (guint n = 0; n < INVERTED_TOKENS && k < r->t.n; n++, k++) {
		struct mention mention;
		guint at;
		if (r->t.at[k].comma && !role)
			return false;
		if (inverted && cue_at(r, k, CUE_ARTICLE) > 0 && n < 4 && read_function(r, k))
			return true;
		if (is_upper(r, k) && mention_behind(r, k, &mention, &at) && mention.person >= 0)
			return (inverted || role) && (n < 3 || role) && cue_at(r, k - 1, CUE_PREPOSITION) == 0 &&
			       !mention_owns(r->t.s, r->t.end, &mention) && set_mention(r, &mention);
		role = role || cue_at(r, k, CUE_ROLE) > 0;
		if (!is_upper(r, k) && n > 0 && cue_at(r, k, CUE_SAY) > 0 && !role)
			return false;
	}
	return false;
}

/* "Den Auftakt machte Name", "Opened by Name", "A continuación intervino Name". */
static bool read_inverted(struct reader *r, guint i)
{
	for (guint k = i; k < r->t.n && k <= i + INVERTED_TOKENS; k++) {
		struct mention mention;
		if (k > i && person_at(r, k, &mention) && mention.person >= 0)
			return false;	/* somebody else stands before the verb */
		if (is_upper(r, k) || cue_at(r, k, CUE_SPEAK) == 0)
			continue;
		if (read_behind_verb(r, k + cue_at(r, k, CUE_SPEAK), k > i))
			return true;
	}
	return false;
}

/* ", said X,", ", so X,", ", X noted,", ", lamentó,": tokens k to end between commas. */
static bool read_inserted(struct reader *r, guint k, guint end, bool bare)
{
	struct mention mention;
	guint verb = is_upper(r, k) ? 0 : cue_at(r, k, CUE_SPEAK), so = cue_at(r, k, CUE_ACCORDING), at;
	guint name = k + MAX(verb, so);
	if (bare || (verb > 0 && name >= end))
		return bare && verb > 0 && name >= end && set(r, SUBJECT_PRONOUN, -1, k, end);
	if (!mention_behind(r, name, &mention, &at) || mention.person < 0 || mention_owns(r->t.s, r->t.end, &mention))
		return false;
	guint behind = tokens_at(&r->t, mention.end);
	bool closed = behind >= end || (behind == end - 1 && cue_at(r, behind, CUE_SPEAK) > 0);
	bool says = MAX(verb, so) > 0 ? behind >= end : closed && behind < end;
	return says && set_mention(r, &mention);
}

/* bare: a verb alone, ", lamentó,". */
static bool read_insertion(struct reader *r, bool bare)
{
	for (guint k = 1; k < r->t.n; k++) {
		if (!r->t.at[k].comma)
			continue;
		guint end = k + 1;
		while (end < r->t.n && !r->t.at[end].comma && !r->t.at[end].apart && end < k + INSERTED_TOKENS)
			end++;
		bool whole = end < r->t.n ? r->t.at[end].comma || r->t.at[end].apart : r->t.n < TOKENS_MAX - 1;
		if (whole && read_inserted(r, k, end, bare))
			return true;
	}
	return false;
}

/* "In ihrer Einführung umriss ANNA WEISS (Kiel) drei Fragen": a house that prints
 * the names of those who speak in capitals. */
static bool read_capitals(struct reader *r, guint i)
{
	struct mention mention, found = { .person = ROSTER_NONE };
	for (guint k = i; k < r->t.n; k++) {
		const struct word *word = &r->t.at[k].word;
		if (!word->caps || word->end - word->start < 3 || !person_at(r, k, &mention) || mention.person < 0)
			continue;
		if (found.person >= 0 && found.person != mention.person)
			return set(r, SUBJECT_SOMEBODY, -1, k, k + 1);
		found = mention;
		k = MAX(k, tokens_at(&r->t, mention.end) - 1);
	}
	return found.person >= 0 && r->a->capitals && set_mention(r, &found);
}

/* Anywhere else: "opened by Name", "the intervention of Name", "came from Name". */
static bool read_named(struct reader *r, guint i)
{
	struct mention mention;
	bool clause = false;	/* "a thing which her predecessor, Ann Bell, had declared" */
	for (guint k = i; k < r->t.n; k++) {
		clause = clause || (k > i && cue_at(r, k, CUE_WHO) > 0 && cue_at(r, k, CUE_THAT) == 0);
		if (!person_at(r, k, &mention))
			continue;
		if (clause && cue_at(r, k - 1, CUE_BY) == 0) {
			k = MAX(k, tokens_at(&r->t, mention.end) - 1);
			continue;
		}
		if (mention.person >= 0 && mention_introduces(r->a, r->t.s, place(r, i), r->t.end, &mention) &&
		    !mention_owns(r->t.s, r->t.end, &mention))
			return set_mention(r, &mention);
		k = MAX(k, tokens_at(&r->t, mention.end) - 1);
	}
	return false;
}

/* "MEANS OF IMPLEMENTATION: Norway said": behind a head that runs in. */
static guint behind_head(const struct reader *r, guint i)
{
	for (guint k = i + 1; k < r->t.n && k < i + HEAD_TOKENS; k++) {
		guint32 gap = r->t.at[k - 1].word.end;
		if (memchr(r->t.s + gap, ':', place(r, k) - gap) != NULL)
			return is_upper(r, k) ? k : i;
		if (cue_at(r, k - 1, CUE_SPEAK) > 0 && !is_upper(r, k - 1))
			return i;
	}
	return i;
}

void subject_read(struct attributing *a, const struct account *account, const char *s, guint32 start,
                  guint32 end, struct subject *subject)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	struct reader r;
	reader_open(&r, a, account, subject);
	*subject = (struct subject){ .kind = SUBJECT_NONE, .person = -1, .sentence = start };
	tokens_read(&r.t, s, start, end, folded);
	guint i = 0;
	while (i < r.t.n && i < 2 && r.t.at[i].word.digit)	/* the number of a paragraph */
		i++;
	if (r.t.at[i].word.end - r.t.at[i].word.start == 1 && i + 1 < r.t.n && s[r.t.at[i].word.end] == '.' &&
	    (cue_at(&r, i, CUE_AUDIENCE) > 0 || cue_at(&r, i, CUE_ANSWER) > 0))	/* "Q. Ms. Bell asked" */
		i++;
	i = behind_head(&r, i);
	if (i >= r.t.n)
		return;
	if (read_chair_taken(&r, i) || read_behind_short_lead(&r, i) || read_insertion(&r, false) || read_at(&r, i) || read_behind_lead(&r, i) || read_capitals(&r, i) ||
	    read_insertion(&r, true) || read_inverted(&r, i) || read_named(&r, i))
		return;
	if (cue_at(&r, i, CUE_OWN) > 0 && stage_is_on(STAGE_OWN_VOICE))
		set(&r, SUBJECT_DOCUMENT, -1, i, i + 1);
}

/* "Mr. Name (Country) said": a delegate, in a record. */
static bool delegate_speaks(struct reader *r)
{
	struct name name;
	guint first = cue_at(r, 0, CUE_ARTICLE);
	if (first >= r->t.n || !name_scan(r->t.s, place(r, first), r->t.end, &name) || name.honorific == name.start)
		return false;
	guint bracket = tokens_at(&r->t, name.end);
	return bracketed_country(r, bracket) > 0 && verb_at(r, skip_asides(r, bracket), CUE_SPEAK, VERB_TOKENS);
}

/* A cheap look at the first word: no delegation or delegate begins with any other. */
static bool may_be_delegation(const char *s, guint32 start, guint32 end, GString *folded)
{
	struct word word;
	g_string_truncate(folded, 0);
	if (!word_next(s, &start, end, &word))
		return false;
	word_fold(s, &word, folded);
	const struct cue_words *cues = cue_words(folded->str);
	return cue_words_may(cues, CUE_ARTICLE) || cue_words_may(cues, CUE_COUNTRY) || cue_words_may(cues, CUE_GROUP) ||
	       cue_words_may(cues, CUE_HONORIFIC);
}

bool delegations_speak(struct attributing *a, bool *record)
{
	static const struct account nobody = { .speaker = -1, .panel = -1, .chair = -1 };
	struct document *doc = a->doc;
	g_autoptr(GString) own = g_string_new(NULL), folded = g_string_new(NULL);
	struct subject subject;
	struct reader r;
	guint found = 0, delegates = 0, sentences = 0;
	reader_open(&r, a, &nobody, &subject);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (!block_is_text(block) || block->zone != ZONE_BODY)
			continue;
		struct piece piece = prose_of(doc, block, own);
		for (guint32 pos = 0, end; pos < piece.len; pos = end) {
			end = sentence_end(piece.s, pos, piece.len);
			sentences++;
			guint32 stop = MIN(end, pos + BEGINNING_BYTES);
			if (!may_be_delegation(piece.s, pos, stop, folded))
				continue;
			tokens_read(&r.t, piece.s, pos, stop, folded);
			guint first = cue_at(&r, 0, CUE_ARTICLE), n = body_tokens(&r, first);
			bool delegate = cue_at(&r, first, CUE_DELEGATE) > 0;
			delegates += pos == 0 && delegate_speaks(&r);
			found += (n > 0 && verb_at(&r, skip_asides(&r, first + n), CUE_SPEAK, VERB_TOKENS)) || (first > 0 && delegate);
		}
	}
	*record = found > 0 && found + delegates >= 3 && (found + delegates) * DELEGATIONS_EACH >= sentences;
	return found >= 3 && found * DELEGATIONS_EACH >= sentences;
}
