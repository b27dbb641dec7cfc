/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * dump.h - a finished document as lines for people who look into what was made of
 * their file, and for their scripts.
 *
 * Lines of fields with tabs between them; the first says what the line is of. In the order
 * of their parts: `document` lines (a property and its value), `person`, `panel`, `furniture`,
 * `block`, `passage`, `quotation` (of the passage above). A line that begins with `#` names
 * the fields. As JSON, an object a line, its first key is "line", and the others those names,
 * with page, page_label, slide, time (seconds) and notes for the place.
 *
 * A place is "p. 33", "p. 33 (31)", "slide 7", "slide 7, notes", "1:02:03.500", "" where there
 * is none; ranges are bytes of the text, "120-340 352-360".
 */
#ifndef CORPUS_DUMP_H
#define CORPUS_DUMP_H

#include "corpus/document.h"

enum dump_form {
	DUMP_SHORT,	/* the middle of long texts left out */
	DUMP_FULL,
	DUMP_JSON,	/* whole texts, one object a line */
};

/* Appends the lines. Tabs, line ends and control characters of the document are blanks. */
void dump_document(const struct document *doc, enum dump_form form, GString *out);

#endif
