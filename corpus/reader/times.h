/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * times.h - times of day and of a recording, as formats write them.
 */
#ifndef CORPUS_READER_TIMES_H
#define CORPUS_READER_TIMES_H

#include <glib.h>
#include <stdbool.h>

/* Reads "1:02:03.500", "02:03,5" or, of seconds alone, "75.5" at *s, and moves it behind
 * what was read. Hours and minutes may be left out. False, with nothing moved, where there is
 * no such time, or one that 32 bits of milliseconds cannot hold (49 days). */
bool time_read(const char **s, const char *end, guint32 *time_ms);

/* The same of a string that is nothing but a time. */
bool time_parse(const char *s, gsize len, guint32 *time_ms);

#endif
