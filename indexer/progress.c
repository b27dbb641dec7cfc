/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * progress.c - how far a long run is.
 */
#include "indexer/progress.h"

#include <stdio.h>

#define PRINT_EVERY_US (G_USEC_PER_SEC / 5)

void progress_start(struct progress *progress, bool shown, guint64 total_bytes)
{
	*progress = (struct progress){ .shown = shown, .total_bytes = total_bytes, .started_us = g_get_monotonic_time() };
}

void progress_clear(struct progress *progress)
{
	if (progress->shown && progress->printed_us)
		fputs("\r\033[K", stderr);
	progress->printed_us = 0;
}

void progress_step(struct progress *progress, guint64 bytes, guint passages)
{
	gint64 now = g_get_monotonic_time();
	double seconds = (double)(now - progress->started_us) / G_USEC_PER_SEC;
	double rate, left;
	g_autoptr(GString) line = NULL;

	progress->done_bytes += bytes;
	progress->documents++;
	progress->passages += passages;
	if (!progress->shown || now - progress->printed_us < PRINT_EVERY_US || seconds <= 0)
		return;
	progress->printed_us = now;
	rate = (double)progress->done_bytes / seconds;
	left = rate > 0 && progress->total_bytes > progress->done_bytes ? (double)(progress->total_bytes - progress->done_bytes) / rate : 0;
	line = g_string_new(NULL);
	append_count(line, progress->documents, "document", "documents");
	g_string_append(line, ", ");
	append_count(line, progress->passages, "passage", "passages");
	fprintf(stderr, "\r%s, %.1f MB/s, %d:%02d left\033[K", line->str, rate / 1e6, (int)left / 60, (int)left % 60);
	fflush(stderr);
}

void append_count(GString *line, guint n, const char *one, const char *many)
{
	g_string_append_printf(line, "%u %s", n, n == 1 ? one : many);
}
