/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * language.h - which language a text is in.
 *
 * libexttextcat decides, limited to the languages that conferences are held in.
 * A record of a collection is first looked at for function words only: that
 * takes about a microsecond, libexttextcat a hundred.
 */
#ifndef CORPUS_LANGUAGE_H
#define CORPUS_LANGUAGE_H

#include <glib.h>

/* ISO 639-1, static; NULL where the text is too short (under 40 letters) or
 * nothing decides. Looks at the first 20 KB. Any bytes will do. May be called
 * by several threads at once. */
const char *language_detect(const char *text, gsize len);

/* What is known of the languages of a collection. */
struct language_collection {
	guint seen;		/* records that were looked at in full */
	guint16 counts[40];	/* of them, for each language */
	const char *expected;	/* the commonest so far, or NULL */
};

/* The language of the next record. The first records are looked at in full;
 * later ones only where their function words are rather another language's than
 * the expected. A short record gets the expected one. */
const char *language_next(struct language_collection *collection, const char *text, gsize len);

#endif
