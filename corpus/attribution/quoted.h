/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * quoted.h - words between quotation marks that belong together.
 */
#ifndef CORPUS_ATTRIBUTION_QUOTED_H
#define CORPUS_ATTRIBUTION_QUOTED_H

#include "corpus/document.h"

#define QUOTED_MARKS 6	/* kinds of quotation marks */

struct quoted {
	guint32 open, start, end, behind;	/* the marks around, the words inside */
};

/* The quotation that the mark at pos opens; false where there is no mark, or
 * none that closes it. */
bool quoted_at(const char *s, guint32 pos, guint32 len, struct quoted *quoted);

/* All quotations of a text, one behind the other. */
struct quoted_walk {
	const char *s;
	guint32 len, pos;
	guint32 unclosed[QUOTED_MARKS];	/* nothing before here closes such a mark */
};
void quoted_begin(struct quoted_walk *walk, const char *s, guint32 len);
bool quoted_next(struct quoted_walk *walk, struct quoted *quoted);

/* Copies s with blanks for all quoted words and their marks: what is left are the
 * document's own words, at their places. */
void quoted_blank(const char *s, guint32 len, GString *out);

#endif
