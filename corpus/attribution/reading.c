/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reading.c - what the readers of a sentence share: what stands between a subject and
 * its verb, and the people named at a word.
 */
#include "corpus/attribution/reading.h"

#include <string.h>

#define PREFIX_TOKENS 5		/* "Executive Director Ann Bell" */

void reader_open(struct reader *r, struct attributing *a, const struct account *account, struct subject *out)
{
	r->a = a;
	r->account = account;
	r->out = out;
	memset(r->read, 0, sizeof(r->read));
}

guint reader_skip_asides(const struct reader *r, guint i)
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
			if (theirs->len > 2 && strncmp(rest, theirs->str, theirs->len) == 0 &&
			    (rest[theirs->len] == ' ' || rest[theirs->len] == '\0'))
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

/* "Ann Bell", where only a Tom Bell is known: a given name stands before
 * the surname at i that is not the bearer's; but "Der Historiker Weiß". */
static bool is_namesake(const struct reader *r, guint i)
{
	const struct mention *mention = &r->mentions[i];
	if (i == 0 || mention->person < 0 || mention->honorific < mention->start || mention->start != place(r, i) ||
	    !is_upper(r, i - 1) || r->t.at[i].comma || r->t.at[i].apart)
		return false;
	for (enum cue cue = 0; cue < N_CUES; cue++)
		if (cue_at(r, i - 1, cue) > 0)
			return false;
	return (i == 1 || cue_at(r, i - 2, CUE_ARTICLE) == 0);
}

bool reader_person_at(struct reader *r, guint i, struct mention *mention)
{
	if (!is_upper(r, i))
		return false;
	if (r->read[i] == UNREAD) {
		r->read[i] = find_person_at(r, i, &r->mentions[i]) ? NAMES : NAMES_NOBODY;
		if (r->read[i] == NAMES && is_namesake(r, i))
			r->mentions[i].person = ROSTER_NONE;
	}
	*mention = r->mentions[i];
	return r->read[i] == NAMES;
}

void reader_find_candidates(struct reader *r, const struct mention *mention)
{
	GString *folded = r->a->folded;
	words_fold_to(folded, r->t.s, mention->start, mention->end);
	const char *last = strrchr(folded->str, ' ');
	g_autofree char *surname = g_strdup(last == NULL ? folded->str : last + 1);
	if (r->a->doc->people->len <= CROWD)
		r->out->n_candidates = roster_candidates(r->a->roster, surname, r->out->candidates, CANDIDATES_MAX);
}

bool reader_mention_behind(struct reader *r, guint i, struct mention *mention, guint *at)
{
	for (guint k = i; k < r->t.n && k < i + PREFIX_TOKENS; k++) {
		bool name = reader_person_at(r, k, mention);
		if (name && mention->person != ROSTER_NONE) {
			*at = k;
			return true;
		}
		bool prefix = cue_at(r, k, CUE_ROLE) > 0 || cue_at(r, k, CUE_HONORIFIC) > 0 || cue_at(r, k, CUE_RANK) > 0 ||
			cue_at(r, k, CUE_MODERATOR) > 0 ||
		              cue_at(r, k, CUE_SPEAKER) > 0 || cue_at(r, k, CUE_ARTICLE) > 0 || cue_at(r, k, CUE_BODY) > 0 ||
		              (is_upper(r, k) && r->t.at[k].word.caps) || cue_at(r, k, CUE_OF) > 0 ||
		              cue_at(r, k, CUE_COUNTRY) > 0;
		/* "la geóloga chilena Ana": one small word more behind a function */
		prefix = prefix || (k > i && !r->t.at[k].comma && !is_upper(r, k) && is_upper(r, k + 1) && cue_at(r, k - 1, CUE_ROLE) > 0 &&
		                    cue_at(r, k, CUE_SAY) == 0 && cue_at(r, k, CUE_SPEAK) == 0);
		/* "The geologist Ann Bell" */
		struct mention called;
		prefix = prefix || (k == i + 1 && cue_at(r, i, CUE_ARTICLE) > 0 && !is_upper(r, k) && !r->t.at[k].comma && k + 1 < r->t.n &&
		                    !r->t.at[k + 1].comma && reader_person_at(r, k + 1, &called) && called.person >= 0 &&
		                    tokens_at(&r->t, called.end) > k + 2);
		bool lead = cue_at(r, k, CUE_AS) > 0 || cue_at(r, k, CUE_LEAD) > 0 || cue_at(r, k, CUE_PREPOSITION) > 0;
		if (r->t.at[k].apart || (r->t.at[k].comma && k > i) || lead || !(prefix || is_upper(r, k))) {
			*at = k;
			return name && k == i;
		}
	}
	*at = i;
	return reader_person_at(r, i, mention);
}
