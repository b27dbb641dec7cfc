/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * manuscript.c - items into the draft.
 *
 * Where pages are known, notes stand at the end of theirs; a paragraph that goes over
 * the page comes behind the notes of its first part, since a draft goes forward only.
 * Elsewhere notes stand at the end of their section, so as not to cut the text apart.
 */
#include "corpus/reader/manuscript/manuscript.h"

#include <string.h>

#include "corpus/reader/bullets.h"
#include "corpus/reader/numerals.h"
#include "corpus/reader/text/frontmatter.h"

struct numbering {
	int first_page, start;
	char style;
};

struct manuscript {
	struct document *doc;
	struct draft *draft;
	GPtrArray *pending, *at_end;	/* struct item: notes that wait */
	bool paged, titled;
	int page;
	gsize page_bytes;		/* the text before this page */
	int section_page;		/* the first of this section; 0: it has no words yet */
	GArray *sections;		/* struct numbering */
	bool relabelled;		/* page labels differ from page numbers */
};

struct manuscript *manuscript_new(struct document *doc, bool paged)
{
	struct manuscript *manuscript = g_new0(struct manuscript, 1);

	manuscript->doc = doc;
	manuscript->draft = draft_new(doc);
	draft_keep_tabs(manuscript->draft);
	manuscript->pending = g_ptr_array_new_with_free_func(item_unref);
	manuscript->at_end = g_ptr_array_new_with_free_func(item_unref);
	manuscript->sections = g_array_new(FALSE, FALSE, sizeof(struct numbering));
	manuscript->paged = paged;
	manuscript->page = paged;
	if (paged)
		draft_page(manuscript->draft, 1, NULL);
	return manuscript;
}

void manuscript_free(struct manuscript *manuscript)
{
	if (!manuscript)
		return;
	draft_free(manuscript->draft);
	g_ptr_array_unref(manuscript->pending);
	g_ptr_array_unref(manuscript->at_end);
	g_array_unref(manuscript->sections);
	g_free(manuscript);
}

bool manuscript_failed(const struct manuscript *manuscript)
{
	return draft_failed(manuscript->draft);
}

/* ---- notes ---- */

static void refer(struct manuscript *manuscript, struct item *note)
{
	g_ptr_array_add(note->end ? manuscript->at_end : manuscript->pending, item_ref(note));
}

static void lay_text(struct manuscript *manuscript, const struct item *item, gsize from, guint known);

/* A note of a note comes behind it. */
static void lay_notes(struct manuscript *manuscript, GPtrArray *notes)
{
	for (guint i = 0; i < notes->len; i++) {
		const struct item *note = notes->pdata[i];

		draft_begin(manuscript->draft, BLOCK_FOOTNOTE, 0);
		draft_label(manuscript->draft, note->label);
		lay_text(manuscript, note, 0, 0);
		draft_end(manuscript->draft);
	}
	g_ptr_array_set_size(notes, 0);
}

/* ---- laying down ---- */

struct laying {
	struct manuscript *manuscript;
	const struct item *item;
	guint notes, known;	/* of the item, that were met; that were referred to before */
};

static void next_page(struct manuscript *manuscript, bool within)
{
	manuscript->page++;
	if (within)
		draft_page_within(manuscript->draft, manuscript->page, NULL);
	else
		draft_page(manuscript->draft, manuscript->page, NULL);
	manuscript->page_bytes = draft_bytes(manuscript->draft);
}

static void lay_mark(void *data, char mark)
{
	struct laying *laying = data;
	const GPtrArray *notes = laying->item->notes;

	if (mark == MARK_PAGE && laying->manuscript->paged)
		next_page(laying->manuscript, true);
	else if (mark == MARK_NOTE && notes && laying->notes < notes->len && ++laying->notes > laying->known)
		refer(laying->manuscript, notes->pdata[laying->notes - 1]);
}

/* From a byte of its text on; known: so many of its notes were referred to before. */
static void lay_text(struct manuscript *manuscript, const struct item *item, gsize from, guint known)
{
	struct laying laying = { manuscript, item, 0, known };

	item_lay_text(manuscript->draft, item->text->str + from, item->text->len - from, lay_mark, &laying);
}

/* The page breaks that stand before its first word, which are no part of it: the offset behind them. */
static gsize leading_breaks(const struct item *item, guint *breaks)
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

/* The notes of what stands before the last page break inside the item come first. How many they are. */
static guint refer_first(struct manuscript *manuscript, const struct item *item, gsize from)
{
	const char *last = strrchr(item->text->str + from, MARK_PAGE);
	guint n = 0;

	if (!last)
		return 0;
	for (const char *s = item->text->str + from; s < last; s++)
		n += *s == MARK_NOTE;
	n = item->notes ? MIN(n, item->notes->len) : 0;
	for (guint i = 0; i < n; i++)
		refer(manuscript, item->notes->pdata[i]);
	lay_notes(manuscript, manuscript->pending);
	return n;
}

/* The item's kind and level as they stand in the draft: headings below a title are one deeper. */
static void begin(struct manuscript *manuscript, const struct item *item)
{
	enum block_kind kind = item->kind;
	int level = item->level;

	if (kind == BLOCK_HEADING && item->text->len > ITEM_HEADING_MAX_BYTES) {
		kind = BLOCK_PARAGRAPH;
		level = 0;
	} else if (kind == BLOCK_HEADING) {
		level = level == 0 ? 1 : level + manuscript->titled;
		manuscript->titled = manuscript->titled || item->level == 0;
	}
	draft_begin(manuscript->draft, kind, level);
	if (item->label)
		draft_label(manuscript->draft, item->label);
}

void manuscript_add(struct manuscript *manuscript, struct item *item)
{
	guint breaks;
	gsize behind = leading_breaks(item, &breaks);
	bool words = item_has_words(item);

	if ((breaks && manuscript->paged) || (words && item->kind == BLOCK_HEADING && !manuscript->paged))
		lay_notes(manuscript, manuscript->pending);
	for (guint i = 0; i < breaks && manuscript->paged; i++)
		next_page(manuscript, false);
	if (!words && !item->notes)
		return;
	if (words && !manuscript->section_page)	/* one that begins in the middle of a page numbers the next */
		manuscript->section_page = manuscript->page + (draft_bytes(manuscript->draft) != manuscript->page_bytes);
	breaks = manuscript->paged ? refer_first(manuscript, item, behind) : 0;
	begin(manuscript, item);
	lay_text(manuscript, item, behind, breaks);
	draft_end(manuscript->draft);
}

/* ---- page labels ---- */

void manuscript_section(struct manuscript *manuscript, char style, int start)
{
	struct numbering numbering = { manuscript->section_page, start, style };

	if (!manuscript->paged || !manuscript->section_page || manuscript->sections->len > DRAFT_PAGES_MAX)
		return;
	manuscript->relabelled = manuscript->relabelled || (start >= 0 && start != manuscript->section_page) || style != '1';
	g_array_append_val(manuscript->sections, numbering);
	manuscript->section_page = 0;
}

/* The labels of all pages, from 1. */
static const char **labels_of(struct manuscript *manuscript)
{
	const char **labels = g_new0(const char *, (gsize)manuscript->page + 1);
	char label[NUMERAL_BYTES];
	const struct numbering *section = NULL;
	guint next = 0;
	int number = 0;

	for (int page = 1; page <= manuscript->page; page++) {
		number++;
		for (; next < manuscript->sections->len && g_array_index(manuscript->sections, struct numbering, next).first_page <= page; next++) {
			section = &g_array_index(manuscript->sections, struct numbering, next);
			if (section->first_page == page && section->start >= 0)
				number = section->start;
		}
		numeral(number, section ? section->style : '1', label, sizeof label);
		labels[page] = document_string(manuscript->doc, label, -1);
	}
	return labels;
}

static void label_pages(struct manuscript *manuscript)
{
	g_autofree const char **labels = manuscript->relabelled ? labels_of(manuscript) : NULL;

	for (guint i = 0; labels && i < manuscript->doc->blocks->len; i++) {
		struct block *block = document_block(manuscript->doc, i);

		if (block->page >= 1 && block->page <= manuscript->page)
			block->page_label = labels[block->page];
	}
}

bool manuscript_finish(struct manuscript *manuscript, GError **error)
{
	lay_notes(manuscript, manuscript->pending);
	lay_notes(manuscript, manuscript->at_end);
	if (!draft_finish(manuscript->draft, error))
		return false;
	label_pages(manuscript);
	bullets_mark(manuscript->doc);
	front_matter_take(manuscript->doc);
	return true;
}
