/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tidy.c - keeps an index in few segments, and without much that is dead.
 *
 * A small index is always one segment without dead sources, so that its
 * answers do not depend on how it came about. Larger segments are merged as a
 * log-structured merge tree does: when FANOUT of one size class have come
 * together; what is dead in them goes when it passes a share.
 */
#include "indexer/tidy.h"

#include <string.h>

#include "corpus/error.h"
#include "indexer/builder.h"
#include "indexer/columns.h"
#include "indexer/fields.h"
#include "indexer/pack.h"
#include "indexer/prints.h"
#include "indexer/store.h"
#include "indexer/suggestions.h"

#define SMALL_PASSAGES 5000
#define FANOUT 4
#define DEAD_SHARE 5	/* a fifth */

/* --- writing a segment anew ------------------------------------------------------ */

struct copy {
	struct store *store;
	struct builder *builder;
	struct analysis *analysis;
	GError *error;

	/* one source: its passages in the order they were written */
	GArray *passages;	/* guint32: where they are in the store */
	guint next;		/* the first that no document has taken */
};

static bool collect_passage(uint32_t docid, void *data)
{
	struct copy *copy = data;

	g_array_append_val(copy->passages, docid);
	return true;
}

static bool collect_source(struct copy *copy, guint32 number)
{
	g_autofree char *term = g_strdup_printf(SOURCE_PREFIX "%u", number);

	g_array_set_size(copy->passages, 0);
	copy->next = 0;
	return xap_db_postings(store_database(copy->store), term, strlen(term), collect_passage, copy, &copy->error);
}

static bool misfit(GError **error, const char *what)
{
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "the index holds %s", what);
	return false;
}

/* Gives the document the next passages that are its own. */
static bool take_passages(struct copy *copy, struct document_place place, struct document *doc, struct arena *arena)
{
	for (; copy->next < copy->passages->len; copy->next++) {
		guint32 docid = g_array_index(copy->passages, guint32, copy->next);
		struct passage_record record;

		if (!store_passage(copy->store, docid, arena, &record, &copy->error))
			return false;
		if (!place_equal(&record.place, &place))
			return true;
		if (!record_passage_fits(&record.passage, doc))
			return misfit(&copy->error, "a passage that does not fit its document");
		g_array_append_val(doc->passages, record.passage);
	}
	return true;
}

static bool copy_passages(struct copy *copy, struct document_place place, struct document *doc)
{
	struct arena *arena = arena_new();
	bool ok = take_passages(copy, place, doc, arena) &&
	          builder_add(copy->builder, doc, &copy->error) &&
	          builder_flush_forms(copy->builder, &copy->error);

	arena_free(arena);
	analysis_trim(copy->analysis);
	return ok;
}

static bool copy_document(struct copy *copy, struct document_place place, const char *bytes, gsize len)
{
	guint64 text_base;
	g_autoptr(Document) doc = record_get_document(bytes, len, &text_base, &copy->error);
	g_autoptr(GString) text = g_string_new(NULL);

	if (!doc || !store_bytes(copy->store, place.source, text_base, text_base + doc->text_bytes, text, &copy->error))
		return false;
	doc->text = text->str;
	return copy_passages(copy, place, doc);
}

static bool copy_source(size_t shard, guint32 number, const struct source_record *source, void *data)
{
	struct copy *copy = data;
	struct source_record kept = *source;
	g_autoptr(GString) block = g_string_new(NULL);

	(void)shard;
	if (!collect_source(copy, number))
		return false;
	builder_begin_source(copy->builder, number);
	for (guint32 i = 0; i < source->document_blocks; i++) {
		const char *bytes;
		gsize len;

		if (!store_block(copy->store, number, i, block, &copy->error))
			return false;
		for (guint32 slot = 0; (bytes = pack_slot(block->str, block->len, slot, &len)); slot++)
			if (!copy_document(copy, (struct document_place){ number, i, slot }, bytes, len))
				return false;
	}
	if (copy->next < copy->passages->len)
		return misfit(&copy->error, "a passage without its document");
	return builder_end_source(copy->builder, &kept, &copy->error);
}

/* A stamp that names just this segment. */
static struct stamp *stamp_of(const struct stamp *stamp, const struct segment *segment)
{
	struct stamp *one = stamp_new(stamp->stemmer);
	struct segment *same = segment_new(segment->folder, segment->access);

	g_array_append_vals(same->dead, segment->dead->data, segment->dead->len);
	g_ptr_array_add(one->segments, same);
	return one;
}

/* The segment without what is dead; NULL without an error where nothing lives. */
static struct segment *rewrite(const char *dir, struct stamp *stamp, const struct segment *segment,
                               struct analysis *analysis, gint number, GError **error)
{
	g_autofree char *folder = segment_folder(stamp);
	g_autoptr(Store) store = store_open_segments(dir, stamp_of(stamp, segment), error);
	struct copy copy = { .store = store, .analysis = analysis };
	struct segment *anew = NULL;

	if (!store)
		return NULL;
	copy.builder = builder_new(dir, segment->access, analysis, number);
	copy.passages = g_array_new(FALSE, FALSE, sizeof(guint32));
	if (store_sources(store, copy_source, &copy, &copy.error) && !copy.error)
		anew = builder_finish(copy.builder, folder, &copy.error);
	if (copy.error)
		g_propagate_error(error, copy.error);
	builder_free(copy.builder);
	g_array_unref(copy.passages);
	return anew;
}

/* How many passages of the segment are dead. */
static bool count_dead(const char *dir, const struct stamp *stamp, const struct segment *segment, guint64 *n, GError **error)
{
	g_autoptr(Store) store = store_open_segments(dir, stamp_of(stamp, segment), error);
	g_autoptr(GString) bytes = g_string_new(NULL);

	*n = 0;
	if (!store)
		return false;
	for (guint i = 0; i < segment->dead->len; i++) {
		g_autoptr(SourceRecord) source = NULL;
		char key[RECORD_KEY_BYTES];
		gsize len = record_source_key(key, g_array_index(segment->dead, guint32, i));

		if (!xap_db_metadata(store_database(store), 0, key, len, bytes, error))
			return false;
		if (!bytes->len)	/* abandoned half-way: it has no record */
			continue;
		source = record_get_source(bytes->str, bytes->len, error);
		if (!source)
			return false;
		*n += source->passages;
	}
	return true;
}

static bool drop_dead(const char *dir, struct stamp *stamp, struct analysis *analysis, bool all, gint *builders_made, GError **error)
{
	for (guint i = 0; i < stamp->segments->len; i++) {
		struct segment *segment = g_ptr_array_index(stamp->segments, i), *anew;
		GError *cause = NULL;
		guint64 dead;

		if (!segment->dead->len)
			continue;
		if (!count_dead(dir, stamp, segment, &dead, error))
			return false;
		if (!all && segment->passages > SMALL_PASSAGES && dead < segment->passages / DEAD_SHARE)
			continue;
		anew = rewrite(dir, stamp, segment, analysis, ++*builders_made, &cause);
		if (cause) {
			g_propagate_error(error, cause);
			return false;
		}
		segment_free(segment);
		if (anew)
			stamp->segments->pdata[i] = anew;
		else
			g_ptr_array_steal_index(stamp->segments, i--);
	}
	return true;
}

/* --- merging ---------------------------------------------------------------------- */

static gint by_string(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void merge_languages(struct segment *into, const struct segment *from)
{
	GPtrArray *all = g_ptr_array_new();

	for (char **l = into->languages; *l; l++)
		g_ptr_array_add(all, *l);
	for (char **l = from->languages; *l; l++)
		if (!g_strv_contains((const char *const *)into->languages, *l))
			g_ptr_array_add(all, g_strdup(*l));
	g_ptr_array_sort(all, by_string);
	g_free(into->languages);
	g_ptr_array_add(all, NULL);
	into->languages = (char **)g_ptr_array_free(all, FALSE);
}

static void merge_counts(struct segment *into, const struct segment *from)
{
	into->documents += from->documents;
	into->passages += from->passages;
	into->text_bytes += from->text_bytes;
	for (guint i = 0; i < from->dead->len; i++)
		segment_kill(into, g_array_index(from->dead, guint32, i));
	merge_languages(into, from);
}

/* Their passages are numbered on in this order. */
static bool merge_prints(const char *dir, const GPtrArray *parts, const char *out, GError **error)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) before = g_array_new(FALSE, FALSE, sizeof(guint32));
	g_autofree char *path = g_build_filename(out, PRINTS_FILE, NULL);
	guint32 passages = 0;

	for (guint i = 0; i < parts->len; i++) {
		const struct segment *part = g_ptr_array_index(parts, i);

		g_ptr_array_add(paths, g_build_filename(dir, part->folder, PRINTS_FILE, NULL));
		g_array_append_val(before, passages);
		passages += part->passages;
	}
	return prints_merge((const char *const *)paths->pdata, (const guint32 *)(const void *)before->data, paths->len, path, error);
}

/* The passages of the merged segment come in the order of its parts. */
static bool merge_columns(const GPtrArray *paths, const char *out, GError **error)
{
	struct columns_maker *maker = columns_maker_new(NULL);
	bool ok = true;

	for (guint i = 0; i < paths->len && ok; i++) {
		struct columns *columns = columns_open(g_ptr_array_index(paths, i), error);

		ok = columns && columns_maker_append(maker, columns, error);
		columns_close(columns);
	}
	ok = ok && columns_maker_write(maker, out, error);
	columns_maker_free(maker);
	return ok;
}

/* Counts the phrases of a segment anew, off its text. */
static bool recount_phrases(struct store *store, struct analysis *analysis, struct phrases *phrases, guint32 passages, GError **error)
{
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	g_autoptr(GString) text = g_string_new(NULL);
	bool ok = true;

	for (guint32 docid = 1; docid <= passages && ok; docid++) {
		struct arena *arena = arena_new();
		struct passage_record record;

		g_string_truncate(text, 0);
		g_array_set_size(tokens, 0);
		ok = store_passage(store, docid, arena, &record, error) &&
		     store_text(store, record.place.source, record.text_base, record.passage.ranges, record.passage.n_ranges, text, error);
		if (ok) {
			analysis_tokens(analysis, record.language, text->str, text->len, tokens);
			phrases_add(phrases, text->str, tokens, record.place.source);
		}
		arena_free(arena);
	}
	return ok;
}

/* A small index does not depend on how it came about, not even in what is just frequent enough: its
 * phrases are counted anew. Of larger ones the counts are added up. */
static bool merge_suggestions(const char *dir, const struct stamp *stamp, const struct segment *merged, const GPtrArray *paths, const char *out,
                              struct analysis *analysis, GError **error)
{
	struct suggestions_maker *maker = suggestions_maker_new(analysis);
	bool small = merged->passages <= SMALL_PASSAGES && !merged->dead->len, ok = true;

	for (guint i = 0; i < paths->len && ok; i++) {
		struct suggestions *part = suggestions_open(g_ptr_array_index(paths, i), error);

		ok = part && suggestions_maker_append(maker, part, !small, error);
		suggestions_close(part);
	}
	if (ok && small) {
		g_autoptr(Store) store = store_open_segments(dir, stamp_of(stamp, merged), error);
		struct phrases *phrases = phrases_new();

		ok = store && recount_phrases(store, analysis, phrases, merged->passages, error);
		suggestions_maker_phrases(maker, phrases);
		phrases_free(phrases);
	}
	ok = ok && suggestions_maker_write(maker, out, error);
	suggestions_maker_free(maker);
	return ok;
}

/* Merges the given segments (in the stamp's order) into one in the place of the first. */
static bool merge(const char *dir, struct stamp *stamp, GPtrArray *parts, struct analysis *analysis, GError **error)
{
	g_autofree char *folder = segment_folder(stamp), *out = g_build_filename(dir, folder, NULL);
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	struct segment *first = g_ptr_array_index(parts, 0), *merged;

	merged = segment_new(folder, first->access);
	for (guint i = 0; i < parts->len; i++) {
		struct segment *part = g_ptr_array_index(parts, i);

		g_ptr_array_add(paths, g_build_filename(dir, part->folder, NULL));
		merge_counts(merged, part);
	}
	if (!xap_compact((const char *const *)paths->pdata, paths->len, out, error) || !merge_prints(dir, parts, out, error) ||
	    !merge_columns(paths, out, error) || !merge_suggestions(dir, stamp, merged, paths, out, analysis, error)) {
		segment_free(merged);
		return false;
	}
	for (guint i = 0; i < stamp->segments->len; i++)
		if (stamp->segments->pdata[i] == first)
			stamp->segments->pdata[i] = merged;
	for (guint i = 1; i < parts->len; i++)
		g_ptr_array_remove(stamp->segments, g_ptr_array_index(parts, i));
	segment_free(first);
	return true;
}

static guint size_class(guint32 passages)
{
	guint class = 0;

	for (guint32 n = passages / SMALL_PASSAGES; n; n /= FANOUT)
		class++;
	return class;
}

/* The segments to merge next; fewer than two: none. */
static GPtrArray *choose(struct stamp *stamp)
{
	for (guint i = 0; i < stamp->segments->len; i++) {
		struct segment *first = g_ptr_array_index(stamp->segments, i);
		GPtrArray *same = g_ptr_array_new();
		guint64 passages = 0;

		for (guint j = i; j < stamp->segments->len; j++) {
			struct segment *other = g_ptr_array_index(stamp->segments, j);

			if (strcmp(first->access, other->access) != 0 || size_class(first->passages) != size_class(other->passages))
				continue;
			g_ptr_array_add(same, other);
			passages += other->passages;
		}
		if (same->len >= FANOUT || (same->len > 1 && passages <= SMALL_PASSAGES))
			return same;
		g_ptr_array_unref(same);
	}
	return g_ptr_array_new();
}

bool tidy(const char *dir, struct stamp *stamp, struct analysis *analysis, bool all, gint *builders_made, GError **error)
{
	if (!drop_dead(dir, stamp, analysis, all, builders_made, error))
		return false;
	for (;;) {
		g_autoptr(GPtrArray) parts = choose(stamp);

		if (parts->len < 2)
			return true;
		if (!merge(dir, stamp, parts, analysis, error))
			return false;
	}
}
