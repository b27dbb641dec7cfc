/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-closeness.c - what the text tells beside the weights of its words: which of two passages is
 * nearer to the query.
 */
#include "tests/unit/searching.h"

static struct document *minutes(void)
{
	struct made made = made_new("minutes", "Minutes", "en");
	int orla = made_person(&made, "Orla Fennimore", "Harbour Master", NULL, NULL);

	made_passage(&made, "Copper nails were counted, and the lamps, and in the end a lantern that nobody had asked for.", KIND_NARRATIVE, -1);
	made_passage(&made, "A lantern of copper hung above the nails that nobody counted, or asked for by the lamps.", KIND_NARRATIVE, -1);
	made_passage(&made, "The bridge over the weir is closed, and the toll is paid at the mill.", KIND_NARRATIVE, -1);
	made_passage(&made, "We closed the bridge since the weir had moved. At the mill nobody pays.", KIND_SPEECH, orla);
	return made_take(&made);
}

static double closeness(RapIndex *index, const char *text, const char *id)
{
	RapResults *results = asked(index, &(RapRequest){ .text = text, .explain = true, .limit = 100 });
	double found = -1;

	for (size_t h = 0; h < results->n_hits; h++)
		for (size_t i = 0; g_str_has_prefix(results->hits[h].passage.id, id) && i < results->hits[h].n_reasons; i++)
			if (g_strcmp0(results->hits[h].reasons[i].factor, "closeness") == 0)
				found = results->hits[h].reasons[i].impact;
	rap_results_free(results);
	return found;
}

static void check_nearer(RapIndex *index, const char *text, const char *nearer, const char *farther)
{
	double near = closeness(index, text, nearer), far = closeness(index, text, farther);

	g_assert_cmpfloat(far, >=, 0);
	g_assert_cmpfloat(near, >, far);
	g_assert_cmpfloat(near, <=, 1);
}

static void test_nearer(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;

	write_document(writer, minutes());
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	/* the same words, next to each other */
	check_nearer(index, "copper nails", "minutes/0000000001", "minutes/0000000002");
	check_nearer(index, "lantern copper", "minutes/0000000002", "minutes/0000000001");
	/* more of the words */
	check_nearer(index, "bridge weir toll", "minutes/0000000003", "minutes/0000000004");
	/* words as they were typed, of which only the order tells: stop words too */
	check_nearer(index, "a lantern that nobody had asked for", "minutes/0000000001", "minutes/0000000002");
	check_nearer(index, "nails that nobody counted", "minutes/0000000002", "minutes/0000000001");
	/* the speaker's name stands for the words that it has */
	check_nearer(index, "fennimore bridge weir", "minutes/0000000004", "minutes/0000000003");
	/* and all there is to be had is 1 */
	g_assert_cmpfloat(closeness(index, "bridge over the weir", "minutes/0000000003"), >, 0.8);
	g_assert_cmpfloat(closeness(index, "bridge", "minutes/0000000003"), ==, -1);
	rap_close(index);
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/closeness/nearer", test_nearer);
	return g_test_run();
}
