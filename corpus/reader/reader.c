/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reader.c - tells formats apart and starts the reading of text and Markdown.
 */
#include "corpus/reader/reader.h"

#include <string.h>

#include "corpus/reader/blocks.h"
#include "corpus/reader/captions.h"
#include "corpus/reader/frontmatter.h"
#include "corpus/reader/line.h"

#define BOM "\xef\xbb\xbf"
#define SLUG_MAX_BYTES 120

static gsize bom_bytes(const char *s, gsize len)
{
	return len >= 3 && !memcmp(s, BOM, 3) ? 3 : 0;
}

/* The first line that is not blank begins as an object does, and names "id" or
 * "text" as one of its keys. */
static bool is_jsonl(const char *s, gsize len)
{
	const char *end = s + len, *line_end;

	s = space_skip(s + bom_bytes(s, len), end);
	if (s >= end || *s != '{')
		return false;
	line_end = memchr(s, '\n', (gsize)(end - s));
	if (!line_end)
		line_end = end;
	for (const char *p = s + 1; (p = memchr(p, '"', (gsize)(line_end - p))); p++) {
		const char *q = line_end - p > 6 && !memcmp(p, "\"text\"", 6) ? p + 6 :
		                line_end - p > 4 && !memcmp(p, "\"id\"", 4) ? p + 4 : NULL;

		q = q ? space_skip(q, line_end) : NULL;
		if (q && q < line_end && *q == ':')
			return true;
	}
	return false;
}

/* How much of a line's look is Markdown. */
static guint line_marks(const char *text, const struct line *line)
{
	const char *s = text + line->text, *end = text + line->end;
	struct range title;
	guint marks = 0;

	if (line_atx(text, line, &title) || (s < end && *s == '`' && line_fence(text, line)) ||
	    line_table_rule(text, line))
		marks += 2;
	if (end - s > 2 && s[0] == '>' && s[1] == ' ')
		marks++;
	for (const char *p = s; p + 4 < end && marks < 4; p++) {
		if (p[0] == '*' && p[1] == '*' && !g_ascii_isspace(p[2]) && p[2] != '*')
			marks += g_strstr_len(p + 2, MIN(end - p - 2, 200), "**") != NULL;
		else if (p[0] == ']' && p[1] == '(' && (!strncmp(p + 2, "htt", 3) || p[2] == '#' || p[2] == '/'))
			marks++;
		else if (p[0] == '[' && p[1] == '^')
			marks++;
	}
	return marks;
}

static bool is_markdown(const char *text, guint32 len)
{
	guint marks = 0;
	struct line line;

	if (front_matter_is_yaml(text, len, 0))
		return true;
	for (guint32 at = 0; at < len && marks < 2; at = line.next) {
		line_read(text, len, at, &line);
		marks += line_marks(text, &line);
	}
	return marks >= 2;
}

enum format reader_format(const char *path, const char *head, gsize len)
{
	gsize bom;

	len = MIN(len, READER_HEAD_BYTES);
	bom = bom_bytes(head, len);
	if (captions_begin(head, len))
		return FORMAT_CAPTIONS;
	if (is_jsonl(head, len))
		return FORMAT_JSONL;
	if (g_str_has_suffix(path, ".md") || g_str_has_suffix(path, ".markdown") ||
	    is_markdown(head + bom, (guint32)(len - bom)))
		return FORMAT_MARKDOWN;
	return FORMAT_TEXT;
}

const char *format_name(enum format format)
{
	static const char *const names[] = { "text", "markdown", "jsonl", "captions" };

	return names[format];
}

void reader_read(struct document *doc, GBytes *text, enum format format)
{
	guint32 from;

	doc->format = format_name(format);
	doc->text_owner = g_bytes_ref(text);
	doc->text = g_bytes_get_data(text, &doc->text_bytes);
	if (!doc->text) {
		doc->text = "";
		return;
	}
	from = (guint32)bom_bytes(doc->text, doc->text_bytes);
	if (format == FORMAT_CAPTIONS) {
		captions_read(doc, from);
		return;
	}
	from = front_matter_read(doc, from);
	blocks_read(doc, from, format == FORMAT_MARKDOWN);
}

char *reader_slug(const char *path)
{
	g_autofree char *base = g_path_get_basename(path), *valid = NULL, *folded = NULL;
	GString *slug = g_string_new(NULL);
	char *dot = strrchr(base, '.');

	if (dot && dot != base)
		*dot = 0;
	valid = g_utf8_make_valid(base, -1);
	folded = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
	for (const char *s = folded; *s && slug->len < SLUG_MAX_BYTES; s = g_utf8_next_char(s)) {
		gunichar c = g_unichar_tolower(g_utf8_get_char(s));

		if (g_unichar_ismark(c))
			continue;
		if (c == 0xdf)
			g_string_append(slug, "ss");
		else if (c == 0xe6)
			g_string_append(slug, "ae");
		else if (c == 0xf8)
			g_string_append(slug, "o");
		else if (c == 0x142)
			g_string_append(slug, "l");
		else if (g_unichar_isalnum(c) && c != 0xfffd)
			g_string_append_unichar(slug, c);
		else if (slug->len && slug->str[slug->len - 1] != '-')
			g_string_append_c(slug, '-');
	}
	if (slug->len && slug->str[slug->len - 1] == '-')
		g_string_truncate(slug, slug->len - 1);
	if (!slug->len)
		g_string_append(slug, "document");
	return g_string_free(slug, FALSE);
}
