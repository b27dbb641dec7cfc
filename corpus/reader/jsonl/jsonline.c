/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * jsonline.c - one line of a JSONL collection as its fields.
 *
 * Collections have hundreds of thousands of flat records, and a tree for each
 * costs jansson 25 microseconds a kilobyte. So the shape that nearly all have
 * is scanned here:
 *
 *   { "key": "string" | integer | true | false | null, ... }
 *
 * Whatever else a line is (nested, odd, broken) is left to jansson from its
 * start, so that jansson alone decides what is JSON and what the error is.
 */
#include "corpus/reader/jsonl/jsonline.h"

#include <jansson.h>
#include <string.h>

#include "corpus/error.h"

#define INTEGER_MAX_DIGITS 18
#define TIME_MAX 1e9		/* seconds */
#define FRACTION_MAX_BYTES 24

static const struct {
	const char *key;
	enum json_field field;
} keys[] = {
	{ "id", JSON_ID }, { "title", JSON_TITLE }, { "text", JSON_TEXT }, { "speaker", JSON_SPEAKER },
	{ "role", JSON_ROLE }, { "organisation", JSON_ORGANISATION }, { "organization", JSON_ORGANISATION },
	{ "country", JSON_COUNTRY }, { "panel", JSON_PANEL }, { "date", JSON_DATE },
	{ "language", JSON_LANGUAGE }, { "doc", JSON_DOC }, { "url", JSON_URL }, { "event", JSON_EVENT },
	{ "place", JSON_PLACE }, { "publisher", JSON_PUBLISHER }, { "authors", JSON_AUTHORS },
	{ "author", JSON_AUTHORS }, { "type", JSON_TYPE }, { "kind", JSON_KIND }, { "page", JSON_PAGE },
	{ "slide", JSON_SLIDE }, { "time", JSON_TIME },
};

void json_line_init(struct json_line *line)
{
	memset(line, 0, sizeof *line);
	line->scratch = g_string_new(NULL);
}

void json_line_clear(struct json_line *line)
{
	if (line->tree)
		json_decref(line->tree);
	g_string_free(line->scratch, TRUE);
	memset(line, 0, sizeof *line);
}

static void reset(struct json_line *line)
{
	memset(line->fields, 0, sizeof line->fields);
	g_string_truncate(line->scratch, 0);
	if (line->tree)
		json_decref(line->tree);
	line->tree = NULL;
}

static int field_of(const char *key, gsize len)
{
	for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
		if (*keys[i].key == *key && !strncmp(keys[i].key, key, len) && !keys[i].key[len])
			return keys[i].field;
	return -1;
}

static void append_fraction(GString *out, double value)
{
	char digits[G_ASCII_DTOSTR_BUF_SIZE];

	if (value > -TIME_MAX && value < TIME_MAX)
		g_string_append(out, g_ascii_formatd(digits, sizeof digits, "%.3f", value));
}

/* The quick way. Each function returns where it stopped, NULL to give up. */

static const char *skip_blanks(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n'))
		s++;
	return s;
}

static int hex4(const char *s)
{
	int value = 0;

	for (int i = 0; i < 4; i++) {
		int digit = g_ascii_xdigit_value(s[i]);

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* \uXXXX, perhaps a pair of surrogates; s is behind the "u". */
static const char *unescape_unicode(const char *s, const char *end, GString *out)
{
	int c = end - s >= 4 ? hex4(s) : -1, d;

	if (c <= 0 || (c >= 0xdc00 && c < 0xe000))
		return NULL;
	s += 4;
	if (c >= 0xd800 && c < 0xdc00) {
		d = end - s >= 6 && s[0] == '\\' && s[1] == 'u' ? hex4(s + 2) : -1;
		if (d < 0xdc00 || d >= 0xe000)
			return NULL;
		c = 0x10000 + ((c - 0xd800) << 10) + (d - 0xdc00);
		s += 6;
	}
	g_string_append_unichar(out, (gunichar)c);
	return s;
}

static const char *unescape(const char *s, const char *end, GString *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *which;

	if (s >= end)
		return NULL;
	if (*s == 'u')
		return unescape_unicode(s + 1, end, out);
	which = *s ? strchr(from, *s) : NULL;
	if (!which)
		return NULL;
	g_string_append_c(out, to[which - from]);
	return s + 1;
}

/* The first ", \ or control character. */
static const char *plain_end(const char *s, const char *end)
{
	while (s < end && *s != '"' && *s != '\\' && (guchar)*s >= 0x20)
		s++;
	return s;
}

/* A string; s is behind its opening mark. The scratch has room for the whole
 * line, so that what points into it stays. */
static const char *scan_string(struct json_line *line, const char *s, const char *end, struct json_slice *slice)
{
	const char *p = plain_end(s, end);
	gsize from = line->scratch->len;

	if (p < end && *p == '"') {
		*slice = (struct json_slice){ s, (gsize)(p - s) };
		return p + 1;
	}
	while (p < end && *p == '\\') {
		g_string_append_len(line->scratch, s, p - s);
		s = unescape(p + 1, end, line->scratch);
		if (!s)
			return NULL;
		p = plain_end(s, end);
	}
	if (p >= end || *p != '"')
		return NULL;
	g_string_append_len(line->scratch, s, p - s);
	*slice = (struct json_slice){ line->scratch->str + from, line->scratch->len - from };
	return p + 1;
}

/* A number with a fraction is only wanted of a time, and kept as jansson's would be. */
static const char *scan_fraction(struct json_line *line, const char *s, const char *point, const char *end, bool wanted,
                                 struct json_slice *slice)
{
	char number[INTEGER_MAX_DIGITS * 2 + 4];
	const char *p = point + 1;
	gsize from = line->scratch->len;

	while (p < end && g_ascii_isdigit(*p))
		p++;
	if (p == point + 1 || p - point > INTEGER_MAX_DIGITS || (p < end && (*p == 'e' || *p == 'E')))
		return NULL;
	if (!wanted)
		return p;
	if (line->scratch->allocated_len - from < FRACTION_MAX_BYTES)	/* it must not move */
		return NULL;
	memcpy(number, s, (gsize)(p - s));
	number[p - s] = 0;
	append_fraction(line->scratch, g_ascii_strtod(number, NULL));
	*slice = (struct json_slice){ line->scratch->str + from, line->scratch->len - from };
	return p;
}

static const char *scan_number(struct json_line *line, const char *s, const char *end, bool wanted, struct json_slice *slice)
{
	const char *p = s + (*s == '-'), *digits = p;

	while (p < end && g_ascii_isdigit(*p))
		p++;
	if (p == digits || p - digits > INTEGER_MAX_DIGITS || (*digits == '0' && (p - digits > 1 || digits > s)))
		return NULL;
	if (p < end && *p == '.')
		return scan_fraction(line, s, p, end, wanted, slice);
	if (p < end && (*p == 'e' || *p == 'E'))
		return NULL;
	*slice = (struct json_slice){ s, (gsize)(p - s) };
	return p;
}

static const char *scan_value(struct json_line *line, const char *s, const char *end, int field, struct json_slice *slice)
{
	static const char *const words[] = { "true", "false", "null" };

	*slice = (struct json_slice){ NULL, 0 };
	if (s >= end)
		return NULL;
	if (*s == '"')
		return scan_string(line, s + 1, end, slice);
	if (*s == '-' || g_ascii_isdigit(*s))
		return scan_number(line, s, end, field == JSON_TIME, slice);
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if ((gsize)(end - s) >= strlen(words[i]) && !memcmp(s, words[i], strlen(words[i])))
			return s + strlen(words[i]);
	return NULL;
}

/* "key": value */
static const char *scan_member(struct json_line *line, const char *s, const char *end)
{
	struct json_slice key, value;
	int field;

	s = skip_blanks(s, end);
	if (s >= end || *s != '"' || !(s = scan_string(line, s + 1, end, &key)))
		return NULL;
	s = skip_blanks(s, end);
	if (s >= end || *s != ':')
		return NULL;
	field = key.len ? field_of(key.s, key.len) : -1;
	s = scan_value(line, skip_blanks(s + 1, end), end, field, &value);
	if (s && field >= 0 && (field == JSON_ORGANISATION || field == JSON_AUTHORS) && line->fields[field].s)
		return NULL;	/* two spellings of one key: their order must not decide */
	if (s && field >= 0)
		line->fields[field] = value;
	return s;
}

static bool scan(struct json_line *line, const char *s, const char *end)
{
	s = skip_blanks(s, end);
	if (s >= end || *s != '{')
		return false;
	s = skip_blanks(s + 1, end);
	if (s < end && *s == '}')
		return skip_blanks(s + 1, end) == end;
	for (;;) {
		s = scan_member(line, s, end);
		if (!s)
			return false;
		s = skip_blanks(s, end);
		if (s >= end || (*s != ',' && *s != '}'))
			return false;
		if (*s++ == '}')
			return skip_blanks(s, end) == end;
	}
}

/* The thorough way. */

static struct json_slice slice_of(struct json_line *line, const json_t *value, enum json_field field)
{
	gsize from = line->scratch->len;

	if (json_is_object(value))	/* {"name": "..."} */
		value = json_object_get(value, "name");
	else if (json_is_array(value) && json_array_size(value) == 1)
		value = json_array_get(value, 0);
	if (json_is_string(value))
		return (struct json_slice){ json_string_value(value), json_string_length(value) };
	if (json_is_real(value) && field == JSON_TIME) {
		append_fraction(line->scratch, json_real_value(value));
		return (struct json_slice){ line->scratch->str + from, line->scratch->len - from };
	}
	if (!json_is_integer(value))
		return (struct json_slice){ NULL, 0 };
	g_string_append_printf(line->scratch, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	return (struct json_slice){ line->scratch->str + from, line->scratch->len - from };
}

bool json_line_read_plain(struct json_line *line, const char *s, gsize len, GError **error)
{
	json_error_t fault;

	reset(line);
	/* Room for every integer of the fields: what points into it stays. */
	g_string_set_size(line->scratch, N_JSON_FIELDS * 24);
	g_string_truncate(line->scratch, 0);
	line->tree = json_loadb(s, len, 0, &fault);
	if (!line->tree || !json_is_object((json_t *)line->tree)) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, "%s",
		            line->tree ? "not a JSON object" : fault.text);
		return false;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
		const json_t *value = json_object_get(line->tree, keys[i].key);

		if (value && !line->fields[keys[i].field].s)
			line->fields[keys[i].field] = slice_of(line, value, keys[i].field);
	}
	return true;
}

bool json_line_read(struct json_line *line, const char *s, gsize len, GError **error)
{
	reset(line);
	if (line->scratch->allocated_len <= len + FRACTION_MAX_BYTES) {
		g_string_set_size(line->scratch, len + FRACTION_MAX_BYTES + 1);
		g_string_truncate(line->scratch, 0);
	}
	return scan(line, s, s + len) || json_line_read_plain(line, s, len, error);
}
