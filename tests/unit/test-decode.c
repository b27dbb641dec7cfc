/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-decode.c - bytes to UTF-8, what is refused and what is warned of.
 */
#include "corpus/reader/decode.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "corpus/error.h"

static GBytes *run(const char *bytes, gsize len, corpus_warnings *w, GError **error)
{
	g_autoptr(GBytes) in = g_bytes_new(bytes, len);

	return decode("talk.txt", in, w, error);
}

/* One warning that contains `warning` (NULL: none), and the text. */
static void check(const char *bytes, gsize len, const char *expected, const char *warning)
{
	g_autoptr(GPtrArray) w = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) out = run(bytes, len, w, &error);
	gsize n;
	const char *s;

	g_assert_no_error(error);
	s = g_bytes_get_data(out, &n);
	g_assert_cmpmem(s, n, expected, strlen(expected));
	g_assert_cmpuint(w->len, ==, warning != NULL);
	if (warning && !strstr(g_ptr_array_index(w, 0), warning))
		g_error("warning is \"%s\"", (char *)g_ptr_array_index(w, 0));
}

#define CHECK(bytes, expected, warning) check(bytes, sizeof(bytes) - 1, expected, warning)

static void test_utf8_as_it_is(void)
{
	CHECK("", "", NULL);
	CHECK("\xef\xbb\xbfZürich\r\n\r\n\f“so”\r\n", "\xef\xbb\xbfZürich\r\n\r\n\f“so”\r\n", NULL);
}

static void test_invalid(void)
{
	CHECK("one\ntwo \xff three", "one\ntwo \xef\xbf\xbd three",
	      "'talk.txt': line 2 (byte 8): not UTF-8: 1 byte replaced");
	CHECK("für das Übel \xc3", "für das Übel \xef\xbf\xbd", "line 1 (byte 15)");
	CHECK("é é é \x80\x80 é", "é é é \xef\xbf\xbd\xef\xbf\xbd é", "2 bytes replaced");
	CHECK("é \xed\xa0\x80 é é é", "é \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd é é é", "3 bytes replaced");
}

static void test_windows_1252(void)
{
	CHECK("Das Gesch\xe4" "ft l\xe4" "uft, er sagte \x84Ja\x93 \x96 heute.",
	      "Das Geschäft läuft, er sagte „Ja“ – heute.", "read as Windows-1252");
	CHECK("caf\xe9", "café", "line 1 (byte 3)");
}

static void test_utf16(void)
{
	CHECK("\xff\xfe" "A\0\xe9\0\n\0", "Aé\n", "is UTF-16");
	CHECK("\xfe\xff" "\0A\xd8\x3d\xde\0", "A😀", "is UTF-16");
	CHECK("\xff\xfe" "\0\xd8" "B\0", "\xef\xbf\xbd" "B", "is UTF-16");
	CHECK("\xff\xfe" "A\0B", "A\xef\xbf\xbd", "is UTF-16");
}

static void refuse(const char *bytes, gsize len, const char *reason)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) out = run(bytes, len, NULL, &error);

	g_assert_null(out);
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED);
	g_assert_true(g_str_has_prefix(error->message, "cannot read 'talk.txt': "));
	if (!strstr(error->message, reason))
		g_error("message is \"%s\"", error->message);
}

#define REFUSE(bytes, reason) refuse(bytes, sizeof(bytes) - 1, reason)

static void test_refused(void)
{
	REFUSE("PK\3\4rest", "is a ZIP archive that is no document");
	REFUSE("\x89PNG\r\n", "is a picture");
	REFUSE("words and \0 more", "looks like binary data");
	REFUSE("\1\2\3\4\5\6\7\1\2\3\4\5\6\7 x", "looks like binary data");
	REFUSE("\xff\xfe" "A\0\0\0", "looks like binary data");
}

/* Whatever the bytes: UTF-8 without NUL or an error, and the same again. */
static void test_random(void)
{
	GRand *rand = g_rand_new_with_seed(7);

	for (guint round = 0; round < 3000; round++) {
		char bytes[64];
		gsize len = (gsize)g_rand_int_range(rand, 0, sizeof bytes), n;
		g_autoptr(GBytes) out = NULL, again = NULL;
		g_autoptr(GError) error = NULL;
		const char *s;

		for (gsize i = 0; i < len; i++)
			bytes[i] = (char)g_rand_int_range(rand, round % 3 ? 9 : 0, round % 2 ? 256 : 200);
		out = run(bytes, len, NULL, &error);
		g_assert_true((out != NULL) != (error != NULL));
		if (!out)
			continue;
		s = g_bytes_get_data(out, &n);
		g_assert_true(g_utf8_validate_len(s, n, NULL));
		again = run(bytes, len, NULL, NULL);
		g_assert_true(g_bytes_equal(out, again));
	}
	g_rand_free(rand);
}

static void check_file(const char *path, gsize max, enum rapporteur_error code)
{
	g_autoptr(GError) error = NULL;
	int fd = corpus_open(path, &error);
	g_autoptr(GBytes) bytes = fd < 0 ? NULL : file_read(path, fd, max, &error);

	if (fd >= 0)
		close(fd);
	g_assert_null(bytes);
	g_assert_error(error, RAPPORTEUR_ERROR, (int)code);
}

static void test_files(void)
{
	g_autofree char *dir = g_dir_make_tmp("test-decode-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(dir, "a.txt", NULL);
	g_autofree char *none = g_build_filename(dir, "b.txt", NULL);
	g_autofree char *below = g_build_filename(path, "c.txt", NULL);
	g_autoptr(GBytes) bytes = NULL, mapped = NULL;
	int fd;

	g_assert_true(g_file_set_contents(path, "twelve bytes", 12, NULL));
	fd = corpus_open(path, NULL);
	bytes = file_read(path, fd, 12, NULL);
	g_assert_nonnull(bytes);
	g_assert_cmpuint(g_bytes_get_size(bytes), ==, 12);
	mapped = file_map(path, fd, 12, NULL);
	g_assert_true(g_bytes_equal(bytes, mapped));
	g_assert_null(file_map(path, fd, 11, NULL));
	close(fd);
	check_file(path, 11, RAPPORTEUR_ERROR_TOO_LARGE);
	check_file(none, 12, RAPPORTEUR_ERROR_NOT_FOUND);
	check_file(below, 12, RAPPORTEUR_ERROR_NOT_FOUND);
	check_file(dir, 12, RAPPORTEUR_ERROR_UNSUPPORTED);
	g_unlink(path);
	g_rmdir(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/decode/utf8-as-it-is", test_utf8_as_it_is);
	g_test_add_func("/decode/invalid", test_invalid);
	g_test_add_func("/decode/windows-1252", test_windows_1252);
	g_test_add_func("/decode/utf16", test_utf16);
	g_test_add_func("/decode/refused", test_refused);
	g_test_add_func("/decode/random", test_random);
	g_test_add_func("/decode/files", test_files);
	return g_test_run();
}
