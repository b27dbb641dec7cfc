/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * output-csv.c - CSV after RFC 4180: a header line, CRLF, fields in quotes
 * where they need them. One table of columns makes the header and the rows.
 */
#include "searcher/output.h"

#include <string.h>

static void field(struct output *output, const char *value, bool first)
{
	GString *out = output->text;

	if (!first)
		g_string_append_c(out, ',');
	if (!value)
		return;
	if (!value[strcspn(value, ",\"\r\n")] && *value != ' ') {
		g_string_append(out, value);
		return;
	}
	g_string_append_c(out, '"');
	for (; *value; value++) {
		if (*value == '"')
			g_string_append_c(out, '"');
		g_string_append_c(out, *value);
	}
	g_string_append_c(out, '"');
}

static void row(struct output *output, const char *const *values, gsize n)
{
	for (gsize i = 0; i < n; i++)
		field(output, values[i], i == 0);
	g_string_append(output->text, "\r\n");
}

static char *number(guint64 n)
{
	return g_strdup_printf("%" G_GUINT64_FORMAT, n);
}

static char *place(int n)
{
	return n > 0 ? number((guint64)n) : g_strdup("");
}

/* --- passages and hits ------------------------------------------------------------ */

static const char *const passage_columns[] = {
	"id", "speaker", "role", "organisation", "country", "kind", "verbatim",
	"evidence", "certainty", "panel", "panel_title", "section", "document", "title",
	"type", "event", "date", "language", "page", "page_label", "slide", "text", "citation",
	"time", "notes",
};
#define N_PASSAGE_COLUMNS G_N_ELEMENTS(passage_columns)

static void passage_row(struct output *output, const RapPassage *p)
{
	const RapDocument *d = p->document;
	g_autofree char *section = p->section ? g_strjoinv(" > ", (char **)(void *)(guintptr)p->section) : NULL;
	g_autofree char *page = place(p->page), *slide = place(p->slide);
	g_autofree char *time = p->timed ? g_strdup_printf("%u.%03u", p->time_ms / 1000, p->time_ms % 1000) : NULL;
	const char *values[] = {
		p->id, p->speaker ? p->speaker->name : NULL, p->speaker ? p->speaker->role : NULL,
		p->speaker ? p->speaker->organisation : NULL, p->speaker ? p->speaker->country : NULL,
		rap_kind_name(p->kind), p->verbatim ? "true" : "false", p->evidence, p->certainty,
		p->panel ? p->panel->label : NULL, p->panel ? p->panel->title : NULL, section,
		d->id, d->title, d->type, d->event, d->date, d->language,
		page, p->page_label, slide, p->text, p->citation,
		time, p->notes ? "true" : "false",
	};

	G_STATIC_ASSERT(G_N_ELEMENTS(values) == N_PASSAGE_COLUMNS);
	row(output, values, G_N_ELEMENTS(values));
}

static void header(struct output *output, const char *const *more, gsize n_more, const char *const *columns, gsize n)
{
	for (gsize i = 0; i < n_more; i++)
		g_string_append_printf(output->text, "%s,", more[i]);
	row(output, columns, n);
}

static void group_fields(struct output *output, const RapGroup *group)
{
	char weight[G_ASCII_DTOSTR_BUF_SIZE];
	g_autofree char *matches = number(group->matches);

	field(output, group->value, false);
	field(output, matches, false);
	field(output, g_ascii_formatd(weight, sizeof weight, "%.4f", group->weight), false);
}

static void hit(struct output *output, const RapHit *h)
{
	char score[G_ASCII_DTOSTR_BUF_SIZE];
	g_autofree char *rank = number(h->rank);
	g_autofree char *also = h->also_in ? g_strjoinv(" ", (char **)(void *)(guintptr)h->also_in) : NULL;
	g_autoptr(GString) snippet = g_string_new(NULL);

	if (output->with_queries) {
		field(output, output->qid, true);
		g_string_append_c(output->text, ',');
	}
	output_snippet(h, snippet);
	field(output, rank, true);
	field(output, g_ascii_formatd(score, sizeof score, "%.4f", h->score), false);
	field(output, snippet->str, false);
	field(output, also, false);
	if (output->grouped)
		group_fields(output, h->group);
	g_string_append_c(output->text, ',');
	passage_row(output, &h->passage);
}

static void shown(struct output *output, const RapHit *h)
{
	field(output, h->rank == 1 ? "true" : "false", true);
	g_string_append_c(output->text, ',');
	passage_row(output, &h->passage);
}

/* --- lists ---------------------------------------------------------------------------- */

static const char *const document_columns[] = {
	"id", "title", "type", "event", "date", "publisher", "language", "path", "url", "passages",
};
static const char *const panel_columns[] = {
	"label", "title", "moderator", "date", "document", "passages",
};
static const char *const person_columns[] = {
	"name", "role", "organisation", "country", "type", "documents", "passages",
};

static void item(struct output *output, const RapListItem *i)
{
	g_autofree char *passages = number(i->passages), *documents = number(i->documents);
	const RapDocument *d = i->document;

	if (output->what == LIST_DOCUMENTS) {
		const char *values[] = { d->id, d->title, d->type, d->event, d->date, d->publisher,
		                         d->language, d->path, d->url, passages };
		row(output, values, G_N_ELEMENTS(values));
	} else if (output->what == LIST_PANELS) {
		const char *values[] = { i->panel->label, i->panel->title, i->panel->moderator,
		                         i->panel->date, d ? d->id : NULL, passages };
		row(output, values, G_N_ELEMENTS(values));
	} else {
		const RapPerson *p = i->person;
		const char *values[] = { p->name, p->role, p->organisation, p->country,
		                         p->body ? "body" : "person", documents, passages };
		row(output, values, G_N_ELEMENTS(values));
	}
}

static void begin_list(struct output *output)
{
	switch (output->what) {
	case LIST_DOCUMENTS:
		row(output, document_columns, G_N_ELEMENTS(document_columns));
		break;
	case LIST_PANELS:
		row(output, panel_columns, G_N_ELEMENTS(panel_columns));
		break;
	case LIST_PASSAGES:
		row(output, passage_columns, N_PASSAGE_COLUMNS);
		break;
	default:
		row(output, person_columns, G_N_ELEMENTS(person_columns));
	}
}

static void begin(struct output *output)
{
	static const char *const more[] = { "qid", "rank", "score", "snippet", "also_in", "group", "matches", "weight" };
	const gsize n_more = G_N_ELEMENTS(more) - (output->grouped ? 0 : 3);
	static const char *const asked[] = { "asked" };

	if (output->task == OUTPUT_LIST)
		begin_list(output);
	else if (output->task == OUTPUT_SHOW)
		header(output, asked, 1, passage_columns, N_PASSAGE_COLUMNS);
	else
		header(output, more + !output->with_queries, n_more - !output->with_queries,
		       passage_columns, N_PASSAGE_COLUMNS);
}

const struct output_format output_csv = {
	.name = "csv", .tasks = "shl", .begin = begin,
	.hit = hit, .shown = shown, .passage = passage_row, .item = item,
};
