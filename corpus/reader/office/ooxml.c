/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ooxml.c - parts, relationships and properties of Office files.
 */
#include "corpus/reader/office/ooxml.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/reader/decode.h"
#include "corpus/reader/properties.h"

#define PROPERTY_MAX_BYTES 4096

/* ---- vocabularies ---- */

/* Both spellings of a namespace hold the same words: "http://schemas.openxmlformats.org/
 * wordprocessingml/2006/main" and "http://purl.oclc.org/ooxml/wordprocessingml/main". */
static enum ooxml_ns ns_of(const char *uri)
{
	static const struct { const char *part, *end; enum ooxml_ns ns; } vocabularies[] = {
		{ "/wordprocessingml/", "/main", NS_WORD },
		{ "/presentationml/", "/main", NS_SLIDES },
		{ "/drawingml/", "/main", NS_DRAWING },
		{ "/drawingml/", "/diagram", NS_DIAGRAM },
		{ "/drawingml/", "/chart", NS_CHART },
		{ "/officeDocument/", "/math", NS_MATH },
		{ "/markup-compatibility/", "", NS_COMPATIBILITY },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(vocabularies); i++)
		if (strstr(uri, vocabularies[i].part) && g_str_has_suffix(uri, vocabularies[i].end))
			return vocabularies[i].ns;
	return NS_OTHER;
}

enum ooxml_ns ooxml_ns(struct ooxml_ns_cache *cache, const char *uri)
{
	if (cache->uri != uri) {
		cache->uri = uri;
		cache->ns = ns_of(uri);
	}
	return cache->ns;
}

bool ooxml_is_on(const char *value)
{
	return !value || !(!strcmp(value, "0") || !strcmp(value, "false") || !strcmp(value, "off"));
}

int ooxml_int(const char *value, int low, int high, int fallback)
{
	char *end;
	long number;

	if (!value)
		return fallback;
	number = strtol(value, &end, 10);
	if (end == value || (*end && *end != '.') || number < low || number > high)
		return fallback;
	return (int)number;
}

/* ---- names of parts ---- */

/* Takes a target, as a relationship of a part in `folder` ("word/") gives it, to a part's name. */
static char *resolve(const char *folder, const char *target)
{
	g_autofree char *whole = *target == '/' ? g_strdup(target) : g_strconcat("/", folder, target, NULL);
	g_autofree char *plain = g_uri_unescape_string(whole, "/");
	g_auto(GStrv) steps = g_strsplit(plain && g_utf8_validate(plain, -1, NULL) ? plain : whole, "/", -1);
	g_autoptr(GPtrArray) way = g_ptr_array_new();

	for (char **step = steps; *step; step++) {
		if (!strcmp(*step, "..") && way->len)
			g_ptr_array_set_size(way, (int)way->len - 1);
		else if (**step && strcmp(*step, ".") && strcmp(*step, ".."))
			g_ptr_array_add(way, *step);
	}
	g_ptr_array_add(way, NULL);
	return g_strjoinv("/", (char **)way->pdata);
}

static char *folder_of(const char *part)
{
	const char *slash = strrchr(part, '/');

	return slash ? g_strndup(part, (gsize)(slash + 1 - part)) : g_strdup("");
}

/* ---- relationships ---- */

struct ooxml_relations {
	GPtrArray *all;		/* struct ooxml_relation */
	GHashTable *by_id;	/* borrowed from it */
};

struct relations_reading {
	struct ooxml_relations *relations;
	const char *folder;
	GString *buffer;
};

static void relation_free(gpointer data)
{
	struct ooxml_relation *relation = data;

	g_free(relation->id);
	g_free(relation->type);
	g_free(relation->target);
	g_free(relation);
}

void ooxml_relations_free(struct ooxml_relations *relations)
{
	if (!relations)
		return;
	g_hash_table_unref(relations->by_id);
	g_ptr_array_unref(relations->all);
	g_free(relations);
}

static void relations_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct relations_reading *r = data;
	struct ooxml_relation *relation;
	const char *value;

	(void)ns;
	if (strcmp(name, "Relationship") || r->relations->all->len >= OOXML_RELATIONS_MAX)
		return;
	relation = g_new0(struct ooxml_relation, 1);
	g_ptr_array_add(r->relations->all, relation);
	value = xml_attribute(attributes, "Id", r->buffer);
	relation->id = g_strdup(value ? value : "");
	value = xml_attribute(attributes, "Type", r->buffer);
	relation->type = g_strdup(value ? (strrchr(value, '/') ? strrchr(value, '/') + 1 : value) : "");
	value = xml_attribute(attributes, "TargetMode", r->buffer);
	relation->external = value && !g_ascii_strcasecmp(value, "External");
	value = xml_attribute(attributes, "Target", r->buffer);
	relation->target = relation->external || !value ? g_strdup(value ? value : "") : resolve(r->folder, value);
	if (!g_hash_table_contains(r->relations->by_id, relation->id))
		g_hash_table_insert(r->relations->by_id, relation->id, relation);
}

static void ignore_end(void *data, const char *ns, const char *name)
{
	(void)data;
	(void)ns;
	(void)name;
}

static void ignore_text(void *data, const char *s, gsize len)
{
	(void)data;
	(void)s;
	(void)len;
}

struct ooxml_relations *ooxml_relations_new(struct package *package, const char *path, const char *part, corpus_warnings *warnings)
{
	static const struct xml_handler handler = { .start = relations_start, .end = ignore_end, .text = ignore_text };
	struct ooxml_relations *relations = g_new0(struct ooxml_relations, 1);
	g_autofree char *folder = folder_of(part), *name = g_strconcat(folder, "_rels/", part + strlen(folder), ".rels", NULL);
	g_autoptr(GString) buffer = g_string_new(NULL);
	struct relations_reading reading = { relations, folder, buffer };
	g_autoptr(GError) error = NULL;

	relations->all = g_ptr_array_new_with_free_func(relation_free);
	relations->by_id = g_hash_table_new(g_str_hash, g_str_equal);
	if (package_has(package, name) && !ooxml_read(package, path, name, &handler, &reading, &error))
		warning_add(warnings, path, "part '%s' is damaged: what it leads to may be missing", name);
	return relations;
}

const char *ooxml_part_by_id(const struct ooxml_relations *relations, const char *id)
{
	const struct ooxml_relation *relation = id ? g_hash_table_lookup(relations->by_id, id) : NULL;

	return relation && !relation->external ? relation->target : NULL;
}

const char *ooxml_part_by_type(const struct ooxml_relations *relations, const char *type)
{
	for (guint i = 0; i < relations->all->len; i++) {
		const struct ooxml_relation *relation = relations->all->pdata[i];

		if (!strcmp(relation->type, type) && !relation->external)
			return relation->target;
	}
	return NULL;
}

bool ooxml_read(struct package *package, const char *path, const char *part, const struct xml_handler *handler, void *data, GError **error)
{
	g_autoptr(GBytes) bytes = package_part(package, part, error);

	return bytes && xml_read(path, part, bytes, handler, data, error);
}

/* ---- the main part ---- */

struct types_reading {
	const char *part;
	enum ooxml_kind kind;
	GString *buffer;
};

static enum ooxml_kind kind_of(const char *s)
{
	return strstr(s, "wordprocessingml") ? OOXML_DOCUMENT : strstr(s, "presentationml") ? OOXML_SLIDES : OOXML_NONE;
}

/* Templates and macro-enabled files have types of their own: "application/vnd.ms-word.document
 * .macroEnabled.main+xml". */
static enum ooxml_kind kind_of_type(const char *type)
{
	enum ooxml_kind kind = kind_of(type);

	if (kind != OOXML_NONE)
		return kind;
	return strstr(type, "ms-word.") ? OOXML_DOCUMENT : strstr(type, "ms-powerpoint.") ? OOXML_SLIDES : OOXML_NONE;
}

static void types_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct types_reading *r = data;
	const char *value;

	(void)ns;
	if (strcmp(name, "Override"))
		return;
	value = xml_attribute(attributes, "PartName", r->buffer);
	if (!value || *value != '/' || g_ascii_strcasecmp(value + 1, r->part))
		return;
	value = xml_attribute(attributes, "ContentType", r->buffer);
	r->kind = value ? kind_of_type(value) : OOXML_NONE;
}

static enum ooxml_kind kind_by_types(struct package *package, const char *part)
{
	static const struct xml_handler handler = { .start = types_start, .end = ignore_end, .text = ignore_text };
	g_autoptr(GString) buffer = g_string_new(NULL);
	struct types_reading reading = { .part = part, .buffer = buffer };

	ooxml_read(package, "", "[Content_Types].xml", &handler, &reading, NULL);
	return reading.kind;
}

/* Where programs put it, for packages whose relationships are damaged. */
static const struct { const char *part; enum ooxml_kind kind; } usual[] = {
	{ "word/document.xml", OOXML_DOCUMENT }, { "ppt/presentation.xml", OOXML_SLIDES },
};

char *ooxml_main(struct package *package, enum ooxml_kind *kind)
{
	g_autoptr(OoxmlRelations) relations = ooxml_relations_new(package, "", "", NULL);
	const char *part = ooxml_part_by_type(relations, "officeDocument");

	*kind = OOXML_NONE;
	if (part && package_has(package, part)) {
		*kind = kind_by_types(package, part);
		if (*kind == OOXML_NONE)
			*kind = g_str_has_prefix(part, "word/") ? OOXML_DOCUMENT : g_str_has_prefix(part, "ppt/") ? OOXML_SLIDES : OOXML_NONE;
		if (*kind != OOXML_NONE)
			return g_strdup(part);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(usual); i++) {
		if (!package_has(package, usual[i].part))
			continue;
		*kind = usual[i].kind;
		return g_strdup(usual[i].part);
	}
	return NULL;
}

/* ---- properties ---- */

enum property { PROPERTY_NONE, PROPERTY_TITLE, PROPERTY_CREATOR, PROPERTY_CREATED, PROPERTY_MODIFIED, N_PROPERTIES };

struct properties_reading {
	enum property open;
	GString *values[N_PROPERTIES];
};

static void properties_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	static const char *const names[N_PROPERTIES] = { "", "title", "creator", "created", "modified" };
	struct properties_reading *r = data;

	(void)ns;
	(void)attributes;
	r->open = PROPERTY_NONE;
	for (int i = PROPERTY_TITLE; i < N_PROPERTIES; i++)
		if (!strcmp(name, names[i]))
			r->open = (enum property)i;
}

static void properties_end(void *data, const char *ns, const char *name)
{
	struct properties_reading *r = data;

	(void)ns;
	(void)name;
	r->open = PROPERTY_NONE;
}

static void properties_text(void *data, const char *s, gsize len)
{
	struct properties_reading *r = data;
	GString *value = r->values[r->open];

	if (r->open != PROPERTY_NONE && value->len + len <= PROPERTY_MAX_BYTES)
		g_string_append_len(value, s, (gssize)len);
}

void ooxml_properties(struct document *doc, struct package *package)
{
	static const struct xml_handler handler = { .start = properties_start, .end = properties_end, .text = properties_text };
	g_autoptr(OoxmlRelations) relations = ooxml_relations_new(package, doc->path, "", NULL);
	const char *part = ooxml_part_by_type(relations, "core-properties");
	struct properties_reading reading = { .open = PROPERTY_NONE };

	if (!part)
		part = "docProps/core.xml";
	if (!package_has(package, part))
		return;
	for (int i = 0; i < N_PROPERTIES; i++)
		reading.values[i] = g_string_new(NULL);
	ooxml_read(package, doc->path, part, &handler, &reading, NULL);
	properties_title(doc, reading.values[PROPERTY_TITLE]->str);
	properties_author(doc, reading.values[PROPERTY_CREATOR]->str);
	properties_dates(doc, reading.values[PROPERTY_CREATED]->str, reading.values[PROPERTY_MODIFIED]->str);
	for (int i = 0; i < N_PROPERTIES; i++)
		g_string_free(reading.values[i], TRUE);
}
