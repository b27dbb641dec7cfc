/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * suggest.c - what somebody who has typed so much may mean.
 *
 * Each segment has its list of names and phrases, the most frequent first, and the words in
 * them (indexer/suggestions.h). Each typed word gives a set of entries; what is in all sets
 * answers. The first few of a set are its most frequent, so little is read of it.
 *
 * What only dead sources hold is not suggested: names are counted anew without
 * them, and a phrase needs one living source that has it.
 */
#include "searcher/suggest.h"

#include <string.h>

#include "corpus/error.h"
#include "indexer/fields.h"
#include "indexer/suggestions.h"
#include "searcher/handle.h"
#include "searcher/matches.h"
#include "searcher/filter.h"

#define DEFAULT_NUMBER 10
#define NUMBER_MAX 100
#define WORDS_MAX 8		/* typed ones that count */
#define TYPO_MIN_CHARS 4

G_STATIC_ASSERT((int)RAP_SUGGESTION_PERSON == (int)SUGGESTION_PERSON);
G_STATIC_ASSERT((int)RAP_SUGGESTION_PHRASE == (int)SUGGESTION_PHRASE);

struct suggester {
	GPtrArray *files;	/* struct suggestions *, one a shard */
	struct matches *dead;	/* passages of dead sources; NULL where there are none */
};

/* How well an entry fits. */
enum level {
	LEVEL_BEGINS,		/* it begins with the first word typed */
	LEVEL_HOLDS,		/* each word begins one of its own */
	LEVEL_NEARLY,		/* with a letter wrong */
	N_LEVELS
};

struct candidate {
	enum level level;
	struct suggestion entry;	/* count: of all segments */
	char *key;
};

struct suggesting {
	RapIndex *index;
	char **words;
	guint n_words;
	size_t n;
	GArray *candidates;	/* struct candidate */
	GHashTable *seen;	/* "kind id/key" of the candidates */
};

struct request {
	const char *text;
	size_t n;
};

struct suggestions_result {
	RapSuggestions public;
	struct arena *arena;
};

const char *rap_suggestion_kind_name(RapSuggestionKind kind)
{
	static const char *const names[] = { "person", "body", "panel", "document", "phrase" };

	return kind < G_N_ELEMENTS(names) ? names[kind] : "";
}

/* --- opening ------------------------------------------------------------------------------- */

void suggester_free(struct suggester *s)
{
	if (!s)
		return;
	g_ptr_array_unref(s->files);
	matches_free(s->dead);
	g_free(s);
}

static void close_file(gpointer file)
{
	suggestions_close(file);
}

static bool find_dead(RapIndex *index, struct suggester *s, GError **error)
{
	struct arena *arena = arena_new();
	const struct xap_query *dead = filter_dead(arena, store_stamp(index->store));
	bool all, ok = true;

	if (dead) {
		s->dead = matches_new(index->store);
		ok = matches_add_query(s->dead, store_database(index->store), dead, G_MAXUINT64, &all, error);
	}
	arena_free(arena);
	return ok;
}

static bool open_files(RapIndex *index, struct suggester *s, GError **error)
{
	for (size_t i = 0; i < xap_db_shards(store_database(index->store)); i++) {
		g_autofree char *folder = g_build_filename(index->path, store_segment(index->store, i)->folder, NULL);
		GError *cause = NULL;
		struct suggestions *file = suggestions_open(folder, &cause);

		if (!file) {
			handle_blame(index, cause, error);
			return false;
		}
		g_ptr_array_add(s->files, file);
	}
	return find_dead(index, s, error);
}

static bool need_suggester(RapIndex *index, GError **error)
{
	struct suggester *s;

	if (index->suggester)
		return true;
	s = g_new0(struct suggester, 1);
	s->files = g_ptr_array_new_with_free_func(close_file);
	if (open_files(index, s, error)) {
		index->suggester = s;
		return true;
	}
	suggester_free(s);
	return false;
}

/* --- how often ------------------------------------------------------------------------------- */

/* In the living passages of a segment, by the term that stands for the name. */
static bool count_living(const struct suggesting *s, guint shard, const struct suggestion *entry, guint32 *n, GError **error)
{
	static const enum field_id of_kind[] = {
		[SUGGESTION_PERSON] = FIELD_SPEAKER, [SUGGESTION_BODY] = FIELD_ORGANISATION, [SUGGESTION_PANEL] = FIELD_PANEL,
		[SUGGESTION_DOCUMENT] = FIELD_DOCUMENT,
	};
	const struct matches *dead = s->index->suggester->dead;
	g_autofree char *key = field_key(s->index->analysis, *entry->id ? entry->id : entry->text);
	g_autoptr(GString) term = g_string_new(NULL);
	gsize words = ((gsize)dead->passages[shard] + 63) / 64;
	g_autofree guint64 *bits = g_new0(guint64, words + 1);
	uint32_t marked;

	field_term(&fields[of_kind[entry->kind]], key, term);
	if (!xap_db_mark(store_database(s->index->store), shard, term->str, term->len, bits, dead->passages[shard], &marked, error))
		return false;
	*n = 0;
	for (gsize w = 0; w < words; w++)
		*n += (guint32)__builtin_popcountll(bits[w] & ~dead->shards[shard][w]);
	return true;
}

static guint32 living_phrase(const struct suggesting *s, guint shard, const struct suggestion *entry)
{
	const struct segment *segment = store_segment(s->index->store, shard);

	for (guint i = 0; i < PHRASE_WITNESSES && entry->witnesses[i] != PHRASE_NO_SOURCE; i++)
		if (!segment_is_dead(segment, entry->witnesses[i]))
			return entry->count;
	return 0;
}

static bool count_entry(const struct suggesting *s, guint shard, const struct suggestion *entry, guint32 *n, GError **error)
{
	*n = entry->count;
	if (!store_segment(s->index->store, shard)->dead->len)
		return true;
	if (entry->kind != SUGGESTION_PHRASE)
		return count_living(s, shard, entry, n, error);
	*n = living_phrase(s, shard, entry);
	return true;
}

/* --- sets of entries -------------------------------------------------------------------------- */

static guint64 *new_set(const struct suggestions *file)
{
	return g_new0(guint64, (gsize)suggestions_count(file) / 64 + 1);
}

static void keep_common(const struct suggestions *file, guint64 *set, const guint64 *other)
{
	for (gsize w = 0; w < (gsize)suggestions_count(file) / 64 + 1; w++)
		set[w] &= other[w];
}

static void leave_out(const struct suggestions *file, guint64 *set, const guint64 *other)
{
	for (gsize w = 0; w < (gsize)suggestions_count(file) / 64 + 1; w++)
		set[w] &= ~other[w];
}

/* The entries that have each of the words (or one that begins so, or nearly so); first: those of them whose first
 * word is the first one's. */
static guint64 *find_entries(const struct suggestions *file, char *const *words, guint n, bool whole, bool typo, guint64 *first)
{
	guint64 *common = NULL;

	for (guint i = 0; i < n; i++) {
		guint64 *set = new_set(file);

		suggestions_mark(file, words[i], whole, false, set, i ? NULL : first);
		if (typo && g_utf8_strlen(words[i], -1) >= TYPO_MIN_CHARS)
			suggestions_mark(file, words[i], false, true, set, NULL);
		if (!common) {
			common = set;
			continue;
		}
		keep_common(file, common, set);
		g_free(set);
	}
	if (first)
		keep_common(file, first, common);
	return common;
}

/* --- candidates --------------------------------------------------------------------------------- */

static void clear_candidate(gpointer data)
{
	g_free(((struct candidate *)data)->key);
}

/* How often the candidate is in another segment. */
static bool count_elsewhere(const struct suggesting *s, guint shard, const struct candidate *c, guint32 *n, GError **error)
{
	const struct suggestions *file = g_ptr_array_index(s->index->suggester->files, shard);
	g_autofree char *own = g_strndup(c->key, strcspn(c->key, (const char[]){ FIELD_APART, '\0' }));
	g_auto(GStrv) words = g_strsplit(own, " ", -1);
	g_autofree guint64 *set = find_entries(file, words, g_strv_length(words), true, false, NULL);

	*n = 0;
	for (guint32 w = 0; w < suggestions_count(file) / 64 + 1; w++)
		for (guint64 bits = set[w]; bits; bits &= bits - 1) {
			struct suggestion other;
			g_autofree char *key = NULL;

			if (!suggestions_get(file, w * 64 + (guint32)__builtin_ctzll(bits), &other) || other.kind != c->entry.kind ||
			    strcmp(other.id, c->entry.id) != 0)
				continue;
			key = field_key(s->index->analysis, other.text);
			if (strcmp(key, c->key) == 0)
				return count_entry(s, shard, &other, n, error);
		}
	return true;
}

static bool count_everywhere(struct suggesting *s, guint shard, struct candidate *c, GError **error)
{
	guint64 sum = c->entry.count;

	for (guint i = 0; i < s->index->suggester->files->len; i++) {
		guint32 n = 0;

		if (i == shard)
			continue;
		if (!count_elsewhere(s, i, c, &n, error))
			return false;
		sum += n;
	}
	c->entry.count = (guint32)MIN(sum, G_MAXUINT32);
	return true;
}

/* Takes the entry, if something of it lives and it is not there yet. */
static bool add_candidate(struct suggesting *s, guint shard, enum level level, const struct suggestion *entry, bool *added, GError **error)
{
	struct candidate c = { level, *entry, NULL };
	char *name;

	*added = false;
	if (!count_entry(s, shard, entry, &c.entry.count, error))
		return false;
	if (!c.entry.count)
		return true;
	*added = true;
	c.key = field_key(s->index->analysis, entry->text);
	name = g_strdup_printf("%d %s/%s", (int)entry->kind, entry->id, c.key);
	if (!g_hash_table_add(s->seen, name)) {
		g_free(c.key);
		return true;
	}
	if (!count_everywhere(s, shard, &c, error)) {
		g_free(c.key);
		return false;
	}
	g_array_append_val(s->candidates, c);
	return true;
}

/* The most frequent names and the most frequent phrases of a set. */
static bool take_best(struct suggesting *s, guint shard, enum level level, const guint64 *set, GError **error)
{
	const struct suggestions *file = g_ptr_array_index(s->index->suggester->files, shard);
	size_t names = 0, phrases = 0;

	for (guint32 w = 0; w < suggestions_count(file) / 64 + 1; w++)
		for (guint64 bits = set[w]; bits && (names < s->n || phrases < s->n); bits &= bits - 1) {
			struct suggestion entry;
			size_t *n;
			bool added;

			if (!suggestions_get(file, w * 64 + (guint32)__builtin_ctzll(bits), &entry)) {
				g_set_error(error, RAP_ERROR, RAP_ERROR_CORRUPT, "cannot read index '%s': its suggestions are damaged", s->index->path);
				return false;
			}
			n = entry.kind == SUGGESTION_PHRASE ? &phrases : &names;
			if (*n >= s->n)
				continue;
			if (!add_candidate(s, shard, level, &entry, &added, error))
				return false;
			*n += added;
		}
	return true;
}

static bool find_in_shard(struct suggesting *s, guint shard, bool typo, GError **error)
{
	const struct suggestions *file = g_ptr_array_index(s->index->suggester->files, shard);
	g_autofree guint64 *first = new_set(file), *exact = find_entries(file, s->words, s->n_words, false, false, first), *near = NULL;

	if (!typo) {
		leave_out(file, exact, first);
		return take_best(s, shard, LEVEL_BEGINS, first, error) && take_best(s, shard, LEVEL_HOLDS, exact, error);
	}
	near = find_entries(file, s->words, s->n_words, false, true, NULL);
	leave_out(file, near, exact);
	return take_best(s, shard, LEVEL_NEARLY, near, error);
}

static bool find_candidates(struct suggesting *s, GError **error)
{
	bool ok = true;

	for (guint typo = 0; typo < 2 && s->candidates->len < s->n; typo++)
		for (guint i = 0; i < s->index->suggester->files->len && ok; i++)
			ok = find_in_shard(s, i, typo, error);
	return ok;
}

/* --- order --------------------------------------------------------------------------------------- */

static gint by_rank(gconstpointer a, gconstpointer b)
{
	const struct candidate *x = a, *y = b;
	int order = (int)x->level - (int)y->level;

	if (!order && x->entry.count != y->entry.count)
		order = x->entry.count > y->entry.count ? -1 : 1;
	order = order ? order : (int)x->entry.kind - (int)y->entry.kind;
	order = order ? order : strcmp(x->entry.text, y->entry.text);
	return order ? order : strcmp(x->entry.id, y->entry.id);
}

/* A phrase that is a name is told as the name. */
static bool is_named(const GArray *all, const struct candidate *phrase)
{
	for (guint i = 0; i < all->len; i++) {
		const struct candidate *c = &g_array_index(all, struct candidate, i);

		if (c->entry.kind != SUGGESTION_PHRASE && strcmp(c->key, phrase->key) == 0)
			return true;
	}
	return false;
}

/* Phrases are far more frequent than names: they take half of the places, more only where
 * no names without a wrong letter are left. */
static void choose(struct suggesting *s)
{
	GArray *all = s->candidates;
	g_autofree bool *taken = g_new0(bool, all->len + 1);
	size_t left = s->n, phrases = (s->n + 1) / 2;
	guint kept = 0;

	g_array_sort(all, by_rank);
	for (guint pass = 0; pass < 4; pass++)
		for (guint i = 0; i < all->len && left; i++) {
			const struct candidate *c = &g_array_index(all, struct candidate, i);
			bool phrase = c->entry.kind == SUGGESTION_PHRASE, nearly = c->level == LEVEL_NEARLY;

			if (taken[i] || nearly != (pass >= 2) || (pass % 2 == 0 && phrase && !phrases) || (phrase && is_named(all, c)))
				continue;
			phrases -= phrase && phrases;
			taken[i] = true;
			left--;
		}
	for (guint i = 0; i < all->len; i++) {
		struct candidate *c = &g_array_index(all, struct candidate, i);

		if (!taken[i])
			continue;
		if (i != kept) {
			struct candidate moved = *c;

			*c = g_array_index(all, struct candidate, kept);
			g_array_index(all, struct candidate, kept) = moved;
		}
		kept++;
	}
	g_array_set_size(all, kept);
}

/* --- handing out ----------------------------------------------------------------------------------- */

static char *query_of(struct suggesting *s, const struct candidate *c)
{
	static const char *const fields_of_kind[] = { "speaker", "organisation", "panel", "document" };
	g_autofree char *id = NULL, *key = g_strdup(c->key);

	if (c->entry.kind == SUGGESTION_PHRASE)
		return g_strdup_printf("\"%s\"", c->entry.text);
	if (c->entry.kind == SUGGESTION_DOCUMENT)
		id = analysis_key(s->index->analysis, c->entry.id, -1);
	return g_strdup_printf("%s:%c\"%s\"", fields_of_kind[c->entry.kind], FIELD_WHOLE, id ? id : g_strdelimit(key, (const char[]){ FIELD_APART, '\0' }, ' '));
}

static RapSuggestions *hand_out(struct suggesting *s, const char *text)
{
	struct suggestions_result *result = g_new0(struct suggestions_result, 1);
	RapSuggestion *items;

	result->arena = arena_new();
	items = arena_alloc(result->arena, (s->candidates->len + 1) * sizeof *items);
	for (guint i = 0; i < s->candidates->len; i++) {
		const struct candidate *c = &g_array_index(s->candidates, struct candidate, i);
		g_autofree char *query = query_of(s, c), *shown = field_shown(c->entry.text);

		items[i] = (RapSuggestion){
			.kind = (RapSuggestionKind)c->entry.kind, .count = c->entry.count,
			.text = arena_string(result->arena, shown, -1), .query = arena_string(result->arena, query, -1),
		};
	}
	result->public = (RapSuggestions){ arena_string(result->arena, text, -1), items, s->candidates->len };
	return &result->public;
}

void rap_suggestions_free(RapSuggestions *suggestions)
{
	struct suggestions_result *result = (struct suggestions_result *)(void *)suggestions;

	if (!result)
		return;
	arena_free(result->arena);
	g_free(result);
}

static void *suggest_once(RapIndex *index, const void *data, GError **error)
{
	const struct request *request = data;
	struct suggesting s = { .index = index, .n = MIN(request->n ? request->n : DEFAULT_NUMBER, NUMBER_MAX) };
	g_autofree char *key = NULL;
	RapSuggestions *out = NULL;

	if (!need_suggester(index, error))
		return NULL;
	analysis_trim(index->analysis);
	key = analysis_key(index->analysis, request->text, -1);
	s.words = g_strsplit(key, " ", WORDS_MAX + 1);
	s.n_words = MIN(g_strv_length(s.words), WORDS_MAX);
	s.candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));
	g_array_set_clear_func(s.candidates, clear_candidate);
	s.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (!*key || find_candidates(&s, error)) {
		choose(&s);
		out = hand_out(&s, request->text);
	}
	g_hash_table_unref(s.seen);
	g_array_unref(s.candidates);
	g_strfreev(s.words);
	return out;
}

RapSuggestions *rap_suggest(RapIndex *index, const char *text, size_t n, GError **error)
{
	return handle_run(index, suggest_once, &(struct request){ text, n }, error);
}
