/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-prints.c - any bytes as a segment's file of fingerprints: looked up, checked, and
 * merged with itself. What is found to be in order is still so behind others.
 */
#include <glib/gstdio.h>
#include <stdint.h>
#include <stdlib.h>

#include "indexer/prints.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define BEFORE 1000
#define LAST_DOCID (G_MAXUINT32 - BEFORE)

static char *folder, *file, *merged;

static void clean_up(void)
{
	g_remove(file);
	g_remove(merged);
	g_rmdir(folder);
	g_free(file);
	g_free(merged);
	g_free(folder);
}

static void make_folder(void)
{
	folder = g_dir_make_tmp("fuzz-prints-XXXXXX", NULL);
	g_assert_nonnull(folder);
	file = g_build_filename(folder, PRINTS_FILE, NULL);
	merged = g_build_filename(folder, "merged", NULL);
	atexit(clean_up);
}

static bool count(guint32 docid, void *data)
{
	(void)docid;
	++*(guint *)data;
	return true;
}

static void merge(const struct prints *prints)
{
	const char *const paths[] = { file };
	const guint32 before[] = { BEFORE };
	struct prints *again;

	g_assert_true(prints_merge(paths, before, 1, merged, NULL));
	again = prints_open(merged, NULL);
	g_assert_nonnull(again);
	g_assert_cmpuint(prints_count(again), ==, prints_count(prints));
	g_assert_true(prints_check(again, G_MAXUINT32));
	prints_close(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct prints *prints;
	guint n = 0;

	if (!folder)
		make_folder();
	if (!g_file_set_contents_full(file, (const char *)data, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
		return 0;
	prints = prints_open(file, NULL);
	if (!prints)
		return 0;
	for (guint32 i = 0; i < 64; i++)
		prints_each(prints, i * 0x04000001u, count, &n);
	if (prints_check(prints, LAST_DOCID))
		merge(prints);
	prints_close(prints);
	return 0;
}
