/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * charset.c - which encoding a page has, and its conversion by iconv.
 */
#include "corpus/reader/html/charset.h"

#include <errno.h>
#include <string.h>

#define HEAD_BYTES 8192		/* in which a page declares its encoding */
#define NAME_BYTES 24
#define OUT_BYTES 16384

/* What names stand for on the web, where that is not what they say; and the encodings whose converters
 * are opened beforehand. Both by the Encoding Standard of the WHATWG. */
static const struct {
	const char *name, *encoding;
} aliases[] = {
	{ "ascii", "WINDOWS-1252" }, { "us-ascii", "WINDOWS-1252" }, { "iso-8859-1", "WINDOWS-1252" },
	{ "iso8859-1", "WINDOWS-1252" }, { "latin1", "WINDOWS-1252" }, { "l1", "WINDOWS-1252" }, { "cp1252", "WINDOWS-1252" },
	{ "x-cp1252", "WINDOWS-1252" }, { "windows-1252", "WINDOWS-1252" }, { "iso-8859-9", "WINDOWS-1254" },
	{ "latin5", "WINDOWS-1254" }, { "iso-8859-11", "WINDOWS-874" }, { "tis-620", "WINDOWS-874" },
	{ "windows-874", "WINDOWS-874" }, { "iso-8859-8-i", "ISO-8859-8" }, { "gb2312", "GB18030" }, { "gbk", "GB18030" }, { "x-gbk", "GB18030" },
	{ "gb_2312-80", "GB18030" }, { "big5", "BIG5-HKSCS" }, { "x-x-big5", "BIG5-HKSCS" }, { "shift_jis", "CP932" },
	{ "shift-jis", "CP932" }, { "sjis", "CP932" }, { "x-sjis", "CP932" }, { "windows-31j", "CP932" }, { "ms_kanji", "CP932" },
	{ "x-euc-jp", "EUC-JP" }, { "euc-kr", "UHC" }, { "ks_c_5601-1987", "UHC" }, { "korean", "UHC" }, { "windows-949", "UHC" },
	{ "x-mac-roman", "MACINTOSH" }, { "x-mac-cyrillic", "MAC-CYRILLIC" }, { "koi8", "KOI8-R" }, { "utf-16", "UTF-8" },
	{ "utf-16le", "UTF-8" }, { "utf-16be", "UTF-8" }, { "utf8", "UTF-8" }, { "unicode", "UTF-8" },
};
static const char *const prepared[] = {
	"ISO-8859-2", "ISO-8859-3", "ISO-8859-4", "ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-10",
	"ISO-8859-13", "ISO-8859-14", "ISO-8859-15", "ISO-8859-16", "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253",
	"WINDOWS-1254", "WINDOWS-1255", "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258", "WINDOWS-874", "KOI8-R", "KOI8-U",
	"IBM866", "MACINTOSH", "GB18030", "BIG5-HKSCS", "CP932", "EUC-JP", "ISO-2022-JP", "UHC",
};
static GIConv converters[G_N_ELEMENTS(prepared)];

void html_charset_prepare(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(prepared); i++)
		if (!converters[i] || converters[i] == (GIConv)-1)
			converters[i] = g_iconv_open("UTF-8", prepared[i]);
}

/* ---- what the page says ---- */

static char *name_at(const char *s, const char *end)
{
	const char *from;

	while (s < end && (g_ascii_isspace(*s) || *s == '"' || *s == '\''))
		s++;
	for (from = s; s < end && (g_ascii_isalnum(*s) || strchr("-_:.", *s)); s++)
		;
	return s > from && s - from <= NAME_BYTES ? g_ascii_strdown(from, s - from) : NULL;
}

/* The value behind "NAME =" in [s, end); NULL for none. */
static char *value_of(const char *s, const char *end, const char *name)
{
	gsize len = strlen(name);

	for (; s + len < end; s++) {
		const char *p = s + len;

		if (g_ascii_strncasecmp(s, name, len))
			continue;
		while (p < end && g_ascii_isspace(*p))
			p++;
		if (p < end && *p == '=')
			return name_at(p + 1, end);
	}
	return NULL;
}

char *html_declared_charset(const char *s, gsize len)
{
	const char *end = s + MIN(len, HEAD_BYTES), *close;
	char *name;

	if (end - s > 6 && !memcmp(s, "<?xml ", 6) && (close = memchr(s, '>', (gsize)(end - s))) && (name = value_of(s, close, "encoding")))
		return name;
	while ((s = memchr(s, '<', (gsize)(end - s)))) {
		if (end - s > 4 && !memcmp(s, "<!--", 4)) {
			s = g_strstr_len(s, end - s, "-->");
			if (!s)
				return NULL;
		} else if (end - s > 6 && !g_ascii_strncasecmp(s, "<meta", 5)) {
			close = memchr(s, '>', (gsize)(end - s));
			if ((name = value_of(s, close ? close : end, "charset")))
				return name;
		}
		s++;
	}
	return NULL;
}

/* ---- converting ---- */

static GIConv open_converter(const char *encoding, bool *ours)
{
	*ours = false;
	for (guint i = 0; i < G_N_ELEMENTS(prepared); i++)
		if (!strcmp(prepared[i], encoding) && converters[i] && converters[i] != (GIConv)-1) {
			g_iconv(converters[i], NULL, NULL, NULL, NULL);
			return converters[i];
		}
	*ours = true;
	return g_iconv_open("UTF-8", encoding);
}

static GBytes *convert(const char *path, GIConv converter, const char *s, gsize len, const char *encoding, corpus_warnings *warnings)
{
	GString *out = g_string_sized_new(len + len / 2);
	char *in = (char *)s, buffer[OUT_BYTES];
	gsize wrong = 0;

	while (len) {
		char *to = buffer;
		gsize room = sizeof buffer, result = g_iconv(converter, &in, &len, &to, &room);

		g_string_append_len(out, buffer, to - buffer);
		if (result != (gsize)-1 || errno == E2BIG)
			continue;
		g_string_append(out, "\xef\xbf\xbd");	/* not of this encoding, or cut off */
		wrong++;
		in++;
		len--;
	}
	if (wrong)
		warning_add(warnings, path, "%" G_GSIZE_FORMAT " byte%s not of its encoding '%s': replaced by U+FFFD", wrong,
		            wrong == 1 ? " is" : "s are", encoding);
	return g_string_free_to_bytes(out);
}

static GBytes *without_nul(GBytes *bytes)
{
	gsize len;
	const char *s = g_bytes_get_data(bytes, &len);
	char *copy;

	if (!len || !memchr(s, 0, len))
		return g_bytes_ref(bytes);
	copy = g_memdup2(s, len);
	for (char *p = copy; (p = memchr(p, 0, len - (gsize)(p - copy)));)
		*p = ' ';
	return g_bytes_new_take(copy, len);
}

static const char *encoding_of(const char *name)
{
	for (guint i = 0; name && i < G_N_ELEMENTS(aliases); i++)
		if (!strcmp(aliases[i].name, name))
			return aliases[i].encoding;
	return NULL;
}

/* As the page declares; NULL where it does not, or we do not know the encoding. */
static GBytes *by_declaration(const char *path, GBytes *bytes, corpus_warnings *warnings)
{
	gsize len;
	const char *s = g_bytes_get_data(bytes, &len);
	g_autofree char *name = html_declared_charset(s, len), *upper = name ? g_ascii_strup(name, -1) : NULL;
	const char *encoding = encoding_of(name) ? encoding_of(name) : upper;
	bool ours;
	GIConv converter;
	GBytes *out;

	if (!encoding || !strcmp(encoding, "UTF-8") || strchr(encoding, '/'))
		return NULL;
	converter = open_converter(encoding, &ours);
	if (converter == (GIConv)-1) {
		warning_add(warnings, path, "is in '%s', which cannot be converted here", name);
		return NULL;
	}
	out = convert(path, converter, s, len, name, warnings);
	if (ours)
		g_iconv_close(converter);
	return out;
}

static bool is_declared_2022(GBytes *bytes)
{
	gsize len;
	const char *s = g_bytes_get_data(bytes, &len);
	g_autofree char *name = html_declared_charset(s, len);

	return name && !strcmp(name, "iso-2022-jp") && memchr(s, 0x1b, len);
}

GBytes *html_decode(const char *path, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	gsize len;
	const guchar *s = g_bytes_get_data(bytes, &len);
	bool utf16 = len >= 2 && ((s[0] == 0xff && s[1] == 0xfe) || (s[0] == 0xfe && s[1] == 0xff));
	g_autoptr(GBytes) plain = utf16 ? decode(path, bytes, warnings, error) : without_nul(bytes), out = NULL;

	if (!plain || utf16 || !len)
		return g_steal_pointer(&plain);
	if (!g_utf8_validate_len(g_bytes_get_data(plain, NULL), len, NULL) || is_declared_2022(plain))
		out = by_declaration(path, plain, warnings);
	return out ? without_nul(out) : decode(path, plain, warnings, error);
}
