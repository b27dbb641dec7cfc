/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * article.h - what of a page is its text, and what belongs to the site: menus,
 * banners, buttons, lists of other pages, comments.
 *
 * Elements are left out by what they are (nav, script, hidden), by what their role,
 * class and id say in whole words, and by what is in them: hardly anything but
 * links. But prose stays: an element with a good part of the page's prose is never
 * left out for its name, nor is what holds the text.
 */
#ifndef CORPUS_READER_HTML_ARTICLE_H
#define CORPUS_READER_HTML_ARTICLE_H

#include "corpus/reader/html/tree.h"

enum html_verdict {
	HTML_KEPT,
	HTML_DROPPED,		/* with all below it */
	HTML_FURNITURE,		/* the same: head or foot of the page */
};

/* What a node holds, itself and below; bytes without white space. */
struct html_measure {
	guint32 bytes;
	guint32 links;		/* bytes inside links */
	guint32 prose;		/* bytes in stretches long enough to be sentences, and not links */
	guint32 n_links;
};

struct html_article {
	guint8 *verdicts;	/* enum html_verdict of each node */
	struct html_measure *measures;
	guint32 title;		/* a heading in a part left out that is the page's title; 0: none */
};

/* title: of the page, as its head says, or NULL. */
struct html_article *html_article_new(const struct html_tree *tree, const char *title);
void html_article_free(struct html_article *article);
typedef struct html_article HtmlArticle;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtmlArticle, html_article_free)

/* What class, id and role say of an element. */
enum {
	WORD_NAV = 1, WORD_SIDE = 2, WORD_SHARE = 4, WORD_COOKIE = 8, WORD_LETTER = 16, WORD_COMMENTS = 32, WORD_FOOT = 64,
	WORD_HEAD = 128, WORD_NEVER = 256,	/* what a program made that is no text */
	WORD_SKIP = 512, WORD_QUOTE = 1024, WORD_NOTES = 2048, WORD_MAIN = 4096, WORD_TAB = 8192, WORD_NOTE_MARK = 1 << 14,
	WORD_NOTE_BACK = 1 << 15, WORD_TITLE = 1 << 16, WORD_LAYOUT = 1 << 17,
};
guint html_words(const struct html_tree *tree, guint32 node);

#endif
