/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * anonymity.c - what is left of attributions, people and panels where a document,
 * or a part of it, is held without names.
 *
 * On record is who speaks, moderates or is listed in a part that is not covered;
 * everybody else in the document is taken out of it.
 */
#include "corpus/anonymity/anonymity.h"

#include <string.h>

#include "corpus/pieces.h"

struct settling {
	struct document *doc;
	guint8 *keeps;		/* people who are on record somewhere */
	guint8 *everywhere;	/* who let themselves be quoted wherever they spoke */
	GArray *covered;	/* struct range, by their starts */
};

static int by_start(const void *a, const void *b)
{
	const struct range *x = a, *y = b;
	return x->start < y->start ? -1 : x->start > y->start;
}

GArray *ranges_in_order(const struct document *doc, bool covered)
{
	GArray *ranges = g_array_new(false, false, sizeof(struct range));
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->n_ranges > 0 && (block->nameless || !covered))
			g_array_append_vals(ranges, block->ranges, block->n_ranges);
	}
	g_array_sort(ranges, by_start);
	return ranges;
}

static bool is_covered(const struct settling *settling, guint32 at)
{
	guint low = 0, high = settling->covered->len;
	while (low < high) {
		guint middle = (low + high) / 2;
		const struct range *range = &g_array_index(settling->covered, struct range, middle);
		if (at < range->start)
			high = middle;
		else if (at >= range->end)
			low = middle + 1;
		else
			return true;
	}
	return false;
}

static void keep(struct settling *settling, int person)
{
	if (person >= 0)
		settling->keeps[person] = true;
}

/* Statements: which are covered, and who speaks in the others. */
static void find_on_record(struct settling *settling)
{
	struct document *doc = settling->doc;
	for (guint i = 0; i < doc->passages->len; i++) {
		struct passage *passage = document_passage(doc, i);
		int speaker = passage->attribution.speaker;
		passage->nameless = is_covered(settling, passage->ranges[0].start) && !(speaker >= 0 && settling->everywhere[speaker]);
		if (!passage->nameless)
			keep(settling, speaker);
	}
	for (guint i = 0; i < doc->panels->len; i++) {
		const struct panel *panel = document_panel(doc, i);
		if (panel->nameless)
			continue;
		keep(settling, panel->moderator);
		for (guint k = 0; k < panel->n_listed; k++)
			keep(settling, panel->listed[k]);
	}
}

/* Speech keeps its range, since that tells the turns apart. */
static void forget_speaker(struct passage *passage)
{
	struct range label = passage->attribution.range;
	passage->attribution = (struct attribution){ .speaker = -1 };
	if (passage->kind == KIND_SPEECH)
		passage->attribution.range = label;
}

static void forget_candidates(struct attribution *attribution, const guint8 *keeps)
{
	guint n = 0;
	for (guint i = 0; i < attribution->n_candidates; i++)
		if (keeps[attribution->candidates[i]])
			attribution->candidates[n++] = attribution->candidates[i];
	attribution->n_candidates = n < 2 ? 0 : n;	/* one alone would tell */
	if (n < 2)
		attribution->candidates = NULL;
}

static void forget_panel(struct panel *panel)
{
	panel->moderator = -1;
	panel->listed = NULL;
	panel->n_listed = 0;
}

/* Takes the others out of the roster. */
static void drop_people(struct settling *settling)
{
	struct document *doc = settling->doc;
	g_autofree int *moved = g_new(int, doc->people->len + 1);
	guint kept = 0;
	for (guint i = 0; i < doc->people->len; i++) {
		moved[i] = settling->keeps[i] ? (int)kept : -1;
		if (settling->keeps[i])
			*document_person(doc, kept++) = *document_person(doc, i);
	}
	document_renumber_people(doc, moved);
	g_array_set_size(doc->people, kept);
}

static void forget(struct settling *settling)
{
	struct document *doc = settling->doc;
	for (guint i = 0; i < doc->passages->len; i++) {
		struct passage *passage = document_passage(doc, i);
		if (passage->nameless)
			forget_speaker(passage);
		else
			forget_candidates(&passage->attribution, settling->keeps);
	}
	for (guint i = 0; i < doc->panels->len; i++)
		if (document_panel(doc, i)->nameless)
			forget_panel(document_panel(doc, i));
	drop_people(settling);
}

static bool all_covered(const struct document *doc)
{
	for (guint i = 0; i < doc->blocks->len; i++)
		if (!document_block(doc, i)->nameless)
			return false;
	return true;
}

void anonymity(struct document *doc, const char *const *names, corpus_warnings *warnings)
{
	g_autofree guint8 *everywhere = g_malloc0(doc->people->len + 1), *keeps = g_malloc0(doc->people->len + 1);
	bool whole = false;
	if (!rule_cover(doc, &whole, everywhere))
		return;
	struct settling settling = {
		.doc = doc, .keeps = keeps, .everywhere = everywhere,
		.covered = ranges_in_order(doc, true),
	};
	find_on_record(&settling);
	for (guint i = 0; i < doc->people->len; i++)
		keeps[i] |= everywhere[i];
	names_mask(doc, keeps, names, whole, warnings);
	forget(&settling);
	doc->nameless = all_covered(doc) && doc->people->len == 0;
	g_array_free(settling.covered, true);
}
