/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * prints.h - which passages of a segment have a fingerprint: a file beside the segment's
 * database, sorted, made when the segment is made, and looked up where it lies.
 *
 * Beside and not in it: as terms, of which nearly each is in one passage alone, they would make the
 * index a third larger.
 */
#ifndef INDEXER_PRINTS_H
#define INDEXER_PRINTS_H

#include <glib.h>
#include <stdbool.h>

#define PRINTS_FILE "fingerprints"	/* its name in the segment's folder */

struct prints;

/* NOT_FOUND, CORRUPT, IO. */
struct prints *prints_open(const char *path, GError **error);
void prints_close(struct prints *prints);

guint32 prints_count(const struct prints *prints);

/* The documents (numbered as in the segment's database) that have it, ascending, until
 * the function returns false. A damaged file tells anything, but nothing outside of it is read. */
typedef bool prints_fn(guint32 docid, void *data);
void prints_each(const struct prints *prints, guint32 fingerprint, prints_fn *fn, void *data);

/* Is it in order, and no document beyond the last one? */
bool prints_check(const struct prints *prints, guint32 last_docid);

/* Gathers them; what does not fit into memory goes to files in the folder scratch, which is made
 * for them and removed again. */
struct prints_maker *prints_maker_new(const char *scratch);
void prints_maker_free(struct prints_maker *maker);
bool prints_maker_add(struct prints_maker *maker, guint32 fingerprint, guint32 docid, GError **error);
/* Writes the file. */
bool prints_maker_finish(struct prints_maker *maker, const char *path, GError **error);

/* Puts the files together to one, as documents are numbered anew: those of paths[i] come
 * behind before[i] others. */
bool prints_merge(const char *const *paths, const guint32 *before, guint n, const char *out, GError **error);

#endif
