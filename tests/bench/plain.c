/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plain.c - rapporteur-index without people, attribution, quotations and the
 * Chatham House Rule: what the cost of attribution is held against (cost.py).
 *
 * It is linked instead of those stages, and is no switch of rapporteur-index:
 * nobody shall make an index by accident that keeps names which may not be known.
 */
#include "corpus/anonymity/anonymity.h"
#include "corpus/attribution/attribution.h"
#include "corpus/attribution/quotations.h"
#include "corpus/people/people.h"
#include "corpus/pieces.h"

/* The linker puts each in the place of the stage (-Wl,--wrap). */
void __wrap_people(struct document *doc);
void __wrap_attribution(struct document *doc);
void __wrap_anonymity(struct document *doc, const char *const *names, corpus_warnings *warnings);
void __wrap_quotations(struct document *doc);

void __wrap_people(struct document *doc)
{
	(void)doc;
}

/* Each block is the document's own voice. */
void __wrap_attribution(struct document *doc)
{
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->kind == BLOCK_HEADING)
			continue;
		struct passage statement = {
			.kind = KIND_NARRATIVE, .section = block->section, .panel = block->panel,
			.page = block->page, .slide = block->slide, .page_label = block->page_label,
			.attribution = { .speaker = -1 }, .ranges = block->ranges, .n_ranges = block->n_ranges,
		};
		g_array_append_val(doc->passages, statement);
	}
}

void __wrap_anonymity(struct document *doc, const char *const *names, corpus_warnings *warnings)
{
	(void)doc, (void)names, (void)warnings;
}

void __wrap_quotations(struct document *doc)
{
	(void)doc;
}
