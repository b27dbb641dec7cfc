/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * results.h - from the index's records to what the library hands out. What
 * is handed out is copied into an arena of its own.
 */
#ifndef SEARCHER_RESULTS_H
#define SEARCHER_RESULTS_H

#include "searcher/handle.h"

/* Copies records into public structs; one for each answer. */
struct copier {
	RapIndex *index;
	struct arena *arena;
	GHashTable *documents;	/* struct copied_document, by place */
};

void copier_init(struct copier *copier, RapIndex *index, struct arena *arena);
void copier_clear(struct copier *copier);

const RapDocument *copier_document(struct copier *copier, const struct document *doc, struct document_place place);
const RapPerson *copier_person(struct copier *copier, const struct person *person);
const RapPanel *copier_panel(struct copier *copier, const struct document *doc, int panel);

/* A passage with everything but, unless with_text, its text and quotations. */
bool copier_passage(struct copier *copier, const struct passage_record *record, bool with_text,
                    RapPassage *out, GError **error);

/* What stands where the evidence is, with some words around it. NULL without
 * error where there is none. */
bool copier_evidence(struct copier *copier, const struct passage_record *record, const char **text,
                     GError **error);

/* Results and the arena that they live in. */
struct results {
	RapResults public;
	struct arena *arena;
};
struct results *results_new(void);

#endif
