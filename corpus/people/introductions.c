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
#include "corpus/people/people.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define SUBJECT_WORDS 24	/* before the name */
#define VERB_WORDS 4		/* between what is said of the person and the verb */
#define FUNCTION_WORDS 14	/* "the Director of the House of X," before the name */
#define APPOSITION_BYTES 220
#define CAPITALS_ENOUGH 4	/* names in capitals with brackets behind: so the document prints those who speak */
#define HOUSE_WORDS 8
#define BRACKETS_ENOUGH 2	/* speakers with their house in brackets: so the document names people */
#define LISTED_ENOUGH 5		/* people whom lists name: no others are taken by the name alone */

enum strength { NOT_INTRODUCED, BY_NAME, BY_FUNCTION, BY_TITLE };

struct introduced {
	struct name name;
	struct range bracket, apposition;	/* start == end: none */
	enum strength strength;
};

struct reading {
	struct document *doc;
	struct roster *roster;
	GString *folded;
	guint capitals;		/* how often names in capitals with brackets behind */
	guint brackets;		/* how often a house stands in brackets behind who speaks */
};

static const char *fold(struct reading *reading, const char *s, guint32 from, guint32 to)
{
	words_fold_to(reading->folded, s, from, MAX(from, to));
	return reading->folded->str;
}

static guint32 skip_blanks(const char *s, guint32 pos, guint32 end)
{
	while (pos < end && g_ascii_isspace(s[pos]))
		pos++;
	return pos;
}

static bool speaks_at(struct reading *reading, const char *s, guint32 from, guint32 end)
{
	struct word word;
	for (guint n = 0; n < VERB_WORDS && word_next(s, &from, end, &word); n++)
		if (!word.upper && (cue_begins_text(CUE_SPEAK, s, word.start, MIN(end, word.start + 60), reading->folded) > 0 ||
		                    cue_begins_text(CUE_TAKES_CHAIR, s, word.start, MIN(end, word.start + 60), reading->folded) > 0))
			return true;
	return false;
}

/* "(Country)" behind the name. False where it is the year of a citation. */
static bool read_bracket(const char *s, guint32 *pos, guint32 end, struct range *bracket)
{
	guint32 open = skip_blanks(s, *pos, end);
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

static bool is_function(struct reading *reading, const char *s, struct range part)
{
	if (part.start >= part.end)
		return false;
	const char *words = fold(reading, s, part.start, part.end);
	return cue_holds(CUE_ROLE, words) || cue_holds(CUE_BODY, words);
}

/* ", Director of X, House," behind the name: up to the comma before the verb. Where
 * the name has a title, a function and a small word behind the comma are enough. */
static void read_apposition(struct reading *reading, const char *s, guint32 *pos, guint32 end, bool titled, struct range *apposition)
{
	guint32 comma = skip_blanks(s, *pos, end);
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
		bool presented = titled && !cue_is(CUE_AND, fold(reading, s, word.start, word.end), -1) && is_function(reading, s, part);
		if (!presented && !speaks_at(reading, s, i, end))
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
	guint32 comma = skip_blanks(s, *pos, end);
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
	if (cue_begins(CUE_ROLE, fold(reading, s, part.start, part.end)) == 0 || words_count(s, part, FUNCTION_WORDS + 1) > FUNCTION_WORDS)
		return false;
	*apposition = part;
	*pos = stop;
	return true;
}

/* "RBA", "Peatland Rescue Kalimantan": a house by its capitals, and nobody's name. */
static bool is_house(struct reading *reading, const char *s, struct range part)
{
	struct word word;
	guint n = 0;
	for (guint32 pos = part.start; word_next(s, &pos, part.end, &word); n++) {
		const char *folded = fold(reading, s, word.start, word.end);
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
	return from < end && cue_is(CUE_HONORIFIC, fold(reading, s, from, end), -1);
}

/* "said X", "eröffnete X", "opened by X": what stands right before the name. */
static bool led_to(struct reading *reading, const char *s, guint32 start, guint32 name)
{
	guint32 from = name;
	for (guint n = 0; n < 3 && from > start; n++) {
		while (from > start && !g_ascii_isalnum(s[from - 1]) && (guchar)s[from - 1] < 0x80)
			from--;
		while (from > start && (g_ascii_isalnum(s[from - 1]) || (guchar)s[from - 1] >= 0x80))
			from--;
	}
	if (from <= start && name <= start)
		return false;
	const char *before = fold(reading, s, from, name);
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
	guint32 comma = skip_blanks(s, pos, end);
	if (comma >= end || s[comma] != ',')
		return;
	struct range rest = text_trim(s, (struct range){ comma + 1, MIN(end, comma + APPOSITION_BYTES) });
	const char *next = memchr(s + rest.start, ',', rest.end - rest.start);
	rest.end = next == NULL ? rest.end : (guint32)(next - s);
	if (rest.end > rest.start && s[rest.end - 1] == '.')
		rest.end--;
	if (words_count(s, rest, FUNCTION_WORDS + 1) <= FUNCTION_WORDS && is_function(reading, s, rest))
		*apposition = rest;
}

static bool in_capitals(const char *s, const struct name *name)
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
		if (cue_begins(CUE_ROLE, fold(reading, s, i, comma - 1)) > 0 || cue_begins(CUE_RANK, reading->folded->str) > 0)
			from = i;
	}
	if (cue_begins(CUE_ROLE, fold(reading, s, start, MIN(comma - 1, start + 60))) > 0 && words < FUNCTION_WORDS)
		from = start;
	*function = text_trim(s, (struct range){ from, comma - 1 });
	return from < name && cue_holds(CUE_ROLE, fold(reading, s, from, comma - 1));
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
	const char *folded = fold(reading, s, word.start, word.end);
	return !cue_is(CUE_AND, folded, -1) && !word_is_preposition(reading->doc, s, &word, folded) && !cue_is(CUE_OF, folded, -1);
}

/* What found->name is introduced as. */
static bool read_person(struct reading *reading, const char *s, guint32 start, guint32 end, struct introduced *found)
{
	bool titled = found->name.honorific < found->name.start || titled_small(reading, s, start, found->name.honorific);
	guint32 pos = found->name.end;
	if ((!titled && found->name.words < 2) || cue_is(CUE_COUNTRY, fold(reading, s, found->name.start, found->name.end), -1) ||
	    !read_bracket(s, &pos, end, &found->bracket))
		return false;
	bool bracket = found->bracket.end > found->bracket.start;
	if (bracket && found->name.words >= 2 && in_capitals(s, &found->name)) {
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
	bool subject = titled && (bracket || found->apposition.end > found->apposition.start) && is_at_start(s, start, found->name.honorific) &&
	               goes_on_small(reading, s, pos, end);
	bool named = titled && found->apposition.end <= found->apposition.start && is_presented(reading, s, &found->name, &pos, end, &found->apposition);
	if (!led && !presented && !subject && !named && !speaks_at(reading, s, pos, end))
		return false;
	bool function = is_function(reading, s, found->bracket) || is_function(reading, s, found->apposition) || is_house(reading, s, found->apposition);
	found->strength = titled ? BY_TITLE : function || (bracket && led) ? BY_FUNCTION : led ? NOT_INTRODUCED : BY_NAME;
	reading->brackets += bracket && found->name.words >= 2 && found->strength != NOT_INTRODUCED;
	if (found->strength == BY_NAME && found->name.honorific > start + 2 && s[found->name.honorific - 2] != ',')
		return false;	/* "the Society of Net Menders" */
	return found->strength != NOT_INTRODUCED;
}

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
	const char *folded = fold(reading, s, bracket.start, bracket.end);
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
		const char *folded = fold(reading, s, word.start, word.end);
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
	const char *folded = fold(reading, s, name->start, name->end);
	return !cue_holds(CUE_BODY, folded) && !cue_holds(CUE_EVENT, folded) && !cue_holds(CUE_COUNTRY, folded) && !cue_holds(CUE_NOT_NAME, folded);
}

/* "..., and Ms. Ann Bell, Head of the House of Salt": named in full with title and
 * function further on in a sentence that introduces somebody. */
static bool read_further(struct reading *reading, const char *s, guint32 *pos, guint32 end, struct introduced *found)
{
	struct word word;
	while (word_next(s, pos, end, &word)) {
		struct name name;
		if (!word.upper || !name_scan(s, word.start, end, &name))
			continue;
		*pos = MAX(*pos, name.end);
		if (name.words < 2)
			continue;
		guint32 behind = name.end;
		*found = (struct introduced){ .name = name, .strength = BY_TITLE };
		if (!read_bracket(s, &behind, end, &found->bracket))
			continue;
		bool country = found->bracket.end > found->bracket.start &&
		               cue_is(CUE_COUNTRY, fold(reading, s, found->bracket.start, found->bracket.end), -1);
		bool house = reading->brackets >= BRACKETS_ENOUGH && is_house_in_brackets(reading, s, found->bracket);
		bool body = cue_holds(CUE_BODY, fold(reading, s, name.start, name.end));
		if ((country && !body) || (house && is_name_alone(reading, s, &name)))	/* "co-chaired by Ann Bell (Norway)" */
			return true;
		if (name.honorific == name.start)
			continue;
		guint32 comma = skip_blanks(s, behind, end);
		if (comma < end && s[comma] == ',') {
			const char *next = memchr(s + comma + 1, ',', end - comma - 1);
			guint32 stop = next == NULL ? end : (guint32)(next - s);
			found->apposition = text_trim(s, (struct range){ comma + 1, MIN(stop, comma + APPOSITION_BYTES) });
			if (found->apposition.end > found->apposition.start && s[found->apposition.end - 1] == '.')
				found->apposition.end--;
		}
		if (is_function(reading, s, found->bracket) || is_function(reading, s, found->apposition))
			return true;
	}
	return false;
}

/* "Ann Bell, House of Salt, and Tom Marsh, House of Nets, jointly presented": two
 * at the beginning of a sentence, each with a house or function. */
static bool read_pair(struct reading *reading, const char *s, guint32 start, guint32 end, struct introduced found[2])
{
	struct word word;
	guint32 pos = start;
	for (guint n = 0; n < 2; n++) {
		struct name name;
		found[n] = (struct introduced){ .strength = BY_FUNCTION };
		if (!word_next(s, &pos, end, &word) || !word.upper || !name_scan(s, word.start, end, &name) || name.words < 2)
			return false;
		guint32 comma = skip_blanks(s, name.end, end);
		const char *close = comma < end && s[comma] == ',' ? memchr(s + comma + 1, ',', MIN(end - comma - 1, APPOSITION_BYTES)) : NULL;
		if (close == NULL)
			return false;
		found[n].name = name;
		found[n].apposition = text_trim(s, (struct range){ comma + 1, (guint32)(close - s) });
		pos = (guint32)(close - s) + 1;
		if (!is_function(reading, s, found[n].apposition) && !is_house(reading, s, found[n].apposition))
			return false;
		if (n == 0 && (!word_next(s, &pos, end, &word) || !cue_is(CUE_AND, fold(reading, s, word.start, word.end), -1)))
			return false;
	}
	return speaks_at(reading, s, pos, end);
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
	const char *words = fold(reading, s, bracket.start, bracket.end);
	if (cue_is(CUE_COUNTRY, words, -1))
		person->country = keep(reading, s, bracket);
	else if (cue_begins(CUE_ROLE, words) > 0 || (cue_holds(CUE_ROLE, words) && !cue_holds(CUE_BODY, words)) || memchr(s + bracket.start, ',', bracket.end - bracket.start) != NULL)
		person_describe(reading->doc, person, s + bracket.start, bracket.end - bracket.start);
	else
		person->organisation = keep(reading, s, bracket);
}

/* One word, particles aside: "de La Tullaye". */
static bool is_surname(struct reading *reading, const char *s, struct range name)
{
	struct word word;
	guint n = 0;
	for (guint32 pos = name.start; word_next(s, &pos, name.end, &word);)
		n += !cue_is(CUE_PARTICLE, fold(reading, s, word.start, word.end), -1);
	return n < 2;
}

static void add(struct reading *reading, const char *s, const struct introduced *found)
{
	struct range name = { found->name.start, found->name.end };
	struct range honorific = text_trim(s, (struct range){ found->name.honorific, found->name.start });
	struct person person = { .name = keep(reading, s, name) };
	if (honorific.end > honorific.start)
		person.honorific = keep(reading, s, honorific);
	if (is_function(reading, s, found->apposition) && cue_begins(CUE_LEAD, reading->folded->str) == 0 &&
	    cue_begins(CUE_WHO, reading->folded->str) == 0)
		person_describe(reading->doc, &person, s + found->apposition.start,
		                found->apposition.end - found->apposition.start);
	else if (is_house(reading, s, found->apposition))
		person.organisation = keep(reading, s, found->apposition);
	describe_by_bracket(reading, &person, s, found->bracket);
	/* somebody of that surname is known already */
	bool surname = is_surname(reading, s, name);
	const char *folded = fold(reading, s, name.start, name.end);
	if ((surname || roster_surname(reading->roster, folded) >= 0) && roster_full(reading->roster, folded) == ROSTER_NONE && roster_surname(reading->roster, folded) != ROSTER_NONE &&
	    person.country == NULL && person.organisation == NULL)
		return;
	roster_add(reading->roster, &person);
}

/* Those whom a sentence elects, each with the office. */
static void add_elected(struct reading *reading, const char *s, guint32 start, guint32 end)
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
		if (found.name.words < 2 || found.name.honorific == found.name.start || !read_bracket(s, &behind, end, &found.bracket))
			continue;
		read_office(reading, s, behind, end, &found.apposition);
		if (found.apposition.end > found.apposition.start)
			add(reading, s, &found);
	}
}

/* "The panelists were Prof. Ann Bell, House of Salt; Dr. Tom Marsh, consultant; and ...":
 * titled people between semicolons. */
static void add_listed(struct reading *reading, const char *s, guint32 start, guint32 end)
{
	struct word word;
	if (memchr(s + start, ';', end - start) == NULL)
		return;
	for (guint32 pos = start; word_next(s, &pos, end, &word);) {
		struct introduced found = { .strength = BY_TITLE };
		if (!word.upper || !name_scan(s, word.start, end, &found.name))
			continue;
		pos = MAX(pos, found.name.end);
		const char *semicolon = memchr(s + found.name.end, ';', end - found.name.end);
		guint32 stop = semicolon == NULL ? end - 1 : (guint32)(semicolon - s);
		if (found.name.words < 2 || found.name.honorific == found.name.start || found.name.end + 2 >= stop || s[found.name.end] != ',')
			continue;
		found.apposition = text_trim(s, (struct range){ found.name.end + 1, stop });
		if (words_count(s, found.apposition, FUNCTION_WORDS + 1) <= FUNCTION_WORDS)
			add(reading, s, &found);
		pos = MAX(pos, stop);
	}
}

/* "Ann Bell (House of Salt)" alone: the byline of a paper. */
static bool add_byline(struct reading *reading, const struct block *block)
{
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(reading->doc, block, own);
	struct introduced found = { .strength = BY_FUNCTION };
	guint32 behind;
	if (piece.len > APPOSITION_BYTES || !name_scan(piece.s, 0, piece.len, &found.name) || found.name.words < 2)
		return false;
	behind = found.name.end;
	if (!read_bracket(piece.s, &behind, piece.len, &found.bracket) || found.bracket.end <= found.bracket.start || behind < piece.len ||
	    !is_name_alone(reading, piece.s, &found.name))
		return false;
	reading->brackets++;
	add(reading, piece.s, &found);
	return true;
}

/* Reads all sentences; adds those who are introduced at least so strongly. */
static guint read_all(struct reading *reading, enum strength least, bool adding)
{
	struct document *doc = reading->doc;
	g_autoptr(GString) own = g_string_new(NULL);
	guint met = 0;
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (adding && block->n_ranges == 1 && block->zone == ZONE_BODY && add_byline(reading, block))
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
				add_elected(reading, piece.s, pos, end);
				add_listed(reading, piece.s, pos, end);
			}
			if (adding && least <= BY_FUNCTION && read_pair(reading, piece.s, pos, end, pair)) {
				add(reading, piece.s, &pair[0]);
				add(reading, piece.s, &pair[1]);
				continue;
			}
			if (read_sentence(reading, piece.s, pos, end, &found) && found.strength >= least) {
				met++;
				if (adding)
					add(reading, piece.s, &found);
				from = found.name.end;
			} else if (memchr(piece.s + pos, '(', end - pos) == NULL) {
				continue;
			}
			for (guint32 next = from; adding && read_further(reading, piece.s, &next, end, &found);)
				add(reading, piece.s, &found);
		}
	}
	return met;
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
		    name.honorific < word.start || !in_capitals(piece->s, &name) ||
		    (next = name.end, word_next(piece->s, &next, piece->len, &behind) && behind.caps && behind.end - behind.start > 2)) {
			before = !caps && (!word.upper || before || word.end - word.start > 2);
			continue;
		}
		struct introduced found = { .name = name };
		const char *folded = fold(reading, piece->s, name.start, name.end);
		if (!cue_holds(CUE_COUNTRY, folded) && !cue_holds(CUE_BODY, folded) && !cue_holds(CUE_EVENT, folded))
			add(reading, piece->s, &found);
		pos = MAX(pos, name.end);
		before = false;
	}
}

static void read_capitals(struct reading *reading)
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

void introductions_read(struct document *doc, struct roster *roster, guint listed)
{
	struct reading reading = { .doc = doc, .roster = roster, .folded = g_string_new(NULL) };
	bool account = doc->type == TYPE_REPORT || doc->panels->len > 0;
	if (doc->type != TYPE_BACKGROUND_PAPER && doc->type != TYPE_SLIDES &&
	    (account || read_all(&reading, BY_TITLE, false) >= 2))
		read_all(&reading, account && listed < LISTED_ENOUGH ? BY_NAME : BY_FUNCTION, true);
	if (reading.capitals >= CAPITALS_ENOUGH)
		read_capitals(&reading);
	g_string_free(reading.folded, true);
}
