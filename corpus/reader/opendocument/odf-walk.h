/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * odf-walk.h - from the elements of an OpenDocument body to its paragraphs, list
 * items and rows, one after the other: what stands inside another (a note, a text
 * box, a table in a table) comes with it or behind it.
 */
#ifndef CORPUS_READER_ODF_WALK_H
#define CORPUS_READER_ODF_WALK_H

#include "corpus/reader/manuscript/item.h"
#include "corpus/reader/opendocument/odf-styles.h"

struct odf_sink {
	/* The item is borrowed. Its marks of pages count where the file stores pages. */
	void (*item)(void *data, struct item *item);
	/* Elements that the walk has no use for: slides, shapes, notes of a slide; each or NULL. `end` gets what
	 * `start` got. start: true: all inside is left out. */
	bool (*start)(void *data, const char *name, const struct xml_attributes *attributes);
	void (*end)(void *data, const char *name);
	bool (*stop)(void *data);
};

/* Walks over a part: styles, and a body if it has one. Errors: those of xml_read. */
bool odf_walk(const char *path, const char *part, GBytes *bytes, struct odf_styles *styles, const struct odf_sink *sink,
              void *data, GError **error);

#endif
