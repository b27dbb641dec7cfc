/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ooxml-drawings.h - the text of what is drawn from a part of its own: SmartArt, charts.
 */
#ifndef CORPUS_OOXML_DRAWINGS_H
#define CORPUS_OOXML_DRAWINGS_H

#include "corpus/reader/office/ooxml.h"

#define OOXML_POINTS_MAX 20000	/* of one diagram, and connections */

struct ooxml_point {
	char *text;	/* a line of a diagram */
	int level;	/* its depth in it, from 0 */
};

/* The points of a diagram's data in their order, struct ooxml_point; empty where it is damaged. To be
 * unreferenced. */
GPtrArray *ooxml_diagram(struct package *package, const char *path, const char *part);
/* The title of a chart; NULL where it has none. g_free it. */
char *ooxml_chart_title(struct package *package, const char *path, const char *part);

#endif
