/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * formats.h - what the tests of formats that are no text share: a file read by its
 * reader, the dump of its blocks, the cases of tests/cases/formats/FORMAT/CASE/
 * {input.*,expected.txt}, and what holds for the blocks of every file.
 */
#ifndef TESTS_FORMATS_H
#define TESTS_FORMATS_H

#include <string.h>

#include "corpus/reader/reader.h"

static inline void formats_dump_block(const struct document *doc, const struct block *block, GString *out)
{
	static const char *const names[] = { "heading", "paragraph", "item", "row", "caption", "pull-quote", "quotation",
	                                     "footnote", "code", "slide-break", "page-break", "furniture", "label" };

	g_string_append(out, names[block->kind]);
	if (block->level)
		g_string_append_printf(out, " %d", block->level);
	if (block->label)
		g_string_append_printf(out, " [%s]", block->label);
	if (block->page)
		g_string_append_printf(out, " page %d", block->page);
	if (block->slide)
		g_string_append_printf(out, " slide %d", block->slide);
	if (block->notes)
		g_string_append(out, " notes");
	g_string_append_c(out, ':');
	for (guint i = 0; block->kind != BLOCK_PAGE_BREAK && block->kind != BLOCK_SLIDE_BREAK && i < block->n_ranges; i++) {
		struct range range = block->ranges[i];
		g_autofree char *words = g_strndup(doc->text + range.start, range.end - range.start);

		g_strdelimit(words, "\n", '~');
		g_string_append_printf(out, "%s%s", i ? "|" : " ", words);
	}
	g_string_append_c(out, '\n');
}

static inline char *formats_dump(const struct document *doc)
{
	const struct { const char *name, *value; } properties[] = {
		{ "title", doc->file_title }, { "authors", doc->file_authors }, { "date", doc->file_date },
		{ "publisher", doc->publisher }, { "language", doc->language }, { "url", doc->url },
	};
	GString *out = g_string_new(doc->format);

	g_string_append_c(out, '\n');
	for (guint i = 0; i < G_N_ELEMENTS(properties); i++)
		if (properties[i].value)
			g_string_append_printf(out, "%s = %s\n", properties[i].name, properties[i].value);
	for (guint i = 0; i < doc->blocks->len; i++)
		formats_dump_block(doc, document_block(doc, i), out);
	return g_string_free(out, FALSE);
}

/* Ranges ascend, lie in the text and nowhere twice, and are UTF-8 that begins and ends with no blank. */
static inline void formats_check(const struct document *doc)
{
	g_autofree char *covered = g_malloc0(doc->text_bytes + 1);

	g_assert_true(g_utf8_validate_len(doc->text, doc->text_bytes, NULL));
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);

		g_assert_cmpuint(block->n_ranges, >, 0);
		for (guint k = 0; k < block->n_ranges; k++) {
			struct range r = block->ranges[k];

			g_assert_true(r.start < r.end && r.end <= doc->text_bytes);
			g_assert_true(!k || block->ranges[k - 1].end <= r.start);
			g_assert_null(memchr(covered + r.start, 1, r.end - r.start));
			memset(covered + r.start, 1, r.end - r.start);
			g_assert_true(g_utf8_validate_len(doc->text + r.start, r.end - r.start, NULL));
		}
	}
}

/* Reads bytes of that format; NULL with error set where the reader refuses them. */
static inline struct document *formats_read(const char *path, const char *s, gsize len, enum format format,
                                            corpus_warnings *warnings, GError **error)
{
	g_autoptr(GBytes) bytes = g_bytes_new(s, len);
	struct document *doc = document_new();

	doc->path = document_string(doc, path, -1);
	if (!reader_read(doc, bytes, format, warnings, error)) {
		document_free(doc);
		return NULL;
	}
	formats_check(doc);
	return doc;
}

/* FORMATS_ACCEPT=1 writes what a person then reads and commits. */
static inline void formats_run_case(gconstpointer data)
{
	const char *folder = data;
	g_autofree char *expected_path = g_build_filename(folder, "expected.txt", NULL);
	g_autofree char *path = NULL, *input = NULL, *expected = NULL, *got = NULL;
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Document) doc = NULL;
	const char *name;
	gsize len;

	while ((name = g_dir_read_name(dir)))
		if (g_str_has_prefix(name, "input."))
			path = g_build_filename(folder, name, NULL);
	g_assert_nonnull(path);
	g_assert_true(g_file_get_contents(path, &input, &len, NULL));
	doc = formats_read(path, input, len, reader_format(path, input, len), NULL, &error);
	g_assert_no_error(error);
	got = formats_dump(doc);
	if (g_getenv("FORMATS_ACCEPT"))
		g_assert_true(g_file_set_contents(expected_path, got, -1, NULL));
	g_assert_true(g_file_get_contents(expected_path, &expected, NULL, NULL));
	g_assert_cmpstr(got, ==, expected);
}

/* A test for each folder below tests/cases/formats/FORMAT. */
static inline void formats_add_cases(const char *format)
{
	const char *srcdir = g_getenv("srcdir");
	g_autofree char *folder = g_build_filename(srcdir ? srcdir : ".", "tests", "cases", "formats", format, NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

	g_assert_nonnull(dir);
	for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
		g_autofree char *path = g_strdup_printf("/%s/cases/%s", format, name);

		g_test_add_data_func_full(path, g_build_filename(folder, name, NULL), formats_run_case, g_free);
	}
}

#endif
