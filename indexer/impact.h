/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * impact.h - how much a passage is about a word, from how often the word stands there.
 *
 * Settled when the index is written: BM25's saturated and length-normalised
 * frequency (Robertson and Zaragoza 2009, 3.5: weighted fields are normalised each, and
 * added up before saturation), against a fixed mean length, as a whole number up to
 * IMPACT_MAX that Xapian keeps as the within-document frequency. A search then only
 * multiplies by what the word weighs (searcher/rank.h): no document lengths are looked up.
 */
#ifndef INDEXER_IMPACT_H
#define INDEXER_IMPACT_H

#include <glib.h>

#include "corpus/document.h"
#include "indexer/fields.h"

#define IMPACT_MAX 127

/* What frequencies in that field of a passage are divided by; of a text of length words that are not stop
 * words. A title is not the more about its words the shorter the passage below it is: what stands beside the text is
 * taken for that of a passage of mean length at least. */
double impact_norm(enum searched_field field, enum passage_kind kind, guint length);

/* 1 to IMPACT_MAX, of the sum of frequencies (in words of the text), each divided by its norm. */
guint32 impact_of(double frequency);

#endif
