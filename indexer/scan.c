/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * scan.c - takes a file of pictures through OCR, a few pages at a time.
 */
#include "indexer/scan.h"

#include <string.h>
#include <unistd.h>

#include "corpus/error.h"

#define PAGES_TOLD 20	/* each, of those that are not read */

struct scan {
	const struct ocr *ocr;
	struct job *job;
	GString *text;
	guint done, pages;	/* pages; how many there are, 0: not known yet */
	guint failed;
};

/* Form feeds are ours: they count the pages. */
static void add_page(struct scan *scan, const struct corpus_picture *picture)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GError) reason = NULL;
	bool ok = picture->width && ocr_read(scan->ocr, picture->grey, picture->width, picture->height, text, &reason);

	if (scan->done++)
		g_string_append_c(scan->text, '\f');
	if (ok) {
		for (gsize i = 0; i < text->len; i++)
			g_string_append_c(scan->text, strchr("\f\v", text->str[i]) ? ' ' : text->str[i]);
		return;
	}
	if (scan->failed++ < PAGES_TOLD)
		g_ptr_array_add(scan->job->warnings, g_strdup_printf("'%s': page %u is not read: %s", scan->job->path, scan->done,
		                                                     reason ? reason->message : "it cannot be drawn"));
}

static bool take_picture(const struct corpus_picture *picture, void *data, GError **error)
{
	struct scan *scan = data;

	if (picture->page != scan->done + 1 || picture->pages < picture->page || picture->pages > CORPUS_PICTURES_MAX) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': its pages are in disorder", scan->job->path);
		return false;
	}
	scan->pages = picture->pages;
	add_page(scan, picture);
	return true;
}

static bool read_pages(struct scan *scan, struct process *process, int fd, GError **error)
{
	guint before;

	do {
		before = scan->done;
		if (!process_begin_render(process, scan->job, fd, scan->done + 1, error) ||
		    !process_finish_render(process, take_picture, scan, error))
			return false;
	} while (scan->done > before && scan->done < scan->pages);
	if (scan->failed > PAGES_TOLD)
		g_ptr_array_add(scan->job->warnings, g_strdup_printf("'%s': %u more pages are not read", scan->job->path, scan->failed - PAGES_TOLD));
	if (scan->done == scan->pages && scan->failed < scan->done && scan->text->len <= CORPUS_FILE_MAX_BYTES)
		return true;
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED, "cannot read '%s': OCR finds nothing on its pages", scan->job->path);
	return false;
}

bool scan_read(const struct ocr *ocr, struct process *process, struct job *job, bool blocks, corpus_sink *sink, void *data, GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct scan scan = { .ocr = ocr, .job = job, .text = text };
	int fd = corpus_open(job->path, error);
	bool ok = fd >= 0 && read_pages(&scan, process, fd, error) && process_begin_recognised(process, job, fd, text, blocks, error);

	if (fd >= 0)
		close(fd);
	if (!ok)
		return false;
	g_ptr_array_add(job->warnings, g_strdup_printf("'%s': read by OCR: words may be misread", job->path));
	return process_finish(process, sink, data, error);
}
