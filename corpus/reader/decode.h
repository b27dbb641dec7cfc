/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * decode.h - from the bytes of a file to UTF-8.
 */
#ifndef CORPUS_DECODE_H
#define CORPUS_DECODE_H

#include "corpus/corpus.h"

/* Adds "'path': MESSAGE"; w may be NULL. */
void warning_add(corpus_warnings *w, const char *path, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* A file descriptor of a regular file, open for reading; -1 with error set:
 * NOT_FOUND, DENIED, UNSUPPORTED (a folder, a device), IO. */
int file_open(const char *path, guint64 *bytes, GError **error);

/* A whole regular file; g_bytes_unref it. Errors: as file_open, and TOO_LARGE
 * over max_bytes. */
GBytes *file_read(const char *path, gsize max_bytes, GError **error);

/* Its text. Valid UTF-8 is handed back as it is: offsets are those of the
 * file, byte order mark and CRLF included. UTF-16 with a byte order mark and
 * Windows-1252 are converted, bytes that are not UTF-8 become U+FFFD, each with
 * one warning. g_bytes_unref it. Error: UNSUPPORTED, for what is no text; where
 * the format is known by its first bytes, the message names it. */
GBytes *decode(const char *path, GBytes *bytes, corpus_warnings *w, GError **error);

/* Refuses what the first bytes of a file show to be no text. */
bool decode_refuse(const char *path, const char *s, gsize len, GError **error);

#endif
