/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * corpus.c - takes a file through the stages, in their order.
 */
#include "corpus/corpus.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "corpus/anonymity/anonymity.h"
#include "corpus/attribution/attribution.h"
#include "corpus/attribution/quotations.h"
#include "corpus/attribution/stated.h"
#include "corpus/corrections/corrections.h"
#include "corpus/reader/decode.h"
#include "corpus/error.h"
#include "corpus/reader/formats.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/reader/jsonl/jsonl.h"
#include "corpus/reader/pdf/render.h"
#include "corpus/language.h"
#include "corpus/outline/outline.h"
#include "corpus/passages.h"
#include "corpus/stages.h"
#include "corpus/people/people.h"
#include "corpus/reader/reader.h"
#include "corpus/repair/repair.h"

#define YEAR_FIRST 1900	/* of those that a text may speak of */
#define REPRINT_YEARS 2	/* from the last of them to the making of the file */

/* The beginning of a file, which tells its format. Returns what it read, -1
 * with error set. */
static gssize read_head(const char *path, int fd, char *head, gsize size, GError **error)
{
	gsize have = 0;
	ssize_t n = 1;

	while (have < size && n) {
		n = pread(fd, head + have, size - have, (off_t)have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_IO, "cannot read '%s': %s",
			            path, g_strerror(errno));
			return -1;
		}
		have += (gsize)n;
	}
	return (gssize)have;
}

/* The language of the body: front matter and furniture would only disturb. */
static const char *body_language(const struct document *doc)
{
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);

		if (block->zone != ZONE_FRONT_MATTER)
			return language_detect(doc->text + block->ranges[0].start,
			                       doc->text_bytes - block->ranges[0].start);
	}
	return NULL;
}

/* What is not to be known goes before there are passages: their ids must not depend
 * on it. */
static void finish(struct document *doc, GPtrArray *corrections, corpus_warnings *warnings)
{
	g_auto(GStrv) names = corrections_names(corrections);

	anonymity(doc, (const char *const *)names, warnings);
	passages(doc);
	correct_passages(doc, corrections, warnings);
}

/* The latest year that the text names, up to a given one; 0 where it names none. */
static int latest_year(const struct document *doc, int most)
{
	int latest = 0, year = 0;
	guint digits = 0;

	for (gsize i = 0; i <= doc->text_bytes; i++) {
		if (i < doc->text_bytes && g_ascii_isdigit(doc->text[i])) {
			year = digits < 4 ? year * 10 + doc->text[i] - '0' : 0;
			digits++;
			continue;
		}
		if (digits == 4 && year >= YEAR_FIRST && year <= most)
			latest = MAX(latest, year);
		year = 0;
		digits = 0;
	}
	return latest;
}

/* A file that was made long after the last year that its text speaks of is a reprint, or a scan: the
 * day on which that was done is not the document's. */
static bool is_of_its_time(const struct document *doc, const char *date)
{
	int made = (int)g_ascii_strtoull(date, NULL, 10), latest = latest_year(doc, made);

	return !latest || made - latest <= REPRINT_YEARS;
}

/* The file's own properties, where the text says nothing: a title that stands in the text was found
 * by the outline; others are often left over from a template. */
static void use_properties(struct document *doc)
{
	if (!doc->title || !*doc->title)
		doc->title = doc->file_title;
	if (!doc->date && doc->file_date && is_of_its_time(doc, doc->file_date))
		doc->date = doc->file_date;
	if (!doc->authors)
		doc->authors = doc->file_authors;
}

static void find_out(struct document *doc, GPtrArray *corrections, corpus_warnings *warnings)
{
	repair(doc, warnings);
	outline(doc);
	document_type_detect(doc);
	people(doc);
	correct_people(doc, corrections, warnings);
	correct_panels(doc, corrections, warnings);
	attribution(doc);
}

/* The format says who speaks, and what is a heading. */
static void take_as_stated(struct document *doc, GPtrArray *corrections, corpus_warnings *warnings)
{
	attribution_stated(doc);
	correct_people(doc, corrections, warnings);
	correct_panels(doc, corrections, warnings);
}

static void take_through_stages(struct document *doc, const struct catalogue *catalogue, corpus_warnings *warnings)
{
	g_autoptr(GPtrArray) corrections = catalogue_corrections(catalogue, doc->path);

	if (!doc->language)
		doc->language = body_language(doc);
	catalogue_apply(catalogue, doc);
	if (doc->turns)
		take_as_stated(doc, corrections, warnings);
	else
		find_out(doc, corrections, warnings);
	correct_silent(doc, corrections);
	repair_note_furniture(doc);
	use_properties(doc);
	catalogue_apply(catalogue, doc);	/* title, date and the like are found by the stages */
	if (!doc->title || !*doc->title)
		doc->title = doc->id;
	finish(doc, corrections, warnings);
	if (stage_is_on(STAGE_QUOTATIONS))
		quotations(doc);
	correct_silent(doc, corrections);
}

/* A record says itself whose its words are. */
static void finish_record(struct document *doc, const struct catalogue *catalogue, corpus_warnings *warnings)
{
	g_autoptr(GPtrArray) corrections = catalogue_corrections(catalogue, doc->path);

	correct_people(doc, corrections, warnings);
	correct_panels(doc, corrections, warnings);
	correct_silent(doc, corrections);
	finish(doc, corrections, warnings);
}

/* Text is copied, so that it stays as it is while it is looked at. What is no text is mapped:
 * most of a large file is pictures, which nobody looks at. */
static GBytes *file_bytes(const char *path, int fd, const char *head, gsize head_bytes, enum format *format, GError **error)
{
	GBytes *bytes;
	gsize len;
	const char *s;

	*format = head_bytes ? reader_format(path, head, head_bytes) : FORMAT_TEXT;
	if (!format_is_text(*format) || (head_bytes > 1 && head[0] == 'P' && head[1] == 'K')) {
		bytes = file_map(path, fd, CORPUS_BINARY_MAX_BYTES, error);
		if (!bytes)
			return NULL;
		s = g_bytes_get_data(bytes, &len);	/* an archive is told by all of it */
		*format = len ? reader_format(path, s, len) : FORMAT_TEXT;
		if (!format_is_text(*format))
			return bytes;
		g_bytes_unref(bytes);
	}
	return file_read(path, fd, CORPUS_FILE_MAX_BYTES, error);
}

/* The files of one document have its name; of several, each its own. */
static bool read_several(const char *path, GBytes *bytes, const struct catalogue *catalogue, corpus_warnings *warnings,
                         corpus_sink *sink, void *data, GError **error)
{
	g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
	g_autofree char *slug = reader_slug(path);

	if (!tei_documents(path, bytes, documents, error))
		return false;
	for (guint i = 0; i < documents->len; i++) {
		struct document *doc = g_ptr_array_index(documents, i);
		g_autofree char *numbered = g_strdup_printf("%s-%u", slug, i + 1);

		if (documents->len == 1 || !*doc->id)
			doc->id = document_string(doc, documents->len == 1 ? slug : numbered, -1);
		if (!doc->blocks->len && documents->len > 1)	/* of a single one the caller tells */
			warning_add(warnings, path, "document %u has no text", i + 1);
		take_through_stages(doc, catalogue, warnings);
		if (!sink(doc, data, error))
			return false;
	}
	return true;
}

static bool read_document(const char *path, int fd, const char *head, gsize head_bytes, const struct catalogue *catalogue,
                          corpus_warnings *warnings, corpus_sink *sink, void *data, GError **error)
{
	g_autoptr(Document) doc = document_new();
	enum format format;
	g_autoptr(GBytes) bytes = file_bytes(path, fd, head, head_bytes, &format, error);
	g_autofree char *slug = reader_slug(path);

	if (!bytes)
		return false;
	if (format == FORMAT_TEI)
		return read_several(path, bytes, catalogue, warnings, sink, data, error);
	doc->id = document_string(doc, slug, -1);
	doc->path = document_string(doc, path, -1);
	if (!reader_read(doc, bytes, format, warnings, error))
		return false;
	take_through_stages(doc, catalogue, warnings);
	return sink(doc, data, error);
}

bool corpus_read(const char *path, int fd, const struct catalogue *catalogue, corpus_warnings *warnings,
                 corpus_sink *sink, void *data, GError **error)
{
	g_autofree char *head = g_malloc(READER_HEAD_BYTES);
	gssize len = read_head(path, fd, head, READER_HEAD_BYTES, error);

	if (len < 0)
		return false;
	if (len && reader_format(path, head, (gsize)len) == FORMAT_JSONL)
		return jsonl_read(path, fd, catalogue, warnings, finish_record, sink, data, error);
	return read_document(path, fd, head, (gsize)len, catalogue, warnings, sink, data, error);
}

/* ---- files of pictures ---- */

bool corpus_render(const char *path, int fd, guint first, guint n, corpus_picture_sink *sink, void *data, GError **error)
{
	g_autoptr(GBytes) bytes = file_map(path, fd, CORPUS_BINARY_MAX_BYTES, error);

	return bytes && pdf_render(path, bytes, first, n, sink, data, error);
}

/* Whatever the text looks like, it is the text of pages. */
bool corpus_read_recognised(const char *path, int fd, GBytes *text, const struct catalogue *catalogue, corpus_warnings *warnings,
                            corpus_sink *sink, void *data, GError **error)
{
	g_autoptr(GBytes) bytes = file_map(path, fd, CORPUS_BINARY_MAX_BYTES, error);
	g_autoptr(Document) doc = document_new();
	g_autofree char *slug = reader_slug(path);

	if (!bytes)
		return false;
	doc->id = document_string(doc, slug, -1);
	doc->path = document_string(doc, path, -1);
	if (!reader_read(doc, text, FORMAT_TEXT, warnings, error))
		return false;
	pdf_describe(doc, bytes);
	take_through_stages(doc, catalogue, warnings);
	doc->format = format_name(FORMAT_PDF);
	return sink(doc, data, error);
}
