/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-analysis.c - the analysis, stage by stage (word breaks, folding,
 * readings), then as a whole: a table of cases each, and properties over random
 * text. The word breaks are compared with libunistring's own.
 */
#include "indexer/analysis.h"
#include "indexer/fold.h"
#include "indexer/reading.h"
#include "indexer/stopwords.h"
#include "indexer/words.h"

#include <string.h>
#include <uninorm.h>
#include <uniwbrk.h>

#define RANDOM_ROUNDS 20000
#define LONG_BYTES (16 * 1024 * 1024)
#define LONG_SECONDS 60	/* of a sanitized build on a busy machine */

/* --- words --- */

static char *words_joined(const char *text, gsize len)
{
	GString *out = g_string_new(NULL);
	struct words words;
	struct words_span span;

	words_init(&words, text, len);
	while (words_next(&words, &span)) {
		if (out->len)
			g_string_append_c(out, '|');
		g_string_append_len(out, text + span.start, (gssize)(span.end - span.start));
	}
	return g_string_free(out, FALSE);
}

static const struct {
	const char *text;
	const char *words;
} word_cases[] = {
	{ "", "" },
	{ "The quick (\"brown\") fox can't jump 32.3 feet, right?", "The|quick|brown|fox|can't|jump|32.3|feet|right" },
	{ "o'clock o\u2019clock boys' 'tis", "o'clock|o\u2019clock|boys|tis" },
	{ "7,000 1;2 a,b a;b a.b a:b 3:2 1.a a.1", "7,000|1;2|a|b|a|b|a.b|a:b|3|2|1|a|a|1" },
	{ "U.S. e.g. 3. .5", "U.S|e.g|3|5" },
	{ "a'' a'.b 1'000 a..b", "a|a|b|1'000|a|b" },
	{ "GA/11434 B2B 3D", "GA|11434|B2B|3D" },
	{ "snake_case _a_ ___ a_.b", "snake_case|a|a|b" },
	{ "migra\u00adtion x\u200dy a\u200bb", "migra\u00adtion|x\u200dy|a|b" },
	{ "cafe\u0301 \u0301x", "cafe\u0301|x" },
	{ "\"word\u201d\u2014next\u2026", "word|next" },
	{ "col\u00b7lecci\u00f3 a\u00b7", "col\u00b7lecci\u00f3|a" },
	{ "\u05d2' \u05d2\"\u05d3 a\"b", "\u05d2'|\u05d2\"\u05d3|a|b" },
	{ "\u65e5\u672c\u8a9e \u5b57 \u30ab\u30bf\u30ab\u30ca", "\u65e5\u672c|\u672c\u8a9e|\u5b57|\u30ab\u30bf|\u30bf\u30ab|\u30ab\u30ca" },
	{ "\u6771\u4eacABC12\u5e74", "\u6771\u4eac|ABC12|\u5e74" },
	{ "\ud55c\uad6d\uc5b4 \uc0ac\uc804", "\ud55c\uad6d\uc5b4|\uc0ac\uc804" },
	{ "\u0e2a\u0e27\u0e31\u0e2a", "\u0e2a\u0e27\u0e31|\u0e27\u0e31\u0e2a" },
	{ "\u2713 \u20ac5 \u00bd \U0001f600 \U0001f1e6\U0001f1f9", "5" },
	{ "a\xff" "b \xc3 c\xe2\x80", "a|b|c" },
	{ "a\xed\xa0\x80" "b", "a|b" },
};

static void test_word_cases(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(word_cases); i++) {
		g_autofree char *got = words_joined(word_cases[i].text, strlen(word_cases[i].text));

		g_assert_cmpstr(got, ==, word_cases[i].words);
	}
}

/* Adds the segment if it has a letter or digit: from the first of them, to
 * before the low lines (and their marks) at its end. */
static void add_segment(GString *out, const char *text, gsize from, gsize to)
{
	gsize first = to, last = from;
	bool low_line = false;

	for (gsize at = from; at < to; ) {
		int wb = uc_wordbreak_property(g_utf8_get_char(text + at));
		gsize next = (gsize)(g_utf8_next_char(text + at) - text);

		if (wb != WBP_EXTEND && wb != WBP_FORMAT && wb != WBP_ZWJ)
			low_line = wb == WBP_EXTENDNUMLET;
		if (!low_line)
			last = next;
		if (first == to && (wb == WBP_ALETTER || wb == WBP_HL || wb == WBP_NUMERIC))
			first = at;
		at = next;
	}
	if (first == to)
		return;
	if (out->len)
		g_string_append_c(out, '|');
	g_string_append_len(out, text + first, (gssize)(last - first));
}

static char *reference_words(const char *text, gsize len)
{
	GString *out = g_string_new(NULL);
	g_autofree char *breaks = g_malloc0(len + 1);
	gsize start = 0;

	u8_wordbreaks((const uint8_t *)text, len, breaks);
	breaks[len] = 1;
	for (gsize i = 1; i <= len; i++)
		if (breaks[i]) {
			add_segment(out, text, start, i);
			start = i;
		}
	return g_string_free(out, FALSE);
}

static char *random_text(GRand *rand, const gunichar *alphabet, guint n, guint len)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < len; i++)
		g_string_append_unichar(text, alphabet[g_rand_int_range(rand, 0, (gint32)n)]);
	return g_string_free(text, FALSE);
}

static void compare_with_reference(const gunichar *alphabet, guint n)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(29);

	for (guint i = 0; i < RANDOM_ROUNDS; i++) {
		guint len = (guint)g_rand_int_range(rand, 1, 16);
		g_autofree char *text = random_text(rand, alphabet, n, len);
		g_autofree char *got = words_joined(text, strlen(text));
		g_autofree char *expected = reference_words(text, strlen(text));

		g_assert_cmpstr(got, ==, expected);
	}
}

static void test_words_ascii(void)
{
	static const gunichar dense[] = { 'a', 'B', '1', '2', '\'', '.', ':', ',', ';', '_', '"', '-', ' ', '\n' };
	gunichar all[127];

	for (guint i = 0; i < G_N_ELEMENTS(all); i++)
		all[i] = i + 1;
	compare_with_reference(dense, G_N_ELEMENTS(dense));
	compare_with_reference(all, G_N_ELEMENTS(all));
}

static void test_words_unicode(void)
{
	static const gunichar alphabet[] = {
		'a', 'Z', '1', '\'', '.', ',', '_', '"', ' ', '\n', 0x2019, 0xb7, 0xe9, 0x301, 0xad, 0x200d,
		0x5d2, 0x5d3, 0x416, 0xac00, 0x660, 0x66c, 0x2014, 0x20ac, 0x1f1e6, 0xff0e, 0x203f, 0xfe0f, 0x3b1,
	};

	compare_with_reference(alphabet, G_N_ELEMENTS(alphabet));
}

/* --- fold --- */

static const struct {
	const char *word;
	const char *exact;
	const char *fold;
} fold_cases[] = {
	{ "Europe", "europe", "europe" },
	{ "F\u00dcR", "f\u00fcr", "fur" },
	{ "fu\u0308r", "f\u00fcr", "fur" },
	{ "Stra\u00dfe", "stra\u00dfe", "strasse" },
	{ "STRA\u1e9eE", "stra\u00dfe", "strasse" },
	{ "\u0152uvre", "\u0153uvre", "oeuvre" },
	{ "\u00c6r\u00f8", "\u00e6r\u00f8", "aero" },
	{ "\u0141\u00f3d\u017a", "\u0142\u00f3d\u017a", "lodz" },
	{ "\u0110uro", "\u0111uro", "duro" },
	{ "\u00d0\u00ede\u00fe", "\u00f0\u00ede\u00fe", "dieth" },
	{ "\u0130stanbul", "istanbul", "istanbul" },
	{ "\u0131rmak", "\u0131rmak", "irmak" },
	{ "\ufb01nd", "find", "find" },
	{ "\uff26\uff55\uff4c\uff4c\uff11", "full1", "full1" },
	{ "migra\u00adtion", "migration", "migration" },
	{ "o\u2019clock", "o'clock", "o'clock" },
	{ "col\u00b7lecci\u00f3", "col\u00b7lecci\u00f3", "colleccio" },
	{ "\u0399\u03a3\u03a7\u03a5\u03a3", "\u03b9\u03c3\u03c7\u03c5\u03c2", "\u03b9\u03c3\u03c7\u03c5\u03c2" },
	{ "\u0386\u03bd", "\u03ac\u03bd", "\u03b1\u03bd" },
	{ "\u0419\u043e\u0433", "\u0439\u043e\u0433", "\u0438\u043e\u0433" },
	{ "\u05e9\u05c1\u05dc", "\u05e9\u05c1\u05dc", "\u05e9\u05dc" },
	{ "\u0643\u064e\u062a\u0640\u0628", "\u0643\u064e\u062a\u0640\u0628", "\u0643\u062a\u0628" },
	{ "\u0915\u093f\u0924\u093e\u092c", "\u0915\u093f\u0924\u093e\u092c", "\u0915\u093f\u0924\u093e\u092c" },
	{ "\u0e17\u0e35\u0e48", "\u0e17\u0e35\u0e48", "\u0e17\u0e35\u0e48" },
	{ "\uff76\uff9e", "\u30ac", "\u30ac" },
	{ "\u115f\u3164", "", "" },
};

static void test_fold_cases(void)
{
	g_autoptr(GString) exact = g_string_new(NULL);
	g_autoptr(GString) fold = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(fold_cases); i++) {
		fold_word(fold_cases[i].word, strlen(fold_cases[i].word), exact, fold);
		g_assert_cmpstr(exact->str, ==, fold_cases[i].exact);
		g_assert_cmpstr(fold->str, ==, fold_cases[i].fold);
	}
}

/* Folding what is folded changes nothing, for any character. */
static void test_fold_idempotent(void)
{
	g_autoptr(GString) exact = g_string_new(NULL), fold = g_string_new(NULL);
	g_autoptr(GString) exact2 = g_string_new(NULL), fold2 = g_string_new(NULL);

	for (gunichar c = 1; c < 0x30000; c++) {
		char text[16] = "q";
		gsize len = 1;

		if (!g_unichar_validate(c))
			continue;
		len += (gsize)g_unichar_to_utf8(c, text + 1);
		text[len++] = 'z';
		fold_word(text, len, exact, fold);
		fold_word(exact->str, exact->len, exact2, fold2);
		g_assert_cmpstr(exact->str, ==, exact2->str);
		g_assert_cmpstr(fold->str, ==, fold2->str);
		fold_word(fold->str, fold->len, exact2, fold2);
		g_assert_cmpstr(fold->str, ==, fold2->str);
	}
}

/* A long word is cut, and two that differ only behind the cut stay apart. */
static void test_fold_long(void)
{
	g_autoptr(GString) exact = g_string_new(NULL), fold = g_string_new(NULL);
	g_autoptr(GString) word = g_string_new(NULL);

	for (guint i = 0; i < 300; i++)
		g_string_append(word, "\u00c9a");
	fold_word(word->str, word->len, exact, fold);
	g_assert_cmpuint(exact->len, <=, FOLD_MAX_BYTES);
	g_assert_cmpuint(fold->len, ==, FOLD_MAX_BYTES);
	g_assert_true(g_utf8_validate(exact->str, (gssize)exact->len, NULL));
	g_autofree char *before = g_strdup(fold->str);
	g_autofree char *upper = g_utf8_strup(word->str, -1);
	g_autofree char *nfd = g_utf8_normalize(upper, -1, G_NORMALIZE_NFD);

	fold_word(nfd, strlen(nfd), exact, fold);
	g_assert_cmpstr(fold->str, ==, before);
	g_string_append_c(word, 'b');
	fold_word(word->str, word->len, exact, fold);
	g_assert_cmpstr(fold->str, !=, before);
}

/* --- readings --- */

static const struct {
	const char *language;
	const char *exact;
	const char *term;	/* NULL: a stop word */
	const char *also;
} reading_cases[] = {
	{ "en", "migrants", "migrant", "" },
	{ "en", "europe", "europ", "" },
	{ "en", "europe's", "europ", "" },
	{ "en", "the", NULL, "" },
	{ "en", "us", "us", "" },
	{ "en", "7,000", "7,000", "7000" },
	{ "en", "1,234,567.89", "1,234,567.89", "1234567.89" },
	{ "en", "3.2", "3.2", "" },
	{ "en", "3,2", "3,2", "" },
	{ "en", "3.200", "3.200", "" },
	{ "en", "70,00,000", "70,00,000", "" },
	{ "de", "3.200", "3.200", "3200" },
	{ "de", "1.234,5", "1.234,5", "1234.5" },
	{ "de", "7'000", "7'000", "7000" },
	{ "en", "21sts", "21sts", "" },
	{ "en", "u.n", "u.n", "un" },
	{ "en", "vienna.org", "vienna.org", "" },
	{ "en", "o'clock", "o'clock", "" },
	{ "de", "h\u00e4user", "haus", "" },
	{ "de", "stra\u00dfen", "strass", "" },
	{ "de", "f\u00fcr", NULL, "" },
	{ "fr", "m\u00e9tier", "meti", "" },
	{ "fr", "l'europe", "l'europ", "europ" },
	{ "fr", "l'\u00e9tat", "l'etat", "etat" },
	{ "fr", "jusqu'\u00e0", NULL, "" },
	{ "fr", "qu'il", NULL, "" },
	{ "fr", "\u00e9t\u00e9", "ete", "" },
	{ "fr", "aujourd'hui", "aujourd'hui", "" },
	{ "it", "dell'europa", "dell'europ", "europ" },
	{ "it", "nell'un", NULL, "" },
	{ "en", "l'europe", "l'europ", "" },
	{ NULL, "migrants", "migrants", "" },
	{ NULL, "the", "the", "" },
	{ NULL, "\u00e9t\u00e9", "ete", "" },
};

static void test_reading_cases(void)
{
	g_autoptr(GString) exact = g_string_new(NULL), fold = g_string_new(NULL);
	g_autoptr(GString) term = g_string_new(NULL), also = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(reading_cases); i++) {
		struct reading *reading = reading_new(reading_cases[i].language);

		fold_word(reading_cases[i].exact, strlen(reading_cases[i].exact), exact, fold);
		g_assert_cmpstr(exact->str, ==, reading_cases[i].exact);
		g_assert_cmpint(reading_is_stop(reading, exact->str), ==, reading_cases[i].term == NULL);
		if (reading_cases[i].term) {
			reading_read(reading, exact->str, fold->str, term, also);
			g_assert_cmpstr(term->str, ==, reading_cases[i].term);
			g_assert_cmpstr(also->str, ==, reading_cases[i].also);
		}
		reading_free(reading);
	}
}

/* Every stop word is spelled as an exact form, or it would never be met; none
 * has a digit, and no list holds one twice. */
static void test_stop_words(void)
{
	const char *const *languages = analysis_languages();
	g_autoptr(GString) exact = g_string_new(NULL), fold = g_string_new(NULL);

	g_assert_null(stopwords_of(NULL));
	g_assert_null(stopwords_of("xx"));
	for (guint i = 0; languages[i]; i++) {
		const char *list = stopwords_of(languages[i]);
		g_auto(GStrv) words = g_strsplit(list ? list : "", " ", -1);

		for (guint w = 0; words[w]; w++) {
			g_assert_cmpstr(words[w], !=, "");
			fold_word(words[w], strlen(words[w]), exact, fold);
			g_assert_cmpstr(exact->str, ==, words[w]);
			g_assert_null(strpbrk(words[w], "0123456789"));
			for (guint other = 0; other < w; other++)
				g_assert_cmpstr(words[other], !=, words[w]);
		}
	}
}

/* --- the whole --- */

/* "exact@position" of each token, a joined form with "+span". */
static char *tokens_string(struct analysis *analysis, const char *language, const char *text)
{
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	GString *out = g_string_new(NULL);

	analysis_tokens(analysis, language, text, strlen(text), tokens);
	for (guint i = 0; i < tokens->len; i++) {
		const struct token *token = &g_array_index(tokens, struct token, i);

		g_string_append_printf(out, "%s%s@%u", i ? " " : "", token->word->exact, token->position);
		if (token->flags & TOKEN_JOINED)
			g_string_append_printf(out, "+%u", token->span);
	}
	return g_string_free(out, FALSE);
}

static const struct {
	const char *text;
	const char *tokens;
} token_cases[] = {
	{ "The EU-Turkey deal", "the@0 euturkey@1+2 eu@1 turkey@2 deal@3" },
	{ "re\u2010integration re\u2011use", "reintegration@0+2 re@0 integration@1 reuse@2+2 re@2 use@3" },
	{ "migra-\ntion", "migration@0+2 migra@0 tion@1" },
	{ "migra- \r\n  tion", "migration@0+2 migra@0 tion@1" },
	{ "migra\u00ad\ntion", "migration@0+2 migra@0 tion@1" },
	{ "migra\u2010\ntion", "migration@0+2 migra@0 tion@1" },
	{ "migra-\n\ntion", "migra@0 tion@1" },
	{ "migra - tion", "migra@0 tion@1" },
	{ "migra- tion", "migra@0 tion@1" },
	{ "migra\ntion", "migra@0 tion@1" },
	{ "migra-\n2016", "migra@0 2016@1" },
	{ "a--b", "a@0 b@1" },
	{ "(a)-(b)", "a@0 b@1" },
	{ "2016-2017 1-5 2017-10-23", "2016@0 2017@1 1@2 5@3 2017@4 10@5 23@6" },
	{ "covid-19", "covid19@0+2 covid@0 19@1" },
	{ "a-b-c-d", "abcd@0+4 a@0 b@1 c@2 d@3" },
	{ "a-b-c-d-e", "a@0 b@1 c@2 d@3 e@4" },
	{ "x a-b-c-d-e f-g", "x@0 a@1 b@2 c@3 d@4 e@5 fg@6+2 f@6 g@7" },
	{ "160 000 GA/11434", "160@0 000@1 ga@2 11434@3" },
	{ "\u65e5\u672c\u8a9e-ab", "\u65e5\u672c@0 \u672c\u8a9e@1 ab@2" },
	{ "\ufb01t-\ufb01t", "fitfit@0+2 fit@0 fit@1" },
	{ "\u3164 a", "a@0" },
};

static void test_token_cases(void)
{
	struct analysis *analysis = analysis_new();

	for (guint i = 0; i < G_N_ELEMENTS(token_cases); i++) {
		g_autofree char *got = tokens_string(analysis, "en", token_cases[i].text);

		g_assert_cmpstr(got, ==, token_cases[i].tokens);
	}
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));

	analysis_tokens(analysis, "en", NULL, 0, tokens);
	g_assert_cmpuint(tokens->len, ==, 0);
	analysis_free(analysis);
}

static struct word *only_word(struct analysis *analysis, const char *language, const char *text)
{
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));

	analysis_tokens(analysis, language, text, strlen(text), tokens);
	g_assert_cmpuint(tokens->len, ==, 1);
	return g_array_index(tokens, struct token, 0).word;
}

static void test_interning(void)
{
	struct analysis *analysis = analysis_new();
	struct word *word = only_word(analysis, "en", "Migration");

	g_assert_true(word == only_word(analysis, "en", "MIGRATION"));
	g_assert_true(word == only_word(analysis, "en", "migra\u00adtion"));
	g_assert_true(word == only_word(analysis, "en-GB", "\uff4digration"));
	g_assert_true(word != only_word(analysis, "de", "Migration"));
	g_assert_true(word->term == only_word(analysis, "en", "migrations")->term);
	g_assert_true(only_word(analysis, "en", "europe")->term == only_word(analysis, "fr", "l'Europe")->also);
	g_assert_true(only_word(analysis, "en", "Europe\u2019s")->term == only_word(analysis, "en", "Europe")->term);
	g_assert_true(only_word(analysis, "nb", "friheten")->term == only_word(analysis, "no", "frihetene")->term);
	g_assert_true(only_word(analysis, "xx", "The") == only_word(analysis, NULL, "the"));
	g_assert_true(only_word(analysis, "", "the") == only_word(analysis, "e", "the"));
	g_assert_true(only_word(analysis, "english", "the") == only_word(analysis, NULL, "the"));
	g_assert_true(word->exact == word->fold);
	g_assert_cmpuint(word->flags, ==, 0);
	g_assert_cmphex(only_word(analysis, NULL, "a")->hash, ==, only_word(analysis, NULL, "\u00e1")->hash);
	analysis_free(analysis);
}

static void test_flags(void)
{
	static const struct {
		const char *text;
		guint flags;
	} cases[] = {
		{ "The", WORD_STOP },
		{ "7,000", WORD_NUMBER },
		{ "3rd", WORD_NUMBER },
		{ "\u0663", WORD_NUMBER },
		{ "\u65e5\u672c", WORD_CJK },
		{ "caf\u00e9", WORD_ACCENTED },
		{ "cafe", 0 },
	};
	struct analysis *analysis = analysis_new();

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct word *word = only_word(analysis, "en", cases[i].text);

		g_assert_cmpuint(word->flags, ==, cases[i].flags);
		g_assert_cmpint(word->term == NULL, ==, (word->flags & WORD_STOP) != 0);
		g_assert_cmpuint(word->exact_len, ==, strlen(word->exact));
		g_assert_cmpuint(word->fold_len, ==, strlen(word->fold));
	}
	analysis_free(analysis);
}

/* A joined form is indexed though it spells a stop word; that one is not. */
static void test_joined_is_no_stop_word(void)
{
	struct analysis *analysis = analysis_new();
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));

	analysis_tokens(analysis, "en", "the-re there the-re", 19, tokens);
	g_assert_cmpuint(tokens->len, ==, 7);
	const struct word *joined = g_array_index(tokens, struct token, 0).word;
	const struct word *plain = g_array_index(tokens, struct token, 3).word;

	g_assert_cmpstr(joined->term->text, ==, "there");
	g_assert_true(joined == g_array_index(tokens, struct token, 4).word);
	g_assert_null(plain->term);
	g_assert_cmpuint(plain->flags, ==, WORD_STOP);
	analysis_free(analysis);
}

static void test_hash_is_fixed(void)
{
	struct analysis *analysis = analysis_new();

	g_assert_cmphex(only_word(analysis, "en", "migration")->hash, ==, 0x718854ca);
	g_assert_cmphex(only_word(analysis, "en", "the")->hash, ==, 0xc50749f8);
	analysis_free(analysis);
}

static void test_keys(void)
{
	static const struct {
		const char *text;
		const char *key;
	} cases[] = {
		{ "Gon\u00e7alves-M\u00fcller, Jos\u00e9", "goncalves muller jose" },
		{ "  Panel II:  Trade (part 2) ", "panel ii trade part 2" },
		{ "J.P. O\u2019Neil", "j p o neil" },
		{ "\u65e5\u672c\u8a9e \u5b57", "\u65e5\u672c\u8a9e \u5b57" },
		{ "...", "" },
		{ "", "" },
	};
	struct analysis *analysis = analysis_new();

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *key = analysis_key(analysis, cases[i].text, -1);
		g_autofree char *again = analysis_key(analysis, key, (gssize)strlen(key));

		g_assert_cmpstr(key, ==, cases[i].key);
		g_assert_cmpstr(again, ==, cases[i].key);
	}
	analysis_free(analysis);
}

static void test_versions(void)
{
	struct analysis *analysis = analysis_new(), *other = analysis_new();
	const char *version = analysis_stemmer_version(analysis);
	const char *const *languages = analysis_languages();

	g_assert_cmpuint(strlen(version), ==, 16);
	g_assert_cmpuint(strspn(version, "0123456789abcdef"), ==, 16);
	g_assert_cmpstr(version, ==, analysis_stemmer_version(other));
	g_assert_true(g_strv_contains(languages, "en"));
	g_assert_true(g_strv_contains(languages, "no"));
	g_assert_false(g_strv_contains(languages, "xx"));
	analysis_free(analysis);
	analysis_free(other);
}

static void check_term(const struct term *term)
{
	if (!term)
		return;
	g_assert_cmpuint(term->len, ==, strlen(term->text));
	g_assert_cmpuint(term->len, >, 0);
	g_assert_cmpuint(term->len, <=, TERM_MAX_BYTES);
	g_assert_true(g_utf8_validate(term->text, term->len, NULL));
	g_assert_false(g_ascii_isupper(term->text[0]));
	g_assert_cmpuint(term->count, ==, 0);
	g_assert_cmpint(term->mark, ==, 0);
}

/* What holds of the tokens of any text. */
static void check_tokens(const GArray *tokens, const char *text, gsize len)
{
	guint32 position = 0, joined_end = 0, joined_past = 0;

	for (guint i = 0; i < tokens->len; i++) {
		const struct token *token = &g_array_index(tokens, struct token, i);
		bool joined = token->flags & TOKEN_JOINED;

		g_assert_cmpuint(token->start, <, token->end);
		g_assert_cmpuint(token->end, <=, len);
		g_assert_true(g_utf8_validate(text + token->start, token->end - token->start, NULL));
		g_assert_cmpuint(token->position, ==, position);
		check_term(token->word->term);
		check_term(token->word->also);
		g_assert_cmpint(token->word->term == NULL, ==, (token->word->flags & WORD_STOP) != 0);
		if (i > 0)
			g_assert_cmpuint(token[-1].start, <=, token->start);
		if (joined) {
			g_assert_cmpuint(token->span, >=, 2);
			g_assert_cmpuint(token->span, <=, 4);
			g_assert_cmpuint(i + token->span, <, tokens->len);
			g_assert_cmpuint(token[1].start, ==, token->start);
			g_assert_nonnull(token->word->term);
			joined_end = token->end;
			joined_past = position + token->span;
			continue;
		}
		g_assert_cmpuint(token->span, ==, 1);
		position++;
		if (position == joined_past)
			g_assert_cmpuint(token->end, ==, joined_end);
	}
}

static void test_any_bytes(void)
{
	static const char *const languages[] = { "en", "fr", "de", "ru", "tr", NULL };
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	struct analysis *analysis = analysis_new();

	for (guint i = 0; i < RANDOM_ROUNDS; i++) {
		gsize len = (gsize)g_rand_int_range(rand, 0, 48);
		g_autofree char *text = g_malloc(len + 1);	/* exact, so that a sanitizer sees reads behind it */

		for (gsize b = 0; b < len; b++)
			text[b] = (char)(i % 2 ? g_rand_int_range(rand, 0, 256)
			                       : "ab1-'._,\n \xc2\xad\xe2\x80\x90\xc3\xa9\xe6\x97\xa5"[g_rand_int_range(rand, 0, 20)]);
		g_array_set_size(tokens, 0);
		analysis_tokens(analysis, languages[i % G_N_ELEMENTS(languages)], text, len, tokens);
		check_tokens(tokens, text, len);
		g_free(analysis_key(analysis, text, (gssize)len));
	}
	analysis_free(analysis);
}

static void assert_same_words(const GArray *a, const GArray *b)
{
	g_assert_cmpuint(a->len, ==, b->len);
	for (guint i = 0; i < a->len; i++) {
		const struct token *x = &g_array_index(a, struct token, i);
		const struct token *y = &g_array_index(b, struct token, i);

		g_assert_cmpstr(x->word->exact, ==, y->word->exact);
		g_assert_true(x->word == y->word);
		g_assert_cmpuint(x->position, ==, y->position);
		g_assert_cmpuint(x->span, ==, y->span);
	}
}

/* Capitals and decomposition change no word. */
static void test_forms(void)
{
	static const gunichar alphabet[] = {
		'a', 'e', 'i', 's', 't', '1', '2', '-', '\'', '.', ',', '_', ' ', '\n', 0xe9, 0xfc, 0xe7, 0xf8, 0x153,
		0x439, 0x44f, 0x3b1, 0x3ac, 0xac01, 0x30ac, 0x65e5, 0x2019, 0x2010, 0xad,
	};
	static const char *const languages[] = { "en", "fr", "de", NULL };
	g_autoptr(GRand) rand = g_rand_new_with_seed(11);
	struct analysis *analysis = analysis_new();

	for (guint i = 0; i < RANDOM_ROUNDS / 4; i++) {
		const char *language = languages[i % G_N_ELEMENTS(languages)];
		g_autofree char *text = random_text(rand, alphabet, G_N_ELEMENTS(alphabet), 20);
		g_autofree char *upper = g_utf8_strup(text, -1);
		g_autofree char *nfd = g_utf8_normalize(upper, -1, G_NORMALIZE_NFD);
		const char *forms[] = { text, upper, nfd };
		GArray *tokens[3];

		for (guint f = 0; f < 3; f++) {
			tokens[f] = g_array_new(FALSE, FALSE, sizeof(struct token));
			analysis_tokens(analysis, language, forms[f], strlen(forms[f]), tokens[f]);
			assert_same_words(tokens[0], tokens[f]);
		}
		for (guint f = 0; f < 3; f++)
			g_array_unref(tokens[f]);
	}
	analysis_free(analysis);
}

/* A repeated pattern of 16 MB: done in linear time, with so many tokens. */
static void check_long(const char *pattern, const char *language, guint expected)
{
	struct analysis *analysis = analysis_new();
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	gsize unit = strlen(pattern), n = LONG_BYTES / unit;
	g_autofree char *text = g_malloc(n * unit);
	gint64 start = g_get_monotonic_time();

	for (gsize i = 0; i < n; i++)
		memcpy(text + i * unit, pattern, unit);
	analysis_tokens(analysis, language, text, n * unit, tokens);
	g_test_message("%u tokens in %.2f s", tokens->len, (double)(g_get_monotonic_time() - start) / 1e6);
	g_assert_cmpuint(tokens->len, ==, expected);
	g_assert_cmpint(g_get_monotonic_time() - start, <, LONG_SECONDS * G_USEC_PER_SEC);
	analysis_trim(analysis);
	analysis_free(analysis);
}

static void test_long(void)
{
	check_long("a", "en", 1);
	check_long("a-", "en", LONG_BYTES / 2);
	check_long("\u0301", "en", 0);
	check_long("\u00e9", "en", 1);
	check_long("\u00e9\u0301\u0327\u0301", "fr", 1);
	check_long("a_", "en", 1);
	check_long("a:\u0301", "en", 1);
	check_long("a::\u0301", "en", LONG_BYTES / 5);
	check_long("_", "en", 0);
	check_long("\u65e5", "en", LONG_BYTES / 3 - 1);
	check_long("1,", "en", 1);
	check_long("a-\n ", "en", LONG_BYTES / 4);
	check_long("-\n", "en", 0);
	check_long("\x80", "en", 0);
}

static void test_trim(void)
{
	struct analysis *analysis = analysis_new();
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	g_autoptr(GString) text = g_string_new(NULL);

	analysis_tokens(analysis, "en", "some words", 10, tokens);
	g_assert_false(analysis_trim(analysis));
	for (guint i = 0; i < 400000; i++)
		g_string_append_printf(text, "unlike%uwords ", i);
	analysis_tokens(analysis, "en", text->str, text->len, tokens);
	g_assert_true(analysis_trim(analysis));
	g_assert_false(analysis_trim(analysis));
	g_assert_cmpstr(only_word(analysis, "en", "Migrants")->term->text, ==, "migrant");
	analysis_free(analysis);
}

/* Long words: bounded terms, one for one word. */
static void test_term_bound(void)
{
	struct analysis *analysis = analysis_new();
	g_autofree char *a = g_strnfill(100, 'q'), *b = g_strnfill(101, 'q'), *upper = g_ascii_strup(a, -1);
	g_autofree char *huge = g_strnfill(5000, 'q');
	struct word *word = only_word(analysis, "en", a);

	g_assert_cmpuint(word->exact_len, ==, 100);
	g_assert_cmpuint(word->term->len, ==, TERM_MAX_BYTES);
	g_assert_true(g_str_has_prefix(word->term->text, "qqqqqqqqqqqqqqqqqqqq"));
	g_assert_true(word->term != only_word(analysis, "en", b)->term);
	g_assert_true(word == only_word(analysis, "en", upper));
	check_term(only_word(analysis, "en", huge)->term);
	g_assert_true(only_word(analysis, "en", huge) == only_word(analysis, "en", huge));
	analysis_free(analysis);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/words/cases", test_word_cases);
	g_test_add_func("/words/ascii-as-libunistring", test_words_ascii);
	g_test_add_func("/words/unicode-as-libunistring", test_words_unicode);
	g_test_add_func("/fold/cases", test_fold_cases);
	g_test_add_func("/fold/idempotent", test_fold_idempotent);
	g_test_add_func("/fold/long", test_fold_long);
	g_test_add_func("/reading/cases", test_reading_cases);
	g_test_add_func("/reading/stop-words", test_stop_words);
	g_test_add_func("/analysis/tokens", test_token_cases);
	g_test_add_func("/analysis/interning", test_interning);
	g_test_add_func("/analysis/flags", test_flags);
	g_test_add_func("/analysis/joined-is-no-stop-word", test_joined_is_no_stop_word);
	g_test_add_func("/analysis/hash-is-fixed", test_hash_is_fixed);
	g_test_add_func("/analysis/keys", test_keys);
	g_test_add_func("/analysis/versions", test_versions);
	g_test_add_func("/analysis/any-bytes", test_any_bytes);
	g_test_add_func("/analysis/forms", test_forms);
	g_test_add_func("/analysis/term-bound", test_term_bound);
	g_test_add_func("/analysis/trim", test_trim);
	g_test_add_func("/analysis/long", test_long);
	return g_test_run();
}
