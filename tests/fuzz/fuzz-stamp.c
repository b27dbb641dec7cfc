/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-stamp.c - any bytes as the stamp of an index. What reads as a stamp is
 * written again, and reads the same.
 */
#include <glib/gstdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/error.h"
#include "indexer/stamp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *folder, *file;

static void clean_up(void)
{
	g_remove(file);
	g_rmdir(folder);
	g_free(file);
	g_free(folder);
}

static void make_folder(void)
{
	folder = g_dir_make_tmp("fuzz-stamp-XXXXXX", NULL);
	g_assert_nonnull(folder);
	file = g_build_filename(folder, STAMP_FILE, NULL);
	atexit(clean_up);
}

static void assert_segment(const struct segment *got, const struct segment *expected)
{
	g_assert_cmpstr(got->folder, ==, expected->folder);
	g_assert_cmpstr(got->access, ==, expected->access);
	g_assert_null(strchr(got->folder, '/'));
	g_assert_cmpuint(got->passages, ==, expected->passages);
	g_assert_cmpuint(got->dead->len, ==, expected->dead->len);
	for (guint i = 0; i < got->dead->len; i++) {
		guint32 dead = g_array_index(got->dead, guint32, i);

		g_assert_true(segment_is_dead(expected, dead));
		g_assert_true(i == 0 || g_array_index(got->dead, guint32, i - 1) < dead);
	}
}

static void assert_same(const struct stamp *stamp)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Stamp) again = NULL;

	g_assert_true(stamp_write(stamp, folder, &error));
	again = stamp_read(folder, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(again->generation, ==, stamp->generation);
	g_assert_cmpuint(again->next_source, ==, stamp->next_source);
	g_assert_cmpuint(again->segments->len, ==, stamp->segments->len);
	for (guint i = 0; i < stamp->segments->len; i++)
		assert_segment(g_ptr_array_index(again->segments, i), g_ptr_array_index(stamp->segments, i));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Stamp) stamp = NULL;

	if (!folder)
		make_folder();
	if (!g_file_set_contents_full(file, (const char *)data, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
		return 0;
	stamp = stamp_read(folder, NULL, &error);
	if (stamp)
		assert_same(stamp);
	else
		g_assert_true(error->code == RAPPORTEUR_ERROR_CORRUPT || error->code == RAPPORTEUR_ERROR_VERSION);
	return 0;
}
