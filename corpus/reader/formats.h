/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * formats.h - the readers of formats that are no text, one a file of that name.
 *
 * Each makes text and blocks of a file's bytes, with what the file says of itself
 * (file_title, file_date, file_authors; language and url where they can be trusted).
 * doc->path is for messages. What is damaged but can be read is read, with a warning
 * that names the place; else false, with CORRUPT, TOO_LARGE, SYNTAX or UNSUPPORTED
 * (encrypted) or SCANNED (nothing but pictures of pages) set and a message that says which.
 */
#ifndef CORPUS_FORMATS_H
#define CORPUS_FORMATS_H

#include "corpus/corpus.h"

typedef bool format_read_fn(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error);

format_read_fn pdf_read;	/* poppler */
format_read_fn docx_read, pptx_read;	/* Office Open XML (ECMA-376) */
format_read_fn odt_read, odp_read;	/* OpenDocument 1.3 */
format_read_fn html_read;
/* Loads what html_read else loads when it first needs it (converters of encodings), for a process
 * that will not be allowed to open files. */
void html_prepare(void);
format_read_fn tei_read;	/* TEI P5, as ParlaMint and parliaments publish it; of a corpus, the first document */

/* All documents of a TEI file, in their order; ids are set where the file has several and says them,
 * else "". Appends to documents, which owns them. Errors: those of above. */
bool tei_documents(const char *path, GBytes *bytes, GPtrArray *documents, GError **error);

/* Of a PDF whose text was found otherwise: its properties, and the labels of its pages for the blocks on them. */
void pdf_describe(struct document *doc, GBytes *bytes);

#endif
