/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * server.c - makes readers, and what a reader does: it reads one file, sends what is
 * in it, and ends.
 */
#define _GNU_SOURCE	/* environ */
#include "indexer/server.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "corpus/bytes.h"
#include "corpus/corrections/corrections.h"
#include "corpus/error.h"
#include "corpus/transfer.h"
#include "indexer/picture.h"
#include "indexer/wire.h"

#define SERVER_SOCKET_FD 3
#define EXIT_UNHEARD 98	/* nobody listens any more */

struct server {
	int socket, null;
	const struct sandbox *sandbox;
	struct sandbox_verdict *verdict;	/* shared with the reader in hand */
	pid_t reader;			/* that ended, and is still to be buried */
	bool prepared, prepared_render;
};

/* What a reader knows of its file. */
struct brief {
	char *path;
	struct catalogue *catalogue;	/* what it says of this file; or NULL */
	GBytes *text;		/* that OCR found; or NULL */
};

/* ---- the reader ---- */

static void send_bytes(const char *bytes, gsize len)
{
	while (len) {
		ssize_t n = write(SANDBOX_RESULT_FD, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(EXIT_UNHEARD);
		bytes += n;
		len -= (gsize)n;
	}
}

/* The frame's head is left free in front of the payload. */
static GString *frame_new(enum frame_type type)
{
	GString *frame = g_string_new(NULL);

	g_string_append_c(frame, (char)type);
	return g_string_append_len(frame, "\0\0\0\0", FRAME_HEAD_BYTES - 1);
}

static void frame_send(GString *frame)
{
	guint32 len = GUINT32_TO_LE((guint32)(frame->len - FRAME_HEAD_BYTES));

	memcpy(frame->str + 1, &len, sizeof len);
	send_bytes(frame->str, frame->len);
	g_string_free(frame, TRUE);
}

static void append_text(GString *frame, const char *text)
{
	g_string_append_len(frame, text, (gssize)MIN(strlen(text), FRAME_TEXT_MAX_BYTES / 2));
}

static bool send_document(struct document *doc, void *data, GError **error)
{
	const struct request *request = data;
	GString *frame = frame_new(FRAME_DOCUMENT);

	if (!transfer_put(frame, doc, request->blocks, error)) {
		g_string_free(frame, TRUE);
		return false;
	}
	frame_send(frame);
	return true;
}

static bool send_picture(const struct corpus_picture *picture, void *data, GError **error)
{
	GString *frame = frame_new(FRAME_PICTURE);

	(void)data, (void)error;
	picture_put(frame, picture);
	frame_send(frame);
	return true;
}

static void send_warnings(const GPtrArray *warnings)
{
	for (guint i = 0; i < MIN(warnings->len, FRAME_WARNINGS_MAX); i++) {
		GString *frame = frame_new(FRAME_WARNING);

		append_text(frame, g_ptr_array_index(warnings, i));
		frame_send(frame);
	}
}

/* Those that fitted a document: whoever made this process warns of those that fitted none. */
static void send_corrections(const struct brief *brief)
{
	g_autoptr(GPtrArray) corrections = catalogue_corrections(brief->catalogue, brief->path);
	GString *frame = frame_new(FRAME_CORRECTIONS);

	for (guint i = 0; i < corrections->len && frame->len < FRAME_CORRECTIONS_MAX_BYTES - FRAME_HEAD_BYTES; i++)
		if (((const struct correction *)g_ptr_array_index(corrections, i))->fitted)
			bytes_put_number(frame, i);
	frame_send(frame);
}

static void send_failure(const GError *error)
{
	GString *frame = frame_new(FRAME_FAILED);

	bytes_put_number(frame, (guint)error->code);
	append_text(frame, error->message);
	frame_send(frame);
}

static bool do_task(const struct brief *brief, const struct request *request, GPtrArray *warnings, GError **error)
{
	switch (request->task) {
	case TASK_RENDER:
		return corpus_render(brief->path, SANDBOX_FILE_FD, request->first, RENDER_PAGES, send_picture, NULL, error);
	case TASK_READ_RECOGNISED:
		return corpus_read_recognised(brief->path, SANDBOX_FILE_FD, brief->text, brief->catalogue, warnings, send_document, (gpointer)request,
		                              error);
	default:
		return corpus_read(brief->path, SANDBOX_FILE_FD, brief->catalogue, warnings, send_document, (gpointer)request, error);
	}
}

/* Names of files, tokens: nothing that a document needs. */
static void forget_environment(void)
{
	for (char **entry = environ; entry && *entry; entry++) {
		memset(*entry, 0, strlen(*entry));
		*entry = NULL;
	}
}

static void G_GNUC_NORETURN read_file(const struct server *server, const struct request *request, const struct brief *brief)
{
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	bool ok;

	forget_environment();
	sandbox_enter(server->sandbox, &request->limits, server->verdict);
	frame_send(frame_new(FRAME_ENTERED));	/* before anything of the file is looked at */
	ok = do_task(brief, request, warnings, &error);
	send_warnings(warnings);
	send_corrections(brief);
	if (ok)
		frame_send(frame_new(FRAME_READ));
	else
		send_failure(error);
	_exit(0);
}

/* ---- the brief ---- */

static char *get_string(struct cursor *c)
{
	guint32 len = cursor_bounded(c, G_MAXUINT32);
	const char *s = len ? cursor_bytes(c, len - 1) : NULL;

	return s ? g_strndup(s, len - 1) : NULL;
}

/* By whom it was forked, so it is believed. */
static bool read_brief(struct brief *brief, int fd)
{
	g_autofree char *catalogue = NULL, *said = NULL, *bytes = NULL;
	const char *text;
	guint32 text_bytes;
	struct stat st;
	struct cursor c;

	if (fstat(fd, &st) != 0)
		return false;
	bytes = g_malloc((gsize)st.st_size + 1);
	if (pread(fd, bytes, (gsize)st.st_size, 0) != st.st_size)
		return false;
	c = cursor_over(bytes, (gsize)st.st_size);
	brief->path = get_string(&c);
	catalogue = get_string(&c);
	said = get_string(&c);
	text_bytes = cursor_bounded(&c, G_MAXUINT32);
	text = text_bytes ? cursor_bytes(&c, text_bytes - 1) : NULL;
	if (c.bad || !brief->path)
		return false;
	brief->text = text ? g_bytes_new(text, text_bytes - 1) : NULL;
	brief->catalogue = catalogue && said ? catalogue_parse(catalogue, said, strlen(said), NULL) : NULL;
	return !catalogue || brief->catalogue;
}

static void G_GNUC_NORETURN become_reader(const struct server *server, const struct request *request, const int fds[REQUEST_DESCRIPTORS])
{
	struct brief brief = { 0 };

	if (!read_brief(&brief, fds[REQUEST_BRIEF]) || !sandbox_take_descriptors(server->null, fds[REQUEST_RESULT], fds[REQUEST_FILE]))
		_exit(EXIT_UNHEARD);
	read_file(server, request, &brief);
}

/* ---- the server ---- */

/* A request and the descriptors that come with it; false where there are no more. */
static bool receive(const struct server *server, struct request *request, int fds[REQUEST_DESCRIPTORS])
{
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(REQUEST_DESCRIPTORS * sizeof(int))];
	} control;
	struct iovec part = { request, sizeof *request };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
	struct cmsghdr *head;
	ssize_t n;

	do
		n = recvmsg(server->socket, &message, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	head = CMSG_FIRSTHDR(&message);
	if (n != sizeof *request || !head || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(REQUEST_DESCRIPTORS * sizeof(int)))
		return false;
	memcpy(fds, CMSG_DATA(head), REQUEST_DESCRIPTORS * sizeof(int));
	return true;
}

static void tell(const struct server *server, const struct report *report)
{
	if (send(server->socket, report, sizeof *report, MSG_NOSIGNAL) != sizeof *report)
		_exit(EXIT_UNHEARD);
}

static void await(struct server *server, struct report *report)
{
	siginfo_t info = { 0 };

	/* it is buried when the hand has heard of it, and does not kill any more who has its number */
	while (waitid(P_PID, (id_t)report->pid, &info, WEXITED | WNOWAIT) != 0 && errno == EINTR)
		;
	report->ended = true;
	report->code = info.si_code;
	report->status = info.si_status;
	report->verdict = *server->verdict;
	server->reader = report->pid;
}

static void serve(struct server *server, const struct request *request, const int fds[REQUEST_DESCRIPTORS])
{
	struct report report = { 0 };
	pid_t self = getpid();

	memset(server->verdict, 0, sizeof *server->verdict);
	report.pid = fork();
	if (report.pid == 0) {
		sandbox_die_with(self);
		become_reader(server, request, fds);
	}
	if (report.pid < 0) {	/* told as an end without a beginning */
		report.ended = true;
		report.status = errno;
	}
	tell(server, &report);
	for (guint i = 0; i < REQUEST_DESCRIPTORS; i++)
		close(fds[i]);
	if (report.pid < 0)
		return;
	await(server, &report);
	tell(server, &report);
}

static void settle_in(struct server *server, pid_t parent)
{
	sandbox_die_with(parent);
	prctl(PR_SET_NAME, "rapporteur-read");
	server->null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (server->null < 0 || !sandbox_take_descriptors(server->null, server->socket, server->null))
		_exit(EXIT_UNHEARD);
	server->socket = SERVER_SOCKET_FD;
	server->null = SANDBOX_FILE_FD;
	server->verdict = mmap(NULL, sizeof *server->verdict, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (server->verdict == MAP_FAILED)
		_exit(EXIT_UNHEARD);
}

void server_run(int socket, pid_t parent, const struct sandbox *sandbox)
{
	struct server server = { .socket = socket, .sandbox = sandbox };
	struct request request;
	int fds[REQUEST_DESCRIPTORS];

	settle_in(&server, parent);
	while (receive(&server, &request, fds)) {
		if (server.reader)
			waitpid(server.reader, NULL, 0);
		server.reader = 0;
		if (!server.prepared)
			corpus_prepare();
		server.prepared = true;
		if (request.task == TASK_RENDER && !server.prepared_render)
			corpus_prepare_render();
		server.prepared_render |= request.task == TASK_RENDER;
		serve(&server, &request, fds);
	}
	_exit(0);
}
