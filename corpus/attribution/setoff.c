/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * setoff.c - quotations that are paragraphs of their own.
 *
 *   ... Dr Bell told the Forum:          a lead-in, and the words in quotation
 *       We mend nets ...                 marks or indented
 *   Ann Bell, Director, said:            lead-in and words in one paragraph
 *   "We mend nets ..."
 *   "We mend nets ..."                   the name behind the words
 *   - Ann Bell, Director
 *
 * Whose they are is read off the lead-in's last sentence: its subject; where that
 * is "he" or "she", or no subject is found, the only person whom the lead-in
 * names. Words that are set off and cannot be given to anybody are nobody's, and
 * never the author's.
 */
#include "corpus/attribution/setoff.h"

#include <string.h>

#include "corpus/attribution/quoted.h"
#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define INDENT_MIN 3		/* columns further in than the paragraph before */
#define WORDS_MIN 6
#define LONG_WORDS 25		/* that begin in the middle of a line */
#define PREFIX_WORDS_MAX 30	/* before the colon, in one paragraph with the words */
#define BACK_MAX 6		/* silent blocks between lead-in and words */

/* The smallest indentation of the block's lines in the text, in columns. */
static guint indent_of(const struct document *doc, const struct block *block)
{
	guint least = G_MAXUINT;
	for (guint k = 0; k < block->n_ranges; k++) {
		for (guint32 pos = block->ranges[k].start; pos < block->ranges[k].end;) {
			guint32 line = pos;
			while (line > 0 && (doc->text[line - 1] == ' ' || doc->text[line - 1] == '\t'))
				line--;
			guint32 first = pos;
			while (first < block->ranges[k].end && (doc->text[first] == ' ' || doc->text[first] == '\t'))
				first++;
			if (line == 0 || doc->text[line - 1] == '\n' || doc->text[line - 1] == '\f')
				least = MIN(least, first - line);
			pos = text_next_line(doc->text, pos, block->ranges[k].end);
		}
	}
	return least == G_MAXUINT ? 0 : least;
}

/* The text block before i, beyond what no passage holds; -1. */
static int block_before(const struct document *doc, guint i)
{
	for (guint n = 0; i-- > 0 && n < BACK_MAX; n++) {
		const struct block *block = document_block(doc, i);
		if (block->n_ranges == 0 || block_is_silent(block) || block->kind == BLOCK_FOOTNOTE)
			continue;
		return block->kind == BLOCK_HEADING ? -1 : (int)i;
	}
	return -1;
}

static bool ends_in_colon(const struct piece *piece)
{
	struct range text = text_trim(piece->s, piece_range(piece));
	return text.end > text.start && piece->s[text.end - 1] == ':';
}

/* Somebody who can speak: of the roster, with a title, or a whole name. */
static bool can_speak(struct attributing *a, const char *s, const struct mention *mention)
{
	if (mention->person >= 0)
		return true;
	words_fold_to(a->folded, s, mention->start, mention->end);
	return mention->person == ROSTER_NONE && !cue_holds(CUE_BODY, a->folded->str) && !cue_is(CUE_COUNTRY, a->folded->str, -1) &&
	       !cue_holds(CUE_ASSEMBLY, a->folded->str) && (mention->honorific < mention->start || strchr(a->folded->str, ' ') != NULL);
}

static int person_of(struct attributing *a, const char *s, const struct mention *mention)
{
	struct name name;
	if (mention->person >= 0)
		return mention->person;
	return name_scan(s, mention->honorific, mention->end, &name) ? byline_add(a, s, &name) : -1;
}

/* The only person whom [from, to) names, the one who has a verb of speaking or
 * stands behind "according to" before others; -1. */
static int only_person(struct attributing *a, const char *s, guint32 from, guint32 to, struct range *where)
{
	struct word word;
	struct mention found = { .person = ROSTER_NONE };
	guint n = 0;
	for (guint32 pos = from; word_next(s, &pos, to, &word);) {
		struct mention mention;
		if (!word.upper || !mention_at(a, s, word.start, to, &mention))
			continue;
		pos = MAX(pos, mention.end);
		if (!can_speak(a, s, &mention) || mention_owns(s, to, &mention))
			continue;
		bool again = n > 0 && ((mention.person >= 0 && mention.person == found.person) ||
		                       (mention.end - mention.start == found.end - found.start &&
		                        memcmp(s + mention.start, s + found.start, mention.end - mention.start) == 0));
		n += !again;
		found = again ? found : mention;
	}
	if (n != 1)
		return -1;
	*where = (struct range){ found.honorific, found.end };
	return person_of(a, s, &found);
}

/* Whose the words are that [0, len) of s leads to. */
static int led_by(struct attributing *a, const char *s, guint32 len, int panel, struct range *where)
{
	static const int nobody[1];
	struct account account = { .speaker = -1, .panel = panel, .chair = a->doc->chair, .present = nobody, .delegations = true };
	struct subject subject;
	guint32 sentence = 0;
	for (guint32 pos = 0; pos < len;) {
		sentence = pos;
		pos = sentence_end(s, pos, len);
	}
	subject_read(a, &account, s, sentence, len, &subject);
	if (subject.kind == SUBJECT_PERSON) {
		*where = subject.where;
		return subject.person;
	}
	int person = only_person(a, s, sentence, len, where);
	return person >= 0 || subject.kind == SUBJECT_SOMEBODY ? person : only_person(a, s, 0, len, where);
}

/* "said: "We mend nets."": where the marks open that reach to the end; 0. */
static guint32 words_behind_colon(const struct piece *piece, bool *open)
{
	const char *s = piece->s;
	for (guint32 i = 0; i + 4 < piece->len && i < 300; i++) {
		if (s[i] != ':' || !g_ascii_isspace(s[i + 1]))
			continue;
		guint32 at = i + 1;
		while (at < piece->len && g_ascii_isspace(s[at]))
			at++;
		struct quoted quoted;
		bool closed = quoted_at(s, at, piece->len, &quoted);
		bool line = memchr(s + i, '\n', at - i) != NULL;
		guint least = line ? WORDS_MIN : LONG_WORDS;
		struct range rest = closed ? text_trim(s, (struct range){ quoted.behind, piece->len }) : (struct range){ 0, 0 };
		*open = !closed && g_utf8_get_char(s + at) == 0x201C;
		if (*open || (closed && words_count(s, rest, 2) == 0 && words_count(s, (struct range){ quoted.start, quoted.end }, least) >= least))
			return at;
		return 0;
	}
	return 0;
}

/* "..." / - Ann Bell, Director: the name behind the words that begin the block. */
static bool named_behind(struct attributing *a, const struct piece *piece, struct set_off *found)
{
	struct quoted quoted;
	struct name name;
	guint32 pos;
	if (!quoted_at(piece->s, 0, piece->len, &quoted) ||
	    words_count(piece->s, (struct range){ quoted.start, quoted.end }, WORDS_MIN) < WORDS_MIN)
		return false;
	for (pos = quoted.behind; pos < piece->len && g_ascii_isspace(piece->s[pos]); pos++)
		;
	guint32 dash = pos;
	while (pos < piece->len && (piece->s[pos] == '-' || (guchar)piece->s[pos] == 0xE2 || piece->s[pos] == ' '))
		pos += (guchar)piece->s[pos] == 0xE2 ? MIN(3, piece->len - pos) : 1;
	if (pos == dash || pos >= piece->len || words_count(piece->s, (struct range){ pos, piece->len }, 16) > 15 ||
	    !name_scan(piece->s, pos, piece->len, &name) || name.words < 2)
		return false;
	found->person = byline_add(a, piece->s, &name);
	found->where = piece_span(a->doc, piece, name.honorific, name.end);
	return true;
}

/* Quotation marks open at the beginning; *open where they do not close. */
static bool is_quoted(const struct piece *piece, bool *open)
{
	struct quoted quoted;
	bool closed = quoted_at(piece->s, 0, piece->len, &quoted);
	gunichar first = g_utf8_get_char(piece->s);
	*open = !closed && (first == 0x201C || first == 0x201E || first == 0xAB);
	struct range rest = closed ? text_trim(piece->s, (struct range){ quoted.behind, piece->len }) : (struct range){ 0, 0 };
	return *open || (closed && words_count(piece->s, rest, 2) <= 1);
}

/* "They wrote to the Governor in 1998:" */
static bool leads_to_words(struct attributing *a, const struct piece *lead_in)
{
	guint32 from = 0;
	for (guint32 pos = 0; pos < lead_in->len; pos = sentence_end(lead_in->s, pos, lead_in->len))
		from = pos;
	return cue_holds_text(CUE_SPEAK, lead_in->s, from, lead_in->len, a->folded) ||
	       cue_holds_text(CUE_TALK, lead_in->s, from, lead_in->len, a->folded);
}

/* "- Ann Bell, statement at Kiel" on the last line of what is set off. */
static void named_below(struct attributing *a, const struct piece *piece, struct set_off *found)
{
	const char *feed = g_strrstr_len(piece->s, piece->len, "\n");
	guint32 pos = feed == NULL ? piece->len : (guint32)(feed - piece->s) + 1;
	struct name name;
	while (pos < piece->len && g_ascii_isspace(piece->s[pos]))
		pos++;
	guint32 dash = pos;
	while (pos < piece->len && (piece->s[pos] == '-' || (guchar)piece->s[pos] == 0xE2 || piece->s[pos] == ' '))
		pos += (guchar)piece->s[pos] == 0xE2 ? MIN(3, piece->len - pos) : 1;
	if (pos == dash || pos >= piece->len || !name_scan(piece->s, pos, piece->len, &name) || name.words < 2)
		return;
	found->person = byline_add(a, piece->s, &name);
	found->where = piece_span(a->doc, piece, name.honorific, name.end);
}

bool set_off_quotation(struct attributing *a, struct set_offs *state, guint i, struct set_off *found)
{
	const struct block *block = document_block(a->doc, i);
	g_autoptr(GString) own = g_string_new(NULL), lead = g_string_new(NULL);
	struct piece piece = piece_of(a->doc, block, own);
	bool open = false, went_on = state->open;
	state->open = false;
	*found = (struct set_off){ .person = -1, .from = block_start(block) };
	if (words_count(piece.s, piece_range(&piece), WORDS_MIN) < WORDS_MIN)
		return false;
	bool quoted = is_quoted(&piece, &open);
	if (went_on && quoted) {
		found->person = state->last.person;
		found->where = state->last.where;
	} else if (named_behind(a, &piece, found)) {
		open = false;
	} else {
		guint32 at = words_behind_colon(&piece, &open);
		int before = at > 0 ? -1 : block_before(a->doc, i);
		if (at > 0 && words_count(piece.s, (struct range){ 0, at }, PREFIX_WORDS_MAX + 1) <= PREFIX_WORDS_MAX) {
			found->person = led_by(a, piece.s, at, block->panel, &found->where);
			if (found->person < 0)
				return false;
			found->where = piece_span(a->doc, &piece, found->where.start, found->where.end);
			found->from = piece_at(a->doc, &piece, at);
		} else if (before >= 0) {
			const struct block *leading = document_block(a->doc, (guint)before);
			struct piece lead_in = piece_of(a->doc, leading, lead);
			bool indented = block->kind == BLOCK_QUOTATION || indent_of(a->doc, block) >= indent_of(a->doc, leading) + INDENT_MIN;
			if (!ends_in_colon(&lead_in) || (!quoted && !indented) || block->kind == BLOCK_LIST_ITEM)
				return false;
			found->person = led_by(a, lead_in.s, lead_in.len, leading->panel, &found->where);
			if (found->person >= 0)
				found->where = piece_span(a->doc, &lead_in, found->where.start, found->where.end);
			else if (!quoted && !leads_to_words(a, &lead_in))
				return false;	/* an indented list of points */
			if (found->person < 0)
				named_below(a, &piece, found);
		} else {
			return false;
		}
	}
	state->open = open;
	state->last = *found;
	return true;
}
