/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stages.c - the switches of what attribution rests on.
 */
#include "corpus/stages.h"

#include <string.h>

#include "corpus/error.h"

static const struct {
	const char *name, *summary;
} stages[N_STAGES] = {
	[STAGE_FURNITURE] = { "furniture", "running heads and page numbers taken out" },
	[STAGE_FOOTNOTES] = { "footnotes", "notes at the foot of a page told from the text" },
	[STAGE_TEARS] = { "tears", "torn paragraphs joined" },
	[STAGE_LISTS] = { "lists", "lists of speakers, agendas, front matter" },
	[STAGE_INTRODUCED] = { "introduced", "people whom the text itself introduces" },
	[STAGE_CAPTIONS] = { "captions", "names beside quotations" },
	[STAGE_LABELS] = { "labels", "names before turns" },
	[STAGE_BYLINES] = { "bylines", "signed texts and statements" },
	[STAGE_PRESENTERS] = { "presenters", "slides, and talks of one speaker" },
	[STAGE_ACCOUNTS] = { "accounts", "people introduced with a verb of speaking" },
	[STAGE_FUNCTIONS] = { "functions", "people met again by function or pronoun" },
	[STAGE_BODIES] = { "bodies", "delegations, groups and institutions that speak" },
	[STAGE_CONTINUATIONS] = { "continuations", "paragraphs without a name go on with the account before" },
	[STAGE_OWN_VOICE] = { "own-voice", "the document's own voice ends an account" },
	[STAGE_QUOTATIONS] = { "quotations", "words in quotation marks inside a paragraph" },
};

static bool off[N_STAGES];

bool stage_is_on(enum stage stage)
{
	return !off[stage];
}

const char *stage_name(enum stage stage)
{
	return stages[stage].name;
}

const char *stage_summary(enum stage stage)
{
	return stages[stage].summary;
}

static int stage_parse(const char *name)
{
	for (int i = 0; i < N_STAGES; i++)
		if (strcmp(stages[i].name, name) == 0)
			return i;
	return -1;
}

static char *join(bool all)
{
	GString *out = g_string_new(NULL);
	for (int i = 0; i < N_STAGES; i++)
		if (all || off[i])
			g_string_append_printf(out, "%s%s", out->len > 0 ? "," : "", stages[i].name);
	return g_string_free(out, false);
}

bool stages_without(const char *names, GError **error)
{
	g_auto(GStrv) list = g_strsplit(names, ",", -1);
	for (guint i = 0; list[i] != NULL; i++) {
		int stage = stage_parse(g_strstrip(list[i]));
		if (stage < 0) {
			g_autofree char *known = join(true);
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX,
			            "no stage '%s'; there are %s", list[i], known);
			return false;
		}
		off[stage] = true;
	}
	return true;
}

char *stages_off(void)
{
	char *names = join(false);
	if (*names != '\0')
		return names;
	g_free(names);
	return NULL;
}
