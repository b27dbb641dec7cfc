/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tokens.h - a page as the row of its tags and texts. Comments, declarations and
 * instructions are nothing. What never ends (a comment, a quotation mark inside a
 * tag) ends at the next ">", so that one slip does not cost the page.
 */
#ifndef CORPUS_READER_HTML_TOKENS_H
#define CORPUS_READER_HTML_TOKENS_H

#include <stdbool.h>

#include "corpus/reader/html/tags.h"

struct html_tokens {
	const char *text;
	guint32 len;
	guint32 at;
	enum html_tag inside;	/* the raw element whose text comes next */
	bool endless[6];	/* what was looked for to the end of the page in vain; see tokens.c */
};

struct html_token {
	enum { TOKEN_TEXT, TOKEN_START, TOKEN_END } kind;
	enum html_tag tag;
	guint32 start, stop;	/* of a text, or of the attributes of a start tag */
	bool raw;		/* a text without entities */
	bool closed;		/* "<p/>" */
};

/* False at the end of the page. */
bool html_token_next(struct html_tokens *tokens, struct html_token *token);

/* Makes the table of entities, which the first use else does. */
void html_entities_prepare(void);

/* The next attribute in [*at, stop) of the page; see tree.h. */
bool html_next_attribute(const char *text, guint32 *at, guint32 stop, guint32 name[2], guint32 value[2]);

#endif
