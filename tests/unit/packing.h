/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * packing.h - archives in memory, for tests and fuzzers of formats that are made of parts.
 */
#ifndef TESTS_PACKING_H
#define TESTS_PACKING_H

#include <glib.h>
#include <string.h>
#include <zip.h>

struct packing {
	zip_source_t *source;
	zip_t *zip;
};

static inline void packing_begin(struct packing *packing)
{
	packing->source = zip_source_buffer_create(NULL, 0, 0, NULL);
	g_assert_nonnull(packing->source);
	zip_source_keep(packing->source);
	packing->zip = zip_open_from_source(packing->source, ZIP_TRUNCATE, NULL);
	g_assert_nonnull(packing->zip);
}

/* The bytes must live until packing_end. */
static inline void packing_add(struct packing *packing, const char *name, const void *s, gsize len)
{
	zip_source_t *part = zip_source_buffer(packing->zip, s, len, 0);

	g_assert_nonnull(part);
	if (zip_file_add(packing->zip, name, part, ZIP_FL_OVERWRITE) < 0)
		zip_source_free(part);
}

static inline GBytes *packing_end(struct packing *packing)
{
	zip_stat_t stat;
	char *s;

	g_assert_cmpint(zip_close(packing->zip), ==, 0);
	g_assert_cmpint(zip_source_stat(packing->source, &stat), ==, 0);
	s = g_malloc(stat.size);
	g_assert_cmpint(zip_source_open(packing->source), ==, 0);
	g_assert_cmpint(zip_source_read(packing->source, s, stat.size), ==, (zip_int64_t)stat.size);
	zip_source_close(packing->source);
	zip_source_free(packing->source);
	return g_bytes_new_take(s, stat.size);
}

/* Names and texts in turn, NULL at the end. */
static inline GBytes *packing_of(const char *const *parts)
{
	struct packing packing;

	packing_begin(&packing);
	for (; parts[0]; parts += 2)
		packing_add(&packing, parts[0], parts[1], strlen(parts[1]));
	return packing_end(&packing);
}

/* The next "@@ " at or after s; NULL. */
static inline const char *packing_mark(const char *s, const char *end)
{
	while (s && end - s >= 3 && memcmp(s, "@@ ", 3))
		s = memchr(s + 1, '@', (gsize)(end - s - 1));
	return s && end - s >= 3 ? s : NULL;
}

/* The same of one text: each part begins behind a line "@@ NAME". Not packed, which would only take time. */
static inline GBytes *packing_of_text(const char *s, gsize len)
{
	const char *end = s + len, *at = packing_mark(s, end);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	struct packing packing;

	packing_begin(&packing);
	while (at && names->len < 100) {
		const char *name = at + 3, *line = memchr(name, '\n', (gsize)(end - name)), *next;

		if (!line)
			break;
		g_ptr_array_add(names, g_strndup(name, (gsize)(line - name)));
		line++;
		next = packing_mark(line, end);
		packing_add(&packing, names->pdata[names->len - 1], line, (gsize)((next ? next : end) - line));
		at = next;
	}
	if (zip_get_num_entries(packing.zip, 0) <= 0)	/* libzip writes no empty archive */
		packing_add(&packing, "none", "", 0);
	for (zip_int64_t i = 0; i < zip_get_num_entries(packing.zip, 0); i++)
		zip_set_file_compression(packing.zip, (zip_uint64_t)i, ZIP_CM_STORE, 0);
	return packing_end(&packing);
}

#endif
