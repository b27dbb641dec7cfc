/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * duplicates.c - finding passages with the same words.
 */
#include "searcher/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/error.h"
#include "indexer/analysis.h"
#include "indexer/fingerprints.h"
#include "searcher/filter.h"
#include "searcher/likeness.h"

#define CHAIN_MAX 64		/* so many kept ones of one fingerprint are compared, so that time stays linear */
#define BYTES_PER_FINGERPRINT 60	/* of text, roughly */
#define LIKELY_SHARE 3		/* of texts that are alike, a third at least is shared */

struct link {
	guint number;	/* of a kept one */
	guint before;	/* the link before of the same fingerprint, plus one */
};

struct duplicates {
	struct store *store;
	struct analysis *analysis;
	const struct query *query;
	const struct plan *plan;	/* and matcher: or NULL both */
	struct matcher *matcher;
	struct arena *arena;
	GHashTable *imprints;	/* docid -> struct imprint * */
	GPtrArray *kept;	/* const struct imprint * */
	GHashTable *last;	/* fingerprint -> its last link, plus one */
	GArray *links;		/* struct link */
	GArray *tokens, *chosen, *marks;	/* scratch: struct token, guint32, struct mark */
	GString *text;
};

struct duplicates *duplicates_new(struct store *store, struct analysis *analysis, const struct query *query, const struct plan *plan,
                                  struct matcher *matcher)
{
	struct duplicates *d = g_new0(struct duplicates, 1);

	d->store = store;
	d->analysis = analysis;
	d->query = query;
	d->plan = plan;
	d->matcher = matcher;
	d->arena = arena_new();
	d->imprints = g_hash_table_new(NULL, NULL);
	d->kept = g_ptr_array_new();
	d->last = g_hash_table_new(NULL, NULL);
	d->links = g_array_new(FALSE, FALSE, sizeof(struct link));
	d->tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	d->chosen = g_array_new(FALSE, FALSE, sizeof(guint32));
	d->marks = g_array_new(FALSE, FALSE, sizeof(struct mark));
	d->text = g_string_new(NULL);
	return d;
}

void duplicates_free(struct duplicates *d)
{
	if (!d)
		return;
	g_hash_table_unref(d->imprints);
	g_ptr_array_unref(d->kept);
	g_hash_table_unref(d->last);
	g_array_unref(d->links);
	g_array_unref(d->tokens);
	g_array_unref(d->chosen);
	g_array_unref(d->marks);
	g_string_free(d->text, TRUE);
	arena_free(d->arena);
	g_free(d);
}

/* --- a passage and its words --------------------------------------------------------------- */

static struct imprint *imprint_new(struct duplicates *d, guint32 docid, const struct passage_record *record)
{
	struct imprint *imprint = arena_alloc(d->arena, sizeof *imprint);
	const struct passage *p = &record->passage;

	imprint->docid = docid;
	imprint->place = record->place;
	imprint->ordinal = record->ordinal;
	imprint->kind = p->kind;
	imprint->speaker = p->attribution.speaker;
	memcpy(imprint->id, p->id, sizeof imprint->id);
	imprint->number = DUPLICATES_NONE;
	return imprint;
}

static void set_words(struct duplicates *d, struct imprint *imprint, const GArray *tokens)
{
	guint32 *fingerprints;

	fingerprints_choose((const struct token *)(const void *)tokens->data, tokens->len, d->chosen);
	fingerprints = arena_alloc(d->arena, (d->chosen->len + 1) * sizeof *fingerprints);
	if (d->chosen->len)
		memcpy(fingerprints, d->chosen->data, d->chosen->len * sizeof *fingerprints);
	imprint->fingerprints = fingerprints;
	imprint->n_fingerprints = d->chosen->len;
	imprint->text = arena_alloc(d->arena, sizeof *imprint->text);
	*imprint->text = likeness_text(d->arena, (const struct token *)(const void *)tokens->data, tokens->len);
}

static gsize answer_words(const struct duplicates *d)
{
	return ((gsize)d->plan->leaves->len + 63) / 64;
}

static void set_answers(struct duplicates *d, struct imprint *imprint, const GArray *marks)
{
	guint64 *answers;

	if (!d->plan)
		return;
	answers = arena_alloc(d->arena, (answer_words(d) + 1) * sizeof *answers);
	for (guint i = 0; i < marks->len; i++) {
		guint leaf = g_array_index(marks, struct mark, i).leaf;

		answers[leaf / 64] |= (guint64)1 << leaf % 64;
	}
	imprint->answers = answers;
}

/* The text, with what of the query stands in it; its tokens, or NULL. */
static const GArray *read_tokens(struct duplicates *d, const struct passage_record *record, GError **error)
{
	g_string_truncate(d->text, 0);
	if (!store_text(d->store, record->place.source, record->text_base, record->passage.ranges, record->passage.n_ranges, d->text, error))
		return NULL;
	if (d->matcher) {
		matcher_marks(d->matcher, record->language, d->text->str, d->text->len, d->marks);
		return matcher_tokens(d->matcher);
	}
	g_array_set_size(d->tokens, 0);
	analysis_tokens(d->analysis, record->language, d->text->str, d->text->len, d->tokens);
	return d->tokens;
}

const struct imprint *duplicates_imprint(struct duplicates *d, guint32 docid, const struct passage_record *record,
                                         const GArray *tokens, const GArray *marks, GError **error)
{
	struct imprint *imprint = g_hash_table_lookup(d->imprints, GUINT_TO_POINTER(docid));

	if (imprint)
		return imprint;
	if (!tokens) {
		tokens = read_tokens(d, record, error);
		marks = d->marks;
	}
	if (!tokens)
		return NULL;
	imprint = imprint_new(d, docid, record);
	set_words(d, imprint, tokens);
	set_answers(d, imprint, marks);
	g_hash_table_insert(d->imprints, GUINT_TO_POINTER(docid), imprint);
	return imprint;
}

/* --- the same? -------------------------------------------------------------------------------- */

/* The key of the speaker's name in *key; NULL for nobody. false: an error. */
static bool speaker_key(struct duplicates *d, const struct imprint *imprint, char **key, GError **error)
{
	guint64 text_base;
	const struct document *doc;

	*key = NULL;
	if (imprint->speaker < 0)
		return true;
	doc = store_document(d->store, imprint->place, &text_base, error);
	if (doc && imprint->speaker < (int)doc->people->len)
		*key = analysis_key(d->analysis, document_person(doc, imprint->speaker)->name, -1);
	return doc != NULL;
}

/* Does every word of the one stand among those of the other? */
static bool has_words(const char *names, const char *words)
{
	g_auto(GStrv) all = g_strsplit(names, " ", -1), some = g_strsplit(words, " ", -1);

	for (char **word = some; *word; word++)
		if (!g_strv_contains((const char *const *)all, *word))
			return false;
	return true;
}

static bool may_be_one_speaker(struct duplicates *d, const struct imprint *a, const struct imprint *b, bool *answer, GError **error)
{
	g_autofree char *x = NULL, *y = NULL;

	if (!speaker_key(d, a, &x, error) || !speaker_key(d, b, &y, error))
		return false;
	*answer = !x || !y || has_words(x, y) || has_words(y, x);
	return true;
}

static bool is_list(const struct imprint *imprint)
{
	return imprint->kind == KIND_REFERENCE || imprint->kind == KIND_LISTING;
}

/* Has the query words that a passage may have, and not only filters and what must not be there? */
static bool asks_words(const struct duplicates *d)
{
	for (guint i = 0; d->plan && i < d->plan->leaves->len; i++)
		if (!((const struct leaf *)g_ptr_array_index(d->plan->leaves, i))->excluded)
			return true;
	return false;
}

static bool has_answers(const struct duplicates *d, const struct imprint *imprint)
{
	guint64 any = 0;

	for (gsize w = 0; imprint->answers && w < answer_words(d); w++)
		any |= imprint->answers[w];
	return any;
}

bool duplicates_adds_nothing(const struct duplicates *d, const struct imprint *imprint, const struct imprint *to)
{
	guint64 own = 0, others = 0;

	for (gsize w = 0; imprint->answers && w < answer_words(d); w++) {
		if (imprint->answers[w] & ~to->answers[w])
			return false;
		own |= imprint->answers[w];
		others |= to->answers[w];
	}
	return own || !others;
}

static bool is_same(struct duplicates *d, const struct imprint *a, const struct imprint *b, bool *answer, GError **error)
{
	*answer = likeness_same(a->text, b->text, is_list(a) || is_list(b));
	return !*answer || may_be_one_speaker(d, a, b, answer, error);
}

/* --- among those that are kept ------------------------------------------------------------------ */

static void note_fingerprints(struct duplicates *d, guint number)
{
	const struct imprint *imprint = g_ptr_array_index(d->kept, number);

	for (guint i = 0; i < imprint->n_fingerprints; i++) {
		gpointer key = GUINT_TO_POINTER(imprint->fingerprints[i]);
		struct link link = { number, GPOINTER_TO_UINT(g_hash_table_lookup(d->last, key)) };

		g_array_append_val(d->links, link);
		g_hash_table_insert(d->last, key, GUINT_TO_POINTER(d->links->len));
	}
}

void duplicates_forget(struct duplicates *d)
{
	for (guint i = 0; i < d->kept->len; i++)
		((struct imprint *)g_ptr_array_index(d->kept, i))->number = DUPLICATES_NONE;
	g_ptr_array_set_size(d->kept, 0);
	g_hash_table_remove_all(d->last);
	g_array_set_size(d->links, 0);
}

guint duplicates_keep(struct duplicates *d, const struct imprint *imprint)
{
	g_ptr_array_add(d->kept, (gpointer)imprint);
	((struct imprint *)(gpointer)imprint)->number = d->kept->len - 1;
	note_fingerprints(d, d->kept->len - 1);
	return d->kept->len - 1;
}

void duplicates_replace(struct duplicates *d, guint number, const struct imprint *imprint)
{
	d->kept->pdata[number] = (gpointer)imprint;
	((struct imprint *)(gpointer)imprint)->number = number;
	note_fingerprints(d, number);
}

static gint by_number(gconstpointer a, gconstpointer b)
{
	guint x = *(const guint *)a, y = *(const guint *)b;

	return (x > y) - (x < y);
}

/* The numbers of those that share a fingerprint, ascending; some more than once. */
static GArray *neighbours(const struct duplicates *d, const struct imprint *imprint)
{
	GArray *numbers = g_array_new(FALSE, FALSE, sizeof(guint));

	for (guint i = 0; i < imprint->n_fingerprints; i++) {
		guint at = GPOINTER_TO_UINT(g_hash_table_lookup(d->last, GUINT_TO_POINTER(imprint->fingerprints[i])));

		for (guint n = 0; at && n < CHAIN_MAX; n++) {
			const struct link *link = &g_array_index(d->links, struct link, at - 1);

			g_array_append_val(numbers, link->number);
			at = link->before;
		}
	}
	g_array_sort(numbers, by_number);
	return numbers;
}

bool duplicates_find(struct duplicates *d, const struct imprint *imprint, guint *number, GError **error)
{
	g_autoptr(GArray) near = neighbours(d, imprint);

	*number = DUPLICATES_NONE;
	for (guint i = 0, end; i < near->len; i = end) {
		guint one = g_array_index(near, guint, i);
		const struct imprint *kept = g_ptr_array_index(d->kept, one);
		bool same;

		for (end = i; end < near->len && g_array_index(near, guint, end) == one;)
			end++;
		if (end - i < MIN(imprint->n_fingerprints, kept->n_fingerprints) / LIKELY_SHARE || !duplicates_adds_nothing(d, imprint, kept))
			continue;
		if (!is_same(d, imprint, kept, &same, error))
			return false;
		if (same) {
			*number = one;
			return true;
		}
	}
	return true;
}

/* --- in the whole index ------------------------------------------------------------------------- */

struct candidate {
	guint32 docid;
	guint shared;	/* fingerprints */
	bool telling;	/* one of them is none of those that many have */
};

/* A fingerprint that more passages have says by itself nothing of two of them. */
#define TELLING_MAX 16

struct postings {
	GArray *candidates;	/* struct candidate, one for each fingerprint */
	guint n;
};

static bool take_docid(uint32_t docid, void *data)
{
	struct postings *postings = data;
	struct candidate candidate = { docid, 1, false };

	g_array_append_val(postings->candidates, candidate);
	return ++postings->n < DUPLICATES_POSTINGS_MAX;
}

static void note_telling(const struct postings *postings, guint from)
{
	for (guint i = from; i < postings->candidates->len; i++)
		g_array_index(postings->candidates, struct candidate, i).telling = postings->n <= TELLING_MAX;
}

static gint by_docid(gconstpointer a, gconstpointer b)
{
	const struct candidate *x = a, *y = b;

	return (x->docid > y->docid) - (x->docid < y->docid);
}

static gint by_shared(gconstpointer a, gconstpointer b)
{
	const struct candidate *x = a, *y = b;

	return x->shared != y->shared ? (x->shared > y->shared ? -1 : 1) : (x->docid > y->docid) - (x->docid < y->docid);
}

/* Who else has a fingerprint of it, those with most of them first. */
static GArray *candidates_for(struct duplicates *d, const struct imprint *imprint, GError **error)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct candidate));
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct candidate));

	for (guint i = 0; i < imprint->n_fingerprints; i++) {
		struct postings postings = { found, 0 };
		guint from = found->len;

		if (!store_fingerprint(d->store, imprint->fingerprints[i], take_docid, &postings, error))
			return NULL;
		note_telling(&postings, from);
	}
	if (found->len)
		qsort(found->data, found->len, sizeof(struct candidate), by_docid);
	for (guint i = 0, end; i < found->len; i = end) {
		struct candidate candidate = g_array_index(found, struct candidate, i);

		for (end = i + 1; end < found->len && g_array_index(found, struct candidate, end).docid == candidate.docid; end++)
			candidate.telling |= g_array_index(found, struct candidate, end).telling;
		candidate.shared = end - i;
		if (candidate.docid != imprint->docid && (candidate.telling || candidate.shared > 1 || imprint->n_fingerprints <= LIKELY_SHARE))
			g_array_append_val(all, candidate);
	}
	if (all->len)
		qsort(all->data, all->len, sizeof(struct candidate), by_shared);
	return g_steal_pointer(&all);
}

/* Fingerprints follow from the words: of two texts that are alike, the shorter one shares a good
 * part of its own with the other. Worth a look at the text? */
static bool is_likely(const struct imprint *imprint, const struct candidate *candidate, const struct passage_record *record)
{
	gsize bytes = 0;

	for (guint i = 0; i < record->passage.n_ranges; i++)
		bytes += record->passage.ranges[i].end - record->passage.ranges[i].start;
	return candidate->shared >= MIN(imprint->n_fingerprints, bytes / BYTES_PER_FINGERPRINT) / LIKELY_SHARE;
}

static bool field_lets_through(struct duplicates *d, const struct query_node *node, const struct document *doc, const struct passage *passage)
{
	bool any_should = false, matched = false;

	if (node->type == QUERY_FIELD)
		return filter_holds(d->analysis, node->field, node->text, node->upper, doc, passage);
	for (guint i = 0; node->kids && i < node->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(node->kids, i);
		bool holds = field_lets_through(d, kid, doc, passage);

		if ((kid->occur == QUERY_MUST && !holds) || (kid->occur == QUERY_MUST_NOT && holds))
			return false;
		any_should |= kid->occur == QUERY_SHOULD;
		matched |= kid->occur == QUERY_SHOULD && holds;
	}
	return !any_should || matched;
}

/* What the query asks for beside words. */
static bool filters_let_through(struct duplicates *d, const struct document *doc, const struct passage *passage)
{
	const GPtrArray *kids = d->query ? d->query->root->kids : NULL;

	for (guint i = 0; kids && i < kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(kids, i);

		if (kid->occur == QUERY_SHOULD || !query_node_filters(kid))
			continue;
		if (field_lets_through(d, kid, doc, passage) != (kid->occur == QUERY_MUST))
			return false;
	}
	return true;
}

static bool is_dead(struct duplicates *d, guint32 docid, const struct passage_record *record)
{
	size_t shard = xap_db_shard(store_database(d->store), docid);

	return segment_is_dead(store_segment(d->store, shard), record->place.source);
}

/* Do the filters let it through? */
static bool is_shown(struct duplicates *d, const struct passage_record *record, bool *answer, GError **error)
{
	const struct document *doc;
	guint64 text_base;

	*answer = false;
	doc = store_document(d->store, record->place, &text_base, error);
	if (!doc)
		return false;
	if (!record_passage_fits(&record->passage, doc)) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "the index holds a damaged passage record ('%s/%s')", doc->id, record->passage.id);
		return false;
	}
	*answer = filters_let_through(d, doc, &record->passage);
	return true;
}

/* Is it not told with an earlier one of those that are kept? Those before the passage are the same ones however
 * many were asked for. */
static bool is_told_first(struct duplicates *d, const struct imprint *imprint, const struct imprint *other, bool *answer, GError **error)
{
	guint number;

	*answer = true;
	if (imprint->number == DUPLICATES_NONE)
		return true;
	if (!duplicates_find(d, other, &number, error))
		return false;
	*answer = number == DUPLICATES_NONE || number >= imprint->number;
	return true;
}

static bool look_at(struct duplicates *d, const struct imprint *imprint, const struct candidate *candidate, struct arena *arena,
                    GPtrArray *out, GError **error)
{
	struct passage_record record;
	const struct imprint *other;
	bool answer;

	if (!store_passage(d->store, candidate->docid, arena, &record, error))
		return false;
	if (!is_likely(imprint, candidate, &record) || is_dead(d, candidate->docid, &record))
		return true;
	other = duplicates_imprint(d, candidate->docid, &record, NULL, NULL, error);
	if (!other)
		return false;
	if (!duplicates_adds_nothing(d, other, imprint) || (asks_words(d) && !has_answers(d, other)))
		return true;
	if (!is_same(d, imprint, other, &answer, error) || (answer && !is_told_first(d, imprint, other, &answer, error)))
		return false;
	if (answer && !is_shown(d, &record, &answer, error))	/* last: few are the same, and a document is much to read */
		return false;
	if (answer)
		g_ptr_array_add(out, (gpointer)other);
	return true;
}

bool duplicates_elsewhere(struct duplicates *d, const struct imprint *imprint, GPtrArray *out, GError **error)
{
	g_autoptr(GArray) candidates = candidates_for(d, imprint, error);
	struct arena *arena;
	guint ones = 0;
	bool ok = true;

	if (!candidates)
		return false;
	if (!candidates->len)
		return true;
	arena = arena_new();
	for (guint i = 0; i < MIN(candidates->len, DUPLICATES_LOOK_MAX) && ok; i++) {
		const struct candidate *candidate = &g_array_index(candidates, struct candidate, i);

		if (candidate->shared == 1 && imprint->n_fingerprints > LIKELY_SHARE && ++ones > DUPLICATES_LOOK_ONE_MAX)
			break;
		ok = look_at(d, imprint, candidate, arena, out, error);
	}
	arena_free(arena);
	return ok;
}
