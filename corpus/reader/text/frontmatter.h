/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * frontmatter.h - what a document says of itself before it begins: YAML between
 * lines of "---", or "Key: value" lines at its very top.
 *
 * Each value becomes a block, in the order of the text:
 *
 *   kind BLOCK_LIST_ITEM, zone ZONE_FRONT_MATTER, level 0
 *   label   the key, canonical for those we know ("speaker" for Speakers:,
 *           "author", "moderator", "title", "date", "event", "panel", ...),
 *           else in lower case as printed
 *   ranges  one: the value without quotation marks, so that it can be cited
 *
 * Known values are set in the document (title, date, date_end, event, place,
 * publisher, authors, language, url, type). Each speaker, author and moderator
 * is also a person in doc->people, in the order of the text, name and what
 * follows a comma (role) split but otherwise as printed; the person whose
 * forms[0] equals the value of a block is the block's. A panel is left to
 * outline.c: front_matter_next(doc, "panel", NULL).
 */
#ifndef CORPUS_FRONTMATTER_H
#define CORPUS_FRONTMATTER_H

#include "corpus/document.h"

/* Reads it where it stands at the offset; returns where the body begins: the
 * same offset where there is none. */
guint32 front_matter_read(struct document *doc, guint32 from);

/* The same of a document whose blocks are made (draft.h): paragraphs of "Key: value" lines at its very top, two
 * lines at least, become blocks of front matter. */
void front_matter_take(struct document *doc);

/* True where YAML between lines of "---" stands at the offset. */
bool front_matter_is_yaml(const char *text, guint32 len, guint32 from);

/* The next block of front matter with this key behind `after` (NULL: from the
 * start), NULL where there is none. */
const struct block *front_matter_next(const struct document *doc, const char *key,
                                      const struct block *after);

/* A document type as people name it ("Presentation", "background paper"), -1 for none. */
int front_matter_type(const char *name);
/* ISO 639-1 of "en", "en-GB", "English", "deutsch"; NULL for what is not known. Static. */
const char *front_matter_language(const char *name);

#endif
