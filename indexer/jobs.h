/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * jobs.h - which files a run looks at, what a person says of each, and what
 * became of it.
 */
#ifndef INDEXER_JOBS_H
#define INDEXER_JOBS_H

#include "corpus/corpus.h"

enum job_outcome {
	JOB_WAITING, JOB_ADDED, JOB_CHANGED, JOB_UNCHANGED,
	JOB_FAILED,
	JOB_FAILED_BEFORE,	/* in an earlier run, and is the same: not tried again */
	JOB_SKIPPED,		/* it is no document */
};

struct job {
	char *path;			/* absolute */
	char *shown;			/* as summaries name it: below the one folder that was named, else as it was named */
	char *root;			/* absolute: where looking for a catalogue upwards ends */
	guint64 bytes;
	bool named;			/* itself, and not a folder that it is in */
	const struct catalogue *catalogue;	/* or NULL; borrowed from the jobs */
	bool in_turn;			/* another file has the same name: who gets the id is settled by the
					   order of the paths, not by which thread comes first */

	/* what became of it; the worker's until it is done */
	enum job_outcome outcome;
	char *digest;			/* of the file and all else that its reading depends on, or NULL */
	const char *kind;		/* of JOB_SKIPPED: "pictures" */
	bool scanned;			/* JOB_FAILED for want of OCR */
	char *summary;			/* a line, or NULL */
	GPtrArray *warnings;		/* char * */
	GError *error;			/* of JOB_FAILED */
	bool done;
};

struct jobs {
	GPtrArray *list;		/* struct job *, by path, each path once */
	GPtrArray *roots;		/* char *: absolute paths of the folders named */
	GPtrArray *unread;		/* struct corpus_unread *: folders below them that could not be read */
	guint named;			/* paths that were */
	GHashTable *catalogues;		/* folder -> struct catalogue * or NULL */
	GHashTable *faulty;		/* folders whose catalogue cannot be read */
	struct catalogue *catalogue;	/* for all files, or NULL */
};

void jobs_init(struct jobs *jobs);
void jobs_clear(struct jobs *jobs);

/* The catalogue for all files. */
bool jobs_open_catalogue(struct jobs *jobs, const char *path, GError **error);

/* Adds the files that a path stands for, but what is part of an index, and notes the folders below
 * that cannot be read. NOT_FOUND also for a folder without documents. */
bool jobs_add(struct jobs *jobs, const char *path, const char *const *exclude, GError **error);

/* Puts them in order, notes those of the same name, and finds the catalogue of each: the nearest one, from the
 * file's folder up to the folder that was named. A job whose catalogue is faulty fails; the
 * first of them has the error. */
void jobs_settle(struct jobs *jobs);

/* Is the file, which is open, one of those that lie in folders beside documents? Then it is
 * skipped. What was named itself is read in any case; what the index holds (known) was once, and is no less a
 * document for its name. */
bool job_skip(struct job *job, int fd, bool known);

/* Does the path lie where a folder could not be read, so that nothing is known of it? */
bool jobs_are_blind_to(const struct jobs *jobs, const char *path);

guint64 jobs_bytes(const struct jobs *jobs);

/* Is the path below the folder? */
bool path_is_below(const char *path, const char *folder);

#endif
