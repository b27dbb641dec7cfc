/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-captions.c - WebVTT and SubRip: what is taken for such a file, and its
 * cues as turns: "NAME| words" for a label, "| words" for what follows it.
 */
#include <string.h>

#include "corpus/document.h"
#include "corpus/reader/captions.h"
#include "corpus/reader/reader.h"

#define VTT "WEBVTT\n\n"
#define T1 "00:00:01.000 --> 00:00:04.000\n"
#define T2 "00:00:04.000 --> 00:00:08.000\n"

static void test_begin(void)
{
	static const struct { const char *text; bool captions; } cases[] = {
		{ "WEBVTT", true },
		{ "WEBVTT\n\n" T1 "words\n", true },
		{ "WEBVTT - Rope Forum\n", true },
		{ "\xef\xbb\xbfWEBVTT\n", true },
		{ "1\n00:00:01,000 --> 00:00:04,000\nwords\n", true },
		{ "\n\n1\r\n00:00:01,000 --> 00:00:04,000\r\nwords\r\n", true },
		{ "WEBVTTS are files\n", false },
		{ "1\nRopes\n", false },
		{ "1\n", false },
		{ "1. Ropes --> boats\n", false },
		{ "Ropes\n00:00:01,000 --> 00:00:04,000\n", false },
		{ "", false },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(captions_begin(cases[i].text, strlen(cases[i].text)), ==, cases[i].captions);
	g_assert_cmpint(reader_format("ropes.txt", "WEBVTT\n", 7), ==, FORMAT_CAPTIONS);
}

static char *read_captions(const char *text)
{
	g_autoptr(Document) doc = document_new();
	g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
	GString *out = g_string_new(NULL);
	reader_read_text(doc, bytes, FORMAT_CAPTIONS);
	g_assert_cmpint(doc->type, ==, TYPE_TRANSCRIPT);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		bool label = block->kind == BLOCK_LABEL;
		for (guint k = 0; k < block->n_ranges; k++) {
			struct range r = block->ranges[k];
			g_assert_true(r.start < r.end && r.end <= doc->text_bytes);
			if (!label)
				g_string_append_printf(out, "%s%.*s", k == 0 ? "| " : " ", (int)(r.end - r.start), doc->text + r.start);
		}
		if (label)
			g_string_append(out, block->label);
		else
			g_string_append_c(out, '\n');
	}
	return g_string_free(out, false);
}

static void test_cues(void)
{
	static const struct { const char *text, *expected; } cases[] = {
		/* lines of several cues are one paragraph */
		{ VTT T1 "Hemp is older\n\n" T2 "than the harbours.\n", "| Hemp is older than the harbours.\n" },
		/* numbers and names of cues are not said by anybody */
		{ VTT "1\n" T1 "Hemp is old.\n\nsecond cue\n" T2 "It holds.\n", "| Hemp is old. It holds.\n" },
		/* nor are notes, styles and what stands in the header */
		{ "WEBVTT\nKind: captions\nLanguage: en\n\nNOTE by the office\nnothing said\n\nSTYLE\n::cue {}\n\n" T1 "Hemp.\n",
		  "| Hemp.\n" },
		/* a voice, with a class, and with the closing tag or without it */
		{ VTT T1 "<v Ada Quill>Hemp is old.</v>\n\n" T2 "<v.loud Bo Tarn>Is it?\n",
		  "Ada Quill| Hemp is old.\nBo Tarn| Is it?\n" },
		/* who goes on has one turn */
		{ VTT T1 "<v Ada Quill>Hemp is old.\n\n" T2 "<v Ada Quill>It holds.\n", "Ada Quill| Hemp is old. It holds.\n" },
		/* two voices in one cue */
		{ VTT T1 "<v Ada Quill>Hemp is old.</v> <v Bo Tarn>Is it?</v>\n", "Ada Quill| Hemp is old.\nBo Tarn| Is it?\n" },
		/* other tags name nobody */
		{ VTT T1 "<i>Hemp</i> is <c.red>old</c>. <00:00:02.000>{\\an8}It holds.\n", "| Hemp is old . It holds.\n" },
		/* somebody else begins, nobody says who */
		{ VTT T1 ">> Hemp is old.\n>> Is it?\n", "| Hemp is old.\n| Is it?\n" },
		{ VTT T1 "- Hemp is old.\n- Is it?\n", "| Hemp is old.\n| Is it?\n" },
		/* names before colons stay for the labels of the outline, on lines of their own */
		{ VTT T1 "ADA QUILL: Hemp is old.\n\n" T2 "BO TARN: Is it?\n", "| ADA QUILL: Hemp is old.\n| BO TARN: Is it?\n" },
		/* SubRip */
		{ "1\n00:00:01,000 --> 00:00:04,000\nHemp is\nold.\n\n2\n00:00:04,000 --> 00:00:08,000\nIt holds.\n",
		  "| Hemp is old. It holds.\n" },
		{ "1\r\n00:00:01,000 --> 00:00:04,000\r\nHemp is old.\r\n", "| Hemp is old.\n" },
		/* settings behind the times, a cue without words, a file without an end */
		{ VTT "00:00:01.000 --> 00:00:04.000 align:start position:0%\n\n" T2 "Hemp", "| Hemp\n" },
		{ VTT T1, "" },
		{ VTT T1 "<v Ada Quill", "| <v Ada Quill\n" },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = read_captions(cases[i].text);
		g_assert_cmpstr(got, ==, cases[i].expected);
	}
}

/* A paragraph does not go on for an hour: it ends with a sentence. */
static void test_paragraphs(void)
{
	g_autoptr(GString) text = g_string_new(VTT);
	for (int i = 0; i < 100; i++)
		g_string_append(text, T1 "Hemp is older than the harbours that use it.\n\n");
	g_autofree char *got = read_captions(text->str);
	guint n = 0;
	for (const char *s = got; *s != '\0'; s++)
		n += *s == '\n';
	g_assert_cmpuint(n, >=, 8);
	g_assert_cmpuint(n, <=, 13);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/captions/begin", test_begin);
	g_test_add_func("/captions/cues", test_cues);
	g_test_add_func("/captions/paragraphs", test_paragraphs);
	return g_test_run();
}
