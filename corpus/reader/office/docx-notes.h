/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-notes.h - footnotes and endnotes by their ids, and how they are numbered: for the
 * document (settings) or a section of it, in figures, letters, signs; on from the last,
 * or anew with each section or page.
 */
#ifndef CORPUS_DOCX_NOTES_H
#define CORPUS_DOCX_NOTES_H

#include "corpus/reader/manuscript/item.h"
#include "corpus/reader/package.h"

struct docx_notes;
struct docx_notes *docx_notes_new(void);
void docx_notes_free(struct docx_notes *notes);

/* Reads how notes are numbered: settings is a part's name or NULL, main the bytes of the main part. What is damaged
 * says nothing. */
void docx_notes_read_numbering(struct docx_notes *notes, struct package *package, const char *path, const char *settings, GBytes *main);

/* A note, which is taken over; end: of the document. */
void docx_notes_add(struct docx_notes *notes, bool end, int id, struct item *note);
/* The note, with its label, where it is referred to for the first time; else NULL. custom: it has a mark that
 * stands in the text, and no number. Borrowed. */
struct item *docx_notes_refer(struct docx_notes *notes, bool end, int id, bool custom);
/* The text goes on in another section, on another page. */
void docx_notes_next_section(struct docx_notes *notes);
void docx_notes_next_page(struct docx_notes *notes);

#endif
