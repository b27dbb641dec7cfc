/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-walk.h - the elements of a text document, and of its notes, into items.
 */
#ifndef CORPUS_DOCX_WALK_H
#define CORPUS_DOCX_WALK_H

#include "corpus/reader/manuscript/manuscript.h"
#include "corpus/reader/office/docx-lists.h"
#include "corpus/reader/office/docx-notes.h"
#include "corpus/reader/office/docx-styles.h"
#include "corpus/reader/office/ooxml.h"

/* What is read with: all of it borrowed. */
struct docx_parts {
	struct package *package;
	const char *path;
	struct ooxml_relations *relations;	/* of the main part */
	struct docx_styles *styles;
	struct docx_lists *lists;
	struct docx_notes *notes;
	struct manuscript *manuscript;	/* where the items of the body go */
	bool paged;
};

struct docx_walk;
struct docx_walk *docx_walk_new(const struct docx_parts *parts);
void docx_walk_free(struct docx_walk *walk);
typedef struct docx_walk DocxWalk;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DocxWalk, docx_walk_free)

/* Reads the main part, behind the notes. Errors: as xml_read. */
bool docx_walk_body(struct docx_walk *walk, const char *path, const char *part, GBytes *bytes, GError **error);
/* Reads the part of footnotes or of endnotes, which the body refers to. Errors: as xml_read. */
bool docx_walk_notes(struct docx_walk *walk, bool end, const char *path, const char *part, GBytes *bytes, GError **error);

/* Pieces in formats of other programs that were met and not read. */
guint docx_walk_foreign(const struct docx_walk *walk);

#endif
