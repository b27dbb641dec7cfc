/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * folder.h - what lies in the folder of an index: what is ours, what is left over, and
 * whether there can be an index at all.
 */
#ifndef INDEXER_FOLDER_H
#define INDEXER_FOLDER_H

#include "indexer/stamp.h"

/* "segment-000007": folders of such names, and no others, are taken for ours and
 * removed when they are not needed. */
bool folder_is_segment(const char *name);

/* An index, or a folder in which one can be made, which is made here. Errors: UNSUPPORTED (it holds something else), DENIED, IO. */
bool folder_check(const char *dir, GError **error);

/* Removes what is left over from a writer that was killed: scratch databases
 * and, where the stamp is given, segments that it does not name. */
void folder_remove_leftovers(const char *dir, const struct stamp *stamp);

/* A folder that was made for an index that did not come about goes again. */
void folder_remove_empty(const char *dir);

#endif
