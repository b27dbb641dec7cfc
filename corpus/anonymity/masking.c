/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * masking.c - "_" for each byte of a name, so that every byte range stays.
 *
 * Looked for are the words of the names of those who are not to be known, as
 * capitalised words: whole names, surnames, first names, with what stands before
 * them ("H.E.", initials) and without "'s". A word that is also something else
 * ("Young", "Georgia") must stand beside another of the name, or behind a title.
 * Entries of lists, captions and labels lose the function with the name.
 */
#include "corpus/anonymity/masking.h"

#include <string.h>

#include "corpus/anonymity/anonymity.h"
#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/words.h"

enum word_is {
	IS_GIVEN = 1, IS_SURNAME = 2,
	IS_WEAK = 4,		/* a word of another meaning too */
	IS_COMMON = 8,		/* the document has it in small letters */
	IS_KEPT = 16,		/* somebody who is on record bears it too */
	IS_INITIALS = 32,
};

struct names {
	GHashTable *words;	/* folded -> enum word_is */
	GHashTable *kept, *hidden;	/* folded whole names */
	GHashTable *run;	/* hidden ones, run together: "annbell", "bellann", "abell" */
	GString *folded;
};

struct names *names_new(void)
{
	struct names *names = g_new0(struct names, 1);
	names->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	names->kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	names->hidden = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	names->run = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	names->folded = g_string_new(NULL);
	return names;
}

void names_free(struct names *names)
{
	g_hash_table_destroy(names->words);
	g_hash_table_destroy(names->kept);
	g_hash_table_destroy(names->hidden);
	g_hash_table_destroy(names->run);
	g_string_free(names->folded, true);
	g_free(names);
}

static const char *fold_of(struct names *names, const char *s, guint32 from, guint32 to)
{
	words_fold_to(names->folded, s, from, to);
	return names->folded->str;
}

static bool is_upper_at(const char *s, guint32 at, guint32 end)
{
	gunichar u = g_utf8_get_char_validated(s + at, end - at);
	return u < 0x110000 && g_unichar_isupper(u);
}

/* Behind "d'" or "l'" before a capital; 0 where there is none. */
static guint32 elision(const char *s, guint32 start, guint32 end)
{
	for (guint32 i = start + 1; i < end && i < start + 4; i++) {
		guint32 behind = s[i] == '\'' ? i + 1 : i + 3 < end && memcmp(s + i, "\xE2\x80\x99", 3) == 0 ? i + 3 : 0;
		if (behind > 0 && behind < end && is_upper_at(s, behind, end))
			return behind;
	}
	return 0;
}

/* ---- which words are names ---- */

static void put(struct names *names, const char *folded, guint flags)
{
	if (*folded == '\0' || folded[1] == '\0')
		return;
	guint old = GPOINTER_TO_UINT(g_hash_table_lookup(names->words, folded));
	if (old == 0 && name_word_is_weak(folded))
		flags |= IS_WEAK;
	g_hash_table_insert(names->words, g_strdup(folded), GUINT_TO_POINTER(old | flags));
}

/* A word of a name, and the parts of a double one. */
static void put_word(struct names *names, const char *s, const struct word *word, guint flags)
{
	g_autofree char *folded = g_strdup(fold_of(names, s, word->start, word->end));
	put(names, folded, flags);
	if (strchr(folded, ' ') != NULL) {
		g_auto(GStrv) parts = g_strsplit(folded, " ", -1);
		for (guint i = 0; parts[i] != NULL; i++)
			if (!cue_is(CUE_PARTICLE, parts[i], -1))
				put(names, parts[i], flags);
	}
	guint32 behind = elision(s, word->start, word->end);
	if (behind > 0)
		put(names, fold_of(names, s, behind, word->end), flags);
	if (g_utf8_validate(s + word->start, word->end - word->start, NULL)) {
		g_autofree char *other = name_spelled_out(s + word->start, word->end - word->start);
		if (*other != '\0')
			put(names, fold_of(names, other, 0, (guint32)strlen(other)), flags);
	}
}

/* The name's own words: what stands behind a comma or in brackets is no name. */
static guint32 name_length(const char *name)
{
	return (guint32)strcspn(name, ",|(;\n");
}

/* "annbell", "bellann", "abell": as ids and addresses have it. */
static void put_run(struct names *names, const char *folded)
{
	const char *last = strrchr(folded, ' ');
	if (last == NULL)
		return;
	g_auto(GStrv) words = g_strsplit(folded, " ", -1);
	g_hash_table_add(names->run, g_strjoinv("", words));
	g_hash_table_add(names->run, g_strconcat(last + 1, words[0], NULL));
	g_hash_table_add(names->run, g_strconcat(words[0], last + 1, NULL));
	if (strlen(last) > 4)
		g_hash_table_add(names->run, g_strdup_printf("%c%s", words[0][0], last + 1));
}

void names_hide(struct names *names, const char *name)
{
	guint32 len = name_length(name), pos = 0;
	struct word word, last = { 0 };
	guint n = 0;
	if (name_is_initials(name)) {
		put(names, fold_of(names, name, 0, len), IS_INITIALS);
		return;
	}
	struct name found;
	if (word_next(name, &pos, len, &word) && name_scan(name, word.start, len, &found) && found.honorific < found.start)
		pos = found.start;	/* honorifics are nobody's own */
	else
		pos = 0;
	guint32 first = pos;
	bool strong = false;
	for (guint32 look = first; word_next(name, &look, len, &word);) {
		fold_of(names, name, word.start, word.end);
		if (cue_is(CUE_PARTICLE, names->folded->str, -1) && n > 0)
			continue;
		strong = strong || !name_word_is_weak(names->folded->str);
		last = word;
		n++;
	}
	if (n == 0 || !strong)	/* "The Chair" */
		return;
	g_hash_table_add(names->hidden, g_strdup(fold_of(names, name, first, len)));
	put_run(names, names->folded->str);
	guint at = 0;
	while (word_next(name, &pos, len, &word)) {
		fold_of(names, name, word.start, word.end);
		if (word.start != last.start && at > 0 && cue_is(CUE_PARTICLE, names->folded->str, -1))
			continue;
		put_word(names, name, &word, word.start == last.start || at > 0 ? IS_SURNAME : IS_GIVEN);
		at++;
	}
}

void names_keep(struct names *names, const char *name)
{
	guint32 len = name_length(name), pos = 0;
	struct word word;
	g_hash_table_add(names->kept, g_strdup(fold_of(names, name, 0, len)));
	while (word_next(name, &pos, len, &word)) {
		const char *folded = fold_of(names, name, word.start, word.end);
		guint flags = GPOINTER_TO_UINT(g_hash_table_lookup(names->words, folded));
		if (flags != 0)
			g_hash_table_insert(names->words, g_strdup(folded), GUINT_TO_POINTER(flags | IS_KEPT));
	}
}

bool names_any(const struct names *names)
{
	return g_hash_table_size(names->words) > 0;
}

bool names_kept_in(struct names *names, const char *s, guint32 len)
{
	struct name name;
	struct word word;
	for (guint32 pos = 0; g_hash_table_size(names->kept) > 0 && word_next(s, &pos, len, &word);) {
		if (!word.upper || !name_scan(s, word.start, len, &name))
			continue;
		if (g_hash_table_contains(names->kept, fold_of(names, s, name.start, name.end)))
			return true;
		pos = MAX(pos, name.end);
	}
	return false;
}

/* A part of an address: "/~bell". */
static bool is_glued(const char *s, guint32 at)
{
	return at > 0 && strchr("/~#=?&@", s[at - 1]) != NULL;
}

void names_note_common(struct names *names, const char *s, guint32 len)
{
	struct word word;
	for (guint32 pos = 0; word_next(s, &pos, len, &word);) {
		if (word.upper || word.digit || word.end - word.start > 24 || is_glued(s, word.start) || elision(s, word.start, word.end) > 0)
			continue;
		if (name_behind_mister(s, word.start, names->folded))
			continue;
		const char *folded = fold_of(names, s, word.start, word.end);
		guint flags = GPOINTER_TO_UINT(g_hash_table_lookup(names->words, folded));
		if (flags != 0 && !(flags & IS_COMMON))
			g_hash_table_insert(names->words, g_strdup(folded), GUINT_TO_POINTER(flags | IS_COMMON));
	}
}

/* ---- words of a text ---- */

enum token_kind { TOKEN_OTHER, TOKEN_SMALL, TOKEN_NAME, TOKEN_INITIAL, TOKEN_PARTICLE, TOKEN_HONORIFIC };

struct token {
	enum token_kind kind;
	guint32 start, end;
	guint32 from, to;	/* of what is the name in it */
	guint flags;
	bool upper, caps, begins;	/* begins: a sentence or line */
};

static guint flags_of(struct names *names, const char *s, guint32 from, guint32 to)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(names->words, fold_of(names, s, from, to)));
}

/* A surname that is nothing else. */
static bool is_strong(guint flags)
{
	return flags & IS_SURNAME && !(flags & (IS_WEAK | IS_COMMON));
}

/* True where the words folded last are a hidden name run together: "AnnBell". */
static bool is_run(const struct names *names)
{
	return g_hash_table_contains(names->run, names->folded->str);
}

/* "Bell-led", "www.example.org/ann-bell": the parts that are names. Of small
 * letters two must stand together, but in addresses. */
static void read_parts(struct names *names, const char *s, struct token *token)
{
	guint hits = 0;
	bool others = false, address = memchr(s + token->start, '/', token->end - token->start) != NULL;
	guint32 first = 0, last = 0;
	for (guint32 from = token->start, i = from; i <= token->end; i++) {
		if (i < token->end && s[i] != '-' && s[i] != '/' && s[i] != '.')
			continue;
		guint flags = i > from ? flags_of(names, s, from, i) : 0;
		bool run = i > from && flags == 0 && is_run(names);
		bool upper = i > from && is_upper_at(s, from, i);
		bool told = address && is_strong(flags);
		if (run || (flags != 0 && (upper || !token->upper))) {
			if (hits == 0)
				first = from;
			hits += run || told ? 2 : 1;
			last = i;
			token->flags |= run ? IS_GIVEN | IS_SURNAME : flags;
		} else {
			others = others || (upper && i > from);
		}
		from = i + 1;
	}
	others = others && token->upper && !address;
	if (hits >= 2 || (hits == 1 && token->upper)) {
		token->kind = TOKEN_NAME;
		/* a double name of which one is known, but "Bell-led" */
		token->from = others ? token->start : first;
		token->to = others ? token->end : last;
		if (hits >= 2)
			token->flags &= ~(guint)(IS_WEAK | IS_COMMON);
	} else {
		token->flags = 0;
	}
}

/* "Müllers Antrag": a genitive without an apostrophe. */
static guint genitive(struct names *names, const char *s, guint32 start, guint32 end)
{
	guint flags = end - start > 4 && (s[end - 1] == 's' || s[end - 1] == 'S') ? flags_of(names, s, start, end - 1) : 0;
	return flags & (IS_WEAK | IS_COMMON) ? 0 : flags;
}

bool names_genitive(struct names *names, const char *word, guint32 len)
{
	return flags_of(names, word, 0, len) == 0 && genitive(names, word, 0, len) & IS_SURNAME;
}

static guint32 possessive(const char *s, guint32 start, guint32 end)
{
	if (end - start > 2 && (s[end - 1] == 's' || s[end - 1] == 'S') && s[end - 2] == '\'')
		return 2;
	if (end - start > 4 && (s[end - 1] == 's' || s[end - 1] == 'S') && memcmp(s + end - 4, "\xE2\x80\x99", 3) == 0)
		return 4;
	return 0;
}

/* "Kestrel-" at the end of a line, "ly's" on the next. */
static void join_lines(struct names *names, const char *s, guint32 len, struct token *token)
{
	if (token->end + 2 >= len || s[token->end] != '-' || s[token->end + 1] != '\n')
		return;
	struct word rest;
	guint32 pos = token->end + 2;
	g_autofree char *head = g_strdup(fold_of(names, s, token->start, token->end));
	if (word_next(s, &pos, len, &rest) && rest.start == token->end + 2 && !rest.upper) {
		guint32 end = rest.end - possessive(s, rest.start, rest.end);
		g_autofree char *whole = g_strconcat(head, fold_of(names, s, rest.start, end), NULL);
		token->flags = GPOINTER_TO_UINT(g_hash_table_lookup(names->words, whole));
		if (token->flags != 0)
			token->to = end;
	}
}

static void read_token(struct names *names, const char *s, guint32 len, struct token *token)
{
	guint32 behind;
	token->from = token->start;
	token->to = token->end - possessive(s, token->start, token->end);
	if (flags_of(names, s, token->start, token->to) == 0 && is_run(names)) {
		token->flags = IS_GIVEN | IS_SURNAME;
		token->kind = TOKEN_NAME;
		return;
	}
	bool split = memchr(s + token->start, '-', token->end - token->start) || memchr(s + token->start, '/', token->end - token->start) ||
	             memchr(s + token->start, '.', token->end - token->start);
	if (!token->upper) {
		behind = elision(s, token->start, token->end);
		if (behind > 0 && (token->flags = flags_of(names, s, token->start, token->to)) != 0) {
			token->kind = TOKEN_NAME;
			token->upper = true;
		} else if (behind > 0 && (token->flags = flags_of(names, s, behind, token->to)) != 0) {
			token->kind = TOKEN_NAME;
			token->from = behind;
			token->upper = true;
		} else if (split) {
			read_parts(names, s, token);
		} else if (is_glued(s, token->start) && is_strong(token->flags = flags_of(names, s, token->start, token->to))) {
			token->kind = TOKEN_NAME;
			token->upper = true;
		} else if (cue_is(CUE_PARTICLE, fold_of(names, s, token->start, token->end), -1)) {
			token->kind = TOKEN_PARTICLE;
		} else if ((token->flags = flags_of(names, s, token->start, token->to)) & (IS_GIVEN | IS_SURNAME)) {
			token->kind = TOKEN_SMALL;
		}
		return;
	}
	token->flags = flags_of(names, s, token->from, token->to);
	if (token->flags == 0)
		token->flags = genitive(names, s, token->from, token->to);
	if (token->flags == 0)
		join_lines(names, s, len, token);
	if (token->flags & IS_INITIALS && !token->caps && !(token->flags & (IS_GIVEN | IS_SURNAME)))
		token->flags = 0;
	if (token->flags != 0) {
		token->kind = TOKEN_NAME;
		return;
	}
	if ((behind = elision(s, token->start, token->end)) > 0 && (token->flags = flags_of(names, s, behind, token->to)) != 0) {
		token->kind = TOKEN_NAME;
		token->from = behind;
		return;
	}
	if (split)
		read_parts(names, s, token);
	if (token->kind == TOKEN_NAME)
		return;
	fold_of(names, s, token->start, token->end);
	if (cue_is(CUE_HONORIFIC, names->folded->str, -1))
		token->kind = TOKEN_HONORIFIC;
	else if (g_utf8_strlen(s + token->start, token->end - token->start) == 1 || (split && token->end - token->start <= 5))
		token->kind = TOKEN_INITIAL;
	else if (cue_is(CUE_PARTICLE, names->folded->str, -1))
		token->kind = TOKEN_PARTICLE;
}

/* What may stand between the words of a name. */
static bool adjacent(const char *s, guint32 from, guint32 to)
{
	guint feeds = 0;
	if (to < from || to - from > 8)
		return false;
	for (guint32 i = from; i < to; i++) {
		feeds += s[i] == '\n';
		if (!strchr(" .\t\n*_", s[i]) && !((guchar)s[i] == 0xC2 && i + 1 < to && (guchar)s[++i] == 0xA0))
			return false;
	}
	return feeds < 2;
}

static void read_tokens(struct names *names, const char *s, guint32 len, GArray *tokens)
{
	struct word word;
	g_array_set_size(tokens, 0);
	for (guint32 pos = 0; word_next(s, &pos, len, &word);) {
		struct token token = { .start = word.start, .end = word.end, .upper = word.upper, .caps = word.caps };
		bool small = !word.upper && word.end - word.start > 24 && !memchr(s + word.start, '-', word.end - word.start) &&
		             !memchr(s + word.start, '.', word.end - word.start);
		if (!word.digit && !small && !(word.upper && rule_is_name(s, len, &word)))
			read_token(names, s, len, &token);
		token.begins = token.kind == TOKEN_NAME && name_begins_sentence(s, token.start);
		g_array_append_val(tokens, token);
		if (token.to > pos)
			pos = token.to;
	}
}

#define token_at(tokens, i) (&g_array_index(tokens, struct token, i))

/* ---- names in a text ---- */

/* Whether these words, from token `first` to `last`, are somebody's who is not
 * to be known. */
static bool is_hidden(struct names *names, const char *s, const GArray *tokens, guint first, guint last, bool titled, bool covered)
{
	guint n = 0, sure = 0;
	bool kept = true, surname = false;
	for (guint i = first; i <= last; i++) {
		const struct token *token = token_at(tokens, i);
		if (token->kind != TOKEN_NAME)
			continue;
		n++;
		sure += !(token->flags & IS_WEAK);
		kept = kept && (token->flags & IS_KEPT);
		surname = surname || (token->flags & IS_SURNAME);
	}
	const struct token *only = token_at(tokens, first);
	const char *whole = fold_of(names, s, token_at(tokens, first)->from, token_at(tokens, last)->to);
	if (g_hash_table_contains(names->kept, whole) && !(covered && n == 1))
		return false;
	if (g_hash_table_contains(names->hidden, whole) && n > 1)
		return true;
	if (kept && !covered)
		return false;
	if (n > 1)
		return sure > 0;
	if (titled)
		return surname || covered;
	if (only->flags & IS_INITIALS)
		return covered && only->caps;
	if ((only->flags & IS_WEAK) || (only->flags & IS_COMMON && (only->begins || only->caps) && !(covered && only->to < only->end)))
		return false;
	return surname || (covered && !(only->flags & IS_COMMON));
}

/* A word in small letters that is somebody's where it stands: with the other words
 * of the name, behind a title, or before "said" at the head of a sentence. */
static bool is_small_name(struct names *names, const char *s, guint32 len, guint32 from, guint32 to)
{
	guint32 before = from;
	if (name_behind_mister(s, from, names->folded))
		return true;
	while (before > 0 && strchr(" \n\"", s[before - 1]))
		before--;
	if (before > 0 && !strchr(".!?", s[before - 1]))
		return false;
	return to < len && cue_begins(CUE_SAY, fold_of(names, s, to, MIN(len, to + 60))) > 0;
}

static void add_range(GArray *ranges, guint32 from, guint32 to)
{
	struct range range = { from, to };
	if (from < to)
		g_array_append_val(ranges, range);
}

/* The name in small letters that begins at token i: its last token; -1. */
static int small_end(struct names *names, const char *s, guint32 len, const GArray *tokens, guint i)
{
	const struct token *token = token_at(tokens, i);
	for (guint last = MIN(i + 4, tokens->len); last-- > i + 1;) {
		const struct token *end = token_at(tokens, last);
		if (end->kind == TOKEN_SMALL && g_hash_table_contains(names->hidden, fold_of(names, s, token->start, end->to)))
			return (int)last;
	}
	return is_small_name(names, s, len, token->start, token->to) ? (int)i : -1;
}

/* The name that begins at token i: its last token. */
static guint run_end(const char *s, const GArray *tokens, guint i)
{
	guint last = i;
	for (guint j = i + 1; j < tokens->len && j < last + 4; j++) {
		const struct token *before = token_at(tokens, j - 1), *token = token_at(tokens, j);
		bool inverted = before->kind == TOKEN_NAME && token->kind == TOKEN_NAME && before->flags & IS_SURNAME &&
		                token->flags & IS_GIVEN && token->start == before->end + 2 && s[before->end] == ',';
		if (before->to < before->end && before->kind == TOKEN_NAME)	/* "Bell's Tom" are two */
			break;
		if (!inverted && !adjacent(s, before->to > before->end ? before->to : before->end, token->start))
			break;
		if (token->kind == TOKEN_NAME)
			last = j;
		else if (token->kind != TOKEN_INITIAL && token->kind != TOKEN_PARTICLE)
			break;
	}
	return last;
}

static void find_addresses(struct names *names, const char *s, guint32 len, bool covered, GArray *ranges)
{
	for (const char *at = memchr(s, '@', len); at != NULL; at = memchr(at + 1, '@', len - (guint32)(at + 1 - s))) {
		guint32 from = (guint32)(at - s), to = from + 1;
		bool known = false;
		while (from > 0 && (g_ascii_isalnum(s[from - 1]) || strchr("._-+", s[from - 1])))
			from--;
		while (to < len && (g_ascii_isalnum(s[to]) || strchr("._-", s[to])))
			to++;
		for (guint32 part = from, i = from; i <= to; i++) {
			if (i < to && g_ascii_isalpha(s[i]))
				continue;
			known = known || (i > part && flags_of(names, s, part, i) & IS_SURNAME);
			part = i + 1;
		}
		if (covered || known)
			add_range(ranges, from, to);
	}
}

void names_find(struct names *names, const char *s, guint32 len, bool covered, GArray *ranges)
{
	g_autoptr(GArray) tokens = g_array_new(false, false, sizeof(struct token));
	if (names_any(names))
		read_tokens(names, s, len, tokens);
	for (guint i = 0; i < tokens->len; i++) {
		int small = covered && token_at(tokens, i)->kind == TOKEN_SMALL ? small_end(names, s, len, tokens, i) : -1;
		if (small >= 0) {
			add_range(ranges, token_at(tokens, i)->start, token_at(tokens, small)->to);
			i = (guint)small;
			continue;
		}
		if (token_at(tokens, i)->kind != TOKEN_NAME)
			continue;
		guint last = run_end(s, tokens, i), first = i, title;
		while (first > 0 && token_at(tokens, first - 1)->kind == TOKEN_INITIAL &&
		       adjacent(s, token_at(tokens, first - 1)->end, token_at(tokens, first)->start))
			first--;
		for (title = first; title > 0 && token_at(tokens, title - 1)->kind == TOKEN_HONORIFIC &&
		     adjacent(s, token_at(tokens, title - 1)->end, token_at(tokens, title)->start);)
			title--;
		if (is_hidden(names, s, tokens, i, last, title < first, covered))
			add_range(ranges, title < i ? token_at(tokens, title)->start : token_at(tokens, i)->from, token_at(tokens, last)->to);
		i = last;
	}
	find_addresses(names, s, len, covered, ranges);
}

static guint32 before_start(const char *s, guint32 end)
{
	while (end > 0 && (g_ascii_isalpha(s[end - 1]) || (guchar)s[end - 1] >= 0x80))
		end--;
	return end;
}

void names_find_in_address(struct names *names, const char *s, GArray *ranges)
{
	guint32 len = (guint32)strlen(s), before = G_MAXUINT32;	/* where a word of a name ended */
	for (guint32 from = 0, i = 0; i <= len; i++) {
		if (i < len && (g_ascii_isalpha(s[i]) || (guchar)s[i] >= 0x80))
			continue;
		if (i > from) {
			guint flags = flags_of(names, s, from, i);
			bool run = is_run(names);
			bool strong = is_strong(flags) && !(flags & IS_KEPT);
			bool beside = flags != 0 && before != G_MAXUINT32 && from == before + 1;
			if (beside)	/* "ann-young": the one before as well */
				add_range(ranges, before_start(s, before), before);
			if (strong || run || beside)
				add_range(ranges, from, i);
			before = flags != 0 ? i : G_MAXUINT32;
		}
		from = i + 1;
	}
}
