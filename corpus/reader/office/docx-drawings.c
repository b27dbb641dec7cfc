/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-drawings.c - what is drawn from other parts.
 */
#include "corpus/reader/office/docx-drawings.h"

#include "corpus/reader/office/ooxml-drawings.h"

static void add_line(struct stories *stories, enum block_kind kind, int level, const char *text)
{
	struct item *item = item_new(kind);

	item->level = level;
	g_string_append(item->text, text);
	stories_take(stories, item);
}

static void add_diagram(const struct docx_parts *parts, struct stories *stories, const char *part)
{
	g_autoptr(GPtrArray) points = ooxml_diagram(parts->package, parts->path, part);

	for (guint i = 0; i < points->len; i++) {
		const struct ooxml_point *point = points->pdata[i];

		add_line(stories, BLOCK_LIST_ITEM, point->level + 1, point->text);
	}
}

static void add_chart(const struct docx_parts *parts, struct stories *stories, const char *part)
{
	g_autofree char *title = ooxml_chart_title(parts->package, parts->path, part);

	if (title)
		add_line(stories, BLOCK_PARAGRAPH, 0, title);
}

void docx_drawing_take(const struct docx_parts *parts, struct stories *stories, bool chart, const char *id)
{
	const char *part = id ? ooxml_part_by_id(parts->relations, id) : NULL;

	if (!part || !package_has(parts->package, part))
		return;
	stories_begin_box(stories);
	(chart ? add_chart : add_diagram)(parts, stories, part);
	stories_end_box(stories);
}
