/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * flow.c - walks the tree. What surrounds a text (a quotation, a list item, a row)
 * is handed down as its place; a block begins with the first word of it.
 */
#include "corpus/reader/html/flow.h"

#include <string.h>

#include "corpus/reader/html/shapes.h"

#define WRAP_BYTES 200		/* a longer line before or behind <br> is a paragraph: see blocks.c */
#define INDENT_BLANKS 3		/* "&nbsp;&nbsp;&nbsp;" at the beginning of a line */
#define NOTES_PERCENT 60	/* notes are not most of a page */
#define LAYOUT_PERCENT 50	/* and where quotations are, they only indent it */
#define BEFORE_BYTES 16
#define LABEL_BYTES 32
#define FURNITURE_BLOCKS 16
#define FURNITURE_BYTES 160
#define COLUMN_BLANKS 3u	/* see draft.c */
#define NBSP '\1'		/* while a text is cleaned: no page holds it */
#define PICTURE_BYTES 40u	/* what is shorter below a picture names what is on it */

struct item {
	char label[LABEL_BYTES];
	int level;
	bool begun;
};

/* Where a text stands. */
struct place {
	enum block_kind kind;
	int level;
	struct item *item;	/* of a list, whose first block is it; or NULL */
	struct html_list *list;	/* around it, or NULL */
	int depth;		/* of lists */
	guint32 end;		/* of the block around it */
	guint32 caption;	/* the element that is the caption of the quotation around it; or 0 */
	enum { PLAIN_NO, PLAIN_PROSE, PLAIN_CODE } plain;	/* inside <pre> */
	int marks;		/* how many <q> are around it */
	bool notes;
	bool picture;		/* in a figure without quotation or table */
	bool brief;		/* in a list of short terms */
};

struct flow {
	const struct html_tree *tree;
	const struct html_article *article;
	struct draft *draft;
	GString *text, *buffer;
	bool open;		/* a block of the draft */
	bool row;		/* it is a row: what is inside does not end it */
	guint breaks;		/* <br> since the last word */
	guint32 break_node;
	gsize line_bytes;	/* of the line so far */
	char before[BEFORE_BYTES];	/* the last bytes of the block's text */
	gsize before_len;
	bool indented;		/* quotations only indent */
};

static void flow_children(struct flow *f, guint32 node, const struct place *place);

/* ---- text ---- */

static void end_block(struct flow *f)
{
	if (f->row) {
		draft_text(f->draft, " ", 1);
		return;
	}
	if (f->open)
		draft_end(f->draft);
	f->open = false;
	f->breaks = 0;
	f->line_bytes = f->before_len = 0;
}

static void begin_block(struct flow *f, const struct place *place)
{
	struct item *item = place->item;

	f->open = true;
	if (!item || place->kind != BLOCK_LIST_ITEM) {
		draft_begin(f->draft, place->kind, place->level);
	} else if (item->begun) {	/* more paragraphs of an item, as Markdown has them */
		draft_begin(f->draft, BLOCK_PARAGRAPH, 0);
	} else {
		draft_begin(f->draft, BLOCK_LIST_ITEM, item->level);
		draft_label(f->draft, item->label);
		item->begun = true;
	}
}

/* White space of a page is one blank however much there is, but blanks that do not break are as many as they are. */
static void collapse(GString *text, gsize nbsp)
{
	char *to = text->str;

	for (const char *s = text->str, *end = text->str + text->len; s < end;) {
		guint width = 0;

		if (!g_ascii_isspace(*s) && *s != NBSP) {
			*to++ = *s++;
			continue;
		}
		for (bool plain = false; s < end && (g_ascii_isspace(*s) || *s == NBSP); s++) {
			width += *s == NBSP || !plain;
			plain = *s != NBSP;
		}
		*to++ = nbsp && width >= COLUMN_BLANKS ? '\t' : ' ';
	}
	g_string_truncate(text, (gsize)(to - text->str));
}

/* Blanks of all kinds become plain ones, several that do not break a tab, and what is not seen (soft hyphens, marks
 * of width zero) goes. plain: white space stays as it is. Returns how many blanks that do not break stand at the
 * beginning. */
static guint clean(GString *text, bool plain)
{
	char *to = text->str;
	guint indent = 0;
	gsize nbsp = 0;
	bool begun = false;

	for (const char *s = text->str, *end = text->str + text->len; s < end;) {
		guchar c = (guchar)*s;

		if (c == 0xc2 && s + 1 < end && ((guchar)s[1] == 0xa0 || (guchar)s[1] == 0xad)) {
			if ((guchar)s[1] == 0xa0) {
				indent += !begun;
				*to++ = plain ? ' ' : NBSP;
				nbsp++;
			}
			s += 2;
		} else if (c == 0xe2 && s + 2 < end && (guchar)s[1] == 0x80 && ((guchar)s[2] == 0x8b || (guchar)s[2] == 0xad)) {
			s += 3;
		} else if (c == 0xef && s + 2 < end && (guchar)s[1] == 0xbb && (guchar)s[2] == 0xbf) {
			s += 3;
		} else {
			begun = begun || !g_ascii_isspace(*s);
			*to++ = *s++;
		}
	}
	g_string_truncate(text, (gsize)(to - text->str));
	if (!plain)
		collapse(text, nbsp);
	return indent;
}

/* The bytes of the line behind a <br>, as far as they matter. */
static gsize next_line_bytes(const struct flow *f, const struct place *place)
{
	gsize bytes = 0;

	for (guint32 i = f->break_node + 1; i < place->end && bytes <= WRAP_BYTES; i++) {
		if (html_node_tag(f->tree, i) == HTML_BR || html_is_block(f->tree, i))
			break;
		if (html_node_tag(f->tree, i) == HTML_TEXT)
			bytes += f->tree->nodes[i].stop - f->tree->nodes[i].start;
	}
	return bytes;
}

/* What <br> before a word means: an empty line or long lines are paragraphs. */
static void apply_breaks(struct flow *f, const struct place *place, const char *word, guint indent)
{
	bool apart = f->breaks > 1 || (indent >= INDENT_BLANKS && !g_ascii_islower(*word));

	if (!f->open || f->row || place->kind == BLOCK_HEADING) {
		draft_text(f->draft, " ", 1);
	} else {
		if (place->kind == BLOCK_CAPTION)
			apart = false;
		else if (!apart && !g_ascii_islower(*word) && place->plain != PLAIN_CODE)
			apart = f->line_bytes > WRAP_BYTES || (!place->plain && next_line_bytes(f, place) > WRAP_BYTES);
		if (apart)
			end_block(f);
		else
			draft_line(f->draft);
	}
	f->breaks = 0;
	f->line_bytes = 0;
}

static void remember(struct flow *f, const char *s, gsize len)
{
	while (len && g_ascii_isspace(s[len - 1]))
		len--;
	f->before_len = MIN(len, BEFORE_BYTES);
	memcpy(f->before, s + len - f->before_len, f->before_len);
}

static bool begins_with_dash(const char *s, const char *end)
{
	return end - s > 3 && (!memcmp(s, "\xe2\x80\x94", 3) || !memcmp(s, "\xe2\x80\x93", 3));
}

static void lay(struct flow *f, const struct place *place, const char *s, gsize len, guint indent)
{
	const char *end = s + len, *word = s;

	while (word < end && g_ascii_isspace(*word))
		word++;
	if (word == end) {
		if (f->open)
			draft_text(f->draft, s, (gssize)len);
		return;
	}
	if (f->breaks)
		apply_breaks(f, place, word, indent);
	if (!f->open) {
		begin_block(f, place);
		if (place->kind == BLOCK_CAPTION)	/* "- Name, House" */
			while (end > word && (strchr(" -", *word) || begins_with_dash(word, end)))
				word += strchr(" -", *word) ? 1 : 3;
		s = word;
	}
	draft_text(f->draft, s, end - s);
	f->line_bytes += len;
	remember(f, s, (gsize)(end - s));
}

/* Lines of <pre> are lines; in prose an empty one ends a paragraph. */
static void lay_plain(struct flow *f, const struct place *place)
{
	const char *s = f->text->str, *end = s + f->text->len;

	for (const char *line; s <= end; s = line + 1) {
		line = memchr(s, '\n', (gsize)(end - s));
		if (!line) {
			lay(f, place, s, (gsize)(end - s), 0);
			return;
		}
		lay(f, place, s, (gsize)(line - s), 0);
		f->breaks++;
	}
}

static void flow_text(struct flow *f, guint32 node, const struct place *place)
{
	const struct html_node *n = f->tree->nodes + node;
	guint indent;

	g_string_truncate(f->text, 0);
	if (n->raw)
		g_string_append_len(f->text, f->tree->text + n->start, n->stop - n->start);
	else
		html_unescape(f->tree->text + n->start, n->stop - n->start, f->text);
	indent = clean(f->text, place->plain);
	if (place->kind == BLOCK_HEADING)	/* what is set apart there is its number */
		g_strdelimit(f->text->str, "\t", ' ');
	if (place->plain && !f->row) {
		f->break_node = node;
		lay_plain(f, place);
	} else {
		lay(f, place, f->text->str, f->text->len, indent);
	}
}

/* ---- elements ---- */

/* A block of its own, of this kind, with all that is in it. */
static void flow_block(struct flow *f, guint32 node, struct place place)
{
	place.end = f->tree->nodes[node].end;
	end_block(f);
	flow_children(f, node, &place);
	end_block(f);
}

static void flow_list(struct flow *f, guint32 node, struct place place)
{
	struct html_list list = html_list_of(f->tree, node, f->buffer);

	place.list = &list;
	place.depth++;
	flow_block(f, node, place);
}

static void flow_item(struct flow *f, guint32 node, struct place place)
{
	struct item item = { .level = MAX(place.depth, 1) };
	struct html_list loose = { .style = '-' };

	if (place.notes) {
		flow_block(f, node, place);
		return;
	}
	html_list_label(place.list ? place.list : &loose, f->tree, node, f->buffer, item.label);
	if (place.kind == BLOCK_PARAGRAPH || place.kind == BLOCK_LIST_ITEM) {
		place.kind = BLOCK_LIST_ITEM;
		place.item = &item;
	}
	flow_block(f, node, place);
}

static void flow_quotation(struct flow *f, guint32 node, struct place place)
{
	guint32 caption = place.caption ? 0 : html_quotation_caption(f->tree, f->article, node);

	if (!f->indented || caption || place.caption) {
		place.kind = caption || place.caption || place.kind == BLOCK_PULL_QUOTE ? BLOCK_PULL_QUOTE : BLOCK_QUOTATION;
		place.level = 0;
		place.item = NULL;
		if (caption)
			place.caption = caption;
	}
	flow_block(f, node, place);
}

static void flow_caption(struct flow *f, guint32 node, struct place place)
{
	place.kind = BLOCK_CAPTION;
	place.level = 0;
	place.item = NULL;
	place.caption = 0;
	flow_block(f, node, place);
}

/* Quotations and pictures with what stands below them. */
static void flow_figure(struct flow *f, guint32 node, struct place place)
{
	if (html_holds(f->tree, node, HTML_BLOCKQUOTE)) {
		guint32 caption = html_quotation_caption(f->tree, f->article, node);

		if (caption)
			place.caption = caption;
	} else {
		place.picture = !html_holds(f->tree, node, HTML_TABLE) && !html_holds(f->tree, node, HTML_PRE);
	}
	flow_block(f, node, place);
}

/* What stands below a picture is no speaker; a name alone is not even text. */
static void flow_figcaption(struct flow *f, guint32 node, struct place place)
{
	const struct html_measure *m = f->article->measures + node;

	place.item = NULL;
	if (place.kind != BLOCK_FOOTNOTE)
		place.kind = place.picture && m->bytes < PICTURE_BYTES ? BLOCK_FURNITURE : BLOCK_PARAGRAPH;
	flow_block(f, node, place);
}

static void flow_row(struct flow *f, guint32 node, struct place place)
{
	end_block(f);
	draft_begin(f->draft, BLOCK_TABLE_ROW, 0);
	place.kind = BLOCK_TABLE_ROW;
	place.item = NULL;
	place.end = f->tree->nodes[node].end;
	f->open = f->row = true;
	flow_children(f, node, &place);
	f->row = false;
	end_block(f);
}

static void flow_cell(struct flow *f, guint32 node, const struct place *place)
{
	draft_cell(f->draft);
	f->breaks = 0;
	flow_children(f, node, place);
}

/* A term and its descriptions, each pair a row. */
static void flow_terms(struct flow *f, guint32 node, struct place place)
{
	place.brief = place.kind == BLOCK_PARAGRAPH && html_is_brief(f->tree, f->article, node);
	flow_block(f, node, place);
	if (place.brief && f->row) {
		f->row = false;
		end_block(f);
	}
}

static void flow_term(struct flow *f, guint32 node, struct place place, enum html_tag tag)
{
	if (!place.brief || (!f->row && tag == HTML_DD)) {
		place.brief = false;
		flow_block(f, node, place);
		return;
	}
	if (tag == HTML_DT) {
		f->row = false;
		end_block(f);
		draft_begin(f->draft, BLOCK_TABLE_ROW, 0);
		f->open = f->row = true;
	} else {
		draft_cell(f->draft);
	}
	flow_children(f, node, &place);
}

static void flow_pre(struct flow *f, guint32 node, struct place place)
{
	place.plain = html_holds(f->tree, node, HTML_CODE) || html_words(f->tree, node) ? PLAIN_CODE : PLAIN_PROSE;
	if (place.plain == PLAIN_CODE && place.kind == BLOCK_PARAGRAPH)
		place.kind = BLOCK_CODE;
	flow_block(f, node, place);
}

static void flow_q(struct flow *f, guint32 node, struct place place)
{
	bool outer = place.marks++ % 2 == 0;

	lay(f, &place, outer ? "\xe2\x80\x9c" : "\xe2\x80\x98", 3, 0);
	flow_children(f, node, &place);
	lay(f, &place, outer ? "\xe2\x80\x9d" : "\xe2\x80\x99", 3, 0);
}

static void flow_heading(struct flow *f, guint32 node, struct place place, int level)
{
	const char *value = html_attribute(f->tree, node, "aria-level", f->buffer);

	if (value && g_ascii_isdigit(*value))
		level = CLAMP(*value - '0', 1, 6);
	place.kind = BLOCK_HEADING;
	place.level = level;
	place.item = NULL;
	flow_block(f, node, place);
}

static bool is_role_heading(struct flow *f, guint32 node)
{
	const char *role = html_attribute(f->tree, node, "role", f->buffer);

	return role && !g_ascii_strcasecmp(role, "heading");
}

/* Any other block; its class may say what it is. */
static void flow_container(struct flow *f, guint32 node, struct place place)
{
	const struct html_node *n = f->tree->nodes + node;
	const struct html_measure *m = f->article->measures + node, *page = f->article->measures;
	guint words = n->stop > n->start ? html_words(f->tree, node) : 0;

	if (words & WORD_NOTES && (guint64)m->bytes * 100 < (guint64)page->bytes * NOTES_PERCENT) {
		place.notes = true;
		place.kind = BLOCK_FOOTNOTE;
		place.level = 0;
		place.item = NULL;
	} else if (words & WORD_QUOTE && !place.caption) {
		place.kind = BLOCK_PULL_QUOTE;
		place.level = 0;
		place.item = NULL;
		place.caption = html_quotation_caption(f->tree, f->article, node);
	} else if (words & WORD_TITLE && !f->row) {
		flow_heading(f, node, place, 1);
		return;
	}
	if (n->stop > n->start && !f->row && is_role_heading(f, node))
		flow_heading(f, node, place, 2);
	else if (n->tag == HTML_UL || n->tag == HTML_OL || n->tag == HTML_DIR || n->tag == HTML_MENU)
		flow_list(f, node, place);
	else if (n->tag == HTML_LI)
		flow_item(f, node, place);
	else
		flow_block(f, node, place);
}

static void flow_block_element(struct flow *f, guint32 node, const struct place *place, enum html_tag tag)
{
	switch (tag) {
	case HTML_H1: case HTML_H2: case HTML_H3: case HTML_H4: case HTML_H5: case HTML_H6:
		if (f->row)
			flow_children(f, node, place);
		else
			flow_heading(f, node, *place, 1 + tag - HTML_H1);
		break;
	case HTML_BLOCKQUOTE:
		flow_quotation(f, node, *place);
		break;
	case HTML_FIGURE:
		flow_figure(f, node, *place);
		break;
	case HTML_FIGCAPTION:
		flow_figcaption(f, node, *place);
		break;
	case HTML_TABLE:
		if (!f->row && !html_is_layout(f->tree, f->article, node)) {
			struct place inside = *place;

			inside.kind = BLOCK_TABLE_ROW;
			flow_block(f, node, inside);
		} else {
			flow_block(f, node, *place);
		}
		break;
	case HTML_CAPTION: {
		struct place above = *place;

		above.kind = BLOCK_PARAGRAPH;
		flow_block(f, node, above);
		break;
	}
	case HTML_TR:
		if (!f->row && place->kind == BLOCK_TABLE_ROW)
			flow_row(f, node, *place);
		else
			flow_block(f, node, *place);
		break;
	case HTML_TD: case HTML_TH:
		if (f->row)
			flow_cell(f, node, place);
		else
			flow_block(f, node, *place);
		break;
	case HTML_DL:
		flow_terms(f, node, *place);
		break;
	case HTML_DT: case HTML_DD:
		flow_term(f, node, *place, tag);
		break;
	case HTML_PRE: case HTML_XMP: case HTML_PLAINTEXT:
		flow_pre(f, node, *place);
		break;
	default:
		flow_container(f, node, *place);
	}
}

static void flow_element(struct flow *f, guint32 node, const struct place *place)
{
	enum html_tag tag = html_node_tag(f->tree, node);

	if (f->article->verdicts[node]) {
		if (html_is_block(f->tree, node))
			end_block(f);
	} else if (tag == HTML_BR) {
		f->breaks++;
		f->break_node = node;
		if (f->row || !f->open) {
			f->breaks = 0;
			draft_text(f->draft, " ", f->open ? 1 : 0);
		}
	} else if (node == place->caption) {
		flow_caption(f, node, *place);
	} else if (html_is_block(f->tree, node)) {
		flow_block_element(f, node, place, tag);
	} else if (tag == HTML_Q) {
		flow_q(f, node, *place);
	} else if (!html_is_note_mark(f->tree, f->article, node, f->before, f->before_len)) {
		flow_children(f, node, place);
	}
}

/* As deep as the tree: HTML_DEPTH_MAX. */
static void flow_children(struct flow *f, guint32 node, const struct place *place)
{
	guint32 end = f->tree->nodes[node].end;

	for (guint32 i = node + 1; i < end && !draft_failed(f->draft); i = f->tree->nodes[i].end)
		if (html_node_tag(f->tree, i) != HTML_TEXT)
			flow_element(f, i, place);
		else if (!f->article->verdicts[i])
			flow_text(f, i, place);
}

/* ---- furniture ---- */

static void flush_furniture(struct flow *f, guint *left)
{
	g_strstrip(f->text->str);
	f->text->len = strlen(f->text->str);
	clean(f->text, false);
	if (*left && f->text->len && f->text->len <= FURNITURE_BYTES) {
		draft_begin(f->draft, BLOCK_FURNITURE, 0);
		draft_text(f->draft, f->text->str, (gssize)f->text->len);
		draft_end(f->draft);
		--*left;
	}
	g_string_truncate(f->text, 0);
}

/* The short lines of the page's heads and feet. */
static void flow_furniture(struct flow *f)
{
	const struct html_tree *tree = f->tree;
	guint32 end = 0;
	guint left = FURNITURE_BLOCKS;

	g_string_truncate(f->text, 0);
	for (guint32 i = 1; i < tree->n && left; i++) {
		if (f->article->verdicts[i] == HTML_FURNITURE)
			end = MAX(end, tree->nodes[i].end);
		if (i >= end || html_is_block(tree, i))
			flush_furniture(f, &left);
		if (i >= end || html_node_tag(tree, i) == HTML_NAV || f->article->verdicts[i] == HTML_DROPPED)
			i = f->article->verdicts[i] || i < end ? tree->nodes[i].end - 1 : i;
		else if (html_node_tag(tree, i) == HTML_TEXT && f->text->len <= FURNITURE_BYTES)
			html_unescape(tree->text + tree->nodes[i].start, tree->nodes[i].stop - tree->nodes[i].start, f->text);
	}
	flush_furniture(f, &left);
}

/* ---- the whole ---- */

/* Are most of the page's words in quotations? Then these only indent. */
static bool is_indented(const struct html_tree *tree, const struct html_article *article)
{
	guint64 quoted = 0;

	for (guint32 i = 1; i < tree->n; i++)
		if (html_node_tag(tree, i) == HTML_BLOCKQUOTE && !article->verdicts[i]) {
			quoted += article->measures[i].bytes;
			i = tree->nodes[i].end - 1;
		}
	return quoted * 100 > (guint64)article->measures[0].bytes * LAYOUT_PERCENT;
}

void html_flow(const struct html_tree *tree, const struct html_article *article, struct draft *draft)
{
	struct flow f = { .tree = tree, .article = article, .draft = draft };
	struct place place = { .kind = BLOCK_PARAGRAPH, .end = tree->n };

	f.text = g_string_new(NULL);
	f.buffer = g_string_new(NULL);
	f.indented = is_indented(tree, article);
	if (article->title)
		flow_heading(&f, article->title, place, 1);
	flow_children(&f, 0, &place);
	end_block(&f);
	flow_furniture(&f);
	g_string_free(f.text, TRUE);
	g_string_free(f.buffer, TRUE);
}
