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

static void read_notes(struct docx_walk *walk, const struct docx_parts *parts, const char *type, bool end, corpus_warnings *warnings)
{
	const char *part = ooxml_part_by_type(parts->relations, type);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = part && package_has(parts->package, part) ? package_part(parts->package, part, &error) : NULL;

	if (bytes)
		docx_walk_notes(walk, end, parts->path, part, bytes, &error);
	if (error)
		warning_add(warnings, parts->path, "part '%s' is damaged: notes may be missing", part);
}

static void parts_open(struct document *doc, struct docx_parts *parts, struct package *package, const char *main, GBytes *body,
                       corpus_warnings *warnings)
{
	parts->package = package;
	parts->path = doc->path;
	parts->relations = ooxml_relations_new(package, doc->path, main, warnings);
	parts->styles = docx_styles_new(package, doc->path, ooxml_part_by_type(parts->relations, "styles"), warnings);
	parts->lists = docx_lists_new(package, doc->path, ooxml_part_by_type(parts->relations, "numbering"), warnings);
	parts->notes = docx_notes_new();
	docx_notes_read_numbering(parts->notes, package, doc->path, ooxml_part_by_type(parts->relations, "settings"), body);
	parts->paged = is_paged(body);
	parts->manuscript = manuscript_new(doc, parts->paged);
}

static void parts_close(struct docx_parts *parts)
{
	manuscript_free(parts->manuscript);
	docx_notes_free(parts->notes);
	docx_lists_free(parts->lists);
	docx_styles_free(parts->styles);
	ooxml_relations_free(parts->relations);
}

bool docx_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	g_autoptr(Package) package = package_open(doc->path, bytes, error);
	enum ooxml_kind kind;
	g_autofree char *main = package ? ooxml_main(package, &kind) : NULL;
	g_autoptr(GBytes) body = main ? package_part(package, main, error) : NULL;
	struct docx_parts parts;
	struct docx_walk *walk;
	bool ok;

	if (package && !main)
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': it has no main part", doc->path);
	if (!body)
		return false;
	ooxml_properties(doc, package);
	parts_open(doc, &parts, package, main, body, warnings);
	walk = docx_walk_new(&parts);
	read_notes(walk, &parts, "footnotes", false, warnings);
	read_notes(walk, &parts, "endnotes", true, warnings);
	ok = docx_walk_body(walk, doc->path, main, body, error) && manuscript_finish(parts.manuscript, error);
	if (docx_walk_foreign(walk))
		warning_add(warnings, doc->path, "%u embedded document%s not read", docx_walk_foreign(walk),
		            docx_walk_foreign(walk) == 1 ? " was" : "s were");
	docx_walk_free(walk);
	parts_close(&parts);
	return ok;
}
