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
#include "corpus/corrections/corrections.h"
#include "corpus/reader/decode.h"
#include "corpus/error.h"
#include "corpus/reader/frontmatter.h"
#include "corpus/reader/jsonl.h"
#include "corpus/language.h"
#include "corpus/outline/outline.h"
#include "corpus/passages.h"
#include "corpus/stages.h"
#include "corpus/people/people.h"
#include "corpus/reader/reader.h"
#include "corpus/repair/repair.h"

/* The beginning of a file, which tells its format. Returns what it read, -1
 * with error set. */
static gssize read_head(const char *path, char *head, gsize size, GError **error)
{
	guint64 bytes;
	gsize have = 0;
	ssize_t n = 1;
	int fd = file_open(path, &bytes, error);

	if (fd < 0)
		return -1;
	while (have < size && n) {
		n = read(fd, head + have, size - have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_IO, "cannot read '%s': %s",
			            path, g_strerror(errno));
			close(fd);
			return -1;
		}
		have += (gsize)n;
	}
	close(fd);
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

/* The file's own properties, where the text says nothing: a title that stands in the text was found
 * by the outline; others are often left over from a template. */
static void use_properties(struct document *doc)
{
	if (!doc->title || !*doc->title)
		doc->title = doc->file_title;
	if (!doc->date)
		doc->date = doc->file_date;
	if (!doc->authors)
		doc->authors = doc->file_authors;
}

static void take_through_stages(struct document *doc, const struct catalogue *catalogue, corpus_warnings *warnings)
{
	g_autoptr(GPtrArray) corrections = catalogue_corrections(catalogue, doc->path);

	if (!doc->language)
		doc->language = body_language(doc);
	catalogue_apply(catalogue, doc);
	repair(doc, warnings);
	outline(doc);
	document_type_detect(doc);
	people(doc);
	correct_people(doc, corrections, warnings);
	correct_panels(doc, corrections, warnings);
	attribution(doc);
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

static bool read_document(const char *path, const struct catalogue *catalogue, corpus_warnings *warnings,
                          corpus_sink *sink, void *data, GError **error)
{
	g_autoptr(Document) doc = document_new();
	g_autoptr(GBytes) bytes = file_read(path, CORPUS_FILE_MAX_BYTES, error);
	g_autofree char *slug = reader_slug(path);
	gsize len;
	const char *s;

	if (!bytes)
		return false;
	doc->id = document_string(doc, slug, -1);
	doc->path = document_string(doc, path, -1);
	s = g_bytes_get_data(bytes, &len);
	if (!reader_read(doc, bytes, len ? reader_format(path, s, len) : FORMAT_TEXT, warnings, error))
		return false;
	if (!doc->blocks->len)
		warning_add(warnings, path, "has no text");
	take_through_stages(doc, catalogue, warnings);
	return sink(doc, data, error);
}

bool corpus_read(const char *path, const struct catalogue *catalogue, corpus_warnings *warnings,
                 corpus_sink *sink, void *data, GError **error)
{
	g_autofree char *head = g_malloc(READER_HEAD_BYTES);
	gssize len = read_head(path, head, READER_HEAD_BYTES, error);

	if (len < 0)
		return false;
	if (len && reader_format(path, head, (gsize)len) == FORMAT_JSONL)
		return jsonl_read(path, catalogue, warnings, finish_record, sink, data, error);
	return read_document(path, catalogue, warnings, sink, data, error);
}
