/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * words.c - what authors of pages, and the programs that make them, say of an
 * element in its class, id and role.
 */
#include <string.h>

#include "corpus/reader/html/article.h"

#define VALUE_BYTES 400		/* of a class; more are utilities of a stylesheet */
#define WORD_BYTES 24

/* One word of a class or id, or two with "-" between them; in byte order. */
static const struct word {
	const char *word;
	guint group;
} words[] = {
	{ "ads", WORD_SIDE }, { "advert", WORD_SIDE }, { "advertisement", WORD_SIDE },
	{ "breadcrumb", WORD_NAV }, { "breadcrumbs", WORD_NAV }, { "catlinks", WORD_NEVER }, { "cite-backlink", WORD_NOTE_BACK },
	{ "colophon", WORD_FOOT }, { "comment-list", WORD_COMMENTS }, { "comments", WORD_COMMENTS }, { "consent", WORD_COOKIE },
	{ "cookie", WORD_COOKIE }, { "cookies", WORD_COOKIE }, { "disqus", WORD_COMMENTS }, { "editsection", WORD_NEVER },
	{ "endnotes", WORD_NOTES }, { "footer", WORD_FOOT }, { "footnote", WORD_NOTES }, { "footnote-back", WORD_NOTE_BACK },
	{ "footnote-backlink", WORD_NOTE_BACK }, { "footnote-ref", WORD_NOTE_MARK }, { "footnotes", WORD_NOTES },
	{ "gdpr", WORD_COOKIE }, { "header", WORD_HEAD }, { "jump-link", WORD_NEVER }, { "login", WORD_LETTER },
	{ "masthead", WORD_HEAD }, { "menu", WORD_NAV }, { "menubar", WORD_NAV }, { "nav", WORD_NAV }, { "navbar", WORD_NAV },
	{ "navbox", WORD_NEVER }, { "navigation", WORD_NAV }, { "newsletter", WORD_LETTER }, { "noprint", WORD_NAV },
	{ "pager", WORD_NAV }, { "pagination", WORD_NAV }, { "printfooter", WORD_NEVER }, { "promo", WORD_SIDE },
	{ "pull-quote", WORD_QUOTE }, { "pullquote", WORD_QUOTE }, { "recommended", WORD_SIDE }, { "reference", WORD_NOTE_MARK },
	{ "related", WORD_SIDE }, { "respond", WORD_COMMENTS }, { "screen-reader", WORD_SKIP }, { "share", WORD_SHARE },
	{ "sharedaddy", WORD_SHARE }, { "sharethis", WORD_SHARE }, { "sharing", WORD_SHARE }, { "sidebar", WORD_SIDE },
	{ "sidenav", WORD_NAV }, { "skip", WORD_SKIP }, { "skip-link", WORD_SKIP }, { "sr-only", WORD_SKIP },
	{ "social", WORD_SHARE }, { "subscribe", WORD_LETTER }, { "toc", WORD_NAV }, { "topbar", WORD_NAV },
	{ "visually-hidden", WORD_SKIP }, { "widget", WORD_SIDE }, { "widgets", WORD_SIDE },
};

static const struct word roles[] = {
	{ "alertdialog", WORD_NEVER }, { "banner", WORD_HEAD }, { "complementary", WORD_SIDE }, { "contentinfo", WORD_FOOT },
	{ "dialog", WORD_COOKIE }, { "directory", WORD_NAV }, { "doc-backlink", WORD_NOTE_BACK }, { "doc-endnote", WORD_NOTES },
	{ "doc-endnotes", WORD_NOTES }, { "doc-footnote", WORD_NOTES }, { "doc-noteref", WORD_NOTE_MARK },
	{ "doc-pagebreak", WORD_NEVER }, { "doc-pullquote", WORD_QUOTE }, { "doc-toc", WORD_NAV }, { "main", WORD_MAIN },
	{ "menu", WORD_NAV }, { "menubar", WORD_NAV }, { "navigation", WORD_NAV }, { "none", WORD_LAYOUT },
	{ "presentation", WORD_LAYOUT }, { "search", WORD_NAV }, { "tabpanel", WORD_TAB }, { "toolbar", WORD_NEVER },
	{ "tooltip", WORD_NEVER },
};

/* Names of programs that make pages, as a whole value or its beginning: Word, LibreOffice, MediaWiki, pandoc. */
static const struct word wholes[] = {
	{ "_ftn", WORD_NOTE_MARK }, { "MsoEndnoteReference", WORD_NOTE_MARK }, { "MsoEndnoteText", WORD_NOTES },
	{ "MsoFootnoteReference", WORD_NOTE_MARK }, { "MsoFootnoteText", WORD_NOTES }, { "MsoTitle", WORD_TITLE },
	{ "cite_note", WORD_NOTES }, { "fnref", WORD_NOTE_MARK }, { "sdendnoteanc", WORD_NOTE_MARK },
	{ "sdendnotesym", WORD_NOTE_BACK }, { "sdfootnoteanc", WORD_NOTE_MARK }, { "sdfootnotesym", WORD_NOTE_BACK },
	{ "sdendnote", WORD_NOTES }, { "sdfootnote", WORD_NOTES },
};

static guint find(const struct word *list, gsize n, const char *word)
{
	gsize low = 0, high = n;

	while (low < high) {
		gsize middle = (low + high) / 2;
		int order = strcmp(word, list[middle].word);

		if (!order)
			return list[middle].group;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}

/* The words of one value: parted by blanks, "-" and "_"; and each pair of neighbours of one name. */
static guint find_words(const char *s, gsize len)
{
	char pair[2 * WORD_BYTES + 2];
	gsize first = 0, used = 0;	/* where the last word begins in `pair`, and where it ends */
	guint groups = 0;

	for (gsize i = 0; i <= len; i++) {
		char c = i < len ? s[i] : ' ';

		if (g_ascii_isalnum(c)) {
			if (used - first < WORD_BYTES)
				pair[used++] = g_ascii_tolower(c);
			continue;
		}
		pair[used] = 0;
		groups |= find(words, G_N_ELEMENTS(words), pair + first);
		if (first)
			groups |= find(words, G_N_ELEMENTS(words), pair);
		if (c != '-' && c != '_') {
			first = used = 0;
			continue;
		}
		memmove(pair, pair + first, used - first);	/* the next word stands behind this one */
		used -= first;
		if (used)
			pair[used++] = '-';
		first = used;
	}
	return groups;
}

static guint find_wholes(const char *s, gsize len)
{
	for (guint i = 0; i < G_N_ELEMENTS(wholes); i++) {
		gsize n = strlen(wholes[i].word);

		if (len >= n && !memcmp(s, wholes[i].word, n) && (len == n || !g_ascii_islower(s[n])))
			return wholes[i].group;
	}
	return 0;
}

static bool is_named(struct html_slice name, const char *what)
{
	return name.len == strlen(what) && !g_ascii_strncasecmp(name.s, what, name.len);
}

guint html_words(const struct html_tree *tree, guint32 node)
{
	struct html_slice name, value;
	guint32 at = tree->nodes[node].start;
	guint groups = 0;

	while (html_attribute_next(tree, node, &at, &name, &value)) {
		value.len = MIN(value.len, VALUE_BYTES);
		if (is_named(name, "class") || is_named(name, "id")) {
			groups |= find_words(value.s, value.len) | find_wholes(value.s, value.len);
		} else if (is_named(name, "role") || is_named(name, "epub:type")) {
			char role[WORD_BYTES + 8];

			g_snprintf(role, sizeof role, "%s%.*s", is_named(name, "role") ? "" : "doc-", (int)MIN(value.len, WORD_BYTES), value.s);
			groups |= find(roles, G_N_ELEMENTS(roles), role);
		}
	}
	return groups;
}
