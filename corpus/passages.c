/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * passages.c - cutting, joining and naming passages.
 *
 * An id is made of the passage's words alone, so it survives re-indexing and
 * re-ordering: FNV-1a (Fowler, Noll, Vo) over the letters and digits in lower
 * case with a space between words, stirred, its upper 40 bits as 10 hexadecimal
 * digits. Words that recur get "-2", "-3" in the document's order.
 */
#include "corpus/passages.h"

#include <stdio.h>
#include <string.h>

#include "corpus/pieces.h"
#include "corpus/words.h"

#define REPEATS_MAX 9999
#define CRUMB_WORDS 8	/* too little to stand alone */
#define SCRAP_WORDS 12	/* of a slide: joins other parts of it */

/* ---- ids ---- */

static guint64 hash_bytes(guint64 hash, const char *s, gsize n)
{
	for (gsize i = 0; i < n; i++)
		hash = (hash ^ (guchar)s[i]) * 0x100000001B3u;
	return hash;
}

static guint64 hash_word(guint64 hash, const char *text, const struct word *word)
{
	for (guint32 i = word->start; i < word->end;) {
		guchar c = (guchar)text[i];
		char out[6];
		if (c < 0x80) {
			if (c >= 'A' && c <= 'Z')
				c |= 0x20;
			if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
				hash = (hash ^ c) * 0x100000001B3u;
			i++;
			continue;
		}
		gunichar u = g_utf8_get_char_validated(text + i, word->end - i);
		if (u == (gunichar)-1 || u == (gunichar)-2) {
			hash = hash_bytes(hash, text + i, 1);
			i++;
			continue;
		}
		int n = g_unichar_to_utf8(g_unichar_tolower(u), out);
		hash = hash_bytes(hash, out, (gsize)n);
		i += (guint32)(g_utf8_next_char(text + i) - (text + i));
	}
	return hash_bytes(hash, " ", 1);
}

static guint64 stir(guint64 hash)
{
	hash ^= hash >> 33;
	hash *= 0xFF51AFD7ED558CCDu;
	hash ^= hash >> 33;
	hash *= 0xC4CEB9FE1A85EC53u;
	return hash ^ (hash >> 33);
}

static guint64 passage_hash(const struct document *doc, const struct passage *passage)
{
	guint64 hash = 0xCBF29CE484222325u;
	struct word word;
	for (guint i = 0; i < passage->n_ranges; i++)
		for (guint32 pos = passage->ranges[i].start;
		     word_next(doc->text, &pos, passage->ranges[i].end, &word);)
			hash = hash_word(hash, doc->text, &word);
	return hash;
}

static void name_passage(struct passage *passage, guint64 hash, GHashTable *seen)
{
	guint64 key = stir(hash) >> 24;
	guint times = 1;
	if (seen != NULL) {
		gint64 lookup = (gint64)key;
		times = GPOINTER_TO_UINT(g_hash_table_lookup(seen, &lookup)) + 1;
		while (times > REPEATS_MAX) {	/* the suffix has no room left: another id */
			key = stir(key * REPEATS_MAX + 1) >> 24;
			lookup = (gint64)key;
			times = GPOINTER_TO_UINT(g_hash_table_lookup(seen, &lookup)) + 1;
		}
		gint64 *stored = g_new(gint64, 1);
		*stored = lookup;
		g_hash_table_replace(seen, stored, GUINT_TO_POINTER(times));
	}
	if (times == 1)
		g_snprintf(passage->id, sizeof(passage->id), "%010" G_GINT64_MODIFIER "x", key);
	else
		g_snprintf(passage->id, sizeof(passage->id), "%010" G_GINT64_MODIFIER "x-%u", key,
		           times % (REPEATS_MAX + 1));
}

static void name_all(struct document *doc)
{
	GHashTable *seen = doc->passages->len < 2 ? NULL :
	                   g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	for (guint i = 0; i < doc->passages->len; i++) {
		struct passage *passage = document_passage(doc, i);
		name_passage(passage, passage_hash(doc, passage), seen);
	}
	if (seen != NULL)
		g_hash_table_destroy(seen);
}

/* ---- cutting ---- */

/* A place where a statement may be cut: behind so many words. */
struct place {
	guint words;
	guint range;
	guint32 offset;
	bool sentence;
};

static void add_place(GArray *places, guint words, guint range, guint32 offset, bool sentence)
{
	struct place place = { words, range, offset, sentence };
	if (words > 0)
		g_array_append_val(places, place);
}

/* All ends of sentences, and inside long ones each 40th word. */
static guint find_places(const struct document *doc, const struct passage *passage, GArray *places)
{
	guint words = 0, since = 0;
	for (guint i = 0; i < passage->n_ranges; i++) {
		struct range range = passage->ranges[i];
		guint32 stop = sentence_end(doc->text, range.start, range.end);
		struct word word;
		for (guint32 pos = range.start; word_next(doc->text, &pos, range.end, &word);) {
			while (word.start >= stop && stop < range.end) {
				add_place(places, words, i, stop, true);
				since = 0;
				stop = sentence_end(doc->text, stop, range.end);
			}
			words++;
			if (++since >= PASSAGE_WORDS_MIN && pos < range.end) {
				add_place(places, words, i, pos, false);
				since = 0;
			}
		}
		if (i + 1 < passage->n_ranges && text_ends_sentence(doc->text, range)) {
			add_place(places, words, i, range.end, true);
			since = 0;
		}
	}
	return words;
}

/* The place nearest to the wanted number of words; one inside a sentence costs
 * as much as being 60 words off. *from moves on: the search is linear in all. */
static int nearest_place(const GArray *places, guint *from, guint low, guint wanted, guint high)
{
	int best = -1;
	guint best_cost = G_MAXUINT;
	for (guint i = *from; i < places->len; i++) {
		const struct place *place = &g_array_index(places, struct place, i);
		if (place->words <= low)
			continue;
		if (place->words > high)
			break;
		guint cost = place->words > wanted ? place->words - wanted : wanted - place->words;
		cost += place->sentence ? 0 : 60;
		if (cost < best_cost) {
			best_cost = cost;
			best = (int)i;
		}
	}
	if (best >= 0)
		*from = (guint)best + 1;
	return best;
}

static void take_ranges(struct document *doc, struct passage *part, const struct passage *whole,
                        const struct place *from, const struct place *to)
{
	guint first = from == NULL ? 0 : from->range;
	guint last = to == NULL ? whole->n_ranges - 1 : to->range;
	part->ranges = document_alloc(doc, (last - first + 1) * sizeof(struct range));
	part->n_ranges = 0;
	for (guint i = first; i <= last; i++) {
		struct range range = whole->ranges[i];
		if (from != NULL && i == from->range)
			range.start = from->offset;
		if (to != NULL && i == to->range)
			range.end = to->offset;
		while (range.start < range.end && g_ascii_isspace(doc->text[range.start]))
			range.start++;
		while (range.end > range.start && g_ascii_isspace(doc->text[range.end - 1]))
			range.end--;
		if (range.start < range.end)
			part->ranges[part->n_ranges++] = range;
	}
}

static void cut(struct document *doc, const struct passage *whole, GArray *out)
{
	g_autoptr(GArray) places = g_array_new(false, false, sizeof(struct place));
	guint words = find_places(doc, whole, places);
	guint parts = (words + 199) / 200, done = 0, from = 0;
	const struct place *last = NULL;
	for (guint n = parts; n > 1; n--) {
		guint wanted = done + (words - done) / n;
		int best = nearest_place(places, &from, done + 1, wanted, done + PASSAGE_WORDS_MAX);
		if (best < 0)
			break;
		const struct place *place = &g_array_index(places, struct place, best);
		struct passage part = *whole;
		take_ranges(doc, &part, whole, last, place);
		if (part.n_ranges > 0)
			g_array_append_val(out, part);
		last = place;
		done = place->words;
		if (n == 2 && words - done > PASSAGE_WORDS_MAX)
			n++;
	}
	struct passage part = *whole;
	take_ranges(doc, &part, whole, last, NULL);
	if (part.n_ranges > 0)
		g_array_append_val(out, part);
}

/* ---- joining ---- */

struct joining {
	struct document *doc;
	GArray *out;
	GArray *ranges;		/* of the passage that is being joined */
	struct passage current;
	guint words;		/* of current; 0: there is none */
	bool breaks;		/* the document says where its slides end */
};

static bool may_join(const struct joining *joining, const struct passage *b)
{
	const struct passage *a = &joining->current;
	/* a slide is one, whatever titles are on it; where slides are guessed, a title
	 * alone takes what follows */
	bool one_slide = a->kind == KIND_SLIDE && a->slide > 0 && a->slide == b->slide &&
	                 (joining->breaks || joining->words < SCRAP_WORDS);
	return a->kind == b->kind && (a->section == b->section || one_slide) && a->panel == b->panel &&
	       a->slide == b->slide && a->kind != KIND_QUOTE &&
	       a->nameless == b->nameless && a->notes == b->notes && a->attribution.speaker == b->attribution.speaker &&
	       a->attribution.candidates == b->attribution.candidates &&
	       a->attribution.certainty == b->attribution.certainty &&
	       (a->kind != KIND_SPEECH || a->attribution.range.start == b->attribution.range.start);
}

static void finish(struct joining *joining)
{
	if (joining->words == 0 && joining->ranges->len == 0)
		return;
	struct passage *passage = &joining->current;
	if (joining->ranges->len > passage->n_ranges) {
		gsize bytes = joining->ranges->len * sizeof(struct range);
		passage->ranges = document_alloc(joining->doc, bytes);
		memcpy(passage->ranges, joining->ranges->data, bytes);
		passage->n_ranges = joining->ranges->len;
	}
	g_array_append_val(joining->out, *passage);
	joining->words = 0;
	g_array_set_size(joining->ranges, 0);
}

static guint join_limit(enum passage_kind kind)
{
	return kind == KIND_SLIDE || kind == KIND_LISTING ? PASSAGE_WORDS_MAX - 10 : PASSAGE_WORDS_JOIN;
}

static void join_next(struct joining *joining, const struct passage *next)
{
	guint words = ranges_words(joining->doc->text, next->ranges, next->n_ranges,
	                           PASSAGE_WORDS_MAX + 1);
	bool small = joining->words < PASSAGE_WORDS_MIN || words < PASSAGE_WORDS_MIN ||
	             next->kind == KIND_SLIDE;
	if (next->kind == KIND_REFERENCE)	/* an entry each, unless it is a scrap */
		small = joining->words < 8 || words < 8;
	/* what stands between the pieces of a torn paragraph is not behind it */
	bool behind = joining->ranges->len > 0 &&
	              g_array_index(joining->ranges, struct range, joining->ranges->len - 1).end <=
	              next->ranges[0].start;
	guint limit = words < CRUMB_WORDS || joining->words < CRUMB_WORDS ? PASSAGE_WORDS_MAX - 10
	                                                                  : join_limit(next->kind);
	if (behind && may_join(joining, next) && small && joining->words + words <= limit) {
		/* titles alone lead to the part below them */
		if (joining->words < SCRAP_WORDS && section_is_within(joining->doc, next->section, joining->current.section))
			joining->current.section = next->section;
		g_array_append_vals(joining->ranges, next->ranges, next->n_ranges);
		joining->words += words;
		return;
	}
	finish(joining);
	joining->current = *next;
	joining->words = words;
	g_array_append_vals(joining->ranges, next->ranges, next->n_ranges);
	if (words > PASSAGE_WORDS_MAX) {
		cut(joining->doc, next, joining->out);
		joining->words = 0;
		g_array_set_size(joining->ranges, 0);
	}
}

/* ---- pages ---- */

/* A torn paragraph, or a long one, goes over the end of its page: the passages cut from
 * it stand on the page on which their first words do. */
struct page_start {
	guint32 offset;
	int page;
};

static int page_compare(const void *a, const void *b)
{
	const struct page_start *x = a, *y = b;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void page_passages(struct document *doc)
{
	g_autoptr(GArray) starts = g_array_new(false, false, sizeof(struct page_start));
	g_autoptr(GHashTable) labels = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_PAGE_BREAK) {
			struct page_start start = { block_end(block), block->page + 1 };
			g_array_append_val(starts, start);
		} else if (block->page_label != NULL)
			g_hash_table_insert(labels, GINT_TO_POINTER(block->page), (gpointer)block->page_label);
	}
	g_array_sort(starts, page_compare);
	for (guint i = 0; i < doc->passages->len; i++) {
		struct passage *passage = document_passage(doc, i);
		guint low = 0, high = starts->len;
		while (low < high) {
			guint middle = (low + high) / 2;
			if (g_array_index(starts, struct page_start, middle).offset <= passage->ranges[0].start)
				low = middle + 1;
			else
				high = middle;
		}
		if (low == 0 || g_array_index(starts, struct page_start, low - 1).page == passage->page)
			continue;
		passage->page = g_array_index(starts, struct page_start, low - 1).page;
		passage->page_label = g_hash_table_lookup(labels, GINT_TO_POINTER(passage->page));
	}
}

/* ---- times ---- */

/* Passages of a recording begin when their first words are spoken, wherever they were cut. */
static void time_passages(struct document *doc)
{
	for (guint i = 0; doc->times != NULL && i < doc->passages->len; i++) {
		struct passage *passage = document_passage(doc, i);
		guint low = 0, high = passage->timed ? doc->times->len : 0;
		while (low < high) {
			guint middle = (low + high) / 2;
			if (g_array_index(doc->times, struct time_mark, middle).offset <= passage->ranges[0].start)
				low = middle + 1;
			else
				high = middle;
		}
		if (low > 0)
			passage->time_ms = g_array_index(doc->times, struct time_mark, low - 1).time_ms;
	}
}

void passages(struct document *doc)
{
	if (doc->passages->len == 1 &&
	    (doc->text_bytes <= 2 * PASSAGE_WORDS_MAX || ranges_words(doc->text, document_passage(doc, 0)->ranges, document_passage(doc, 0)->n_ranges,
	                 PASSAGE_WORDS_MAX + 1) <= PASSAGE_WORDS_MAX)) {
		name_all(doc);
		return;
	}
	struct joining joining = {
		.doc = doc,
		.out = g_array_sized_new(false, true, sizeof(struct passage), doc->passages->len),
		.ranges = g_array_new(false, false, sizeof(struct range)),
	};
	for (guint i = 0; i < doc->blocks->len; i++)
		joining.breaks = joining.breaks || document_block(doc, i)->kind == BLOCK_SLIDE_BREAK ||
		                 document_block(doc, i)->kind == BLOCK_PAGE_BREAK;
	for (guint i = 0; i < doc->passages->len; i++)
		join_next(&joining, document_passage(doc, i));
	finish(&joining);
	g_array_free(joining.ranges, true);
	g_array_free(doc->passages, true);
	doc->passages = joining.out;
	page_passages(doc);
	time_passages(doc);
	name_all(doc);
}
