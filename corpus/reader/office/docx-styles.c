/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-styles.c - styles.xml.
 */
#include "corpus/reader/office/docx-styles.h"

#include <string.h>

#include "corpus/reader/decode.h"
#include "corpus/words.h"

#define NAME_MAX_BYTES 200

struct entry {
	char *id, *name, *based_on;
	struct docx_style style;
	bool resolved;
	enum { OF_PARAGRAPHS, OF_RUNS, OF_OTHERS } type;
};

struct docx_styles {
	GHashTable *by_id;	/* id -> struct entry */
	struct entry *standard;	/* of paragraphs without one; borrowed */
	struct docx_style plain;
};

/* ---- names ---- */

/* Headings as programs name them, folded; a number stands behind. */
static const char *const heading_names[] = {
	"heading", "heading level", "uberschrift", "berschrift", "titre", "titulo", "ttulo", "encabezado", "titolo", "kop", "rubrik",
	"overskrift", "otsikko", "naglowek", "nagłowek", "nagwek", "nadpis", "naslov", "cimsor", "cmsor", "baslik", "balk", "antraste",
	"virsraksts", "pealkiri", "заголовок", "επικεφαλιδα", "标题", "標題", "見出し", "제목",
};

static const struct { const char *name; enum docx_role role; } role_names[] = {
	{ "title", ROLE_TITLE }, { "titel", ROLE_TITLE }, { "titre", ROLE_TITLE }, { "titulo", ROLE_TITLE }, { "titolo", ROLE_TITLE },
	{ "document title", ROLE_TITLE }, { "toc heading", ROLE_HEADING }, { "tocheading", ROLE_HEADING }, { "contents heading", ROLE_HEADING },
	{ "inhaltsverzeichnisuberschrift", ROLE_HEADING },
	{ "quote", ROLE_QUOTATION }, { "quotation", ROLE_QUOTATION }, { "quotations", ROLE_QUOTATION }, { "intense quote", ROLE_QUOTATION },
	{ "intensequote", ROLE_QUOTATION }, { "block text", ROLE_QUOTATION }, { "blocktext", ROLE_QUOTATION }, { "block quote", ROLE_QUOTATION },
	{ "blockquote", ROLE_QUOTATION }, { "block quotation", ROLE_QUOTATION }, { "pull quote", ROLE_QUOTATION }, { "zitat", ROLE_QUOTATION },
	{ "intensives zitat", ROLE_QUOTATION }, { "intensiveszitat", ROLE_QUOTATION }, { "citation", ROLE_QUOTATION },
	{ "citation intense", ROLE_QUOTATION }, { "cita", ROLE_QUOTATION }, { "cita destacada", ROLE_QUOTATION }, { "citazione", ROLE_QUOTATION },
	{ "table of figures", ROLE_CONTENTS }, { "tableoffigures", ROLE_CONTENTS }, { "source code", ROLE_CODE }, { "sourcecode", ROLE_CODE },
};

/* Tables of contents, folded; a number stands behind. */
static const char *const contents_names[] = { "toc", "contents", "verzeichnis", "tdm", "tm", "tdc", "sommario", "содержание" };

/* The number from 1 to 9 behind one of the names; 0. */
static int numbered(const char *folded, const char *const *names, gsize n)
{
	gsize len = strlen(folded);

	if (!len || folded[len - 1] < '1' || folded[len - 1] > '9')
		return 0;
	for (gsize i = 0; i < n; i++) {
		gsize bytes = strlen(names[i]);

		if (!strncmp(folded, names[i], bytes) && bytes + 1 + (folded[bytes] == ' ') == len)
			return folded[len - 1] - '0';
	}
	return 0;
}

/* What a name or an id says. */
static void read_name(const char *name, struct docx_style *style)
{
	g_autofree char *folded = words_folded(name);
	int level = numbered(folded, heading_names, G_N_ELEMENTS(heading_names));

	if (level && style->outline < 0)
		style->outline = level;
	if (style->role == ROLE_TEXT && numbered(folded, contents_names, G_N_ELEMENTS(contents_names)))
		style->role = ROLE_CONTENTS;
	for (gsize i = 0; i < G_N_ELEMENTS(role_names) && style->role == ROLE_TEXT; i++)
		if (!strcmp(folded, role_names[i].name))
			style->role = role_names[i].role;
}

/* ---- reading ---- */

struct styles_reading {
	struct docx_styles *styles;
	struct ooxml_ns_cache cache;
	struct entry *open;
	guint skip;		/* open elements of a record of changes */
	GString *buffer;
};

static void entry_free(gpointer data)
{
	struct entry *entry = data;

	g_free(entry->id);
	g_free(entry->name);
	g_free(entry->based_on);
	g_free(entry);
}

static char *short_value(const struct xml_attributes *attributes, const char *name, GString *buffer)
{
	const char *value = xml_attribute(attributes, name, buffer);

	return value ? g_strndup(value, NAME_MAX_BYTES) : NULL;
}

static void begin_style(struct styles_reading *r, const struct xml_attributes *attributes)
{
	struct entry *entry;
	const char *value;
	bool standard;

	r->open = NULL;
	if (g_hash_table_size(r->styles->by_id) >= DOCX_STYLES_MAX)
		return;
	entry = g_new0(struct entry, 1);
	entry->style = (struct docx_style){ .outline = -1, .list = -1, .list_level = -1 };
	entry->id = short_value(attributes, "styleId", r->buffer);
	value = xml_attribute(attributes, "type", r->buffer);
	entry->type = !value || !strcmp(value, "paragraph") ? OF_PARAGRAPHS : !strcmp(value, "character") ? OF_RUNS : OF_OTHERS;
	value = xml_attribute(attributes, "default", r->buffer);
	standard = value && ooxml_is_on(value) && entry->type == OF_PARAGRAPHS;
	if (!entry->id || g_hash_table_contains(r->styles->by_id, entry->id)) {
		entry_free(entry);
		return;
	}
	g_hash_table_insert(r->styles->by_id, entry->id, entry);
	if (standard && !r->styles->standard)
		r->styles->standard = entry;
	r->open = entry;
}

static void styles_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct styles_reading *r = data;
	struct entry *entry = r->open;
	const char *value;

	if (r->skip || (g_str_has_suffix(name, "Change") && entry)) {
		r->skip++;
		return;
	}
	if (ooxml_ns(&r->cache, ns) != NS_WORD)
		return;
	if (!strcmp(name, "style")) {
		begin_style(r, attributes);
		return;
	}
	if (!entry)
		return;
	if (!strcmp(name, "name") && !entry->name)
		entry->name = short_value(attributes, "val", r->buffer);
	else if (!strcmp(name, "basedOn") && !entry->based_on)
		entry->based_on = short_value(attributes, "val", r->buffer);
	else if (!strcmp(name, "tblStylePr"))	/* of parts of a table only */
		r->open = NULL;
	value = xml_attribute(attributes, "val", r->buffer);
	if (!strcmp(name, "outlineLvl"))
		entry->style.outline = (ooxml_int(value, 0, 9, 9) + 1) % 10;
	else if (!strcmp(name, "numId"))
		entry->style.list = ooxml_int(value, 0, G_MAXINT, 0);
	else if (!strcmp(name, "ilvl"))
		entry->style.list_level = ooxml_int(value, 0, 8, 0);
	else if (!strcmp(name, "vanish"))
		entry->style.hidden = ooxml_is_on(value);
}

static void styles_end(void *data, const char *ns, const char *name)
{
	struct styles_reading *r = data;

	(void)ns;
	if (r->skip)
		r->skip--;
	else if (!strcmp(name, "style"))
		r->open = NULL;
}

static void styles_text(void *data, const char *s, gsize len)
{
	(void)data;
	(void)s;
	(void)len;
}

struct docx_styles *docx_styles_new(struct package *package, const char *path, const char *part, corpus_warnings *warnings)
{
	static const struct xml_handler handler = { .start = styles_start, .end = styles_end, .text = styles_text };
	struct docx_styles *styles = g_new0(struct docx_styles, 1);
	g_autoptr(GString) buffer = g_string_new(NULL);
	struct styles_reading reading = { .styles = styles, .buffer = buffer };

	styles->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, entry_free);
	styles->plain = (struct docx_style){ .list_level = 0 };
	if (part && package_has(package, part) && !ooxml_read(package, path, part, &handler, &reading, NULL))
		warning_add(warnings, path, "part '%s' is damaged: headings and lists may be missing", part);
	return styles;
}

void docx_styles_free(struct docx_styles *styles)
{
	if (!styles)
		return;
	g_hash_table_unref(styles->by_id);
	g_free(styles);
}

/* ---- asking ---- */

/* Takes from what it is based on whatever it does not say itself. A custom style's role is that of
 * the style below; a heading's level too. */
static void inherit(struct docx_styles *styles, struct entry *entry)
{
	const struct entry *base = entry;
	struct docx_style *style = &entry->style;

	read_name(entry->name ? entry->name : entry->id, style);
	for (int depth = 0; depth < DOCX_STYLE_DEPTH_MAX && base->based_on; depth++) {
		struct docx_style below;

		base = g_hash_table_lookup(styles->by_id, base->based_on);
		if (!base || base == entry)
			break;
		below = base->style;
		if (!base->resolved)
			read_name(base->name ? base->name : base->id, &below);
		if (style->outline < 0)
			style->outline = below.outline;
		if (style->role == ROLE_TEXT && style->outline <= 0 && below.role != ROLE_TITLE)	/* subtitles are often based on it */
			style->role = below.role;
		if (style->list < 0)
			style->list = below.list;
		if (style->list_level < 0)
			style->list_level = below.list_level;
		style->hidden = style->hidden || below.hidden;
	}
	style->outline = MAX(style->outline, 0);
	style->list = MAX(style->list, 0);
	style->list_level = MAX(style->list_level, 0);
	entry->resolved = true;
}

static struct entry *entry_of_name(struct docx_styles *styles, const char *id)
{
	struct entry *entry = g_new0(struct entry, 1);

	entry->id = g_strndup(id, NAME_MAX_BYTES);
	entry->style = (struct docx_style){ .outline = -1, .list = -1, .list_level = -1 };
	g_hash_table_replace(styles->by_id, entry->id, entry);
	return entry;
}

const struct docx_style *docx_style(struct docx_styles *styles, const char *id)
{
	struct entry *entry = id ? g_hash_table_lookup(styles->by_id, id) : styles->standard;

	if (id && !entry && g_hash_table_size(styles->by_id) < DOCX_STYLES_MAX && strlen(id) < NAME_MAX_BYTES)
		entry = entry_of_name(styles, id);
	if (!entry)
		return &styles->plain;
	if (!entry->resolved)
		inherit(styles, entry);
	return &entry->style;
}
