/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-captions.c - WebVTT and SubRip: what is taken for such a file, and its
 * cues as turns: "NAME| words" for a label, "| words" for what follows it, "/" where a
 * line ends.
 */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/document.h"
#include "corpus/reader/captions/captions.h"
#include "corpus/reader/reader.h"
#include "corpus/reader/times.h"

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

static struct document *read_document(const char *text)
{
	struct document *doc = document_new();
	g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
	g_assert_true(reader_read(doc, bytes, FORMAT_CAPTIONS, NULL, NULL));
	g_assert_cmpint(doc->type, ==, TYPE_TRANSCRIPT);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		g_assert_true(block->timed);
		g_assert_cmpuint(block->n_ranges, ==, 1);
		g_assert_true(block->ranges->start < block->ranges->end && block->ranges->end <= doc->text_bytes);
	}
	return doc;
}

static char *read_captions(const char *text)
{
	g_autoptr(Document) doc = read_document(text);
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		g_autofree char *words = g_strndup(doc->text + block->ranges->start, block->ranges->end - block->ranges->start);
		if (block->kind == BLOCK_LABEL)
			g_string_append(out, block->label);
		else
			g_string_append_printf(out, "| %s\n", g_strdelimit(words, "\n", '/'));
	}
	return g_string_free(out, false);
}

static void test_broken_times(void)
{
	static const char text[] = "1\n00:00:01,000 --> 00:00:02,000\nHemp is old.\n\n2\n00:99:99,000 -> 00:00:04,000\nIt holds.\n";
	g_autoptr(Document) doc = document_new();
	g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);

	doc->path = "talk.srt";
	g_assert_true(reader_read(doc, bytes, FORMAT_CAPTIONS, warnings, NULL));
	g_assert_cmpuint(warnings->len, ==, 1);
	g_assert_true(g_str_has_prefix(warnings->pdata[0], "'talk.srt': line 6: the times of a caption cannot be read"));
}

static void test_cues(void)
{
	static const struct { const char *text, *expected; } cases[] = {
		/* lines of several cues are one paragraph */
		{ VTT T1 "Hemp is older\n\n" T2 "than the harbours.\n", "| Hemp is older/than the harbours.\n" },
		/* numbers and names of cues are not said by anybody */
		{ VTT "1\n" T1 "Hemp is old.\n\nsecond cue\n" T2 "It holds.\n", "| Hemp is old./It holds.\n" },
		/* nor are notes, styles and what stands in the header */
		{ "WEBVTT\nKind: captions\nLanguage: en\n\nNOTE by the office\nnothing said\n\nSTYLE\n::cue {}\n\n" T1 "Hemp.\n",
		  "| Hemp.\n" },
		/* a voice, with a class, and with the closing tag or without it */
		{ VTT T1 "<v Ada Quill>Hemp is old.</v>\n\n" T2 "<v.loud Bo Tarn>Is it?\n",
		  "Ada Quill| Hemp is old.\nBo Tarn| Is it?\n" },
		/* who goes on has one turn */
		{ VTT T1 "<v Ada Quill>Hemp is old.\n\n" T2 "<v Ada Quill>It holds.\n", "Ada Quill| Hemp is old./It holds.\n" },
		/* two voices in one cue */
		{ VTT T1 "<v Ada Quill>Hemp is old.</v> <v Bo Tarn>Is it?</v>\n", "Ada Quill| Hemp is old.\nBo Tarn| Is it?\n" },
		/* other tags name nobody */
		{ VTT T1 "<i>Hemp</i> is <c.red>old</c>. <00:00:02.000>{\\an8}It holds.\n", "| Hemp is old. It holds.\n" },
		/* somebody else begins, nobody says who */
		{ VTT T1 ">> Hemp is old.\n>> Is it?\n", ">>| Hemp is old.\n>>| Is it?\n" },
		{ VTT T1 "- Hemp is old.\n- Is it?\n", "-| Hemp is old.\n-| Is it?\n" },
		/* names before colons stay for the labels of the outline, on lines of their own */
		{ VTT T1 "ADA QUILL: Hemp is old.\n\n" T2 "BO TARN: Is it?\n", "| ADA QUILL: Hemp is old.\n| BO TARN: Is it?\n" },
		/* SubRip */
		{ "1\n00:00:01,000 --> 00:00:04,000\nHemp is\nold.\n\n2\n00:00:04,000 --> 00:00:08,000\nIt holds.\n",
		  "| Hemp is/old./It holds.\n" },
		{ "1\r\n00:00:01,000 --> 00:00:04,000\r\nHemp is old.\r\n", "| Hemp is old.\n" },
		{ VTT T1 "Hemp is old. &gt;&gt; Is it? >>ADA: It is.\n", "| Hemp is old.\n>>| Is it?\nADA| It is.\n" },
		/* who it is, as broadcasters write it; what may be a word of the sentence is none */
		{ VTT T1 ">> ADA QUILL: Hemp is old.\n>> Bo Tarn-Lee: Is it?\n>> It is.\n",
		  "ADA QUILL| Hemp is old.\nBo Tarn-Lee| Is it?\n>>| It is.\n" },
		{ VTT T1 ">> Look: hemp is old.\n>> THE ROPE is old: it holds.\n", ">>| Look: hemp is old.\n>>| THE ROPE is old: it holds.\n" },
		/* times that somebody mistyped are no words, and the words below them have a label of their own */
		{ "1\n00:00:01,000 --> 00:00:02,000\nAda: Hemp is old.\n\n2\n00:99:99,000 -> 00:00:04,000\nBo: It holds.\n",
		  "| Ada: Hemp is old.\n| Bo: It holds.\n" },
		/* whose words they are is not known behind the end of a voice, unless it goes on */
		{ VTT T1 "<v Ada Quill>Hemp is old.</v>\n\n" T2 "It holds.\n", "Ada Quill| Hemp is old.\n>>| It holds.\n" },
		{ VTT T1 "<v Ada Quill>Hemp is old.</v>\n\n" T2 "<v Ada Quill>It holds.</v>\n", "Ada Quill| Hemp is old./It holds.\n" },
		/* a cue without a voice in the middle of a sentence */
		{ VTT T1 "<v Ada Quill>Hemp is older than the</v>\n\n" T2 "harbours are.\n\n00:00:09.000 --> 00:00:10.000\nIs it?\n",
		  "Ada Quill| Hemp is older than the/harbours are.\n>>| Is it?\n" },
		{ VTT T1 "<v Ada Quill>Hemp is old.</v> Is it?\n", "Ada Quill| Hemp is old.\n>>| Is it?\n" },
		{ VTT T1 "<v Ada Quill>Hemp is old.\n\n" T2 ">> Is it?\n", "Ada Quill| Hemp is old.\n>>| Is it?\n" },
		{ VTT T1 "<v Ada &amp; Bo>Hemp.\n", "Ada & Bo| Hemp.\n" },
		/* entities, and what looks like a tag and is none */
		{ VTT T1 "Salt &amp; hemp,&nbsp;&lrm;1 &lt; 2 < 3 &c; {see} &#8364; &#x20ac; &bogus;\n",
		  "| Salt & hemp, 1 < 2 < 3 &c; {see} \xe2\x82\xac \xe2\x82\xac &bogus;\n" },
		{ VTT T1 "{\\an8}Hemp {y:i}is<br/> <font color=red>old</font>\n", "| Hemp is old\n" },
		/* regions, maps of other clocks, hours left out, cues without an empty line between them */
		{ "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\nREGION\nid:fred\n\n00:01.000 --> 00:04.000 "
		"region:fred\nHemp.\n00:04.000 --> 00:05.000\nSalt.\n",
		  "| Hemp./Salt.\n" },
		/* a comment goes on to the next empty line; its words are never a cue's */
		{ VTT "NOTE\nnothing\nsaid\n\nNOTES\n" T1 "NOTE this is said\n", "| NOTE this is said\n" },
		/* SubRip: an empty line inside a cue, a number that is said, a point for the comma */
		{ "1\n00:00:01.000 --> 00:00:04.000\nHemp is\n\nold since\n1700\n\n2\n00:00:04,000 --> 00:00:08,000\n42\n",
		  "| Hemp is/old since/1700/42\n" },
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
		g_string_append_printf(text, "%02d:00.000 --> %02d:59.000\nHemp of the year %d is older than the harbours that use it.\n\n", i, i,
				       1700 + i);
	g_autofree char *got = read_captions(text->str);
	guint n = 0;
	for (const char *s = got; *s != '\0'; s++)
		n += *s == '\n';
	g_assert_cmpuint(n, >=, 8);
	g_assert_cmpuint(n, <=, 17);
}

/* Automatic captions show a line, then the line with the next one below it. */
static void test_rolling(void)
{
	static const struct { const char *text, *expected; } cases[] = {
		{ VTT "00:00.100 --> 00:02.000 align:start position:0%\n \nropes<00:00:00.500><c> and</c><c> nets</c>\n\n"
		  "00:02.000 --> 00:02.010\nropes and nets\n \n\n"
		  "00:02.010 --> 00:04.000\nropes and nets\nfor<00:02:00.500><c> the harbour</c>\n\n"
		  "00:04.000 --> 00:04.010\nfor the harbour\n \n\n"
		  "00:04.010 --> 00:06.000\nfor the harbour\nof the town\n\n", "| ropes and nets/for the harbour/of the town\n" },
		/* words that come one after the other */
		{ VTT "00:01.000 --> 00:02.000\nropes\n\n00:02.000 --> 00:03.000\nropes and\n\n00:03.000 --> 00:04.000\nropes and nets\n\n"
		  "00:04.000 --> 00:05.000\nand nets for\n\n00:05.000 --> 00:06.000\nand nets for all\n", "| ropes and nets for all\n" },
		/* lines broken elsewhere, of cues that are on the screen together */
		{ VTT "00:01.000 --> 00:04.000\nHemp is older than\nthe harbours\n\n00:03.000 --> 00:06.000\nthan the\nharbours that use it.\n",
		  "| Hemp is older than/the harbours that use it.\n" },
		/* people say things twice */
		{ VTT "00:01.000 --> 00:02.000\nNo, no, no.\n\n00:02.000 --> 00:03.000\nNo, no, no.\n\n00:04.000 --> "
		"00:05.000\nHemp.\n\n00:05.000 --> 00:06.000\nSalt.\n",
		  "| No, no, no./No, no, no./Hemp./Salt.\n" },
		{ VTT "00:01.000 --> 00:02.000\nNo.\n\n00:01.500 --> 00:03.000\nNo.\n", "| No./No.\n" },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = read_captions(cases[i].text);
		g_assert_cmpstr(got, ==, cases[i].expected);
	}
}

static guint32 time_of(const char *text)
{
	guint32 time_ms = 7;
	return time_parse(text, strlen(text), &time_ms) ? time_ms : G_MAXUINT32;
}

static void test_times(void)
{
	g_assert_cmpuint(time_of("1:02:03.500"), ==, 3723500);
	g_assert_cmpuint(time_of("01:02:03,5"), ==, 3723500);
	g_assert_cmpuint(time_of("02:03"), ==, 123000);
	g_assert_cmpuint(time_of("123:00:00"), ==, 442800000);
	g_assert_cmpuint(time_of("75.0625"), ==, 75062);
	g_assert_cmpuint(time_of("0"), ==, 0);
	g_assert_cmpuint(time_of(""), ==, G_MAXUINT32);
	g_assert_cmpuint(time_of("1:"), ==, G_MAXUINT32);
	g_assert_cmpuint(time_of("1:2:3:4"), ==, G_MAXUINT32);
	g_assert_cmpuint(time_of("1.5 "), ==, G_MAXUINT32);
	g_assert_cmpuint(time_of("-1"), ==, G_MAXUINT32);
	g_assert_cmpuint(time_of("99999999:00:00"), ==, G_MAXUINT32);
	g_assert_cmpuint(time_of("1234567890"), ==, G_MAXUINT32);
}

/* Each block, and each place of the text, has the time of its cue. */
static void test_marks(void)
{
	g_autoptr(Document) doc = read_document("WEBVTT\nLanguage: en-GB\n\n00:01.000 --> 00:04.000\n<v Ada Quill>Hemp is old.\n\n"
	                                        "01:00:04.250 --> 01:00:08.000\nIt holds.\n\n01:00:09.000 --> 01:00:10.000\n<v Bo Tarn>Does it?\n");
	static const guint32 times[] = { 1000, 1000, 3609000, 3609000 };
	g_assert_cmpstr(doc->language, ==, "en");
	g_assert_cmpuint(doc->blocks->len, ==, G_N_ELEMENTS(times));
	for (guint i = 0; i < doc->blocks->len; i++)
		g_assert_cmpuint(document_block(doc, i)->time_ms, ==, times[i]);
	const char *holds = g_strstr_len(doc->text, (gssize)doc->text_bytes, "It holds");
	const struct time_mark *mark = &g_array_index(doc->times, struct time_mark, 1);
	g_assert_cmpuint(mark->time_ms, ==, 3604250);
	g_assert_cmpuint(mark->offset, <=, holds - doc->text);
	g_assert_cmpuint(mark->offset, >=, document_block(doc, 1)->ranges->start + strlen("Hemp is old."));
}

static bool check_passages(struct document *doc, void *data, GError **error)
{
	guint *seen = data;
	(void)error;
	for (guint i = 0; i < doc->passages->len; i++, (*seen)++) {
		const struct passage *passage = document_passage(doc, i);
		int minute = -1;
		g_autofree char *words = g_strndup(doc->text + passage->ranges[0].start, 40);
		const char *year = strstr(words, "year");
		g_assert_nonnull(year);
		minute = atoi(year + 5) - 1700;
		g_assert_true(passage->timed);
		g_assert_cmpuint(passage->time_ms, ==, (guint)minute * 60000);
		g_assert_cmpstr(document_person(doc, passage->attribution.speaker)->name, ==, minute < 60 ? "Ada Quill" : "Bo Tarn");
	}
	return true;
}

/* Passages begin with a sentence, at the time of the sentence, and are of one voice. */
static void test_passages(void)
{
	g_autoptr(GString) text = g_string_new(VTT);
	g_autofree char *dir = g_dir_make_tmp("captions-XXXXXX", NULL), *path = g_build_filename(dir, "talk.vtt", NULL);
	guint seen = 0;
	int fd;
	for (int i = 0; i < 100; i++)
		g_string_append_printf(text,
				       "%d:%02d:00.000 --> %d:%02d:59.000\n%sHemp of the year %d is older than the harbours that use it today.\n\n",
		                       i / 60, i % 60, i / 60, i % 60, i == 0 ? "<v Ada Quill>" : i == 60 ? "<v Bo Tarn>" : "", 1700 + i);
	g_assert_true(g_file_set_contents(path, text->str, -1, NULL));
	fd = corpus_open(path, NULL);
	g_assert_true(corpus_read(path, fd, NULL, NULL, check_passages, &seen, NULL));
	close(fd);
	g_assert_cmpuint(seen, >=, 6);
	g_unlink(path);
	g_rmdir(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/captions/begin", test_begin);
	g_test_add_func("/captions/cues", test_cues);
	g_test_add_func("/captions/broken-times", test_broken_times);
	g_test_add_func("/captions/paragraphs", test_paragraphs);
	g_test_add_func("/captions/rolling", test_rolling);
	g_test_add_func("/captions/times", test_times);
	g_test_add_func("/captions/marks", test_marks);
	g_test_add_func("/captions/passages", test_passages);
	return g_test_run();
}
