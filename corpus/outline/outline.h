/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * outline.h - the shape of a document: headings and sections, zones, panels,
 * slides, and what kind of document it is.
 */
#ifndef CORPUS_OUTLINE_H
#define CORPUS_OUTLINE_H

#include "corpus/document.h"
#include "corpus/pieces.h"

/* Tells headings from paragraphs, cuts transcript labels off, and fills zone,
 * section, panel and slide of every block, doc->sections and doc->panels, and
 * title, event and date where they are still unknown. Linear in the blocks. */
void outline(struct document *doc);

/* Sets the type where it is still TYPE_OTHER; the outline must stand. */
void document_type_detect(struct document *doc);

/* A transcript in which neither headings nor lists of people make a panel is of one
 * session: that gets the document's title. */
void transcript_session(struct document *doc);

/* ---- the steps, in order ---- */

/* contents.c: the folded titles that a table of contents promises; a set to be
 * destroyed. */
GHashTable *contents_titles(const struct document *doc);
/* Where the leader of a line begins, with a number behind it; 0. */
guint32 contents_leader_at(const char *s, guint32 from, guint32 end);
/* True where the lines are those of a table of contents. */
bool contents_lines(const struct piece *piece);
/* The bytes of the first lines that are such a title, line feed included; 0. */
guint32 contents_title_at(GHashTable *titles, const struct piece *piece, GString *folded);
/* heads.c: "Chair: ..." below a title becomes a block of its own. */
void heads_split(struct document *doc, GHashTable *titles);
/* labels.c: "NAME:", "Name (GROUP). -", "**Body | Name | Role**" become
 * BLOCK_LABEL where the document uses them throughout. */
void labels_split(struct document *doc);
/* headings.c: zones and BLOCK_HEADING with levels. */
void headings_find(struct document *doc, GHashTable *titles);
/* panels.c: sections, panels. */
void sections_build(struct document *doc);
/* slides.c: true where the blocks look like a deck's; numbering of slides. */
bool slides_recognise(const struct document *doc);
void slides_number(struct document *doc);
/* The level of the headings that are slides' titles. */
int slides_title_level(const struct document *doc);

/* The number behind a panel's label ("II", "2", "two" -> 2); 0 where none. */
guint panel_number(const char *word, gsize len);
/* The bytes of "Panel II" at the beginning of a line; 0 where no panel begins.
 * *number is 0 for a bare "Panel: ...". */
guint32 panel_label(const char *s, guint32 len, guint *number);
/* The same key for "PANEL II", "Panel 2" and "panel two", labels of that many bytes.
 * To be freed. */
char *panel_key(const char *s, guint32 label);
/* The panel of that label, made where there is none. */
int panel_take(struct document *doc, const char *s, guint32 label, guint32 len);

#endif
