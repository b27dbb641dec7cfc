/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cmd-check.c - handing over to rapporteur-index: it alone writes and checks
 * indexes. It is looked for beside this program first, so that a build folder
 * and an installation each use their own.
 */
#include "searcher/options.h"

#include <errno.h>
#include <unistd.h>

#define INDEXER "rapporteur-index"

static char *indexer_beside_us(void)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = self ? g_path_get_dirname(self) : NULL;

	return folder ? g_build_filename(folder, INDEXER, NULL) : NULL;
}

int run_indexer(char *const *argv)
{
	g_autofree char *beside = indexer_beside_us();

	if (beside)
		execv(beside, argv);
	execvp(INDEXER, argv);
	return trouble("cannot run '%s': %s", INDEXER, g_strerror(errno));
}

int cmd_check(struct options *options)
{
	char *argv[] = { (char[]){ INDEXER }, (char[]){ "--check" }, (char[]){ "--index" }, options->index, NULL };

	if (options->n_operands > 0)
		return trouble("cannot check '%s': name the index with --index DIR", options->operands[0]);
	return run_indexer(argv);
}
