/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * about.c - gathers what a page says of itself, the vocabularies of the web in
 * their order of trust: JSON-LD, Open Graph, citation tags, Dublin Core, the rest.
 */
#include "corpus/reader/html/about.h"

#include <jansson.h>
#include <string.h>

#include "corpus/language.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/reader/properties.h"

#define VALUE_BYTES 500
#define JSON_MAX_BYTES (1u << 20)
#define GRAPH_MAX 500
#define AUTHORS_MAX 50
#define LANGUAGE_BYTES 1500	/* a text so long knows better than the page */

/* ---- values ---- */

/* One line of text, or NULL where there is no word. */
static char *plain(const char *s)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (; *s && out->len < VALUE_BYTES; s = g_utf8_next_char(s)) {
		gunichar c = g_utf8_get_char(s);

		if (!g_unichar_isspace(c) && c >= 0x20 && c != 0xad && c != 0x200b)
			g_string_append_unichar(out, c);
		else if (out->len && out->str[out->len - 1] != ' ' && c != 0xad)
			g_string_append_c(out, ' ');
	}
	if (out->len && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	return out->len ? g_strdup(out->str) : NULL;
}

static void set(char **slot, const char *s)
{
	if (!*slot && s)
		*slot = plain(s);
}

static void add_author(struct html_about *about, const char *s)
{
	g_autofree char *name = s ? plain(s) : NULL;

	if (!name || about->authors->len >= AUTHORS_MAX || strstr(name, "://") || *name == '@')
		return;
	for (guint i = 0; i < about->authors->len; i++)
		if (!strcmp(g_ptr_array_index(about->authors, i), name))
			return;
	g_ptr_array_add(about->authors, g_steal_pointer(&name));
}

/* ---- JSON-LD ---- */

static bool is_type(const json_t *object, const char *const *types)
{
	const json_t *type = json_object_get(object, "@type");
	gsize n = json_is_array(type) ? json_array_size(type) : 1;

	for (gsize i = 0; type && i < n; i++) {
		const char *name = json_string_value(json_is_array(type) ? json_array_get(type, i) : type);

		for (guint k = 0; name && types[k]; k++)
			if (g_str_has_suffix(name, types[k]))
				return true;
	}
	return false;
}

static const char *name_of(const json_t *value)
{
	return json_is_object(value) ? json_string_value(json_object_get(value, "name")) : json_string_value(value);
}

/* A person or house, several of them, or a reference to one elsewhere in the graph. */
static void read_authors(struct html_about *about, const json_t *value)
{
	gsize n = json_is_array(value) ? json_array_size(value) : 1;

	for (gsize i = 0; value && i < n; i++)
		add_author(about, name_of(json_is_array(value) ? json_array_get(value, i) : value));
}

static void read_article(struct html_about *about, const json_t *object)
{
	const char *headline = json_string_value(json_object_get(object, "headline"));

	set(&about->title, headline ? headline : json_string_value(json_object_get(object, "name")));
	set(&about->published, json_string_value(json_object_get(object, "datePublished")));
	set(&about->published, json_string_value(json_object_get(object, "startDate")));
	set(&about->modified, json_string_value(json_object_get(object, "dateModified")));
	set(&about->publisher, name_of(json_object_get(object, "publisher")));
	set(&about->language, json_string_value(json_object_get(object, "inLanguage")));
	read_authors(about, json_object_get(object, "author"));
}

static void read_objects(struct html_about *about, const json_t *value)
{
	static const char *const articles[] = { "Article", "BlogPosting", "Report", "Event", "Legislation", "Speech", "Book",
		"DigitalDocument", NULL };
	gsize n = json_is_array(value) ? json_array_size(value) : 1;

	for (gsize i = 0; i < MIN(n, GRAPH_MAX); i++) {
		const json_t *object = json_is_array(value) ? json_array_get(value, i) : value;

		if (is_type(object, articles))
			read_article(about, object);
	}
}

static void read_json(struct html_about *about, const struct html_tree *tree, guint32 script)
{
	const struct html_node *text = tree->nodes + script + 1;
	json_t *json;

	if (tree->nodes[script].end != script + 2 || text->stop - text->start > JSON_MAX_BYTES)
		return;
	json = json_loadb(tree->text + text->start, text->stop - text->start, 0, NULL);
	if (json_is_object(json) && json_object_get(json, "@graph"))
		read_objects(about, json_object_get(json, "@graph"));
	else if (json)
		read_objects(about, json);
	json_decref(json);
}

/* ---- tags ---- */

struct meta {
	char *title, *cited, *og_title, *published, *date, *publisher, *language;
	GPtrArray *authors;
};

static void read_meta(struct html_about *about, struct meta *meta, const char *name, const char *content)
{
	enum { TITLE, OG_TITLE, SITE, AUTHOR, PUBLISHED, DATE, MODIFIED, PUBLISHER, LANGUAGE };
	static const struct { const char *name; int what; } names[] = {
		{ "og:title", OG_TITLE }, { "twitter:title", TITLE }, { "citation_title", TITLE }, { "dc.title", TITLE },
		{ "dcterms.title", TITLE }, { "og:site_name", SITE }, { "author", AUTHOR }, { "article:author", AUTHOR },
		{ "dc.creator", AUTHOR }, { "dcterms.creator", AUTHOR }, { "citation_author", AUTHOR },
		{ "article:published_time", PUBLISHED }, { "citation_publication_date", PUBLISHED }, { "citation_date", PUBLISHED },
		{ "dc.date.issued", PUBLISHED }, { "dcterms.issued", PUBLISHED }, { "datepublished", PUBLISHED }, { "dc.date", DATE },
		{ "dcterms.date", DATE }, { "dc.date.created", DATE }, { "dcterms.created", DATE }, { "date", DATE }, { "created", DATE },
		{ "article:modified_time", MODIFIED }, { "dcterms.modified", MODIFIED }, { "changed", MODIFIED },
		{ "dc.publisher", PUBLISHER }, { "dcterms.publisher", PUBLISHER }, { "citation_publisher", PUBLISHER },
		{ "dc.language", LANGUAGE }, { "dcterms.language", LANGUAGE }, { "citation_language", LANGUAGE },
		{ "content-language", LANGUAGE },
	};
	char **slots[] = { [TITLE] = &meta->cited, [OG_TITLE] = &meta->og_title, [SITE] = &about->site, [PUBLISHED] = &meta->published,
		[DATE] = &meta->date, [MODIFIED] = &about->modified, [PUBLISHER] = &meta->publisher, [LANGUAGE] = &meta->language };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		if (g_ascii_strcasecmp(name, names[i].name))
			continue;
		if (names[i].what != AUTHOR)
			set(slots[names[i].what], content);
		else if (meta->authors->len < AUTHORS_MAX)
			g_ptr_array_add(meta->authors, g_strdup(content));
	}
}

static void meta_element(struct html_about *about, struct meta *meta, const struct html_tree *tree, guint32 node)
{
	static const char *const keys[] = { "property", "name", "itemprop", "http-equiv" };
	g_autoptr(GString) name = g_string_new(NULL), content = g_string_new(NULL);

	if (!html_attribute(tree, node, "content", content))
		return;
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		if (html_attribute(tree, node, keys[i], name)) {
			read_meta(about, meta, name->str, content->str);
			return;
		}
}

static void text_element(char **slot, const struct html_tree *tree, guint32 node)
{
	g_autoptr(GString) text = NULL;

	if (*slot)
		return;
	text = g_string_new(NULL);
	html_text(tree, node, text);
	set(slot, text->str);
}

static void element(struct html_about *about, struct meta *meta, const struct html_tree *tree, guint32 i)
{
	g_autoptr(GString) value = g_string_new(NULL);

	switch (html_node_tag(tree, i)) {
	case HTML_TITLE:
		if (!html_is_inside(tree, i, HTML_SVG) && !about->head) {
			text_element(&about->head, tree, i);
		}
		break;
	case HTML_META:
		meta_element(about, meta, tree, i);
		break;
	case HTML_LINK:
		if (html_attribute(tree, i, "rel", value) && !g_ascii_strcasecmp(value->str, "canonical") &&
		    html_attribute(tree, i, "href", value) && (g_str_has_prefix(value->str, "http://") || g_str_has_prefix(value->str, "https://")))
			set(&about->url, value->str);
		break;
	case HTML_SCRIPT:
		if (html_attribute(tree, i, "type", value) && !g_ascii_strncasecmp(value->str, "application/ld+json", 19))
			read_json(about, tree, i);
		break;
	case HTML_H1:
		if (!html_is_inside(tree, i, HTML_A))
			text_element(&about->heading, tree, i);
		break;
	case HTML_TIME:
		if (about->heading && !meta->date && html_attribute(tree, i, "datetime", value))
			set(&meta->date, value->str);
		break;
	default:
		break;
	}
}

/* ---- titles ---- */

/* Where " | Site" and the like begins behind the title; the length of the title, or 0. */
static gsize before_separator(const char *s)
{
	static const char *const separators[] = { " | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " \xc2\xb7 ", " :: ", " \xc2\xbb ",
		" \xe2\x80\xa2 " };
	gsize last = 0;

	for (guint i = 0; i < G_N_ELEMENTS(separators); i++) {
		const char *found = g_strrstr(s, separators[i]);

		if (found && (gsize)(found - s) > last)
			last = (gsize)(found - s);
	}
	return last;
}

/* A title without the site's name, where something else on the page shows that it is one. */
static char *shorter(const struct html_about *about, const char *title, const char *other)
{
	g_autofree char *rest = g_strdup(title);

	if (other && strlen(other) > 3 && strlen(other) < strlen(title) && g_str_has_prefix(title, other) &&
	    !g_ascii_isalnum(title[strlen(other)]) && (guchar)title[strlen(other)] < 0x80)
		return g_strdup(other);
	for (gsize at = before_separator(rest); about->site && at; at = before_separator(rest)) {
		if (!strstr(rest + at, about->site))
			break;
		rest[at] = 0;
	}
	return g_steal_pointer(&rest);
}

static void settle(struct html_about *about, struct meta *meta, const struct html_tree *tree)
{
	const char *best = about->title ? about->title : meta->og_title ? meta->og_title : meta->cited ? meta->cited : about->head;
	g_autofree char *title = best ? shorter(about, best, about->heading) : NULL;
	GString *value = g_string_new(NULL);

	g_free(about->title);
	about->title = title ? g_steal_pointer(&title) : about->heading ? g_strdup(about->heading) : NULL;
	set(&about->published, meta->published);
	set(&about->published, meta->date);
	set(&about->publisher, meta->publisher);
	set(&about->publisher, about->site);
	if (html_attribute(tree, 0, "lang", value) || html_attribute(tree, 0, "xml:lang", value))
		set(&about->language, value->str);
	set(&about->language, meta->language);
	if (!about->authors->len)
		for (guint i = 0; i < meta->authors->len; i++)
			add_author(about, g_ptr_array_index(meta->authors, i));
	g_string_free(value, TRUE);
}

struct html_about *html_about_new(const struct html_tree *tree)
{
	struct html_about *about = g_new0(struct html_about, 1);
	struct meta meta = { .authors = g_ptr_array_new_with_free_func(g_free) };

	about->authors = g_ptr_array_new_with_free_func(g_free);
	for (guint32 i = 1; i < tree->n; i++) {
		enum html_tag tag = html_node_tag(tree, i);

		if (tag == HTML_TITLE || tag == HTML_META || tag == HTML_LINK || tag == HTML_SCRIPT || tag == HTML_H1 || tag == HTML_TIME)
			element(about, &meta, tree, i);
	}
	settle(about, &meta, tree);
	g_free(meta.cited);
	g_free(meta.og_title);
	g_free(meta.published);
	g_free(meta.date);
	g_free(meta.publisher);
	g_free(meta.language);
	g_ptr_array_unref(meta.authors);
	return about;
}

void html_about_free(struct html_about *about)
{
	if (!about)
		return;
	g_free(about->head);
	g_free(about->title);
	g_free(about->heading);
	g_free(about->site);
	g_free(about->publisher);
	g_free(about->published);
	g_free(about->modified);
	g_free(about->language);
	g_free(about->url);
	g_ptr_array_unref(about->authors);
	g_free(about);
}

void html_about_set(const struct html_about *about, struct document *doc)
{
	const char *language = about->language ? front_matter_language(about->language) : NULL;
	const char *heard = doc->text_bytes >= LANGUAGE_BYTES ? language_detect(doc->text, doc->text_bytes) : NULL;

	properties_title(doc, about->title);
	for (guint i = 0; i < about->authors->len; i++)
		properties_author(doc, g_ptr_array_index(about->authors, i));
	properties_dates(doc, about->published, about->modified);
	if (!doc->publisher && about->publisher)
		doc->publisher = document_string(doc, about->publisher, -1);
	if (!doc->url && about->url)
		doc->url = document_string(doc, about->url, -1);
	if (!doc->language && language && (!heard || !strcmp(heard, language)))
		doc->language = language;
}
