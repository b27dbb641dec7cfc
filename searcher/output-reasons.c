/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * output-reasons.c - what made a hit's score, as a table for people.
 */
#include "searcher/output.h"

#include <string.h>

/* Columns of the widest word. */
static unsigned word_columns(const RapHit *h, GPtrArray *words)
{
	unsigned widest = 0;

	for (size_t i = 0; i < h->n_reasons; i++) {
		const RapReason *reason = &h->reasons[i];
		GString *word = g_string_new(NULL);

		terminal_clean(reason->word ? reason->word : reason->as ? "" : reason->factor, -1, word);
		if (reason->as) {
			g_string_append_c(word, reason->word ? '~' : '+');
			terminal_clean(reason->as, -1, word);
		}
		widest = MAX(widest, terminal_columns(word->str, (gssize)word->len));
		g_ptr_array_add(words, g_string_free(word, FALSE));
	}
	return widest;
}

static void add_figure(GString *out, const char *before, double figure, const char *format)
{
	char digits[G_ASCII_DTOSTR_BUF_SIZE];

	g_string_append(out, before);
	g_string_append(out, g_ascii_formatd(digits, sizeof digits, format, figure));
}

/* "= rarity 3.21 x density 0.90 x share 0.20 x impact 0.31; text 2, title 1" */
static void add_reason(GString *out, const RapReason *reason)
{
	if (!reason->terms) {
		add_figure(out, " = ", reason->impact, "%.2f");
		add_figure(out, " of ", reason->share, "%.3f");
		return;
	}
	add_figure(out, " = rarity ", reason->rarity, "%.2f");
	add_figure(out, " x density ", reason->density, "%.2f");
	if (reason->share < 0.9995 || reason->share > 1.0005)
		add_figure(out, " x share ", reason->share, "%.2f");
	add_figure(out, " x impact ", reason->impact, "%.2f");
	for (size_t i = 0; i < reason->n_places; i++)
		g_string_append_printf(out, "%s%s %zu", i ? ", " : "; ", reason->places[i].field, reason->places[i].times);
}

/* A table: its lines are not wrapped. */
void output_reasons(struct output *output, unsigned indent, const RapHit *h)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	unsigned widest = word_columns(h, words);
	GString *out = output->text;

	g_string_append_printf(out, "%*s", (int)indent, "");
	add_figure(out, "score ", h->score, "%.3f");
	g_string_append_c(out, '\n');
	for (size_t i = 0; i < h->n_reasons; i++) {
		const char *word = g_ptr_array_index(words, i);
		unsigned columns = terminal_columns(word, (gssize)strlen(word));
		char score[G_ASCII_DTOSTR_BUF_SIZE];

		g_ascii_formatd(score, sizeof score, "%.3f", h->reasons[i].score);
		g_string_append_printf(out, "%*s%8s  %s%*s", (int)indent, "", score, word, (int)(widest - columns), "");
		add_reason(out, &h->reasons[i]);
		g_string_append_c(out, '\n');
	}
}
