/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * columns.h - which passage has which speaker, panel, document, ...: a file
 * beside a segment's database, made for counting.
 *
 *   SEGMENT/facets     (numbers are 32 bits, little-endian; parts begin at multiples of 4)
 *
 *     "RAPFACT2"
 *     passages, groups, width of a group's number
 *     for each facet: how many values, bytes of its pool
 *     for each slot: width of a value's number (0: no passage has any)
 *     for each facet: where each value begins in the pool, and where the last one ends;
 *                     the pool: the values in the order of their keys, each with its NUL, and where its
 *                     key is another text (field_key: case, accents and punctuation gone) that, too
 *     for each slot: the value of each group, counted from 1; 0 is none
 *     for each passage, in the order of the database: its group
 *
 * A group is what passages share that agree in everything: the passages of one
 * document, speaker and panel, say. So counting matches is one addition a
 * match, and then a few for each group. Some facets have two slots: a body
 * that speaks for another one is two organisations.
 *
 * The file is mapped, not read: opening costs nothing, whatever its size. It is input
 * like any other file: each number is held against its limit when it is used.
 */
#ifndef INDEXER_COLUMNS_H
#define INDEXER_COLUMNS_H

#include "corpus/document.h"
#include "indexer/analysis.h"

#define COLUMNS_FILE "facets"

enum facet {
	FACET_SPEAKER, FACET_PANEL, FACET_DOCUMENT, FACET_KIND, FACET_TYPE,
	FACET_ORGANISATION, FACET_YEAR, FACET_LANGUAGE, FACET_COUNTRY, FACET_EVENT,
	N_FACETS
};

/* --- making ---------------------------------------------------------------- */

struct columns_maker;

/* The analysis is borrowed; NULL for one that takes from files alone. */
struct columns_maker *columns_maker_new(struct analysis *analysis);
void columns_maker_free(struct columns_maker *maker);

/* The next passage of the segment. */
void columns_maker_add(struct columns_maker *maker, const struct document *doc, const struct passage *passage);

/* --- reading --------------------------------------------------------------- */

struct columns;

/* Maps the file of the segment in a folder. Errors: NOT_FOUND, CORRUPT, IO. */
struct columns *columns_open(const char *segment, GError **error);
void columns_close(struct columns *columns);

/* All passages of a segment behind those that the maker has; false with CORRUPT set. */
bool columns_maker_append(struct columns_maker *maker, const struct columns *columns, GError **error);
/* Writes the file into the folder of a segment. */
bool columns_maker_write(struct columns_maker *maker, const char *segment, GError **error);

guint32 columns_passages(const struct columns *columns);

/* How many values a facet has, and the i-th of them (from 0, ascending by their keys); borrowed from
 * columns; NULL where the file is damaged, else UTF-8. The values of panels are those of fields_panel_value. */
guint32 columns_n_values(const struct columns *columns, enum facet facet);
const char *columns_value(const struct columns *columns, enum facet facet, guint32 i);
/* What values of one facet that are the same but for their spelling have in common; likewise. */
const char *columns_key(const struct columns *columns, enum facet facet, guint32 i);
/* Which of two spellings of one value is to be shown: capitals and small letters rather than capitals alone, accents
 * rather than none. A total order. */
bool columns_better_written(const char *a, const char *b);

/* Adds to counts[i] how many of the passages have the i-th value of the facet. groups: what
 * columns_count_groups gave. false where the file is damaged. */
bool columns_count(const struct columns *columns, enum facet facet, const guint32 *groups, guint32 *counts);

/* How many of the passages are in each group. Bit i of passages is the i-th passage of
 * the segment; there are as many bits as passages, and room to a multiple of 64. g_free it; NULL
 * where the file is damaged. */
guint32 *columns_count_groups(const struct columns *columns, const guint64 *passages);

#endif
