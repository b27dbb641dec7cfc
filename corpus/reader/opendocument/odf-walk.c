/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * odf-walk.c - keeps what is open: elements, paragraphs, lists, and containers
 * that take what is finished inside them.
 */
#include "corpus/reader/opendocument/odf-walk.h"

#include <string.h>

#define BLANKS_MAX 16		/* of one <text:s>: the rest is layout */
#define CELL_BYTES 500u		/* a longer cell is running text: its table places, it holds no data */
#define NOTE_LABEL_BYTES 20
#define ITEM_MAX_BYTES ((gsize)DRAFT_TEXT_MAX_BYTES)

enum element {
	OTHER, PARAGRAPH, LIST, LIST_ITEM, LIST_HEADER, ROW, CELL, NOTE, BOX, CITATION, STYLES,
};

struct frame {
	guint8 element;
	bool accepts;		/* text here belongs to the open paragraph */
	bool reported;		/* the sink saw its start */
};

struct container {
	enum { IN_ROW, IN_NOTE, IN_BOX } kind;
	GPtrArray *items;
	int cell;
	char *label;		/* of a note */
	guint lists;		/* open lists outside */
};

struct list_open {
	char *style;
	bool pending;		/* the item has no paragraph yet */
	bool header;
	gint64 value;		/* the item's own number, or -1 */
};

struct walk {
	struct odf_styles *styles;
	const struct odf_sink *sink;
	void *data;
	struct frame frames[XML_DEPTH_MAX + 2];
	guint depth, skip;	/* skip: elements open inside one that is left out */
	guint in_styles;
	GPtrArray *paragraphs;	/* struct odf_item: the open ones */
	GArray *containers, *lists;
	GString *buffer, *label;
};

static void item_free(gpointer data)
{
	struct odf_item *item = data;

	if (!item)
		return;
	g_free(item->label);
	g_string_free(item->text, TRUE);
	if (item->notes)
		g_ptr_array_unref(item->notes);
	if (item->after)
		g_ptr_array_unref(item->after);
	g_free(item);
}

static struct odf_item *item_new(enum block_kind kind)
{
	struct odf_item *item = g_new0(struct odf_item, 1);

	item->kind = kind;
	item->text = g_string_new(NULL);
	return item;
}

bool odf_item_has_words(const struct odf_item *item)
{
	for (gsize i = 0; i < item->text->len; i++)
		if ((guchar)item->text->str[i] > ' ')
			return true;
	return false;
}

static struct container *container_top(struct walk *w)
{
	return w->containers->len ? &g_array_index(w->containers, struct container, w->containers->len - 1) : NULL;
}

static struct odf_item *paragraph_top(struct walk *w)
{
	return w->paragraphs->len ? w->paragraphs->pdata[w->paragraphs->len - 1] : NULL;
}

/* ---- what is finished ---- */

/* As deep as boxes stand in boxes: XML_DEPTH_MAX. */
static void deliver(struct walk *w, struct odf_item *item)
{
	struct container *container = container_top(w);
	g_autoptr(GPtrArray) after = g_steal_pointer(&item->after);

	if (item->hidden) {
		item_free(item);
	} else if (container) {
		item->cell = container->cell;
		g_ptr_array_add(container->items, item);
	} else {
		w->sink->item(w->data, item);
		item_free(item);
	}
	for (guint i = 0; after && i < after->len; i++)
		deliver(w, g_steal_pointer(&after->pdata[i]));
}

static void take_notes(struct odf_item *to, struct odf_item *from)
{
	if (!from->notes)
		return;
	if (!to->notes)
		to->notes = g_ptr_array_new_with_free_func(item_free);
	for (guint i = 0; i < from->notes->len; i++)
		g_ptr_array_add(to->notes, g_steal_pointer(&from->notes->pdata[i]));
	g_ptr_array_set_size(from->notes, 0);
}

/* Does the row place text on the page rather than hold data? */
static bool is_layout(const GPtrArray *items)
{
	gsize bytes = 0;
	int cell = -1, filled = 0;

	for (guint i = 0; i < items->len; i++) {
		const struct odf_item *item = items->pdata[i];

		if (!odf_item_has_words(item))
			continue;
		if (item->kind == BLOCK_HEADING || item->kind == BLOCK_TABLE_ROW)
			return true;
		bytes = item->cell == cell ? bytes + item->text->len : item->text->len;
		filled += item->cell != cell;
		cell = item->cell;
		if (bytes > CELL_BYTES)
			return true;
	}
	return filled < 2;
}

static void join_cells(struct odf_item *row, GPtrArray *items)
{
	int cell = 0;

	for (guint i = 0; i < items->len; i++) {
		struct odf_item *item = items->pdata[i];

		if (item->cell != cell)
			g_string_append_c(row->text, ODF_CELL);
		else
			g_string_append_c(row->text, ' ');
		cell = item->cell;
		g_string_append_len(row->text, item->text->str, (gssize)item->text->len);
		row->breaks_before |= item->breaks_before;
		take_notes(row, item);
	}
	for (gsize i = 0; i < row->text->len; i++)
		if (row->text->str[i] == ODF_LINE)
			row->text->str[i] = ' ';
}

static void end_row(struct walk *w, struct container *container)
{
	GPtrArray *items = container->items;

	if (is_layout(items)) {
		for (guint i = 0; i < items->len; i++)
			deliver(w, g_steal_pointer(&items->pdata[i]));
		return;
	}
	struct odf_item *row = item_new(BLOCK_TABLE_ROW);
	join_cells(row, items);
	deliver(w, row);
}

/* The paragraphs of a note: each a block, the first with the note's mark. */
static void end_note(struct walk *w, struct container *container)
{
	struct odf_item *around = paragraph_top(w);
	bool first = true;

	if (!around)
		return;
	if (!around->notes)
		around->notes = g_ptr_array_new_with_free_func(item_free);
	for (guint i = 0; i < container->items->len; i++) {
		struct odf_item *item = g_steal_pointer(&container->items->pdata[i]);

		item->kind = BLOCK_FOOTNOTE;
		item->level = 0;
		g_free(item->label);
		item->label = first ? g_strdup(container->label) : NULL;
		first = first && !odf_item_has_words(item);
		g_ptr_array_add(around->notes, item);
		take_notes(around, item);	/* a note of a note comes behind it */
	}
}

static void end_box(struct walk *w, struct container *container)
{
	struct odf_item *around = paragraph_top(w);

	for (guint i = 0; i < container->items->len; i++) {
		struct odf_item *item = g_steal_pointer(&container->items->pdata[i]);

		if (!around) {
			deliver(w, item);
			continue;
		}
		if (!around->after)
			around->after = g_ptr_array_new_with_free_func(item_free);
		g_ptr_array_add(around->after, item);
	}
}

static void container_open(struct walk *w, int kind)
{
	struct container container = { .kind = kind, .items = g_ptr_array_new_with_free_func(item_free),
	                               .lists = w->lists->len };

	g_array_append_val(w->containers, container);
}

static void container_close(struct walk *w)
{
	struct container container = *container_top(w);

	g_array_set_size(w->containers, w->containers->len - 1);
	if (container.kind == IN_ROW)
		end_row(w, &container);
	else if (container.kind == IN_NOTE)
		end_note(w, &container);
	else
		end_box(w, &container);
	g_ptr_array_unref(container.items);
	g_free(container.label);
}

/* ---- paragraphs ---- */

static guint lists_outside(struct walk *w)
{
	return container_top(w) ? container_top(w)->lists : 0;
}

/* The label of a paragraph in a list; of a heading before its text. */
static void apply_list(struct walk *w, struct odf_item *item, bool outlined)
{
	guint outside = lists_outside(w), depth = w->lists->len - outside;
	struct list_open *list = depth ? &g_array_index(w->lists, struct list_open, w->lists->len - 1) : NULL;
	const char *label = "";

	if (list && list->pending && !list->header)
		label = odf_list_label(w->styles, list->style ? list->style : "", (int)depth, list->value, w->label);
	else if (!list && outlined)
		label = odf_list_label(w->styles, NULL, item->level, -1, w->label);
	if (list)
		list->pending = false;
	if (!*label)
		return;
	if (item->kind == BLOCK_HEADING && strcmp(label, "-")) {
		g_string_append_printf(item->text, "%s ", label);
	} else if (item->kind != BLOCK_HEADING) {
		item->kind = BLOCK_LIST_ITEM;
		item->level = (int)depth;
		item->label = g_strdup(label);
	}
}

static void start_paragraph(struct walk *w, bool heading, const struct xml_attributes *attributes)
{
	struct odf_look look = odf_paragraph_look(w->styles, xml_attribute(attributes, "style-name", w->buffer));
	struct odf_item *item = item_new(BLOCK_PARAGRAPH);
	const char *value;

	item->hidden = look.hidden;
	item->breaks_before = look.breaks_before;
	item->breaks_after = look.breaks_after;
	if (heading || look.outline || look.role == ODF_TITLE || look.role == ODF_HEADING) {
		value = heading ? xml_attribute(attributes, "outline-level", w->buffer) : NULL;
		item->kind = BLOCK_HEADING;
		item->level = look.role == ODF_TITLE ? 0 : value ? (int)CLAMP(g_ascii_strtoll(value, NULL, 10), 1, ODF_LIST_LEVELS) :
		              MAX(look.outline, 1);
	} else if (look.role == ODF_QUOTATION) {
		item->kind = BLOCK_QUOTATION;
	} else if (look.role == ODF_CODE) {
		item->kind = BLOCK_CODE;
	}
	value = xml_attribute(attributes, "is-list-header", w->buffer);
	apply_list(w, item, heading && !(value && !strcmp(value, "true")));
	g_ptr_array_add(w->paragraphs, item);
}

static void append(struct walk *w, const char *s, gsize len)
{
	struct odf_item *item = paragraph_top(w);

	if (item && item->text->len < ITEM_MAX_BYTES)
		g_string_append_len(item->text, s, (gssize)len);
}

/* ---- lists ---- */

static void start_list(struct walk *w, const struct xml_attributes *attributes)
{
	struct list_open list = { .value = -1 };
	guint outside = lists_outside(w);
	const char *value = xml_attribute(attributes, "style-name", w->buffer);
	const char *around = w->lists->len > outside ? g_array_index(w->lists, struct list_open, w->lists->len - 1).style : NULL;
	bool goes_on;

	list.style = g_strdup(value && *value ? value : around);
	value = xml_attribute(attributes, "continue-numbering", w->buffer);
	goes_on = value && !strcmp(value, "true");
	goes_on = goes_on || xml_attribute(attributes, "continue-list", w->buffer) ||
	          (around && !strcmp(list.style, around));	/* its numbers begin anew with the item around it */
	g_array_append_val(w->lists, list);
	if (!goes_on && list.style)
		odf_list_restart(w->styles, list.style, (int)(w->lists->len - outside));
}

static void start_list_item(struct walk *w, bool header, const struct xml_attributes *attributes)
{
	struct list_open *list = w->lists->len > lists_outside(w) ? &g_array_index(w->lists, struct list_open, w->lists->len - 1) : NULL;
	const char *value = xml_attribute(attributes, "start-value", w->buffer);

	if (!list)
		return;
	list->pending = true;
	list->header = header;
	list->value = value ? MAX(g_ascii_strtoll(value, NULL, 10), 0) : -1;
}

static void end_list(struct walk *w)
{
	g_free(g_array_index(w->lists, struct list_open, w->lists->len - 1).style);
	g_array_set_size(w->lists, w->lists->len - 1);
}

/* ---- elements ---- */

static bool is_true(struct walk *w, const struct xml_attributes *attributes, const char *name)
{
	const char *value = xml_attribute(attributes, name, w->buffer);

	return value && !strcmp(value, "true");
}

/* What is no text of the document, with all inside it. */
static bool is_left_out(struct walk *w, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	static const char *const names[] = { "tracked-changes", "annotation", "ruby-text", "forms", "sequence-decls", "variable-decls",
		"user-field-decls", "scripts", "font-face-decls", "master-styles", "settings", "table-of-content-source",
		"illustration-index-source", "table-index-source", "object-index-source", "user-index-source",
		"alphabetical-index-source", "bibliography-source", "covered-table-cell", "event-listeners", "math", "binary-data",
		"script", "dde-connection-decls", "table-source", "meta-chart", "thumbnail", "contour-polygon",
		"contour-path", "glue-point", "header", "footer", "header-left", "footer-left" };
	const char *value;

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (!strcmp(name, names[i]))
			return true;
	if (!strcmp(name, "span"))
		return (value = xml_attribute(attributes, "style-name", w->buffer)) && odf_text_is_hidden(w->styles, value);
	if (!strcmp(name, "section")) {
		value = xml_attribute(attributes, "display", w->buffer);
		return value && (!strcmp(value, "none") || (!strcmp(value, "condition") && is_true(w, attributes, "is-hidden")));
	}
	if (!strcmp(name, "hidden-text"))
		return is_true(w, attributes, "is-hidden");
	return (!strcmp(name, "title") || !strcmp(name, "desc")) && strstr(ns, "svg");
}

/* Elements of a paragraph that stand for characters. True where it was one. */
static bool take_character(struct walk *w, const char *name, const struct xml_attributes *attributes)
{
	if (!strcmp(name, "s")) {
		const char *count = xml_attribute(attributes, "c", w->buffer);

		for (gint64 n = count ? CLAMP(g_ascii_strtoll(count, NULL, 10), 0, BLANKS_MAX) : 1; n > 0; n--)
			append(w, " ", 1);
	} else if (!strcmp(name, "tab")) {
		append(w, "\t", 1);
	} else if (!strcmp(name, "line-break")) {
		append(w, "\n", 1);
	} else if (!strcmp(name, "hidden-paragraph")) {
		if (paragraph_top(w) && is_true(w, attributes, "is-hidden"))
			paragraph_top(w)->hidden = true;
	} else {
		return false;
	}
	return true;
}

/* A page ends inside a paragraph or between two. */
static void take_page(struct walk *w, bool inside)
{
	struct odf_item *item;

	if (inside && paragraph_top(w)) {
		append(w, "\f", 1);
		return;
	}
	item = item_new(BLOCK_PAGE_BREAK);
	g_string_append_c(item->text, ODF_PAGE);
	deliver(w, item);
}

static enum element element_of(const char *name)
{
	static const struct { const char *name; enum element element; } names[] = {
		{ "p", PARAGRAPH }, { "h", PARAGRAPH }, { "list", LIST }, { "list-item", LIST_ITEM }, { "list-header", LIST_HEADER },
		{ "table-row", ROW }, { "table-cell", CELL }, { "note", NOTE }, { "text-box", BOX },
		 { "custom-shape", BOX }, { "rect", BOX }, { "ellipse", BOX }, { "circle", BOX },
		{ "line", BOX }, { "path", BOX }, { "polygon", BOX }, { "polyline", BOX }, { "connector", BOX }, { "caption", BOX },
		{ "regular-polygon", BOX }, { "measure", BOX },
	};

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (!strcmp(name, names[i].name))
			return names[i].element;
	return OTHER;
}

static void open_element(struct walk *w, enum element element, const char *name, const struct xml_attributes *attributes)
{
	switch (element) {
	case PARAGRAPH:
		start_paragraph(w, *name == 'h', attributes);
		break;
	case LIST:
		start_list(w, attributes);
		break;
	case LIST_ITEM: case LIST_HEADER:
		start_list_item(w, element == LIST_HEADER, attributes);
		break;
	case ROW:
		container_open(w, IN_ROW);
		break;
	case CELL:
		if (container_top(w) && container_top(w)->kind == IN_ROW)
			container_top(w)->cell++;
		break;
	case NOTE:
		container_open(w, IN_NOTE);
		break;
	case BOX:
		container_open(w, IN_BOX);
		break;
	default:
		break;
	}
}

static void close_element(struct walk *w, enum element element)
{
	if (element == PARAGRAPH)
		deliver(w, g_ptr_array_steal_index(w->paragraphs, w->paragraphs->len - 1));
	else if (element == LIST)
		end_list(w);
	else if (element == ROW || element == NOTE || element == BOX)
		container_close(w);
}

static bool is_style_part(const char *name)
{
	return !strcmp(name, "styles") || !strcmp(name, "automatic-styles");
}

static void on_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct walk *w = data;
	struct frame *frame;
	bool text = g_str_has_suffix(ns, ":text:1.0"), accepts = w->depth && w->frames[w->depth - 1].accepts;

	if (w->skip) {
		w->skip++;
		return;
	}
	frame = w->frames + w->depth++;
	*frame = (struct frame){ .element = OTHER };
	if (w->in_styles || is_style_part(name)) {
		frame->element = STYLES;
		w->in_styles++;
		odf_styles_start(w->styles, name, attributes);
		return;
	}
	if (text && !strcmp(name, "note-citation")) {	/* its text is the label */
		frame->element = CITATION;
		return;
	}
	if (is_left_out(w, ns, name, attributes)) {
		w->depth--;
		w->skip = 1;
		return;
	}
	if (w->sink->start && !accepts && w->sink->start(w->data, name, attributes)) {
		w->depth--;
		w->skip = 1;
		return;
	}
	frame->reported = !accepts;
	if (text && !strcmp(name, "soft-page-break")) {
		take_page(w, accepts);
		return;
	}
	if (accepts && text && take_character(w, name, attributes))
		return;
	frame->element = (guint8)element_of(name);
	frame->accepts = frame->element == PARAGRAPH || (accepts && frame->element == OTHER && text);
	open_element(w, (enum element)frame->element, name, attributes);
}

static void on_end(void *data, const char *ns, const char *name)
{
	struct walk *w = data;
	struct frame *frame;

	(void)ns;
	if (w->skip) {
		w->skip--;
		return;
	}
	frame = w->frames + --w->depth;
	if (frame->element == STYLES) {
		w->in_styles--;
		odf_styles_end(w->styles, name);
		return;
	}
	close_element(w, (enum element)frame->element);
	if (w->sink->end && frame->reported)
		w->sink->end(w->data, name);
}

static void on_text(void *data, const char *s, gsize len)
{
	struct walk *w = data;
	struct frame *frame = w->depth ? w->frames + w->depth - 1 : NULL;
	struct container *container = container_top(w);

	if (w->skip || !frame)
		return;
	if (frame->accepts) {
		append(w, s, len);
	} else if (frame->element == CITATION && container && container->kind == IN_NOTE && !container->items->len) {
		g_autofree char *more = g_strndup(s, len), *label = g_strconcat(container->label ? container->label : "", more, NULL);

		g_strstrip(label);
		g_free(container->label);
		container->label = strlen(label) <= NOTE_LABEL_BYTES ? g_steal_pointer(&label) : NULL;
	}
}

static bool on_stop(void *data)
{
	struct walk *w = data;

	return w->sink->stop && w->sink->stop(w->data);
}

static void clear(struct walk *w)
{
	while (w->lists->len)
		end_list(w);
	for (guint i = 0; i < w->containers->len; i++) {
		g_ptr_array_unref(g_array_index(w->containers, struct container, i).items);
		g_free(g_array_index(w->containers, struct container, i).label);
	}
	g_array_free(w->containers, TRUE);
	g_array_free(w->lists, TRUE);
	g_ptr_array_unref(w->paragraphs);
	g_string_free(w->buffer, TRUE);
	g_string_free(w->label, TRUE);
}

bool odf_walk(const char *path, const char *part, GBytes *bytes, struct odf_styles *styles, const struct odf_sink *sink,
              void *data, GError **error)
{
	static const struct xml_handler handler = { on_start, on_end, on_text, on_stop };
	struct walk w = { .styles = styles, .sink = sink, .data = data };
	bool ok;

	w.paragraphs = g_ptr_array_new_with_free_func(item_free);
	w.containers = g_array_new(FALSE, FALSE, sizeof(struct container));
	w.lists = g_array_new(FALSE, FALSE, sizeof(struct list_open));
	w.buffer = g_string_new(NULL);
	w.label = g_string_new(NULL);
	ok = xml_read(path, part, bytes, &handler, &w, error);
	clear(&w);
	return ok;
}

/* ---- laying down ---- */

void odf_item_lay(struct draft *draft, const struct odf_item *item, enum block_kind kind, int level, int *page)
{
	const char *s = item->text->str, *end = s + item->text->len;
	guint behind = 0;	/* pages that end inside a row */

	if (odf_item_has_words(item)) {
		draft_begin(draft, kind, level);
		if (item->label)
			draft_label(draft, item->label);
		if (kind == BLOCK_TABLE_ROW)
			draft_cell(draft);
	}
	for (const char *next; s < end; s = next + 1) {
		for (next = s; next < end && *next != ODF_LINE && *next != ODF_CELL && *next != ODF_PAGE; next++)
			;
		draft_text(draft, s, next - s);
		if (next == end)
			break;
		if (*next == ODF_LINE && kind != BLOCK_HEADING)
			draft_line(draft);
		else if (*next == ODF_CELL && kind == BLOCK_TABLE_ROW)
			draft_cell(draft);
		else if (*next == ODF_PAGE && *page && kind == BLOCK_TABLE_ROW)
			behind++;
		else if (*next == ODF_PAGE && *page)
			draft_page_within(draft, ++*page, NULL);
		else
			draft_text(draft, " ", 1);
	}
	draft_end(draft);
	for (; behind; behind--)
		draft_page(draft, ++*page, NULL);
}
