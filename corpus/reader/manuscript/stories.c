/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stories.c - stacks of stories, paragraphs and tables.
 */
#include "corpus/reader/manuscript/stories.h"

struct story {
	GPtrArray *items;	/* NULL: the body's, which are handed out */
	struct item *carried;	/* what goes on in the next paragraph */
	void *own;
};

struct paragraph {
	struct item *item;
	GPtrArray *boxes;	/* items of the text boxes that hang on it, or NULL */
	void *own;
};

struct table {
	GPtrArray *rows;	/* of cells of items */
	bool dropped;		/* the open row */
};

struct stories {
	GPtrArray *stories, *paragraphs, *tables;
	gsize own_paragraph_bytes, own_story_bytes;
	void (*sink)(void *data, struct item *item);
	void *data;
};

static void story_free(gpointer data)
{
	struct story *story = data;

	if (story->items)
		g_ptr_array_unref(story->items);
	item_unref(story->carried);
	g_free(story->own);
	g_free(story);
}

static void paragraph_free(gpointer data)
{
	struct paragraph *paragraph = data;

	item_unref(paragraph->item);
	if (paragraph->boxes)
		g_ptr_array_unref(paragraph->boxes);
	g_free(paragraph->own);
	g_free(paragraph);
}

static void table_free(gpointer data)
{
	struct table *table = data;

	g_ptr_array_unref(table->rows);
	g_free(table);
}

static gpointer last(const GPtrArray *stack)
{
	return stack->len ? stack->pdata[stack->len - 1] : NULL;
}

static void drop_last(GPtrArray *stack)
{
	g_ptr_array_set_size(stack, (int)stack->len - 1);
}

static GPtrArray *items_new(void)
{
	return g_ptr_array_new_with_free_func(item_unref);
}

static void story_begin(struct stories *stories, bool body)
{
	struct story *story = g_new0(struct story, 1);

	story->items = body ? NULL : items_new();
	story->own = g_malloc0(stories->own_story_bytes);
	g_ptr_array_add(stories->stories, story);
}

struct stories *stories_new(gsize own_paragraph_bytes, gsize own_story_bytes, void (*sink)(void *data, struct item *item), void *data)
{
	struct stories *stories = g_new0(struct stories, 1);

	stories->stories = g_ptr_array_new_with_free_func(story_free);
	stories->paragraphs = g_ptr_array_new_with_free_func(paragraph_free);
	stories->tables = g_ptr_array_new_with_free_func(table_free);
	stories->own_paragraph_bytes = own_paragraph_bytes;
	stories->own_story_bytes = own_story_bytes;
	stories->sink = sink;
	stories->data = data;
	story_begin(stories, true);
	return stories;
}

void stories_free(struct stories *stories)
{
	if (!stories)
		return;
	g_ptr_array_unref(stories->stories);
	g_ptr_array_unref(stories->paragraphs);
	g_ptr_array_unref(stories->tables);
	g_free(stories);
}

void stories_clear(struct stories *stories)
{
	g_ptr_array_set_size(stories->paragraphs, 0);
	g_ptr_array_set_size(stories->tables, 0);
	g_ptr_array_set_size(stories->stories, 0);
	story_begin(stories, true);
}

struct item *stories_item(const struct stories *stories)
{
	const struct paragraph *paragraph = last(stories->paragraphs);

	return paragraph ? paragraph->item : NULL;
}

void *stories_paragraph(const struct stories *stories)
{
	const struct paragraph *paragraph = last(stories->paragraphs);

	return paragraph ? paragraph->own : NULL;
}

guint stories_paragraphs(const struct stories *stories)
{
	return stories->paragraphs->len;
}

void *stories_story(const struct stories *stories)
{
	return ((const struct story *)last(stories->stories))->own;
}

bool stories_in_body(const struct stories *stories)
{
	return !((const struct story *)last(stories->stories))->items;
}

/* ---- what is finished ---- */

void stories_take(struct stories *stories, struct item *item)
{
	struct story *story = last(stories->stories);

	if (story->items) {
		g_ptr_array_add(story->items, item);
		return;
	}
	stories->sink(stories->data, item);
	item_unref(item);
}

static void take_items(struct stories *stories, GPtrArray *items)
{
	for (guint i = 0; i < items->len; i++)
		if (items->pdata[i])
			stories_take(stories, g_steal_pointer(&items->pdata[i]));
}

/* Ends the innermost story and hands its items over; to be unreferenced. */
static GPtrArray *story_end(struct stories *stories)
{
	struct story *story = last(stories->stories);
	GPtrArray *items;

	if (story->carried)
		stories_take(stories, g_steal_pointer(&story->carried));
	items = g_steal_pointer(&story->items);
	drop_last(stories->stories);
	return items;
}

/* ---- paragraphs ---- */

void stories_begin_paragraph(struct stories *stories, enum block_kind kind)
{
	struct paragraph *paragraph = g_new0(struct paragraph, 1);

	paragraph->item = item_new(kind);
	paragraph->own = g_malloc0(stories->own_paragraph_bytes);
	g_ptr_array_add(stories->paragraphs, paragraph);
}

void stories_join_carried(struct stories *stories)
{
	struct story *story = last(stories->stories);

	if (story->carried)
		item_join(stories_item(stories), story->carried, true, 0);
	g_clear_pointer(&story->carried, item_unref);
}

void stories_end_paragraph(struct stories *stories, enum story_end end)
{
	struct paragraph *paragraph = last(stories->paragraphs);
	g_autoptr(GPtrArray) boxes = g_steal_pointer(&paragraph->boxes);

	if (end != STORY_DROP)
		stories_join_carried(stories);
	if (end == STORY_CARRY)
		((struct story *)last(stories->stories))->carried = g_steal_pointer(&paragraph->item);
	else if (end == STORY_TAKE)
		stories_take(stories, g_steal_pointer(&paragraph->item));
	drop_last(stories->paragraphs);
	if (boxes)
		take_items(stories, boxes);
}

/* ---- boxes and notes ---- */

void stories_begin_box(struct stories *stories)
{
	story_begin(stories, false);
}

void stories_end_box(struct stories *stories)
{
	g_autoptr(GPtrArray) items = story_end(stories);
	struct paragraph *paragraph = last(stories->paragraphs);

	if (!paragraph) {
		take_items(stories, items);
		return;
	}
	if (!paragraph->boxes)
		paragraph->boxes = items_new();
	for (guint i = 0; i < items->len; i++)
		g_ptr_array_add(paragraph->boxes, g_steal_pointer(&items->pdata[i]));
}

void stories_begin_note(struct stories *stories)
{
	story_begin(stories, false);
}

struct item *stories_end_note(struct stories *stories)
{
	g_autoptr(GPtrArray) items = story_end(stories);
	struct item *note = item_new(BLOCK_FOOTNOTE);

	for (guint i = 0; i < items->len; i++)
		item_join(note, items->pdata[i], false, i ? MARK_PARAGRAPH : 0);
	return note;
}

/* ---- tables ---- */

void stories_begin_table(struct stories *stories)
{
	struct table *table = g_new0(struct table, 1);

	table->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	g_ptr_array_add(stories->tables, table);
}

void stories_end_table(struct stories *stories)
{
	struct table *table = last(stories->tables);
	g_autoptr(GPtrArray) items = items_new();

	table_items(table->rows, items);
	drop_last(stories->tables);
	take_items(stories, items);
}

bool stories_begin_row(struct stories *stories)
{
	struct table *table = last(stories->tables);

	if (!table)
		return false;
	table->dropped = false;
	g_ptr_array_add(table->rows, g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref));
	return true;
}

void stories_drop_row(struct stories *stories)
{
	struct table *table = last(stories->tables);

	if (table)
		table->dropped = true;
}

void stories_end_row(struct stories *stories)
{
	struct table *table = last(stories->tables);

	if (table->dropped)
		drop_last(table->rows);
	table->dropped = false;
}

bool stories_begin_cell(struct stories *stories)
{
	const struct table *table = last(stories->tables);

	if (!table || !table->rows->len)
		return false;
	story_begin(stories, false);
	return true;
}

void stories_end_cell(struct stories *stories)
{
	const struct table *table = last(stories->tables);

	g_ptr_array_add(last(table->rows), story_end(stories));
}
