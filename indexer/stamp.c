/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stamp.c - reading and replacing the stamp of an index.
 */
#include "indexer/stamp.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/error.h"
#include "indexer/analysis.h"

#define GROUP_INDEX "index"
#define SEGMENTS_MAX 100000

struct segment *segment_new(const char *folder, const char *access)
{
	struct segment *segment = g_new0(struct segment, 1);

	segment->folder = g_strdup(folder);
	segment->access = g_strdup(access);
	segment->dead = g_array_new(FALSE, FALSE, sizeof(guint32));
	segment->languages = g_new0(char *, 1);
	return segment;
}

void segment_free(struct segment *segment)
{
	if (!segment)
		return;
	g_free(segment->folder);
	g_free(segment->access);
	g_array_unref(segment->dead);
	g_strfreev(segment->languages);
	g_free(segment);
}

/* The place of the first dead source that is not below this one. */
static guint dead_place(const struct segment *segment, guint32 source)
{
	guint from = 0, to = segment->dead->len;

	while (from < to) {
		guint middle = from + (to - from) / 2;

		if (g_array_index(segment->dead, guint32, middle) < source)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

bool segment_is_dead(const struct segment *segment, guint32 source)
{
	guint place = dead_place(segment, source);

	return place < segment->dead->len && g_array_index(segment->dead, guint32, place) == source;
}

void segment_kill(struct segment *segment, guint32 source)
{
	if (!segment_is_dead(segment, source))
		g_array_insert_val(segment->dead, dead_place(segment, source), source);
}

char *segment_folder(struct stamp *stamp)
{
	return g_strdup_printf(SEGMENT_PREFIX "%06u", stamp->next_segment++);
}

static void free_segment(gpointer segment)
{
	segment_free(segment);
}

struct stamp *stamp_new(const char *stemmer)
{
	struct stamp *stamp = g_new0(struct stamp, 1);

	stamp->next_source = 1;
	stamp->next_segment = 1;
	stamp->stemmer = g_strdup(stemmer);
	stamp->segments = g_ptr_array_new_with_free_func(free_segment);
	return stamp;
}

void stamp_free(struct stamp *stamp)
{
	if (!stamp)
		return;
	g_free(stamp->stemmer);
	g_ptr_array_unref(stamp->segments);
	g_free(stamp);
}

/* --- reading ------------------------------------------------------------------ */

static bool load(GKeyFile *file, const char *dir, GError **error)
{
	g_autofree char *path = g_build_filename(dir, STAMP_FILE, NULL), *bytes = NULL;
	g_autoptr(GError) cause = NULL;
	struct stat status;
	gsize len;

	if (stat(dir, &status) != 0) {
		g_set_error(error, RAPPORTEUR_ERROR, rapporteur_error_of_errno(errno), "cannot open index '%s': %s", dir, g_strerror(errno));
		return false;
	}
	if (stat(path, &status) != 0) {
		g_set_error(error, RAPPORTEUR_ERROR, rapporteur_error_of_errno(errno), "cannot open index '%s': %s", dir,
		            errno == ENOENT || errno == ENOTDIR ? "it is not a Rapporteur index (it has no " STAMP_FILE ")" : g_strerror(errno));
		return false;
	}
	if (!g_file_get_contents(path, &bytes, &len, &cause)) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_IO, "cannot open index '%s': %s", dir, cause->message);
		return false;
	}
	if (!g_key_file_load_from_data(file, bytes, len, G_KEY_FILE_NONE, &cause) || !g_key_file_has_group(file, GROUP_INDEX)) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot open index '%s': its " STAMP_FILE " is damaged%s%s", dir,
		            cause ? ": " : "", cause ? cause->message : "");
		return false;
	}
	return true;
}

static bool version_error(GError **error, const char *dir, const char *what)
{
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_VERSION,
	            "cannot open index '%s': it was made with %s; rebuild it with rapporteur-index --rebuild", dir, what);
	return false;
}

static bool check_version(GKeyFile *file, const char *dir, const char *stemmer, GError **error)
{
	g_autofree char *made_with = g_key_file_get_string(file, GROUP_INDEX, "stemmer", NULL);

	if (g_key_file_get_integer(file, GROUP_INDEX, "format", NULL) != INDEX_FORMAT)
		return version_error(error, dir, "another version of the index format");
	if (g_key_file_get_integer(file, GROUP_INDEX, "analysis", NULL) != ANALYSIS_VERSION)
		return version_error(error, dir, "another version of the text analysis");
	if (stemmer && g_strcmp0(stemmer, made_with) != 0)
		return version_error(error, dir, "other stemmers than those installed here");
	return true;
}

static void read_dead(GKeyFile *file, const char *group, struct segment *segment)
{
	g_auto(GStrv) numbers = g_key_file_get_string_list(file, group, "dead", NULL, NULL);

	for (guint i = 0; numbers && numbers[i]; i++)
		segment_kill(segment, (guint32)g_ascii_strtoull(numbers[i], NULL, 10));
}

static struct segment *read_segment(GKeyFile *file, const char *group)
{
	g_autofree char *folder = g_key_file_get_string(file, group, "folder", NULL);
	g_autofree char *access = g_key_file_get_string(file, group, "access", NULL);
	char **languages = g_key_file_get_string_list(file, group, "languages", NULL, NULL);
	struct segment *segment;

	if (!folder || !access || strchr(folder, '/') || folder[0] == '.') {
		g_strfreev(languages);
		return NULL;
	}
	segment = segment_new(folder, access);
	segment->learnt = true;
	segment->text_bytes = g_key_file_get_uint64(file, group, "text-bytes", NULL);
	segment->documents = (guint32)g_key_file_get_uint64(file, group, "documents", NULL);
	segment->passages = (guint32)g_key_file_get_uint64(file, group, "passages", NULL);
	read_dead(file, group, segment);
	if (languages) {
		g_strfreev(segment->languages);
		segment->languages = languages;
	}
	return segment;
}

struct stamp *stamp_read(const char *dir, const char *stemmer, GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autofree char *made_with = NULL;
	g_autoptr(Stamp) stamp = NULL;
	guint64 n;

	if (!load(file, dir, error) || !check_version(file, dir, stemmer, error))
		return NULL;
	made_with = g_key_file_get_string(file, GROUP_INDEX, "stemmer", NULL);
	stamp = stamp_new(made_with);
	stamp->generation = g_key_file_get_uint64(file, GROUP_INDEX, "generation", NULL);
	stamp->next_source = (guint32)g_key_file_get_uint64(file, GROUP_INDEX, "next-source", NULL);
	stamp->next_segment = (guint32)g_key_file_get_uint64(file, GROUP_INDEX, "next-segment", NULL);
	n = g_key_file_get_uint64(file, GROUP_INDEX, "segments", NULL);
	if (!stamp->next_source || !stamp->next_segment) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT,
		            "cannot open index '%s': its " STAMP_FILE " is damaged: it has no counters", dir);
		return NULL;
	}
	for (guint64 i = 0; i < n; i++) {
		g_autofree char *group = g_strdup_printf("segment %" G_GUINT64_FORMAT, i + 1);
		struct segment *segment = i < SEGMENTS_MAX ? read_segment(file, group) : NULL;

		if (!segment) {
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT,
			            "cannot open index '%s': its " STAMP_FILE " is damaged: [%s] is missing or makes no sense", dir, group);
			return NULL;
		}
		g_ptr_array_add(stamp->segments, segment);
	}
	return g_steal_pointer(&stamp);
}

guint64 stamp_identity(const char *dir)
{
	g_autofree char *path = g_build_filename(dir, STAMP_FILE, NULL);
	struct stat status;

	if (stat(path, &status) != 0)
		return 0;
	return ((guint64)status.st_ino * 1000003u) ^ ((guint64)status.st_mtim.tv_sec * 1000000000u + (guint64)status.st_mtim.tv_nsec);
}

/* --- writing ------------------------------------------------------------------ */

static void write_segment(GKeyFile *file, const struct segment *segment, guint number)
{
	g_autofree char *group = g_strdup_printf("segment %u", number);
	g_autoptr(GString) dead = g_string_new(NULL);

	g_key_file_set_string(file, group, "folder", segment->folder);
	g_key_file_set_string(file, group, "access", segment->access);
	g_key_file_set_uint64(file, group, "text-bytes", segment->text_bytes);
	g_key_file_set_uint64(file, group, "documents", segment->documents);
	g_key_file_set_uint64(file, group, "passages", segment->passages);
	for (guint i = 0; i < segment->dead->len; i++)
		g_string_append_printf(dead, "%u;", g_array_index(segment->dead, guint32, i));
	if (dead->len)
		g_key_file_set_value(file, group, "dead", dead->str);
	g_key_file_set_string_list(file, group, "languages", (const char *const *)segment->languages, g_strv_length(segment->languages));
}

static char *stamp_bytes(const struct stamp *stamp, gsize *len)
{
	g_autoptr(GKeyFile) file = g_key_file_new();

	g_key_file_set_integer(file, GROUP_INDEX, "format", INDEX_FORMAT);
	g_key_file_set_integer(file, GROUP_INDEX, "analysis", ANALYSIS_VERSION);
	g_key_file_set_string(file, GROUP_INDEX, "stemmer", stamp->stemmer);
	g_key_file_set_uint64(file, GROUP_INDEX, "generation", stamp->generation);
	g_key_file_set_uint64(file, GROUP_INDEX, "next-source", stamp->next_source);
	g_key_file_set_uint64(file, GROUP_INDEX, "next-segment", stamp->next_segment);
	g_key_file_set_uint64(file, GROUP_INDEX, "segments", stamp->segments->len);
	for (guint i = 0; i < stamp->segments->len; i++)
		write_segment(file, g_ptr_array_index(stamp->segments, i), i + 1);
	return g_key_file_to_data(file, len, NULL);
}

bool stamp_write(const struct stamp *stamp, const char *dir, GError **error)
{
	g_autofree char *path = g_build_filename(dir, STAMP_FILE, NULL), *bytes = NULL;
	g_autoptr(GError) cause = NULL;
	gsize len;
	int folder;

	bytes = stamp_bytes(stamp, &len);
	if (!g_file_set_contents_full(path, bytes, (gssize)len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &cause)) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_IO, "cannot write index '%s': %s", dir, cause->message);
		return false;
	}
	folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder >= 0) {
		fsync(folder);
		close(folder);
	}
	return true;
}
