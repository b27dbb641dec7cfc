/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * introductions.c - the people whom the text itself introduces where they speak:
 * "Mr. Name (Country) said", "Name Name, Director of X, recalled", "opened by
 * Prof. Name (House)".
 *
 * What is read is the sentence: a name with a title or of two words, what is
 * said of its bearer in brackets, between commas or before the name, and a verb
 * of speaking behind it or right before it. A name in capitals with brackets
 * behind it needs no verb; in a document that introduces several so, names in
 * capitals need no brackets. A year in the brackets makes it a citation.
 *
 * Such a sentence alone makes nobody a speaker: the document must be an account
 * of a meeting, by its type, by its panels, or by two titled people in it.
 */
#include "corpus/people/introduced.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/date.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define SUBJECT_WORDS 24	/* before the name */
#define VERB_WORDS 4		/* between what is said of the person and the verb */
#define CAPITALS_ENOUGH 4	/* names in capitals with brackets behind: so the document prints those who speak */
#define HOUSE_WORDS 8
#define OF_HOUSE_WORDS 8		/* between the name and the verb, where "of" stands behind the name */
#define LISTED_ENOUGH 5		/* people whom lists name: no others are taken by the name alone */

const char *reading_fold(struct reading *reading, const char *s, guint32 from, guint32 to)
{
	words_fold_to(reading->folded, s, from, MAX(from, to));
	return reading->folded->str;
}

guint32 text_skip_blanks(const char *s, guint32 pos, guint32 end)
{
	while (pos < end && g_ascii_isspace(s[pos]))
		pos++;
	return pos;
}

bool reading_speaks_at(struct reading *reading, const char *s, guint32 from, guint32 end)
{
	struct word word;
	for (guint n = 0; n < VERB_WORDS && word_next(s, &from, end, &word); n++)
		if (!word.upper && (cue_begins_text(CUE_SPEAK, s, word.start, MIN(end, word.start + 60), reading->folded) > 0 ||
		                    cue_begins_text(CUE_TAKES_CHAIR, s, word.start, MIN(end, word.start + 60), reading->folded) > 0))
			return true;
	return false;
}

bool reading_bracket(const char *s, guint32 *pos, guint32 end, struct range *bracket)
{
	guint32 open = text_skip_blanks(s, *pos, end);
	*bracket = (struct range){ open, open };
	if (open >= end || s[open] != '(')
		return true;
	const char *close = memchr(s + open, ')', MIN(end - open, APPOSITION_BYTES));
	if (close == NULL || g_ascii_isdigit(s[open + 1]))
		return false;
	*bracket = text_trim(s, (struct range){ open + 1, (guint32)(close - s) });
	*pos = (guint32)(close - s) + 1;
	return true;
}

bool reading_is_function(struct reading *reading, const char *s, struct range part)
{
	if (part.start >= part.end)
		return false;
	const char *words = reading_fold(reading, s, part.start, part.end);
	return cue_holds(CUE_ROLE, words) || cue_holds(CUE_BODY, words);
}

/* ", Director of X, House," behind the name: up to the comma before the verb. Where
 * the name has a title, a function and a small word behind the comma are enough. */
static void read_apposition(struct reading *reading, const char *s, guint32 *pos, guint32 end, bool titled, struct range *apposition)
{
	guint32 comma = text_skip_blanks(s, *pos, end);
	*apposition = (struct range){ comma, comma };
	if (comma >= end || s[comma] != ',')
		return;
	guint32 limit = MIN(end, comma + APPOSITION_BYTES);
	const char *semicolon = memchr(s + comma, ';', limit - comma);
	limit = semicolon == NULL ? limit : (guint32)(semicolon - s);
	for (guint32 i = comma + 1; i < limit; i++) {
		struct word word;
		guint32 next = i;
		if (s[i] != ',' || !word_next(s, &next, end, &word) || word.upper)
			continue;
		struct range part = text_trim(s, (struct range){ comma + 1, i });
		bool presented = titled && !cue_is(CUE_AND, reading_fold(reading, s, word.start, word.end), -1) &&
			reading_is_function(reading, s, part);
		if (!presented && !reading_speaks_at(reading, s, i, end))
			continue;
		*apposition = part;
		*pos = i;
		return;
	}
}

/* "Ms. Ann Bell, Director of the House of Salt, and Mr. ...": named in full with title
 * and function, wherever that stands. */
static bool is_presented(struct reading *reading, const char *s, const struct name *name, guint32 *pos, guint32 end, struct range *apposition)
{
	guint32 comma = text_skip_blanks(s, *pos, end);
	if (name->words < 2 || comma >= end || s[comma] != ',')
		return false;
	guint32 limit = MIN(end, comma + APPOSITION_BYTES);
	const char *semicolon = memchr(s + comma, ';', limit - comma);
	limit = semicolon == NULL ? limit : (guint32)(semicolon - s);
	const char *close = memchr(s + comma + 1, ',', limit - comma - 1);
	guint32 stop = close == NULL ? limit : (guint32)(close - s);
	struct range part = text_trim(s, (struct range){ comma + 1, stop });
	if (close == NULL && semicolon == NULL && (limit < end || part.end <= part.start || s[part.end - 1] != '.'))
		return false;
	part.end -= close == NULL && semicolon == NULL;
	if (cue_begins(CUE_ROLE, reading_fold(reading, s, part.start, part.end)) == 0 || words_count(s, part, FUNCTION_WORDS + 1) > FUNCTION_WORDS)
		return false;
	*apposition = part;
	*pos = stop;
	return true;
}

bool reading_is_house(struct reading *reading, const char *s, struct range part)
{
	struct word word;
	guint n = 0;
	for (guint32 pos = part.start; word_next(s, &pos, part.end, &word); n++) {
		const char *folded = reading_fold(reading, s, word.start, word.end);
		if (n >= HOUSE_WORDS || roster_any_word(reading->roster, folded) != ROSTER_NONE ||
		    (!word.upper && !cue_is(CUE_OF, folded, -1) && !cue_is(CUE_AND, folded, -1) && !cue_is(CUE_ARTICLE, folded, -1)))
			return false;
	}
	return n > 0 && memchr(s + part.start, ',', part.end - part.start) == NULL;
}

/* "la doctora Ann Bell": a title in small letters. */
static bool titled_small(struct reading *reading, const char *s, guint32 start, guint32 name)
{
	guint32 end = name, from;
	while (end > start && g_ascii_isspace(s[end - 1]))
		end--;
	for (from = end; from > start && !g_ascii_isspace(s[from - 1]); from--)
		;
	return from < end && cue_is(CUE_HONORIFIC, reading_fold(reading, s, from, end), -1);
}

/* "said X", "eröffnete X", "opened by X": what stands right before the name. */
static bool led_to(struct reading *reading, const char *s, guint32 start, guint32 name)
{
	guint32 from = text_words_back(s, start, name, 3);
	if (from <= start && name <= start)
		return false;
	const char *before = reading_fold(reading, s, from, name);
	const char *last = strrchr(before, ' ');
	last = last == NULL ? before : last + 1;
	if (last > before && (cue_is(CUE_ARTICLE, last, -1) || cue_is(CUE_HONORIFIC, last, -1)))	/* "hizo uso de la palabra el señor X" */
		return cue_holds_text(CUE_SPEAK, s, start, name, reading->folded) && !text_ends_sentence(s, (struct range){ start, name });
	if (cue_is(CUE_BY, last, -1)) {
		if (cue_holds(CUE_MODERATOR, before))	/* "co-chaired by" */
			return false;
		g_autofree char *passive = g_strndup(before, (gsize)(last - before));
		return cue_holds(CUE_GAVE, passive) || cue_holds(CUE_TALK, passive) || cue_holds(CUE_SPEAK, passive);
	}
	return cue_begins(CUE_SPEAK, last) > 0;
}

/* "opened by Ann Bell, Director of the House of Salt." */
static void rest_of_sentence(struct reading *reading, const char *s, guint32 pos, guint32 end, struct range *apposition)
{
	guint32 comma = text_skip_blanks(s, pos, end);
	if (comma >= end || s[comma] != ',')
		return;
	struct range rest = text_trim(s, (struct range){ comma + 1, MIN(end, comma + APPOSITION_BYTES) });
	const char *next = memchr(s + rest.start, ',', rest.end - rest.start);
	rest.end = next == NULL ? rest.end : (guint32)(next - s);
	if (rest.end > rest.start && s[rest.end - 1] == '.')
		rest.end--;
	if (words_count(s, rest, FUNCTION_WORDS + 1) <= FUNCTION_WORDS && reading_is_function(reading, s, rest))
		*apposition = rest;
}

bool reading_in_capitals(const char *s, const struct name *name)
{
	struct word word;
	guint n = 0;
	for (guint32 pos = name->start; word_next(s, &pos, name->end, &word); n++)
		if (!word.caps && word.end - word.start > 2)
			return false;
	return n > 0;
}

/* "La ministra de X, Name, ...": the function stands before the name, between the
 * beginning of the sentence or a small word and the comma. */
static bool follows_function(struct reading *reading, const char *s, guint32 start, guint32 name, struct range *function)
{
	guint32 comma = name, from = name, words = 0;
	while (comma > start && g_ascii_isspace(s[comma - 1]))
		comma--;
	if (comma <= start || s[comma - 1] != ',')
		return false;
	for (guint32 i = comma - 1; i > start && words < FUNCTION_WORDS && s[i - 1] != ',' && s[i - 1] != '('; i--) {
		if (!g_ascii_isspace(s[i - 1]))
			continue;
		words++;
		if (cue_begins(CUE_ROLE, reading_fold(reading, s, i, comma - 1)) > 0 || cue_begins(CUE_RANK, reading->folded->str) > 0)
			from = i;
	}
	if (cue_begins(CUE_ROLE, reading_fold(reading, s, start, MIN(comma - 1, start + 60))) > 0 && words < FUNCTION_WORDS)
		from = start;
	*function = text_trim(s, (struct range){ from, comma - 1 });
	return from < name && cue_holds(CUE_ROLE, reading_fold(reading, s, from, comma - 1));
}

/* Nothing but the number of the paragraph stands before the name. */
static bool is_at_start(const char *s, guint32 start, guint32 name)
{
	while (start < name && (g_ascii_isspace(s[start]) || g_ascii_isdigit(s[start]) || s[start] == '.'))
		start++;
	return start >= name;
}

/* A small word that can be a verb stands next. */
static bool goes_on_small(struct reading *reading, const char *s, guint32 pos, guint32 end)
{
	struct word word;
	if (!word_next(s, &pos, end, &word) || word.upper || word.digit)
		return false;
	const char *folded = reading_fold(reading, s, word.start, word.end);
	return !cue_is(CUE_AND, folded, -1) && !word_is_preposition(reading->doc, s, &word, folded) && !cue_is(CUE_OF, folded, -1);
}

/* "The geologist Ann Bell": an article and one small word, which is no thing's, before the name. */
static bool behind_calling(struct reading *reading, const char *s, guint32 start, guint32 name)
{
	struct word article, word;
	if (!word_next(s, &start, name, &article) || !cue_is(CUE_ARTICLE, reading_fold(reading, s, article.start, article.end), -1) ||
	    !word_next(s, &start, name, &word) || word.upper || word_next(s, &start, name, &article))
		return false;
	const char *folded = reading_fold(reading, s, word.start, word.end);
	return !cue_holds(CUE_THING, folded) && !cue_holds(CUE_BODY, folded) && !cue_holds(CUE_EVENT, folded) && !cue_is(CUE_OF, folded, -1) &&
	       !word_is_preposition(reading->doc, s, &word, folded);
}

/* "Ann Bell of the national net service described": a verb behind the house or the place. */
static bool speaks_behind_house(struct reading *reading, const char *s, guint32 pos, guint32 end)
{
	struct word word;
	if (!word_next(s, &pos, end, &word) || word.upper || !cue_is(CUE_OF, reading_fold(reading, s, word.start, word.end), -1))
		return false;
	for (guint n = 0; n < OF_HOUSE_WORDS && word_next(s, &pos, end, &word); n++) {
		if (memchr(s + word.start - 1, ',', 1) != NULL || cue_is(CUE_WHO, reading_fold(reading, s, word.start, word.end), -1))
			return false;
		if (!word.upper && cue_begins_text(CUE_SPEAK, s, word.start, MIN(end, word.start + 60), reading->folded) > 0)
			return true;
	}
	return false;
}

/* "Engineer Bell", whose whole name is known: no first name. */
static bool is_function_and_surname(struct reading *reading, const char *s, const struct name *name)
{
	struct word word;
	guint32 pos = name->start;
	return name->words == 2 && word_next(s, &pos, name->end, &word) &&
	       cue_is(CUE_ROLE, reading_fold(reading, s, word.start, word.end), -1) &&
	       roster_surname(reading->roster, reading_fold(reading, s, word.end, name->end)) != ROSTER_NONE;
}

/* What found->name is introduced as. */
static bool read_person(struct reading *reading, const char *s, guint32 start, guint32 end, struct introduced *found)
{
	bool titled = found->name.honorific < found->name.start || titled_small(reading, s, start, found->name.honorific);
	guint32 pos = found->name.end;
	if ((!titled && found->name.words < 2) || cue_is(CUE_COUNTRY, reading_fold(reading, s, found->name.start, found->name.end), -1) ||
	    !reading_bracket(s, &pos, end, &found->bracket))
		return false;
	bool bracket = found->bracket.end > found->bracket.start;
	if (bracket && found->name.words >= 2 && reading_in_capitals(s, &found->name)) {
		found->apposition = (struct range){ pos, pos };
		found->strength = BY_TITLE;
		reading->capitals++;
		return true;
	}
	bool led = led_to(reading, s, start, found->name.honorific);
	bool presented = follows_function(reading, s, start, found->name.honorific, &found->apposition);
	if (!presented)
		read_apposition(reading, s, &pos, end, titled, &found->apposition);
	if (led && found->apposition.end <= found->apposition.start)
		rest_of_sentence(reading, s, pos, end, &found->apposition);
	bool of_house = found->name.words >= 2 && !titled && speaks_behind_house(reading, s, pos, end);
	bool subject = titled && (bracket || found->apposition.end > found->apposition.start) && is_at_start(s, start, found->name.honorific) &&
	               goes_on_small(reading, s, pos, end);
	bool named = titled && found->apposition.end <= found->apposition.start &&
		is_presented(reading, s, &found->name, &pos, end, &found->apposition);
	if (!led && !presented && !subject && !named && !of_house && !reading_speaks_at(reading, s, pos, end))
		return false;
	struct range *apposition = &found->apposition;	/* but not the next line, "Kiel, 3 May 2021" */
	apposition->end = MIN(apposition->end, apposition->start +
			      date_above_place(s + apposition->start, MIN(end - apposition->start, 2 * APPOSITION_BYTES)));
	bool function = reading_is_function(reading, s, found->bracket) || reading_is_function(reading, s, found->apposition) ||
		reading_is_house(reading, s, found->apposition);
	found->strength = titled ? BY_TITLE : function || (bracket && led) ? BY_FUNCTION : led ? NOT_INTRODUCED : BY_NAME;
	reading->brackets += bracket && found->name.words >= 2 && found->strength != NOT_INTRODUCED;
	if (found->strength == BY_NAME && is_function_and_surname(reading, s, &found->name))
		return false;
	if (found->strength == BY_NAME && found->name.honorific > start + 2 && s[found->name.honorific - 2] != ',' &&
	    !(bracket && behind_calling(reading, s, start, found->name.honorific)))
		return false;	/* "the Society of Net Menders" */
	return found->strength != NOT_INTRODUCED;
}

/* The first person whom the sentence introduces. */
static bool read_sentence(struct reading *reading, const char *s, guint32 start, guint32 end, struct introduced *found)
{
	struct word word;
	guint32 pos = start;
	for (guint n = 0; n < SUBJECT_WORDS && word_next(s, &pos, end, &word); n++) {
		if (!word.upper || !name_scan(s, word.start, end, &found->name))
			continue;
		if (read_person(reading, s, start, end, found))
			return true;
		pos = MAX(pos, found->name.end);
	}
	return false;
}

static const char *keep(struct reading *reading, const char *s, struct range part)
{
	return part_text(reading->doc, s, part);
}

/* What stands in brackets is a country, a function or a house. */
static void describe_by_bracket(struct reading *reading, struct person *person, const char *s, struct range bracket)
{
	if (bracket.start >= bracket.end)
		return;
	const char *words = reading_fold(reading, s, bracket.start, bracket.end);
	if (cue_is(CUE_COUNTRY, words, -1))
		person->country = keep(reading, s, bracket);
	else if (cue_begins(CUE_ROLE, words) > 0 || (cue_holds(CUE_ROLE, words) && !cue_holds(CUE_BODY, words)) ||
		 memchr(s + bracket.start, ',', bracket.end - bracket.start) != NULL)
		person_describe(reading->doc, person, s + bracket.start, bracket.end - bracket.start);
	else
		person->organisation = keep(reading, s, bracket);
}

/* One word, particles aside: "de La Roche". */
static bool is_surname(struct reading *reading, const char *s, struct range name)
{
	struct word word;
	guint n = 0;
	for (guint32 pos = name.start; word_next(s, &pos, name.end, &word);)
		n += !cue_is(CUE_PARTICLE, reading_fold(reading, s, word.start, word.end), -1);
	return n < 2;
}

void reading_add(struct reading *reading, const char *s, const struct introduced *found)
{
	struct range name = { found->name.start, found->name.end };
	struct range honorific = text_trim(s, (struct range){ found->name.honorific, found->name.start });
	struct person person = { .name = keep(reading, s, name) };
	if (honorific.end > honorific.start)
		person.honorific = keep(reading, s, honorific);
	if (reading_is_function(reading, s, found->apposition) && cue_begins(CUE_LEAD, reading->folded->str) == 0 &&
	    cue_begins(CUE_WHO, reading->folded->str) == 0)
		person_describe(reading->doc, &person, s + found->apposition.start,
		                found->apposition.end - found->apposition.start);
	else if (reading_is_house(reading, s, found->apposition))
		person.organisation = keep(reading, s, found->apposition);
	describe_by_bracket(reading, &person, s, found->bracket);
	/* somebody of that surname is known already */
	bool surname = is_surname(reading, s, name);
	const char *folded = reading_fold(reading, s, name.start, name.end);
	int namesake = roster_surname(reading->roster, folded);
	if (surname && namesake == ROSTER_NONE && person.country == NULL && person.organisation == NULL &&
	    roster_any_word(reading->roster, folded) != ROSTER_NONE)	/* "Ms. Kim", whose family name stands first */
		return;
	if ((surname || namesake >= 0) && namesake != ROSTER_NONE && roster_full(reading->roster, folded) == ROSTER_NONE) {
		struct person *known = namesake >= 0 ? document_person(reading->doc, (guint)namesake) : NULL;
		if (person.country == NULL && person.organisation == NULL)
			return;
		if (surname && known != NULL && known->country == NULL && known->organisation == NULL) {	/* of whom nothing was said */
			known->country = person.country;
			known->organisation = person.organisation;
			known->role = known->role != NULL ? known->role : person.role;
			return;
		}
	}
	roster_add(reading->roster, &person);
}

/* Reads all sentences; adds those who are introduced at least so strongly. */
static guint read_all(struct reading *reading, enum strength least, bool adding)
{
	struct document *doc = reading->doc;
	g_autoptr(GString) own = g_string_new(NULL);
	guint met = 0;
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (adding && block->n_ranges == 1 && block->zone == ZONE_BODY && named_byline(reading, block))
			continue;
		if (!block_is_text(block) || block->zone != ZONE_BODY)
			continue;
		struct piece piece = prose_of(doc, block, own);
		for (guint32 pos = 0, end; pos < piece.len; pos = end) {
			struct introduced found;
			end = sentence_end(piece.s, pos, piece.len);
			guint32 from = pos;
			struct introduced pair[2];
			if (adding) {
				named_elected(reading, piece.s, pos, end);
				named_listed(reading, piece.s, pos, end);
			}
			if (adding && least <= BY_FUNCTION && named_pair(reading, piece.s, pos, end, pair)) {
				reading_add(reading, piece.s, &pair[0]);
				reading_add(reading, piece.s, &pair[1]);
				continue;
			}
			if (read_sentence(reading, piece.s, pos, end, &found) && found.strength >= least) {
				met++;
				if (adding)
					reading_add(reading, piece.s, &found);
				from = found.name.end;
			} else if (memchr(piece.s + pos, '(', end - pos) == NULL) {
				continue;
			}
			for (guint32 next = from; adding && named_further(reading, piece.s, &next, end, &found);)
				reading_add(reading, piece.s, &found);
		}
	}
	return met;
}

void introductions_read(struct document *doc, struct roster *roster, guint listed)
{
	struct reading reading = { .doc = doc, .roster = roster, .folded = g_string_new(NULL) };
	bool account = doc->type == TYPE_REPORT || doc->panels->len > 0;
	if (doc->type != TYPE_BACKGROUND_PAPER && doc->type != TYPE_SLIDES &&
	    (account || read_all(&reading, BY_TITLE, false) >= 2))
		read_all(&reading, account && listed < LISTED_ENOUGH ? BY_NAME : BY_FUNCTION, true);
	if (reading.capitals >= CAPITALS_ENOUGH)
		named_capitals(&reading);
	g_string_free(reading.folded, true);
}
