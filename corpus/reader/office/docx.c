/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx.c - text documents of Office Open XML: which parts are read, in which order.
 * Headers, footers and comments are not.
 */
#include "corpus/reader/formats.h"

#include <string.h>

#include "corpus/error.h"
#include "corpus/reader/decode.h"
#include "corpus/reader/office/docx-walk.h"

/* Word leaves this where its pages ended when it last saved. */
static bool is_paged(GBytes *main)
{
	static const char mark[] = "lastRenderedPageBreak";
	const gsize before = sizeof "lastRenderedPage" - 1, bytes = sizeof mark - 1;
	gsize len;
	const char *s = g_bytes_get_data(main, &len), *end = s + len;

	for (const char *at = s; at && (at = memchr(at, 'B', (gsize)(end - at))); at++)	/* a rare letter in it */
		if ((gsize)(at - s) >= before && (gsize)(end - at) >= bytes - before && !memcmp(at - before, mark, bytes))
			return true;
	return false;
}

struct parts {
	struct docx_styles *styles;
	struct docx_lists *lists;
	struct manuscript *manuscript;
	struct docx_walk *walk;
};

static void read_notes(struct document *doc, struct parts *parts, struct package *package, const char *part,
                       bool end, corpus_warnings *warnings)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = part && package_has(package, part) ? package_part(package, part, &error) : NULL;

	if (bytes)
		docx_walk_notes(parts->walk, end, doc->path, part, bytes, &error);
	if (error)
		warning_add(warnings, doc->path, "part '%s' is damaged: notes may be missing", part);
}

static void parts_open(struct document *doc, struct parts *parts, struct package *package, const char *main, bool paged,
                       corpus_warnings *warnings)
{
	g_autoptr(OoxmlRelations) relations = ooxml_relations_new(package, doc->path, main, warnings);

	parts->styles = docx_styles_new(package, doc->path, ooxml_part_by_type(relations, "styles"), warnings);
	parts->lists = docx_lists_new(package, doc->path, ooxml_part_by_type(relations, "numbering"), warnings);
	parts->manuscript = manuscript_new(doc, paged);
	parts->walk = docx_walk_new(parts->styles, parts->lists, parts->manuscript, paged);
	read_notes(doc, parts, package, ooxml_part_by_type(relations, "footnotes"), false, warnings);
	read_notes(doc, parts, package, ooxml_part_by_type(relations, "endnotes"), true, warnings);
}

static void parts_close(struct parts *parts)
{
	docx_walk_free(parts->walk);
	manuscript_free(parts->manuscript);
	docx_lists_free(parts->lists);
	docx_styles_free(parts->styles);
}

bool docx_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	g_autoptr(Package) package = package_open(doc->path, bytes, error);
	enum ooxml_kind kind;
	g_autofree char *main = package ? ooxml_main(package, &kind) : NULL;
	g_autoptr(GBytes) body = main ? package_part(package, main, error) : NULL;
	struct parts parts;
	bool ok;

	if (package && !main)
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': it has no main part", doc->path);
	if (!body)
		return false;
	ooxml_properties(doc, package);
	parts_open(doc, &parts, package, main, is_paged(body), warnings);
	ok = docx_walk_body(parts.walk, doc->path, main, body, error) && manuscript_finish(parts.manuscript, error);
	if (docx_walk_foreign(parts.walk))
		warning_add(warnings, doc->path, "%u embedded document%s not read", docx_walk_foreign(parts.walk),
		            docx_walk_foreign(parts.walk) == 1 ? " was" : "s were");
	parts_close(&parts);
	return ok;
}
