/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * files.c - folders of an index: removing, syncing, locking.
 */
#include "indexer/files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/error.h"
#include "indexer/stamp.h"

#define READ_BYTES (1u << 18)

void files_remove_tree(const char *path)
{
	GDir *dir;
	const char *name;

	if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
		dir = g_dir_open(path, 0, NULL);
		while (dir && (name = g_dir_read_name(dir))) {
			g_autofree char *child = g_build_filename(path, name, NULL);

			files_remove_tree(child);
		}
		if (dir)
			g_dir_close(dir);
	}
	g_remove(path);
}

static bool io_error(GError **error, const char *what, const char *path, int err)
{
	g_set_error(error, RAPPORTEUR_ERROR, rapporteur_error_of_errno(err), "cannot %s '%s': %s", what, path, g_strerror(err));
	return false;
}

static bool sync_path(const char *path, int flags, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	bool ok = fd >= 0 && fsync(fd) == 0;
	int err = errno;

	if (fd >= 0)
		close(fd);
	return ok || io_error(error, "write", path, err);
}

bool files_sync_folder(const char *path, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		if (!sync_path(child, 0, error))
			return false;
	}
	return sync_path(path, O_DIRECTORY, error);
}

int files_lock(const char *dir, GError **error)
{
	g_autofree char *path = g_build_filename(dir, LOCK_FILE, NULL);
	char pid[32] = "";
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	ssize_t n;

	if (fd < 0) {
		io_error(error, "write index", dir, errno);
		return -1;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		n = g_snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
		if (ftruncate(fd, 0) != 0 || pwrite(fd, pid, (size_t)n, 0) != n) {
			io_error(error, "write index", dir, errno);
			close(fd);
			return -1;
		}
		return fd;
	}
	if (errno != EWOULDBLOCK) {
		io_error(error, "write index", dir, errno);
		close(fd);
		return -1;
	}
	n = pread(fd, pid, sizeof pid - 1, 0);
	pid[MAX(n, 0)] = '\0';
	g_strchomp(pid);
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_LOCKED,
	            "cannot write index '%s': another rapporteur-index%s%s is writing to it; wait until it is done",
	            dir, *pid ? ", process " : "", pid);
	close(fd);
	return -1;
}

char *files_digest(const char *path, int fd, GError **error)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree guint8 *buffer = g_malloc(READ_BYTES);
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, buffer, READ_BYTES, at)) > 0) {
		g_checksum_update(sum, buffer, n);
		at += n;
	}
	if (n < 0) {
		io_error(error, "read", path, errno);
		return NULL;
	}
	return g_strdup(g_checksum_get_string(sum));
}
