/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * shapes.c - looks at an element and what is in it.
 */
#include "corpus/reader/html/shapes.h"

#include <string.h>

#include "corpus/reader/numerals.h"

#define CELL_BYTES 350u		/* a longer cell of a table without heads is running text */
#define BRIEF_BYTES 120u
#define CAPTION_BYTES 250u
#define MARK_BYTES 12u
#define STYLE_BYTES 300

bool html_holds(const struct html_tree *tree, guint32 node, enum html_tag tag)
{
	for (guint32 i = node + 1; i < tree->nodes[node].end; i++)
		if (html_node_tag(tree, i) == tag)
			return true;
	return false;
}

/* ---- tables ---- */

struct cells {
	guint filled, most, headed;	/* of the row; the most of a row; heads */
	bool nested, titled;
	guint32 longest;
};

static struct cells look_at_cells(const struct html_tree *tree, const struct html_article *article, guint32 table)
{
	struct cells cells = { 0 };

	for (guint32 i = table + 1; i < tree->nodes[table].end; i++) {
		enum html_tag tag = html_node_tag(tree, i);

		cells.nested |= tag == HTML_TABLE;
		cells.titled |= (html_tag_flags(tag) & TAG_HEADING) != 0;
		if (tag == HTML_TR)
			cells.filled = 0;
		if (tag == HTML_TH || tag == HTML_THEAD || tag == HTML_CAPTION)
			cells.headed++;
		if (tag != HTML_TD && tag != HTML_TH)
			continue;
		cells.filled += article->measures[i].bytes > 0;
		cells.most = MAX(cells.most, cells.filled);
		cells.longest = MAX(cells.longest, article->measures[i].bytes);
	}
	return cells;
}

bool html_is_layout(const struct html_tree *tree, const struct html_article *article, guint32 table)
{
	struct cells cells = look_at_cells(tree, article, table);

	if (html_words(tree, table) & WORD_LAYOUT || cells.nested || cells.titled || cells.most < 2)
		return true;
	return cells.longest > (cells.headed ? 3 * CELL_BYTES : CELL_BYTES);
}

bool html_is_brief(const struct html_tree *tree, const struct html_article *article, guint32 dl)
{
	for (guint32 i = dl + 1; i < tree->nodes[dl].end; i++) {
		enum html_tag tag = html_node_tag(tree, i);

		if (((tag == HTML_DD || tag == HTML_DT) && article->measures[i].bytes > BRIEF_BYTES) ||
		    (html_tag_flags(tag) & TAG_HEADING) || tag == HTML_UL || tag == HTML_OL || tag == HTML_TABLE || tag == HTML_DL)
			return false;
	}
	return true;
}

/* ---- quotations ---- */

/* The first text in [from, to), or the last; `to` where there is none. */
static guint32 find_text(const struct html_tree *tree, const struct html_article *article, guint32 from, guint32 to, bool last)
{
	for (guint32 n = 0; n < to - from; n++) {
		guint32 i = last ? to - 1 - n : from + n;

		if (html_node_tag(tree, i) == HTML_TEXT && article->measures[i].bytes)
			return i;
	}
	return to;
}

guint32 html_quotation_caption(const struct html_tree *tree, const struct html_article *article, guint32 quotation)
{
	guint32 end = tree->nodes[quotation].end, first = find_text(tree, article, quotation + 1, end, false), caption = 0;

	for (guint32 i = find_text(tree, article, quotation + 1, end, true); i < end && i > quotation; i = tree->nodes[i].parent) {
		enum html_tag tag = html_node_tag(tree, i);

		if ((tag == HTML_FOOTER || tag == HTML_CITE || tag == HTML_FIGCAPTION) && first < i &&
		    article->measures[i].bytes <= CAPTION_BYTES)
			caption = i;
	}
	return caption;
}

/* ---- notes ---- */

/* "[12]", "*", "iv": what a mark looks like. */
static bool looks_like_mark(const char *s)
{
	gsize len = strlen(s);

	if (!len || len > MARK_BYTES)
		return false;
	for (const char *p = s; *p; p++)
		if (!g_ascii_isdigit(*p) && !strchr("[](){},*^#ivx-", *p) && (guchar)*p < 0x80 && !(len <= 3 && g_ascii_isalpha(*p)))
			return false;
	return true;
}

static bool leads_inside(const struct html_tree *tree, guint32 node, GString *buffer)
{
	for (guint32 i = node; i < tree->nodes[node].end; i++)
		if (html_node_tag(tree, i) == HTML_A) {
			const char *href = html_attribute(tree, i, "href", buffer);

			return href && strchr(href, '#') && (*href == '#' || !strchr(href, '?'));
		}
	return false;
}

static bool is_number(const char *s)
{
	gsize digits = strspn(s, "0123456789");

	return digits && digits <= 3 && !s[digits];
}

/* A raised number without a link: behind a stop or a word of some length it is a mark ("m2" is none). */
static bool is_raised_mark(const char *mark, const char *before, gsize len)
{
	gsize letters = 0;

	if (!is_number(mark) || !len)
		return false;
	while (letters < len && (g_ascii_isalpha(before[len - 1 - letters]) || (guchar)before[len - 1 - letters] >= 0x80))
		letters++;
	return letters >= 5 || strchr(".,;:!?)\"'", before[len - 1]);
}

bool html_is_note_mark(const struct html_tree *tree, const struct html_article *article, guint32 node, const char *before, gsize len)
{
	enum html_tag tag = html_node_tag(tree, node);
	guint32 bytes = article->measures[node].bytes;
	g_autoptr(GString) text = NULL, buffer = NULL;
	guint words;

	if ((tag != HTML_A && tag != HTML_SUP && tag != HTML_SPAN) || bytes > 4 * MARK_BYTES || !bytes)
		return false;
	words = html_words(tree, node);
	if (tag == HTML_SPAN)
		return words & (WORD_NOTE_MARK | WORD_NOTE_BACK) && bytes <= MARK_BYTES;
	text = g_string_new(NULL);
	html_text(tree, node, text);
	g_strstrip(text->str);
	if (words & (WORD_NOTE_MARK | WORD_NOTE_BACK) && !(words & WORD_NOTE_MARK && strlen(text->str) > 2 * MARK_BYTES))
		return true;
	if (!looks_like_mark(text->str))
		return false;
	buffer = g_string_new(NULL);
	if (tag == HTML_A)
		return leads_inside(tree, node, buffer) && (html_holds(tree, node, HTML_SUP) || *text->str == '[' || !strcmp(text->str, "^"));
	return leads_inside(tree, node, buffer) || (!html_holds(tree, node, HTML_A) && is_raised_mark(text->str, before, len));
}

/* ---- lists ---- */

static char style_of(const char *style, char otherwise)
{
	static const struct { const char *name; char style; } styles[] = {
		{ "lower-alpha", 'a' }, { "lower-latin", 'a' }, { "upper-alpha", 'A' }, { "upper-latin", 'A' },
		{ "lower-roman", 'i' }, { "upper-roman", 'I' }, { "decimal", '1' },
	};
	g_autofree char *plain = g_strndup(style, STYLE_BYTES), *lower = g_ascii_strdown(plain, -1);

	for (guint i = 0; i < G_N_ELEMENTS(styles); i++)
		if (strstr(lower, "list-style") && strstr(lower, styles[i].name))
			return styles[i].style;
	return otherwise;
}

struct html_list html_list_of(const struct html_tree *tree, guint32 node, GString *buffer)
{
	struct html_list list = { .ordered = html_node_tag(tree, node) == HTML_OL, .style = '-', .next = 1, .step = 1 };
	const char *value;

	if (!list.ordered)
		return list;
	value = html_attribute(tree, node, "type", buffer);
	list.style = value && *value && strchr("1aAiI", *value) && !value[1] ? *value : '1';
	value = html_attribute(tree, node, "style", buffer);
	if (value)
		list.style = style_of(value, list.style);
	value = html_attribute(tree, node, "start", buffer);
	if (value && (g_ascii_isdigit(*value) || *value == '-'))
		list.next = CLAMP(g_ascii_strtoll(value, NULL, 10), -1000000, 1000000);
	value = html_attribute(tree, node, "reversed", buffer);
	if (value) {
		guint32 items = 0;

		for (guint32 i = node + 1; i < tree->nodes[node].end; i = tree->nodes[i].end)
			items += html_node_tag(tree, i) == HTML_LI;
		list.next = html_attribute(tree, node, "start", buffer) ? list.next : items;
		list.step = -1;
	}
	return list;
}

void html_list_label(struct html_list *list, const struct html_tree *tree, guint32 item, GString *buffer, char label[32])
{
	const char *value = list->ordered ? html_attribute(tree, item, "value", buffer) : NULL;

	if (!list->ordered) {
		g_strlcpy(label, "-", 32);
		return;
	}
	if (value && (g_ascii_isdigit(*value) || *value == '-'))
		list->next = CLAMP(g_ascii_strtoll(value, NULL, 10), -1000000, 1000000);
	numeral(list->next, list->style, label, 30);
	strcat(label, ".");
	list->next += list->step;
}
