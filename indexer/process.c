/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * process.c - this side of a reader: asks for a file, takes what comes, and tells why
 * nothing more came.
 */
#define _GNU_SOURCE	/* pipe2, memfd_create */
#include "indexer/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "corpus/bytes.h"
#include "corpus/corrections/corrections.h"
#include "corpus/error.h"
#include "corpus/transfer.h"
#include "indexer/budget.h"
#include "indexer/claims.h"
#include "indexer/picture.h"
#include "indexer/server.h"
#include "indexer/wire.h"

#define PIPE_BYTES (1 << 20)	/* so that a reader need not wait for its document to be taken */
#define FIRST_BYTES ((gsize)64 << 10)
#define FRAME_COST_BYTES 1024	/* what a frame counts for besides its payload: there is no end of empty ones */

struct process {
	pid_t server;
	int socket;
	struct process_limits limits;

	/* of the file in hand */
	struct job *job;
	struct claims claims;	/* what its reader has no say in */
	struct request request;
	int result;		/* -1: none in hand */
	pid_t reader;
	guint64 file_bytes;
	guint64 taken_bytes;	/* of the result so far */
	guint64 budgeted_bytes;	/* of the frame in hand */
	gint64 waited_us;
	bool late, garbled, oversized;	/* why it was stopped */
	bool entered;		/* it is in the sandbox; what it says from then on may be the file's */
	guint warnings, pictures;
	corpus_picture_sink *picture_sink;	/* of TASK_RENDER */
};

G_DEFINE_QUARK(rapporteur-process-error-quark, process_error)

/* ---- starting and ending ---- */

struct process *process_start(const struct sandbox *sandbox, const struct process_limits *limits, GError **error)
{
	struct process *process;
	pid_t self = getpid(), pid;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0 || (pid = fork()) < 0) {
		g_set_error(error, PROCESS_ERROR, PROCESS_ERROR_GONE, "cannot start a reader: %s", g_strerror(errno));
		return NULL;
	}
	if (pid == 0)
		server_run(ends[1], self, sandbox);
	close(ends[1]);
	process = g_new0(struct process, 1);
	*process = (struct process){ .server = pid, .socket = ends[0], .limits = *limits, .result = -1 };
	return process;
}

static void stop_reader(const struct process *process)
{
	if (process->reader > 0)
		kill(process->reader, SIGKILL);
}

void process_end(struct process *process)
{
	if (!process)
		return;
	if (process->result >= 0)
		close(process->result);
	claims_clear(&process->claims);
	close(process->socket);	/* a reader in hand goes with its server */
	kill(process->server, SIGKILL);
	while (waitpid(process->server, NULL, 0) < 0 && errno == EINTR)
		;
	g_free(process);
}

/* ---- asking ---- */

static bool is_gone(GError **error)
{
	g_set_error(error, PROCESS_ERROR, PROCESS_ERROR_GONE, "cannot read files: a process that makes readers has ended; was it killed?");
	return false;
}

static bool send_request(const struct process *process, const int fds[REQUEST_DESCRIPTORS], GError **error)
{
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(REQUEST_DESCRIPTORS * sizeof(int))];
	} control = { .bytes = { 0 } };
	struct iovec part = { (void *)&process->request, sizeof process->request };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	ssize_t n;

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(REQUEST_DESCRIPTORS * sizeof(int));
	memcpy(CMSG_DATA(head), fds, REQUEST_DESCRIPTORS * sizeof(int));
	do
		n = sendmsg(process->socket, &message, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n == sizeof process->request || is_gone(error);
}

/* In memory, as a file; -1 where that cannot be. */
static int write_brief(const struct job *job, const GString *text)
{
	g_autoptr(GString) brief = g_string_new(NULL), said = g_string_new(NULL);
	int fd = memfd_create("brief", MFD_CLOEXEC);

	if (job->catalogue)
		catalogue_extract(job->catalogue, job->path, said);
	bytes_put_string(brief, job->path);
	bytes_put_string(brief, job->catalogue ? catalogue_path(job->catalogue) : NULL);
	bytes_put_string(brief, said->str);
	bytes_put_number(brief, text ? text->len + 1 : 0);
	g_string_append_len(brief, text ? text->str : "", text ? (gssize)text->len : 0);
	for (gsize at = 0; fd >= 0 && at < brief->len;) {
		ssize_t n = write(fd, brief->str + at, brief->len - at);

		if (n > 0) {
			at += (gsize)n;
		} else if (errno != EINTR) {
			close(fd);
			fd = -1;
		}
	}
	return fd;
}

static void set_limits(struct process *process)
{
	guint64 megabytes = process->file_bytes >> 20;
	guint64 text = MIN(process->file_bytes, CORPUS_FILE_MAX_BYTES);

	process->request.limits.cpu_seconds = (guint)MIN(process->limits.seconds + megabytes, G_MAXINT);
	process->request.limits.memory_bytes = ((guint64)process->limits.megabytes << 20) + text * PROCESS_MEMORY_TIMES;
}

static void begin_anew(struct process *process, struct job *job, const struct request *request, int fd)
{
	process->job = job;
	process->request = *request;
	claims_clear(&process->claims);
	claims_init(&process->claims, job, fd);
	process->taken_bytes = 0;
	process->entered = false;
	process->waited_us = 0;
	process->reader = 0;
	process->warnings = process->pictures = 0;
	process->picture_sink = NULL;
	process->late = process->garbled = process->oversized = false;
	set_limits(process);
}

static bool begin(struct process *process, struct job *job, const struct request *request, int fd, const GString *text, GError **error)
{
	struct stat st;
	int ends[2] = { -1, -1 }, brief;
	bool ok;

	g_assert(process->result < 0);
	brief = fstat(fd, &st) == 0 && pipe2(ends, O_CLOEXEC) == 0 ? write_brief(job, text) : -1;
	if (brief < 0) {
		g_set_error(error, PROCESS_ERROR, PROCESS_ERROR_GONE, "cannot read files: %s", g_strerror(errno));
		for (guint i = 0; i < 2 && ends[i] >= 0; i++)
			close(ends[i]);
		return false;
	}
	fcntl(ends[0], F_SETPIPE_SZ, PIPE_BYTES);	/* a smaller one will do */
	process->file_bytes = (guint64)st.st_size;
	begin_anew(process, job, request, fd);
	ok = send_request(process, (const int[REQUEST_DESCRIPTORS]){ [REQUEST_FILE] = fd, [REQUEST_RESULT] = ends[1], [REQUEST_BRIEF] = brief }, error);
	close(brief);
	close(ends[1]);
	if (ok)
		process->result = ends[0];
	else
		close(ends[0]);
	return ok;
}

bool process_begin(struct process *process, struct job *job, int fd, bool blocks, GError **error)
{
	return begin(process, job, &(struct request){ .task = TASK_READ, .blocks = blocks }, fd, NULL, error);
}

bool process_begin_recognised(struct process *process, struct job *job, int fd, const GString *text, bool blocks, GError **error)
{
	return begin(process, job, &(struct request){ .task = TASK_READ_RECOGNISED, .blocks = blocks }, fd, text, error);
}

bool process_begin_render(struct process *process, struct job *job, int fd, guint first, GError **error)
{
	return begin(process, job, &(struct request){ .task = TASK_RENDER, .first = first }, fd, NULL, error);
}

/* ---- taking ---- */

static bool receive_report(const struct process *process, struct report *report, GError **error)
{
	ssize_t n;

	do
		n = recv(process->socket, report, sizeof *report, 0);
	while (n < 0 && errno == EINTR);
	return n == sizeof *report || is_gone(error);
}

/* Waits until something can be read, or the reader has ended; false where that takes too long. Only
 * waiting counts: while this process is at work, the reader may have to wait for it. */
static bool wait_for_result(struct process *process)
{
	gint64 limit_us = (gint64)process->request.limits.cpu_seconds * PROCESS_WAIT_TIMES * G_USEC_PER_SEC;
	struct pollfd wait = { .fd = process->result, .events = POLLIN };
	int n = 0;

	while (n == 0 && process->waited_us < limit_us) {
		gint64 before = g_get_monotonic_time(), left_ms = (limit_us - process->waited_us) / 1000 + 1;

		n = poll(&wait, 1, (int)MIN(left_ms, G_MAXINT));
		process->waited_us += g_get_monotonic_time() - before;
		if (n < 0)
			n = errno != EINTR;
	}
	process->late = n == 0;
	return n != 0;
}

/* False at the end, however it came. */
static bool take_bytes(struct process *process, char *to, gsize len)
{
	while (len) {
		ssize_t n;

		if (!wait_for_result(process))
			return false;
		n = read(process->result, to, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		to += n;
		len -= (gsize)n;
	}
	return true;
}

static bool within_limits(struct process *process, char type, gsize len)
{
	gsize most = type == FRAME_DOCUMENT ? TRANSFER_MAX_BYTES + 10 : type == FRAME_CORRECTIONS ? FRAME_CORRECTIONS_MAX_BYTES : FRAME_TEXT_MAX_BYTES;

	if (type == FRAME_PICTURE) {	/* few, whatever the file is */
		process->garbled = !process->picture_sink || process->pictures++ >= RENDER_PAGES || len > CORPUS_PICTURE_MAX_BYTES + PICTURE_HEAD_MAX_BYTES;
		return !process->garbled;
	}
	process->taken_bytes += FRAME_COST_BYTES + len;
	process->oversized = process->taken_bytes > PROCESS_RESULT_FREE_BYTES + PROCESS_RESULT_MAX_TIMES * process->file_bytes;
	process->garbled = len > most;
	return !process->oversized && !process->garbled;
}

/* The next frame's payload; NULL at the end. Room is made as the bytes come: a length is easily said. */
static GBytes *take_frame(struct process *process, char *type)
{
	char head[FRAME_HEAD_BYTES];
	g_autofree char *bytes = NULL;
	gsize have = 0, len;
	guint32 said;

	if (!take_bytes(process, head, sizeof head))
		return NULL;
	*type = head[0];
	memcpy(&said, head + 1, sizeof said);
	len = GUINT32_FROM_LE(said);
	if (!within_limits(process, *type, len))
		return NULL;
	process->budgeted_bytes = len;
	budget_take(len);
	while (have < len) {
		gsize more = MIN(len - have, MAX(have, FIRST_BYTES));

		bytes = g_realloc(bytes, have + more);
		if (!take_bytes(process, bytes + have, more))
			return NULL;
		have += more;
	}
	return g_bytes_new_take(g_steal_pointer(&bytes), len);
}

static void take_warning(struct process *process, GBytes *frame)
{
	gsize len;
	const char *s = g_bytes_get_data(frame, &len);

	if (process->warnings++ < FRAME_WARNINGS_MAX)
		g_ptr_array_add(process->job->warnings, claims_message(&process->claims, "", s, len));
}

static void take_corrections(const struct process *process, GBytes *frame)
{
	g_autoptr(GPtrArray) corrections = catalogue_corrections(process->job->catalogue, process->job->path);
	gsize len;
	const char *s = g_bytes_get_data(frame, &len);
	struct cursor c = cursor_over(s, len);

	while (c.at < c.end && !c.bad) {
		guint64 place = cursor_number(&c);

		if (!c.bad && place < corrections->len)
			g_atomic_int_inc(&((struct correction *)g_ptr_array_index(corrections, place))->fitted);
	}
}

static bool take_document(struct process *process, GBytes *frame, corpus_sink *sink, void *data, GError **error)
{
	g_autoptr(Document) doc = transfer_get(frame, process->job->path, error);

	if (!doc)
		return false;
	claims_settle(&process->claims, doc);
	return sink(doc, data, error);
}

static bool take_picture(struct process *process, GBytes *frame, void *data, GError **error)
{
	struct corpus_picture picture;

	if (picture_get(frame, &picture))
		return process->picture_sink(&picture, data, error);
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': its reader sent what makes no sense", process->job->path);
	return false;
}

static void take_failure(const struct process *process, GBytes *frame, GError **error)
{
	gsize len;
	const char *s = g_bytes_get_data(frame, &len);
	struct cursor c = cursor_over(s, len);
	enum rapporteur_error code = claims_failure(&process->claims, cursor_bounded(&c, G_MAXUINT32), process->request.task == TASK_READ);
	g_autofree char *message = claims_message(&process->claims, "cannot read ", (const char *)c.at, (gsize)(c.end - c.at));

	g_set_error_literal(error, RAPPORTEUR_ERROR, (gint)code, message);
}

static void give_back(struct process *process)
{
	budget_give(process->budgeted_bytes);
	process->budgeted_bytes = 0;
}

enum taken { TAKEN_ALL, TAKEN_PART, TAKEN_FAILURE };

/* Up to the last frame; TAKEN_PART without an error where none came. */
static enum taken take_frames(struct process *process, corpus_sink *sink, void *data, GError **error)
{
	for (;;) {
		char type = 0;
		g_autoptr(GBytes) frame = NULL;

		give_back(process);
		frame = take_frame(process, &type);
		if (!frame)
			return TAKEN_PART;
		switch (type) {
		case FRAME_PICTURE:
			if (!take_picture(process, frame, data, error))
				return TAKEN_FAILURE;
			break;
		case FRAME_DOCUMENT:
			if (process->picture_sink) {
				process->garbled = true;
				return TAKEN_PART;
			}
			if (!take_document(process, frame, sink, data, error))
				return TAKEN_FAILURE;
			break;
		case FRAME_ENTERED:
			process->entered = true;
			break;
		case FRAME_WARNING:
			take_warning(process, frame);
			break;
		case FRAME_CORRECTIONS:
			take_corrections(process, frame);
			break;
		case FRAME_FAILED:
			take_failure(process, frame, error);
			return TAKEN_FAILURE;
		case FRAME_READ:
			return TAKEN_ALL;
		default:
			process->garbled = true;
			return TAKEN_PART;
		}
	}
}

/* ---- why nothing more came ---- */

static bool fault(const struct process *process, enum rapporteur_error code, GError **error, const char *format, ...) G_GNUC_PRINTF(4, 5);

static bool fault(const struct process *process, enum rapporteur_error code, GError **error, const char *format, ...)
{
	g_autofree char *reason = NULL;
	va_list args;

	va_start(args, format);
	reason = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(error, RAPPORTEUR_ERROR, code, "cannot read '%s': %s", process->job->path, reason);
	return false;
}

/* It could still say why. */
static bool tell_verdict(const struct process *process, const struct sandbox_verdict *verdict, GError **error)
{
	g_autofree char *text = printable(verdict->text, strnlen(verdict->text, sizeof verdict->text)), *call = NULL;

	switch (verdict->verdict) {
	case VERDICT_MEMORY:
		return fault(process, RAPPORTEUR_ERROR_TOO_LARGE, error, "needed more than %" G_GUINT64_FORMAT " MB of memory",
		             process->request.limits.memory_bytes >> 20);
	case VERDICT_SYSCALL:
		call = sandbox_syscall_name(verdict->number);
		return fault(process, RAPPORTEUR_ERROR_DENIED, error, "tried what a reader must not (system call %s)", call);
	case VERDICT_REFUSED:
		if (process->entered)
			return fault(process, RAPPORTEUR_ERROR_CORRUPT, error, "its reader sent what makes no sense");
		g_set_error(error, PROCESS_ERROR, PROCESS_ERROR_REFUSED,
		            "cannot read files safely: the system refuses the sandbox (%s: %s); --no-sandbox reads without it", text, g_strerror(verdict->number));
		return false;
	default:
		return fault(process, RAPPORTEUR_ERROR_CORRUPT, error, "the reader gave up%s%s", *text ? ": " : "", text);
	}
}

static const char *signal_says(int number)
{
	switch (number) {
	case SIGSEGV:
		return "segmentation fault";
	case SIGBUS:
		return "bus error";
	case SIGFPE:
		return "arithmetic error";
	case SIGILL:
		return "illegal instruction";
	case SIGABRT:
	case SIGTRAP:
		return "aborted";
	default:
		return g_strsignal(number);
	}
}

static bool tell_signal(const struct process *process, int number, GError **error)
{
	struct stat st;

	switch (number) {
	case SIGXCPU:
		return fault(process, RAPPORTEUR_ERROR_TOO_LARGE, error, "took more than %u s of processor time", process->request.limits.cpu_seconds);
	case SIGKILL:
		return fault(process, RAPPORTEUR_ERROR_IO, error, "the reader was killed; is the machine out of memory?");
	case SIGSYS:
		return fault(process, RAPPORTEUR_ERROR_DENIED, error, "tried what a reader must not");
	case SIGBUS:
		if (stat(process->job->path, &st) == 0 && (guint64)st.st_size < process->file_bytes)
			return fault(process, RAPPORTEUR_ERROR_CHANGED, error, "it became shorter while it was read");
		break;
	default:
		break;
	}
	return fault(process, RAPPORTEUR_ERROR_CORRUPT, error, "the reader crashed (%s)", signal_says(number));
}

static bool tell_end(const struct process *process, const struct report *report, GError **error)
{
	if (process->late)
		return fault(process, RAPPORTEUR_ERROR_TOO_LARGE, error, "took more than %u s", process->request.limits.cpu_seconds * PROCESS_WAIT_TIMES);
	if (process->oversized)
		return fault(process, RAPPORTEUR_ERROR_TOO_LARGE, error, "it gives far more text than it has bytes");
	if (process->garbled)
		return fault(process, RAPPORTEUR_ERROR_CORRUPT, error, "its reader sent what makes no sense");
	if (report->verdict.verdict != VERDICT_NONE)
		return tell_verdict(process, &report->verdict, error);
	if (report->code == CLD_KILLED || report->code == CLD_DUMPED)
		return tell_signal(process, report->status, error);
	return fault(process, RAPPORTEUR_ERROR_CORRUPT, error, "the reader ended before its time");
}

bool process_finish(struct process *process, corpus_sink *sink, void *data, GError **error)
{
	struct report report = { 0 };
	enum taken taken;

	g_assert(process->result >= 0);
	if (!receive_report(process, &report, error))
		return false;
	if (report.ended) {	/* before it began */
		g_set_error(error, PROCESS_ERROR, PROCESS_ERROR_GONE, "cannot start a reader: %s", g_strerror(report.status));
		return false;
	}
	process->reader = report.pid;
	taken = take_frames(process, sink, data, error);
	give_back(process);
	stop_reader(process);	/* whatever it still does: it is not buried before the next request */
	close(process->result);
	process->result = -1;
	process->reader = 0;
	if (!receive_report(process, &report, taken == TAKEN_FAILURE ? NULL : error))
		return false;
	if (taken == TAKEN_PART)	/* whatever it said before */
		g_ptr_array_set_size(process->job->warnings, 0);
	return taken == TAKEN_ALL || (taken == TAKEN_PART && tell_end(process, &report, error));
}

bool process_finish_render(struct process *process, corpus_picture_sink *sink, void *data, GError **error)
{
	process->picture_sink = sink;
	return process_finish(process, NULL, data, error);
}
