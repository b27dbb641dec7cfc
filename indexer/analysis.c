/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * analysis.c - the front: text goes through words.c; each span is looked up in
 * the lexicon of its language, and only a word seen for the first time goes
 * through fold.c and reading.c.
 *
 *   lexicon   one a language: its reading, and a table from spellings to words.
 *             A spelling is what stands in the text, A-Z as a-z, or an exact
 *             form; several spellings may lead to one word
 *   terms     one table for all languages: a term is its bytes
 *
 * A joined form that spells a stop word is a word of its own; its key has
 * JOINED_MARK before it, a byte that no word begins with.
 */
#include "indexer/analysis.h"

#include "indexer/fold.h"
#include "indexer/intern.h"
#include "indexer/reading.h"
#include "indexer/stem.h"
#include "indexer/words.h"

#include <string.h>

#define INTERNED_MAX_BYTES (64u * 1024 * 1024)
#define JOINED_PARTS_MAX 4
#define JOINED_MARK '\001'
#define BATCH_TOKENS 256

G_STATIC_ASSERT(KEY_MAX_BYTES >= FOLD_MAX_BYTES && FOLD_MAX_BYTES >= TERM_MAX_BYTES);

struct lexicon {
	const char *language;	/* interned by GLib; NULL for none */
	struct reading *reading;
	struct table words;
};

struct analysis {
	GPtrArray *lexicons;
	struct arena structs, strings;	/* apart, so that words and terms lie close */
	struct table terms;
	char *stemmer_version;
	GString *exact, *fold, *term, *also, *joined;	/* scratch */
};

/* The tokens of one text under way. */
struct run {
	struct analysis *analysis;
	struct lexicon *lexicon;
	const char *text;
	gsize len;
	GArray *tokens;
	guint n_batch;
	guint32 position;
	struct {
		guint parts;
		guint first;	/* where its first token is or will be in tokens */
		guint flags;	/* of all spans */
	} chain;	/* parts that only hyphens part */
	struct token batch[BATCH_TOKENS];
};

static void lexicon_free(void *data)
{
	struct lexicon *lexicon = data;

	reading_free(lexicon->reading);
	table_clear(&lexicon->words);
	g_free(lexicon);
}

struct analysis *analysis_new(void)
{
	struct analysis *analysis = g_new0(struct analysis, 1);

	analysis->lexicons = g_ptr_array_new_with_free_func(lexicon_free);
	arena_init(&analysis->structs);
	arena_init(&analysis->strings);
	table_init(&analysis->terms);
	analysis->exact = g_string_new(NULL);
	analysis->fold = g_string_new(NULL);
	analysis->term = g_string_new(NULL);
	analysis->also = g_string_new(NULL);
	analysis->joined = g_string_new(NULL);
	return analysis;
}

void analysis_free(struct analysis *analysis)
{
	if (!analysis)
		return;
	g_ptr_array_unref(analysis->lexicons);
	arena_clear(&analysis->structs);
	arena_clear(&analysis->strings);
	table_clear(&analysis->terms);
	g_free(analysis->stemmer_version);
	g_string_free(analysis->exact, TRUE);
	g_string_free(analysis->fold, TRUE);
	g_string_free(analysis->term, TRUE);
	g_string_free(analysis->also, TRUE);
	g_string_free(analysis->joined, TRUE);
	g_free(analysis);
}

static gsize interned_bytes(const struct analysis *analysis)
{
	gsize bytes = analysis->structs.taken_bytes + analysis->strings.taken_bytes +
	              table_bytes(&analysis->terms);

	for (guint i = 0; i < analysis->lexicons->len; i++) {
		const struct lexicon *lexicon = analysis->lexicons->pdata[i];

		bytes += table_bytes(&lexicon->words);
	}
	return bytes;
}

bool analysis_trim(struct analysis *analysis)
{
	if (interned_bytes(analysis) <= INTERNED_MAX_BYTES)
		return false;
	for (guint i = 0; i < analysis->lexicons->len; i++) {
		struct lexicon *lexicon = analysis->lexicons->pdata[i];

		table_clear(&lexicon->words);
		table_init(&lexicon->words);
	}
	table_clear(&analysis->terms);
	table_init(&analysis->terms);
	arena_clear(&analysis->structs);
	arena_init(&analysis->structs);
	arena_clear(&analysis->strings);
	arena_init(&analysis->strings);
	return true;
}

/* The language that has a stemmer here, "nb" and "nn" being Norwegian; what
 * follows a hyphen or low line does not count. NULL if there is none. */
static const char *known_language(const char *language)
{
	const char *const *known = stem_languages();
	char code[3];

	if (!language || !language[0] || !language[1] || (language[2] && !strchr("-_", language[2])))
		return NULL;
	code[0] = g_ascii_tolower(language[0]);
	code[1] = g_ascii_tolower(language[1]);
	code[2] = '\0';
	if (strcmp(code, "nb") == 0 || strcmp(code, "nn") == 0)
		strcpy(code, "no");
	while (*known && strcmp(*known, code) != 0)
		known++;
	return *known;
}

static struct lexicon *lexicon_of(struct analysis *analysis, const char *language)
{
	language = known_language(language);
	for (guint i = 0; i < analysis->lexicons->len; i++) {
		struct lexicon *lexicon = analysis->lexicons->pdata[i];

		if (lexicon->language == language)
			return lexicon;
	}
	struct lexicon *lexicon = g_new0(struct lexicon, 1);

	lexicon->language = language;
	lexicon->reading = reading_new(language);
	table_init(&lexicon->words);
	g_ptr_array_add(analysis->lexicons, lexicon);
	return lexicon;
}

static struct term *term_of(struct analysis *analysis, GString *text)
{
	struct key key;

	fold_bound(text, TERM_MAX_BYTES);
	key_set(&key, text->str, (guint32)text->len, text->len);
	struct term *term = table_find(&analysis->terms, &key);

	if (!term) {
		term = arena_take(&analysis->structs, sizeof *term);
		term->text = arena_copy(&analysis->strings, text->str, text->len);
		term->len = (guint)text->len;
		table_add(&analysis->terms, &analysis->strings, &key, term);
	}
	return term;
}

static bool has_digit(const char *fold)
{
	for (const char *p = fold; *p; p = g_utf8_next_char(p))
		if (g_unichar_isdigit(g_utf8_get_char(p)))
			return true;
	return false;
}

/* Makes the word whose forms are in analysis->exact and ->fold. */
static struct word *make_word(struct analysis *analysis, struct lexicon *lexicon,
                              guint flags, bool may_stop)
{
	struct arena *strings = &analysis->strings;
	struct word *word = arena_take(&analysis->structs, sizeof *word);

	word->exact_len = (guint)analysis->exact->len;
	word->fold_len = (guint)analysis->fold->len;
	word->exact = word->fold = arena_copy(strings, analysis->exact->str, word->exact_len);
	word->flags = flags;
	if (!g_string_equal(analysis->exact, analysis->fold)) {
		word->fold = arena_copy(strings, analysis->fold->str, word->fold_len);
		word->flags |= WORD_ACCENTED;
	}
	word->hash = hash_bytes(word->fold, word->fold_len);
	if (has_digit(word->fold))
		word->flags |= WORD_NUMBER;
	if (may_stop && reading_is_stop(lexicon->reading, word->exact)) {
		word->flags |= WORD_STOP;
		return word;
	}
	reading_read(lexicon->reading, word->exact, word->fold, analysis->term, analysis->also);
	word->term = term_of(analysis, analysis->term);
	if (analysis->also->len > 0)
		word->also = term_of(analysis, analysis->also);
	return word;
}

/* The word whose exact form the spelling has, made if it is new; NULL if
 * nothing of the spelling is seen. */
static struct word *word_of_exact(struct analysis *analysis, struct lexicon *lexicon,
                                  const char *spelling, gsize len, guint flags)
{
	GString *exact = analysis->exact;
	struct key key;

	fold_word(spelling, len, exact, analysis->fold);
	if (exact->len == 0)
		return NULL;
	key_set(&key, exact->str, (guint32)exact->len, exact->len);
	struct word *word = table_find(&lexicon->words, &key);

	if (!word) {
		word = make_word(analysis, lexicon, flags, true);
		table_add(&lexicon->words, &analysis->strings, &key, word);
	}
	return word;
}

/* The word of a spelling, which the lexicon learns; as above. readable: as in
 * key_set. */
static struct word *word_of(struct analysis *analysis, struct lexicon *lexicon,
                            const char *spelling, gsize len, gsize readable, guint flags)
{
	struct key key;

	if (len > KEY_MAX_BYTES)
		return word_of_exact(analysis, lexicon, spelling, len, flags);
	key_set(&key, spelling, (guint32)len, readable);
	struct word *word = table_find(&lexicon->words, &key);

	if (word)
		return word;
	word = word_of_exact(analysis, lexicon, spelling, len, flags);
	if (word && !table_find(&lexicon->words, &key))
		table_add(&lexicon->words, &analysis->strings, &key, word);
	return word;
}

/* The word of a joined form: never a stop word. */
static struct word *word_of_joined(struct analysis *analysis, struct lexicon *lexicon,
                                   const char *spelling, gsize len)
{
	struct word *word = word_of(analysis, lexicon, spelling, len, len, 0);
	struct key key;

	if (!word || !(word->flags & WORD_STOP))
		return word;
	g_autofree char *marked = g_strdup_printf("%c%s", JOINED_MARK, word->exact);

	key_set(&key, marked, word->exact_len + 1, word->exact_len + 1);
	struct word *joined = table_find(&lexicon->words, &key);

	if (!joined) {
		g_string_assign(analysis->exact, word->exact);
		g_string_assign(analysis->fold, word->fold);
		joined = make_word(analysis, lexicon, 0, false);
		table_add(&lexicon->words, &analysis->strings, &key, joined);
	}
	return joined;
}

static void flush(struct run *run)
{
	g_array_append_vals(run->tokens, run->batch, run->n_batch);
	run->n_batch = 0;
}

/* Puts the joined form of the chain, if it has one, before its parts. */
static void end_chain(struct run *run)
{
	guint parts = run->chain.parts;
	GString *joined = run->analysis->joined;

	run->chain.parts = 0;
	if (parts < 2 || parts > JOINED_PARTS_MAX || !(run->chain.flags & WORDS_LETTER))
		return;
	flush(run);
	const struct token *tokens = &g_array_index(run->tokens, struct token, run->chain.first);

	g_string_truncate(joined, 0);
	for (guint i = 0; i < parts; i++)
		g_string_append_len(joined, tokens[i].word->exact, tokens[i].word->exact_len);
	struct token token = {
		.start = tokens[0].start,
		.end = tokens[parts - 1].end,
		.word = word_of_joined(run->analysis, run->lexicon, joined->str, joined->len),
		.position = tokens[0].position,
		.span = (guint16)parts,
		.flags = TOKEN_JOINED,
	};

	if (token.word)
		g_array_insert_vals(run->tokens, run->chain.first, &token, 1);
}

/* The length of a hyphen at p: hyphen-minus, hyphen, non-breaking hyphen. */
static gsize hyphen_len(const char *p, gsize left)
{
	if (left >= 1 && *p == '-')
		return 1;
	if (left >= 3 && (guint8)p[0] == 0xe2 && (guint8)p[1] == 0x80 &&
	    ((guint8)p[2] == 0x90 || (guint8)p[2] == 0x91))
		return 3;
	return 0;
}

/* White space with one line end in it, and nothing else? */
static bool is_line_end(const char *p, const char *end)
{
	guint lines = 0;

	for (; p < end; p++) {
		if (*p == '\n')
			lines++;
		else if (*p != ' ' && *p != '\t' && *p != '\r')
			return false;
	}
	return lines == 1;
}

/* Do only a hyphen, or a hyphen or soft hyphen and a line end, stand between
 * the end of a word and the start of the next? */
static bool is_hyphenated(const struct run *run, gsize end, const struct words_span *next)
{
	const char *p = run->text + end, *start = run->text + next->start;
	gsize len = hyphen_len(p, (gsize)(start - p));

	if (len > 0 && p + len == start)
		return true;
	if (len == 0 && !(end >= 2 && (guint8)p[-2] == 0xc2 && (guint8)p[-1] == 0xad))
		return false;
	p += len;
	return is_line_end(p, start) && !g_unichar_isdigit(g_utf8_get_char(start));
}

/* Is the word at span part of the chain before it? If not, another begins. */
static void chain_span(struct run *run, const struct words_span *span, gsize end_before)
{
	const guint8 *gap = (const guint8 *)run->text + end_before;
	bool maybe = run->chain.parts > 0 && !(span->flags & WORDS_CJK) &&
	             (*gap == '-' || *gap == 0xe2 || gap[-1] == 0xad);

	if (maybe && is_hyphenated(run, end_before, span)) {
		run->chain.parts++;
		run->chain.flags |= span->flags;
		return;
	}
	if (run->chain.parts > 1)
		end_chain(run);
	run->chain.parts = span->flags & WORDS_CJK ? 0 : 1;
	run->chain.first = run->tokens->len + run->n_batch;
	run->chain.flags = span->flags;
}

static void add_token(struct run *run, const struct words_span *span, struct word *word)
{
	if (run->n_batch == BATCH_TOKENS)
		flush(run);
	struct token *token = &run->batch[run->n_batch++];

	token->start = (guint32)span->start;
	token->end = (guint32)span->end;
	token->word = word;
	token->position = run->position++;
	token->span = 1;
	token->flags = 0;
}

void analysis_tokens(struct analysis *analysis, const char *language,
                     const char *text, gsize len, GArray *tokens)
{
	struct run run;
	struct words words;
	struct words_span span;
	gsize end_before = 0;

	run.analysis = analysis;
	run.lexicon = lexicon_of(analysis, language);
	run.text = text;
	run.len = MIN(len, G_MAXUINT32);
	run.tokens = tokens;
	run.n_batch = run.position = run.chain.parts = 0;
	words_init(&words, text, run.len);
	while (words_next(&words, &span)) {
		struct word *word = word_of(analysis, run.lexicon, text + span.start, span.end - span.start,
		                            run.len - span.start, span.flags & WORDS_CJK ? WORD_CJK : 0);

		if (!word)
			continue;
		chain_span(&run, &span, end_before);
		add_token(&run, &span, word);
		end_before = span.end;
	}
	end_chain(&run);
	flush(&run);
}

/* Adds the letters and digits of a fold, a blank for anything between them. */
static void add_to_key(GString *key, const char *fold)
{
	bool apart = true;

	for (const char *p = fold; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool solid = g_unichar_isalnum(c) || g_unichar_ismark(c);

		if (solid && apart && key->len > 0)
			g_string_append_c(key, ' ');
		if (solid)
			g_string_append_unichar(key, c);
		apart = !solid;
	}
}

char *analysis_key(struct analysis *analysis, const char *text, gssize len)
{
	GString *key = g_string_new(NULL);
	struct words words;
	struct words_span span;

	words_init(&words, text, len < 0 ? strlen(text) : (gsize)len);
	words.whole_runs = true;
	while (words_next(&words, &span)) {
		fold_word(text + span.start, span.end - span.start, analysis->exact, analysis->fold);
		add_to_key(key, analysis->fold->str);
	}
	return g_string_free(key, FALSE);
}

const char *analysis_stemmer_version(struct analysis *analysis)
{
	if (!analysis->stemmer_version)
		analysis->stemmer_version = stem_version();
	return analysis->stemmer_version;
}

const char *const *analysis_languages(void)
{
	return stem_languages();
}
