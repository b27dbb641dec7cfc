/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * citation.h - one line for a footnote. Its wording follows the kind: only
 * verbatim words are given as someone's; an account is "reported".
 */
#ifndef SEARCHER_CITATION_H
#define SEARCHER_CITATION_H

#include "corpus/arena.h"
#include "searcher/rapporteur.h"

/* In the arena. passage->citation and text are not looked at. */
const char *citation(struct arena *arena, const RapPassage *passage);

#endif
