/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-walk.c - from elements to items, front to back.
 *
 * What a reviewer deleted is left out with all that is in it, and what was inserted is
 * text like other text. A paragraph whose mark was deleted goes on in the next one.
 */
#include "corpus/reader/office/docx-walk.h"

#include <string.h>

#include "corpus/reader/office/docx-drawings.h"
#include "corpus/reader/office/docx-fields.h"
#include "corpus/reader/office/docx-paragraph.h"

enum element {
	E_NONE, E_OTHER,
	E_P, E_PPR, E_PSTYLE, E_OUTLINE, E_NUMPR, E_ILVL, E_NUMID, E_FRAME, E_SECTION, E_NUMBERING,
	E_R, E_RPR, E_RSTYLE, E_VANISH, E_T, E_TAB, E_BR, E_CR, E_HYPHEN, E_SYM, E_PAGE, E_FOOTNOTE_REF, E_ENDNOTE_REF,
	E_FIELD, E_INSTRUCTION, E_SKIP, E_GONE, E_TBL, E_TR, E_TC, E_TRPR, E_BOX, E_SDT, E_SDT_CONTENT, E_PLACEHOLDER,
	E_ALTERNATE, E_CHOICE, E_FALLBACK, E_NOTE, E_FOREIGN, E_DIAGRAM, E_CHART,
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

/* Kept with each story; with each paragraph a struct docx_paragraph. */
struct story {
	struct docx_fields fields;
	bool hidden;		/* the run */
};

struct frame {
	enum element element;	/* E_NONE: it does nothing at its end */
	bool flag;		/* of alternatives: one was taken; of a content control: it shows a placeholder */
};

struct docx_walk {
	struct docx_parts parts;

	GHashTable *names;	/* of elements -> enum element */
	struct ooxml_ns_cache cache;
	GString *buffer;
	struct frame frames[XML_DEPTH_MAX + 2];
	guint depth, skip;

	struct stories *stories;
	bool text, instruction;	/* inside an element of text */
	bool break_met;		/* an explicit page break, and no word since */
	char page_style;	/* of the open section */
	int page_start;

	bool into_notes, end;	/* it is a part of notes that is read, of endnotes */
	int note;
	guint foreign;
};

/* ---- making and freeing ---- */

static void take_item(void *data, struct item *item)
{
	const struct docx_walk *walk = data;

	if (!walk->into_notes)	/* a part of notes has lines between them */
		manuscript_add(walk->parts.manuscript, item);
}

struct docx_walk *docx_walk_new(const struct docx_parts *parts)
{
	struct docx_walk *walk = g_new0(struct docx_walk, 1);

	walk->parts = *parts;
	walk->names = g_hash_table_new(g_str_hash, g_str_equal);
	for (gsize i = 0; i < G_N_ELEMENTS(elements); i++)
		g_hash_table_insert(walk->names, (gpointer)elements[i].name, GINT_TO_POINTER(elements[i].element));
	walk->buffer = g_string_new(NULL);
	walk->stories = stories_new(sizeof(struct docx_paragraph), sizeof(struct story), take_item, walk);
	walk->page_style = '1';
	walk->page_start = -1;
	return walk;
}

void docx_walk_free(struct docx_walk *walk)
{
	if (!walk)
		return;
	g_hash_table_unref(walk->names);
	g_string_free(walk->buffer, TRUE);
	stories_free(walk->stories);
	g_free(walk);
}

guint docx_walk_foreign(const struct docx_walk *walk)
{
	return walk->foreign;
}

static struct story *story_of(const struct docx_walk *walk)
{
	return stories_story(walk->stories);
}

static struct docx_paragraph *paragraph_of(const struct docx_walk *walk)
{
	return stories_paragraph(walk->stories);
}

/* ---- paragraphs ---- */

static void paragraph_begin(struct docx_walk *walk)
{
	struct docx_paragraph *paragraph;

	stories_begin_paragraph(walk->stories, BLOCK_PARAGRAPH);
	paragraph = paragraph_of(walk);
	paragraph->style = docx_style(walk->parts.styles, NULL);
	paragraph->outline = paragraph->list = paragraph->list_level = -1;
}

static void end_section(struct docx_walk *walk)
{
	manuscript_section(walk->parts.manuscript, walk->page_style, walk->page_start);
	walk->page_style = '1';
	walk->page_start = -1;
	docx_notes_next_section(walk->parts.notes);
}

/* A big first letter in a frame, or a paragraph whose mark was deleted, is kept for the next one. */
static void paragraph_end(struct docx_walk *walk)
{
	const struct docx_paragraph *paragraph = paragraph_of(walk);
	struct docx_fields *fields = &story_of(walk)->fields;
	struct item *item = stories_item(walk->stories);
	bool ends_section = paragraph->ends_section && stories_in_body(walk->stories);

	if (!paragraph->goes_on) {
		docx_paragraph_kind(paragraph, item, stories_paragraphs(walk->stories) > 1);
		if (paragraph->style->role == ROLE_CONTENTS || docx_fields_in_contents(fields))
			docx_paragraph_lead(item->text);
		stories_join_carried(walk->stories);
		docx_paragraph_label(paragraph, item, walk->parts.styles, walk->parts.lists);
	}
	docx_fields_end_paragraph(fields);
	stories_end_paragraph(walk->stories, paragraph->goes_on ? STORY_CARRY : STORY_TAKE);
	if (ends_section)
		end_section(walk);
}

/* ---- runs ---- */

static GString *open_text(struct docx_walk *walk)
{
	const struct docx_paragraph *paragraph = paragraph_of(walk);
	const struct story *story = story_of(walk);

	return !paragraph || story->hidden || paragraph->style->hidden || docx_fields_in_instruction(&story->fields) ?
	       NULL : stories_item(walk->stories)->text;
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
	if (!walk->parts.paged || stories_paragraphs(walk->stories) != 1 || walk->into_notes) {
		if (asked)
			add_mark(walk, MARK_LINE);
		return;
	}
	if (asked || !walk->break_met) {
		g_string_append_c(stories_item(walk->stories)->text, MARK_PAGE);
		docx_notes_next_page(walk->parts.notes);
	}
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
	const char *custom = xml_attribute(attributes, "customMarkFollows", walk->buffer);
	bool marked = custom && ooxml_is_on(custom);
	int id = ooxml_int(xml_attribute(attributes, "id", walk->buffer), G_MININT, G_MAXINT, -1);
	struct item *note = open_text(walk) && !walk->into_notes ? docx_notes_refer(walk->parts.notes, end, id, marked) : NULL;

	if (note)
		item_add_note(stories_item(walk->stories), note);
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
	struct docx_paragraph *paragraph = paragraph_of(walk);
	struct story *story = story_of(walk);
	const char *value = xml_attribute(attributes, "val", walk->buffer);

	if (!paragraph)
		return;
	switch (element) {
	case E_PSTYLE:
		paragraph->style = docx_style(walk->parts.styles, value);
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
		story->hidden = story->hidden || (value && docx_style(walk->parts.styles, value)->hidden);
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
	struct docx_paragraph *paragraph = paragraph_of(walk);

	if (paragraph && stories_paragraphs(walk->stories) == 1)
		paragraph->ends_section = true;
}

static void number_pages(struct docx_walk *walk, const struct xml_attributes *attributes)
{
	const char *value = xml_attribute(attributes, "fmt", walk->buffer);

	walk->page_style = docx_numeral(value);
	walk->page_start = ooxml_int(xml_attribute(attributes, "start", walk->buffer), 0, DRAFT_PAGES_MAX, -1);
}

/* Something deleted: a run with its text; the mark of a paragraph; a row. True where what is in
 * it is to be skipped. */
static bool begin_deleted(struct docx_walk *walk)
{
	struct docx_paragraph *paragraph = paragraph_of(walk);
	enum element within = parent(walk, 1)->element;

	if (within == E_RPR && parent(walk, 2)->element == E_PPR && paragraph)
		paragraph->goes_on = true;
	else if (within == E_TRPR)
		stories_drop_row(walk->stories);
	return true;
}

/* True where the element means something at its end. */
static bool begin_structure(struct docx_walk *walk, enum element element, const struct xml_attributes *attributes)
{
	const char *value;

	switch (element) {
	case E_P:
		paragraph_begin(walk);
		return true;
	case E_TBL:
		stories_begin_table(walk->stories);
		return true;
	case E_TR:
		return stories_begin_row(walk->stories);
	case E_TC:
		return stories_begin_cell(walk->stories);
	case E_BOX:
		stories_begin_box(walk->stories);
		return true;
	case E_NOTE:
		value = xml_attribute(attributes, "type", walk->buffer);
		if (!walk->into_notes || stories_paragraphs(walk->stories) || (value && strcmp(value, "normal")))
			return false;
		walk->note = ooxml_int(xml_attribute(attributes, "id", walk->buffer), G_MININT, G_MAXINT, -1);
		stories_begin_note(walk->stories);
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
		docx_fields_mark(&story_of(walk)->fields, xml_attribute(attributes, "fldCharType", walk->buffer));
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
		return story_of(walk)->hidden || !stories_paragraphs(walk->stories);
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
		story_of(walk)->hidden = false;
	else if (element == E_SECTION)
		begin_section(walk);
	else if (element == E_NUMBERING)
		number_pages(walk, attributes);
	else if (element == E_PLACEHOLDER && parent(walk, 2)->element == E_SDT)
		parent(walk, 2)->flag = true;
	else if (element == E_FOREIGN)
		walk->foreign++;
	else if ((element == E_DIAGRAM || element == E_CHART) && open_text(walk) && !walk->into_notes)
		docx_drawing_take(&walk->parts, walk->stories, element == E_CHART,
		                  xml_attribute_ns(attributes, "/relationships", element == E_CHART ? "id" : "dm", walk->buffer));
	else if ((element == E_P || element == E_TBL || element == E_TR || element == E_TC || element == E_BOX || element == E_NOTE) &&
	         !begin_structure(walk, element, attributes))
		frame->element = E_NONE;
}

/* ---- what elements end ---- */

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
		story_of(walk)->hidden = false;
		break;
	case E_P:
		paragraph_end(walk);
		break;
	case E_TC:
		stories_end_cell(walk->stories);
		break;
	case E_TR:
		stories_end_row(walk->stories);
		break;
	case E_TBL:
		stories_end_table(walk->stories);
		break;
	case E_BOX:
		stories_end_box(walk->stories);
		break;
	case E_NOTE:
		docx_notes_add(walk->parts.notes, walk->end, walk->note, stories_end_note(walk->stories));
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
	case NS_DIAGRAM:
		return !strcmp(name, "relIds") ? E_DIAGRAM : E_OTHER;
	case NS_CHART:
		return !strcmp(name, "chart") ? E_CHART : E_OTHER;
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
		docx_fields_instruct(&story_of(walk)->fields, s, len);
	} else if (walk->text && (text = open_text(walk))) {
		g_string_append_len(text, s, (gssize)len);
		walk->break_met = walk->break_met && len == 1 && *s == ' ';
	}
}

static bool walk_stop(void *data)
{
	struct docx_walk *walk = data;

	return manuscript_failed(walk->parts.manuscript);
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
	ok = xml_read(path, part, bytes, &handler, walk, error);
	stories_clear(walk->stories);	/* where reading ended early, inner ones are open */
	return ok;
}

bool docx_walk_body(struct docx_walk *walk, const char *path, const char *part, GBytes *bytes, GError **error)
{
	bool ok;

	ok = read_part(walk, path, part, bytes, error);
	end_section(walk);
	return ok;
}

bool docx_walk_notes(struct docx_walk *walk, bool end, const char *path, const char *part, GBytes *bytes, GError **error)
{
	bool ok;

	walk->into_notes = true;
	walk->end = end;
	ok = read_part(walk, path, part, bytes, error);
	walk->into_notes = false;
	return ok;
}
