/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ooxml-drawings.c - data of SmartArt: points in any order, and connections that make
 * them a tree below the one of type "doc".
 */
#include "corpus/reader/office/ooxml-drawings.h"

#include <string.h>

struct point {
	struct point *child, *next;	/* in order, once the tree is made */
	GString *text;
	bool counted, root;
};

struct connection {
	char *from, *to;
	int order;
	guint place;	/* in the file */
	struct point *below;	/* what it leads to, if it is the first that does */
};

struct diagram {
	GHashTable *points;	/* id -> struct point */
	GPtrArray *ids;		/* in the file's order, borrowed */
	GPtrArray *connections;
	struct point *open;
	bool text;
	GString *buffer;
};

static void point_free(gpointer data)
{
	struct point *point = data;

	g_string_free(point->text, TRUE);
	g_free(point);
}

static void connection_free(gpointer data)
{
	struct connection *connection = data;

	g_free(connection->from);
	g_free(connection->to);
	g_free(connection);
}

static void line_free(gpointer data)
{
	struct ooxml_point *point = data;

	g_free(point->text);
	g_free(point);
}

static char *copy(const struct xml_attributes *attributes, const char *name, GString *buffer)
{
	const char *value = xml_attribute(attributes, name, buffer);

	return g_strdup(value ? value : "");
}

static void begin_point(struct diagram *d, const struct xml_attributes *attributes)
{
	const char *type;
	char *id;

	d->open = NULL;
	if (g_hash_table_size(d->points) >= OOXML_POINTS_MAX)
		return;
	id = copy(attributes, "modelId", d->buffer);
	if (g_hash_table_contains(d->points, id)) {
		g_free(id);
		return;
	}
	d->open = g_new0(struct point, 1);
	d->open->text = g_string_new(NULL);
	type = xml_attribute(attributes, "type", d->buffer);
	d->open->root = type && !strcmp(type, "doc");
	d->open->counted = !type || !strcmp(type, "node") || !strcmp(type, "asst");
	g_hash_table_insert(d->points, id, d->open);
	g_ptr_array_add(d->ids, id);
}

static void add_connection(struct diagram *d, const struct xml_attributes *attributes)
{
	const char *type = xml_attribute(attributes, "type", d->buffer);
	struct connection *connection;

	if ((type && strcmp(type, "parOf")) || d->connections->len >= OOXML_POINTS_MAX)
		return;
	connection = g_new0(struct connection, 1);
	connection->from = copy(attributes, "srcId", d->buffer);
	connection->to = copy(attributes, "destId", d->buffer);
	connection->order = ooxml_int(xml_attribute(attributes, "srcOrd", d->buffer), 0, G_MAXINT, 0);
	connection->place = d->connections->len;
	g_ptr_array_add(d->connections, connection);
}

static void diagram_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct diagram *d = data;

	(void)ns;
	if (!strcmp(name, "pt"))
		begin_point(d, attributes);
	else if (!strcmp(name, "cxn"))
		add_connection(d, attributes);
	else if (!strcmp(name, "t") && d->open && strstr(ns, "/drawingml/") && g_str_has_suffix(ns, "/main"))
		d->text = true;
	else if ((!strcmp(name, "p") || !strcmp(name, "br")) && d->open && d->open->text->len)
		g_string_append_c(d->open->text, ' ');
}

static void diagram_end(void *data, const char *ns, const char *name)
{
	struct diagram *d = data;

	(void)ns;
	if (!strcmp(name, "pt"))
		d->open = NULL;
	else if (!strcmp(name, "t"))
		d->text = false;
}

static void diagram_text(void *data, const char *s, gsize len)
{
	struct diagram *d = data;

	if (d->text && d->open)
		g_string_append_len(d->open->text, s, (gssize)len);
}

static int by_order(gconstpointer a, gconstpointer b)
{
	const struct connection *x = *(struct connection *const *)a, *y = *(struct connection *const *)b;

	if (x->order != y->order)
		return x->order < y->order ? 1 : -1;	/* the last first: each goes before its elders */
	return x->place < y->place ? 1 : -1;
}

static void add_line(GPtrArray *lines, const struct point *point, int level)
{
	struct ooxml_point *line;

	if (!point->counted || !point->text->len)
		return;
	line = g_new0(struct ooxml_point, 1);
	line->text = g_strdup(point->text->str);
	line->level = level;
	g_ptr_array_add(lines, line);
}

/* Each point is met once: one that several are connected to belongs to the first. */
static void walk_tree(GPtrArray *lines, struct point *root, guint most)
{
	g_autoptr(GPtrArray) above = g_ptr_array_new();
	struct point *point = root->child;

	for (guint n = 0; point && n < most; n++) {
		add_line(lines, point, (int)above->len);
		if (point->child) {
			g_ptr_array_add(above, point);
			point = point->child;
			continue;
		}
		while (point && !point->next && above->len) {
			point = above->pdata[above->len - 1];
			g_ptr_array_set_size(above, (int)above->len - 1);
		}
		point = point ? point->next : NULL;
	}
}

static GPtrArray *lines_of(struct diagram *d)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(line_free);
	g_autoptr(GHashTable) placed = g_hash_table_new(NULL, NULL);
	struct point *root = NULL;

	for (guint i = 0; i < d->connections->len; i++) {
		struct connection *connection = d->connections->pdata[i];

		connection->below = g_hash_table_lookup(d->points, connection->to);
		if (connection->below && (connection->below->root || !g_hash_table_add(placed, connection->below)))
			connection->below = NULL;
	}
	g_ptr_array_sort(d->connections, by_order);
	for (guint i = 0; i < d->connections->len; i++) {
		const struct connection *connection = d->connections->pdata[i];
		struct point *from = g_hash_table_lookup(d->points, connection->from), *to = connection->below;

		if (!from || !to || from == to)
			continue;
		to->next = from->child;
		from->child = to;
	}
	for (guint i = 0; i < d->ids->len && !root; i++) {
		struct point *point = g_hash_table_lookup(d->points, d->ids->pdata[i]);

		root = point->root ? point : NULL;
	}
	if (root)
		walk_tree(lines, root, d->ids->len);
	for (guint i = 0; i < d->ids->len && !root; i++)	/* no tree: as they stand */
		add_line(lines, g_hash_table_lookup(d->points, d->ids->pdata[i]), 0);
	return lines;
}

GPtrArray *ooxml_diagram(struct package *package, const char *path, const char *part)
{
	static const struct xml_handler handler = { .start = diagram_start, .end = diagram_end, .text = diagram_text };
	g_autoptr(GHashTable) points = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, point_free);
	g_autoptr(GPtrArray) ids = g_ptr_array_new(), connections = g_ptr_array_new_with_free_func(connection_free);
	g_autoptr(GString) buffer = g_string_new(NULL);
	struct diagram d = { .points = points, .ids = ids, .connections = connections, .buffer = buffer };

	ooxml_read(package, path, part, &handler, &d, NULL);
	return lines_of(&d);
}

/* ---- charts ---- */

struct chart {
	guint depth, title_depth;	/* 0: no title is open */
	bool begun, text, done;
	GString *line;
};

static void chart_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	struct chart *d = data;

	(void)ns;
	(void)attributes;
	d->depth++;
	if (!strcmp(name, "chart"))
		d->begun = true;
	else if (!strcmp(name, "plotArea"))	/* titles in it are of axes */
		d->done = true;
	else if (!strcmp(name, "title") && d->begun && !d->done && !d->title_depth)
		d->title_depth = d->depth;
	else if (!strcmp(name, "t") && d->title_depth)
		d->text = true;
	else if ((!strcmp(name, "p") || !strcmp(name, "br")) && d->title_depth && d->line->len)
		g_string_append_c(d->line, ' ');
}

static void chart_end(void *data, const char *ns, const char *name)
{
	struct chart *d = data;

	(void)ns;
	if (!strcmp(name, "t"))
		d->text = false;
	if (d->depth == d->title_depth) {
		d->title_depth = 0;
		d->done = true;
	}
	d->depth--;
}

static void chart_text(void *data, const char *s, gsize len)
{
	struct chart *d = data;

	if (d->text)
		g_string_append_len(d->line, s, (gssize)len);
}

static bool chart_stop(void *data)
{
	return ((struct chart *)data)->done;
}

char *ooxml_chart_title(struct package *package, const char *path, const char *part)
{
	static const struct xml_handler handler = { .start = chart_start, .end = chart_end, .text = chart_text, .stop = chart_stop };
	g_autoptr(GString) line = g_string_new(NULL);
	struct chart d = { .line = line };

	if (!package_has(package, part))
		return NULL;
	ooxml_read(package, path, part, &handler, &d, NULL);
	g_strstrip(line->str);
	return *line->str ? g_strdup(line->str) : NULL;
}
