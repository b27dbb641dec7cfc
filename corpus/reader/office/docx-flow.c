/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-flow.c - items into the draft.
 *
 * Where pages are known, notes stand at the end of theirs; a paragraph that goes over
 * the page comes behind the notes of its first part, since a draft goes forward only.
 * Elsewhere notes stand at the end of their section, so as not to cut the text apart.
 */
#include "corpus/reader/office/docx-flow.h"

#include <string.h>

#include "corpus/reader/office/docx-lists.h"

#define HEADING_MAX_BYTES 300	/* what is longer is text in a heading's style */

struct note {
	const struct docx_item *item;
	char *label;
};

struct numbering {
	int first_page, start;
	char *format;
};

struct docx_flow {
	struct document *doc;
	struct draft *draft;
	GHashTable *footnotes, *endnotes;	/* id -> item */
	GHashTable *seen[2];			/* ids of notes that were referred to: a second time they are not laid down again */
	GArray *pending, *at_end;		/* struct note */
	bool paged, titled;
	int page;
	gsize page_bytes;			/* the text before this page */
	int section_page;			/* the first of this section; 0: it has no words yet */
	GArray *sections;			/* struct numbering */
	bool relabelled;			/* page labels differ from page numbers */
};

/* ---- items ---- */

struct docx_item *docx_item_new(void)
{
	struct docx_item *item = g_new0(struct docx_item, 1);

	item->kind = BLOCK_PARAGRAPH;
	item->text = g_string_new(NULL);
	return item;
}

void docx_item_free(gpointer data)
{
	struct docx_item *item = data;

	if (!item)
		return;
	g_free(item->label);
	g_string_free(item->text, TRUE);
	if (item->notes)
		g_array_unref(item->notes);
	g_free(item);
}

guint docx_item_words(const struct docx_item *item)
{
	guint words = 0;
	bool inside = false;

	for (gsize i = 0; i < item->text->len; i++) {
		bool word = (guchar)item->text->str[i] > ' ';

		words += word && !inside;
		inside = word;
	}
	return words;
}

void docx_item_join(struct docx_item *item, const struct docx_item *other, bool before, char mark)
{
	char between[2] = { mark, 0 };

	if (before) {
		g_string_prepend(item->text, between);
		g_string_prepend_len(item->text, other->text->str, (gssize)other->text->len);
	} else {
		g_string_append(item->text, between);
		g_string_append_len(item->text, other->text->str, (gssize)other->text->len);
	}
	if (!other->notes || !other->notes->len)
		return;
	if (!item->notes)
		item->notes = g_array_new(FALSE, FALSE, sizeof(struct docx_note_reference));
	if (before)
		g_array_prepend_vals(item->notes, other->notes->data, other->notes->len);
	else
		g_array_append_vals(item->notes, other->notes->data, other->notes->len);
}

/* ---- the flow ---- */

static void note_clear(gpointer note)
{
	g_free(((struct note *)note)->label);
}

static void numbering_clear(gpointer numbering)
{
	g_free(((struct numbering *)numbering)->format);
}

struct docx_flow *docx_flow_new(struct document *doc, GHashTable *footnotes, GHashTable *endnotes, bool paged)
{
	struct docx_flow *flow = g_new0(struct docx_flow, 1);

	flow->doc = doc;
	flow->draft = draft_new(doc);
	draft_keep_tabs(flow->draft);
	flow->footnotes = footnotes;
	flow->endnotes = endnotes;
	flow->seen[0] = g_hash_table_new(NULL, NULL);
	flow->seen[1] = g_hash_table_new(NULL, NULL);
	flow->pending = g_array_new(FALSE, FALSE, sizeof(struct note));
	flow->at_end = g_array_new(FALSE, FALSE, sizeof(struct note));
	g_array_set_clear_func(flow->pending, note_clear);
	g_array_set_clear_func(flow->at_end, note_clear);
	flow->sections = g_array_new(FALSE, FALSE, sizeof(struct numbering));
	g_array_set_clear_func(flow->sections, numbering_clear);
	flow->paged = paged;
	flow->page = paged;
	if (paged)
		draft_page(flow->draft, 1, NULL);
	return flow;
}

void docx_flow_free(struct docx_flow *flow)
{
	if (!flow)
		return;
	draft_free(flow->draft);
	for (int i = 0; i < 2; i++)
		g_hash_table_unref(flow->seen[i]);
	g_array_unref(flow->pending);
	g_array_unref(flow->at_end);
	g_array_unref(flow->sections);
	g_free(flow);
}

bool docx_flow_failed(const struct docx_flow *flow)
{
	return draft_failed(flow->draft);
}

/* ---- notes ---- */

static void refer(struct docx_flow *flow, const struct docx_note_reference *reference)
{
	GHashTable *seen = flow->seen[reference->end];
	struct note note = { .item = g_hash_table_lookup(reference->end ? flow->endnotes : flow->footnotes, GINT_TO_POINTER(reference->id)) };
	g_autoptr(GString) label = g_string_new(NULL);

	if (!note.item || g_hash_table_size(seen) >= DOCX_NOTE_REFERENCES_MAX || !g_hash_table_add(seen, GINT_TO_POINTER(reference->id)))
		return;
	docx_number(label, reference->end ? "lowerRoman" : "decimal", g_hash_table_size(seen));
	note.label = g_string_free(g_steal_pointer(&label), FALSE);
	g_array_append_val(reference->end ? flow->at_end : flow->pending, note);
}

static void lay_text(struct docx_flow *flow, const struct docx_item *item);

static void lay_notes(struct docx_flow *flow, GArray *notes)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct note));

	g_array_append_vals(all, notes->data, notes->len);
	for (guint i = 0; i < all->len; i++) {
		const struct note *note = &g_array_index(all, struct note, i);

		draft_begin(flow->draft, BLOCK_FOOTNOTE, 0);
		draft_label(flow->draft, note->label);
		lay_text(flow, note->item);
		draft_end(flow->draft);
	}
	g_array_set_size(notes, 0);
}

/* ---- laying down ---- */

static void next_page(struct docx_flow *flow, bool within)
{
	flow->page++;
	if (within)
		draft_page_within(flow->draft, flow->page, NULL);
	else
		draft_page(flow->draft, flow->page, NULL);
	flow->page_bytes = draft_bytes(flow->draft);
}

static void lay_mark(struct docx_flow *flow, const struct docx_item *item, char mark, guint *notes)
{
	switch (mark) {
	case MARK_PAGE:
		next_page(flow, true);
		break;
	case MARK_NOTE:
		if (item->notes && *notes < item->notes->len)
			refer(flow, &g_array_index(item->notes, struct docx_note_reference, (*notes)++));
		break;
	case MARK_CELL:
		draft_cell(flow->draft);
		break;
	default:
		draft_line(flow->draft);
	}
}

static bool is_mark(char c)
{
	return c >= MARK_LINE && c <= MARK_PARAGRAPH;
}

static void lay_text(struct docx_flow *flow, const struct docx_item *item)
{
	const char *s = item->text->str, *end = s + item->text->len;
	guint notes = 0;

	while (s < end) {
		const char *from = s;

		while (s < end && !is_mark(*s))
			s++;
		if (s > from)
			draft_text(flow->draft, from, s - from);
		if (s < end)
			lay_mark(flow, item, *s++, &notes);
	}
}

/* The page breaks that stand before its first word, which are no part of it: the offset behind them. */
static gsize leading_breaks(const struct docx_item *item, guint *breaks)
{
	const char *s = item->text->str;
	gsize behind = 0;

	*breaks = 0;
	for (gsize i = 0; i < item->text->len && ((guchar)s[i] <= ' ') && s[i] != MARK_NOTE; i++) {
		if (s[i] != MARK_PAGE)
			continue;
		(*breaks)++;
		behind = i + 1;
	}
	return behind;
}

/* The notes of what stands before the last page break inside the item: they come first. */
static void refer_first(struct docx_flow *flow, struct docx_item *item)
{
	const char *last = strrchr(item->text->str, MARK_PAGE);
	guint n = 0;

	if (!last)
		return;
	for (char *s = item->text->str; s < last; s++)
		n += *s == MARK_NOTE;
	for (guint i = 0; item->notes && i < MIN(n, item->notes->len); i++)
		refer(flow, &g_array_index(item->notes, struct docx_note_reference, i));
	lay_notes(flow, flow->pending);
}

static bool has_words(const struct docx_item *item)
{
	for (gsize i = 0; i < item->text->len; i++)
		if ((guchar)item->text->str[i] > ' ')
			return true;
	return false;
}

/* The item's kind and level as they stand in the draft: headings below a title are one deeper. */
static void begin(struct docx_flow *flow, const struct docx_item *item)
{
	enum block_kind kind = item->kind;
	int level = item->level;

	if (kind == BLOCK_HEADING && item->text->len > HEADING_MAX_BYTES) {
		kind = BLOCK_PARAGRAPH;
		level = 0;
	} else if (kind == BLOCK_HEADING) {
		level = level == 0 ? 1 : level + flow->titled;
		flow->titled = flow->titled || item->level == 0;
	}
	draft_begin(flow->draft, kind, level);
	if (item->label)
		draft_label(flow->draft, item->label);
}

void docx_flow_add(struct docx_flow *flow, const struct docx_item *item)
{
	guint breaks;
	gsize behind = leading_breaks(item, &breaks);
	struct docx_item *rest = NULL;
	bool words = has_words(item);

	if ((breaks && flow->paged) || (words && item->kind == BLOCK_HEADING && !flow->paged))
		lay_notes(flow, flow->pending);
	for (guint i = 0; i < breaks && flow->paged; i++)
		next_page(flow, false);
	if (!words && !item->notes)
		return;
	if (behind) {
		rest = docx_item_new();
		*rest = (struct docx_item){ item->kind, item->level, g_strdup(item->label), rest->text, item->notes ? g_array_ref(item->notes) : NULL };
		g_string_append_len(rest->text, item->text->str + behind, (gssize)(item->text->len - behind));
		item = rest;
	}
	if (words && !flow->section_page)	/* one that begins in the middle of a page numbers the next */
		flow->section_page = flow->page + (draft_bytes(flow->draft) != flow->page_bytes);
	if (memchr(item->text->str, MARK_PAGE, item->text->len))
		refer_first(flow, (struct docx_item *)item);
	begin(flow, item);
	lay_text(flow, item);
	draft_end(flow->draft);
	docx_item_free(rest);
}

/* ---- page labels ---- */

void docx_flow_section(struct docx_flow *flow, const char *format, int start)
{
	struct numbering numbering = { flow->section_page, start, g_strdup(format ? format : "decimal") };

	if (!flow->paged || !flow->section_page || flow->sections->len > DRAFT_PAGES_MAX) {
		g_free(numbering.format);
		return;
	}
	flow->relabelled = flow->relabelled || (start >= 0 && start != flow->section_page) || strcmp(numbering.format, "decimal");
	g_array_append_val(flow->sections, numbering);
	flow->section_page = 0;
}

/* The labels of all pages, from 1. */
static const char **labels_of(struct docx_flow *flow)
{
	const char **labels = g_new0(const char *, (gsize)flow->page + 1);
	g_autoptr(GString) label = g_string_new(NULL);
	const struct numbering *section = NULL;
	guint next = 0;
	int number = 0;

	for (int page = 1; page <= flow->page; page++) {
		number++;
		for (; next < flow->sections->len && g_array_index(flow->sections, struct numbering, next).first_page <= page; next++) {
			section = &g_array_index(flow->sections, struct numbering, next);
			if (section->first_page == page && section->start >= 0)
				number = section->start;
		}
		g_string_truncate(label, 0);
		docx_number(label, section ? section->format : "decimal", (guint)number);
		labels[page] = document_string(flow->doc, label->str, -1);
	}
	return labels;
}

static void label_pages(struct docx_flow *flow)
{
	g_autofree const char **labels = flow->relabelled ? labels_of(flow) : NULL;

	for (guint i = 0; labels && i < flow->doc->blocks->len; i++) {
		struct block *block = document_block(flow->doc, i);

		if (block->page >= 1 && block->page <= flow->page)
			block->page_label = labels[block->page];
	}
}

bool docx_flow_finish(struct docx_flow *flow, GError **error)
{
	lay_notes(flow, flow->pending);
	lay_notes(flow, flow->at_end);
	if (!draft_finish(flow->draft, error))
		return false;
	label_pages(flow);
	return true;
}
