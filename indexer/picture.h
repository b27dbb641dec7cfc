/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * picture.h - a page as a picture, as a reader sends it.
 *
 *   page | pages | width | height     numbers (bytes.h)
 *   a byte for each dot, row by row
 */
#ifndef INDEXER_PICTURE_H
#define INDEXER_PICTURE_H

#include "corpus/corpus.h"

#define PICTURE_HEAD_MAX_BYTES 40	/* before the dots */

void picture_put(GString *out, const struct corpus_picture *picture);

/* The picture that the bytes are; its dots are theirs. False for what picture_put cannot have made: numbers out of
 * bounds, another number of dots than it says. */
bool picture_get(GBytes *bytes, struct corpus_picture *picture);

#endif
