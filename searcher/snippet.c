/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * snippet.c - chooses the stretch of a passage that shows best why it was
 * found; see snippet.h.
 *
 *   text --sentences--> windows of whole sentences, scored by their marks
 *        \-- where no window holds the best cluster of marks: words around it
 *
 * Each step walks the text, the sentences and the marks once, so the time is
 * linear in them. Weights are taken as whole numbers, so that adding and
 * taking away again leaves no rest and the choice does not depend on the way.
 */
#include "searcher/snippet.h"

#include <string.h>

#include "searcher/sentences.h"

struct stretch {
	guint32 start, end;
};

/* The worth of what a window holds, best first in this order. */
struct worth {
	gint64 weight;		/* of different leaves */
	guint matches;
	guint32 spread;		/* characters from the first match to the last: less is better */
};

struct scan {
	struct chars chars;
	guint max_chars;
	GArray *sentences;
	struct mark *marks;		/* the sound ones */
	guint32 *mark_chars;		/* start and end of each, in characters */
	guint n_marks;
	gint64 *weights;
	guint *seen;			/* of each leaf, in the window */
	guint n_leaves;
};

/* --- marks --------------------------------------------------------------------------- */

static void count_marks(struct scan *scan)
{
	guint32 at = 0, chars = 0;

	scan->mark_chars = g_new(guint32, 2 * (gsize)scan->n_marks + 1);
	for (guint i = 0; i < scan->n_marks; i++) {
		const struct mark *mark = &scan->marks[i];
		scan->mark_chars[2 * i] = chars += chars_count(scan->chars.text + at, mark->start - at);
		scan->mark_chars[2 * i + 1] = chars += chars_count(scan->chars.text + mark->start, mark->end - mark->start);
		at = mark->end;
	}
}

/* Keeps what a caller may give: in order, inside the text, at characters. */
static void take_marks(struct scan *scan, const struct mark *marks, guint n)
{
	guint32 at = 0;

	scan->marks = g_new(struct mark, (gsize)n + 1);
	for (guint i = 0; i < n; i++) {
		const struct mark *mark = &marks[i];
		if (mark->start < at || mark->end <= mark->start || mark->end > scan->chars.len ||
		    mark->leaf >= scan->n_leaves || !chars_is_start(&scan->chars, mark->start) || !chars_is_start(&scan->chars, mark->end))
			continue;
		scan->marks[scan->n_marks++] = *mark;
		at = mark->end;
	}
	count_marks(scan);
}

static void take_weights(struct scan *scan, const double *weights)
{
	scan->weights = g_new(gint64, (gsize)scan->n_leaves + 1);
	scan->seen = g_new0(guint, (gsize)scan->n_leaves + 1);
	for (guint i = 0; i < scan->n_leaves; i++) {
		double weight = weights[i] > 0 ? MIN(weights[i], 1e6) : 0;
		scan->weights[i] = (gint64)(weight * 1048576.0) + 1;
	}
}

static void see(struct scan *scan, guint i, struct worth *worth)
{
	guint leaf = scan->marks[i].leaf;

	if (scan->seen[leaf]++ == 0)
		worth->weight += scan->weights[leaf];
	worth->matches++;
}

static void forget(struct scan *scan, guint i, struct worth *worth)
{
	guint leaf = scan->marks[i].leaf;

	if (--scan->seen[leaf] == 0)
		worth->weight -= scan->weights[leaf];
	worth->matches--;
}

static bool is_better(const struct worth *a, const struct worth *b)
{
	if (a->weight != b->weight)
		return a->weight > b->weight;
	if (a->matches != b->matches)
		return a->matches > b->matches;
	return a->spread < b->spread;
}

/* The marks that stand nearest together for their worth: indexes [*from, *to). */
static struct worth best_cluster(struct scan *scan, guint *from, guint *to)
{
	struct worth worth = { 0, 0, 0 }, best = { 0, 0, 0 };
	guint first = 0;

	*from = *to = 0;
	for (guint i = 0; i < scan->n_marks; i++) {
		see(scan, i, &worth);
		while (first < i && scan->mark_chars[2 * i + 1] - scan->mark_chars[2 * first] > scan->max_chars)
			forget(scan, first++, &worth);
		worth.spread = scan->mark_chars[2 * i + 1] - scan->mark_chars[2 * first];
		if (is_better(&worth, &best)) {
			best = worth;
			*from = first;
			*to = i + 1;
		}
	}
	memset(scan->seen, 0, scan->n_leaves * sizeof *scan->seen);
	return best;
}

/* --- windows of whole sentences -------------------------------------------------------- */

/* The best run of whole sentences of at most max_chars; false if none fits. */
static bool best_window(struct scan *scan, struct worth *best, struct stretch *stretch)
{
	struct worth worth = { 0, 0, 0 };
	guint n = scan->sentences->len, to = 0, mark_from = 0, mark_to = 0;
	bool found = false;

	for (guint from = 0; from < n; from++) {
		const struct sentence *s = &g_array_index(scan->sentences, struct sentence, from);

		to = MAX(to, from);
		while (to < n && g_array_index(scan->sentences, struct sentence, to).end_char -
		                 s->start_char <= scan->max_chars)
			to++;
		if (to == from)
			continue;
		guint32 end = g_array_index(scan->sentences, struct sentence, to - 1).end;
		for (; mark_to < scan->n_marks && scan->marks[mark_to].end <= end; mark_to++)
			if (scan->marks[mark_to].start >= s->start)
				see(scan, mark_to, &worth);
			else
				mark_from = mark_to + 1;
		for (; mark_from < mark_to && scan->marks[mark_from].start < s->start; mark_from++)
			forget(scan, mark_from, &worth);
		worth.spread = mark_to > mark_from ? scan->mark_chars[2 * mark_to - 1] -
		                                     scan->mark_chars[2 * mark_from] : 0;
		if (!found || is_better(&worth, best)) {
			*best = worth;
			*stretch = (struct stretch){ s->start, end };
			found = true;
		}
	}
	return found;
}

/* --- words around a cluster --------------------------------------------------------------- */

static bool is_cjk(gunichar c)
{
	return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
	       (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFFEF) ||
	       (c >= 0x20000 && c <= 0x3FFFF);
}

static bool can_cut(const struct scan *scan, gsize at, bool at_word)
{
	gunichar before, behind;

	if (at == 0 || at >= scan->chars.len)
		return true;
	if (!chars_is_start(&scan->chars, at))
		return false;
	before = chars_at(&scan->chars, chars_previous(&scan->chars, at));
	behind = chars_at(&scan->chars, at);
	if (char_clings(behind) || before == 0x200D)
		return false;
	return !at_word || char_is_blank(before) || char_is_blank(behind) || is_cjk(before) || is_cjk(behind);
}

/* As far from `at` as chars characters reach, back to a place for a cut: between
 * words, else between characters. */
static gsize reach_back(const struct scan *scan, gsize at, guint32 chars)
{
	gsize word = at, any = at;

	for (guint32 i = 0; i < chars && at > 0; i++) {
		at = chars_previous(&scan->chars, at);
		if (can_cut(scan, at, true))
			word = at;
		if (can_cut(scan, at, false))
			any = at;
	}
	return can_cut(scan, word, true) ? word : any;
}

static gsize reach_on(const struct scan *scan, gsize at, guint32 chars)
{
	gsize word = at, any = at;

	for (guint32 i = 0; i < chars && at < scan->chars.len; i++) {
		at = chars_next(&scan->chars, at);
		if (can_cut(scan, at, true))
			word = at;
		if (can_cut(scan, at, false))
			any = at;
	}
	return can_cut(scan, word, true) ? word : any;
}

/* The characters of one word that there is room for. */
static gsize reach_inside_word(const struct scan *scan, gsize at)
{
	gsize start = at, any = at;

	for (guint32 i = 0; i < scan->max_chars && at < scan->chars.len; i++) {
		at = chars_next(&scan->chars, at);
		if (can_cut(scan, at, false))
			any = at;
	}
	return any > start ? any : at;	/* one letter under a heap of accents is cut among them */
}

/* The sentence that holds the byte, or the last that begins before it. */
static const struct sentence *sentence_of(const struct scan *scan, guint32 at)
{
	guint low = 0, high = scan->sentences->len;

	while (high - low > 1) {
		guint middle = (low + high) / 2;
		if (g_array_index(scan->sentences, struct sentence, middle).start <= at)
			low = middle;
		else
			high = middle;
	}
	return &g_array_index(scan->sentences, struct sentence, low);
}

/* A sentence's end in the last two fifths is a better end than a word's. */
static gsize end_with_sentence(const struct scan *scan, gsize start, gsize cluster_end, gsize end)
{
	const struct sentence *s;

	if (end == start)
		return end;
	s = sentence_of(scan, (guint32)end - 1);
	if (s->end > end && s > &g_array_index(scan->sentences, struct sentence, 0))
		s--;
	if (s->end <= end && s->end >= cluster_end && s->end > start &&
	    chars_count(scan->chars.text + start, s->end - start) * 5 >= scan->max_chars * 3)
		return s->end;
	return end;
}

/* A single mark may be longer than the snippet: only its beginning is shown. */
static struct stretch around_cluster(const struct scan *scan, gsize start, gsize end)
{
	const struct sentence *s;
	guint32 chars, left, used;
	gsize from, to;

	while (!can_cut(scan, start, false))
		start = chars_previous(&scan->chars, start);
	while (!can_cut(scan, end, false))
		end = chars_next(&scan->chars, end);
	s = sentence_of(scan, (guint32)start);
	chars = chars_count(scan->chars.text + start, end - start);
	if (chars > scan->max_chars) {
		end = start;
		chars = 0;
	}
	left = scan->max_chars - chars;
	if (s->start <= start && chars_count(scan->chars.text + s->start, start - s->start) <= left)
		from = s->start;
	else
		from = reach_back(scan, start, left / 2);
	used = chars_count(scan->chars.text + from, end - from);
	to = reach_on(scan, end, scan->max_chars - MIN(used, scan->max_chars));
	used = chars_count(scan->chars.text + from, to - from);
	if (to == from)		/* the first word alone is too long */
		to = reach_inside_word(scan, from);
	if (to == scan->chars.len && used < scan->max_chars)
		from = reach_back(scan, from, scan->max_chars - used);
	to = end_with_sentence(scan, from, end, to);
	return (struct stretch){ (guint32)from, (guint32)to };
}

static struct stretch best_stretch(struct scan *scan)
{
	struct stretch window = { 0, 0 };
	struct worth window_worth = { 0, 0, 0 }, cluster_worth;
	guint from, to;

	cluster_worth = best_cluster(scan, &from, &to);
	if (best_window(scan, &window_worth, &window) && window_worth.weight >= cluster_worth.weight)
		return window;
	if (to > from)
		return around_cluster(scan, scan->marks[from].start, scan->marks[to - 1].end);
	gsize start = g_array_index(scan->sentences, struct sentence, 0).start;
	return around_cluster(scan, start, start);
}

/* --- segments ------------------------------------------------------------------------------- */

static void add_segment(GArray *segments, guint32 start, guint32 end, bool match)
{
	struct snippet_piece segment = { start, end, match };

	if (end > start)
		g_array_append_val(segments, segment);
}

static void add_segments(const struct scan *scan, struct stretch stretch, GArray *segments)
{
	guint32 at = stretch.start;

	for (guint i = 0; i < scan->n_marks; i++) {
		guint32 start = MAX(scan->marks[i].start, at);
		guint32 end = MIN(scan->marks[i].end, stretch.end);
		if (end <= start)
			continue;
		add_segment(segments, at, start, false);
		add_segment(segments, start, end, true);
		at = end;
	}
	add_segment(segments, at, stretch.end, false);
}

static void trim(const struct scan *scan, struct stretch *stretch)
{
	stretch->start = (guint32)MIN(chars_skip_blanks(&scan->chars, stretch->start), stretch->end);
	stretch->end = (guint32)chars_skip_blanks_back(&scan->chars, stretch->start, stretch->end);
}

void snippet_build(const char *text, gsize len, const struct mark *marks, guint n_marks,
              const double *weights, guint n_leaves, guint max_chars, GArray *segments)
{
	struct scan scan = {
		.chars = { text, MIN(len, (gsize)G_MAXUINT32) }, .max_chars = MAX(max_chars, 1),
		.n_leaves = n_leaves,
		.sentences = g_array_sized_new(FALSE, FALSE, sizeof(struct sentence), 32),
	};

	sentences_find(&scan.chars, scan.sentences);
	if (scan.sentences->len > 0) {
		struct stretch stretch;

		take_weights(&scan, weights);
		take_marks(&scan, marks, n_marks);
		stretch = best_stretch(&scan);
		trim(&scan, &stretch);
		if (stretch.end == stretch.start) {	/* the marks stood on nothing visible */
			guint32 start = g_array_index(scan.sentences, struct sentence, 0).start;
			stretch = around_cluster(&scan, start, start);
			trim(&scan, &stretch);
		}
		add_segments(&scan, stretch, segments);
	}
	g_array_free(scan.sentences, TRUE);
	g_free(scan.marks);
	g_free(scan.mark_chars);
	g_free(scan.weights);
	g_free(scan.seen);
}
