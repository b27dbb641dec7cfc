/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * check.h - is an index sound?
 */
#ifndef INDEXER_CHECK_H
#define INDEXER_CHECK_H

#include <stdbool.h>

/* Checks stamp, Xapian's structure, records, texts and counts; prints each fault
 * and a last line on standard output (quiet: faults only). Gives the exit
 * status: 0 sound, 1 faults were found, 2 it could not be checked. */
int check_index(const char *dir, bool quiet);

#endif
