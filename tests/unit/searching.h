/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * searching.h - what the tests of searching share: documents made in memory,
 * an index on disk in a temporary folder, and asking it.
 */
#ifndef TESTS_SEARCHING_H
#define TESTS_SEARCHING_H

#include <glib/gstdio.h>
#include <string.h>

#include "corpus/error.h"
#include "indexer/writer.h"
#include "searcher/rapporteur.h"

/* --- documents --------------------------------------------------------------- */

/* A document in the making: its text is set by made_take. */
struct made {
	struct document *doc;
	GString *text;
};

static inline struct made made_new(const char *id, const char *title, const char *language)
{
	struct made made = { document_new(), g_string_new("  ") };

	made.doc->id = document_string(made.doc, id, -1);
	made.doc->title = document_string(made.doc, title, -1);
	made.doc->path = document_string(made.doc, id, -1);
	made.doc->language = document_string(made.doc, language, -1);
	made.doc->type = TYPE_REPORT;
	return made;
}

static inline int made_person(struct made *made, const char *name, const char *role, const char *organisation, const char *country)
{
	struct person person = {
		.name = document_string(made->doc, name, -1), .role = document_string(made->doc, role, -1),
		.organisation = document_string(made->doc, organisation, -1), .country = document_string(made->doc, country, -1),
	};

	g_array_append_val(made->doc->people, person);
	return (int)made->doc->people->len - 1;
}

static inline int made_panel(struct made *made, const char *label, const char *title)
{
	struct panel panel = { .label = document_string(made->doc, label, -1), .title = document_string(made->doc, title, -1), .moderator = -1 };

	g_array_append_val(made->doc->panels, panel);
	return (int)made->doc->panels->len - 1;
}

static inline int made_section(struct made *made, int parent, const char *title)
{
	struct section section = { .parent = parent, .level = parent < 0 ? 1 : 2, .title = document_string(made->doc, title, -1) };

	g_array_append_val(made->doc->sections, section);
	return (int)made->doc->sections->len - 1;
}

/* Speaks, narrates, ...; borrowed until the next one. */
static inline struct passage *made_passage(struct made *made, const char *text, enum passage_kind kind, int speaker)
{
	struct passage passage = { .kind = kind, .section = -1, .panel = -1, .page = 1 + (int)made->doc->passages->len / 2 };
	struct range *range = document_alloc(made->doc, sizeof *range);

	range->start = (guint32)made->text->len;
	g_string_append(made->text, text);
	range->end = (guint32)made->text->len;
	g_string_append(made->text, "\n\n");
	passage.ranges = range;
	passage.n_ranges = 1;
	passage.attribution.speaker = speaker;
	if (speaker >= 0) {
		passage.attribution.evidence = EVIDENCE_LABEL;
		passage.attribution.certainty = CERTAINTY_STATED;
		passage.attribution.range = (struct range){ range->start, range->start + 1 };
	}
	g_snprintf(passage.id, sizeof passage.id, "%010x", made->doc->passages->len + 1);
	g_array_append_val(made->doc->passages, passage);
	return document_passage(made->doc, made->doc->passages->len - 1);
}

static inline struct document *made_take(struct made *made)
{
	made->doc->text_owner = g_string_free_to_bytes(made->text);
	made->doc->text = g_bytes_get_data(made->doc->text_owner, &made->doc->text_bytes);
	return made->doc;
}

/* --- an index ------------------------------------------------------------------- */

static inline char *index_dir(void)
{
	g_autoptr(GError) error = NULL;
	char *dir = g_dir_make_tmp("rapporteur-XXXXXX", &error);

	g_assert_no_error(error);
	return dir;
}

static inline void remove_tree(const char *path)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *below = g_build_filename(path, name, NULL);

		if (g_file_test(below, G_FILE_TEST_IS_DIR))
			remove_tree(below);
		else
			g_unlink(below);
	}
	g_rmdir(path);
}

static inline void index_free(char *dir)
{
	remove_tree(dir);
	g_free(dir);
}

static inline struct writer *writing(const char *dir)
{
	g_autoptr(GError) error = NULL;
	struct writer *writer = writer_open(dir, 0, &error);

	g_assert_no_error(error);
	return writer;
}

/* One source with one document, which is freed. */
static inline void write_document(struct writer *writer, struct document *doc)
{
	g_autoptr(GError) error = NULL;

	writer_begin_source(writer, doc->path, "digest");
	writer_add(writer, doc, NULL, &error);
	g_assert_no_error(error);
	writer_end_source(writer, "text", &error);
	g_assert_no_error(error);
	document_free(doc);
}

static inline void commit(struct writer *writer)
{
	g_autoptr(GError) error = NULL;

	writer_commit(writer, &error);
	g_assert_no_error(error);
}

/* --- asking ------------------------------------------------------------------------ */

static inline RapIndex *opened(const char *dir, const char *const *groups)
{
	g_autoptr(GError) error = NULL;
	RapIndex *index = rap_open(dir, groups, &error);

	g_assert_no_error(error);
	return index;
}

static inline RapResults *asked(RapIndex *index, const RapRequest *request)
{
	g_autoptr(GError) error = NULL;
	RapResults *results = rap_search(index, request, &error);

	g_assert_no_error(error);
	g_assert_nonnull(results);
	return results;
}

/* "doc/1 doc/2": which hits, in order; with their leading zeros left out. */
static inline char *ids_of(const RapResults *results)
{
	GString *ids = g_string_new(NULL);

	for (size_t i = 0; i < results->n_hits; i++) {
		const char *id = results->hits[i].passage.id, *slash = strrchr(id, '/');

		g_string_append_printf(ids, "%s%.*s/%s", i ? " " : "", (int)(slash - id), id, slash + 1 + strspn(slash + 1, "0"));
	}
	return g_string_free(ids, FALSE);
}

static inline char *ids_for(RapIndex *index, const char *text)
{
	RapResults *results = asked(index, &(RapRequest){ .text = text, .limit = 1000 });
	char *ids = ids_of(results);

	rap_results_free(results);
	return ids;
}

static inline void check_ids(RapIndex *index, const char *text, const char *expected)
{
	g_autofree char *ids = ids_for(index, text);

	g_assert_cmpstr(ids, ==, expected);
}

#endif
