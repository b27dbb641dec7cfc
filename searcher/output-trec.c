/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * output-trec.c - run files as evaluation tools read them:
 * "QID Q0 ID RANK SCORE rapporteur".
 */
#include "searcher/output.h"

static void hit(struct output *output, const RapHit *h)
{
	char score[G_ASCII_DTOSTR_BUF_SIZE];
	const char *id = output->unit == RAP_UNIT_DOCUMENT ? h->passage.document->id : h->passage.id;

	g_ascii_formatd(score, sizeof score, "%.6f", h->score);
	g_string_append_printf(output->text, "%s Q0 %s %zu %s rapporteur\n", output->qid, id, h->rank, score);
}

const struct output_format output_trec = { .name = "trec", .tasks = "s", .hit = hit };
