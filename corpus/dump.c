/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * dump.c - what was made of a file, line by line.
 */
#include "corpus/dump.h"

#include <jansson.h>
#include <string.h>

#define SHORT_CHARS 120		/* longer texts lose their middle */
#define SHORT_HEAD 80
#define SHORT_TAIL 35

/* A line in the making: in one form or the other. */
struct row {
	GString *out;
	enum dump_form form;
	json_t *object;		/* of DUMP_JSON */
};

static const char *const block_names[] = {
	"heading", "paragraph", "list-item", "table-row", "caption", "pull-quote", "quotation",
	"footnote", "code", "slide-break", "page-break", "furniture", "label",
};
static const char *const zone_names[] = {
	"body", "contents", "agenda", "people", "references", "imprint", "front-matter",
};

/* ---- a line ---- */

static void row_begin(struct row *row, const char *what)
{
	if (row->form == DUMP_JSON) {
		row->object = json_object();
		json_object_set_new(row->object, "line", json_string(what));
	} else {
		g_string_append(row->out, what);
	}
}

static void row_end(struct row *row)
{
	char *line;

	if (row->form == DUMP_JSON) {
		line = json_dumps(row->object, JSON_PRESERVE_ORDER | JSON_COMPACT);
		g_string_append(row->out, line ? line : "{}");
		free(line);
		json_decref(row->object);
	}
	g_string_append_c(row->out, '\n');
}

/* White space of any kind as one blank; nothing that a terminal would obey. */
static void put_clean(GString *out, const char *s, gsize len)
{
	g_autofree char *valid = g_utf8_make_valid(s, (gssize)len);
	bool blank = false, any = false;

	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isspace(c) || g_unichar_iscntrl(c)) {
			blank = any;
			continue;
		}
		if (blank)
			g_string_append_c(out, ' ');
		g_string_append_unichar(out, c);
		blank = false;
		any = true;
	}
}

/* The middle of a long text is left out of what stands behind `from`. */
static void shorten(GString *out, gsize from)
{
	const char *s = out->str + from;
	glong chars = g_utf8_strlen(s, -1);
	gsize head, tail;

	if (chars <= SHORT_CHARS)
		return;
	head = (gsize)(g_utf8_offset_to_pointer(s, SHORT_HEAD) - out->str);
	tail = (gsize)(g_utf8_offset_to_pointer(s, chars - SHORT_TAIL) - out->str);
	g_string_erase(out, (gssize)head, (gssize)(tail - head));
	g_string_insert(out, (gssize)head, " [...] ");
}

/* NULL is no value. */
static void put(struct row *row, const char *name, const char *value)
{
	if (row->form == DUMP_JSON) {
		g_autofree char *valid = value ? g_utf8_make_valid(value, -1) : NULL;

		json_object_set_new(row->object, name, valid ? json_string(valid) : json_null());
		return;
	}
	g_string_append_c(row->out, '\t');
	if (value)
		put_clean(row->out, value, strlen(value));
}

static void put_number(struct row *row, const char *name, guint64 number)
{
	if (row->form == DUMP_JSON)
		json_object_set_new(row->object, name, json_integer((json_int_t)number));
	else
		g_string_append_printf(row->out, "\t%" G_GUINT64_FORMAT, number);
}

/* The last field of a line. */
static void put_text(struct row *row, const struct document *doc, const struct range *ranges, guint n)
{
	g_autoptr(GString) text = g_string_new(NULL);
	gsize from;

	ranges_text(doc->text, ranges, n, text);
	if (row->form == DUMP_JSON) {
		put(row, "text", text->str);
		return;
	}
	g_string_append_c(row->out, '\t');
	from = row->out->len;
	put_clean(row->out, text->str, text->len);
	if (row->form == DUMP_SHORT)
		shorten(row->out, from);
}

static void put_ranges(struct row *row, const char *name, const struct range *ranges, guint n)
{
	json_t *array = row->form == DUMP_JSON ? json_array() : NULL;

	for (guint i = 0; i < n && array; i++)
		json_array_append_new(array, json_pack("[II]", (json_int_t)ranges[i].start, (json_int_t)ranges[i].end));
	if (array) {
		json_object_set_new(row->object, name, array);
		return;
	}
	for (guint i = 0; i < n; i++)
		g_string_append_printf(row->out, "%c%u-%u", i ? ' ' : '\t', ranges[i].start, ranges[i].end);
	if (!n)
		g_string_append_c(row->out, '\t');
}

/* ---- places ---- */

struct place {
	int page, slide;
	const char *label;
	bool notes, timed;
	guint32 time_ms;
};

static void add(GString *out, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void add(GString *out, const char *format, ...)
{
	va_list args;

	if (out->len)
		g_string_append(out, ", ");
	va_start(args, format);
	g_string_append_vprintf(out, format, args);
	va_end(args);
}

static void put_place_json(struct row *row, const struct place *place)
{
	json_object_set_new(row->object, "page", place->page ? json_integer(place->page) : json_null());
	put(row, "page_label", place->label);
	json_object_set_new(row->object, "slide", place->slide ? json_integer(place->slide) : json_null());
	json_object_set_new(row->object, "time", place->timed ? json_real(place->time_ms / 1000.0) : json_null());
	json_object_set_new(row->object, "notes", json_boolean(place->notes));
}

static void put_place(struct row *row, const struct place *place)
{
	g_autoptr(GString) out = g_string_new(NULL);
	guint ms = place->time_ms, seconds = ms / 1000;

	if (row->form == DUMP_JSON) {
		put_place_json(row, place);
		return;
	}
	if (place->timed)
		add(out, "%u:%02u:%02u.%03u", seconds / 3600, seconds / 60 % 60, seconds % 60, ms % 1000);
	if (place->page || (place->label && !place->slide))
		add(out, "p. %d", place->page);
	if (place->label && !place->slide)
		g_string_append_printf(out, " (%s)", place->label);
	if (place->slide)
		add(out, "slide %d", place->slide);
	if (place->notes)
		add(out, "notes");
	put(row, "place", out->str);
}

static void put_section(struct row *row, const struct document *doc, int section)
{
	g_autoptr(GString) path = g_string_new(NULL);

	for (int i = section; i >= 0; i = document_section(doc, i)->parent) {
		g_string_prepend(path, path->len ? " > " : "");
		g_string_prepend(path, document_section(doc, i)->title);
	}
	put(row, "section", path->str);
}

static void put_panel(struct row *row, const struct document *doc, int panel)
{
	const struct panel *p = panel >= 0 ? document_panel(doc, panel) : NULL;

	put(row, "panel", p ? p->label ? p->label : p->title : NULL);
}

/* ---- the parts ---- */

static void names_of(struct row *row, const char *const *names)
{
	if (row->form == DUMP_JSON)
		return;
	g_string_append(row->out, "#");
	for (; *names; names++)
		g_string_append_printf(row->out, "%s%s", row->out->str[row->out->len - 1] == '#' ? " " : "\t", *names);
	g_string_append_c(row->out, '\n');
}

static void dump_head(struct row *row, const struct document *doc)
{
	bool kept = !document_is_nameless(doc);	/* what the file says of itself may name people */
	g_autofree char *bytes = g_strdup_printf("%" G_GSIZE_FORMAT, doc->text_bytes);
	const struct { const char *name, *value; } properties[] = {
		{ "path", doc->path }, { "format", doc->format }, { "id", doc->id }, { "title", doc->title },
		{ "type", type_name(doc->type) }, { "language", doc->language }, { "date", doc->date }, { "date-end", doc->date_end },
		{ "event", doc->event }, { "place", doc->place }, { "publisher", doc->publisher }, { "authors", doc->authors },
		{ "url", doc->url }, { "access", doc->access }, { "names", doc->nameless ? "none" : kept ? "kept" : "in part" },
		{ "file-title", kept ? doc->file_title : NULL }, { "file-date", kept ? doc->file_date : NULL },
		{ "file-authors", kept ? doc->file_authors : NULL }, { "text-bytes", bytes },
	};

	for (guint i = 0; i < G_N_ELEMENTS(properties); i++) {
		if (!properties[i].value)
			continue;
		row_begin(row, "document");
		put(row, "property", properties[i].name);
		put(row, "value", properties[i].value);
		row_end(row);
	}
}

static void dump_people(struct row *row, const struct document *doc)
{
	static const char *const names[] = { "person", "name", "honorific", "role", "organisation", "country", "is", "forms", NULL };

	if (doc->people->len)
		names_of(row, names);
	for (guint i = 0; i < doc->people->len; i++) {
		const struct person *p = document_person(doc, i);
		g_autofree char *forms = p->forms ? g_strjoinv("; ", (char **)(void *)(guintptr)p->forms) : NULL;

		row_begin(row, "person");
		put(row, "name", p->name);
		put(row, "honorific", p->honorific);
		put(row, "role", p->role);
		put(row, "organisation", p->organisation);
		put(row, "country", p->country);
		put(row, "is", p->body ? "body" : (int)i == doc->chair ? "chair" : "person");
		put(row, "forms", forms);
		row_end(row);
	}
}

static void dump_panels(struct row *row, const struct document *doc)
{
	static const char *const names[] = { "panel", "label", "title", "date", "moderator", "people", NULL };

	if (doc->panels->len)
		names_of(row, names);
	for (guint i = 0; i < doc->panels->len; i++) {
		const struct panel *p = document_panel(doc, i);
		g_autoptr(GString) people = g_string_new(NULL);

		for (guint k = 0; k < p->n_listed; k++)
			g_string_append_printf(people, "%s%s", k ? "; " : "", document_person(doc, p->listed[k])->name);
		row_begin(row, "panel");
		put(row, "label", p->label);
		put(row, "title", p->title);
		put(row, "date", p->date);
		put(row, "moderator", p->moderator >= 0 ? document_person(doc, p->moderator)->name : NULL);
		put(row, "people", people->str);
		row_end(row);
	}
}

static void dump_furniture(struct row *row, const struct document *doc)
{
	for (const char *const *text = doc->furniture; text && *text; text++) {
		row_begin(row, "furniture");
		put(row, "text", *text);
		row_end(row);
	}
}

static void dump_blocks(struct row *row, const struct document *doc)
{
	static const char *const names[] = { "block", "number", "kind", "level", "place", "zone", "section", "panel", "label", "ranges", "text",
		NULL };

	names_of(row, names);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *b = document_block(doc, i);
		struct place place = { b->page, b->slide, b->page_label, b->notes, b->timed, b->time_ms };

		row_begin(row, "block");
		put_number(row, "number", i);
		put(row, "kind", block_names[b->kind]);
		put_number(row, "level", (guint)b->level);
		put_place(row, &place);
		put(row, "zone", zone_names[b->zone]);
		put_section(row, doc, b->section);
		put_panel(row, doc, b->panel);
		put(row, "label", b->label);
		put_ranges(row, "ranges", b->ranges, b->n_ranges);
		put_text(row, doc, b->ranges, b->n_ranges);
		row_end(row);
	}
}

/* Who, how we know, and the words that say so. */
static void put_attribution(struct row *row, const struct document *doc, const struct attribution *a)
{
	bool known = a->evidence != EVIDENCE_NONE && a->evidence != EVIDENCE_CATALOGUE && a->speaker >= 0;
	g_autoptr(GString) candidates = g_string_new(NULL), words = g_string_new(NULL);

	for (guint i = 0; i < a->n_candidates; i++)
		g_string_append_printf(candidates, "%s%s", i ? "; " : "", document_person(doc, a->candidates[i])->name);
	if (known)
		ranges_text(doc->text, &a->range, 1, words);
	put(row, "speaker", a->speaker >= 0 ? document_person(doc, a->speaker)->name : NULL);
	put(row, "candidates", candidates->str);
	put(row, "evidence", evidence_name(a->evidence));
	put(row, "certainty", certainty_name(a->certainty));
	put_ranges(row, "evidence-range", &a->range, known);
	put(row, "evidence-text", a->evidence == EVIDENCE_CATALOGUE ? a->source : words->str);
}

static void dump_quotation(struct row *row, const struct document *doc, const struct quotation *quotation)
{
	row_begin(row, "quotation");
	put_attribution(row, doc, &quotation->attribution);
	put_ranges(row, "ranges", &quotation->range, 1);
	put_text(row, doc, &quotation->range, 1);
	row_end(row);
}

static void dump_passages(struct row *row, const struct document *doc)
{
	static const char *const names[] = {
		"passage", "id", "kind", "place", "section", "panel", "speaker", "candidates", "evidence", "certainty",
		"evidence-range", "evidence-text", "ranges", "text", NULL,
	};

	names_of(row, names);
	for (guint i = 0; i < doc->passages->len; i++) {
		const struct passage *p = document_passage(doc, i);
		struct place place = { p->page, p->slide, p->page_label, p->notes, p->timed, p->time_ms };

		row_begin(row, "passage");
		put(row, "id", p->id);
		put(row, "kind", kind_name(p->kind));
		put_place(row, &place);
		put_section(row, doc, p->section);
		put_panel(row, doc, p->panel);
		put_attribution(row, doc, &p->attribution);
		put_ranges(row, "ranges", p->ranges, p->n_ranges);
		put_text(row, doc, p->ranges, p->n_ranges);
		row_end(row);
		for (guint k = 0; k < p->n_quotations; k++)
			dump_quotation(row, doc, &p->quotations[k]);
	}
}

void dump_document(const struct document *doc, enum dump_form form, GString *out)
{
	struct row row = { .out = out, .form = form };

	G_STATIC_ASSERT(G_N_ELEMENTS(block_names) == BLOCK_LABEL + 1);
	G_STATIC_ASSERT(G_N_ELEMENTS(zone_names) == ZONE_FRONT_MATTER + 1);
	dump_head(&row, doc);
	dump_people(&row, doc);
	dump_panels(&row, doc);
	dump_furniture(&row, doc);
	dump_blocks(&row, doc);
	dump_passages(&row, doc);
}
