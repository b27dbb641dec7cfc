/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * corpus.h - the front door of corpus/: from a file to finished documents.
 *
 *   file --reader--> blocks --repair--> --outline--> --people--> --attribution--> --passages--> sink
 *
 * Each stage is a file of its own with one function that takes the document.
 */
#ifndef CORPUS_CORPUS_H
#define CORPUS_CORPUS_H

#include "corpus/catalogue.h"
#include "corpus/document.h"

/* Larger text and Markdown files are refused: a document is held in memory
 * whole. JSONL is read line by line, so only its lines are bounded. */
#define CORPUS_FILE_MAX_BYTES ((gsize)64 << 20)
#define CORPUS_LINE_MAX_BYTES ((gsize)16 << 20)

/* What was noticed on the way: strings "'file': line 3 (byte 210): ...", owned. */
typedef GPtrArray corpus_warnings;

/* Takes one finished document; it is borrowed until the call returns.
 * false with error set stops the reading. */
typedef bool corpus_sink(struct document *doc, void *data, GError **error);

/* Reads one file through all the stages and hands each document that it holds
 * to the sink, in order: one for text and Markdown, one for each record of a
 * JSONL collection. catalogue may be NULL. Format is told by content, then by
 * name. root is the folder that the user named, or NULL: ids are made from the
 * file's name alone.
 * Errors: NOT_FOUND, DENIED, TOO_LARGE, UNSUPPORTED (binary), SYNTAX (a broken
 * JSONL line, with its number), IO. What can be read in spite of a fault is
 * read, with a warning (invalid UTF-8: U+FFFD, the line and the byte named). */
bool corpus_read(const char *path, const struct catalogue *catalogue,
                 corpus_warnings *warnings, corpus_sink *sink, void *data,
                 GError **error);

/* The files that a file or folder stands for: itself, or what lies below, in
 * byte order of their paths; hidden files, lock files, catalogue.ini and what
 * matches one of the exclude globs (NULL-terminated, or NULL) left out.
 * Appends g_strdup'ed paths. Errors: NOT_FOUND, DENIED, IO. */
bool corpus_files(const char *path, const char *const *exclude, GPtrArray *files,
                  GError **error);

#endif
