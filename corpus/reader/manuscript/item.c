/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * item.c - items, and their text into a draft.
 */
#include "corpus/reader/manuscript/item.h"

#include <string.h>

struct item *item_new(enum block_kind kind)
{
	struct item *item = g_new0(struct item, 1);

	item->references = 1;
	item->kind = kind;
	item->text = g_string_new(NULL);
	return item;
}

struct item *item_ref(struct item *item)
{
	item->references++;
	return item;
}

void item_unref(gpointer data)
{
	struct item *item = data;

	if (!item || --item->references)
		return;
	g_free(item->label);
	g_string_free(item->text, TRUE);
	if (item->notes)
		g_ptr_array_unref(item->notes);
	g_free(item);
}

bool item_has_words(const struct item *item)
{
	for (gsize i = 0; i < item->text->len; i++)
		if ((guchar)item->text->str[i] > ' ')
			return true;
	return false;
}

guint item_words(const struct item *item)
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

static void take_notes(struct item *item, const struct item *other, bool before)
{
	if (!other->notes)
		return;
	if (!item->notes)
		item->notes = g_ptr_array_new_with_free_func(item_unref);
	for (guint i = 0; i < other->notes->len; i++)
		g_ptr_array_insert(item->notes, before ? (int)i : -1, item_ref(other->notes->pdata[i]));
}

void item_join(struct item *item, const struct item *other, bool before, char mark)
{
	char between[2] = { mark, 0 };

	if (before) {
		g_string_prepend(item->text, between);
		g_string_prepend_len(item->text, other->text->str, (gssize)other->text->len);
	} else {
		g_string_append(item->text, between);
		g_string_append_len(item->text, other->text->str, (gssize)other->text->len);
	}
	take_notes(item, other, before);
}

void item_add_note(struct item *item, struct item *note)
{
	if (!item->notes)
		item->notes = g_ptr_array_new_with_free_func(item_unref);
	g_ptr_array_add(item->notes, item_ref(note));
	g_string_append_c(item->text, MARK_NOTE);
}

static bool is_mark(char c)
{
	return c >= MARK_LINE && c <= MARK_PARAGRAPH;
}

void item_lay_text(struct draft *draft, const char *s, gsize len, void (*other)(void *data, char mark), void *data)
{
	const char *end = s + len;

	while (s < end) {
		const char *from = s;

		while (s < end && !is_mark(*s))
			s++;
		if (s > from)
			draft_text(draft, from, s - from);
		if (s == end)
			break;
		if (*s == MARK_CELL)
			draft_cell(draft);
		else if (*s == MARK_LINE || *s == MARK_PARAGRAPH)
			draft_line(draft);
		else if (other)
			other(data, *s);
		else
			draft_text(draft, " ", 1);
		s++;
	}
}
