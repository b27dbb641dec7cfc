/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reading.h - a sentence of an account as the files that look for its subject share
 * it: subjects.c, bodies.c, unnamed.c. Places are tokens; a reader_* function that
 * gives true has filled out.
 */
#ifndef CORPUS_ATTRIBUTION_READING_H
#define CORPUS_ATTRIBUTION_READING_H

#include "corpus/attribution/subjects.h"
#include "corpus/attribution/tokens.h"

#define VERB_TOKENS 4		/* between a subject and its verb */
#define ASIDE_TOKENS 40		/* ", supported by A, B and C," */

struct reader {
	struct attributing *a;
	const struct account *account;
	struct tokens t;
	struct subject *out;
	struct mention mentions[TOKENS_MAX];	/* whom the token names */
	enum { UNREAD, NAMES, NAMES_NOBODY } read[TOKENS_MAX];
};

static inline bool is_upper(const struct reader *r, guint i)
{
	return i < r->t.n && r->t.at[i].word.upper;
}

static inline guint cue_at(const struct reader *r, guint i, enum cue cue)
{
	return tokens_cue(&r->t, i, cue);
}

static inline guint32 place(const struct reader *r, guint i)
{
	return i < r->t.n ? r->t.at[i].word.start : r->t.end;
}

static inline guint32 place_behind(const struct reader *r, guint i)
{
	return i < r->t.n ? r->t.at[i].word.end : r->t.end;
}

static inline bool set(struct reader *r, enum subject_kind kind, int person, guint from, guint to)
{
	r->out->kind = kind;
	r->out->person = kind == SUBJECT_PERSON || kind == SUBJECT_CHAIR ? person : -1;
	r->out->where = (struct range){ place(r, from), place_behind(r, MAX(from, to) - (to > from)) };
	return true;
}

static inline bool set_mention(struct reader *r, const struct mention *mention)
{
	r->out->kind = mention->person >= 0 ? SUBJECT_PERSON : SUBJECT_SOMEBODY;
	r->out->person = MAX(mention->person, -1);
	r->out->where = (struct range){ mention->honorific, mention->end };
	return true;
}

/* A verb of the cue within so many words, before any name and any comma. */
static inline bool verb_at(const struct reader *r, guint i, enum cue cue, guint within)
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

static inline bool says_at(const struct reader *r, guint i, guint within)
{
	return verb_at(r, i, CUE_SAY, within) || verb_at(r, i, CUE_SPEAK, within);
}

/* ---- reading.c ---- */

void reader_open(struct reader *r, struct attributing *a, const struct account *account, struct subject *out);
/* Behind "(Country)" and ", supported by X and Y," where those stand at i. */
guint reader_skip_asides(const struct reader *r, guint i);
bool reader_person_at(struct reader *r, guint i, struct mention *mention);
void reader_find_candidates(struct reader *r, const struct mention *mention);
/* A name with nothing but functions before it: "Moderator Ann Bell", "FAO Director Bell". */
bool reader_mention_behind(struct reader *r, guint i, struct mention *mention, guint *at);

/* ---- bodies.c ---- */

/* A country or group at i: how many tokens, the longest. */
guint reader_body_tokens(const struct reader *r, guint i);
/* surely: it is a delegation that speaks, whatever the document is. */
bool reader_set_body(struct reader *r, guint i, guint n, bool surely);
bool reader_body(struct reader *r, guint i);
/* "The Society of Net Menders (SNM) stated": a house speaks for itself; only where
 * delegations speak can that be more than an aside of somebody's account. */
bool reader_house(struct reader *r, guint i);
/* "of the House of Salt, Ann Bell," behind a function: who it is. */
bool reader_apposed(struct reader *r, guint i);
/* "the representative of X said" */
bool reader_delegate(struct reader *r, guint i);
/* Where delegations speak: "Wetlands Watch lamented", by capitals a house that we
 * do not know. */
bool reader_unknown_house(struct reader *r, guint i);

/* ---- unnamed.c ---- */

/* "the Director of the House of Salt replied": the longest office that somebody holds. */
bool reader_office(struct reader *r, guint i);
/* "the Deputy Minister replied", "la modératrice": by the function alone. */
bool reader_function(struct reader *r, guint i);
/* "Another representative (Trinidad and Tobago)": the token of the country; 0. */
guint reader_bracketed_country(const struct reader *r, guint i);
/* "One participant asked", "Several delegations", "Eine Bürgermeisterin berichtete". */
bool reader_somebody(struct reader *r, guint i);
/* "the Committee decided": the meeting acts, nobody speaks. */
bool reader_assembly(struct reader *r, guint i);
/* "It was suggested that", "Aus dem Publikum wurde gefragt". */
bool reader_impersonal(struct reader *r, guint i);
/* "The co-chairs suspended the group", "Both presenters blamed": who is not said. */
bool reader_officers(struct reader *r, guint i);

/* ---- voices.c ---- */

/* Whose turn it is where the beginning of the sentence misleads. */
bool reader_voice(struct reader *r, guint i);

#endif
