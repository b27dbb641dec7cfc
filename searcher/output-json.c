/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * output-json.c - JSON (one object) and JSONL (one record a line). The shape
 * is a contract: keys keep their names and their order, more may be added.
 *
 * Written straight to the text, since lists of passages are long: no tree is
 * built. What comes out is valid JSON in valid UTF-8 whatever the bytes.
 */
#include "searcher/output.h"

#include <math.h>
#include <string.h>

/* --- values -------------------------------------------------------------------- */

static void append_escaped(GString *out, guchar c)
{
	switch (c) {
	case '"': g_string_append(out, "\\\""); break;
	case '\\': g_string_append(out, "\\\\"); break;
	case '\n': g_string_append(out, "\\n"); break;
	case '\t': g_string_append(out, "\\t"); break;
	case '\r': g_string_append(out, "\\r"); break;
	default: g_string_append_printf(out, "\\u%04x", c);
	}
}

static bool needs_escape(guchar c)
{
	return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

void json_string(GString *out, const char *s)
{
	g_autofree char *mended = NULL;

	if (!s) {
		g_string_append(out, "null");
		return;
	}
	if (!g_utf8_validate(s, -1, NULL))
		s = mended = g_utf8_make_valid(s, -1);
	g_string_append_c(out, '"');
	while (*s) {
		gsize n = 0;

		while (s[n] && !needs_escape((guchar)s[n]))
			n++;
		g_string_append_len(out, s, (gssize)n);
		s += n;
		if (*s)
			append_escaped(out, (guchar)*s++);
	}
	g_string_append_c(out, '"');
}

/* "key": before a value; a comma before it unless it opens an object or a list. */
static void key(GString *out, const char *name)
{
	char last = out->len ? out->str[out->len - 1] : '{';

	g_string_append_printf(out, "%s\"%s\": ", last == '{' ? "" : ", ", name);
}

static void comma(GString *out)
{
	if (out->str[out->len - 1] != '[')
		g_string_append(out, ", ");
}

static void string_of(GString *out, const char *name, const char *value)
{
	key(out, name);
	json_string(out, value);
}

static void number_of(GString *out, const char *name, guint64 value)
{
	key(out, name);
	g_string_append_printf(out, "%" G_GUINT64_FORMAT, value);
}

/* Pages and slides: 0 is none. */
static void place_of(GString *out, const char *name, int value)
{
	key(out, name);
	if (value > 0)
		g_string_append_printf(out, "%d", value);
	else
		g_string_append(out, "null");
}

static void real_of(GString *out, const char *name, double value, const char *format)
{
	char digits[G_ASCII_DTOSTR_BUF_SIZE];

	key(out, name);
	g_string_append(out, g_ascii_formatd(digits, sizeof digits, format, isfinite(value) ? value : 0));
}

static void bool_of(GString *out, const char *name, bool value)
{
	key(out, name);
	g_string_append(out, value ? "true" : "false");
}

/* Where it begins in the recording, in seconds. */
static void time_of(GString *out, const RapPassage *passage)
{
	key(out, "time");
	if (passage->timed)
		g_string_append_printf(out, "%u.%03u", passage->time_ms / 1000, passage->time_ms % 1000);
	else
		g_string_append(out, "null");
}

static void strings_of(GString *out, const char *name, const char *const *values)
{
	key(out, name);
	g_string_append_c(out, '[');
	for (; values && *values; values++) {
		comma(out);
		json_string(out, *values);
	}
	g_string_append_c(out, ']');
}

static void range(GString *out, RapRange r)
{
	g_string_append_printf(out, "[%zu, %zu]", r.start, r.end);
}

/* --- the model ------------------------------------------------------------------- */

static void document_of(GString *out, const RapDocument *document)
{
	key(out, "document");
	if (!document) {
		g_string_append(out, "null");
		return;
	}
	g_string_append_c(out, '{');
	string_of(out, "id", document->id);
	string_of(out, "title", document->title);
	string_of(out, "type", document->type);
	string_of(out, "event", document->event);
	string_of(out, "date", document->date);
	string_of(out, "publisher", document->publisher);
	string_of(out, "language", document->language);
	string_of(out, "path", document->path);
	string_of(out, "url", document->url);
	g_string_append_c(out, '}');
}

static void panel_fields(GString *out, const RapPanel *panel)
{
	string_of(out, "label", panel->label);
	string_of(out, "title", panel->title);
	string_of(out, "moderator", panel->moderator);
	string_of(out, "date", panel->date);
}

static void panel_of(GString *out, const RapPanel *panel)
{
	key(out, "panel");
	if (!panel) {
		g_string_append(out, "null");
		return;
	}
	g_string_append_c(out, '{');
	panel_fields(out, panel);
	g_string_append_c(out, '}');
}

static void person_fields(GString *out, const RapPerson *person)
{
	string_of(out, "name", person->name);
	string_of(out, "role", person->role);
	string_of(out, "organisation", person->organisation);
	string_of(out, "country", person->country);
	string_of(out, "type", person->body ? "body" : "person");
	string_of(out, "honorific", person->honorific);
}

static void speaker_of(GString *out, const RapPerson *person)
{
	key(out, "speaker");
	if (!person) {
		g_string_append(out, "null");
		return;
	}
	g_string_append_c(out, '{');
	person_fields(out, person);
	g_string_append_c(out, '}');
}

static void candidates_of(GString *out, const RapPerson *const *candidates)
{
	key(out, "candidates");
	g_string_append_c(out, '[');
	for (; candidates && *candidates; candidates++) {
		comma(out);
		json_string(out, (*candidates)->name);
	}
	g_string_append_c(out, ']');
}

/* null where nothing speaks for anybody. candidates may be NULL. */
static void attribution_of(GString *out, const char *evidence, const char *certainty, RapRange where,
                           const RapPerson *const *candidates)
{
	bool undecided = candidates && candidates[0];

	key(out, "attribution");
	if (!evidence && !undecided) {
		g_string_append(out, "null");
		return;
	}
	g_string_append_c(out, '{');
	string_of(out, "evidence", evidence);
	string_of(out, "certainty", certainty);
	key(out, "range");
	if (evidence)
		range(out, where);
	else
		g_string_append(out, "null");
	if (undecided)
		candidates_of(out, candidates);
	g_string_append_c(out, '}');
}

static void quotations_of(GString *out, const RapPassage *passage)
{
	key(out, "quotations");
	g_string_append_c(out, '[');
	for (size_t i = 0; i < passage->n_quotations; i++) {
		const RapQuotation *quotation = &passage->quotations[i];

		comma(out);
		g_string_append_c(out, '{');
		string_of(out, "text", quotation->text);
		speaker_of(out, quotation->speaker);
		key(out, "range");
		range(out, quotation->range);
		bool_of(out, "verbatim", true);	/* the marks say so */
		attribution_of(out, quotation->evidence, quotation->certainty, quotation->evidence_range, NULL);
		g_string_append_c(out, '}');
	}
	g_string_append_c(out, ']');
}

static void snippet_of(GString *out, const RapHit *hit)
{
	key(out, "snippet");
	g_string_append_c(out, '[');
	for (size_t i = 0; i < hit->n_snippet; i++) {
		comma(out);
		g_string_append_c(out, '{');
		string_of(out, "text", hit->snippet[i].text);
		bool_of(out, "match", hit->snippet[i].match);
		g_string_append_c(out, '}');
	}
	g_string_append_c(out, ']');
}

/* The keys of a passage; those of its hit where there is one. */
static void passage_fields(GString *out, const RapPassage *passage, const RapHit *hit)
{
	string_of(out, "id", passage->id);
	document_of(out, passage->document);
	panel_of(out, passage->panel);
	strings_of(out, "section", passage->section);
	speaker_of(out, passage->speaker);
	string_of(out, "kind", rap_kind_name(passage->kind));
	bool_of(out, "verbatim", passage->verbatim);
	attribution_of(out, passage->evidence, passage->certainty, passage->evidence_range, passage->candidates);
	place_of(out, "page", passage->page);
	string_of(out, "page_label", passage->page_label);
	place_of(out, "slide", passage->slide);
	time_of(out, passage);
	bool_of(out, "notes", passage->notes);
	if (hit)
		snippet_of(out, hit);
	string_of(out, "text", passage->text ? passage->text : "");
	key(out, "ranges");
	g_string_append_c(out, '[');
	for (size_t i = 0; i < passage->n_ranges; i++) {
		comma(out);
		range(out, passage->ranges[i]);
	}
	g_string_append_c(out, ']');
	quotations_of(out, passage);
	string_of(out, "citation", passage->citation);
}

static void group_of(GString *out, const RapGroup *group)
{
	key(out, "group");
	g_string_append_c(out, '{');
	string_of(out, "value", group->value);
	number_of(out, "matches", group->matches);
	real_of(out, "weight", group->weight, "%.4f");
	g_string_append_c(out, '}');
}

static void places_of_word(GString *out, const RapReason *reason)
{
	key(out, "places");
	g_string_append_c(out, '[');
	for (size_t i = 0; i < reason->n_places; i++) {
		const RapPlace *place = &reason->places[i];

		comma(out);
		g_string_append_c(out, '{');
		string_of(out, "field", place->field);
		number_of(out, "times", place->times);
		real_of(out, "score", place->score, "%.4f");
		g_string_append_c(out, '}');
	}
	g_string_append_c(out, ']');
}

static void reason_object(GString *out, const RapReason *reason)
{
	g_string_append_c(out, '{');
	string_of(out, "word", reason->word);
	string_of(out, "as", reason->as);
	string_of(out, "terms", reason->terms);
	string_of(out, "factor", reason->factor);
	real_of(out, "rarity", reason->rarity, "%.4f");
	real_of(out, "density", reason->density, "%.4f");
	real_of(out, "share", reason->share, "%.4f");
	real_of(out, "impact", reason->impact, "%.4f");
	real_of(out, "score", reason->score, "%.4f");
	places_of_word(out, reason);
	g_string_append_c(out, '}');
}

static void explanation_of(GString *out, const RapHit *hit)
{
	key(out, "explanation");
	g_string_append_c(out, '[');
	for (size_t i = 0; i < hit->n_reasons; i++) {
		comma(out);
		reason_object(out, &hit->reasons[i]);
	}
	g_string_append_c(out, ']');
}

static void hit_object(struct output *output, const RapHit *hit, bool with_qid)
{
	GString *out = output->text;

	g_string_append_c(out, '{');
	if (with_qid)
		string_of(out, "qid", output->qid);
	number_of(out, "rank", hit->rank);
	real_of(out, "score", hit->score, "%.4f");
	if (hit->group)
		group_of(out, hit->group);
	passage_fields(out, &hit->passage, hit);
	strings_of(out, "also_in", hit->also_in);
	if (output->explain)
		explanation_of(out, hit);
	g_string_append_c(out, '}');
}

/* One of the passages of show: rank 1 is the one asked for. */
static void shown_object(struct output *output, const RapHit *hit)
{
	g_string_append_c(output->text, '{');
	bool_of(output->text, "asked", hit->rank == 1);
	passage_fields(output->text, &hit->passage, NULL);
	strings_of(output->text, "also_in", hit->also_in);
	g_string_append_c(output->text, '}');
}

static void passage_object(struct output *output, const RapPassage *passage)
{
	g_string_append_c(output->text, '{');
	passage_fields(output->text, passage, NULL);
	g_string_append_c(output->text, '}');
}

static void document_item(GString *out, const RapDocument *document)
{
	string_of(out, "id", document->id);
	string_of(out, "title", document->title);
	string_of(out, "type", document->type);
	string_of(out, "event", document->event);
	string_of(out, "date", document->date);
	string_of(out, "publisher", document->publisher);
	string_of(out, "language", document->language);
	string_of(out, "path", document->path);
	string_of(out, "url", document->url);
	string_of(out, "place", document->place);
	string_of(out, "authors", document->authors);
	strings_of(out, "furniture", document->furniture);
}

static void item_object(struct output *output, const RapListItem *item)
{
	GString *out = output->text;

	g_string_append_c(out, '{');
	switch (output->what) {
	case LIST_DOCUMENTS:
		document_item(out, item->document);
		break;
	case LIST_PANELS:
		panel_fields(out, item->panel);
		document_of(out, item->document);
		break;
	default:
		person_fields(out, item->person);
		number_of(out, "documents", item->documents);
	}
	number_of(out, "passages", item->passages);
	g_string_append_c(out, '}');
}

/* --- one object -------------------------------------------------------------------- */

static void facets_of(GString *out, const RapResults *results)
{
	key(out, "facets");
	g_string_append_c(out, '{');
	for (size_t i = 0; i < results->n_facets; i++) {
		const RapFacet *facet = &results->facets[i];

		key(out, facet->field);
		g_string_append_c(out, '[');
		for (size_t j = 0; j < facet->n_counts; j++) {
			comma(out);
			g_string_append_c(out, '[');
			json_string(out, facet->counts[j].value);
			g_string_append_printf(out, ", %zu]", facet->counts[j].count);
		}
		g_string_append_c(out, ']');
	}
	g_string_append_c(out, '}');
	bool_of(out, "facets_are_exact", results->facets_are_exact);
	key(out, "facet_values");
	g_string_append_c(out, '{');
	for (size_t i = 0; i < results->n_facets; i++)
		number_of(out, results->facets[i].field, results->facets[i].n_values);
	g_string_append_c(out, '}');
}

static void json_results_begin(struct output *output, const RapResults *results)
{
	GString *out = output->text;

	g_string_append_c(out, '{');
	number_of(out, "version", 1);
	if (output->with_queries)
		string_of(out, "qid", output->qid);
	string_of(out, "query", results->query ? results->query : "");
	string_of(out, "interpretation", results->interpretation ? results->interpretation : "");
	strings_of(out, "warnings", results->warnings);
	string_of(out, "suggestion", results->suggestion);
	if (results->expansion)
		strings_of(out, "expansion", results->expansion);
	number_of(out, "total", results->total);
	bool_of(out, "total_is_exact", results->total_is_exact);
	if (output->grouped)
		number_of(out, "groups", results->groups);
	if (output->grouped || output->sorted)
		bool_of(out, "arranged_all", results->arranged_all);
	real_of(out, "took_ms", results->took_ms, "%.1f");
	if (output->facets)
		facets_of(out, results);
	key(out, "hits");
	g_string_append_c(out, '[');
	output->n = 0;
}

static void json_results_end(struct output *output, const RapResults *results)
{
	(void)results;
	g_string_append(output->text, "]}\n");
}

/* Whether a comma is due is counted: the text may have been flushed before. */
static void next_element(struct output *output)
{
	if (output->n > 0)
		g_string_append(output->text, ", ");
}

static void json_hit(struct output *output, const RapHit *hit)
{
	next_element(output);
	hit_object(output, hit, false);
}

static void json_begin(struct output *output)
{
	if (output->task == OUTPUT_SEARCH)
		return;
	g_string_append_printf(output->text, "{\"version\": 1, \"%s\": [",
	                       output->task == OUTPUT_SHOW ? "passages" : list_name(output->what));
}

static void json_shown(struct output *output, const RapHit *hit)
{
	next_element(output);
	shown_object(output, hit);
}

static void json_passage(struct output *output, const RapPassage *passage)
{
	next_element(output);
	passage_object(output, passage);
}

static void json_item(struct output *output, const RapListItem *item)
{
	next_element(output);
	item_object(output, item);
}

static void json_end(struct output *output)
{
	if (output->task != OUTPUT_SEARCH)
		g_string_append(output->text, "]}\n");
}

/* --- one record a line ------------------------------------------------------------- */

static void jsonl_hit(struct output *output, const RapHit *hit)
{
	hit_object(output, hit, output->with_queries);
	g_string_append_c(output->text, '\n');
}

static void jsonl_shown(struct output *output, const RapHit *hit)
{
	shown_object(output, hit);
	g_string_append_c(output->text, '\n');
}

static void jsonl_passage(struct output *output, const RapPassage *passage)
{
	passage_object(output, passage);
	g_string_append_c(output->text, '\n');
}

static void jsonl_item(struct output *output, const RapListItem *item)
{
	item_object(output, item);
	g_string_append_c(output->text, '\n');
}

static void json_suggestions(struct output *output, const RapSuggestions *suggestions)
{
	GString *out = output->text;

	g_string_append(out, "{\"version\": 1");
	string_of(out, "text", suggestions->text);
	key(out, "suggestions");
	g_string_append_c(out, '[');
	for (size_t i = 0; i < suggestions->n_items; i++) {
		const RapSuggestion *item = &suggestions->items[i];

		comma(out);
		g_string_append_c(out, '{');
		string_of(out, "kind", rap_suggestion_kind_name(item->kind));
		string_of(out, "text", item->text);
		number_of(out, "count", item->count);
		string_of(out, "query", item->query);
		g_string_append_c(out, '}');
	}
	g_string_append(out, "]}\n");
}

const struct output_format output_json = {
	.name = "json", .tasks = "shlg", .suggestions = json_suggestions, .begin = json_begin,
	.results_begin = json_results_begin, .hit = json_hit, .results_end = json_results_end,
	.shown = json_shown, .passage = json_passage, .item = json_item, .end = json_end,
};

const struct output_format output_jsonl = {
	.name = "jsonl", .tasks = "shl",
	.hit = jsonl_hit, .shown = jsonl_shown, .passage = jsonl_passage, .item = jsonl_item,
};
