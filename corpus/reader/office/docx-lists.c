/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-lists.c - numbering.xml, and counting.
 */
#include "corpus/reader/office/docx-lists.h"

#include <string.h>

#include "corpus/reader/decode.h"
#include "corpus/reader/numerals.h"

#define FORMAT_MAX_BYTES 40
#define TEXT_MAX_BYTES 80
#define NUMBER_MAX 1000000

struct level {
	char *format, *text;	/* NULL: not said */
	int start;		/* -1: not said */
	int restart;		/* behind an item of this level from 1, or higher; 0: never; -1: of any higher level */
	bool legal;		/* all numbers as decimals */
};

/* A definition, and how far its lists have counted. */
struct definition {
	struct level levels[DOCX_LIST_LEVELS];
	char *style;		/* the definition is that of this style's list */
	guint counts[DOCX_LIST_LEVELS];
	bool counted[DOCX_LIST_LEVELS];
};

struct list {
	int definition;
	struct level levels[DOCX_LIST_LEVELS];	/* overrides */
	int starts[DOCX_LIST_LEVELS];		/* -1: goes on */
	bool used[DOCX_LIST_LEVELS];
};

struct docx_lists {
	GHashTable *definitions, *lists;	/* by their numbers */
	GString *label;
};

static void levels_clear(struct level *levels)
{
	for (int i = 0; i < DOCX_LIST_LEVELS; i++) {
		g_free(levels[i].format);
		g_free(levels[i].text);
	}
}

static void levels_init(struct level *levels)
{
	for (int i = 0; i < DOCX_LIST_LEVELS; i++)
		levels[i] = (struct level){ .start = -1, .restart = -1 };
}

static void definition_free(gpointer data)
{
	struct definition *definition = data;

	levels_clear(definition->levels);
	g_free(definition->style);
	g_free(definition);
}

static void list_free(gpointer data)
{
	struct list *list = data;

	levels_clear(list->levels);
	g_free(list);
}

/* ---- reading ---- */

struct lists_reading {
	struct docx_lists *lists;
	struct ooxml_ns_cache cache;
	struct definition *definition;
	struct list *list;
	int override;		/* the level that is overridden */
	struct level *level;
	guint skip;		/* open elements of the second of two spellings */
	GString *buffer;
};

static int number_of(const struct xml_attributes *attributes, const char *name, GString *buffer, int high)
{
	return ooxml_int(xml_attribute(attributes, name, buffer), 0, high, -1);
}

static void begin_definition(struct lists_reading *r, int number)
{
	r->definition = NULL;
	if (number < 0 || g_hash_table_size(r->lists->definitions) >= DOCX_LISTS_MAX ||
	    g_hash_table_contains(r->lists->definitions, GINT_TO_POINTER(number)))
		return;
	r->definition = g_new0(struct definition, 1);
	levels_init(r->definition->levels);
	g_hash_table_insert(r->lists->definitions, GINT_TO_POINTER(number), r->definition);
}

static void begin_list(struct lists_reading *r, int number)
{
	r->list = NULL;
	r->override = -1;
	if (number < 0 || g_hash_table_size(r->lists->lists) >= DOCX_LISTS_MAX ||
	    g_hash_table_contains(r->lists->lists, GINT_TO_POINTER(number)))
		return;
	r->list = g_new0(struct list, 1);
	r->list->definition = -1;
	levels_init(r->list->levels);
	for (int i = 0; i < DOCX_LIST_LEVELS; i++)
		r->list->starts[i] = -1;
	g_hash_table_insert(r->lists->lists, GINT_TO_POINTER(number), r->list);
}

static void begin_level(struct lists_reading *r, int number)
{
	struct level *levels = r->list ? r->list->levels : r->definition ? r->definition->levels : NULL;

	r->level = levels && number >= 0 ? &levels[number] : NULL;
}

static void read_level(struct lists_reading *r, const char *name, const char *value)
{
	struct level *level = r->level;

	if (!strcmp(name, "start"))
		level->start = ooxml_int(value, 0, NUMBER_MAX, 1);
	else if (!strcmp(name, "numFmt") && !level->format)
		level->format = g_strndup(value ? value : "decimal", FORMAT_MAX_BYTES);
	else if (!strcmp(name, "lvlText") && !level->text)
		level->text = g_strndup(value ? value : "", TEXT_MAX_BYTES);
	else if (!strcmp(name, "lvlRestart"))
		level->restart = ooxml_int(value, 0, DOCX_LIST_LEVELS, -1);
	else if (!strcmp(name, "isLgl"))
		level->legal = ooxml_is_on(value);
}

static void lists_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct lists_reading *r = data;
	enum ooxml_ns vocabulary = ooxml_ns(&r->cache, ns);
	const char *value;

	if (r->skip || (vocabulary == NS_COMPATIBILITY && !strcmp(name, "Fallback"))) {
		r->skip++;
		return;
	}
	if (vocabulary != NS_WORD)
		return;
	if (!strcmp(name, "abstractNum")) {
		begin_definition(r, number_of(attributes, "abstractNumId", r->buffer, G_MAXINT));
	} else if (!strcmp(name, "num")) {
		begin_list(r, number_of(attributes, "numId", r->buffer, G_MAXINT));
	} else if (!strcmp(name, "lvlOverride")) {
		r->override = number_of(attributes, "ilvl", r->buffer, DOCX_LIST_LEVELS - 1);
	} else if (!strcmp(name, "lvl")) {
		begin_level(r, number_of(attributes, "ilvl", r->buffer, DOCX_LIST_LEVELS - 1));
	} else {
		value = xml_attribute(attributes, "val", r->buffer);
		if (r->level)
			read_level(r, name, value);
		else if (r->list && !strcmp(name, "abstractNumId"))
			r->list->definition = ooxml_int(value, 0, G_MAXINT, -1);
		else if (r->list && r->override >= 0 && !strcmp(name, "startOverride"))
			r->list->starts[r->override] = ooxml_int(value, 0, NUMBER_MAX, 1);
		else if (r->definition && !r->definition->style && !strcmp(name, "numStyleLink") && value)
			r->definition->style = g_strdup(value);
	}
}

static void lists_end(void *data, const char *ns, const char *name)
{
	struct lists_reading *r = data;

	(void)ns;
	if (r->skip) {
		r->skip--;
		return;
	}
	if (!strcmp(name, "abstractNum"))
		r->definition = NULL;
	else if (!strcmp(name, "num"))
		r->list = NULL;
	else if (!strcmp(name, "lvl"))
		r->level = NULL;
	else if (!strcmp(name, "lvlOverride"))
		r->override = -1;
}

static void lists_text(void *data, const char *s, gsize len)
{
	(void)data;
	(void)s;
	(void)len;
}

struct docx_lists *docx_lists_new(struct package *package, const char *path, const char *part, corpus_warnings *warnings)
{
	static const struct xml_handler handler = { .start = lists_start, .end = lists_end, .text = lists_text };
	struct docx_lists *lists = g_new0(struct docx_lists, 1);
	g_autoptr(GString) buffer = g_string_new(NULL);
	struct lists_reading reading = { .lists = lists, .buffer = buffer, .override = -1 };

	lists->definitions = g_hash_table_new_full(NULL, NULL, NULL, definition_free);
	lists->lists = g_hash_table_new_full(NULL, NULL, NULL, list_free);
	lists->label = g_string_new(NULL);
	if (part && package_has(package, part) && !ooxml_read(package, path, part, &handler, &reading, NULL))
		warning_add(warnings, path, "part '%s' is damaged: numbers of paragraphs may be missing", part);
	return lists;
}

void docx_lists_free(struct docx_lists *lists)
{
	if (!lists)
		return;
	g_hash_table_unref(lists->definitions);
	g_hash_table_unref(lists->lists);
	g_string_free(lists->label, TRUE);
	g_free(lists);
}

/* ---- numbers ---- */

char docx_numeral(const char *format)
{
	static const struct { const char *format; char style; } formats[] = {
		{ "lowerRoman", 'i' }, { "upperRoman", 'I' }, { "lowerLetter", 'r' }, { "upperLetter", 'R' }, { "decimalZero", '0' },
		{ "ordinal", 'o' },
	};

	for (guint i = 0; format && i < G_N_ELEMENTS(formats); i++)
		if (!strcmp(format, formats[i].format))
			return formats[i].style;
	return '1';
}

/* ---- counting ---- */

static struct definition *definition_of(struct docx_lists *lists, struct docx_styles *styles, const struct list *list)
{
	struct definition *definition = g_hash_table_lookup(lists->definitions, GINT_TO_POINTER(list->definition));
	const struct list *linked;

	if (!definition || !definition->style)
		return definition;
	linked = g_hash_table_lookup(lists->lists, GINT_TO_POINTER(docx_style(styles, definition->style)->list));
	if (!linked || linked == list)
		return definition;
	return g_hash_table_lookup(lists->definitions, GINT_TO_POINTER(linked->definition));
}

/* What a list says of a level, or else its definition. */
static struct level level_of(const struct definition *definition, const struct list *list, int i)
{
	struct level level = definition->levels[i];
	const struct level *own = &list->levels[i];

	if (own->format || own->text)
		level = *own;
	if (own->start >= 0)
		level.start = own->start;
	level.start = MAX(level.start, 0);
	if (!level.format)
		level.format = (char *)"decimal";
	return level;
}

static void count(struct definition *definition, struct list *list, int at)
{
	struct level level = level_of(definition, list, at);

	if (list->starts[at] >= 0 && !list->used[at])
		definition->counts[at] = (guint)list->starts[at];
	else if (!definition->counted[at])
		definition->counts[at] = (guint)(list->starts[at] >= 0 ? list->starts[at] : level.start);
	else if (definition->counts[at] < NUMBER_MAX)
		definition->counts[at]++;
	definition->counted[at] = true;
	list->used[at] = true;
	for (int i = at + 1; i < DOCX_LIST_LEVELS; i++) {
		int restart = level_of(definition, list, i).restart;

		if (restart < 0 || (restart > 0 && at < restart))
			definition->counted[i] = false;
	}
}

static guint shown(const struct definition *definition, const struct list *list, int i)
{
	return definition->counted[i] ? definition->counts[i] : (guint)level_of(definition, list, i).start;
}

/* A bullet of a font of symbols stands in Unicode's private area; "o" is one of Courier. */
static void add_bullet(GString *label, const char *text)
{
	gunichar c = g_utf8_get_char_validated(text, -1);

	if (!strcmp(text, "o") || !strcmp(text, "§") || (c >= 0xe000 && c <= 0xf8ff))
		g_string_append(label, "•");
	else
		g_string_append(label, text);
}

/* "%1.%2)": numbers in the place of the marks. */
static void add_numbers(GString *label, const struct definition *definition, const struct list *list, int at)
{
	struct level level = level_of(definition, list, at);

	for (const char *s = level.text ? level.text : ""; *s && label->len < DOCX_LABEL_MAX_BYTES; s++) {
		if (s[0] == '%' && s[1] >= '1' && s[1] <= '9') {
			int i = s[1] - '1';
			struct level other = level_of(definition, list, i);

			if (strcmp(other.format, "none") && strcmp(other.format, "bullet"))
				numeral_append(label, shown(definition, list, i), docx_numeral(level.legal ? NULL : other.format));
			s++;
		} else {
			g_string_append_c(label, *s);
		}
	}
}

/* On one line, and without half a character where a limit cut. */
static const char *clean(GString *label)
{
	const char *end;

	if (!g_utf8_validate_len(label->str, label->len, &end))
		g_string_truncate(label, (gsize)(end - label->str));
	g_strdelimit(label->str, "\r\n\t\f\v", ' ');
	g_strstrip(label->str);
	label->len = strlen(label->str);
	return label->str;
}

const char *docx_lists_next(struct docx_lists *lists, struct docx_styles *styles, int list_number, int at, bool *bullet)
{
	struct list *list = g_hash_table_lookup(lists->lists, GINT_TO_POINTER(list_number));
	struct definition *definition = list ? definition_of(lists, styles, list) : NULL;
	struct level level;

	g_string_truncate(lists->label, 0);
	if (bullet)
		*bullet = false;
	if (!definition || at < 0 || at >= DOCX_LIST_LEVELS)
		return lists->label->str;
	count(definition, list, at);
	level = level_of(definition, list, at);
	if (!strcmp(level.format, "bullet")) {
		add_bullet(lists->label, level.text ? level.text : "");
		if (bullet)
			*bullet = true;
	} else if (strcmp(level.format, "none")) {
		add_numbers(lists->label, definition, list, at);
	} else if (level.text && !strchr(level.text, '%')) {
		g_string_append(lists->label, level.text);
	}
	return clean(lists->label);
}
