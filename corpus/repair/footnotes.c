/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * footnotes.c - notes at the foot of a page of plain text.
 *
 * A line that begins with a number is a note where the number comes next, a word
 * above on the page carries it ("was settled.3", "was settled [3]"), and the
 * text above ends there; or where it stands below a rule drawn with dashes. The
 * note ends with its block, or where the line with the next number begins.
 */
#include "corpus/repair/repair.h"

#include <string.h>

#include "corpus/pieces.h"
#include "corpus/words.h"

#define NUMBER_MAX 999
#define NEAR_PAGES 1		/* a note may stand on the page after its mark */

struct notes {
	struct document *doc;
	GArray *done;			/* struct block */
	guint32 marked[NUMBER_MAX + 1];	/* page + 1 on which a word last carried the number */
	guint32 page;
	guint last;			/* number of the last note */
	bool open;			/* the block before is a note */
	GString *buffer;
};

/* "¹", "¹²": a number in small digits; 0. */
static guint superscript_at(const char *s, guint32 pos, guint32 len, guint32 *end)
{
	static const gunichar digits[] = { 0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079 };
	guint number = 0;
	for (*end = pos; *end < len && (guchar)s[*end] >= 0x80 && number < 100;) {
		gunichar u = g_utf8_get_char_validated(s + *end, len - *end);
		guint digit = 0;
		while (digit < G_N_ELEMENTS(digits) && digits[digit] != u)
			digit++;
		if (digit == G_N_ELEMENTS(digits))
			break;
		number = number * 10 + digit;
		*end += (guint32)g_unichar_to_utf8(u, NULL);
	}
	return number;
}

/* The number of up to three digits at s, 0 where there is none; *end behind it. */
static guint number_at(const char *s, guint32 pos, guint32 len, guint32 *end)
{
	guint number = superscript_at(s, pos, len, end);
	if (number > 0)
		return number;
	for (*end = pos; *end < len && g_ascii_isdigit(s[*end]) && *end < pos + 4; (*end)++)
		number = number * 10 + (guint)(s[*end] - '0');
	return *end - pos > 3 ? 0 : number;
}

/* Words that carry a number: "settled.3 ", "settled [3]". */
static void note_marks(struct notes *notes, const struct piece *piece)
{
	const char *s = piece->s;
	for (guint32 i = 1, end; i < piece->len; i = MAX(end, i + 1)) {
		end = i + 1;
		if (!g_ascii_isdigit(s[i]) && (guchar)s[i] < 0xC0)
			continue;
		guint number = number_at(s, i, piece->len, &end);
		bool bracket = s[i - 1] == '[' && end < piece->len && s[end] == ']';
		bool carried = g_ascii_isalpha(s[i - 1]) || (guchar)s[i - 1] >= 0x80 || strchr("\")]'", s[i - 1]) != NULL ||
		               (strchr(".,;:", s[i - 1]) != NULL && i > 1 && !g_ascii_isdigit(s[i - 2]));
		bool ends = end >= piece->len || g_ascii_isspace(s[end]) || strchr(".,;:)", s[end]) != NULL;
		if (number > 0 && (bracket || (carried && ends)))
			notes->marked[number] = notes->page + 1;
	}
}

/* The line above is drawn: "_____", "-----". */
static bool is_below_rule(const struct notes *notes, guint32 start)
{
	const char *text = notes->doc->text;
	guint32 end = start;
	while (end > 0 && g_ascii_isspace(text[end - 1]))
		end--;
	guint32 from = end;
	while (from > 0 && end - from < 200 && (text[from - 1] == '_' || text[from - 1] == '-'))
		from--;
	return end - from >= 5 && (from == 0 || text[from - 1] == '\n' || g_ascii_isspace(text[from - 1]));
}

/* The number of the note that the line at pos of the piece begins, else 0. */
static guint note_at(const struct notes *notes, const struct piece *piece, guint32 pos, bool rule)
{
	const char *s = piece->s;
	guint32 end;
	while (pos < piece->len && (s[pos] == ' ' || s[pos] == '\t' || s[pos] == '['))
		pos++;
	guint number = number_at(s, pos, piece->len, &end);
	if (number == 0 || end >= piece->len)
		return 0;
	while (end < piece->len && strchr(".])", s[end]) != NULL && s[end] != '\0')
		end++;
	guint32 text = end;
	while (text < piece->len && (s[text] == ' ' || s[text] == '\t'))
		text++;
	if (text < piece->len && s[text] == '\n')	/* the number has the line to itself */
		while (text < piece->len && g_ascii_isspace(s[text]))
			text++;
	bool letter = text < piece->len && (g_ascii_isalpha(s[text]) || (guchar)s[text] >= 0x80 || s[text] == '"');
	bool next = number == notes->last + 1 || (number == 1 && rule);
	bool known = notes->marked[number] > 0 && notes->marked[number] + NEAR_PAGES >= notes->page + 1;
	return letter && (text > end || end - pos == 1 || (guchar)s[pos] >= 0x80) && (rule || (next && known)) ? number : 0;
}

static void append(struct notes *notes, const struct piece *piece, guint32 from, guint32 to, bool note)
{
	if (from >= to)
		return;
	struct block part = block_part(notes->doc, piece->block, piece_at(notes->doc, piece, from),
	                               piece_span(notes->doc, piece, from, to).end);
	if (note) {
		part.kind = BLOCK_FOOTNOTE;
		part.label = NULL;
	}
	if (part.n_ranges > 0)
		g_array_append_val(notes->done, part);
}

/* "* The author is ...", "† ...": below a rule, where notes stand. */
static bool is_star_note(struct notes *notes, const struct block *block)
{
	guint32 start = block_start(block);
	if (block->kind == BLOCK_LIST_ITEM && block->label != NULL)
		return block->label[0] == '*' && (notes->open || is_below_rule(notes, start - MIN(start, (guint32)strlen(block->label) + 1)));
	const char *s = notes->doc->text + start;
	gunichar mark = g_utf8_get_char_validated(s, (gssize)(block_end(block) - start));
	bool star = (mark == '*' && block_end(block) - start > 2 && s[1] == '*' && s[2] == ' ') || mark == 0x2217 || mark == 0x2020 || mark == 0x2021;
	return star && (notes->open || is_below_rule(notes, start));
}

/* A list item is a note where its own number is one. */
static bool is_item_note(struct notes *notes, const struct block *block)
{
	if (block->kind != BLOCK_LIST_ITEM || block->label == NULL)
		return false;
	guint32 end, len = (guint32)strlen(block->label);
	guint number = number_at(block->label, 0, len, &end);
	bool rule = notes->open || is_below_rule(notes, block_start(block) - MIN(block_start(block), len + 1));
	if (number == 0 || number != notes->last + 1 || notes->marked[number] + NEAR_PAGES < notes->page + 1 || !rule)
		return false;
	notes->last = number;
	return true;
}

static void split_block(struct notes *notes, const struct block *block)
{
	if (is_item_note(notes, block) || is_star_note(notes, block)) {
		struct block note = *block;
		note.kind = BLOCK_FOOTNOTE;
		g_array_append_val(notes->done, note);
		notes->open = true;
		return;
	}
	struct piece piece = piece_of(notes->doc, block, notes->buffer);
	guint32 from = 0;
	bool note = false;
	for (guint32 pos = 0; block->kind == BLOCK_PARAGRAPH && pos < piece.len; pos = text_next_line(piece.s, pos, piece.len)) {
		/* a number inside a paragraph is a note only where the sentence before ended */
		bool ended = pos == 0 || note || text_ends_sentence(piece.s, text_trim(piece.s, (struct range){ from, pos }));
		bool rule = pos == 0 && is_below_rule(notes, block_start(block));
		guint number = ended ? note_at(notes, &piece, pos, rule) : 0;
		if (number == 0)
			continue;
		append(notes, &piece, from, pos, note);
		notes->last = number;
		from = pos;
		note = true;
	}
	notes->open = note;
	if (note) {
		append(notes, &piece, from, piece.len, true);
		return;
	}
	note_marks(notes, &piece);
	g_array_append_val(notes->done, *block);
}

void footnotes_find(struct document *doc)
{
	struct notes *notes = g_new0(struct notes, 1);
	notes->doc = doc;
	notes->done = g_array_sized_new(false, true, sizeof(struct block), doc->blocks->len);
	notes->buffer = g_string_new(NULL);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		notes->page += block->kind == BLOCK_PAGE_BREAK;
		if (block->n_ranges == 0 || !block_is_text(block) || block->zone != ZONE_BODY)
			g_array_append_val(notes->done, *block);
		else
			split_block(notes, block);
	}
	g_array_free(doc->blocks, true);
	doc->blocks = notes->done;
	g_string_free(notes->buffer, true);
	g_free(notes);
}
