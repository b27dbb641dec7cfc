/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-walk.c - from elements to items, front to back.
 *
 *   story       the body, a text box, a cell, a note: takes items; has its own fields
 *   paragraph   open ones lie in a stack, since a run can hold a text box with others
 *   field       instruction, then result; only the result is text
 *
 * What a reviewer deleted is left out with all that is in it, and what was inserted is
 * text like other text. A paragraph whose mark was deleted goes on in the next one.
 */
#include "corpus/reader/office/docx-walk.h"

#include <string.h>

#define FIELDS_MAX 32		/* one inside the other; of deeper ones all counts as text */
#define INSTRUCTION_BYTES 8

enum element {
	E_NONE, E_OTHER,
	E_P, E_PPR, E_PSTYLE, E_OUTLINE, E_NUMPR, E_ILVL, E_NUMID, E_FRAME, E_SECTION, E_NUMBERING,
	E_R, E_RPR, E_RSTYLE, E_VANISH, E_T, E_TAB, E_BR, E_CR, E_HYPHEN, E_SYM, E_PAGE, E_FOOTNOTE_REF, E_ENDNOTE_REF,
	E_FIELD, E_INSTRUCTION, E_SKIP, E_GONE, E_TBL, E_TR, E_TC, E_TRPR, E_BOX, E_SDT, E_SDT_CONTENT, E_PLACEHOLDER,
	E_ALTERNATE, E_CHOICE, E_FALLBACK, E_NOTE, E_FOREIGN,
};

static const struct { const char *name; enum element element; } elements[] = {
	{ "p", E_P }, { "pPr", E_PPR }, { "pStyle", E_PSTYLE }, { "outlineLvl", E_OUTLINE }, { "numPr", E_NUMPR }, { "ilvl", E_ILVL },
	{ "numId", E_NUMID }, { "framePr", E_FRAME }, { "sectPr", E_SECTION }, { "pgNumType", E_NUMBERING }, { "r", E_R }, { "rPr", E_RPR },
	{ "rStyle", E_RSTYLE }, { "vanish", E_VANISH }, { "t", E_T }, { "tab", E_TAB }, { "ptab", E_TAB }, { "br", E_BR }, { "cr", E_CR },
	{ "noBreakHyphen", E_HYPHEN }, { "sym", E_SYM }, { "lastRenderedPageBreak", E_PAGE }, { "footnoteReference", E_FOOTNOTE_REF },
	{ "endnoteReference", E_ENDNOTE_REF }, { "fldChar", E_FIELD }, { "instrText", E_INSTRUCTION }, { "del", E_GONE }, { "moveFrom", E_GONE },
	{ "tbl", E_TBL }, { "tr", E_TR }, { "tc", E_TC }, { "trPr", E_TRPR }, { "txbxContent", E_BOX }, { "sdt", E_SDT },
	{ "sdtContent", E_SDT_CONTENT }, { "showingPlcHdr", E_PLACEHOLDER }, { "footnote", E_NOTE }, { "endnote", E_NOTE },
	{ "altChunk", E_FOREIGN }, { "subDoc", E_FOREIGN },
	/* what holds an older state, or says how a thing is pronounced, or is no part of the text */
	{ "pPrChange", E_SKIP }, { "rPrChange", E_SKIP }, { "sectPrChange", E_SKIP }, { "tblPrChange", E_SKIP }, { "trPrChange", E_SKIP },
	{ "tcPrChange", E_SKIP }, { "tblGridChange", E_SKIP }, { "tblPrExChange", E_SKIP }, { "numberingChange", E_SKIP }, { "rt", E_SKIP },
	{ "delText", E_SKIP }, { "delInstrText", E_SKIP }, { "ffData", E_SKIP }, { "comment", E_SKIP },
};

struct field {
	bool result, contents;
	char instruction[INSTRUCTION_BYTES + 1];
};

struct story {
	GPtrArray *items;	/* NULL: the body's, which go on to the flow */
	struct field fields[FIELDS_MAX];
	guint n_fields, n_deeper;
	bool hidden;		/* the run */
	struct docx_item *carried;	/* what goes on in the next paragraph */
};

struct paragraph {
	struct docx_item *item;
	const struct docx_style *style;
	int outline, list, list_level;	/* -1: as the style has it */
	bool goes_on;			/* in the next paragraph */
	bool ends_section;
	GPtrArray *boxes;		/* items of the text boxes that hang on it, or NULL */
};

struct table {
	GPtrArray *rows;	/* of cells of items */
	bool deleted;		/* the open row */
};

struct frame {
	enum element element;	/* E_NONE: it does nothing at its end */
	bool flag;		/* of alternatives: one was taken; of a content control: it shows a placeholder */
};

struct docx_walk {
	struct docx_styles *styles;
	struct docx_lists *lists;
	struct docx_flow *flow;
	bool paged;

	GHashTable *names;	/* of elements -> enum element */
	struct ooxml_ns_cache cache;
	GString *buffer;
	struct frame frames[XML_DEPTH_MAX + 2];
	guint depth, skip;

	GPtrArray *stories, *paragraphs, *tables;
	bool text, instruction;	/* inside an element of text */
	bool break_met;		/* an explicit page break, and no word since */
	char *page_format;	/* of the open section */
	int page_start;

	GHashTable *notes;	/* where notes go; NULL in the body */
	int note;
	guint foreign;
};

/* ---- making and freeing ---- */

static void story_free(gpointer data)
{
	struct story *story = data;

	if (story->items)
		g_ptr_array_unref(story->items);
	docx_item_free(story->carried);
	g_free(story);
}

static void paragraph_free(gpointer data)
{
	struct paragraph *paragraph = data;

	docx_item_free(paragraph->item);
	if (paragraph->boxes)
		g_ptr_array_unref(paragraph->boxes);
	g_free(paragraph);
}

static void table_free(gpointer data)
{
	struct table *table = data;

	g_ptr_array_unref(table->rows);
	g_free(table);
}

struct docx_walk *docx_walk_new(struct docx_styles *styles, struct docx_lists *lists, struct docx_flow *flow, bool paged)
{
	struct docx_walk *walk = g_new0(struct docx_walk, 1);

	walk->styles = styles;
	walk->lists = lists;
	walk->flow = flow;
	walk->paged = paged;
	walk->names = g_hash_table_new(g_str_hash, g_str_equal);
	for (gsize i = 0; i < G_N_ELEMENTS(elements); i++)
		g_hash_table_insert(walk->names, (gpointer)elements[i].name, GINT_TO_POINTER(elements[i].element));
	walk->buffer = g_string_new(NULL);
	walk->stories = g_ptr_array_new_with_free_func(story_free);
	walk->paragraphs = g_ptr_array_new_with_free_func(paragraph_free);
	walk->tables = g_ptr_array_new_with_free_func(table_free);
	walk->page_start = -1;
	return walk;
}

void docx_walk_free(struct docx_walk *walk)
{
	if (!walk)
		return;
	g_hash_table_unref(walk->names);
	g_string_free(walk->buffer, TRUE);
	g_ptr_array_unref(walk->stories);
	g_ptr_array_unref(walk->paragraphs);
	g_ptr_array_unref(walk->tables);
	g_free(walk->page_format);
	g_free(walk);
}

guint docx_walk_foreign(const struct docx_walk *walk)
{
	return walk->foreign;
}

/* ---- stories ---- */

static gpointer last(const GPtrArray *stack)
{
	return stack->len ? stack->pdata[stack->len - 1] : NULL;
}

static void drop_last(GPtrArray *stack)
{
	g_ptr_array_set_size(stack, (int)stack->len - 1);
}

static void story_begin(struct docx_walk *walk, bool body)
{
	struct story *story = g_new0(struct story, 1);

	story->items = body ? NULL : g_ptr_array_new_with_free_func(docx_item_free);
	g_ptr_array_add(walk->stories, story);
}

static void take_item(struct docx_walk *walk, struct docx_item *item)
{
	struct story *story = last(walk->stories);

	if (story->items) {
		g_ptr_array_add(story->items, item);
		return;
	}
	docx_flow_add(walk->flow, item);
	docx_item_free(item);
}

static void take_items(struct docx_walk *walk, GPtrArray *items)
{
	for (guint i = 0; i < items->len; i++)
		if (items->pdata[i])
			take_item(walk, g_steal_pointer(&items->pdata[i]));
}

/* Ends the innermost story and hands its items over; to be unreferenced. */
static GPtrArray *story_end(struct docx_walk *walk)
{
	struct story *story = last(walk->stories);
	GPtrArray *items;

	if (story->carried)
		take_item(walk, g_steal_pointer(&story->carried));
	items = g_steal_pointer(&story->items);
	drop_last(walk->stories);
	return items;
}

/* ---- fields ---- */

static void field_mark(struct docx_walk *walk, const char *type)
{
	struct story *story = last(walk->stories);
	struct field *field = story->n_fields ? &story->fields[story->n_fields - 1] : NULL;

	if (!type)
		return;
	if (!strcmp(type, "begin")) {
		if (story->n_fields < FIELDS_MAX)
			story->fields[story->n_fields++] = (struct field){ 0 };
		else
			story->n_deeper++;
	} else if (story->n_deeper) {
		story->n_deeper -= !strcmp(type, "end");
	} else if (field && !strcmp(type, "separate")) {
		field->result = true;
		g_strstrip(field->instruction);
		field->contents = !g_ascii_strncasecmp(field->instruction, "TOC", 3);
	} else if (field && !strcmp(type, "end")) {
		story->n_fields--;
	}
}

static bool in_instruction(const struct story *story)
{
	for (guint i = 0; i < story->n_fields; i++)
		if (!story->fields[i].result)
			return true;
	return false;
}

static bool in_contents(const struct story *story)
{
	for (guint i = 0; i < story->n_fields; i++)
		if (story->fields[i].contents)
			return true;
	return false;
}

static void add_instruction(struct docx_walk *walk, const char *s, gsize len)
{
	struct story *story = last(walk->stories);
	struct field *field = story->n_fields ? &story->fields[story->n_fields - 1] : NULL;
	gsize have = field ? strlen(field->instruction) : 0;

	if (field && have < INSTRUCTION_BYTES && (have || !g_ascii_isspace(*s) || len > 1))
		memcpy(field->instruction + have, s, MIN(len, INSTRUCTION_BYTES - have));
}

/* No instruction goes over a paragraph; one that is never ended must not hide the rest. */
static void fields_mend(struct story *story)
{
	for (guint i = 0; i < story->n_fields; i++)
		story->fields[i].result = true;
}

/* ---- paragraphs ---- */

static void paragraph_begin(struct docx_walk *walk)
{
	struct paragraph *paragraph = g_new0(struct paragraph, 1);

	paragraph->item = docx_item_new();
	paragraph->style = docx_style(walk->styles, NULL);
	paragraph->outline = paragraph->list = paragraph->list_level = -1;
	g_ptr_array_add(walk->paragraphs, paragraph);
}

/* "Panels\t12" in a table of contents: the tab is printed as a row of dots. */
static void lead_to_page(GString *text)
{
	char *tab = strrchr(text->str, '\t');

	if (!tab || !tab[1] || strspn(tab + 1, "0123456789ivxlcIVXLC -") != strlen(tab + 1))
		return;
	*tab = ' ';
	g_string_insert(text, tab + 1 - text->str, "........ ");
}

/* Its own level, or else the style's; a heading in a text box is none of the document's outline. */
static void decide_heading(struct docx_walk *walk, struct paragraph *paragraph)
{
	const struct docx_style *style = paragraph->style;
	struct docx_item *item = paragraph->item;
	int outline = paragraph->outline >= 0 ? paragraph->outline : style->outline;
	bool boxed = walk->paragraphs->len > 1;

	if (style->role == ROLE_TITLE || (style->role == ROLE_HEADING && !boxed) || (outline > 0 && !boxed && style->role != ROLE_CONTENTS)) {
		item->kind = BLOCK_HEADING;
		item->level = style->role == ROLE_TITLE ? 0 : style->role == ROLE_HEADING ? 1 : outline;
	} else if (style->role == ROLE_QUOTATION) {
		item->kind = BLOCK_QUOTATION;
	} else if (style->role == ROLE_CODE) {
		item->kind = BLOCK_CODE;
	}
}

/* The number that is printed before it: part of a heading's text, label of a list item. */
static void decide_label(struct docx_walk *walk, struct paragraph *paragraph)
{
	const struct docx_style *style = paragraph->style;
	struct docx_item *item = paragraph->item;
	int list = paragraph->list >= 0 ? paragraph->list : style->list;
	int level = paragraph->list_level >= 0 ? paragraph->list_level : style->list_level;
	const char *label;
	bool bullet;

	if (list <= 0)
		return;
	label = docx_lists_next(walk->lists, walk->styles, list, level, &bullet);
	if (!*label)
		return;
	if (item->kind == BLOCK_HEADING && !bullet) {
		g_string_prepend_c(item->text, ' ');
		g_string_prepend(item->text, label);
	} else if (item->kind == BLOCK_PARAGRAPH) {
		item->kind = BLOCK_LIST_ITEM;
		item->level = level + 1;
		item->label = g_strdup(label);
	}
}

/* A big first letter in a frame, or a paragraph whose mark was deleted, is kept for the next one. */
static void carry(struct story *story, struct docx_item *item)
{
	if (story->carried)
		docx_item_join(item, story->carried, true, 0);
	docx_item_free(story->carried);
	story->carried = item;
}

static void paragraph_end(struct docx_walk *walk)
{
	struct paragraph *paragraph = last(walk->paragraphs);
	struct story *story = last(walk->stories);
	struct docx_item *item = paragraph->item;
	g_autoptr(GPtrArray) boxes = g_steal_pointer(&paragraph->boxes);
	bool ends_section = paragraph->ends_section;

	if (paragraph->goes_on) {
		carry(story, g_steal_pointer(&paragraph->item));
	} else {
		decide_heading(walk, paragraph);
		if (paragraph->style->role == ROLE_CONTENTS || in_contents(story))
			lead_to_page(item->text);
		if (story->carried) {
			docx_item_join(item, story->carried, true, 0);
			g_clear_pointer(&story->carried, docx_item_free);
		}
		decide_label(walk, paragraph);
		take_item(walk, g_steal_pointer(&paragraph->item));
	}
	fields_mend(story);
	drop_last(walk->paragraphs);
	if (boxes)
		take_items(walk, boxes);
	if (ends_section && !story->items) {
		docx_flow_section(walk->flow, walk->page_format, walk->page_start);
		g_clear_pointer(&walk->page_format, g_free);
		walk->page_start = -1;
	}
}

/* ---- runs ---- */

static GString *open_text(struct docx_walk *walk)
{
	struct paragraph *paragraph = last(walk->paragraphs);
	const struct story *story = last(walk->stories);

	return !paragraph || story->hidden || paragraph->style->hidden || in_instruction(story) ? NULL : paragraph->item->text;
}

static void add_mark(struct docx_walk *walk, char mark)
{
	GString *text = open_text(walk);

	if (text)
		g_string_append_c(text, mark);
}

/* Word says of a page break that it was asked for, and again in the next run that there is one. */
static void page_break(struct docx_walk *walk, bool asked)
{
	if (!walk->paged || walk->paragraphs->len != 1 || walk->notes) {
		if (asked)
			add_mark(walk, MARK_LINE);
		return;
	}
	if (asked || !walk->break_met)
		g_string_append_c(((struct paragraph *)last(walk->paragraphs))->item->text, MARK_PAGE);
	walk->break_met = asked;
}

static void add_symbol(struct docx_walk *walk, const struct xml_attributes *attributes)
{
	const char *value = xml_attribute(attributes, "char", walk->buffer);
	guint64 c = value ? g_ascii_strtoull(value, NULL, 16) : 0;
	GString *text = open_text(walk);

	if (!text)
		return;
	if (c >= 0x20 && c < 0x110000 && (c < 0xd800 || c > 0xf8ff) && g_unichar_isgraph((gunichar)c))
		g_string_append_unichar(text, (gunichar)c);
	else
		g_string_append_c(text, ' ');
}

static void add_note(struct docx_walk *walk, const struct xml_attributes *attributes, bool end)
{
	struct paragraph *paragraph = last(walk->paragraphs);
	struct docx_note_reference reference = { ooxml_int(xml_attribute(attributes, "id", walk->buffer), G_MININT, G_MAXINT, -1), end };
	struct docx_item *item = paragraph ? paragraph->item : NULL;

	if (!open_text(walk) || walk->notes)
		return;
	if (!item->notes)
		item->notes = g_array_new(FALSE, FALSE, sizeof reference);
	g_array_append_val(item->notes, reference);
	g_string_append_c(item->text, MARK_NOTE);
}

/* ---- what elements begin ---- */

static struct frame *parent(struct docx_walk *walk, guint up)
{
	return &walk->frames[walk->depth > up ? walk->depth - up : 0];
}

/* One of several ways to say the same: the first is taken. True where it is to be read. */
static bool choose(struct docx_walk *walk)
{
	struct frame *alternatives = parent(walk, 1);
	bool taken = alternatives->flag;

	if (alternatives->element != E_ALTERNATE)
		return true;
	alternatives->flag = true;
	return !taken;
}

static void begin_property(struct docx_walk *walk, enum element element, const struct xml_attributes *attributes)
{
	struct paragraph *paragraph = last(walk->paragraphs);
	struct story *story = last(walk->stories);
	const char *value = xml_attribute(attributes, "val", walk->buffer);

	if (!paragraph)
		return;
	switch (element) {
	case E_PSTYLE:
		paragraph->style = docx_style(walk->styles, value);
		break;
	case E_OUTLINE:
		paragraph->outline = (ooxml_int(value, 0, 9, 9) + 1) % 10;
		break;
	case E_ILVL:
		paragraph->list_level = ooxml_int(value, 0, DOCX_LIST_LEVELS - 1, 0);
		break;
	case E_NUMID:
		paragraph->list = ooxml_int(value, 0, G_MAXINT, 0);
		break;
	case E_FRAME:
		value = xml_attribute(attributes, "dropCap", walk->buffer);
		paragraph->goes_on = paragraph->goes_on || (value && strcmp(value, "none"));
		break;
	case E_RSTYLE:
		story->hidden = story->hidden || (value && docx_style(walk->styles, value)->hidden);
		break;
	case E_VANISH:
		if (parent(walk, 2)->element == E_R)
			story->hidden = ooxml_is_on(value);
		break;
	default:
		break;
	}
}

static void begin_section(struct docx_walk *walk)
{
	struct paragraph *paragraph = last(walk->paragraphs);

	if (paragraph && walk->paragraphs->len == 1)
		paragraph->ends_section = true;
}

static void number_pages(struct docx_walk *walk, const struct xml_attributes *attributes)
{
	const char *value = xml_attribute(attributes, "fmt", walk->buffer);

	g_free(walk->page_format);
	walk->page_format = g_strndup(value ? value : "decimal", 40);
	walk->page_start = ooxml_int(xml_attribute(attributes, "start", walk->buffer), 0, DRAFT_PAGES_MAX, -1);
}

static bool begin_row(struct docx_walk *walk)
{
	struct table *table = last(walk->tables);

	if (!table)
		return false;
	table->deleted = false;
	g_ptr_array_add(table->rows, g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref));
	return true;
}

/* Something deleted: a run with its text; the mark of a paragraph; a row. True where what is in
 * it is to be skipped. */
static bool begin_deleted(struct docx_walk *walk)
{
	struct paragraph *paragraph = last(walk->paragraphs);
	struct table *table = last(walk->tables);
	enum element within = parent(walk, 1)->element;

	if (within == E_RPR && parent(walk, 2)->element == E_PPR && paragraph)
		paragraph->goes_on = true;
	else if (within == E_TRPR && table)
		table->deleted = true;
	return true;
}

/* True where the element means something at its end. */
static bool begin_structure(struct docx_walk *walk, enum element element, const struct xml_attributes *attributes)
{
	struct table *table;
	const char *value;

	switch (element) {
	case E_P:
		paragraph_begin(walk);
		return true;
	case E_TBL:
		table = g_new0(struct table, 1);
		table->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
		g_ptr_array_add(walk->tables, table);
		return true;
	case E_TR:
		return begin_row(walk);
	case E_TC:
		table = last(walk->tables);
		if (!table || !table->rows->len)
			return false;
		story_begin(walk, false);
		return true;
	case E_BOX:
		story_begin(walk, false);
		return true;
	case E_NOTE:
		value = xml_attribute(attributes, "type", walk->buffer);
		if (!walk->notes || walk->paragraphs->len || (value && strcmp(value, "normal")))
			return false;
		walk->note = ooxml_int(xml_attribute(attributes, "id", walk->buffer), G_MININT, G_MAXINT, -1);
		story_begin(walk, false);
		return true;
	default:
		return false;
	}
}

static void begin_run_part(struct docx_walk *walk, enum element element, const struct xml_attributes *attributes)
{
	const char *value;

	switch (element) {
	case E_T:
		walk->text = true;
		break;
	case E_TAB:
		if (parent(walk, 1)->element == E_R)	/* elsewhere it is a tab stop */
			add_mark(walk, '\t');
		break;
	case E_BR:
		value = xml_attribute(attributes, "type", walk->buffer);
		if (value && !strcmp(value, "page"))
			page_break(walk, true);
		else
			add_mark(walk, MARK_LINE);
		break;
	case E_CR:
		add_mark(walk, MARK_LINE);
		break;
	case E_HYPHEN:
		add_mark(walk, '-');
		break;
	case E_SYM:
		add_symbol(walk, attributes);
		break;
	case E_PAGE:
		page_break(walk, false);
		break;
	case E_FOOTNOTE_REF:
	case E_ENDNOTE_REF:
		add_note(walk, attributes, element == E_ENDNOTE_REF);
		break;
	case E_FIELD:
		field_mark(walk, xml_attribute(attributes, "fldCharType", walk->buffer));
		break;
	case E_INSTRUCTION:
		walk->instruction = true;
		break;
	default:
		break;
	}
}

/* What decides that all of an element is left out. */
static bool is_left_out(struct docx_walk *walk, enum element element)
{
	switch (element) {
	case E_SKIP:
		return true;
	case E_GONE:
		return begin_deleted(walk);
	case E_CHOICE:
	case E_FALLBACK:
		return !choose(walk);
	case E_BOX:
		return ((struct story *)last(walk->stories))->hidden || !walk->paragraphs->len;
	case E_SDT_CONTENT:
		return parent(walk, 1)->element == E_SDT && parent(walk, 1)->flag;
	default:
		return false;
	}
}

static void begin_element(struct docx_walk *walk, enum element element, const struct xml_attributes *attributes)
{
	struct frame *frame = &walk->frames[walk->depth];

	frame->element = element;
	if (element >= E_PSTYLE && element <= E_FRAME)
		begin_property(walk, element, attributes);
	else if (element == E_RSTYLE || element == E_VANISH)
		begin_property(walk, element, attributes);
	else if (element >= E_T && element <= E_INSTRUCTION)
		begin_run_part(walk, element, attributes);
	else if (element == E_R)
		((struct story *)last(walk->stories))->hidden = false;
	else if (element == E_SECTION)
		begin_section(walk);
	else if (element == E_NUMBERING)
		number_pages(walk, attributes);
	else if (element == E_PLACEHOLDER && parent(walk, 2)->element == E_SDT)
		parent(walk, 2)->flag = true;
	else if (element == E_FOREIGN)
		walk->foreign++;
	else if ((element == E_P || element == E_TBL || element == E_TR || element == E_TC || element == E_BOX || element == E_NOTE) &&
	         !begin_structure(walk, element, attributes))
		frame->element = E_NONE;
}

/* ---- what elements end ---- */

static void end_cell(struct docx_walk *walk)
{
	struct table *table = last(walk->tables);
	GPtrArray *row = last(table->rows), *cell = story_end(walk);

	g_ptr_array_add(row, cell);
}

static void end_row(struct docx_walk *walk)
{
	struct table *table = last(walk->tables);

	if (table->deleted)
		drop_last(table->rows);
}

static void end_table(struct docx_walk *walk)
{
	struct table *table = last(walk->tables);
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(docx_item_free);

	docx_table_items(table->rows, items);
	drop_last(walk->tables);
	take_items(walk, items);
}

static void end_box(struct docx_walk *walk)
{
	g_autoptr(GPtrArray) items = story_end(walk);
	struct paragraph *paragraph = last(walk->paragraphs);

	if (!paragraph->boxes)
		paragraph->boxes = g_ptr_array_new_with_free_func(docx_item_free);
	for (guint i = 0; i < items->len; i++)
		g_ptr_array_add(paragraph->boxes, g_steal_pointer(&items->pdata[i]));
}

static void end_note(struct docx_walk *walk)
{
	g_autoptr(GPtrArray) items = story_end(walk);
	struct docx_item *note = docx_item_new();

	for (guint i = 0; i < items->len; i++)
		docx_item_join(note, items->pdata[i], false, MARK_PARAGRAPH);
	g_hash_table_replace(walk->notes, GINT_TO_POINTER(walk->note), note);
}

static void end_element(struct docx_walk *walk, enum element element)
{
	switch (element) {
	case E_T:
		walk->text = false;
		break;
	case E_INSTRUCTION:
		walk->instruction = false;
		break;
	case E_R:
		((struct story *)last(walk->stories))->hidden = false;
		break;
	case E_P:
		paragraph_end(walk);
		break;
	case E_TC:
		end_cell(walk);
		break;
	case E_TR:
		end_row(walk);
		break;
	case E_TBL:
		end_table(walk);
		break;
	case E_BOX:
		end_box(walk);
		break;
	case E_NOTE:
		end_note(walk);
		break;
	default:
		break;
	}
}

/* ---- events ---- */

static enum element element_of(struct docx_walk *walk, const char *ns, const char *name)
{
	enum element element;

	switch (ooxml_ns(&walk->cache, ns)) {
	case NS_WORD:
		element = (enum element)GPOINTER_TO_INT(g_hash_table_lookup(walk->names, name));
		return element ? element : E_OTHER;
	case NS_MATH:
		return !strcmp(name, "t") ? E_T : E_OTHER;
	case NS_COMPATIBILITY:
		return !strcmp(name, "AlternateContent") ? E_ALTERNATE : !strcmp(name, "Choice") ? E_CHOICE :
		       !strcmp(name, "Fallback") ? E_FALLBACK : E_OTHER;
	default:
		return E_OTHER;
	}
}

static void walk_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct docx_walk *walk = data;
	enum element element;

	if (walk->skip) {
		walk->skip++;
		return;
	}
	element = element_of(walk, ns, name);
	walk->depth++;
	walk->frames[walk->depth] = (struct frame){ E_OTHER, false };
	if (is_left_out(walk, element)) {
		walk->depth--;
		walk->skip = 1;
		return;
	}
	begin_element(walk, element, attributes);
}

static void walk_end(void *data, const char *ns, const char *name)
{
	struct docx_walk *walk = data;

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
	struct docx_walk *walk = data;
	GString *text;

	if (walk->skip || !len)
		return;
	if (walk->instruction) {
		add_instruction(walk, s, len);
	} else if (walk->text && (text = open_text(walk))) {
		g_string_append_len(text, s, (gssize)len);
		walk->break_met = walk->break_met && len == 1 && *s == ' ';
	}
}

static bool walk_stop(void *data)
{
	struct docx_walk *walk = data;

	return docx_flow_failed(walk->flow);
}

/* ---- the whole ---- */

static bool read_part(struct docx_walk *walk, const char *path, const char *part, GBytes *bytes, GError **error)
{
	static const struct xml_handler handler = { .start = walk_start, .end = walk_end, .text = walk_text, .stop = walk_stop };
	bool ok;

	walk->cache = (struct ooxml_ns_cache){ 0 };
	walk->depth = walk->skip = 0;
	walk->frames[0] = (struct frame){ E_OTHER, false };
	walk->text = walk->instruction = walk->break_met = false;
	story_begin(walk, !walk->notes);
	ok = xml_read(path, part, bytes, &handler, walk, error);
	/* where reading ended early, inner stories are open */
	g_ptr_array_set_size(walk->paragraphs, 0);
	g_ptr_array_set_size(walk->tables, 0);
	g_ptr_array_set_size(walk->stories, 0);
	return ok;
}

bool docx_walk_body(struct docx_walk *walk, const char *path, const char *part, GBytes *bytes, GError **error)
{
	bool ok;

	walk->notes = NULL;
	ok = read_part(walk, path, part, bytes, error);
	docx_flow_section(walk->flow, walk->page_format, walk->page_start);
	return ok;
}

bool docx_walk_notes(struct docx_walk *walk, GHashTable *notes, const char *path, const char *part, GBytes *bytes, GError **error)
{
	bool ok;

	walk->notes = notes;
	ok = read_part(walk, path, part, bytes, error);
	walk->notes = NULL;
	return ok;
}
