/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * check.c - is an index sound? Everything that the stamp names is read: each
 * table by Xapian, each record and each block of text by us, and what is said
 * twice must agree.
 */
#include "indexer/check.h"

#include <stdio.h>
#include <string.h>

#include "corpus/error.h"
#include "indexer/analysis.h"
#include "indexer/columns.h"
#include "indexer/fields.h"
#include "indexer/pack.h"
#include "indexer/prints.h"
#include "indexer/store.h"
#include "indexer/suggestions.h"

struct check {
	const char *dir;
	struct store *store;
	guint faults;

	/* one segment */
	size_t shard;
	guint64 documents, passages, text_bytes;

	/* one source */
	const struct source_record *source;
	guint32 number;
	GHashTable *places;	/* its documents: key "block/slot" -> struct checked * */
	guint found;		/* passages */
};

struct checked {
	guint64 text_bytes;
	guint people, panels, sections, passages;
};

static void fault(struct check *check, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void fault(struct check *check, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("fault: ", stdout);
	vprintf(format, args);
	putchar('\n');
	va_end(args);
	check->faults++;
}

/* --- a source ------------------------------------------------------------------------- */

static gint64 *place_key(guint32 block, guint32 slot)
{
	gint64 *key = g_new(gint64, 1);

	*key = (gint64)block << 32 | slot;
	return key;
}

static void check_text(struct check *check)
{
	g_autoptr(GString) text = g_string_new(NULL);
	guint64 end = check->source->text_bytes;

	for (guint64 at = 0; at < end; at += TEXT_BLOCK_BYTES) {
		g_autoptr(GError) error = NULL;

		g_string_truncate(text, 0);
		if (!store_bytes(check->store, check->number, at, MIN(at + TEXT_BLOCK_BYTES, end), text, &error)) {
			fault(check, "'%s': its text at byte %" G_GUINT64_FORMAT ": %s", check->source->path, at, error->message);
			return;
		}
	}
}

static void check_document(struct check *check, guint32 block, guint32 slot, const char *bytes, gsize len)
{
	g_autoptr(GError) error = NULL;
	guint64 text_base;
	g_autoptr(Document) doc = record_get_document(bytes, len, &text_base, &error);
	struct checked *checked;

	if (!doc) {
		fault(check, "'%s': document %u of block %u: %s", check->source->path, slot, block, error->message);
		return;
	}
	if (text_base + doc->text_bytes > check->source->text_bytes)
		fault(check, "'%s': the text of document '%s' ends behind that of the file", check->source->path, doc->id);
	checked = g_new0(struct checked, 1);
	*checked = (struct checked){ doc->text_bytes, doc->people->len, doc->panels->len, doc->sections->len, 0 };
	g_hash_table_insert(check->places, place_key(block, slot), checked);
}

static void check_documents(struct check *check)
{
	g_autoptr(GString) block = g_string_new(NULL);

	for (guint32 i = 0; i < check->source->document_blocks; i++) {
		g_autoptr(GError) error = NULL;
		const char *bytes;
		gsize len;

		if (!store_block(check->store, check->number, i, block, &error)) {
			fault(check, "'%s': block %u of its documents: %s", check->source->path, i, error->message);
			break;	/* their number may be what is damaged */
		}
		for (guint32 slot = 0; (bytes = pack_slot(block->str, block->len, slot, &len)); slot++)
			check_document(check, i, slot, bytes, len);
	}
	if (g_hash_table_size(check->places) != check->source->documents)
		fault(check, "'%s': %u documents, but %u records", check->source->path, check->source->documents, g_hash_table_size(check->places));
}

static void check_passage_record(struct check *check, guint32 docid, const struct passage_record *record)
{
	const struct passage *p = &record->passage;
	gint64 key = (gint64)record->place.block << 32 | record->place.slot;
	struct checked *doc = g_hash_table_lookup(check->places, &key);
	gint people = doc ? (gint)doc->people : 0;

	if (record->place.source != check->number || !doc) {
		fault(check, "'%s': passage %u belongs to a document that is not there", check->source->path, docid);
		return;
	}
	if (record->ordinal != doc->passages++)
		fault(check, "'%s': passage %u is out of order", check->source->path, docid);
	if (p->attribution.speaker >= people || p->panel >= (gint)doc->panels || p->section >= (gint)doc->sections)
		fault(check, "'%s': passage '%s' names somebody or something that is not there", check->source->path, p->id);
	for (guint i = 0; i < p->n_ranges; i++)
		if (p->ranges[i].start >= p->ranges[i].end || p->ranges[i].end > doc->text_bytes)
			fault(check, "'%s': passage '%s' has a range outside the text", check->source->path, p->id);
}

static bool check_posting(uint32_t docid, void *data)
{
	struct check *check = data;
	struct arena *arena = arena_new();
	g_autoptr(GError) error = NULL;
	struct passage_record record;

	check->found++;
	if (store_passage(check->store, docid, arena, &record, &error))
		check_passage_record(check, docid, &record);
	else
		fault(check, "'%s': passage %u: %s", check->source->path, docid, error->message);
	arena_free(arena);
	return true;
}

static bool check_source(size_t shard, guint32 number, const struct source_record *source, void *data)
{
	struct check *check = data;
	g_autofree char *term = g_strdup_printf(SOURCE_PREFIX "%u", number);
	g_autoptr(GError) error = NULL;

	if (shard != check->shard)
		return true;
	check->source = source;
	check->number = number;
	check->found = 0;
	check->places = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	check_text(check);
	check_documents(check);
	if (!xap_db_postings(store_database(check->store), term, strlen(term), check_posting, check, &error))
		fault(check, "'%s': %s", source->path, error->message);
	if (check->found != source->passages)
		fault(check, "'%s': %u passages, but %u in the index", source->path, source->passages, check->found);
	check->documents += source->documents;
	check->passages += source->passages;
	check->text_bytes += source->text_bytes;
	g_hash_table_unref(check->places);
	return true;
}

/* --- a segment ------------------------------------------------------------------------- */

static void check_tables(struct check *check, const struct segment *segment)
{
	g_autofree char *path = g_build_filename(check->dir, segment->folder, NULL);
	g_autoptr(GString) report = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	size_t faults = 0;

	if (!xap_check(path, &faults, report, &error))
		fault(check, "'%s': %s", segment->folder, error->message);
	else if (faults)
		fault(check, "'%s': Xapian finds %zu faults:\n%s", segment->folder, faults, report->str);
}

static void check_prints(struct check *check, const struct segment *segment)
{
	g_autofree char *path = g_build_filename(check->dir, segment->folder, PRINTS_FILE, NULL);
	g_autoptr(GError) error = NULL;
	struct prints *prints = prints_open(path, &error);

	if (!prints)
		fault(check, "'%s': %s", segment->folder, error->message);
	else if (!prints_check(prints, segment->passages))
		fault(check, "'%s': its fingerprints are not in order", segment->folder);
	prints_close(prints);
}

static bool values_are_sound(const struct columns *columns, enum facet facet, const guint32 *groups)
{
	guint32 n = columns_n_values(columns, facet);
	g_autofree guint32 *counts = g_new0(guint32, (gsize)n + 1);
	bool sound = columns_count(columns, facet, groups, counts);

	for (guint32 i = 0; i < n && sound; i++)
		sound = columns_value(columns, facet, i) != NULL;
	return sound;
}

/* What is counted by: of as many passages, and each number in it one that can be looked up. */
static void check_columns(struct check *check, const struct segment *segment)
{
	g_autofree char *path = g_build_filename(check->dir, segment->folder, NULL);
	g_autoptr(GError) error = NULL;
	struct columns *columns = columns_open(path, &error);
	gsize words = ((gsize)segment->passages + 63) / 64;
	g_autofree guint64 *all = g_new(guint64, words + 1);
	g_autofree guint32 *groups = NULL;
	bool sound;

	if (!columns) {
		fault(check, "'%s': %s", segment->folder, error->message);
		return;
	}
	memset(all, 0xff, words * sizeof *all);
	sound = columns_passages(columns) == segment->passages;
	if (sound && segment->passages % 64)
		all[words - 1] = ((guint64)1 << segment->passages % 64) - 1;
	groups = sound ? columns_count_groups(columns, all) : NULL;
	for (int i = 0; i < N_FACETS && groups && sound; i++)
		sound = values_are_sound(columns, (enum facet)i, groups);
	if (!sound || !groups)
		fault(check, "'%s': its facets are damaged, or of other passages", segment->folder);
	columns_close(columns);
}

static void check_suggestions(struct check *check, const struct segment *segment)
{
	g_autofree char *path = g_build_filename(check->dir, segment->folder, NULL);
	g_autoptr(GError) error = NULL;
	struct suggestions *suggestions = suggestions_open(path, &error);
	bool sound = true;

	if (!suggestions) {
		fault(check, "'%s': %s", segment->folder, error->message);
		return;
	}
	for (guint32 i = 0; i < suggestions_count(suggestions) && sound; i++) {
		struct suggestion entry;

		sound = suggestions_get(suggestions, i, &entry) && entry.count && entry.count <= segment->passages;
	}
	if (!sound)
		fault(check, "'%s': its suggestions are damaged", segment->folder);
	suggestions_close(suggestions);
}

static void check_segment(struct check *check, const struct segment *segment)
{
	g_autoptr(GError) error = NULL;

	check_tables(check, segment);
	check_prints(check, segment);
	check_columns(check, segment);
	check_suggestions(check, segment);
	check->documents = check->passages = check->text_bytes = 0;
	if (!store_sources(check->store, check_source, check, &error)) {
		fault(check, "'%s': %s", segment->folder, error->message);
		return;
	}
	if (segment->dead->len)	/* the stamp's counts have the dead ones in them */
		return;
	if (check->documents != segment->documents || check->passages != segment->passages || check->text_bytes != segment->text_bytes)
		fault(check, "'%s': the stamp says %u documents and %u passages, but it holds %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT,
		      segment->folder, segment->documents, segment->passages, check->documents, check->passages);
}

int check_index(const char *dir, bool quiet)
{
	g_autoptr(Analysis) analysis = analysis_new();
	g_autoptr(GError) error = NULL;
	struct check check = { .dir = dir };
	struct stamp *stamp = stamp_read(dir, analysis_stemmer_version(analysis), &error);
	guint64 documents = 0, passages = 0;

	if (!stamp || !(check.store = store_open_segments(dir, stamp, &error))) {
		fprintf(stderr, "rapporteur-index: %s\n", error->message);
		return g_error_matches(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT) ||
		       g_error_matches(error, XAP_ERROR, XAP_ERROR_CORRUPT) ? 1 : 2;
	}
	for (guint i = 0; i < stamp->segments->len; i++) {
		check.shard = i;
		check_segment(&check, g_ptr_array_index(stamp->segments, i));
		documents += check.documents;
		passages += check.passages;
	}
	store_close(check.store);
	if (!quiet)
		printf("index '%s': %" G_GUINT64_FORMAT " documents, %" G_GUINT64_FORMAT " passages, %u faults\n", dir, documents, passages, check.faults);
	return check.faults ? 1 : 0;
}
