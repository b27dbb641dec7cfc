/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * vocabulary.c - rules on words that index and search share.
 */
#include "indexer/vocabulary.h"

#include <string.h>

/* --- names ------------------------------------------------------------------------------ */

static const char small_words[] =
	" a an and as at by for from in into of on or the to with "
	"au aux avec d de des du en et l la le les ou par pour sur "
	"als am auf bei der des die das dem den fur im in mit uber und vom von zu zum zur "
	"con del el las los para por y "
	"ai al alla con da dal dei del della delle di e gli i il nel per su "
	"ao aos da das do dos e na nas no nos o os um "
	"aan en het met op te van voor "
	"och av for i om pa till ved "
	"в во для за и из к на о об от по при с со у ";

bool vocabulary_is_small(const char *fold)
{
	gsize len = strlen(fold);

	for (const char *at = small_words; len && (at = strstr(at, fold)); at += len)
		if (at > small_words && at[-1] == ' ' && at[len] == ' ')
			return true;
	return false;
}

static void add_start(GString *key, const char *word)
{
	const char *end = word;

	for (guint i = 0; i < NAME_KEY_CHARS && *end; i++)
		end = g_utf8_next_char(end);
	g_string_append_len(key, word, end - word);
}

bool vocabulary_name_key(const char *const *words, guint n, GString *key)
{
	guint found = 0;

	g_string_truncate(key, 0);
	for (guint i = 0; i < n && found < 2; i++) {
		if (vocabulary_is_small(words[i]))
			continue;
		if (found++)
			g_string_append_c(key, ' ');
		add_start(key, words[i]);
	}
	return found == 2;
}

/* --- damaged words ------------------------------------------------------------------------ */

/* What machines take for each other. */
static const struct {
	const char *seen, *shape;
} misread[] = {
	{ "rn", "m" }, { "nn", "m" }, { "cl", "d" }, { "vv", "w" }, { "ii", "n" }, { "fi", "h" },
	{ "1", "l" }, { "i", "l" }, { "!", "l" }, { "|", "l" }, { "0", "o" }, { "5", "s" }, { "8", "b" },
};

static gsize misread_at(const char *at, GString *shape)
{
	for (guint i = 0; i < G_N_ELEMENTS(misread); i++) {
		gsize len = strlen(misread[i].seen);

		if (strncmp(at, misread[i].seen, len) != 0)
			continue;
		g_string_append(shape, misread[i].shape);
		return len;
	}
	return 0;
}

char *vocabulary_shape(const char *fold)
{
	GString *shape = g_string_new(NULL);

	while (*fold) {
		gsize len = misread_at(fold, shape);

		if (!len)
			g_string_append_c(shape, *fold);
		fold += len ? len : 1;
	}
	return g_string_free(shape, FALSE);
}

static void replaced_at(const char *word, const char *at, const char *from, const char *to, vocabulary_word_fn *fn, void *data)
{
	g_autofree char *other = g_strdup_printf("%.*s%s%s", (int)(at - word), word, to, at + strlen(from));

	fn(other, data);
}

#define CUT_FROM_CHARS 9	/* words whose last letter a scanner may have lost */
#define MISREAD_MAX_BYTES 64	/* of a word; longer ones are none */

void vocabulary_misreadings(const char *word, vocabulary_word_fn *fn, void *data)
{
	if (strlen(word) > MISREAD_MAX_BYTES)
		return;
	for (guint i = 0; i < G_N_ELEMENTS(misread); i++) {
		const char *seen = misread[i].seen, *shape = misread[i].shape;

		for (const char *at = word; (at = strstr(at, shape)); at++)
			replaced_at(word, at, shape, seen, fn, data);
		for (const char *at = word; (at = strstr(at, seen)); at++)
			replaced_at(word, at, seen, shape, fn, data);
	}
	if (g_utf8_strlen(word, -1) >= CUT_FROM_CHARS) {
		g_autofree char *cut = g_strndup(word, (gsize)(g_utf8_prev_char(word + strlen(word)) - word));

		fn(cut, data);
	}
}

static bool same_shape(const char *a, const char *b)
{
	g_autofree char *x = vocabulary_shape(a), *y = vocabulary_shape(b);

	return strcmp(x, y) == 0;
}

/* A figure among letters, and letters enough that it is a word. */
static bool has_stray_digit(const char *word)
{
	guint letters = 0, digits = 0;

	for (; *word; word = g_utf8_next_char(word)) {
		gunichar c = g_utf8_get_char(word);

		digits += g_unichar_isdigit(c);
		letters += g_unichar_isalpha(c);
	}
	return digits && letters > 2 * digits;
}

/* The only change from a to b, where there is one: what went at which character, what came. */
struct change {
	guint at, n;		/* n: characters of a */
	gunichar gone, came;	/* 0: nothing */
	bool exchanged, doubled;	/* of two equal letters one went or came */
};

static bool only_change(const char *a, const char *b, struct change *change)
{
	g_autofree gunichar *x = g_utf8_to_ucs4_fast(a, -1, NULL), *y = g_utf8_to_ucs4_fast(b, -1, NULL);
	glong nx = g_utf8_strlen(a, -1), ny = g_utf8_strlen(b, -1), i = 0, tail = 0;

	while (i < nx && i < ny && x[i] == y[i])
		i++;
	while (tail < nx - i && tail < ny - i && x[nx - 1 - tail] == y[ny - 1 - tail])
		tail++;
	*change = (struct change){ .at = (guint)i, .n = (guint)nx };
	if (nx - i - tail == 2 && ny - i - tail == 2 && x[i] == y[i + 1] && x[i + 1] == y[i]) {
		change->exchanged = true;
		return true;
	}
	if (nx - i - tail > 1 || ny - i - tail > 1 || (nx == ny && nx == i))
		return false;
	change->gone = nx - i - tail ? x[i] : 0;
	change->came = ny - i - tail ? y[i] : 0;
	change->doubled = (change->gone && !change->came && i > 0 && x[i - 1] == change->gone) ||
	                  (change->came && !change->gone && i > 0 && y[i - 1] == change->came);
	return true;
}

/* Letters that look alike to machines and to those who type from print. */
static bool looks_like(gunichar a, gunichar b)
{
	static const char pairs[] = "ce co eo hb hn nu il it lt ft uv vy gq";

	for (const char *pair = pairs; ; pair += 3) {
		if ((a == (guint8)pair[0] && b == (guint8)pair[1]) || (b == (guint8)pair[0] && a == (guint8)pair[1]))
			return true;
		if (!pair[2])
			return false;
	}
}

static int key_at(gunichar c, int *row)
{
	static const char *const rows[] = { "qwertyuiop", "asdfghjkl", "zxcvbnm" };

	for (*row = 0; *row < 3; ++*row) {
		const char *at = c && c < 0x80 ? strchr(rows[*row], (int)c) : NULL;

		if (at)
			return (int)(at - rows[*row]);
	}
	return -1;
}

/* Keys that touch each other. Those of a lower row lie between two of the one above. */
static bool are_neighbours(gunichar a, gunichar b)
{
	int x, y, at = key_at(a, &x), other = key_at(b, &y);

	if (at < 0 || other < 0)
		return false;
	if (x == y)
		return ABS(at - other) == 1;
	return x + 1 == y ? at - other == 0 || at - other == 1 : y + 1 == x && (other - at == 0 || other - at == 1);
}

static bool is_over_one(const char *a, const char *b)
{
	g_autofree gunichar *x = g_utf8_to_ucs4_fast(a, -1, NULL), *y = g_utf8_to_ucs4_fast(b, -1, NULL);
	guint i = 0;

	while (x[i] && x[i] == y[i])
		i++;
	if (!x[i] || !x[i + 1] || !x[i + 2] || x[i] != y[i + 2] || x[i + 1] != y[i + 1] || x[i + 2] != y[i])
		return false;
	for (i += 3; x[i] && x[i] == y[i]; i++)
		;
	return !x[i] && !y[i];
}

bool vocabulary_is_slip(const char *a, const char *b)
{
	struct change change;

	return is_over_one(a, b) || (only_change(a, b, &change) && (change.exchanged || change.doubled));
}

/* How many times more frequent a word must be than one that differs from it by a letter, before the
 * other is rather a misprint than a word: the shorter the words, the more. 0: never. */
static guint needed_ratio(const struct change *change)
{
	bool first = change->at == 0, last = change->at + 1 >= change->n;

	if (change->n < 6 || (!change->gone && (first || change->at >= change->n)))
		return 0;	/* a letter more at an end makes another word, or another form */
	if (last && !change->came)	/* the end of a line, or of what the scanner saw */
		return change->n >= 9 ? 4 : change->n >= 7 ? 20 : 0;
	if (first || last)
		return change->n >= 8 ? 50 : 0;
	if (change->gone && change->came)	/* another letter often makes another word */
		return change->n >= 10 ? 20 : !looks_like(change->gone, change->came) ? 0 : change->n >= 8 ? 20 : 60;
	if (change->exchanged || change->doubled)
		return change->n >= 10 ? 3 : change->n >= 8 ? 10 : 25;
	return change->n >= 10 ? 8 : 0;	/* "counties" are no misprinted countries */
}

/* The same for a word that looks odd beside the other. Of the short ones what hands and machines do most. */
static guint needed_ratio_if_odd(const struct change *change)
{
	bool alike = change->gone && change->came && looks_like(change->gone, change->came);

	if (change->n < 5 || (!change->gone && (change->at == 0 || change->at >= change->n)))
		return 0;
	if (change->n >= 8 || change->exchanged || change->doubled || alike)
		return 3;
	if (change->at == 0 || change->at + 1 >= change->n)	/* "might" is no misprinted night */
		return 0;
	return change->gone && change->came && are_neighbours(change->gone, change->came) ? 10 : 0;
}

/* Without one it is an acronym or a formula. */
static bool has_vowel(const char *word)
{
	for (; *word; word++)
		if (*word & 0x80 || strchr("aeiouy", *word))
			return true;
	return false;
}

/* Function words that run into the word before or behind them and make no other word of it. */
static const struct {
	const char *word;
	bool before;
} run_in[] = {
	{ "of", true }, { "the", true }, { "and", true }, { "that", true }, { "this", true }, { "with", true }, { "from", true },
	{ "und", true }, { "der", true }, { "die", true }, { "das", true }, { "des", true }, { "les", true }, { "los", true }, { "las", true },
	{ "of", false }, { "the", false }, { "and", false }, { "that", false }, { "und", false }, { "der", false }, { "die", false },
};

#define CUT_MIN_BYTES 5

bool vocabulary_cut(const char *word, guint i, const char **rest, gsize *len)
{
	gsize all = strlen(word), cut;

	if (i >= G_N_ELEMENTS(run_in))
		return false;
	cut = strlen(run_in[i].word);
	*rest = NULL;
	if (all < cut + CUT_MIN_BYTES || memcmp(run_in[i].before ? word : word + all - cut, run_in[i].word, cut) != 0)
		return true;
	*rest = run_in[i].before ? word + cut : word;
	*len = all - cut;
	return true;
}

static bool ran_into(const char *clean, const char *damaged)
{
	const char *rest;
	gsize len;

	for (guint i = 0; vocabulary_cut(damaged, i, &rest, &len); i++)
		if (rest && strlen(clean) == len && memcmp(clean, rest, len) == 0)
			return true;
	return false;
}

/* A word in more than SELDOM passages was hardly misread or misprinted in the same way each time, but for ... */
#define SELDOM_SHARE 8

/* ... a letter at the end of long words, and letters that look alike. */
static bool is_cut(const char *clean, const char *damaged)
{
	gsize n = strlen(damaged);

	return g_utf8_strlen(clean, -1) >= CUT_FROM_CHARS && strncmp(clean, damaged, n) == 0 && clean[n] && !*g_utf8_next_char(clean + n);
}

double vocabulary_damage(const char *clean, guint32 n_clean, const char *damaged, guint32 n_damaged, bool odd)
{
	struct change change;
	guint ratio, if_odd;

	if (!n_clean || !n_damaged || n_clean < (n_damaged > SELDOM ? SELDOM_SHARE : 2) * (guint64)n_damaged ||
	    strcmp(clean, damaged) == 0 || has_stray_digit(clean))
		return 0;
	if (n_damaged > SELDOM && !is_cut(clean, damaged) && !same_shape(clean, damaged))
		return 0;
	if (strlen(clean) >= 5 && same_shape(clean, damaged))	/* "clear" and "dear" are both words */
		return has_stray_digit(damaged) || strlen(clean) >= 8 ? 1 : odd && n_clean >= 8 * n_damaged ? 0.9 : 0;
	if (ran_into(clean, damaged))	/* and so is "withstand" */
		return odd && n_clean >= 3 * n_damaged ? 0.8 : 0;
	if (has_stray_digit(damaged) || !only_change(clean, damaged, &change))
		return 0;
	ratio = needed_ratio(&change);
	if_odd = odd && has_vowel(damaged) ? needed_ratio_if_odd(&change) : 0;
	if (if_odd && (!ratio || if_odd < ratio))
		ratio = if_odd;
	return ratio && n_clean / n_damaged >= ratio ? 0.8 : 0;
}

/* --- letters in a row ------------------------------------------------------------------------- */

#define ROWS_MIN_CHARS 4

bool vocabulary_rows(const char *word, vocabulary_row_fn *fn, void *data)
{
	g_autofree char *all = g_strdup_printf(" %s ", word);
	guint n = 0;

	if (strlen(word) > MISREAD_MAX_BYTES)
		return true;
	for (const char *at = word; *at; at = g_utf8_next_char(at), n++)
		if (!g_unichar_isalpha(g_utf8_get_char(at)))
			return true;
	for (const char *at = all; n >= ROWS_MIN_CHARS; at = g_utf8_next_char(at)) {
		const char *third = g_utf8_next_char(g_utf8_next_char(at)), *end;
		char two[16], one[8];

		if (!*third)
			return true;
		end = g_utf8_next_char(third);
		memcpy(two, at, (gsize)(third - at));
		two[third - at] = '\0';
		memcpy(one, third, (gsize)(end - third));
		one[end - third] = '\0';
		if (!fn(two, one, data))
			return false;
	}
	return true;
}

struct oddness {
	const char *beside;	/* with a blank before and behind it, or NULL */
	vocabulary_row_fn *known;
	void *data;
	guint n, odd;
};

static bool count_odd(const char *two, const char *third, void *data)
{
	struct oddness *oddness = data;
	g_autofree char *row = g_strconcat(two, third, NULL);

	if (oddness->beside && strstr(oddness->beside, row))
		return true;
	oddness->n++;
	oddness->odd += !oddness->known(two, third, oddness->data);
	return true;
}

double vocabulary_oddness(const char *word, const char *beside, vocabulary_row_fn *known, void *data)
{
	g_autofree char *padded = beside ? g_strdup_printf(" %s ", beside) : NULL;
	struct oddness oddness = { .beside = padded, .known = known, .data = data };

	vocabulary_rows(word, count_odd, &oddness);
	return oddness.n ? (double)oddness.odd / oddness.n : 0;
}
