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

void worker_init(struct worker *worker, struct writer *writer, struct process *process, worker_step_fn *step, void *data)
{
	*worker = (struct worker){ .writer = writer, .process = process, .step = step, .step_data = data, .line = g_string_new(NULL) };
}

void worker_clear(struct worker *worker)
{
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

/* report "Title", en, 2017-10-23; 120 passages, 24 people, 3 panels */
static void describe(GString *line, const struct document *doc)
{
	guint people = count_people(doc, false), bodies = count_people(doc, true);

	g_string_printf(line, "%s \"%s\"", type_name(doc->type), doc->title);
	if (doc->language)
		g_string_append_printf(line, ", %s", doc->language);
	if (doc->date)
		g_string_append_printf(line, ", %s", doc->date);
	g_string_append_printf(line, "; %u passages", doc->passages->len);
	if (people)
		g_string_append_printf(line, ", %u people", people);
	if (bodies)
		g_string_append_printf(line, ", %u bodies", bodies);
	if (doc->panels->len)
		g_string_append_printf(line, ", %u panels", doc->panels->len);
	if (strcmp(doc->access, "public") != 0)
		g_string_append_printf(line, ", %s", doc->access);
	if (document_is_nameless(doc))
		g_string_append(line, doc->nameless ? ", without names" : ", without names in part");
}

static char *summary(const struct worker *worker)
{
	g_autofree char *name = g_path_get_basename(worker->job->path);

	if (worker->documents == 1)
		return g_strdup_printf("%s: %s", name, worker->line->str);
	return g_strdup_printf("%s: collection of %u documents; %u passages", name, worker->documents, worker->passages);
}

/* --- a file ------------------------------------------------------------------------------- */

static bool take_document(struct document *doc, void *data, GError **error)
{
	struct worker *worker = data;
	g_autofree char *renamed = NULL;

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
	worker->step(doc->text_bytes, doc->passages->len, worker->step_data);
	return true;
}

static bool read_file(struct worker *worker, int fd, GError **error)
{
	struct job *job = worker->job;

	if (!process_begin(worker->process, job->place, fd, false, error) || !process_finish(worker->process, take_document, worker, error))
		return false;
	if (worker->documents)
		return true;
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED, "cannot index '%s': it holds no text", job->path);
	return false;
}

/* Of the file's bytes, of what the catalogue says of it, and of how it is read. */
static char *digest_of(const struct job *job, int fd, GError **error)
{
	g_autofree char *sum = files_digest(job->path, fd, error);
	g_autofree char *said = job->catalogue ? catalogue_digest(job->catalogue, job->path) : NULL;
	g_autofree char *without = stages_off();

	return sum ? g_strconcat(sum, said && *said ? "/" : "", said ? said : "", without ? "/without " : NULL, without, NULL) : NULL;
}

static bool fail(struct job *job, GError *error)
{
	job->outcome = JOB_FAILED;
	job->error = error;
	return true;
}

static bool take(struct worker *worker, int fd, enum writer_state state, const char *digest, GError **error)
{
	struct job *job = worker->job;
	GError *cause = NULL;

	writer_begin_source(worker->writer, job->path, digest);
	if (!read_file(worker, fd, &cause)) {
		writer_abandon_source(worker->writer);
		if (cause->domain == RAPPORTEUR_ERROR)	/* Xapian's are the index's */
			return fail(job, cause);
		g_propagate_error(error, cause);
		return false;
	}
	if (!writer_end_source(worker->writer, worker->format, error))
		return false;
	job->summary = summary(worker);
	job->outcome = state == WRITER_NEW ? JOB_ADDED : JOB_CHANGED;
	return true;
}

bool worker_take(struct worker *worker, struct job *job, GError **error)
{
	GError *cause = NULL;
	int fd = corpus_open(job->path, &cause);
	g_autofree char *digest = fd < 0 ? NULL : digest_of(job, fd, &cause);
	enum writer_state state;
	bool ok = true;

	worker->job = job;
	worker->documents = worker->passages = 0;
	if (digest) {
		state = writer_state(worker->writer, job->path, digest);
		job->outcome = JOB_UNCHANGED;
		ok = state == WRITER_SAME || take(worker, fd, state, digest, error);
	} else {
		fail(job, cause);
	}
	if (fd >= 0)
		close(fd);
	return ok;
}
