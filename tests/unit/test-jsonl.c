/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-jsonl.c - collections: records, faults, and the quick reading of a line
 * against jansson's.
 */
#include "corpus/reader/jsonl/jsonl.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "corpus/error.h"
#include "corpus/reader/jsonl/jsonline.h"

static char *folder;

/* One line a record: "id|title|language|kind|speaker|panel|page|text", and "|slide|time" behind the page where it has them. */
static bool sink(struct document *doc, void *data, GError **error)
{
	GString *out = data;
	const struct passage *p = doc->passages->len ? document_passage(doc, 0) : NULL;

	if (!strcmp(doc->id, "stop")) {
		g_set_error_literal(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_IO, "stopped");
		return false;
	}
	g_autofree char *place = p && (p->slide || p->timed) ? g_strdup_printf("|%d|%u", p->slide, p->time_ms) : g_strdup("");
	g_string_append_printf(out, "%s|%s|%s|%s|%s|%s|%d%s|%.*s\n", doc->id, doc->title,
	                       doc->language ? doc->language : "", p ? kind_name(p->kind) : "",
	                       p && p->attribution.speaker >= 0 ? document_person(doc, p->attribution.speaker)->name : "",
	                       p && p->panel >= 0 ? document_panel(doc, p->panel)->title : "",
	                       p ? p->page : 0, place, (int)doc->text_bytes, doc->text);
	return true;
}

static char *read_bytes(const char *bytes, gsize len, corpus_warnings *w, GError **error)
{
	g_autofree char *path = g_build_filename(folder, "c.jsonl", NULL);
	GString *out = g_string_new(NULL);
	int fd;

	g_assert_true(g_file_set_contents(path, bytes, (gssize)len, NULL));
	fd = corpus_open(path, NULL);
	if (!jsonl_read(path, fd, NULL, w, NULL, sink, out, error))
		g_string_append(out, "FAILED\n");
	close(fd);
	g_unlink(path);
	return g_string_free(out, FALSE);
}

static void check(const char *lines, const char *expected, guint warnings)
{
	g_autoptr(GPtrArray) w = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *got = read_bytes(lines, strlen(lines), w, NULL);

	g_assert_cmpstr(got, ==, expected);
	g_assert_cmpuint(w->len, ==, warnings);
}

static void test_records(void)
{
	check("", "", 0);
	check("{\"id\":\"a/1\",\"title\":\"T\",\"text\":\"words\"}", "a/1|T||narrative|||0|words\n", 0);
	check("\xef\xbb\xbf{\"id\": 7, \"text\": \"say \\\"x\\\" \\u00e9\\ud83d\\ude00\"}\r\n\n  \n",
	      "7|7||narrative|||0|say \"x\" é😀\n", 0);
	check("{\"id\":\"1\",\"title\":\"Only a title\",\"text\":\"\"}\n", "1|Only a title||narrative|||0|Only a title\n", 0);
	check("{\"id\":\"1\",\"doc\":\"D\",\"text\":\"x\",\"speaker\":\"Ada Example\",\"panel\":\"Panel I\",\"page\":3}\n",
	      "1|D||speech|Ada Example|Panel I|3|x\n", 0);
	check("{\"id\":\"1\",\"text\":\"x\",\"speaker\":\"Ada Example\",\"kind\":\"quote\",\"language\":\"de\"}\n",
	      "1|1|de|quote|Ada Example||0|x\n", 0);
	check("{\"id\":\"1\",\"text\":\"x\",\"speaker\":\" \",\"kind\":\"speech\"}\n", "1|1||narrative|||0|x\n", 0);
	check("{\"id\":\"1\",\"text\":\"x\",\"speaker\":{\"name\":\"Ada Example\"},\"tags\":[1,2]}\n",
	      "1|1||speech|Ada Example||0|x\n", 0);
	check("{\"id\":\"1\",\"text\":\"x\",\"speaker\":[\"Ada Example\",\"Bo Sample\"]}\n", "1|1||narrative|||0|x\n", 0);
	check("{\"id\":\"1\",\"text\":\"x\",\"speaker\":\"Ada Example\",\"kind\":\"narrative\"}\n", "1|1||narrative|||0|x\n", 0);
}

static void test_places(void)
{
	check("{\"id\":\"1\",\"text\":\"x\",\"slide\":7,\"time\":62}\n", "1|1||narrative|||0|7|62000|x\n", 0);
	check("{\"id\":\"1\",\"text\":\"x\",\"time\":3723.5}\n", "1|1||narrative|||0|0|3723500|x\n", 0);
	check("{\"id\":\"1\",\"text\":\"x\",\"time\":\" 01:02:03.500\"}\n", "1|1||narrative|||0|0|3723500|x\n", 0);
	check("{\"id\":\"1\",\"text\":\"x\",\"time\":3723.5,\"tags\":[1]}\n", "1|1||narrative|||0|0|3723500|x\n", 0);
	check("{\"id\":\"1\",\"text\":\"one\\n\\ntwo\",\"page\":\"iv\",\"slide\":\"2\"}\n", "1|1||narrative|||0|2|0|one\n\ntwo\n", 0);
	check("{\"id\":\"1\",\"text\":\"x\",\"time\":-1}\n{\"id\":\"2\",\"text\":\"x\",\"time\":\"noon\",\"slide\":null}\n"
	      "{\"id\":\"3\",\"text\":\"x\",\"time\":1e300}\n",
	      "1|1||narrative|||0|x\n2|2||narrative|||0|x\n3|3||narrative|||0|x\n", 0);
}

/* A broken line loses itself only, and says so. */
static void test_faults(void)
{
	check("{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":\"2\",\"text\":\"y\n{\"id\":\"3\",\"text\":\"z\"}\n",
	      "1|1||narrative|||0|x\n3|3||narrative|||0|z\n", 1);
	check("{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":\"1\",\"text\":\"y\"}\n{\"text\":\"no id\"}\n{\"id\":\"4\"}\n[1]\n",
	      "1|1||narrative|||0|x\n", 4);
	check("{\"id\":\"1\",\"text\":\"caf\xe9\"}\n", "1|1||narrative|||0|café\n", 1);
}

static void test_all_broken(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *got = read_bytes("\n{\"id\":\"1\"\n{\"id\":\n", 18, NULL, &error);

	g_assert_cmpstr(got, ==, "FAILED\n");
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX);
	g_assert_nonnull(strstr(error->message, "c.jsonl': no line is a record: line 2 (byte 1): "));
}

static void test_warnings_are_bounded(void)
{
	g_autoptr(GString) lines = g_string_new("{\"id\":\"1\",\"text\":\"x\"}\n");

	for (guint i = 0; i < 1000; i++)
		g_string_append(lines, "{broken\n");
	check(lines->str, "1|1||narrative|||0|x\n", 21);
}

static void test_sink_stops(void)
{
	const char *lines = "{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":\"stop\",\"text\":\"x\"}\n{\"id\":\"2\",\"text\":\"x\"}\n";
	g_autoptr(GError) error = NULL;
	g_autofree char *got = read_bytes(lines, strlen(lines), NULL, &error);

	g_assert_cmpstr(got, ==, "1|1||narrative|||0|x\nFAILED\n");
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_IO);
}

/* Over the bound: passed over, counted as one line, the next one read. */
static void test_long_line(void)
{
	gsize len = CORPUS_LINE_MAX_BYTES + 3000000;
	GString *lines = g_string_sized_new(len + 200);
	g_autoptr(GPtrArray) w = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *got = NULL;

	g_string_append(lines, "{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":\"2\",\"text\":\"");
	while (lines->len < len)
		g_string_append(lines, "many words ");
	g_string_append(lines, "\"}\n{\"id\":\"3\",\"text\":\"z\"}\n{oops\n");
	got = read_bytes(lines->str, lines->len, w, NULL);
	g_assert_cmpstr(got, ==, "1|1||narrative|||0|x\n3|3||narrative|||0|z\n");
	g_assert_cmpuint(w->len, ==, 2);
	g_assert_nonnull(strstr(g_ptr_array_index(w, 0), "line 2 (byte 22): left out: longer than 16 MB"));
	g_assert_nonnull(strstr(g_ptr_array_index(w, 1), "line 4 "));
	g_string_free(lines, TRUE);
}

/* Many records: each arrives once, in order, across the buffer's borders; too
 * short to tell a language by, they have that of the collection. */
static void test_many(void)
{
	GString *lines = g_string_new(NULL), *expected = g_string_new(NULL);

	for (guint i = 0; i < 40000; i++) {
		g_string_append_printf(lines, "{\"id\":\"r%u\",\"text\":\"record %u of many \\n and more\"}\n", i, i);
		g_string_append_printf(expected, "r%u|r%u|en|narrative|||0|record %u of many \n and more\n", i, i, i);
	}
	check(lines->str, expected->str, 0);
	g_string_free(lines, TRUE);
	g_string_free(expected, TRUE);
}

static void compare(const char *s, gsize len)
{
	struct json_line quick, plain;
	bool a, b;

	json_line_init(&quick);
	json_line_init(&plain);
	a = json_line_read(&quick, s, len, NULL);
	b = json_line_read_plain(&plain, s, len, NULL);
	if (a != b)
		g_error("quick %d, jansson %d: %.*s", a, b, (int)len, s);
	for (int f = 0; a && f < N_JSON_FIELDS; f++) {
		struct json_slice x = quick.fields[f], y = plain.fields[f];

		if (!x.s != !y.s || x.len != y.len || (x.s && memcmp(x.s, y.s, x.len)))
			g_error("field %d differs: %.*s", f, (int)len, s);
	}
	json_line_clear(&quick);
	json_line_clear(&plain);
}

/* The quick way and jansson agree on what is JSON and on what it says. */
static void test_against_jansson(void)
{
	static const char *const parts[] = {
		"{", "}", "\"id\"", "\"text\"", "\"page\"", "\"x\"", ":", ",", " ", "\"\\n\\\"\"", "\"\\u00e9\"", "\"\\ud83d\\ude00\"",
		"\"\\ud83d\"", "\"\\u0000\"", "12", "-0", "-7", "01", "\"time\"", "1.5", "-0.0625", "12.", ".5", "999999999999999999.25", "1e3",
			"99999999999999999999", "true", "nul", "null",
		"[1]", "{\"name\":\"n\"}", "\"a\tb\"", "\"é\"", "\"\\x\"", "\"open",
	};
	static const char *const shapes[] = { "{\"id\":", "{\"text\": ", "{\"page\":", "{\"time\":", "{ \"role\" :", "{" };
	GRand *rand = g_rand_new_with_seed(5);

	for (guint round = 0; round < 30000; round++) {
		GString *line = g_string_new(shapes[g_rand_int_range(rand, 0, G_N_ELEMENTS(shapes))]);

		for (int n = g_rand_int_range(rand, 0, 7); n > 0; n--)
			g_string_append(line, parts[g_rand_int_range(rand, 0, G_N_ELEMENTS(parts))]);
		if (round % 4)
			g_string_append_c(line, '}');
		compare(line->str, line->len);
		g_string_free(line, TRUE);
	}
	g_rand_free(rand);
}

int main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("test-jsonl-XXXXXX", NULL);
	g_test_add_func("/jsonl/records", test_records);
	g_test_add_func("/jsonl/places", test_places);
	g_test_add_func("/jsonl/faults", test_faults);
	g_test_add_func("/jsonl/all-broken", test_all_broken);
	g_test_add_func("/jsonl/warnings-are-bounded", test_warnings_are_bounded);
	g_test_add_func("/jsonl/sink-stops", test_sink_stops);
	g_test_add_func("/jsonl/long-line", test_long_line);
	g_test_add_func("/jsonl/many", test_many);
	g_test_add_func("/jsonl/against-jansson", test_against_jansson);
	status = g_test_run();
	g_rmdir(folder);
	g_free(folder);
	return status;
}
