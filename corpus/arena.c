/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arena.c - memory that is freed all at once: a list of chunks, the newest
 * first, each filled from its start.
 */
#include "corpus/arena.h"

#include <string.h>

#define CHUNK_BYTES ((gsize)16 << 10)
#define ALIGNMENT ((gsize)16)

struct chunk {
	struct chunk *older;
	gsize used, size;
};
#define CHUNK_HEAD ((sizeof(struct chunk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

struct arena {
	struct chunk *newest;
};

struct arena *arena_new(void)
{
	return g_new0(struct arena, 1);
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	for (struct chunk *chunk = arena->newest, *older; chunk; chunk = older) {
		older = chunk->older;
		g_free(chunk);
	}
	g_free(arena);
}

static struct chunk *chunk_for(struct arena *arena, gsize bytes)
{
	struct chunk *chunk = arena->newest;
	gsize size = MAX(CHUNK_BYTES, bytes);

	if (chunk && chunk->size - chunk->used >= bytes)
		return chunk;
	chunk = g_malloc(CHUNK_HEAD + size);
	*chunk = (struct chunk){ .size = size };
	if (bytes > CHUNK_BYTES / 4 && arena->newest) {	/* a large one of its own: go on filling the newest */
		chunk->older = arena->newest->older;
		arena->newest->older = chunk;
	} else {
		chunk->older = arena->newest;
		arena->newest = chunk;
	}
	return chunk;
}

void *arena_alloc(struct arena *arena, gsize bytes)
{
	struct chunk *chunk;
	void *p;

	if (!bytes)
		return NULL;
	bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	chunk = chunk_for(arena, bytes);
	p = (char *)chunk + CHUNK_HEAD + chunk->used;
	chunk->used += bytes;
	return memset(p, 0, bytes);
}

char *arena_string(struct arena *arena, const char *s, gssize len)
{
	gsize bytes;
	char *copy;

	if (!s)
		return NULL;
	bytes = len < 0 ? strlen(s) : (gsize)len;
	copy = arena_alloc(arena, bytes + 1);
	memcpy(copy, s, bytes);
	return copy;
}
