/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * output.c - the common part of all formats: finding one, and writing.
 */
#include "searcher/output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FLUSH_BYTES 65536

static const struct output_format *const formats[] = {
	&output_text, &output_json, &output_jsonl, &output_csv, &output_trec,
};

const struct output_format *output_format_find(const char *name)
{
	for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

bool output_format_does(const struct output_format *format, enum output_task task)
{
	static const char letters[] = { 's', 'h', 'l', 'g' };

	return strchr(format->tasks, letters[task]) != NULL;
}

void output_open(struct output *output, int fd, enum colour colour)
{
	output->text = g_string_new(NULL);
	output->fd = fd;
	terminal_init(&output->terminal, colour, fd);
	if (output->format->begin && output->task != OUTPUT_SUGGEST)
		output->format->begin(output);
}

static bool write_all(struct output *output)
{
	gsize done = 0;

	while (done < output->text->len) {
		ssize_t n = write(output->fd, output->text->str + done, output->text->len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			output->failure = errno;
			return false;
		}
		done += (gsize)n;
	}
	g_string_truncate(output->text, 0);
	return true;
}

bool output_flush(struct output *output, bool force)
{
	if (output->failure)
		g_string_truncate(output->text, 0);
	else if (force || output->text->len >= FLUSH_BYTES)
		write_all(output);
	return output->failure == 0;
}

bool output_close(struct output *output)
{
	if (output->format->end && output->task != OUTPUT_SUGGEST)
		output->format->end(output);
	output_flush(output, true);
	g_string_free(output->text, TRUE);
	output->text = NULL;
	return output->failure == 0;
}

void output_results(struct output *output, const RapResults *results)
{
	const struct output_format *format = output->format;

	if (format->results_begin)
		format->results_begin(output, results);
	for (size_t i = 0; i < results->n_hits && output_flush(output, false); i++) {
		format->hit(output, &results->hits[i]);
		output->n++;
	}
	if (format->results_end)
		format->results_end(output, results);
}

const char *list_name(enum list_what what)
{
	static const char *const names[] = { "documents", "panels", "speakers", "bodies", "passages" };

	return names[what];
}

void output_snippet(const RapHit *hit, GString *out)
{
	g_string_append(out, hit->cut_before ? "... " : "");
	for (size_t i = 0; i < hit->n_snippet; i++)
		g_string_append(out, hit->snippet[i].text);
	g_string_append(out, hit->cut_after ? " ..." : "");
}
