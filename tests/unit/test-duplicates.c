/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-duplicates.c - which passages have the same words: what winnowing promises,
 * what small changes are, and a judged set made by rule: each paragraph of
 * tests/cases/genres/ changed as texts change on their way from one document into
 * another one, and as they must not be to be the same.
 */
#include "tests/unit/searching.h"

#include "indexer/analysis.h"
#include "indexer/fingerprints.h"
#include "indexer/store.h"
#include "searcher/duplicates.h"
#include "searcher/likeness.h"

/* --- fingerprints ------------------------------------------------------------------------- */

static GArray *chosen(struct analysis *analysis, const char *text)
{
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	GArray *out = g_array_new(FALSE, FALSE, sizeof(guint32));

	analysis_tokens(analysis, "en", text, strlen(text), tokens);
	fingerprints_choose((const struct token *)(const void *)tokens->data, tokens->len, out);
	return out;
}

static void append_words(GString *out, GRand *rand, guint n)
{
	while (n--)
		g_string_append_printf(out, "quartz%d ", g_rand_int_range(rand, 0, 100000));
}

static guint shared(const GArray *a, const GArray *b)
{
	guint n = 0;

	for (guint i = 0; i < a->len; i++)
		for (guint j = 0; j < b->len; j++)
			n += g_array_index(a, guint32, i) == g_array_index(b, guint32, j);
	return n;
}

/* Whatever stands around them, so many words in a row are enough. */
static void test_winnowing(void)
{
	g_autoptr(Analysis) analysis = analysis_new();
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);

	for (guint round = 0; round < 300; round++) {
		g_autoptr(GString) same = g_string_new(NULL), a = g_string_new(NULL), b = g_string_new(NULL);
		g_autoptr(GArray) x = NULL, y = NULL;

		append_words(same, rand, FINGERPRINT_WORDS + FINGERPRINT_WINDOW - 1);
		append_words(a, rand, (guint)g_rand_int_range(rand, 0, 90));
		append_words(b, rand, (guint)g_rand_int_range(rand, 0, 90));
		g_string_append(a, same->str);
		g_string_append(b, same->str);
		append_words(a, rand, (guint)g_rand_int_range(rand, 0, 90));
		append_words(b, rand, (guint)g_rand_int_range(rand, 0, 90));
		x = chosen(analysis, a->str);
		y = chosen(analysis, b->str);
		g_assert_cmpuint(shared(x, y), >=, 1);
		g_assert_cmpuint(x->len, <=, FINGERPRINT_MAX);
		for (guint i = 1; i < x->len; i++)
			g_assert_cmpuint(g_array_index(x, guint32, i - 1), <, g_array_index(x, guint32, i));
	}
}

static void test_few_words(void)
{
	static const struct {
		const char *text;
		guint n;
	} cases[] = {
		{ "", 0 }, { "of the and", 0 }, { "* * *", 0 }, { "harbour", 1 }, { "harbour lanterns", 1 },
		{ "harbour lanterns burn", 1 }, { "the harbour lanterns burn brightly", 2 }, { "buffalo buffalo buffalo buffalo buffalo", 1 },
	};
	g_autoptr(Analysis) analysis = analysis_new();

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GArray) got = chosen(analysis, cases[i].text);

		g_assert_cmpuint(got->len, ==, cases[i].n);
	}
}

/* --- likeness -------------------------------------------------------------------------------- */

#define TALK "the orchard beside the station was planted in 1931 by nine railway families who wanted apples for their children " \
	"and shade for the trains"

static const struct {
	const char *a, *b;
	bool strict, same;
} likenesses[] = {
	{ TALK, TALK, false, true },
	{ TALK, "The orchard beside the station was planted in 1913 by nine railway families who wanted apples for their children "
	        "and shade for the trains.", false, true },
	{ TALK, "The orchard beside the station was planted in 1913 by nine railway families who wanted apples for their children "
	        "and shade for the trains.", true, false },
	{ TALK, "The orchard beside the station was planted in 1931 by nine railway families who wanted pears for their children "
	        "and shade for the trains.", false, true },
	{ TALK, "The orchard beside the station was not planted in 1931 by nine railway families who wanted apples for their children "
	        "and shade for the trains.", false, false },
	{ TALK, "planted in 1931 by nine railway families who wanted apples for their children and shade", false, true },
	{ TALK, "planted in 1931 by nine railway families who wanted apples", false, false },
	{ TALK, "planted in 1932 by nine railway families who wanted apples for their children and shade", false, false },
	{ TALK, "the orchard beside the station was planted by nine families who wanted shade for the trains", false, false },
	{ TALK, "the orchard beside the station was planted in 1931 by nine railway families who wanted shade for the trains", false, true },
	{ TALK, "the orchard beside the ferry was painted in 1931 by nine harbour families who wanted lamps for their boats "
	        "and light for the pier", false, false },
	{ "Thank you, Chair.", "Thank you, Chair", false, true },
	{ "Thank you, Chair.", "Thank you, Chief.", false, false },
	{ "Thank you.", "Thank you, Chair.", false, false },
	{ "", "", false, false },
	{ "We do not support the third reading of the lantern bill today.", "We do support the third reading of the lantern bill today.", false, false },
	{ "Resolution 12 on lanterns was adopted by 45 votes to three.", "Resolution 14 on lanterns was adopted by 45 votes to three.", false, false },
	{ "The third item on the agenda of the harbour board was adopted.", "The fourth item on the agenda of the harbour board was adopted.", false, true },
};

static void test_likeness(void)
{
	g_autoptr(Analysis) analysis = analysis_new();
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));

	for (guint i = 0; i < G_N_ELEMENTS(likenesses); i++) {
		const char *texts[] = { likenesses[i].a, likenesses[i].b };
		struct arena *arena = arena_new();
		struct likeness_text text[2];

		for (guint j = 0; j < 2; j++) {
			g_array_set_size(tokens, 0);
			analysis_tokens(analysis, "en", texts[j], strlen(texts[j]), tokens);
			text[j] = likeness_text(arena, (const struct token *)(const void *)tokens->data, tokens->len);
		}
		if (likeness_same(&text[0], &text[1], likenesses[i].strict) != likenesses[i].same ||
		    likeness_same(&text[1], &text[0], likenesses[i].strict) != likenesses[i].same)
			g_error("case %u", i);
		arena_free(arena);
	}
}

/* --- a judged set, made by rule ------------------------------------------------------------------ */

#define PARAGRAPH_MIN_WORDS 40
#define PARAGRAPH_MAX_WORDS 250
#define PRECISION_FLOOR 0.995

struct rule {
	const char *name;
	bool same;		/* as the paragraph that it was made of */
	double floor;		/* so much of these is found, at least */
	void (*make)(char **words, guint n, GRand *rand, GString *out);
	bool other_speaker;
};

static void put(GString *out, const char *word)
{
	g_string_append_printf(out, "%s%s", out->len ? " " : "", word);
}

static void put_from(char **words, guint from, guint to, GString *out)
{
	for (guint i = from; i < to; i++)
		put(out, words[i]);
}

static guint any(GRand *rand, guint n)
{
	return (guint)g_rand_int_range(rand, 0, (gint32)n);
}

static void make_copy(char **words, guint n, GRand *rand, GString *out)
{
	for (guint i = 0; i < n; i++)
		g_string_append_printf(out, "%s%s", words[i], any(rand, 6) ? " " : "\n");
}

/* What turns a statement round is no small change. */
static bool is_denial(const char *word)
{
	static const char *const denials[] = { "not", "no", "nor", "never", "without", "none", "cannot" };
	g_autofree char *lower = g_ascii_strdown(word, -1);

	g_strdelimit(lower, ".,;:\"", '\0');
	for (guint i = 0; i < G_N_ELEMENTS(denials); i++)
		if (strcmp(lower, denials[i]) == 0)
			return true;
	return strstr(lower, "n't") != NULL;
}

static void make_word(char **words, guint n, GRand *rand, GString *out)
{
	guint at = any(rand, n);

	while (is_denial(words[at]))
		at = any(rand, n);
	put_from(words, 0, at, out);
	put(out, "substitute");
	put_from(words, at + 1, n, out);
}

static void make_number(char **words, guint n, GRand *rand, GString *out)
{
	for (guint i = 0; i < n; i++) {
		if (g_ascii_isdigit(*words[i]))
			g_string_append_printf(out, " %u", 3 + any(rand, 5000));
		else
			put(out, words[i]);
	}
}

/* As a scan reads it: each fifteenth word has another letter. */
static void make_scan(char **words, guint n, GRand *rand, GString *out)
{
	guint phase = any(rand, 15);

	for (guint i = 0; i < n; i++) {
		g_autofree char *word = g_strdup(words[i]);
		gsize len = strlen(word);

		if (i % 15 == phase && len > 3 && !is_denial(word) && g_ascii_isalpha(word[len / 2]))
			word[len / 2] = word[len / 2] == 'l' ? 'i' : 'l';
		put(out, word);
	}
}

static void make_dropped(char **words, guint n, GRand *rand, GString *out)
{
	for (guint i = 0; i < n; i++)
		if (any(rand, 20) || is_denial(words[i]))
			put(out, words[i]);
}

static void make_tail(char **words, guint n, GRand *rand, GString *out)
{
	(void)rand;
	put_from(words, n / 3, n, out);
}

/* Where so many words can be cut out without a denial among them, from the first place on. */
static guint cut_place(char **words, guint n, guint first, guint length)
{
	for (guint at = first; at + length < n; at++) {
		guint i = at;

		while (i < at + length && !is_denial(words[i]))
			i++;
		if (i == at + length)
			return at;
	}
	return first;
}

static void make_cut(char **words, guint n, GRand *rand, GString *out)
{
	guint at = cut_place(words, n, n / 4 + any(rand, n / 4), 8);

	put_from(words, 0, at, out);
	put(out, "[...]");
	put_from(words, at + 8, n, out);
}

static void make_quote(char **words, guint n, GRand *rand, GString *out)
{
	guint at = any(rand, n - 20);

	put_from(words, at, at + 20, out);
}

static void make_cut_quote(char **words, guint n, GRand *rand, GString *out)
{
	guint at = cut_place(words, n - 15, 15 + any(rand, n - 35), 5) - 15;

	put_from(words, at, at + 15, out);
	put(out, "[...]");
	put_from(words, at + 20, at + 35, out);
}

static void make_framed(char **words, guint n, GRand *rand, GString *out)
{
	(void)rand;
	put(out, "Before the second session opened, the organisers read out a note that somebody had left on the lectern:");
	put_from(words, 0, n, out);
}

/* Not a small change: every third word is another one. */
static void make_paraphrase(char **words, guint n, GRand *rand, GString *out)
{
	for (guint i = 0; i < n; i++) {
		if (i % 3)
			put(out, words[i]);
		else
			g_string_append_printf(out, " other%u", any(rand, 1000));
	}
}

static void make_denial(char **words, guint n, GRand *rand, GString *out)
{
	guint at = 2 + any(rand, n - 4);

	put_from(words, 0, at, out);
	put(out, "not");
	put_from(words, at, n, out);
}

/* A sentence or two of it, in a text that has more of its own. */
static void make_borrowed(char **words, guint n, GRand *rand, GString *out)
{
	put_from(words, 0, n / 3, out);
	for (guint i = 0; i < 80; i++)
		g_string_append_printf(out, " own%u", any(rand, 1000));
}

static const struct rule rules[] = {
	{ "copy", true, 1.0, make_copy, false },
	{ "word", true, 0.995, make_word, false },
	{ "number", true, 0.98, make_number, false },
	{ "scan", true, 0.98, make_scan, false },
	{ "dropped", true, 0.97, make_dropped, false },
	{ "tail", true, 0.985, make_tail, false },
	{ "cut", true, 0.965, make_cut, false },
	{ "quote", true, 0.98, make_quote, false },
	{ "cut-quote", true, 0.93, make_cut_quote, false },
	{ "framed", true, 0.99, make_framed, false },
	{ "paraphrase", false, 0.0, make_paraphrase, false },
	{ "denial", false, 0.0, make_denial, false },
	{ "borrowed", false, 0.0, make_borrowed, false },
	{ "speaker", false, 0.0, make_copy, true },
};

#define RUN_WORDS 8

/* The documents have boilerplate of their own: what has so many words in a row of an earlier
 * paragraph is left out. */
static bool is_new(GHashTable *runs, char **words, guint n)
{
	bool new = true;

	for (guint i = 0; i + RUN_WORDS <= n; i++) {
		GString *run = g_string_new(NULL);

		put_from(words, i, i + RUN_WORDS, run);
		new = g_hash_table_add(runs, g_string_free(run, FALSE)) && new;
	}
	return new;
}

/* Paragraphs of the documents that are long enough and in one language, in their order, as
 * their words. */
static void add_paragraphs(const char *path, GHashTable *runs, GPtrArray *out)
{
	g_autofree char *content = NULL;
	g_auto(GStrv) blocks = NULL;

	g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
	blocks = g_strsplit(content, "\n\n", -1);
	for (char **block = blocks; *block && strstr(content, " the "); block++) {
		g_autoptr(GPtrArray) words = g_ptr_array_new();
		g_auto(GStrv) pieces = g_strsplit_set(*block, " \n\t", -1);

		for (char **piece = pieces; *piece && words->len < PARAGRAPH_MAX_WORDS; piece++)
			if (**piece)
				g_ptr_array_add(words, *piece);
		if (words->len < PARAGRAPH_MIN_WORDS || !is_new(runs, (char **)words->pdata, words->len))
			continue;
		g_ptr_array_add(words, NULL);
		g_ptr_array_add(out, g_strdupv((char **)words->pdata));
	}
}

static gint by_string(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *read_paragraphs(void)
{
	const char *srcdir = g_getenv("srcdir"), *name;
	g_autofree char *folder = g_build_filename(srcdir ? srcdir : ".", "tests", "cases", "genres", "documents", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) runs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);

	while (dir && (name = g_dir_read_name(dir)))
		g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
	g_ptr_array_sort(paths, by_string);
	for (guint i = 0; i < paths->len; i++)
		add_paragraphs(g_ptr_array_index(paths, i), runs, all);
	return all;
}

#define ORIGINAL "original"

static void write_paragraphs(struct writer *writer, const char *id, const GPtrArray *paragraphs, const struct rule *rule)
{
	struct made made = made_new(id, "Untitled", "en");
	g_autoptr(GRand) rand = g_rand_new_with_seed(1234);
	int speaker = made_person(&made, rule && rule->other_speaker ? "Osias Quill" : "Ada Brandt-Iversen", NULL, NULL, NULL);

	for (guint i = 0; i < paragraphs->len; i++) {
		char **words = g_ptr_array_index(paragraphs, i);
		g_autoptr(GString) text = g_string_new(NULL);
		bool named = !rule || rule->other_speaker || i % 2;

		(rule ? rule->make : make_copy)(words, g_strv_length(words), rand, text);
		made_passage(&made, text->str, rule && !rule->other_speaker ? KIND_REPORTED : KIND_SPEECH, named ? speaker : -1);
	}
	write_document(writer, made_take(&made));
}

struct judged {
	struct store *store;
	struct analysis *analysis;
	const GPtrArray *paragraphs;
	guint n_found[G_N_ELEMENTS(rules)], n_found_back[G_N_ELEMENTS(rules)];
	guint right, wrong;
};

static int rule_of(const char *id)
{
	for (guint i = 0; i < G_N_ELEMENTS(rules); i++)
		if (strcmp(rules[i].name, id) == 0)
			return (int)i;
	return -1;
}

/* What is found for one passage: of the original for the changed ones, and back. */
static void judge_found(struct judged *j, const struct imprint *asked, int asked_rule, const struct imprint *found)
{
	guint64 text_base;
	int rule = rule_of(store_document(j->store, found->place, &text_base, NULL)->id);

	if (asked_rule >= 0 && rule >= 0)	/* two that were changed: nobody said whether they are still the same */
		return;
	if (asked->ordinal != found->ordinal || (rule >= 0 && !rules[rule].same) || (asked_rule >= 0 && !rules[asked_rule].same)) {
		j->wrong++;
		g_test_message("wrong: %s/%s is no %s/%s", asked_rule >= 0 ? rules[asked_rule].name : ORIGINAL, asked->id,
		               rule >= 0 ? rules[rule].name : ORIGINAL, found->id);
	} else {
		j->right++;
		j->n_found[MAX(rule, 0)] += rule >= 0;
		j->n_found_back[MAX(asked_rule, 0)] += asked_rule >= 0;
	}
}

static void judge_passage(struct judged *j, guint32 docid)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	struct duplicates *duplicates = duplicates_new(j->store, j->analysis, NULL, NULL, NULL);
	struct arena *arena = arena_new();
	struct passage_record record;
	const struct imprint *imprint;
	guint64 text_base;
	int rule;

	g_assert_true(store_passage(j->store, docid, arena, &record, &error));
	rule = rule_of(store_document(j->store, record.place, &text_base, &error)->id);
	imprint = duplicates_imprint(duplicates, docid, &record, NULL, NULL, &error);
	g_assert_nonnull(imprint);
	g_assert_true(duplicates_elsewhere(duplicates, imprint, found, &error));
	for (guint i = 0; i < found->len; i++)
		judge_found(j, imprint, rule, g_ptr_array_index(found, i));
	arena_free(arena);
	duplicates_free(duplicates);
}

static void check_floors(const struct judged *j)
{
	guint n = j->paragraphs->len;
	double precision = (double)j->right / (j->right + j->wrong);
	bool good = precision >= PRECISION_FLOOR;

	for (guint i = 0; i < G_N_ELEMENTS(rules); i++) {
		double found = (double)j->n_found[i] / n, back = (double)j->n_found_back[i] / n;

		if (!rules[i].same)
			continue;
		good = good && found >= rules[i].floor && back >= rules[i].floor;
		g_test_message("%-10s found %.3f, from its own side %.3f (floor %.3f)", rules[i].name, found, back, rules[i].floor);
	}
	g_test_message("%u paragraphs, precision %.4f (floor %.3f)", n, precision, PRECISION_FLOOR);
	g_assert_true(good);
}

static void test_judged(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) paragraphs = read_paragraphs();
	g_autoptr(Analysis) analysis = analysis_new();
	struct judged j = { .analysis = analysis, .paragraphs = paragraphs };
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	uint32_t n;

	g_assert_cmpuint(paragraphs->len, >, 200);
	write_paragraphs(writer, ORIGINAL, paragraphs, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(rules); i++)
		write_paragraphs(writer, rules[i].name, paragraphs, &rules[i]);
	commit(writer);
	writer_close(writer);
	j.store = store_open(dir, NULL, analysis_stemmer_version(analysis), &error);
	g_assert_no_error(error);
	g_assert_true(xap_db_count(store_database(j.store), &n, &error));
	for (guint32 docid = 1; docid <= n; docid++)
		judge_passage(&j, docid);
	check_floors(&j);
	store_close(j.store);
	index_free(dir);
}

/* --- in a search -------------------------------------------------------------------------------- */

#define STATEMENT "the ferries of the northern harbours shall carry every lantern maker free of charge until the last bridge is built"
#define ACCOUNT "She recalled that the ferries of the northern harbours shall carry every lantern maker free of charge until the last bridge is built"

static struct document *statement(const char *id, const char *text, enum passage_kind kind, const char *speaker, const char *access)
{
	struct made made = made_new(id, "Untitled", "en");
	int person = speaker ? made_person(&made, speaker, NULL, NULL, NULL) : -1;

	if (access)
		made.doc->access = access;
	made_passage(&made, text, kind, person);
	return made_take(&made);
}

static char *statements(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);

	write_document(writer, statement("a-report", ACCOUNT ".", KIND_REPORTED, "Ada Brandt-Iversen", NULL));
	write_document(writer, statement("b-talk", "Friends, " STATEMENT ", and longer.", KIND_SPEECH, "Ada Brandt-Iversen", NULL));
	write_document(writer, statement("c-quote", "Northern harbours shall carry every lantern maker free of charge until the last bridge is built", KIND_QUOTE, "Brandt-Iversen", NULL));
	write_document(writer, statement("d-paper", ACCOUNT " at last.", KIND_NARRATIVE, NULL, NULL));
	write_document(writer, statement("e-other", "Friends, " STATEMENT ", and longer.", KIND_SPEECH, "Osias Quill", NULL));
	write_document(writer, statement("f-secret", "Friends, " STATEMENT ", and longer.", KIND_SPEECH, NULL, "restricted:board"));
	commit(writer);
	writer_close(writer);
	return dir;
}

static char *also_of(const RapResults *results, size_t i)
{
	return g_strjoinv(" ", (char **)results->hits[i].also_in);
}

static void check_also(RapIndex *index, const char *text, const RapFilter *filter, size_t limit, const char *ids, const char *also_in)
{
	RapResults *results = asked(index, &(RapRequest){ .text = text, .filters = filter, .n_filters = filter ? 1 : 0, .limit = limit });
	g_autofree char *got = ids_of(results), *also = also_of(results, 0);

	g_assert_cmpstr(got, ==, ids);
	g_assert_cmpstr(also, ==, also_in);
	rap_results_free(results);
}

static void test_places(void)
{
	static const RapFilter quotes = { "kind", "quote,speech" }, ada = { "speaker", "brandt" };
	static const char *const groups[] = { "board", NULL };
	char *dir = statements();
	RapIndex *index = opened(dir, NULL), *all = opened(dir, groups);

	/* whatever speaks of it first, the words themselves are shown; what another one said is another hit */
	check_also(index, "ferries harbours lantern", NULL, 10, "b-talk/1 e-other/1", "a-report/0000000001 c-quote/0000000001 d-paper/0000000001");
	/* also what is not among the hits of the page, but not what has nothing of the query: c-quote sets in behind the ferries */
	check_also(index, "ferries", NULL, 1, "b-talk/1", "a-report/0000000001 d-paper/0000000001");
	check_also(index, "lantern speaker:ada", NULL, 1, "b-talk/1", "a-report/0000000001");
	check_also(index, "friends speaker:ada", NULL, 1, "b-talk/1", "");
	/* what is filtered out is not named */
	check_also(index, "lantern", &quotes, 1, "c-quote/1", "b-talk/0000000001");
	check_also(index, "lantern friends -doc:\"d-paper\"", &ada, 1, "b-talk/1", "a-report/0000000001 c-quote/0000000001");
	/* nor what may not be read */
	check_also(all, "lantern speaker:ada", NULL, 1, "b-talk/1", "a-report/0000000001");
	check_also(all, "ferries", NULL, 1, "b-talk/1", "a-report/0000000001 d-paper/0000000001 f-secret/0000000001");
	rap_close(index);
	rap_close(all);
	index_free(dir);
}

#define PART "the lock keepers of the upper canal shall open every gate at dawn so that the grain barges reach the market before noon"

static void check_hits(RapIndex *index, const RapRequest *request, const char *ids, const char *const *also_in)
{
	RapResults *results = asked(index, request);
	g_autofree char *got = ids_of(results);

	g_assert_cmpstr(got, ==, ids);
	for (guint i = 0; i < results->n_hits; i++) {
		g_autofree char *also = also_of(results, i);

		g_assert_cmpstr(also, ==, also_in[i]);
	}
	rap_results_free(results);
}

/* A passage that holds another one is hidden behind it only where it has nothing of its own that answers. */
static void test_parts(void)
{
	static const RapSort orders[] = { RAP_SORT_RELEVANCE, RAP_SORT_DATE, RAP_SORT_DATE_DESCENDING, RAP_SORT_DOCUMENT };
	static const char *const none[] = { "", "", "" }, *const whole[] = { "b-whole/0000000001 c-other/0000000001", "", "" };
	static const char *const dates[] = { "2001", "2002", "2003" };
	struct document *docs[] = {
		statement("a-part", PART ".", KIND_NARRATIVE, NULL, NULL),
		statement("b-whole", "On the tolls the board was silent. It held that " PART ". Whether the weir needs a second sluice was left open.", KIND_NARRATIVE, NULL, NULL),
		statement("c-other", "A letter of the millers came in late. It says that " PART ". Nobody had asked them about the towpath or its willows.", KIND_NARRATIVE, NULL, NULL),
	};
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;

	for (guint i = 0; i < G_N_ELEMENTS(docs); i++) {
		docs[i]->date = dates[i];
		write_document(writer, docs[i]);
	}
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	check_hits(index, &(RapRequest){ .text = "barges" }, "a-part/1", whole);
	for (guint i = 0; i < G_N_ELEMENTS(orders); i++) {
		RapResults *results = asked(index, &(RapRequest){ .text = "barges sluice", .sort = orders[i] });
		g_autofree char *ids = ids_of(results);

		g_assert_nonnull(strstr(ids, "b-whole/1"));
		rap_results_free(results);
	}
	/* nobody else has a word of these */
	check_hits(index, &(RapRequest){ .text = "sluice" }, "b-whole/1", none);
	check_hits(index, &(RapRequest){ .text = "sluice willows", .sort = RAP_SORT_DOCUMENT }, "b-whole/1 c-other/1", none);
	/* the part is told once, with the first that has it */
	check_hits(index, &(RapRequest){ .text = "barges sluice willows -doc:a-part", .sort = RAP_SORT_DOCUMENT }, "b-whole/1 c-other/1", none);
	check_hits(index, &(RapRequest){ .text = "barges sluice willows", .sort = RAP_SORT_DATE_DESCENDING }, "c-other/1 b-whole/1",
	           (const char *const[]){ "a-part/0000000001", "" });
	rap_close(index);
	index_free(dir);
}

/* A page is part of the whole list, wherever it begins. */
static void test_pages(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	g_autoptr(GRand) rand = g_rand_new_with_seed(3);
	RapIndex *index;
	RapResults *whole;

	for (guint i = 0; i < 40; i++) {
		g_autofree char *id = g_strdup_printf("paper-%02u", i);
		struct made made = made_new(id, "Untitled", "en");

		for (guint j = 0; j < 6; j++) {
			g_autoptr(GString) text = g_string_new("lantern");
			guint which = any(rand, 30);

			for (guint k = 0; k < 14 + which; k++)
				g_string_append_printf(text, " word%ux%u", which, k);
			if (any(rand, 3) == 0)
				g_string_append(text, " changed");
			made_passage(&made, text->str, any(rand, 2) ? KIND_SPEECH : KIND_REPORTED, -1);
		}
		write_document(writer, made_take(&made));
	}
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	whole = asked(index, &(RapRequest){ .text = "lantern", .limit = 1000 });
	g_assert_cmpuint(whole->total, ==, 240);
	g_assert_cmpuint(whole->n_hits, ==, 30);
	for (guint size = 1; size <= 7; size += 3) {
		for (guint from = 0; from < whole->n_hits; from += size) {
			RapResults *page = asked(index, &(RapRequest){ .text = "lantern", .offset = from, .limit = size });

			g_assert_cmpuint(page->n_hits, ==, MIN(size, whole->n_hits - from));
			g_assert_cmpuint(page->total, ==, whole->total);
			for (guint i = 0; i < page->n_hits; i++) {
				g_autofree char *also = also_of(page, i), *expected = also_of(whole, from + i);

				g_assert_cmpstr(page->hits[i].passage.id, ==, whole->hits[from + i].passage.id);
				g_assert_cmpstr(also, ==, expected);
			}
			rap_results_free(page);
		}
	}
	rap_results_free(whole);
	rap_close(index);
	index_free(dir);
}

/* --- more like this -------------------------------------------------------------------------------- */

static void test_similar(void)
{
	static const RapFilter by_osias = { "speaker", "quill" };
	char *dir = statements();
	RapIndex *index = opened(dir, NULL);
	g_autoptr(GError) error = NULL;
	RapResults *results = rap_similar(index, "b-talk/0000000001", &(RapRequest){ .limit = 10 }, &error);
	g_autofree char *ids = NULL;

	g_assert_no_error(error);
	ids = ids_of(results);
	g_assert_cmpstr(ids, ==, "e-other/1");	/* all others repeat it */
	g_assert_cmpuint(results->total, ==, 1);
	g_assert_cmpstr(results->query, ==, "b-talk/0000000001");
	g_assert_nonnull(strstr(results->interpretation, "lantern"));
	rap_results_free(results);
	results = rap_similar(index, "e-other/0000000001", &(RapRequest){ .filters = &by_osias, .n_filters = 1 }, &error);
	g_assert_cmpuint(results->n_hits, ==, 0);
	rap_results_free(results);
	g_assert_null(rap_similar(index, "b-talk/0000000002", &(RapRequest){ 0 }, &error));
	g_assert_error(error, RAP_ERROR, RAP_ERROR_NOT_FOUND);
	g_clear_error(&error);
	g_assert_null(rap_similar(index, "f-secret/0000000001", &(RapRequest){ 0 }, &error));
	g_assert_error(error, RAP_ERROR, RAP_ERROR_NOT_FOUND);
	g_clear_error(&error);
	g_assert_null(rap_similar(index, "b-talk/0000000001", &(RapRequest){ .text = "ferries" }, &error));
	g_assert_error(error, RAP_ERROR, RAP_ERROR_SYNTAX);
	rap_close(index);
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/duplicates/winnowing", test_winnowing);
	g_test_add_func("/duplicates/few-words", test_few_words);
	g_test_add_func("/duplicates/likeness", test_likeness);
	g_test_add_func("/duplicates/judged", test_judged);
	g_test_add_func("/duplicates/places", test_places);
	g_test_add_func("/duplicates/parts", test_parts);
	g_test_add_func("/duplicates/pages", test_pages);
	g_test_add_func("/duplicates/similar", test_similar);
	return g_test_run();
}
