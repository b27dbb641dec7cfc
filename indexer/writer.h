/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * writer.h - the one who changes an index: incremental by content, atomic,
 * safe against a kill at any moment (see stamp.h for how).
 */
#ifndef INDEXER_WRITER_H
#define INDEXER_WRITER_H

#include "corpus/document.h"
#include "indexer/record.h"

struct writer;

enum {
	WRITER_REBUILD = 1 << 0,	/* start from nothing; the old index stays until the commit */
};

/* Opens the index in dir for writing, or makes one in a folder that is new or
 * empty. Errors: LOCKED (another writer), VERSION (unless rebuilding),
 * UNSUPPORTED (a folder that holds something else), DENIED, CORRUPT, IO. */
struct writer *writer_open(const char *dir, unsigned flags, GError **error);
/* Without a commit nothing has changed. */
void writer_close(struct writer *writer);
typedef struct writer Writer;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Writer, writer_close)

/* A second pair of hands for another thread: a writer that adds to the same
 * index through the functions below, up to writer_add and its kin. It is closed before
 * the writer that it came from commits or is closed; what it added stays. */
struct writer *writer_branch(struct writer *writer);

/* Removes the scratch databases in an index: for a process that must leave at once and is the one who
 * writes there. */
void writer_remove_scratch(const char *dir);

enum writer_state { WRITER_NEW, WRITER_CHANGED, WRITER_SAME };
/* What a path with that digest is to the index. */
enum writer_state writer_state(struct writer *writer, const char *path, const char *digest);
typedef bool writer_path_fn(const char *path, void *data);
/* Every path in the index, in byte order; not those added since it was opened. */
void writer_each_path(struct writer *writer, writer_path_fn *fn, void *data);

/* A source is added between begin and end; end replaces what the index had
 * from the same path, abandon leaves it. Ids that are taken (by a document of the same access label) get a "-2", "-3",
 * ...: renamed (or NULL) is set to the new id where that happened, g_free it. */
void writer_begin_source(struct writer *writer, const char *path, const char *digest);
bool writer_add(struct writer *writer, struct document *doc, char **renamed, GError **error);
bool writer_end_source(struct writer *writer, const char *format, GError **error);
void writer_abandon_source(struct writer *writer);

/* Takes the source of that path out of the index. */
void writer_remove(struct writer *writer, const char *path);

/* Makes all of it visible at once, and durable. */
bool writer_commit(struct writer *writer, GError **error);

struct writer_totals {
	guint64 text_bytes;
	guint documents, passages, sources;
};
/* What the index holds after the last commit, dead sources left out. */
bool writer_totals(struct writer *writer, struct writer_totals *totals, GError **error);

#endif
