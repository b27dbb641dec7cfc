/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stamp.h - the file that says what an index consists of.
 *
 *   INDEX/rapporteur.index     this stamp (GKeyFile); replacing it is the commit
 *         lock                 held by the one writer, with its process id
 *         failures             files that could not be read: failures.h
 *         segment-000007/      a Xapian database, never changed once the stamp names it
 *                 facets       which passage has which speaker, panel, ...: columns.h
 *                 suggestions  names and frequent phrases: suggestions.h
 *         scratch-*            what a writer has in hand; left-overs are removed by the next
 *
 * A reader opens the segments that the stamp names, all of them as one
 * database. A file that changed is indexed anew under a new source number and
 * the old number is listed as dead: its passages are filtered out of every
 * search until the segment is written anew without them. So everything but the
 * stamp is immutable, a kill at any moment leaves the index of before, and the
 * segments need no term lists.
 */
#ifndef INDEXER_STAMP_H
#define INDEXER_STAMP_H

#include <glib.h>
#include <stdbool.h>

#define INDEX_FORMAT 6
#define STAMP_FILE "rapporteur.index"
#define LOCK_FILE "lock"
#define LANGUAGE_UNKNOWN "und"	/* ISO 639-2 */
#define SEGMENT_PREFIX "segment-"

struct segment {
	char *folder;		/* below the index, "segment-000007" */
	char *access;		/* "public" or "restricted:GROUP": whose passages it holds */
	guint64 text_bytes;
	guint32 documents, passages;	/* dead ones included */
	GArray *dead;		/* guint32 source numbers, ascending */
	bool learnt;		/* its words were looked through: misprints.h; not stored: what the stamp names is */
	char **languages;	/* of its documents, ISO 639-1 or LANGUAGE_UNKNOWN, sorted; never NULL */
};

struct stamp {
	guint64 generation;	/* one more at each commit */
	guint32 next_source, next_segment;
	char *stemmer;		/* analysis_stemmer_version when it was made */
	GPtrArray *segments;	/* struct segment *, owned */
};

struct stamp *stamp_new(const char *stemmer);
void stamp_free(struct stamp *stamp);
typedef struct stamp Stamp;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stamp, stamp_free)

struct segment *segment_new(const char *folder, const char *access);
void segment_free(struct segment *segment);

/* Reads the stamp of the index in a folder. Errors: NOT_FOUND (no such folder, or
 * no index in it), VERSION (made by another format, another analysis or, where stemmer
 * is not NULL, other stemmers), CORRUPT, DENIED, IO. */
struct stamp *stamp_read(const char *dir, const char *stemmer, GError **error);

/* The generation on disk, cheaply enough for every search; 0 if it cannot be told. */
guint64 stamp_identity(const char *dir);

/* Writes it beside, syncs it and puts it in the place of the old one. */
bool stamp_write(const struct stamp *stamp, const char *dir, GError **error);

/* A name for the next segment's folder; g_free it. */
char *segment_folder(struct stamp *stamp);

/* Lists a source as dead. */
void segment_kill(struct segment *segment, guint32 source);
/* Is this source dead in this segment? */
bool segment_is_dead(const struct segment *segment, guint32 source);

#endif
