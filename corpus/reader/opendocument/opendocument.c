/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * opendocument.c - opens the parts in the order in which they are needed.
 */
#include "corpus/reader/opendocument/opendocument.h"

#include <string.h>

#include "corpus/error.h"
#include "corpus/language.h"
#include "corpus/reader/decode.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/reader/package.h"
#include "corpus/reader/properties.h"

#define VALUE_BYTES 1000

/* ---- what the file says of itself ---- */

struct about {
	GString *text;
	char *title, *creator, *first_creator, *created, *changed, *language;
	bool inside, over;
};

static void about_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct about *about = data;

	(void)ns;
	(void)attributes;
	about->inside |= !strcmp(name, "meta");
	g_string_truncate(about->text, 0);
}

static void about_end(void *data, const char *ns, const char *name)
{
	struct about *about = data;
	const struct { const char *name; char **slot; } slots[] = {
		{ "title", &about->title }, { "creator", &about->creator }, { "initial-creator", &about->first_creator },
		{ "creation-date", &about->created }, { "date", &about->changed }, { "language", &about->language },
	};

	(void)ns;
	about->over |= about->inside && !strcmp(name, "meta");
	for (guint i = 0; about->inside && i < G_N_ELEMENTS(slots); i++)
		if (!strcmp(name, slots[i].name) && !*slots[i].slot && about->text->len)
			*slots[i].slot = g_strdup(about->text->str);
	g_string_truncate(about->text, 0);
}

static void about_text(void *data, const char *s, gsize len)
{
	struct about *about = data;

	if (about->inside && about->text->len + len <= VALUE_BYTES)
		g_string_append_len(about->text, s, (gssize)len);
}

static bool about_stop(void *data)
{
	return ((struct about *)data)->over;
}

static void read_about(struct document *doc, const char *part, GBytes *bytes)
{
	static const struct xml_handler handler = { about_start, about_end, about_text, about_stop };
	struct about about = { .text = g_string_new(NULL) };

	xml_read(doc->path, part, bytes, &handler, &about, NULL);	/* nothing of it is needed */
	properties_title(doc, about.title);
	properties_author(doc, about.first_creator ? about.first_creator : about.creator);
	properties_dates(doc, about.created, about.changed);
	if (about.language)
		doc->language = front_matter_language(about.language);
	g_string_free(about.text, TRUE);
	g_free(about.title);
	g_free(about.creator);
	g_free(about.first_creator);
	g_free(about.created);
	g_free(about.changed);
	g_free(about.language);
}

/* ---- parts ---- */

static bool is_encrypted(struct package *package)
{
	g_autoptr(GBytes) manifest = package_part(package, "META-INF/manifest.xml", NULL);
	gsize len;
	const char *s = manifest ? g_bytes_get_data(manifest, &len) : NULL;

	return s && g_strstr_len(s, (gssize)len, ":encryption-data");
}

/* What came before the damage counts, if it is any text. */
static bool survive(struct document *doc, bool ok, GError *cause, corpus_warnings *warnings, GError **error, gsize before)
{
	if (ok)
		return true;
	if (before && doc && cause->code == RAPPORTEUR_ERROR_SYNTAX) {
		warning_add(warnings, doc->path, "is damaged, and read up to there: %s", cause->message);
		g_error_free(cause);
		return true;
	}
	g_propagate_error(error, cause);
	return false;
}

struct counting {
	const struct odf_sink *sink;
	void *data;
	gsize items;
};

static void counting_item(void *data, struct item *item)
{
	struct counting *counting = data;

	counting->items++;
	counting->sink->item(counting->data, item);
}

static bool counting_start(void *data, const char *name, const struct xml_attributes *attributes)
{
	struct counting *counting = data;

	return counting->sink->start && counting->sink->start(counting->data, name, attributes);
}

static void counting_end(void *data, const char *name)
{
	struct counting *counting = data;

	if (counting->sink->end)
		counting->sink->end(counting->data, name);
}

static bool counting_stop(void *data)
{
	struct counting *counting = data;

	return counting->sink->stop && counting->sink->stop(counting->data);
}

static bool read_content(struct document *doc, const char *part, GBytes *bytes, struct odf_styles *styles, struct counting *counting,
                         corpus_warnings *warnings, GError **error)
{
	static const struct odf_sink sink = { counting_item, counting_start, counting_end, counting_stop };
	GError *cause = NULL;
	bool ok = odf_walk(doc->path, part, bytes, styles, &sink, counting, &cause);

	return survive(doc, ok, cause, warnings, error, counting->items);
}

static void ignore_item(void *data, struct item *item)
{
	(void)data;
	(void)item;
}

static void read_styles(struct document *doc, struct package *package, struct odf_styles *styles, corpus_warnings *warnings)
{
	static const struct odf_sink nothing = { ignore_item, NULL, NULL, NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) part = package_has(package, "styles.xml") ? package_part(package, "styles.xml", &error) : NULL;

	if (part)
		odf_walk(doc->path, "styles.xml", part, styles, &nothing, NULL, &error);
	if (error)
		warning_add(warnings, doc->path, "its styles are damaged: %s", error->message);
}

bool opendocument_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, const struct odf_sink *sink, void *data,
                       void (*content_begins)(void *data, GBytes *content, struct odf_styles *styles), GError **error)
{
	gsize len;
	const char *s = g_bytes_get_data(bytes, &len);
	bool flat = len < 2 || memcmp(s, "PK", 2);
	g_autoptr(Package) package = flat ? NULL : package_open(doc->path, bytes, error);
	g_autoptr(GBytes) content = NULL, about = NULL;
	struct odf_styles *styles;
	struct counting counting = { sink, data, 0 };
	bool ok;

	if (!flat && !package)
		return false;
	if (package && is_encrypted(package)) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED, "cannot read '%s': is encrypted", doc->path);
		return false;
	}
	content = flat ? g_bytes_ref(bytes) : package_part(package, "content.xml", error);
	if (!content)
		return false;
	about = flat ? g_bytes_ref(bytes) : package_has(package, "meta.xml") ? package_part(package, "meta.xml", NULL) : NULL;
	if (about)
		read_about(doc, flat ? NULL : "meta.xml", about);
	styles = odf_styles_new();
	if (package)
		read_styles(doc, package, styles, warnings);
	content_begins(data, content, styles);
	ok = read_content(doc, flat ? NULL : "content.xml", content, styles, &counting, warnings, error);
	odf_styles_free(styles);
	return ok;
}
