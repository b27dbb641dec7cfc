/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * query-lex.c - from the text of a query to tokens. Owns what a quotation
 * mark, a blank, an operator, a wildcard and a field's value look like.
 *
 * What the interpretation prints must come back as the same tokens; what it notes
 * behind a word in {~ } is passed over. So a
 * word never begins with + or -, and the text of a phrase never holds one of
 * the two quotation marks that close every phrase.
 */
#include "searcher/query-parse.h"

#include <stdlib.h>
#include <string.h>

struct lexer {
	struct query *query;
	GArray *tokens;
	const char *p;
	bool after_gap;		/* a + or - here is an operator */
};

static void push(GArray *tokens, enum token_type type)
{
	struct query_token token = { .type = type };

	g_array_append_val(tokens, token);
}

static void push_text_take(GArray *tokens, enum token_type type, char *text)
{
	struct query_token token = { .type = type, .text = text };

	g_array_append_val(tokens, token);
}

/* --- characters -------------------------------------------------------------- */

bool query_has_letter(const char *text)
{
	for (; *text; text = g_utf8_next_char(text))
		if (g_unichar_isalnum(g_utf8_get_char(text)))
			return true;
	return false;
}

static unsigned count_letters(const char *text)
{
	unsigned n = 0;

	for (; *text; text = g_utf8_next_char(text))
		n += g_unichar_isalnum(g_utf8_get_char(text));
	return n;
}

static bool is_blank(gunichar c)
{
	return g_unichar_isspace(c) || g_unichar_iscntrl(c);
}

static bool is_open_paren(gunichar c)
{
	return c == '(' || c == 0xFF08;
}

static bool is_close_paren(gunichar c)
{
	return c == ')' || c == 0xFF09;
}

/* Closes a phrase whatever opened it. */
static bool is_plain_quote(gunichar c)
{
	return c == '"' || c == 0xFF02;
}

/* Which mark closes what c opens; two where houses differ; 0 for no mark. */
static const gunichar *closing_quotes(gunichar c)
{
	static const struct {
		gunichar open, close[3];
	} pairs[] = {
		{ '"', { '"', 0 } },
		{ 0xFF02, { 0xFF02, 0 } },
		{ 0x201C, { 0x201D, 0x201C, 0 } },	/* English; the same mark twice */
		{ 0x201D, { 0x201D, 0 } },		/* Swedish, Finnish */
		{ 0x201E, { 0x201C, 0x201D, 0 } },	/* German; Polish */
		{ 0x201F, { 0x201D, 0 } },
		{ 0x00AB, { 0x00BB, 0 } },		/* French */
		{ 0x00BB, { 0x00AB, 0x00BB, 0 } },	/* Danish, German books; Finnish */
		{ 0x300C, { 0x300D, 0 } },		/* Japanese, Chinese */
		{ 0x300E, { 0x300F, 0 } },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++)
		if (pairs[i].open == c)
			return pairs[i].close;
	return NULL;
}

static bool ends_word(gunichar c)
{
	return c == 0 || is_blank(c) || is_open_paren(c) || is_close_paren(c) ||
	       closing_quotes(c) != NULL;
}

/* --- phrases ------------------------------------------------------------------- */

/* Blanks at the ends gone, those between single. */
static char *squeeze(const char *s, gsize len)
{
	GString *out = g_string_sized_new(len);

	for (const char *end = s + len; s < end; s = g_utf8_next_char(s)) {
		gunichar c = g_utf8_get_char(s);

		if (!is_blank(c))
			g_string_append_unichar(out, c);
		else if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	if (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

static bool closes(const gunichar *closing, gunichar c)
{
	if (is_plain_quote(c))
		return true;
	for (; *closing; closing++)
		if (*closing == c)
			return true;
	return false;
}

/* Reads a phrase; p stands at the opening mark. */
static char *lex_quoted(struct lexer *lexer)
{
	const gunichar *closing = closing_quotes(g_utf8_get_char(lexer->p));
	const char *start = g_utf8_next_char(lexer->p), *p = start;

	while (*p && !closes(closing, g_utf8_get_char(p)))
		p = g_utf8_next_char(p);
	if (!*p)
		query_warn(lexer->query, "A quotation mark is not closed: "
		           "the phrase was read to the end of the query.");
	lexer->p = *p ? g_utf8_next_char(p) : p;
	return squeeze(start, (gsize)(p - start));
}

static bool has_wildcard(const char *text)
{
	const char *star = strchr(text, '*');

	return star && star > text && g_ascii_isalnum(star[-1]);
}

/* A mark that is never closed, with more behind it than somebody types who has not
 * come to its end yet: a slip, not a phrase. */
#define UNCLOSED_MAX_WORDS 8

static bool is_stray_mark(const char *at)
{
	const gunichar *closing = closing_quotes(g_utf8_get_char(at));
	guint words = 0;
	bool in_word = false;

	for (at = g_utf8_next_char(at); *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (closes(closing, c))
			return false;
		words += !in_word && !is_blank(c);
		in_word = !is_blank(c);
	}
	return words > UNCLOSED_MAX_WORDS;
}

static void lex_phrase(struct lexer *lexer)
{
	char *text;

	if (is_stray_mark(lexer->p)) {
		query_warn(lexer->query, "A quotation mark that is not closed was left out.");
		lexer->p = g_utf8_next_char(lexer->p);
		return;
	}
	text = lex_quoted(lexer);

	lexer->after_gap = false;
	if (!query_has_letter(text)) {
		g_free(text);
		return;
	}
	if (has_wildcard(text)) {
		g_autofree char *echo = query_echo(text);
		query_warn(lexer->query, "A star means nothing inside quotation marks: "
		           "\"%s\" finds exactly these words.", echo);
	}
	push_text_take(lexer->tokens, TOKEN_PHRASE, text);
}

/* --- values of fields ------------------------------------------------------------ */

static void warn_value(struct query *query, const struct field *field, const char *value)
{
	g_autofree char *echo = query_echo(value);
	GString *values = g_string_new(NULL);

	field_describe_values(field, values);
	query_warn(query, "'%s' is no %s and was left out; it takes %s.", echo, field->name, values->str);
	g_string_free(values, TRUE);
}

static char *plain_number(const char *s)
{
	while (s[0] == '0' && s[1] != '\0')
		s++;
	return g_strdup(s);
}

/* One end of a range, in the contract's spelling; "" is open; NULL makes no sense. */
static char *value_end(const struct field *field, const char *s, gsize len)
{
	g_autofree char *raw = g_strndup(s, len);

	g_strstrip(raw);
	if (*raw == FIELD_WHOLE && field->match != FIELD_WORDS)	/* they are asked for whole anyway */
		memmove(raw, raw + 1, strlen(raw));
	if (!*raw || field->match == FIELD_WORDS)
		return g_steal_pointer(&raw);
	if (field->match == FIELD_NAME) {
		char *lower = g_ascii_strdown(raw, -1);
		g_free(raw);
		raw = lower;
	}
	if (!field_accepts(field, raw))
		return NULL;
	return field->match == FIELD_NUMBER ? plain_number(raw) : g_steal_pointer(&raw);
}

/* Dates compare as far as both go: 2017 is not after 2017-10. */
static bool is_reversed(const struct field *field, const char *from, const char *to)
{
	if (field->match == FIELD_NUMBER)
		return atol(from) > atol(to);
	return strncmp(from, to, MIN(strlen(from), strlen(to))) > 0;
}

static void order_ends(struct query *query, struct query_token *token)
{
	char *from = token->text;

	if (!*from || !*token->upper || !is_reversed(token->field, from, token->upper))
		return;
	query_warn(query, "The range %s..%s runs backwards and was turned round.", from, token->upper);
	token->text = token->upper;
	token->upper = from;
}

static void push_value(struct query *query, GArray *tokens, const struct field *field, const char *s, gsize len)
{
	struct query_token token = { .type = TOKEN_FIELD, .field = field };
	const char *dots = NULL;
	bool sound;

	if (field->match == FIELD_DATE || field->match == FIELD_NUMBER)
		dots = g_strstr_len(s, (gssize)len, "..");
	token.text = value_end(field, s, dots ? (gsize)(dots - s) : len);
	if (dots)
		token.upper = value_end(field, dots + 2, len - (gsize)(dots + 2 - s));
	sound = token.text && (!dots || token.upper) &&
	        (*token.text || (token.upper && *token.upper));
	if (field->match == FIELD_WORDS)
		sound = query_has_letter(token.text);
	if (sound) {
		if (dots)
			order_ends(query, &token);
		g_array_append_val(tokens, token);
		return;
	}
	g_autofree char *value = g_strndup(s, len);
	warn_value(query, field, value);
	g_free(token.text);
	g_free(token.upper);
}

void query_lex_value(struct query *query, GArray *tokens, const struct field *field,
                const char *value, bool split)
{
	guint first = tokens->len;

	if (!*value)
		warn_value(query, field, value);
	split = split || field->match != FIELD_WORDS;
	while (*value) {
		gsize len = split ? strcspn(value, ",") : strlen(value);

		if (len > 0)
			push_value(query, tokens, field, value, len);
		value += len;
		if (*value)
			value++;
	}
	for (guint i = first; i + 1 < tokens->len; i++)
		g_array_index(tokens, struct query_token, i).more = true;
}

/* --- words ------------------------------------------------------------------------ */

/* Takes every star out of the word, and with one behind its last letter all
 * that follows; true if there was one there. */
static bool drop_stars(char *word, bool *inside)
{
	char *out = word, *behind_letters = word;

	for (char *p = word; *p; p = g_utf8_next_char(p))
		if (g_unichar_isalnum(g_utf8_get_char(p)))
			behind_letters = g_utf8_next_char(p);
	*inside = false;
	for (const char *in = word; *in; in++) {
		if (*in != '*') {
			*out++ = *in;
		} else if (in >= behind_letters) {
			*out = '\0';
			return true;
		} else {
			*inside = true;
		}
	}
	*out = '\0';
	return false;
}

/* "foo:" at the beginning of a word: its length without the colon, else 0. */
static gsize name_before_colon(const char *word)
{
	gsize n = 0;

	while (g_ascii_isalpha(word[n]))
		n++;
	return word[n] == ':' ? n : 0;
}

/* A pasted address or "Note:" is text that nobody meant as a field. */
static void warn_unknown_field(struct query *query, const char *word, gsize name_len)
{
	const char *behind = word + name_len + 1;
	GString *names;

	if (name_len < 2 || !query_has_letter(behind) || g_str_has_prefix(behind, "//"))
		return;
	names = g_string_new(NULL);
	for (unsigned i = 0; i < N_FIELDS; i++)
		g_string_append_printf(names, "%s%s", i ? ", " : "", fields[i].name);
	g_autofree char *echo = query_echo(word);
	query_warn(query, "'%.*s:' is no field, so '%s' was read as text. The fields are %s.",
	           (int)MIN(name_len, QUERY_ECHO_CHARS), word, echo, names->str);
	g_string_free(names, TRUE);
}

/* near/5 in any case; near/ alone has the default distance. */
static bool lex_near(struct lexer *lexer, const char *word)
{
	struct query_token token = { .type = TOKEN_NEAR, .distance = QUERY_DEFAULT_DISTANCE };
	const char *digits = word + 5;
	gsize n;

	if (g_ascii_strncasecmp(word, "near/", 5) != 0)
		return false;
	n = strspn(digits, "0123456789");
	if (digits[n] != '\0')
		return false;
	if (n == 0) {
		query_warn(lexer->query, "near/ has no number behind it: within %d words was taken.",
		           QUERY_DEFAULT_DISTANCE);
	} else if (n > 9 || atoi(digits) > QUERY_MAX_DISTANCE) {
		query_warn(lexer->query, "near/ reaches %d words at most: that was taken.",
		           QUERY_MAX_DISTANCE);
		token.distance = QUERY_MAX_DISTANCE;
	} else {
		token.distance = (unsigned)atoi(digits);
	}
	g_array_append_val(lexer->tokens, token);
	return true;
}

static bool lex_operator(struct lexer *lexer, const char *word)
{
	static const struct {
		const char *word;
		enum token_type type;
	} operators[] = { { "AND", TOKEN_AND }, { "OR", TOKEN_OR }, { "NOT", TOKEN_NOT } };

	for (gsize i = 0; i < G_N_ELEMENTS(operators); i++)
		if (strcmp(operators[i].word, word) == 0) {
			push(lexer->tokens, operators[i].type);
			return true;
		}
	return lex_near(lexer, word);
}

static void push_word(struct lexer *lexer, const char *word, gsize name_len)
{
	if (!query_has_letter(word))
		return;
	if (name_len > 0)
		warn_unknown_field(lexer->query, word, name_len);
	push_text_take(lexer->tokens, TOKEN_WORD, g_strdup(word));
}

static void lex_wildcard(struct lexer *lexer, const char *word, gsize name_len)
{
	if (count_letters(word) >= QUERY_MIN_WILDCARD_CHARS) {
		if (name_len > 0)
			warn_unknown_field(lexer->query, word, name_len);
		push_text_take(lexer->tokens, TOKEN_WILDCARD, g_strdup(word));
		return;
	}
	g_autofree char *echo = query_echo(word);
	query_warn(lexer->query, "A star needs at least %d letters before it: '%s*' was read as '%s'.",
	           QUERY_MIN_WILDCARD_CHARS, echo, echo);
	if (!lex_operator(lexer, word))
		push_word(lexer, word, name_len);
}

/* field:value, field:"value" and field:="value", where p stands behind the colon, or the sign. */
static void lex_field(struct lexer *lexer, const struct field *field, char *word, gsize name_len)
{
	static const char whole[] = { FIELD_WHOLE, '\0' };
	guint before = lexer->tokens->len;
	const char *value = word + name_len + 1;

	if (query_has_letter(value) || strstr(value, "..")) {
		query_lex_value(lexer->query, lexer->tokens, field, value, true);
		return;
	}
	if ((!*value || strcmp(value, whole) == 0) && closing_quotes(g_utf8_get_char(lexer->p))) {
		g_autofree char *inside = lex_quoted(lexer), *quoted = g_strconcat(value, inside, NULL);
		if (query_has_letter(quoted) || strstr(quoted, ".."))
			query_lex_value(lexer->query, lexer->tokens, field, quoted, false);
		if (query_has_letter(quoted) || lexer->tokens->len > before)
			return;
	}
	query_warn(lexer->query, "'%s:' has nothing behind it and was read as the word '%s'. "
	           "Write %s with no blank in it.", field->name, field->name, field->example);
	word[name_len] = '\0';
	push_word(lexer, word, 0);
}

static void warn_star(struct lexer *lexer, const char *given, const char *read)
{
	g_autofree char *echo = query_echo(given), *text = query_echo(read);

	query_warn(lexer->query, "A star stands only at the end of a plain word: '%s' was read as '%s'.",
	           echo, text);
}

/* "{~labor}", as the interpretation has it behind a word: its length, 0 where there is none. */
#define NOTE_MAX_BYTES 2000

static gsize note_len(const char *p)
{
	gsize len = 2;

	if (p[0] != '{' || p[1] != '~')
		return 0;
	while (len < NOTE_MAX_BYTES && p[len] && p[len] != '}')
		len++;
	return p[len] == '}' ? len + 1 : 0;
}

static void lex_word(struct lexer *lexer)
{
	const char *start, *end;
	const struct field *field = NULL;
	gsize name_len;
	bool inside, wildcard;

	start = lexer->p + strspn(lexer->p, "+-*");
	for (end = start; !ends_word(g_utf8_get_char(end)) && !note_len(end); )
		end = g_utf8_next_char(end);
	g_autofree char *given = g_strndup(lexer->p, (gsize)(end - lexer->p));
	g_autofree char *word = g_strndup(start, (gsize)(end - start));
	inside = memchr(lexer->p, '*', (gsize)(start - lexer->p)) && query_has_letter(word);
	lexer->p = end + note_len(end);
	lexer->after_gap = false;

	bool middle;
	wildcard = drop_stars(word, &middle) && query_has_letter(word);
	name_len = name_before_colon(word);
	if (name_len > 0)
		field = field_find(word, name_len);
	if (inside || middle || (field && wildcard))
		warn_star(lexer, given, word);
	if (field)
		lex_field(lexer, field, word, name_len);
	else if (wildcard)
		lex_wildcard(lexer, word, name_len);
	else if (!lex_operator(lexer, word))
		push_word(lexer, word, name_len);
}

/* A sign before what turned out to be nothing must not fall to the next unit. */
static void drop_signs(GArray *tokens)
{
	while (tokens->len > 0) {
		enum token_type type = g_array_index(tokens, struct query_token, tokens->len - 1).type;
		if (type != TOKEN_PLUS && type != TOKEN_MINUS && type != TOKEN_NOT)
			return;
		g_array_set_size(tokens, tokens->len - 1);
	}
}

static void lex_unit(struct lexer *lexer, bool quoted)
{
	guint before = lexer->tokens->len;

	if (quoted)
		lex_phrase(lexer);
	else
		lex_word(lexer);
	if (lexer->tokens->len == before)
		drop_signs(lexer->tokens);
}

/* --- all together --------------------------------------------------------------------- */

static void lex_paren(struct lexer *lexer, enum token_type type)
{
	push(lexer->tokens, type);
	lexer->p = g_utf8_next_char(lexer->p);
	lexer->after_gap = type == TOKEN_OPEN;
}

/* + or - directly before a unit, after a blank or at the start. */
static bool lex_sign(struct lexer *lexer)
{
	gunichar next;

	if ((*lexer->p != '+' && *lexer->p != '-') || !lexer->after_gap)
		return false;
	next = g_utf8_get_char(lexer->p + 1);
	if (next != 0 && !is_blank(next) && !is_close_paren(next))
		push(lexer->tokens, *lexer->p == '+' ? TOKEN_PLUS : TOKEN_MINUS);
	lexer->p++;
	lexer->after_gap = false;
	return true;
}

/* A title pasted in capitals, as against a few acronyms with operators between
 * them: nothing in lower case, and a word longer than acronyms are. */
#define ACRONYM_MAX_LETTERS 5

static bool is_shouting(const char *text)
{
	guint run = 0, longest = 0;

	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (g_unichar_islower(c))
			return false;
		if (c == '*')	/* it may be dropped from the middle of a word */
			continue;
		run = g_unichar_tolower(c) != c ? run + 1 : 0;
		longest = MAX(longest, run);
	}
	return longest > ACRONYM_MAX_LETTERS;
}

GArray *query_lex(struct query *query, const char *text)
{
	/* in small letters AND, OR and NOT are words like the others */
	g_autofree char *quiet = is_shouting(text) ? g_utf8_strdown(text, -1) : NULL;
	struct lexer lexer = { query, g_array_new(FALSE, FALSE, sizeof(struct query_token)), quiet ? quiet : text, true };

	while (*lexer.p) {
		gunichar c = g_utf8_get_char(lexer.p);

		if (is_blank(c)) {
			lexer.after_gap = true;
			lexer.p = g_utf8_next_char(lexer.p);
		} else if (is_open_paren(c)) {
			lex_paren(&lexer, TOKEN_OPEN);
		} else if (is_close_paren(c)) {
			lex_paren(&lexer, TOKEN_CLOSE);
		} else if (closing_quotes(c)) {
			lex_unit(&lexer, true);
		} else if (!lex_sign(&lexer)) {
			lex_unit(&lexer, false);
		}
	}
	push(lexer.tokens, TOKEN_END);
	return lexer.tokens;
}
