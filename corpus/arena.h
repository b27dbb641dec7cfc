/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arena.h - memory that is freed all at once.
 */
#ifndef CORPUS_ARENA_H
#define CORPUS_ARENA_H

#include <glib.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);
/* Zeroed, aligned for any type; NULL for 0 bytes. */
void *arena_alloc(struct arena *arena, gsize bytes);
/* A NUL-terminated copy of len bytes (-1: up to the NUL). NULL gives NULL. */
char *arena_string(struct arena *arena, const char *s, gssize len);

#endif
