/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * html.c - a page to blocks: decoded, made a tree, without what belongs to the
 * site, its text laid down. Nothing that a page refers to is fetched.
 */
#include "corpus/reader/formats.h"

#include "corpus/error.h"
#include "corpus/reader/decode.h"
#include "corpus/reader/draft.h"
#include "corpus/reader/html/about.h"
#include "corpus/reader/html/article.h"
#include "corpus/reader/html/charset.h"
#include "corpus/reader/html/flow.h"
#include "corpus/reader/html/tokens.h"
#include "corpus/reader/bullets.h"
#include "corpus/reader/reader.h"
#include "corpus/reader/text/frontmatter.h"

#define PLAIN_PERCENT 80	/* of a page inside one <pre>: it is a text file in a frame */

void html_prepare(void)
{
	html_charset_prepare();
	html_entities_prepare();
}

/* The <pre> that is the page; 0: it is a page. */
static guint32 find_plain(const struct html_tree *tree, const struct html_article *article)
{
	guint64 whole = article->measures[0].bytes;

	for (guint32 i = 1; i < tree->n; i++) {
		enum html_tag tag = html_node_tag(tree, i);

		if (article->verdicts[i])
			i = tree->nodes[i].end - 1;
		else if ((tag == HTML_PRE || tag == HTML_PLAINTEXT || tag == HTML_XMP) && article->measures[i].bytes &&
			 article->measures[i].bytes * (guint64)100 >= whole * PLAIN_PERCENT)
			return i;
	}
	return 0;
}

/* The lines of a text file; the formats of text have the rules for them. */
static void read_plain(struct document *doc, const struct html_tree *tree, guint32 pre)
{
	GString *text = g_string_new(NULL);
	g_autoptr(GBytes) bytes = NULL;

	html_text(tree, pre, text);
	if (!g_utf8_validate_len(text->str, text->len, NULL)) {
		char *valid = g_utf8_make_valid(text->str, (gssize)text->len);

		g_string_assign(text, valid);
		g_free(valid);
	}
	bytes = g_string_free_to_bytes(text);
	reader_read_text(doc, bytes, FORMAT_TEXT);
	doc->format = format_name(FORMAT_HTML);
}

static bool read_tree(struct document *doc, const struct html_tree *tree, GError **error)
{
	g_autoptr(HtmlAbout) about = html_about_new(tree);
	g_autoptr(HtmlArticle) article = html_article_new(tree, about->title);
	guint32 plain = find_plain(tree, article);

	if (plain) {
		read_plain(doc, tree, plain);
	} else {
		g_autoptr(Draft) draft = draft_new(doc);

		draft_keep_tabs(draft);
		html_flow(tree, article, draft);
		if (!draft_finish(draft, error))
			return false;
		bullets_mark(doc);
		front_matter_take(doc);
	}
	html_about_set(about, doc);
	return true;
}

bool html_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	g_autoptr(GBytes) text = html_decode(doc->path, bytes, warnings, error);
	g_autoptr(HtmlTree) tree = NULL;
	gsize len;
	const char *s;

	if (!text)
		return false;
	s = g_bytes_get_data(text, &len);
	tree = html_tree_new(s ? s : "", len);
	if (tree->full)
		warning_add(warnings, doc->path, "has more than six million elements: the rest is left out");
	return read_tree(doc, tree, error);
}
