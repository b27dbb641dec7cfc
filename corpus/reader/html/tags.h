/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tags.h - the elements of HTML that we tell apart, and how each behaves.
 */
#ifndef CORPUS_READER_HTML_TAGS_H
#define CORPUS_READER_HTML_TAGS_H

#include <glib.h>

/* In the byte order of their names. */
#define HTML_TAGS(X) \
	X(A, "a", 0) X(ADDRESS, "address", TAG_BLOCK) X(AREA, "area", TAG_VOID) X(ARTICLE, "article", TAG_BLOCK) \
	X(ASIDE, "aside", TAG_BLOCK) X(AUDIO, "audio", TAG_DROP) X(B, "b", 0) X(BASE, "base", TAG_VOID | TAG_HEAD) \
	X(BLOCKQUOTE, "blockquote", TAG_BLOCK) X(BODY, "body", TAG_BLOCK) X(BR, "br", TAG_VOID) \
	X(BUTTON, "button", TAG_DROP) X(CANVAS, "canvas", TAG_DROP) X(CAPTION, "caption", TAG_BLOCK | TAG_SCOPE) \
	X(CENTER, "center", TAG_BLOCK) X(CITE, "cite", 0) X(CODE, "code", 0) X(COL, "col", TAG_VOID) \
	X(COLGROUP, "colgroup", TAG_DROP) X(DATALIST, "datalist", TAG_DROP) X(DD, "dd", TAG_BLOCK) X(DEL, "del", TAG_DROP) \
	X(DETAILS, "details", TAG_BLOCK) X(DIALOG, "dialog", TAG_BLOCK | TAG_DROP) X(DIR, "dir", TAG_BLOCK) \
	X(DIV, "div", TAG_BLOCK) X(DL, "dl", TAG_BLOCK) X(DT, "dt", TAG_BLOCK) X(EM, "em", 0) X(EMBED, "embed", TAG_VOID) \
	X(FIELDSET, "fieldset", TAG_BLOCK) X(FIGCAPTION, "figcaption", TAG_BLOCK) X(FIGURE, "figure", TAG_BLOCK) \
	X(FOOTER, "footer", TAG_BLOCK) X(FORM, "form", TAG_BLOCK) X(FRAME, "frame", TAG_VOID) \
	X(FRAMESET, "frameset", TAG_BLOCK) X(H1, "h1", TAG_BLOCK | TAG_HEADING) X(H2, "h2", TAG_BLOCK | TAG_HEADING) \
	X(H3, "h3", TAG_BLOCK | TAG_HEADING) X(H4, "h4", TAG_BLOCK | TAG_HEADING) X(H5, "h5", TAG_BLOCK | TAG_HEADING) \
	X(H6, "h6", TAG_BLOCK | TAG_HEADING) X(HEAD, "head", TAG_DROP) X(HEADER, "header", TAG_BLOCK) \
	X(HGROUP, "hgroup", TAG_BLOCK) X(HR, "hr", TAG_BLOCK | TAG_VOID) X(HTML, "html", TAG_BLOCK | TAG_SCOPE) X(I, "i", 0) \
	X(IFRAME, "iframe", TAG_RAW | TAG_DROP) X(IMG, "img", TAG_VOID) X(INPUT, "input", TAG_VOID) X(INS, "ins", 0) \
	X(LEGEND, "legend", TAG_BLOCK) X(LI, "li", TAG_BLOCK) X(LINK, "link", TAG_VOID | TAG_HEAD) X(MAIN, "main", TAG_BLOCK) \
	X(MENU, "menu", TAG_BLOCK) X(META, "meta", TAG_VOID | TAG_HEAD) X(NAV, "nav", TAG_BLOCK) \
	X(NOFRAMES, "noframes", TAG_BLOCK) X(NOSCRIPT, "noscript", TAG_BLOCK | TAG_DROP | TAG_HEAD) \
	X(OBJECT, "object", TAG_SCOPE | TAG_DROP) X(OL, "ol", TAG_BLOCK) X(OPTION, "option", TAG_DROP) X(P, "p", TAG_BLOCK) \
	X(PARAM, "param", TAG_VOID) X(PICTURE, "picture", 0) X(PLAINTEXT, "plaintext", TAG_BLOCK) X(PRE, "pre", TAG_BLOCK) \
	X(Q, "q", 0) X(RP, "rp", TAG_DROP) X(RT, "rt", TAG_DROP) X(RTC, "rtc", TAG_DROP) X(RUBY, "ruby", 0) \
	X(SCRIPT, "script", TAG_RAW | TAG_DROP | TAG_HEAD) X(SEARCH, "search", TAG_BLOCK) X(SECTION, "section", TAG_BLOCK) \
	X(SELECT, "select", TAG_DROP) X(SOURCE, "source", TAG_VOID) X(SPAN, "span", 0) \
	X(STYLE, "style", TAG_RAW | TAG_DROP | TAG_HEAD) X(SUB, "sub", 0) X(SUMMARY, "summary", TAG_BLOCK) X(SUP, "sup", 0) \
	X(SVG, "svg", TAG_DROP) X(TABLE, "table", TAG_BLOCK | TAG_SCOPE) X(TBODY, "tbody", TAG_BLOCK) \
	X(TD, "td", TAG_BLOCK | TAG_SCOPE) X(TEMPLATE, "template", TAG_SCOPE | TAG_DROP) \
	X(TEXTAREA, "textarea", TAG_RAW | TAG_DROP) X(TFOOT, "tfoot", TAG_BLOCK) X(TH, "th", TAG_BLOCK | TAG_SCOPE) \
	X(THEAD, "thead", TAG_BLOCK) X(TIME, "time", 0) X(TITLE, "title", TAG_RAW | TAG_DROP | TAG_HEAD) \
	X(TR, "tr", TAG_BLOCK) X(TRACK, "track", TAG_VOID) X(UL, "ul", TAG_BLOCK) X(VIDEO, "video", TAG_DROP) \
	X(WBR, "wbr", TAG_VOID) X(XMP, "xmp", TAG_RAW | TAG_BLOCK)

enum html_tag {
#define X(tag, name, flags) HTML_##tag,
	HTML_TEXT, HTML_TAGS(X) HTML_OTHER,	/* unknown elements are inline and otherwise nothing */
#undef X
	N_HTML_TAGS
};

enum {
	TAG_BLOCK = 1,		/* its text is apart from what surrounds it */
	TAG_VOID = 2,		/* has no content and no end tag */
	TAG_RAW = 4,		/* its content is text up to its end tag */
	TAG_HEAD = 8,		/* may stand in the head */
	TAG_DROP = 16,		/* never holds text to read */
	TAG_SCOPE = 32,		/* end tags inside do not close what is outside */
	TAG_HEADING = 64,
};

/* len bytes in any case. */
enum html_tag html_tag(const char *name, gsize len);
guint html_tag_flags(enum html_tag tag);

#endif
