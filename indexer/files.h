/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * files.h - folders of an index: removing, syncing, locking.
 */
#ifndef INDEXER_FILES_H
#define INDEXER_FILES_H

#include <glib.h>
#include <stdbool.h>

/* Removes a folder and what is in it, as far as it can. Links are not followed. */
void files_remove_tree(const char *path);

/* Makes what is in a folder of plain files durable, and the folder itself. */
bool files_sync_folder(const char *path, GError **error);

/* Takes the write lock of an index: a descriptor to keep until close(), or -1 with
 * LOCKED (naming the process that has it), DENIED or IO set. */
int files_lock(const char *dir, GError **error);

/* The SHA-256, in hexadecimal, of a file that is open for reading; g_free it. path is for messages. */
char *files_digest(const char *path, int fd, GError **error);

#endif
