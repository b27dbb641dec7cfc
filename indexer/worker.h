/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * worker.h - takes one file after the other, as its reader tells it, into a writer, and
 * notes what became of each. One for each thread.
 */
#ifndef INDEXER_WORKER_H
#define INDEXER_WORKER_H

#include "indexer/jobs.h"
#include "indexer/process.h"
#include "indexer/writer.h"

/* Told of each document as it is taken. Called from the worker's thread. */
typedef void worker_step_fn(guint64 bytes, guint passages, void *data);

struct worker {
	struct writer *writer;		/* borrowed: a trunk or a branch */
	struct process *process;	/* borrowed: reads for this worker alone */
	worker_step_fn *step;
	void *step_data;

	/* the file in hand */
	struct job *job;
	guint documents, passages;
	GString *line;			/* what its first document was taken for */
	char *format;
};

void worker_init(struct worker *worker, struct writer *writer, struct process *process, worker_step_fn *step, void *data);
void worker_clear(struct worker *worker);

/* Fills in what became of the job: a fault of the file is the job's error.
 * false with error set for a fault of the index or of all readers, after which nothing more can be added. */
bool worker_take(struct worker *worker, struct job *job, GError **error);

#endif
