/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * letters.h - what shows that a text is a letter: how it greets, how it closes.
 */
#ifndef CORPUS_OUTLINE_LETTERS_H
#define CORPUS_OUTLINE_LETTERS_H

#include "corpus/pieces.h"

/* "Dear friends," alone on a line. folded is spoilt. */
bool letter_greets(const struct piece *piece, GString *folded);
/* Behind the words that close a letter ("Yours sincerely,"), before the name below them;
 * the length where nothing follows, 0 where no letter is closed. folded is spoilt. */
guint32 letter_closes(const struct piece *piece, GString *folded);

#endif
