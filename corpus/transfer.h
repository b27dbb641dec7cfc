/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * transfer.h - a finished document from the process that read the file to the one
 * that indexes it, as bytes.
 *
 * Who reads a hostile file may have fallen to it, and sends what it likes. What comes
 * out of transfer_get() keeps what everything behind the stages relies on: text and
 * strings are UTF-8, ranges lie in the text and end between characters, indices are
 * those of something, a section stands behind the one that it is a part of, and all
 * passages together are not much longer than the text.
 *
 *   head strings, type, policy ... | people | panels | sections | passages | blocks | text
 *
 * The path is not sent: whoever asked knows it. Neither are candidates' names twice,
 * nor what only the stages need.
 */
#ifndef CORPUS_TRANSFER_H
#define CORPUS_TRANSFER_H

#include "corpus/document.h"

#define TRANSFER_TEXT_MAX_BYTES ((gsize)192 << 20)	/* a file of 64 MB whose characters become longer */
#define TRANSFER_TABLES_MAX_BYTES ((gsize)64 << 20)	/* all but the text */
#define TRANSFER_MAX_BYTES (TRANSFER_TEXT_MAX_BYTES + TRANSFER_TABLES_MAX_BYTES)
#define TRANSFER_ENTRIES_MAX (4u << 20)	/* of each table */
#define TRANSFER_MEMORY_MAX_BYTES ((gsize)256 << 20)	/* of all tables together, once they are got */

/* Appends the document. Blocks are wanted by those alone who look at documents. False with
 * TOO_LARGE set over the limits. */
bool transfer_put(GString *out, const struct document *doc, bool blocks, GError **error);

/* The document, whose text the bytes are; document_free it. path: of the file. NULL with
 * CORRUPT set for what no transfer_put made, with TOO_LARGE for what takes too much memory. */
struct document *transfer_get(GBytes *bytes, const char *path, GError **error);

#endif
