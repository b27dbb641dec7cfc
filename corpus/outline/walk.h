/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * walk.h - the walk over the blocks that finds headings and zones, as headings.c and
 * zones.c share it.
 */
#ifndef CORPUS_OUTLINE_WALK_H
#define CORPUS_OUTLINE_WALK_H

#include "corpus/outline/outline.h"

enum style {
	STYLE_NONE,
	STYLE_MARKED,	/* by the format */
	STYLE_PANEL,	/* "Panel II" */
	STYLE_PART,	/* "Introduction", "Annex" */
	STYLE_LETTER,	/* "A. Title" */
	STYLE_NUMBER,	/* "2.1 Title" */
	STYLE_CAPS,	/* "THE TITLE" */
	STYLE_LINE,	/* "The title" alone on a line */
	STYLE_PERSON,	/* "Dr Ann Bell" above the account of what she said */
};

struct walk {
	struct document *doc;
	GString *buffer, *folded, *other;
	GHashTable *names;	/* folded names that captions and lists know */
	GHashTable *titles;	/* folded, of the table of contents */
	bool parted;		/* a part heading was met */
	enum zone zone;
	int imprint_page;
	int zone_level;		/* of the marked heading that began the zone; 0 */
	guint marked;		/* headings marked by the format */
	guint last_number;	/* of headings "2 Title", without a dot */
	bool labelled;		/* a transcript's first label was passed */
	bool turn;		/* a label stands right before */
	bool closed;		/* a letter's closing stands right before, or the name below it */
	bool deck;
	GHashTable *fields;	/* of a deck: folded short lines without digits -> times */
	bool numbered, lettered, caps, panels;	/* styles met so far */
	enum style last;	/* of the block before, if it was a heading */
	enum style major;	/* of the last heading that was no lower one */
};

/* ---- zones.c ---- */

int zone_of_heading(const char *folded);
bool zone_is_person_line(struct walk *walk, const struct block *block);
bool zone_has_bar(struct walk *walk, const struct block *block);
/* True where the block still belongs to the zone that is open. */
bool zone_holds(struct walk *walk, guint i);
/* The zone of block i, which is a heading of that style or none. */
void zone_walk(struct walk *walk, guint i, enum style style);

/* ---- headings.c ---- */

bool walk_is_prose(struct walk *walk, const struct block *block);
const struct block *walk_speaking_after(const struct walk *walk, guint i);
void walk_fold(const struct piece *piece, GString *out);

#endif
