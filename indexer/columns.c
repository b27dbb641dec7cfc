/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * columns.c - which passage has which speaker, panel, document, ...
 */
#include "indexer/columns.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "corpus/error.h"

#define MAGIC "RAPFACT1"
#define MAGIC_BYTES 8

/* A value's places in a group. */
enum { SLOT_SECOND_ORGANISATION = N_FACETS, SLOT_SECOND_YEAR, N_SLOTS };

static const enum facet facet_of_slot[N_SLOTS] = {
	FACET_SPEAKER, FACET_PANEL, FACET_DOCUMENT, FACET_KIND, FACET_TYPE,
	FACET_ORGANISATION, FACET_YEAR, FACET_LANGUAGE, FACET_COUNTRY, FACET_EVENT,
	[SLOT_SECOND_ORGANISATION] = FACET_ORGANISATION,
	[SLOT_SECOND_YEAR] = FACET_YEAR,
};

struct group {
	guint32 values[N_SLOTS];	/* counted from 1 */
};

/* The numbers with which the file begins. */
struct head {
	guint32 passages, groups, column_width;
	struct {
		guint32 values, pool_bytes;
	} facets[N_FACETS];
	guint32 slot_width[N_SLOTS];
};

/* --- making ---------------------------------------------------------------------------- */

/* The values of a facet in the order in which they came. */
struct dictionary {
	GStringChunk *strings;
	GPtrArray *values;		/* const char * */
	GHashTable *numbers;		/* value -> its number, from 1 */
};

struct columns_maker {
	struct dictionary dictionaries[N_FACETS];
	GArray *groups;			/* struct group */
	GArray *column;			/* guint32 */
	guint document_groups;		/* from here on they are of the document in hand */
};

struct columns_maker *columns_maker_new(void)
{
	struct columns_maker *maker = g_new0(struct columns_maker, 1);

	for (guint i = 0; i < N_FACETS; i++) {
		maker->dictionaries[i].strings = g_string_chunk_new(4096);
		maker->dictionaries[i].values = g_ptr_array_new();
		maker->dictionaries[i].numbers = g_hash_table_new(g_str_hash, g_str_equal);
	}
	maker->groups = g_array_new(FALSE, FALSE, sizeof(struct group));
	maker->column = g_array_new(FALSE, FALSE, sizeof(guint32));
	return maker;
}

void columns_maker_free(struct columns_maker *maker)
{
	if (!maker)
		return;
	for (guint i = 0; i < N_FACETS; i++) {
		g_string_chunk_free(maker->dictionaries[i].strings);
		g_ptr_array_unref(maker->dictionaries[i].values);
		g_hash_table_unref(maker->dictionaries[i].numbers);
	}
	g_array_unref(maker->groups);
	g_array_unref(maker->column);
	g_free(maker);
}

static guint32 number_of(struct dictionary *dictionary, const char *value)
{
	gpointer number;

	if (!value || !*value)
		return 0;
	number = g_hash_table_lookup(dictionary->numbers, value);
	if (!number) {
		char *kept = g_string_chunk_insert(dictionary->strings, value);

		g_ptr_array_add(dictionary->values, kept);
		number = GUINT_TO_POINTER(dictionary->values->len);
		g_hash_table_insert(dictionary->numbers, kept, number);
	}
	return GPOINTER_TO_UINT(number);
}

static guint32 year_of(struct columns_maker *maker, const char *date)
{
	char year[5];

	if (!date)
		return 0;
	g_strlcpy(year, date, sizeof year);
	return number_of(&maker->dictionaries[FACET_YEAR], year);
}

static void set(struct columns_maker *maker, struct group *group, guint slot, const char *value)
{
	group->values[slot] = number_of(&maker->dictionaries[facet_of_slot[slot]], value);
}

/* As the filters see it, see fields_each_value. */
static void set_years(struct columns_maker *maker, struct group *group, const struct document *doc, const struct panel *panel)
{
	bool own = panel && panel->date;

	group->values[FACET_YEAR] = year_of(maker, own ? panel->date : doc->date);
	if (own || !doc->date || !doc->date_end)
		return;
	group->values[SLOT_SECOND_YEAR] = year_of(maker, doc->date_end);
	if (group->values[SLOT_SECOND_YEAR] == group->values[FACET_YEAR])
		group->values[SLOT_SECOND_YEAR] = 0;
}

static void set_speaker(struct columns_maker *maker, struct group *group, const struct person *person)
{
	set(maker, group, FACET_SPEAKER, person->name);
	set(maker, group, FACET_COUNTRY, person->country);
	set(maker, group, FACET_ORGANISATION, person->organisation);
	if (!person->body)
		return;
	set(maker, group, group->values[FACET_ORGANISATION] ? SLOT_SECOND_ORGANISATION : FACET_ORGANISATION, person->name);
	if (group->values[SLOT_SECOND_ORGANISATION] == group->values[FACET_ORGANISATION])
		group->values[SLOT_SECOND_ORGANISATION] = 0;
}

static struct group group_of(struct columns_maker *maker, const struct document *doc, const struct passage *passage)
{
	const struct panel *panel = passage->panel >= 0 ? document_panel(doc, passage->panel) : NULL;
	struct group group = { { 0 } };

	if (passage->attribution.speaker >= 0)
		set_speaker(maker, &group, document_person(doc, passage->attribution.speaker));
	if (panel)
		set(maker, &group, FACET_PANEL, panel->label ? panel->label : panel->title);
	set(maker, &group, FACET_DOCUMENT, doc->id);
	set(maker, &group, FACET_KIND, kind_name(passage->kind));
	set(maker, &group, FACET_TYPE, type_name(doc->type));
	set(maker, &group, FACET_LANGUAGE, doc->language);
	set(maker, &group, FACET_EVENT, doc->event);
	set_years(maker, &group, doc, panel);
	return group;
}

/* Groups are looked for among the last ones of the same document only: no other has the
 * like, and one that comes twice does no harm. */
#define LOOK_BACK 64

static guint32 place_of(struct columns_maker *maker, const struct group *group)
{
	guint n = maker->groups->len;

	if (n && g_array_index(maker->groups, struct group, n - 1).values[FACET_DOCUMENT] != group->values[FACET_DOCUMENT])
		maker->document_groups = n;
	for (guint i = n; i > maker->document_groups && n - i < LOOK_BACK; i--)
		if (memcmp(&g_array_index(maker->groups, struct group, i - 1), group, sizeof *group) == 0)
			return i - 1;
	g_array_append_vals(maker->groups, group, 1);
	return n;
}

void columns_maker_add(struct columns_maker *maker, const struct document *doc, const struct passage *passage)
{
	struct group group = group_of(maker, doc, passage);
	guint32 place = place_of(maker, &group);

	g_array_append_val(maker->column, place);
}

/* --- writing --------------------------------------------------------------------------- */

struct sorted {
	const char *value;
	guint32 number;		/* in the order in which they came */
};

static gint by_value(gconstpointer a, gconstpointer b)
{
	return strcmp(((const struct sorted *)a)->value, ((const struct sorted *)b)->value);
}

/* New numbers for old ones: from 1, in the order of the values. */
static guint32 *renumber(const struct dictionary *dictionary, GPtrArray *in_order)
{
	guint n = dictionary->values->len;
	g_autofree struct sorted *all = g_new(struct sorted, n + 1);
	guint32 *numbers = g_new0(guint32, n + 1);

	for (guint i = 0; i < n; i++)
		all[i] = (struct sorted){ g_ptr_array_index(dictionary->values, i), i + 1 };
	if (n)
		qsort(all, n, sizeof *all, by_value);
	for (guint i = 0; i < n; i++) {
		g_ptr_array_add(in_order, (gpointer)all[i].value);
		numbers[all[i].number] = i + 1;
	}
	return numbers;
}

static guint width_for(guint32 max)
{
	return max == 0 ? 0 : max < 1u << 8 ? 1 : max < 1u << 16 ? 2 : max < 1u << 24 ? 3 : 4;
}

static void put_u32(FILE *file, guint32 n)
{
	guint32 le = GUINT32_TO_LE(n);

	fwrite(&le, 4, 1, file);
}

static void put_narrow(FILE *file, guint32 n, guint width)
{
	guint32 le = GUINT32_TO_LE(n);

	fwrite(&le, width, 1, file);
}

static gsize padded(guint64 bytes)
{
	return (gsize)((bytes + 3) & ~(guint64)3);
}

static void pad(FILE *file, guint64 bytes)
{
	fwrite("\0\0\0", 1, padded(bytes) - bytes, file);
}

static guint64 pool_bytes(const GPtrArray *values)
{
	guint64 bytes = 0;

	for (guint i = 0; i < values->len; i++)
		bytes += strlen(g_ptr_array_index(values, i)) + 1;
	return bytes;
}

static void put_pool(FILE *file, const GPtrArray *values)
{
	guint32 at = 0;

	put_u32(file, 0);
	for (guint i = 0; i < values->len; i++)
		put_u32(file, at += (guint32)strlen(g_ptr_array_index(values, i)) + 1);
	for (guint i = 0; i < values->len; i++)
		fwrite(g_ptr_array_index(values, i), 1, strlen(g_ptr_array_index(values, i)) + 1, file);
	pad(file, at);
}

static void put_slot(FILE *file, const struct columns_maker *maker, guint slot, const guint32 *numbers, guint width)
{
	if (!width)
		return;
	for (guint i = 0; i < maker->groups->len; i++)
		put_narrow(file, numbers[g_array_index(maker->groups, struct group, i).values[slot]], width);
	pad(file, (guint64)maker->groups->len * width);
}

static void put_all(FILE *file, const struct columns_maker *maker, GPtrArray **values, guint32 **numbers)
{
	guint width = MAX(width_for(maker->groups->len), 1);

	fwrite(MAGIC, 1, MAGIC_BYTES, file);
	put_u32(file, maker->column->len);
	put_u32(file, maker->groups->len);
	put_u32(file, width);
	for (guint i = 0; i < N_FACETS; i++) {
		put_u32(file, values[i]->len);
		put_u32(file, (guint32)pool_bytes(values[i]));
	}
	for (guint i = 0; i < N_SLOTS; i++)
		put_u32(file, width_for(values[facet_of_slot[i]]->len));
	for (guint i = 0; i < N_FACETS; i++)
		put_pool(file, values[i]);
	for (guint i = 0; i < N_SLOTS; i++)
		put_slot(file, maker, i, numbers[facet_of_slot[i]], width_for(values[facet_of_slot[i]]->len));
	for (guint i = 0; i < maker->column->len; i++)
		put_narrow(file, g_array_index(maker->column, guint32, i), width);
	pad(file, (guint64)maker->column->len * width);
}

static bool write_failed(const char *path, int number, GError **error)
{
	g_set_error(error, RAPPORTEUR_ERROR, rapporteur_error_of_errno(number), "cannot write '%s': %s", path, g_strerror(number));
	return false;
}

bool columns_maker_write(struct columns_maker *maker, const char *segment, GError **error)
{
	g_autofree char *path = g_build_filename(segment, COLUMNS_FILE, NULL);
	GPtrArray *values[N_FACETS];
	guint32 *numbers[N_FACETS];
	FILE *file = g_fopen(path, "wb");
	bool ok;

	if (!file)
		return write_failed(path, errno, error);
	for (guint i = 0; i < N_FACETS; i++) {
		values[i] = g_ptr_array_new();
		numbers[i] = renumber(&maker->dictionaries[i], values[i]);
	}
	put_all(file, maker, values, numbers);
	for (guint i = 0; i < N_FACETS; i++) {
		g_ptr_array_unref(values[i]);
		g_free(numbers[i]);
	}
	errno = 0;
	ok = !ferror(file);
	ok = fclose(file) == 0 && ok;
	return ok || write_failed(path, errno ? errno : EIO, error);
}

/* --- reading --------------------------------------------------------------------------- */

struct columns {
	GMappedFile *file;
	struct head head;
	const guint8 *offsets[N_FACETS];
	const char *pools[N_FACETS];
	const guint8 *slots[N_SLOTS];
	const guint8 *column;
};

static guint32 read_u32(const guint8 *at)
{
	guint32 le;

	memcpy(&le, at, 4);
	return GUINT32_FROM_LE(le);
}

/* width: 1 to 4. The bytes of one number each, so that nothing behind the last one is looked at. */
static guint32 read_narrow(const guint8 *at, guint width)
{
	guint32 n = at[0];

	if (width > 1)
		n |= (guint32)at[1] << 8;
	if (width > 2)
		n |= (guint32)at[2] << 16;
	if (width > 3)
		n |= (guint32)at[3] << 24;
	return n;
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

static void take_head(struct bytes *bytes, struct head *head)
{
	const guint8 *magic = take(bytes, MAGIC_BYTES);

	bytes->bad |= !magic || memcmp(magic, MAGIC, MAGIC_BYTES) != 0;
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

const char *columns_value(const struct columns *c, enum facet facet, guint32 i)
{
	guint32 start, end;

	if (i >= c->head.facets[facet].values)
		return NULL;
	start = read_u32(c->offsets[facet] + 4 * (gsize)i);
	end = read_u32(c->offsets[facet] + 4 * ((gsize)i + 1));
	if (start >= end || end > c->head.facets[facet].pool_bytes || c->pools[facet][end - 1])
		return NULL;
	return c->pools[facet] + start;
}

static bool append_values(struct columns_maker *maker, const struct columns *c, enum facet facet, guint32 *numbers)
{
	for (guint32 i = 0; i < c->head.facets[facet].values; i++) {
		const char *value = columns_value(c, facet, i);

		if (!value)
			return false;
		numbers[i + 1] = number_of(&maker->dictionaries[facet], value);
	}
	return true;
}

static bool append_groups(struct columns_maker *maker, const struct columns *c, guint32 **numbers)
{
	for (guint32 i = 0; i < c->head.groups; i++) {
		struct group group = { { 0 } };

		for (guint slot = 0; slot < N_SLOTS; slot++) {
			guint width = c->head.slot_width[slot];
			guint32 value = width ? read_narrow(c->slots[slot] + (gsize)i * width, width) : 0;

			if (value > c->head.facets[facet_of_slot[slot]].values)
				return false;
			group.values[slot] = value ? numbers[facet_of_slot[slot]][value] : 0;
		}
		g_array_append_val(maker->groups, group);
	}
	return true;
}

static bool append_column(struct columns_maker *maker, const struct columns *c, guint32 base)
{
	guint width = c->head.column_width;

	for (guint32 i = 0; i < c->head.passages; i++) {
		guint32 place = read_narrow(c->column + (gsize)i * width, width);

		if (place >= c->head.groups)
			return false;
		place += base;
		g_array_append_val(maker->column, place);
	}
	return true;
}

bool columns_maker_append(struct columns_maker *maker, const struct columns *c, GError **error)
{
	guint32 *numbers[N_FACETS], base = maker->groups->len;
	bool ok = true;

	for (guint i = 0; i < N_FACETS; i++) {
		numbers[i] = g_new0(guint32, (gsize)c->head.facets[i].values + 1);
		ok = ok && append_values(maker, c, (enum facet)i, numbers[i]);
	}
	ok = ok && append_groups(maker, c, numbers) && append_column(maker, c, base);
	for (guint i = 0; i < N_FACETS; i++)
		g_free(numbers[i]);
	maker->document_groups = maker->groups->len;
	if (!ok)
		damaged(COLUMNS_FILE, error);
	return ok;
}

/* --- counting -------------------------------------------------------------------------- */

guint32 *columns_count_groups(const struct columns *c, const guint64 *passages)
{
	guint32 *groups = g_new0(guint32, (gsize)c->head.groups + 1), n = c->head.passages;
	guint width = c->head.column_width;

	for (guint32 word = 0; word < (n + 63) / 64; word++)
		for (guint64 bits = passages[word]; bits; bits &= bits - 1) {
			guint32 i = word * 64 + (guint32)__builtin_ctzll(bits);
			guint32 place = i < n ? read_narrow(c->column + (gsize)i * width, width) : c->head.groups;

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
		value = read_narrow(c->slots[slot] + (gsize)i * width, width);
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
