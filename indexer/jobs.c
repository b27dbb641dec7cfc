/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * jobs.c - which files a run looks at.
 */
#include "indexer/jobs.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "corpus/error.h"
#include "corpus/reader/reader.h"
#include "indexer/stamp.h"

#define CATALOGUE_FILE "catalogue.ini"

static void free_job(gpointer data)
{
	struct job *job = data;

	g_free(job->path);
	g_free(job->shown);
	g_free(job->root);
	g_free(job->digest);
	g_free(job->summary);
	g_ptr_array_unref(job->warnings);
	g_clear_error(&job->error);
	g_free(job);
}

static void free_catalogue(gpointer catalogue)
{
	catalogue_free(catalogue);
}

void jobs_init(struct jobs *jobs)
{
	jobs->list = g_ptr_array_new_with_free_func(free_job);
	jobs->roots = g_ptr_array_new_with_free_func(g_free);
	jobs->unread = corpus_unread_new();
	jobs->named = 0;
	jobs->faulty = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	jobs->catalogues = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_catalogue);
	jobs->catalogue = NULL;
}

void jobs_clear(struct jobs *jobs)
{
	g_ptr_array_unref(jobs->list);
	g_ptr_array_unref(jobs->roots);
	g_ptr_array_unref(jobs->unread);
	g_hash_table_unref(jobs->faulty);
	g_hash_table_unref(jobs->catalogues);
	catalogue_free(jobs->catalogue);
}

bool jobs_open_catalogue(struct jobs *jobs, const char *path, GError **error)
{
	jobs->catalogue = catalogue_open(path, error);
	return jobs->catalogue != NULL;
}

/* --- files ---------------------------------------------------------------------------- */

bool path_is_below(const char *path, const char *folder)
{
	gsize len = strlen(folder);

	return strncmp(path, folder, len) == 0 && (path[len] == '/' || (len && folder[len - 1] == '/'));
}

/* What is behind the folder in the path. */
static const char *path_within(const char *path, const char *folder)
{
	return path + strlen(folder) + !g_str_has_suffix(folder, "/");
}

static void add_job(struct jobs *jobs, const char *path, const char *root, const char *argument)
{
	bool named = !strcmp(path, root);
	struct job *job = g_new0(struct job, 1);
	GStatBuf status;

	job->path = g_strdup(path);
	job->root = named ? g_path_get_dirname(path) : g_strdup(root);
	job->shown = named ? g_strdup(argument) : g_build_filename(argument, path_within(path, root), NULL);
	job->named = named;
	job->bytes = g_stat(path, &status) == 0 ? (guint64)status.st_size : 0;
	job->warnings = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(jobs->list, job);
}

/* Folders among the papers that are indexes. */
static GPtrArray *indexes_among(const GPtrArray *files)
{
	GPtrArray *folders = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < files->len; i++)
		if (g_str_has_suffix(g_ptr_array_index(files, i), "/" STAMP_FILE))
			g_ptr_array_add(folders, g_path_get_dirname(g_ptr_array_index(files, i)));
	return folders;
}

static bool is_of_index(const char *path, const GPtrArray *indexes)
{
	for (guint i = 0; i < indexes->len; i++)
		if (path_is_below(path, g_ptr_array_index(indexes, i)))
			return true;
	return false;
}

bool jobs_add(struct jobs *jobs, const char *path, const char *const *exclude, GError **error)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free), indexes = NULL;
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);
	bool is_folder = g_file_test(absolute, G_FILE_TEST_IS_DIR);
	guint before = jobs->list->len, unread = jobs->unread->len;

	jobs->named++;
	if (!corpus_files(absolute, exclude, files, jobs->unread, error))
		return false;
	indexes = indexes_among(files);
	for (guint i = 0; i < files->len; i++)
		if (!is_of_index(g_ptr_array_index(files, i), indexes))
			add_job(jobs, g_ptr_array_index(files, i), absolute, path);
	if (jobs->list->len == before && jobs->unread->len == unread) {	/* a slip, or a disk that is not there: nothing is taken for gone */
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_NOT_FOUND,
		            "cannot index '%s': no documents in this folder (--prune removes those that are gone)", path);
		return false;
	}
	if (is_folder)
		g_ptr_array_add(jobs->roots, g_strdup(absolute));
	return true;
}

static gint by_path(gconstpointer a, gconstpointer b)
{
	return strcmp((*(const struct job *const *)a)->path, (*(const struct job *const *)b)->path);
}

static void drop_repeated(GPtrArray *list)
{
	guint kept = 0;

	g_ptr_array_sort(list, by_path);
	for (guint i = 0; i < list->len; i++) {
		if (kept && by_path(&list->pdata[kept - 1], &list->pdata[i]) == 0) {
			((struct job *)list->pdata[kept - 1])->named |= ((struct job *)list->pdata[i])->named;
			free_job(list->pdata[i]);
		} else {
			list->pdata[kept++] = list->pdata[i];
		}
	}
	for (guint i = kept; i < list->len; i++)
		list->pdata[i] = NULL;
	list->len = kept;
}

bool job_skip(struct job *job, int fd, bool known)
{
	char head[CORPUS_OTHER_BYTES];
	ssize_t n = job->named ? 0 : pread(fd, head, sizeof head, 0);

	job->kind = job->named ? NULL : corpus_other_kind(known ? NULL : job->path, head, (gsize)MAX(n, 0));
	if (job->kind)
		job->outcome = JOB_SKIPPED;
	return job->kind != NULL;
}

bool jobs_are_blind_to(const struct jobs *jobs, const char *path)
{
	for (guint i = 0; i < jobs->unread->len; i++)
		if (path_is_below(path, ((const struct corpus_unread *)g_ptr_array_index(jobs->unread, i))->path))
			return true;
	return false;
}

guint64 jobs_bytes(const struct jobs *jobs)
{
	guint64 total = 0;

	for (guint i = 0; i < jobs->list->len; i++)
		total += ((const struct job *)g_ptr_array_index(jobs->list, i))->bytes;
	return total;
}

/* --- catalogues ------------------------------------------------------------------------ */

static bool catalogue_in(struct jobs *jobs, const char *folder, const struct catalogue **found, GError **error)
{
	g_autofree char *path = g_build_filename(folder, CATALOGUE_FILE, NULL);
	struct catalogue *catalogue = NULL;
	gpointer known;

	if (g_hash_table_lookup_extended(jobs->catalogues, folder, NULL, &known)) {
		*found = known;
		return true;
	}
	if (g_hash_table_contains(jobs->faulty, folder))
		return false;
	if (g_file_test(path, G_FILE_TEST_EXISTS)) {
		catalogue = catalogue_open(path, error);
		if (!catalogue) {
			g_hash_table_add(jobs->faulty, g_strdup(folder));
			return false;
		}
	}
	g_hash_table_insert(jobs->catalogues, g_strdup(folder), catalogue);
	*found = catalogue;
	return true;
}

static bool find_catalogue(struct jobs *jobs, struct job *job, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(job->path);

	job->catalogue = jobs->catalogue;
	while (!job->catalogue) {
		char *parent;

		if (!catalogue_in(jobs, folder, &job->catalogue, error))
			return false;
		if (job->catalogue || strlen(folder) <= strlen(job->root))
			break;
		parent = g_path_get_dirname(folder);
		g_free(folder);
		folder = parent;
	}
	return true;
}

static void note_namesakes(GPtrArray *list)
{
	g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < list->len; i++) {
		struct job *job = g_ptr_array_index(list, i), *namesake;
		char *id = reader_slug(job->path);

		namesake = g_hash_table_lookup(first, id);
		if (namesake) {
			namesake->in_turn = job->in_turn = true;
			g_free(id);
		} else {
			g_hash_table_insert(first, id, job);
		}
	}
}

/* Below the one folder that was named its files need no other name. */
static void shorten(struct job *job)
{
	g_free(job->shown);
	job->shown = g_strdup(path_within(job->path, job->root));
}

void jobs_settle(struct jobs *jobs)
{
	drop_repeated(jobs->list);
	note_namesakes(jobs->list);
	for (guint i = 0; i < jobs->list->len; i++) {
		struct job *job = g_ptr_array_index(jobs->list, i);

		if (jobs->named == 1)
			shorten(job);
		if (!find_catalogue(jobs, job, &job->error))
			job->outcome = JOB_FAILED;
	}
}
