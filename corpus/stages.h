/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stages.h - what attribution rests on, one by one, and switches to leave each
 * out: to see what it contributes, and to find which of them is at fault.
 *
 * The switches are the process's, are set before anything is read, and are
 * only read from then on.
 */
#ifndef CORPUS_STAGES_H
#define CORPUS_STAGES_H

#include <stdbool.h>

#include <glib.h>

enum stage {
	STAGE_FURNITURE,	/* running heads and page numbers taken out */
	STAGE_FOOTNOTES,	/* notes at the foot of a page told from the text */
	STAGE_TEARS,		/* torn paragraphs joined */
	STAGE_LISTS,		/* lists of speakers, agendas, front matter: the roster */
	STAGE_INTRODUCED,	/* people whom the text itself introduces: the roster */
	STAGE_CAPTIONS,		/* names beside quotations */
	STAGE_LABELS,		/* names before turns */
	STAGE_BYLINES,		/* signed texts and statements */
	STAGE_PRESENTERS,	/* slides, and talks of one speaker */
	STAGE_ACCOUNTS,		/* reported speech: who is introduced with a verb of speaking */
	STAGE_FUNCTIONS,	/* "the Minister", "he" */
	STAGE_BODIES,		/* delegations, groups and institutions that speak */
	STAGE_CONTINUATIONS,	/* paragraphs without a name go on with the account before */
	STAGE_OWN_VOICE,	/* the document's own voice ends an account */
	STAGE_QUOTATIONS,	/* words in quotation marks inside a paragraph */
	N_STAGES
};

bool stage_is_on(enum stage stage);
/* Switches those of "captions,labels" off. False with error set (SYNTAX) where
 * one is unknown; the message names those that there are. */
bool stages_without(const char *names, GError **error);
/* The name ("captions"), and a line that says what it is. */
const char *stage_name(enum stage stage);
const char *stage_summary(enum stage stage);
/* Those that are off, "captions,labels", or NULL: what an index was made
 * without is part of what its documents depend on. g_free it. */
char *stages_off(void);

#endif
