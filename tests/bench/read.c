/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * read.c - times the readers alone: files into blocks, without the stages behind.
 *
 *   rapporteur-read N FILE...
 *
 * Reads each file N times in this process and prints a line for each:
 *
 *   FORMAT  FILE  bytes  unpacked  text  blocks  seconds  MB/s
 *
 * bytes are the file's, unpacked those of the parts of an archive that are XML (else
 * the file's), text those that came out; seconds are the fastest of the N, processor
 * time; MB/s are unpacked bytes by them. JSONL, which has no blocks, is read record by
 * record through its own front door. Exit status 1 where a file cannot be read.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <zip.h>

#include "corpus/corpus.h"
#include "corpus/reader/jsonl/jsonl.h"
#include "corpus/reader/reader.h"

struct result {
	gsize text_bytes;
	guint blocks;	/* of JSONL: records */
	double seconds;
};

static double processor_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The XML in an archive, unpacked; 0 where the file is none. */
static gsize xml_bytes(const char *path)
{
	zip_t *archive = zip_open(path, ZIP_RDONLY, NULL);
	gsize bytes = 0;

	if (!archive)
		return 0;
	for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); i++) {
		zip_stat_t part;

		if (!zip_stat_index(archive, (zip_uint64_t)i, 0, &part) && g_str_has_suffix(part.name, ".xml"))
			bytes += part.size;
	}
	zip_discard(archive);
	return bytes;
}

static bool count_record(struct document *doc, void *data, GError **error)
{
	struct result *result = data;

	(void)error;
	result->text_bytes += doc->text_bytes;
	result->blocks++;
	return true;
}

static bool read_records(const char *path, struct result *result, GError **error)
{
	int fd = g_open(path, O_RDONLY | O_CLOEXEC, 0);
	bool good;

	if (fd < 0) {
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "cannot open '%s': %s", path, g_strerror(errno));
		return false;
	}
	good = jsonl_read(path, fd, NULL, NULL, NULL, count_record, result, error);
	close(fd);
	return good;
}

static bool read_once(const char *path, GBytes *bytes, enum format format, struct result *result, GError **error)
{
	g_autoptr(Document) doc = NULL;

	if (format == FORMAT_JSONL)
		return read_records(path, result, error);
	doc = document_new();
	doc->path = document_string(doc, path, -1);
	if (!reader_read(doc, bytes, format, NULL, error))
		return false;
	result->text_bytes = doc->text_bytes;
	result->blocks = doc->blocks->len;
	return true;
}

static bool time_file(const char *path, int n, GError **error)
{
	g_autoptr(GBytes) bytes = NULL;
	gsize size, unpacked;
	char *s;
	enum format format;
	struct result best = { .seconds = 0 };

	if (!g_file_get_contents(path, &s, &size, error))
		return false;
	bytes = g_bytes_new_take(s, size);
	format = size ? reader_format(path, s, size) : FORMAT_TEXT;
	for (int i = 0; i < n; i++) {
		struct result result = { 0 };
		double start = processor_seconds();

		if (!read_once(path, bytes, format, &result, error))
			return false;
		result.seconds = processor_seconds() - start;
		if (!i || result.seconds < best.seconds)
			best = result;
	}
	unpacked = xml_bytes(path);
	unpacked = unpacked ? unpacked : size;
	printf("%s\t%s\t%zu\t%zu\t%zu\t%u\t%.4f\t%.1f\n", format_name(format), path, size, unpacked, best.text_bytes,
	       best.blocks, best.seconds, (double)unpacked / 1e6 / MAX(best.seconds, 1e-9));
	return true;
}

int main(int argc, char **argv)
{
	int n = argc > 1 ? atoi(argv[1]) : 0, status = 0;

	if (n < 1 || argc < 3) {
		fputs("usage: rapporteur-read N FILE...\n", stderr);
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		g_autoptr(GError) error = NULL;

		if (!time_file(argv[i], n, &error)) {
			fprintf(stderr, "rapporteur-read: %s\n", error->message);
			status = 1;
		}
	}
	return status;
}
