/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * terms.h - what the index holds of one passage: its terms and their impacts (impact.h), its signature and its fingerprints.
 */
#ifndef INDEXER_TERMS_H
#define INDEXER_TERMS_H

#include "corpus/document.h"
#include "indexer/analysis.h"
#include "xapian/xap.h"

struct terms;

/* The analysis is borrowed and must outlive it. number, above 0 and different for each
 * one on the same analysis, keeps their word forms apart: no form may get into
 * a segment that its words are not in. */
struct terms *terms_new(struct analysis *analysis, gint number);
void terms_free(struct terms *terms);

/* Fills out (cleared before) with the terms and the signature of a passage of the document,
 * whose text is given, put together; and fingerprints (guint32) with its own, see fingerprints.h. */
void terms_passage(struct terms *terms, const struct document *doc, const struct passage *passage,
                   const char *text, gsize len, guint32 source, xap_doc *out, GArray *fingerprints);

/* The tokens (struct token) of the text that terms_passage was given last; borrowed until the next. */
const GArray *terms_tokens(const struct terms *terms);

/* Words that were not reported before and whose fold is not their term, for
 * the table of word forms. To be called before the analysis is trimmed. */
typedef bool terms_form_fn(const char *fold, gsize fold_len, const char *term, gsize term_len, void *data, GError **error);
bool terms_new_forms(struct terms *terms, terms_form_fn *fn, void *data, GError **error);

#endif
