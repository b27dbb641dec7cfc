/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-html.c - pages to blocks: worked examples in tests/cases/formats/html,
 * encodings, pages that go on without end, and pages made to take long.
 */
#include "tests/unit/formats.h"

#include "corpus/reader/formats.h"
#include "corpus/reader/html/charset.h"
#include "corpus/reader/html/tree.h"

#define LARGE_BYTES ((gsize)3 << 20)
#define LARGE_SECONDS 20	/* of a sanitized build on a busy machine; a quadratic reader takes hours */

static struct document *read_page(const char *s, gsize len, corpus_warnings *warnings)
{
	g_autoptr(GError) error = NULL;
	struct document *doc = formats_read("page.html", s, len, FORMAT_HTML, warnings, &error);

	g_assert_no_error(error);
	return doc;
}

/* The text of the first block. */
static char *first_words(const struct document *doc)
{
	const struct block *block = document_block(doc, 0);

	return g_strndup(doc->text + block->ranges[0].start, block->ranges[0].end - block->ranges[0].start);
}

static void test_encodings(void)
{
	static const struct { const char *name, *encoding, *words; } pages[] = {
		{ "windows-1251", "WINDOWS-1251", "Река Одра" }, { "shift_jis", "CP932", "川の会議" },
		{ "gb2312", "GB18030", "河流会议" }, { "euc-kr", "UHC", "강의 회의" }, { "iso-8859-15", "ISO-8859-15", "Œuvre à 5 €" },
		{ "iso-8859-1", "WINDOWS-1252", "“Flüsse” – 5 €" }, { "ISO-8859-2", "ISO-8859-2", "Łódź" }, { "big5", "BIG5", "河川會議" },
		{ "koi8-r", "KOI8-R", "Река" }, { "windows-1256", "WINDOWS-1256", "نهر" }, { "utf-8", "UTF-8", "Река" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(pages); i++) {
		gsize len;
		g_autofree char *page = g_strdup_printf("<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=%s\"></head>"
			"<p>%s</p>",
		                                        pages[i].name, pages[i].words);
		g_autofree char *bytes = g_convert(page, -1, pages[i].encoding, "UTF-8", NULL, &len, NULL);
		g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
		g_autoptr(Document) doc = read_page(bytes, len, warnings);
		g_autofree char *words = first_words(doc);

		g_assert_cmpstr(words, ==, pages[i].words);
		g_assert_cmpuint(warnings->len, ==, 0);
	}
}

static guint front_blocks(const char *page, const char **date, const char **place)
{
	struct document *doc = read_page(page, strlen(page), NULL);
	guint n = 0;

	while (n < doc->blocks->len && document_block(doc, n)->zone == ZONE_FRONT_MATTER)
		n++;
	*date = g_intern_string(doc->date);
	*place = g_intern_string(doc->place);
	document_free(doc);
	return n;
}

/* "Key: value" lines at the very top are front matter; labels of turns are not. */
static void test_front_matter(void)
{
	const char *date, *place;

	g_assert_cmpuint(front_blocks("<p>Date: 3 May 2031<br>Venue: Kiel<p>Chair: Ann Bell<p>Tom Marsh: We begin.", &date, &place), ==, 3);
	g_assert_cmpstr(date, ==, "2031-05-03");
	g_assert_cmpstr(place, ==, "Kiel");
	g_assert_cmpuint(front_blocks("<p>Date: 3 May 2031<p>Chair: We begin with the salt.<p>Speaker: Yes, let us.", &date, &place), ==, 0);
	g_assert_cmpuint(front_blocks("<p>Chair: Ann Bell<p>Speaker: Tom Marsh<p>Words.", &date, &place), ==, 0);
	g_assert_cmpuint(front_blocks("<p>Words of no key.<p>Date: 3 May 2031<p>Venue: Kiel", &date, &place), ==, 0);
	g_assert_cmpuint(front_blocks("<ul><li>Date: 3 May 2031<li>Venue: Kiel</ul>", &date, &place), ==, 0);
	g_assert_null(date);
}

static void check_words(const char *page, gsize len, const char *expected, guint n_warnings)
{
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(Document) doc = read_page(page, len, warnings);
	g_autofree char *words = first_words(doc);

	g_assert_cmpstr(words, ==, expected);
	g_assert_cmpuint(warnings->len, ==, n_warnings);
}

#define CHECK(page, expected, n_warnings) check_words(page, sizeof(page) - 1, expected, n_warnings)

static void test_mistaken_encodings(void)
{
	CHECK("<meta charset=iso-8859-1><p>\xc3\xa9t\xc3\xa9", "été", 0);	/* is UTF-8 whatever it says */
	CHECK("<meta charset=utf-8><p>caf\xe9 \x93so\x94", "café “so”", 1);
	CHECK("<p>caf\xe9 \x93so\x94", "café “so”", 1);
	CHECK("\xef\xbb\xbf<p>caf\xc3\xa9", "café", 0);
	CHECK("\xff\xfe<\0p\0>\0\xe9\0t\0", "ét", 1);
	CHECK("<meta charset=no-such-thing><p>caf\xe9", "café", 2);
	CHECK("<meta charset=shift_jis><p>ab \x81", "ab \xef\xbf\xbd", 1);
	CHECK("<p>a\0b c\0", "a b c", 0);
	CHECK("<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><html><p>\xa3", "Ł", 0);
}

static void test_declared(void)
{
	static const struct { const char *head, *name; } heads[] = {
		{ "<meta charset=\"UTF-8\">", "utf-8" }, { "<meta  http-equiv=x content='text/html;charset=Big5'>", "big5" },
		{ "<!-- <meta charset=a> --><META CHARSET = b >", "b" }, { "<p>charset=c", NULL }, { "<meta charset", NULL },
		{ "<?xml version='1.0' encoding='D'?>", "d" }, { "<!--", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(heads); i++) {
		g_autofree char *name = html_declared_charset(heads[i].head, strlen(heads[i].head));

		g_assert_cmpstr(name, ==, heads[i].name);
	}
}

/* Each node ends behind its last descendant, and inside its parent. */
static void test_tree(void)
{
	static const char page[] = "<ul><li>a<li><p>b<p>c</ul><table><tr><td>d<td>e</table>f<b><div>g</b></div>";
	g_autoptr(HtmlTree) tree = html_tree_new(page, strlen(page));

	g_assert_cmpuint(tree->nodes[0].end, ==, tree->n);
	for (guint32 i = 1; i < tree->n; i++) {
		const struct html_node *n = tree->nodes + i, *parent = tree->nodes + n->parent;

		g_assert_true(n->parent < i && i < n->end && n->end <= parent->end);
		g_assert_true(n->tag != HTML_LI || parent->tag == HTML_UL);
		g_assert_true(n->tag != HTML_TD || parent->tag == HTML_TR);
		g_assert_true(n->tag != HTML_P || parent->tag == HTML_LI);
	}
}

/* Deeper than the tree, all is read, flat. */
static void test_deep(void)
{
	GString *page = g_string_new("<p>first</p>");
	g_autoptr(Document) doc = NULL;

	for (int i = 0; i < 3 * HTML_DEPTH_MAX; i++)
		g_string_append_printf(page, "<div>word%d", i);
	for (int i = 0; i < 3 * HTML_DEPTH_MAX; i++)
		g_string_append(page, "</div>");
	g_string_append(page, "<p>last</p>");
	doc = read_page(page->str, page->len, NULL);
	g_assert_cmpuint(doc->blocks->len, ==, 3 * HTML_DEPTH_MAX + 2);
	g_string_free(page, TRUE);
}

/* What is repeated for three megabytes. */
static const char *const repeated[] = {
	"<div>", "<div><b>", "</b>", "<!--", "<!-- x >", "<", "<a", "<a href=\"x>", "<a b='<a b=\"", "&zzz", "&rsquo;", "<br>x", "<br>x<b></b>",
	"<blockquote>x<cite></cite>", "<table><tr><td>x", "<div class=\"nav footer comments cookie header\"><b></b>", "<footer>x",
	"<div class=nav><h1>Title</h1></div>", "<form>", "<ul><li>x", "<li>x", "<dl><dt>x<dd>y", "<sup><a href=#x>1</a></sup>", "<title>",
	"</scrip", "<![CDATA[", "<pre>\n\nx", "<figure><figcaption>x", "<script type=application/ld+json>[</script>", "x ", "a1 ",
	"<span hidden>", "<p class=a-b-c>", "<td>", "</table>", "<h1>", "<svg><title>", "<a href=x>y",
};

static void test_long(gconstpointer data)
{
	const char *part = data;
	GString *page = g_string_new("<p title>prose that stands at the beginning of a page that is made to take long<pre>\n</pre>");
	g_autoptr(Document) doc = NULL;

	if (!strcmp(part, "a1 "))
		g_string_append(page, "<p ");
	if (!strcmp(part, "</b>"))
		for (int i = 0; i < HTML_DEPTH_MAX; i++)
			g_string_append(page, "<div>");
	if (!strcmp(part, "</scrip"))
		g_string_append(page, "<script>");
	while (page->len < LARGE_BYTES)
		g_string_append(page, part);
	g_test_timer_start();
	doc = read_page(page->str, page->len, NULL);
	g_assert_cmpfloat(g_test_timer_elapsed(), <, LARGE_SECONDS);
	g_string_free(page, TRUE);
}

/* A language that the template left there. */
static void test_language(void)
{
	GString *page = g_string_new("<html lang=en><p>");
	g_autoptr(Document) doc = NULL, other = NULL;

	while (page->len < 4000)
		g_string_append(page, "Die Flüsse des Landes gehören allen, die an ihnen wohnen, und niemand darf sie für sich allein haben. ");
	doc = read_page(page->str, page->len, NULL);
	g_assert_cmpstr(doc->language, ==, NULL);
	other = read_page("<html lang=fr-CA><p>x", 21, NULL);
	g_assert_cmpstr(other->language, ==, "fr");
	g_string_free(page, TRUE);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	html_prepare();
	formats_add_cases("html");
	g_test_add_func("/html/encodings", test_encodings);
	g_test_add_func("/html/mistaken-encodings", test_mistaken_encodings);
	g_test_add_func("/html/declared", test_declared);
	g_test_add_func("/html/tree", test_tree);
	g_test_add_func("/html/deep", test_deep);
	g_test_add_func("/html/language", test_language);
	g_test_add_func("/html/front-matter", test_front_matter);
	for (guint i = 0; i < G_N_ELEMENTS(repeated); i++) {
		g_autofree char *path = g_strdup_printf("/html/long/%u", i);

		g_test_add_data_func(path, repeated[i], test_long);
	}
	return g_test_run();
}
