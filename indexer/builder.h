/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * builder.h - a segment in the making.
 *
 * Passages go into small scratch databases, committed often and closed early:
 * Xapian inserts fastest into what fits in the processor's cache. They are merged,
 * WIDTH at a time, and at the end into one packed database.
 */
#ifndef INDEXER_BUILDER_H
#define INDEXER_BUILDER_H

#include "indexer/record.h"
#include "indexer/stamp.h"
#include "indexer/terms.h"

struct builder;

#define SCRATCH_PREFIX "scratch-"

/* Scratch databases are made in dir as "scratch-*". The analysis is borrowed; number as
 * for terms_new. */
struct builder *builder_new(const char *dir, const char *access, struct analysis *analysis, gint number);
/* Removes what is still in hand. */
void builder_free(struct builder *builder);

const char *builder_access(const struct builder *builder);
guint32 builder_passages(const struct builder *builder);

/* Documents between these two belong to the source of that number; end stores
 * its record, whose counts are filled in. */
void builder_begin_source(struct builder *builder, guint32 number);
bool builder_add(struct builder *builder, const struct document *doc, GError **error);
bool builder_end_source(struct builder *builder, struct source_record *source, GError **error);

/* Takes a source back: it is listed as dead in the segment. */
void builder_kill(struct builder *builder, guint32 number);

/* To be called before the analysis is trimmed. */
bool builder_flush_forms(struct builder *builder, GError **error);

/* Merges everything into a database in the folder dir/folder and says what it
 * holds. NULL without an error where nothing was added. A builder ends here. */
struct segment *builder_finish(struct builder *builder, const char *folder, GError **error);

#endif
