/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * printable.h - text from files and their names, fit for a terminal and a log.
 */
#ifndef INDEXER_PRINTABLE_H
#define INDEXER_PRINTABLE_H

#include <glib.h>

/* One line of UTF-8, whatever the bytes are: controls are blanks, and what changes the order or the look of the
 * characters around it without being one (Unicode's format characters, but the joiners that Persian, the languages
 * of India and pictures need) is left out. g_free it. */
char *printable(const char *s, gsize len);

#endif
