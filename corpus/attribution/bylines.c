/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * bylines.c - who signed a text, and whose talk a section is.
 */
#include "corpus/attribution/attribution.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/outline/letters.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define TITLE_BLOCKS 12
#define TITLE_LINES 8	/* of a heading that runs over several blocks */
#define LETTER_LEAD 2	/* blocks between a heading and the greeting of a letter */
#define SIGNATURE_WORDS_MAX 30
#define AUTHORS_MAX 6
#define TALK_WORDS 14	/* at least, of the first paragraph of a talk */

int byline_add(struct attributing *a, const char *s, const struct name *name)
{
	struct person person = {
		.name = document_string(a->doc, s + name->start, (gssize)(name->end - name->start)),
	};
	return roster_add(a->roster, &person);
}

/* "Foreword by Name", "Statement by H.E. Name": the person behind "by". */
int byline_named(struct attributing *a, const char *s, guint32 len)
{
	struct name name;
	guint32 at = statement_name(a->folded, s, len);
	if (at == 0 || !name_scan(s, at, len, &name) || name.words < 2)
		return -1;
	words_fold_to(a->folded, s, name.start, name.end);
	int known = roster_full(a->roster, a->folded->str);
	return known >= 0 ? known : byline_add(a, s, &name);
}

/* Behind the "by" that a line begins with; 0. */
static guint32 behind_by(struct attributing *a, const char *s, guint32 len)
{
	struct word word;
	guint32 pos = 0;
	if (!word_next(s, &pos, len, &word))
		return 0;
	words_fold_to(a->folded, s, word.start, word.end);
	if (!cue_is(CUE_BY, a->folded->str, -1))
		return 0;
	while (pos < len && g_ascii_isspace(s[pos]))
		pos++;
	return pos;
}

/* A name in the lines right under a heading. explicit: behind "by". */
static int byline_below(struct attributing *a, guint heading, guint *byline, struct range *range, bool *explicit)
{
	struct document *doc = a->doc;
	bool by = false;
	for (guint i = heading + 1; i < doc->blocks->len && i < heading + 4; i++) {
		const struct block *block = document_block(doc, i);
		struct name name;
		if (block_is_silent(block))
			continue;
		if (block->kind == BLOCK_HEADING)
			return -1;
		struct piece piece = piece_of(doc, block, a->buffer);
		if (letter_greets(&piece, a->folded))
			return -1;
		guint32 line = behind_by(a, piece.s, piece.len);
		piece.s += line;
		piece.len -= line;
		by = line > 0;
		line = 0;
		while (line < piece.len && strchr("\n,(", piece.s[line]) == NULL)
			line++;
		if (words_count(piece.s, piece_range(&piece), 30) >= 30 ||
		    text_ends_sentence(piece.s, piece_range(&piece)) || line == 0)
			return -1;
		if (!name_alone(piece.s, (struct range){ 0, line }, &name))
			return -1;
		*byline = i;
		*explicit = by;
		*range = (struct range){ block_start(block), block_end(block) };
		words_fold_to(a->folded, piece.s, name.start, name.end);
		int known = roster_full(a->roster, a->folded->str);
		if (known >= 0)
			return known;
		struct person person;
		if (!person_parse(doc, piece.s, piece.len, &person))
			return -1;
		return roster_add(a->roster, &person);
	}
	return -1;
}

static bool holds_first_person(struct attributing *a, const struct block *block)
{
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(a->doc, block, own);
	struct word word;
	for (guint32 pos = 0; word_next(piece.s, &pos, piece.len, &word);) {
		if (word.end == word.start + 1 && piece.s[word.start] == 'i')	/* "Pons i Vidal" */
			continue;
		words_fold_to(a->folded, piece.s, word.start, MIN(piece.len, word.end + 20));
		if (cue_begins(CUE_SELF, a->folded->str) > 0)
			return true;
	}
	return false;
}

/* Several questions are asked of a block: it is read once. */
static bool in_first_person(struct attributing *a, const struct block *block)
{
	enum { UNREAD, FIRST_PERSON, OTHER_PERSON };
	if (a->own == NULL)
		a->own = g_malloc0(a->doc->blocks->len);
	guint8 *own = &a->own[block - document_block(a->doc, 0)];
	if (*own == UNREAD)
		*own = holds_first_person(a, block) ? FIRST_PERSON : OTHER_PERSON;
	return *own == FIRST_PERSON;
}

/* Who signs the letter from block `first` on: behind its closing words stands the name.
 * A greeting further down begins a letter that the section only holds. */
static int signature_of_letter(struct attributing *a, guint first, guint *byline, struct range *range)
{
	struct document *doc = a->doc;
	g_autoptr(GString) text = g_string_new(NULL);
	bool closed = false;
	for (guint i = first, n = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		struct person person;
		struct name name;
		if (block->kind == BLOCK_LABEL || block->kind == BLOCK_HEADING)
			return -1;
		if (block_is_silent(block) || block->zone != ZONE_BODY)
			continue;
		struct piece piece = piece_of(doc, block, text);
		guint32 at = closed ? 0 : letter_closes(&piece, a->folded);
		if (!closed && at == 0) {
			if (n++ > LETTER_LEAD && letter_greets(&piece, a->folded))
				return -1;
			continue;
		}
		closed = true;
		if (at >= piece.len)
			continue;
		guint32 stop = at;
		while (stop < piece.len && piece.s[stop] != '\n' && piece.s[stop] != ',')
			stop++;
		if (words_count(piece.s, (struct range){ at, piece.len }, SIGNATURE_WORDS_MAX) >= SIGNATURE_WORDS_MAX ||
		    !name_alone(piece.s, (struct range){ at, stop }, &name) || !person_parse(doc, piece.s + at, piece.len - at, &person))
			return -1;
		*byline = i;
		*range = piece_span(doc, &piece, at, piece.len);
		return roster_add(a->roster, &person);
	}
	return -1;
}

/* A text from block `first` to the next heading that ends in a signature (a name,
 * and what its bearer is) and is written in the first person. */
int signature_between(struct attributing *a, guint first, guint *byline, struct range *range)
{
	struct document *doc = a->doc;
	const struct block *last = NULL, *above = NULL;
	guint at = 0, own = 0, paragraphs = 0;
	for (guint i = first; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_LABEL || block->kind == BLOCK_HEADING)
			break;
		if (block_is_silent(block) || block->zone != ZONE_BODY)
			continue;
		paragraphs += last != NULL;
		own += last != NULL && in_first_person(a, last);
		above = last;
		last = block;
		at = i;
	}
	/* a pull quote at the end of a report is in the first person, the rest is not */
	bool quote = above != NULL && above->kind == BLOCK_PULL_QUOTE && paragraphs > 2 && in_first_person(a, above);
	if (last == NULL || own == 0 || own * 4 < paragraphs || (quote && own < 2))
		return -1;
	g_autoptr(GString) text = g_string_new(NULL);
	struct piece piece = piece_of(doc, last, text);
	struct name name;
	struct person person;
	guint32 line = text_line_end(piece.s, 0, piece.len);
	if (words_count(piece.s, piece_range(&piece), 30) >= 30 ||
	    text_ends_sentence(piece.s, piece_range(&piece)) ||
	    (last->kind != BLOCK_CAPTION && !name_alone(piece.s, (struct range){ 0, line }, &name)) ||
	    !person_parse(doc, piece.s, piece.len, &person))
		return -1;
	*byline = at;
	*range = (struct range){ block_start(last), block_end(last) };
	return roster_add(a->roster, &person);
}

/* The text below is in the first person in half of its paragraphs. */
static bool first_person_follows(struct attributing *a, guint byline)
{
	guint own = 0, paragraphs = 0;
	for (guint i = byline + 1; i < a->doc->blocks->len && document_block(a->doc, i)->kind != BLOCK_HEADING; i++) {
		const struct block *block = document_block(a->doc, i);
		if (block_is_silent(block) || block->zone != ZONE_BODY)
			continue;
		paragraphs++;
		own += in_first_person(a, block);
	}
	return own > 0 && own * 2 >= paragraphs;
}

/* A line right under a heading that is a person's name, alone or before a
 * function: the byline. The heading must be a part that people sign, or the
 * person be known. */
int byline_of_section(struct attributing *a, guint heading, guint *byline, struct range *range)
{
	struct document *doc = a->doc;
	if (document_block(doc, heading)->zone != ZONE_BODY)
		return -1;
	struct piece title = piece_of(doc, document_block(doc, heading), a->buffer);
	int behind_by = byline_named(a, title.s, title.len);
	*range = (struct range){ block_start(document_block(doc, heading)),
	                         block_end(document_block(doc, heading)) };
	*byline = heading;
	if (behind_by >= 0)
		return behind_by;
	int letter = signature_of_letter(a, heading + 1, byline, range);
	if (letter >= 0)
		return letter;
	title = piece_of(doc, document_block(doc, heading), a->buffer);
	words_fold_to(a->folded, title.s, 0, title.len);
	bool is_signed = cue_begins(CUE_SIGNED, a->folded->str) > 0 && a->folded->len < 60, explicit = false;
	int below = byline_below(a, heading, byline, range, &explicit);
	if (!is_signed && explicit)
		return first_person_follows(a, *byline) ? below : -1;
	if (!is_signed)
		return first_person_follows(a, heading) ? signature_between(a, heading + 1, byline, range) : -1;
	return below >= 0 ? below : signature_between(a, heading + 1, byline, range);
}

/* "Dr Ann Bell" as a heading. */
static int named_by_heading(struct attributing *a, guint heading, struct range *range)
{
	const struct block *block = document_block(a->doc, heading);
	struct piece piece = piece_of(a->doc, block, a->buffer);
	struct name name;
	if (!name_alone(piece.s, piece_range(&piece), &name))
		return -1;
	words_fold_to(a->folded, piece.s, name.start, name.end);
	*range = (struct range){ block_start(block), block_end(block) };
	int person = roster_full(a->roster, a->folded->str);
	return person >= 0 && !document_person(a->doc, person)->body ? person : -1;
}

int talk_of_section(struct attributing *a, guint heading, guint *byline, struct range *range, bool *own)
{
	struct document *doc = a->doc;
	guint first_person = 0, paragraphs = 0;
	bool explicit;
	if (doc->nameless || document_block(doc, heading)->zone != ZONE_BODY)
		return -1;
	int person = named_by_heading(a, heading, range);
	*byline = heading;
	if (person < 0)
		person = byline_below(a, heading, byline, range, &explicit);
	if (person < 0 || document_person(doc, person)->body)
		return -1;
	for (guint i = *byline + 1; i < doc->blocks->len && document_block(doc, i)->kind != BLOCK_HEADING; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->zone != ZONE_BODY)
			continue;
		struct piece piece = piece_of(doc, block, a->buffer);
		if (paragraphs == 0 && words_count(piece.s, piece_range(&piece), TALK_WORDS) < TALK_WORDS)
			return -1;	/* one line of a list of people */
		paragraphs++;
		first_person += in_first_person(a, block);
	}
	*own = first_person * 2 > paragraphs;
	return paragraphs > 0 ? person : -1;
}

static bool is_only_author(const struct document *doc, const struct block *block)
{
	return front_matter_next(doc, "author", NULL) == block && front_matter_next(doc, "author", block) == NULL;
}

static int author_index(const struct document *doc, const struct block *block)
{
	g_autofree char *value = g_strndup(doc->text + block_start(block), block_end(block) - block_start(block));
	for (guint i = 0; i < doc->people->len; i++) {
		const struct person *person = document_person(doc, i);
		if (person->forms != NULL && person->forms[0] != NULL && strcmp(person->forms[0], value) == 0)
			return (int)i;
	}
	return doc->people->len == 1 ? 0 : -1;
}

/* A quarter of the paragraphs are in the first person. */
static bool speaks_for_itself(struct attributing *a)
{
	guint own = 0, paragraphs = 0;
	for (guint i = 0; i < a->doc->blocks->len; i++) {
		const struct block *block = document_block(a->doc, i);
		if (!block_is_text(block) || block->zone != ZONE_BODY)
			continue;
		paragraphs++;
		own += in_first_person(a, block);
	}
	return own > 0 && own * 4 >= paragraphs;
}

/* "STATEMENT / BY / H.E. MS. NAME / Permanent Representative of X": over several
 * lines, each a block of its own. first is the one that begins it. */
static int named_over_lines(struct attributing *a, guint first, struct range *range)
{
	struct document *doc = a->doc;
	g_autoptr(GString) text = g_string_new(NULL), own = g_string_new(NULL);
	guint last = first;
	for (guint i = first, n = 0; i < doc->blocks->len && n < TITLE_LINES; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block))
			continue;
		struct piece piece = piece_of(doc, block, own);
		if (words_count(piece.s, piece_range(&piece), 20) >= 20 || piece.len > 300)
			break;
		g_string_append_len(text, piece.s, piece.len);
		g_string_append_c(text, '\n');
		last = i;
		n++;
	}
	int person = byline_named(a, text->str, (guint32)text->len);
	*range = (struct range){ block_start(document_block(doc, first)), block_end(document_block(doc, last)) };
	return person;
}

/* "Ann Bell / Director of the House of Salt" above a speech. */
static int named_alone(struct attributing *a, const struct block *block, struct range *range)
{
	struct piece piece = piece_of(a->doc, block, a->buffer);
	struct range line = { 0, text_line_end(piece.s, 0, piece.len) };
	struct name name;
	if (!name_alone(piece.s, line, &name))
		return -1;
	words_fold_to(a->folded, piece.s, name.start, name.end);
	if (cue_holds(CUE_BODY, a->folded->str) || cue_holds(CUE_ROLE, a->folded->str) || cue_holds(CUE_EVENT, a->folded->str))
		return -1;
	*range = piece_span(a->doc, &piece, name.start, name.end);
	return byline_add(a, piece.s, &name);
}

/* "Ann Bell, Tom Marsh and Ivy Reed" */
static int joint_author(struct attributing *a, const int *people, guint n)
{
	g_autoptr(GString) name = g_string_new(NULL);
	for (guint i = 0; i < n; i++) {
		g_string_append(name, i == 0 ? "" : i + 1 < n ? ", " : " and ");
		g_string_append(name, document_person(a->doc, (guint)people[i])->name);
	}
	struct person joint = { .name = document_string(a->doc, name->str, -1), .body = true };
	return roster_add(a->roster, &joint);
}

/* The names of a line that holds nothing else: "Ann Bell and Tom Marsh". */
static void add_authors(struct attributing *a, const struct piece *piece, struct range line, int *people, guint *n)
{
	struct word word;
	struct name name;
	guint found = 0;
	int added[AUTHORS_MAX];
	for (guint32 pos = line.start; word_next(piece->s, &pos, line.end, &word);) {
		words_fold_to(a->folded, piece->s, word.start, word.end);
		if (found > 0 && (cue_is(CUE_AND, a->folded->str, -1)))
			continue;
		if (found >= AUTHORS_MAX || !word.upper || !name_scan(piece->s, word.start, line.end, &name) || name.words < 2)
			return;
		words_fold_to(a->folded, piece->s, name.start, name.end);
		if (cue_holds(CUE_BODY, a->folded->str) || cue_holds(CUE_ROLE, a->folded->str) || cue_holds(CUE_EVENT, a->folded->str) ||
		    cue_holds(CUE_COUNTRY, a->folded->str))
			return;
		added[found++] = byline_add(a, piece->s, &name);
		pos = MAX(pos, name.end);
	}
	for (guint i = 0; i < found && *n < AUTHORS_MAX; i++) {
		bool known = added[i] < 0;
		for (guint k = 0; k < *n; k++)
			known = known || people[k] == added[i];
		if (!known)
			people[(*n)++] = added[i];
	}
}

/* Those whose names stand alone on lines between the title and the text of a paper. */
int author_of_paper(struct attributing *a, struct range *range)
{
	struct document *doc = a->doc;
	g_autoptr(GString) own = g_string_new(NULL);
	int people[AUTHORS_MAX];
	guint n = 0;
	for (guint i = 0, seen = 0; i < doc->blocks->len && seen < TITLE_BLOCKS; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->zone == ZONE_FRONT_MATTER)
			continue;
		struct piece piece = piece_of(doc, block, own);
		if (words_count(piece.s, piece_range(&piece), 30) >= 30)
			break;
		if (seen++ == 0)
			continue;
		guint before = n;
		for (guint32 pos = 0, end; pos < piece.len; pos = end + 1) {
			end = text_line_end(piece.s, pos, piece.len);
			add_authors(a, &piece, (struct range){ pos, end }, people, &n);
		}
		if (before == 0 && n > 0)
			*range = (struct range){ block_start(block), block_end(block) };
	}
	return n == 0 ? -1 : n == 1 ? people[0] : joint_author(a, people, n);
}

int author_of_report(struct attributing *a, struct range *range)
{
	struct document *doc = a->doc;
	g_autoptr(GString) own = g_string_new(NULL);
	for (guint i = 0, seen = 0; i < doc->blocks->len && seen < TITLE_BLOCKS; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->zone == ZONE_FRONT_MATTER)
			continue;
		struct piece piece = piece_of(doc, block, own);
		if (words_count(piece.s, piece_range(&piece), 40) >= 40)
			return -1;
		guint32 by = seen++ > 0 && block->kind != BLOCK_HEADING ? behind_by(a, piece.s, piece.len) : 0;
		struct name name;
		if (by == 0 || !name_scan(piece.s, by, piece.len, &name) || name.words < 2)
			continue;
		words_fold_to(a->folded, piece.s, name.end, text_line_end(piece.s, name.end, piece.len));
		if (cue_begins(CUE_AND, a->folded->str) > 0)	/* whose "I" it is cannot be told */
			return -1;
		*range = piece_span(doc, &piece, name.honorific, name.end);
		return byline_add(a, piece.s, &name);
	}
	return -1;
}

bool speaks_of_itself(struct attributing *a, const char *s, guint32 len)
{
	struct word word, next;
	for (guint32 pos = 0; word_next(s, &pos, len, &word);) {
		words_fold_to(a->folded, s, word.start, word.end);
		guint32 behind = pos;
		if (!cue_is(CUE_SELF_ONE, a->folded->str, -1))
			continue;
		if (!word.upper || word.start == 0)
			return true;
		/* "I had gone", but not "Annex I" */
		if (word.end - word.start == 1 && word_next(s, &behind, len, &next) && !next.upper && !next.digit &&
		    next.start == word.end + 1)
			return true;
	}
	return false;
}

int author_of_document(struct attributing *a, struct range *range)
{
	struct document *doc = a->doc;
	guint seen = 0;
	for (guint i = 0; i < doc->blocks->len && seen < TITLE_BLOCKS; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block))
			continue;
		seen++;
		if (block->zone == ZONE_FRONT_MATTER) {
			if (block->label != NULL && strcmp(block->label, "author") == 0 && is_only_author(doc, block) &&
			    speaks_for_itself(a)) {
				*range = (struct range){ block_start(block), block_end(block) };
				return author_index(doc, block);
			}
			continue;
		}
		struct piece piece = piece_of(doc, block, a->buffer);
		if (words_count(piece.s, piece_range(&piece), 40) >= 40)
			return -1;
		int person = byline_named(a, piece.s, piece.len);
		*range = (struct range){ block_start(block), block_end(block) };
		if (person < 0)
			person = named_over_lines(a, i, range);
		if (person < 0 && doc->type == TYPE_STATEMENT)
			person = named_alone(a, block, range);
		if (person >= 0)
			return person;
	}
	return -1;
}
