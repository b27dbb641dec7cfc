/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * pptx-shapes.c - the elements of a slide into shapes.
 *
 * Shapes in a group stand in the group's own coordinates, which its frame stretches
 * to the slide; groups nest.
 */
#include "corpus/reader/office/pptx-shapes.h"

#include <math.h>
#include <string.h>

#include "corpus/error.h"

#define GROUPS_MAX 64
#define SIGN_MAX_BYTES 40
#define EMU_MAX 1e12

struct group {
	double x, y, width, height;		/* its frame, in the coordinates around it */
	double own_x, own_y, own_width, own_height;	/* the same in its own */
};

enum element {
	E_NONE, E_SLIDE, E_SP, E_GROUP, E_FRAME, E_PH, E_CNVPR, E_OFF, E_EXT, E_CHOFF, E_CHEXT, E_P, E_PPR, E_LEVEL,
	E_NO_BULLET, E_SIGN, E_NUMBER, E_T, E_BR, E_FIELD, E_TR, E_TC, E_DIAGRAM, E_CHART, E_ALTERNATE, E_CHOICE, E_FALLBACK,
	E_BODY_STYLE, E_OTHER_STYLE, E_SKIP,
};

static const struct { const char *name; enum ooxml_ns ns; enum element element; } elements[] = {
	{ "sld", NS_SLIDES, E_SLIDE }, { "sp", NS_SLIDES, E_SP }, { "cxnSp", NS_SLIDES, E_SP }, { "pic", NS_SLIDES, E_SKIP },
	{ "grpSp", NS_SLIDES, E_GROUP }, { "graphicFrame", NS_SLIDES, E_FRAME }, { "ph", NS_SLIDES, E_PH }, { "cNvPr", NS_SLIDES, E_CNVPR },
	{ "bodyStyle", NS_SLIDES, E_BODY_STYLE }, { "titleStyle", NS_SLIDES, E_OTHER_STYLE }, { "otherStyle", NS_SLIDES, E_OTHER_STYLE },
	{ "timing", NS_SLIDES, E_SKIP }, { "extLst", NS_SLIDES, E_SKIP }, { "custDataLst", NS_SLIDES, E_SKIP }, { "oleObj", NS_SLIDES, E_SKIP },
	{ "off", NS_DRAWING, E_OFF }, { "ext", NS_DRAWING, E_EXT }, { "chOff", NS_DRAWING, E_CHOFF }, { "chExt", NS_DRAWING, E_CHEXT },
	{ "p", NS_DRAWING, E_P }, { "pPr", NS_DRAWING, E_PPR }, { "buNone", NS_DRAWING, E_NO_BULLET }, { "buChar", NS_DRAWING, E_SIGN },
	{ "buBlip", NS_DRAWING, E_SIGN }, { "buAutoNum", NS_DRAWING, E_NUMBER }, { "t", NS_DRAWING, E_T }, { "br", NS_DRAWING, E_BR },
	{ "fld", NS_DRAWING, E_FIELD }, { "tr", NS_DRAWING, E_TR }, { "tc", NS_DRAWING, E_TC }, { "extLst", NS_DRAWING, E_SKIP },
	{ "lvl1pPr", NS_DRAWING, E_LEVEL }, { "lvl2pPr", NS_DRAWING, E_LEVEL }, { "lvl3pPr", NS_DRAWING, E_LEVEL },
	{ "lvl4pPr", NS_DRAWING, E_LEVEL }, { "lvl5pPr", NS_DRAWING, E_LEVEL }, { "lvl6pPr", NS_DRAWING, E_LEVEL },
	{ "lvl7pPr", NS_DRAWING, E_LEVEL }, { "lvl8pPr", NS_DRAWING, E_LEVEL }, { "lvl9pPr", NS_DRAWING, E_LEVEL },
	{ "relIds", NS_DIAGRAM, E_DIAGRAM }, { "chart", NS_CHART, E_CHART }, { "t", NS_MATH, E_T },
	{ "AlternateContent", NS_COMPATIBILITY, E_ALTERNATE }, { "Choice", NS_COMPATIBILITY, E_CHOICE }, { "Fallback", NS_COMPATIBILITY, E_FALLBACK },
};

struct walk {
	struct pptx_slide *slide;
	struct ooxml_ns_cache cache;
	GHashTable *names;		/* local name -> first of elements of that name, + 1 */
	GString *buffer;
	struct { enum element element; bool taken; } frames[XML_DEPTH_MAX + 2];
	guint depth, skip;
	struct group groups[GROUPS_MAX];
	guint n_groups, n_deeper;
	struct pptx_shape *shape;	/* the open one, borrowed from the slide; NULL */
	struct pptx_line *line, *row;	/* the open ones */
	bool text, number_field;
	struct pptx_bullets *levels;	/* of an open list of levels */
	int level;			/* the open one, -1 */
	enum element style;		/* of a master: the open one */
	guint lines;
	bool full;
};

/* ---- making and freeing ---- */

struct pptx_line *pptx_line_new(void)
{
	struct pptx_line *line = g_new0(struct pptx_line, 1);

	line->text = g_string_new(NULL);
	line->start = 1;
	return line;
}

void pptx_line_free(gpointer data)
{
	struct pptx_line *line = data;

	if (!line)
		return;
	g_string_free(line->text, TRUE);
	g_free(line->sign);
	g_free(line);
}

static void shape_free(gpointer data)
{
	struct pptx_shape *shape = data;

	g_ptr_array_unref(shape->lines);
	g_free(shape->diagram);
	g_free(shape->chart);
	g_free(shape);
}

void pptx_slide_free(struct pptx_slide *slide)
{
	if (!slide)
		return;
	g_ptr_array_unref(slide->shapes);
	g_free(slide);
}

/* ---- places ---- */

/* Takes a place inside the open groups, the innermost first, to the slide. */
static void place(const struct walk *walk, guint groups, struct pptx_shape *shape)
{
	for (guint i = groups; i-- > 0;) {
		const struct group *group = &walk->groups[i];
		double sx = group->own_width > 0 ? group->width / group->own_width : 1;
		double sy = group->own_height > 0 ? group->height / group->own_height : 1;

		shape->x = group->x + (shape->x - group->own_x) * sx;
		shape->y = group->y + (shape->y - group->own_y) * sy;
		shape->width *= sx;
		shape->height *= sy;
	}
	if (!isfinite(shape->x) || !isfinite(shape->y) || fabs(shape->x) > EMU_MAX || fabs(shape->y) > EMU_MAX)
		shape->x = shape->y = 0;
}

static void read_pair(struct walk *walk, const struct xml_attributes *attributes, const char *first, const char *second, double *a, double *b)
{
	const char *value = xml_attribute(attributes, first, walk->buffer);

	*a = value ? g_ascii_strtod(value, NULL) : 0;
	value = xml_attribute(attributes, second, walk->buffer);
	*b = value ? g_ascii_strtod(value, NULL) : 0;
	if (!isfinite(*a) || !isfinite(*b))
		*a = *b = 0;
}

/* The frame of the open shape, else of the innermost group. */
static void read_place(struct walk *walk, enum element element, const struct xml_attributes *attributes)
{
	struct group *group = walk->n_groups && !walk->n_deeper ? &walk->groups[walk->n_groups - 1] : NULL;
	struct pptx_shape *shape = walk->shape;
	bool place_of_shape = shape && !shape->lines->len && !shape->placed;

	if (element == E_OFF && place_of_shape)
		read_pair(walk, attributes, "x", "y", &shape->x, &shape->y);
	else if (element == E_EXT && place_of_shape && xml_attribute(attributes, "cx", walk->buffer)) {
		read_pair(walk, attributes, "cx", "cy", &shape->width, &shape->height);
		shape->placed = true;
	} else if (!shape && group && element == E_OFF)
		read_pair(walk, attributes, "x", "y", &group->x, &group->y);
	else if (!shape && group && element == E_EXT)
		read_pair(walk, attributes, "cx", "cy", &group->width, &group->height);
	else if (!shape && group && element == E_CHOFF)
		read_pair(walk, attributes, "x", "y", &group->own_x, &group->own_y);
	else if (!shape && group && element == E_CHEXT)
		read_pair(walk, attributes, "cx", "cy", &group->own_width, &group->own_height);
}

/* ---- shapes ---- */

static void begin_shape(struct walk *walk)
{
	struct pptx_shape *shape;

	if (walk->slide->shapes->len >= PPTX_SHAPES_MAX) {
		walk->full = true;
		walk->shape = NULL;
		return;
	}
	shape = g_new0(struct pptx_shape, 1);
	shape->index = -1;
	shape->lines = g_ptr_array_new_with_free_func(pptx_line_free);
	g_ptr_array_add(walk->slide->shapes, shape);
	walk->shape = shape;
}

static void end_shape(struct walk *walk)
{
	struct pptx_shape *shape = walk->shape;

	walk->shape = NULL;
	if (!shape)
		return;
	if (shape->placed)
		place(walk, walk->n_groups, shape);
	if (!shape->lines->len && !shape->diagram && !shape->chart && shape->placeholder == PLACEHOLDER_NONE)
		g_ptr_array_set_size(walk->slide->shapes, (int)walk->slide->shapes->len - 1);
}

static void read_placeholder(struct walk *walk, const struct xml_attributes *attributes)
{
	static const struct { const char *type; enum placeholder placeholder; } types[] = {
		{ "title", PLACEHOLDER_TITLE }, { "ctrTitle", PLACEHOLDER_TITLE }, { "subTitle", PLACEHOLDER_SUBTITLE },
		{ "dt", PLACEHOLDER_DATE }, { "ftr", PLACEHOLDER_FURNITURE }, { "hdr", PLACEHOLDER_FURNITURE },
		{ "sldNum", PLACEHOLDER_FURNITURE }, { "sldImg", PLACEHOLDER_FURNITURE },
	};
	const char *type = xml_attribute(attributes, "type", walk->buffer);

	if (!walk->shape)
		return;
	walk->shape->placeholder = PLACEHOLDER_BODY;
	for (gsize i = 0; type && i < G_N_ELEMENTS(types); i++)
		if (!strcmp(type, types[i].type))
			walk->shape->placeholder = types[i].placeholder;
	walk->shape->index = ooxml_int(xml_attribute(attributes, "idx", walk->buffer), 0, G_MAXINT, 0);
}

/* ---- text ---- */

static void begin_line(struct walk *walk)
{
	if (walk->line || !walk->shape || ++walk->lines > PPTX_LINES_MAX) {
		walk->full = walk->full || walk->lines > PPTX_LINES_MAX;
		return;
	}
	walk->line = pptx_line_new();
}

static void end_line(struct walk *walk)
{
	struct pptx_line *line = g_steal_pointer(&walk->line);

	if (!line)
		return;
	if (walk->row && walk->shape) {	/* the paragraphs of a cell are its lines */
		gsize len = walk->row->text->len;

		if (len && walk->row->text->str[len - 1] != MARK_CELL)
			g_string_append_c(walk->row->text, MARK_LINE);
		g_string_append_len(walk->row->text, line->text->str, (gssize)line->text->len);
		pptx_line_free(line);
	} else if (walk->shape) {
		g_ptr_array_add(walk->shape->lines, line);
	} else {
		pptx_line_free(line);
	}
}

static void begin_row(struct walk *walk)
{
	if (walk->row || !walk->shape)
		return;
	walk->row = pptx_line_new();
	walk->row->row = true;
}

static void end_row(struct walk *walk)
{
	struct pptx_line *row = g_steal_pointer(&walk->row);

	if (row && walk->shape)
		g_ptr_array_add(walk->shape->lines, row);
	else
		pptx_line_free(row);
}

/* A bullet of a paragraph, or of a level in a list of them. */
static void read_bullet(struct walk *walk, enum element element, const struct xml_attributes *attributes)
{
	enum bullet bullet = element == E_NO_BULLET ? BULLET_NONE : element == E_SIGN ? BULLET_SIGN : BULLET_NUMBER;
	const char *value;

	if (walk->levels && walk->level >= 0) {
		walk->levels->levels[walk->level] = (guint8)bullet;
		return;
	}
	if (!walk->line)
		return;
	walk->line->bullet = bullet;
	if (bullet == BULLET_NONE)
		return;
	value = xml_attribute(attributes, bullet == BULLET_SIGN ? "char" : "type", walk->buffer);
	g_free(walk->line->sign);
	walk->line->sign = value && strlen(value) <= SIGN_MAX_BYTES ? g_strdup(value) : NULL;
	walk->line->start = ooxml_int(xml_attribute(attributes, "startAt", walk->buffer), 0, 32767, 1);
}

static void read_level(struct walk *walk, const char *name)
{
	walk->level = CLAMP(name[3] - '1', 0, PPTX_LEVELS - 1);
	walk->levels = walk->shape ? &walk->shape->bullets : walk->style == E_BODY_STYLE ? &walk->slide->body : NULL;
}

/* ---- events ---- */

/* One of several ways to say the same: the first is taken. */
static bool choose(struct walk *walk)
{
	guint up = walk->depth - 1;
	bool taken = walk->frames[up].taken;

	if (walk->frames[up].element != E_ALTERNATE)
		return true;
	walk->frames[up].taken = true;
	return !taken;
}

static bool is_left_out(struct walk *walk, enum element element, const struct xml_attributes *attributes)
{
	const char *value;

	switch (element) {
	case E_SKIP:
		return true;
	case E_CHOICE:
	case E_FALLBACK:
		return !choose(walk);
	case E_FIELD:	/* the number of the slide, the date of today */
		value = xml_attribute(attributes, "type", walk->buffer);
		return value && (!strcmp(value, "slidenum") || g_str_has_prefix(value, "datetime"));
	default:
		return false;
	}
}

static void begin_group(struct walk *walk)
{
	if (walk->n_groups < GROUPS_MAX)
		walk->groups[walk->n_groups++] = (struct group){ 0 };
	else
		walk->n_deeper++;
}

static void end_group(struct walk *walk)
{
	if (walk->n_deeper)
		walk->n_deeper--;
	else
		walk->n_groups--;
}

static char *relation_id(struct walk *walk, const struct xml_attributes *attributes, const char *name)
{
	return g_strdup(xml_attribute_ns(attributes, "/relationships", name, walk->buffer));
}

static void begin_text_part(struct walk *walk, enum element element, const char *name, const struct xml_attributes *attributes)
{
	switch (element) {
	case E_P:
		begin_line(walk);
		break;
	case E_PPR:
		if (walk->line)
			walk->line->level = ooxml_int(xml_attribute(attributes, "lvl", walk->buffer), 0, PPTX_LEVELS - 1, 0);
		break;
	case E_LEVEL:
		read_level(walk, name);
		break;
	case E_NO_BULLET:
	case E_SIGN:
	case E_NUMBER:
		read_bullet(walk, element, attributes);
		break;
	case E_T:
		walk->text = true;
		break;
	case E_BR:
		if (walk->line)
			g_string_append_c(walk->line->text, MARK_LINE);
		break;
	case E_TR:
		begin_row(walk);
		break;
	case E_TC:
		if (walk->row)
			g_string_append_c(walk->row->text, MARK_CELL);
		break;
	default:
		break;
	}
}

static void begin_element(struct walk *walk, enum element element, const char *name, const struct xml_attributes *attributes)
{
	switch (element) {
	case E_SLIDE:
		walk->slide->hidden = !ooxml_is_on(xml_attribute(attributes, "show", walk->buffer));
		break;
	case E_SP:
	case E_FRAME:
		begin_shape(walk);
		break;
	case E_GROUP:
		begin_group(walk);
		break;
	case E_PH:
		read_placeholder(walk, attributes);
		break;
	case E_OFF:
	case E_EXT:
	case E_CHOFF:
	case E_CHEXT:
		read_place(walk, element, attributes);
		break;
	case E_BODY_STYLE:
	case E_OTHER_STYLE:
		walk->style = element;
		break;
	case E_DIAGRAM:
		if (walk->shape && !walk->shape->diagram)
			walk->shape->diagram = relation_id(walk, attributes, "dm");
		break;
	case E_CHART:
		if (walk->shape && !walk->shape->chart)
			walk->shape->chart = relation_id(walk, attributes, "id");
		break;
	default:
		begin_text_part(walk, element, name, attributes);
	}
}

static enum element element_of(struct walk *walk, const char *ns, const char *name)
{
	guint i = GPOINTER_TO_UINT(g_hash_table_lookup(walk->names, name));
	enum ooxml_ns vocabulary = i ? ooxml_ns(&walk->cache, ns) : NS_OTHER;

	for (; i && i <= G_N_ELEMENTS(elements) && vocabulary != NS_OTHER; i++)
		if (elements[i - 1].ns == vocabulary && !strcmp(elements[i - 1].name, name))
			return elements[i - 1].element;
	return E_NONE;
}

/* A shape that its author hid is left out: its name stands in its first child's first child. */
static bool hides_shape(struct walk *walk, enum element element, const struct xml_attributes *attributes)
{
	const char *value = element == E_CNVPR ? xml_attribute(attributes, "hidden", walk->buffer) : NULL;

	return value && ooxml_is_on(value);
}

static void walk_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct walk *walk = data;
	enum element element;

	if (walk->skip) {
		walk->skip++;
		return;
	}
	element = element_of(walk, ns, name);
	walk->depth++;
	walk->frames[walk->depth].element = element;
	walk->frames[walk->depth].taken = false;
	if (is_left_out(walk, element, attributes)) {
		walk->depth--;
		walk->skip = 1;
		return;
	}
	if (hides_shape(walk, element, attributes) && walk->shape)
		walk->shape->hidden = true;
	else
		begin_element(walk, element, name, attributes);
}

static void end_element(struct walk *walk, enum element element)
{
	switch (element) {
	case E_SP:
	case E_FRAME:
		end_shape(walk);
		break;
	case E_GROUP:
		end_group(walk);
		break;
	case E_P:
		end_line(walk);
		break;
	case E_T:
		walk->text = false;
		break;
	case E_TR:
		end_row(walk);
		break;
	case E_LEVEL:
		walk->levels = NULL;
		walk->level = -1;
		break;
	case E_BODY_STYLE:
	case E_OTHER_STYLE:
		walk->style = E_NONE;
		break;
	default:
		break;
	}
}

static void walk_end(void *data, const char *ns, const char *name)
{
	struct walk *walk = data;

	(void)ns;
	(void)name;
	if (walk->skip) {
		walk->skip--;
		return;
	}
	end_element(walk, walk->frames[walk->depth].element);
	walk->depth--;
}

static void walk_text(void *data, const char *s, gsize len)
{
	struct walk *walk = data;

	if (!walk->skip && walk->text && walk->line)
		g_string_append_len(walk->line->text, s, (gssize)len);
}

static bool walk_stop(void *data)
{
	return ((struct walk *)data)->full;
}

/* ---- the whole ---- */

/* The table is ordered by nothing; the first place of each name is kept. */
static GHashTable *names_new(void)
{
	GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < G_N_ELEMENTS(elements); i++)
		if (!g_hash_table_contains(names, elements[i].name))
			g_hash_table_insert(names, (gpointer)elements[i].name, GUINT_TO_POINTER(i + 1));
	return names;
}

struct pptx_slide *pptx_slide_new(struct package *package, const char *path, const char *part, GError **error)
{
	static const struct xml_handler handler = { .start = walk_start, .end = walk_end, .text = walk_text, .stop = walk_stop };
	struct pptx_slide *slide = g_new0(struct pptx_slide, 1);
	g_autoptr(GHashTable) names = names_new();
	g_autoptr(GString) buffer = g_string_new(NULL);
	g_autofree struct walk *walk = g_new0(struct walk, 1);
	bool ok;

	slide->shapes = g_ptr_array_new_with_free_func(shape_free);
	walk->slide = slide;
	walk->names = names;
	walk->buffer = buffer;
	walk->level = -1;
	ok = ooxml_read(package, path, part, &handler, walk, error);
	pptx_line_free(walk->line);
	pptx_line_free(walk->row);
	if (ok && walk->full) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE, "cannot read '%s': part '%s': more than %d shapes or %d lines",
		            path, part, PPTX_SHAPES_MAX, PPTX_LINES_MAX);
		ok = false;
	}
	if (!ok && !slide->shapes->len) {
		pptx_slide_free(slide);
		return NULL;
	}
	return slide;
}
