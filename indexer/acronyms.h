/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * acronyms.h - acronyms that a text explains, and the names they stand for.
 *
 *   Regional Consultative Panels on Lighthouses (RCPs)
 *   RCPs (Regional Consultative Processes)
 *
 *   Bundesamt für Molen und Fähren (BAMF)
 *   Inter-Governmental Consultations on Lamps, Ferries and Harbour Policies ("I.G.C.")
 *
 * The initials of the name's words are the acronym's letters, in their order and all of them;
 * only function words and what follows a hyphen may be passed over, and a phrase behind the name that a
 * function word begins: a long one only where it is in capitals, too. One letter of four or more may come from inside a
 * long word, if the name is in capitals. Everything else is no explanation: a wrong name would find wrong passages.
 */
#ifndef INDEXER_ACRONYMS_H
#define INDEXER_ACRONYMS_H

#include <glib.h>
#include <stdbool.h>

struct acronyms;

struct acronyms *acronyms_new(void);
void acronyms_free(struct acronyms *acronyms);

/* Takes the explanations in a text; what comes again is counted. Nothing is in what is not UTF-8. */
void acronyms_read(struct acronyms *acronyms, const char *text, gsize len);

/* Each explanation, in the order of bytes, until the function returns false: the acronym and the name as folds
 * (without plural s; with single blanks). Returns what the last call did. */
typedef bool acronyms_fn(const char *acronym, const char *name, guint count, void *data);
bool acronyms_each(struct acronyms *acronyms, acronyms_fn *fn, void *data);

#endif
