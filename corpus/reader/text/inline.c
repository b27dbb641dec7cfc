/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * inline.c - tells words from inline markup.
 *
 * One walk notes every stretch that is or may be markup, in order; emphasis
 * marks count only once they find their partner:
 *
 *   a **bold** word  -->  [a ]**[bold]**[ word]
 *   5 * 3 * 2        -->  [5 * 3 * 2]
 *
 * No search is repeated after it failed, so that no input takes more than
 * linear time.
 */
#include "corpus/reader/text/inline.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/reader/line.h"

#define CODE_MARK_MAX 16	/* longer runs of ` are text */
#define TAG_MAX_BYTES 1024
#define NOTE_MAX_BYTES 24

struct mark {
	guint32 start, end;
	guint32 left, right;	/* bytes at its two ends that are markup */
	int below;		/* the next older open mark of the same character, -1 for none */
};

struct scan {
	const char *text;
	const char *end;	/* of the raw range that is walked */
	GArray *marks;		/* struct mark */
	int open[4];		/* the newest open mark of * _ ~ [, -1 for none */
	guint code_fails;	/* bit n: no run of n ` closes in this range */
	bool comment_fails;
};

static struct mark *mark_at(struct scan *scan, int i)
{
	return &g_array_index(scan->marks, struct mark, i);
}

static int mark_add(struct scan *scan, const char *s, const char *e, bool markup)
{
	struct mark mark = { (guint32)(s - scan->text), (guint32)(e - scan->text), 0, 0, -1 };

	if (markup)
		mark.left = mark.end - mark.start;
	g_array_append_val(scan->marks, mark);
	return (int)scan->marks->len - 1;
}

static void mark_open(struct scan *scan, int i, int kind)
{
	mark_at(scan, i)->below = scan->open[kind];
	scan->open[kind] = i;
}

static bool is_word_byte(const char *s)
{
	return g_ascii_isalnum(*s) || (guchar)*s >= 0x80;
}

/* Closes open marks with this one as far as both reach. */
static void emphasis_close(struct scan *scan, int closer, int kind)
{
	struct mark *mark = mark_at(scan, closer);

	while (scan->open[kind] >= 0 && mark->left < mark->end - mark->start) {
		struct mark *open = mark_at(scan, scan->open[kind]);
		guint32 have = open->end - open->start - open->left - open->right;
		guint32 want = mark->end - mark->start - mark->left;
		guint32 n = MIN(have, want);

		open->right += n;
		mark->left += n;
		if (n == have)
			scan->open[kind] = open->below;
	}
}

static const char *emphasis(struct scan *scan, const char *s, const char *begin)
{
	const char *e = s;
	int kind = *s == '*' ? 0 : *s == '_' ? 1 : 2, i;
	bool word_before, word_after, can_open, can_close;

	while (e < scan->end && *e == *s)
		e++;
	if (kind == 2 && e - s != 2)
		return e;
	can_close = s > begin && !g_ascii_isspace(s[-1]);
	can_open = e < scan->end && !g_ascii_isspace(*e);
	word_before = s > begin && is_word_byte(s - 1);
	word_after = e < scan->end && is_word_byte(e);
	if (word_before && word_after && (kind == 1 || e - s == 1)) {
		can_open = false;
		can_close = can_close && kind == 0 && !g_ascii_isdigit(*e);
	}
	if (!can_open && !can_close)
		return e;
	i = mark_add(scan, s, e, false);
	if (can_close)
		emphasis_close(scan, i, kind);
	if (can_open && !mark_at(scan, i)->left)
		mark_open(scan, i, kind);
	return e;
}

static const char *code(struct scan *scan, const char *s)
{
	const char *e = s, *p;
	guint n;

	while (e < scan->end && *e == '`')
		e++;
	n = (guint)(e - s);
	if (n > CODE_MARK_MAX || scan->code_fails & 1u << n)
		return e;
	for (p = e; p < scan->end;) {
		const char *q = memchr(p, '`', (gsize)(scan->end - p));

		if (!q)
			break;
		for (p = q; p < scan->end && *p == '`'; p++)
			;
		if ((guint)(p - q) == n) {
			mark_add(scan, s, e, true);
			mark_add(scan, q, p, true);
			return p;
		}
	}
	scan->code_fails |= 1u << n;
	return e;
}

/* Behind the ")" of "(address "title")" at s, or NULL. */
static const char *address_end(const char *s, const char *end)
{
	guint depth = 0;
	char quote = 0;

	for (const char *p = s; p < end; p++) {
		if (*p == '[' || *p == ']' || *p == '\n' || *p == '\r')
			return NULL;
		if (quote) {
			quote = *p == quote ? 0 : quote;
		} else if (*p == ' ' || *p == '\t') {
			const char *next = space_skip(p, end);

			if (next < end && (*next == '"' || *next == '\''))
				quote = *next;
			else if (next >= end || *next != ')')
				return NULL;
			p = quote ? next : next - 1;
		} else if (*p == '(') {
			depth++;
		} else if (*p == ')' && !--depth) {
			return p + 1;
		}
	}
	return NULL;
}

static const char *bracket_open(struct scan *scan, const char *s, const char *begin)
{
	if (scan->end - s > 3 && s[1] == '^') {
		const char *limit = s + MIN(scan->end - s, NOTE_MAX_BYTES);

		for (const char *p = s + 2; p < limit && !g_ascii_isspace(*p); p++) {
			if (*p == ']') {
				mark_add(scan, s, p + 1, true);
				return p + 1;
			}
		}
	}
	if (s > begin && s[-1] == '!')
		s--;
	mark_open(scan, mark_add(scan, s, s + 1 + (*s == '!'), false), 3);
	return s + 1 + (*s == '!');
}

static const char *bracket_close(struct scan *scan, const char *s)
{
	int i = scan->open[3];
	struct mark *open;
	const char *e;

	if (i < 0)
		return s + 1;
	open = mark_at(scan, i);
	scan->open[3] = open->below;
	if (s + 1 >= scan->end || s[1] != '(' || !(e = address_end(s + 1, scan->end)))
		return s + 1;
	open->left = open->end - open->start;
	if (scan->text[open->start] == '!') {	/* an image goes, what it is called too */
		open->end = (guint32)(e - scan->text);
		open->left = open->end - open->start;
	}
	mark_add(scan, s, e, true);
	return e;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}

static bool is_tag_name(const char *s, gsize len)
{
	static const char *const names[] = {
		"a", "b", "big", "blockquote", "body", "br", "caption", "center", "cite", "code", "col",
		"colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure",
		"font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i",
		"iframe", "img", "ins", "kbd", "li", "main", "mark", "meta", "nav", "ol", "p", "pre",
		"q", "s", "section", "small", "span", "strike", "strong", "style", "sub", "summary",
		"sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "video",
	};
	char name[16];

	if (!len || len >= sizeof name)
		return false;
	for (gsize i = 0; i < len; i++)
		name[i] = g_ascii_tolower(s[i]);
	name[len] = 0;
	return bsearch(name, names, G_N_ELEMENTS(names), sizeof *names, compare_names);
}

static const char *comment(struct scan *scan, const char *s)
{
	const char *e = scan->comment_fails ? NULL : g_strstr_len(s, scan->end - s, "-->");

	if (!e) {
		scan->comment_fails = true;
		return s + 1;
	}
	mark_add(scan, s, e + 3, true);
	return e + 3;
}

static const char *angle(struct scan *scan, const char *s)
{
	const char *limit = s + MIN(scan->end - s, TAG_MAX_BYTES), *e, *name, *p;
	bool address = false;

	if (scan->end - s >= 4 && !memcmp(s, "<!--", 4))
		return comment(scan, s);
	for (e = s + 1; e < limit && *e != '>'; e++) {
		if (*e == '<')
			return s + 1;
		address |= *e == ':' || *e == '@';
	}
	if (e >= limit)
		return s + 1;
	name = s + 1 + (s[1] == '/');
	for (p = name; p < e && g_ascii_isalnum(*p); p++)
		;
	if (is_tag_name(name, (gsize)(p - name)) && (p == e || *p == '/' || g_ascii_isspace(*p))) {
		mark_add(scan, s, e + 1, true);
		return e + 1;
	}
	for (p = s + 1; p < e && !g_ascii_isspace(*p); p++)
		;
	if (address && p == e) {
		mark_add(scan, s, s + 1, true);
		mark_add(scan, e, e + 1, true);
		return e + 1;
	}
	return s + 1;
}

static const char *escape(struct scan *scan, const char *s)
{
	if (s + 1 >= scan->end || (!g_ascii_ispunct(s[1]) && s[1] != '\n' && s[1] != '\r'))
		return s + 1;
	mark_add(scan, s, s + 1, true);
	return s + 2;
}

static void scan_range(struct scan *scan, struct range raw)
{
	const char *begin = scan->text + raw.start, *s = begin;

	scan->end = scan->text + raw.end;
	scan->code_fails = 0;
	scan->comment_fails = false;
	while (s < scan->end) {
		switch (*s) {
		case '*':
		case '_':
		case '~':
			s = emphasis(scan, s, begin);
			break;
		case '`':
			s = code(scan, s);
			break;
		case '[':
			s = bracket_open(scan, s, begin);
			break;
		case ']':
			s = bracket_close(scan, s);
			break;
		case '<':
			s = angle(scan, s);
			break;
		case '\\':
			s = escape(scan, s);
			break;
		default:
			s++;
		}
	}
}

static void piece_add(GArray *out, guint32 start, guint32 end)
{
	struct range piece = { start, end };

	if (end > start)
		g_array_append_val(out, piece);
}

/* The pieces of raw between the marks; *i is the first mark not yet used. */
static void range_cut(struct scan *scan, struct range raw, guint *i, GArray *out)
{
	guint32 at = raw.start;

	for (; *i < scan->marks->len; ++*i) {
		const struct mark *mark = mark_at(scan, (int)*i);

		if (mark->start >= raw.end)
			break;
		if (mark->left && mark->start + mark->left > at) {
			piece_add(out, at, MIN(mark->start, raw.end));
			at = mark->start + mark->left;
		}
		if (mark->right && mark->end > at) {
			piece_add(out, at, MAX(mark->end - mark->right, at));
			at = mark->end;
		}
	}
	piece_add(out, at, raw.end);
}

/* Leaves out white space at both ends of the whole. */
static void pieces_strip(const char *text, GArray *out, guint from)
{
	guint first;

	while (out->len > from) {
		struct range *last = &g_array_index(out, struct range, out->len - 1);

		last->end = space_strip(text, last->start, last->end).end;
		if (last->start < last->end)
			break;
		g_array_set_size(out, out->len - 1);
	}
	for (first = from; first < out->len; first++) {
		struct range *piece = &g_array_index(out, struct range, first);
		struct range kept = space_strip(text, piece->start, piece->end);

		piece->start = kept.start;
		if (kept.start < kept.end)
			break;
	}
	if (first > from)
		g_array_remove_range(out, from, first - from);
}

void inline_ranges(const char *text, const struct range *raw, guint n, GArray *out)
{
	struct scan scan = { .text = text, .open = { -1, -1, -1, -1 } };
	guint mark = 0, from = out->len;

	scan.marks = g_array_new(FALSE, FALSE, sizeof(struct mark));
	for (guint i = 0; i < n; i++)
		scan_range(&scan, raw[i]);
	for (guint i = 0; i < n; i++)
		range_cut(&scan, raw[i], &mark, out);
	g_array_free(scan.marks, TRUE);
	pieces_strip(text, out, from);
}
