/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * passages.c - corrects panels, and single passages.
 */
#include "corpus/corrections/corrections.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/words.h"

#define RANGE_SLACK 16		/* bytes */

/* ---- panels ---- */

static bool panel_is(const struct panel *panel, const char *folded)
{
	g_autofree char *label = words_folded(panel->label == NULL ? "" : panel->label);
	g_autofree char *title = words_folded(panel->title == NULL ? "" : panel->title);
	g_autofree char *both = g_strconcat(label, " ", title, NULL);
	return strcmp(label, folded) == 0 || strcmp(title, folded) == 0 || strcmp(both, folded) == 0;
}

int panel_find(const struct document *doc, const char *folded)
{
	int found = -1;
	for (guint i = 0; i < doc->panels->len; i++) {
		if (!panel_is(document_panel(doc, i), folded))
			continue;
		if (found >= 0)
			return FOUND_SEVERAL;
		found = (int)i;
	}
	return found;
}

static void correct_panel(struct finder *finder, struct document *doc, struct panel *panel, const struct correction *correction,
                          corpus_warnings *warnings)
{
	const char *moderator = correction->values[SAYS_MODERATOR];
	correction_set(doc, &panel->label, correction->values[SAYS_LABEL]);
	correction_set(doc, &panel->title, correction->values[SAYS_TITLE]);
	correction_set(doc, &panel->date, correction->values[SAYS_DATE]);
	if (moderator != NULL) {
		panel->moderator = *moderator != '\0' ? finder_take(finder, moderator) : -1;
		if (*moderator != '\0' && panel->moderator < 0)
			correction_unfit(correction, doc, warnings,
					 "several people have the moderator's name; say which with (ORGANISATION) or (COUNTRY) behind it");
	}
	if (correction->values[SAYS_ATTRIBUTION] != NULL)
		panel->policy = (enum policy)policy_parse(correction->values[SAYS_ATTRIBUTION]);
}

void correct_panels(struct document *doc, GPtrArray *corrections, corpus_warnings *warnings)
{
	struct finder *finder = NULL;
	for (guint i = 0; i < corrections->len; i++) {
		struct correction *correction = g_ptr_array_index(corrections, i);
		if (correction->kind != CORRECT_PANEL)
			continue;
		finder = finder != NULL ? finder : finder_new(doc);
		int panel = panel_find(doc, correction->folded);
		if (panel >= 0) {
			g_atomic_int_inc(&correction->fitted);
			correct_panel(finder, doc, document_panel(doc, panel), correction, warnings);
			continue;
		}
		correction_unfit(correction, doc, warnings,
				 panel == -1 ? "there is no such panel" : "several panels are called so; give label and title");
		/* names are kept out of each that may be meant */
		for (guint k = 0; k < doc->panels->len && g_strcmp0(correction->values[SAYS_ATTRIBUTION], "none") == 0; k++)
			if (panel_is(document_panel(doc, k), correction->folded))
				document_panel(doc, k)->policy = POLICY_NONE;
	}
	finder_free(finder);
}

/* ---- passages ---- */

static bool passage_is(const struct document *doc, const struct passage *passage, const char *target)
{
	const char *slash = strrchr(target, '/');
	if (slash != NULL && (strlen(doc->id) != (gsize)(slash - target) || strncmp(doc->id, target, (gsize)(slash - target)) != 0))
		return false;
	return strcmp(passage->id, slash == NULL ? target : slash + 1) == 0;
}

/* A range stands for the passages that begin in it, else for the one that it is about;
 * a part of a passage is none, since others may speak in the rest. */
static bool range_of(const char *target, struct range *range)
{
	const char *dash = strchr(target, '-');
	if (dash == NULL || dash - target >= 10 || strspn(target, "0123456789-") != strlen(target))
		return false;
	*range = (struct range){ (guint32)strtoul(target, NULL, 10), (guint32)strtoul(dash + 1, NULL, 10) };
	return true;
}

static bool begins_in(const struct passage *passage, struct range range)
{
	return passage->ranges[0].start >= range.start && passage->ranges[0].start < range.end;
}

/* It begins or ends a little off, as after a change of the text before it. */
static bool is_about(const struct passage *passage, struct range range)
{
	guint32 start = passage->ranges[0].start, end = passage->ranges[passage->n_ranges - 1].end;
	return range.start <= start + RANGE_SLACK && range.end + RANGE_SLACK >= end && range.start < end;
}

static GArray *find_passages(const struct document *doc, const char *target)
{
	GArray *found = g_array_new(false, false, sizeof(guint));
	struct range range;
	bool ranged = range_of(target, &range);
	for (guint i = 0; i < doc->passages->len; i++) {
		const struct passage *passage = document_passage(doc, i);
		if (ranged ? begins_in(passage, range) : passage_is(doc, passage, target))
			g_array_append_val(found, i);
	}
	for (guint i = 0; ranged && found->len == 0 && i < doc->passages->len; i++)
		if (is_about(document_passage(doc, i), range))
			g_array_append_val(found, i);
	return found;
}

static enum passage_kind kind_with_speaker(enum passage_kind kind)
{
	return kind == KIND_NARRATIVE || kind == KIND_REFERENCE || kind == KIND_LISTING ? KIND_REPORTED : kind;
}

static enum passage_kind kind_without_speaker(enum passage_kind kind)
{
	return kind == KIND_QUOTE || kind == KIND_AUTHORED || kind == KIND_REPORTED ? KIND_NARRATIVE : kind;
}

static void correct_speaker(struct document *doc, struct passage *passage, const struct correction *correction, int speaker)
{
	struct range where = { passage->ranges[0].start, passage->ranges[0].start };
	passage->attribution = (struct attribution){
		.speaker = speaker, .evidence = EVIDENCE_CATALOGUE, .certainty = CERTAINTY_STATED, .range = where,
		.source = document_string(doc, correction->source, -1),
	};
	passage->kind = speaker < 0 ? kind_without_speaker(passage->kind) : kind_with_speaker(passage->kind);
}

static void correct_passage(struct finder *finder, struct document *doc, struct passage *passage, const struct correction *correction,
                            corpus_warnings *warnings)
{
	const char *speaker = correction->values[SAYS_SPEAKER], *panel = correction->values[SAYS_PANEL];
	if (speaker != NULL && passage->nameless) {
		correction_unfit(correction, doc, warnings, "the passage is held without names");
	} else if (speaker != NULL) {
		int person = *speaker != '\0' ? finder_take(finder, speaker) : -1;
		if (*speaker != '\0' && person < 0)
			correction_unfit(correction, doc, warnings,
					 "several people have the speaker's name; say which with (ORGANISATION) or (COUNTRY) behind it");
		else
			correct_speaker(doc, passage, correction, person);
	}
	if (correction->values[SAYS_KIND] != NULL)
		passage->kind = (enum passage_kind)kind_parse(correction->values[SAYS_KIND]);
	if (panel != NULL) {
		g_autofree char *folded = words_folded(panel);
		int found = *folded != '\0' ? panel_find(doc, folded) : -1;
		if (*folded != '\0' && found < 0)
			correction_unfit(correction, doc, warnings, "there is no such panel, or several");
		else
			passage->panel = found;
	}
}

void correct_passages(struct document *doc, GPtrArray *corrections, corpus_warnings *warnings)
{
	struct finder *finder = NULL;
	for (guint i = 0; i < corrections->len; i++) {
		struct correction *correction = g_ptr_array_index(corrections, i);
		if (correction->kind != CORRECT_PASSAGE)
			continue;
		finder = finder != NULL ? finder : finder_new(doc);
		g_autoptr(GArray) found = find_passages(doc, correction->target);
		for (guint k = 0; k < found->len; k++)
			correct_passage(finder, doc, document_passage(doc, g_array_index(found, guint, k)), correction, warnings);
		if (found->len > 0)
			g_atomic_int_inc(&correction->fitted);
		else
			correction_unfit(correction, doc, warnings, "there is no such passage, or no passage begins there; was the text changed?");
	}
	finder_free(finder);
}
