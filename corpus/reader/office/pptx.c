/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * pptx.c - presentations of Office Open XML: slides in their order, each with its
 * title, its text in reading order and its speaker notes.
 *
 * Hidden slides were not shown: they are left out, but counted. Pictures' descriptions
 * and comments are no text of the slide. Names of sections are seen by authors only.
 */
#include "corpus/reader/formats.h"

#include <string.h>

#include "corpus/error.h"
#include "corpus/reader/decode.h"
#include "corpus/reader/manuscript/item.h"
#include "corpus/reader/numerals.h"
#include "corpus/reader/office/ooxml-drawings.h"
#include "corpus/reader/office/pptx-shapes.h"

#define SLIDES_MAX 10000
#define WARNINGS_MAX 20
#define ROWS 24			/* of a slide: what begins in the same stands side by side */
#define SLIDE_HEIGHT 6858000.0	/* EMU, where the file does not say */
#define LINE_WORDS 12		/* of a line that belongs to the one above it */
#define FOOTERS_MAX 16
#define LABEL_MAX_BYTES 40

struct layout {
	struct pptx_slide *slide;	/* NULL: damaged or missing */
	const struct layout *master;	/* NULL for a master */
};

struct deck {
	struct document *doc;
	struct package *package;
	corpus_warnings *warnings;
	struct draft *draft;
	GPtrArray *slides;	/* names of parts, NULL for a slide that is missing */
	GHashTable *parts;	/* names of slides that were read */
	GHashTable *layouts;	/* name of part -> struct layout */
	GHashTable *footers;	/* that were laid down */
	double row_height;
	guint n_warnings;
};

/* What stands on a slide while it is laid down. */
struct page {
	const struct ooxml_relations *relations;
	const struct layout *layout;
	bool notes, first;	/* first: the title slide, whose date is that of the talk */
	guint counts[PPTX_LEVELS];	/* of numbered lines */
};

/* ---- the list of slides ---- */

struct presentation {
	struct deck *deck;
	const struct ooxml_relations *relations;
	GString *buffer;
	bool full;
};

static void presentation_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct presentation *p = data;
	const char *id;

	(void)ns;
	if (!strcmp(name, "sldSz")) {
		int height = ooxml_int(xml_attribute(attributes, "cy", p->buffer), 1, G_MAXINT, (int)SLIDE_HEIGHT);

		p->deck->row_height = (double)height / ROWS;
	} else if (!strcmp(name, "sldId")) {
		id = xml_attribute_ns(attributes, "/relationships", "id", p->buffer);
		if (!id)	/* one of a list of sections */
			return;
		if (p->deck->slides->len >= SLIDES_MAX)
			p->full = true;
		else
			g_ptr_array_add(p->deck->slides, g_strdup(ooxml_part_by_id(p->relations, id)));
	}
}

static void presentation_end(void *data, const char *ns, const char *name)
{
	(void)data;
	(void)ns;
	(void)name;
}

static void presentation_text(void *data, const char *s, gsize len)
{
	(void)data;
	(void)s;
	(void)len;
}

static bool read_presentation(struct deck *deck, const char *part, GError **error)
{
	static const struct xml_handler handler = { .start = presentation_start, .end = presentation_end, .text = presentation_text };
	g_autoptr(OoxmlRelations) relations = ooxml_relations_new(deck->package, deck->doc->path, part, deck->warnings);
	g_autoptr(GString) buffer = g_string_new(NULL);
	struct presentation presentation = { deck, relations, buffer, false };

	if (!ooxml_read(deck->package, deck->doc->path, part, &handler, &presentation, error))
		return false;
	if (presentation.full)
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE, "cannot read '%s': more than %d slides", deck->doc->path,
			    SLIDES_MAX);
	return !presentation.full;
}

/* ---- layouts ---- */

static void layout_free(gpointer data)
{
	struct layout *layout = data;

	pptx_slide_free(layout->slide);
	g_free(layout);
}

/* The layout or master that a part is made after, read once. */
static const struct layout *layout_of(struct deck *deck, const struct ooxml_relations *relations, bool master)
{
	const char *part = ooxml_part_by_type(relations, master ? "slideMaster" : "slideLayout");
	struct layout *layout = part ? g_hash_table_lookup(deck->layouts, part) : NULL;
	g_autoptr(OoxmlRelations) own = NULL;

	if (!part || layout || !package_has(deck->package, part))
		return layout;
	layout = g_new0(struct layout, 1);
	g_hash_table_insert(deck->layouts, g_strdup(part), layout);
	layout->slide = pptx_slide_new(deck->package, deck->doc->path, part, NULL);
	if (!master) {
		own = ooxml_relations_new(deck->package, deck->doc->path, part, NULL);
		layout->master = layout_of(deck, own, true);
	}
	return layout;
}

/* What the placeholder says of bullets at a level of a layout (by its number) or master (by its kind). */
static enum bullet layout_bullet(const struct layout *layout, const struct pptx_shape *shape, int level, bool by_index)
{
	const struct pptx_slide *slide = layout ? layout->slide : NULL;

	for (guint i = 0; slide && i < slide->shapes->len; i++) {
		const struct pptx_shape *other = slide->shapes->pdata[i];

		if (other->placeholder == PLACEHOLDER_NONE || (by_index ? other->index != shape->index : other->placeholder != shape->placeholder))
			continue;
		if (other->bullets.levels[level] != BULLET_UNSAID)
			return (enum bullet)other->bullets.levels[level];
	}
	return BULLET_UNSAID;
}

/* The line's own word counts first, then the shape's, its layout's, its master's. */
static enum bullet bullet_of(const struct page *page, const struct pptx_shape *shape, const struct pptx_line *line)
{
	const struct layout *master = page->layout ? page->layout->master : NULL;
	int level = line->level;
	enum bullet bullet = line->bullet;

	if (bullet == BULLET_UNSAID)
		bullet = (enum bullet)shape->bullets.levels[level];
	if (shape->placeholder == PLACEHOLDER_NONE || page->notes)
		return bullet;
	if (bullet == BULLET_UNSAID)
		bullet = layout_bullet(page->layout, shape, level, true);
	if (bullet == BULLET_UNSAID)
		bullet = layout_bullet(master, shape, level, false);
	if (bullet == BULLET_UNSAID && shape->placeholder == PLACEHOLDER_BODY && master && master->slide)
		bullet = (enum bullet)master->slide->body.levels[level];
	if (bullet == BULLET_UNSAID && shape->placeholder == PLACEHOLDER_BODY)
		bullet = BULLET_SIGN;
	return bullet;
}

/* ---- reading order ---- */

/* The title, then placeholders by their numbers, then what the author drew, from the top to the
 * bottom and from the left to the right. */
static int rank_of(const struct pptx_shape *shape)
{
	return shape->placeholder == PLACEHOLDER_TITLE ? 0 : shape->placeholder == PLACEHOLDER_SUBTITLE ? 1 :
	       shape->placeholder == PLACEHOLDER_BODY ? 2 : 3;
}

static int by_place(gconstpointer a, gconstpointer b)
{
	const struct pptx_shape *x = *(struct pptx_shape *const *)a, *y = *(struct pptx_shape *const *)b;
	int r = rank_of(x), s = rank_of(y);

	if (r != s)
		return r - s;
	if (r == 2)
		return x->index < y->index ? -1 : x->index > y->index;
	if (r < 2)
		return 0;
	if (x->row != y->row)
		return x->row - y->row;
	return x->row ? (x->x < y->x ? -1 : x->x > y->x) : x->y < y->y ? -1 : x->y > y->y;
}

/* Shapes of about the same height on the slide stand in one row. */
static void order_shapes(const struct deck *deck, GPtrArray *shapes)
{
	double top = 0;
	int row = 0;

	g_ptr_array_sort(shapes, by_place);	/* a stable one */
	for (guint i = 0; i < shapes->len; i++) {
		struct pptx_shape *shape = shapes->pdata[i];

		if (!row || shape->y > top + deck->row_height) {
			row++;
			top = shape->y;
		}
		shape->row = row;
	}
	g_ptr_array_sort(shapes, by_place);
}

/* ---- lines ---- */

static guint words_of(const char *s)
{
	guint words = 0;

	for (bool inside = false; *s; s++) {
		words += (guchar)*s > ' ' && !inside;
		inside = (guchar)*s > ' ';
	}
	return words;
}

static void lay_text(struct deck *deck, const GString *text)
{
	item_lay_text(deck->draft, text->str, text->len, NULL, NULL);
}

/* "arabicParenBoth": the number between brackets. */
static void number_label(GString *label, const char *scheme, guint number)
{
	char style = g_str_has_prefix(scheme, "romanUc") ? 'I' : g_str_has_prefix(scheme, "romanLc") ? 'i' :
	             g_str_has_prefix(scheme, "alphaUc") ? 'R' : g_str_has_prefix(scheme, "alphaLc") ? 'r' : '1';

	if (g_str_has_suffix(scheme, "ParenBoth"))
		g_string_append_c(label, '(');
	numeral_append(label, number, style);
	if (g_str_has_suffix(scheme, "ParenBoth") || g_str_has_suffix(scheme, "ParenR"))
		g_string_append_c(label, ')');
	else if (g_str_has_suffix(scheme, "Period"))
		g_string_append_c(label, '.');
	else if (g_str_has_suffix(scheme, "Minus"))
		g_string_append_c(label, '-');
}

/* A sign of a font of symbols stands for itself only in that font. */
static const char *plain_sign(const char *sign)
{
	gunichar c = sign && *sign ? g_utf8_get_char_validated(sign, -1) : 0;

	if (!c || c >= 0x80000000u || (c >= 0xe000 && c <= 0xf8ff) || g_unichar_isalnum(c) || !strcmp(sign, "§"))
		return "•";
	return sign;
}

static void lay_item(struct deck *deck, struct page *page, const struct pptx_line *line, enum bullet bullet)
{
	g_autoptr(GString) label = g_string_new(NULL);
	int level = line->level;

	for (int deeper = level + 1; deeper < PPTX_LEVELS; deeper++)
		page->counts[deeper] = 0;
	if (bullet == BULLET_NUMBER) {
		page->counts[level] = page->counts[level] ? page->counts[level] + 1 : (guint)line->start;
		number_label(label, line->sign ? line->sign : "arabicPeriod", page->counts[level]);
	} else {
		page->counts[level] = 0;
		g_string_append(label, plain_sign(line->sign));
	}
	draft_begin(deck->draft, BLOCK_LIST_ITEM, level + 1);
	draft_label(deck->draft, label->str);
	lay_text(deck, line->text);
	draft_end(deck->draft);
}

static bool is_blank(const GString *text)
{
	for (gsize i = 0; i < text->len; i++)
		if ((guchar)text->str[i] > ' ')
			return false;
	return true;
}

/* The lines of a shape: items; rows; short lines one below the other, such as a name and a house, as one
 * paragraph; longer ones as a paragraph each. */
static void lay_lines(struct deck *deck, struct page *page, const struct pptx_shape *shape)
{
	bool open = false;	/* a paragraph of short lines */

	memset(page->counts, 0, sizeof page->counts);
	for (guint i = 0; i < shape->lines->len; i++) {
		const struct pptx_line *line = shape->lines->pdata[i];
		enum bullet bullet = line->row ? BULLET_NONE : bullet_of(page, shape, line);
		bool brief = words_of(line->text->str) <= LINE_WORDS;

		if (is_blank(line->text)) {
			open = false;
		} else if (bullet == BULLET_SIGN || bullet == BULLET_NUMBER) {
			lay_item(deck, page, line, bullet);
			open = false;
		} else {
			if (open && brief && !line->row)
				draft_line(deck->draft);
			else
				draft_begin(deck->draft, line->row ? BLOCK_TABLE_ROW : BLOCK_PARAGRAPH, 0);
			lay_text(deck, line->text);
			open = brief && !line->row && !page->notes;
		}
	}
	draft_end(deck->draft);
}

static void lay_title(struct deck *deck, const struct pptx_shape *shape)
{
	draft_begin(deck->draft, BLOCK_HEADING, 1);
	for (guint i = 0; i < shape->lines->len; i++) {
		lay_text(deck, ((struct pptx_line *)shape->lines->pdata[i])->text);
		draft_line(deck->draft);
	}
	draft_end(deck->draft);
}

/* ---- what is drawn from other parts ---- */

static void lay_diagram(struct deck *deck, const struct page *page, const char *id)
{
	const char *part = ooxml_part_by_id(page->relations, id);
	g_autoptr(GPtrArray) points = part && package_has(deck->package, part) ? ooxml_diagram(deck->package, deck->doc->path, part) : NULL;

	for (guint i = 0; points && i < points->len; i++) {
		const struct ooxml_point *point = points->pdata[i];

		draft_begin(deck->draft, BLOCK_LIST_ITEM, point->level + 1);
		draft_text(deck->draft, point->text, -1);
	}
	draft_end(deck->draft);
}

static void lay_chart(struct deck *deck, const struct page *page, const char *id)
{
	const char *part = ooxml_part_by_id(page->relations, id);
	g_autofree char *title = part ? ooxml_chart_title(deck->package, deck->doc->path, part) : NULL;

	if (!title)
		return;
	draft_begin(deck->draft, BLOCK_PARAGRAPH, 0);
	draft_text(deck->draft, title, -1);
	draft_end(deck->draft);
}

/* ---- slides ---- */

/* Footers come on each slide: once is enough. */
static void lay_footer(struct deck *deck, const struct pptx_shape *shape)
{
	for (guint i = 0; i < shape->lines->len; i++) {
		const struct pptx_line *line = shape->lines->pdata[i];

		if (is_blank(line->text) || g_hash_table_size(deck->footers) >= FOOTERS_MAX ||
		    !g_hash_table_add(deck->footers, g_strdup(line->text->str)))
			continue;
		draft_begin(deck->draft, BLOCK_FURNITURE, 0);
		lay_text(deck, line->text);
		draft_end(deck->draft);
	}
}

static void lay_shapes(struct deck *deck, struct page *page, struct pptx_slide *slide)
{
	bool titled = false;

	order_shapes(deck, slide->shapes);
	for (guint i = 0; i < slide->shapes->len; i++) {
		const struct pptx_shape *shape = slide->shapes->pdata[i];

		if (shape->hidden)
			continue;
		if (shape->placeholder == PLACEHOLDER_FURNITURE || (shape->placeholder == PLACEHOLDER_DATE && !page->first)) {
			lay_footer(deck, shape);
			continue;
		}
		if (shape->placeholder == PLACEHOLDER_TITLE && !titled)
			lay_title(deck, shape);
		else
			lay_lines(deck, page, shape);
		titled = titled || shape->placeholder == PLACEHOLDER_TITLE;
		if (shape->diagram)
			lay_diagram(deck, page, shape->diagram);
		if (shape->chart)
			lay_chart(deck, page, shape->chart);
	}
}

static void warn(struct deck *deck, guint number, const char *what)
{
	if (++deck->n_warnings <= WARNINGS_MAX)
		warning_add(deck->warnings, deck->doc->path, "slide %u %s", number, what);
	else if (deck->n_warnings == WARNINGS_MAX + 1)
		warning_add(deck->warnings, deck->doc->path, "more slides are damaged, hidden or missing");
}

/* Of a page of notes only the text below the picture of the slide. */
static void read_notes(struct deck *deck, const struct ooxml_relations *relations, guint number)
{
	const char *part = ooxml_part_by_type(relations, "notesSlide");
	g_autoptr(GError) error = NULL;
	g_autoptr(PptxSlide) notes = part && package_has(deck->package, part) ? pptx_slide_new(deck->package, deck->doc->path, part, &error) : NULL;
	struct page page = { .relations = relations, .notes = true };

	if (error)
		warn(deck, number, "has damaged notes");
	draft_notes(deck->draft, true);
	for (guint i = 0; notes && i < notes->shapes->len; i++) {
		const struct pptx_shape *shape = notes->shapes->pdata[i];

		if (shape->placeholder == PLACEHOLDER_BODY && !shape->hidden)
			lay_lines(deck, &page, shape);
	}
	draft_notes(deck->draft, false);
}

static void read_slide(struct deck *deck, guint number, const char *part)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PptxSlide) slide = NULL;
	g_autoptr(OoxmlRelations) relations = NULL;
	struct page page = { 0 };

	if (!part || !package_has(deck->package, part) || !g_hash_table_add(deck->parts, (gpointer)part)) {
		warn(deck, number, "is missing");
		return;
	}
	slide = pptx_slide_new(deck->package, deck->doc->path, part, &error);
	if (error)
		warn(deck, number, g_error_matches(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX) ? "is not XML to its end" : error->message);
	if (!slide)
		return;
	if (slide->hidden) {
		warn(deck, number, "is hidden, and left out");
		return;
	}
	relations = ooxml_relations_new(deck->package, deck->doc->path, part, deck->warnings);
	page.relations = relations;
	page.first = number == 1;
	page.layout = layout_of(deck, relations, false);
	draft_slide(deck->draft, (int)number);
	lay_shapes(deck, &page, slide);
	read_notes(deck, relations, number);
}

static bool read_slides(struct deck *deck, const char *main, GError **error)
{
	if (!read_presentation(deck, main, error))
		return false;
	for (guint i = 0; i < deck->slides->len && !draft_failed(deck->draft); i++)
		read_slide(deck, i + 1, deck->slides->pdata[i]);
	return draft_finish(deck->draft, error);
}

bool pptx_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	g_autoptr(Package) package = package_open(doc->path, bytes, error);
	enum ooxml_kind kind;
	g_autofree char *main = package ? ooxml_main(package, &kind) : NULL;
	g_autoptr(GHashTable) parts = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) layouts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, layout_free);
	g_autoptr(GHashTable) footers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) slides = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(Draft) draft = package ? draft_new(doc) : NULL;
	struct deck deck = { doc, package, warnings, draft, slides, parts, layouts, footers, SLIDE_HEIGHT / ROWS, 0 };

	if (package && !main)
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': it has no main part", doc->path);
	if (!main)
		return false;
	doc->type = TYPE_SLIDES;
	ooxml_properties(doc, package);
	return read_slides(&deck, main, error);
}
