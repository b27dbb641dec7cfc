/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * decks.c - who presents the slides.
 *
 * The title slide names the presenters, one on a line, with house or function;
 * else a house that prepared the deck. One presenter has all slides. Of several,
 * each has those from the slide that bears the name alone on a line to the next
 * such slide; what comes before the first is nobody's.
 */
#include "corpus/attribution/attribution.h"

#include <string.h>

#include "corpus/attribution/quoted.h"
#include "corpus/cues.h"
#include "corpus/outline/outline.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define TITLE_BLOCKS 12
#define BYLINE_WORDS 8		/* a name and its titles */

static int add_body(struct attributing *a, const char *s, struct range part)
{
	g_autoptr(GString) line = g_string_new(NULL);
	for (guint32 i = part.start; i < part.end; i++) {
		bool space = g_ascii_isspace(s[i]);
		if (!space)
			g_string_append_c(line, s[i]);
		else if (line->len > 0 && line->str[line->len - 1] != ' ')
			g_string_append_c(line, ' ');
	}
	g_strchomp(line->str);
	if (*line->str == '\0')
		return -1;
	struct person person = { .name = document_string(a->doc, line->str, -1), .body = true };
	return roster_add(a->roster, &person);
}

/* "Prepared by the X Department of the House of Y for ...": the house. */
static int prepared_by(struct attributing *a, const char *s, guint32 len)
{
	struct word word;
	guint32 pos = 0, start = 0, end = len;
	words_fold_to(a->folded, s, 0, MIN(len, 200));
	guint words = cue_begins(CUE_PREPARED, a->folded->str);
	if (words == 0)
		return -1;
	for (guint n = 0; n < words; n++)
		word_next(s, &pos, len, &word);
	struct name name;
	guint32 look = pos;
	while (word_next(s, &look, len, &word) && !word.upper)
		;
	if (!word.upper)
		return -1;
	if (name_scan(s, word.start, len, &name) && name.words >= 2 &&
	    (name.end >= len || s[name.end] == ',' || s[name.end] == '\n')) {
		words_fold_to(a->folded, s, name.start, name.end);
		if (!cue_holds(CUE_BODY, a->folded->str))
			return byline_add(a, s, &name);
	}
	start = word.start;
	for (pos = start; word_next(s, &pos, len, &word);) {
		words_fold_to(a->folded, s, word.start, word.end);
		if (cue_is(CUE_FOR, a->folded->str, -1) && word.start > 0 && s[word.start - 1] == '\n') {
			end = word.start;
			break;
		}
	}
	/* the last "of the X" of several words is the house */
	guint behind = 0;	/* "of", then "of the" */
	guint32 house = start;
	for (pos = start; word_next(s, &pos, end, &word);) {
		if (behind == 2 && word.upper && words_count(s, (struct range){ word.start, end }, 2) == 2)
			house = word.start;
		words_fold_to(a->folded, s, word.start, word.end);
		behind = cue_is(CUE_OF, a->folded->str, -1) ? 1 : behind == 1 && cue_is(CUE_ARTICLE, a->folded->str, -1) ? 2 : 0;
	}
	start = house;
	return add_body(a, s, (struct range){ start, end });
}

/* The name is a line of its own somewhere: the byline of a part. */
static bool stands_alone(const struct document *doc, const char *name, guint32 len)
{
	const char *text = doc->text, *end = text + doc->text_bytes;
	g_autofree char *wanted = g_strndup(name, len);
	for (const char *p = text; (p = g_strstr_len(p, end - p, wanted)) != NULL; p += len) {
		const char *before = p, *behind = p + len;
		while (before > text && (before[-1] == ' ' || before[-1] == '\t'))
			before--;
		while (behind < end && (*behind == ' ' || *behind == '\t'))
			behind++;
		if ((before == text || before[-1] == '\n') && (behind == end || *behind == '\n'))
			return true;
	}
	return false;
}

/* Words of the name that are no particles. */
static guint capitals_in(const char *s, const struct name *name)
{
	struct word word;
	guint n = 0;
	for (guint32 pos = name->start; word_next(s, &pos, name->end, &word);)
		n += word.upper;
	return n;
}

/* "Name\nMinistry of X" on the title slide. */
static int named_line(struct attributing *a, const char *s, guint32 len)
{
	struct name name;
	struct word word;
	guint32 pos = 0;
	if (!word_next(s, &pos, len, &word) || words_count(s, (struct range){ 0, len }, 30) >= 30 ||
	    !name_scan(s, word.start, len, &name) || name.words < 2 || capitals_in(s, &name) > 4)
		return -1;
	guint32 behind = name.end;
	while (behind < len && (s[behind] == ' ' || s[behind] == '\t'))
		behind++;
	if (behind >= len || (s[behind] != '\n' && s[behind] != ','))
		return -1;
	words_fold_to(a->folded, s, behind, len);
	bool presented = cue_holds(CUE_BODY, a->folded->str) || cue_holds(CUE_ROLE, a->folded->str);
	bool likely = s[behind] == ',' && (name.honorific < name.start || stands_alone(a->doc, s + name.start, name.end - name.start));
	if (!presented && !likely)
		return -1;
	struct person person;
	if (!person_parse(a->doc, s, len, &person))
		return -1;
	return roster_add(a->roster, &person);
}

static void add_presenter(struct deck *deck, int person, struct range range)
{
	for (guint i = 0; i < deck->n; i++)
		if (deck->people[i] == person)
			return;
	if (person < 0 || deck->n >= G_N_ELEMENTS(deck->people))
		return;
	deck->ranges[deck->n] = range;
	deck->people[deck->n++] = person;
}

/* "Presenter: Ann Bell": where the name begins. */
static guint32 behind_head(struct attributing *a, const struct piece *piece, guint32 pos, guint32 end)
{
	const char *colon = memchr(piece->s + pos, ':', MIN(end - pos, 40));
	if (colon == NULL)
		return pos;
	guint32 at = (guint32)(colon - piece->s);
	words_fold_to(a->folded, piece->s, pos, at);
	return cue_is(CUE_SPEAKER, a->folded->str, -1) || cue_is(CUE_PEOPLE, a->folded->str, -1) || cue_is(CUE_PREPARED, a->folded->str, -1) ?
	       at + 1 : pos;
}

/* The people on the lines of a block of the title slide. */
static void read_title_block(struct attributing *a, struct deck *deck, const struct piece *piece)
{
	for (guint32 pos = 0; pos < piece->len;) {
		guint32 end = text_line_end(piece->s, pos, piece->len), name = behind_head(a, piece, pos, end);
		/* the house may stand on the line below the name */
		int person = named_line(a, piece->s + name, end - name);
		if (person < 0)
			person = named_line(a, piece->s + name, piece->len - name);
		if (person >= 0)
			add_presenter(deck, person, piece_span(a->doc, piece, pos, end));
		pos = end + 1;
	}
}

/* What the slide "Outline" says of a part. */
struct part {
	char *title;		/* folded */
	int presenter;		/* "(Ann)" behind it; -1 */
	struct range where;
};

static void part_clear(void *part)
{
	g_free(((struct part *)part)->title);
}

int deck_presenter_called(struct attributing *a, const struct deck *deck, const char *s, struct range words)
{
	g_autoptr(GString) name = g_string_new(NULL);
	g_autofree char *printed = g_strndup(s + words.start, words.end - words.start);
	g_autofree char *called = words_folded(printed);
	int found = -1;
	for (guint i = 0; i < deck->n && *called != '\0'; i++) {
		const char *whole = document_person(a->doc, (guint)deck->people[i])->name;
		words_fold_to(name, whole, 0, (guint32)strlen(whole));
		g_autofree char *within = g_strdup_printf(" %s ", name->str), *wanted = g_strdup_printf(" %s ", called);
		if (strstr(within, wanted) != NULL)
			found = found < 0 ? deck->people[i] : -2;
	}
	return MAX(found, -1);
}

/* "2   What the loggers say (Ann)": a line of the outline. */
static void read_part(struct attributing *a, struct deck *deck, const struct piece *piece, guint32 from, guint32 end)
{
	guint number = 0;
	while (from < end && (g_ascii_isspace(piece->s[from]) || g_ascii_isdigit(piece->s[from]) || strchr(".)-", piece->s[from]) != NULL))
		from++;
	if (from >= end || (panel_label(piece->s + from, end - from, &number) > 0 && number > 0))
		return;
	struct part part = { .presenter = -1, .where = piece_span(a->doc, piece, from, end) };
	const char *open = memchr(piece->s + from, '(', end - from);
	if (open != NULL && piece->s[end - 1] == ')') {
		guint32 at = (guint32)(open - piece->s);
		part.presenter = deck_presenter_called(a, deck, piece->s, (struct range){ at + 1, end - 1 });
		end = part.presenter >= 0 ? at : end;
	}
	words_fold_to(a->folded, piece->s, from, end);
	part.title = g_strdup(a->folded->str);
	g_array_append_val(deck->outline, part);
}

/* The lines of the slide that tells the outline, but those that are panels. */
static void read_outline(struct attributing *a, struct deck *deck)
{
	struct document *doc = a->doc;
	g_autoptr(GString) own = g_string_new(NULL);
	int outline = -1;
	deck->outline = g_array_new(false, true, sizeof(struct part));
	g_array_set_clear_func(deck->outline, part_clear);
	for (guint i = 0; i < doc->blocks->len && document_block(doc, i)->slide <= 4; i++) {
		const struct block *block = document_block(doc, i);
		if (block->n_ranges == 0 || block->kind == BLOCK_SLIDE_BREAK || block->kind == BLOCK_PAGE_BREAK)
			continue;
		struct piece piece = piece_of(doc, block, own);
		words_fold_to(a->folded, piece.s, 0, piece.len);
		if (cue_is(CUE_OUTLINE, a->folded->str, -1)) {
			outline = block->slide;
			continue;
		}
		if (outline < 0 || outline != block->slide)
			continue;
		for (guint32 pos = 0, end; pos < piece.len; pos = end + 1) {
			end = text_line_end(piece.s, pos, piece.len);
			read_part(a, deck, &piece, pos, end);
		}
	}
}

/* The slide of block i has items or quotations: it is no second title slide, and names on
 * it are of those who are quoted. */
static bool slide_tells(const struct document *doc, guint i)
{
	g_autoptr(GString) own = g_string_new(NULL);
	int slide = document_block(doc, i)->slide;
	for (; i < doc->blocks->len && document_block(doc, i)->slide == slide; i++) {
		const struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_LIST_ITEM || block->kind == BLOCK_TABLE_ROW || block->kind == BLOCK_PULL_QUOTE ||
		    block->kind == BLOCK_QUOTATION)
			return true;
		if (block->kind != BLOCK_PARAGRAPH || block->n_ranges == 0)
			continue;
		struct piece piece = piece_of(doc, block, own);
		struct quoted quoted;
		if (quoted_at(piece.s, text_trim(piece.s, piece_range(&piece)).start, piece.len, &quoted))
			return true;
	}
	return false;
}

void deck_open(struct attributing *a, struct deck *deck)
{
	struct document *doc = a->doc;
	struct range range;
	g_autoptr(GString) own = g_string_new(NULL);
	bool answers;
	int person = main_speaker(a, &range, &answers), house = -1;
	struct range house_range = { 0, 0 };
	*deck = (struct deck){ .current = -1 };
	add_presenter(deck, person, range);
	for (guint i = 0, seen = 0; i < doc->blocks->len && seen < TITLE_BLOCKS && person < 0; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->zone == ZONE_FRONT_MATTER)
			continue;
		seen++;
		if (block->slide > 2 || (block->slide > 1 && (deck->n > 0 || slide_tells(doc, i))))
			break;
		struct piece piece = piece_of(doc, block, own);
		read_title_block(a, deck, &piece);
		int named = byline_named(a, piece.s, piece.len);
		add_presenter(deck, named, (struct range){ block_start(block), block_end(block) });
		if (named < 0 && house < 0) {
			house = prepared_by(a, piece.s, piece.len);
			house_range = (struct range){ block_start(block), block_end(block) };
		}
	}
	if (deck->n == 0)
		add_presenter(deck, house, house_range);
	dividers_read(a, deck);
	for (guint i = 0; i < deck->dividers->len && person < 0; i++) {
		const struct part_of_deck *part = &g_array_index(deck->dividers, struct part_of_deck, i);
		add_presenter(deck, part->person, part->range);
	}
	read_outline(a, deck);
	if (deck->n == 1) {
		deck->current = deck->people[0];
		deck->range = deck->ranges[0];
	}
}

/* The presenter whose name the words are; -1. */
static int presenter_at(struct attributing *a, const struct deck *deck, const char *s, struct range words)
{
	struct name name;
	if (words_count(s, words, BYLINE_WORDS + 1) > BYLINE_WORDS || !name_alone(s, words, &name))
		return -1;
	words_fold_to(a->folded, s, name.start, name.end);
	int person = roster_full(a->roster, a->folded->str);
	for (guint i = 0; i < deck->n; i++)
		if (deck->people[i] == person)
			return person;
	return -1;
}

/* What sets a name off in a title: the bytes of a dash with blanks around it, of a bar, a
 * bracket or a colon; 0. */
static guint32 sets_off(const char *s, guint32 at, guint32 end)
{
	if (s[at] == '|' || s[at] == '(' || (s[at] == ':' && at + 1 < end && s[at + 1] == ' '))
		return 1;
	if (at == 0 || s[at - 1] != ' ')
		return 0;
	if (s[at] == '-' && at + 1 < end && s[at + 1] == ' ')
		return 1;
	return at + 3 < end && (memcmp(s + at, "\xE2\x80\x93 ", 4) == 0 || memcmp(s + at, "\xE2\x80\x94 ", 4) == 0) ? 3 : 0;
}

/* "Part 1: The count - Ann Bell", "The count (Ann Bell)", "Ann Bell: The count". */
static int presenter_in_title(struct attributing *a, const struct deck *deck, const char *s, struct range line, struct range *where)
{
	struct range part = { line.start, line.start };
	int found = -1;
	for (guint32 at = line.start; at <= line.end; at++) {
		guint32 mark = at < line.end ? sets_off(s, at, line.end) : 1;
		if (mark == 0)
			continue;
		part.end = at > part.start && s[at - 1] == ')' ? at - 1 : at;
		int person = part.start < part.end ? presenter_at(a, deck, s, text_trim(s, part)) : -1;
		if (person >= 0 && found >= 0 && person != found)
			return -1;
		if (person >= 0) {
			found = person;
			*where = text_trim(s, part);
		}
		part.start = at + mark;
		at += mark - 1;
	}
	return found;
}

/* The presenter whom a line of the block names, alone, behind "Presenter:" or in a title; -1. */
static int byline_in(struct attributing *a, const struct deck *deck, const struct block *block, struct range *range)
{
	struct piece piece = piece_of(a->doc, block, a->buffer);
	for (guint32 pos = 0, end; pos < piece.len; pos = end + 1) {
		end = text_line_end(piece.s, pos, piece.len);
		struct range where = { pos, end };
		int person = presenter_at(a, deck, piece.s, (struct range){ behind_head(a, &piece, pos, end), end });
		if (person < 0 && block->kind == BLOCK_HEADING)
			person = presenter_in_title(a, deck, piece.s, (struct range){ pos, end }, &where);
		if (person < 0)
			continue;
		*range = piece_span(a->doc, &piece, where.start, where.end);
		return person;
	}
	return -1;
}

/* "Ann Bell, mender" alone in the block below the words; -1. */
static int named_below(struct attributing *a, guint i, struct range *range)
{
	struct document *doc = a->doc;
	int slide = document_block(doc, i)->slide;
	for (i++; i < doc->blocks->len && document_block(doc, i)->slide == slide; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->n_ranges == 0)
			continue;
		struct piece piece = piece_of(doc, block, a->buffer);
		struct range text = text_trim(piece.s, piece_range(&piece));
		struct name name;
		if ((block->kind != BLOCK_PARAGRAPH && block->kind != BLOCK_CAPTION) || words_count(piece.s, text, 13) > 12 ||
		    text_ends_sentence(piece.s, text) || !name_scan(piece.s, text.start, text.end, &name) || name.words < 2 ||
		    (name.end < text.end && strchr(",\n(", piece.s[name.end]) == NULL))
			return -1;
		words_fold_to(a->folded, piece.s, name.start, name.end);
		if (cue_holds(CUE_BODY, a->folded->str) || cue_holds(CUE_EVENT, a->folded->str))
			return -1;
		*range = piece_span(doc, &piece, name.start, name.end);
		return byline_add(a, piece.s, &name);
	}
	return -1;
}

bool deck_quotes(struct attributing *a, guint i, int *person, struct range *range)
{
	const struct block *block = document_block(a->doc, i);
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(a->doc, block, own);
	struct range text = text_trim(piece.s, piece_range(&piece));
	struct quoted quoted;
	*person = -1;
	if (!quoted_at(piece.s, text.start, text.end, &quoted) || words_count(piece.s, (struct range){ quoted.start, quoted.end }, 4) < 4)
		return false;
	guint32 pos = quoted.behind;
	while (pos < text.end && (g_ascii_isspace(piece.s[pos]) || strchr("-,(", piece.s[pos]) != NULL || (guchar)piece.s[pos] == 0xE2))
		pos += (guchar)piece.s[pos] == 0xE2 ? MIN(3, text.end - pos) : 1;
	if (pos >= text.end) {
		*person = block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_QUOTATION ? named_below(a, i, range) : -1;
		return true;
	}
	if (words_count(piece.s, (struct range){ pos, text.end }, 13) > 12)
		return false;
	struct name name;
	if (name_scan(piece.s, pos, text.end, &name) && name.words >= 2 && (name.end >= text.end || strchr(",\n(", piece.s[name.end]) != NULL)) {
		*person = byline_add(a, piece.s, &name);
		*range = piece_span(a->doc, &piece, name.start, name.end);
	}
	return true;
}

/* A title that thanks, or that the outline names ("Common findings"): its presenter
 * there, or all of them. *part: the outline's, or NULL. */
static bool is_joint(struct attributing *a, const struct deck *deck, guint first, const struct part **part)
{
	struct document *doc = a->doc;
	int slide = document_block(doc, first)->slide;
	*part = NULL;
	for (guint i = first; i < doc->blocks->len && document_block(doc, i)->slide == slide; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->n_ranges == 0)
			continue;
		struct piece piece = piece_of(doc, block, a->buffer);
		guint32 end = text_line_end(piece.s, 0, piece.len);
		words_fold_to(a->folded, piece.s, 0, end);
		if (cue_begins(CUE_THANKS, a->folded->str) > 0)
			return true;
		for (guint k = 0; k < deck->outline->len; k++) {
			const struct part *told = &g_array_index(deck->outline, struct part, k);
			gsize len = strlen(told->title);
			bool continued = len > 6 && strncmp(a->folded->str, told->title, len) == 0 && a->folded->str[len] == ' ' &&
			                 cue_begins(CUE_GOES_ON, a->folded->str + len + 1) > 0;
			bool same = strcmp(told->title, a->folded->str) == 0 || (a->folded->len > 6 && strstr(told->title, a->folded->str) != NULL);
			if (!continued && !same)
				continue;
			*part = continued && told->presenter < 0 ? NULL : told;
			return *part != NULL;
		}
		if (block->kind == BLOCK_HEADING)	/* the title */
			return false;
	}
	return false;
}

void deck_close(struct deck *deck)
{
	if (deck->outline != NULL)
		g_array_free(deck->outline, true);
	deck->outline = NULL;
	if (deck->dividers != NULL)
		g_array_free(deck->dividers, true);
	deck->dividers = NULL;
}

int deck_speaker(struct attributing *a, struct deck *deck, const struct block *block, struct range *range)
{
	struct range said;
	int speaks = block->notes ? notes_speaker(a, deck, block, &said) : -1;
	if (speaks >= 0) {
		deck->notes_slide = block->slide;
		deck->notes = speaks;
		deck->notes_range = said;
	}
	bool other = block->notes && deck->notes_slide > 0 && deck->notes_slide == block->slide;
	*range = other ? deck->notes_range : deck->range;
	return other ? deck->notes : deck->current;
}

void deck_slide(struct attributing *a, struct deck *deck, guint first)
{
	struct document *doc = a->doc;
	int slide = document_block(doc, first)->slide, found = -1;
	struct range range, named = { 0, 0 };
	guint n = 0;
	if (deck->n < 2 || slide == deck->slide)
		return;
	deck->slide = slide;
	const struct part_of_deck *divider = divider_at(deck, slide);
	if (divider != NULL) {
		deck->current = divider->person;
		deck->range = divider->range;
		return;
	}
	const struct part *part;
	if (is_joint(a, deck, first, &part)) {
		deck->current = part != NULL ? part->presenter : -1;
		deck->range = part != NULL ? part->where : deck->range;
	}
	for (guint i = first; i < doc->blocks->len && document_block(doc, i)->slide == slide; i++) {
		int person = block_is_silent(document_block(doc, i)) ? -1 : byline_in(a, deck, document_block(doc, i), &range);
		if (person < 0 || person == found)
			continue;
		found = person;
		named = range;
		n++;
	}
	if (n > 1)	/* the title slide, or the contacts at the end */
		deck->current = -1;
	if (n != 1)
		return;
	deck->current = found;
	deck->range = named;
}
