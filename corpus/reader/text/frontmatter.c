/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * frontmatter.c - reads the part of YAML that front matter is written in
 * (scalars, quoted scalars, lists in both styles; what is nested deeper is left
 * out) and the "Key: value" lines at the head of a text.
 */
#include "corpus/reader/text/frontmatter.h"

#include <string.h>

#include "corpus/date.h"
#include "corpus/reader/line.h"

#define HEAD_LINES_MAX 400
#define KEY_MAX_BYTES 40
#define VALUE_MAX_BYTES 4096
#define HEAD_VALUE_MAX_BYTES 240	/* of a head line; longer is running text */

enum field {
	FIELD_OTHER, FIELD_TITLE, FIELD_DATE, FIELD_DATE_END, FIELD_PERSON, FIELD_AUTHOR, FIELD_EVENT,
	FIELD_PLACE, FIELD_LANGUAGE, FIELD_PUBLISHER, FIELD_URL, FIELD_TYPE, FIELD_PANEL,
};

static const struct {
	const char *key, *canonical;
	enum field field;
} keys[] = {
	{ "title", "title", FIELD_TITLE },
	{ "subtitle", "subtitle", FIELD_OTHER },
	{ "date", "date", FIELD_DATE },
	{ "dates", "date", FIELD_DATE },
	{ "start date", "date", FIELD_DATE },
	{ "date end", "date-end", FIELD_DATE_END },
	{ "end date", "date-end", FIELD_DATE_END },
	{ "speaker", "speaker", FIELD_PERSON },
	{ "speakers", "speaker", FIELD_PERSON },
	{ "presenter", "speaker", FIELD_PERSON },
	{ "presenters", "speaker", FIELD_PERSON },
	{ "author", "author", FIELD_AUTHOR },
	{ "authors", "author", FIELD_AUTHOR },
	{ "moderator", "moderator", FIELD_PERSON },
	{ "moderators", "moderator", FIELD_PERSON },
	{ "chair", "moderator", FIELD_PERSON },
	{ "event", "event", FIELD_EVENT },
	{ "conference", "event", FIELD_EVENT },
	{ "meeting", "event", FIELD_EVENT },
	{ "place", "place", FIELD_PLACE },
	{ "location", "place", FIELD_PLACE },
	{ "venue", "place", FIELD_PLACE },
	{ "city", "place", FIELD_PLACE },
	{ "language", "language", FIELD_LANGUAGE },
	{ "lang", "language", FIELD_LANGUAGE },
	{ "publisher", "publisher", FIELD_PUBLISHER },
	{ "organisation", "publisher", FIELD_PUBLISHER },
	{ "organization", "publisher", FIELD_PUBLISHER },
	{ "organiser", "publisher", FIELD_PUBLISHER },
	{ "organizer", "publisher", FIELD_PUBLISHER },
	{ "institution", "publisher", FIELD_PUBLISHER },
	{ "url", "url", FIELD_URL },
	{ "link", "url", FIELD_URL },
	{ "source", "url", FIELD_URL },
	{ "type", "type", FIELD_TYPE },
	{ "document type", "type", FIELD_TYPE },
	{ "panel", "panel", FIELD_PANEL },
	{ "session", "panel", FIELD_PANEL },
};

struct entry {
	const char *key;	/* canonical, in the document's arena */
	enum field field;
	bool plural;		/* the printed key speaks of several */
};

static struct entry entry_of(struct document *doc, const char *s, gsize len)
{
	char key[KEY_MAX_BYTES + 1];
	gsize i;

	for (i = 0; i < len && i < KEY_MAX_BYTES; i++)
		key[i] = s[i] == '_' || s[i] == '-' ? ' ' : g_ascii_tolower(s[i]);
	key[i] = 0;
	for (gsize k = 0; k < G_N_ELEMENTS(keys); k++)
		if (!strcmp(keys[k].key, key))
			return (struct entry){ keys[k].canonical, keys[k].field, key[i - 1] == 's' };
	return (struct entry){ doc ? document_string(doc, key, -1) : NULL, FIELD_OTHER, false };
}

/* The length of the key of "key: value" at s, 0 where it is none. */
static gsize key_bytes(const char *s, const char *end)
{
	const char *p = s;

	if (p >= end || !g_ascii_isalpha(*p))
		return 0;
	while (p < end && p - s <= KEY_MAX_BYTES && (g_ascii_isalnum(*p) || strchr("_- ", *p)))
		p++;
	if (p >= end || *p != ':' || p - s > KEY_MAX_BYTES || p[-1] == ' ')
		return 0;
	return p + 1 == end || g_ascii_isspace(p[1]) ? (gsize)(p - s) : 0;
}

static void person_add(struct document *doc, const char *value)
{
	struct person person = { 0 };
	const char *comma = strchr(value, ','), *bracket = strchr(value, '(');
	const char **forms = document_alloc(doc, 2 * sizeof *forms);
	gsize len = strlen(value), name_len = len;

	if (comma)
		name_len = (gsize)(comma - value);
	if (bracket && (gsize)(bracket - value) < name_len)
		name_len = (gsize)(bracket - value);
	name_len = (gsize)(space_trim(value, value + name_len) - value);
	if (!name_len)
		return;
	for (guint i = 0; i < doc->people->len; i++)
		if (!strcmp(document_person(doc, i)->forms[0], value))
			return;
	person.name = document_string(doc, value, (gssize)name_len);
	if (comma && (gsize)(comma - value) == (gsize)(space_skip(value + name_len, value + len) - value)) {
		const char *role = space_skip(comma + 1, value + len);

		person.role = role < value + len ? document_string(doc, role, -1) : NULL;
	}
	forms[0] = document_string(doc, value, -1);
	person.forms = forms;
	g_array_append_val(doc->people, person);
}

static void set_authors(struct document *doc, const char *value)
{
	g_autofree char *all = doc->authors ? g_strconcat(doc->authors, "; ", value, NULL) : g_strdup(value);

	doc->authors = document_string(doc, all, -1);
}

static void set_date(struct document *doc, const char *value, bool end)
{
	char first[DATE_SIZE], last[DATE_SIZE];

	if (!date_read(value, first, last))
		return;
	if (end) {
		doc->date_end = document_string(doc, *last ? last : first, -1);
		return;
	}
	doc->date = document_string(doc, first, -1);
	if (*last)
		doc->date_end = document_string(doc, last, -1);
}

static void set_once(struct document *doc, const char **slot, const char *value)
{
	if (!*slot || !**slot)
		*slot = document_string(doc, value, -1);
}

static void set_field(struct document *doc, enum field field, const char *value)
{
	switch (field) {
	case FIELD_TITLE:
		set_once(doc, &doc->title, value);
		break;
	case FIELD_DATE:
	case FIELD_DATE_END:
		set_date(doc, value, field == FIELD_DATE_END);
		break;
	case FIELD_AUTHOR:
		set_authors(doc, value);
		person_add(doc, value);
		break;
	case FIELD_PERSON:
		person_add(doc, value);
		break;
	case FIELD_EVENT:
		set_once(doc, &doc->event, value);
		break;
	case FIELD_PLACE:
		set_once(doc, &doc->place, value);
		break;
	case FIELD_LANGUAGE:
		if (front_matter_language(value))
			doc->language = front_matter_language(value);
		break;
	case FIELD_PUBLISHER:
		set_once(doc, &doc->publisher, value);
		break;
	case FIELD_URL:
		if (strstr(value, "://"))
			set_once(doc, &doc->url, value);
		break;
	case FIELD_TYPE:
		if (front_matter_type(value) >= 0)
			doc->type = front_matter_type(value);
		break;
	case FIELD_PANEL:
	case FIELD_OTHER:
		break;
	}
}

/* One value: a block, and what it sets. */
static void value_add(struct document *doc, const struct entry *entry, guint32 start, guint32 end)
{
	struct block block = { .kind = BLOCK_LIST_ITEM, .zone = ZONE_FRONT_MATTER, .section = -1, .panel = -1 };
	struct range range = space_strip(doc->text, start, end);
	g_autofree char *value = NULL;
	char quote;

	if (range.start >= range.end || range.end - range.start > VALUE_MAX_BYTES)
		return;
	quote = doc->text[range.start];
	if (range.end - range.start >= 2 && (quote == '"' || quote == '\'') && doc->text[range.end - 1] == quote) {
		range = space_strip(doc->text, range.start + 1, range.end - 1);
		if (range.start >= range.end)
			return;
	}
	block.label = entry->key;
	block.n_ranges = 1;
	block.ranges = document_alloc(doc, sizeof range);
	*block.ranges = range;
	g_array_append_val(doc->blocks, block);
	value = g_strndup(doc->text + range.start, range.end - range.start);
	g_strdelimit(value, "\r\n\t", ' ');
	set_field(doc, entry->field, value);
}

/* Whether the commas of a value part several names: authors as a rule, others
 * where there are at least three or "and" parts the last. */
static bool commas_part_names(const char *s, const char *end, const struct entry *entry)
{
	guint commas = 0;

	for (const char *p = s; p < end; p++) {
		if (g_ascii_isdigit(*p) || *p == '(')
			return false;
		commas += *p == ',';
	}
	if (!commas || !entry->plural)
		return false;
	return entry->field == FIELD_AUTHOR || commas >= 2 || g_strstr_len(s, end - s, " and ");
}

/* One scalar that may name several people. */
static void people_add(struct document *doc, const struct entry *entry, guint32 start, guint32 end)
{
	const char *text = doc->text;
	bool commas = commas_part_names(text + start, text + end, entry);
	guint32 from = start;

	for (guint32 i = start; i <= end; i++) {
		if (i == end || text[i] == ';' || (commas && text[i] == ',')) {
			if (commas && i - from > 5 && !memcmp(space_skip(text + from, text + i), "and ", 4))
				from = (guint32)(space_skip(text + from, text + i) + 4 - text);
			value_add(doc, entry, from, i);
			from = i + 1;
		} else if (entry->plural && i + 5 < end && !memcmp(text + i, " and ", 5) &&
			   (commas || !memchr(text + start, ',', end - start))) {
			value_add(doc, entry, from, i);
			from = i + 5;
			i += 4;
		}
	}
}

static void scalar_add(struct document *doc, const struct entry *entry, guint32 start, guint32 end)
{
	if (entry->field == FIELD_PERSON || entry->field == FIELD_AUTHOR)
		people_add(doc, entry, start, end);
	else
		value_add(doc, entry, start, end);
}

/* "[a, "b, c", d]" */
static void flow_list(struct document *doc, const struct entry *entry, guint32 start, guint32 end)
{
	guint32 from = start + 1;
	char quote = 0;

	for (guint32 i = from; i < end; i++) {
		char c = doc->text[i];

		if (quote) {
			quote = c == quote ? 0 : quote;
		} else if ((c == '"' || c == '\'') && space_strip(doc->text, from, i).start >= i) {
			quote = c;
		} else if (c == ',' || i == end - 1) {
			value_add(doc, entry, from, i);
			from = i + 1;
		}
	}
}

/* The end of an unquoted value: before " # a comment". */
static guint32 value_end(const char *text, guint32 start, guint32 end)
{
	if (start < end && (text[start] == '"' || text[start] == '\'')) {
		const char *close = memchr(text + start + 1, text[start], end - start - 1);
		const char *rest = close ? space_skip(close + 1, text + end) : NULL;

		return rest && rest < text + end && *rest == '#' ? (guint32)(close + 1 - text) : end;
	}
	for (guint32 i = start; i + 1 < end; i++)
		if (text[i] == ' ' && text[i + 1] == '#')
			return i;
	return end;
}

static void yaml_value(struct document *doc, const struct entry *entry, guint32 start, guint32 end)
{
	end = value_end(doc->text, start, end);
	end = space_strip(doc->text, start, end).end;
	if (start < end && doc->text[start] == '[' && doc->text[end - 1] == ']')
		flow_list(doc, entry, start, end);
	else
		scalar_add(doc, entry, start, end);
}

/* "- item", and of "- name: item" the name. */
static void yaml_item(struct document *doc, const struct entry *entry, const struct line *line)
{
	const char *s = space_skip(doc->text + line->text + 1, doc->text + line->end);
	const char *end = doc->text + line->end;
	struct entry single = *entry;
	gsize key = key_bytes(s, end);

	if (key && (key != 4 || memcmp(s, "name", 4)))
		return;
	if (key)
		s = space_skip(s + key + 1, end);
	single.plural = false;
	value_add(doc, &single, (guint32)(s - doc->text),
	          value_end(doc->text, (guint32)(s - doc->text), line->end));
}

/* "key: |" takes the indented lines below; returns where the next line begins. */
static guint32 yaml_block_scalar(struct document *doc, const struct entry *entry, guint32 from, guint32 end)
{
	struct range range = { 0, 0 };
	struct line line;
	guint32 at;

	for (at = from; at < end; at = line.next) {
		line_read(doc->text, end, at, &line);
		if (!line_is_blank(&line) && !line.indent)
			break;
		if (line_is_blank(&line))
			continue;
		range.start = range.end ? range.start : line.text;
		range.end = line.end;
	}
	if (range.end)
		value_add(doc, entry, range.start, range.end);
	return at;
}

/* The lines between the two fences. */
static void yaml_read(struct document *doc, guint32 from, guint32 end)
{
	struct entry entry = { NULL, FIELD_OTHER, false };
	const char *text = doc->text;
	struct line line;
	bool list = false;

	for (guint32 at = from; at < end; at = line.next) {
		gsize key;

		line_read(text, end, at, &line);
		if (line_is_blank(&line) || text[line.text] == '#')
			continue;
		if (text[line.text] == '-' && list) {
			yaml_item(doc, &entry, &line);
			continue;
		}
		key = line.indent ? 0 : key_bytes(text + line.text, text + line.end);
		if (!key)
			continue;	/* nested, or the rest of a long scalar */
		entry = entry_of(doc, text + line.text, key);
		from = (guint32)(space_skip(text + line.text + key + 1, text + line.end) - text);
		list = from == line.end;
		if (!list && (text[from] == '|' || text[from] == '>') && line.end - from <= 3)
			line.next = yaml_block_scalar(doc, &entry, line.next, end);
		else if (!list)
			yaml_value(doc, &entry, from, line.end);
	}
}

static bool is_fence(const char *text, const struct line *line)
{
	return line->end - line->text == 3 && line->text == line->start &&
	       (!memcmp(text + line->text, "---", 3) || !memcmp(text + line->text, "...", 3));
}

/* Finds both fences: where the YAML begins and ends and what follows; false
 * where the text does not begin with front matter but, say, with a rule. */
static bool find_yaml(const char *text, guint32 len, guint32 from, struct range *yaml, guint32 *body)
{
	struct line line;
	guint n = 0;
	bool keyed = false;

	if (from >= len)
		return false;
	line_read(text, len, from, &line);
	if (!is_fence(text, &line) || text[line.text] != '-')
		return false;
	yaml->start = line.next;
	for (guint32 at = line.next; at < len && n < HEAD_LINES_MAX; at = line.next, n++) {
		line_read(text, len, at, &line);
		if (is_fence(text, &line)) {
			yaml->end = at;
			*body = line.next;
			return keyed;
		}
		if (line_is_blank(&line) || line.indent || strchr("#-", text[line.text]))
			continue;
		if (!key_bytes(text + line.text, text + line.end))
			return false;
		keyed = true;
	}
	return false;
}

bool front_matter_is_yaml(const char *text, guint32 len, guint32 from)
{
	struct range yaml;
	guint32 body;

	return find_yaml(text, len, from, &yaml, &body);
}

/* "Key: value" lines with known keys, up to a blank line. A speaker's label
 * over his first words looks the same: one line about a person is not enough. */
static bool find_head(const char *text, guint32 len, guint32 from, guint32 *end)
{
	struct line line;
	guint n = 0, certain = 0;

	for (guint32 at = from; at < len; at = line.next) {
		gsize key;
		struct entry entry;

		line_read(text, len, at, &line);
		*end = at;
		if (line_is_blank(&line))
			break;
		key = key_bytes(text + line.text, text + line.end);
		if (!key || line.end - line.text > HEAD_VALUE_MAX_BYTES)
			return false;
		entry = entry_of(NULL, text + line.text, key);
		if (!entry.key)
			return false;
		if (entry.field == FIELD_PERSON && line_ends_sentence(text, &line) && !certain)
			return false;
		certain += entry.field != FIELD_PERSON && entry.field != FIELD_PANEL;
		n++;
		*end = line.next;
		if (line.page_break)
			break;
	}
	return certain && n <= HEAD_LINES_MAX;
}

/* The lines of a block that are "Key: value"; 0 where one is not. *certain: how many are not of people. */
static guint head_lines(const struct document *doc, const struct block *block, guint *certain)
{
	struct line line;
	guint n = 0;

	for (guint i = 0; i < block->n_ranges; i++)
		for (guint32 at = block->ranges[i].start, end = block->ranges[i].end; at < end; at = line.next, n++) {
			const char *s = doc->text;
			struct entry entry;
			gsize key;

			line_read(s, end, at, &line);
			key = key_bytes(s + line.text, s + line.end);
			entry = key ? entry_of(NULL, s + line.text, key) : (struct entry){ 0 };
			if (!entry.key || line.end - line.text > HEAD_VALUE_MAX_BYTES ||
			    space_skip(s + line.text + key + 1, s + line.end) == s + line.end ||
			    (entry.field == FIELD_PERSON && line_ends_sentence(s, &line)))
				return 0;
			*certain += entry.field != FIELD_PERSON && entry.field != FIELD_PANEL;
		}
	return n;
}

static void head_read(struct document *doc, guint32 from, guint32 end)
{
	struct line line;

	for (guint32 at = from; at < end; at = line.next) {
		struct entry entry;
		gsize key;

		line_read(doc->text, end, at, &line);
		key = key_bytes(doc->text + line.text, doc->text + line.end);
		if (!key)
			continue;
		entry = entry_of(doc, doc->text + line.text, key);
		scalar_add(doc, &entry, line.text + (guint32)key + 1, line.end);
	}
}

/* "% Title", "% Author; Author", "% Date" at the very beginning: two or three such
 * lines and then an empty one, so that a comment of TeX is none. */
static bool percent_read(struct document *doc, guint32 from, guint32 *end)
{
	static const char *const fields[] = { "title", "authors", "date" };
	struct line line, lines[3];
	guint32 len = (guint32)doc->text_bytes, at = from;
	guint n = 0;

	for (; at < len; at = line.next) {
		line_read(doc->text, len, at, &line);
		if (line.end < line.text + 2 || doc->text[line.text] != '%' || doc->text[line.text + 1] != ' ')
			break;
		if (n == G_N_ELEMENTS(lines))
			return false;
		lines[n++] = line;
	}
	if (n < 2 || (at < len && line.end > line.text))
		return false;
	for (guint i = 0; i < n; i++) {
		struct entry entry = entry_of(doc, fields[i], strlen(fields[i]));
		scalar_add(doc, &entry, lines[i].text + 2, lines[i].end);
	}
	*end = at;
	return true;
}

guint32 front_matter_read(struct document *doc, guint32 from)
{
	guint32 len = (guint32)doc->text_bytes, body;
	struct range yaml;

	if (find_yaml(doc->text, len, from, &yaml, &body)) {
		yaml_read(doc, yaml.start, yaml.end);
		return body;
	}
	if (from < len && percent_read(doc, from, &body))
		return body;
	if (from < len && find_head(doc->text, len, from, &body)) {
		head_read(doc, from, body);
		return body;
	}
	return from;
}

void front_matter_take(struct document *doc)
{
	GArray *blocks = doc->blocks;
	guint n = 0, lines = 0, certain = 0;

	for (; n < blocks->len && document_block(doc, n)->kind == BLOCK_PARAGRAPH && lines <= HEAD_LINES_MAX; n++) {
		guint more = head_lines(doc, document_block(doc, n), &certain);

		if (!more)
			break;
		lines += more;
	}
	if (lines < 2 || !certain || lines > HEAD_LINES_MAX)
		return;
	doc->blocks = g_array_new(FALSE, FALSE, sizeof(struct block));
	for (guint i = 0; i < n; i++) {
		const struct block *block = &g_array_index(blocks, struct block, i);

		head_read(doc, block->ranges[0].start, block->ranges[block->n_ranges - 1].end);
	}
	if (blocks->len > n)
		g_array_append_vals(doc->blocks, &g_array_index(blocks, struct block, n), blocks->len - n);
	g_array_free(blocks, TRUE);
}

const struct block *front_matter_next(const struct document *doc, const char *key, const struct block *after)
{
	guint i = after ? (guint)(after - document_block(doc, 0)) + 1 : 0;

	for (; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);

		if (block->zone == ZONE_FRONT_MATTER && block->label && !strcmp(block->label, key))
			return block;
	}
	return NULL;
}
