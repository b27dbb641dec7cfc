/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * store.c - reading what an index stores.
 *
 * Blocks that were unpacked and documents that were read are kept in two small
 * caches, since the hits of one search lie near each other. A block's key does not
 * say in which segment it is (numbers of sources are unique over all of them),
 * so the segment that had the last one is tried first.
 */
#include "indexer/store.h"

#include "corpus/bytes.h"
#include "corpus/error.h"
#include "indexer/pack.h"
#include "indexer/prints.h"

#define OPEN_ATTEMPTS 5
#define BLOCK_CACHE_SLOTS 256	/* of TEXT_BLOCK_BYTES */
#define DOCUMENT_CACHE_MAX 512

struct block_slot {
	char key[RECORD_KEY_BYTES];
	bool used;
	GString *bytes;
};

struct cached_document {
	struct document_place place;
	struct document *doc;
	guint64 text_base;
};

struct store {
	char *dir;
	struct stamp *stamp;
	guint64 identity;	/* of the stamp that was read */
	GPtrArray *open;	/* struct segment * of the stamp, one a shard */
	xap_db *db;
	size_t last_shard;
	struct block_slot blocks[BLOCK_CACHE_SLOTS];
	GHashTable *documents;	/* struct cached_document, key and value the same */
	GPtrArray *prints;	/* struct prints *, one a shard; NULL: not yet opened */
	GString *packed;
};

/* --- opening ------------------------------------------------------------------ */

static bool may_read(const struct segment *segment, const char *const *groups)
{
	const char *group = g_str_has_prefix(segment->access, "restricted:") ? segment->access + strlen("restricted:") : NULL;

	if (!group)
		return strcmp(segment->access, "public") == 0;
	return groups && g_strv_contains(groups, group);
}

guint place_hash(gconstpointer key)
{
	const struct document_place *place = key;

	return place->source * 2654435761u ^ place->block * 40503u ^ place->slot;
}

gboolean place_equal(gconstpointer a, gconstpointer b)
{
	return memcmp(a, b, sizeof(struct document_place)) == 0;
}

static void free_cached(gpointer data)
{
	struct cached_document *cached = data;

	document_free(cached->doc);
	g_free(cached);
}

static struct store *store_new(const char *dir, struct stamp *stamp)
{
	struct store *store = g_new0(struct store, 1);

	store->dir = g_strdup(dir);
	store->stamp = stamp;
	store->open = g_ptr_array_new();
	store->documents = g_hash_table_new_full(place_hash, place_equal, NULL, free_cached);
	store->packed = g_string_new(NULL);
	return store;
}

static bool open_database(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < store->open->len; i++)
		g_ptr_array_add(places, g_build_filename(store->dir, store_segment(store, i)->folder, NULL));
	store->db = xap_db_open((const char *const *)places->pdata, places->len, error);
	return store->db != NULL;
}

static struct store *open_once(const char *dir, const char *const *groups, const char *stemmer, GError **error)
{
	guint64 identity = stamp_identity(dir);
	struct stamp *stamp = stamp_read(dir, stemmer, error);
	g_autoptr(Store) store = stamp ? store_new(dir, stamp) : NULL;

	if (!store)
		return NULL;
	store->identity = identity;
	for (guint i = 0; i < stamp->segments->len; i++) {
		struct segment *segment = g_ptr_array_index(stamp->segments, i);

		if (may_read(segment, groups))
			g_ptr_array_add(store->open, segment);
	}
	return open_database(store, error) ? g_steal_pointer(&store) : NULL;
}

struct store *store_open_segments(const char *dir, struct stamp *stamp, GError **error)
{
	g_autoptr(Store) store = store_new(dir, stamp);

	for (guint i = 0; i < stamp->segments->len; i++)
		g_ptr_array_add(store->open, g_ptr_array_index(stamp->segments, i));
	return open_database(store, error) ? g_steal_pointer(&store) : NULL;
}

struct store *store_open(const char *dir, const char *const *groups, const char *stemmer, GError **error)
{
	for (int attempt = 1;; attempt++) {
		GError *cause = NULL;
		struct store *store = open_once(dir, groups, stemmer, &cause);

		if (store)
			return store;
		/* a segment that is gone: a writer has replaced it meanwhile */
		if (cause->domain == XAP_ERROR && attempt < OPEN_ATTEMPTS &&
		    (cause->code == XAP_ERROR_NOT_FOUND || cause->code == XAP_ERROR_CHANGED)) {
			g_clear_error(&cause);
			continue;
		}
		if (cause->domain == XAP_ERROR) {
			int code = cause->code == XAP_ERROR_DENIED ? RAPPORTEUR_ERROR_DENIED : RAPPORTEUR_ERROR_CORRUPT;

			g_set_error(error, RAPPORTEUR_ERROR, code, "cannot open index '%s': %s", dir, cause->message);
			g_clear_error(&cause);
		} else {
			g_propagate_error(error, cause);
		}
		return NULL;
	}
}

void store_close(struct store *store)
{
	if (!store)
		return;
	xap_db_close(store->db);
	for (guint i = 0; i < BLOCK_CACHE_SLOTS; i++)
		if (store->blocks[i].bytes)
			g_string_free(store->blocks[i].bytes, TRUE);
	g_hash_table_unref(store->documents);
	if (store->prints)
		g_ptr_array_unref(store->prints);
	g_ptr_array_unref(store->open);
	stamp_free(store->stamp);
	g_string_free(store->packed, TRUE);
	g_free(store->dir);
	g_free(store);
}

xap_db *store_database(struct store *store)
{
	return store->db;
}

const struct stamp *store_stamp(const struct store *store)
{
	return store->stamp;
}

const struct segment *store_segment(const struct store *store, size_t shard)
{
	return g_ptr_array_index(store->open, shard);
}

bool store_is_stale(const struct store *store)
{
	return stamp_identity(store->dir) != store->identity;
}

/* --- blocks ------------------------------------------------------------------- */

static bool find_packed(struct store *store, const char *key, GString *out, GError **error)
{
	size_t n = store->open->len;

	for (size_t i = 0; i < n; i++) {
		size_t shard = (store->last_shard + i) % n;

		if (!xap_db_metadata(store->db, shard, key, RECORD_KEY_BYTES, out, error))
			return false;
		if (out->len) {
			store->last_shard = shard;
			return true;
		}
	}
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "the index '%s' misses a block of %s", store->dir,
	            key[0] == 'T' ? "text" : "documents");
	return false;
}

/* The unpacked block, borrowed until the next call. */
static const GString *get_block(struct store *store, const char key[RECORD_KEY_BYTES], GError **error)
{
	guint32 hash = 2166136261u;
	struct block_slot *slot;

	for (guint i = 0; i < RECORD_KEY_BYTES; i++)
		hash = (hash ^ (guint8)key[i]) * 16777619u;
	slot = &store->blocks[hash % BLOCK_CACHE_SLOTS];
	if (slot->used && memcmp(slot->key, key, RECORD_KEY_BYTES) == 0)
		return slot->bytes;
	slot->used = false;
	if (!slot->bytes)
		slot->bytes = g_string_new(NULL);
	if (!find_packed(store, key, store->packed, error) ||
	    !pack_inflate(store->packed->str, store->packed->len, slot->bytes, error))
		return NULL;
	memcpy(slot->key, key, RECORD_KEY_BYTES);
	slot->used = slot->bytes->len <= 16 * TEXT_BLOCK_BYTES;	/* a long one is not worth its memory */
	return slot->bytes;
}

bool store_block(struct store *store, guint32 source, guint32 block, GString *out, GError **error)
{
	char key[RECORD_KEY_BYTES];
	const GString *bytes;

	record_document_key(key, source, block);
	bytes = get_block(store, key, error);
	if (!bytes)
		return false;
	g_string_truncate(out, 0);
	g_string_append_len(out, bytes->str, (gssize)bytes->len);
	return true;
}

bool store_bytes(struct store *store, guint32 source, guint64 start, guint64 end, GString *out, GError **error)
{
	while (start < end) {
		char key[RECORD_KEY_BYTES];
		const GString *block;
		gsize at = start % TEXT_BLOCK_BYTES, len;

		record_text_key(key, source, (guint32)(start / TEXT_BLOCK_BYTES));
		block = get_block(store, key, error);
		if (!block)
			return false;
		if (at >= block->len) {
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "the index '%s' has less text than its records say", store->dir);
			return false;
		}
		len = MIN(block->len - at, end - start);
		g_string_append_len(out, block->str + at, (gssize)len);
		start += len;
	}
	return true;
}

/* Ranges lie near each other: what stands from the first to the last is taken
 * at once, unless that is far more than they hold. */
#define GAP_MAX_BYTES (4 * TEXT_BLOCK_BYTES)

bool store_text(struct store *store, guint32 source, guint64 text_base,
                const struct range *ranges, guint n, GString *out, GError **error)
{
	for (guint i = 0; i < n; i++) {
		gsize before = out->len;

		if (i > 0) {
			struct range gap = { ranges[i - 1].end, ranges[i].start };
			bool inline_markup = gap.start <= gap.end && gap.end - gap.start <= GAP_MAX_BYTES;

			if (inline_markup) {
				struct range none = { 0, 0 }, rest = { gap.end - gap.start, gap.end - gap.start };
				const char *joiner;

				if (!store_bytes(store, source, text_base + gap.start, text_base + gap.end, out, error))
					return false;
				joiner = ranges_joiner(out->str + before, none, rest);
				g_string_truncate(out, before);
				g_string_append(out, joiner);
			} else {
				g_string_append_c(out, '\n');
			}
		}
		if (!store_bytes(store, source, text_base + ranges[i].start, text_base + ranges[i].end, out, error))
			return false;
	}
	return true;
}

/* --- records ------------------------------------------------------------------ */

bool store_passage(struct store *store, guint32 docid, struct arena *arena,
                   struct passage_record *record, GError **error)
{
	return xap_db_data(store->db, docid, store->packed, error) &&
	       record_get_passage(store->packed->str, store->packed->len, arena, record, error);
}

static struct cached_document *read_document(struct store *store, struct document_place place, GError **error)
{
	char key[RECORD_KEY_BYTES];
	const GString *block;
	const char *bytes;
	struct document *doc;
	guint64 text_base;
	gsize len;
	struct cached_document *cached;

	record_document_key(key, place.source, place.block);
	block = get_block(store, key, error);
	if (!block)
		return NULL;
	bytes = pack_slot(block->str, block->len, place.slot, &len);
	if (!bytes) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "the index '%s' misses a document record", store->dir);
		return NULL;
	}
	doc = record_get_document(bytes, len, &text_base, error);
	if (!doc)
		return NULL;
	cached = g_new(struct cached_document, 1);
	*cached = (struct cached_document){ place, doc, text_base };
	return cached;
}

const struct document *store_document(struct store *store, struct document_place place,
                                      guint64 *text_base, GError **error)
{
	struct cached_document *cached = g_hash_table_lookup(store->documents, &place);

	if (!cached) {
		cached = read_document(store, place, error);
		if (!cached)
			return NULL;
		if (g_hash_table_size(store->documents) >= DOCUMENT_CACHE_MAX)
			g_hash_table_remove_all(store->documents);
		g_hash_table_insert(store->documents, &cached->place, cached);
	}
	*text_base = cached->text_base;
	return cached->doc;
}

/* --- fingerprints --------------------------------------------------------------- */

static void close_prints(gpointer prints)
{
	prints_close(prints);
}

static bool open_prints(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(close_prints);

	for (guint i = 0; i < store->open->len; i++) {
		g_autofree char *path = g_build_filename(store->dir, store_segment(store, i)->folder, PRINTS_FILE, NULL);
		struct prints *prints = prints_open(path, error);

		if (!prints)
			return false;
		g_ptr_array_add(all, prints);
	}
	store->prints = g_steal_pointer(&all);
	return true;
}

struct print_walk {
	xap_docid_fn *fn;
	void *data;
	guint32 shard, shards, last;	/* of a shard's documents */
	bool stopped;
};

/* Documents of several databases are numbered as xap.h says. */
static bool walk_print(guint32 docid, void *data)
{
	struct print_walk *walk = data;

	if (docid < 1 || docid > walk->last)	/* a damaged file */
		return true;
	walk->stopped = !walk->fn((docid - 1) * walk->shards + walk->shard + 1, walk->data);
	return !walk->stopped;
}

bool store_fingerprint(struct store *store, guint32 fingerprint, xap_docid_fn *fn, void *data, GError **error)
{
	struct print_walk walk = { .fn = fn, .data = data, .shards = store->open->len };

	if (!store->prints && !open_prints(store, error))
		return false;
	for (; walk.shard < walk.shards && !walk.stopped; walk.shard++) {
		walk.last = store_segment(store, walk.shard)->passages;
		prints_each(g_ptr_array_index(store->prints, walk.shard), fingerprint, walk_print, &walk);
	}
	return true;
}

/* --- sources ------------------------------------------------------------------ */


static bool collect_source(const char *key, size_t len, uint32_t frequency, void *data)
{
	GArray *numbers = data;
	guint32 source;

	(void)frequency;
	if (record_key_source(key, len, &source))
		g_array_append_val(numbers, source);
	return true;
}

bool store_sources(struct store *store, store_source_fn *fn, void *data, GError **error)
{
	for (guint shard = 0; shard < store->open->len; shard++) {
		const struct segment *segment = store_segment(store, shard);
		g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint32));

		if (!xap_db_metadata_keys(store->db, shard, "S", 1, collect_source, numbers, error))
			return false;
		for (guint i = 0; i < numbers->len; i++) {
			guint32 number = g_array_index(numbers, guint32, i);
			g_autoptr(SourceRecord) source = NULL;
			char key[RECORD_KEY_BYTES];
			gsize len = record_source_key(key, number);

			if (segment_is_dead(segment, number))
				continue;
			if (!xap_db_metadata(store->db, shard, key, len, store->packed, error))
				return false;
			source = record_get_source(store->packed->str, store->packed->len, error);
			if (!source)
				return false;
			if (!fn(shard, number, source, data))
				return true;
		}
	}
	return true;
}
