/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tokens.c - bytes to tags and texts, and what entities stand for.
 */
#include "corpus/reader/html/tokens.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "corpus/reader/html/tree.h"

#define ENTITY_BYTES 10		/* the longest name, and the longest number */

enum { ENDLESS_COMMENT, ENDLESS_SINGLE, ENDLESS_DOUBLE, ENDLESS_CDATA, ENDLESS_GREATER, ENDLESS_TITLE };

/* The place of a byte from `at` on; the end where it does not come again. */
static guint32 find_byte(const struct html_tokens *t, guint32 at, char c)
{
	const char *found = at < t->len ? memchr(t->text + at, c, t->len - at) : NULL;

	return found ? (guint32)(found - t->text) : t->len;
}

/* The same, for what may be looked for again and again. */
static guint32 find_once(struct html_tokens *t, guint32 at, char c, guint endless)
{
	guint32 found = t->endless[endless] ? t->len : find_byte(t, at, c);

	t->endless[endless] = found >= t->len;
	return found;
}

/* Behind the next ">"; `at` where there is none. */
static guint32 behind_greater(struct html_tokens *t, guint32 at)
{
	guint32 found = find_once(t, at, '>', ENDLESS_GREATER);

	return found < t->len ? found + 1 : at;
}

/* Behind the next `mark`, or where none comes, behind the next ">". */
static guint32 behind_mark(struct html_tokens *t, guint32 at, const char *mark, guint endless)
{
	const char *s = t->text + at, *found = t->endless[endless] ? NULL : g_strstr_len(s, t->len - at, mark);

	if (found)
		return (guint32)(found - t->text) + (guint32)strlen(mark);
	t->endless[endless] = true;
	return behind_greater(t, at);
}

/* ---- attributes ---- */

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool html_next_attribute(const char *text, guint32 *at, guint32 stop, guint32 name[2], guint32 value[2])
{
	guint32 i = *at;

	while (i < stop && (is_blank(text[i]) || text[i] == '/'))
		i++;
	if (i >= stop)
		return false;
	name[0] = i++;	/* a name may begin with "=" */
	while (i < stop && !is_blank(text[i]) && text[i] != '=' && text[i] != '/')
		i++;
	name[1] = value[0] = value[1] = i;
	while (i < stop && is_blank(text[i]))
		i++;
	if (i < stop && text[i] == '=') {
		for (i++; i < stop && is_blank(text[i]); i++)
			;
		if (i < stop && (text[i] == '"' || text[i] == '\'')) {
			const char *close = memchr(text + i + 1, text[i], stop - i - 1);

			value[0] = i + 1;
			value[1] = close ? (guint32)(close - text) : stop;
			i = close ? value[1] + 1 : stop;
		} else {
			value[0] = i;
			while (i < stop && !is_blank(text[i]))
				i++;
			value[1] = i;
		}
	}
	*at = i;
	return true;
}

/* The ">" that ends a tag: one outside of quotation marks, which stand behind "="; where that
 * leads to the end of the page, the next one. */
static guint32 tag_end(struct html_tokens *t, guint32 from)
{
	guint32 at = from;

	while (at < t->len && t->text[at] != '>') {
		guint endless;

		if (t->text[at++] != '=')
			continue;
		while (at < t->len && is_blank(t->text[at]))
			at++;
		if (at >= t->len || (t->text[at] != '"' && t->text[at] != '\''))
			continue;
		endless = t->text[at] == '"' ? ENDLESS_DOUBLE : ENDLESS_SINGLE;
		guint32 close = find_once(t, at + 1, t->text[at], endless);
		if (close < t->len)
			at = close + 1;
	}
	if (at < t->len)
		return at;
	t->endless[ENDLESS_SINGLE] = t->endless[ENDLESS_DOUBLE] = true;
	return find_once(t, from, '>', ENDLESS_GREATER);
}

/* ---- tags and texts ---- */

static bool is_name_byte(char c)
{
	return g_ascii_isalnum(c) || c == ':' || c == '-' || c == '_' || (guchar)c >= 0x80;
}

/* A tag that begins at `at`; false where "<" is only a character. */
static bool read_tag(struct html_tokens *t, guint32 at, struct html_token *token)
{
	guint32 name = at + 1, stop, close;

	token->kind = TOKEN_START;
	if (name < t->len && t->text[name] == '/') {
		token->kind = TOKEN_END;
		name++;
	}
	if (name >= t->len || !g_ascii_isalpha(t->text[name]))
		return false;
	for (stop = name; stop < t->len && is_name_byte(t->text[stop]); stop++)
		;
	close = t->endless[ENDLESS_GREATER] ? t->len : tag_end(t, stop);
	if (close >= t->len)	/* the page was cut off here */
		return false;
	token->tag = html_tag(t->text + name, stop - name);
	token->start = stop;
	token->stop = close;
	token->raw = false;
	token->closed = t->text[close - 1] == '/';
	t->at = close + 1;
	if (token->kind == TOKEN_START && !token->closed && html_tag_flags(token->tag) & TAG_RAW)
		t->inside = token->tag;
	return true;
}

/* The end tag of a raw element, from `at` on; the end of the page where it does not come. */
static guint32 raw_end(const struct html_tokens *t, guint32 at)
{
	for (at = find_byte(t, at, '<'); at < t->len; at = find_byte(t, at + 1, '<')) {
		guint32 name = at + 2, stop = name;

		if (name >= t->len || t->text[at + 1] != '/')
			continue;
		while (stop < t->len && is_name_byte(t->text[stop]))
			stop++;
		if (html_tag(t->text + name, stop - name) == t->inside)
			return at;
		at = stop - 1;
	}
	return t->len;
}

static bool read_raw(struct html_tokens *t, struct html_token *token)
{
	guint32 end = t->inside == HTML_TITLE && t->endless[ENDLESS_TITLE] ? t->len : raw_end(t, t->at);

	if (end == t->len && t->inside == HTML_TITLE) {
		t->endless[ENDLESS_TITLE] = true;
		end = find_byte(t, t->at, '<');
	}
	token->kind = TOKEN_TEXT;
	token->start = t->at;
	token->stop = end;
	token->raw = t->inside != HTML_TITLE && t->inside != HTML_TEXTAREA;
	t->at = end;
	t->inside = HTML_TEXT;
	return end > token->start;
}

/* Comments, declarations, instructions, CDATA: behind it; `at` where it is none of them. *text says
 * what of a CDATA section is text. */
static guint32 behind_markup(struct html_tokens *t, guint32 at, guint32 cdata[2])
{
	const char *s = t->text + at;
	guint32 left = t->len - at;

	cdata[0] = cdata[1] = 0;
	if (left < 3 || (s[1] != '!' && s[1] != '?' && s[1] != '/'))
		return at;
	if (left >= 9 && !memcmp(s, "<![CDATA[", 9)) {
		guint32 behind = behind_mark(t, at + 9, "]]>", ENDLESS_CDATA);

		cdata[0] = at + 9;
		cdata[1] = behind >= at + 12 && !memcmp(t->text + behind - 3, "]]>", 3) ? behind - 3 : at + 9;
		return behind;
	}
	if (left >= 4 && !memcmp(s, "<!--", 4)) {
		if (left > 4 && s[4] == '>')
			return at + 5;
		return behind_mark(t, at + 4, "-->", ENDLESS_COMMENT);
	}
	if (s[1] == '/' && g_ascii_isalpha(s[2]))
		return at;
	return behind_greater(t, at);
}

bool html_token_next(struct html_tokens *t, struct html_token *token)
{
	guint32 from, cdata[2];

	if (t->inside && read_raw(t, token))
		return true;
	*token = (struct html_token){ .kind = TOKEN_TEXT };
	while (t->at < t->len) {
		from = t->at;
		if (t->text[from] == '<') {
			guint32 behind = behind_markup(t, from, cdata);

			if (behind > from) {
				t->at = behind;
				if (cdata[1] <= cdata[0])
					continue;
				*token = (struct html_token){ .kind = TOKEN_TEXT, .start = cdata[0], .stop = cdata[1], .raw = true };
				return true;
			}
			if (read_tag(t, from, token))
				return true;
		}
		t->at = find_byte(t, from + 1, '<');
		*token = (struct html_token){ .kind = TOKEN_TEXT, .start = from, .stop = t->at };
		return true;
	}
	return false;
}

/* ---- entities ---- */

/* What Windows-1252 has in the places where Unicode has control characters: so pages mean &#150;. */
static gunichar of_number(gunichar c)
{
	static const guint16 upper[32] = {
		0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
		0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
		0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
	};

	if (c >= 0x80 && c < 0xa0)
		return upper[c - 0x80];
	if (!c || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0xfffd;
	return c;
}

/* "&#150;", "&#x2013;": behind it; s where it is none. */
static const char *read_number(const char *s, const char *end, gunichar *c)
{
	const char *p = s + 2;
	guint base = p < end && (*p == 'x' || *p == 'X') ? 16 : 10;
	guint32 value = 0, digits = 0;

	p += base == 16;
	for (int d; p < end && (d = base == 16 ? g_ascii_xdigit_value(*p) : g_ascii_digit_value(*p)) >= 0; p++, digits++)
		value = MIN(value * base + (guint)d, 0x110000u);
	if (!digits)
		return s;
	*c = of_number(value);
	return p < end && *p == ';' ? p + 1 : p;
}

/* The names of entities to what they stand for; made once. */
static GHashTable *entities(void)
{
	static const guint ranges[][2] = { { 34, 62 }, { 160, 255 }, { 338, 402 }, { 710, 732 }, { 913, 982 }, { 8194, 8260 },
		{ 8364, 8364 }, { 8465, 8660 }, { 8704, 9002 }, { 9674, 9830 } };
	static GHashTable *table;
	static gsize once;

	if (!g_once_init_enter(&once))
		return table;
	table = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < G_N_ELEMENTS(ranges); i++)
		for (guint c = ranges[i][0]; c <= ranges[i][1]; c++) {
			const htmlEntityDesc *entity = htmlEntityValueLookup(c);

			if (entity)
				g_hash_table_insert(table, (gpointer)entity->name, (gpointer)entity);
		}
	g_once_init_leave(&once, 1);
	return table;
}

void html_entities_prepare(void)
{
	entities();
}

/* "&eacute;"; without the semicolon only those of Latin 1, which old pages write so. */
static const char *read_name(const char *s, const char *end, gunichar *c)
{
	char name[ENTITY_BYTES + 1];
	gsize len = 0;
	const htmlEntityDesc *entity;

	while (s + 1 + len < end && len < ENTITY_BYTES && g_ascii_isalnum(s[1 + len])) {
		name[len] = s[1 + len];
		len++;
	}
	name[len] = 0;
	entity = len ? g_hash_table_lookup(entities(), name) : NULL;
	if (!entity || (entity->value > 0xff && (s + 1 + len >= end || s[1 + len] != ';')))
		return s;
	*c = entity->value;
	s += 1 + len;
	return s < end && *s == ';' ? s + 1 : s;
}

void html_unescape(const char *s, gsize len, GString *out)
{
	const char *end = s + len, *mark;

	while ((mark = memchr(s, '&', (gsize)(end - s)))) {
		gunichar c = 0;
		const char *behind;

		g_string_append_len(out, s, mark - s);
		behind = mark + 1 < end && mark[1] == '#' ? read_number(mark, end, &c) : read_name(mark, end, &c);
		if (behind == mark) {
			g_string_append_c(out, '&');
			s = mark + 1;
			continue;
		}
		g_string_append_unichar(out, c);
		s = behind;
	}
	g_string_append_len(out, s, end - s);
}

/* ---- attributes of nodes ---- */

bool html_attribute_next(const struct html_tree *tree, guint32 node, guint32 *at, struct html_slice *name, struct html_slice *value)
{
	guint32 n[2], v[2];

	if (!html_next_attribute(tree->text, at, tree->nodes[node].stop, n, v))
		return false;
	*name = (struct html_slice){ tree->text + n[0], n[1] - n[0] };
	*value = (struct html_slice){ tree->text + v[0], v[1] - v[0] };
	return true;
}

const char *html_attribute(const struct html_tree *tree, guint32 node, const char *name, GString *buffer)
{
	guint32 at = tree->nodes[node].start;
	gsize len = strlen(name);
	struct html_slice key, value;

	if (tree->nodes[node].tag == HTML_TEXT)
		return NULL;
	while (html_attribute_next(tree, node, &at, &key, &value)) {
		if (key.len != len || g_ascii_strncasecmp(key.s, name, len))
			continue;
		g_string_truncate(buffer, 0);
		html_unescape(value.s, value.len, buffer);
		return buffer->str;
	}
	return NULL;
}
