/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cues-data.h - the tables of cues/LANGUAGE.cues as strings; made by
 * cues/embed.awk into cues-data.c.
 */
#ifndef CORPUS_CUES_DATA_H
#define CORPUS_CUES_DATA_H

/* One table for each language, then NULL. */
extern const char *const cues_data[];

#endif
