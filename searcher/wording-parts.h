/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wording-parts.h - what the files of wording share. Not for others.
 *
 *   wording.c    the query's words, in runs; spellings, misprints; telling it
 *   joined.c     joined and apart: neighbours, words that ran into one, hyphenated ones
 *   names.c      acronyms and their names, synonyms: what goes over several words
 *   meant.c      words that are nowhere, and what was meant
 */
#ifndef SEARCHER_WORDING_PARTS_H
#define SEARCHER_WORDING_PARTS_H

#include "corpus/arena.h"
#include "searcher/wording.h"

/* Of what a word weighs. */
#define SHARE_SPELLING 0.9
#define SHARE_JOINED 0.8
#define SHARE_ACRONYM 0.8
#define SHARE_SYNONYM 0.7
#define SHARE_DAMAGED 0.6
#define SHARE_MEANT 0.8
#define SHARE_SURELY 0.95	/* the same, and nothing else can be meant */
#define SHARE_RATHER 0.5	/* the word is there, but another one is far more frequent */


struct asked {
	const struct query_node *node;
	const char *fold, *exact;
	bool single, common, weak, is_letters, is_shouted;	/* weak: stopwords.h */
	bool function;		/* a function word of some language, common: of all */
	uint32_t n;		/* passages that have it */
	guint stem_bytes;	/* the longest of its stems that passages have */
	bool other;		/* found in another form */
	GArray *also;		/* struct also, or NULL */
};

struct wording {
	struct store *store;
	xap_db *db;		/* its database */
	const char *const *languages;
	struct analysis *analysis;
	const struct synonyms *synonyms;
	struct arena *arena;
	GArray *tokens;
	GHashTable *of;		/* node -> GArray of struct also */
	guint total;
	guint words, near_words, steps, stems_tried;
	GError *error;		/* sticky */
};

/* How many passages have the words of a text, at most, in the language that has most; 0 where one of them is
 * nowhere. known (or NULL): terms that do not count. */
uint32_t wording_frequency(struct wording *w, const char *text, const GPtrArray *known);
/* Appends the terms of a text in all languages. */
void wording_terms(struct wording *w, const char *text, GPtrArray *terms);
/* Is the word known as a form of some stem? */
bool wording_stands(struct wording *w, const char *fold);
/* Has a passage that very word, or one of which it is the stem? */
bool wording_is_there(struct wording *w, const char *fold);
/* vocabulary_oddness by what the index has. */
double wording_oddness(struct wording *w, const char *word, const char *beside);
/* What was learnt under a key (indexer/vocabulary.h): char *, in the order of bytes. */
GPtrArray *wording_learnt(struct wording *w, char kind, const char *key);

/* Keeps a form of a word; false where there are enough, or it is known. */
bool wording_add(struct wording *w, struct asked *word, struct also also);
/* The same for a form that may not stand in the index, or be of the word's own stem. */
bool wording_try(struct wording *w, struct asked *word, const char *text, double share);

/* wording.c: what a word by itself is looked for as, whatever stands beside it. */
struct asked wording_read(struct wording *w, const struct query_node *node);
void wording_look_at(struct wording *w, struct asked *word);
void wording_look_for_absent(struct wording *w, struct asked *word);

/* joined.c: two neighbours as one word; one word as several; a hyphenated word with other parts. */
void joined_look_for_joined(struct wording *w, struct asked *a, struct asked *b);
void joined_look_for_parts(struct wording *w, struct asked *word);
void joined_look_for_hyphenated(struct wording *w, struct asked *word);

/* names.c: names and synonyms that begin with the first of n words; acronyms of one word. */
void names_look_for_names(struct wording *w, struct asked *word);
void names_look_for_acronyms(struct wording *w, struct asked *run, guint n);
void names_look_for_synonyms(struct wording *w, struct asked *run, guint n);

/* meant.c: near words, where the word is nowhere or only a doubtful stem of it is there. */
void meant_look(struct wording *w, struct asked *word);

#endif
