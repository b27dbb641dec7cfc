/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rolling.h - captions that show the same words in several cues.
 *
 *   ropes and nets        ropes and nets            for the harbour
 *                         for the harbour           of the town
 */
#ifndef CORPUS_READER_ROLLING_H
#define CORPUS_READER_ROLLING_H

#include "corpus/reader/captions/cuelist.h"

struct rolling;

/* Looks through all cues: whether captions roll is decided for the whole file. */
struct rolling *rolling_new(const struct cuelist *cues);
void rolling_free(struct rolling *rolling);

/* Of the next cue, in the order of the file: how many of its first words the cue before
 * has shown already. */
guint rolling_seen(struct rolling *rolling, const struct cue *cue, const struct shown *shown);

#endif
