/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * about.h - what a page says of itself: <title>, <meta>, <link>, JSON-LD, <time>.
 */
#ifndef CORPUS_READER_HTML_ABOUT_H
#define CORPUS_READER_HTML_ABOUT_H

#include "corpus/document.h"
#include "corpus/reader/html/tree.h"

struct html_about {
	char *head;		/* <title> as it stands, or NULL */
	char *title;		/* the same without the site's name, or a better one; or NULL */
	char *heading;		/* the first <h1> that is no link, or NULL */
	char *site;		/* the site's name, or NULL */
	char *publisher, *published, *modified, *language, *url;	/* each or NULL */
	GPtrArray *authors;	/* owned strings, in order */
};

struct html_about *html_about_new(const struct html_tree *tree);
void html_about_free(struct html_about *about);
typedef struct html_about HtmlAbout;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtmlAbout, html_about_free)

/* Sets the properties of the document. Its text is there already: a language that a long
 * text contradicts was left in the page by its template. */
void html_about_set(const struct html_about *about, struct document *doc);

#endif
