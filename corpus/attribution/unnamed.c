/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * unnamed.c - subjects without a name: a function ("the Minister"), somebody ("one
 * participant", "a mayor"), several at once ("the co-chairs"), the meeting itself
 * ("the Committee decided"), nobody ("it was suggested").
 */
#include "corpus/attribution/reading.h"

#include <string.h>

#include "corpus/attribution/offices.h"
#include "corpus/stages.h"

#define HOLDERS_MAX 300		/* people looked through for who is "the Chair" */
#define OFFICE_TOKENS 12	/* "Director of the House of Salt" */
#define IMPERSONAL_TOKENS 4	/* between "it was" and the verb */

bool reader_office(struct reader *r, guint i)
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
			return says_at(r, reader_skip_asides(r, k), VERB_TOKENS) &&
			       set(r, holder >= 0 ? SUBJECT_PERSON : SUBJECT_SOMEBODY, holder, i, k);
	}
	return false;
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

/* "la geóloga chilena Ana Soto": a name stands between the function and the verb. */
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

bool reader_function(struct reader *r, guint i)
{
	guint first = i + cue_at(r, i, CUE_ARTICLE), n = 0;
	if (first == i)
		return false;
	guint moderator = cue_at(r, first, CUE_MODERATOR);
	if (cue_at(r, first, CUE_SPEAKER) > 0 && !is_upper(r, first + 1) &&
	    verb_at(r, reader_skip_asides(r, first + cue_at(r, first, CUE_SPEAKER)), CUE_SAY, VERB_TOKENS))
		return set(r, SUBJECT_PRONOUN, -1, i, first + 1);
	while (first + n < r->t.n && n < 5 && (n == 0 || !(r->t.at[first + n].comma || r->t.at[first + n].apart)) &&
	       (is_upper(r, first + n) || cue_at(r, first + n, CUE_RANK) > 0 || (n == 0 && cue_at(r, first, CUE_ROLE) > 0) ||
	        (n == 0 && moderator > 0)))
		n++;
	n = MAX(n, moderator);	/* "le président de séance" */
	bool role = moderator > 0;
	for (guint k = first; k < first + n; k++)
		role = role || cue_at(r, k, CUE_ROLE) > 0;
	for (guint k = first + 1; k < first + n && role; k++) {	/* "the geologist Ann Bell" */
		struct mention mention;
		role = !reader_person_at(r, k, &mention) || mention.person < 0;
	}
	if (!role)
		return false;
	if (reader_apposed(r, first + n))
		return true;
	guint behind = reader_skip_asides(r, first + n);
	bool says = says_at(r, behind, VERB_TOKENS) && !names_follow(r, behind);
	if (behind >= r->t.n || is_upper(r, behind) || (!says && i > 0) || cue_at(r, behind, CUE_OF) > 0 ||
	    (word_is_preposition(r->a->doc, r->t.s, &r->t.at[behind].word, tokens_from(&r->t, behind)) && cue_at(r, behind, CUE_SPEAK) == 0) ||
	    cue_at(r, behind, CUE_AND) > 0)
		return false;
	const char *from = tokens_from(&r->t, first), *to = tokens_from(&r->t, first + n);
	g_autofree char *phrase = g_strchomp(g_strndup(from, *to == '\0' ? strlen(from) : (gsize)(to - from)));
	int person = present_with(r, phrase);
	bool taken = r->account->chair_taken && cue_is(CUE_PRESIDES, phrase, -1);	/* perhaps by a stranger */
	if (person < 0 && moderator > 0 && !taken && r->account->panel >= 0)
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
	for (guint k = i; k < r->t.n && k <= i + within && (within > 3 || !is_upper(r, k)) &&
	     !(k > i && (r->t.at[k].comma || r->t.at[k].apart)); k++) {
		guint says = is_upper(r, k) || (k > 0 && cue_at(r, k - 1, CUE_ARTICLE) > 0) ? 0 : cue_at(r, k, CUE_SPEAK);	/* "the decline" */
		if (says == 0 && cue_at(r, k, CUE_SAY) > 0 && cue_at(r, k + cue_at(r, k, CUE_SAY), CUE_THAT) > 0)	/* "some thought that" */
			return k;
		if (says > 0)	/* "one held that", but "an estimated total", "une salariée soutient six équipes" */
			return (k > i && (!narrow || within > 3)) || cue_at(r, k + says, CUE_THAT) > 0 || cue_at(r, k + says - 1, CUE_THAT) > 0 ?
			       k : 0;
		if (cue_at(r, k, CUE_THING) > 0 || cue_at(r, k, CUE_PASSIVE) > 0 || cue_at(r, k, CUE_HAD) > 0 ||
		    (cue_at(r, k, CUE_OF) > 0 && within == 3))
			return 0;
	}
	return 0;
}

guint reader_bracketed_country(const struct reader *r, guint i)
{
	if (i == 0 || i >= r->t.n || !r->t.at[i].apart ||
	    memchr(r->t.s + r->t.at[i - 1].word.end, '(', place(r, i) - r->t.at[i - 1].word.end) == NULL)
		return 0;
	return is_upper(r, i) && cue_at(r, i, CUE_COUNTRY) > 0 ? i : 0;
}

bool reader_somebody(struct reader *r, guint i)
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
	guint body = people > 0 && quantifier > 0 ? reader_bracketed_country(r, people) : 0;
	if (body > 0 && stage_is_on(STAGE_BODIES) && says_at(r, reader_skip_asides(r, people), VERB_TOKENS))
		return reader_set_body(r, body, reader_body_tokens(r, body), true);
	guint behind = reader_skip_asides(r, people), within = quantifier > 0 ? 9 : 3;
	if (people == 0 || (quantifier == 0 && (article > 0 || people > first + 1)) ||
	    !(verb_at(r, behind, CUE_SPEAK, within) || thinks_at(r, behind, within)))
		return false;
	/* "participants agreed" sums up; "one participant asked" is somebody's statement */
	return set(r, quantifier > 0 ? SUBJECT_SOMEBODY : SUBJECT_DOCUMENT, -1, i, people);
}

bool reader_assembly(struct reader *r, guint i)
{
	guint first = i + cue_at(r, i, CUE_ARTICLE), n = cue_at(r, first, CUE_ASSEMBLY);
	guint number = first + n < r->t.n && (r->t.at[first + n].word.digit || r->t.at[first + n].word.caps) ? 1 : 0;	/* "Working Group II" */
	if (n == 0 || (first == i && number == 0) || is_upper(r, first + n + number))
		return false;
	return says_at(r, first + n + number, VERB_TOKENS) &&
	       set(r, SUBJECT_DOCUMENT, -1, i, first + n);
}

bool reader_impersonal(struct reader *r, guint i)
{
	guint n = cue_at(r, i, CUE_IMPERSONAL);
	for (guint k = i + n; n > 0 && k < r->t.n && k < i + n + IMPERSONAL_TOKENS; k++) {
		if (r->t.at[k].comma && (k > i + n || cue_at(r, k, CUE_PRONOUN) > 0))	/* "It was, she argued," */
			break;
		if (cue_at(r, k, CUE_BY) > 0)	/* "It was opened by" */
			break;
		guint says = is_upper(r, k) ? 0 : cue_at(r, k, CUE_SPEAK);
		if (says > 0 && cue_at(r, k + says, CUE_BY) == 0)
			return set(r, cue_at(r, k, CUE_CONSENSUS) > 0 ? SUBJECT_DOCUMENT : SUBJECT_SOMEBODY, -1, i, k + 1);
	}
	/* the participle stands before: "angeregt wurde" */
	return n >= 2 && i + n < r->t.n && cue_at(r, i, CUE_SPEAK) > 0 && set(r, SUBJECT_SOMEBODY, -1, i, i + n);
}

bool reader_officers(struct reader *r, guint i)
{
	guint first = i + MAX(cue_at(r, i, CUE_ARTICLE), cue_at(r, i, CUE_QUANTIFIER)), n = cue_at(r, first, CUE_OFFICERS);
	return n > 0 && first > i && (first + n >= r->t.n || !is_upper(r, first + n)) && set(r, SUBJECT_SOMEBODY, -1, i, first + n);
}
