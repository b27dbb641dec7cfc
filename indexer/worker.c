/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * worker.c - one file after the other into a writer.
 */
#include "indexer/worker.h"

#include <string.h>
#include <unistd.h>

#include "corpus/error.h"
#include "corpus/stages.h"
#include "indexer/files.h"
#include "indexer/progress.h"

void worker_init(struct worker *worker, struct writer *writer, struct process *const processes[WORKER_READERS],
                 const struct failures *failures, const struct ocr *ocr, const struct worker_calls *calls)
{
	*worker = (struct worker){ .writer = writer, .failures = failures, .ocr = ocr, .calls = *calls, .line = g_string_new(NULL) };
	for (guint i = 0; i < WORKER_READERS; i++)
		worker->readings[i].process = processes[i];
}

void worker_clear(struct worker *worker)
{
	g_clear_error(&worker->error);
	g_string_free(worker->line, TRUE);
	g_free(worker->format);
}

/* --- what it was taken for -------------------------------------------------------------- */

static guint count_people(const struct document *doc, bool bodies)
{
	guint n = 0;

	for (guint i = 0; i < doc->people->len; i++)
		n += document_person(doc, i)->body == bodies;
	return n;
}

static void append_more(GString *line, guint n, const char *one, const char *many)
{
	if (n) {
		g_string_append(line, ", ");
		append_count(line, n, one, many);
	}
}

/* pdf, report "Title", en, 2017-10-23; 120 passages, 24 people, 3 panels */
static void describe(GString *line, const struct document *doc)
{
	guint people = count_people(doc, false), bodies = count_people(doc, true);

	g_autofree char *title = printable(doc->title, strlen(doc->title));

	g_string_printf(line, "%s, %s \"%s\"", doc->format, type_name(doc->type), title);
	if (doc->language)
		g_string_append_printf(line, ", %s", doc->language);
	if (doc->date)
		g_string_append_printf(line, ", %s", doc->date);
	g_string_append(line, "; ");
	append_count(line, doc->passages->len, "passage", "passages");
	append_more(line, people, "person", "people");
	append_more(line, bodies, "body", "bodies");
	append_more(line, doc->panels->len, "panel", "panels");
	if (strcmp(doc->access, "public") != 0)
		g_string_append_printf(line, ", %s", doc->access);
	if (document_is_nameless(doc))
		g_string_append(line, doc->nameless ? ", without names" : ", without names in part");
}

static char *summary(const struct worker *worker)
{
	g_autofree char *name = printable(worker->job->shown, strlen(worker->job->shown));
	GString *line = g_string_new(name);

	if (worker->documents == 1) {
		g_string_append_printf(line, ": %s", worker->line->str);
		return g_string_free(line, FALSE);
	}
	g_string_append_printf(line, ": collection of %u documents; ", worker->documents);
	append_count(line, worker->passages, "passage", "passages");
	return g_string_free(line, FALSE);
}

/* --- beginning to read --------------------------------------------------------------------- */

/* Of the file's bytes, of what the catalogue says of it, and of how it is read. */
static char *digest_of(const struct job *job, int fd, GError **error)
{
	g_autofree char *sum = files_digest(job->path, fd, error);
	g_autofree char *said = job->catalogue ? catalogue_digest(job->catalogue, job->path) : NULL;
	g_autofree char *without = stages_off();

	return sum ? g_strconcat(sum, said && *said ? "/" : "", said ? said : "", without ? "/without " : NULL, without, NULL) : NULL;
}

static void fail(struct job *job, GError *error)
{
	job->outcome = JOB_FAILED;
	job->error = error;
}

/* What was refused for want of OCR is tried again with it. */
static bool failed_before(const struct worker *worker, const struct job *job)
{
	g_autofree char *scanned = g_strconcat(job->digest, FAILURES_SCANNED, NULL);

	return worker->failures && !job->named && (failures_find(worker->failures, job->path, job->digest) ||
	                                           (!worker->ocr && failures_find(worker->failures, job->path, scanned)));
}

/* Is the job settled without reading? */
static bool settle(struct worker *worker, struct reading *reading, struct job *job, int fd)
{
	GError *cause = NULL;

	if (job_skip(job, fd, writer_state(worker->writer, job->path, "") != WRITER_NEW))
		return true;
	job->digest = digest_of(job, fd, &cause);
	if (!job->digest) {
		fail(job, cause);
		return true;
	}
	reading->state = writer_state(worker->writer, job->path, job->digest);
	if (reading->state == WRITER_SAME)
		job->outcome = JOB_UNCHANGED;
	else if (failed_before(worker, job))
		job->outcome = JOB_FAILED_BEFORE;
	return job->outcome != JOB_WAITING;
}

/* False where there is nothing to read, or with error set. */
static bool begin(struct worker *worker, struct reading *reading, struct job *job, GError **error)
{
	GError *cause = NULL;
	int fd = corpus_open(job->path, &cause);
	bool begun = false;

	if (fd < 0)
		fail(job, cause);
	else if (!settle(worker, reading, job, fd))
		begun = process_begin(reading->process, job, fd, false, error);
	if (fd >= 0)
		close(fd);
	reading->job = begun ? job : NULL;
	return begun;
}

/* Begins to read the next file that is to be read, if a reader is free. */
static void look_ahead(struct worker *worker)
{
	struct reading *reading = worker->readings[0].job ? &worker->readings[1] : &worker->readings[0];
	struct job *job;

	if (worker->looked_ahead || worker->error)
		return;
	worker->looked_ahead = true;
	while (!worker->error && (job = worker->calls.next(worker->calls.data)) && !begin(worker, reading, job, &worker->error))
		if (!worker->error)
			worker->calls.done(job, worker->calls.data);
}

/* --- a file ------------------------------------------------------------------------------- */

static bool take_document(struct document *doc, void *data, GError **error)
{
	struct worker *worker = data;
	g_autofree char *renamed = NULL;

	look_ahead(worker);
	if (!doc->passages->len)
		return true;
	if (!writer_add(worker->writer, doc, &renamed, error))
		return false;
	if (renamed)
		g_ptr_array_add(worker->job->warnings,
		                g_strdup_printf("'%s': another document has the same id; this one is '%s'", worker->job->path, renamed));
	if (worker->documents++ == 0) {
		describe(worker->line, doc);
		g_free(worker->format);
		worker->format = g_strdup(doc->format);
	}
	worker->passages += doc->passages->len;
	worker->calls.step(doc->text_bytes, doc->passages->len, worker->calls.data);
	return true;
}

static bool read_file(struct worker *worker, struct process *process, GError **error)
{
	GError *cause = NULL;
	bool ok = process_finish(process, take_document, worker, &cause);

	if (g_error_matches(cause, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SCANNED)) {
		worker->job->scanned = !worker->ocr;
		if (worker->ocr) {
			g_clear_error(&cause);
			ok = scan_read(worker->ocr, process, worker->job, false, take_document, worker, &cause);
		}
	}
	if (!ok) {
		g_propagate_error(error, cause);
		return false;
	}
	if (worker->documents)
		return true;
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED, "cannot index '%s': it holds no text", worker->job->path);
	return false;
}

static bool take(struct worker *worker, const struct reading *reading, GError **error)
{
	struct job *job = worker->job;
	GError *cause = NULL;

	writer_begin_source(worker->writer, job->path, job->digest);
	if (!read_file(worker, reading->process, &cause)) {
		writer_abandon_source(worker->writer);
		if (cause->domain == RAPPORTEUR_ERROR) {	/* Xapian's are the index's */
			fail(job, cause);
			return true;
		}
		g_propagate_error(error, cause);
		return false;
	}
	if (!writer_end_source(worker->writer, worker->format, error))
		return false;
	job->summary = summary(worker);
	job->outcome = reading->state == WRITER_NEW ? JOB_ADDED : JOB_CHANGED;
	return true;
}

/* The reading that was begun first; NULL: none was. */
static struct reading *next_reading(struct worker *worker, const struct reading *last)
{
	struct reading *other = &worker->readings[last == &worker->readings[0]];

	return other->job ? other : NULL;
}

bool worker_run(struct worker *worker, GError **error)
{
	struct reading *reading = NULL;

	worker->looked_ahead = false;
	look_ahead(worker);
	for (reading = &worker->readings[0]; reading && reading->job; reading = next_reading(worker, reading)) {
		worker->job = reading->job;
		worker->documents = worker->passages = 0;
		worker->looked_ahead = false;
		if (!take(worker, reading, error))
			return false;
		look_ahead(worker);
		reading->job = NULL;
		worker->calls.done(worker->job, worker->calls.data);
	}
	if (!worker->error)
		return true;
	g_propagate_error(error, g_steal_pointer(&worker->error));
	return false;
}
