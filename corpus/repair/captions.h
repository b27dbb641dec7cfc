/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * captions.h - the search for captions, as captions.c and signatures.c share it.
 */
#ifndef CORPUS_REPAIR_CAPTIONS_H
#define CORPUS_REPAIR_CAPTIONS_H

#include "corpus/repair/repair.h"

#define QUOTE_WORDS_MAX 110

struct search {
	struct document *doc;
	GHashTable *listed;	/* folded name -> folded description, from lines "Name | ..." */
	GString *buffer, *folded;
};

/* ---- signatures.c ---- */

/* Quotation and name in one block: below, behind a dash, or in brackets. */
bool signature_in_block(struct search *search, GArray *done, const struct block *block);
/* The quotation stands in the block before, the name alone here behind a dash,
 * or in a block of the same quotation. */
bool signature_below(struct search *search, GArray *done, struct block *block);
/* In proceedings that print "Name / Function / House" above the account of what each
 * said, such captions are no signatures of what stands above them: their level is 1. */
void signature_heads(struct search *search, GArray *blocks);

/* ---- captions.c ---- */

bool caption_may_be(const struct block *block);
/* "Workshop participant", "Une participante", "A delegate from Malta": somebody of whom no
 * name is given. "Participants" heads a list. */
bool caption_is_unnamed(struct search *search, const char *s, guint32 from, guint32 end);

#endif
