/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * duplicates.h - passages with the same words: which of a ranked list repeat an earlier one,
 * and where else in the index a passage stands.
 *
 * They are found by their fingerprints (indexer/fingerprints.h), and it is their words
 * that decide (likeness.h). What two different speakers said is never the same, however
 * like the words: a name may be another form of the other one, or be missing.
 *
 * A passage repeats another one for a query only where it has some of the query's words, if the other one has any,
 * and none that the other one has not: a long passage with words of its own that answer is never hidden behind a part
 * of it.
 *
 * One for each search. Everything it hands out is borrowed from it.
 */
#ifndef SEARCHER_DUPLICATES_H
#define SEARCHER_DUPLICATES_H

#include "indexer/analysis.h"
#include "indexer/store.h"
#include "searcher/match.h"
#include "searcher/query.h"

#define DUPLICATES_LOOK_MAX 100		/* so many candidates are held against a passage, those of most
					   fingerprints first */
#define DUPLICATES_LOOK_ONE_MAX 8	/* of those that share one of several alone */
#define DUPLICATES_ALSO_MAX 100		/* so many other places are named */
#define DUPLICATES_POSTINGS_MAX 200	/* of a fingerprint */

#define DUPLICATES_NONE G_MAXUINT

struct duplicates;

/* A passage and its words. */
struct imprint {
	guint32 docid;
	struct document_place place;
	guint32 ordinal;
	enum passage_kind kind;
	int speaker;			/* of its document, or -1 */
	char id[PASSAGE_ID_SIZE];
	const guint32 *fingerprints;
	guint n_fingerprints;
	struct likeness_text *text;
	const guint64 *answers;		/* bits: the leaves of the plan that stand in its text; NULL without a plan */
	guint number;			/* among those that are kept, or DUPLICATES_NONE */
};

/* The filters of the query hold for other places, too. plan and matcher tell which of its words a passage has; with
 * NULL for the three the words of the passages alone decide. All are borrowed, and the analysis must not be trimmed. */
struct duplicates *duplicates_new(struct store *store, struct analysis *analysis, const struct query *query, const struct plan *plan,
                                  struct matcher *matcher);
void duplicates_free(struct duplicates *duplicates);

/* The passage of that docid, and the tokens of its text (struct token) and its marks (struct mark); NULL for both: they
 * are read. */
const struct imprint *duplicates_imprint(struct duplicates *duplicates, guint32 docid, const struct passage_record *record,
                                         const GArray *tokens, const GArray *marks, GError **error);

/* Does every word of the query that stands in the one stand in the other, too? Where there is none in it, though in
 * the other one, it was found for another reason: by its title, say. */
bool duplicates_adds_nothing(const struct duplicates *duplicates, const struct imprint *imprint, const struct imprint *to);

/* None is kept any longer. */
void duplicates_forget(struct duplicates *duplicates);

/* *number: the first one kept that the passage repeats, or DUPLICATES_NONE. */
bool duplicates_find(struct duplicates *duplicates, const struct imprint *imprint, guint *number, GError **error);
/* Keeps it, under the next number, from 0; or in place of another one. */
guint duplicates_keep(struct duplicates *duplicates, const struct imprint *imprint);
void duplicates_replace(struct duplicates *duplicates, guint number, const struct imprint *imprint);

/* Appends the other passages (const struct imprint *) of the index with the same words
 * that the filters let through, the likeliest first. Where words of the query stand in the passage, some of them, and
 * no others, stand in those; and one that repeats an earlier one of those that are kept is told there only. */
bool duplicates_elsewhere(struct duplicates *duplicates, const struct imprint *imprint, GPtrArray *out, GError **error);

#endif
