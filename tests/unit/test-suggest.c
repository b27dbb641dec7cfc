/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-suggest.c - suggestions: what is found by which beginnings, in which order; that each query finds as
 * much as is said; what is dead, restricted or held back; phrases; damage.
 */
#include "tests/unit/searching.h"

#include "indexer/suggestions.h"

/* --- a conference -------------------------------------------------------------------- */

static struct document *report(const char *id, guint state)
{
	struct made made = made_new(id, "Lights over the Estuary", "en");
	int angela = made_person(&made, "Angela Mokoena", "Minister", "Ministry of Harbours", "Kenya");
	int jose = made_person(&made, "José Ángel Brüggemann", NULL, "Lantern Union", NULL);
	int ministry = made_person(&made, "Ministry of Harbours", NULL, NULL, NULL);
	int panel = made_panel(&made, "Panel II", "Ferries and the freedom of movement");

	document_person(made.doc, ministry)->body = true;
	for (guint i = 0; i < 4; i++) {
		g_autofree char *text = g_strdup_printf("Number %u of %s: the freedom of movement, and then quiet harbour lamps; the ferry.", i, id);

		made_passage(&made, text, KIND_SPEECH, angela)->panel = panel;
	}
	made_passage(&made, "Quiet harbour lamps are cheap.", KIND_SPEECH, jose);
	made_passage(&made, "We light them.", KIND_AUTHORED, ministry);
	if (state) {
		int extra = made_person(&made, "Wilhelmina Extra", NULL, NULL, NULL);

		made_passage(&made, "A new gloomy gravel pit. A new gloomy gravel pit.", KIND_SPEECH, extra);
		made_passage(&made, "Another gloomy gravel pit.", KIND_SPEECH, extra);
		made_passage(&made, "That gloomy gravel pit again.", KIND_SPEECH, extra);
	}
	return made_take(&made);
}

static struct document *secret(void)
{
	struct made made = made_new("sealed", "Mokkasins under seal", "en");
	int zora = made_person(&made, "Moksha Geheim", NULL, "Siegelamt", NULL);

	made.doc->access = "restricted:board";
	for (guint i = 0; i < 5; i++)
		made_passage(&made, "The mokka sealing wax must not be told.", KIND_SPEECH, zora);
	return made_take(&made);
}

static RapIndex *conference(char **dir)
{
	struct writer *writer;

	*dir = index_dir();
	writer = writing(*dir);
	write_document(writer, report("report", 0));
	write_document(writer, secret());
	commit(writer);
	writer_close(writer);
	return opened(*dir, NULL);
}

/* --- asking ----------------------------------------------------------------------------- */

static RapSuggestions *suggested(RapIndex *index, const char *text, size_t n)
{
	g_autoptr(GError) error = NULL;
	RapSuggestions *suggestions = rap_suggest(index, text, n, &error);

	g_assert_no_error(error);
	g_assert_nonnull(suggestions);
	g_assert_cmpuint(suggestions->n_items, <=, n ? n : 10);
	return suggestions;
}

/* "person Angela Mokoena 4; ..." */
static char *listed(RapIndex *index, const char *text, size_t n)
{
	RapSuggestions *suggestions = suggested(index, text, n);
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < suggestions->n_items; i++)
		g_string_append_printf(out, "%s%s %s %zu", i ? "; " : "", rap_suggestion_kind_name(suggestions->items[i].kind),
		                       suggestions->items[i].text, suggestions->items[i].count);
	rap_suggestions_free(suggestions);
	return g_string_free(out, FALSE);
}

static void check(RapIndex *index, const char *text, const char *expected)
{
	g_autofree char *list = listed(index, text, 10);

	g_assert_cmpstr(list, ==, expected);
}

static void test_beginnings(void)
{
	char *dir;
	RapIndex *index = conference(&dir);

	check(index, "mok ang", "person Angela Mokoena 4");
	check(index, "ANGELA", "person Angela Mokoena 4; person José Ángel Brüggemann 1");	/* one letter too many */
	check(index, "jose", "person José Ángel Brüggemann 1");
	check(index, "bru", "person José Ángel Brüggemann 1");
	check(index, "Ángel", "person Angela Mokoena 4; person José Ángel Brüggemann 1");	/* what begins so comes first */
	check(index, "estu", "document Lights over the Estuary 6");
	check(index, "panel", "panel Panel II: Ferries and the freedom of movement - Lights over the Estuary 4");
	check(index, "ministry", "body Ministry of Harbours 5");
	check(index, "freedom", "phrase freedom of movement 4; panel Panel II: Ferries and the freedom of movement - Lights over the Estuary 4");
	check(index, "quiet", "phrase quiet harbour lamps 5");
	check(index, "xyzzy", "");
	check(index, "", "");
	check(index, " ,;-\"", "");
	check(index, "angela angela mok", "person Angela Mokoena 4");
	rap_close(index);
	index_free(dir);
}

static void test_typos(void)
{
	char *dir;
	RapIndex *index = conference(&dir);

	check(index, "makoena", "person Angela Mokoena 4");	/* another */
	check(index, "mkoena", "person Angela Mokoena 4");	/* missing */
	check(index, "mokkoena", "person Angela Mokoena 4");	/* too many */
	check(index, "mkooena", "person Angela Mokoena 4");	/* changed places */
	check(index, "mkoe", "person Angela Mokoena 4");	/* while typing */
	check(index, "mokoenaa", "person Angela Mokoena 4");
	check(index, "angelo mokoenx", "person Angela Mokoena 4");
	check(index, "mak", "");				/* too short for it */
	check(index, "nokoena", "");				/* the first letter */
	check(index, "mkkoexa", "");				/* two */
	check(index, "brugemann", "person José Ángel Brüggemann 1");
	rap_close(index);
	index_free(dir);
}

/* Of everything that begins with some letter: the query finds what is said. */
static void check_queries(RapIndex *index, const char *forbidden)
{
	for (char letter = 'a'; letter <= 'z'; letter++) {
		RapSuggestions *suggestions = suggested(index, (const char[]){ letter, '\0' }, 100);

		for (size_t i = 0; i < suggestions->n_items; i++) {
			const RapSuggestion *item = &suggestions->items[i];
			RapResults *results = asked(index, &(RapRequest){ .text = item->query, .exact_total = true, .limit = 1 });

			g_assert_cmpuint(results->total, ==, item->count);
			g_assert_true(!forbidden || !strstr(item->text, forbidden));
			rap_results_free(results);
		}
		rap_suggestions_free(suggestions);
	}
}

static void test_queries(void)
{
	char *dir;
	RapIndex *index = conference(&dir);

	check_queries(index, NULL);
	rap_close(index);
	index_free(dir);
}

/* Two passages are enough for what stands between different words, not for what one of them repeats of the other. */
static void test_few(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	struct made made = made_new("paper", "Paper", "en");
	RapIndex *index;

	made_passage(&made, "Every towpath keeper paints the sluice gates; most barge owners agree.", KIND_NARRATIVE, -1);
	made_passage(&made, "A towpath keeper never rests, and the sluice gates rust. Here is what barge owners want.", KIND_NARRATIVE, -1);
	made_passage(&made, "Yellow willow baskets carry eels to market.", KIND_NARRATIVE, -1);
	made_passage(&made, "Yellow willow baskets carry eels to market.", KIND_NARRATIVE, -1);
	write_document(writer, made_take(&made));
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	check(index, "towpath", "phrase towpath keeper 2");
	check(index, "keeper", "phrase towpath keeper 2");
	check(index, "barge", "phrase barge owners 2");
	check(index, "gates", "");		/* "the" before it each time */
	check(index, "willow", "");
	check(index, "eels", "");
	check_queries(index, NULL);
	rap_close(index);
	index_free(dir);
}

static void test_access(void)
{
	static const char *const groups[] = { "board", NULL };
	char *dir;
	RapIndex *index = conference(&dir);

	check(index, "mok", "person Angela Mokoena 4");
	check(index, "sea", "");
	check(index, "siegelamt", "");
	rap_close(index);
	index = opened(dir, groups);
	check(index, "mok", "person Moksha Geheim 5; document Mokkasins under seal 5; phrase mokka sealing wax 5; person Angela Mokoena 4");
	rap_close(index);
	index_free(dir);
}

/* --- segments ------------------------------------------------------------------------------ */

static struct document *bulk(void)
{
	struct made made = made_new("bulk", "Bulk", "en");

	for (guint i = 0; i < 5500; i++) {
		g_autofree char *text = g_strdup_printf("gravel number%u", i);

		made_passage(&made, text, KIND_NARRATIVE, -1);
	}
	return made_take(&made);
}

/* What was removed is not suggested, although its segment is there still; what is in several segments is added up. */
static void test_dead(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;

	write_document(writer, bulk());
	write_document(writer, report("one", 0));
	write_document(writer, report("two", 1));
	commit(writer);
	write_document(writer, report("three", 0));
	commit(writer);
	index = opened(dir, NULL);
	check(index, "mokoena", "person Angela Mokoena 12");
	check(index, "wilhelmina", "person Wilhelmina Extra 3");
	check(index, "gloomy", "phrase gloomy gravel pit 3");
	writer_remove(writer, "two");
	commit(writer);
	check(index, "mokoena", "person Angela Mokoena 8");
	check(index, "wilhelmina", "");
	check(index, "gloomy", "");
	check(index, "ministry", "body Ministry of Harbours 10");
	write_document(writer, report("one", 0));
	commit(writer);
	check(index, "mokoena", "person Angela Mokoena 8");
	check(index, "estuary", "document Lights over the Estuary 6; document Lights over the Estuary 6");
	writer_close(writer);
	rap_close(index);
	index_free(dir);
}

/* A small index suggests the same however it came about. */
static void test_history(void)
{
	static const char *const texts[] = { "a", "f", "q", "h", "m", "l", "p", "gloomy" };
	char *dirs[2] = { index_dir(), index_dir() };
	RapIndex *index[2];

	for (guint d = 0; d < 2; d++) {
		struct writer *writer = writing(dirs[d]);

		for (guint i = 0; i < 6; i++) {
			guint number = d ? 5 - i : i;
			g_autofree char *id = g_strdup_printf("report-%u", number);

			write_document(writer, report(id, number % 2));
			if (d)
				commit(writer);
		}
		commit(writer);
		writer_close(writer);
		index[d] = opened(dirs[d], NULL);
	}
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *a = listed(index[0], texts[i], 100), *b = listed(index[1], texts[i], 100);

		g_assert_cmpstr(a, ==, b);
	}
	for (guint d = 0; d < 2; d++) {
		check_queries(index[d], NULL);
		rap_close(index[d]);
		index_free(dirs[d]);
	}
}

/* --- phrases ---------------------------------------------------------------------------------- */

static void find_phrase(const struct phrase *phrase, void *data)
{
	g_string_append_printf(data, "%s %u; ", phrase->text, phrase->count);
}

static void test_phrases(void)
{
	struct phrases *phrases = phrases_new();
	g_autoptr(Analysis) analysis = analysis_new();
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	g_autoptr(GString) found = g_string_new(NULL);
	static const char text[] = "Rule of law. Rule, of law; the rule of 7 laws and of ____ law rule.";

	for (guint i = 0; i < 5; i++) {
		g_array_set_size(tokens, 0);
		analysis_tokens(analysis, "en", text, strlen(text), tokens);
		phrases_add(phrases, text, tokens, i);
	}
	phrases_each(phrases, find_phrase, found);
	g_assert_cmpstr(found->str, ==, "rule of law 5; law rule 5; ");
	phrases_free(phrases);
}

/* However many there are, the frequent ones are found, and nothing grows beyond its bound. */
static void test_many_phrases(void)
{
	struct phrases *phrases = phrases_new();
	g_autoptr(Analysis) analysis = analysis_new();
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	g_autoptr(GString) found = g_string_new(NULL);

	for (guint i = 0; i < 12000; i++) {
		g_autoptr(GString) text = g_string_new("harbour light ");

		for (guint j = 0; j < 30; j++)
			g_string_append_printf(text, "w%c%c%c%c ", 'a' + (int)((i * 30 + j) / 17576 % 26), 'a' + (int)((i * 30 + j) / 676 % 26),
			                       'a' + (int)((i * 30 + j) / 26 % 26), 'a' + (int)((i * 30 + j) % 26));
		g_array_set_size(tokens, 0);
		analysis_tokens(analysis, "en", text->str, text->len, tokens);
		phrases_add(phrases, text->str, tokens, i);
		analysis_trim(analysis);
	}
	phrases_each(phrases, find_phrase, found);
	g_assert_cmpstr(found->str, ==, "harbour light 12000; ");
	phrases_free(phrases);
}

/* --- damage --------------------------------------------------------------------------------------- */

static void use(const char *dir)
{
	struct suggestions *file = suggestions_open(dir, NULL);
	g_autofree guint64 *all = NULL, *first = NULL;

	if (!file)
		return;
	all = g_new0(guint64, suggestions_count(file) / 64 + 1);
	first = g_new0(guint64, suggestions_count(file) / 64 + 1);
	suggestions_mark(file, "m", false, false, all, first);
	suggestions_mark(file, "angela", true, false, all, first);
	suggestions_mark(file, "makoena", false, true, all, NULL);
	for (guint32 i = 0; i <= suggestions_count(file); i++) {
		struct suggestion entry;

		if (suggestions_get(file, i, &entry))
			g_assert_cmpuint(strlen(entry.text) + strlen(entry.id), <, 100000);
	}
	suggestions_close(file);
}

static void put(const char *path, const char *bytes, gsize len)
{
	g_unlink(path);
	g_assert_true(g_file_set_contents_full(path, bytes, (gssize)len, G_FILE_SET_CONTENTS_NONE, 0666, NULL));
}

static void test_damage(void)
{
	char *dir = index_dir();
	g_autofree char *path = g_build_filename(dir, SUGGESTIONS_FILE, NULL), *bytes = NULL;
	g_autoptr(Analysis) analysis = analysis_new();
	struct suggestions_maker *maker = suggestions_maker_new(analysis);
	struct document *doc = report("report", 1);
	GError *error = NULL;
	gsize len;

	for (guint i = 0; i < doc->passages->len; i++)
		suggestions_maker_add(maker, doc, document_passage(doc, i));
	g_assert_true(suggestions_maker_write(maker, dir, &error));
	suggestions_maker_free(maker);
	document_free(doc);
	g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	use(dir);
	for (gsize i = 0; i < len; i++) {
		char was = bytes[i];

		bytes[i] = (char)(was ^ (i % 2 ? 0xff : 1 << i % 8));
		put(path, bytes, len);
		use(dir);
		bytes[i] = was;
	}
	for (gsize cut = 0; cut < len; cut += 7) {
		put(path, bytes, cut);
		g_assert_null(suggestions_open(dir, &error));
		g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT);
		g_clear_error(&error);
	}
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/suggest/beginnings", test_beginnings);
	g_test_add_func("/suggest/few", test_few);
	g_test_add_func("/suggest/typos", test_typos);
	g_test_add_func("/suggest/queries", test_queries);
	g_test_add_func("/suggest/access", test_access);
	g_test_add_func("/suggest/dead", test_dead);
	g_test_add_func("/suggest/history", test_history);
	g_test_add_func("/suggest/phrases", test_phrases);
	g_test_add_func("/suggest/many-phrases", test_many_phrases);
	g_test_add_func("/suggest/damage", test_damage);
	return g_test_run();
}
