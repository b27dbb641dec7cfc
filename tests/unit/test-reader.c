/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-reader.c - from text and Markdown to blocks: worked examples in
 * tests/cases/reader/CASE/{input.*,expected.txt}, the property that no word is
 * lost, front matter, formats, slugs, and inputs made to take long.
 */
#include "corpus/reader/reader.h"

#include <string.h>

#include "corpus/date.h"
#include "corpus/error.h"
#include "corpus/reader/text/frontmatter.h"

#define RANDOM_ROUNDS 4000
#define LARGE_BYTES ((gsize)2 << 20)
#define LARGE_SECONDS 20	/* of a sanitized build on a busy machine; a quadratic reader takes hours */

static struct document *read_text(const char *text, gsize len, enum format format)
{
	struct document *doc = document_new();
	g_autoptr(GBytes) bytes = g_bytes_new(text, len);

	reader_read_text(doc, bytes, format);
	return doc;
}

static const char *const block_names[] = {
	"heading", "paragraph", "item", "row", "caption", "pull-quote", "quotation",
	"footnote", "code", "slide-break", "page-break", "furniture", "label",
};

/* One line a block: "item 2 [1.] page 3: words | of its | ranges". */
static void dump_block(const struct document *doc, const struct block *block, GString *out)
{
	g_string_append(out, block->zone == ZONE_FRONT_MATTER ? "front" : block_names[block->kind]);
	if (block->level)
		g_string_append_printf(out, " %d", block->level);
	if (block->label)
		g_string_append_printf(out, " [%s]", block->label);
	if (block->page)
		g_string_append_printf(out, " page %d", block->page);
	if (block->slide)
		g_string_append_printf(out, " slide %d", block->slide);
	g_string_append_c(out, ':');
	for (guint i = 0; block->kind != BLOCK_PAGE_BREAK && i < block->n_ranges; i++) {
		g_autofree char *words = g_strndup(doc->text + block->ranges[i].start,
		                                   block->ranges[i].end - block->ranges[i].start);

		g_strdelimit(words, "\r\n\t", '~');
		g_string_append_printf(out, "%s%s", i ? "|" : " ", words);
	}
	g_string_append_c(out, '\n');
}

static char *dump(const struct document *doc)
{
	GString *out = g_string_new(NULL);

	g_string_append_printf(out, "%s \"%s\"\n", doc->format, doc->title);
	for (guint i = 0; i < doc->blocks->len; i++)
		dump_block(doc, document_block(doc, i), out);
	for (guint i = 0; i < doc->people->len; i++)
		g_string_append_printf(out, "person: %s (%s)\n", document_person(doc, i)->name,
		                       document_person(doc, i)->role ? document_person(doc, i)->role : "");
	return g_string_free(out, FALSE);
}

static void check_case(gconstpointer data)
{
	const char *folder = data;
	g_autofree char *expected_path = g_build_filename(folder, "expected.txt", NULL);
	g_autofree char *input_path = NULL, *input = NULL, *expected = NULL, *got = NULL;
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(Document) doc = NULL;
	const char *name;
	gsize len;

	while ((name = g_dir_read_name(dir)))
		if (g_str_has_prefix(name, "input."))
			input_path = g_build_filename(folder, name, NULL);
	g_assert_nonnull(input_path);
	g_assert_true(g_file_get_contents(input_path, &input, &len, NULL));
	g_assert_true(g_file_get_contents(expected_path, &expected, NULL, NULL));
	doc = read_text(input, len, reader_format(input_path, input, len));
	got = dump(doc);
	g_assert_cmpstr(got, ==, expected);
}

/* Ranges ascend and stay in the text; no byte is in two blocks. covered gets a
 * 1 for each byte in a block. */
static void check_ranges(const struct document *doc, char *covered)
{
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);

		g_assert_cmpuint(block->n_ranges, >, 0);
		g_assert_cmpint(block->section, ==, -1);
		g_assert_cmpint(block->panel, ==, -1);
		for (guint k = 0; k < block->n_ranges; k++) {
			struct range r = block->ranges[k];

			g_assert_cmpuint(r.start, <, r.end);
			g_assert_cmpuint(r.end, <=, doc->text_bytes);
			g_assert_true(!k || r.start >= block->ranges[k - 1].end);
			for (guint32 at = r.start; at < r.end; at++) {
				g_assert_false(covered[at]);
				covered[at] = 1;
			}
		}
	}
}

static char *random_text(GRand *rand)
{
	static const char *const parts[] = {
		"word", "Word.", "**bold**", "*it*", "_under_", "**", "*", "_", "`code`", "`", "```", "~~~", "~~gone~~",
		"# ", "## ", "> ", "> > ", "- ", "* ", "1. ", "2) ", "(iii) ", "• ", "---", "===", "***", "|", "| a | b |",
		"|---|---|", "[text](https://a.example)", "![alt", "[", "]", "](", "(x)", "<b>", "</b>", "<br>",
		"<!--", "-->", "\\", "\f", "\r\n", "é", "“q”", " ", "  ", "    ", "\t", "\xc2\xa0",
		"\n", "\n", "\n\n", "\n\n", "\n",
	};
	GString *text = g_string_new(NULL);

	for (int n = g_rand_int_range(rand, 0, 40); n > 0; n--)
		g_string_append(text, parts[g_rand_int_range(rand, 0, G_N_ELEMENTS(parts))]);
	return g_string_free(text, FALSE);
}

/* Plain text: each byte that is neither blank nor a mark (rule, bar, quote,
 * label) is in a block. */
static void check_text_tiles(const struct document *doc, const char *covered)
{
	for (gsize i = 0; i < doc->text_bytes; i++)
		if (!covered[i] && g_ascii_isalpha(doc->text[i]))
			g_assert_nonnull(strchr("ix", doc->text[i]));	/* of the labels "(iii)" and "(x)" */
}

/* The language behind a code fence is markup. */
static bool on_fence(const char *text, const char *s)
{
	while (s > text && !strchr("\n\r\f", s[-1]))
		s--;
	s += strspn(s, " \t\xc2\xa0");
	return !strncmp(s, "```", 3) || !strncmp(s, "~~~", 3);
}

/* Markdown: no word is lost. */
static void check_markdown_tiles(const struct document *doc, const char *covered)
{
	static const char *const words[] = { "Word.", "bold", "under", "code", "gone", "q”" };

	if (strstr(doc->text, "<!--") || strstr(doc->text, "![") || strstr(doc->text, "]("))
		return;
	for (gsize w = 0; w < G_N_ELEMENTS(words); w++)
		for (const char *s = doc->text; (s = strstr(s, words[w])); s++)
			if (!covered[s - doc->text] && !on_fence(doc->text, s))
				g_error("\"%s\" is lost in \"%s\"", words[w], doc->text);
}

static void test_tiling(void)
{
	GRand *rand = g_rand_new_with_seed(11);

	for (guint round = 0; round < RANDOM_ROUNDS; round++) {
		g_autofree char *text = random_text(rand), *covered = g_malloc0(strlen(text) + 1);
		bool markdown = round % 2;
		g_autoptr(Document) doc = document_new();
		g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));

		reader_read_text(doc, bytes, markdown ? FORMAT_MARKDOWN : FORMAT_TEXT);
		check_ranges(doc, covered);
		if (!*text)
			continue;
		if (markdown)
			check_markdown_tiles(doc, covered);
		else
			check_text_tiles(doc, covered);
	}
	g_rand_free(rand);
}

static void test_pages(void)
{
	const char *text = "First page\n\fsecond\npage\f\fFourth";
	g_autoptr(Document) doc = read_text(text, strlen(text), FORMAT_TEXT);
	g_autofree char *got = dump(doc);

	g_assert_cmpstr(got, ==, "text \"\"\nparagraph page 1: First page\npage-break page 1:\n"
	                "paragraph page 2: second~page\npage-break page 2:\npage-break page 3:\n"
	                "paragraph page 4: Fourth\n");
}

static void test_offsets_are_the_files(void)
{
	const char *text = "\xef\xbb\xbf# Titel\r\n\r\nErste Zeile\r\nzweite\r\n";
	g_autoptr(Document) doc = read_text(text, strlen(text), FORMAT_MARKDOWN);

	g_assert_cmpuint(doc->text_bytes, ==, strlen(text));
	g_assert_cmpuint(doc->blocks->len, ==, 2);
	g_assert_cmpuint(document_block(doc, 0)->ranges[0].start, ==, 5);
	g_assert_cmpuint(document_block(doc, 0)->ranges[0].end, ==, 10);
	g_assert_cmpuint(document_block(doc, 1)->ranges[0].start, ==, 14);
	g_assert_cmpuint(document_block(doc, 1)->ranges[0].end, ==, 33);
}

static void test_front_matter(void)
{
	const char *text = "---\ntitle: 'A day''s work'\nspeakers:\n  - Ada Example, Minister\n  - name: Bo Sample\n"
	                   "    role: Head\nmoderator: Cy Test\ndate: 11 and 12 July 2024\nlanguage: de-AT\n"
	                   "type: Presentation\nnested:\n  title: no\n---\nBody\n";
	g_autoptr(Document) doc = read_text(text, strlen(text), FORMAT_MARKDOWN);
	const struct block *speaker;

	g_assert_cmpstr(doc->title, ==, "A day''s work");
	g_assert_cmpstr(doc->date, ==, "2024-07-11");
	g_assert_cmpstr(doc->date_end, ==, "2024-07-12");
	g_assert_cmpstr(doc->language, ==, "de");
	g_assert_cmpint(doc->type, ==, TYPE_SLIDES);
	g_assert_cmpuint(doc->people->len, ==, 3);
	g_assert_cmpstr(document_person(doc, 0)->name, ==, "Ada Example");
	g_assert_cmpstr(document_person(doc, 0)->role, ==, "Minister");
	g_assert_cmpstr(document_person(doc, 1)->name, ==, "Bo Sample");
	speaker = front_matter_next(doc, "speaker", NULL);
	g_assert_nonnull(speaker);
	g_assert_true(!strncmp(doc->text + speaker->ranges[0].start, "Ada Example, Minister\n", 22));
	speaker = front_matter_next(doc, "speaker", speaker);
	g_assert_true(!strncmp(doc->text + speaker->ranges[0].start, "Bo Sample\n", 10));
	g_assert_null(front_matter_next(doc, "speaker", speaker));
	g_assert_nonnull(front_matter_next(doc, "moderator", NULL));
}

static void check_people(const char *text, const char *expected)
{
	g_autoptr(Document) doc = read_text(text, strlen(text), FORMAT_TEXT);
	GString *names = g_string_new(NULL);

	for (guint i = 0; i < doc->people->len; i++)
		g_string_append_printf(names, "%s%s", i ? "; " : "", document_person(doc, i)->name);
	g_assert_cmpstr(names->str, ==, expected);
	g_string_free(names, TRUE);
}

static void test_head_lines(void)
{
	check_people("Title: T\nSpeaker: Ada Example, Minister, Utopia\n\nBody", "Ada Example");
	check_people("Title: T\nSpeakers: Ada Example, Bo Sample and Cy Test\n\nBody", "Ada Example; Bo Sample; Cy Test");
	check_people("Title: T\nAuthors: Ada Example, Bo Sample\n\nBody", "Ada Example; Bo Sample");
	check_people("Title: T\nSpeakers: Ada Example and Bo Sample\n\nBody", "Ada Example; Bo Sample");
	check_people("Title: T\nSpeakers: Ada Example; Bo Sample\n\nBody", "Ada Example; Bo Sample");
	/* What a speaker says is no front matter, nor is a key we do not know. */
	check_people("Moderator: Good morning to all of you.\n\nSpeaker: Thank you.", "");
	check_people("Moderator: Welcome\n\nSpeaker: Thank you.", "");
	check_people("Title: T\nWelcome: all\nSpeaker: Ada Example\n\nBody", "");
}

static void test_formats(void)
{
	static const struct {
		const char *path, *head;
		enum format format;
	} cases[] = {
		{ "a.txt", "", FORMAT_TEXT },
		{ "a.md", "plain words", FORMAT_MARKDOWN },
		{ "a.txt", "---\ntitle: T\n---\nwords", FORMAT_MARKDOWN },
		{ "a.txt", "---\n\nA rule, no front matter\n\n---\n", FORMAT_TEXT },
		{ "a.txt", "# One\n\nwords", FORMAT_MARKDOWN },
		{ "a.txt", "I am #1 and 5 * 3 * 2", FORMAT_TEXT },
		{ "a.txt", "> **Ada Example** Minister\n", FORMAT_MARKDOWN },
		{ "a.txt", "\n{\"id\": \"1\", \"x\": 2}\n", FORMAT_JSONL },
		{ "a.json", "\xef\xbb\xbf{\"speaker\": \"X\", \"text\" : \"long and cut o", FORMAT_JSONL },
		{ "a.jsonl", "{\"name\": \"1\"}", FORMAT_TEXT },
		{ "a.txt", "{id: 1}", FORMAT_TEXT },
		{ "a.xml", "<?xml version=\"1.0\"?>\n<listPerson xmlns=\"http://www.tei-c.org/ns/1.0\"><person/></listPerson>", FORMAT_XML },
		{ "a.xml", "<listPerson xmlns=\"http://www.tei-c.org/ns/1.0\"/>", FORMAT_XML },
		{ "a.xml", "<?xml version='1.0'?><rss version='2.0'/>", FORMAT_XML },
		{ "a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", FORMAT_XML },
		{ "a.txt", "\xef\xbb\xbf<?xml version='1.0'?><!-- a --><article/>", FORMAT_XML },
		{ "a.xml", "<!DOCTYPE book PUBLIC \"-//OASIS//DTD DocBook XML V4.5//EN\" \"docbookx.dtd\">\n<book/>", FORMAT_XML },
		{ "a.xml", "<?xml version='1.0'?><office:document office:mimetype='application/vnd.oasis.opendocument.graphics'>", FORMAT_XML },
		{ "a.xml", "<?xml version='1.0'?><TEIX/>", FORMAT_XML },
		{ "a.xml", "<?xml version='1.0'?><tei:TEI xmlns:tei='u'>", FORMAT_TEI },
		{ "a.xml", "<?xml version='1.0'?><TEI/>", FORMAT_TEI },
		{ "a.xml", "<an:akomaNtoso xmlns:an='u'>", FORMAT_TEI },
		{ "a.html", "<?xml version='1.0'?><div>words</div>", FORMAT_HTML },
		{ "a.xhtml", "<?xml version='1.0'?><!DOCTYPE html>\n<html>", FORMAT_HTML },
		{ "a.md", "<p align=\"center\" xmlns:x=\"http://u\">words</p>", FORMAT_MARKDOWN },
		{ "a.txt", "<p align=\"center\">words</p>", FORMAT_TEXT },
		{ "a.txt", "<Ann Bell> Good morning.", FORMAT_TEXT },
		{ "a.txt", "<applause>", FORMAT_TEXT },
		{ "a.txt", "<?xmlish words", FORMAT_TEXT },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(reader_format(cases[i].path, cases[i].head, strlen(cases[i].head)), ==, cases[i].format);
}

/* Markup in UTF-16 is found as in UTF-8; other text in it is text. */
static void test_wide_roots(void)
{
	static const struct { const char *text; enum format format; } cases[] = {
		{ "<?xml version='1.0' encoding='UTF-16'?>\n<TEI xmlns='u'>", FORMAT_TEI }, { "<html><p>x", FORMAT_HTML },
		{ "<?xml version='1.0'?><rss/>", FORMAT_XML }, { "Ann Bell: Good morning.", FORMAT_TEXT },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
		for (int order = 0; order < 2; order++) {
			gsize len;
			g_autofree char *wide = g_convert(cases[i].text, -1, order ? "UTF-16BE" : "UTF-16LE", "UTF-8", NULL, &len, NULL);
			g_autofree char *marked = g_malloc(len + 2);

			memcpy(marked, order ? "\xfe\xff" : "\xff\xfe", 2);
			memcpy(marked + 2, wide, len);
			g_assert_cmpint(reader_format("a.xml", marked, len + 2), ==, cases[i].format);
			g_assert_true(cases[i].format != FORMAT_TEI || reader_format("a.xml", wide, len) == FORMAT_TEI);
		}
}

/* Roots cut at each byte, in memory that ends there; and roots behind long comments. */
static void test_roots(void)
{
	static const char root[] = "<?xml version='1.0'?><office:document office:mimetype=\"application/vnd.oasis.opendocument.presentation\">";
	g_autofree char *comment = g_strnfill(20000, 'x'), *late = g_strdup_printf("<?xml version='1.0'?><!--%s--><TEI>", comment);

	for (gsize len = 0; len < sizeof root; len++) {
		g_autofree char *cut = g_memdup2(root, len);
		enum format format = reader_format("a.txt", len ? cut : "", len);

		g_assert_true(len < sizeof root - 3 || format == FORMAT_ODP);
	}
	g_assert_cmpint(reader_format("a.xml", late, strlen(late)), ==, FORMAT_TEI);
}

static void test_xml_refused(void)
{
	static const char xml[] = "<?xml version='1.0'?><rss/>";
	g_autoptr(GBytes) bytes = g_bytes_new_static(xml, sizeof xml - 1);
	g_autoptr(Document) doc = document_new();
	g_autoptr(GError) error = NULL;

	doc->path = "feed.xml";
	g_assert_false(reader_read(doc, bytes, FORMAT_XML, NULL, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED);
	g_assert_cmpstr(error->message, ==, "cannot read 'feed.xml': is XML that is neither HTML, TEI, Akoma Ntoso nor OpenDocument");
}

static void test_slugs(void)
{
	static const char *const cases[][2] = {
		{ "talks/KTC Report (final).md", "ktc-report-final" }, { "a.tar.txt", "a-tar" },
		{ "Übersicht_Straße.txt", "ubersicht-strasse" }, { "Łódź é.md", "lodz-e" },
		{ "доклад 2.txt", "доклад-2" }, { "---.txt", "document" }, { ".hidden", "hidden" },
		{ "a\xff" "b.txt", "a-b" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *slug = reader_slug(cases[i][0]);

		g_assert_cmpstr(slug, ==, cases[i][1]);
	}
}

static void test_dates(void)
{
	static const char *const cases[][3] = {
		{ "2017-10-23", "2017-10-23", "" }, { "2017-10", "2017-10", "" }, { " 2017 ", "2017", "" },
		{ "2017-10-23T09:30:00Z", "2017-10-23", "" }, { "23 October 2017", "2017-10-23", "" },
		{ "October 23rd, 2017", "2017-10-23", "" }, { "23. Oktober 2017", "2017-10-23", "" },
		{ "1er février 2018", "2018-02-01", "" }, { "23 de octubre de 2017", "2017-10-23", "" },
		{ "October 2017", "2017-10", "" }, { "23.10.2017", "2017-10-23", "" },
		{ "11 and 12 July 2024", "2024-07-11", "2024-07-12" }, { "11–12 July 2024", "2024-07-11", "2024-07-12" },
		{ "July 11-12, 2024", "2024-07-11", "2024-07-12" }, { "2024-07-11..2024-07-12", "2024-07-11", "2024-07-12" },
		{ "30 June - 2 July 2024", "2024-06-30", "2024-07-02" },
	};
	static const char *const none[] = {
		"", "soon", "31 February 2017", "2017-13", "2017-02-30", "12345", "10/12/2017", "May", "2017-1-1-1 x",
	};
	char first[DATE_SIZE], last[DATE_SIZE];

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_assert_true(date_read(cases[i][0], first, last));
		g_assert_cmpstr(first, ==, cases[i][1]);
		g_assert_cmpstr(last, ==, cases[i][2]);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
		if (date_read(none[i], first, last))
			g_error("\"%s\" was read as %s", none[i], first);
}

/* Repeats a piece to 2 MB: each takes a second at most where the reader is linear. */
static void test_large(void)
{
	static const char *const pieces[] = {
		"> ", "> \n", "# a\n", "**a ", "*a*b*", "_ ", "`", "`` ` ", "[", "](", "![a](", "[^1", "<", "<b ", "<!--", "<!-- ",
		"```\n", "~~~~\n```\n", "| a ", "|\n", "|a|\n", "- ", "- a\n", " - a\n  ", "1. a\n\n", "\\", "a", "a ", "é",
		"\n", "\f", "\r", "---\n", "a\n---\n", "a: b\n", "[^1]: a\n", "  ", "\xc2\xa0", "\" ", "[a](b \"",
	};
	GTimer *timer = g_timer_new();

	for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
		gsize n = strlen(pieces[i]), len = LARGE_BYTES / n * n;
		g_autofree char *text = g_malloc(len);

		for (gsize at = 0; at < len; at += n)
			memcpy(text + at, pieces[i], n);
		for (int markdown = 0; markdown < 2; markdown++) {
			g_autoptr(Document) doc = NULL;

			g_timer_start(timer);
			doc = read_text(text, len, markdown ? FORMAT_MARKDOWN : FORMAT_TEXT);
			reader_format("a.txt", text, len);
			if (g_timer_elapsed(timer, NULL) > LARGE_SECONDS)
				g_error("\"%s\" takes %.0f s", pieces[i], g_timer_elapsed(timer, NULL));
			g_test_message("%.2f s", g_timer_elapsed(timer, NULL));
		}
	}
	g_timer_destroy(timer);
}

static void add_cases(const char *root)
{
	g_autoptr(GDir) dir = g_dir_open(root, 0, NULL);
	const char *name;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *path = g_strconcat("/reader/cases/", name, NULL);

		g_test_add_data_func_full(path, g_build_filename(root, name, NULL), check_case, g_free);
	}
}

int main(int argc, char **argv)
{
	const char *srcdir = g_getenv("srcdir");
	g_autofree char *cases = g_build_filename(srcdir ? srcdir : ".", "tests", "cases", "reader", NULL);

	g_test_init(&argc, &argv, NULL);
	add_cases(cases);
	g_test_add_func("/reader/tiling", test_tiling);
	g_test_add_func("/reader/pages", test_pages);
	g_test_add_func("/reader/offsets", test_offsets_are_the_files);
	g_test_add_func("/reader/front-matter", test_front_matter);
	g_test_add_func("/reader/head-lines", test_head_lines);
	g_test_add_func("/reader/formats", test_formats);
	g_test_add_func("/reader/roots", test_roots);
	g_test_add_func("/reader/wide-roots", test_wide_roots);
	g_test_add_func("/reader/xml-refused", test_xml_refused);
	g_test_add_func("/reader/slugs", test_slugs);
	g_test_add_func("/reader/dates", test_dates);
	g_test_add_func("/reader/large", test_large);
	return g_test_run();
}
