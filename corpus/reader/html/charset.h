/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * charset.h - the bytes of a page to UTF-8.
 */
#ifndef CORPUS_READER_HTML_CHARSET_H
#define CORPUS_READER_HTML_CHARSET_H

#include "corpus/reader/decode.h"

/* By a byte order mark; UTF-8 where the bytes are that (a declaration of something else is then a
 * mistake); as <meta> or the XML declaration say; else Windows-1252. Names mean what browsers take
 * them for: "iso-8859-1" is Windows-1252. Bytes that fit nothing become U+FFFD, with a warning; NUL
 * becomes a blank. g_bytes_unref it. */
GBytes *html_decode(const char *path, GBytes *bytes, corpus_warnings *warnings, GError **error);

/* The encoding that the page declares in its first bytes, in lower case; NULL for none. g_free it. */
char *html_declared_charset(const char *s, gsize len);

/* Opens the converters that the C library keeps in files of their own, so that a process that may open
 * no more files has them. */
void html_charset_prepare(void);

#endif
