/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * main.c - rapporteur-index: reads files and writes the index.
 */
#include "config.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "corpus/stages.h"
#include "indexer/check.h"
#include "indexer/run.h"
#include "indexer/writer.h"
#include "xapian/xap.h"

#define PROGRAM "rapporteur-index"
#define JOBS_MAX 64
#define SECONDS_MAX 86400
#define MEGABYTES_MIN 64
#define MEGABYTES_MAX (1 << 20)

static char *default_index(void)
{
	const char *named = g_getenv("RAPPORTEUR_INDEX");

	return named && *named ? g_strdup(named) : g_build_filename(g_get_user_data_dir(), "rapporteur", NULL);
}

static const char *index_in_hand;	/* for what ends a process in the midst of it */

static void end_without_index(int number)
{
	fprintf(stderr, PROGRAM ": cannot write index '%s': %s\n", index_in_hand, number ? g_strerror(number) : "two writes in a row failed; is the disk full?");
	writer_remove_scratch(index_in_hand);
}

static int usage_error(const char *message)
{
	fprintf(stderr, PROGRAM ": cannot run: %s\nTry '" PROGRAM " --help'.\n", message);
	return 2;
}

/* A result that could not be written is no success. */
static int finish(int status)
{
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, PROGRAM ": cannot write to standard output: %s\n", g_strerror(errno));
		return 2;
	}
	return status;
}

int main(int argc, char **argv)
{
	g_autofree char *index = NULL, *catalogue = NULL, *without = NULL, *languages = NULL;
	g_auto(GStrv) exclude = NULL, paths = NULL;
	gboolean rebuild = FALSE, prune = FALSE, quiet = FALSE, progress = FALSE, check = FALSE, write = FALSE, dump = FALSE, full = FALSE;
	gboolean json = FALSE, no_sandbox = FALSE, ocr = FALSE, retry = FALSE, version = FALSE;
	gint jobs = 1, seconds = PROCESS_SECONDS, megabytes = PROCESS_MEGABYTES;
	const GOptionEntry entries[] = {
		{ "index", 'i', 0, G_OPTION_ARG_FILENAME, &index, "The index's folder ($RAPPORTEUR_INDEX, else rapporteur in the user's data folder)", "DIR" },
		{ "catalogue", 'c', 0, G_OPTION_ARG_FILENAME, &catalogue, "What a person says of the documents (else catalogue.ini beside them)", "FILE" },
		{ "exclude", 'x', 0, G_OPTION_ARG_FILENAME_ARRAY, &exclude, "Leave out files and folders whose name or path matches; may be repeated", "GLOB" },
		{ "jobs", 'j', 0, G_OPTION_ARG_INT, &jobs, "How many files may be read at a time (1)", "N" },
		{ "rebuild", 0, 0, G_OPTION_ARG_NONE, &rebuild, "Make the index anew, and put it in the place of the old one", NULL },
		{ "prune", 0, 0, G_OPTION_ARG_NONE, &prune, "Also remove documents whose files are gone, wherever they were", NULL },
		{ "without", 0, 0, G_OPTION_ARG_STRING, &without, "Leave cues of attribution out (captions, labels, ...), to see what they contribute", "STAGE,..." },
		{ "retry-failed", 0, 0, G_OPTION_ARG_NONE, &retry, "Also try files again that could not be read and have not changed", NULL },
		{ "ocr", 0, 0, G_OPTION_ARG_NONE, &ocr, "Read scanned PDF, whose pages are pictures, with tesseract", NULL },
		{ "ocr-language", 0, 0, G_OPTION_ARG_STRING, &languages, "With --ocr: the languages, as tesseract names them (eng)", "LANG+..." },
		{ "max-seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "Processor time that reading a file may take, and a second more for each MB (60)", "N" },
		{ "max-memory", 0, 0, G_OPTION_ARG_INT, &megabytes, "Memory that reading a file may take, in MB, and more for long texts (1024)", "N" },
		{ "no-sandbox", 0, 0, G_OPTION_ARG_NONE, &no_sandbox, "Trust the files: read them without a sandbox, where the system has none", NULL },
		{ "write-catalogue", 0, 0, G_OPTION_ARG_NONE, &write, "Print what is detected as a catalogue; index nothing", NULL },
		{ "dump", 0, 0, G_OPTION_ARG_NONE, &dump, "Print what is made of each file: blocks, pages, people, passages; index nothing", NULL },
		{ "full", 0, 0, G_OPTION_ARG_NONE, &full, "With --dump: long texts whole", NULL },
		{ "json", 0, 0, G_OPTION_ARG_NONE, &json, "With --dump: a JSON object a line", NULL },
		{ "check", 0, 0, G_OPTION_ARG_NONE, &check, "Check that the index is sound", NULL },
		{ "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "No summary", NULL },
		{ "progress", 0, 0, G_OPTION_ARG_NONE, &progress, "Show progress even if standard error is not a terminal", NULL },
		{ "version", 'V', 0, G_OPTION_ARG_NONE, &version, "Print the version", NULL },
		{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "PATH..." },
		G_OPTION_ENTRY_NULL
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;
	struct run_options options;
	struct ocr *reader = NULL;
	int status;

	setlocale(LC_CTYPE, "");
	signal(SIGXFSZ, SIG_IGN);	/* a file that may not grow is a failed write, which is told */
	g_option_context_set_summary(context, "Indexes the documents in files and folders for rapporteur(1).");
	g_option_context_set_description(context, "Exit status: 0 done, 2 usage or error.");
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error))
		return usage_error(error->message);
	if (version) {
		puts(PROGRAM " " PACKAGE_VERSION);
		return finish(0);
	}
	if (!index)
		index = default_index();
	if (check)
		return finish(check_index(index, quiet));
	if (without && !stages_without(without, &error))
		return usage_error(error->message);
	if (!paths || !*paths)
		return usage_error("no file or folder named");
	if ((full || json) && !dump)
		return usage_error("--full and --json go with --dump");
	if (languages && !ocr)
		return usage_error("--ocr-language goes with --ocr");
	if (jobs < 1 || jobs > JOBS_MAX)
		return usage_error("--jobs takes a number from 1 to 64");
	if (seconds < 1 || seconds > SECONDS_MAX)
		return usage_error("--max-seconds takes a number from 1 to 86400");
	if (megabytes < MEGABYTES_MIN || megabytes > MEGABYTES_MAX)
		return usage_error("--max-memory takes a number of MB from 64 to 1048576");
	index_in_hand = index;
	xap_last_words(end_without_index, 2);
	options = (struct run_options){
		.index = index, .catalogue = catalogue, .exclude = (const char *const *)exclude,
		.paths = (const char *const *)paths, .jobs = (guint)jobs, .rebuild = rebuild, .prune = prune,
		.quiet = quiet, .progress = progress || isatty(STDERR_FILENO), .no_sandbox = no_sandbox, .retry_failed = retry,
		.limits = { .seconds = (guint)seconds, .megabytes = (guint)megabytes },
	};
	if (ocr && !(reader = ocr_new(languages ? languages : OCR_LANGUAGES, &options.limits, &error)))
		return usage_error(error->message);
	options.ocr = reader;
	if (dump)
		status = run_dump(&options, json ? DUMP_JSON : full ? DUMP_FULL : DUMP_SHORT);
	else
		status = write ? run_write_catalogue(&options) : run_index(&options);
	ocr_free(reader);
	return finish(status);
}
