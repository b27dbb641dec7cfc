/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reader.h - which format a file has, and its text into a document's blocks.
 */
#ifndef CORPUS_READER_H
#define CORPUS_READER_H

#include "corpus/corpus.h"

enum format {
	FORMAT_TEXT,
	FORMAT_MARKDOWN,
	FORMAT_JSONL,
	FORMAT_CAPTIONS,	/* WebVTT, SubRip */
	FORMAT_PDF,
	FORMAT_DOCX,
	FORMAT_PPTX,
	FORMAT_ODT,
	FORMAT_ODP,
	FORMAT_HTML,
	FORMAT_TEI,
	FORMAT_XML,	/* of a vocabulary that we do not know: it is refused */
	N_FORMATS
};

/* Bytes of a file's beginning from which its format is told, but for archives. */
#define READER_HEAD_BYTES ((gsize)256 << 10)

/* By content, then by name: PDF, archives and XML by their first bytes (an archive by its parts,
 * for which all its bytes are wanted; XML of an unknown root if it says by a declaration, a document
 * type or a namespace that it is XML, but for Markdown by its name); captions where the file begins as such do; JSONL where the
 * first line that is not blank is (or begins, if it is longer than the head) a JSON object with
 * "id" or "text"; Markdown by front matter, by its marks or by the name (.md, .markdown); else text. */
enum format reader_format(const char *path, const char *s, gsize len);
/* "pdf", as it is stored; static. */
const char *format_name(enum format format);
/* True for what decode() makes text of before it is read. */
bool format_is_text(enum format format);

/* Reads a whole file of any format but FORMAT_JSONL into text and blocks. Errors: those of decode.h
 * and formats.h. Takes a reference to the bytes where it needs one. */
bool reader_read(struct document *doc, GBytes *bytes, enum format format, corpus_warnings *warnings, GError **error);
/* Makes text (UTF-8, without NUL) the text of the document, and reads front matter and
 * blocks; of the formats that are text. */
void reader_read_text(struct document *doc, GBytes *text, enum format format);

/* The id of a document: the slug of the file's name without its folder and
 * extension. Letters and digits in lower case, without accents where they have
 * any; the rest "-". g_free it. */
char *reader_slug(const char *path);

#endif
