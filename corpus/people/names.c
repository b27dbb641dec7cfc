/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names.c - people's names in text, and functions and organisations beside them.
 */
#include "corpus/people/names.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/date.h"
#include "corpus/words.h"

#define NAME_WORDS_MAX 6
#define HONORIFICS_MAX 16
#define DESCRIPTION_BYTES_MAX 600

/* What may stand between the words of one name. */
static bool joins(const char *s, guint32 from, guint32 to)
{
	if (to >= from + 2 && s[from] == ' ' && (s[to - 1] == '\'' || (to >= from + 4 && memcmp(s + to - 3, "\xE2\x80\x99", 3) == 0)) &&
	    s[to] == 't')	/* "van 't Hoff" */
		return true;
	guint blanks = 0;	/* three are a gap between columns */
	bool wrapped = to > from + 1 && s[from] == '-' && g_ascii_isspace(s[from + 1]);	/* "Bell-", "Marsh" on the next line */
	for (guint32 i = from + wrapped; i < to; i++) {
		blanks = s[i] == ' ' ? blanks + 1 : 0;
		if (strchr(" .\t\v", s[i]) == NULL || blanks >= 3)
			return false;
	}
	return to > from;
}

static const struct cue_words *fold_word(GString *folded, const char *s, const struct word *word)
{
	g_string_truncate(folded, 0);
	word_fold(s, word, folded);
	return cue_words(folded->str);
}

/* Behind the honorifics that stand at pos. */
static guint32 skip_honorifics(const char *s, guint32 pos, guint32 end, GString *folded)
{
	struct word word;
	guint32 behind = pos, next = pos;
	for (guint honorifics = 0; honorifics < HONORIFICS_MAX && word_next(s, &next, end, &word); honorifics++) {
		if (word.start > behind && !joins(s, behind, word.start))
			break;
		struct word more = word;
		bool found = false, may_be = cue_words_may(fold_word(folded, s, &word), CUE_HONORIFIC);
		for (guint32 look = next, n = 0; n < 4 && may_be; n++) {
			if (cue_is(CUE_HONORIFIC, folded->str, -1)) {
				behind = more.end + (more.end < end && s[more.end] == '.');
				next = look;
				found = true;
			}
			guint32 before = more.end;
			if (!word_next(s, &look, end, &more) || !joins(s, before, more.start))
				break;
			word_fold(s, &more, folded);
		}
		if (!found || !word.upper)
			return found && word.upper ? behind : (behind == pos ? pos : behind);
	}
	return behind;
}

/* "Political Adviser": a word of rank with a role behind it. */
static bool begins_role(const char *s, const struct word *word, guint32 end, GString *folded)
{
	struct word next;
	guint32 pos = word->start;
	for (guint n = 0; n < 4 && word_next(s, &pos, end, &next); n++) {
		if (n > 0 && memchr(s + word->end, ',', next.start - word->end))
			return false;
		const struct cue_words *cues = fold_word(folded, s, &next);
		const char *part = folded->str;	/* "Director-General" */
		if (n > 0 && cue_words_begin(cues, CUE_ROLE, part) > 0)
			return true;
		if (cues == NULL || !cue_is(CUE_RANK, part, -1))
			return false;
	}
	return false;
}

/* "el-Masri", "ad-Din": a small particle and a capital behind the hyphen; no "e-Learning". */
static bool hyphenates_capital(const char *s, const struct word *word)
{
	const char *hyphen = memchr(s + word->start, '-', MIN(word->end - word->start, 5));
	if (hyphen == NULL || hyphen + 1 >= s + word->end)
		return false;
	return cue_is(CUE_PARTICLE, s + word->start, hyphen - (s + word->start)) &&
	       g_unichar_isupper(g_utf8_get_char_validated(hyphen + 1, s + word->end - (hyphen + 1)));
}

/* "d'Ormesson", "dell’Orto": a small particle and a capital behind the apostrophe. */
static bool elides_capital(const char *s, const struct word *word)
{
	guint32 i = word->start;
	while (i < word->end && g_ascii_islower(s[i]) && i < word->start + 4)
		i++;
	if (i == word->start + 1 && strchr("tnh", s[word->start]) != NULL && i < word->end && g_ascii_isupper(s[i]))	/* "Mac an tSaoir" */
		return true;
	guint32 mark = i < word->end && s[i] == '\'' ? 1 : i + 3 <= word->end && memcmp(s + i, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
	if (i == word->start || mark == 0 || i + mark >= word->end)
		return false;
	return g_unichar_isupper(g_utf8_get_char_validated(s + i + mark, word->end - i - mark));
}

/* False where a word can be no part of a name that has n words so far. */
static bool is_name_word(const char *s, const char *folded, const struct cue_words *cues, const struct word *word, guint n)
{
	if (word->digit || (!word->upper && !elides_capital(s, word) && !hyphenates_capital(s, word)))
		return false;
	if (cues == NULL)
		return true;
	bool short_body = strlen(folded) <= 3 && !word->caps && n > 0;	/* "de Sá", not "S.A." */
	if (cue_is(CUE_NOT_NAME, folded, -1) || (cue_is(CUE_BODY, folded, -1) && !short_body))
		return word->end - word->start <= 2 && word->caps && n > 0;
	if (n >= 2 && word->end - word->start > 1 && cue_begins(CUE_ROLE, folded))
		return false;
	return true;
}

/* The bytes of "'s" at the end of a word. */
static guint32 possessive(const char *s, const struct word *word)
{
	guint32 len = word->end - word->start;
	if (len > 3 && s[word->end - 1] == 's' && s[word->end - 2] == '\'')
		return 2;
	if (len > 5 && s[word->end - 1] == 's' && memcmp(s + word->end - 4, "\xE2\x80\x99", 3) == 0)
		return 4;
	return 0;
}

bool word_is_preposition(const struct document *doc, const char *s, const struct word *word, const char *folded)
{
	bool has = word->end == word->start + 1 && s[word->start] == 'a' && g_strcmp0(doc->language, "fr") == 0;
	return !has && cue_begins(CUE_PREPOSITION, folded) > 0;
}

/* "Bell1": the bytes of a footnote's number behind a word. */
static guint32 note_mark(const char *s, const struct word *word)
{
	guint32 n = 0;
	while (word->end - n > word->start + 3 && g_ascii_isdigit(s[word->end - n - 1]))
		n++;
	return n <= 2 ? n : 0;
}

/* "Deputy Speaker", "STATEMENT OF": functions and the like alone are nobody's name. */
static bool is_function_alone(const char *s, const struct name *name, GString *folded)
{
	struct word word;
	for (guint32 pos = name->start; word_next(s, &pos, name->end, &word);) {
		words_fold_to(folded, s, word.start, word.end);
		if (!cue_is(CUE_ROLE, folded->str, -1) && !cue_is(CUE_RANK, folded->str, -1) && !cue_is(CUE_SPEAKER, folded->str, -1) &&
		    !cue_is(CUE_TALK, folded->str, -1) && !cue_is(CUE_OF, folded->str, -1))
			return false;
	}
	return true;
}

/* "Den Auftakt", "Gegen Ende", "Meine Mutter": a small word that is large at the
 * beginning of a sentence. */
static bool begins_sentence(const char *folded)
{
	if (strlen(folded) > 3 && cue_is(CUE_SELF, folded, -1))	/* but "My", "Mir" are given names, too */
		return true;
	return cue_is(CUE_ARTICLE, folded, -1) || cue_is(CUE_LEAD, folded, -1) || cue_is(CUE_PREPOSITION, folded, -1);
}

/* "COP President Ann Bell", "Executive Secretary Ann Bell": functions and what is in
 * capitals alone stand before a name; two words of it stay. */
static void skip_functions(const char *s, struct name *name, GString *folded)
{
	g_autoptr(GString) first = g_string_new(NULL);
	struct word word, next;
	guint32 pos = name->start, look;
	while (name->words > 2 && word_next(s, &pos, name->end, &word)) {
		look = pos;
		words_fold_to(folded, s, word.start, word.end);
		bool function = cue_is(CUE_ROLE, folded->str, -1) || cue_is(CUE_RANK, folded->str, -1) || cue_is(CUE_PRESIDES, folded->str, -1);
		bool acronym = word.caps && word.end - word.start > 1 && word_next(s, &look, name->end, &next) && !next.caps;
		look = pos;
		if ((!function && !acronym) || !word_next(s, &look, name->end, &next))
			return;
		g_string_assign(first, folded->str);
		guint words = 1;
		bool small = !next.upper;
		while (!next.upper) {	/* "Présidence de M. Bell" */
			words++;
			if (!word_next(s, &look, name->end, &next))
				return;
		}
		words_fold_to(folded, s, next.start, next.end);
		bool honorific = cue_is(CUE_HONORIFIC, folded->str, -1);
		if (small && !honorific && !cue_is(CUE_MODERATOR, first->str, -1))	/* "Leiterin des Amts" */
			return;
		name->honorific = next.start;
		if (honorific && name->words > words + 1) {
			words++;
			if (!word_next(s, &look, name->end, &next))
				return;
		}
		name->start = pos = next.start;
		name->words -= words;
	}
}

/* "Direktorin des Instituts", "directeur du port": a small article behind a function,
 * and not behind a title ("Mr. de la Cruz"). */
static bool is_of_function(const char *s, const struct name *name, GString *folded)
{
	if (!cue_is(CUE_ARTICLE, folded->str, -1))
		return false;
	words_fold_to(folded, s, name->honorific, name->start);
	const char *last = strrchr(folded->str, ' ');
	return cue_is(CUE_ROLE, last == NULL ? folded->str : last + 1, -1);
}

/* "Table A": a letter that is no initial, for no dot and no name stand behind it. */
static bool is_lone_letter(const char *s, const struct word *word, guint32 end)
{
	struct word next;
	guint32 pos = word->end;
	return word->end == word->start + 1 && !(word->end < end && s[word->end] == '.') &&
	       !(word_next(s, &pos, end, &next) && next.upper && joins(s, word->end, next.start));
}

/* "Definitions and Scope Co-Chair Ann Bell", "Finance Minister Bell": what stands
 * before a function inside the name is none of it. */
static void skip_to_function(const char *s, struct name *name, GString *folded)
{
	struct word word;
	guint n = 0;
	for (guint32 pos = name->start; name->words > 2 && word_next(s, &pos, name->end, &word); n++) {
		words_fold_to(folded, s, word.start, word.end);
		guint left = name->words - n - 1;
		if (n == 0 || left < 1 || !word.upper || (!cue_is(CUE_PRESIDES, folded->str, -1) && !cue_is(CUE_MODERATOR, folded->str, -1)))
			continue;
		struct word next;
		guint32 look = word.end;
		if (!word_next(s, &look, name->end, &next))
			return;
		name->honorific = word.start;
		name->start = pos = next.start;
		name->words = left;
		n = 0;
	}
}

bool name_scan(const char *s, guint32 pos, guint32 end, struct name *name)
{
	struct word word;
	guint32 next = pos;
	if (!word_next(s, &next, end, &word) || word.start != pos)
		return false;
	g_autoptr(GString) folded = g_string_sized_new(64);
	name->honorific = pos;
	next = skip_honorifics(s, pos, end, folded);
	while (next < end && (s[next] == ' ' || s[next] == '\t'))
		next++;
	name->start = name->end = next;
	name->words = 0;
	for (guint n = 0; n < NAME_WORDS_MAX && word_next(s, &next, end, &word); n++) {
		if (name->words > 0 && n == name->words && !joins(s, name->end, word.start))
			break;
		const struct cue_words *cues = fold_word(folded, s, &word);
		bool particle = cue_words_may(cues, CUE_PARTICLE) && cue_is(CUE_PARTICLE, folded->str, -1);
		bool an = n > 0 && !word.upper && strcmp(folded->str, "an") == 0 && name->end >= name->start + 3 &&
		          g_ascii_strncasecmp(s + name->end - 3, "mac", 3) == 0;	/* "Mac an tSaoi" */
		if ((particle || an) && n > 0 && !word.upper) {
			if (memchr(s + name->end, '\n', word.start - name->end))
				break;
			continue;
		}
		if (memchr(s + name->end, ',', word.start - name->end) ||
		    memchr(s + name->end, '\n', word.start - name->end) ||
		    memchr(s + name->end, '|', word.start - name->end) ||
		    (n > 0 && memchr(s + name->end, '\t', word.start - name->end)))
			break;
		if (!particle && !is_name_word(s, folded->str, cues, &word, name->words))
			break;
		if (n == 0 && !word.upper && name->honorific < name->start && is_of_function(s, name, folded))
			break;
		/* "Den Auftakt", but "M. Le Bihan" */
		if (n == 0 && cues != NULL && name->honorific == name->start && begins_sentence(folded->str))
			break;
		if (name->words >= 2 && begins_role(s, &word, end, folded))
			break;
		if (n > 0 && is_lone_letter(s, &word, end))
			break;
		if (n == 0 && word.start != name->start)
			break;
		name->end = word.end - possessive(s, &word);
		name->end -= name->end == word.end ? note_mark(s, &word) : 0;
		name->words = n + 1;
		if (name->end < word.end)
			break;
	}
	skip_functions(s, name, folded);
	skip_to_function(s, name, folded);
	return name->words > 0 && (name->words < 2 || !is_function_alone(s, name, folded));
}

guint32 statement_name(GString *folded, const char *s, guint32 len)
{
	struct word word;
	struct name name;
	guint32 pos = 0;
	for (guint n = 0; n < 3 && word_next(s, &pos, len, &word); n++) {	/* "prepared", "opening" */
		guint words = cue_begins_text(CUE_STATEMENT, s, word.start, MIN(len, word.start + 60), folded);
		if (words < 2)
			continue;
		for (pos = word.start; words > 0 && word_next(s, &pos, len, &word); words--)
			;
		while (word_next(s, &pos, len, &word)) {
			words_fold_to(folded, s, word.start, word.end);
			if (!cue_is(CUE_ARTICLE, folded->str, -1))
				return name_scan(s, word.start, len, &name) && (name.words >= 2 || name.honorific < name.start) ? word.start : 0;
		}
	}
	return 0;
}

bool name_alone(const char *s, struct range range, struct name *name)
{
	struct range trimmed = text_trim(s, range);
	if (trimmed.end - trimmed.start > 80 || !name_scan(s, trimmed.start, trimmed.end, name))
		return false;
	guint32 end = name->end;
	while (end < trimmed.end && (s[end] == '.' || s[end] == ' '))
		end++;
	return name->words >= 2 && end >= trimmed.end;
}

guint names_in_columns(const char *s, guint32 len, guint *described)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	guint lines = 0;
	*described = 0;
	for (guint32 pos = 0; pos < len; lines++) {
		guint32 end = text_line_end(s, pos, len);
		struct name name;
		if (!name_scan(s, pos, end, &name) || name.words < 2 || name.end + 3 >= end ||
		    (s[name.end] != '\t' && strncmp(s + name.end, "   ", 3) != 0))
			return 0;
		words_fold_to(folded, s, name.end, end);
		*described += cue_holds(CUE_ROLE, folded->str) || cue_holds(CUE_BODY, folded->str);
		pos = end + 1;
	}
	return lines;
}

/* ---- what is said beside a name ---- */

static bool is_acronym(const char *s, struct range part)
{
	struct word word;
	guint32 pos = part.start;
	return word_next(s, &pos, part.end, &word) && word.caps && word.end - word.start >= 2 &&
	       !word_next(s, &pos, part.end, &word);
}

static struct range strip(const char *s, struct range part)
{
	while (part.start < part.end && (strchr(" \t\n\r|,;*_", s[part.start])))
		part.start++;
	while (part.end > part.start && strchr(" \t\n\r|,;*_", s[part.end - 1]))
		part.end--;
	return part;
}

const char *part_text(struct document *doc, const char *s, struct range part)
{
	part = strip(s, part);
	if (part.start >= part.end)
		return NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint32 i = part.start; i < part.end; i++) {
		bool space = g_ascii_isspace(s[i]);
		if (!space)
			g_string_append_c(text, s[i]);
		else if (text->len > 0 && text->str[text->len - 1] != ' ')
			g_string_append_c(text, ' ');
	}
	return document_string(doc, text->str, (gssize)text->len);
}

/* "Representative of the\nRepublic": the line goes on. */
static bool line_goes_on(const char *s, guint32 start, guint32 feed, GString *folded)
{
	words_fold_to(folded, s, start, feed);
	const char *last = strrchr(folded->str, ' ');
	return last != NULL && cue_is(CUE_DANGLING, last + 1, -1);
}

/* The components of "a, b, c", commas inside brackets not counted. */
static guint components(const char *s, guint32 len, struct range *parts, guint max, GString *folded)
{
	guint n = 0;
	int depth = 0;
	guint32 start = 0;
	for (guint32 i = 0; i <= len; i++) {
		if (i < len && s[i] == '(')
			depth++;
		else if (i < len && s[i] == ')')
			depth--;
		if (i < len && (depth > 0 || (s[i] != ',' && s[i] != '|' && s[i] != '\n')))
			continue;
		if (i < len && s[i] == '\n' && line_goes_on(s, start, i, folded))
			continue;
		struct range part = strip(s, (struct range){ start, i });
		start = i + 1;
		if (part.start >= part.end || n >= max)
			continue;
		parts[n++] = part;
	}
	return n;
}

static int find_organisation(const char *s, const struct range *parts, guint n, GString *folded)
{
	for (guint i = n; i-- > 0;) {
		words_fold_to(folded, s, parts[i].start, parts[i].end);
		if (is_acronym(s, parts[i])) {	/* "House of Salt, HOS" */
			words_fold_to(folded, s, parts[i - (i > 0)].start, parts[i - (i > 0)].end);
			return (int)i - (i > 0 && cue_holds(CUE_BODY, folded->str) && !cue_begins(CUE_ROLE, folded->str));
		}
		if (cue_holds(CUE_BODY, folded->str) && (i > 0 || !cue_begins(CUE_ROLE, folded->str)))
			return (int)i;
	}
	return -1;
}

bool countries_named(const char *s, guint32 len, struct range *only)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	struct range line = strip(s, (struct range){ 0, len });
	const char *colon = line.end > line.start ? memchr(s + line.start, ':', line.end - line.start) : NULL;
	if (colon != NULL) {	/* "Country: Norway" */
		struct range head = { line.start, (guint32)(colon - s) };
		if (words_count(s, head, 3) > 2)
			return false;
		line = strip(s, (struct range){ head.end + 1, line.end });
	}
	*only = (struct range){ line.start, line.start };
	guint n = 0;
	for (guint32 pos = line.start; pos < line.end; n++) {
		guint32 end = pos;
		while (end < line.end && s[end] != '/' && s[end] != ';')
			end++;
		words_fold_to(folded, s, pos, end);
		if (!cue_is(CUE_COUNTRY, folded->str, -1))
			return false;
		*only = n == 0 ? strip(s, (struct range){ pos, end }) : (struct range){ pos, pos };
		pos = end + 1;
	}
	return n > 0;
}

/* "(Norway)": what stands in the brackets. */
static struct range unbracketed(const char *s, struct range part)
{
	bool whole = part.end > part.start + 2 && s[part.start] == '(' && s[part.end - 1] == ')' &&
	             memchr(s + part.start, ')', part.end - part.start) == s + part.end - 1;
	return whole ? strip(s, (struct range){ part.start + 1, part.end - 1 }) : part;
}

/* "Name (Norway), Director": a country right behind the name. False where it is none. */
static bool describe_by_bracket(struct document *doc, struct person *person, const char *s, struct range part, GString *folded)
{
	struct range inside = unbracketed(s, part);
	if (inside.start == part.start)
		return false;
	words_fold_to(folded, s, inside.start, inside.end);
	const char **place = cue_is(CUE_COUNTRY, folded->str, -1) ? &person->country
	                     : cue_holds(CUE_BODY, folded->str) && cue_begins(CUE_ROLE, folded->str) == 0 ? &person->organisation : NULL;
	if (place == NULL)
		return false;
	if (*place == NULL)
		*place = part_text(doc, s, inside);
	return true;
}

/* "State Secretary for Ropes in Norway", "Minister of Ropes of Norway"; but "Ambassador of
 * Norway in Chile" and "Ambassador in Chile". */
static const char *country_of_role(struct document *doc, const char *s, struct range role, GString *folded)
{
	struct word word;
	struct range place = { role.end, role.end };
	bool in = false;
	for (guint32 pos = role.start; word_next(s, &pos, role.end, &word);) {
		words_fold_to(folded, s, word.start, word.end);
		bool inside = strcmp(folded->str, "in") == 0;
		if (inside || cue_is(CUE_OF, folded->str, -1)) {
			place.start = word.end;
			in = inside;
		}
	}
	words_fold_to(folded, s, place.start, place.end);
	if (cue_begins(CUE_ARTICLE, folded->str) > 0 && word_next(s, &place.start, place.end, &word))
		words_fold_to(folded, s, place.start, place.end);
	if (folded->len == 0 || !cue_is(CUE_COUNTRY, folded->str, -1))
		return NULL;
	words_fold_to(folded, s, role.start, place.start);
	return in && (cue_holds(CUE_COUNTRY, folded->str) || cue_holds(CUE_ENVOY, folded->str)) ? NULL : part_text(doc, s, place);
}

void person_describe(struct document *doc, struct person *person, const char *s, gsize len)
{
	struct range parts[12];
	g_autoptr(GString) folded = g_string_new(NULL);
	guint32 end = date_above_place(s, text_limit(s, 0, (guint32)len, DESCRIPTION_BYTES_MAX));
	guint n = components(s, end, parts, G_N_ELEMENTS(parts), folded);
	if (n > 0 && describe_by_bracket(doc, person, s, parts[0], folded))
		memmove(parts, parts + 1, --n * sizeof(*parts));
	if (n == 0)
		return;
	for (guint i = 0; i < n; i++)
		parts[i] = unbracketed(s, parts[i]);
	words_fold_to(folded, s, parts[n - 1].start, parts[n - 1].end);
	if (cue_is(CUE_COUNTRY, folded->str, -1)) {
		if (person->country == NULL)
			person->country = part_text(doc, s, parts[n - 1]);
		n--;
	}
	int organisation = find_organisation(s, parts, n, folded);
	if (organisation >= 0 && person->organisation == NULL)
		person->organisation = part_text(doc, s, parts[organisation]);
	guint roles = organisation >= 0 ? (guint)organisation : n;
	if (roles > 0 && person->role == NULL)
		person->role = part_text(doc, s, (struct range){ parts[0].start, parts[roles - 1].end });
	if (roles > 0 && person->country == NULL)
		person->country = country_of_role(doc, s, parts[0], folded);
}

bool person_parse(struct document *doc, const char *s, guint32 len, struct person *person)
{
	struct name name;
	guint32 pos = 0;
	struct word word;
	guint32 look = 0;
	memset(person, 0, sizeof(*person));
	if (!word_next(s, &look, len, &word))
		return false;
	pos = word.start;
	if (!name_scan(s, pos, len, &name) || name.words < 2)
		return false;
	person->name = part_text(doc, s, (struct range){ name.start, name.end });
	person->honorific = part_text(doc, s, (struct range){ name.honorific, name.start });
	person_describe(doc, person, s + name.end, len - name.end);
	return person->name != NULL;
}
