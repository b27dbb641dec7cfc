/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * columns-make.c - which passage has which speaker, panel, document, ...: making the file.
 *
 * Spellings of a value that differ in case and accents alone are one value: filters cannot tell them
 * apart, either. It is shown as it is best written.
 */
#include "indexer/columns-file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "corpus/error.h"
#include "indexer/fields.h"

struct group {
	guint32 values[N_SLOTS];	/* counted from 1 */
};

/* --- making ---------------------------------------------------------------------------- */

struct entry {
	const char *value, *key;
};

/* The values of a facet in the order in which they came. */
struct dictionary {
	GStringChunk *strings;
	GArray *values;			/* struct entry */
	GHashTable *numbers;		/* value, as each was written -> its number, from 1 */
	GHashTable *keys;		/* key -> the same */
};

struct columns_maker {
	struct analysis *analysis;
	struct dictionary dictionaries[N_FACETS];
	GArray *groups;			/* struct group */
	GArray *column;			/* guint32 */
	guint document_groups;		/* from here on they are of the document in hand */
};

struct columns_maker *columns_maker_new(struct analysis *analysis)
{
	struct columns_maker *maker = g_new0(struct columns_maker, 1);

	maker->analysis = analysis;
	for (guint i = 0; i < N_FACETS; i++) {
		maker->dictionaries[i].strings = g_string_chunk_new(4096);
		maker->dictionaries[i].values = g_array_new(FALSE, FALSE, sizeof(struct entry));
		maker->dictionaries[i].numbers = g_hash_table_new(g_str_hash, g_str_equal);
		maker->dictionaries[i].keys = g_hash_table_new(g_str_hash, g_str_equal);
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
		g_array_unref(maker->dictionaries[i].values);
		g_hash_table_unref(maker->dictionaries[i].numbers);
		g_hash_table_unref(maker->dictionaries[i].keys);
	}
	g_array_unref(maker->groups);
	g_array_unref(maker->column);
	g_free(maker);
}

/* The spelling of that key, or an equal one. */
static guint32 number_of_key(struct dictionary *dictionary, const char *value, const char *key)
{
	guint32 number = GPOINTER_TO_UINT(g_hash_table_lookup(dictionary->keys, key));
	char *kept = g_string_chunk_insert(dictionary->strings, value);

	if (!number) {
		struct entry entry = { kept, strcmp(key, value) == 0 ? kept : g_string_chunk_insert(dictionary->strings, key) };

		g_array_append_val(dictionary->values, entry);
		number = dictionary->values->len;
		g_hash_table_insert(dictionary->keys, (gpointer)entry.key, GUINT_TO_POINTER(number));
	} else if (columns_better_written(value, g_array_index(dictionary->values, struct entry, number - 1).value)) {
		g_array_index(dictionary->values, struct entry, number - 1).value = kept;
	}
	g_hash_table_insert(dictionary->numbers, kept, GUINT_TO_POINTER(number));
	return number;
}

static bool has_key(enum facet facet)
{
	return facet != FACET_KIND && facet != FACET_TYPE && facet != FACET_YEAR && facet != FACET_LANGUAGE;
}

static guint32 number_of(struct columns_maker *maker, enum facet facet, const char *value)
{
	struct dictionary *dictionary = &maker->dictionaries[facet];
	g_autofree char *key = NULL;
	guint32 number;

	if (!value || !*value)
		return 0;
	number = GPOINTER_TO_UINT(g_hash_table_lookup(dictionary->numbers, value));
	if (number)
		return number;
	key = has_key(facet) ? field_key(maker->analysis, value) : NULL;
	return number_of_key(dictionary, value, key && *key ? key : value);
}

static guint32 year_of(struct columns_maker *maker, const char *date)
{
	char year[5];

	if (!date)
		return 0;
	g_strlcpy(year, date, sizeof year);
	return number_of(maker, FACET_YEAR, year);
}

static void set(struct columns_maker *maker, struct group *group, guint slot, const char *value)
{
	group->values[slot] = number_of(maker, facet_of_slot[slot], value);
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
	g_autofree char *panel_value = panel ? fields_panel_value(doc, panel) : NULL;
	struct group group = { { 0 } };

	if (passage->attribution.speaker >= 0)
		set_speaker(maker, &group, document_person(doc, passage->attribution.speaker));
	set(maker, &group, FACET_PANEL, panel_value);
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
	struct entry entry;
	guint32 number;		/* in the order in which they came */
};

static gint by_key(gconstpointer a, gconstpointer b)
{
	return strcmp(((const struct sorted *)a)->entry.key, ((const struct sorted *)b)->entry.key);
}

/* New numbers for old ones: from 1, in the order of the keys. */
static guint32 *renumber(const struct dictionary *dictionary, GArray *in_order)
{
	guint n = dictionary->values->len;
	g_autofree struct sorted *all = g_new(struct sorted, n + 1);
	guint32 *numbers = g_new0(guint32, n + 1);

	for (guint i = 0; i < n; i++)
		all[i] = (struct sorted){ g_array_index(dictionary->values, struct entry, i), i + 1 };
	if (n)
		qsort(all, n, sizeof *all, by_key);
	for (guint i = 0; i < n; i++) {
		g_array_append_val(in_order, all[i].entry);
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

/* Its key is put down only where it is another text. */
static gsize entry_bytes(const struct entry *entry)
{
	return strlen(entry->value) + 1 + (strcmp(entry->value, entry->key) == 0 ? 0 : strlen(entry->key) + 1);
}

static guint64 pool_bytes(const GArray *values)
{
	guint64 bytes = 0;

	for (guint i = 0; i < values->len; i++)
		bytes += entry_bytes(&g_array_index(values, struct entry, i));
	return bytes;
}

static void put_pool(FILE *file, const GArray *values)
{
	guint32 at = 0;

	put_u32(file, 0);
	for (guint i = 0; i < values->len; i++)
		put_u32(file, at += (guint32)entry_bytes(&g_array_index(values, struct entry, i)));
	for (guint i = 0; i < values->len; i++) {
		const struct entry *entry = &g_array_index(values, struct entry, i);

		fwrite(entry->value, 1, strlen(entry->value) + 1, file);
		if (strcmp(entry->value, entry->key) != 0)
			fwrite(entry->key, 1, strlen(entry->key) + 1, file);
	}
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

static void put_all(FILE *file, const struct columns_maker *maker, GArray **values, guint32 **numbers)
{
	guint width = MAX(width_for(maker->groups->len), 1);

	fwrite(COLUMNS_MAGIC, 1, COLUMNS_MAGIC_BYTES, file);
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
	GArray *values[N_FACETS];
	guint32 *numbers[N_FACETS];
	FILE *file = g_fopen(path, "wb");
	bool ok;

	if (!file)
		return write_failed(path, errno, error);
	for (guint i = 0; i < N_FACETS; i++) {
		values[i] = g_array_new(FALSE, FALSE, sizeof(struct entry));
		numbers[i] = renumber(&maker->dictionaries[i], values[i]);
	}
	put_all(file, maker, values, numbers);
	for (guint i = 0; i < N_FACETS; i++) {
		g_array_unref(values[i]);
		g_free(numbers[i]);
	}
	errno = 0;
	ok = !ferror(file);
	ok = fclose(file) == 0 && ok;
	return ok || write_failed(path, errno ? errno : EIO, error);
}

/* --- from a file -------------------------------------------------------------------------- */

static bool append_values(struct columns_maker *maker, const struct columns *c, enum facet facet, guint32 *numbers)
{
	for (guint32 i = 0; i < c->head.facets[facet].values; i++) {
		const char *value = columns_value(c, facet, i), *key = columns_key(c, facet, i);

		if (!value || !key)
			return false;
		numbers[i + 1] = number_of_key(&maker->dictionaries[facet], value, key);
	}
	return true;
}

static bool append_groups(struct columns_maker *maker, const struct columns *c, guint32 **numbers)
{
	for (guint32 i = 0; i < c->head.groups; i++) {
		struct group group = { { 0 } };

		for (guint slot = 0; slot < N_SLOTS; slot++) {
			guint width = c->head.slot_width[slot];
			guint32 value = width ? columns_read_narrow(c->slots[slot] + (gsize)i * width, width) : 0;

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
		guint32 place = columns_read_narrow(c->column + (gsize)i * width, width);

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
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': it is damaged", COLUMNS_FILE);
	return ok;
}
