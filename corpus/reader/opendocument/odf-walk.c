/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * odf-walk.c - from elements to items, front to back. A page that ends between two
 * paragraphs is a mark at the beginning of the second.
 */
#include "corpus/reader/opendocument/odf-walk.h"

#include <string.h>

#include "corpus/reader/manuscript/stories.h"

#define BLANKS_MAX 16		/* of one <text:s>: the rest is layout */
#define NOTE_LABEL_BYTES 20
#define ITEM_MAX_BYTES ((gsize)DRAFT_TEXT_MAX_BYTES)

enum element {
	OTHER, PARAGRAPH, LIST, LIST_ITEM, LIST_HEADER, TABLE, ROW, CELL, NOTE, BOX, CITATION, STYLES,
};

struct frame {
	guint8 element;
	bool accepts;		/* text here belongs to the open paragraph */
	bool reported;		/* the sink saw its start */
};

/* Kept with each paragraph and story. */
struct paragraph {
	bool hidden, breaks_after;
};

struct story {
	guint lists;		/* open ones outside */
	bool note, end;		/* a note; at the end of the document */
	char label[NOTE_LABEL_BYTES + 1];	/* of the note */
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
	struct stories *stories;
	GArray *lists;
	guint breaks;		/* pages that ended since the last paragraph */
	bool begun;		/* there were words */
	GString *buffer, *label;
};

static void deliver(void *data, struct item *item)
{
	struct walk *w = data;

	w->begun = w->begun || item_has_words(item);
	w->sink->item(w->data, item);
}

static struct story *story_of(const struct walk *w)
{
	return stories_story(w->stories);
}

/* ---- paragraphs ---- */

static guint lists_outside(struct walk *w)
{
	return story_of(w)->lists;
}

/* The label of a paragraph in a list; of a heading before its text. */
static void apply_list(struct walk *w, struct item *item, bool outlined)
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

static void decide_kind(struct walk *w, struct item *item, bool heading, const struct odf_look *look, const struct xml_attributes *attributes)
{
	const char *value = heading ? xml_attribute(attributes, "outline-level", w->buffer) : NULL;

	if (heading || look->outline || look->role == ODF_TITLE || look->role == ODF_HEADING) {
		item->kind = BLOCK_HEADING;
		item->level = look->role == ODF_TITLE ? 0 :
		              value ? (int)CLAMP(g_ascii_strtoll(value, NULL, 10), 1, ODF_LIST_LEVELS) : MAX(look->outline, 1);
	} else if (look->role == ODF_QUOTATION) {
		item->kind = BLOCK_QUOTATION;
	} else if (look->role == ODF_CODE) {
		item->kind = BLOCK_CODE;
	}
}

static void start_paragraph(struct walk *w, bool heading, const struct xml_attributes *attributes)
{
	struct odf_look look = odf_paragraph_look(w->styles, xml_attribute(attributes, "style-name", w->buffer));
	bool outer = !stories_paragraphs(w->stories);
	struct paragraph *paragraph;
	struct item *item;
	const char *value;

	stories_begin_paragraph(w->stories, BLOCK_PARAGRAPH);
	item = stories_item(w->stories);
	paragraph = stories_paragraph(w->stories);
	paragraph->hidden = look.hidden;
	paragraph->breaks_after = look.breaks_after;
	decide_kind(w, item, heading, &look, attributes);
	value = xml_attribute(attributes, "is-list-header", w->buffer);
	apply_list(w, item, heading && !(value && !strcmp(value, "true")));
	if (!outer)
		return;
	w->breaks += look.breaks_before && w->begun && !w->breaks;
	for (; w->breaks; w->breaks--)
		g_string_prepend_c(item->text, MARK_PAGE);
}

static void end_paragraph(struct walk *w)
{
	const struct paragraph *paragraph = stories_paragraph(w->stories);
	const struct item *item = stories_item(w->stories);
	bool breaks = paragraph->breaks_after && stories_paragraphs(w->stories) == 1 && item_has_words(item);

	if (paragraph->hidden)	/* its pages are pages all the same */
		for (gsize i = 0; i < item->text->len; i++)
			w->breaks += item->text->str[i] == MARK_PAGE;
	stories_end_paragraph(w->stories, paragraph->hidden ? STORY_DROP : STORY_TAKE);
	w->breaks += breaks;
}

static void append(struct walk *w, char c)
{
	struct item *item = stories_item(w->stories);

	if (item && item->text->len < ITEM_MAX_BYTES)
		g_string_append_c(item->text, c);
}

/* White space that stands in the file is no more than a blank. */
static void append_text(struct walk *w, const char *s, gsize len)
{
	struct item *item = stories_item(w->stories);
	gsize from = item ? item->text->len : 0;

	if (!item || from >= ITEM_MAX_BYTES)
		return;
	g_string_append_len(item->text, s, (gssize)len);
	for (char *p = item->text->str + from; (p = memchr(p, '\t', item->text->len - (gsize)(p - item->text->str)));)
		*p = ' ';
}

/* ---- notes ---- */

static void start_note(struct walk *w, const struct xml_attributes *attributes)
{
	const char *class = xml_attribute(attributes, "note-class", w->buffer);
	struct story *story;
	guint lists = w->lists->len;

	stories_begin_note(w->stories);
	story = story_of(w);
	story->lists = lists;
	story->note = true;
	story->end = class && !strcmp(class, "endnote");
}

static void end_note(struct walk *w)
{
	struct story story = *story_of(w);
	struct item *note = stories_end_note(w->stories);

	note->label = *story.label ? g_strdup(story.label) : NULL;
	note->end = story.end;
	if (stories_item(w->stories))
		item_add_note(stories_item(w->stories), note);
	item_unref(note);
}

static void add_citation(struct walk *w, const char *s, gsize len)
{
	struct story *story = story_of(w);
	gsize have = strlen(story->label);

	if (!story->note || have + len > NOTE_LABEL_BYTES)
		return;
	memcpy(story->label + have, s, len);
	g_strstrip(story->label);
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
			append(w, ' ');
	} else if (!strcmp(name, "tab")) {
		append(w, '\t');
	} else if (!strcmp(name, "line-break")) {
		append(w, MARK_LINE);
	} else if (!strcmp(name, "hidden-paragraph")) {
		if (stories_paragraph(w->stories) && is_true(w, attributes, "is-hidden"))
			((struct paragraph *)stories_paragraph(w->stories))->hidden = true;
	} else {
		return false;
	}
	return true;
}

static enum element element_of(const char *name)
{
	static const struct { const char *name; enum element element; } names[] = {
		{ "p", PARAGRAPH }, { "h", PARAGRAPH }, { "list", LIST }, { "list-item", LIST_ITEM }, { "list-header", LIST_HEADER },
		{ "table", TABLE }, { "table-row", ROW }, { "table-cell", CELL }, { "note", NOTE }, { "text-box", BOX },
		{ "custom-shape", BOX }, { "rect", BOX }, { "ellipse", BOX }, { "circle", BOX },
		{ "line", BOX }, { "path", BOX }, { "polygon", BOX }, { "polyline", BOX }, { "connector", BOX }, { "caption", BOX },
		{ "regular-polygon", BOX }, { "measure", BOX },
	};

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (!strcmp(name, names[i].name))
			return names[i].element;
	return OTHER;
}

static void start_box(struct walk *w)
{
	guint lists = w->lists->len;

	stories_begin_box(w->stories);
	story_of(w)->lists = lists;
}

static bool start_cell(struct walk *w)
{
	guint lists = w->lists->len;

	if (!stories_begin_cell(w->stories))
		return false;
	story_of(w)->lists = lists;
	return true;
}

/* False where it cannot stand here, and means nothing. */
static bool open_element(struct walk *w, enum element element, const char *name, const struct xml_attributes *attributes)
{
	switch (element) {
	case PARAGRAPH:
		start_paragraph(w, *name == 'h', attributes);
		return true;
	case LIST:
		start_list(w, attributes);
		return true;
	case LIST_ITEM: case LIST_HEADER:
		start_list_item(w, element == LIST_HEADER, attributes);
		return true;
	case TABLE:
		stories_begin_table(w->stories);
		return true;
	case ROW:
		return stories_begin_row(w->stories);
	case CELL:
		return start_cell(w);
	case NOTE:
		start_note(w, attributes);
		return true;
	case BOX:
		start_box(w);
		return true;
	default:
		return true;
	}
}

static void close_element(struct walk *w, enum element element)
{
	switch (element) {
	case PARAGRAPH:
		end_paragraph(w);
		break;
	case LIST:
		end_list(w);
		break;
	case TABLE:
		stories_end_table(w->stories);
		break;
	case ROW:
		stories_end_row(w->stories);
		break;
	case CELL:
		stories_end_cell(w->stories);
		break;
	case NOTE:
		end_note(w);
		break;
	case BOX:
		stories_end_box(w->stories);
		break;
	default:
		break;
	}
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
		if (accepts)
			append(w, MARK_PAGE);
		else
			w->breaks++;
		return;
	}
	if (accepts && text && take_character(w, name, attributes))
		return;
	frame->element = (guint8)element_of(name);
	frame->accepts = frame->element == PARAGRAPH || (accepts && frame->element == OTHER && text);
	if (!open_element(w, (enum element)frame->element, name, attributes))
		frame->element = OTHER;
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

	if (w->skip || !frame)
		return;
	if (frame->accepts)
		append_text(w, s, len);
	else if (frame->element == CITATION)
		add_citation(w, s, len);
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
	g_array_free(w->lists, TRUE);
	stories_free(w->stories);
	g_string_free(w->buffer, TRUE);
	g_string_free(w->label, TRUE);
}

bool odf_walk(const char *path, const char *part, GBytes *bytes, struct odf_styles *styles, const struct odf_sink *sink,
              void *data, GError **error)
{
	static const struct xml_handler handler = { on_start, on_end, on_text, on_stop };
	struct walk w = { .styles = styles, .sink = sink, .data = data };
	bool ok;

	w.stories = stories_new(sizeof(struct paragraph), sizeof(struct story), deliver, &w);
	w.lists = g_array_new(FALSE, FALSE, sizeof(struct list_open));
	w.buffer = g_string_new(NULL);
	w.label = g_string_new(NULL);
	ok = xml_read(path, part, bytes, &handler, &w, error);
	clear(&w);
	return ok;
}
