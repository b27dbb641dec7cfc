/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * sandbox.c - what a process that reads a file may do: the filter of system calls,
 * the limits, and what it says when it ends.
 *
 * A call that is not allowed is not made; SIGSYS tells it to on_syscall(), which ends the process.
 * A process that took the handler away gains nothing: the call is not made then, either.
 */
#define _GNU_SOURCE	/* close_range, memfd_create */
#include "corpus/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/error.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0	/* the address sanitizer reserves terabytes, and tells what it found on standard error */
#endif

#define PROBE_BYTES ((gsize)8 << 20)	/* where this much cannot be had, an abort is for want of memory */
#define SIGNAL_STACK_BYTES ((gsize)64 << 10)
#define EXIT_VERDICT 99
#define HIGH_FD 100	/* out of the way of the places where descriptors are put */

struct sandbox {
	struct sock_fprog program;
};

/* ---- the filter ---- */

/* Whatever the arguments are. None of them reaches anything that this process does not have. */
static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(close),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk), SCMP_SYS(futex),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(times), SCMP_SYS(getrandom),
	SCMP_SYS(getrusage), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(uname),
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

/* What libraries try, and go on without. */
static const struct {
	int call, error;
} denied[] = {
	{ SCMP_SYS(open), EACCES }, { SCMP_SYS(openat), EACCES }, { SCMP_SYS(openat2), EACCES }, { SCMP_SYS(stat), EACCES },
	{ SCMP_SYS(lstat), EACCES }, { SCMP_SYS(newfstatat), EACCES }, { SCMP_SYS(statx), EACCES }, { SCMP_SYS(access), EACCES },
	{ SCMP_SYS(faccessat), EACCES }, { SCMP_SYS(faccessat2), EACCES }, { SCMP_SYS(readlink), EACCES }, { SCMP_SYS(readlinkat), EACCES },
	{ SCMP_SYS(statfs), EACCES }, { SCMP_SYS(fstatfs), EACCES }, { SCMP_SYS(getcwd), EACCES }, { SCMP_SYS(sysinfo), EPERM },
	{ SCMP_SYS(ioctl), ENOTTY }, { SCMP_SYS(fcntl), EPERM }, { SCMP_SYS(getrlimit), EPERM }, { SCMP_SYS(prlimit64), EPERM },
	{ SCMP_SYS(sched_setaffinity), EPERM }, { SCMP_SYS(fadvise64), 0 },
};

static int add_allowed(scmp_filter_ctx filter)
{
	int failed = 0;

	for (gsize i = 0; i < G_N_ELEMENTS(allowed); i++)
		failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (gsize i = 0; i < G_N_ELEMENTS(denied); i++)
		failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO((guint)denied[i].error), denied[i].call, 0);
	return failed;
}

/* Memory is for data; writing is to the result. */
static int add_restricted(scmp_filter_ctx filter)
{
	static const int writing[] = { SCMP_SYS(write), SCMP_SYS(writev) };
	int failed = 0;

	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	/* from 100 on, a privileged process poisons the machine's memory with it */
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(madvise), 1, SCMP_A2(SCMP_CMP_LT, 100));
	for (gsize i = 0; i < G_N_ELEMENTS(writing); i++)
		failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, writing[i], 1, SCMP_A0(SCMP_CMP_LE, SANDBOX_RESULT_FD));
	if (SANITIZED)
		failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sigaltstack), 0);
	return failed;
}

/* libseccomp gives the program away through a descriptor only. */
static bool take_program(scmp_filter_ctx filter, struct sock_fprog *program)
{
	int fd = memfd_create("filter", MFD_CLOEXEC);
	struct stat st;
	bool ok = fd >= 0 && seccomp_export_bpf(filter, fd) == 0 && fstat(fd, &st) == 0 &&
	          st.st_size > 0 && st.st_size / (off_t)sizeof *program->filter <= G_MAXUINT16;

	if (ok) {
		program->filter = g_malloc((gsize)st.st_size);
		program->len = (unsigned short)((gsize)st.st_size / sizeof *program->filter);
		ok = pread(fd, program->filter, (gsize)st.st_size, 0) == st.st_size;
	}
	if (fd >= 0)
		close(fd);
	return ok;
}

/* Calls by the numbers of another architecture (i386, x32) end the process. */
struct sandbox *sandbox_new(GError **error)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
	g_autoptr(Sandbox) sandbox = g_new0(struct sandbox, 1);
	bool ok = filter && seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
	          add_allowed(filter) == 0 && add_restricted(filter) == 0 && take_program(filter, &sandbox->program);

	if (filter)
		seccomp_release(filter);
	if (ok)
		return g_steal_pointer(&sandbox);
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_UNSUPPORTED, "cannot make the sandbox for readers: libseccomp knows not how");
	return NULL;
}

void sandbox_free(struct sandbox *sandbox)
{
	if (!sandbox)
		return;
	g_free(sandbox->program.filter);
	g_free(sandbox);
}

char *sandbox_syscall_name(int number)
{
	char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
	char *copy = name ? g_strdup(name) : g_strdup_printf("%d", number);

	free(name);
	return copy;
}

/* ---- last words ---- */

static struct sandbox_verdict *last_words;

static void G_GNUC_NORETURN end_with(enum verdict verdict, int number, const char *text)
{
	gsize n = 0;

	if (last_words) {
		for (; text && text[n] && n + 1 < VERDICT_TEXT_SIZE; n++)
			last_words->text[n] = text[n];
		last_words->text[n] = 0;
		last_words->number = number;
		last_words->verdict = verdict;
	}
	_exit(EXIT_VERDICT);
}

/* errno is what the last allocation left, since between it and the end libraries at most print. */
static bool memory_is_short(int number)
{
	void *probe = number == ENOMEM ? MAP_FAILED : mmap(NULL, PROBE_BYTES, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return probe == MAP_FAILED || munmap(probe, PROBE_BYTES) != 0;
}

/* abort() sends a signal, which is not allowed. */
static void on_syscall(int signal, siginfo_t *info, void *context)
{
	int number = errno, call = info->si_syscall;

	(void)signal, (void)context;
	if (call != SCMP_SYS(tgkill))
		end_with(VERDICT_SYSCALL, call, NULL);
	if (memory_is_short(number))
		end_with(VERDICT_MEMORY, 0, NULL);
	end_with(VERDICT_FATAL, 0, NULL);
}

/* GLib's last words; libraries print nothing. */
static GLogWriterOutput on_log(GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
	int number = errno;
	const char *text = NULL;

	(void)data;
	for (gsize i = 0; i < n; i++)
		if (!strcmp(fields[i].key, "MESSAGE"))
			text = fields[i].value;
	if (level & (G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL))
		end_with((text && strstr(text, "failed to allocate")) || memory_is_short(number) ? VERDICT_MEMORY : VERDICT_FATAL, 0, text);
	return G_LOG_WRITER_HANDLED;
}

static void listen_for_the_end(void)
{
	static const int defaults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGXCPU, SIGPIPE, SIGTERM, SIGALRM };
	struct sigaction action = { .sa_sigaction = on_syscall, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t stack = { .ss_sp = g_malloc(SIGNAL_STACK_BYTES), .ss_size = SIGNAL_STACK_BYTES };	/* kept until the end */

	sigemptyset(&action.sa_mask);
	sigaltstack(&stack, NULL);
	sigaction(SIGSYS, &action, NULL);
	for (gsize i = 0; !SANITIZED && i < G_N_ELEMENTS(defaults); i++)
		signal(defaults[i], SIG_DFL);
	g_log_set_writer_func(on_log, NULL, NULL);
}

/* ---- entering ---- */

void sandbox_die_with(pid_t parent)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)	/* it may have died before */
		_exit(EXIT_VERDICT);
}

bool sandbox_take_descriptors(int null, int result, int file)
{
	int high[] = { fcntl(null, F_DUPFD, HIGH_FD), fcntl(result, F_DUPFD, HIGH_FD), fcntl(file, F_DUPFD, HIGH_FD) };

	if (high[0] < 0 || high[1] < 0 || high[2] < 0)
		return false;
	for (int fd = 0; fd <= 2; fd++)
		if (!(SANITIZED && fd == 2) && dup2(high[0], fd) != fd)
			return false;
	return dup2(high[1], SANDBOX_RESULT_FD) == SANDBOX_RESULT_FD && dup2(high[2], SANDBOX_FILE_FD) == SANDBOX_FILE_FD &&
	       close_range(SANDBOX_FILE_FD + 1, ~0u, 0) == 0;
}

static bool limit(int resource, rlim_t soft, rlim_t hard)
{
	struct rlimit now, wanted;

	if (getrlimit(resource, &now) != 0)
		return false;
	wanted.rlim_cur = MIN(soft, now.rlim_max);
	wanted.rlim_max = MIN(hard, now.rlim_max);
	return setrlimit(resource, &wanted) == 0;
}

/* Address space in use, as /proc tells it; 0 where it cannot be told. */
static guint64 address_space(void)
{
	char line[64];
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, line, sizeof line - 1);

	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return 0;
	line[n] = 0;
	return g_ascii_strtoull(line, NULL, 10) * (guint64)sysconf(_SC_PAGESIZE);
}

static bool set_limits(const struct sandbox_limits *limits)
{
	struct stat st = { .st_size = 0 };
	guint64 memory;

	fstat(SANDBOX_FILE_FD, &st);
	memory = address_space() + (guint64)MAX(st.st_size, 0) + limits->memory_bytes;
	return (SANITIZED || limit(RLIMIT_AS, memory, memory)) && limit(RLIMIT_CPU, limits->cpu_seconds, limits->cpu_seconds + 1) &&
	       limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_NOFILE, SANDBOX_FILE_FD + 1, SANDBOX_FILE_FD + 1);
}

void sandbox_enter(const struct sandbox *sandbox, const struct sandbox_limits *limits, struct sandbox_verdict *verdict)
{
	last_words = verdict;
	listen_for_the_end();
	if (!set_limits(limits))
		end_with(VERDICT_REFUSED, errno, "limits");
	if (prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		end_with(VERDICT_REFUSED, errno, "privileges");
	if (sandbox && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &sandbox->program) != 0)
		end_with(VERDICT_REFUSED, errno, "filter of system calls");
}
