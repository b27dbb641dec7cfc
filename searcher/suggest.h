/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * suggest.h - what is kept open between two suggestions.
 */
#ifndef SEARCHER_SUGGEST_H
#define SEARCHER_SUGGEST_H

struct suggester;

void suggester_free(struct suggester *suggester);

#endif
