/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * odp.c - a presentation of OpenDocument: each slide with its title, what stands on
 * it in the order of reading, and the speaker's notes.
 *
 * A shape is what lies on the slide, in a group or not: places are those on the slide.
 * Its items are kept until the slide ends; then the shapes are put in order: the title,
 * and from top to bottom, those of one height from left to right. Hidden slides were not
 * shown: they are left out, but counted.
 */
#include "corpus/reader/formats.h"

#include <math.h>
#include <string.h>

#include "corpus/reader/bullets.h"
#include "corpus/reader/decode.h"
#include "corpus/reader/opendocument/opendocument.h"

#define SHAPES_MAX 20000u	/* of a slide: more are a drawing, and stay as they come */
#define SAME_HEIGHT_MM 8.0	/* tops that differ by less stand beside each other */

enum role { ROLE_TITLE, ROLE_BODY, ROLE_NONE };

struct shape {
	enum role role;
	double x, y;		/* in mm */
	guint order;		/* in the file */
	GPtrArray *items;	/* struct item */
};

struct odp {
	struct draft *draft;
	int slide;
	bool in_notes;
	struct odf_styles *styles;
	guint hidden;		/* slides that were not shown */
	guint depth;		/* of the shape that is open: others in it */
	GPtrArray *shapes;	/* struct shape: of the slide */
	GPtrArray *notes;	/* struct item: of its notes */
	struct shape *shape;	/* the open one, or NULL */
	GString *buffer;
};

static void shape_free(gpointer data)
{
	struct shape *shape = data;

	g_ptr_array_unref(shape->items);
	g_free(shape);
}

/* ---- where a shape stands ---- */

/* "2.5cm" in mm. */
static double length_mm(const char *s)
{
	static const struct { const char *unit; double mm; } units[] = {
		{ "cm", 10 }, { "mm", 1 }, { "in", 25.4 }, { "pt", 25.4 / 72 }, { "pc", 25.4 / 6 }, { "px", 25.4 / 96 },
	};
	char *behind;
	double n = g_ascii_strtod(s, &behind);

	for (guint i = 0; i < G_N_ELEMENTS(units); i++)
		if (g_str_has_prefix(behind, units[i].unit))
			return isfinite(n) ? CLAMP(n, -1e6, 1e6) * units[i].mm : 0;
	return 0;
}

static void place(struct odp *odp, struct shape *shape, const struct xml_attributes *attributes)
{
	const char *value = xml_attribute(attributes, "x", odp->buffer);

	if (value)
		shape->x = length_mm(value);
	if ((value = xml_attribute(attributes, "y", odp->buffer)))
		shape->y = length_mm(value);
	if ((value = xml_attribute(attributes, "transform", odp->buffer)) && (value = strstr(value, "translate"))) {
		const char *blank;

		value += strcspn(value, "(");
		shape->x = length_mm(*value ? value + 1 : value);
		blank = strpbrk(value, " ,");
		shape->y = blank ? length_mm(blank + 1) : 0;
	}
}

static enum role role_of(struct odp *odp, const struct xml_attributes *attributes)
{
	static const char *const none[] = { "footer", "header", "date-time", "page-number", "page", "handout" };
	const char *value = xml_attribute_ns(attributes, ":presentation:1.0", "class", odp->buffer);

	for (guint i = 0; value && i < G_N_ELEMENTS(none); i++)
		if (!strcmp(value, none[i]))
			return ROLE_NONE;
	return value && !strcmp(value, "title") ? ROLE_TITLE : ROLE_BODY;
}

static int compare_height(gconstpointer a, gconstpointer b)
{
	const struct shape *one = *(struct shape *const *)a, *other = *(struct shape *const *)b;

	if (one->role != other->role)
		return one->role == ROLE_TITLE ? -1 : 1;
	if (one->y < other->y || one->y > other->y)
		return one->y < other->y ? -1 : 1;
	return one->order < other->order ? -1 : 1;
}

static int compare_side(gconstpointer a, gconstpointer b)
{
	const struct shape *one = *(struct shape *const *)a, *other = *(struct shape *const *)b;

	if (one->x < other->x || one->x > other->x)
		return one->x < other->x ? -1 : 1;
	return one->order < other->order ? -1 : 1;
}

static void put_in_order(GPtrArray *shapes)
{
	g_ptr_array_sort(shapes, compare_height);
	for (guint i = 0, n; i < shapes->len; i += n) {
		const struct shape *first = shapes->pdata[i];

		for (n = 1; i + n < shapes->len; n++) {
			const struct shape *next = shapes->pdata[i + n];

			if (next->role != first->role || next->y - first->y >= SAME_HEIGHT_MM)
				break;
		}
		qsort(shapes->pdata + i, n, sizeof *shapes->pdata, compare_side);
	}
}

/* ---- laying down ---- */

static void lay_item(struct odp *odp, const struct item *item, enum block_kind kind, int level)
{
	draft_begin(odp->draft, kind, level);
	if (kind == BLOCK_LIST_ITEM && item->label)
		draft_label(odp->draft, item->label);
	item_lay_text(odp->draft, item->text->str, item->text->len, NULL, NULL);
	draft_end(odp->draft);
}

/* All lines of the title are one heading. */
static void lay_title(struct odp *odp, const struct shape *shape)
{
	struct item *title = item_new(BLOCK_HEADING);

	for (guint i = 0; i < shape->items->len; i++)
		item_join(title, shape->items->pdata[i], false, ' ');
	if (title->text->len <= ITEM_HEADING_MAX_BYTES)
		lay_item(odp, title, BLOCK_HEADING, 1);
	else
		lay_item(odp, title, BLOCK_PARAGRAPH, 0);
	item_unref(title);
}

static void lay_items(struct odp *odp, GPtrArray *items)
{
	for (guint i = 0; i < items->len; i++) {
		const struct item *item = items->pdata[i];
		bool heading = item->kind == BLOCK_HEADING;	/* of an outline: a slide has one heading */

		lay_item(odp, item, heading ? BLOCK_PARAGRAPH : item->kind, heading ? 0 : item->level);
	}
}

static void lay_slide(struct odp *odp)
{
	draft_slide(odp->draft, ++odp->slide);
	if (odp->shapes->len <= SHAPES_MAX)
		put_in_order(odp->shapes);
	for (guint i = 0; i < odp->shapes->len; i++) {
		const struct shape *shape = odp->shapes->pdata[i];

		if (shape->role == ROLE_TITLE)
			lay_title(odp, shape);
		else
			lay_items(odp, shape->items);
	}
	if (odp->notes->len) {
		draft_notes(odp->draft, true);
		lay_items(odp, odp->notes);
		draft_notes(odp->draft, false);
	}
	g_ptr_array_set_size(odp->shapes, 0);
	odp->shape = NULL;	/* pages may lie in shapes where the file is no good one */
	g_ptr_array_set_size(odp->notes, 0);
}

/* ---- reading ---- */

static bool is_shape(const char *name)
{
	static const char *const names[] = { "frame", "custom-shape", "rect", "ellipse", "circle", "line", "path", "polygon",
		"polyline", "connector", "caption", "regular-polygon", "measure" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

static void start_shape(struct odp *odp, const struct xml_attributes *attributes)
{
	struct shape *shape;

	if (odp->depth++)	/* in another: its text is that one's */
		return;
	shape = g_new0(struct shape, 1);
	shape->role = role_of(odp, attributes);
	shape->order = odp->shapes->len;
	shape->items = g_ptr_array_new_with_free_func(item_unref);
	place(odp, shape, attributes);
	odp->shape = shape;
	g_ptr_array_add(odp->shapes, shape);
}

/* It was not shown: it is left out, but counted. */
static bool is_hidden_slide(struct odp *odp, const struct xml_attributes *attributes)
{
	const char *style = xml_attribute(attributes, "style-name", odp->buffer);

	if (!style || !odf_slide_is_hidden(odp->styles, style))
		return false;
	odp->slide++;
	odp->hidden++;
	return true;
}

static bool on_start(void *data, const char *name, const struct xml_attributes *attributes)
{
	struct odp *odp = data;

	if (!strcmp(name, "notes")) {
		odp->in_notes = true;
	} else if (!strcmp(name, "page")) {
		return is_hidden_slide(odp, attributes);
	} else if (is_shape(name)) {
		if (role_of(odp, attributes) == ROLE_NONE)
			return true;
		if (!odp->in_notes)
			start_shape(odp, attributes);
	}
	return false;
}

static void on_end(void *data, const char *name)
{
	struct odp *odp = data;

	if (!strcmp(name, "notes"))
		odp->in_notes = false;
	else if (is_shape(name) && !odp->in_notes && odp->depth && !--odp->depth)
		odp->shape = NULL;
	else if (!strcmp(name, "page"))
		lay_slide(odp);
}

static void on_item(void *data, struct item *item)
{
	struct odp *odp = data;
	GPtrArray *items = odp->in_notes ? odp->notes : odp->shape ? odp->shape->items : NULL;

	if (items && item_has_words(item))
		g_ptr_array_add(items, item_ref(item));
}

static void on_content(void *data, GBytes *content, struct odf_styles *styles)
{
	(void)content;
	((struct odp *)data)->styles = styles;
}

static bool on_stop(void *data)
{
	return draft_failed(((struct odp *)data)->draft);
}

bool odp_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	static const struct odf_sink sink = { on_item, on_start, on_end, on_stop };
	g_autoptr(Draft) draft = draft_new(doc);
	struct odp odp = { .draft = draft };
	bool ok;

	odp.shapes = g_ptr_array_new_with_free_func(shape_free);
	odp.notes = g_ptr_array_new_with_free_func(item_unref);
	odp.buffer = g_string_new(NULL);
	ok = opendocument_read(doc, bytes, warnings, &sink, &odp, on_content, error);
	if (odp.hidden)
		warning_add(warnings, doc->path, "%u hidden slide%s left out", odp.hidden, odp.hidden == 1 ? " is" : "s are");
	if (odp.shapes->len || odp.notes->len)	/* the file is damaged in this slide */
		lay_slide(&odp);
	g_ptr_array_unref(odp.shapes);
	g_ptr_array_unref(odp.notes);
	g_string_free(odp.buffer, TRUE);
	doc->type = TYPE_SLIDES;
	if (!ok || !draft_finish(draft, error))
		return false;
	bullets_mark(doc);
	return true;
}
