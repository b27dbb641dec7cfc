/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * numerals.h - numbers of list items and notes, as they are printed.
 */
#ifndef CORPUS_READER_NUMERALS_H
#define CORPUS_READER_NUMERALS_H

#include <glib.h>

#define NUMERAL_BYTES 24	/* what the longest takes, its NUL included */

/* style: '1' (12), 'a' (z, aa, ab), 'r' (z, aa, bb), 'i' (xii), 'A', 'R', 'I' the same in capitals, '0' (02),
 * 'o' (2nd), else as '1'. What a style cannot say
 * (zero, negative, Roman over 3999) is printed as '1'. */
void numeral(gint64 n, char style, char *out, gsize size);
void numeral_append(GString *out, gint64 n, char style);

#endif
