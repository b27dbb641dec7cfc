/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * store.h - an index opened for reading: its segments as one database, and
 * what is stored in them. What both ends share; the searcher asks through it,
 * the writer copies through it, the check looks at all of it.
 */
#ifndef INDEXER_STORE_H
#define INDEXER_STORE_H

#include "indexer/record.h"
#include "indexer/stamp.h"
#include "xapian/xap.h"

struct store;

/* Opens the index in dir: the public segments and those of the groups named
 * (NULL-terminated, or NULL). stemmer as in stamp_read. When a writer replaces
 * segments in the middle of it, it starts again, a few times.
 * Errors: those of stamp_read, CHANGED, CORRUPT. */
struct store *store_open(const char *dir, const char *const *groups, const char *stemmer, GError **error);
/* The same over some segments of an index, whoever may read them: for the
 * writer. Takes the stamp. */
struct store *store_open_segments(const char *dir, struct stamp *stamp, GError **error);
void store_close(struct store *store);
typedef struct store Store;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)

/* Borrowed from the store. */
xap_db *store_database(struct store *store);
const struct stamp *store_stamp(const struct store *store);
/* The segment behind shard i of the database. */
const struct segment *store_segment(const struct store *store, size_t shard);

/* Has the index on disk been replaced since it was opened? */
bool store_is_stale(const struct store *store);

/* The passage record of a document of the database; its memory is the arena's. */
bool store_passage(struct store *store, guint32 docid, struct arena *arena,
                   struct passage_record *record, GError **error);

/* A document without blocks, text and passages. Borrowed until the next
 * store_document; *text_base is for store_text. */
const struct document *store_document(struct store *store, struct document_place place,
                                      guint64 *text_base, GError **error);

/* The passages that have a fingerprint (see fingerprints.h), segment by segment, until the function
 * returns false; those of dead sources, too. A segment's file is opened when it is first asked. */
bool store_fingerprint(struct store *store, guint32 fingerprint, xap_docid_fn *fn, void *data, GError **error);

/* For hash tables by struct document_place. */
guint place_hash(gconstpointer place);
gboolean place_equal(gconstpointer a, gconstpointer b);

/* Appends the text of ranges of a document, put together as ranges_text does. */
bool store_text(struct store *store, guint32 source, guint64 text_base,
                const struct range *ranges, guint n, GString *out, GError **error);

/* Appends bytes [start, end) of a source's text. */
bool store_bytes(struct store *store, guint32 source, guint64 start, guint64 end,
                 GString *out, GError **error);

/* Every living source, segment by segment, until the function returns false. */
typedef bool store_source_fn(size_t shard, guint32 number, const struct source_record *source, void *data);
bool store_sources(struct store *store, store_source_fn *fn, void *data, GError **error);

/* A document block, unpacked; see pack_slot. */
bool store_block(struct store *store, guint32 source, guint32 block, GString *out, GError **error);

#endif
