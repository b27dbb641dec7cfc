/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * article.c - measures a page, finds the element that holds its text, and leaves
 * out what is none.
 */
#include "corpus/reader/html/article.h"

#include <string.h>

#define PROSE_BYTES 60u		/* a stretch of text between blocks that is as long, without blanks, is sentences */
#define LIST_LINKS 4u		/* a list of so many links and nothing else leads elsewhere */
#define LIST_LINK_BYTES 22u	/* if they are so short; titles of papers are longer */
#define COOKIE_BYTES 6000u
#define LETTER_BYTES 1500u
#define STYLE_BYTES 300

struct judging {
	const struct html_tree *tree;
	struct html_article *article;
	const char *title;
	guint32 root;		/* the element that holds the text; 0: the page */
	bool titled;		/* it has a heading of the first level */
	GString *buffer;
};

static const struct html_measure *measure_of(const struct judging *j, guint32 node)
{
	return j->article->measures + node;
}

static enum html_tag tag_of(const struct judging *j, guint32 node)
{
	return html_node_tag(j->tree, node);
}

/* part of whole in percent, at least */
static bool is_share(guint32 part, guint32 whole, guint percent)
{
	return (guint64)part * 100 >= (guint64)whole * percent && part;
}

/* ---- what nobody sees ---- */

static bool style_hides(const char *style)
{
	g_autofree char *plain = g_strndup(style, STYLE_BYTES);
	char *to = plain;

	for (const char *p = plain; *p; p++)
		if (!g_ascii_isspace(*p))
			*to++ = g_ascii_tolower(*p);
	*to = 0;
	return strstr(plain, "display:none") || strstr(plain, "visibility:hidden") || strstr(plain, "mso-hide:all");
}

/* Parts of a page that unfold are text; everything else that is hidden is none. */
static bool is_hidden(struct judging *j, guint32 node)
{
	const struct html_node *n = j->tree->nodes + node;
	const char *value;
	bool hidden;

	if (n->start == n->stop)
		return false;
	value = html_attribute(j->tree, node, "hidden", j->buffer);
	hidden = value && g_ascii_strcasecmp(value, "until-found");
	value = html_attribute(j->tree, node, "aria-hidden", j->buffer);
	hidden = hidden || (value && !g_ascii_strcasecmp(value, "true"));
	value = html_attribute(j->tree, node, "style", j->buffer);
	hidden = hidden || (value && style_hides(value));
	return hidden && !(html_words(j->tree, node) & WORD_TAB);
}

/* ---- measuring ---- */

struct stretch {
	guint32 first, last;	/* its text nodes */
	guint32 bytes, links;
};

static void end_stretch(struct judging *j, struct stretch *stretch)
{
	if (stretch->bytes >= PROSE_BYTES && stretch->links * 2 < stretch->bytes)
		for (guint32 i = stretch->first; i <= stretch->last; i++)
			if (tag_of(j, i) == HTML_TEXT)
				j->article->measures[i].prose = measure_of(j, i)->bytes;
	*stretch = (struct stretch){ 0 };
}

static guint32 count_bytes(const struct html_tree *tree, guint32 node)
{
	guint32 bytes = 0;

	for (guint32 i = tree->nodes[node].start; i < tree->nodes[node].stop; i++)
		bytes += !g_ascii_isspace(tree->text[i]);
	return bytes;
}

static void measure_text(struct judging *j, guint32 node, bool link, struct stretch *stretch)
{
	struct html_measure *measure = j->article->measures + node;

	measure->bytes = count_bytes(j->tree, node);
	measure->links = link ? measure->bytes : 0;
	if (!measure->bytes)
		return;
	if (!stretch->bytes)
		stretch->first = node;
	stretch->last = node;
	stretch->bytes += measure->bytes;
	stretch->links += measure->links;
}

/* Each text, and what stretch of text it is in; what is never read is dropped on the way. */
static void measure_texts(struct judging *j)
{
	const struct html_tree *tree = j->tree;
	struct stretch stretch = { 0 };
	guint32 ends[HTML_DEPTH_MAX + 2], link_end = 0;
	guint depth = 0;

	for (guint32 i = 0; i < tree->n; i++) {
		const struct html_node *n = tree->nodes + i;
		guint flags = html_tag_flags((enum html_tag)n->tag);

		for (; depth && ends[depth - 1] <= i; depth--)
			end_stretch(j, &stretch);
		if (n->tag == HTML_TEXT) {
			measure_text(j, i, i < link_end, &stretch);
			continue;
		}
		if (flags & TAG_BLOCK)
			end_stretch(j, &stretch);
		if (i && (flags & TAG_DROP || is_hidden(j, i))) {
			j->article->verdicts[i] = HTML_DROPPED;
			i = n->end - 1;
			continue;
		}
		if (flags & TAG_BLOCK && n->end > i + 1)
			ends[depth++] = n->end;
		if (n->tag == HTML_A && html_attribute(tree, i, "href", j->buffer)) {
			link_end = MAX(link_end, n->end);
			j->article->measures[i].n_links = 1;
		}
	}
	end_stretch(j, &stretch);
}

static void measure(struct judging *j)
{
	measure_texts(j);
	for (guint32 i = j->tree->n; i-- > 1;) {
		const struct html_measure *part = measure_of(j, i);
		struct html_measure *whole = j->article->measures + j->tree->nodes[i].parent;

		whole->bytes += part->bytes;
		whole->links += part->links;
		whole->prose += part->prose;
		whole->n_links += part->n_links;
	}
}

/* ---- the element that holds the text ---- */

static guint32 find_root(struct judging *j)
{
	const struct html_tree *tree = j->tree;
	guint32 article = 0, articles = 0, prose = measure_of(j, 0)->prose;

	for (guint32 i = 1; i < tree->n; i++) {
		enum html_tag tag = tag_of(j, i);

		if (tag == HTML_TEXT)
			continue;
		if (j->article->verdicts[i]) {
			i = tree->nodes[i].end - 1;
			continue;
		}
		if ((tag == HTML_MAIN || ((tag == HTML_DIV || tag == HTML_SECTION) && html_words(tree, i) & WORD_MAIN)) &&
		    is_share(measure_of(j, i)->prose, prose, 50))
			return i;
		if (tag == HTML_ARTICLE && is_share(measure_of(j, i)->prose, prose, 50)) {
			article = article ? article : i;
			articles++;
		}
	}
	return article;
}

/* ---- judging ---- */

static bool holds(const struct judging *j, guint32 node, enum html_tag tag)
{
	for (guint32 i = node + 1; i < j->tree->nodes[node].end; i++)
		if (tag_of(j, i) == tag)
			return true;
	return false;
}

static bool holds_notes(const struct judging *j, guint32 node)
{
	for (guint32 i = node + 1; i < j->tree->nodes[node].end; i++)
		if (html_is_block(j->tree, i) && html_words(j->tree, i) & WORD_NOTES)
			return true;
	return false;
}

static bool is_in_article(const struct judging *j, guint32 node)
{
	while (node) {
		enum html_tag tag;

		node = j->tree->nodes[node].parent;
		tag = tag_of(j, node);
		if (tag == HTML_ARTICLE || tag == HTML_MAIN || tag == HTML_SECTION || tag == HTML_BLOCKQUOTE ||
		    tag == HTML_FIGURE || (node && node == j->root))
			return true;
	}
	return false;
}

/* By what class, id and role say; the amounts keep a page from losing its text to a name. */
static bool is_dropped_by_words(struct judging *j, guint32 node, guint words)
{
	const struct html_measure *m = measure_of(j, node), *page = measure_of(j, 0);
	bool early = j->tree->nodes[node].start < j->tree->len / 3;

	if (words & WORD_NEVER)
		return !is_share(m->prose, page->prose, 30);
	if (is_share(m->prose, page->prose, 40) || (node < j->root && j->tree->nodes[node].end > j->root))
		return false;
	if (words & (WORD_NAV | WORD_SHARE) && !is_share(m->prose, m->bytes, 10))
		return m->n_links || !m->prose;
	if (words & WORD_SIDE && (!m->prose || is_share(m->links, m->bytes, 25)))
		return m->n_links > 0;
	if (words & WORD_COOKIE && m->bytes < COOKIE_BYTES && !holds(j, node, HTML_H1))
		return true;
	if (words & WORD_LETTER && m->bytes < LETTER_BYTES && !is_share(m->prose, page->prose, 20))
		return holds(j, node, HTML_INPUT) || holds(j, node, HTML_FORM) || !m->prose;
	if (words & WORD_COMMENTS && !early)
		return true;
	if (words & WORD_FOOT && !early && !is_in_article(j, node))
		return !is_share(m->prose, page->prose, 25) && !holds_notes(j, node);
	if (words & WORD_HEAD && early && !is_in_article(j, node))
		return !m->prose && is_share(m->links, m->bytes, 25);
	return words & WORD_SKIP && m->bytes < PROSE_BYTES;
}

/* Hardly anything but short links. */
static bool is_link_list(struct judging *j, guint32 node)
{
	const struct html_measure *m = measure_of(j, node);
	enum html_tag tag = tag_of(j, node);
	guint least = tag == HTML_UL || tag == HTML_OL || tag == HTML_DIV || tag == HTML_TABLE ? LIST_LINKS : 2;

	if (m->prose || m->n_links < least || m->links > m->n_links * LIST_LINK_BYTES || !measure_of(j, 0)->prose)
		return false;
	return is_share(m->links, m->bytes, tag == HTML_DIV ? 90 : 75);
}

static bool is_form_furniture(struct judging *j, guint32 node)
{
	const struct html_measure *m = measure_of(j, node), *page = measure_of(j, 0);

	return !is_share(m->prose, page->prose, 30) && !holds(j, node, HTML_H1) && !holds(j, node, HTML_ARTICLE) &&
	       !holds(j, node, HTML_MAIN) && !is_share(m->bytes, page->bytes, 50);
}

static enum html_verdict judge_sectioning(struct judging *j, guint32 node, enum html_tag tag)
{
	const struct html_measure *m = measure_of(j, node), *page = measure_of(j, 0);
	bool inside = is_in_article(j, node);

	if (is_share(m->prose, page->prose, 40) || (j->root && node < j->root && j->tree->nodes[node].end > j->root))
		return HTML_KEPT;
	if (tag == HTML_NAV || tag == HTML_SEARCH)
		return HTML_DROPPED;
	if (tag == HTML_ASIDE)
		return m->n_links && (!m->prose || is_share(m->links, m->bytes, 25)) ? HTML_DROPPED : HTML_KEPT;
	if (tag == HTML_HEADER)
		return !inside && (is_share(m->links, m->bytes, 25) || holds(j, node, HTML_NAV)) ? HTML_FURNITURE : HTML_KEPT;
	if (inside)
		return is_share(m->links, m->bytes, 30) && !m->prose ? HTML_DROPPED : HTML_KEPT;
	return holds_notes(j, node) ? HTML_KEPT : HTML_FURNITURE;
}

static enum html_verdict judge(struct judging *j, guint32 node)
{
	enum html_tag tag = tag_of(j, node);
	const struct html_node *n = j->tree->nodes + node;
	guint words = n->stop > n->start && tag != HTML_BODY && tag != HTML_LI && !(html_tag_flags(tag) & TAG_HEADING) ?
	              html_words(j->tree, node) : 0;

	if (tag == HTML_NAV || tag == HTML_ASIDE || tag == HTML_HEADER || tag == HTML_FOOTER || tag == HTML_SEARCH) {
		enum html_verdict verdict = judge_sectioning(j, node, tag);

		if (verdict)
			return verdict;
	}
	if (words && (html_is_block(j->tree, node) || words & (WORD_NEVER | WORD_SKIP)) && is_dropped_by_words(j, node, words))
		return words & (WORD_FOOT | WORD_HEAD) ? HTML_FURNITURE : HTML_DROPPED;
	if (tag == HTML_FORM && is_form_furniture(j, node))
		return HTML_DROPPED;
	if ((tag == HTML_UL || tag == HTML_OL || tag == HTML_TD || tag == HTML_TR || tag == HTML_TABLE || tag == HTML_CENTER ||
	     tag == HTML_DIV || tag == HTML_P) && is_link_list(j, node))
		return HTML_DROPPED;
	return HTML_KEPT;
}

/* What stands beside the element that holds the text is left out unless it is itself a good piece of text. */
static bool is_beside_root(struct judging *j, guint32 node)
{
	const struct html_measure *m = measure_of(j, node);

	if (!j->root || (node <= j->root && j->tree->nodes[node].end > j->root) ||
	    (node > j->root && node < j->tree->nodes[j->root].end))
		return false;
	return !is_share(m->prose, measure_of(j, j->root)->prose, 15) || is_share(m->links, m->bytes, 25);
}

static enum html_verdict beside_root(const struct judging *j, guint32 node)
{
	enum html_tag tag = tag_of(j, node);

	return tag == HTML_HEADER || tag == HTML_FOOTER || html_words(j->tree, node) & (WORD_FOOT | WORD_HEAD) ? HTML_FURNITURE : HTML_DROPPED;
}

/* A heading in what was left out that says what the page is called is its title, unless it leads to the
 * front page. */
static void find_title(struct judging *j, guint32 node)
{
	for (guint32 i = node; i < j->tree->nodes[node].end && !j->article->title && j->title; i++) {
		const struct html_measure *m = measure_of(j, i);
		g_autofree char *words = NULL;

		if (tag_of(j, i) != HTML_H1 || !m->bytes || m->links * 2 > m->bytes)
			continue;
		g_string_truncate(j->buffer, 0);
		html_text(j->tree, i, j->buffer);
		words = g_strstrip(g_strdup(j->buffer->str));
		if (g_str_has_prefix(j->title, words))
			j->article->title = i;
	}
}

static void judge_all(struct judging *j)
{
	const struct html_tree *tree = j->tree;
	guint8 *verdicts = j->article->verdicts;

	for (guint32 i = 1; i < tree->n; i++) {
		if (tree->nodes[i].tag == HTML_TEXT) {
			verdicts[i] = is_beside_root(j, i) ? HTML_DROPPED : HTML_KEPT;
			continue;
		}
		if (!verdicts[i])
			verdicts[i] = (guint8)(is_beside_root(j, i) ? beside_root(j, i) : judge(j, i));
		if (!verdicts[i])
			continue;
		if (!j->titled)
			find_title(j, i);
		i = tree->nodes[i].end - 1;
	}
}

struct html_article *html_article_new(const struct html_tree *tree, const char *title)
{
	struct judging j = { .tree = tree, .article = g_new0(struct html_article, 1), .title = title };

	j.buffer = g_string_new(NULL);
	j.article->verdicts = g_malloc0(tree->n);
	j.article->measures = g_new0(struct html_measure, tree->n);
	measure(&j);
	j.root = find_root(&j);
	j.titled = j.root && holds(&j, j.root, HTML_H1);
	judge_all(&j);
	g_string_free(j.buffer, TRUE);
	return j.article;
}

void html_article_free(struct html_article *article)
{
	if (!article)
		return;
	g_free(article->verdicts);
	g_free(article->measures);
	g_free(article);
}
