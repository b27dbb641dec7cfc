/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-prints.c - the file of fingerprints, held against a plain list: few and
 * many, spilled and merged, and damaged.
 */
#include "tests/unit/searching.h"

#include "indexer/prints.h"

struct entry {
	guint32 fingerprint, docid;
};

static gint by_entry(gconstpointer a, gconstpointer b)
{
	const struct entry *x = a, *y = b;

	if (x->fingerprint != y->fingerprint)
		return x->fingerprint < y->fingerprint ? -1 : 1;
	return (x->docid > y->docid) - (x->docid < y->docid);
}

/* Some fingerprints are in many documents; a document has each once. */
static GArray *random_entries(GRand *rand, guint n)
{
	GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
	guint kept = 0;

	for (guint i = 0; i < n; i++) {
		struct entry entry = { g_rand_boolean(rand) ? g_rand_int(rand) : (guint32)g_rand_int_range(rand, 0, 50) * 0x05123457u, i / 3 + 1 };

		g_array_append_val(entries, entry);
	}
	g_array_sort(entries, by_entry);
	for (guint i = 0; i < entries->len; i++)
		if (!kept || by_entry(&g_array_index(entries, struct entry, kept - 1), &g_array_index(entries, struct entry, i)) != 0)
			g_array_index(entries, struct entry, kept++) = g_array_index(entries, struct entry, i);
	g_array_set_size(entries, kept);
	return entries;
}

static void write_entries(const char *dir, const char *path, const GArray *entries, GRand *rand)
{
	g_autofree char *scratch = g_build_filename(dir, "scratch", NULL);
	struct prints_maker *maker = prints_maker_new(scratch);
	g_autoptr(GError) error = NULL;
	guint n = entries->len, start = n ? (guint)g_rand_int_range(rand, 0, (gint32)n) : 0;

	/* not as they come out: from the middle, backwards */
	for (guint i = 0; i < n; i++) {
		const struct entry *entry = &g_array_index(entries, struct entry, (start + n - i) % n);

		g_assert_true(prints_maker_add(maker, entry->fingerprint, entry->docid, &error));
	}
	g_assert_true(prints_maker_finish(maker, path, &error));
	g_assert_no_error(error);
	prints_maker_free(maker);
	g_assert_false(g_file_test(scratch, G_FILE_TEST_EXISTS));
}

static bool take(guint32 docid, void *data)
{
	g_array_append_val((GArray *)data, docid);
	return true;
}

static bool take_one(guint32 docid, void *data)
{
	take(docid, data);
	return false;
}

static void check_file(const char *path, const GArray *entries, guint32 last_docid)
{
	g_autoptr(GError) error = NULL;
	struct prints *prints = prints_open(path, &error);
	g_autoptr(GArray) docids = g_array_new(FALSE, FALSE, sizeof(guint32));

	g_assert_no_error(error);
	g_assert_cmpuint(prints_count(prints), ==, entries->len);
	g_assert_true(prints_check(prints, last_docid));
	g_assert_true(!entries->len || !prints_check(prints, 0));
	for (guint i = 0, end; i < entries->len; i = end) {
		guint32 fingerprint = g_array_index(entries, struct entry, i).fingerprint;

		for (end = i; end < entries->len && g_array_index(entries, struct entry, end).fingerprint == fingerprint;)
			end++;
		g_array_set_size(docids, 0);
		prints_each(prints, fingerprint, take, docids);
		g_assert_cmpuint(docids->len, ==, end - i);
		for (guint j = i; j < end; j++)
			g_assert_cmpuint(g_array_index(docids, guint32, j - i), ==, g_array_index(entries, struct entry, j).docid);
		g_array_set_size(docids, 0);
		prints_each(prints, fingerprint, take_one, docids);
		g_assert_cmpuint(docids->len, ==, 1);
		g_array_set_size(docids, 0);
		if (i + 1 == end && end < entries->len && g_array_index(entries, struct entry, end).fingerprint > fingerprint + 1)
			prints_each(prints, fingerprint + 1, take, docids);
		g_assert_cmpuint(docids->len, ==, 0);
	}
	prints_close(prints);
}

/* One bucket, 2^8, and 2^16, the last of several spilled parts. */
static const guint sizes[] = { 0, 1, 100, 4095, 5000, 300000, 2500000 };

static void test_round_trip(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(5);
	char *dir = index_dir();
	g_autofree char *path = g_build_filename(dir, PRINTS_FILE, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
		g_autoptr(GArray) entries = random_entries(rand, sizes[i]);

		write_entries(dir, path, entries, rand);
		check_file(path, entries, sizes[i] / 3 + 1);
	}
	index_free(dir);
}

static void test_merging(void)
{
	static const guint parts[] = { 3000, 0, 70000, 12 };
	g_autoptr(GRand) rand = g_rand_new_with_seed(6);
	char *dir = index_dir();
	g_autofree char *out = g_build_filename(dir, "out", NULL);
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct entry));
	g_autoptr(GError) error = NULL;
	guint32 before[G_N_ELEMENTS(parts)], documents = 0;

	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autoptr(GArray) entries = random_entries(rand, parts[i]);

		g_ptr_array_add(paths, g_strdup_printf("%s/%u", dir, i));
		write_entries(dir, g_ptr_array_index(paths, i), entries, rand);
		before[i] = documents;
		for (guint j = 0; j < entries->len; j++) {
			struct entry entry = g_array_index(entries, struct entry, j);

			entry.docid += documents;
			g_array_append_val(all, entry);
		}
		documents += parts[i] / 3 + 1;
	}
	g_array_sort(all, by_entry);
	g_assert_true(prints_merge((const char *const *)paths->pdata, before, paths->len, out, &error));
	check_file(out, all, documents);
	g_ptr_array_add(paths, g_build_filename(dir, "none", NULL));
	g_assert_false(prints_merge((const char *const *)paths->pdata, before, paths->len, out, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_NOT_FOUND);
	index_free(dir);
}

/* Nothing outside of the file is read, and what is not in order is seen. */
static void test_damage(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(8);
	g_autoptr(GArray) entries = random_entries(rand, 6000), docids = g_array_new(FALSE, FALSE, sizeof(guint32));
	char *dir = index_dir();
	g_autofree char *path = g_build_filename(dir, PRINTS_FILE, NULL), *sound = NULL;
	gsize len;
	guint refused = 0, seen = 0;

	write_entries(dir, path, entries, rand);
	g_assert_true(g_file_get_contents(path, &sound, &len, NULL));
	for (guint round = 0; round < 400; round++) {
		g_autofree char *bytes = g_memdup2(sound, len);
		g_autoptr(GError) error = NULL;
		gsize at = (gsize)g_rand_int_range(rand, 0, round % 2 ? 1040 : (gint)len), cut = round % 5 ? len : at;
		struct prints *prints;

		bytes[at] = (char)(bytes[at] ^ (1 << g_rand_int_range(rand, 0, 8)));
		g_assert_true(g_file_set_contents(path, bytes, (gssize)cut, NULL));
		prints = prints_open(path, &error);
		refused += !prints;
		if (!prints)
			continue;
		g_assert_cmpuint(cut, ==, len);
		seen += !prints_check(prints, 2001);
		for (guint i = 0; i < 200; i++)
			prints_each(prints, g_rand_int(rand), take, docids);
		prints_close(prints);
	}
	g_assert_cmpuint(refused, >, 80);
	g_assert_cmpuint(seen, >, 100);
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/prints/round-trip", test_round_trip);
	g_test_add_func("/prints/merging", test_merging);
	g_test_add_func("/prints/damage", test_damage);
	return g_test_run();
}
