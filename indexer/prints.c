/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * prints.c - the file of fingerprints.
 *
 *   "RapF" | bits | low bytes | docid bytes | 0 | n u32           what follows has which size
 *   start u32, 2^bits + 1 times                                   of each bucket, the first entry's number
 *   n entries: low bytes of the fingerprint | docid               ascending
 *
 * All numbers are little-endian. The highest bits of a fingerprint are its bucket; the
 * others, in whole bytes, and as many bytes of the docid as the largest one has, are an entry.
 */
#include "indexer/prints.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "corpus/error.h"

#define MAGIC "RapF"
#define HEADER_BYTES 12
#define SPILL_ENTRIES (1u << 20)	/* 8 MiB */
#define ENTRIES_MAX G_MAXUINT32
#define FEW 4096			/* of fewer there is one bucket */
#define MANY (1u << 20)			/* of so many, 2^16 */

struct prints {
	GMappedFile *file;
	const guint8 *starts, *entries;
	guint bits, low_bytes, docid_bytes;
	guint32 n;
};

static guint64 get_number(const guint8 *bytes, guint width)
{
	guint64 number = 0;

	for (guint i = 0; i < width; i++)
		number |= (guint64)bytes[i] << 8 * i;
	return number;
}

static void put_number(GString *out, guint64 number, guint width)
{
	for (guint i = 0; i < width; i++)
		g_string_append_c(out, (char)(number >> 8 * i));
}

/* --- reading ---------------------------------------------------------------------------- */

static bool set_layout(struct prints *p)
{
	const guint8 *bytes = (const guint8 *)g_mapped_file_get_contents(p->file);
	gsize len = g_mapped_file_get_length(p->file), table;

	if (len < HEADER_BYTES || memcmp(bytes, MAGIC, 4) != 0)
		return false;
	p->bits = bytes[4];
	p->low_bytes = bytes[5];
	p->docid_bytes = bytes[6];
	p->n = (guint32)get_number(bytes + 8, 4);
	if (p->bits > 16 || p->bits % 8 || p->low_bytes != 4 - p->bits / 8 || p->docid_bytes < 1 || p->docid_bytes > 4)
		return false;
	table = (((gsize)1 << p->bits) + 1) * 4;
	p->starts = bytes + HEADER_BYTES;
	p->entries = p->starts + table;
	return len == HEADER_BYTES + table + (guint64)p->n * (p->low_bytes + p->docid_bytes);
}

struct prints *prints_open(const char *path, GError **error)
{
	g_autoptr(GError) cause = NULL;
	GMappedFile *file = g_mapped_file_new(path, FALSE, &cause);
	struct prints *p;

	if (!file) {
		int code = g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? RAPPORTEUR_ERROR_NOT_FOUND : RAPPORTEUR_ERROR_IO;

		g_set_error(error, RAPPORTEUR_ERROR, code, "cannot read '%s': %s", path, cause->message);
		return NULL;
	}
	p = g_new0(struct prints, 1);
	p->file = file;
	if (set_layout(p))
		return p;
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': it is damaged", path);
	prints_close(p);
	return NULL;
}

void prints_close(struct prints *p)
{
	if (!p)
		return;
	g_mapped_file_unref(p->file);
	g_free(p);
}

guint32 prints_count(const struct prints *p)
{
	return p->n;
}

static guint32 start_of(const struct prints *p, guint bucket)
{
	return MIN((guint32)get_number(p->starts + (gsize)bucket * 4, 4), p->n);
}

static const guint8 *entry_at(const struct prints *p, guint32 i)
{
	return p->entries + (gsize)i * (p->low_bytes + p->docid_bytes);
}

static guint32 low_at(const struct prints *p, guint32 i)
{
	return (guint32)get_number(entry_at(p, i), p->low_bytes);
}

static guint32 docid_at(const struct prints *p, guint32 i)
{
	return (guint32)get_number(entry_at(p, i) + p->low_bytes, p->docid_bytes);
}

static guint bucket_of(const struct prints *p, guint32 fingerprint)
{
	return p->bits ? fingerprint >> (32 - p->bits) : 0;
}

void prints_each(const struct prints *p, guint32 fingerprint, prints_fn *fn, void *data)
{
	guint bucket = bucket_of(p, fingerprint);
	guint32 low = p->bits ? fingerprint & (G_MAXUINT32 >> p->bits) : fingerprint;
	guint32 from = start_of(p, bucket), end = start_of(p, bucket + 1), to = end;

	while (from < to) {	/* the first that is not below */
		guint32 middle = from + (to - from) / 2;

		if (low_at(p, middle) < low)
			from = middle + 1;
		else
			to = middle;
	}
	for (guint32 i = from; i < end && low_at(p, i) == low; i++)
		if (!fn(docid_at(p, i), data))
			return;
}

bool prints_check(const struct prints *p, guint32 last_docid)
{
	guint buckets = 1u << p->bits;
	guint64 before = 0;

	if (get_number(p->starts, 4) != 0 || get_number(p->starts + (gsize)buckets * 4, 4) != p->n)
		return false;
	for (guint bucket = 0; bucket < buckets; bucket++) {
		guint32 from = start_of(p, bucket), to = start_of(p, bucket + 1);

		if (from > to)
			return false;
		before = 0;
		for (guint32 i = from; i < to; i++) {
			guint64 entry = (guint64)low_at(p, i) << 32 | docid_at(p, i);

			if (entry <= before || (guint32)entry == 0 || (guint32)entry > last_docid)
				return false;
			before = entry;
		}
	}
	return true;
}

/* --- writing ------------------------------------------------------------------------------ */

struct sink {
	FILE *file;
	const char *path;
	guint bits, low_bytes, docid_bytes;
	GString *starts, *buffer;
	guint bucket;		/* the next whose start is not known */
	guint32 n;
};

static bool cannot_write(const char *path, GError **error)
{
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_IO, "cannot write '%s': %s", path, g_strerror(errno));
	return false;
}

static bool sink_open(struct sink *sink, const char *path, guint32 n, guint32 last_docid, GError **error)
{
	*sink = (struct sink){ .path = path, .bits = n < FEW ? 0 : n < MANY ? 8 : 16, .docid_bytes = 1 };
	sink->low_bytes = 4 - sink->bits / 8;
	while (sink->docid_bytes < 4 && last_docid >> 8 * sink->docid_bytes)
		sink->docid_bytes++;
	sink->starts = g_string_new(MAGIC);
	put_number(sink->starts, sink->bits | sink->low_bytes << 8 | sink->docid_bytes << 16, 4);
	put_number(sink->starts, n, 4);
	sink->buffer = g_string_new(NULL);
	sink->file = g_fopen(path, "wb");
	if (sink->file && fseek(sink->file, HEADER_BYTES + ((1L << sink->bits) + 1) * 4, SEEK_SET) == 0)
		return true;
	return cannot_write(path, error);
}

static bool sink_flush(struct sink *sink, GError **error)
{
	if (sink->buffer->len && fwrite(sink->buffer->str, sink->buffer->len, 1, sink->file) != 1)
		return cannot_write(sink->path, error);
	g_string_truncate(sink->buffer, 0);
	return true;
}

/* Entries come in ascending order: the fingerprint in the upper half. */
static bool sink_put(struct sink *sink, guint64 entry, GError **error)
{
	guint32 fingerprint = (guint32)(entry >> 32);
	guint bucket = sink->bits ? fingerprint >> (32 - sink->bits) : 0;

	for (; sink->bucket <= bucket; sink->bucket++)
		put_number(sink->starts, sink->n, 4);
	put_number(sink->buffer, fingerprint, sink->low_bytes);
	put_number(sink->buffer, (guint32)entry, sink->docid_bytes);
	sink->n++;
	return sink->buffer->len < 65536 || sink_flush(sink, error);
}

static bool sink_end(struct sink *sink, GError **error)
{
	for (; sink->bucket <= 1u << sink->bits; sink->bucket++)
		put_number(sink->starts, sink->n, 4);
	return sink_flush(sink, error) &&
	       ((fseek(sink->file, 0, SEEK_SET) == 0 && fwrite(sink->starts->str, sink->starts->len, 1, sink->file) == 1) ||
	        cannot_write(sink->path, error));
}

static bool sink_close(struct sink *sink, bool ok, GError **error)
{
	if (sink->file && fclose(sink->file) != 0 && ok)
		ok = cannot_write(sink->path, error);
	g_string_free(sink->starts, TRUE);
	g_string_free(sink->buffer, TRUE);
	if (!ok)
		g_unlink(sink->path);
	return ok;
}

/* --- putting together ------------------------------------------------------------------------- */

struct part {
	struct prints *prints;
	guint32 before, next;
	guint bucket;		/* of the next */
	guint64 entry;		/* the next, numbered anew; G_MAXUINT64: none */
};

static void step(struct part *part)
{
	const struct prints *p = part->prints;

	if (part->next >= p->n) {
		part->entry = G_MAXUINT64;
		return;
	}
	while (part->bucket + 1 < 1u << p->bits && start_of(p, part->bucket + 1) <= part->next)
		part->bucket++;
	part->entry = (guint64)low_at(p, part->next) << 32 | (guint32)(docid_at(p, part->next) + part->before);
	if (p->bits)
		part->entry |= (guint64)part->bucket << (64 - p->bits);
	part->next++;
}

static bool merge_parts(struct part *parts, guint n, const char *out, GError **error)
{
	guint64 total = 0;
	guint32 last_docid = 0;
	struct sink sink;
	bool ok;

	for (guint i = 0; i < n; i++) {
		guint32 most = (guint32)(G_MAXUINT32 >> (32 - 8 * parts[i].prints->docid_bytes));

		total += parts[i].prints->n;
		last_docid = MAX(last_docid, most > G_MAXUINT32 - parts[i].before ? G_MAXUINT32 : most + parts[i].before);
		step(&parts[i]);
	}
	if (total > ENTRIES_MAX) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE, "cannot write '%s': more than %u fingerprints", out, ENTRIES_MAX);
		return false;
	}
	ok = sink_open(&sink, out, (guint32)total, last_docid, error);
	for (guint64 i = 0; i < total && ok; i++) {
		struct part *least = parts;

		for (guint j = 1; j < n; j++)
			if (parts[j].entry < least->entry)
				least = &parts[j];
		ok = sink_put(&sink, least->entry, error);
		step(least);
	}
	ok = ok && sink_end(&sink, error);
	return sink_close(&sink, ok, error);
}

bool prints_merge(const char *const *paths, const guint32 *before, guint n, const char *out, GError **error)
{
	struct part *parts = g_new0(struct part, n + 1);
	bool ok = true;
	guint opened;

	for (opened = 0; opened < n && ok; opened++) {
		parts[opened].before = before[opened];
		parts[opened].prints = prints_open(paths[opened], error);
		ok = parts[opened].prints != NULL;
	}
	ok = ok && merge_parts(parts, n, out, error);
	for (guint i = 0; i < opened; i++)
		prints_close(parts[i].prints);
	g_free(parts);
	return ok;
}

/* --- gathering ---------------------------------------------------------------------------------- */

struct prints_maker {
	char *scratch;
	GArray *entries;	/* guint64 */
	GPtrArray *spilled;	/* char *: paths */
};

static void remove_file(gpointer path)
{
	g_unlink(path);
	g_free(path);
}

struct prints_maker *prints_maker_new(const char *scratch)
{
	struct prints_maker *maker = g_new0(struct prints_maker, 1);

	maker->scratch = g_strdup(scratch);
	maker->entries = g_array_new(FALSE, FALSE, sizeof(guint64));
	maker->spilled = g_ptr_array_new_with_free_func(remove_file);
	return maker;
}

void prints_maker_free(struct prints_maker *maker)
{
	if (!maker)
		return;
	g_array_unref(maker->entries);
	if (maker->spilled->len) {
		g_ptr_array_set_size(maker->spilled, 0);
		g_rmdir(maker->scratch);
	}
	g_ptr_array_unref(maker->spilled);
	g_free(maker->scratch);
	g_free(maker);
}

static gint by_entry(gconstpointer a, gconstpointer b)
{
	guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

	return (x > y) - (x < y);
}

static bool write_entries(struct prints_maker *maker, const char *path, GError **error)
{
	guint32 last_docid = 0;
	struct sink sink;
	bool ok;

	g_array_sort(maker->entries, by_entry);
	for (guint i = 0; i < maker->entries->len; i++)
		last_docid = MAX(last_docid, (guint32)g_array_index(maker->entries, guint64, i));
	ok = sink_open(&sink, path, maker->entries->len, last_docid, error);
	for (guint i = 0; i < maker->entries->len && ok; i++)
		ok = sink_put(&sink, g_array_index(maker->entries, guint64, i), error);
	ok = ok && sink_end(&sink, error);
	g_array_set_size(maker->entries, 0);
	return sink_close(&sink, ok, error);
}

static bool spill(struct prints_maker *maker, GError **error)
{
	char *path = g_strdup_printf("%s/%u", maker->scratch, maker->spilled->len);

	if (!maker->spilled->len)
		g_mkdir(maker->scratch, 0777);	/* where that fails, so will the file */
	g_ptr_array_add(maker->spilled, path);
	return write_entries(maker, path, error);
}

bool prints_maker_add(struct prints_maker *maker, guint32 fingerprint, guint32 docid, GError **error)
{
	guint64 entry = (guint64)fingerprint << 32 | docid;

	g_array_append_val(maker->entries, entry);
	return maker->entries->len < SPILL_ENTRIES || spill(maker, error);
}

bool prints_maker_finish(struct prints_maker *maker, const char *path, GError **error)
{
	g_autofree guint32 *before = NULL;

	if (!maker->spilled->len)
		return write_entries(maker, path, error);
	if (maker->entries->len && !spill(maker, error))
		return false;
	before = g_new0(guint32, maker->spilled->len);
	return prints_merge((const char *const *)maker->spilled->pdata, before, maker->spilled->len, path, error);
}
