/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * captions.c - reads WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format") and
 * SubRip files cue by cue.
 */
#include "corpus/reader/captions.h"

#include <string.h>

#include "corpus/reader/line.h"

#define ARROW "-->"
#define PARAGRAPH_BYTES 400	/* after which the end of a sentence ends the paragraph */

struct captions {
	struct document *doc;
	const char *text;
	guint32 len;
	struct range voice;	/* whose words the paragraph is; start == end: nobody's */
	GArray *ranges;		/* struct range: of the paragraph so far */
	guint32 bytes;
};

static bool is_times(const char *text, const struct line *line)
{
	return g_ascii_isdigit(text[line->text]) && g_strstr_len(text + line->text, line->end - line->text, ARROW) != NULL;
}

static bool is_number(const char *text, const struct line *line)
{
	guint32 i = line->text;
	while (i < line->end && g_ascii_isdigit(text[i]))
		i++;
	return i > line->text && i == line->end;
}

bool captions_begin(const char *s, gsize len)
{
	struct line line;
	guint32 at = 0, end = (guint32)MIN(len, 4096);
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		at = 3;
	if (end - at >= 6 && memcmp(s + at, "WEBVTT", 6) == 0)
		return end - at == 6 || g_ascii_isspace(s[at + 6]);
	while (at < end) {
		line_read(s, end, at, &line);
		at = line.next;
		if (line_is_blank(&line))
			continue;
		if (!is_number(s, &line) || at >= end)
			return false;
		line_read(s, end, at, &line);
		return is_times(s, &line);
	}
	return false;
}

static void add_block(struct captions *captions, enum block_kind kind, const struct range *ranges, guint n, const char *label)
{
	struct block block = { .kind = kind, .section = -1, .panel = -1, .label = label, .n_ranges = n };
	block.ranges = document_alloc(captions->doc, n * sizeof *ranges);
	memcpy(block.ranges, ranges, n * sizeof *ranges);
	g_array_append_val(captions->doc->blocks, block);
}

static void end_paragraph(struct captions *captions)
{
	if (captions->ranges->len > 0)
		add_block(captions, BLOCK_PARAGRAPH, (const struct range *)(void *)captions->ranges->data, captions->ranges->len, NULL);
	g_array_set_size(captions->ranges, 0);
	captions->bytes = 0;
}

static bool same_voice(const struct captions *captions, struct range voice)
{
	gsize len = voice.end - voice.start;
	return len == captions->voice.end - captions->voice.start &&
	       memcmp(captions->text + voice.start, captions->text + captions->voice.start, len) == 0;
}

static void speak(struct captions *captions, struct range voice)
{
	if (voice.start >= voice.end || same_voice(captions, voice))
		return;
	end_paragraph(captions);
	captions->voice = voice;
	add_block(captions, BLOCK_LABEL, &voice, 1,
	          document_string(captions->doc, captions->text + voice.start, (gssize)(voice.end - voice.start)));
}

/* "<v.loud Ann Bell>": the name; nothing for other tags. */
static struct range voice_of(const char *text, guint32 open, guint32 close)
{
	guint32 i = open + 1;
	if (i >= close || text[i] != 'v' || i + 1 >= close || (text[i + 1] != ' ' && text[i + 1] != '.' && text[i + 1] != '\t'))
		return (struct range){ 0, 0 };
	while (i < close && !g_ascii_isspace(text[i]))
		i++;
	return space_strip(text, i, close);
}

static void add_words(struct captions *captions, guint32 start, guint32 end)
{
	struct range words = space_strip(captions->text, start, end);
	if (words.start >= words.end)
		return;
	g_array_append_val(captions->ranges, words);
	captions->bytes += words.end - words.start;
}

/* ">> " and "- " before the words of somebody else. */
static guint32 skip_turn(struct captions *captions, const struct line *line)
{
	const char *text = captions->text;
	guint32 i = line->text;
	while (i < line->end && text[i] == '>')
		i++;
	bool turn = i >= line->text + 2 || (line->end > i + 2 && text[i] == '-' && text[i + 1] == ' ');
	if (!turn)
		return line->text;
	end_paragraph(captions);
	while (i < line->end && (text[i] == '-' || text[i] == ' '))
		i++;
	return i;
}

/* One line of a cue's payload: words between tags <...> and {...}. */
static void read_payload(struct captions *captions, const struct line *line)
{
	const char *text = captions->text;
	guint32 from = skip_turn(captions, line);
	const char *colon = memchr(text + from, ':', MIN(line->end - from, 60));
	if (colon != NULL && captions->ranges->len > 0 && line_ends_sentence(text, &(struct line){
	    .text = g_array_index(captions->ranges, struct range, captions->ranges->len - 1).start,
	    .end = g_array_index(captions->ranges, struct range, captions->ranges->len - 1).end }))
		end_paragraph(captions);	/* "NAME: ..." begins a line of its own */
	for (guint32 i = from; i < line->end; i++) {
		char close = text[i] == '<' ? '>' : text[i] == '{' ? '}' : 0;
		const char *end = close != 0 ? memchr(text + i, close, line->end - i) : NULL;
		if (end == NULL)
			continue;
		add_words(captions, from, i);
		if (close == '>')
			speak(captions, voice_of(text, i, (guint32)(end - text)));
		i = (guint32)(end - text);
		from = i + 1;
	}
	add_words(captions, from, line->end);
	if (captions->bytes > PARAGRAPH_BYTES && line_ends_sentence(text, line))
		end_paragraph(captions);
}

void captions_read(struct document *doc, guint32 from)
{
	struct captions captions = {
		.doc = doc, .text = doc->text, .len = (guint32)doc->text_bytes,
		.ranges = g_array_new(FALSE, FALSE, sizeof(struct range)),
	};
	struct line line;
	bool cue = false;
	for (guint32 at = from; at < captions.len; at = line.next) {
		line_read(captions.text, captions.len, at, &line);
		if (line_is_blank(&line))
			cue = false;
		else if (is_times(captions.text, &line))
			cue = true;
		else if (cue)
			read_payload(&captions, &line);
	}
	end_paragraph(&captions);
	doc->type = TYPE_TRANSCRIPT;
	g_array_free(captions.ranges, TRUE);
}
