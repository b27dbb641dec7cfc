/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * quoted.h - words between quotation marks that belong together.
 */
#ifndef CORPUS_ATTRIBUTION_QUOTED_H
#define CORPUS_ATTRIBUTION_QUOTED_H

#include "corpus/document.h"

struct quoted {
	guint32 open, start, end, behind;	/* the marks around, the words inside */
};

/* The quotation that the mark at pos opens; false where there is no mark, or
 * none that closes it. */
bool quoted_at(const char *s, guint32 pos, guint32 len, struct quoted *quoted);

/* Copies s with blanks for all quoted words and their marks: what is left are the
 * document's own words, at their places. */
void quoted_blank(const char *s, guint32 len, GString *out);

#endif
