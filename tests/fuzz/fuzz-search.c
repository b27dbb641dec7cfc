/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-search.c - any bytes as a query against a small index on disk, which is
 * made once: the search succeeds, totals and snippets are sound, and a page
 * is a part of the whole.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/searching.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *dir;
static RapIndex *the_index;

static void finish(void)
{
	rap_close(the_index);
	index_free(dir);
}

static struct document *talk(const char *id, const char *language, const char *const *texts)
{
	struct made made = made_new(id, "A talk of lamps", language);
	int ada = made_person(&made, "Ada Quill", "mayor", "Copper Board", "Norway"), panel = made_panel(&made, "Panel II", "Ferries");
	int section = made_section(&made, -1, "Night");

	made.doc->date = "2021-03-04";
	for (guint i = 0; texts[i]; i++) {
		struct passage *p = made_passage(&made, texts[i], (enum passage_kind)(i % N_KINDS), i % 2 ? ada : -1);

		p->panel = i % 3 ? panel : -1;
		p->section = section;
	}
	return made_take(&made);
}

static void make_index(void)
{
	static const char *const english[] = {
		"The ferry leaves the quiet harbour when the lantern is lit.", "Re-use of copper, and well-being at night: 7,000 nails.",
		"A caf\303\251 by the harbour; o'clock and 3-5 ferries.", "To be or not to be, that is the question of the board.",
		"Copper copper copper ferry.", "* * *", NULL,
	};
	static const char *const mixed[] = { "Die Stra\303\237e zum Hafen ist f\303\274r Lampen.",
		"\346\270\257\345\217\243\345\244\234\350\241\214\345\210\227\350\275\246", "train de nuit", NULL };
	struct writer *writer;

	dir = index_dir();
	writer = writing(dir);
	write_document(writer, talk("talk", "en", english));
	commit(writer);
	write_document(writer, talk("rede", "de", mixed));
	commit(writer);
	writer_close(writer);
	the_index = opened(dir, NULL);
	atexit(finish);
}

static void check(const RapResults *results)
{
	for (size_t i = 0; i < results->n_hits; i++) {
		g_autoptr(GString) snippet = g_string_new(NULL);

		for (size_t j = 0; j < results->hits[i].n_snippet; j++)
			g_string_append(snippet, results->hits[i].snippet[j].text);
		g_assert_true(strstr(results->hits[i].passage.text, snippet->str));
	}
	g_assert_true(g_utf8_validate(results->interpretation, -1, NULL));
	for (const char *const *warning = results->warnings; *warning; warning++)
		g_assert_true(g_utf8_validate(*warning, -1, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	RapResults *all, *page, *documents;

	if (!the_index)
		make_index();
	all = asked(the_index, &(RapRequest){ .text = text, .limit = 100, .want_facets = true, .keep_duplicates = true, .exact_total = true });
	page = asked(the_index, &(RapRequest){ .text = text, .offset = 1, .limit = 2, .keep_duplicates = true });
	documents = asked(the_index, &(RapRequest){ .text = text, .unit = RAP_UNIT_DOCUMENT });
	check(all);
	g_assert_true(all->total_is_exact && all->total == all->n_hits);
	g_assert_cmpuint(page->n_hits, ==, all->n_hits > 1 ? MIN(all->n_hits - 1, 2) : 0);
	for (size_t i = 0; i < page->n_hits; i++)
		g_assert_cmpstr(page->hits[i].passage.id, ==, all->hits[i + 1].passage.id);
	g_assert_cmpuint(documents->n_hits, <=, 2);
	g_assert_true((documents->n_hits == 0) == (all->n_hits == 0));
	rap_results_free(all);
	rap_results_free(page);
	rap_results_free(documents);
	return 0;
}
