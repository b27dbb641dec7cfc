/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ocr.c - runs tesseract: a picture in, text out.
 *
 * What is run sees our own pixels only, and no file's bytes. Between fork() and execve() nothing
 * is called that a process with threads may not call there.
 */
#define _GNU_SOURCE	/* pipe2, memfd_create, close_range */
#include "indexer/ocr.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "corpus/error.h"

#define PROGRAM "tesseract"
#define EXIT_NOT_RUN 127

struct ocr {
	char *program, *languages;
	char **environment;
	struct process_limits limits;
};

static bool fail(enum rapporteur_error code, GError **error, const char *reason)
{
	g_set_error_literal(error, RAPPORTEUR_ERROR, (gint)code, reason);
	return false;
}

/* ---- a process ---- */

static void limit(int resource, rlim_t most)
{
	const struct rlimit value = { most, most };

	if (setrlimit(resource, &value) != 0)
		_exit(EXIT_NOT_RUN);
}

static void G_GNUC_NORETURN become(const struct ocr *ocr, char *const *argv, int null, int in, int out)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(null, 2) < 0)
		_exit(EXIT_NOT_RUN);
	close_range(3, ~0u, 0);
	limit(RLIMIT_CPU, ocr->limits.seconds);
	limit(RLIMIT_AS, (rlim_t)ocr->limits.megabytes << 20);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_CORE, 0);
	execve(ocr->program, argv, ocr->environment);
	_exit(EXIT_NOT_RUN);
}

/* All that it writes, until it ends; false where that is too much, or takes too long. */
static bool take_text(const struct ocr *ocr, int fd, GString *text, GError **error)
{
	gint64 end = g_get_monotonic_time() + (gint64)ocr->limits.seconds * PROCESS_WAIT_TIMES * G_USEC_PER_SEC;
	gsize have = 0;

	for (;;) {
		gint64 left_ms = (end - g_get_monotonic_time()) / 1000;
		struct pollfd wait = { .fd = fd, .events = POLLIN };
		char bytes[4096];
		ssize_t n;

		if (left_ms <= 0)
			return fail(RAPPORTEUR_ERROR_TOO_LARGE, error, PROGRAM " took too long");
		if (poll(&wait, 1, (int)MIN(left_ms, G_MAXINT)) <= 0)
			continue;
		n = read(fd, bytes, sizeof bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		have += (gsize)n;
		if (have > OCR_PAGE_MAX_BYTES)
			return fail(RAPPORTEUR_ERROR_TOO_LARGE, error, PROGRAM " gives more than 1 MB of text");
		g_string_append_len(text, bytes, n);
	}
}

static bool await(pid_t pid, GError **error)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return fail(RAPPORTEUR_ERROR_IO, error, g_strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
		return fail(RAPPORTEUR_ERROR_TOO_LARGE, error, PROGRAM " took too long");
	return fail(RAPPORTEUR_ERROR_UNSUPPORTED, error, PROGRAM " failed");
}

/* in: what it reads, or -1. */
static bool run(const struct ocr *ocr, char *const *argv, int in, GString *text, GError **error)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), ends[2] = { -1, -1 };
	pid_t pid = null >= 0 && pipe2(ends, O_CLOEXEC) == 0 ? fork() : -1;
	bool ok;

	if (pid == 0)
		become(ocr, argv, null, in < 0 ? null : in, ends[1]);
	ok = pid > 0 || fail(RAPPORTEUR_ERROR_IO, error, "cannot run " PROGRAM);
	if (ends[1] >= 0)
		close(ends[1]);
	if (null >= 0)
		close(null);
	if (pid > 0) {
		ok = take_text(ocr, ends[0], text, error);
		if (!ok)
			kill(pid, SIGKILL);
		ok = await(pid, ok ? error : NULL) && ok;
	}
	if (ends[0] >= 0)
		close(ends[0]);
	return ok;
}

/* ---- pictures ---- */

static bool write_all(int fd, const void *bytes, gsize len)
{
	for (const char *at = bytes; len;) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (gsize)n;
	}
	return true;
}

bool ocr_read(const struct ocr *ocr, const guchar *grey, guint width, guint height, GString *text, GError **error)
{
	char *argv[] = { ocr->program, "stdin", "stdout", "-l", ocr->languages, "--dpi", "300", "-c", "page_separator=", NULL };
	g_autofree char *head = g_strdup_printf("P5\n%u %u\n255\n", width, height);
	int fd = memfd_create("page", MFD_CLOEXEC);
	bool ok = fd >= 0 && write_all(fd, head, strlen(head)) && write_all(fd, grey, (gsize)width * height) && lseek(fd, 0, SEEK_SET) == 0;

	ok = ok ? run(ocr, argv, fd, text, error) : fail(RAPPORTEUR_ERROR_IO, error, "no memory for its picture");
	if (fd >= 0)
		close(fd);
	return ok;
}

/* ---- languages ---- */

/* A heading, then a line for each. */
static bool has_languages(const struct ocr *ocr, GError **error)
{
	char *argv[] = { ocr->program, "--list-langs", NULL };
	g_autoptr(GString) listed = g_string_new(NULL);
	g_auto(GStrv) wanted = g_strsplit(ocr->languages, "+", -1), lines = NULL;

	if (!run(ocr, argv, -1, listed, error))
		return false;
	lines = g_strsplit(listed->str, "\n", -1);
	for (guint i = 0; wanted[i]; i++) {
		if (*wanted[i] && *lines && g_strv_contains((const char *const *)lines + 1, wanted[i]))
			continue;
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED, PROGRAM " does not know the language '%s' ('" PROGRAM
		            " --list-langs' names those that it knows)", wanted[i]);
		return false;
	}
	return true;
}

struct ocr *ocr_new(const char *languages, const struct process_limits *limits, GError **error)
{
	g_autofree char *program = g_find_program_in_path(PROGRAM);
	const char *data = g_getenv("TESSDATA_PREFIX");
	struct ocr *ocr;

	if (!program) {
		fail(RAPPORTEUR_ERROR_UNSUPPORTED, error, "--ocr wants the program " PROGRAM ", which is not here (Debian: tesseract-ocr)");
		return NULL;
	}
	ocr = g_new0(struct ocr, 1);
	ocr->program = g_steal_pointer(&program);
	ocr->languages = g_strdup(languages);
	ocr->limits = *limits;
	ocr->environment = g_environ_setenv(NULL, "OMP_THREAD_LIMIT", "1", TRUE);
	ocr->environment = g_environ_setenv(ocr->environment, "LC_ALL", "C", TRUE);
	if (data)
		ocr->environment = g_environ_setenv(ocr->environment, "TESSDATA_PREFIX", data, TRUE);
	if (has_languages(ocr, error))
		return ocr;
	ocr_free(ocr);
	return NULL;
}

void ocr_free(struct ocr *ocr)
{
	if (!ocr)
		return;
	g_free(ocr->program);
	g_free(ocr->languages);
	g_strfreev(ocr->environment);
	g_free(ocr);
}
