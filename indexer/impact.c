/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * impact.c - see impact.h. A fixed mean, so that a passage's weights do not depend on
 * what else is in the index. Chosen on the judged collections with tests/bench/ranking.py.
 */
#include "indexer/impact.h"

#include <math.h>

#define K1 1.5
#define B 0.5
#define MEAN_LENGTH 60.0
#define POINTER_NORM 1.5	/* a list of names or contents, or a reference, points at what is said elsewhere */
#define ACCOUNT_NORM 1.1	/* an account of what somebody said goes behind the words themselves */

static double kind_norm(enum passage_kind kind)
{
	return kind == KIND_LISTING || kind == KIND_REFERENCE ? POINTER_NORM : kind == KIND_REPORTED ? ACCOUNT_NORM : 1;
}

double impact_norm(enum searched_field field, enum passage_kind kind, guint length)
{
	double relative = length / MEAN_LENGTH;

	if (field != SEARCHED_TEXT)
		relative = MAX(relative, 1);
	return kind_norm(kind) * (1 - B + B * relative);
}

guint32 impact_of(double frequency)
{
	return 1 + (guint32)lround((IMPACT_MAX - 1) * frequency / (frequency + K1));
}
