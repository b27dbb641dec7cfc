/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * explain.c - what each word and factor gave to a hit's score; see explain.h.
 *
 * The score is not worked out a second time in another way: the query that Xapian was given
 * is held against the passage, by its own rules, and what each part of it that matches
 * weighs is told. Which fields a word stands in is not in the index, and is read from the passage.
 */
#include "searcher/explain.h"

#include <string.h>

#include "corpus/error.h"
#include "indexer/fields.h"
#include "indexer/impact.h"

/* A word of the passage, or of a field of it. */
struct place {
	const struct term *term;
	enum searched_field field;
	double weight;		/* as it counts in its field */
};

struct explainer {
	RapIndex *index;
	xap_db *db;
	const struct plan *plan;
	const struct explained *hit;
	const struct document *doc;
	struct arena *arena;
	guint length;		/* words of the text that are not stop words */
	GArray *places;		/* struct place */
	GArray *reasons;	/* RapReason */
	GError *error;		/* sticky */
};

/* What is known of a part of the query from those around it. */
struct part {
	double factor;
	const struct query_node *asked;		/* or NULL */
	const char *as;				/* or NULL */
};

/* --- where words stand ---------------------------------------------------------------- */

static void add_place(struct explainer *e, const struct term *term, enum searched_field field, guint weight)
{
	struct place place = { term, field, weight / impact_norm(field, e->hit->record->passage.kind, e->length) };

	if (term)
		g_array_append_val(e->places, place);
}

static void add_places(struct explainer *e, const char *language, enum searched_field field, const char *text, gsize len, guint weight)
{
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));

	analysis_tokens(e->index->analysis, language, text, len, tokens);
	for (guint i = 0; field == SEARCHED_TEXT && i < tokens->len; i++) {
		const struct token *token = &g_array_index(tokens, struct token, i);

		e->length += token->word->term && !(token->flags & TOKEN_JOINED);
	}
	for (guint i = 0; i < tokens->len; i++) {
		const struct word *word = g_array_index(tokens, struct token, i).word;

		add_place(e, word->term, field, weight);
		add_place(e, word->also, field, weight);
	}
}

static void add_field(enum searched_field field, const char *text, guint weight, void *data)
{
	struct explainer *e = data;

	add_places(e, e->doc->language, field, text, strlen(text), weight);
}

static bool read_places(struct explainer *e, GError **error)
{
	const struct passage_record *record = e->hit->record;
	guint64 text_base;

	e->doc = store_document(e->index->store, record->place, &text_base, error);
	if (!e->doc)
		return false;
	if (!record_passage_fits(&record->passage, e->doc)) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "the index holds a damaged passage record ('%s/%s')",
		            e->doc->id, record->passage.id);
		return false;
	}
	add_places(e, record->language, SEARCHED_TEXT, e->hit->text->str, e->hit->text->len, FIELD_TEXT_WEIGHT);
	fields_each_text(e->doc, &record->passage, add_field, e);
	return true;
}

static bool is_term(const struct term *term, const struct xap_query *query)
{
	return term->len == query->len && memcmp(term->text, query->term, query->len) == 0;
}

/* The impact saturates over all places of a word together: each has the share of the score that it has of
 * the weighed count. */
static void set_places(struct explainer *e, const struct xap_query *const *terms, guint n, RapReason *reason)
{
	guint times[N_SEARCHED] = { 0 };
	double weights[N_SEARCHED] = { 0 }, all = 0;
	RapPlace *places;

	for (guint i = 0; i < e->places->len; i++) {
		const struct place *place = &g_array_index(e->places, struct place, i);
		guint t = 0;

		while (t < n && !is_term(place->term, terms[t]))
			t++;
		if (t == n)
			continue;
		times[place->field]++;
		weights[place->field] += place->weight;
		all += place->weight;
	}
	places = arena_alloc(e->arena, N_SEARCHED * sizeof *places);
	for (guint f = 0; f < N_SEARCHED; f++)
		if (times[f])
			places[reason->n_places++] = (RapPlace){ searched_name((enum searched_field)f), times[f], reason->score * weights[f] / all };
	reason->places = places;
}

/* --- parts of the query ----------------------------------------------------------------- */

static const char *asked_text(struct explainer *e, const struct query_node *node)
{
	const char *quote = node->type == QUERY_PHRASE ? "\"" : "", *star = node->type == QUERY_WILDCARD ? "*" : "";
	g_autofree char *text = g_strconcat(quote, node->text, star, quote, NULL);

	return arena_string(e->arena, text, -1);
}

/* What the planner took for the weight of terms that count as one: that of the most frequent. */
static void set_rarity(struct explainer *e, const struct xap_query *const *terms, guint n, RapReason *reason)
{
	uint32_t most = 0;
	uint64_t mass = 0;

	for (guint i = 0; i < n && !e->error; i++) {
		uint32_t frequency = 0;

		if (!xap_db_term_frequency(e->db, terms[i]->term, terms[i]->len, &frequency, &e->error) || frequency <= most)
			continue;
		most = frequency;
		xap_db_term_mass(e->db, terms[i]->term, terms[i]->len, &mass, &e->error);
	}
	reason->rarity = rank_rarity(most, e->plan->documents);
	reason->density = rank_density(&e->plan->scheme, most, mass);
}

static bool has_term(struct explainer *e, const struct xap_query *query, uint32_t *wdf)
{
	bool there = false;

	*wdf = 0;
	if (!e->error && !xap_db_term_in(e->db, e->hit->docid, query->term, query->len, &there, wdf, &e->error))
		return false;
	return there;
}

static bool is_one_of(const struct term *term, const struct xap_query *const *terms, guint n)
{
	for (guint i = 0; term && i < n; i++)
		if (is_term(term, terms[i]))
			return true;
	return false;
}

/* What was asked for is a phrase, or a word of several parts: which of them the terms stand for. NULL where they are the
 * whole of it, joined. */
static const char *part_of(struct explainer *e, const struct query_node *asked, const struct xap_query *const *terms, guint n)
{
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));

	if (asked->type != QUERY_WORD && asked->type != QUERY_PHRASE)
		return NULL;
	analysis_tokens(e->index->analysis, e->hit->record->language, asked->text, strlen(asked->text), tokens);
	for (guint i = 0; i < tokens->len && tokens->len > 1; i++) {
		const struct token *token = &g_array_index(tokens, struct token, i);

		if (!(token->flags & TOKEN_JOINED) && (is_one_of(token->word->term, terms, n) || is_one_of(token->word->also, terms, n)))
			return arena_string(e->arena, token->word->exact, -1);
	}
	return NULL;
}

/* Terms that count as one: does the passage have any? What it has of them is a reason. */
static bool weigh(struct explainer *e, const struct xap_query *const *terms, guint n, const struct part *part)
{
	g_autoptr(GString) found = g_string_new(NULL);
	RapReason reason = { .as = part->as ? arena_string(e->arena, part->as, -1) : NULL };
	uint32_t sum = 0, wdf;
	bool any = false;

	for (guint i = 0; i < n; i++) {
		if (!has_term(e, terms[i], &wdf))
			continue;
		any = true;
		sum += wdf;
		g_string_append(found, found->len ? " " : "");
		g_string_append_len(found, terms[i]->term, (gssize)terms[i]->len);
	}
	if (!sum || part->factor <= 0)
		return any;
	reason.word = part->asked ? asked_text(e, part->asked) : NULL;
	if (part->asked && !reason.as)
		reason.as = part_of(e, part->asked, terms, n);
	reason.factor = part->asked ? NULL : "expansion";
	reason.terms = arena_string(e->arena, found->str, -1);
	set_rarity(e, terms, n, &reason);
	reason.impact = (double)sum / IMPACT_MAX;
	reason.score = part->factor * sum;
	reason.share = reason.rarity > 0 ? part->factor * IMPACT_MAX / (reason.rarity * reason.density) : 0;
	set_places(e, terms, n, &reason);
	g_array_append_val(e->reasons, reason);
	return any;
}

static bool hold(struct explainer *e, const struct xap_query *query, struct part part);

/* Every kid from `from` on, whether the others match or not: how many match. */
static size_t hold_all(struct explainer *e, const struct xap_query *query, size_t from, const struct part *part)
{
	size_t n = 0;

	for (size_t i = from; i < query->n_kids; i++)
		n += hold(e, query->kids[i], *part);
	return n;
}

/* The kids match without weighing anything. */
static size_t only_match(struct explainer *e, const struct xap_query *query, struct part part)
{
	part.factor = 0;
	return hold_all(e, query, 1, &part);
}

/* As xap.h says what each operation matches and weighs. */
static bool matches(struct explainer *e, const struct xap_query *query, const struct part *part)
{
	switch (query->op) {
	case XAP_NOTHING:
		return false;
	case XAP_ALL:
		return true;
	case XAP_TERM:
		return weigh(e, &query, 1, part);
	case XAP_SYNONYM:
		return weigh(e, query->kids, (guint)query->n_kids, part);
	case XAP_AND:
		return hold_all(e, query, 0, part) == query->n_kids && query->n_kids;
	case XAP_OR:
		return hold_all(e, query, 0, part) > 0;
	case XAP_AND_NOT:
		return hold(e, query->kids[0], *part) && !only_match(e, query, *part);
	case XAP_AND_MAYBE:
		if (!hold(e, query->kids[0], *part))
			return false;
		hold_all(e, query, 1, part);
		return true;
	case XAP_FILTER:
		return hold(e, query->kids[0], *part) && only_match(e, query, *part) == query->n_kids - 1;
	case XAP_MAX:	/* no plan has it, see reword.c */
		break;
	case XAP_SCALE:
		return hold(e, query->kids[0], (struct part){ part->factor * query->factor, part->asked, part->as });
	}
	return false;
}

/* Does the passage match? Its reasons are kept only then. No deeper than the query's tree. */
static bool hold(struct explainer *e, const struct xap_query *query, struct part part)
{
	const struct query_node *asked = g_hash_table_lookup(e->plan->asked, query);
	const char *as = g_hash_table_lookup(e->plan->as, query);
	guint from = e->reasons->len;

	if (asked)
		part.asked = asked;
	if (as)
		part.as = as;
	if (matches(e, query, &part))
		return true;
	g_array_set_size(e->reasons, from);
	return false;
}

/* --- factors --------------------------------------------------------------------------- */

static void add_factor(struct explainer *e, const char *name, double most, double holds)
{
	RapReason reason = { .factor = name, .rarity = 1, .density = 1, .share = most, .impact = holds, .score = most * holds };

	if (reason.score != 0)
		g_array_append_val(e->reasons, reason);
}

/* Equal ones stay as they were asked. */
static gint by_score(gconstpointer a, gconstpointer b)
{
	const RapReason *x = a, *y = b;

	return (x->score < y->score) - (x->score > y->score);
}

bool explain_hit(RapIndex *index, const struct plan *plan, const struct explained *hit, struct arena *arena, RapHit *out, GError **error)
{
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(struct place));
	g_autoptr(GArray) reasons = g_array_new(FALSE, FALSE, sizeof(RapReason));
	struct explainer e = { .index = index, .db = store_database(index->store), .plan = plan, .hit = hit, .arena = arena,
	                       .places = places, .reasons = reasons };
	RapReason *copy;

	if (!read_places(&e, error))
		return false;
	hold(&e, plan->query, (struct part){ 1, NULL, NULL });
	if (e.error) {
		g_propagate_error(error, e.error);
		return false;
	}
	g_array_sort(reasons, by_score);	/* stable */
	add_factor(&e, "closeness", hit->closeness_most, hit->closeness);
	add_factor(&e, "verbatim", hit->lent, 1);
	copy = arena_alloc(arena, (reasons->len + 1) * sizeof *copy);
	if (reasons->len)
		memcpy(copy, reasons->data, reasons->len * sizeof *copy);
	out->reasons = copy;
	out->n_reasons = reasons->len;
	return true;
}
