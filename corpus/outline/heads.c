/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * heads.c - lines that say who chairs, takes part or wrote ("Chair: Name, House",
 * "By Name") right below a title, with no gap between: cut off, so that the title
 * is one; and titles of panels, and those that the table of contents has, right
 * above their text.
 */
#include "corpus/outline/outline.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define LINES_MAX 12
#define TITLE_WORDS_MAX 18
#define HEAD_BYTES_MAX 60
#define LAST_TITLE_BYTES 70
#define HEAD_WORDS_MAX 45	/* of a title and who is named below it */
#define TITLE_LINES_MAX 3
#define TEXT_BYTES_MIN 120	/* of running text below a title */

/* "By Ann Bell, Director, House of Salt" */
static bool is_byline(const char *s, guint32 pos, guint32 end, GString *folded)
{
	struct word word;
	struct name name;
	guint32 next = pos;
	if (!word_next(s, &next, end, &word) || !word.upper)
		return false;
	words_fold_to(folded, s, word.start, word.end);
	return cue_is(CUE_BY, folded->str, -1) && word_next(s, &next, end, &word) && name_scan(s, word.start, end, &name) &&
	       name.words >= 2 && (name.end >= end || s[name.end] == ',');
}

static bool is_head(const char *s, guint32 pos, guint32 end, GString *folded)
{
	const char *colon = memchr(s + pos, ':', MIN(end - pos, HEAD_BYTES_MAX));
	if (colon == NULL)
		return false;
	words_fold_to(folded, s, pos, (guint32)(colon - s));
	return cue_is(CUE_MODERATOR, folded->str, -1) || cue_is(CUE_PEOPLE, folded->str, -1) || cue_is(CUE_CHAIR, folded->str, -1);
}

/* "SPEAKERS" right above the lines of a list: where these begin; 0. */
static guint32 behind_list_head(const struct piece *piece, GString *folded)
{
	const char *feed = memchr(piece->s, '\n', piece->len);
	if (feed == NULL || feed - piece->s > HEAD_BYTES_MAX)
		return 0;
	guint32 line = (guint32)(feed - piece->s);
	words_fold_to(folded, piece->s, 0, line);
	bool head = cue_is(CUE_PEOPLE, folded->str, -1) || cue_is(CUE_AGENDA, folded->str, -1) || cue_is(CUE_REFERENCES, folded->str, -1);
	return head && !text_ends_sentence(piece->s, piece_range(piece)) ? line + 1 : 0;
}

/* "Session 2: Title" right above running text: where that begins; 0. */
static guint32 behind_panel_head(const struct piece *piece)
{
	const char *feed = memchr(piece->s, '\n', piece->len);
	guint32 line = feed == NULL ? 0 : (guint32)(feed - piece->s);
	guint number;
	guint32 label = line > 0 ? panel_label(piece->s, line, &number) : 0;
	struct range title = { 0, line }, text = { line, piece->len };
	if (label == 0 || number == 0 || label + 1 >= line ||
	    !(strchr(":.|-", piece->s[label]) || (guchar)piece->s[label] >= 0x80 || piece->s[label + 1] == '-' ||
	      (guchar)piece->s[label + 1] >= 0x80))
		return 0;
	return !text_ends_sentence(piece->s, title) && words_count(piece->s, title, TITLE_WORDS_MAX + 1) <= TITLE_WORDS_MAX &&
	       piece->len > line + TEXT_BYTES_MIN && !text_begins_small(piece->s, text) && text_ends_sentence(piece->s, text) ? line + 1 : 0;
}

/* "WHO PAYS?": a title, for all that it ends a sentence. */
static bool asks_in_capitals(const char *s, struct range line)
{
	struct range text = text_trim(s, line);
	return text_in_capitals(s, text) && s[text.end - 1] == '?';
}

/* "Paper 1. Who keeps the fish?" */
static bool asks_in_label(const char *s, struct range line)
{
	guint number;
	struct range text = text_trim(s, line);
	return text.end > text.start && s[text.end - 1] == '?' && panel_label(s + text.start, text.end - text.start, &number) > 0;
}

/* "CONTACT GROUPS" right above running text, which begins like a sentence: where that
 * begins; 0. */
static guint32 behind_capitals(const struct piece *piece)
{
	const char *feed = memchr(piece->s, '\n', piece->len);
	struct word word;
	guint32 line = feed == NULL ? 0 : (guint32)(feed - piece->s), letters = 0, widest = 0;
	if (line == 0 || piece->len < line + TEXT_BYTES_MIN ||
	    (text_ends_sentence(piece->s, (struct range){ 0, line }) && !asks_in_capitals(piece->s, (struct range){ 0, line })) ||
	    words_count(piece->s, (struct range){ 0, line }, TITLE_WORDS_MAX + 1) > TITLE_WORDS_MAX)
		return 0;
	for (guint32 pos = 0; word_next(piece->s, &pos, line, &word);) {
		if (!word.caps)
			return 0;
		letters += word.end - word.start;
	}
	for (guint32 pos = line + 1, end; pos < piece->len; pos = end + 1) {
		const char *next = memchr(piece->s + pos, '\n', piece->len - pos);
		end = next == NULL ? piece->len : (guint32)(next - piece->s);
		widest = MAX(widest, end - pos);
	}
	struct range text = { line + 1, piece->len };
	return letters >= 4 && line * 5 < widest * 3 && !text_begins_small(piece->s, text) && text_ends_sentence(piece->s, text) &&
	       strchr(",;-", piece->s[line - 1]) == NULL ? line + 1 : 0;
}

/* "Ann Bell", "Dr. Ann Bell, House of Salt", "Ann Bell (House of Salt)": the line names
 * somebody. */
static bool names_somebody(const char *s, struct range line, GString *folded)
{
	struct range text = text_trim(s, line);
	struct name name;
	if (text.end <= text.start || !name_scan(s, text.start, text.end, &name) || name.words < 2 || name.honorific > text.start)
		return false;
	words_fold_to(folded, s, name.start, name.end);
	if (cue_holds(CUE_BODY, folded->str) || cue_holds(CUE_EVENT, folded->str) || cue_holds(CUE_COUNTRY, folded->str) ||
	    cue_holds(CUE_NOT_NAME, folded->str))
		return false;
	if (name.end >= text.end)
		return name.honorific < name.start;
	bool house = s[name.end] == ' ' && name.end + 3 < text.end && s[name.end + 1] == '(' && s[text.end - 1] == ')';
	words_fold_to(folded, s, name.end, text.end);
	return house || (s[name.end] == ',' && (name.honorific < name.start || cue_holds(CUE_BODY, folded->str) || cue_holds(CUE_ROLE, folded->str)));
}

/* "Impulse 1", "Who pays?", "Dr. Ann Bell, House of Salt" on lines of one block that is no
 * text: where the one begins that names somebody; 0. */
static guint32 named_below_title(const struct piece *piece, GString *folded)
{
	const char *first = memchr(piece->s, '\n', piece->len);
	if (first == NULL || text_ends_sentence(piece->s, piece_range(piece)) ||
	    words_count(piece->s, piece_range(piece), HEAD_WORDS_MAX + 1) > HEAD_WORDS_MAX ||
	    names_somebody(piece->s, (struct range){ 0, (guint32)(first - piece->s) }, folded))
		return 0;
	guint line = 0, named = 0;
	guint32 at = 0;
	for (guint32 pos = 0, end; pos < piece->len; pos = end + 1, line++) {
		end = text_line_end(piece->s, pos, piece->len);
		if (is_head(piece->s, pos, end, folded))	/* a list of people */
			return 0;
		if (line == 0 || !names_somebody(piece->s, (struct range){ pos, end }, folded))
			continue;
		at = pos;
		if (++named > 1 || line > TITLE_LINES_MAX)
			return 0;
	}
	return at;
}

/* Where the first such line begins below a line that can be a title; 0. */
static guint32 heads_at(const struct piece *piece, GString *folded)
{
	const char *s = piece->s;
	guint lines = 0;
	guint32 list = behind_list_head(piece, folded);
	if (list == 0)
		list = behind_panel_head(piece);
	if (list == 0)
		list = behind_capitals(piece);
	if (list == 0)
		list = named_below_title(piece, folded);
	if (list > 0)
		return list;
	for (guint32 pos = 0; pos < piece->len && lines < LINES_MAX; lines++) {
		guint32 end = text_line_end(s, pos, piece->len);
		words_fold_to(folded, s, pos, MIN(end, pos + HEAD_BYTES_MAX));
		if (pos > 0 && cue_begins(CUE_ORGANISED, folded->str) > 0)
			return pos;
		bool panel = pos == 0 && panel_label(s, end, &(guint){ 0 }) > 0 && end < piece->len;	/* "Podium: Who pays?" */
		if ((is_head(s, pos, end, folded) && !panel) || (pos > 0 && is_byline(s, pos, end, folded)))
			return pos;
		struct range line = { pos, end };
		if (lines > 2 || (text_ends_sentence(s, line) && !asks_in_capitals(s, line) && !asks_in_label(s, line)) ||
		    words_count(s, line, TITLE_WORDS_MAX + 1) > TITLE_WORDS_MAX)
			return 0;
		pos = end + 1;
	}
	return 0;
}

static guint32 indent_of(const struct document *doc, guint32 at)
{
	guint32 line = at;
	while (line > 0 && doc->text[line - 1] != '\n')
		line--;
	return at - line;
}

static bool is_title(const char *s, struct range line)
{
	struct word word;
	guint32 pos = line.start;
	return line.end > line.start && line.end - line.start <= LAST_TITLE_BYTES && !text_ends_sentence(s, line) &&
	       word_next(s, &pos, line.end, &word) && word.upper && word.start == line.start &&
	       words_count(s, line, TITLE_WORDS_MAX + 1) <= TITLE_WORDS_MAX && strchr(",;:", s[line.end - 1]) == NULL;
}

/* Where paragraphs follow each other with no gap, their first lines indented, a title
 * stands behind the end of a sentence and above an indented line: its line, as
 * offsets of the document; false where there is none from `from` on. */
static bool title_within(const struct document *doc, guint32 from, guint32 to, guint32 below, struct range *title)
{
	const char *s = doc->text;
	for (guint32 pos = from, end; pos < to; pos = end + 1) {
		end = text_line_end(s, pos, to);
		guint32 next = end;
		while (next < below && g_ascii_isspace(s[next]))
			next++;
		*title = text_trim(s, (struct range){ pos, end });
		if (pos > from && next < below + 1 && is_title(s, *title) && text_ends_sentence(s, (struct range){ from, pos }) &&
		    text_line_feeds(s, end, next) == 1 && indent_of(doc, next) > indent_of(doc, title->start) + 1 &&
		    !text_begins_small(s, (struct range){ next, (guint32)MIN(next + 8, doc->text_bytes) }))
			return true;
	}
	return false;
}

/* Cuts such titles out of a block; what is left behind the last. */
static struct block cut_titles(struct document *doc, GArray *out, struct block block, guint i)
{
	struct range title;
	guint32 below = block_end(&block);
	if (i + 1 < doc->blocks->len && document_block(doc, i + 1)->kind == BLOCK_PARAGRAPH && document_block(doc, i + 1)->n_ranges > 0)
		below = block_start(document_block(doc, i + 1));
	while (block.n_ranges == 1 && title_within(doc, block_start(&block), block_end(&block), below, &title)) {
		struct block before = block_part(doc, &block, block_start(&block), title.start);
		struct block head = block_part(doc, &block, title.start, title.end);
		block = block_part(doc, &block, title.end, block_end(&block));
		g_array_append_val(out, before);
		if (block.n_ranges == 0)
			return head;
		g_array_append_val(out, head);
	}
	return block;
}

void heads_split(struct document *doc, GHashTable *titles)
{
	g_autoptr(GString) buffer = g_string_new(NULL), folded = g_string_new(NULL);
	GArray *out = g_array_sized_new(false, true, sizeof(struct block), doc->blocks->len);
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block rest = *document_block(doc, i), *block = &rest;
		guint32 at = 0;
		struct piece piece = { 0 };
		if (block->kind == BLOCK_PARAGRAPH && block->n_ranges > 0 && block->zone == ZONE_BODY) {
			rest = cut_titles(doc, out, rest, i);
			piece = piece_of(doc, block, buffer);
			at = contents_title_at(titles, &piece, folded);
			if (at == 0 || at >= piece.len)
				at = piece.len < 2000 ? heads_at(&piece, folded) : 0;
		}
		if (at == 0) {
			g_array_append_val(out, *block);
			continue;
		}
		guint32 cut = piece_at(doc, &piece, at);
		struct block title = block_part(doc, block, block_start(block), cut);
		struct block heads = block_part(doc, block, cut, block_end(block));
		if (title.n_ranges > 0)
			g_array_append_val(out, title);
		if (heads.n_ranges > 0)
			g_array_append_val(out, heads);
	}
	g_array_free(doc->blocks, true);
	doc->blocks = out;
}
