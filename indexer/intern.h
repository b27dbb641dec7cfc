/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * intern.h - memory that is given back all at once, and tables of byte strings
 * in it.
 */
#ifndef INDEXER_INTERN_H
#define INDEXER_INTERN_H

#include <glib.h>
#include <stdbool.h>

/* Chunks of memory; what is taken from them stays where it is. */
struct arena {
	GPtrArray *chunks;
	char *at;
	gsize left;		/* in the last chunk */
	gsize taken_bytes;	/* of the system, in all */
};

void arena_init(struct arena *arena);
void arena_clear(struct arena *arena);

/* Zeroed, aligned for pointers. */
void *arena_take(struct arena *arena, gsize size);

/* A copy with a NUL behind it. */
const char *arena_copy(struct arena *arena, const char *bytes, gsize len);

/* A byte string to look up, A-Z taken as a-z. */
#define KEY_MAX_BYTES 256

struct key {
	guint64 head[2];	/* its first 16 bytes, zeros behind */
	guint32 hash;		/* of this process only */
	guint32 len;
	char rest[KEY_MAX_BYTES];	/* all its bytes, if there are more than 16 */
};

/* readable: how many bytes may be read from bytes on, at least len. */
void key_set(struct key *key, const char *bytes, guint32 len, gsize readable);

struct table_entry {
	guint64 head[2];
	const char *rest;
	void *value;
	guint32 hash;
	guint32 len;
};

/* Entries stand in the order of their arrival, so that frequent words are
 * neighbours; slots, never more than half full, lead to them by hash. */
struct table {
	GArray *entries;
	guint32 *slots;		/* number of an entry, from 1; 0: free */
	guint32 mask;
};

void table_init(struct table *table);
void table_clear(struct table *table);
gsize table_bytes(const struct table *table);

/* The key must be new; what it needs of memory it takes from the arena. */
void table_add(struct table *table, struct arena *arena, const struct key *key, void *value);

/* The value, or NULL. */
void *table_find(const struct table *table, const struct key *key);

/* FNV-1a, and the finaliser of MurmurHash3: the same on every machine. */
guint32 hash_bytes(const char *bytes, gsize len);

/* FNV-1a with 64 bits; start from HASH64_START, add as many times as wanted. */
#define HASH64_START G_GUINT64_CONSTANT(14695981039346656037)

guint64 hash64_add(guint64 hash, const char *bytes, gsize len);

#endif
