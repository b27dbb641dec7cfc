/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * files.c - the files that a file or folder stands for.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "corpus/corpus.h"
#include "corpus/error.h"

#define DEPTH_MAX 64	/* of folders; a link that leads back ends here at the latest */

struct walk {
	GPtrArray *patterns;	/* GPatternSpec */
	GPtrArray *files;
	gsize root;		/* bytes of the root's path, with its slash */
};

static bool fail(const char *path, int number, GError **error)
{
	g_set_error(error, RAPPORTEUR_ERROR, rapporteur_error_of_errno(number), "cannot read '%s': %s", path, g_strerror(number));
	return false;
}

/* Hidden files, what editors, offices and desktops leave beside files, the catalogue. */
static bool is_left_out(const char *name)
{
	gsize len = strlen(name);

	return *name == '.' || !strcmp(name, "Thumbs.db") || !strcmp(name, "desktop.ini") || !strncmp(name, "~$", 2) || name[len - 1] == '~' ||
	       *name == '#' || g_str_has_suffix(name, ".lock") || g_str_has_suffix(name, ".lck") ||
	       g_str_has_suffix(name, ".swp") || !strcmp(name, "catalogue.ini");
}

static bool is_excluded(const struct walk *walk, const char *path, const char *name)
{
	g_autofree char *valid_name = NULL, *valid_path = NULL;	/* patterns match characters */

	if (!walk->patterns->len)
		return false;
	valid_name = g_utf8_make_valid(name, -1);
	valid_path = g_utf8_make_valid(path + walk->root, -1);
	for (guint i = 0; i < walk->patterns->len; i++) {
		GPatternSpec *pattern = g_ptr_array_index(walk->patterns, i);

		if (g_pattern_spec_match_string(pattern, valid_name) ||
		    g_pattern_spec_match_string(pattern, valid_path))
			return true;
	}
	return false;
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool walk_folder(struct walk *walk, const char *path, guint depth, GError **error)
{
	GDir *dir;
	const char *name;
	g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);

	errno = 0;
	dir = g_dir_open(path, 0, NULL);
	if (!dir)
		return fail(path, errno ? errno : EIO, error);
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *below = g_build_filename(path, name, NULL);
		struct stat st;

		if (is_left_out(name) || is_excluded(walk, below, name) || stat(below, &st))
			continue;
		if (S_ISREG(st.st_mode))
			g_ptr_array_add(walk->files, g_steal_pointer(&below));
		else if (S_ISDIR(st.st_mode) && !lstat(below, &st) && S_ISDIR(st.st_mode))
			g_ptr_array_add(folders, g_steal_pointer(&below));
	}
	g_dir_close(dir);
	for (guint i = 0; i < folders->len; i++)
		if (depth < DEPTH_MAX && !walk_folder(walk, g_ptr_array_index(folders, i), depth + 1, error))
			return false;
	return true;
}

bool corpus_files(const char *path, const char *const *exclude, GPtrArray *files, GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) patterns = g_ptr_array_new_with_free_func((GDestroyNotify)g_pattern_spec_free);
	struct walk walk = { .patterns = patterns, .files = found };
	struct stat st;

	if (stat(path, &st))
		return fail(path, errno, error);
	if (!S_ISDIR(st.st_mode)) {
		g_ptr_array_add(files, g_strdup(path));
		return true;
	}
	for (; exclude && *exclude; exclude++) {
		g_autofree char *valid = g_utf8_make_valid(*exclude, -1);

		g_ptr_array_add(walk.patterns, g_pattern_spec_new(valid));
	}
	walk.root = strlen(path) + !g_str_has_suffix(path, "/");
	if (!walk_folder(&walk, path, 0, error))
		return false;
	g_ptr_array_sort(found, compare_paths);
	for (guint i = 0; i < found->len; i++)
		g_ptr_array_add(files, g_strdup(g_ptr_array_index(found, i)));
	return true;
}
