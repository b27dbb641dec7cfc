/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * progress.h - how far a long run is, on one line of standard error; and counts as people write them.
 */
#ifndef INDEXER_PROGRESS_H
#define INDEXER_PROGRESS_H

#include <glib.h>
#include <stdbool.h>

struct progress {
	bool shown;
	guint64 total_bytes, done_bytes;
	guint documents, passages;
	gint64 started_us, printed_us;
};

void progress_start(struct progress *progress, bool shown, guint64 total_bytes);
/* Prints at most a few times a second. */
void progress_step(struct progress *progress, guint64 bytes, guint passages);
/* Takes the line away. */
void progress_clear(struct progress *progress);

/* Appends "1 passage", "2 passages". */
void append_count(GString *line, guint n, const char *one, const char *many);

#endif
