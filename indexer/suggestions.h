/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * suggestions.h - what can be suggested to somebody who types: people, bodies,
 * panels, documents and frequent phrases, in a file beside a segment's database.
 *
 *   SEGMENT/suggestions   (numbers are 32 bits, little-endian; parts begin at multiples of 4)
 *
 *     "RAPSUGG1"
 *     entries, words, bytes of texts, of postings, passages
 *     for each entry, the most frequent first: its kind, count, where its text and its id begin in the
 *         texts, and its witnesses (phrases: sources that have it; else all bits set)
 *     for each word, in the order of bytes: where it begins in the texts
 *     for each word, and behind the last one: where its postings begin
 *     texts: strings, each with its NUL
 *     postings: for each word the entries that have it, ascending, as LEB128: the distance from
 *         the one before, times two, plus one where it is the entry's first word
 *
 * Words are folds (analysis_key); of a panel's text (fields_panel_value) those that stand before what sets it apart. The file is mapped, and input like any other file.
 */
#ifndef INDEXER_SUGGESTIONS_H
#define INDEXER_SUGGESTIONS_H

#include "corpus/document.h"
#include "indexer/analysis.h"
#include "indexer/phrases.h"

#define SUGGESTIONS_FILE "suggestions"

/* The numbers are part of the format. */
enum suggestion_kind {
	SUGGESTION_PERSON, SUGGESTION_BODY, SUGGESTION_PANEL, SUGGESTION_DOCUMENT, SUGGESTION_PHRASE,
	N_SUGGESTION_KINDS
};

struct suggestion {
	enum suggestion_kind kind;
	const char *text;
	const char *id;			/* of a document; else "" */
	guint32 count;			/* passages */
	guint32 witnesses[PHRASE_WITNESSES];
};

/* --- making ------------------------------------------------------------------ */

struct suggestions_maker;

/* The analysis is borrowed. */
struct suggestions_maker *suggestions_maker_new(struct analysis *analysis);
void suggestions_maker_free(struct suggestions_maker *maker);

/* The next passage of the segment, but for its phrases. */
void suggestions_maker_add(struct suggestions_maker *maker, const struct document *doc, const struct passage *passage);
void suggestions_maker_phrases(struct suggestions_maker *maker, const struct phrases *phrases);

/* --- reading ------------------------------------------------------------------ */

struct suggestions;

/* Maps the file of the segment in a folder. Errors: NOT_FOUND, CORRUPT, IO. */
struct suggestions *suggestions_open(const char *segment, GError **error);
void suggestions_close(struct suggestions *suggestions);

/* Everything of another segment, with or without its phrases. false with CORRUPT set. */
bool suggestions_maker_append(struct suggestions_maker *maker, const struct suggestions *suggestions, bool with_phrases, GError **error);
/* Writes the file into the folder of a segment. */
bool suggestions_maker_write(struct suggestions_maker *maker, const char *segment, GError **error);

guint32 suggestions_count(const struct suggestions *suggestions);
/* The i-th entry; false where it is damaged. Borrowed. */
bool suggestions_get(const struct suggestions *suggestions, guint32 i, struct suggestion *out);

/* Sets the bits of the entries with a word that begins with the prefix (whole: is the word), in all;
 * where it is their first word, in first (or NULL), too. typo: also of words that differ from the
 * prefix in one letter behind the first one. Bits are counted as in matches.h. */
void suggestions_mark(const struct suggestions *suggestions, const char *prefix, bool whole, bool typo, guint64 *all, guint64 *first);

#endif
