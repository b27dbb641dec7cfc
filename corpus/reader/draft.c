/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * draft.c - lays text and blocks down.
 */
#include "corpus/reader/draft.h"

#include <string.h>

#include "corpus/error.h"

#define COLUMN_BLANKS 3		/* part two columns, as the stages behind have it */
#define DEPTH_MAX 16	/* deeper headings and list items count as this deep */

struct draft {
	struct document *doc;
	GString *text;
	GArray *ranges;		/* struct range: of the open block */
	struct block block;	/* the open one */
	bool open;
	bool blank;		/* white space came, and no word behind it yet */
	bool tab, tabs;		/* there was a tab in it; tabs are kept */
	bool cell;		/* the next word begins another range */
	guint lines;		/* line ends that the next word is to stand behind */
	GArray *breaks;		/* struct block: of pages, inside the open block */

	int page, slide;
	const char *page_label;
	bool notes, timed;
	guint32 time_ms;
	const char *failure;	/* the limit that was passed */
};

struct draft *draft_new(struct document *doc)
{
	struct draft *draft = g_new0(struct draft, 1);

	g_assert(!doc->text_owner && !doc->blocks->len);
	draft->doc = doc;
	draft->text = g_string_new(NULL);
	draft->ranges = g_array_new(FALSE, FALSE, sizeof(struct range));
	draft->breaks = g_array_new(FALSE, FALSE, sizeof(struct block));
	return draft;
}

void draft_free(struct draft *draft)
{
	if (!draft)
		return;
	g_string_free(draft->text, TRUE);
	g_array_free(draft->ranges, TRUE);
	g_array_free(draft->breaks, TRUE);
	g_free(draft);
}

bool draft_failed(const struct draft *draft)
{
	return draft->failure != NULL;
}

gsize draft_bytes(const struct draft *draft)
{
	return draft->text->len;
}

static bool has_room(struct draft *draft)
{
	if (draft->failure)
		return false;
	if (draft->text->len > DRAFT_TEXT_MAX_BYTES)
		draft->failure = "it holds more than 64 MB of text";
	else if (draft->doc->blocks->len >= DRAFT_BLOCKS_MAX)
		draft->failure = "it holds more than two million paragraphs";
	return !draft->failure;
}

/* ---- blocks ---- */

static void add_block(struct draft *draft, struct block *block, const struct range *ranges, guint n)
{
	if (!has_room(draft))
		return;
	block->ranges = document_alloc(draft->doc, n * sizeof *ranges);
	memcpy(block->ranges, ranges, n * sizeof *ranges);
	block->n_ranges = n;
	g_array_append_vals(draft->doc->blocks, block, 1);
}

static struct block place_block(const struct draft *draft, enum block_kind kind, int level)
{
	return (struct block){
		.kind = kind, .level = CLAMP(level, 0, DEPTH_MAX), .section = -1, .panel = -1, .page = draft->page,
		.slide = draft->slide, .page_label = draft->page_label, .notes = draft->notes,
		.timed = draft->timed, .time_ms = draft->time_ms,
	};
}

void draft_end(struct draft *draft)
{
	if (draft->open && draft->ranges->len)
		add_block(draft, &draft->block, (const struct range *)(void *)draft->ranges->data, draft->ranges->len);
	if (draft->open && draft->ranges->len)
		g_string_append(draft->text, "\n\n");
	g_array_append_vals(draft->doc->blocks, draft->breaks->data, draft->breaks->len);
	g_array_set_size(draft->breaks, 0);
	draft->open = draft->blank = draft->tab = draft->cell = false;
	draft->lines = 0;
	g_array_set_size(draft->ranges, 0);
}

void draft_begin(struct draft *draft, enum block_kind kind, int level)
{
	draft_end(draft);
	draft->open = true;
	draft->block = place_block(draft, kind, level);
}

void draft_label(struct draft *draft, const char *label)
{
	if (!draft->open)
		draft_begin(draft, BLOCK_LIST_ITEM, 1);
	draft->block.label = label && *label ? document_string(draft->doc, label, -1) : NULL;
}

/* A break: a block of one byte or more between two others. */
static void add_break(struct draft *draft, enum block_kind kind, const char *mark)
{
	struct range range = { (guint32)draft->text->len, (guint32)(draft->text->len + strlen(mark)) };
	struct block block = place_block(draft, kind, 0);

	g_string_append(draft->text, mark);
	add_block(draft, &block, &range, 1);
	g_string_append_c(draft->text, '\n');
}

static void set_page(struct draft *draft, int page, const char *label)
{
	if (page > DRAFT_PAGES_MAX)
		draft->failure = "it has more than 100000 pages";
	draft->page = page;
	draft->page_label = label && *label ? document_string(draft->doc, label, -1) : NULL;
}

void draft_page(struct draft *draft, int page, const char *label)
{
	if (page == draft->page)
		return;
	draft_end(draft);
	if (draft->page && has_room(draft))
		add_break(draft, BLOCK_PAGE_BREAK, "\f");
	set_page(draft, page, label);
}

void draft_page_within(struct draft *draft, int page, const char *label)
{
	if (!draft->open || !draft->ranges->len) {
		enum block_kind kind = draft->open ? draft->block.kind : BLOCK_PARAGRAPH;
		int level = draft->open ? draft->block.level : 0;
		const char *of_item = draft->open ? draft->block.label : NULL;

		draft_page(draft, page, label);
		draft_begin(draft, kind, level);
		draft->block.label = of_item;
		return;
	}
	if (page == draft->page)
		return;
	if (draft->page && has_room(draft)) {
		struct range *range = document_alloc(draft->doc, sizeof *range);
		struct block block = place_block(draft, BLOCK_PAGE_BREAK, 0);

		g_string_append_c(draft->text, '\n');
		*range = (struct range){ (guint32)draft->text->len, (guint32)draft->text->len + 1 };
		g_string_append_c(draft->text, '\f');
		block.ranges = range;
		block.n_ranges = 1;
		g_array_append_val(draft->breaks, block);
		draft->cell = true;
	}
	set_page(draft, page, label);
}

void draft_slide(struct draft *draft, int slide)
{
	if (slide == draft->slide)
		return;
	draft_end(draft);
	draft->notes = false;
	if (draft->slide && has_room(draft))
		add_break(draft, BLOCK_SLIDE_BREAK, "---\n");
	draft->slide = slide;
}

void draft_notes(struct draft *draft, bool notes)
{
	draft_end(draft);
	draft->notes = notes;
}

/* Times of one block are of use only where it is cut: a mark in the text keeps each. */
void draft_time_within(struct draft *draft, gint64 time_ms)
{
	struct document *doc = draft->doc;
	struct time_mark mark;

	draft->timed = time_ms >= 0 && time_ms <= G_MAXUINT32;
	draft->time_ms = draft->timed ? (guint32)time_ms : 0;
	if (!draft->timed || !has_room(draft))
		return;
	mark = (struct time_mark){ (guint32)draft->text->len, draft->time_ms };
	if (!doc->times)
		doc->times = g_array_new(FALSE, FALSE, sizeof(struct time_mark));
	if (doc->times->len && g_array_index(doc->times, struct time_mark, doc->times->len - 1).offset == mark.offset)
		g_array_set_size(doc->times, doc->times->len - 1);
	g_array_append_val(doc->times, mark);
}

void draft_time(struct draft *draft, gint64 time_ms)
{
	draft_end(draft);
	draft_time_within(draft, time_ms);
}

/* ---- text ---- */

void draft_keep_tabs(struct draft *draft)
{
	draft->tabs = true;
}

void draft_line(struct draft *draft)
{
	draft->lines++;
}

void draft_cell(struct draft *draft)
{
	draft->cell = true;
}

/* What stands before the next word, as far as words have come before. */
static void lay_space(struct draft *draft)
{
	bool first = !draft->ranges->len;

	if (!draft->open) {
		draft->open = true;
		draft->block = place_block(draft, BLOCK_PARAGRAPH, 0);
	}
	if (draft->ranges->len >= DRAFT_RANGES_MAX && draft->cell) {	/* goes on in the next block */
		draft_begin(draft, draft->block.kind, draft->block.level);
		first = true;
	}
	if (first && draft->block.label && draft->block.kind == BLOCK_LIST_ITEM)
		g_string_append_printf(draft->text, "%s ", draft->block.label);
	if (!first && draft->cell)
		g_string_append(draft->text, draft->block.kind == BLOCK_TABLE_ROW ? " | " : "\n");
	else if (!first && draft->lines)
		g_string_append_c(draft->text, '\n');
	else if (!first && draft->blank)
		g_string_append_c(draft->text, draft->tab ? '\t' : ' ');
	if (first || draft->cell) {
		struct range range = { (guint32)draft->text->len, (guint32)draft->text->len };

		g_array_append_val(draft->ranges, range);
	}
	draft->cell = draft->blank = draft->tab = false;
	draft->lines = 0;
}

static void lay_word(struct draft *draft, const char *s, gsize len)
{
	if (!has_room(draft))
		return;
	lay_space(draft);
	g_string_append_len(draft->text, s, (gssize)len);
	g_array_index(draft->ranges, struct range, draft->ranges->len - 1).end = (guint32)draft->text->len;
}

static bool is_space(const char *s)
{
	return *s == ' ' || (*s >= '\t' && *s <= '\r');
}

/* The bytes of the next run that is laid down as it is: words with single blanks between
 * them, no control character, valid UTF-8. */
static gsize clean_bytes(const char *s, gsize len)
{
	gsize n = 0;

	while (n < len) {
		guchar c0 = (guchar)s[n];

		if ((c0 > 0x20 && c0 < 0x7f) || (c0 == ' ' && n && n + 1 < len && (guchar)s[n + 1] > 0x20 && (guchar)s[n + 1] < 0x7f)) {
			n++;
			continue;
		}
		if (c0 < 0x80)
			break;
		gunichar c = g_utf8_get_char_validated(s + n, (gssize)MIN(len - n, 6));
		if (c >= (gunichar)-2)
			break;
		n += (gsize)g_unichar_to_utf8(c, NULL);
	}
	return n;
}

/* The white space at s. */
static gsize take_space(struct draft *draft, const char *s, gsize len)
{
	gsize n = 0, tabs = 0, blanks = 0;

	for (; n < len && is_space(s + n); n++) {
		tabs += s[n] == '\t';
		blanks += s[n] == ' ';
	}
	draft->blank = true;
	draft->tab |= draft->tabs && (tabs || (blanks == n && n >= COLUMN_BLANKS && draft->block.kind != BLOCK_HEADING));
	return n;
}

void draft_text(struct draft *draft, const char *s, gssize len)
{
	gsize left = len < 0 ? strlen(s) : (gsize)len;

	while (left && !draft->failure) {
		gsize n = clean_bytes(s, left);

		if (n) {
			lay_word(draft, s, n);
		} else if (is_space(s)) {
			n = take_space(draft, s, left);
		} else {
			n = 1;
			if ((guchar)*s >= 0x80)
				lay_word(draft, "\xef\xbf\xbd", 3);
		}
		s += n;
		left -= n;
	}
}

bool draft_finish(struct draft *draft, GError **error)
{
	struct document *doc = draft->doc;

	draft_end(draft);
	if (draft->failure) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE, "cannot read '%s': %s", doc->path, draft->failure);
		return false;
	}
	doc->text_owner = g_string_free_to_bytes(draft->text);
	draft->text = g_string_new(NULL);
	doc->text = g_bytes_get_data(doc->text_owner, &doc->text_bytes);
	if (!doc->text)
		doc->text = "";
	return true;
}
