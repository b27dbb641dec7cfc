/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * search.h - a search as the library itself asks for one.
 */
#ifndef SEARCHER_SEARCH_H
#define SEARCHER_SEARCH_H

#include "searcher/handle.h"
#include "searcher/results.h"

/* What rap_search does, in the index as it is open now, without the passages whose docids
 * (GUINT_TO_POINTER) are keys of without, or NULL. Words interned before are no longer held. */
struct results *search_without(RapIndex *index, const RapRequest *request, GHashTable *without, GError **error);

#endif
