/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * files.c - the files that a file or folder stands for.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "corpus/corpus.h"
#include "corpus/error.h"

#define DEPTH_MAX 64	/* of folders; a link that leads back ends here at the latest */

struct walk {
	GPtrArray *patterns;	/* GPatternSpec */
	GPtrArray *files;
	GPtrArray *unread;	/* struct corpus_unread *, or NULL */
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

static void free_unread(gpointer data)
{
	struct corpus_unread *unread = data;

	g_free(unread->path);
	g_error_free(unread->error);
	g_free(unread);
}

GPtrArray *corpus_unread_new(void)
{
	return g_ptr_array_new_with_free_func(free_unread);
}

static void leave_unread(struct walk *walk, const char *path, GError *error)
{
	struct corpus_unread *unread = g_new0(struct corpus_unread, 1);

	unread->path = g_strdup(path);
	unread->error = error;
	g_ptr_array_add(walk->unread, unread);
}

/* A folder as deep as that is none that somebody made by hand. */
static void leave_deep(struct walk *walk, const char *path)
{
	leave_unread(walk, path, g_error_new(RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE, "cannot read '%s': more than %d folders deep", path, DEPTH_MAX));
}

/* The names in a folder, but what is left out; an errno. */
static int names_in(const struct walk *walk, const char *path, GPtrArray *paths)
{
	DIR *dir = opendir(path);
	const struct dirent *entry;
	int number;

	if (!dir)
		return errno;
	for (errno = 0; (entry = readdir(dir)); errno = 0) {
		g_autofree char *below = g_build_filename(path, entry->d_name, NULL);

		if (!is_left_out(entry->d_name) && !is_excluded(walk, below, entry->d_name))
			g_ptr_array_add(paths, g_steal_pointer(&below));
	}
	number = errno;
	g_ptr_array_sort(paths, compare_paths);
	closedir(dir);
	return number;
}

/* Puts what is there where it belongs; an errno. A link whose end cannot be seen is a file: opening it will tell. */
static int sort_in(struct walk *walk, const char *path, GPtrArray *folders)
{
	struct stat st, link;
	int number = stat(path, &st) ? errno : 0;

	if (lstat(path, &link))	/* it was removed meanwhile, or the folder gives nothing but names */
		return errno == ENOENT ? 0 : errno;
	if (number == ENOENT || number == ELOOP)	/* a link that leads nowhere */
		return 0;
	if (number || S_ISREG(st.st_mode))
		g_ptr_array_add(walk->files, g_strdup(path));
	else if (S_ISDIR(link.st_mode))
		g_ptr_array_add(folders, g_strdup(path));
	return 0;
}

static bool look_into(struct walk *walk, const char *path, GPtrArray *folders, GError **error)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	int number = names_in(walk, path, paths);

	for (guint i = 0; i < paths->len && !number; i++)
		number = sort_in(walk, g_ptr_array_index(paths, i), folders);
	return !number || fail(path, number, error);
}

static void walk_below(struct walk *walk, const GPtrArray *folders, guint depth)
{
	for (guint i = 0; i < folders->len; i++) {
		const char *path = g_ptr_array_index(folders, i);
		g_autoptr(GPtrArray) below = g_ptr_array_new_with_free_func(g_free);
		GError *error = NULL;

		if (depth > DEPTH_MAX)
			leave_deep(walk, path);
		else if (!look_into(walk, path, below, &error))
			leave_unread(walk, path, error);
		walk_below(walk, below, depth + 1);
	}
}

static bool walk_root(struct walk *walk, const char *path, GError **error)
{
	g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);

	if (!look_into(walk, path, folders, error))
		return false;
	walk_below(walk, folders, 1);
	return true;
}

bool corpus_files(const char *path, const char *const *exclude, GPtrArray *files, GPtrArray *unread, GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) patterns = g_ptr_array_new_with_free_func((GDestroyNotify)g_pattern_spec_free);
	struct walk walk = { .patterns = patterns, .files = found, .unread = unread };
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
	if (!walk_root(&walk, path, error))
		return false;
	g_ptr_array_sort(found, compare_paths);
	for (guint i = 0; i < found->len; i++)
		g_ptr_array_add(files, g_strdup(g_ptr_array_index(found, i)));
	return true;
}
