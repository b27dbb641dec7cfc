/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * contents.c - the table of contents, by its leaders ("Title ....... 12"): which
 * block is one, and the titles that it promises. A line of the text that is one
 * of them is a heading.
 */
#include "corpus/outline/outline.h"

#include <string.h>

#include "corpus/pieces.h"
#include "corpus/words.h"

#define LEADER_DOTS 4
#define ENTRY_BYTES_MAX 300
#define TITLE_BYTES_MIN 6	/* folded: a shorter one is a word like another */
#define TITLE_LINES_MAX 4

guint32 contents_leader_at(const char *s, guint32 from, guint32 end)
{
	guint32 pos = end, dots = 0;
	while (pos > from && (g_ascii_isspace(s[pos - 1]) || g_ascii_isdigit(s[pos - 1])))
		pos--;
	if (pos == end || !g_ascii_isdigit(s[end - 1]))
		return 0;
	while (pos > from && (s[pos - 1] == '.' || s[pos - 1] == ' ')) {
		dots += s[pos - 1] == '.';
		pos--;
	}
	return dots >= LEADER_DOTS && pos > from ? pos : 0;
}

static guint32 trimmed(const struct piece *piece, guint32 end)
{
	while (end > 0 && g_ascii_isspace(piece->s[end - 1]))
		end--;
	return end;
}

bool contents_lines(const struct piece *piece)
{
	guint leaders = 0, lines = 0;
	for (guint32 pos = 0, end; pos < piece->len; pos = end + 1, lines++) {
		end = text_line_end(piece->s, pos, piece->len);
		leaders += contents_leader_at(piece->s, pos, trimmed(piece, end)) > 0;
	}
	return leaders >= 1 && leaders * 3 >= lines && leaders + 1 >= MIN(lines, 3);
}

static void add_titles(GHashTable *titles, const struct piece *piece, GString *folded)
{
	guint32 begin = 0;	/* of the entry, which may go over lines */
	for (guint32 pos = 0, end; pos < piece->len; pos = end + 1) {
		end = text_line_end(piece->s, pos, piece->len);
		guint32 leader = contents_leader_at(piece->s, pos, trimmed(piece, end));
		if (leader == 0)
			continue;
		/* all of its lines, and the last alone */
		for (guint32 from = begin; from < leader; from = text_line_end(piece->s, from, piece->len) + 1) {
			words_fold_to(folded, piece->s, from, MIN(leader, from + ENTRY_BYTES_MAX));
			if (folded->len >= TITLE_BYTES_MIN)
				g_hash_table_add(titles, g_strdup(folded->str));
		}
		begin = end + 1;
	}
}

GHashTable *contents_titles(const struct document *doc)
{
	g_autoptr(GString) buffer = g_string_new(NULL), folded = g_string_new(NULL);
	GHashTable *titles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->n_ranges == 0 || block_is_silent(block) ||
		    memchr(doc->text + block_start(block), '.', block_end(block) - block_start(block)) == NULL)
			continue;
		struct piece piece = piece_of(doc, block, buffer);
		if (contents_lines(&piece))
			add_titles(titles, &piece, folded);
	}
	return titles;
}

guint32 contents_title_at(GHashTable *titles, const struct piece *piece, GString *folded)
{
	guint32 found = 0;
	guint lines = 0;
	for (guint32 pos = 0, end; pos < piece->len && lines < TITLE_LINES_MAX && g_hash_table_size(titles) > 0; pos = end + 1, lines++) {
		end = text_line_end(piece->s, pos, piece->len);
		if (end > ENTRY_BYTES_MAX)
			break;
		words_fold_to(folded, piece->s, 0, end);
		if (g_hash_table_contains(titles, folded->str))
			found = MIN(end + 1, piece->len);
	}
	return found;
}
