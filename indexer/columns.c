/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * columns.c - which passage has which speaker, panel, document, ...: reading and counting. Making the
 * file: columns-make.c.
 */
#include "indexer/columns-file.h"

#include <string.h>

#include "corpus/error.h"

const enum facet facet_of_slot[N_SLOTS] = {
	FACET_SPEAKER, FACET_PANEL, FACET_DOCUMENT, FACET_KIND, FACET_TYPE,
	FACET_ORGANISATION, FACET_YEAR, FACET_LANGUAGE, FACET_COUNTRY, FACET_EVENT,
	[SLOT_SECOND_ORGANISATION] = FACET_ORGANISATION,
	[SLOT_SECOND_YEAR] = FACET_YEAR,
};

/* --- reading --------------------------------------------------------------------------- */

static guint32 read_u32(const guint8 *at)
{
	guint32 le;

	memcpy(&le, at, 4);
	return GUINT32_FROM_LE(le);
}

struct bytes {
	const guint8 *at;
	guint64 left;
	bool bad;
};

/* The next part of the file; NULL once there was too little. */
static const guint8 *take(struct bytes *bytes, guint64 n)
{
	const guint8 *at = bytes->at;

	n = (n + 3) & ~(guint64)3;
	bytes->bad |= n > bytes->left;
	if (bytes->bad)
		return NULL;
	bytes->at += n;
	bytes->left -= n;
	return at;
}

static guint32 take_u32(struct bytes *bytes)
{
	const guint8 *at = take(bytes, 4);

	return at ? read_u32(at) : 0;
}

static void take_head(struct bytes *bytes, struct columns_head *head)
{
	const guint8 *magic = take(bytes, COLUMNS_MAGIC_BYTES);

	bytes->bad |= !magic || memcmp(magic, COLUMNS_MAGIC, COLUMNS_MAGIC_BYTES) != 0;
	head->passages = take_u32(bytes);
	head->groups = take_u32(bytes);
	head->column_width = take_u32(bytes);
	bytes->bad |= head->column_width < 1 || head->column_width > 4;
	for (guint i = 0; i < N_FACETS; i++) {
		head->facets[i].values = take_u32(bytes);
		head->facets[i].pool_bytes = take_u32(bytes);
	}
	for (guint i = 0; i < N_SLOTS; i++) {
		head->slot_width[i] = take_u32(bytes);
		bytes->bad |= head->slot_width[i] > 4;
	}
}

static bool read_parts(struct columns *c)
{
	struct bytes bytes = { (const guint8 *)g_mapped_file_get_contents(c->file), g_mapped_file_get_length(c->file), false };

	take_head(&bytes, &c->head);
	for (guint i = 0; i < N_FACETS; i++) {
		c->offsets[i] = take(&bytes, 4 * ((guint64)c->head.facets[i].values + 1));
		c->pools[i] = (const char *)take(&bytes, c->head.facets[i].pool_bytes);
	}
	for (guint i = 0; i < N_SLOTS; i++)
		c->slots[i] = take(&bytes, (guint64)c->head.groups * c->head.slot_width[i]);
	c->column = take(&bytes, (guint64)c->head.passages * c->head.column_width);
	return !bytes.bad && bytes.left == 0;
}

static void *damaged(const char *path, GError **error)
{
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': it is damaged", path);
	return NULL;
}

struct columns *columns_open(const char *segment, GError **error)
{
	g_autofree char *path = g_build_filename(segment, COLUMNS_FILE, NULL);
	g_autoptr(GError) cause = NULL;
	GMappedFile *file = g_mapped_file_new(path, FALSE, &cause);
	struct columns *c;

	if (!file) {
		bool gone = g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT);

		g_set_error(error, RAPPORTEUR_ERROR, gone ? RAPPORTEUR_ERROR_NOT_FOUND : RAPPORTEUR_ERROR_IO, "cannot open '%s': %s", path, cause->message);
		return NULL;
	}
	c = g_new0(struct columns, 1);
	c->file = file;
	if (read_parts(c))
		return c;
	columns_close(c);
	return damaged(path, error);
}

void columns_close(struct columns *c)
{
	if (!c)
		return;
	g_mapped_file_unref(c->file);
	g_free(c);
}

guint32 columns_passages(const struct columns *c)
{
	return c->head.passages;
}

guint32 columns_n_values(const struct columns *c, enum facet facet)
{
	return c->head.facets[facet].values;
}

/* A value with its NUL, and perhaps its key with another one. */
static bool is_text(const char *bytes, gsize len)
{
	gsize value = strlen(bytes) + 1;

	return g_utf8_validate(bytes, (gssize)value - 1, NULL) &&
	       (value == len || (strlen(bytes + value) + 1 == len - value && g_utf8_validate(bytes + value, (gssize)(len - value) - 1, NULL)));
}

const char *columns_value(const struct columns *c, enum facet facet, guint32 i)
{
	guint32 start, end;

	if (i >= c->head.facets[facet].values)
		return NULL;
	start = read_u32(c->offsets[facet] + 4 * (gsize)i);
	end = read_u32(c->offsets[facet] + 4 * ((gsize)i + 1));
	if (start >= end || end > c->head.facets[facet].pool_bytes || c->pools[facet][end - 1])
		return NULL;
	return is_text(c->pools[facet] + start, end - start) ? c->pools[facet] + start : NULL;
}

const char *columns_key(const struct columns *c, enum facet facet, guint32 i)
{
	const char *value = columns_value(c, facet, i), *end;

	if (!value)
		return NULL;
	end = c->pools[facet] + read_u32(c->offsets[facet] + 4 * ((gsize)i + 1));
	return value + strlen(value) + 1 < end ? value + strlen(value) + 1 : value;
}

/* How a spelling looks: names are written with capitals and small letters, and with their accents. */
static guint look_of(const char *s)
{
	bool upper = false, lower = false, begins = true;
	guint capitals = 0, inner = 0, accents = 0, written;

	for (; *s; s = g_utf8_next_char(s)) {
		gunichar c = g_utf8_get_char(s);

		upper |= g_unichar_isupper(c);
		lower |= g_unichar_islower(c);
		capitals += begins && g_unichar_isupper(c);
		inner += !begins && g_unichar_isupper(c);
		accents += c >= 0x80 && g_unichar_isalpha(c);
		begins = !g_unichar_isalnum(c);
	}
	written = upper && lower ? 2 : !lower;
	return written << 24 | MIN(accents, 0xff) << 16 | MIN(capitals, 0xff) << 8 | (0xff - MIN(inner, 0xff));
}

bool columns_better_written(const char *a, const char *b)
{
	guint x = look_of(a), y = look_of(b);

	return x != y ? x > y : strcmp(a, b) < 0;
}

/* --- counting -------------------------------------------------------------------------- */

guint32 *columns_count_groups(const struct columns *c, const guint64 *passages)
{
	guint32 *groups = g_new0(guint32, (gsize)c->head.groups + 1), n = c->head.passages;
	guint width = c->head.column_width;

	for (guint32 word = 0; word < (n + 63) / 64; word++)
		for (guint64 bits = passages[word]; bits; bits &= bits - 1) {
			guint32 i = word * 64 + (guint32)__builtin_ctzll(bits);
			guint32 place = i < n ? columns_read_narrow(c->column + (gsize)i * width, width) : c->head.groups;

			groups[MIN(place, c->head.groups)]++;
		}
	if (!groups[c->head.groups])
		return groups;
	g_free(groups);
	return NULL;
}

static bool count_slot(const struct columns *c, guint slot, const guint32 *groups, guint32 *counts)
{
	guint width = c->head.slot_width[slot];
	guint32 max = c->head.facets[facet_of_slot[slot]].values;

	for (guint32 i = 0; width && i < c->head.groups; i++) {
		guint32 value;

		if (!groups[i])
			continue;
		value = columns_read_narrow(c->slots[slot] + (gsize)i * width, width);
		if (value > max)
			return false;
		if (value)
			counts[value - 1] += groups[i];
	}
	return true;
}

bool columns_count(const struct columns *c, enum facet facet, const guint32 *groups, guint32 *counts)
{
	for (guint slot = 0; slot < N_SLOTS; slot++)
		if (facet_of_slot[slot] == facet && !count_slot(c, slot, groups, counts))
			return false;
	return true;
}
