/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * synonyms.c - groups of words and phrases, found by the first word of a member.
 */
#include "searcher/synonyms.h"

#include <string.h>

#include "corpus/arena.h"
#include "corpus/error.h"

/* One way to go: from a member to another one of its group. */
struct way {
	const char *from, *to;	/* keys */
	guint n;		/* words of from */
};

struct synonyms {
	GHashTable *ways;	/* first word -> GArray of struct way */
	struct arena *arena;
};

static void free_ways(gpointer ways)
{
	g_array_unref(ways);
}

static guint count_words(const char *key)
{
	guint n = *key != '\0';

	for (; *key; key++)
		n += *key == ' ';
	return n;
}

static void add_way(struct synonyms *synonyms, const char *from, const char *to)
{
	g_autofree char *first = g_strndup(from, strcspn(from, " "));
	GArray *ways = g_hash_table_lookup(synonyms->ways, first);
	struct way way = { from, to, count_words(from) };

	if (strcmp(from, to) == 0)
		return;
	if (!ways) {
		ways = g_array_new(FALSE, FALSE, sizeof way);
		g_hash_table_insert(synonyms->ways, g_steal_pointer(&first), ways);
	}
	g_array_append_val(ways, way);
}

/* The members of one side of a line; false for too many, or one of too many words. */
static bool read_members(struct synonyms *synonyms, const char *side, struct analysis *analysis, GPtrArray *out)
{
	g_auto(GStrv) parts = g_strsplit(side, ",", SYNONYMS_MAX_MEMBERS + 1);

	for (char **part = parts; *part; part++) {
		g_autofree char *key = analysis_key(analysis, *part, -1);

		if (!*key)
			continue;
		if (out->len >= SYNONYMS_MAX_MEMBERS || count_words(key) > SYNONYMS_MAX_WORDS)
			return false;
		g_ptr_array_add(out, arena_string(synonyms->arena, key, -1));
	}
	return true;
}

/* What is wrong with the line, or NULL. */
static const char *read_line(struct synonyms *synonyms, char *line, struct analysis *analysis)
{
	g_autoptr(GPtrArray) from = g_ptr_array_new(), to = g_ptr_array_new();
	char *arrow = strstr(line, "=>");
	bool sound = true;

	if (arrow) {
		*arrow = '\0';
		sound = read_members(synonyms, arrow + 2, analysis, to);
	}
	if (!sound || !read_members(synonyms, line, analysis, from))
		return "too many words or members";
	if (arrow ? !from->len || !to->len : from->len == 1)
		return "nothing to find instead";
	for (guint i = 0; i < from->len; i++)
		for (guint j = 0; j < (arrow ? to : from)->len; j++)
			add_way(synonyms, from->pdata[i], (arrow ? to : from)->pdata[j]);
	return NULL;
}

static guint line_at(const char *text, const char *place)
{
	guint line = 1;

	for (; text < place; text++)
		line += *text == '\n';
	return line;
}

struct synonyms *synonyms_read(const char *text, gsize len, struct analysis *analysis, GError **error)
{
	struct synonyms *synonyms;
	const char *wrong = NULL, *end;
	g_auto(GStrv) lines = NULL;

	if (len > SYNONYMS_MAX_BYTES) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE, "more than %d bytes", SYNONYMS_MAX_BYTES);
		return NULL;
	}
	if (!g_utf8_validate(text, (gssize)len, &end)) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, "line %u: not UTF-8", line_at(text, end));
		return NULL;
	}
	synonyms = g_new0(struct synonyms, 1);
	synonyms->ways = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_ways);
	synonyms->arena = arena_new();
	g_autofree char *copy = g_strndup(text, len);
	lines = g_strsplit(copy, "\n", -1);
	for (guint i = 0; lines[i] && !wrong; i++) {
		lines[i][strcspn(lines[i], "#")] = '\0';
		wrong = read_line(synonyms, lines[i], analysis);
		if (wrong)
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, "line %u: %s", i + 1, wrong);
	}
	if (!wrong)
		return synonyms;
	synonyms_free(synonyms);
	return NULL;
}

void synonyms_free(struct synonyms *synonyms)
{
	if (!synonyms)
		return;
	g_hash_table_unref(synonyms->ways);
	arena_free(synonyms->arena);
	g_free(synonyms);
}

/* Do the words begin with the key's? */
static bool begins(const char *key, const char *const *words, guint n)
{
	for (guint i = 0; *key; i++) {
		gsize len = strcspn(key, " ");

		if (i >= n || strlen(words[i]) != len || memcmp(words[i], key, len) != 0)
			return false;
		key += len + (key[len] == ' ');
	}
	return true;
}

void synonyms_find(const struct synonyms *synonyms, const char *const *words, guint n, GArray *out)
{
	const GArray *ways = n ? g_hash_table_lookup(synonyms->ways, words[0]) : NULL;

	for (guint i = 0; ways && i < ways->len; i++) {
		const struct way *way = &g_array_index(ways, struct way, i);

		if (begins(way->from, words, n))
			g_array_append_vals(out, &(struct other_words){ way->n, way->to }, 1);
	}
}
