/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * search.c - one search: query to plan, plan to hits, hits to results.
 *
 * Xapian ranks by the weights that were settled at indexing (indexer/impact.h)
 * times what each word weighs (rank.h). The best RERANK_WINDOW passages are then ordered
 * by closeness (closeness.h), which only the text can tell. Near-duplicates
 * among the hits are folded into the first of them, or into one that has the words first hand.
 */
#include "searcher/search-parts.h"

#include "searcher/closeness.h"
#include "searcher/facets.h"
#include "searcher/feedback.h"
#include "searcher/filter.h"
#include "searcher/match.h"
#include "searcher/plan.h"
#include "searcher/query.h"
#include "searcher/rank.h"
#include "searcher/wording.h"
#include "searcher/xtree.h"

static bool set_interpretation(struct search *s, GError **error)
{
	g_autofree char *text = wording_interpretation(s->wording, s->query), *meant = NULL;

	if (!wording_suggestion(s->wording, s->query, &meant, error))
		return false;
	s->results->public.interpretation = arena_string(s->copier.arena, text, -1);
	s->results->public.suggestion = arena_string(s->copier.arena, meant, -1);
	return true;
}

/* What the best passages have in common. Where few are nearly as good as the first, somebody asks for
 * one thing, and has found it. */
#define FEEDBACK_NEAR 0.4
#define FEEDBACK_MIN 4

static bool look_at_best(struct search *s, GError **error)
{
	guint n = 0;

	while (n < MIN(s->hits->len, FEEDBACK_PASSAGES) &&
	       ((struct hit *)s->hits->pdata[n])->score >= FEEDBACK_NEAR * ((struct hit *)s->hits->pdata[0])->score)
		n++;
	if (n < FEEDBACK_MIN)
		return true;
	s->feedback = feedback_new(s->index->analysis);
	for (guint i = 0; i < n; i++) {
		struct hit *hit = s->hits->pdata[i];
		const struct document *doc = hit_read_text(s, hit, error) ? hit_document(s, hit, error) : NULL;

		if (!doc)
			return false;
		feedback_add(s->feedback, hit->record.language, hit->text->str, hit->text->len, doc->title);
	}
	return feedback_choose(s->feedback, store_database(s->index->store), error);
}

static void add_feedback(struct search *s)
{
	const struct xap_query *more = s->feedback ? feedback_query(s->feedback, s->scheme, s->plan->arena, s->plan->as) : NULL;

	if (more)
		s->plan->query = xtree_pair(s->plan->arena, XAP_AND_MAYBE, s->plan->query, more);
}

/* Plans the query as it stands now and collects its hits. */
static bool collect(struct search *s, guint32 documents, GError **error)
{
	closeness_free(s->closeness);
	s->closeness = NULL;
	matcher_free(s->matcher);
	s->matcher = NULL;
	g_hash_table_remove_all(s->verified);
	plan_free(s->plan);
	s->plan = NULL;
	wording_free(s->wording);
	s->wording = NULL;
	if (!s->request->exact_words) {
		s->wording = wording_new(s->query, s->index->store, (const char *const *)s->index->languages,
		                         s->index->analysis, s->index->synonyms, error);
		if (!s->wording)
			return false;
	}
	s->plan = plan_new(s->query, s->nothing_asked, store_database(s->index->store), store_stamp(s->index->store),
	                   (const char *const *)s->index->languages, s->index->analysis, s->wording, s->scheme, error);
	if (!s->plan)
		return false;
	add_feedback(s);
	s->matcher = matcher_new(s->plan, s->index->store, s->index->analysis);
	s->closeness = closeness_new(s->query, s->plan, s->matcher, s->index->analysis);
	duplicates_free(s->duplicates);
	s->duplicates = duplicates_new(s->index->store, s->index->analysis, s->query, s->plan, s->matcher);
	if (s->groups)
		g_array_unref(g_steal_pointer(&s->groups));
	if (search_is_arranged(s->request))
		return collect_arranged(s, documents, error);
	return collect_by_relevance(s, documents, error);
}

static bool check_request(const RapRequest *request, GError **error)
{
	const char *fault = NULL;

	if (request->group_by && request->sort)
		fault = "cannot sort groups: they go by relevance";
	else if (request->group_by && request->unit == RAP_UNIT_DOCUMENT)
		fault = "cannot group documents: passages are";
	if (fault)
		g_set_error_literal(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, fault);
	return !fault;
}

static void warn_of_limits(struct search *s)
{
	if (s->verified_enough)
		g_ptr_array_add(s->plan->warnings, g_strdup_printf("Of the passages that have the words only the best %u were read to see "
		                                                  "whether they hold what was asked for.", VERIFY_MAX));
	if (search_is_arranged(s->request) && !s->arranged_all)
		g_ptr_array_add(s->plan->warnings, g_strdup_printf("Only the best %zu passages were %s.", s->n_arranged,
		                                                  s->groups ? "grouped" : "sorted"));
}

/* What the best hits teach must not depend on how many are asked for, nor on their order. */
static bool collect_first(struct search *s, guint32 documents, GError **error)
{
	const RapRequest *asked = s->request;
	RapRequest best = *asked;
	bool ok;

	if (!asked->expand)
		return collect(s, documents, error);
	best.sort = RAP_SORT_RELEVANCE;
	best.group_by = RAP_GROUP_NONE;
	best.limit = MAX(search_wanted(asked), FEEDBACK_PASSAGES);
	best.offset = 0;
	s->request = &best;
	ok = collect(s, documents, error);
	s->request = asked;
	return ok;
}

/* Asks again, with what the first answer taught. */
static bool expand(struct search *s, guint32 documents, GError **error)
{
	if (!look_at_best(s, error) || (!s->feedback && search_is_arranged(s->request) && !collect(s, documents, error)))
		return false;
	if (!s->feedback) {
		g_ptr_array_add(s->plan->warnings, g_strdup("Too few passages answer nearly as well as the first to expand the query by them."));
		return true;
	}
	s->results->public.expansion = feedback_words(s->feedback, s->copier.arena);
	return collect(s, documents, error);
}

static bool count_facets(struct search *s, GError **error)
{
	const struct facets_request request = {
		.query = s->query, .wording = s->wording, .scheme = s->scheme, .nothing = s->nothing_asked, .asked = s->request,
		.verified = s->verified, .share = s->plan->verify && s->n_raw ? s->share : 1,
		.max_verified = s->plan->documents <= EXACT_BELOW ? FACETS_MAX_VERIFIED_SMALL : FACETS_MAX_VERIFIED,
	};

	return facets_count(s->index, &request, s->copier.arena, &s->results->public, error);
}

static bool ask(struct search *s, GError **error)
{
	uint32_t documents;

	s->scheme = rank_choose(s->request->rank, error);
	if (!s->scheme)
		return false;
	s->query = query_parse(s->request->text ? s->request->text : "");
	if (s->request->text && *s->request->text && !s->query->root->kids->len)
		s->nothing_asked = !s->request->n_filters;
	if (!check_request(s->request, error) || !filter_add_all(s->query, s->request->filters, s->request->n_filters, error) ||
	    !xap_db_count(store_database(s->index->store), &documents, error) || !collect_first(s, documents, error))
		return false;
	if (s->nothing_asked)
		g_ptr_array_add(s->plan->warnings, g_strdup("There is no word in this query."));
	if (!s->hits->len && query_relax(s->query) && !collect_first(s, documents, error))
		return false;
	if (s->request->expand && !expand(s, documents, error))
		return false;
	warn_of_limits(s);
	if (!set_interpretation(s, error))
		return false;
	answer_total(s);
	answer_warnings(s);
	if (!answer_hits(s, error))
		return false;
	return !s->request->want_facets || count_facets(s, error);
}

struct results *search_without(RapIndex *index, const RapRequest *request, GHashTable *without, GError **error)
{
	gint64 started = g_get_monotonic_time();
	struct search s = { .index = index, .request = request, .without = without };
	bool ok;

	analysis_trim(index->analysis);
	s.results = results_new();
	s.results->public.query = arena_string(s.results->arena, s.request->text ? s.request->text : "", -1);
	s.scratch = arena_new();
	s.hits = g_ptr_array_new();
	s.verified = g_hash_table_new(NULL, NULL);
	copier_init(&s.copier, index, s.results->arena);
	ok = ask(&s, error);
	hits_clear(&s);
	g_ptr_array_unref(s.hits);
	if (s.groups)
		g_array_unref(s.groups);
	copier_clear(&s.copier);
	duplicates_free(s.duplicates);
	closeness_free(s.closeness);
	matcher_free(s.matcher);
	plan_free(s.plan);
	feedback_free(s.feedback);
	wording_free(s.wording);
	query_free(s.query);
	xap_hits_free(s.found);
	g_hash_table_unref(s.verified);
	arena_free(s.scratch);
	s.results->public.took_ms = (double)(g_get_monotonic_time() - started) / 1000.0;
	if (ok)
		return s.results;
	rap_results_free(&s.results->public);
	return NULL;
}

static void *search_once(RapIndex *index, const void *request, GError **error)
{
	return search_without(index, request, NULL, error);
}

RapResults *rap_search(RapIndex *index, const RapRequest *request, GError **error)
{
	return handle_run(index, search_once, request, error);
}
