/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-snippet.c - snippets, as a table (the text with its marks in braces,
 * the length, what is shown with the marks that remain), and their properties
 * on made-up texts.
 */
#include "searcher/snippet.h"

#include <string.h>

#define MAX_MARKS 256

/* --- the table ------------------------------------------------------------------ */

static const struct {
	const char *text;	/* {a} is a match of leaf 0, [b] one of leaf 1 */
	guint max_chars;
	const char *shown;
} cases[] = {
	/* Without marks the beginning, in whole sentences. */
	{ "One two. Three four. Five six.", 22, "One two. Three four." },
	{ "  \n One two.  ", 40, "One two." },
	{ "", 10, "" },
	{ " \n\t ", 10, "" },
	/* The sentence that matches, with what fits beside it. */
	{ "One two three. Four {five}. Six. Seven eight nine.", 17, "Four {five}. Six." },
	/* Different leaves first, then more matches, then nearness, then the earliest. */
	{ "{A} {a} {a} xxxx. Bbbbb bbbbb. Then {a} and [b].", 17, "Then {a} and [b]." },
	{ "Now {a} here. Then {a} and {a}. End it now.", 17, "Then {a} and {a}." },
	{ "Now {a} here. Bbbbbbbbbbbbb. Now {a} here.", 13, "Now {a} here." },
	/* No sentence ends here. */
	{ "Mr. Lind said {so}. Other words follow now.", 20, "Mr. Lind said {so}." },
	{ "H.E. Ana B. Lind paid 3.2 million, e.g. to {us}. More words, many.", 48,
	  "H.E. Ana B. Lind paid 3.2 million, e.g. to {us}." },
	{ "It was No. 7 of {them}. More words stand here.", 24, "It was No. 7 of {them}." },
	{ "\"Is it {so}?\" asked Lind. More words stand here.", 26, "\"Is it {so}?\" asked Lind." },
	{ "A stop\n\nB {stop}", 9, "B {stop}" },
	/* Quotes belong to their sentence, and so does the number of a note. */
	{ "He said: \"We {sleep}.\" They did not sleep.", 22, "He said: \"We {sleep}.\"" },
	{ "He said: “We {sleep}.” They did not sleep.", 22, "He said: “We {sleep}.”" },
	{ "He left the {hall}.3 They stayed on.", 22, "He left the {hall}.3" },
	/* CJK: no blank behind a full stop; cuts between any two. */
	{ "夜行列車。{寝台}車！席。", 6, "{寝台}車！席。" },
	{ "夜行列車夜行列車{寝台}車席車席車席", 6, "列車{寝台}車席" },
	/* A sentence that is too long: words around the cluster. */
	{ "aaaa bbbb cccc dddd {eeee} ffff gggg hhhh iiii.", 16, "dddd {eeee} ffff" },
	{ "aaaa {bbbb} cccc dddd eeee ffff gggg hhhh iiii.", 16, "aaaa {bbbb} cccc" },
	{ "aaaa bbbb cccc dddd eeee ffff gggg {hhhh} iiii.", 16, "gggg {hhhh} iiii." },
	{ "aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii.", 16, "aaaa bbbb cccc" },
	/* A mark longer than the snippet, a word longer than the snippet. */
	{ "x {aaaa bbbb cccc dddd} y", 11, "x {aaaa bbbb}" },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 10, "aaaaaaaaaa" },
	/* Characters, not bytes; nothing is torn off its accents. */
	{ "éééé {éé} éé. éé.", 13, "éééé {éé} éé." },
	{ "e\xcc\x81" "e\xcc\x81" "e\xcc\x81" "e\xcc\x81", 5, "e\xcc\x81" "e\xcc\x81" },
	/* Lower case goes on: no sentence ended. */
	{ "The so-called abt. of rails {went} on.", 40, "The so-called abt. of rails {went} on." },
};

/* Takes the braces out. */
static guint
read_marks(const char *marked, GString *text, struct mark *marks)
{
	guint n = 0;

	for (; *marked; marked++) {
		if (*marked == '{' || *marked == '[')
			marks[n] = (struct mark){ (guint32)text->len, 0, *marked == '[' };
		else if (*marked == '}' || *marked == ']')
			marks[n++].end = (guint32)text->len;
		else
			g_string_append_c(text, *marked);
	}
	return n;
}

static guint
leaf_at(const struct mark *marks, guint n, guint32 at)
{
	for (guint i = 0; i < n; i++)
		if (marks[i].start <= at && at < marks[i].end)
			return marks[i].leaf;
	g_assert_not_reached();
}

static char *
write_marks(const char *text, const GArray *segments, const struct mark *marks, guint n)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < segments->len; i++) {
		const struct snippet_piece *s = &g_array_index(segments, struct snippet_piece, i);
		bool second = s->match && leaf_at(marks, n, s->start) == 1;

		g_string_append(out, !s->match ? "" : second ? "[" : "{");
		g_string_append_len(out, text + s->start, (gssize)(s->end - s->start));
		g_string_append(out, !s->match ? "" : second ? "]" : "}");
	}
	return g_string_free(out, FALSE);
}

static void
test_cases(void)
{
	static const double weights[] = { 1, 1 };

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		struct mark marks[MAX_MARKS];
		guint n = read_marks(cases[i].text, text, marks);
		GArray *segments = g_array_new(FALSE, FALSE, sizeof(struct snippet_piece));

		snippet_build(text->str, text->len, marks, n, weights, 2, cases[i].max_chars, segments);
		g_autofree char *shown = write_marks(text->str, segments, marks, n);
		g_assert_cmpstr(shown, ==, cases[i].shown);
		g_array_free(segments, TRUE);
	}
}

/* --- properties ------------------------------------------------------------------------ */

static const char *const pieces[] = {
	"rail", "night train", "Dr.", "berth. ", "! ", " ", "\n", "\n\n", "寝台", "。", "é", "e\xcc\x81", "3.2",
	"a", "\"", "” ", "...", "… ", "U.S. ", "B", "-", "(x) ", "\xe3\x80\x80",
};

static void
make_text(GRand *rand, GString *text)
{
	gint32 n = g_rand_int_range(rand, 0, 60);

	for (gint32 i = 0; i < n; i++)
		g_string_append(text, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
}

static guint
make_marks(GRand *rand, const GString *text, struct mark *marks)
{
	guint n = 0;
	const char *p = text->str;

	while (*p && n < MAX_MARKS) {
		const char *next = g_utf8_next_char(p);
		if (g_rand_int_range(rand, 0, 8) == 0) {
			gint32 more = g_rand_int_range(rand, 0, 6);
			while (more-- > 0 && *next)
				next = g_utf8_next_char(next);
			marks[n++] = (struct mark){ (guint32)(p - text->str), (guint32)(next - text->str),
			                            (guint)g_rand_int_range(rand, 0, 3) };
		}
		p = next;
	}
	return n;
}

static bool
is_visible(const GString *text)
{
	for (const char *p = text->str; *p; p = g_utf8_next_char(p))
		if (!g_unichar_isspace(g_utf8_get_char(p)) && !g_unichar_ismark(g_utf8_get_char(p)))
			return true;
	return false;
}

static bool
has_match(const GArray *segments, guint32 from, guint32 to)
{
	for (guint i = 0; i < segments->len; i++) {
		const struct snippet_piece *s = &g_array_index(segments, struct snippet_piece, i);
		if (s->match && s->start == from && s->end == to)
			return true;
	}
	return false;
}

/* In order and touching; the matches are the marks, clipped to what is in view. */
static void
check_segments(const GArray *segments, const struct mark *marks, guint n)
{
	guint32 start = g_array_index(segments, struct snippet_piece, 0).start, at = start;
	guint matches = 0;

	for (guint i = 0; i < segments->len; i++) {
		const struct snippet_piece *s = &g_array_index(segments, struct snippet_piece, i);
		g_assert_cmpuint(s->start, ==, at);
		g_assert_cmpuint(s->end, >, s->start);
		matches += s->match;
		at = s->end;
	}
	for (guint i = 0; i < n; i++) {
		guint32 from = MAX(marks[i].start, start), to = MIN(marks[i].end, at);
		if (from >= to)
			continue;
		g_assert_true(has_match(segments, from, to));
		matches--;
	}
	g_assert_cmpuint(matches, ==, 0);
}

static void
check_ends(const GString *text, const GArray *segments, guint max_chars)
{
	guint32 start = g_array_index(segments, struct snippet_piece, 0).start;
	guint32 end = g_array_index(segments, struct snippet_piece, segments->len - 1).end;
	g_autofree char *shown = g_strndup(text->str + start, end - start);
	gunichar last;

	g_assert_true(g_utf8_validate(shown, -1, NULL));
	g_assert_cmpuint(end, <=, text->len);
	last = g_utf8_get_char(g_utf8_find_prev_char(shown, shown + strlen(shown)));
	g_assert_false(g_unichar_isspace(g_utf8_get_char(shown)));
	g_assert_false(g_unichar_isspace(last));
	g_assert_false(start > 0 && g_unichar_ismark(g_utf8_get_char(shown)));
	g_assert_false(g_unichar_ismark(g_utf8_get_char(text->str + end)));
	g_assert_cmpint(g_utf8_strlen(shown, -1), <=, max_chars);
}

static void
test_properties(void)
{
	static const double weights[] = { 0.5, 2, 1 };
	GRand *rand = g_rand_new_with_seed(20231012);

	for (int round = 0; round < 10000; round++) {
		g_autoptr(GString) text = g_string_new(NULL);
		struct mark marks[MAX_MARKS];
		GArray *segments = g_array_new(FALSE, FALSE, sizeof(struct snippet_piece));
		GArray *again = g_array_new(FALSE, FALSE, sizeof(struct snippet_piece));
		guint max_chars = (guint)g_rand_int_range(rand, 3, 120), n;

		make_text(rand, text);
		n = make_marks(rand, text, marks);
		snippet_build(text->str, text->len, marks, n, weights, 3, max_chars, segments);
		snippet_build(text->str, text->len, marks, n, weights, 3, max_chars, again);
		g_assert_cmpmem(segments->data, segments->len * sizeof(struct snippet_piece),
		                again->data, again->len * sizeof(struct snippet_piece));
		if (is_visible(text))
			g_assert_cmpuint(segments->len, >, 0);
		if (segments->len > 0) {
			check_segments(segments, marks, n);
			check_ends(text, segments, max_chars);
		}
		g_array_free(segments, TRUE);
		g_array_free(again, TRUE);
	}
	g_rand_free(rand);
}

/* --- time ----------------------------------------------------------------------------------- */

static void
test_linear(void)
{
	static const char *const bad[] = { ".", ". ", "\n", "a. ", "?\"\"", "e.g.", "\xcc\x81", " ", "a", "…" };
	static const double weights[] = { 1 };

	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GString) text = g_string_new("a");
		GArray *segments = g_array_new(FALSE, FALSE, sizeof(struct snippet_piece));
		struct mark mark = { 0, 1, 0 };
		gint64 start = g_get_monotonic_time();

		while (text->len < 500000)
			g_string_append(text, bad[i]);
		snippet_build(text->str, text->len, &mark, 1, weights, 1, 240, segments);
		g_assert_cmpint(g_get_monotonic_time() - start, <, 2 * G_USEC_PER_SEC);
		g_assert_cmpuint(segments->len, >, 0);
		g_array_free(segments, TRUE);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/snippet/cases", test_cases);
	g_test_add_func("/snippet/properties", test_properties);
	g_test_add_func("/snippet/linear", test_linear);
	return g_test_run();
}
