/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * snippet.h - the piece of a passage that shows best why it was found.
 *
 * A snippet is one stretch of the passage's text, cut at sentence ends where
 * they fit, else at words, with the matches marked. It depends on the text
 * and the marks only.
 */
#ifndef SEARCHER_SNIPPET_H
#define SEARCHER_SNIPPET_H

#include <glib.h>
#include <stdbool.h>

/* A stretch of the text that matched. */
struct mark {
	guint32 start, end;	/* bytes of the text */
	guint leaf;		/* which word or phrase of the query it matches */
};

/* A piece of the snippet: text[start, end). */
struct snippet_piece {
	guint32 start, end;
	bool match;
};

/* Appends the segments (struct snippet_piece), contiguous and in order, of the best
 * stretch of about max_chars characters: most weight of different leaves first,
 * then most matches, then nearest together, then earliest. marks are in order and do not
 * overlap; weights has one number >= 0 for each leaf. Without marks the
 * beginning is taken. Never empty for a text that has a visible character. */
void snippet_build(const char *text, gsize len, const struct mark *marks, guint n_marks,
                   const double *weights, guint n_leaves, guint max_chars, GArray *segments);

#endif
