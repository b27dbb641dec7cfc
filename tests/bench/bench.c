/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * bench.c - times searches through the library, in one process:
 *
 *   bench query INDEX QUERIES.tsv PASSES OUT   one warm-up pass, then PASSES; a line
 *                                              "qid class pass ns hits top-id snippet-bytes" each
 *   bench facets INDEX QUERIES.tsv PASSES OUT  the same, with every match counted by every facet
 *   bench suggest INDEX PASSES                 for what somebody types: every beginning of every word of people,
 *                                              panels and phrases, one and two of them, right and with a letter
 *                                              wrong; milliseconds of the processor at the median, 99th
 *                                              percentile and worst
 *   bench cost INDEX QUERIES.tsv PASSES        what all of the default costs: each query as it is and as plain BM25 (words as
 *                                              they are spelt, no closeness, near-duplicates not looked for) in turn; the best of
 *                                              the passes, in milliseconds of the processor, and the ratios, by class
 *   bench one INDEX CLASS "WORDS"              one search in a fresh process
 *   bench wild INDEX [NAME]                    long and wild queries, see wild.h; those whose name begins so
 *
 * QUERIES.tsv has lines "qid<TAB>class<TAB>words"; classes: rare1, freq1, and, or,
 * phrase. Each search gives ten hits with attribution and marked snippet.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "searcher/rapporteur.h"
#include "tests/bench/wild.h"

#define WILD_LIMIT_MS 200

static char *query_text(const char *class, const char *words)
{
	g_auto(GStrv) parts = g_strsplit(words, " ", -1);
	g_autofree char *all = NULL;

	if (strcmp(class, "phrase") == 0)
		return g_strdup_printf("\"%s\"", words);
	if (strcmp(class, "and") == 0)
		all = g_strjoinv(" +", parts);
	return all ? g_strconcat("+", all, NULL) : g_strdup(words);
}

static bool want_facets;

static RapResults *search(RapIndex *index, const char *text)
{
	RapRequest request = { .text = text, .want_facets = want_facets };
	g_autoptr(GError) error = NULL;
	RapResults *results = rap_search(index, &request, &error);

	if (!results) {
		fprintf(stderr, "bench: %s\n", error->message);
		exit(1);
	}
	return results;
}

static size_t snippet_bytes(const RapResults *results)
{
	size_t n = 0;

	for (size_t i = 0; i < results->n_hits; i++)
		for (size_t j = 0; j < results->hits[i].n_snippet; j++)
			n += strlen(results->hits[i].snippet[j].text);
	return n;
}

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void time_query(RapIndex *index, char *line, int pass, FILE *out)
{
	g_auto(GStrv) fields = g_strsplit(g_strchomp(line), "\t", 3);
	g_autofree char *text = NULL;
	uint64_t start, took;
	RapResults *results;

	if (g_strv_length(fields) < 3)
		return;
	text = query_text(fields[1], fields[2]);
	start = now_ns();
	results = search(index, text);
	took = now_ns() - start;
	if (pass >= 0)
		fprintf(out, "%s\t%s\t%d\t%" PRIu64 "\t%zu\t%s\t%zu\n", fields[0], fields[1], pass, took, results->total,
		        results->n_hits ? results->hits[0].passage.id : "", snippet_bytes(results));
	rap_results_free(results);
}

static int query_all(RapIndex *index, const char *queries, int passes, const char *out_path)
{
	FILE *out = fopen(out_path, "w");
	char line[4096];

	if (!out) {
		perror(out_path);
		return 1;
	}
	for (int pass = -1; pass < passes; pass++) {
		FILE *in = fopen(queries, "r");

		if (!in) {
			perror(queries);
			fclose(out);
			return 1;
		}
		while (fgets(line, sizeof line, in))
			time_query(index, line, pass, out);
		fclose(in);
	}
	return fclose(out) ? 1 : 0;
}

/* --- suggestions ------------------------------------------------------------------- */

/* Of the processor, so that what else the machine does is not measured. */
static uint64_t worked_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static double suggest_ms(RapIndex *index, const char *text)
{
	g_autoptr(GError) error = NULL;
	uint64_t start = worked_ns();
	RapSuggestions *suggestions = rap_suggest(index, text, 10, &error);
	uint64_t took = worked_ns() - start;

	if (!suggestions) {
		fprintf(stderr, "bench: %s\n", error->message);
		exit(1);
	}
	rap_suggestions_free(suggestions);
	return (double)took / 1e6;
}

/* What stands in the suggestions for each letter, and the letters themselves. */
static GPtrArray *typed_texts(RapIndex *index)
{
	GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);

	for (char letter = 'a'; letter <= 'z'; letter++) {
		RapSuggestions *suggestions = rap_suggest(index, (const char[]){ letter, '\0' }, 100, NULL);

		for (size_t i = 0; suggestions && i < suggestions->n_items; i++)
			g_ptr_array_add(texts, g_strndup(suggestions->items[i].text, 60));
		rap_suggestions_free(suggestions);
	}
	return texts;
}

static void time_typing(RapIndex *index, const char *text, GArray *times)
{
	gsize chars = (gsize)g_utf8_strlen(text, -1);

	for (gsize n = 1; n <= MIN(chars, 16); n++) {
		g_autofree char *typed = g_utf8_substring(text, 0, (glong)n), *wrong = NULL;
		double ms = suggest_ms(index, typed);

		g_array_append_val(times, ms);
		if (n < 4)
			continue;
		wrong = g_strdup(typed);
		wrong[2] = wrong[2] == 'x' ? 'q' : 'x';
		if (!g_utf8_validate(wrong, -1, NULL))
			continue;
		ms = suggest_ms(index, wrong);
		g_array_append_val(times, ms);
	}
}

/* "m a p s": all words at once, each by its first letter. */
static void time_initials(RapIndex *index, const char *text, GArray *times)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	g_autoptr(GString) initials = g_string_new(NULL);
	double ms;

	for (char **word = words; *word; word++)
		g_string_append_printf(initials, "%.1s ", **word && !(**word & 0x80) ? *word : "");
	ms = suggest_ms(index, initials->str);
	g_array_append_val(times, ms);
}

static gint by_number(gconstpointer a, gconstpointer b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static int suggest_all(RapIndex *index, int passes)
{
	double opening = suggest_ms(index, "a");
	g_autoptr(GPtrArray) texts = typed_texts(index);
	g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double));

	for (int pass = 0; pass < passes; pass++)
		for (guint i = 0; i < texts->len; i++) {
			time_typing(index, g_ptr_array_index(texts, i), times);
			time_initials(index, g_ptr_array_index(texts, i), times);
		}
	if (!times->len)
		return 1;
	g_array_sort(times, by_number);
	printf("first %.2f ms; %u times: median %.3f, p99 %.3f, worst %.3f ms\n", opening, times->len,
	       g_array_index(times, double, times->len / 2), g_array_index(times, double, (guint)(times->len * 0.99)),
	       g_array_index(times, double, times->len - 1));
	return 0;
}

/* --- beside plain BM25 ------------------------------------------------------------------ */

struct compared {
	char *class, *text;
	double ms[2];	/* default, plain */
};

static void clear_compared(gpointer data)
{
	struct compared *query = data;

	g_free(query->class);
	g_free(query->text);
}

static double search_ms(RapIndex *index, const char *text, bool plain)
{
	RapRequest request = { .text = text, .rank = plain ? "bm25" : NULL, .exact_words = plain, .keep_duplicates = plain };
	uint64_t start = worked_ns(), took;
	RapResults *results = rap_search(index, &request, NULL);

	took = worked_ns() - start;
	if (!results) {
		fprintf(stderr, "bench: cannot search '%s'\n", text);
		exit(1);
	}
	rap_results_free(results);
	return (double)took / 1e6;
}

static GArray *read_compared(const char *path)
{
	GArray *queries = g_array_new(FALSE, FALSE, sizeof(struct compared));
	FILE *in = fopen(path, "r");
	char line[4096];

	if (!in) {
		perror(path);
		exit(2);
	}
	g_array_set_clear_func(queries, clear_compared);
	while (fgets(line, sizeof line, in)) {
		g_auto(GStrv) fields = g_strsplit(g_strchomp(line), "\t", 3);
		struct compared query = { .ms = { 1e9, 1e9 } };

		if (g_strv_length(fields) < 3)
			continue;
		query.class = g_strdup(fields[1]);
		query.text = query_text(fields[1], fields[2]);
		g_array_append_val(queries, query);
	}
	fclose(in);
	return queries;
}

/* class: NULL for all. */
static double percentile(const GArray *queries, const char *class, int which, double share)
{
	g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double));

	for (guint i = 0; i < queries->len; i++) {
		const struct compared *query = &g_array_index(queries, struct compared, i);

		if (!class || strcmp(class, query->class) == 0)
			g_array_append_val(times, query->ms[which]);
	}
	g_array_sort(times, by_number);
	return times->len ? g_array_index(times, double, (guint)((times->len - 1) * share)) : 0;
}

static void print_compared(const GArray *queries, const char *class)
{
	static const double shares[] = { 0.5, 0.95, 0.99 };

	printf("%-10s", class ? class : "all");
	for (guint i = 0; i < G_N_ELEMENTS(shares); i++) {
		double ours = percentile(queries, class, 0, shares[i]), plain = percentile(queries, class, 1, shares[i]);

		printf("   p%02.0f %7.3f / %7.3f = %.2f", shares[i] * 100, ours, plain, ours / plain);
	}
	printf("\n");
}

static int compare_all(RapIndex *index, const char *path, int passes)
{
	g_autoptr(GArray) queries = read_compared(path);

	for (int pass = -1; pass < passes; pass++)
		for (guint i = 0; i < queries->len; i++) {
			struct compared *query = &g_array_index(queries, struct compared, i);

			for (int turn = 0; turn < 2; turn++) {
				int which = (turn + pass + 1) % 2;
				double ms = search_ms(index, query->text, which == 1);

				if (pass >= 0)
					query->ms[which] = MIN(query->ms[which], ms);
			}
		}
	for (guint i = 0; i < queries->len; i++) {
		const char *class = g_array_index(queries, struct compared, i).class;
		bool first = true;

		for (guint k = 0; k < i && first; k++)
			first = strcmp(class, g_array_index(queries, struct compared, k).class) != 0;
		if (first)
			print_compared(queries, class);
	}
	print_compared(queries, NULL);
	return 0;
}

static int query_one(RapIndex *index, const char *class, const char *words)
{
	g_autofree char *text = query_text(class, words);
	RapResults *results = search(index, text);

	printf("%zu %s %zu\n", results->total, results->n_hits ? results->hits[0].passage.id : "", snippet_bytes(results));
	rap_results_free(results);
	return 0;
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	RapIndex *index = argc > 2 ? rap_open(argv[2], NULL, &error) : NULL;
	int status = 2;

	if (error)
		fprintf(stderr, "bench: %s\n", error->message);
	else if (index && argc == 6 && (strcmp(argv[1], "query") == 0 || (want_facets = strcmp(argv[1], "facets") == 0)))
		status = query_all(index, argv[3], atoi(argv[4]), argv[5]);
	else if (index && argc == 4 && strcmp(argv[1], "suggest") == 0)
		status = suggest_all(index, atoi(argv[3]));
	else if (index && argc == 5 && strcmp(argv[1], "one") == 0)
		status = query_one(index, argv[3], argv[4]);
	else if (index && argc == 5 && strcmp(argv[1], "cost") == 0)
		status = compare_all(index, argv[3], atoi(argv[4]));
	else if (index && (argc == 3 || argc == 4) && strcmp(argv[1], "wild") == 0)
		status = wild_all(index, argv[3], WILD_LIMIT_MS);
	else
		fputs("usage: bench query|facets INDEX QUERIES.tsv PASSES OUT | bench suggest INDEX PASSES | bench one INDEX CLASS WORDS | "
		      "bench cost INDEX QUERIES.tsv PASSES | bench wild INDEX [NAME]\n", stderr);
	rap_close(index);
	return status;
}
