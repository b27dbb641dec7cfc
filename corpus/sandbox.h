/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * sandbox.h - a process that can harm nothing: it reads the descriptors that it was
 * given, writes to one of them, computes, and ends.
 *
 *   descriptor 0, 1, 2   /dev/null
 *              3         where the result goes: the only one that can be written to
 *              4         the file
 *
 * The kernel holds it to that (seccomp): nothing is opened, no socket, no other process,
 * no signal to anybody, no memory that can be executed. What asks for a file is told that it
 * may not, since libraries go on without their data; whoever asks for more ends, and the verdict
 * tells what it asked for. Time and memory are limited (setrlimit); it dies with its parent.
 *
 * The filter is made once, before any process is; entering takes a few system calls.
 */
#ifndef CORPUS_SANDBOX_H
#define CORPUS_SANDBOX_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#define SANDBOX_RESULT_FD 3
#define SANDBOX_FILE_FD 4

struct sandbox_limits {
	guint cpu_seconds;
	guint64 memory_bytes;	/* of address space, above what the process has when it enters and the file */
};

/* How a process ended that could still say so; in memory that it shares with its parent. Whoever has
 * fallen to a file can write here what it likes: nothing but a message is made of it. */
enum verdict { VERDICT_NONE, VERDICT_MEMORY, VERDICT_SYSCALL, VERDICT_FATAL, VERDICT_REFUSED };
#define VERDICT_TEXT_SIZE 200
struct sandbox_verdict {
	gint32 verdict;
	gint32 number;		/* of the system call; errno of VERDICT_REFUSED */
	char text[VERDICT_TEXT_SIZE];	/* of VERDICT_FATAL and VERDICT_REFUSED: what the library or step was; maybe empty */
};

struct sandbox;

/* Makes the filter; NULL with UNSUPPORTED set where that cannot be done. */
struct sandbox *sandbox_new(GError **error);
void sandbox_free(struct sandbox *sandbox);
typedef struct sandbox Sandbox;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sandbox, sandbox_free)

/* Puts result and file in their places, and closes all other descriptors. null: of /dev/null. */
bool sandbox_take_descriptors(int null, int result, int file);

/* Ends with whoever made this process. parent: the process that is expected to be it. */
void sandbox_die_with(pid_t parent);

/* From here on this process, which is of one thread, can do no harm. sandbox NULL: only the
 * limits are set. Does not come back on failure: the verdict says VERDICT_REFUSED. */
void sandbox_enter(const struct sandbox *sandbox, const struct sandbox_limits *limits, struct sandbox_verdict *verdict);

/* "socket"; g_free it. */
char *sandbox_syscall_name(int number);

#endif
