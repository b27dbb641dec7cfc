/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * clock.h - a time in a recording as people write it: 0:45, 12:34, 1:02:03.
 */
#ifndef SEARCHER_CLOCK_H
#define SEARCHER_CLOCK_H

#include <glib.h>

static inline void clock_put(GString *out, guint time_ms)
{
	guint seconds = time_ms / 1000, hours = seconds / 3600;

	if (hours)
		g_string_append_printf(out, "%u:%02u:%02u", hours, seconds / 60 % 60, seconds % 60);
	else
		g_string_append_printf(out, "%u:%02u", seconds / 60, seconds % 60);
}

#endif
