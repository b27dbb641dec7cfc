/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * anonymity.h - what was said under the Chatham House Rule is held without names.
 *
 * The stages before this one have found who is who; here it is settled for
 * which parts that may be known, and what may not be is taken out for good:
 *
 *   rule       the document's own statement of the rule, and the parts it covers
 *   masking    "_" for each byte of a name, in the text and in every string
 *   anonymity  attributions, people and panels of the covered parts emptied
 *
 * Passages are made afterwards, so that their ids do not depend on names.
 */
#ifndef CORPUS_ANONYMITY_H
#define CORPUS_ANONYMITY_H

#include "corpus/corpus.h"
#include "corpus/words.h"

/* names: more that people of this document go by (a catalogue's), NULL-terminated,
 * or NULL. Sets `nameless` of the document, its panels, blocks and statements.
 * A name that must stay (the file's) gives a warning. */
void anonymity(struct document *doc, const char *const *names, corpus_warnings *warnings);

/* ---- between the files of this stage ---- */

/* Sets `nameless` of blocks and panels. False where nothing is covered. *whole: the
 * parts that no statement speaks of are covered too. on_record, a byte for each of
 * the people: set for those whom a statement lets be quoted wherever they spoke. */
bool rule_cover(struct document *doc, bool *whole, guint8 *on_record);

/* True for a word of the rule's own name, "Chatham House". */
bool rule_is_name(const char *s, guint32 len, const struct word *word);

/* Puts "_" for the names of all people but those of keeps (a byte for each), in
 * the text and the strings of the document; in covered blocks also for people
 * that no stage knows. whole: what lies in no block is covered. */
void names_mask(struct document *doc, const guint8 *keeps, const char *const *names, bool whole,
                corpus_warnings *warnings);

/* The ranges of the blocks by their starts, or of the covered ones alone. */
GArray *ranges_in_order(const struct document *doc, bool covered);

#endif
