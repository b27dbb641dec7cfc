/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * driver.c - runs a fuzz target as a test, where there is no libFuzzer.
 *
 * Gives the target of fuzz-NAME every seed in tests/fuzz/seeds/NAME/ as it is,
 * then a few hundred changed copies. The changes come from a generator with a
 * fixed start, so a failure comes back on the next run. With file names as
 * arguments it gives the target these files and nothing else: so a finding of
 * libFuzzer is replayed under a debugger.
 */
#include <glib.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Seconds for one input, and for the changed copies of all seeds together. */
#define INPUT_SECONDS 10
#define CHANGES_SECONDS 20
#define CHANGES_TOTAL 600
#define CHANGED_MAX_BYTES 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct random {
	uint64_t state;
};

/* Xorshift, Marsaglia 2003, with a final multiplication. */
static uint32_t random_below(struct random *random, uint32_t bound)
{
	uint64_t x = random->state;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	random->state = x;
	return (uint32_t)((x * UINT64_C(2685821657736338717)) >> 33) % bound;
}

static void too_slow(int signal_number)
{
	static const char line[] = "Bail out! an input took too long\n";

	(void)signal_number;
	(void)!write(STDOUT_FILENO, line, sizeof line - 1);
	_exit(1);
}

/* The input lies at the end of a block of its own size, so that the address
 * sanitizer sees a read of one byte too many. */
static void run(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (size)
		memcpy(copy, data, size);
	alarm(INPUT_SECONDS);
	LLVMFuzzerTestOneInput(copy, size);
	alarm(0);
	free(copy);
}

/* --- changing an input -------------------------------------------------------- */

/* What parsers trip over. */
static const char *const dictionary[] = {
	"\n", "\n\n", "\r\n", "\f", "\t", "---\n", "# ", "> ", "- ", "\"", "'", "(", ")",
	"[", "]", "{", "}", ":", "\\", "\\u0000", "0", "-1", "4294967296", "..", "*", "+",
	" AND ", " OR ", " NOT ", "near/0", "\xc2\xad", "\xef\xbb\xbf", "\xe2\x80\x9c",
	"\xe4\xbc\x9a", "\xcc\x81", "\xed\xa0\x80", "\xff\xfe", "\xf4\x90\x80\x80", "\xc0\x80",
};

static guint any_place(const GByteArray *input, struct random *random)
{
	return random_below(random, input->len + 1);
}

static void insert(GByteArray *input, guint place, const uint8_t *bytes, guint n)
{
	guint tail = input->len - place;

	g_byte_array_set_size(input, input->len + n);
	memmove(input->data + place + n, input->data + place, tail);
	memcpy(input->data + place, bytes, n);
}

static void cut(GByteArray *input, struct random *random)
{
	guint place = any_place(input, random), rest = input->len - place;

	if (rest)
		g_byte_array_remove_range(input, place, 1 + random_below(random, MIN(rest, 64)));
}

static void repeat(GByteArray *input, struct random *random)
{
	guint place = any_place(input, random), rest = MIN(input->len - place, 256);
	guint n = rest ? 1 + random_below(random, rest) : 0;
	guint times = 1 + random_below(random, 8);
	g_autofree uint8_t *piece = NULL;

	if (!n)
		return;
	piece = g_memdup2(input->data + place, n);
	while (times-- && input->len + n < CHANGED_MAX_BYTES)
		insert(input, place, piece, n);
}

static void change_byte(GByteArray *input, struct random *random)
{
	if (input->len)
		input->data[random_below(random, input->len)] ^= (uint8_t)(1u << random_below(random, 8));
}

static void change(GByteArray *input, struct random *random)
{
	const char *word = dictionary[random_below(random, G_N_ELEMENTS(dictionary))];
	uint8_t byte = (uint8_t)random_below(random, 256);

	switch (random_below(random, 6)) {
	case 0:
		change_byte(input, random);
		break;
	case 1:
		insert(input, any_place(input, random), &byte, 1);
		break;
	case 2:
		insert(input, any_place(input, random), (const uint8_t *)word, strlen(word));
		break;
	case 3:
		cut(input, random);
		break;
	case 4:
		repeat(input, random);
		break;
	default:
		g_byte_array_set_size(input, any_place(input, random));
	}
}

static void run_changed(GBytes *seed, guint n, gint64 deadline)
{
	struct random random = { UINT64_C(0x9e3779b97f4a7c15) + g_bytes_get_size(seed) };

	for (guint i = 0; i < n && g_get_monotonic_time() < deadline; i++) {
		g_autoptr(GByteArray) input = g_byte_array_new();
		guint changes = 1 + random_below(&random, 8);
		gsize size;
		const uint8_t *data = g_bytes_get_data(seed, &size);

		if (size)
			g_byte_array_append(input, data, MIN(size, CHANGED_MAX_BYTES));
		while (changes--)
			change(input, &random);
		run(input->data, input->len);
	}
}

/* --- the seeds ------------------------------------------------------------------ */

static gint by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The paths of the seeds, sorted. */
static GPtrArray *seeds_find(const char *program)
{
	g_autofree char *base = g_path_get_basename(program);
	const char *name = g_str_has_prefix(base, "fuzz-") ? base + strlen("fuzz-") : base;
	const char *srcdir = g_getenv("srcdir");
	g_autofree char *folder = g_build_filename(srcdir ? srcdir : ".", "tests", "fuzz", "seeds", name, NULL);
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *entry;

	while (dir && (entry = g_dir_read_name(dir)))
		g_ptr_array_add(paths, g_build_filename(folder, entry, NULL));
	g_ptr_array_sort(paths, by_name);
	return paths;
}

static GBytes *seed_read(const char *path)
{
	g_autoptr(GError) error = NULL;
	char *data;
	gsize size;

	if (g_file_get_contents(path, &data, &size, &error))
		return g_bytes_new_take(data, size);
	printf("Bail out! %s\n", error->message);
	exit(1);
}

static void run_file(const char *path)
{
	g_autoptr(GBytes) seed = seed_read(path);
	gsize size;
	const uint8_t *data = g_bytes_get_data(seed, &size);

	run(data, size);
}

static int replay(char **paths)
{
	for (; *paths; paths++)
		run_file(*paths);
	return 0;
}

int main(int argc, char **argv)
{
	gint64 deadline;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1 && argv[1][0] != '-')
		return replay(argv + 1);
	signal(SIGALRM, too_slow);

	g_autoptr(GPtrArray) paths = seeds_find(argv[0]);
	printf("1..%u\n", 2 * paths->len + 1);
	printf("%sok 1 - there are seeds\n", paths->len ? "" : "not ");
	for (guint i = 0; i < paths->len; i++) {
		g_autofree char *name = g_path_get_basename(paths->pdata[i]);

		run_file(paths->pdata[i]);
		printf("ok %u - %s as it is\n", 2 + 2 * i, name);
		g_autoptr(GBytes) seed = seed_read(paths->pdata[i]);
		deadline = g_get_monotonic_time() + CHANGES_SECONDS * G_USEC_PER_SEC / paths->len;
		run_changed(seed, MAX(CHANGES_TOTAL / paths->len, 20), deadline);
		printf("ok %u - %s, changed\n", 3 + 2 * i, name);
	}
	return paths->len ? 0 : 1;
}
