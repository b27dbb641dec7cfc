/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * people.h - who is in a document: from lists of speakers, agendas, captions,
 * labels, front matter and bylines into doc->people, each once.
 */
#ifndef CORPUS_PEOPLE_H
#define CORPUS_PEOPLE_H

#include "corpus/document.h"
#include "corpus/people/names.h"

/* Fills doc->people, and moderator, date and listed people of the panels. */
void people(struct document *doc);

/* ---- between the files of this stage ---- */

/* Adds those whom the text introduces where they speak. listed: how many people
 * lists have named already; captions name those who are quoted only. */
void introductions_read(struct document *doc, struct roster *roster, guint listed);

#endif
