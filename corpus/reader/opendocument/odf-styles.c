/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * odf-styles.c - styles by family and name, looked up along their parents.
 */
#include "corpus/reader/opendocument/odf-styles.h"

#include <string.h>

#include "corpus/reader/numerals.h"

#define OUTLINE_KEY "outline:"
#define PART_BYTES 40	/* of what stands before and behind a number */
#define VALUE_MAX 1000000

struct style {
	char *parent;		/* its key, or NULL */
	enum odf_role role;
	int outline;		/* -1: not said */
	bool hidden, breaks_before, breaks_after;
};

struct level {
	bool defined, bullet;
	char format;		/* '1', 'a', 'A', 'i', 'I'; 0: no number */
	char prefix[PART_BYTES], suffix[PART_BYTES];
	int shown;		/* levels that are printed */
	gint64 start;
	gint64 next;		/* number of the next item */
	gint64 last;		/* of the last item; 0: none yet */
};

struct list {
	struct level levels[ODF_LIST_LEVELS];
};

struct odf_styles {
	GHashTable *styles;	/* "paragraph:Name" -> struct style */
	GHashTable *lists;	/* name -> struct list */
	struct style *style;	/* the open one */
	struct list *list;
	GString *buffer;
};

static void style_free(gpointer data)
{
	struct style *style = data;

	g_free(style->parent);
	g_free(style);
}

struct odf_styles *odf_styles_new(void)
{
	struct odf_styles *styles = g_new0(struct odf_styles, 1);

	styles->styles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, style_free);
	styles->lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	styles->buffer = g_string_new(NULL);
	return styles;
}

void odf_styles_free(struct odf_styles *styles)
{
	if (!styles)
		return;
	g_hash_table_unref(styles->styles);
	g_hash_table_unref(styles->lists);
	g_string_free(styles->buffer, TRUE);
	g_free(styles);
}

/* ---- reading ---- */

/* "Heading_20_1" as it is shown, in small letters. */
static char *shown_name(const char *name)
{
	GString *out = g_string_new(NULL);

	for (const char *s = name; *s; s++) {
		if (*s == '_' && g_ascii_isxdigit(s[1]) && g_ascii_isxdigit(s[2]) && s[3] == '_') {
			g_string_append_c(out, (char)(g_ascii_xdigit_value(s[1]) * 16 + g_ascii_xdigit_value(s[2])));
			s += 3;
		} else {
			g_string_append_c(out, g_ascii_tolower(*s));
		}
	}
	return g_string_free(out, FALSE);
}

static void apply_name(struct style *style, const char *name)
{
	static const struct { const char *name; enum odf_role role; } roles[] = {
		{ "title", ODF_TITLE }, { "contents heading", ODF_HEADING }, { "quotations", ODF_QUOTATION }, { "quotation", ODF_QUOTATION },
		{ "quote", ODF_QUOTATION }, { "intense quote", ODF_QUOTATION }, { "block text", ODF_QUOTATION },
		{ "block quote", ODF_QUOTATION }, { "pull quote", ODF_QUOTATION }, { "zitat", ODF_QUOTATION },
		{ "citation", ODF_QUOTATION }, { "source code", ODF_CODE }, { "preformatted text", ODF_CODE },
	};
	g_autofree char *shown = shown_name(name);

	for (guint i = 0; i < G_N_ELEMENTS(roles); i++)
		if (!strcmp(shown, roles[i].name))
			style->role = roles[i].role;
	if (g_str_has_prefix(shown, "heading ") && g_ascii_isdigit(shown[8]) && style->outline < 0)
		style->outline = (int)CLAMP(g_ascii_strtoll(shown + 8, NULL, 10), 0, ODF_LIST_LEVELS);
}

static void start_style(struct odf_styles *styles, const struct xml_attributes *attributes)
{
	g_autofree char *family = g_strdup(xml_attribute(attributes, "family", styles->buffer));
	g_autofree char *name = g_strdup(xml_attribute(attributes, "name", styles->buffer));
	struct style *style;
	const char *value;

	styles->style = NULL;
	if (!name || !family || g_hash_table_size(styles->styles) >= ODF_STYLES_MAX)
		return;
	style = g_new0(struct style, 1);
	style->outline = -1;
	value = xml_attribute(attributes, "default-outline-level", styles->buffer);
	if (value)
		style->outline = (int)CLAMP(g_ascii_strtoll(value, NULL, 10), 0, ODF_LIST_LEVELS);
	apply_name(style, name);
	value = xml_attribute(attributes, "display-name", styles->buffer);
	if (value)
		apply_name(style, value);
	value = xml_attribute(attributes, "parent-style-name", styles->buffer);
	style->parent = value && *value ? g_strconcat(family, ":", value, NULL) : NULL;
	value = xml_attribute(attributes, "master-page-name", styles->buffer);
	style->breaks_before = value && *value;
	g_hash_table_replace(styles->styles, g_strconcat(family, ":", name, NULL), style);
	styles->style = style;
}

static bool is_value(struct odf_styles *styles, const struct xml_attributes *attributes, const char *name, const char *value)
{
	const char *found = xml_attribute(attributes, name, styles->buffer);

	return found && !strcmp(found, value);
}

static void start_list(struct odf_styles *styles, const char *name)
{
	styles->list = NULL;
	if (!name || g_hash_table_size(styles->lists) >= ODF_STYLES_MAX)
		return;
	styles->list = g_new0(struct list, 1);
	g_hash_table_replace(styles->lists, g_strdup(name), styles->list);
}

static void start_level(struct odf_styles *styles, const char *name, const struct xml_attributes *attributes)
{
	const char *value = xml_attribute(attributes, "level", styles->buffer);
	gint64 n = value ? g_ascii_strtoll(value, NULL, 10) : 0;
	struct level *level;

	if (!styles->list || n < 1 || n > ODF_LIST_LEVELS)
		return;
	level = styles->list->levels + n - 1;
	*level = (struct level){ .defined = true, .bullet = !g_str_has_suffix(name, "-number") && !g_str_has_prefix(name, "outline"), .shown = 1,
		.start = 1 };
	if ((value = xml_attribute(attributes, "num-format", styles->buffer)))
		level->format = *value && strchr("1aAiI", *value) ? *value : *value ? '1' : 0;
	if ((value = xml_attribute(attributes, "num-prefix", styles->buffer)))
		g_strlcpy(level->prefix, value, PART_BYTES);
	if ((value = xml_attribute(attributes, "num-suffix", styles->buffer)))
		g_strlcpy(level->suffix, value, PART_BYTES);
	if ((value = xml_attribute(attributes, "display-levels", styles->buffer)))
		level->shown = (int)CLAMP(g_ascii_strtoll(value, NULL, 10), 1, n);
	if ((value = xml_attribute(attributes, "start-value", styles->buffer)))
		level->start = CLAMP(g_ascii_strtoll(value, NULL, 10), 0, VALUE_MAX);
	level->next = level->start;
}

void odf_styles_start(struct odf_styles *styles, const char *name, const struct xml_attributes *attributes)
{
	if (!strcmp(name, "style")) {
		start_style(styles, attributes);
	} else if (!strcmp(name, "list-style")) {
		g_autofree char *list = g_strdup(xml_attribute(attributes, "name", styles->buffer));

		start_list(styles, list);
	} else if (!strcmp(name, "outline-style")) {
		start_list(styles, OUTLINE_KEY);
	} else if (g_str_has_prefix(name, "list-level-style-") || !strcmp(name, "outline-level-style")) {
		start_level(styles, name, attributes);
	} else if (!strcmp(name, "paragraph-properties") && styles->style) {
		styles->style->breaks_before |= is_value(styles, attributes, "break-before", "page");
		styles->style->breaks_after |= is_value(styles, attributes, "break-after", "page");
	} else if (!strcmp(name, "text-properties") && styles->style) {
		styles->style->hidden |= is_value(styles, attributes, "display", "none");
	} else if (!strcmp(name, "drawing-page-properties") && styles->style) {
		styles->style->hidden |= is_value(styles, attributes, "visibility", "hidden");
	}
}

void odf_styles_end(struct odf_styles *styles, const char *name)
{
	if (!strcmp(name, "style"))
		styles->style = NULL;
	else if (!strcmp(name, "list-style") || !strcmp(name, "outline-style"))
		styles->list = NULL;
}

/* ---- asking ---- */

struct odf_look odf_paragraph_look(struct odf_styles *styles, const char *name)
{
	struct odf_look look = { ODF_PLAIN, 0, false, false, false };
	const struct style *style;
	struct style unknown = { .outline = -1 };
	int outline = -1;

	g_string_assign(styles->buffer, "paragraph:");
	g_string_append(styles->buffer, name ? name : "");
	style = g_hash_table_lookup(styles->styles, styles->buffer->str);
	if (!style && name) {	/* built into programs, and not always written */
		apply_name(&unknown, name);
		style = &unknown;
	}
	for (int depth = 0; style && depth < ODF_STYLE_DEPTH_MAX; depth++) {
		if (!look.role && !(style->role == ODF_TITLE && depth > 1))	/* subtitles are often based on it */
			look.role = style->role;
		if (outline < 0)
			outline = style->outline;
		look.hidden |= style->hidden;
		look.breaks_before |= style->breaks_before;
		look.breaks_after |= style->breaks_after;
		style = style->parent ? g_hash_table_lookup(styles->styles, style->parent) : NULL;
	}
	look.outline = MAX(outline, 0);
	return look;
}

/* family: with a colon. */
static bool is_hidden(struct odf_styles *styles, const char *family, const char *name)
{
	const struct style *style;

	g_string_assign(styles->buffer, family);
	g_string_append(styles->buffer, name);
	style = g_hash_table_lookup(styles->styles, styles->buffer->str);
	for (int depth = 0; style && depth < ODF_STYLE_DEPTH_MAX; depth++) {
		if (style->hidden)
			return true;
		style = style->parent ? g_hash_table_lookup(styles->styles, style->parent) : NULL;
	}
	return false;
}

bool odf_text_is_hidden(struct odf_styles *styles, const char *name)
{
	return is_hidden(styles, "text:", name);
}

bool odf_slide_is_hidden(struct odf_styles *styles, const char *name)
{
	return is_hidden(styles, "drawing-page:", name);
}

/* ---- numbers ---- */

static struct list *find_list(struct odf_styles *styles, const char *name)
{
	return g_hash_table_lookup(styles->lists, name ? name : OUTLINE_KEY);
}

static void restart(struct list *list, int from)
{
	for (int i = from; i < ODF_LIST_LEVELS; i++) {
		list->levels[i].next = list->levels[i].start;
		list->levels[i].last = 0;
	}
}

void odf_list_restart(struct odf_styles *styles, const char *style, int level)
{
	struct list *list = style ? find_list(styles, style) : NULL;

	if (list && level >= 1 && level <= ODF_LIST_LEVELS)
		restart(list, level - 1);
}

const char *odf_list_label(struct odf_styles *styles, const char *style, int depth, gint64 value, GString *buffer)
{
	struct list *list = find_list(styles, style);
	struct level *level;
	char number[NUMERAL_BYTES];

	g_string_truncate(buffer, 0);
	depth = CLAMP(depth, 1, ODF_LIST_LEVELS);
	level = list ? list->levels + depth - 1 : NULL;
	if (!level || !level->defined || level->bullet)
		return level && level->defined ? "-" : style ? "-" : "";
	level->last = value >= 0 ? MIN(value, VALUE_MAX) : level->next;
	level->next = level->last + 1;
	restart(list, depth);
	if (!level->format)
		return "";
	g_string_append(buffer, level->prefix);
	for (int i = depth - level->shown; i < depth; i++) {
		const struct level *part = list->levels + i;

		if (!part->format)
			continue;
		numeral(part->last ? part->last : part->start, part->format, number, sizeof number);
		g_string_append_printf(buffer, "%s%s", number, i < depth - 1 ? "." : "");
	}
	g_string_append(buffer, level->suffix);
	return g_strstrip(buffer->str);
}
