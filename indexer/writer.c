/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * writer.c - the one who changes an index.
 *
 * A branch has an analysis and builders of its own, so that threads meet only
 * where numbers and ids are given out; its builders go to the trunk when it is
 * closed.
 *
 * New sources go into builders, one for each access label. A commit turns them
 * into segments, tidies (tidy.c), writes the stamp and removes the
 * folders that it no longer names.
 */
#include "indexer/writer.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "corpus/error.h"
#include "indexer/analysis.h"
#include "indexer/builder.h"
#include "indexer/fields.h"
#include "indexer/files.h"
#include "indexer/folder.h"
#include "indexer/misprints.h"
#include "indexer/store.h"
#include "indexer/tidy.h"

#define PASSAGES_PER_PUBLISH 200000	/* a long run is published now and then */
#define TRIM_EVERY_DOCUMENTS 16

struct known_source {
	char *digest;
	guint32 number;
	struct segment *segment;	/* of the stamp, or */
	struct builder *builder;	/* where it is until the commit */
};

struct writer {
	struct writer *trunk;		/* itself, unless it is a branch: has all that is shared */
	GMutex mutex;			/* of the trunk: guards stamp, store, known, ids, counters */
	guint branches;			/* open ones */
	char *dir;
	int lock;
	bool had_folder;		/* it was there before */
	struct stamp *stamp;
	struct analysis *analysis;
	struct store *store;		/* what was there when it was opened; NULL for a new index */
	GHashTable *known;		/* path -> struct known_source */
	GHashTable *ids;		/* 64-bit hashes of the ids given since the store was opened,
					 * each with the number to try when it comes again */
	GPtrArray *builders;		/* struct builder * */
	GPtrArray *analyses;		/* of branches that were closed */
	gint builders_made;
	guint since_trim;
	bool rebuilding;		/* what is there stays until all of the new one is */
	gint purges;			/* of the trunk, atomic: the commit leaves nothing dead on the disk */

	struct builder *current;	/* of the source in hand; NULL before its first document */
	char *path, *digest;
	guint32 number;
};

/* --- opening and closing ------------------------------------------------------------ */

static void free_known(gpointer data)
{
	struct known_source *known = data;

	g_free(known->digest);
	g_free(known);
}

static void free_builder(gpointer builder)
{
	builder_free(builder);
}

static void free_analysis(gpointer analysis)
{
	analysis_free(analysis);
}

void writer_remove_scratch(const char *dir)
{
	folder_remove_leftovers(dir, NULL);
}

static bool know_source(size_t shard, guint32 number, const struct source_record *source, void *data)
{
	struct writer *w = data;
	struct known_source *known = g_new0(struct known_source, 1);

	known->digest = g_strdup(source->digest);
	known->number = number;
	known->segment = (struct segment *)store_segment(w->store, shard);
	g_hash_table_insert(w->known, g_strdup(source->path), known);
	return true;
}

/* Looks at what is there: the store's stamp is the one that is changed. */
static bool load(struct writer *w, GError **error)
{
	struct stamp *copy = stamp_read(w->dir, analysis_stemmer_version(w->analysis), error);

	if (!copy)
		return false;
	g_clear_pointer(&w->store, store_close);
	w->stamp = NULL;	/* it was the store's */
	w->store = store_open_segments(w->dir, copy, error);
	if (!w->store)
		return false;
	w->stamp = copy;
	g_hash_table_remove_all(w->known);
	g_hash_table_remove_all(w->ids);
	return store_sources(w->store, know_source, w, error);
}

/* A new stamp. Where there is an old one its numbers go on, so that no name of
 * a folder comes twice. */
static struct stamp *fresh_stamp(struct writer *w)
{
	struct stamp *stamp = stamp_new(analysis_stemmer_version(w->analysis));
	g_autoptr(GDir) folder = g_dir_open(w->dir, 0, NULL);
	const char *name;

	while (folder && (name = g_dir_read_name(folder)))
		if (folder_is_segment(name))
			stamp->next_segment = MAX(stamp->next_segment, (guint32)g_ascii_strtoull(name + strlen(SEGMENT_PREFIX), NULL, 10) + 1);
	return stamp;
}

struct writer *writer_open(const char *dir, unsigned flags, GError **error)
{
	g_autoptr(Writer) w = g_new0(struct writer, 1);
	g_autofree char *stamp_path = g_build_filename(dir, STAMP_FILE, NULL);

	w->trunk = w;
	g_mutex_init(&w->mutex);
	w->lock = -1;
	w->dir = g_strdup(dir);
	w->analysis = analysis_new();
	w->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_known);
	w->ids = g_hash_table_new(g_direct_hash, g_direct_equal);
	w->builders = g_ptr_array_new_with_free_func(free_builder);
	w->analyses = g_ptr_array_new_with_free_func(free_analysis);
	w->had_folder = g_file_test(dir, G_FILE_TEST_EXISTS);
	if (!folder_check(dir, error))
		return NULL;
	w->lock = files_lock(dir, error);
	if (w->lock < 0)
		return NULL;
	w->rebuilding = flags & WRITER_REBUILD;
	if (w->rebuilding || !g_file_test(stamp_path, G_FILE_TEST_EXISTS))
		w->stamp = fresh_stamp(w);
	else if (!load(w, error))
		return NULL;
	folder_remove_leftovers(dir, w->store ? w->stamp : NULL);	/* a new stamp names nothing yet */
	return g_steal_pointer(&w);
}

struct writer *writer_branch(struct writer *trunk)
{
	struct writer *w = g_new0(struct writer, 1);

	w->trunk = trunk;
	w->lock = -1;
	w->analysis = analysis_new();
	w->builders = g_ptr_array_new();
	g_mutex_lock(&trunk->mutex);
	trunk->branches++;
	g_mutex_unlock(&trunk->mutex);
	return w;
}

/* The builders borrow the branch's analysis, which therefore stays. */
static void close_branch(struct writer *w)
{
	struct writer *trunk = w->trunk;

	g_mutex_lock(&trunk->mutex);
	g_ptr_array_extend_and_steal(trunk->builders, w->builders);
	g_ptr_array_add(trunk->analyses, w->analysis);
	trunk->branches--;
	g_mutex_unlock(&trunk->mutex);
	g_free(w->path);
	g_free(w->digest);
	g_free(w);
}

void writer_close(struct writer *w)
{
	if (!w)
		return;
	if (w->trunk != w) {
		close_branch(w);
		return;
	}
	g_ptr_array_unref(w->builders);
	g_ptr_array_unref(w->analyses);
	g_mutex_clear(&w->mutex);
	g_hash_table_unref(w->known);
	g_hash_table_unref(w->ids);
	if (w->store)
		store_close(w->store);	/* with its stamp */
	else
		stamp_free(w->stamp);
	analysis_free(w->analysis);
	if (w->lock >= 0) {
		if (!w->had_folder)
			folder_remove_empty(w->dir);
		close(w->lock);
	}
	g_free(w->path);
	g_free(w->digest);
	g_free(w->dir);
	g_free(w);
}

/* --- what is there ------------------------------------------------------------------- */

enum writer_state writer_state(struct writer *w, const char *path, const char *digest)
{
	struct known_source *known;
	enum writer_state state;

	g_mutex_lock(&w->trunk->mutex);
	known = g_hash_table_lookup(w->trunk->known, path);
	state = !known ? WRITER_NEW : strcmp(known->digest, digest) == 0 ? WRITER_SAME : WRITER_CHANGED;
	g_mutex_unlock(&w->trunk->mutex);
	return state;
}

void writer_each_path(struct writer *w, writer_path_fn *fn, void *data)
{
	g_autoptr(GList) paths = g_list_sort(g_hash_table_get_keys(w->known), (GCompareFunc)strcmp);

	for (GList *path = paths; path && fn(path->data, data); path = path->next)
		;
}

/* With the mutex held. */
static void forget(struct writer *trunk, const char *path)
{
	struct known_source *known = g_hash_table_lookup(trunk->known, path);

	if (!known)
		return;
	if (known->segment)
		segment_kill(known->segment, known->number);
	else
		builder_kill(known->builder, known->number);
	g_hash_table_remove(trunk->known, path);
}

void writer_remove(struct writer *w, const char *path)
{
	g_mutex_lock(&w->trunk->mutex);
	forget(w->trunk, path);
	g_mutex_unlock(&w->trunk->mutex);
}

/* --- adding -------------------------------------------------------------------------- */

static struct builder *builder_for(struct writer *w, const char *access)
{
	struct builder *builder;

	for (guint i = 0; i < w->builders->len; i++)
		if (strcmp(builder_access(g_ptr_array_index(w->builders, i)), access) == 0)
			return g_ptr_array_index(w->builders, i);
	g_mutex_lock(&w->trunk->mutex);
	builder = builder_new(w->trunk->dir, access, w->analysis, ++w->trunk->builders_made);
	g_mutex_unlock(&w->trunk->mutex);
	g_ptr_array_add(w->builders, builder);
	return builder;
}

struct id_use {
	struct store *store;
	const char *access, *id;
	guint32 except;		/* the source that is being replaced */
	bool taken;
};

static bool is_living(uint32_t docid, void *data)
{
	struct id_use *use = data;
	struct arena *arena = arena_new();
	struct passage_record record;
	const struct segment *segment = store_segment(use->store, xap_db_shard(store_database(use->store), docid));

	if (strcmp(segment->access, use->access) == 0 && store_passage(use->store, docid, arena, &record, NULL) && record.place.source != use->except &&
	    !segment_is_dead(segment, record.place.source)) {
		guint64 text_base;
		const struct document *doc = store_document(use->store, record.place, &text_base, NULL);

		/* the term is the same for ids that differ in punctuation or case only */
		use->taken = doc && strcmp(doc->id, use->id) == 0;
	}
	arena_free(arena);
	return !use->taken;
}

static guint64 hash_more(guint64 hash, const char *text)
{
	do
		hash = (hash ^ (guint8)*text) * G_GUINT64_CONSTANT(0x100000001b3);
	while (*text++);
	return hash;
}

/* Ids are unique within an access label: that somebody else's document has an id
 * must not show in the ids of those who may not know of it. */
static gpointer id_hash(const char *access, const char *id)
{
	return (gpointer)(gsize)hash_more(hash_more(G_GUINT64_CONSTANT(0xcbf29ce484222325), access), id);
}

/* With the mutex held. */
static bool id_is_taken(struct writer *w, const char *access, const char *id)
{
	struct writer *trunk = w->trunk;
	struct known_source *replaced = g_hash_table_lookup(trunk->known, w->path);
	struct id_use use = { trunk->store, access, id, replaced ? replaced->number : 0, false };
	g_autofree char *key = NULL;
	g_autoptr(GString) term = NULL;

	if (g_hash_table_contains(trunk->ids, id_hash(access, id)))
		return true;
	if (!trunk->store)
		return false;
	key = analysis_key(w->analysis, id, -1);
	term = g_string_new(NULL);
	field_term(&fields[FIELD_DOCUMENT], key, term);
	xap_db_postings(store_database(trunk->store), term->str, term->len, is_living, &use, NULL);
	return use.taken;
}

static void settle_id(struct writer *w, struct document *doc, char **renamed)
{
	GHashTable *ids = w->trunk->ids;
	gpointer base = id_hash(doc->access, doc->id);
	g_autofree char *next = NULL;
	guint n;

	g_mutex_lock(&w->trunk->mutex);
	n = MAX(GPOINTER_TO_UINT(g_hash_table_lookup(ids, base)), 2);
	for (const char *id = doc->id; id_is_taken(w, doc->access, id); id = next) {
		g_free(next);
		next = g_strdup_printf("%s-%u", doc->id, n++);
	}
	if (next)
		g_hash_table_insert(ids, id_hash(doc->access, next), GUINT_TO_POINTER(2));
	g_hash_table_insert(ids, base, GUINT_TO_POINTER(n));
	g_mutex_unlock(&w->trunk->mutex);
	if (next)
		doc->id = document_string(doc, next, -1);
	if (renamed)
		*renamed = g_steal_pointer(&next);
}

void writer_begin_source(struct writer *w, const char *path, const char *digest)
{
	g_free(w->path);
	g_free(w->digest);
	w->path = g_strdup(path);
	w->digest = g_strdup(digest);
	w->current = NULL;
	g_mutex_lock(&w->trunk->mutex);
	w->number = w->trunk->stamp->next_source++;
	g_mutex_unlock(&w->trunk->mutex);
}

static bool trim(struct writer *w, GError **error)
{
	if (++w->since_trim < TRIM_EVERY_DOCUMENTS)
		return true;
	w->since_trim = 0;
	for (guint i = 0; i < w->builders->len; i++)
		if (!builder_flush_forms(g_ptr_array_index(w->builders, i), error))
			return false;
	analysis_trim(w->analysis);
	return true;
}

bool writer_add(struct writer *w, struct document *doc, char **renamed, GError **error)
{
	settle_id(w, doc, renamed);
	if (document_is_nameless(doc))	/* it may have been here with names, under this path or another */
		g_atomic_int_set(&w->trunk->purges, true);
	if (!w->current) {
		w->current = builder_for(w, doc->access);
		builder_begin_source(w->current, w->number);
	} else if (strcmp(builder_access(w->current), doc->access) != 0) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX,
		            "cannot index '%s': its documents have different access labels", w->path);
		return false;
	}
	return builder_add(w->current, doc, error) && trim(w, error);
}

/* Also for a file without a single document: so that it is not read again
 * until it changes. */
bool writer_end_source(struct writer *w, const char *format, GError **error)
{
	struct source_record record = {
		.path = w->path, .digest = w->digest, .format = (char *)format,
	};
	struct known_source *known;
	bool publish;

	if (!w->current) {
		w->current = builder_for(w, "public");
		builder_begin_source(w->current, w->number);
	}
	record.access = (char *)builder_access(w->current);
	if (!builder_end_source(w->current, &record, error))
		return false;
	known = g_new0(struct known_source, 1);
	known->digest = g_strdup(w->digest);
	known->number = w->number;
	known->builder = w->current;
	g_mutex_lock(&w->trunk->mutex);
	forget(w->trunk, w->path);
	g_hash_table_insert(w->trunk->known, g_strdup(w->path), known);
	publish = w->trunk == w && !w->branches && !w->rebuilding && builder_passages(w->current) >= PASSAGES_PER_PUBLISH;
	g_mutex_unlock(&w->trunk->mutex);
	w->current = NULL;
	return !publish || writer_commit(w, error);
}

void writer_abandon_source(struct writer *w)
{
	if (w->current)
		builder_kill(w->current, w->number);
	w->current = NULL;
}

/* --- the commit ----------------------------------------------------------------------- */

static bool finish_builders(struct writer *w, GError **error)
{
	for (guint i = 0; i < w->builders->len; i++) {
		g_autofree char *folder = segment_folder(w->stamp);
		GError *cause = NULL;
		struct segment *segment = builder_finish(g_ptr_array_index(w->builders, i), folder, &cause);

		if (cause) {
			g_propagate_error(error, cause);
			return false;
		}
		if (segment)
			g_ptr_array_add(w->stamp->segments, segment);
	}
	g_ptr_array_set_size(w->builders, 0);
	g_ptr_array_set_size(w->analyses, 0);
	return true;
}

static bool sync_segments(struct writer *w, GError **error)
{
	for (guint i = 0; i < w->stamp->segments->len; i++) {
		g_autofree char *path = g_build_filename(w->dir, ((struct segment *)g_ptr_array_index(w->stamp->segments, i))->folder, NULL);

		if (!files_sync_folder(path, error))
			return false;
	}
	return true;
}

/* What no stamp names yet may still be written to. */
static bool learn_misprints(struct writer *w, GError **error)
{
	for (guint i = 0; i < w->stamp->segments->len; i++) {
		struct segment *segment = g_ptr_array_index(w->stamp->segments, i);
		g_autofree char *path = g_build_filename(w->dir, segment->folder, NULL);

		if (!segment->learnt && !misprints_learn(path, error))
			return false;
		segment->learnt = true;
	}
	return true;
}

bool writer_commit(struct writer *w, GError **error)
{
	if (!finish_builders(w, error) || !tidy(w->dir, w->stamp, w->analysis, w->purges, &w->builders_made, error) ||
	    !learn_misprints(w, error) || !sync_segments(w, error))
		return false;
	w->stamp->generation++;
	if (!stamp_write(w->stamp, w->dir, error))
		return false;
	folder_remove_leftovers(w->dir, w->stamp);
	w->rebuilding = false;
	w->purges = false;
	if (!w->store)
		g_clear_pointer(&w->stamp, stamp_free);
	return load(w, error);
}

static bool count_source(size_t shard, guint32 number, const struct source_record *source, void *data)
{
	struct writer_totals *totals = data;

	(void)shard;
	(void)number;
	totals->sources++;
	totals->documents += source->documents;
	totals->passages += source->passages;
	totals->text_bytes += source->text_bytes;
	return true;
}

bool writer_totals(struct writer *w, struct writer_totals *totals, GError **error)
{
	memset(totals, 0, sizeof *totals);
	return !w->store || store_sources(w->store, count_source, totals, error);
}
