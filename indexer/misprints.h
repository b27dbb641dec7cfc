/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * misprints.h - rare words of a segment that are frequent ones misread by a machine, misprinted or
 * run together with a function word.
 */
#ifndef INDEXER_MISPRINTS_H
#define INDEXER_MISPRINTS_H

#include <glib.h>
#include <stdbool.h>

/* Looks through the words of a segment that is complete but not yet in use, and writes into it what was
 * learnt (vocabulary.h). Time: about linear in its words. To be called again after a merge, since
 * what is rare depends on all that is there. */
bool misprints_learn(const char *segment, GError **error);

#endif
