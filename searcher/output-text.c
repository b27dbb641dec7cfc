/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * output-text.c - results, passages and lists for people. A hit reads like a
 * citation: the words, who said them and how we know, where they stand.
 *
 *    1  "... the snippet, with its matches marked ..."
 *       Name, Role, Organisation, Country             reported, inferred
 *       Panel II: Title - Document (report), p. 33 (printed 31)
 *       document/5f0c9a71d2
 */
#include "searcher/output.h"

#include <string.h>

#include "searcher/clock.h"

#define INDENT 4

/* --- pieces ---------------------------------------------------------------------- */

/* Appends ", part" (or what the joiner is), cleaned; nothing for an empty part. */
static void add_part(GString *out, const char *joiner, const char *part)
{
	if (!part || !*part)
		return;
	if (out->len > 0)
		g_string_append(out, joiner);
	terminal_clean(part, -1, out);
}

static bool says(const char *text, const char *part)
{
	return text && part && strstr(text, part) != NULL;
}

/* "Name, role, organisation, country", nothing twice. */
static void add_person(GString *out, const RapPerson *person)
{
	add_part(out, ", ", person->name);
	if (!says(person->name, person->role))
		add_part(out, ", ", person->role);
	if (!says(person->role, person->organisation) && !says(person->name, person->organisation))
		add_part(out, ", ", person->organisation);
	if (!says(person->role, person->country) && !says(person->organisation, person->country) &&
	    !says(person->name, person->country))
		add_part(out, ", ", person->country);
}

static void add_panel(GString *out, const RapPanel *panel)
{
	add_part(out, "", panel->label);
	if (panel->title && panel->label && *panel->label && says(panel->title, panel->label))
		g_string_truncate(out, 0);
	add_part(out, ": ", panel->title);
}

/* "Title (report)" */
static void add_document(GString *out, const char *joiner, const RapDocument *document)
{
	add_part(out, joiner, document->title);
	if (strcmp(document->type, "other") != 0)
		g_string_append_printf(out, " (%s)", document->type);
}

/* The printed number is said where it is another. */
static void add_page(GString *out, const RapPassage *passage)
{
	g_autofree char *page = g_strdup_printf("%d", passage->page);

	if (passage->timed) {
		g_string_append(out, ", at ");
		clock_put(out, passage->time_ms);
	}
	if (passage->slide > 0)
		g_string_append_printf(out, passage->notes ? ", speaker notes to slide %d" : ", slide %d", passage->slide);
	else if (passage->page > 0)
		g_string_append_printf(out, ", p. %s", page);
	if (!passage->page_label || passage->slide > 0)
		return;
	if (passage->page <= 0)
		add_part(out, ", p. ", passage->page_label);
	else if (strcmp(passage->page_label, page) != 0) {
		g_string_append(out, " (printed ");
		terminal_clean(passage->page_label, -1, out);
		g_string_append_c(out, ')');
	}
}

static const char *innermost(const char *const *section)
{
	const char *last = NULL;

	for (; section && *section; section++)
		last = *section;
	return last;
}

/* Panel or heading, document, page. */
static void add_place(GString *out, const RapPassage *passage)
{
	const RapPanel *panel = passage->panel;
	bool own = panel && (panel->label || g_strcmp0(panel->title, passage->document->title) != 0);

	if (own)
		add_panel(out, panel);
	else
		add_part(out, "", innermost(passage->section));
	if (passage->speaker || out->len == 0)
		add_document(out, " - ", passage->document);
	add_page(out, passage);
}

static void add_kind(GString *out, const RapPassage *passage)
{
	g_string_append(out, rap_kind_name(passage->kind));
	add_part(out, ", ", passage->certainty);
}

/* --- lines -------------------------------------------------------------------------- */

static void put_wrapped(struct output *output, unsigned indent, const char *styled)
{
	if (!*styled)
		return;
	terminal_wrap(&output->terminal, styled, indent, output->text);
	g_string_append_c(output->text, '\n');
}

static void put_dim(struct output *output, unsigned indent, const char *text)
{
	g_autofree char *styled = g_strdup_printf(STYLE_DIM "%s" STYLE_DIM_OFF, text);

	if (*text)
		put_wrapped(output, indent, styled);
}

/* Left, and right-aligned on the same line where there is room, else on its own. */
static void put_ends(struct output *output, unsigned indent, const char *left, const char *right)
{
	GString *out = output->text;
	unsigned width = output->terminal.width;
	unsigned right_columns = terminal_columns(right, (gssize)strlen(right));
	unsigned column = terminal_wrap(&output->terminal, left, indent, out);

	if (column + 2 + right_columns > width) {
		g_string_append_c(out, '\n');
		column = 0;
	}
	for (; column + right_columns < width; column++)
		g_string_append_c(out, ' ');
	g_string_append_printf(out, output->terminal.colour ? "\033[2m%s\033[0m\n" : "%s\n", right);
}

/* Who, kind and certainty; where; the id. */
static void put_passage_lines(struct output *output, unsigned indent, const RapPassage *passage)
{
	g_autoptr(GString) who = g_string_new(NULL);
	g_autoptr(GString) where = g_string_new(NULL);
	g_autoptr(GString) kind = g_string_new(NULL);
	g_autoptr(GString) id = g_string_new(NULL);

	add_kind(kind, passage);
	add_place(where, passage);
	terminal_clean(passage->id, -1, id);
	if (passage->speaker)
		add_person(who, passage->speaker);
	else if (passage->panel || innermost(passage->section))
		add_document(who, "", passage->document);
	else {		/* the document is all there is to say */
		g_string_append(who, where->str);
		g_string_truncate(where, 0);
	}
	put_ends(output, indent, who->str, kind->str);
	put_wrapped(output, indent, where->str);
	put_dim(output, indent, id->str);
}

/* --- search --------------------------------------------------------------------------- */

static void append_grouped(GString *out, guint64 n)
{
	g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, n);
	gsize len = strlen(digits);

	for (gsize i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			g_string_append_c(out, ',');
		g_string_append_c(out, digits[i]);
	}
}

/* An estimate is not said to the last digit. */
static guint64 round_estimate(guint64 n)
{
	guint64 unit = 1;

	while (n / unit >= 100)
		unit *= 10;
	return (n + unit / 2) / unit * unit;
}

static void put_total(struct output *output, const RapResults *results)
{
	g_autoptr(GString) line = g_string_new(NULL);
	const char *unit = output->unit == RAP_UNIT_DOCUMENT ? "document" : "passage";

	if (output->with_queries)
		g_string_append_printf(line, "%s: ", output->qid);
	if (results->total == 0) {
		g_string_append(line, "nothing found");
	} else {
		if (!output->grouped && results->n_hits > 0 && results->n_hits < results->total)
			g_string_append_printf(line, "%zu-%zu of ", results->hits[0].rank,
			                       results->hits[results->n_hits - 1].rank);
		g_string_append(line, results->total_is_exact ? "" : "about ");
		append_grouped(line, results->total_is_exact ? results->total : round_estimate(results->total));
		g_string_append_printf(line, " %s%s", unit, results->total == 1 ? "" : "s");
		if (output->grouped)
			g_string_append_printf(line, " in %s%zu group%s", results->arranged_all ? "" : "at least ", results->groups, results->groups == 1 ? "" : "s");
	}
	put_wrapped(output, 0, line->str);
}

static void results_begin(struct output *output, const RapResults *results)
{
	g_autoptr(GString) line = g_string_new(NULL);

	if (output->with_queries && output->n > 0)
		g_string_append_c(output->text, '\n');
	put_total(output, results);
	if (results->interpretation && g_strcmp0(results->query, results->interpretation) != 0) {
		g_string_append(line, "read as: ");
		terminal_clean(results->interpretation, -1, line);
		put_dim(output, 0, line->str);
	}
	if (!results->suggestion)
		return;
	g_string_assign(line, "perhaps meant: ");
	terminal_clean(results->suggestion, -1, line);
	put_dim(output, 0, line->str);
}

static void add_snippet(GString *out, const RapHit *hit)
{
	g_string_append(out, hit->cut_before ? "\"... " : "\"");
	for (size_t i = 0; i < hit->n_snippet; i++) {
		const RapSegment *segment = &hit->snippet[i];

		g_string_append(out, segment->match ? STYLE_BOLD : "");
		terminal_clean(segment->text, -1, out);
		g_string_append(out, segment->match ? STYLE_BOLD_OFF : "");
	}
	g_string_append(out, hit->cut_after ? " ...\"" : "\"");
}

/* Puts the rank into the margin that the lines since `at` left free. */
static void put_rank(struct output *output, gsize at, size_t rank)
{
	g_autofree char *number = g_strdup_printf("%2zu", rank);
	gsize len = strlen(number);

	if (len < INDENT)
		memcpy(output->text->str + at, number, len);
	else
		g_string_insert(output->text, (gssize)at, number);
}

#define ALSO_SHOWN 5

static void put_also(struct output *output, const char *const *ids)
{
	g_autoptr(GString) also = g_string_new("also in: ");
	size_t n = 0;

	for (; ids[n] && n < ALSO_SHOWN; n++) {
		g_string_append(also, n ? ", " : "");
		terminal_clean(ids[n], -1, also);
	}
	for (; ids[n];)
		n++;
	if (n > ALSO_SHOWN)
		g_string_append_printf(also, " and %zu more", n - ALSO_SHOWN);
	put_dim(output, INDENT, also->str);
}

static void put_group(struct output *output, const RapGroup *group)
{
	g_autoptr(GString) line = g_string_new(STYLE_BOLD);

	terminal_clean(group->value, -1, line);
	g_string_append_printf(line, STYLE_BOLD_OFF " - %zu passage%s", group->matches, group->matches == 1 ? "" : "s");
	put_wrapped(output, INDENT, line->str);
}

static void hit(struct output *output, const RapHit *h)
{
	g_autoptr(GString) styled = g_string_new(NULL);
	gsize at;

	g_string_append_c(output->text, '\n');
	at = output->text->len;
	if (h->group)
		put_group(output, h->group);
	if (h->n_snippet > 0)
		add_snippet(styled, h);
	else
		terminal_clean(h->passage.document->title, -1, styled);
	put_wrapped(output, INDENT, styled->len ? styled->str : h->passage.id);
	put_rank(output, at, h->rank);
	put_passage_lines(output, INDENT, &h->passage);
	if (h->also_in && h->also_in[0])
		put_also(output, h->also_in);
	if (output->explain)
		output_reasons(output, INDENT, h);
}

/* "speaker: Ada Brandt 12, Imre Oduya 3 and 5 more" */
static void put_facet(struct output *output, const RapFacet *facet)
{
	g_autoptr(GString) line = g_string_new(facet->field);

	if (!facet->n_counts)
		return;
	for (size_t i = 0; i < facet->n_counts; i++) {
		g_string_append(line, i ? ", " : ": ");
		terminal_clean(facet->counts[i].value, -1, line);
		g_string_append_printf(line, " %zu", facet->counts[i].count);
	}
	if (facet->n_values > facet->n_counts)
		g_string_append_printf(line, " and %zu more", facet->n_values - facet->n_counts);
	put_wrapped(output, 0, line->str);
}

static void results_end(struct output *output, const RapResults *results)
{
	if (results->n_facets && results->total) {
		g_string_append_c(output->text, '\n');
		put_dim(output, 0, results->facets_are_exact ? "all matches by" : "about, of many matches, by");
	}
	for (size_t i = 0; i < results->n_facets; i++)
		put_facet(output, &results->facets[i]);
	output->n++;	/* a blank line before the next, also where nothing was found */
}

/* --- passages --------------------------------------------------------------------------- */

static void put_text(struct output *output, const RapPassage *passage, const char *style)
{
	g_autoptr(GString) styled = g_string_new(style);

	terminal_clean(passage->text, -1, styled);
	if (*style)
		g_string_append(styled, STYLE_BOLD_OFF);
	put_wrapped(output, INDENT, styled->str);
}

static void passage(struct output *output, const RapPassage *p)
{
	if (output->n > 0)
		g_string_append_c(output->text, '\n');
	put_text(output, p, "");
	put_passage_lines(output, INDENT, p);
}

static void put_range(struct output *output, const char *what, const RapRange *ranges, size_t n)
{
	g_autoptr(GString) line = g_string_new(what);

	for (size_t i = 0; i < n; i++)
		g_string_append_printf(line, "%s%zu-%zu", i ? ", " : " ", ranges[i].start, ranges[i].end);
	put_wrapped(output, INDENT, line->str);
}

/* What kind of place the evidence is. */
static const char *place_of_evidence(const char *evidence)
{
	static const char *const places[][2] = {
		{ "caption", "a caption beside the words names the speaker" },
		{ "label", "the label of the turn names the speaker" },
		{ "byline", "the text is signed, or its head names the speaker" },
		{ "presenter", "the deck names who presents it" },
		{ "narrative", "the document's account names the speaker" },
		{ "catalogue", "a person said so in the catalogue" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
		if (strcmp(places[i][0], evidence) == 0)
			return places[i][1];
	return evidence;
}

/* How we know. */
static void put_why(struct output *output, const RapPassage *p)
{
	g_autoptr(GString) line = g_string_new("evidence: ");

	bool corrected = g_strcmp0(p->evidence, "catalogue") == 0;

	if (corrected) {
		g_string_append_printf(line, "catalogue, %s", p->certainty);
	} else if (p->evidence) {
		g_string_append_printf(line, "%s, %s, bytes %zu-%zu of the document's text", p->evidence,
		                       p->certainty ? p->certainty : "no certainty",
		                       p->evidence_range.start, p->evidence_range.end);
	} else {
		g_string_append(line, "none, nobody is named as the speaker");
	}
	put_wrapped(output, INDENT, line->str);
	if (p->evidence && p->evidence_text) {
		g_string_assign(line, place_of_evidence(p->evidence));
		g_string_append(line, corrected ? ": " : ": \"... ");
		terminal_clean(p->evidence_text, -1, line);
		g_string_append(line, corrected ? "" : " ...\"");
		put_wrapped(output, INDENT, line->str);
	}
	if (p->candidates && p->candidates[0]) {
		g_string_assign(line, "candidates, none of whom could be preferred:");
		for (size_t i = 0; p->candidates[i]; i++) {
			g_string_append(line, i ? "; " : " ");
			terminal_clean(p->candidates[i]->name, -1, line);
		}
		put_wrapped(output, INDENT, line->str);
	}
	for (size_t i = 0; i < p->n_quotations; i++) {
		const RapQuotation *quotation = &p->quotations[i];

		g_string_assign(line, "quotation: \"");
		terminal_clean(quotation->text, -1, line);
		g_string_append_printf(line, "\" (bytes %zu-%zu): ", quotation->range.start, quotation->range.end);
		terminal_clean(quotation->speaker ? quotation->speaker->name : "nobody is named", -1, line);
		if (quotation->certainty)
			g_string_append_printf(line, ", %s by bytes %zu-%zu", quotation->certainty,
			                       quotation->evidence_range.start, quotation->evidence_range.end);
		put_wrapped(output, INDENT, line->str);
	}
	put_range(output, "stands at bytes", p->ranges, p->n_ranges);
	g_string_assign(line, "cite as: ");
	terminal_clean(p->citation, -1, line);
	put_wrapped(output, INDENT, line->str);
}

static void shown(struct output *output, const RapHit *h)
{
	gsize at;

	if (output->n > 0)
		g_string_append_c(output->text, '\n');
	at = output->text->len;
	put_text(output, &h->passage, h->rank == 1 ? STYLE_BOLD : "");
	if (h->rank == 1 && output->text->len > at)
		output->text->str[at] = '>';
	put_passage_lines(output, INDENT, &h->passage);
	if (output->why && h->rank == 1)
		put_why(output, &h->passage);
}

/* --- lists ----------------------------------------------------------------------------------- */

static char *count_of(size_t n, const char *one, const char *many)
{
	g_autoptr(GString) out = g_string_new(NULL);

	append_grouped(out, n);
	g_string_append_printf(out, " %s", n == 1 ? one : many);
	return g_strdup(out->str);
}

static void put_document(struct output *output, const RapListItem *i, const char *passages)
{
	const RapDocument *d = i->document;
	g_autoptr(GString) line = g_string_new(NULL);

	add_document(line, "", d);
	put_ends(output, 0, line->str, passages);
	g_string_truncate(line, 0);
	add_part(line, "", d->id);
	add_part(line, ", ", d->event);
	add_part(line, ", ", d->date);
	add_part(line, ", ", d->language);
	put_dim(output, INDENT, line->str);
}

static void put_panel(struct output *output, const RapListItem *i, const char *passages)
{
	g_autoptr(GString) line = g_string_new(NULL);

	add_panel(line, i->panel);
	put_ends(output, 0, line->str, passages);
	g_string_truncate(line, 0);
	if (i->document)
		add_document(line, "", i->document);
	add_part(line, ", ", i->panel->date);
	add_part(line, ", moderated by ", i->panel->moderator);
	put_dim(output, INDENT, line->str);
}

static void put_person(struct output *output, const RapListItem *i, const char *passages)
{
	g_autoptr(GString) line = g_string_new(NULL);
	g_autofree char *documents = count_of(i->documents, "document", "documents");
	g_autofree char *both = g_strdup_printf("%s in %s", passages, documents);

	add_person(line, i->person);
	put_ends(output, 0, line->str, i->documents > 1 ? both : passages);
}

static void item(struct output *output, const RapListItem *i)
{
	g_autofree char *passages = count_of(i->passages, "passage", "passages");

	if (output->what == LIST_DOCUMENTS)
		put_document(output, i, passages);
	else if (output->what == LIST_PANELS)
		put_panel(output, i, passages);
	else
		put_person(output, i, passages);
}

static void put_suggestions(struct output *output, const RapSuggestions *suggestions)
{
	for (size_t i = 0; i < suggestions->n_items; i++) {
		const RapSuggestion *item = &suggestions->items[i];

		g_string_append_printf(output->text, "%-8s  ", rap_suggestion_kind_name(item->kind));
		terminal_clean(item->text, -1, output->text);
		g_string_append_printf(output->text, "  (%zu)  ", item->count);
		terminal_clean(item->query, -1, output->text);
		g_string_append_c(output->text, '\n');
	}
}

const struct output_format output_text = {
	.name = "text", .tasks = "shlg", .suggestions = put_suggestions,
	.results_begin = results_begin, .hit = hit, .results_end = results_end,
	.shown = shown, .passage = passage, .item = item,
};
