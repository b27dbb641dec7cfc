/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-query.c - the query language, as a table: what was typed, the tree, the
 * interpretation, and a piece of each warning. And its properties: reading the
 * interpretation again gives the same tree; limits hold; time is linear.
 *
 * Trees are written as (KID KID ...), each kid with + for MUST, - for
 * MUST_NOT, nothing for SHOULD; words bare, "phrases", wild*, field=value,
 * field=from..to, {a 5 b} for near.
 */
#include "searcher/query.h"

#include <string.h>

/* --- the tree in words ------------------------------------------------------------ */

static void dump(const struct query_node *node, GString *out)
{
	static const char *const marks[] = { "", "+", "-" };

	g_string_append(out, marks[node->occur]);
	switch (node->type) {
	case QUERY_WORD: g_string_append(out, node->text); break;
	case QUERY_PHRASE: g_string_append_printf(out, "\"%s\"", node->text); break;
	case QUERY_WILDCARD: g_string_append_printf(out, "%s*", node->text); break;
	case QUERY_FIELD:
		g_string_append_printf(out, "%s=%s", node->field->name, node->text);
		if (node->upper)
			g_string_append_printf(out, "..%s", node->upper);
		break;
	default:
		g_string_append_c(out, node->type == QUERY_NEAR ? '{' : '(');
		for (guint i = 0; i < node->kids->len; i++) {
			if (i > 0 && node->type == QUERY_NEAR)
				g_string_append_printf(out, " %u", node->distance);
			g_string_append(out, i ? " " : "");
			dump(g_ptr_array_index(node->kids, i), out);
		}
		g_string_append_c(out, node->type == QUERY_NEAR ? '}' : ')');
	}
}

static char *tree_of(const struct query *query)
{
	GString *out = g_string_new(NULL);

	dump(query->root, out);
	return g_string_free(out, FALSE);
}

/* --- the table ------------------------------------------------------------------------ */

static const struct {
	const char *query, *tree;
	const char *said;		/* NULL: the query as it stands */
	const char *warnings[3];	/* a piece of each */
} cases[] = {
	{ "night train", "(night train)", NULL, { NULL } },
	{ "What is a berth?", "(What is a berth?)", NULL, { NULL } },
	{ "EU-Turkey re-use 3-5 o'clock", "(EU-Turkey re-use 3-5 o'clock)", NULL, { NULL } },
	{ "+night -freight train", "(+night -freight train)", NULL, { NULL } },
	{ "a - b + c", "(a b c)", "a b c", { NULL } },
	{ "a -- b", "(a b)", "a b", { NULL } },
	{ "-freight", "(-freight)", NULL,
	  { "The query only says what must not be there: ever" } },
	{ "night AND train", "(+night +train)", "+night +train", { NULL } },
	{ "night AND train OR bus", "((+night +train) bus)", "(+night +train) bus", { NULL } },
	{ "a b OR c d", "(a (b c) d)", "a (b OR c) d", { NULL } },
	{ "a OR b", "(a b)", "a b", { NULL } },
	{ "\"a b\" OR \"c d\"", "(\"a b\" \"c d\")", NULL, { NULL } },
	{ "(\"a b\" OR c) d", "((\"a b\" c) d)", NULL, { NULL } },
	{ "(a OR b) (c OR d)", "((a b) (c d))", NULL, { NULL } },
	{ "NOT bus train", "(-bus train)", "-bus train", { NULL } },
	{ "bus AND NOT train", "(+bus -train)", "+bus -train", { NULL } },
	{ "a OR NOT b", "(-b a)", "-b a",
	  { "NOT inside an OR counts for the whole: what it n" } },
	{ "night AND", "(night)", "night",
	  { "'AND' has nothing to join here and was left out." } },
	{ "OR night", "(night)", "night",
	  { "'OR' has nothing to join here and was left out. " } },
	{ "NOT", "()", "",
	  { "'NOT' has nothing to join here and was left out." } },
	{ "a and b or not c", "(a and b or not c)", NULL, { NULL } },
	{ "\"night train\" berth", "(+\"night train\" berth)", NULL, { NULL } },
	{ "\"night train", "(+\"night train\")", "\"night train\"",
	  { "A quotation mark is not closed: the phrase was r" } },
	{ "“night train” „Nacht Zug“ «train de nuit» ＂x y＂", "(+\"night train\" +\"Nacht Zug\" +\"train de nuit\" +\"x y\")",
		"\"night train\" \"Nacht Zug\" \"train de nuit\" \"x y\"", { NULL } },
	{ "say \"\" nothing", "(say nothing)", "say nothing", { NULL } },
	{ "(a b", "(a b)", "a b",
	  { "A parenthesis is not closed: it was closed at th" } },
	{ "a) b", "(a b)", "a b",
	  { "A parenthesis closes that was never opened: it w" } },
	{ "((a) (b c))", "(a (b c))", "a (b OR c)", { NULL } },
	{ "()", "()", "", { NULL } },
	{ "a near/5 b", "(+{a 5 b})", NULL, { NULL } },
	{ "a NEAR/2 \"b c\" near/2 wor*", "(+{a 2 \"b c\" 2 wor*})", "a near/2 \"b c\" near/2 wor*", { NULL } },
	{ "-a near/3 b c", "(-{a 3 b} c)", "-(a near/3 b) c", { NULL } },
	{ "a near/ b", "(+{a 10 b})", "a near/10 b",
	  { "near/ has no number behind it: within 10 words w" } },
	{ "a near/500 b", "(+{a 100 b})", "a near/100 b",
	  { "near/ reaches 100 words at most: that was taken." } },
	{ "a near/2 b near/7 c", "(+{a 7 b 7 c})", "a near/7 b near/7 c",
	  { "A chain of near/ has one distance: near/7 was ta" } },
	{ "near/3 a", "(a)", "a",
	  { "near/ stands between two words or phrases: here " } },
	{ "a near/3 (b c)", "(a (b c))", "a (b OR c)",
	  { "near/3 joins words and phrases only and was left" } },
	{ "carr*", "(carr*)", NULL, { NULL } },
	{ "ca*", "(ca)", "ca",
	  { "A star needs at least 3 letters before it: 'ca*'" } },
	{ "*berth", "(berth)", "berth",
	  { "A star stands only at the end of a plain word: '" } },
	{ "be*rth", "(berth)", "berth",
	  { "A star stands only at the end of a plain word: '" } },
	{ "\"carr*\"", "(+\"carr*\")", NULL,
	  { "A star means nothing inside quotation marks: \"ca" } },
	{ "speaker:lind rail", "(+speaker=lind rail)", NULL, { NULL } },
	{ "speaker:\"Ana Lind\" org:ferry", "(+speaker=Ana Lind +organisation=ferry)", "speaker:\"Ana Lind\" organisation:ferry", { NULL } },
	{ "speaker:lind speaker:okeke", "(speaker=lind speaker=okeke)", "speaker:lind OR speaker:okeke", { NULL } },
	{ "+speaker:lind +speaker:okeke", "(+speaker=lind +speaker=okeke)", NULL, { NULL } },
	{ "speaker:lind,okeke", "(speaker=lind speaker=okeke)", "speaker:lind OR speaker:okeke", { NULL } },
	{ "kind:quote,speech -kind:slide", "(+(kind=quote kind=speech) -kind=slide)", NULL, { NULL } },
	{ "KIND:Quote", "(+kind=quote)", "kind:quote", { NULL } },
	{ "kind:opera berth", "(berth)", "berth",
	  { "'opera' is no kind and was left out; it takes qu" } },
	{ "-(speaker:lind OR speaker:okeke) x", "(-(speaker=lind speaker=okeke) x)", NULL, { NULL } },
	{ "speaker:", "(speaker)", "speaker",
	  { "'speaker:' has nothing behind it and was read as" } },
	{ "speaker: lind", "(speaker lind)", "speaker lind",
	  { "'speaker:' has nothing behind it and was read as" } },
	{ "date:2017-10-01..2017-10-31", "(+date=2017-10-01..2017-10-31)", NULL, { NULL } },
	{ "year:2019..2017", "(+year=2017..2019)", "year:2017..2019",
	  { "The range 2019..2017 runs backwards and was turn" } },
	{ "date:..2017 page:3..5 page:007", "(+date=..2017 +(page=3..5 page=7))", "date:..2017 (page:3..5 OR page:7)", { NULL } },
	{ "date:october", "()", "",
	  { "'october' is no date and was left out; it takes " } },
	{ "lang:EN lang:english", "(+language=en)", "language:en",
	  { "'english' is no language and was left out; it ta" } },
	{ "doc:report* x", "(+document=report x)", "document:report x",
	  { "A star stands only at the end of a plain word: '" } },
	{ "foo:bar", "(foo:bar)", NULL,
	  { "'foo:' is no field, so 'foo:bar' was read as tex" } },
	{ "12:30 http://example.org/a?b=c Note: x", "(12:30 http://example.org/a?b=c Note: x)", NULL, { NULL } },
	{ "-(-a)", "(+a)", "+a", { NULL } },
	{ "-(-a b)", "(-(-a b))", NULL,
	  { "The query only says what must not be there: ever" } },
	{ "(-a) b", "(-a b)", "-a b", { NULL } },
	{ "(speaker:a \"b c\") d", "(+(+speaker=a +\"b c\") d)", NULL, { NULL } },
	{ "(+a b) OR (c AND d)", "((+a b) (+c +d))", "(+a b) (+c +d)", { NULL } },
	{ "a ---b +-c", "(a -b +c)", "a -b +c", { NULL } },
	{ "State(s) (s)", "(State s s)", "State s s", { NULL } },
	{ "*", "()", "", { NULL } },
	{ "& § -", "()", "", { NULL } },
	{ "a　b（c d）", "(a b (c d))", "a b (c OR d)", { NULL } },
	{ "-kind:opera berth", "(berth)", "berth",
	  { "'opera' is no kind and was left out; it takes qu" } },
	{ "NOT \"\" berth", "(berth)", "berth", { NULL } },
	{ "a -& b", "(a b)", "a b", { NULL } },
};

static void check_warnings(const struct query *query, const char *const *expected, const char *text)
{
	guint n = 0;

	while (n < 3 && expected[n])
		n++;
	for (guint i = 0; i < query->warnings->len; i++) {
		const char *warning = g_ptr_array_index(query->warnings, i);
		gsize len = strlen(warning);

		if (i >= n || !strstr(warning, expected[i]))
			g_error("'%s': unexpected warning: %s", text, warning);
		g_assert_cmpuint(len, >, 20);
		g_assert_cmpint(warning[len - 1], ==, '.');
	}
	g_assert_cmpuint(query->warnings->len, ==, n);
}

static void test_cases(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Query) query = query_parse(cases[i].query);
		g_autofree char *tree = tree_of(query);
		g_autofree char *said = query_interpretation(query);
		g_autoptr(Query) again = query_parse(said);
		g_autofree char *tree_again = tree_of(again);

		g_test_message("%s", cases[i].query);
		g_assert_cmpstr(tree, ==, cases[i].tree);
		g_assert_cmpstr(said, ==, cases[i].said ? cases[i].said : cases[i].query);
		g_assert_cmpstr(tree_again, ==, tree);
		check_warnings(query, cases[i].warnings, cases[i].query);
	}
}

/* --- filters ---------------------------------------------------------------------------- */

static void check_said(const struct query *query, const char *tree, const char *said)
{
	g_autofree char *real_tree = tree_of(query), *real_said = query_interpretation(query);

	g_assert_cmpstr(real_tree, ==, tree);
	g_assert_cmpstr(real_said, ==, said);
}

static void test_filters(void)
{
	g_autoptr(Query) query = query_parse("\"a b\" OR c");
	struct query_node *node;

	node = query_add_filter(query, field_find("speaker", 7), "Okeke, \"Tom\"");
	g_assert_cmpint(node->occur, ==, QUERY_MUST);
	check_said(query, "((\"a b\" c) +speaker=Okeke, Tom)", "(\"a b\" OR c) speaker:\"Okeke, Tom\"");
	g_assert_true(node == query_add_filter(query, field_find("speaker", 7), "Lind"));
	g_assert_cmpint(node->occur, ==, QUERY_MUST);
	check_said(query, "((\"a b\" c) +(speaker=Okeke, Tom speaker=Lind))",
	           "(\"a b\" OR c) (speaker:\"Okeke, Tom\" OR speaker:Lind)");
	g_assert_nonnull(query_add_filter(query, field_find("DATE", 4), "..2017"));
	g_assert_nonnull(query_add_filter(query, field_find("kind", 4), "quote,Speech"));
	check_said(query, "((\"a b\" c) +(speaker=Okeke, Tom speaker=Lind) +date=..2017 +(kind=quote kind=speech))",
	           "(\"a b\" OR c) (speaker:\"Okeke, Tom\" OR speaker:Lind) date:..2017 kind:quote,speech");
	g_assert_null(query_add_filter(query, field_find("kind", 4), "opera"));
	g_assert_null(query_add_filter(query, field_find("page", 4), ".."));
	g_assert_null(query_add_filter(query, field_find("panel", 5), " \t"));
	g_assert_cmpuint(query->warnings->len, ==, 3);
}

/* What the query says of a field, a filter narrows. */
static void test_filter_beside_field(void)
{
	g_autoptr(Query) query = query_parse("rail speaker:lind");

	query_add_filter(query, field_find("speaker", 7), "okeke");
	check_said(query, "(rail +speaker=lind +speaker=okeke)", "rail +speaker:lind +speaker:okeke");
	g_assert_false(query_node_filters(query->root));
	g_assert_true(query_node_filters(g_ptr_array_index(query->root->kids, 1)));
}

static void test_filters_alone(void)
{
	g_autoptr(Query) query = query_parse("");

	check_said(query, "()", "");
	query_add_filter(query, field_find("lang", 4), "en,fr");
	check_said(query, "(+(language=en language=fr))", "language:en,fr");
	g_assert_true(query_node_filters(query->root));
}

/* --- limits -------------------------------------------------------------------------------- */

static unsigned count_leaves(const struct query_node *node, unsigned depth)
{
	unsigned n = 0;

	g_assert_cmpuint(depth, <=, QUERY_MAX_DEPTH + 1);
	for (guint i = 0; node->kids && i < node->kids->len; i++)
		n += count_leaves(g_ptr_array_index(node->kids, i), depth + 1);
	return node->kids ? n : 1;
}

static char *repeated(const char *piece, unsigned times)
{
	GString *out = g_string_new(NULL);

	for (unsigned i = 0; i < times; i++)
		g_string_append(out, piece);
	return g_string_free(out, FALSE);
}

/* Each of these once took, or could take, quadratic time or deep recursion. */
static void test_pathological(void)
{
	static const char *const pieces[] = {
		"(", ")", "((a b) ", "(a OR (b ", "\"", "-(", "NOT ", "a* ", "*a", "*.", "a near/3 ", "speaker:a ",
		"kind:quote,", "a AND ", "a OR ", "+", "- ", "foo:bar ", "date:2017.. ", "\xff", "„", "a",
		"speaker:a OR (+b -", "\"x\" OR (",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autofree char *text = repeated(pieces[i], 30000);
		gint64 start = g_get_monotonic_time();
		g_autoptr(Query) query = query_parse(text);
		g_autofree char *said = query_interpretation(query);
		g_autoptr(Query) again = query_parse(said);
		g_autofree char *tree = tree_of(query), *tree_again = tree_of(again);

		g_assert_cmpuint(count_leaves(query->root, 0), <=, QUERY_MAX_LEAVES);
		g_assert_cmpstr(tree, ==, tree_again);
		g_assert_cmpint(g_get_monotonic_time() - start, <, 2 * G_USEC_PER_SEC);
	}
}

static void test_too_long(void)
{
	g_autofree char *words = repeated("rail ", 2000), *text = repeated("abcdefghij ", 1500);
	g_autoptr(Query) many = query_parse(words);
	g_autoptr(Query) large = query_parse(text);

	g_assert_cmpuint(many->root->kids->len, ==, QUERY_MAX_LEAVES);
	g_assert_cmpuint(many->warnings->len, ==, 1);
	g_assert_cmpuint(large->root->kids->len, ==, QUERY_MAX_LEAVES);
}

/* --- fields --------------------------------------------------------------------------------- */

static void test_fields(void)
{
	for (int i = 0; i < N_FIELDS; i++) {
		g_autoptr(Query) query = query_parse(fields[i].example);
		g_autofree char *said = query_interpretation(query);
		g_autofree char *start = g_strdup_printf("%s:", fields[i].name);

		g_assert_cmpint((int)fields[i].id, ==, i);
		g_assert_true(field_find(fields[i].name, strlen(fields[i].name)) == &fields[i]);
		g_assert_true(g_str_has_prefix(fields[i].prefix, "X"));
		g_assert_cmpuint(query->warnings->len, ==, 0);
		g_assert_true(g_str_has_prefix(said, start));
	}
	g_assert_true(field_find("ORG", 3) == &fields[FIELD_ORGANISATION]);
	g_assert_null(field_find("organ", 5));
	g_assert_null(field_find("", 0));
}

static void test_field_term(void)
{
	g_autoptr(GString) term = g_string_new("old");
	g_autofree char *key = repeated("\xc3\xa9", 200);

	field_term(&fields[FIELD_KIND], "quote", term);
	g_assert_cmpstr(term->str, ==, "XKquote");
	field_term(&fields[FIELD_PANEL], key, term);
	g_assert_cmpuint(term->len, <=, FIELD_TERM_MAX_BYTES);
	g_assert_true(g_utf8_validate(term->str, -1, NULL));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/query/cases", test_cases);
	g_test_add_func("/query/filters", test_filters);
	g_test_add_func("/query/filter-beside-field", test_filter_beside_field);
	g_test_add_func("/query/filters-alone", test_filters_alone);
	g_test_add_func("/query/pathological", test_pathological);
	g_test_add_func("/query/too-long", test_too_long);
	g_test_add_func("/fields/table", test_fields);
	g_test_add_func("/fields/term", test_field_term);
	return g_test_run();
}
