/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * intern.c - arenas, tables of byte strings, and the hashes of both.
 */
#include "indexer/intern.h"

#include <string.h>

#define CHUNK_BYTES (64 * 1024)
#define TABLE_START 1024	/* a power of two */

void arena_init(struct arena *arena)
{
	arena->chunks = g_ptr_array_new_with_free_func(g_free);
	arena->at = NULL;
	arena->left = 0;
	arena->taken_bytes = 0;
}

void arena_clear(struct arena *arena)
{
	g_clear_pointer(&arena->chunks, g_ptr_array_unref);
}

void *arena_take(struct arena *arena, gsize size)
{
	size = (size + sizeof(void *) - 1) & ~(sizeof(void *) - 1);
	if (size > arena->left) {
		gsize chunk = MAX(size, CHUNK_BYTES);

		arena->at = g_malloc0(chunk);
		arena->left = chunk;
		arena->taken_bytes += chunk;
		g_ptr_array_add(arena->chunks, arena->at);
	}
	void *taken = arena->at;

	arena->at += size;
	arena->left -= size;
	return taken;
}

const char *arena_copy(struct arena *arena, const char *bytes, gsize len)
{
	char *copy = arena_take(arena, len + 1);

	memcpy(copy, bytes, len);
	return copy;
}

void table_init(struct table *table)
{
	table->entries = g_array_new(FALSE, FALSE, sizeof(struct table_entry));
	table->slots = g_new0(guint32, TABLE_START);
	table->mask = TABLE_START - 1;
}

void table_clear(struct table *table)
{
	g_clear_pointer(&table->entries, g_array_unref);
	g_clear_pointer(&table->slots, g_free);
}

gsize table_bytes(const struct table *table)
{
	return ((gsize)table->mask + 1) * sizeof *table->slots +
	       (gsize)table->entries->len * sizeof(struct table_entry);
}

/* Eight bytes, A-Z as a-z: a byte's top bit in upper says that it is a capital. */
static inline guint64 lower8(guint64 bytes)
{
	guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101);
	guint64 low = bytes & 0x7f * ones;
	guint64 upper = ((low + (0x80 - 'A') * ones) ^ (low + (0x7f - 'Z') * ones)) & ~bytes & 0x80 * ones;

	return bytes | upper >> 2;
}

static inline guint64 load8(const char *bytes)
{
	guint64 word;

	memcpy(&word, bytes, sizeof word);
	return lower8(GUINT64_FROM_LE(word));
}

/* Which bits of a key's first two words of eight bytes count, by its length. */
static const struct {
	guint64 bits[2];
} head_masks[17] = {
#define ONES(n) ((n) >= 8 ? G_MAXUINT64 : (G_GUINT64_CONSTANT(1) << 8 * ((n) & 7)) - 1)
#define HEAD(n) { { ONES(n), ONES((n) > 8 ? (n) - 8 : 0) } }
	HEAD(0), HEAD(1), HEAD(2), HEAD(3), HEAD(4), HEAD(5), HEAD(6), HEAD(7), HEAD(8),
	HEAD(9), HEAD(10), HEAD(11), HEAD(12), HEAD(13), HEAD(14), HEAD(15), HEAD(16),
};

static inline guint64 mix(guint64 hash, guint64 word)
{
	hash = (hash ^ word) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

/* Drawn once a process, so that nobody can write a text whose words collide.
 * Nothing that is seen depends on it. */
static guint64 seed(void)
{
	static gsize drawn;

	if (g_once_init_enter(&drawn))
		g_once_init_leave(&drawn, (gsize)g_random_int() | 1);
	return drawn;
}

static guint64 set_rest(struct key *key, const char *bytes, guint32 len, guint64 hash)
{
	guint32 at = 0;

	for (; at + 8 <= len; at += 8) {
		guint64 word = load8(bytes + at);
		guint64 stored = GUINT64_TO_LE(word);

		memcpy(key->rest + at, &stored, sizeof stored);
		hash = mix(hash, word);
	}
	for (; at < len; at++) {
		key->rest[at] = g_ascii_tolower(bytes[at]);
		hash = mix(hash, (guint8)key->rest[at]);
	}
	return hash;
}

void key_set(struct key *key, const char *bytes, guint32 len, gsize readable)
{
	char padded[16];
	guint64 hash = seed() + len;

	if (readable < sizeof padded) {
		memset(padded, 0, sizeof padded);
		memcpy(padded, bytes, len);
		bytes = padded;
	}
	key->len = len;
	key->head[0] = load8(bytes) & head_masks[MIN(len, 16)].bits[0];
	key->head[1] = load8(bytes + 8) & head_masks[MIN(len, 16)].bits[1];
	hash = mix(mix(hash, key->head[0]), key->head[1]);
	if (len > 16)
		hash = set_rest(key, bytes, len, hash);
	key->hash = (guint32)(hash >> 8);
}

static inline bool is_key(const struct table_entry *entry, const struct key *key)
{
	return !((entry->head[0] ^ key->head[0]) | (entry->head[1] ^ key->head[1]) |
	         (entry->len ^ key->len)) &&
	       (key->len <= 16 || memcmp(entry->rest, key->rest, key->len) == 0);
}

void *table_find(const struct table *table, const struct key *key)
{
	const struct table_entry *entries = (const struct table_entry *)(void *)table->entries->data;

	for (guint32 i = key->hash & table->mask; table->slots[i]; i = (i + 1) & table->mask) {
		const struct table_entry *entry = &entries[table->slots[i] - 1];

		if (is_key(entry, key))
			return entry->value;
	}
	return NULL;
}

static void put(struct table *table, guint32 hash, guint32 number)
{
	guint32 i = hash & table->mask;

	while (table->slots[i])
		i = (i + 1) & table->mask;
	table->slots[i] = number;
}

static void grow(struct table *table)
{
	guint32 n = (table->mask + 1) * 2;

	g_free(table->slots);
	table->slots = g_new0(guint32, n);
	table->mask = n - 1;
	for (guint i = 0; i < table->entries->len; i++)
		put(table, g_array_index(table->entries, struct table_entry, i).hash, i + 1);
}

void table_add(struct table *table, struct arena *arena, const struct key *key, void *value)
{
	struct table_entry entry = {
		.head = { key->head[0], key->head[1] },
		.hash = key->hash,
		.len = key->len,
		.rest = key->len > 16 ? arena_copy(arena, key->rest, key->len) : NULL,
		.value = value,
	};

	if (table->entries->len >= table->mask / 2)
		grow(table);
	g_array_append_val(table->entries, entry);
	put(table, key->hash, table->entries->len);
}

guint32 hash_bytes(const char *bytes, gsize len)
{
	guint32 hash = 2166136261u;

	for (gsize i = 0; i < len; i++)
		hash = (hash ^ (guint8)bytes[i]) * 16777619u;
	hash ^= hash >> 16;
	hash *= 0x85ebca6bu;
	hash ^= hash >> 13;
	hash *= 0xc2b2ae35u;
	return hash ^ hash >> 16;
}

guint64 hash64_add(guint64 hash, const char *bytes, gsize len)
{
	for (gsize i = 0; i < len; i++)
		hash = (hash ^ (guint8)bytes[i]) * G_GUINT64_CONSTANT(1099511628211);
	return hash;
}
