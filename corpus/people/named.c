/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * named.c - people whom the text names where they do not speak yet: elected into an
 * office, between semicolons, in a byline, two at once, further on in a sentence that
 * introduces somebody, in capitals.
 */
#include "corpus/people/introduced.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define BRACKETS_ENOUGH 2	/* speakers with their house in brackets: so the document names people */

/* "(House of Salt, Kiel)", no acronym and no year. */
static bool is_house_in_brackets(struct reading *reading, const char *s, struct range bracket)
{
	struct word word;
	guint words = 0, small = 0;
	for (guint32 pos = bracket.start; word_next(s, &pos, bracket.end, &word); words++) {
		if (word.digit || (words == 0 && !word.upper))
			return false;
		small += !word.upper;
	}
	if (words == 0 || words > FUNCTION_WORDS || small * 2 > words)
		return false;
	const char *folded = reading_fold(reading, s, bracket.start, bracket.end);
	return words > 1 || cue_holds(CUE_BODY, folded) || cue_is(CUE_COUNTRY, folded, -1) || !word.caps;
}

/* "Ms. Ann Bell (Norway) was elected Chair and Mr. Tom Marsh (Chile) Vice-Chair": the
 * office right behind the name. */
static void read_office(struct reading *reading, const char *s, guint32 pos, guint32 end, struct range *office)
{
	struct word word;
	guint32 last = pos;
	*office = (struct range){ pos, pos };
	while (word_next(s, &pos, end, &word) && memchr(s + last, ',', word.start - last) == NULL) {
		const char *folded = reading_fold(reading, s, word.start, word.end);
		bool role = cue_is(CUE_PRESIDES, folded, -1) || cue_is(CUE_RANK, folded, -1) || cue_is(CUE_ROLE, folded, -1);
		last = word.end;
		if (role && word.upper)
			office->start = office->end == office->start ? word.start : office->start;
		else if (office->end > office->start || (word.upper && !role))
			return;
		office->end = role && word.upper ? word.end : office->start;
	}
}

/* Nothing in it says that it is a house, an event or a place. */
static bool is_name_alone(struct reading *reading, const char *s, const struct name *name)
{
	const char *folded = reading_fold(reading, s, name->start, name->end);
	return !cue_holds(CUE_BODY, folded) && !cue_holds(CUE_EVENT, folded) && !cue_holds(CUE_COUNTRY, folded) && !cue_holds(CUE_NOT_NAME, folded);
}

bool named_further(struct reading *reading, const char *s, guint32 *pos, guint32 end, struct introduced *found)
{
	struct word word;
	bool joined = false;	/* "remarks by Dr Ann Bell and Dr Tom Marsh" */
	for (guint n = 0; word_next(s, pos, end, &word); n++) {
		struct name name;
		joined = n == 0 ? cue_is(CUE_AND, reading_fold(reading, s, word.start, word.end), -1) : joined && n == 1;
		if (!word.upper || !name_scan(s, word.start, end, &name))
			continue;
		*pos = MAX(*pos, name.end);
		if (name.words < 2)
			continue;
		guint32 behind = name.end;
		*found = (struct introduced){ .name = name, .strength = BY_TITLE };
		if (joined && name.honorific < name.start)
			return true;
		if (!reading_bracket(s, &behind, end, &found->bracket))
			continue;
		bool country = found->bracket.end > found->bracket.start &&
		               cue_is(CUE_COUNTRY, reading_fold(reading, s, found->bracket.start, found->bracket.end), -1);
		bool house = reading->brackets >= BRACKETS_ENOUGH && is_house_in_brackets(reading, s, found->bracket);
		bool body = cue_holds(CUE_BODY, reading_fold(reading, s, name.start, name.end));
		if ((country && !body) || (house && is_name_alone(reading, s, &name)))	/* "co-chaired by Ann Bell (Norway)" */
			return true;
		if (name.honorific == name.start)
			continue;
		guint32 comma = text_skip_blanks(s, behind, end);
		if (comma < end && s[comma] == ',') {
			const char *next = memchr(s + comma + 1, ',', end - comma - 1);
			guint32 stop = next == NULL ? end : (guint32)(next - s);
			found->apposition = text_trim(s, (struct range){ comma + 1, MIN(stop, comma + APPOSITION_BYTES) });
			if (found->apposition.end > found->apposition.start && s[found->apposition.end - 1] == '.')
				found->apposition.end--;
		}
		if (reading_is_function(reading, s, found->bracket) || reading_is_function(reading, s, found->apposition))
			return true;
	}
	return false;
}

bool named_pair(struct reading *reading, const char *s, guint32 start, guint32 end, struct introduced found[2])
{
	struct word word;
	guint32 pos = start;
	for (guint n = 0; n < 2; n++) {
		struct name name;
		found[n] = (struct introduced){ .strength = BY_FUNCTION };
		if (!word_next(s, &pos, end, &word) || !word.upper || !name_scan(s, word.start, end, &name) || name.words < 2)
			return false;
		guint32 comma = text_skip_blanks(s, name.end, end);
		const char *close = comma < end && s[comma] == ',' ? memchr(s + comma + 1, ',', MIN(end - comma - 1, APPOSITION_BYTES)) : NULL;
		if (close == NULL)
			return false;
		found[n].name = name;
		found[n].apposition = text_trim(s, (struct range){ comma + 1, (guint32)(close - s) });
		pos = (guint32)(close - s) + 1;
		if (!reading_is_function(reading, s, found[n].apposition) && !reading_is_house(reading, s, found[n].apposition))
			return false;
		if (n == 0 && (!word_next(s, &pos, end, &word) || !cue_is(CUE_AND, reading_fold(reading, s, word.start, word.end), -1)))
			return false;
	}
	return reading_speaks_at(reading, s, pos, end);
}

void named_elected(struct reading *reading, const char *s, guint32 start, guint32 end)
{
	struct word word;
	if (!cue_holds_text(CUE_ELECTED, s, start, end, reading->folded))
		return;
	for (guint32 pos = start; word_next(s, &pos, end, &word);) {
		struct introduced found = { .strength = BY_TITLE };
		if (!word.upper || !name_scan(s, word.start, end, &found.name))
			continue;
		guint32 behind = found.name.end;
		pos = MAX(pos, behind);
		if (found.name.words < 2 || found.name.honorific == found.name.start || !reading_bracket(s, &behind, end, &found.bracket))
			continue;
		read_office(reading, s, behind, end, &found.apposition);
		if (found.apposition.end > found.apposition.start)
			reading_add(reading, s, &found);
	}
}

void named_listed(struct reading *reading, const char *s, guint32 start, guint32 end)
{
	struct word word;
	if (memchr(s + start, ';', end - start) == NULL)
		return;
	for (guint32 pos = start; word_next(s, &pos, end, &word);) {
		struct introduced found = { .strength = BY_TITLE };
		if (!word.upper || !name_scan(s, word.start, end, &found.name))
			continue;
		pos = MAX(pos, found.name.end);
		if (found.name.words < 2 || found.name.honorific == found.name.start || found.name.end + 2 >= end || s[found.name.end] != ',')
			continue;
		const char *semicolon = memchr(s + found.name.end, ';', end - found.name.end);
		guint32 stop = semicolon == NULL ? end - 1 : (guint32)(semicolon - s);
		if (found.name.end + 2 >= stop)
			continue;
		found.apposition = text_trim(s, (struct range){ found.name.end + 1, stop });
		if (words_count(s, found.apposition, FUNCTION_WORDS + 1) <= FUNCTION_WORDS)
			reading_add(reading, s, &found);
		pos = MAX(pos, stop);
	}
}

bool named_byline(struct reading *reading, const struct block *block)
{
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(reading->doc, block, own);
	struct introduced found = { .strength = BY_FUNCTION };
	guint32 behind;
	if (piece.len > APPOSITION_BYTES || !name_scan(piece.s, 0, piece.len, &found.name) || found.name.words < 2)
		return false;
	behind = found.name.end;
	if (!reading_bracket(piece.s, &behind, piece.len, &found.bracket) || found.bracket.end <= found.bracket.start || behind < piece.len ||
	    !is_name_alone(reading, piece.s, &found.name))
		return false;
	reading->brackets++;
	reading_add(reading, piece.s, &found);
	return true;
}

/* "the mayor ANN BELL", between words that are not in capitals. */
static void add_in_capitals(struct reading *reading, const struct piece *piece)
{
	struct word word, behind;
	struct name name;
	bool before = false;
	for (guint32 pos = 0; word_next(piece->s, &pos, piece->len, &word);) {
		bool caps = word.caps && word.end - word.start > 2;
		guint32 next;
		if (!caps || !before || !name_scan(piece->s, word.start, piece->len, &name) || name.words < 2 ||
		    name.honorific < word.start || !reading_in_capitals(piece->s, &name) ||
		    (next = name.end, word_next(piece->s, &next, piece->len, &behind) && behind.caps && behind.end - behind.start > 2)) {
			before = !caps && (!word.upper || before || word.end - word.start > 2);
			continue;
		}
		struct introduced found = { .name = name };
		const char *folded = reading_fold(reading, piece->s, name.start, name.end);
		if (!cue_holds(CUE_COUNTRY, folded) && !cue_holds(CUE_BODY, folded) && !cue_holds(CUE_EVENT, folded))
			reading_add(reading, piece->s, &found);
		pos = MAX(pos, name.end);
		before = false;
	}
}

void named_capitals(struct reading *reading)
{
	g_autoptr(GString) own = g_string_new(NULL);
	for (guint i = 0; i < reading->doc->blocks->len; i++) {
		const struct block *block = document_block(reading->doc, i);
		if (block->zone != ZONE_BODY || block->kind != BLOCK_PARAGRAPH || block->n_ranges == 0)
			continue;
		struct piece piece = prose_of(reading->doc, block, own);
		if (text_ends_sentence(piece.s, piece_range(&piece)))
			add_in_capitals(reading, &piece);
	}
}
