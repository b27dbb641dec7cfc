/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wild.c - long and wild queries, and what they cost.
 */
#include "tests/bench/wild.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "searcher/handle.h"

#define TIMES 3
#define LIMIT_MB 100.0

/* --- words of the index ------------------------------------------------------------ */

struct counted {
	char *text;
	uint32_t frequency;
};

static bool take_word(const char *bytes, size_t len, uint32_t frequency, void *data)
{
	struct counted word = { NULL, frequency };

	for (size_t i = 0; i < len; i++)
		if (!g_ascii_islower(bytes[i]))
			return true;
	if (len < 3)
		return true;
	word.text = g_strndup(bytes, len);
	g_array_append_val(data, word);
	return true;
}

static gint by_frequency(gconstpointer a, gconstpointer b)
{
	const struct counted *x = a, *y = b;

	return x->frequency != y->frequency ? (x->frequency < y->frequency ? 1 : -1) : strcmp(x->text, y->text);
}

static void clear_word(gpointer word)
{
	g_free(((struct counted *)word)->text);
}

/* Most frequent first. */
static GArray *words_of(RapIndex *index)
{
	GArray *words = g_array_new(FALSE, FALSE, sizeof(struct counted));
	g_autoptr(GError) error = NULL;

	g_array_set_clear_func(words, clear_word);
	if (!xap_db_terms(store_database(index->store), "", 0, take_word, words, &error) || words->len < 100) {
		fprintf(stderr, "bench: %s\n", error ? error->message : "the index has too few words");
		exit(2);
	}
	g_array_sort(words, by_frequency);
	return words;
}

static const char *word_at(const GArray *words, gsize i)
{
	return g_array_index(words, struct counted, i % words->len).text;
}

/* Every 'step'-th word from the given rank on, each between two strings. */
static char *chain(const GArray *words, guint from, guint n, guint step, const char *before, const char *behind)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < n; i++)
		g_string_append_printf(text, "%s%s%s", before, word_at(words, from + (gsize)i * step), behind);
	return g_string_free(text, FALSE);
}

/* The first letters of words that no other one has. */
static char *prefixes(const GArray *words, guint n, gsize letters)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < words->len && g_hash_table_size(seen) < n; i++) {
		char *prefix = g_strndup(word_at(words, i), letters);

		if (strlen(prefix) == letters && !g_hash_table_contains(seen, prefix))
			g_string_append_printf(text, "%s* ", prefix);
		g_hash_table_add(seen, prefix);
	}
	return g_string_free(text, FALSE);
}

/* A letter wrong in each. */
static char *misspelt(const GArray *words, guint n)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < words->len && n; i++) {
		const char *word = word_at(words, i);
		gsize len = strlen(word);

		if (len < 6)
			continue;
		g_string_append_printf(text, "%.*sq%s ", (int)(len / 2), word, word + len / 2 + 1);
		n--;
	}
	return g_string_free(text, FALSE);
}

static char *repeated(const char *piece, guint n)
{
	GString *text = g_string_new(NULL);

	while (n--)
		g_string_append(text, piece);
	return g_string_free(text, FALSE);
}

static char *ideographs(guint n)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < n; i++)
		g_string_append_unichar(text, 0x4e00 + (i * 7919) % 20000);
	return g_string_free(text, FALSE);
}

/* --- the queries -------------------------------------------------------------------- */

static RapRequest *add_take(GArray *queries, const char *name, char *text)
{
	struct wild_query query = { name, text, { .limit = 10 } };

	g_array_append_val(queries, query);
	return &g_array_index(queries, struct wild_query, queries->len - 1).request;
}

static void clear_query(gpointer query)
{
	g_free(((struct wild_query *)query)->text);
}

static void add_words(GArray *queries, const GArray *words)
{
	guint spread = MAX(words->len / 2000, 1);

	add_take(queries, "pasted-150", chain(words, 0, 150, MAX(words->len / 1000, 1), "", " "));
	add_take(queries, "words-500", chain(words, 50, 500, MAX(words->len / 500, 1), "", " "));
	add_take(queries, "words-1000", chain(words, 20, 1000, MAX(words->len / 1000, 1), "", " "));
	add_take(queries, "words-2000", chain(words, 0, 2000, spread, "", " "));
	add_take(queries, "frequent-6", chain(words, 0, 6, 1, "", " "));
	add_take(queries, "frequent-20", chain(words, 0, 20, 1, "", " "));
	add_take(queries, "frequent-200", chain(words, 0, 200, 1, "", " "));
	add_take(queries, "frequent-1000", chain(words, 0, 1000, 1, "", " "));
	add_take(queries, "required-6", chain(words, 0, 6, 1, "+", " "));
	add_take(queries, "required-500", chain(words, 0, 500, 1, "+", " "));
	add_take(queries, "required-one", g_strconcat("+", word_at(words, 0), " ", word_at(words, 1), " ", word_at(words, 2), NULL));
	add_take(queries, "excluded-500", chain(words, 0, 500, 3, "-", " "));
	add_take(queries, "misspelt-200", misspelt(words, 200));
	add_take(queries, "one-word-100kB", repeated("abcdefghij", 10000));
	add_take(queries, "ideographs-36kB", ideographs(12000));
	add_take(queries, "expanded-20", chain(words, 100, 20, 1, "", " "))->expand = true;
	add_take(queries, "expanded-500", chain(words, 50, 500, spread, "", " "))->expand = true;
	add_take(queries, "documents-frequent-6", chain(words, 0, 6, 1, "", " "))->unit = RAP_UNIT_DOCUMENT;
	add_take(queries, "by-date-frequent-6", chain(words, 0, 6, 1, "", " "))->sort = RAP_SORT_DATE;
	add_take(queries, "by-speaker-frequent-6", chain(words, 0, 6, 1, "", " "))->group_by = RAP_GROUP_SPEAKER;
	add_take(queries, "facets-frequent-6", chain(words, 0, 6, 1, "", " "))->want_facets = true;
	add_take(queries, "facets-500", chain(words, 0, 500, spread, "", " "))->want_facets = true;
}

static void add_stars(GArray *queries, const GArray *words)
{
	add_take(queries, "star-1", prefixes(words, 1, 3));
	add_take(queries, "stars-10", prefixes(words, 10, 3));
	add_take(queries, "stars-700", prefixes(words, 700, 3));
	add_take(queries, "stars-1000", prefixes(words, 1000, 4));
	add_take(queries, "facets-stars-10", prefixes(words, 10, 3))->want_facets = true;
}

static void add_phrases(GArray *queries, const GArray *words)
{
	g_autofree char *long_one = chain(words, 0, 1000, 2, "", " "), *six = chain(words, 0, 6, 1, "", " ");
	g_autofree char *stops = repeated("of the to ", 300), *hyphens = chain(words, 0, 500, 3, "", "-");
	g_autofree char *near = chain(words, 0, 500, 1, "", " near/1 "), *pair = chain(words, 0, 2, 1, "", " near/1 ");

	add_take(queries, "phrase-1000", g_strdup_printf("\"%s\"", long_one));
	add_take(queries, "phrase-frequent-6", g_strdup_printf("\"%s\"", six));
	add_take(queries, "phrase-frequent-2", g_strdup_printf("\"%s %s\"", word_at(words, 1), word_at(words, 0)));
	add_take(queries, "phrase-common", g_strdup("\"to be or not to be\""));
	add_take(queries, "phrase-common-2", g_strdup("\"of the\""));
	add_take(queries, "phrase-common-never", g_strdup("\"the the of of\""));
	add_take(queries, "phrase-common-900", g_strdup_printf("\"%s\"", stops));
	add_take(queries, "phrases-300", chain(words, 0, 300, 1, "\"the ", "\" "));
	add_take(queries, "phrases-or-300", chain(words, 0, 300, 1, "\"the ", "\" OR "));
	add_take(queries, "phrase-excluded", g_strdup_printf("%s -\"%s of\"", word_at(words, 0), word_at(words, 1)));
	add_take(queries, "hyphens-500", g_strdup(hyphens));
	add_take(queries, "hyphens-required", g_strdup_printf("+%s", hyphens));
	add_take(queries, "near-500", g_strdup_printf("%s%s", near, word_at(words, 7)));
	add_take(queries, "near-frequent", g_strdup_printf("%s%s", pair, word_at(words, 2)));
	add_take(queries, "near-common", g_strdup("the near/1 of near/1 the near/1 of"));
	add_take(queries, "near-never", g_strdup_printf("%s near/1 \"%s the the of\"", word_at(words, 0), word_at(words, 1)));
	add_take(queries, "by-date-phrase", g_strdup_printf("\"%s %s\"", word_at(words, 1), word_at(words, 0)))->sort = RAP_SORT_DATE;
	add_take(queries, "facets-phrase", g_strdup_printf("\"%s %s\"", word_at(words, 1), word_at(words, 0)))->want_facets = true;
	add_take(queries, "documents-phrase", g_strdup_printf("\"%s %s\"", word_at(words, 1), word_at(words, 0)))->unit = RAP_UNIT_DOCUMENT;
}

static void add_fields(GArray *queries, const GArray *words)
{
	g_autofree char *nested = repeated("(", 2000), *plain = chain(words, 0, 200, 5, "", " OR ");

	add_take(queries, "everything", g_strdup(""));
	add_take(queries, "everything-by-date", g_strdup(""))->sort = RAP_SORT_DATE;
	add_take(queries, "dates", g_strdup("date:1000-01-01..2999-12-31"));
	add_take(queries, "years", g_strdup("year:0..9999 kind:narrative"));
	add_take(queries, "speakers-500", chain(words, 0, 500, 7, "speaker:", " "));
	add_take(queries, "speakers-excluded", chain(words, 0, 500, 7, "-speaker:", " "));
	add_take(queries, "nested", g_strdup_printf("%s%s%s", nested, plain, word_at(words, 3)));
	add_take(queries, "ors-ands", chain(words, 0, 300, 2, "(the AND ", " OR of) "));
}

GArray *wild_queries(RapIndex *index)
{
	GArray *queries = g_array_new(FALSE, FALSE, sizeof(struct wild_query));
	g_autoptr(GArray) words = words_of(index);

	g_array_set_clear_func(queries, clear_query);
	add_words(queries, words);
	add_stars(queries, words);
	add_phrases(queries, words);
	add_fields(queries, words);
	return queries;
}

/* --- what they cost ------------------------------------------------------------------ */

static double ms_of(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* A line of /proc/self/status in MB; 0 where there is none. */
static double status_mb(const char *name)
{
	g_autofree char *status = NULL;
	const char *line;

	if (!g_file_get_contents("/proc/self/status", &status, NULL, NULL))
		return 0;
	line = strstr(status, name);
	return line ? g_ascii_strtod(line + strlen(name) + 1, NULL) / 1024 : 0;
}

/* From now on the most is counted anew. */
static void forget_peak(void)
{
	FILE *file = fopen("/proc/self/clear_refs", "w");

	if (!file)
		return;
	fputs("5", file);
	fclose(file);
}

static RapResults *ask(RapIndex *index, const struct wild_query *query)
{
	RapRequest request = query->request;
	g_autoptr(GError) error = NULL;
	RapResults *results;

	request.text = query->text;
	results = rap_search(index, &request, &error);
	if (results)
		return results;
	fprintf(stderr, "bench: %s: %s\n", query->name, error->message);
	_exit(2);
}

/* 0: within the limits. */
static int measure(RapIndex *index, const struct wild_query *query, double limit_ms)
{
	double first = 0, best = 0, worked = 0, mb = 0;
	RapResults *results = NULL;

	for (int i = 0; i < TIMES; i++) {
		double before = status_mb("VmRSS:"), wall, cpu;

		rap_results_free(results);
		forget_peak();
		wall = ms_of(CLOCK_MONOTONIC);
		cpu = ms_of(CLOCK_PROCESS_CPUTIME_ID);
		results = ask(index, query);
		wall = ms_of(CLOCK_MONOTONIC) - wall;
		cpu = ms_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
		mb = i ? mb : status_mb("VmHWM:") - before;
		first = i ? first : wall;
		best = i ? MIN(best, wall) : wall;
		worked = i ? MIN(worked, cpu) : cpu;
	}
	printf("%-22s %8.1f %8.1f %8.1f %6.1f MB %2zu of %-8zu%s", query->name, first, best, worked, mb, results->n_hits, results->total,
	       worked > limit_ms || mb > LIMIT_MB ? "TOO MUCH" : "");
	for (const char *const *warning = results->warnings; *warning; warning++)
		printf("%s%.100s", warning == results->warnings ? "  " : " | ", *warning);
	printf("\n");
	rap_results_free(results);
	fflush(stdout);
	return worked > limit_ms || mb > LIMIT_MB;
}

int wild_all(RapIndex *index, const char *only, double limit_ms)
{
	g_autoptr(GArray) queries = wild_queries(index);
	int worst = 0;

	printf("%-22s %8s %8s %8s %9s\n", "query", "first ms", "best ms", "CPU ms", "peak");
	fflush(stdout);
	for (guint i = 0; i < queries->len; i++) {
		const struct wild_query *query = &g_array_index(queries, struct wild_query, i);
		int status = 1;
		pid_t child;

		if (only && !g_str_has_prefix(query->name, only))
			continue;
		child = fork();
		if (child == 0)
			_exit(measure(index, query, limit_ms));
		if (child < 0 || waitpid(child, &status, 0) < 0 || !WIFEXITED(status))
			printf("%-22s did not end well\n", query->name);
		worst = MAX(worst, WIFEXITED(status) ? WEXITSTATUS(status) : 2);
	}
	return worst;
}
