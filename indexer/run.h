/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * run.h - one run of rapporteur-index over files and folders.
 */
#ifndef INDEXER_RUN_H
#define INDEXER_RUN_H

#include "corpus/dump.h"
#include "indexer/ocr.h"
#include "indexer/process.h"

struct run_options {
	const char *index;		/* folder */
	const char *catalogue;		/* for all files; NULL: catalogue.ini beside them */
	const char *const *exclude;	/* globs, or NULL */
	const char *const *paths;	/* files and folders */
	guint jobs;			/* threads, at least 1 */
	struct process_limits limits;	/* of the reading of a file */
	const struct ocr *ocr;		/* NULL: without */
	bool rebuild, prune, quiet, progress, no_sandbox, retry_failed;
};

/* Indexes, prints the summary on standard output, warnings and failures of
 * single files on standard error. Gives the exit status: 0, or 2 when
 * a file could not be read or nothing could be done at all. */
int run_index(const struct run_options *options);

/* Prints a catalogue of what is detected in the files. */
int run_write_catalogue(const struct run_options *options);

/* Prints what is made of each file. */
int run_dump(const struct run_options *options, enum dump_form form);

#endif
