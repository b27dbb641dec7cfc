/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * match-parts.h - what the files of the matcher share. Not for others.
 *
 *   match.c           the passage in hand, words, the tree
 *   match-phrase.c    phrases and nearness
 *   match-marks.c     what is shown as found
 */
#ifndef SEARCHER_MATCH_PARTS_H
#define SEARCHER_MATCH_PARTS_H

#include <string.h>

#include "searcher/match.h"

struct matcher {
	const struct plan *plan;
	struct store *store;
	struct analysis *analysis;
	guint serial;		/* of the passage in hand */
	GArray *tokens;		/* struct token */
	GArray *first;		/* guint: position -> its first token */
	GString *text;
	GArray *reach;		/* scratch of phrase matching */

	/* the passage in hand, read as far as was needed */
	struct arena *arena;
	struct passage_record record;
	const struct document *doc;
	bool has_text, has_document, has_fields;
	GError *error;
};

/* Tokens and positions of a text; which terms of the plan stand in it. */
void matcher_read_text(struct matcher *m, const char *language, const char *text, gsize len);
/* The same for the passage in hand, once; false with m->error set. */
bool matcher_need_text(struct matcher *m);

/* Common words are not in the index: no star stands for them. */
static inline bool match_prefix(const struct leaf *leaf, const struct word *word)
{
	gsize n = strlen(leaf->prefix);

	return word->term && word->fold_len >= n && memcmp(word->fold, leaf->prefix, n) == 0;
}

/* --- match-phrase.c --- */

/* The first place of the phrase from a position on: *start, and *end, the position behind it. */
bool match_phrase(struct matcher *m, const struct leaf *leaf, guint from, guint *start, guint *end);
/* The signature can rule a phrase out. */
bool match_signature(struct xap_candidate *candidate, const struct leaf *leaf);
bool match_near(struct matcher *m, const struct plan_node *at);

#endif
