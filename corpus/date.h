/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * date.h - dates as people write them.
 */
#ifndef CORPUS_DATE_H
#define CORPUS_DATE_H

#include <glib.h>
#include <stdbool.h>

#define DATE_SIZE 11	/* "2017-10-23" */

/* Reads a date or a span of dates that fills the whole string: "2017-10-23",
 * "2017-10", "2017", "23 October 2017", "October 23, 2017", "11 and 12 July
 * 2024", "23.10.2017", "2017-10-23..2017-10-24"; months in English, German,
 * French, Spanish, Italian, Portuguese and Dutch. first and last get ISO 8601;
 * last is "" for a single date. false: neither is touched. */
bool date_read(const char *s, char first[DATE_SIZE], char last[DATE_SIZE]);

/* True for "2017", "2017-10" and "2017-10-23" that are dates of the calendar. */
bool date_is_iso(const char *s);

/* How many of the len bytes stand above a line that ends in a date ("Kiel, 3 May 2021"),
 * where and when something was said; len where no line but the first does. */
guint32 date_above_place(const char *s, guint32 len);

#endif
