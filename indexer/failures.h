/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * failures.h - the files that could not be read, so that they are not tried again
 * until they change: a file that takes a minute to fail would take it every night.
 *
 *   INDEX/failures     a line that says what it is, then the version of the program, and for each
 *                      file its path, its digest (as in source_record) and the reason
 *
 * It stands beside the index's stamp and is no part of it: without it, or where another version
 * made it, all files are tried.
 */
#ifndef INDEXER_FAILURES_H
#define INDEXER_FAILURES_H

#include <glib.h>
#include <stdbool.h>

#define FAILURES_SCANNED "/scanned"	/* behind the digest of what failed for want of OCR */
#define FAILURES_FILE "failures"

struct failures;

/* Those of the index in a folder; empty where there are none that can be understood, or dir is NULL. */
struct failures *failures_open(const char *dir);
void failures_free(struct failures *failures);

/* Why the file with that digest could not be read, or NULL; borrowed until it is changed. */
const char *failures_find(const struct failures *failures, const char *path, const char *digest);
void failures_note(struct failures *failures, const char *path, const char *digest, const char *reason);
void failures_forget(struct failures *failures, const char *path);
/* Forgets those for which the function says so. */
typedef bool failures_gone_fn(const char *path, void *data);
void failures_forget_gone(struct failures *failures, failures_gone_fn *gone, void *data);

/* Writes them, if they have changed. Errors: IO. */
bool failures_write(struct failures *failures, const char *dir, GError **error);

#endif
