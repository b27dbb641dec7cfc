/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * times.c - reads times of a recording.
 */
#include "corpus/reader/times.h"

#define PARTS_MAX 3	/* hours, minutes, seconds */
#define DIGITS_MAX 9

static bool read_number(const char **s, const char *end, guint64 *number)
{
	const char *p = *s;

	*number = 0;
	while (p < end && g_ascii_isdigit(*p) && p - *s < DIGITS_MAX)
		*number = *number * 10 + (guint64)(*p++ - '0');
	if (p == *s || (p < end && g_ascii_isdigit(*p)))
		return false;
	*s = p;
	return true;
}

/* Digits behind a point or comma as milliseconds; further ones are passed over. */
static guint64 read_fraction(const char **s, const char *end)
{
	const char *p = *s;
	guint64 ms = 0;
	guint unit = 100;

	if (end - p < 2 || (*p != '.' && *p != ',') || !g_ascii_isdigit(p[1]))
		return 0;
	for (p++; p < end && g_ascii_isdigit(*p); p++, unit /= 10)
		ms += unit * (guint64)(*p - '0');
	*s = p;
	return ms;
}

bool time_read(const char **s, const char *end, guint32 *time_ms)
{
	const char *p = *s;
	guint64 total = 0, number;

	for (guint parts = 0; parts < PARTS_MAX; parts++) {
		if (!read_number(&p, end, &number))
			return false;
		total = total * 60 + number;
		if (end - p < 2 || *p != ':' || !g_ascii_isdigit(p[1]))
			break;
		p++;
	}
	total = total * 1000 + read_fraction(&p, end);
	if (total > G_MAXUINT32 || (p > *s && p[-1] == ':'))
		return false;
	*s = p;
	*time_ms = (guint32)total;
	return true;
}

bool time_parse(const char *s, gsize len, guint32 *time_ms)
{
	const char *end = s + len;

	return time_read(&s, end, time_ms) && s == end;
}
