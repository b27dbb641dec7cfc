/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * decode.h - from the bytes of a file to UTF-8.
 */
#ifndef CORPUS_DECODE_H
#define CORPUS_DECODE_H

#include "corpus/corpus.h"

/* Adds "'path': MESSAGE"; w may be NULL. */
void warning_add(corpus_warnings *w, const char *path, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* A whole file that is open for reading, from its beginning; g_bytes_unref it. path is
 * for messages. Errors: TOO_LARGE over max_bytes, IO. */
GBytes *file_read(const char *path, int fd, gsize max_bytes, GError **error);
/* The same, mapped: who reads behind the end of a file that was cut short gets SIGBUS. */
GBytes *file_map(const char *path, int fd, gsize max_bytes, GError **error);

/* Its text. Valid UTF-8 is handed back as it is: offsets are those of the
 * file, byte order mark and CRLF included. UTF-16 with a byte order mark and
 * Windows-1252 are converted, bytes that are not UTF-8 become U+FFFD, each with
 * one warning. g_bytes_unref it. Error: UNSUPPORTED, for what is no text; where
 * the format is known by its first bytes, the message names it. */
GBytes *decode(const char *path, GBytes *bytes, corpus_warnings *w, GError **error);

/* UTF-16, as a byte order mark or a first "<" of two bytes tells, in UTF-8 without the mark; NULL for what is none.
 * g_bytes_unref it. */
GBytes *decode_utf16(GBytes *bytes);

/* Refuses what the first bytes of a file show to be no text. */
bool decode_refuse(const char *path, const char *s, gsize len, GError **error);

#endif
