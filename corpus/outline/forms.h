/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * forms.h - the forms in which transcripts print who speaks.
 */
#ifndef CORPUS_OUTLINE_FORMS_H
#define CORPUS_OUTLINE_FORMS_H

#include "corpus/outline/outline.h"
#include "corpus/pieces.h"

enum form {
	FORM_NONE,
	FORM_COLON,	/* "NAME: ...", "Mr. NAME (Country): ...", "[00:12] NAME: ..." */
	FORM_DASH,	/* "Name (GROUP). - ..." */
	FORM_STOP,	/* "Mr. NAME of Place. Text" */
	FORM_SQUARE,	/* "[Name] Text" */
	FORM_QA,	/* "Q - ...", "A - ..." */
	FORM_BARS,	/* "**Body | Name | Role**" alone */
	FORM_BOLD,	/* "**Name**" alone */
	FORM_LINE,	/* "Ann BELL, director" on the line above the words */
	N_FORMS
};

struct label {
	enum form form;
	guint32 start, end;	/* the label as printed */
	guint32 text;		/* where the speech begins */
};

struct scanning {
	const struct document *doc;
	/* strictly while the forms are counted; then, where labels are what the text
	 * uses, also what ends a turn and names nobody */
	bool lenient;
	bool dashed;		/* the document's labels end in a dash, not in a colon */
	GString *folded;
};

/* The label at the beginning of the line at from, if there is one in any form. */
bool label_scan(struct scanning *scanning, const struct piece *piece, guint32 from, struct label *label);
/* The block is nothing but a label. */
bool label_scan_whole(const struct document *doc, const struct block *block, const struct piece *piece,
                      struct label *label);
/* "STATEMENT OF ANN BELL, DIRECTOR, HOUSE OF SALT" alone: her words follow. */
bool label_scan_statement(struct scanning *scanning, const struct piece *piece, struct label *label);
/* "From the floor", "Several hon. Members": nobody who has a name. */
bool label_is_audience(struct scanning *scanning, const char *s, guint32 from, guint32 to);
/* "The Minister for X (Mr Name)", "President": a function, not a name. */
bool label_is_function(struct scanning *scanning, const char *s, guint32 from, guint32 to);
/* The block's first words are set in bold, in markup. */
bool label_is_marked(const struct document *doc, const struct block *block);

#endif
