/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * run.c - one run of rapporteur-index: workers take the files, and what became
 * of each is told in the files' order, however many work at a time.
 */
#include "indexer/run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "corpus/error.h"
#include "corpus/sandbox.h"
#include "indexer/failures.h"
#include "indexer/process.h"
#include "indexer/progress.h"
#include "indexer/scan.h"
#include "indexer/stamp.h"
#include "indexer/worker.h"

#define PROGRAM "rapporteur-index"
#define SKIPPED_NAMED_MAX 20	/* files of a kind that a summary names */

struct run {
	const struct run_options *options;
	struct jobs jobs;
	GPtrArray *processes;	/* struct process *: WORKER_READERS for each hand */
	struct failures *failures;	/* those of earlier runs stay the same while workers look at them */
	GPtrArray *skipped;	/* const struct job *: files that are no documents, in their order */
	Writer *writer;
	GString *summary;
	guint failed, failed_before, added, changed, unchanged, removed, warned;

	GMutex mutex;		/* guards what follows, and what is told */
	struct progress progress;
	guint next;		/* the job to take next */
	guint told;		/* jobs whose outcome was told */
	GError *error;		/* a fault of the index: ends the run */
};

/* --- telling ------------------------------------------------------------------------------ */

static void complain(struct run *run, const char *message)
{
	g_autofree char *line = printable(message, strlen(message));

	progress_clear(&run->progress);
	fprintf(stderr, PROGRAM ": %s\n", line);
	run->failed++;
}

static void warn(struct run *run, const char *message)
{
	g_autofree char *line = printable(message, strlen(message));

	progress_clear(&run->progress);
	fprintf(stderr, PROGRAM ": warning: %s\n", line);
	run->warned++;
}

static void skip(struct run *run, const struct job *job)
{
	g_ptr_array_add(run->skipped, (gpointer)job);
	if (run->writer && writer_state(run->writer, job->path, "") != WRITER_NEW) {	/* another version took it for one */
		writer_remove(run->writer, job->path);
		run->removed++;
	}
}

static void tell_job(struct run *run, const struct job *job)
{
	for (guint i = 0; i < job->warnings->len; i++)
		warn(run, g_ptr_array_index(job->warnings, i));
	if (job->summary)
		g_string_append_printf(run->summary, "%s\n", job->summary);
	run->added += job->outcome == JOB_ADDED;
	run->changed += job->outcome == JOB_CHANGED;
	run->unchanged += job->outcome == JOB_UNCHANGED;
	run->failed_before += job->outcome == JOB_FAILED_BEFORE;
	if (job->outcome == JOB_SKIPPED)
		skip(run, job);
	if (job->outcome == JOB_FAILED && job->error)
		complain(run, job->error->message);
	else
		run->failed += job->outcome == JOB_FAILED;	/* for a reason that was told */
}

static void step(guint64 bytes, guint passages, void *data)
{
	struct run *run = data;

	g_mutex_lock(&run->mutex);
	progress_step(&run->progress, bytes, passages);
	g_mutex_unlock(&run->mutex);
}

/* By kind, and those of a kind by path. */
static gint compare_kinds(gconstpointer a, gconstpointer b)
{
	const struct job *first = *(const struct job *const *)a, *second = *(const struct job *const *)b;
	gint order = strcmp(first->kind, second->kind);

	return order ? order : strcmp(first->path, second->path);
}

/* left out: 2 archives: a.zip, b/c.zip */
static void print_kind(struct job *const *jobs, guint n)
{
	g_autoptr(GString) line = g_string_new("left out: ");

	append_count(line, n, corpus_other_one(jobs[0]->kind), jobs[0]->kind);
	for (guint i = 0; i < n && i < SKIPPED_NAMED_MAX; i++) {
		g_autofree char *name = printable(jobs[i]->shown, strlen(jobs[i]->shown));

		g_string_append_printf(line, "%s %s", i ? "," : ":", name);
	}
	if (n > SKIPPED_NAMED_MAX)
		g_string_append_printf(line, " and %u more", n - SKIPPED_NAMED_MAX);
	puts(line->str);
}

static void print_skipped(struct run *run)
{
	g_ptr_array_sort(run->skipped, compare_kinds);
	for (guint i = 0, n; i < run->skipped->len; i += n) {
		struct job *const *jobs = (struct job *const *)run->skipped->pdata + i;

		for (n = 1; i + n < run->skipped->len && !strcmp(jobs[n]->kind, jobs[0]->kind);)
			n++;
		print_kind(jobs, n);
	}
}

/* the index 'papers.index' holds 3 documents of 2 files: 40 passages, 31.2 kB of text */
static void print_totals(const struct run *run, const struct writer_totals *totals)
{
	g_autoptr(GString) line = g_string_new(NULL);
	g_autofree char *size = g_format_size(totals->text_bytes);

	append_count(line, totals->documents, "document", "documents");
	g_string_append(line, " of ");
	append_count(line, totals->sources, "file", "files");
	g_string_append(line, ": ");
	append_count(line, totals->passages, "passage", "passages");
	printf("the index '%s' holds %s, %s of text\n", run->options->index, line->str, size);
}

static void print_summary(struct run *run)
{
	struct writer_totals totals;
	double seconds = (double)(g_get_monotonic_time() - run->progress.started_us) / G_USEC_PER_SEC;

	if (run->options->quiet || !writer_totals(run->writer, &totals, NULL))
		return;
	fputs(run->summary->str, stdout);
	print_skipped(run);
	if (run->failed_before)
		printf("%u %s before and %s not tried again (--retry-failed tries %s)\n", run->failed_before, run->failed_before == 1 ? "file failed" : "files failed",
		       run->failed_before == 1 ? "was" : "were", run->failed_before == 1 ? "it" : "them");
	printf("%u new, %u changed, %u unchanged, %u removed, %u failed; %u %s; %.1f s\n", run->added,
	       run->changed, run->unchanged, run->removed, run->failed, run->warned, run->warned == 1 ? "warning" : "warnings", seconds);
	print_totals(run, &totals);
}

/* --- working ------------------------------------------------------------------------------- */

/* The next job that is still to be done; NULL at the end. Those that must be done
 * in turn are left to the second round. */
static struct job *next_job(struct run *run, bool in_turn)
{
	struct job *job = NULL;

	g_mutex_lock(&run->mutex);
	while (!run->error && run->next < run->jobs.list->len && !job) {
		job = g_ptr_array_index(run->jobs.list, run->next++);
		if (job->outcome == JOB_WAITING && job->in_turn == in_turn)
			break;
		job->done = job->done || job->outcome != JOB_WAITING;	/* it failed before it began */
		job = NULL;
	}
	g_mutex_unlock(&run->mutex);
	return job;
}

static void finish_job(struct job *job, void *data)
{
	struct run *run = data;

	g_mutex_lock(&run->mutex);
	job->done = true;
	while (run->told < run->jobs.list->len && ((struct job *)g_ptr_array_index(run->jobs.list, run->told))->done)
		tell_job(run, g_ptr_array_index(run->jobs.list, run->told++));
	g_mutex_unlock(&run->mutex);
}

static struct job *next_of_any(void *data)
{
	return next_job(data, false);
}

static struct job *next_in_turn(void *data)
{
	return next_job(data, true);
}

static void work(struct run *run, struct writer *writer, guint hand, bool in_turn)
{
	struct process **processes = (struct process **)run->processes->pdata + (gsize)hand * WORKER_READERS;
	struct worker_calls calls = { in_turn ? next_in_turn : next_of_any, finish_job, step, run };
	struct worker worker;
	GError *error = NULL;

	worker_init(&worker, writer, processes, run->options->retry_failed ? NULL : run->failures, run->options->ocr, &calls);
	if (!worker_run(&worker, &error)) {
		g_mutex_lock(&run->mutex);
		if (!run->error)
			g_propagate_error(&run->error, error);
		else
			g_error_free(error);
		g_mutex_unlock(&run->mutex);
	}
	worker_clear(&worker);
}

struct hand {
	struct run *run;
	guint number;		/* this thread is the first */
	struct writer *branch;
	GThread *thread;
};

static gpointer work_branch(gpointer data)
{
	struct hand *hand = data;

	work(hand->run, hand->branch, hand->number, false);
	return NULL;
}

/* This thread works too. */
static void work_together(struct run *run)
{
	guint more = MIN(run->processes->len / WORKER_READERS, MAX(run->jobs.list->len, 1)) - 1;
	g_autofree struct hand *hands = g_new0(struct hand, more + 1);

	for (guint i = 0; i < more; i++) {
		hands[i] = (struct hand){ run, i + 1, writer_branch(run->writer), NULL };
		hands[i].thread = g_thread_new("index", work_branch, &hands[i]);
	}
	work(run, run->writer, 0, false);
	for (guint i = 0; i < more; i++) {
		g_thread_join(hands[i].thread);
		writer_close(hands[i].branch);
	}
	run->next = 0;
	work(run, run->writer, 0, true);
	while (run->told < run->jobs.list->len && ((struct job *)g_ptr_array_index(run->jobs.list, run->told))->done)
		tell_job(run, g_ptr_array_index(run->jobs.list, run->told++));
}

/* --- corrections that fit nothing --------------------------------------------------------------- */

static void warn_of_catalogue(struct run *run, const struct catalogue *catalogue)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new(), warnings = g_ptr_array_new_with_free_func(g_free);
	bool all_read = true;

	for (guint i = 0; i < run->jobs.list->len; i++) {
		const struct job *job = g_ptr_array_index(run->jobs.list, i);

		g_ptr_array_add(paths, job->path);
		if (job->catalogue == catalogue)	/* what is unchanged was judged before */
			all_read &= job->outcome == JOB_ADDED || job->outcome == JOB_CHANGED;
	}
	g_ptr_array_add(paths, NULL);
	catalogue_warn_unfit(catalogue, (const char *const *)paths->pdata, all_read, warnings);
	for (guint i = 0; i < warnings->len; i++)
		warn(run, g_ptr_array_index(warnings, i));
}

/* Only where a folder was named: else the other files are not known. */
static void warn_unfit(struct run *run)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	for (guint i = 0; run->jobs.roots->len && i < run->jobs.list->len; i++) {
		const struct job *job = g_ptr_array_index(run->jobs.list, i);

		if (job->catalogue && g_hash_table_add(seen, (gpointer)job->catalogue))
			warn_of_catalogue(run, job->catalogue);
	}
}

/* --- files that are gone --------------------------------------------------------------------- */

struct pruning {
	struct run *run;
	GHashTable *seen;
	GPtrArray *gone;
};

/* A folder that may not be entered says nothing of what is in it. */
static bool is_known_gone(const char *path)
{
	GStatBuf st;

	return g_stat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

static bool is_gone(const char *path, void *data)
{
	struct pruning *pruning = data;
	const GPtrArray *roots = pruning->run->jobs.roots;
	bool below = false;

	if (g_hash_table_contains(pruning->seen, path) || jobs_are_blind_to(&pruning->run->jobs, path))
		return false;
	for (guint i = 0; i < roots->len; i++)
		below |= path_is_below(path, g_ptr_array_index(roots, i));
	return below || (pruning->run->options->prune && is_known_gone(path));
}

static bool look_for(const char *path, void *data)
{
	struct pruning *pruning = data;

	if (is_gone(path, pruning))
		g_ptr_array_add(pruning->gone, g_strdup(path));
	return true;
}

static void remove_vanished(struct run *run)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func(g_free);
	struct pruning pruning = { run, seen, gone };

	for (guint i = 0; i < run->jobs.list->len; i++)
		g_hash_table_add(seen, ((struct job *)g_ptr_array_index(run->jobs.list, i))->path);
	writer_each_path(run->writer, look_for, &pruning);
	failures_forget_gone(run->failures, is_gone, &pruning);
	for (guint i = 0; i < gone->len; i++)
		writer_remove(run->writer, g_ptr_array_index(gone, i));
	run->removed = gone->len;
}

/* --- files that failed ------------------------------------------------------------------------ */

/* What another try may change: the disk, a machine that was short of memory, somebody who was writing. */
static bool may_pass(const GError *error)
{
	return g_error_matches(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_IO) || g_error_matches(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CHANGED);
}

/* Remembers what failed, in the folder of the index; where none has come about there is nothing to remember it in. */
static void keep_failures(struct run *run)
{
	g_autofree char *stamp = g_build_filename(run->options->index, STAMP_FILE, NULL);
	g_autoptr(GError) error = NULL;

	for (guint i = 0; i < run->jobs.list->len; i++) {
		const struct job *job = g_ptr_array_index(run->jobs.list, i);

		g_autofree char *digest = g_strconcat(job->digest ? job->digest : "", job->scanned ? FAILURES_SCANNED : "", NULL);

		if (job->outcome == JOB_FAILED && job->digest && job->error && !may_pass(job->error))
			failures_note(run->failures, job->path, digest, job->error->message);
		else if (job->outcome == JOB_ADDED || job->outcome == JOB_CHANGED || job->outcome == JOB_UNCHANGED || job->outcome == JOB_SKIPPED)
			failures_forget(run->failures, job->path);
	}
	if (g_file_test(stamp, G_FILE_TEST_EXISTS) && !failures_write(run->failures, run->options->index, &error))
		warn(run, error->message);
}

/* --- the run ------------------------------------------------------------------------------------ */

static bool index_all(struct run *run, GError **error)
{
	progress_start(&run->progress, run->options->progress, jobs_bytes(&run->jobs));
	remove_vanished(run);	/* first: a file that was moved keeps its id */
	work_together(run);
	warn_unfit(run);
	if (run->error) {
		g_propagate_error(error, g_steal_pointer(&run->error));
		return false;
	}
	if (!run->added && !run->changed && !run->removed && (run->unchanged || run->failed || run->failed_before || run->skipped->len))
		return true;
	return writer_commit(run->writer, error);
}

static bool prepare(struct run *run)
{
	GError *error = NULL;

	if (run->options->catalogue && !jobs_open_catalogue(&run->jobs, run->options->catalogue, &error)) {
		complain(run, error->message);
		g_error_free(error);
		return false;
	}
	for (const char *const *path = run->options->paths; *path; path++) {
		if (jobs_add(&run->jobs, *path, run->options->exclude, &error))
			continue;
		complain(run, error->message);
		g_clear_error(&error);
	}
	for (guint i = 0; i < run->jobs.unread->len; i++)
		complain(run, ((const struct corpus_unread *)g_ptr_array_index(run->jobs.unread, i))->error->message);
	jobs_settle(&run->jobs);
	return run->jobs.list->len || run->options->prune;
}

/* Readers are made before the papers are known, of which there may be fewer. */
static guint most_hands(const struct run_options *options)
{
	guint n = 0;

	for (const char *const *path = options->paths; *path && n < options->jobs; path++)
		n = g_file_test(*path, G_FILE_TEST_IS_DIR) ? options->jobs : n + 1;
	return MAX(n, 1);
}

/* Before files and catalogues are looked at, the writer is opened and any thread is made: readers inherit none of these. */
static bool start_readers(struct run *run, guint n, GError **error)
{
	g_autoptr(Sandbox) sandbox = run->options->no_sandbox ? NULL : sandbox_new(error);

	if (!sandbox && !run->options->no_sandbox)
		return false;
	if (!sandbox)
		warn(run, "files are read without a sandbox: one that is made to do harm can do it");
	for (guint i = 0; i < n; i++) {
		struct process *process = process_start(sandbox, &run->options->limits, error);

		if (!process)
			return false;
		g_ptr_array_add(run->processes, process);
	}
	return true;
}

static void end_process(gpointer process)
{
	process_end(process);
}

static void run_init(struct run *run, const struct run_options *options)
{
	*run = (struct run){ .options = options, .summary = g_string_new(NULL) };
	g_mutex_init(&run->mutex);
	run->processes = g_ptr_array_new_with_free_func(end_process);
	run->skipped = g_ptr_array_new();
	jobs_init(&run->jobs);
}

static void run_clear(struct run *run)
{
	g_ptr_array_unref(run->processes);
	g_ptr_array_unref(run->skipped);
	failures_free(run->failures);
	writer_close(run->writer);
	jobs_clear(&run->jobs);
	g_string_free(run->summary, TRUE);
	g_mutex_clear(&run->mutex);
}

int run_index(const struct run_options *options)
{
	struct run run;
	g_autoptr(GError) error = NULL;
	int status = 2;

	run_init(&run, options);
	if (!start_readers(&run, most_hands(options) * WORKER_READERS, &error)) {
		complain(&run, error->message);
	} else if (prepare(&run)) {
		run.failures = failures_open(options->rebuild ? NULL : options->index);
		run.writer = writer_open(options->index, options->rebuild ? WRITER_REBUILD : 0, &error);
		if (run.writer && index_all(&run, &error)) {
			keep_failures(&run);
			progress_clear(&run.progress);
			print_summary(&run);
			status = run.failed ? 2 : 0;
		} else {
			complain(&run, error->message);
		}
	}
	run_clear(&run);
	return status;
}

/* --- without an index ---------------------------------------------------------------------------- */

struct groups {
	const struct job *job;
	GString *out;
	enum dump_form form;
	bool blocks;		/* are wanted, too */
};

static bool read_job(struct run *run, struct job *job, corpus_sink *sink, struct groups *groups, GError **error)
{
	GError *cause = NULL;
	struct process *process = g_ptr_array_index(run->processes, 0);
	int fd = corpus_open(job->path, error);
	bool skipped = fd >= 0 && job_skip(job, fd, false);
	bool ok = fd >= 0 && !skipped && process_begin(process, job, fd, groups->blocks, error);

	if (fd >= 0)
		close(fd);
	groups->job = job;
	if (skipped)
		return true;
	ok = ok && process_finish(process, sink, groups, &cause);
	if (run->options->ocr && g_error_matches(cause, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SCANNED)) {
		g_clear_error(&cause);
		ok = scan_read(run->options->ocr, process, job, groups->blocks, sink, groups, &cause);
	}
	if (cause)
		g_propagate_error(error, cause);
	return ok;
}

/* Reads all files without indexing them: each document goes to the sink, with the groups. */
static int read_all(const struct run_options *options, corpus_sink *sink, struct groups *groups)
{
	struct run run;
	g_autoptr(GError) error = NULL;
	bool ok;

	run_init(&run, options);
	ok = start_readers(&run, 1, &error);
	if (!ok)
		complain(&run, error->message);
	ok = ok && prepare(&run);
	for (guint i = 0; ok && i < run.jobs.list->len; i++) {
		struct job *job = g_ptr_array_index(run.jobs.list, i);

		if (job->outcome == JOB_WAITING && !read_job(&run, job, sink, groups, &job->error))
			job->outcome = JOB_FAILED;
		ok = !job->error || job->error->domain != PROCESS_ERROR;
		tell_job(&run, job);
	}
	ok = ok && !run.failed;
	run_clear(&run);
	return ok ? 0 : 2;
}

static void warn_empty(const struct document *doc, const struct job *job)
{
	if (!doc->passages->len)
		g_ptr_array_add(job->warnings, g_strdup_printf("'%s': it holds no text", job->path));
}

/* By its path below the folder that was named, where the catalogue will lie. */
static bool write_group(struct document *doc, void *data, GError **error)
{
	const struct groups *groups = data;

	(void)error;
	warn_empty(doc, groups->job);
	if (strcmp(doc->format, "jsonl") != 0)
		catalogue_write(doc, groups->job->path + strlen(groups->job->root) + !g_str_has_suffix(groups->job->root, "/"), groups->out);
	return true;
}

int run_write_catalogue(const struct run_options *options)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct groups groups = { .out = out };
	int status = read_all(options, write_group, &groups);

	fputs(out->str, stdout);
	return status;
}

static bool dump_one(struct document *doc, void *data, GError **error)
{
	const struct groups *groups = data;

	(void)error;
	warn_empty(doc, groups->job);
	dump_document(doc, groups->form, groups->out);
	fwrite(groups->out->str, 1, groups->out->len, stdout);
	g_string_truncate(groups->out, 0);
	return true;
}

int run_dump(const struct run_options *options, enum dump_form form)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct groups groups = { .out = out, .form = form, .blocks = true };

	return read_all(options, dump_one, &groups);
}
