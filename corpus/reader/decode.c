/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * decode.c - reads files and turns their bytes into UTF-8.
 */
#include "corpus/reader/decode.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/error.h"


#define REPLACEMENT "\xef\xbf\xbd"
#define HEAD_BYTES 1024
#define ZIP_NAME_AT 30	/* in the head of an archive's part */
#define ZIP_TAIL_BYTES ((gsize)(1 << 16) + 22)	/* a comment may stand behind the end */

void warning_add(corpus_warnings *w, const char *path, const char *format, ...)
{
	va_list args;
	char *message;

	if (!w)
		return;
	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	g_ptr_array_add(w, g_strdup_printf("'%s': %s", path, message));
	g_free(message);
}

static void set_system_error(const char *path, int number, GError **error)
{
	g_set_error(error, RAPPORTEUR_ERROR, rapporteur_error_of_errno(number), "cannot read '%s': %s", path, g_strerror(number));
}

int corpus_open(const char *path, GError **error)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);	/* a named pipe would wait for its writer */
	struct stat st;

	if (fd < 0 || fstat(fd, &st)) {
		set_system_error(path, errno, error);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	if (!S_ISREG(st.st_mode)) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED,
		            "cannot read '%s': not a regular file", path);
		close(fd);
		return -1;
	}
	return fd;
}

/* Its size; false with error set, also over the limit. (A sandbox need not allow what asks by name.) */
static bool file_size(const char *path, int fd, gsize max_bytes, gsize *bytes, GError **error)
{
	off_t end = lseek(fd, 0, SEEK_END);

	if (end < 0) {
		set_system_error(path, errno, error);
		return false;
	}
	if ((guint64)end > max_bytes) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE,
		            "cannot read '%s': larger than %" G_GSIZE_FORMAT " MB", path, max_bytes >> 20);
		return false;
	}
	*bytes = (gsize)end;
	return true;
}

GBytes *file_read(const char *path, int fd, gsize max_bytes, GError **error)
{
	gsize have = 0, bytes;
	g_autofree char *buffer = NULL;

	if (!file_size(path, fd, max_bytes, &bytes, error))
		return NULL;
	buffer = g_malloc(MAX(bytes, 1));
	while (have < bytes) {	/* what it grows by meanwhile is for the next time */
		ssize_t n = pread(fd, buffer + have, bytes - have, (off_t)have);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			set_system_error(path, errno, error);
			return NULL;
		}
		if (!n)
			break;
		have += (gsize)n;
	}
	return g_bytes_new_take(g_steal_pointer(&buffer), have);
}

struct mapping {
	void *start;
	gsize bytes;
};

static void unmap(gpointer data)
{
	struct mapping *mapping = data;

	munmap(mapping->start, mapping->bytes);
	g_free(mapping);
}

GBytes *file_map(const char *path, int fd, gsize max_bytes, GError **error)
{
	struct mapping mapping;

	if (!file_size(path, fd, max_bytes, &mapping.bytes, error))
		return NULL;
	if (!mapping.bytes)
		return g_bytes_new_static("", 0);
	mapping.start = mmap(NULL, mapping.bytes, PROT_READ, MAP_PRIVATE, fd, 0);
	if (mapping.start == MAP_FAILED) {
		set_system_error(path, errno, error);
		return NULL;
	}
	return g_bytes_new_with_free_func(mapping.start, mapping.bytes, unmap, g_memdup2(&mapping, sizeof mapping));
}

static const struct {
	const char *bytes;
	gsize len;
	const char *what;
} signatures[] = {
	{ "PK\3\4", 4, "a ZIP archive" },
	{ "PK\5\6", 4, "a ZIP archive" },
	{ "\xd0\xcf\x11\xe0", 4, "an old Office document" },
	{ "{\\rtf", 5, "an RTF document" },
	{ "\x89PNG", 4, "a picture" },
	{ "\xff\xd8\xff", 3, "a picture" },
	{ "GIF8", 4, "a picture" },
	{ "II*\0", 4, "a picture" },
	{ "MM\0*", 4, "a picture" },
	{ "\x1f\x8b", 2, "a compressed file" },
	{ "BZh", 3, "a compressed file" },
	{ "\xfd""7zXZ", 5, "a compressed file" },
	{ "7z\xbc\xaf", 4, "a compressed file" },
	{ "\x7f""ELF", 4, "a program" },
};

/* Old and encrypted Office documents are files of streams, whose names stand in a directory as UTF-16. */
static const char *office_kind(const char *s, gsize len)
{
	static const struct { const char *stream, *what; } kinds[] = {
		{ "EncryptedPackage", "an encrypted Office document" }, { "WordDocument", "an old Word document (.doc)" },
		{ "PowerPoint Document", "an old PowerPoint document (.ppt)" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
		gsize n = strlen(kinds[i].stream), k;

		for (const char *at = s, *end = s + len; (at = memchr(at, kinds[i].stream[0], (gsize)(end - at))); at++) {
			for (k = 0; k < n && (gsize)(end - at) >= 2 * n && at[2 * k] == kinds[i].stream[k] && !at[2 * k + 1]; k++)
				;
			if (k == n)
				return kinds[i].what;
		}
	}
	return "an old Office document";
}

/* What a ZIP archive was to be, by the names of its parts and by the type with which OpenDocument and EPUB begin;
 * NULL: an archive as any other. */
static const char *packed_kind(const char *s, gsize len)
{
	static const struct { const char *begins, *what; } kinds[] = {
		{ "mimetypeapplication/vnd.oasis.opendocument.text", "ODT" }, { "mimetypeapplication/vnd.oasis.opendocument.presentation", "ODP" },
		{ "mimetypeapplication/epub+zip", "EPUB" }, { "word/", "DOCX" }, { "ppt/", "PPTX" }, { "xl/", "XLSX" },
	};
	const char *end = s + len;
	bool packed = corpus_begins_packed(s, len);	/* else it may hold others */

	for (const char *at = s; (packed || at == s) && (at = memchr(at, 'P', (gsize)(end - at))); at++) {
		if (end - at < ZIP_NAME_AT || memcmp(at, "PK\3\4", 4) != 0)
			continue;
		for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
			if ((gsize)(end - at) - ZIP_NAME_AT >= strlen(kinds[i].begins) && !memcmp(at + ZIP_NAME_AT, kinds[i].begins, strlen(kinds[i].begins)))
				return kinds[i].what;
	}
	return NULL;
}

/* An archive ends with the list of its parts, and with the place of that list. */
static bool zip_has_end(const char *s, gsize len)
{
	gsize tail = MIN(len, ZIP_TAIL_BYTES);
	const char *end = s + len;

	for (const char *at = end - tail; (at = memchr(at, 'P', (gsize)(end - at))); at++)
		if (end - at >= 4 && !memcmp(at, "PK\5\6", 4))
			return true;
	return false;
}

static void refuse_zip(const char *path, const char *s, gsize len, GError **error)
{
	const char *name = packed_kind(s, len), *article = name && strchr("EOX", *name) ? "an" : "a";

	if (name && !zip_has_end(s, len))
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': is %s %s file that was cut off: its end is missing", path,
		            article, name);
	else if (name && strcmp(name, "XLSX") != 0 && strcmp(name, "EPUB") != 0)
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': is %s %s file that is damaged", path,
		            article, name);
	else
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED, "cannot read '%s': is %s, which this version cannot read", path,
		            !name ? "a ZIP archive that is no document" : *name == 'E' ? "an EPUB book" : "a spreadsheet");
}

bool decode_refuse(const char *path, const char *s, gsize len, GError **error)
{
	const char *what = NULL;

	for (gsize i = 0; !what && i < G_N_ELEMENTS(signatures); i++)
		if (len >= signatures[i].len && !memcmp(s, signatures[i].bytes, signatures[i].len))
			what = signatures[i].what;
	if (!what)
		return true;
	if (len >= 4 && !memcmp(s, "PK\3\4", 4)) {
		refuse_zip(path, s, len, error);
		return false;
	}
	if (len >= 4 && !memcmp(s, "\xd0\xcf\x11\xe0", 4))
		what = office_kind(s, len);
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED,
	            "cannot read '%s': is %s, which this version cannot read", path, what);
	return false;
}

static GBytes *binary(const char *path, GError **error)
{
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED,
	            "cannot read '%s': looks like binary data", path);
	return NULL;
}

/* NUL bytes, or more control characters than a damaged text would have. */
static bool is_binary(const guchar *s, gsize len)
{
	gsize controls = 0;

	if (memchr(s, 0, len))
		return true;
	for (gsize i = 0; i < len; i++)
		controls += (s[i] < 0x20 && (s[i] < '\t' || s[i] > '\r') && s[i] != 0x1b) || s[i] == 0x7f;
	return controls > 8 && controls > len / 50;
}

/* 0: none; else the byte order: 1 little, 2 big. */
static int utf16_order(const guchar *s, gsize len)
{
	if (len < 2)
		return 0;
	if ((s[0] == 0xff && s[1] == 0xfe) || (s[0] == '<' && !s[1] && len > 3 && s[2]))
		return 1;
	return (s[0] == 0xfe && s[1] == 0xff) || (!s[0] && s[1] == '<') ? 2 : 0;
}

GBytes *decode_utf16(GBytes *bytes)
{
	gsize len;
	const guchar *s = g_bytes_get_data(bytes, &len);
	int order = utf16_order(s, len), low = order == 1 ? 0 : 1;
	GString *out;

	if (!order)
		return NULL;
	out = g_string_sized_new(len);
	for (gsize i = s[0] >= 0xfe ? 2 : 0; i + 1 < len; i += 2) {
		gunichar c = s[i + low] | (gunichar)s[i + 1 - low] << 8;

		if (c >= 0xd800 && c < 0xdc00 && i + 3 < len) {
			gunichar d = s[i + 2 + low] | (gunichar)s[i + 3 - low] << 8;

			if (d >= 0xdc00 && d < 0xe000) {
				c = 0x10000 + ((c - 0xd800) << 10) + (d - 0xdc00);
				i += 2;
			}
		}
		g_string_append_unichar(out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
	}
	if (len % 2)
		g_string_append(out, REPLACEMENT);
	return g_string_free_to_bytes(out);
}

static GBytes *text_of_utf16(const char *path, GBytes *bytes, corpus_warnings *w, GError **error)
{
	g_autoptr(GBytes) text = decode_utf16(bytes);
	gsize len;
	const guchar *s = g_bytes_get_data(text, &len);

	if (len && is_binary(s, len))
		return binary(path, error);
	warning_add(w, path, "is UTF-16: converted, so that offsets are those of its text in UTF-8");
	return g_steal_pointer(&text);
}

static bool is_letter(const guchar *s, gsize len, gsize i)
{
	return i < len && (g_ascii_isalpha(s[i]) || s[i] >= 0xc0);
}

/* A byte that Windows-1252 text would have here: a letter beside a letter, or
 * a quotation mark, dash or sign of its upper half. */
static bool is_plausible_1252(const guchar *s, gsize len, gsize i)
{
	static const char signs[] = "\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa1\xa3\xa7\xa9\xab"
	                            "\xae\xb0\xb2\xb3\xb4\xb7\xba\xaa\xbb\xbd\xbf\x8a\x8c\x8e\x9a\x9c\x9e";

	if (s[i] < 0xc0)
		return strchr(signs, s[i]) != NULL;
	if (s[i] == 0xff || s[i] == 0xfe || s[i] == 0xd7 || s[i] == 0xf7)
		return false;
	if ((i && is_letter(s, len, i - 1)) || is_letter(s, len, i + 1))
		return true;
	return strchr("\xc0\xc8\xc9\xd2\xe0\xe8\xe9\xf2\xf3\xf9", s[i]) != NULL;	/* words of one letter: "à", "é", "ò" */
}

struct faults {
	gsize first, invalid, multibyte, plausible;
	guint line;
};

/* The length of the character at s[i], 0 where it is not valid UTF-8. */
static gsize utf8_bytes(const guchar *s, gsize len, gsize i)
{
	gunichar c;

	if (s[i] < 0x80)
		return 1;
	c = g_utf8_get_char_validated((const char *)s + i, (gssize)MIN(len - i, 6));
	return c >= (gunichar)-2 ? 0 : (gsize)g_unichar_to_utf8(c, NULL);
}

static struct faults find_faults(const guchar *s, gsize len)
{
	struct faults faults = { .line = 1 };
	guint line = 1;

	for (gsize i = 0, n; i < len; i += n) {
		n = utf8_bytes(s, len, i);
		line += s[i] == '\n';
		faults.multibyte += n > 1;
		if (n)
			continue;
		n = 1;
		if (!faults.invalid++) {
			faults.first = i;
			faults.line = line;
		}
		faults.plausible += is_plausible_1252(s, len, i);
	}
	return faults;
}

static GBytes *decode_1252(const guchar *s, gsize len)
{
	static const guint16 upper[32] = {
		0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
		0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
		0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
	};
	GString *out = g_string_sized_new(len + len / 8);

	for (gsize i = 0; i < len; i++) {
		if (s[i] < 0x80)
			g_string_append_c(out, (char)s[i]);
		else
			g_string_append_unichar(out, s[i] < 0xa0 ? upper[s[i] - 0x80] : s[i]);
	}
	return g_string_free_to_bytes(out);
}

static GBytes *replace_invalid(const guchar *s, gsize len)
{
	GString *out = g_string_sized_new(len + len / 8);

	for (gsize i = 0, n; i < len; i += MAX(n, 1)) {
		n = utf8_bytes(s, len, i);
		if (n)
			g_string_append_len(out, (const char *)s + i, (gssize)n);
		else
			g_string_append(out, REPLACEMENT);
	}
	return g_string_free_to_bytes(out);
}

GBytes *decode(const char *path, GBytes *bytes, corpus_warnings *w, GError **error)
{
	gsize len;
	const guchar *s = g_bytes_get_data(bytes, &len);
	struct faults faults;

	if (!len)
		return g_bytes_ref(bytes);
	if (!decode_refuse(path, (const char *)s, len, error))
		return NULL;
	if (len >= 2 && ((s[0] == 0xff && s[1] == 0xfe) || (s[0] == 0xfe && s[1] == 0xff)))
		return text_of_utf16(path, bytes, w, error);
	if (is_binary(s, len))
		return binary(path, error);
	if (g_utf8_validate_len((const char *)s, len, NULL))
		return g_bytes_ref(bytes);
	faults = find_faults(s, len);
	if (faults.plausible * 10 >= faults.invalid * 9 && faults.invalid > faults.multibyte &&
	    faults.invalid <= len / 3 + 1) {
		warning_add(w, path, "line %u (byte %" G_GSIZE_FORMAT "): not UTF-8: read as Windows-1252",
		            faults.line, faults.first);
		return decode_1252(s, len);
	}
	if (faults.invalid > 64 && faults.invalid > len / 4)
		return binary(path, error);
	warning_add(w, path, "line %u (byte %" G_GSIZE_FORMAT "): not UTF-8: %" G_GSIZE_FORMAT
	            " byte%s replaced by U+FFFD", faults.line, faults.first, faults.invalid,
	            faults.invalid == 1 ? "" : "s");
	return replace_invalid(s, len);
}
