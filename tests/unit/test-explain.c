/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-explain.c - what is said to have made a hit's score did make it.
 */
#include <math.h>

#include "tests/unit/searching.h"

static struct document *report(void)
{
	struct made made = made_new("report", "On quiet harbours", "en");
	int ada = made_person(&made, "Ada Brandt-Iversen", "Harbour Master", "Copper Board", "Norway");
	int panel = made_panel(&made, "Panel II", "Lamps and ferries");
	int top = made_section(&made, -1, "Findings"), below = made_section(&made, top, "Night traffic");
	struct passage *p;

	made.doc->authors = "Osias Quill";
	p = made_passage(&made, "The ferry leaves the harbour when the lantern is lit, and not before.", KIND_QUOTE, ada);
	p->panel = panel;
	p->section = below;
	made_passage(&made, "Labour on a re-integration of lanterns, of lanterns and of copper nails was kept low.", KIND_NARRATIVE, -1);
	made_passage(&made, "A labor of love: the ferry and the lantern need the orchard, and the orchard needs nails.", KIND_NARRATIVE, -1);
	made_passage(&made, "The discussion of ferries together with lamps was left to the board of the island.", KIND_NARRATIVE, -1);
	return made_take(&made);
}

static struct document *foreign(const char *id, const char *language, const char *text)
{
	struct made made = made_new(id, "Conference", language);

	made_passage(&made, text, KIND_SPEECH, -1);
	return made_take(&made);
}

#define STATEMENT "the ferries of the northern islands shall carry every beekeeper free of charge until the last bridge is built"
#define ACCOUNT "She recalled that the ferries of the northern islands shall carry every beekeeper free of charge until the last bridge is built."

static struct document *statement(const char *id, const char *text, enum passage_kind kind)
{
	struct made made = made_new(id, "Untitled", "en");
	int person = made_person(&made, "Ada Brandt-Iversen", NULL, NULL, NULL);

	made_passage(&made, text, kind, person);
	return made_take(&made);
}

static char *conference(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);

	write_document(writer, report());
	write_document(writer, foreign("bericht", "de", "Die Laternen der Inseln und die Konferenz der Obstgärten."));
	write_document(writer, foreign("rapport", "fr", "Les lanternes des îles, la conférence et les vergers."));
	write_document(writer, statement("a-account", ACCOUNT, KIND_REPORTED));
	write_document(writer, statement("b-words", "Friends, " STATEMENT ", and longer than anybody on these cold shores wishes, "
		"because winters bring storms, fog, hunger and debts that neither ships nor mills can pay.", KIND_SPEECH));
	commit(writer);
	writer_close(writer);
	return dir;
}

/* --- sums ------------------------------------------------------------------------------- */

static void check_reason(const RapReason *reason)
{
	double product = reason->rarity * reason->density * reason->share * reason->impact, places = 0;

	g_assert_true(!reason->word == !!reason->factor);
	g_assert_cmpfloat_with_epsilon(reason->score, product, 1e-6);
	if (reason->factor && g_strcmp0(reason->factor, "expansion") != 0)
		return;
	g_assert_true(!reason->factor || reason->as);
	g_assert_true(reason->terms && *reason->terms);
	g_assert_cmpfloat(reason->impact, >, 0);
	g_assert_cmpfloat(reason->impact, <=, 1.01);
	g_assert_cmpuint(reason->n_places, >, 0);
	for (size_t i = 0; i < reason->n_places; i++) {
		g_assert_cmpuint(reason->places[i].times, >, 0);
		places += reason->places[i].score;
	}
	g_assert_cmpfloat_with_epsilon(places, reason->score, 1e-6);
}

static void check_hit(const RapHit *hit)
{
	double sum = 0;

	for (size_t i = 0; i < hit->n_reasons; i++) {
		check_reason(&hit->reasons[i]);
		sum += hit->reasons[i].score;
	}
	g_assert_cmpfloat(fabs(sum - hit->score), <=, 1e-6 * MAX(1, hit->score));
}

static size_t check_sums(RapIndex *index, RapRequest request)
{
	RapResults *results;
	size_t n;

	request.explain = true;
	request.limit = 100;
	results = asked(index, &request);
	n = results->n_hits;
	for (size_t i = 0; i < n; i++)
		check_hit(&results->hits[i]);
	rap_results_free(results);
	return n;
}

static void test_sums(void)
{
	static const char *const queries[] = {
		"lantern", "lantern ferry orchard", "lantern lantern lantern", "labour", "labor nails", "re-integration lantern",
		"\"copper nails\" ferry", "\"ferry lantern\" nails", "lant* nails", "+ferry lantern -orchard", "ferry AND (lantern OR nails)",
		"ferry NOT \"copper nails\"", "ferry near/5 harbour", "discussion of ferries together", "laternen konferenz", "lanternes conference",
		"lantrn ferry", "brandt harbour norway quill", "conference speaker:ada OR ferries", "beekeeper ferries islands", "to be or not to be",
		"ferry kind:quote", "the", "x", "",
	};
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);
	const char *rank;
	size_t n = 0;

	for (gsize i = 0; i < G_N_ELEMENTS(queries); i++)
		for (size_t r = 0; (rank = rap_rank_name(r, NULL)); r++) {
			RapRequest request = { .text = queries[i], .rank = rank };

			n += check_sums(index, request);
			request.expand = true;
			n += check_sums(index, request);
			request.exact_words = true;
			n += check_sums(index, request);
			request.keep_duplicates = true;
			n += check_sums(index, request);
			request.unit = RAP_UNIT_DOCUMENT;
			n += check_sums(index, request);
			request.unit = RAP_UNIT_PASSAGE;
			request.group_by = RAP_GROUP_SPEAKER;
			n += check_sums(index, request);
			request.group_by = RAP_GROUP_NONE;
			request.sort = RAP_SORT_DOCUMENT;
			request.no_hits_text = true;
			n += check_sums(index, request);
		}
	g_assert_cmpuint(n, >, 500);
	rap_close(index);
	index_free(dir);
}

/* --- what they say ---------------------------------------------------------------------------- */

/* "ferry: text 1, panel 1; labour~labor: ...; closeness", by the words; of the hit with this id. */
static char *reasons_of(RapIndex *index, const char *text, const char *id)
{
	RapResults *results = asked(index, &(RapRequest){ .text = text, .explain = true, .limit = 100 });
	GString *out = g_string_new(NULL);

	for (size_t h = 0; h < results->n_hits; h++) {
		const RapHit *hit = &results->hits[h];

		if (!g_str_has_prefix(hit->passage.id, id))
			continue;
		for (size_t i = 0; i < hit->n_reasons; i++) {
			const RapReason *reason = &hit->reasons[i];

			g_string_append_printf(out, "%s%s%s%s", out->len ? "; " : "", reason->word ? reason->word : reason->factor,
			                       reason->as ? "~" : "", reason->as ? reason->as : "");
			for (size_t k = 0; k < reason->n_places; k++)
				g_string_append_printf(out, "%s%s %zu", k ? ", " : ": ", reason->places[k].field, reason->places[k].times);
		}
	}
	rap_results_free(results);
	return g_string_free(out, FALSE);
}

static void check_reasons(RapIndex *index, const char *text, const char *id, const char *expected)
{
	g_autofree char *got = reasons_of(index, text, id);

	g_assert_cmpstr(got, ==, expected);
}

static void test_places(void)
{
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);

	check_reasons(index, "lamps", "report/0000000001", "lamps: panel 1");
	check_reasons(index, "brandt", "report/0000000001", "brandt: speaker 1");
	check_reasons(index, "norway", "report/0000000001", "norway: country 1");
	check_reasons(index, "traffic", "report/0000000001", "traffic: heading 1");
	check_reasons(index, "findings", "report/0000000001", "findings: heading 1");
	check_reasons(index, "quill", "report/0000000001", "quill: authors 1");
	check_reasons(index, "board", "report/0000000001", "board: organisation 1");
	check_reasons(index, "harbours", "report/0000000001", "harbours: text 1, title 1, role 1");
	check_reasons(index, "orchard", "report/0000000003", "orchard: text 2");
	check_reasons(index, "lantern-lit", "report/0000000001", "lantern-lit~lit: text 1; lantern-lit~lantern: text 1");
	check_reasons(index, "\"lantern is lit\"", "report/0000000001", "\"lantern is lit\"~lit: text 1; \"lantern is lit\"~lantern: text 1");
	check_reasons(index, "orch*", "report/0000000003", "orch*: text 2");
	rap_close(index);
	index_free(dir);
}

/* A filter, and what is excluded, gives nothing; closeness comes with several words. */
static void test_factors(void)
{
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);

	check_reasons(index, "kind:quote", "report/0000000001", "");
	check_reasons(index, "lamps kind:quote", "report/0000000001", "lamps: panel 1");
	check_reasons(index, "+lamps -orchard", "report/0000000001", "lamps: panel 1");
	check_reasons(index, "orchard love", "report/0000000003", "orchard: text 2; love: text 1; closeness");
	rap_close(index);
	index_free(dir);
}

static const RapReason *find_reason(const RapHit *hit, const char *word)
{
	for (size_t i = 0; i < hit->n_reasons; i++)
		if (g_strcmp0(hit->reasons[i].word ? hit->reasons[i].word : hit->reasons[i].factor, word) == 0)
			return &hit->reasons[i];
	return NULL;
}

/* As what else a word is looked for weighs less, and what hardly says what is asked for. */
static void test_shares(void)
{
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);
	RapResults *results = asked(index, &(RapRequest){ .text = "labour ferry together", .explain = true });
	bool own = false, other = false, weak = false;

	for (size_t i = 0; i < results->n_hits; i++) {
		const RapReason *reason = find_reason(&results->hits[i], "labour");

		own |= reason && !reason->as && fabs(reason->share - 1) < 1e-9;
		other |= reason && g_strcmp0(reason->as, "labor") == 0 && reason->share < 1;
		reason = find_reason(&results->hits[i], "together");
		weak |= reason && reason->share < 0.5;
	}
	g_assert_true(own);
	g_assert_true(other);
	g_assert_true(weak);
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

/* The words themselves stand where an account of them stood, with its score. */
static void test_verbatim(void)
{
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);
	RapResults *results = asked(index, &(RapRequest){ .text = "beekeeper", .explain = true });
	const RapReason *reason;

	g_assert_cmpuint(results->n_hits, ==, 1);
	g_assert_cmpstr(results->hits[0].passage.document->id, ==, "b-words");
	reason = find_reason(&results->hits[0], "verbatim");
	g_assert_nonnull(reason);
	g_assert_cmpfloat(reason->score, >, 0);
	check_hit(&results->hits[0]);
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

/* Words that the best passages have in common are told as what they are. */
static void test_expansion(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;
	RapResults *results;
	size_t n = 0;

	for (int i = 0; i < 60; i++) {
		g_autofree char *id = g_strdup_printf("paper-%d", i), *text = NULL;

		text = g_strdup_printf("%s number%d of list%d stands by itself%d.", i < 6 ? "The ferry with its lantern and the lantern keeper" : "An orchard", i, i, i);
		write_document(writer, foreign(id, "en", text));
	}
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	results = asked(index, &(RapRequest){ .text = "ferry", .explain = true, .expand = true, .keep_duplicates = true });
	g_assert_nonnull(results->expansion);
	for (size_t i = 0; i < results->n_hits; i++) {
		check_hit(&results->hits[i]);
		for (size_t k = 0; k < results->hits[i].n_reasons; k++) {
			const RapReason *reason = &results->hits[i].reasons[k];

			n += g_strcmp0(reason->factor, "expansion") == 0 && g_strv_contains(results->expansion, reason->as);
		}
	}
	g_assert_cmpuint(n, >=, 6);
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

static void test_unasked(void)
{
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);
	RapResults *results = asked(index, &(RapRequest){ .text = "ferry lantern" });

	g_assert_cmpuint(results->n_hits, >, 0);
	for (size_t i = 0; i < results->n_hits; i++) {
		g_assert_null(results->hits[i].reasons);
		g_assert_cmpuint(results->hits[i].n_reasons, ==, 0);
	}
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

static void test_similar(void)
{
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);
	RapResults *results = rap_similar(index, "report/0000000003", &(RapRequest){ .explain = true }, NULL);

	g_assert_nonnull(results);
	g_assert_cmpuint(results->n_hits, >, 0);
	for (size_t i = 0; i < results->n_hits; i++) {
		g_assert_cmpuint(results->hits[i].n_reasons, >, 0);
		check_hit(&results->hits[i]);
	}
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/explain/sums", test_sums);
	g_test_add_func("/explain/places", test_places);
	g_test_add_func("/explain/factors", test_factors);
	g_test_add_func("/explain/shares", test_shares);
	g_test_add_func("/explain/verbatim", test_verbatim);
	g_test_add_func("/explain/expansion", test_expansion);
	g_test_add_func("/explain/unasked", test_unasked);
	g_test_add_func("/explain/similar", test_similar);
	return g_test_run();
}
