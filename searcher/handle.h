/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * handle.h - what is behind a RapIndex, for the files of the library.
 */
#ifndef SEARCHER_HANDLE_H
#define SEARCHER_HANDLE_H

#include "indexer/analysis.h"
#include "indexer/columns.h"
#include "indexer/store.h"
#include "searcher/rapporteur.h"

struct suggester;

struct RapIndex {
	char *path;
	char **groups;			/* or NULL */
	struct store *store;
	struct analysis *analysis;
	GPtrArray *columns;		/* struct columns *, one a shard; NULL until handle_columns */
	struct suggester *suggester;	/* NULL until the first suggestion */
	char **languages;		/* of all open segments, sorted */
	struct synonyms *synonyms;	/* or NULL */
	RapStatistics statistics;
	bool statistics_known;
};

/* Opens the store again where the index on disk has been replaced, or anyway. */
bool handle_refresh(RapIndex *index, bool anyway, GError **error);

/* Opens what counting needs, where it is not open yet. */
bool handle_columns(RapIndex *index, GError **error);

/* Passes on, and takes, the error of a file of a segment that could not be opened: one that is gone was replaced
 * meanwhile, or the index is damaged. */
void handle_blame(const RapIndex *index, GError *cause, GError **error);

/* Runs an operation; where the index changes under it, reopens and runs it again, a few
 * times. The operation gives NULL with an error, or its result. Errors come out in the
 * public domain. */
typedef void *handle_operation(RapIndex *index, const void *request, GError **error);
void *handle_run(RapIndex *index, handle_operation *operation, const void *request, GError **error);

/* For operations that cannot simply be run again. The first: does the error mean that the index
 * changed? The second takes cause and brings it into the public domain. */
bool handle_is_change(const GError *error);
void handle_publish_error(RapIndex *index, GError *cause, GError **error);

#endif
