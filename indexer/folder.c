/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * folder.c - what lies in the folder of an index, by its names.
 */
#include "indexer/folder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "corpus/error.h"
#include "indexer/builder.h"
#include "indexer/failures.h"
#include "indexer/files.h"

/* What a stamp is written to before it takes the place of the old one. */
static bool is_stamp_in_hand(const char *name)
{
	return g_str_has_prefix(name, STAMP_FILE ".");
}

bool folder_is_segment(const char *name)
{
	const char *number = g_str_has_prefix(name, SEGMENT_PREFIX) ? name + strlen(SEGMENT_PREFIX) : "";

	return *number && !number[strspn(number, "0123456789")];
}

/* "scratch-3-14", see builder.c. */
static bool is_scratch(const char *name)
{
	const char *numbers = g_str_has_prefix(name, SCRATCH_PREFIX) ? name + strlen(SCRATCH_PREFIX) : "";

	return *numbers && !numbers[strspn(numbers, "0123456789-")];
}

static bool is_folder(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	return g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

static bool is_of_index(const char *dir, const char *name)
{
	return strcmp(name, LOCK_FILE) == 0 || strcmp(name, FAILURES_FILE) == 0 || is_stamp_in_hand(name) ||
	       ((is_scratch(name) || folder_is_segment(name)) && is_folder(dir, name));
}

bool folder_check(const char *dir, GError **error)
{
	g_autoptr(GDir) folder = NULL;
	g_autofree char *stamp = g_build_filename(dir, STAMP_FILE, NULL);
	const char *name;

	if (g_file_test(stamp, G_FILE_TEST_EXISTS))
		return true;
	if (g_mkdir_with_parents(dir, 0777) != 0) {
		g_set_error(error, RAPPORTEUR_ERROR, errno == EACCES ? RAPPORTEUR_ERROR_DENIED : RAPPORTEUR_ERROR_IO,
		            "cannot make index '%s': %s", dir, g_strerror(errno));
		return false;
	}
	folder = g_dir_open(dir, 0, NULL);
	while (folder && (name = g_dir_read_name(folder))) {
		if (is_of_index(dir, name))
			continue;
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED,
		            "cannot make index '%s': the folder holds something else ('%s')", dir, name);
		return false;
	}
	return true;
}

void folder_remove_leftovers(const char *dir, const struct stamp *stamp)
{
	g_autoptr(GDir) folder = g_dir_open(dir, 0, NULL);
	g_autoptr(GHashTable) named = g_hash_table_new(g_str_hash, g_str_equal);
	const char *name;

	for (guint i = 0; stamp && i < stamp->segments->len; i++)
		g_hash_table_add(named, ((struct segment *)g_ptr_array_index(stamp->segments, i))->folder);
	while (folder && (name = g_dir_read_name(folder))) {
		g_autofree char *path = g_build_filename(dir, name, NULL);
		bool left = is_scratch(name) || (stamp && folder_is_segment(name) && !g_hash_table_contains(named, name));

		if (is_stamp_in_hand(name) || (left && is_folder(dir, name)))
			files_remove_tree(path);
	}
}

void folder_remove_empty(const char *dir)
{
	g_autofree char *stamp = g_build_filename(dir, STAMP_FILE, NULL), *lock = g_build_filename(dir, LOCK_FILE, NULL);

	if (g_file_test(stamp, G_FILE_TEST_EXISTS))
		return;
	g_unlink(lock);
	g_rmdir(dir);
}
