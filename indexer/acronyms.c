/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * acronyms.c - at each round bracket: is an acronym in it or before it, and do
 * the words on the other side spell it?
 */
#include "indexer/acronyms.h"

#include <string.h>

#include "indexer/fold.h"
#include "indexer/vocabulary.h"
#include "indexer/words.h"

#define NAME_MAX_BYTES 160	/* of a name as it is stored, and of what stands in brackets */
#define BEFORE_MAX_BYTES 300	/* so far back a name may begin */
#define EXPLANATIONS_MAX 100000
#define WORDS_MAX 24		/* looked at, of those before a bracket or in it */
#define TAIL_MAX_WORDS 4	/* "on Lighthouses" */
#define NAME_TAIL_MAX_WORDS 12	/* the same of a name that is in capitals to its end */
#define INSIDE_MIN_LETTERS 4	/* of an acronym that takes a letter from inside a compound, */
#define INSIDE_MIN_CHARS 9	/* of such a compound, */
#define INSIDE_FIRST 3		/* and of its parts */
#define TRIES_MAX 2000		/* steps of spelling one acronym */

struct acronyms {
	GHashTable *counts;	/* "acronym TAB name" -> count */
	GString *exact, *fold;	/* scratch */
};

struct name_word {
	char *fold;
	bool small, capital;
	bool behind_hyphen;
};

struct name {
	struct name_word words[WORDS_MAX];
	guint n;
};

/* The letters of an acronym, as folds, one string each. */
struct letters {
	gunichar at[ACRONYM_MAX_LETTERS];
	guint n;
};

struct acronyms *acronyms_new(void)
{
	struct acronyms *acronyms = g_new0(struct acronyms, 1);

	acronyms->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	acronyms->exact = g_string_new(NULL);
	acronyms->fold = g_string_new(NULL);
	return acronyms;
}

void acronyms_free(struct acronyms *acronyms)
{
	if (!acronyms)
		return;
	g_hash_table_unref(acronyms->counts);
	g_string_free(acronyms->exact, TRUE);
	g_string_free(acronyms->fold, TRUE);
	g_free(acronyms);
}

/* --- the acronym ------------------------------------------------------------------------ */

/* Capitals and nothing else, but for the s of a plural, and full stops behind all of them or none. */
static bool read_letters(struct acronyms *a, const char *text, gsize len, struct letters *letters)
{
	const char *end = text + len;
	bool dotted = len > 1 && *g_utf8_next_char(text) == '.';

	letters->n = 0;
	while (text < end) {
		const char *next = g_utf8_next_char(text);

		if (*text == 's' && next == end && letters->n >= ACRONYM_MIN_LETTERS)
			break;
		if (letters->n == ACRONYM_MAX_LETTERS || !g_unichar_isupper(g_utf8_get_char(text)))
			return false;
		fold_word(text, (gsize)(next - text), a->exact, a->fold);
		letters->at[letters->n++] = g_utf8_get_char(a->fold->str);
		if (dotted && next < end && *next != '.')
			return false;
		text = dotted && next < end ? next + 1 : next;
	}
	return letters->n >= ACRONYM_MIN_LETTERS;
}

/* --- the words -------------------------------------------------------------------------- */

/* May a name go on over what stands between two of its words? */
static bool joins(const char *gap, gsize len)
{
	guint lines = 0;

	for (gsize i = 0; i < len; i++) {
		lines += gap[i] == '\n';
		if (!strchr(" \t\r\n-,&/'", gap[i]) && (guint8)gap[i] != 0xe2 && (guint8)gap[i] != 0x80 && (guint8)gap[i] != 0x99 &&
		    (guint8)gap[i] != 0xc2 && (guint8)gap[i] != 0xa0)
			return false;
	}
	return lines < 2;
}

static void clear_name(struct name *name)
{
	for (guint i = 0; i < name->n; i++)
		g_free(name->words[i].fold);
	name->n = 0;
}

static void drop_first(struct name *name)
{
	g_free(name->words[0].fold);
	name->n--;
	memmove(name->words, name->words + 1, name->n * sizeof *name->words);
}

/* "l'agence" is read as agence. */
static const char *without_elision(const char *fold)
{
	const char *apostrophe = strchr(fold, '\'');

	return apostrophe && apostrophe - fold <= 2 && apostrophe[1] ? apostrophe + 1 : fold;
}

/* The words of a stretch behind the last thing that no name goes over; the last WORDS_MAX of them. whole: nothing may
 * stand in between at all, and nothing be dropped; then false where it does. */
static bool read_name(struct acronyms *a, const char *text, gsize len, bool whole, struct name *name)
{
	struct words words;
	struct words_span span;
	gsize end = 0;

	name->n = 0;
	words_init(&words, text, len);
	while (words_next(&words, &span)) {
		struct name_word *word;

		if (!joins(text + end, span.start - end) && (end || whole)) {
			if (whole)
				return false;
			clear_name(name);
		}
		if (name->n == WORDS_MAX) {
			if (whole)
				return false;
			drop_first(name);
		}
		word = &name->words[name->n++];
		fold_word(text + span.start, span.end - span.start, a->exact, a->fold);
		*word = (struct name_word){
			.fold = g_strdup(without_elision(a->fold->str)), .small = vocabulary_is_small(a->fold->str),
			.capital = g_unichar_isupper(g_utf8_get_char(text + span.start)),
			.behind_hyphen = end && span.start == end + 1 && text[end] == '-',
		};
		end = span.end;
	}
	return name->n && joins(text + end, len - end);
}

/* --- spelling it ------------------------------------------------------------------------ */

struct spelling {
	const struct name *name;
	const struct letters *letters;
	guint tries, first, content;
	bool inside;		/* a letter came from inside a compound */
};

/* "BundesAmt für Molen und Fähren": may the word give this letter beside its first one? Its parts are not
 * known: it must be long, and in capitals, and this be the only one. */
static bool has_inside(const struct name_word *word, gunichar letter)
{
	glong n = g_utf8_strlen(word->fold, -1);
	const char *at = word->fold;

	if (!word->capital || n < INSIDE_MIN_CHARS)
		return false;
	for (glong i = 0; i + 1 < n; i++, at = g_utf8_next_char(at))
		if (i >= INSIDE_FIRST && g_utf8_get_char(at) == letter)
			return true;
	return false;
}

/* Do the letters before i spell the words before j, down to the word where the name begins? */
static bool spells(struct spelling *s, guint i, guint j)
{
	const struct name_word *word;

	if (!i)
		return true;
	if (!j || ++s->tries > TRIES_MAX)
		return false;
	word = &s->name->words[j - 1];
	if (g_utf8_get_char(word->fold) == s->letters->at[i - 1] && (i > 1 || !word->small)) {
		s->first = j - 1;
		s->content += !word->small;
		if (spells(s, i - 1, j - 1))
			return true;
		s->content -= !word->small;
	}
	if (i > 1 && !s->inside && s->letters->n >= INSIDE_MIN_LETTERS && g_utf8_get_char(word->fold) == s->letters->at[i - 2] &&
	    has_inside(word, s->letters->at[i - 1])) {
		s->inside = true;
		s->first = j - 1;
		s->content++;
		if (spells(s, i - 2, j - 1))
			return true;
		s->content--;
		s->inside = false;
	}
	return (word->small || word->behind_hyphen) && i < s->letters->n && spells(s, i, j - 1);
}

static bool in_capitals(const struct name *name, guint first, guint end)
{
	for (guint i = first; i < end; i++)
		if (!name->words[i].small && !name->words[i].capital && !name->words[i].behind_hyphen)
			return false;
	return true;
}

/* Two letters meet two words by chance, and so does one inside a word: then these are capitals too. */
static bool is_likely(const struct spelling *s, guint end)
{
	if (s->content < 2 || s->name->words[s->first].behind_hyphen)
		return false;
	return (s->letters->n >= 3 && !s->inside) || in_capitals(s->name, s->first, end);
}

static void note(struct acronyms *a, const struct letters *letters, const struct name *name, guint first, guint end)
{
	g_autoptr(GString) entry = g_string_new(NULL);
	guint count;

	if (end - first > NAME_MAX_WORDS || g_hash_table_size(a->counts) >= EXPLANATIONS_MAX)
		return;
	for (guint i = 0; i < letters->n; i++)
		g_string_append_unichar(entry, letters->at[i]);
	for (guint i = first; i < end; i++)
		g_string_append_printf(entry, "%c%s", i == first ? '\t' : ' ', name->words[i].fold);
	if (entry->len > NAME_MAX_BYTES)
		return;
	count = GPOINTER_TO_UINT(g_hash_table_lookup(a->counts, entry->str));
	g_hash_table_insert(a->counts, g_strdup(entry->str), GUINT_TO_POINTER(count + 1));
}

/* Notes the name that ends before the given word, if the letters spell it. whole: it has all the words. */
static bool try_end(struct acronyms *a, const struct letters *letters, const struct name *name, guint end, bool whole)
{
	struct spelling s = { .name = name, .letters = letters };

	if (!spells(&s, letters->n, end) || !is_likely(&s, end) || (whole && s.first) || (s.inside && end < name->n))
		return false;
	note(a, letters, name, s.first, end);
	return true;
}

static void try_name(struct acronyms *a, const struct letters *letters, const struct name *name, bool whole)
{
	if (try_end(a, letters, name, name->n, whole) || whole || letters->n < 3)
		return;
	for (guint tail = 2; tail <= MIN(NAME_TAIL_MAX_WORDS, name->n); tail++) {
		if (tail > TAIL_MAX_WORDS && !in_capitals(name, name->n - tail, name->n))
			return;
		if (name->words[name->n - tail].small && try_end(a, letters, name, name->n - tail, false))
			return;
	}
}

/* --- the text --------------------------------------------------------------------------- */

/* Quotation marks around it, of any language, are no part of it. */
static void without_quotes(const char **text, gsize *len)
{
	static const char *const marks[] = { "\"", "'", "\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e", "\xe2\x80\x98", "\xe2\x80\x99",
		"\xc2\xab", "\xc2\xbb", "\xc2\xa0", " " };
	bool found = true;

	while (found) {
		found = false;
		for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
			gsize n = strlen(marks[i]);

			if (*len >= n && memcmp(*text, marks[i], n) == 0) {
				*text += n;
				*len -= n;
				found = true;
			}
			if (*len >= n && memcmp(*text + *len - n, marks[i], n) == 0) {
				*len -= n;
				found = true;
			}
		}
	}
}

/* "RCPs", also with something behind it that a comma or a semicolon parts. */
static void acronym_in_brackets(struct acronyms *a, const char *text, const char *open, const char *inside, gsize len)
{
	const char *from = open - MIN((gsize)(open - text), BEFORE_MAX_BYTES);
	struct letters letters;
	struct name name;

	len = MIN(len, strcspn(inside, ",;"));
	without_quotes(&inside, &len);
	if (!read_letters(a, inside, len, &letters))
		return;
	while (from < open && ((guint8)*from & 0xc0) == 0x80)
		from++;
	if (read_name(a, from, (gsize)(open - from), false, &name))
		try_name(a, &letters, &name, false);
	clear_name(&name);
}

static void name_in_brackets(struct acronyms *a, const char *text, const char *open, const char *inside, gsize len)
{
	const char *end = open, *start;
	struct letters letters;
	struct name name;

	while (end > text && end[-1] == ' ')
		end--;
	for (start = end; start > text && !strchr(" \t\r\n(\"", start[-1]); start--)
		;
	if (end == open || end - start > 4 * ACRONYM_MAX_LETTERS || !read_letters(a, start, (gsize)(end - start), &letters))
		return;
	if (read_name(a, inside, len, true, &name))
		try_name(a, &letters, &name, true);
	clear_name(&name);
}

void acronyms_read(struct acronyms *a, const char *text, gsize len)
{
	const char *end = text + len;

	if (!g_utf8_validate(text, (gssize)len, NULL))
		return;
	for (const char *open = memchr(text, '(', len); open; open = memchr(open + 1, '(', (gsize)(end - open - 1))) {
		const char *inside = open + 1, *close = memchr(inside, ')', MIN((gsize)(end - inside), NAME_MAX_BYTES));

		if (!close || close == inside)
			continue;
		acronym_in_brackets(a, text, open, inside, (gsize)(close - inside));
		name_in_brackets(a, text, open, inside, (gsize)(close - inside));
	}
}

static gint by_bytes(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

bool acronyms_each(struct acronyms *a, acronyms_fn *fn, void *data)
{
	g_autoptr(GList) entries = g_list_sort(g_hash_table_get_keys(a->counts), by_bytes);

	for (GList *entry = entries; entry; entry = entry->next) {
		g_auto(GStrv) parts = g_strsplit(entry->data, "\t", 2);

		if (!fn(parts[0], parts[1], GPOINTER_TO_UINT(g_hash_table_lookup(a->counts, entry->data)), data))
			return false;
	}
	return true;
}
