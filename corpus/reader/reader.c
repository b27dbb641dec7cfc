/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reader.c - tells formats apart and starts the reading.
 */
#include "corpus/reader/reader.h"

#include <string.h>

#include "corpus/error.h"
#include "corpus/reader/captions/captions.h"
#include "corpus/reader/decode.h"
#include "corpus/reader/formats.h"
#include "corpus/reader/line.h"
#include "corpus/reader/office/ooxml.h"
#include "corpus/reader/text/blocks.h"
#include "corpus/reader/text/frontmatter.h"

#define BOM "\xef\xbb\xbf"
#define SLUG_MAX_BYTES 120
#define PDF_MARK_BYTES 1024	/* in which "%PDF-" stands, as readers of PDF have it */

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

/* ---- formats that are no text ---- */

static bool xml_refuse(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	(void)bytes;
	(void)warnings;
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED,
	            "cannot read '%s': is XML that is neither HTML, TEI, Akoma Ntoso nor OpenDocument", doc->path);
	return false;
}

static const struct {
	const char *name;
	format_read_fn *read;	/* NULL: text */
} formats[N_FORMATS] = {
	[FORMAT_TEXT] = { "text", NULL },
	[FORMAT_MARKDOWN] = { "markdown", NULL },
	[FORMAT_JSONL] = { "jsonl", NULL },
	[FORMAT_CAPTIONS] = { "captions", captions_read },
	[FORMAT_PDF] = { "pdf", pdf_read },
	[FORMAT_DOCX] = { "docx", docx_read },
	[FORMAT_PPTX] = { "pptx", pptx_read },
	[FORMAT_ODT] = { "odt", odt_read },
	[FORMAT_ODP] = { "odp", odp_read },
	[FORMAT_HTML] = { "html", html_read },
	[FORMAT_TEI] = { "tei", tei_read },
	[FORMAT_XML] = { "xml", xml_refuse },
};

const char *format_name(enum format format)
{
	return formats[format].name;
}

bool format_is_text(enum format format)
{
	return !formats[format].read;
}

static bool is_pdf(const char *s, gsize len)
{
	return g_strstr_len(s, (gssize)MIN(len, PDF_MARK_BYTES), "%PDF-") != NULL &&
	       (!memcmp(s, "%PDF-", MIN(len, 5)) || memchr(s, 0, MIN(len, READER_HEAD_BYTES)));
}

/* OpenDocument says in its first part what it is; Office by the type of its main part. -1: neither. */
static int archive_format(const char *path, const char *s, gsize len)
{
	static const struct { const char *type; enum format format; } types[] = {
		{ "application/vnd.oasis.opendocument.text", FORMAT_ODT },
		{ "application/vnd.oasis.opendocument.presentation", FORMAT_ODP },
	};
	g_autoptr(GBytes) bytes = g_bytes_new_static(s, len), type = NULL;
	g_autoptr(Package) package = len > 4 && !memcmp(s, "PK", 2) ? package_open(path, bytes, NULL) : NULL;
	g_autofree char *main = NULL;
	enum ooxml_kind kind;

	if (!package)
		return -1;
	type = package_part(package, "mimetype", NULL);
	for (guint i = 0; type && i < G_N_ELEMENTS(types); i++)
		if (g_bytes_get_size(type) >= strlen(types[i].type) &&
		    !memcmp(g_bytes_get_data(type, NULL), types[i].type, strlen(types[i].type)))
			return (int)types[i].format;
	main = ooxml_main(package, &kind);
	return !main ? -1 : kind == OOXML_DOCUMENT ? FORMAT_DOCX : FORMAT_PPTX;
}

/* Behind a declaration of the document's type, whose own declarations stand in brackets. */
static const char *doctype_end(const char *s, const char *end)
{
	const char *close = memchr(s, '>', (gsize)(end - s));
	const char *open = close ? memchr(s, '[', (gsize)(close - s)) : NULL;

	if (!open)
		return close ? close + 1 : NULL;
	for (close = open; (close = memchr(close, ']', (gsize)(end - close))); close++) {
		const char *next = space_skip(close + 1, end);

		if (next < end && *next == '>')
			return next + 1;
	}
	return NULL;
}

/* The first tag that is no declaration, comment or instruction; NULL where something else stands
 * before it. */
static const char *root_tag(const char *s, const char *end)
{
	for (s = space_skip(s + bom_bytes(s, (gsize)(end - s)), end); end - s > 2 && *s == '<'; s = space_skip(s, end)) {
		const char *close = s[1] == '!' && end - s > 4 && s[2] == '-' ? "-->" : s[1] == '?' ? "?>" :
		                    s[1] == '!' ? ">" : NULL;

		if (!close || (s[1] == '!' && !g_ascii_strncasecmp(s, "<!doctype html", MIN((gsize)(end - s), 14))))
			return s;
		if (*close == '>') {
			s = doctype_end(s, end);
		} else {
			s = g_strstr_len(s, end - s, close);
			s = s ? s + strlen(close) : NULL;
		}
		if (!s)
			return NULL;
	}
	return NULL;
}

static bool begins(const char *s, const char *end, const char *with)
{
	gsize bytes = strlen(with);

	return (gsize)(end - s) >= bytes && !memcmp(s, with, bytes);
}

/* OpenDocument in one XML file says on its root what it is. */
static int flat_format(const char *tag, const char *end)
{
	static const char root[] = "<office:document", type[] = "application/vnd.oasis.opendocument.";
	const char *close, *mime;

	if ((gsize)(end - tag) < sizeof root || memcmp(tag, root, sizeof root - 1))
		return -1;
	close = memchr(tag, '>', (gsize)(end - tag));
	mime = g_strstr_len(tag, (close ? close : end) - tag, type);
	if (!mime)
		return -1;
	mime += sizeof type - 1;
	return begins(mime, end, "text") ? FORMAT_ODT : begins(mime, end, "presentation") ? FORMAT_ODP : -1;
}

/* Is it an element of that name, in small letters? In XML it may have any prefix. */
static bool is_element(const char *tag, const char *end, const char *name, bool prefixed)
{
	const char *s = tag + 1;
	gsize bytes = strlen(name);

	while (prefixed && s < end && (g_ascii_isalnum(*s) || *s == '-' || *s == '_' || *s == '.'))
		s++;
	s = s < end && *s == ':' ? s + 1 : tag + 1;
	return (gsize)(end - s) > bytes && !g_ascii_strncasecmp(s, name, bytes) &&
	       (g_ascii_isspace(s[bytes]) || s[bytes] == '>' || s[bytes] == '/');
}

/* Markup of a root that we do not know is XML where it says so; else it may be a text that begins with "<". */
static bool says_xml(const char *s, const char *tag, const char *end)
{
	const char *close;

	s = space_skip(s + bom_bytes(s, (gsize)(end - s)), end);
	if ((begins(s, end, "<?xml") && end - s > 5 && g_ascii_isspace(s[5])) || begins(s, end, "<!DOCTYPE "))
		return true;
	close = tag ? memchr(tag, '>', (gsize)(end - tag)) : NULL;
	return close && (g_strstr_len(tag, close - tag, " xmlns=\"http") || g_strstr_len(tag, close - tag, " xmlns:"));
}

/* HTML, TEI and OpenDocument by their root; -1 for text. */
static int markup_format(const char *s, gsize len)
{
	static const struct { const char *name; enum format format; } roots[] = {
		{ "html", FORMAT_HTML }, { "head", FORMAT_HTML }, { "body", FORMAT_HTML },
		{ "tei", FORMAT_TEI }, { "teicorpus", FORMAT_TEI }, { "tei.2", FORMAT_TEI }, { "akomantoso", FORMAT_TEI },
	};
	const char *end = s + MIN(len, READER_HEAD_BYTES), *tag = root_tag(s, end);
	int flat = tag ? flat_format(tag, end) : -1;

	if (flat >= 0)
		return flat;
	if (tag && end - tag > 14 && !g_ascii_strncasecmp(tag, "<!doctype html", 14))
		return FORMAT_HTML;
	for (guint i = 0; tag && i < G_N_ELEMENTS(roots); i++)
		if (is_element(tag, end, roots[i].name, roots[i].format == FORMAT_TEI))
			return (int)roots[i].format;
	return says_xml(s, tag, end) ? FORMAT_XML : -1;
}

/* The same of what is UTF-16; other formats in it are text. */
static int wide_format(const char *s, gsize len)
{
	g_autoptr(GBytes) wide = g_bytes_new_static(s, len), bytes = decode_utf16(wide);
	gsize bytes_len = 0;
	const char *plain = bytes ? g_bytes_get_data(bytes, &bytes_len) : NULL;

	return plain ? markup_format(plain, bytes_len) : -1;
}

static bool has_suffix(const char *path, const char *suffix)
{
	gsize a = strlen(path), b = strlen(suffix);

	return a > b && !g_ascii_strcasecmp(path + a - b, suffix);
}

/* HTML that is no good XML, and Markdown that quotes some, are what their names say. */
static bool is_named_markup(const char *path)
{
	static const char *const suffixes[] = { ".html", ".htm", ".xhtml", ".md", ".markdown" };

	for (guint i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (has_suffix(path, suffixes[i]))
			return true;
	return false;
}

enum format reader_format(const char *path, const char *s, gsize len)
{
	gsize bom, head = MIN(len, READER_HEAD_BYTES);
	int found;

	if (is_pdf(s, len))
		return FORMAT_PDF;
	if ((found = archive_format(path, s, len)) >= 0)
		return (enum format)found;
	if ((found = markup_format(s, len)) >= 0 && (found != FORMAT_XML || !is_named_markup(path)))
		return (enum format)found;
	if ((found = wide_format(s, head)) >= 0)
		return (enum format)found;
	bom = bom_bytes(s, head);
	if (captions_begin(s, head))
		return FORMAT_CAPTIONS;
	if (is_jsonl(s, head))
		return FORMAT_JSONL;
	if ((has_suffix(path, ".html") || has_suffix(path, ".htm") || has_suffix(path, ".xhtml")) && memchr(s, '<', head))
		return FORMAT_HTML;
	if (has_suffix(path, ".md") || has_suffix(path, ".markdown") || is_markdown(s + bom, (guint32)(head - bom)))
		return FORMAT_MARKDOWN;
	return FORMAT_TEXT;
}

/* ---- reading ---- */

void reader_read_text(struct document *doc, GBytes *text, enum format format)
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
	from = front_matter_read(doc, from);
	blocks_read(doc, from, format == FORMAT_MARKDOWN);
}

bool reader_read(struct document *doc, GBytes *bytes, enum format format, corpus_warnings *warnings, GError **error)
{
	g_autoptr(GBytes) text = NULL;

	doc->format = format_name(format);
	if (formats[format].read && g_bytes_get_size(bytes))	/* what is empty is a text without words */
		return formats[format].read(doc, bytes, warnings, error);
	text = decode(doc->path, bytes, warnings, error);
	if (text)
		reader_read_text(doc, text, format);
	return text != NULL;
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
