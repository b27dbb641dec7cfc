/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * worker.h - takes one file after the other, as its readers tell it, into a writer, and
 * notes what became of each. One for each thread.
 *
 * It has two readers: while it indexes what one has read, the other reads the next file.
 *
 *   reader 1   [read a]        [read c]
 *   reader 2           [read b]        [read d]
 *   worker             [index a][index b][index c]
 */
#ifndef INDEXER_WORKER_H
#define INDEXER_WORKER_H

#include "indexer/failures.h"
#include "indexer/jobs.h"
#include "indexer/scan.h"
#include "indexer/writer.h"

#define WORKER_READERS 2

/* Called from the worker's thread: for the next job, or NULL; with a job whose outcome
 * is settled; with each document as it is taken. */
struct worker_calls {
	struct job *(*next)(void *data);
	void (*done)(struct job *job, void *data);
	void (*step)(guint64 bytes, guint passages, void *data);
	void *data;
};

/* A file that a reader has in hand. */
struct reading {
	struct process *process;	/* borrowed */
	struct job *job;		/* or NULL */
	enum writer_state state;
};

struct worker {
	struct writer *writer;		/* borrowed: a trunk or a branch */
	const struct ocr *ocr;		/* borrowed; NULL: without */
	const struct failures *failures;	/* borrowed, of earlier runs; or NULL */
	struct worker_calls calls;
	struct reading readings[WORKER_READERS];
	GError *error;			/* of the reading ahead */

	/* the file in hand */
	struct job *job;
	bool looked_ahead;
	guint documents, passages;
	GString *line;			/* what its first document was taken for */
	char *format;
};

void worker_init(struct worker *worker, struct writer *writer, struct process *const processes[WORKER_READERS],
                 const struct failures *failures, const struct ocr *ocr, const struct worker_calls *calls);
void worker_clear(struct worker *worker);

/* Takes jobs until there are no more, and fills in what became of each: a fault of a file is its job's error.
 * False with error set for a fault of the index or of all readers, after which nothing more can be added. */
bool worker_run(struct worker *worker, GError **error);

#endif
