/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * subjects.c - who speaks in a sentence of an account.
 *
 * The subject stands at the beginning, or behind a lead-in that a comma ends
 * ("Responding, ..."), or, in languages that put it there, behind the verb. It
 * is read in this order, the first that fits:
 *
 *   voice          "...", said Name; questioned by Name; for Name, ... (voices.c)
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
#include "corpus/attribution/reading.h"

#include <string.h>

#include "corpus/stages.h"

#define LEAD_TOKENS 24		/* before the comma behind a lead-in */
#define INVERTED_TOKENS 14	/* before a verb that its subject follows */
#define HEAD_TOKENS 9		/* before the colon of a head that runs in */
#define SHORT_LEAD 4		/* tokens of a lead-in without a comma */
#define INSERTED_TOKENS 8	/* ", so Ann Bell," */
#define PRONOUN_CLAUSE 3	/* ", a-t-il dit," */
#define PRONOUN_TOKENS 5	/* ", she went on to say," */

static bool read_several(struct reader *r, guint i)
{
	struct introduction found = { .n_candidates = 0 };
	struct mention first;
	if (!reader_person_at(r, i, &first) || !subjects_several(r->a, r->t.s, place(r, i), r->t.end, &found))
		return false;
	set(r, SUBJECT_SOMEBODY, -1, i, i + 1);
	memcpy(r->out->candidates, found.candidates, sizeof(found.candidates));
	r->out->n_candidates = found.n_candidates;
	return true;
}

static bool read_person(struct reader *r, guint i)
{
	struct mention mention;
	guint at;
	if (!reader_mention_behind(r, i, &mention, &at))
		return false;
	guint behind = reader_skip_asides(r, tokens_at(&r->t, mention.end));
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
	bool speaks = owner || bracket || verb_at(r, behind, CUE_SAY, VERB_TOKENS + 2) || verb_at(r, behind, CUE_SPEAK, 1) ||
	              mention_introduces(r->a, r->t.s, place(r, i), r->t.end, &mention);
	/* somebody else begins the sentence and does not speak: the account is over */
	bool other_acts = at == 0 && mention.person != r->account->speaker && behind > tokens_at(&r->t, mention.end);
	if (!speaks)
		return other_acts && set(r, SUBJECT_DOCUMENT, -1, i, at + 1);
	if (mention.person == ROSTER_SEVERAL)
		reader_find_candidates(r, &mention);
	return set_mention(r, &mention);
}

/* "According to X, ...": whose view it is, where X is one of the document's people. */
static bool read_according(struct reader *r, guint i)
{
	struct mention mention;
	guint n = cue_at(r, i, CUE_ACCORDING), at;
	if (n == 0 || cue_at(r, i, CUE_AS) > 0 || !reader_mention_behind(r, i + n, &mention, &at) || mention.person < 0)
		return false;
	guint behind = tokens_at(&r->t, mention.end);
	if (cue_at(r, behind, CUE_OF) > 0)	/* "of the House of Salt," */
		for (behind++; behind < r->t.n && !r->t.at[behind].comma && (is_upper(r, behind) || cue_at(r, behind, CUE_OF) > 0 ||
		     cue_at(r, behind, CUE_ARTICLE) > 0); behind++)
			;
	return behind < r->t.n && r->t.at[behind].comma && set_mention(r, &mention);
}

/* "[She] was asked by Ann Bell whether": who asks. */
static bool asked_by(struct reader *r, guint k)
{
	struct mention mention;
	guint at, passive = cue_at(r, k, CUE_PASSIVE);
	if (passive == 0)
		return false;
	guint ask = cue_at(r, k + passive, CUE_ASK), by = ask > 0 ? cue_at(r, k + passive + ask, CUE_BY) : 0;
	return by > 0 && reader_mention_behind(r, k + passive + ask + by, &mention, &at) && mention.person >= 0 && set_mention(r, &mention);
}

static bool read_pronoun(struct reader *r, guint i)
{
	guint n = cue_at(r, i, CUE_PRONOUN);
	bool initials = n > 0 && r->t.at[i].word.caps && r->t.at[i].word.end - r->t.at[i].word.start > 1;	/* "H.E." */
	if (n > 0 && asked_by(r, i + n))
		return true;
	bool title = cue_at(r, i, CUE_HONORIFIC) > n;	/* "His Excellency", but "He" is no "H.E." */
	return n > 0 && !initials && !title && set(r, SUBJECT_PRONOUN, -1, i, i + n);
}

/* "The chair was then taken by Mr Name", "Den Vorsitz übernahm nach der Pause Name": the first
 * one named behind the words; nobody's chair where that is a stranger. */
static bool taker_behind(struct reader *r, guint k)
{
	for (; k < r->t.n; k++) {
		struct mention mention;
		if (!reader_person_at(r, k, &mention) || (mention.person >= 0 && document_person(r->a->doc, mention.person)->body))
			continue;
		return set(r, SUBJECT_CHAIR, MAX(mention.person, -1), k, k + 1);
	}
	return false;
}

/* "Ms. Name (Country), Vice-Chair, took the Chair.": a stranger too, who ends the chair of the one before. */
static bool read_chair_taken(struct reader *r, guint i)
{
	struct mention mention;
	guint at;
	for (guint k = i; k < r->t.n; k++) {
		guint hands = cue_at(r, k, CUE_HANDS_CHAIR);
		if (hands > 0)
			return taker_behind(r, k + hands);
		if (cue_at(r, k, CUE_TAKES_CHAIR) > 0)
			return reader_mention_behind(r, i, &mention, &at) &&
			       !(mention.person >= 0 && document_person(r->a->doc, mention.person)->body) &&
			       set(r, SUBJECT_CHAIR, MAX(mention.person, -1), at, at + 1);
	}
	return false;
}

static bool read_at(struct reader *r, guint i)
{
	return reader_impersonal(r, i) || read_pronoun(r, i) || (stage_is_on(STAGE_FUNCTIONS) && reader_office(r, i)) ||
	       (stage_is_on(STAGE_BODIES) && reader_delegate(r, i)) ||
	       (stage_is_on(STAGE_FUNCTIONS) && reader_function(r, i)) || reader_assembly(r, i) || reader_officers(r, i) || reader_somebody(r, i) ||
	       read_several(r, i) || read_person(r, i) ||
	       (stage_is_on(STAGE_BODIES) && (reader_body(r, i) || reader_house(r, i) || reader_unknown_house(r, i))) ||
	       read_according(r, i);
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
		if (cue_at(r, k, CUE_QUANTIFIER) > 0 && cue_at(r, k, CUE_ARTICLE) == 0 && reader_somebody(r, k))
			return true;
		if (k > i + 1 && reader_body_tokens(r, k) > 0)
			return verb_at(r, k + reader_body_tokens(r, k), CUE_SPEAK, 1) && stage_is_on(STAGE_BODIES) && reader_body(r, k);
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
		if (inverted && cue_at(r, k, CUE_ARTICLE) > 0 && n < 4 && reader_function(r, k))
			return true;
		if (is_upper(r, k) && reader_mention_behind(r, k, &mention, &at) && mention.person >= 0)
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
		if (k > i && reader_person_at(r, k, &mention) && mention.person >= 0)
			return false;	/* somebody else stands before the verb */
		if (is_upper(r, k) || cue_at(r, k, CUE_SPEAK) == 0)
			continue;
		if (read_behind_verb(r, k + cue_at(r, k, CUE_SPEAK), k > i))
			return true;
	}
	return false;
}

/* "she argued", "a-t-il fait observer": nothing but that from k to end. */
static bool pronoun_says(const struct reader *r, guint k, guint end)
{
	bool pronoun = false, says = false;
	if (end - k > PRONOUN_CLAUSE && cue_at(r, k, CUE_PRONOUN) == 0 && cue_at(r, k, CUE_SAY) == 0)
		return false;	/* ", where her team compared notes" */
	for (guint i = k; i < end && end - k <= PRONOUN_TOKENS; i++) {
		if (is_upper(r, i))
			return false;
		pronoun = pronoun || cue_at(r, i, CUE_PRONOUN) > 0;
		says = says || cue_at(r, i, CUE_SAY) > 0;
	}
	return pronoun && says;
}

/* ", said X,", ", so X,", ", X noted,", ", lamentó,": tokens k to end between commas. */
static bool read_inserted(struct reader *r, guint k, guint end, bool bare)
{
	struct mention mention;
	guint verb = is_upper(r, k) ? 0 : cue_at(r, k, CUE_SPEAK), so = cue_at(r, k, CUE_ACCORDING), at;
	guint name = k + MAX(verb, so);
	if (bare || (verb > 0 && name >= end))
		return bare && verb > 0 && name >= end && set(r, SUBJECT_PRONOUN, -1, k, end);
	if (pronoun_says(r, k, end))
		return set(r, SUBJECT_PRONOUN, -1, k, end);
	if (!reader_mention_behind(r, name, &mention, &at) || mention.person < 0 || mention_owns(r->t.s, r->t.end, &mention))
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
		if (!word->caps || word->end - word->start < 3 || !reader_person_at(r, k, &mention) || mention.person < 0)
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
		if (!reader_person_at(r, k, &mention))
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
	if (read_chair_taken(&r, i) || reader_voice(&r, i) || read_behind_short_lead(&r, i) || read_insertion(&r, false) || read_at(&r, i) ||
	    read_behind_lead(&r, i) || read_capitals(&r, i) ||
	    read_insertion(&r, true) || read_inverted(&r, i) || read_named(&r, i))
		return;
	if (cue_at(&r, i, CUE_OWN) > 0 && stage_is_on(STAGE_OWN_VOICE))
		set(&r, SUBJECT_DOCUMENT, -1, i, i + 1);
}
