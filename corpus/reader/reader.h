/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reader.h - which format a file has, and its text into a document's blocks.
 */
#ifndef CORPUS_READER_H
#define CORPUS_READER_H

#include "corpus/document.h"

enum format {
	FORMAT_TEXT,
	FORMAT_MARKDOWN,
	FORMAT_JSONL,
	FORMAT_CAPTIONS,	/* WebVTT, SubRip */
};

/* Bytes of a file's beginning from which its format is told. */
#define READER_HEAD_BYTES ((gsize)256 << 10)

/* Captions where the file begins as such do; JSONL where the first line that is not blank is (or begins, if it is longer
 * than the head) a JSON object with "id" or "text"; Markdown by front matter,
 * by its marks or by the name (.md, .markdown); else text. */
enum format reader_format(const char *path, const char *head, gsize len);
const char *format_name(enum format format);

/* Makes text (UTF-8, without NUL) the text of the document, and reads front
 * matter and blocks. format is any but FORMAT_JSONL. Takes a
 * reference to the bytes. */
void reader_read(struct document *doc, GBytes *text, enum format format);

/* The id of a document: the slug of the file's name without its folder and
 * extension. Letters and digits in lower case, without accents where they have
 * any; the rest "-". g_free it. */
char *reader_slug(const char *path);

#endif
