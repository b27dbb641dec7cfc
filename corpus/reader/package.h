/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * package.h - a ZIP archive of parts, as Office and OpenDocument files are: reading
 * parts by name, within limits.
 */
#ifndef CORPUS_PACKAGE_H
#define CORPUS_PACKAGE_H

#include <glib.h>
#include <stdbool.h>

#define PACKAGE_PARTS_MAX 20000
#define PACKAGE_PART_MAX_BYTES ((guint64)256 << 20)	/* unpacked */
#define PACKAGE_TOTAL_MAX_BYTES ((guint64)512 << 20)	/* of all parts that are read */
#define PACKAGE_RATIO_MAX 1000	/* unpacked to packed, of parts over 1 MB: real text stays below 100 */

struct package;

/* The bytes are borrowed for as long as the package is open. path is for messages.
 * Errors: CORRUPT, TOO_LARGE, UNSUPPORTED (encrypted). */
struct package *package_open(const char *path, GBytes *bytes, GError **error);
void package_close(struct package *package);
typedef struct package Package;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Package, package_close)

bool package_has(struct package *package, const char *part);
/* A part's bytes, unpacked; g_bytes_unref them. Errors: NOT_FOUND, CORRUPT, TOO_LARGE,
 * UNSUPPORTED (encrypted, or packed in a way that we do not know); the message names the part. */
GBytes *package_part(struct package *package, const char *part, GError **error);

#endif
