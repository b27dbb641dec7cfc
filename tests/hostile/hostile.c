/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * hostile.c - rapporteur-index whose readers do harm, as one would that a file has
 * taken over: a text file "hostile: DEED" says what. For tests/hostile.t.
 *
 * It is linked in the place of reader_read (-Wl,--wrap), inside the sandbox, and can do
 * whatever the sandbox lets it do.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "corpus/bytes.h"
#include "corpus/error.h"
#include "corpus/reader/reader.h"
#include "corpus/sandbox.h"
#include "corpus/transfer.h"

#define MARK "hostile: "
#define CHUNK ((gsize)16 << 20)

bool __real_reader_read(struct document *doc, GBytes *bytes, enum format format, corpus_warnings *warnings, GError **error);
void __real_sandbox_enter(const struct sandbox *sandbox, const struct sandbox_limits *limits, struct sandbox_verdict *verdict);
void __wrap_sandbox_enter(const struct sandbox *sandbox, const struct sandbox_limits *limits, struct sandbox_verdict *verdict);
void __real_catalogue_apply(const struct catalogue *catalogue, struct document *doc);
void __wrap_catalogue_apply(const struct catalogue *catalogue, struct document *doc);
bool __wrap_reader_read(struct document *doc, GBytes *bytes, enum format format, corpus_warnings *warnings, GError **error);
bool __real_transfer_put(GString *out, const struct document *doc, bool blocks, GError **error);
bool __wrap_transfer_put(GString *out, const struct document *doc, bool blocks, GError **error);
bool __real_corpus_render(const char *path, int fd, guint first, guint n, corpus_picture_sink *sink, void *data, GError **error);
bool __wrap_corpus_render(const char *path, int fd, guint first, guint n, corpus_picture_sink *sink, void *data, GError **error);
bool __real_corpus_read(const char *path, int fd, const struct catalogue *catalogue, corpus_warnings *warnings, corpus_sink *sink, void *data,
                        GError **error);
bool __wrap_corpus_read(const char *path, int fd, const struct catalogue *catalogue, corpus_warnings *warnings, corpus_sink *sink, void *data,
                        GError **error);

/* What a deed that was merely refused tells, as the text of the document. */
static char said[400];

static void tell(const char *deed, int result)
{
	g_snprintf(said, sizeof said, "The deed called %s came to this end: %s.\n\nIt was tried in the harbour of Port Ellery on the first day of the year.\n",
	           deed, result < 0 ? g_strerror(errno) : "it was done");
}

/* ---- deeds ---- */

static void allocate(void)
{
	for (;;)
		memset(g_malloc(CHUNK), 1, CHUNK);
}

static void allocate_and_abort(void)
{
	char *memory;

	while ((memory = malloc(CHUNK)))
		memset(memory, 1, CHUNK);
	abort();
}

static void loop(void)
{
	for (volatile guint i = 0;; i++)
		;
}

static void hang(void)
{
	int word = 0;

	for (;;)
		syscall(SYS_futex, &word, 0, 0, NULL, NULL, 0);
}

static void open_file(void)
{
	tell("open", open("/etc/passwd", O_RDONLY));
}

static void create_file(void)
{
	tell("create", open("created-by-a-reader", O_WRONLY | O_CREAT | O_TRUNC, 0666));
}

static void look(void)
{
	struct stat st;

	tell("look", stat("/etc/passwd", &st));
}

static void connect_out(void)
{
	tell("connect", socket(AF_INET, SOCK_STREAM, 0));
}

static void fork_on(void)
{
	tell("fork", fork());
}

static void execute(void)
{
	tell("execute", execl("/bin/true", "true", (char *)NULL));
}

static void kill_parent(void)
{
	tell("kill", kill(getppid(), SIGKILL));
}

static void remove_file(void)
{
	tell("remove", unlink("precious"));
}

static void trace(void)
{
	tell("trace", (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static void executable_memory(void)
{
	tell("inject", mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0);
}

static void queue(void)
{
	tell("queue", (int)syscall(425, 1, NULL));	/* io_uring_setup */
}

static void raise_limits(void)
{
	struct rlimit most = { RLIM_INFINITY, RLIM_INFINITY };

	tell("raise", setrlimit(RLIMIT_AS, &most));
}

/* By the numbers of another architecture, where 20 asks for the process's number and this one's forks. */
static void other_numbers(void)
{
#ifdef __x86_64__
	int result;

	__asm__ volatile ("int $0x80" : "=a" (result) : "a" (2) : "memory");
	tell("i386", result);
#else
	kill(getpid(), SIGKILL);
#endif
}

static void x32_numbers(void)
{
#ifdef __x86_64__
	tell("x32", (int)syscall(0x40000000 + SYS_getpid));
#else
	kill(getpid(), SIGKILL);
#endif
}

static void descriptors(void)
{
	char byte;
	int open = 0;

	for (int fd = SANDBOX_FILE_FD + 1; fd < 4096; fd++)
		open += pread(fd, &byte, 1, 0) >= 0 || errno != EBADF;
	errno = open ? EEXIST : EBADF;
	tell("descriptors", -1);
}

static void write_file(void)
{
	tell("write", (int)write(SANDBOX_FILE_FD, "harm", 4));
}

static void crash(void)
{
	*(volatile int *)16 = 1;
}

static guint deeper(volatile char *above, guint depth)
{
	volatile char frame[4096];

	frame[0] = above[0];
	return depth ? deeper(frame, depth - 1) + (guint)frame[0] : 0;
}

static void overflow(void)
{
	char byte = 1;

	tell("overflow", (int)deeper(&byte, G_MAXUINT));
}

static void quit(void)
{
	_exit(0);
}

static void send_all(const char *bytes, gsize len)
{
	while (len) {
		ssize_t n = write(SANDBOX_RESULT_FD, bytes, len);

		if (n <= 0)
			_exit(1);
		bytes += n;
		len -= (gsize)n;
	}
}

static void garbage(void)
{
	for (guint i = 0; i < 1000; i++)
		send_all("What is this, if not a frame?", 29);
	_exit(0);
}

static void lie(void)
{
	send_all("d\x20\0\0\0" "Not a document, though it says so", 5 + 32);
	send_all(".\0\0\0\0", 5);
	_exit(0);
}

/* One frame that would be four gigabytes. */
static void boast(void)
{
	send_all("d\xff\xff\xff\xff", 5);
	fork_on();
}

/* The disk is filled through the only door that there is. */
static void flood(void)
{
	static char page[1 << 16];

	memset(page, 'x', sizeof page);
	for (;;) {
		send_all("w\x00\x0f\0\0", 5);
		send_all(page, 0xf00);
	}
}

static void babble(void)
{
	fputs("a reader printed this\n", stdout);
	fputs("a reader printed this\n", stderr);
	fflush(stdout);
	g_printerr("a reader printed this\n");
	tell("babble", 0);
}

/* Frames that hold nothing, without end. */
static void trickle(void)
{
	for (;;)
		send_all("w\0\0\0\0", 5);
}

static struct sandbox_verdict *verdict_page;

void __wrap_sandbox_enter(const struct sandbox *sandbox, const struct sandbox_limits *limits, struct sandbox_verdict *verdict)
{
	verdict_page = verdict;
	__real_sandbox_enter(sandbox, limits, verdict);
}

/* As if the system had no sandbox: then nothing would be read at all. */
static void pretend(void)
{
	verdict_page->verdict = VERDICT_REFUSED;
	_exit(99);
}

/* What only some may find is sent as what all may. */
static bool published;

static void publish(void)
{
	published = true;
	tell("publish", 0);
}

void __wrap_catalogue_apply(const struct catalogue *catalogue, struct document *doc)
{
	__real_catalogue_apply(catalogue, doc);
	if (published)
		doc->access = "public";
}

/* What was sent is sent as another's: by its id, or as said by somebody where nobody may be named. */
static const char *sent_as;
static bool named, twice;

static void usurp(void)
{
	sent_as = "zz-good";
	tell("usurp", 0);
}

static void unmask(void)
{
	named = true;
	tell("unmask", 0);
}

static void name_speaker(struct document *doc)
{
	struct person person = { .name = "Whistle Blower" };

	g_array_append_val(doc->people, person);
	doc->nameless = false;
	for (guint i = 0; i < doc->passages->len; i++) {
		struct passage *passage = document_passage(doc, i);

		passage->nameless = false;
		passage->attribution = (struct attribution){ .speaker = (int)doc->people->len - 1, .evidence = EVIDENCE_LABEL,
			                                     .certainty = CERTAINTY_STATED, .range = passage->ranges[0] };
	}
}

bool __wrap_transfer_put(GString *out, const struct document *doc, bool blocks, GError **error)
{
	struct document *own = (struct document *)doc;

	if (named)
		name_speaker(own);
	if (sent_as)
		own->id = sent_as;
	return __real_transfer_put(out, doc, blocks, error);
}

/* Read, and then told to be pictures: to be read again. */
static void repeat(void)
{
	twice = true;
	tell("repeat", 0);
}

bool __wrap_corpus_read(const char *path, int fd, const struct catalogue *catalogue, corpus_warnings *warnings, corpus_sink *sink, void *data,
                        GError **error)
{
	bool done = __real_corpus_read(path, fd, catalogue, warnings, sink, data, error);

	if (!twice)
		return done;
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SCANNED, "cannot read '%s': pictures", path);
	return false;
}

/* What the others are called, and what a catalogue says of them. */
static bool is_readable(const char *page)
{
	return syscall(SYS_rt_sigprocmask, SIG_UNBLOCK, page, NULL, 8) == 0;
}

/* Backwards here, so as not to be found where it is looked for. */
static bool is_in_heap(const char *backwards)
{
	const gsize page = 4096, len = strlen(backwards);
	const char *end = (const char *)((gsize)sbrk(0) & ~(page - 1)), *start = end, *at;

	while (is_readable(start - page))
		start -= page;
	for (at = start; at + len <= end; at++) {
		gsize i = 0;

		while (i < len && at[i] == backwards[len - 1 - i])
			i++;
		if (i == len)
			return true;
	}
	return false;
}

static void peek(void)
{
	bool own = is_in_heap("nwo sti fo ecalp A"), other = is_in_heap("terces s'ruobhgien ehT");

	errno = own ? ENOENT : EIO;	/* what is said of its own file it does see */
	tell("peek", other ? 0 : -1);
}

static void environment(void)
{
	errno = ENOENT;
	tell("environment", getenv("HOSTILE_TOKEN") ? 0 : -1);
}

/* ---- deeds of who draws pages: of files "draw-DEED.pdf" ---- */

static void send_picture(guint page, guint pages, guint width, guint height, gsize dots)
{
	static const char dot[1 << 16];
	GString *frame = g_string_new("p\1\1\1\1");
	guint32 len;

	bytes_put_number(frame, page);
	bytes_put_number(frame, pages);
	bytes_put_number(frame, width);
	bytes_put_number(frame, height);
	len = GUINT32_TO_LE((guint32)(frame->len - 5 + dots));
	memcpy(frame->str + 1, &len, sizeof len);
	send_all(frame->str, frame->len);
	for (; dots; dots -= MIN(dots, sizeof dot))
		send_all(dot, MIN(dots, sizeof dot));
	g_string_free(frame, TRUE);
}

static bool draw(const char *deed, guint first)
{
	if (!strcmp(deed, "short"))
		send_picture(1, 2, 100, 100, 10);
	else if (!strcmp(deed, "wide"))
		send_picture(1, 2, 1 << 16, 1 << 16, 0);
	else if (!strcmp(deed, "large"))
		send_picture(1, 2, 1 << 13, 1 << 13, 1 << 26);
	else if (!strcmp(deed, "skip"))
		send_picture(2, 2, 1, 1, 1);
	else if (!strcmp(deed, "beyond"))
		send_picture(1, 100000, 1, 1, 1);
	else if (!strcmp(deed, "many"))
		for (guint i = 1; i <= 100; i++)
			send_picture(i, 200, 1, 1, 1);
	else if (!strcmp(deed, "blank"))
		for (guint i = first; i < first + 8; i++)
			send_picture(i, 160, 0, 0, 0);
	else if (!strcmp(deed, "document"))
		lie();
	else
		return false;
	return true;
}

bool __wrap_corpus_render(const char *path, int fd, guint first, guint n, corpus_picture_sink *sink, void *data, GError **error)
{
	g_autofree char *name = g_path_get_basename(path);

	if (!g_str_has_prefix(name, "draw-") || !g_str_has_suffix(name, ".pdf"))
		return __real_corpus_render(path, fd, first, n, sink, data, error);
	name[strlen(name) - strlen(".pdf")] = 0;
	if (!draw(name + strlen("draw-"), first))
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SCANNED, "cannot read '%s': pictures of pictures", path);
	return !error || !*error;
}

static const struct {
	const char *name;
	void (*act)(void);
} deeds[] = {
	{ "allocate", allocate }, { "allocate-and-abort", allocate_and_abort }, { "loop", loop }, { "hang", hang },
	{ "open", open_file }, { "create", create_file }, { "look", look }, { "connect", connect_out }, { "fork", fork_on },
	{ "execute", execute }, { "kill", kill_parent }, { "remove", remove_file }, { "trace", trace },
	{ "inject", executable_memory }, { "queue", queue }, { "raise", raise_limits }, { "i386", other_numbers },
	{ "x32", x32_numbers }, { "descriptors", descriptors }, { "write", write_file }, { "crash", crash }, { "abort", abort },
	{ "overflow", overflow }, { "quit", quit }, { "garbage", garbage }, { "lie", lie }, { "boast", boast }, { "flood", flood },
	{ "babble", babble }, { "publish", publish }, { "usurp", usurp }, { "unmask", unmask }, { "repeat", repeat }, { "peek", peek },
	{ "environment", environment }, { "trickle", trickle }, { "pretend", pretend },
};

bool __wrap_reader_read(struct document *doc, GBytes *bytes, enum format format, corpus_warnings *warnings, GError **error)
{
	gsize len;
	const char *s = g_bytes_get_data(bytes, &len);
	g_autofree char *text = g_strndup(s ? s : "", MIN(len, 100));
	g_autoptr(GBytes) told = NULL;

	if (!g_str_has_prefix(text, MARK))
		return __real_reader_read(doc, bytes, format, warnings, error);
	g_strchomp(text);
	if (!strcmp(text + strlen(MARK), "escape")) {
		g_set_error_literal(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, "cannot\033[2J read\nit\xc2\x9b\xff\xe2\x80\xae gnihton");
		return false;
	}
	if (!strcmp(text + strlen(MARK), "excuse")) {	/* what may pass is tried again each time */
		g_set_error_literal(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_IO, "cannot read files safely: run this as root");
		return false;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(deeds); i++)
		if (!strcmp(text + strlen(MARK), deeds[i].name))
			deeds[i].act();
	told = g_bytes_new(said, strlen(said));
	return __real_reader_read(doc, told, FORMAT_TEXT, warnings, error);
}
