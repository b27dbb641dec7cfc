/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tree.c - which elements are open when a tag comes, and which it closes.
 */
#include "corpus/reader/html/tree.h"

#include <string.h>

#include "corpus/reader/html/tokens.h"

struct building {
	struct html_tree *tree;
	guint32 room;
	guint32 open[HTML_DEPTH_MAX + 1];	/* nodes, the outermost first */
	guint depth;
	guint32 opened[N_HTML_TAGS];	/* how many of each are open */
	guint32 flat[N_HTML_TAGS];	/* and how many were laid flat, whose end tags are to come */
	bool body;
};

static enum html_tag tag_at(const struct building *b, guint level)
{
	return html_node_tag(b->tree, b->open[level]);
}

static guint32 add_node(struct building *b, enum html_tag tag, guint32 start, guint32 stop)
{
	struct html_tree *tree = b->tree;

	if (tree->n >= HTML_NODES_MAX) {
		tree->full = true;
		return tree->n - 1;
	}
	if (tree->n == b->room) {
		b->room *= 2;
		tree->nodes = g_renew(struct html_node, tree->nodes, b->room);
	}
	tree->nodes[tree->n] = (struct html_node){ .start = start, .stop = stop, .end = tree->n + 1,
		.parent = b->depth ? b->open[b->depth - 1] : 0, .tag = (guint16)tag };
	return tree->n++;
}

/* ---- closing ---- */

static void pop_to(struct building *b, guint level)
{
	while (b->depth > level) {
		b->depth--;
		b->tree->nodes[b->open[b->depth]].end = b->tree->n;
		b->opened[tag_at(b, b->depth)]--;
	}
}

/* Closes the innermost open element of that tag, unless one with a flag of `walls` stands
 * between. */
static bool close_tag(struct building *b, enum html_tag tag, guint walls)
{
	if (!b->opened[tag])
		return false;
	for (guint level = b->depth; level-- > 1;) {
		if (tag_at(b, level) == tag) {
			pop_to(b, level);
			return true;
		}
		if (html_tag_flags(tag_at(b, level)) & walls)
			return false;
	}
	return false;
}

/* Closes an element of one of two tags, unless a list or table of its own stands between. */
static void close_item(struct building *b, enum html_tag one, enum html_tag other)
{
	if (!b->opened[one] && !b->opened[other])
		return;
	for (guint level = b->depth; level-- > 1;) {
		enum html_tag tag = tag_at(b, level);

		if (tag == one || tag == other) {
			pop_to(b, level);
			return;
		}
		if (tag == HTML_UL || tag == HTML_OL || tag == HTML_DL || tag == HTML_DIR || tag == HTML_MENU ||
		    html_tag_flags(tag) & TAG_SCOPE)
			return;
	}
}

/* Closes what stands inside the innermost table, down to elements of the given tags. */
static void close_in_table(struct building *b, enum html_tag one, enum html_tag two, enum html_tag three)
{
	if (!b->opened[HTML_TABLE])
		return;
	for (guint level = b->depth; level-- > 1;) {
		enum html_tag tag = tag_at(b, level);

		if (tag == HTML_TABLE || tag == one || tag == two || tag == three) {
			pop_to(b, level + 1);
			return;
		}
		if (tag == HTML_TEMPLATE)
			return;
	}
}

/* </td> and the like: of this table only. */
static void close_table_part(struct building *b, enum html_tag tag)
{
	if (!b->opened[tag])
		return;
	for (guint level = b->depth; level-- > 1;) {
		if (tag_at(b, level) == tag) {
			pop_to(b, level);
			return;
		}
		if (tag_at(b, level) == HTML_TABLE || tag_at(b, level) == HTML_TEMPLATE)
			return;
	}
}

/* What a start tag closes before it opens anything. */
static void close_before(struct building *b, enum html_tag tag)
{
	guint flags = html_tag_flags(tag);

	if (b->opened[HTML_HEAD] && !(flags & TAG_HEAD) && tag != HTML_HEAD)
		close_tag(b, HTML_HEAD, 0);
	if (flags & TAG_BLOCK && b->opened[HTML_P])
		close_tag(b, HTML_P, TAG_SCOPE);
	if (flags & TAG_HEADING && b->depth > 1 && html_tag_flags(tag_at(b, b->depth - 1)) & TAG_HEADING)
		pop_to(b, b->depth - 1);
	if (tag == HTML_LI)
		close_item(b, HTML_LI, HTML_LI);
	else if (tag == HTML_DT || tag == HTML_DD)
		close_item(b, HTML_DT, HTML_DD);
	else if (tag == HTML_TR)
		close_in_table(b, HTML_TBODY, HTML_THEAD, HTML_TFOOT);
	else if (tag == HTML_TD || tag == HTML_TH)
		close_in_table(b, HTML_TR, HTML_TR, HTML_TR);
	else if (tag == HTML_TBODY || tag == HTML_THEAD || tag == HTML_TFOOT || tag == HTML_CAPTION)
		close_in_table(b, HTML_TABLE, HTML_TABLE, HTML_TABLE);
	else if (tag == HTML_A)
		close_tag(b, HTML_A, TAG_BLOCK);
	else if (tag == HTML_OPTION)
		close_tag(b, HTML_OPTION, TAG_BLOCK | TAG_SCOPE);
	else if (tag == HTML_RT || tag == HTML_RP)
		close_item(b, HTML_RT, HTML_RP);
}

/* ---- tags ---- */

static void start(struct building *b, const struct html_token *token)
{
	enum html_tag tag = token->tag;
	guint32 node;

	if (tag == HTML_HTML || (tag == HTML_BODY && b->body)) {
		if (tag == HTML_HTML && !b->tree->nodes[0].stop) {	/* the root gets its attributes */
			b->tree->nodes[0].start = token->start;
			b->tree->nodes[0].stop = token->stop;
		}
		return;
	}
	close_before(b, tag);
	b->body |= tag == HTML_BODY;
	node = add_node(b, tag, token->start, token->stop);
	if (html_tag_flags(tag) & TAG_VOID || token->closed || b->tree->full)
		return;
	if (b->depth > HTML_DEPTH_MAX - 1) {
		b->flat[tag]++;
		return;
	}
	b->open[b->depth++] = node;
	b->opened[tag]++;
}

static void end(struct building *b, enum html_tag tag)
{
	guint flags = html_tag_flags(tag);

	if (tag == HTML_HTML || tag == HTML_BODY || tag == HTML_OTHER)	/* what stands behind is read, too */
		return;
	if (b->flat[tag]) {
		b->flat[tag]--;
		return;
	}
	if (tag == HTML_BR || (tag == HTML_P && !b->opened[tag])) {
		close_before(b, tag);
		add_node(b, tag, 0, 0);
		return;
	}
	if (flags & TAG_HEADING) {	/* <h2>...</h3> */
		if (b->depth > 1 && html_tag_flags(tag_at(b, b->depth - 1)) & TAG_HEADING)
			pop_to(b, b->depth - 1);
		else
			close_tag(b, tag, TAG_SCOPE);
		return;
	}
	if (tag == HTML_TABLE || tag == HTML_TBODY || tag == HTML_THEAD || tag == HTML_TFOOT || tag == HTML_TR ||
	    tag == HTML_TD || tag == HTML_TH)
		close_table_part(b, tag);
	else
		close_tag(b, tag, flags & TAG_BLOCK ? TAG_SCOPE : TAG_BLOCK | TAG_SCOPE);
}

/* ---- the whole ---- */

static void text(struct building *b, const struct html_token *token)
{
	guint32 node;

	if (token->start >= token->stop)
		return;
	if (tag_at(b, b->depth - 1) == HTML_HEAD) {
		for (guint32 i = token->start; i < token->stop; i++)
			if (!g_ascii_isspace(b->tree->text[i])) {
				close_tag(b, HTML_HEAD, 0);
				break;
			}
	}
	node = add_node(b, HTML_TEXT, token->start, token->stop);
	b->tree->nodes[node].raw = token->raw;
}

struct html_tree *html_tree_new(const char *s, gsize len)
{
	struct html_tree *tree = g_new0(struct html_tree, 1);
	struct building *b = g_new0(struct building, 1);
	struct html_tokens tokens = { .text = s, .len = (guint32)len };
	struct html_token token;

	tree->text = s;
	tree->len = len;
	b->tree = tree;
	b->room = (guint32)(len / 32 + 64);
	tree->nodes = g_new(struct html_node, b->room);
	b->open[b->depth++] = add_node(b, HTML_HTML, 0, 0);
	b->opened[HTML_HTML] = 1;
	while (!tree->full && html_token_next(&tokens, &token)) {
		if (token.kind == TOKEN_START)
			start(b, &token);
		else if (token.kind == TOKEN_END)
			end(b, token.tag);
		else
			text(b, &token);
	}
	pop_to(b, 0);
	g_free(b);
	return tree;
}

void html_tree_free(struct html_tree *tree)
{
	if (!tree)
		return;
	g_free(tree->nodes);
	g_free(tree);
}

bool html_is_inside(const struct html_tree *tree, guint32 node, enum html_tag tag)
{
	while (node) {
		node = tree->nodes[node].parent;
		if (html_node_tag(tree, node) == tag)
			return true;
	}
	return false;
}

void html_text(const struct html_tree *tree, guint32 node, GString *out)
{
	for (guint32 i = node, last = tree->nodes[node].end; i < last; i++) {
		const struct html_node *n = tree->nodes + i;

		if (i != node && html_tag_flags(html_node_tag(tree, i)) & TAG_DROP)
			i = n->end - 1;
		else if (n->tag != HTML_TEXT && (n->tag == HTML_BR || html_is_block(tree, i)))
			g_string_append_c(out, ' ');
		else if (n->tag == HTML_TEXT && n->raw)
			g_string_append_len(out, tree->text + n->start, n->stop - n->start);
		else if (n->tag == HTML_TEXT)
			html_unescape(tree->text + n->start, n->stop - n->start, out);
	}
}
