/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * failures.c - the list of the files that could not be read.
 */
#include "indexer/failures.h"

#include "config.h"

#include <string.h>

#include "corpus/bytes.h"
#include "corpus/error.h"

#define MARK "rapporteur failures 1\n"
#define FAILURES_MAX_BYTES ((gsize)256 << 20)

struct failure {
	char *digest, *reason;
};

struct failures {
	GHashTable *files;	/* path -> struct failure */
	bool changed;
};

static void free_failure(gpointer data)
{
	struct failure *failure = data;

	g_free(failure->digest);
	g_free(failure->reason);
	g_free(failure);
}

static char *get_string(struct cursor *c)
{
	guint32 len = cursor_bounded(c, FAILURES_MAX_BYTES);
	const char *s = len ? cursor_bytes(c, len - 1) : NULL;

	return s ? g_strndup(s, len - 1) : NULL;
}

static void insert(struct failures *failures, const char *path, const char *digest, const char *reason)
{
	struct failure *failure = g_new0(struct failure, 1);

	failure->digest = g_strdup(digest);
	failure->reason = g_strdup(reason);
	g_hash_table_insert(failures->files, g_strdup(path), failure);
}

static void read_all(struct failures *failures, const char *bytes, gsize len)
{
	struct cursor c = cursor_over(bytes, len);
	const char *mark = cursor_bytes(&c, strlen(MARK));
	g_autofree char *version = NULL;

	if (!mark || memcmp(mark, MARK, strlen(MARK)) != 0)
		return;
	version = get_string(&c);
	if (g_strcmp0(version, PACKAGE_VERSION) != 0)
		return;
	while (c.at < c.end && !c.bad) {
		g_autofree char *path = get_string(&c), *digest = get_string(&c), *reason = get_string(&c);

		if (!c.bad && path && digest && reason)
			insert(failures, path, digest, reason);
	}
}

struct failures *failures_open(const char *dir)
{
	struct failures *failures = g_new0(struct failures, 1);
	g_autofree char *path = dir ? g_build_filename(dir, FAILURES_FILE, NULL) : NULL, *bytes = NULL;
	gsize len;

	failures->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_failure);
	failures->changed = !dir;	/* a new list takes the place of what there is */
	if (path && g_file_get_contents(path, &bytes, &len, NULL))
		read_all(failures, bytes, len);
	return failures;
}

void failures_free(struct failures *failures)
{
	if (!failures)
		return;
	g_hash_table_unref(failures->files);
	g_free(failures);
}

const char *failures_find(const struct failures *failures, const char *path, const char *digest)
{
	const struct failure *failure = g_hash_table_lookup(failures->files, path);

	return failure && strcmp(failure->digest, digest) == 0 ? failure->reason : NULL;
}

void failures_note(struct failures *failures, const char *path, const char *digest, const char *reason)
{
	insert(failures, path, digest, reason);
	failures->changed = true;
}

void failures_forget(struct failures *failures, const char *path)
{
	failures->changed |= g_hash_table_remove(failures->files, path);
}

void failures_forget_gone(struct failures *failures, failures_gone_fn *gone, void *data)
{
	GHashTableIter iter;
	gpointer path;

	g_hash_table_iter_init(&iter, failures->files);
	while (g_hash_table_iter_next(&iter, &path, NULL)) {
		if (!gone(path, data))
			continue;
		g_hash_table_iter_remove(&iter);
		failures->changed = true;
	}
}

static GString *all_bytes(const struct failures *failures)
{
	GString *out = g_string_new(MARK);
	g_autoptr(GList) paths = g_list_sort(g_hash_table_get_keys(failures->files), (GCompareFunc)strcmp);

	bytes_put_string(out, PACKAGE_VERSION);
	for (GList *path = paths; path; path = path->next) {
		const struct failure *failure = g_hash_table_lookup(failures->files, path->data);

		bytes_put_string(out, path->data);
		bytes_put_string(out, failure->digest);
		bytes_put_string(out, failure->reason);
	}
	return out;
}

bool failures_write(struct failures *failures, const char *dir, GError **error)
{
	g_autofree char *path = g_build_filename(dir, FAILURES_FILE, NULL);
	g_autoptr(GError) cause = NULL;
	GString *out;
	bool ok;

	if (!failures->changed || (!g_hash_table_size(failures->files) && !g_file_test(path, G_FILE_TEST_EXISTS)))
		return true;
	out = all_bytes(failures);
	ok = g_file_set_contents_full(path, out->str, (gssize)out->len, G_FILE_SET_CONTENTS_CONSISTENT, 0666, &cause);
	g_string_free(out, TRUE);
	if (!ok)
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_IO, "cannot write index '%s': %s", dir, cause->message);
	failures->changed = !ok;
	return ok;
}
