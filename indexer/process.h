/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * process.h - reading a file in a process of its own, which can do no harm (sandbox.h)
 * and whose end costs no more than that file.
 *
 * What comes back is not trusted: documents are checked (transfer.h), their sum is
 * bounded, texts are made printable, time is taken, and what is known here is not taken
 * from there (claims.h).
 */
#ifndef INDEXER_PROCESS_H
#define INDEXER_PROCESS_H

#include "indexer/jobs.h"
#include "indexer/printable.h"

#define PROCESS_RESULT_FREE_BYTES ((guint64)256 << 20)	/* of a file, however small */
#define PROCESS_RESULT_MAX_TIMES 32	/* its size, beyond that: small records, each with what a catalogue says of all */
#define PROCESS_WAIT_TIMES 4	/* waiting to processor time: others want the processor, too */

/* The readers themselves fail, not on a file: no other file can be read either. */
#define PROCESS_ERROR (process_error_quark())
GQuark process_error_quark(void);
enum { PROCESS_ERROR_REFUSED, PROCESS_ERROR_GONE };

struct process_limits {
	guint seconds;		/* of processor time, and one for each MB of the file */
	guint megabytes;	/* of memory, and PROCESS_MEMORY_TIMES the file's text */
};
#define PROCESS_SECONDS 60
#define PROCESS_MEGABYTES 1024
#define PROCESS_MEMORY_TIMES 16

struct process;
struct sandbox;

/* Before any thread is made, and before anything is known that readers are not to know: files' names, what
 * catalogues say. sandbox NULL: nothing but the limits holds the readers. NULL with PROCESS_ERROR set. */
struct process *process_start(const struct sandbox *sandbox, const struct process_limits *limits, GError **error);
void process_end(struct process *process);

/* Begins to read a job's file, which is open as fd (borrowed for the call), and comes back
 * at once. The job is borrowed until it is finished. False with PROCESS_ERROR set. */
bool process_begin(struct process *process, struct job *job, int fd, bool blocks, GError **error);
/* Hands the documents of the file that was begun to the sink as they come. Errors: those
 * of corpus_read and of the sink; TOO_LARGE (time, memory, result), CORRUPT (it crashed), DENIED (it tried
 * what it must not); PROCESS_ERROR. */
bool process_finish(struct process *process, corpus_sink *sink, void *data, GError **error);

/* The same for a file whose pages are to be drawn, RENDER_PAGES (wire.h) from page first (1..) on, and for
 * the text that OCR found on them. */
bool process_begin_render(struct process *process, struct job *job, int fd, guint first, GError **error);
bool process_finish_render(struct process *process, corpus_picture_sink *sink, void *data, GError **error);
bool process_begin_recognised(struct process *process, struct job *job, int fd, const GString *text, bool blocks, GError **error);

#endif
