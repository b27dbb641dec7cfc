/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * gathering.h - what the files that fill a document's roster share.
 */
#ifndef CORPUS_PEOPLE_GATHERING_H
#define CORPUS_PEOPLE_GATHERING_H

#include "corpus/people/names.h"

struct gathering {
	struct document *doc;
	struct roster *roster;
	GString *buffer, *folded;
	int panel;		/* of the agenda, while it is read; -1 */
	const char *date;
	GArray *listed;		/* int: people of that panel */
};

/* Adds the person of an entry "Name, function, house"; a second entry that ran into
 * it too. -1 where it names nobody. */
int gathering_add(struct gathering *gathering, const char *s, guint32 len);

/* ---- lists.c ---- */

/* The blocks of a list of people from `first` on: a name a line, with functions
 * behind it or on the lines below, in columns, under the names of countries, or
 * with the surname first ("Bell, Ann"). Gives the block behind the list. */
guint list_read(struct gathering *gathering, guint first);

/* Names side by side with functions below each, as under pictures. False where the
 * block is none. Leaves the panel's people to be closed. */
bool grid_read(struct gathering *gathering, struct block *block);

#endif
