/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * joined.c - words that stand joined in the texts and apart in the query, or the other way round.
 */
#include "searcher/wording-parts.h"

#include <string.h>

#include "indexer/vocabulary.h"

#define SPLIT_MIN_CHARS 7
#define SPLIT_MAX_CHARS 30

/* --- joined and apart -------------------------------------------------------------------------- */

/* Two neighbours may be one word in the text: "socio economic". German puts an s between. */
void joined_look_for_joined(struct wording *w, struct asked *a, struct asked *b)
{
	static const char *const links[] = { "", "s" };
	bool german = g_strv_contains(w->languages, "de");

	if (!a->is_letters || !b->is_letters || a->common || b->common || strlen(a->fold) + strlen(b->fold) < 5 ||
	    vocabulary_is_small(a->fold) || vocabulary_is_small(b->fold))
		return;
	for (guint i = 0; i < (german ? 2 : 1); i++) {
		g_autofree char *joined = g_strconcat(a->fold, links[i], b->fold, NULL);

		if (!wording_frequency(w, joined, NULL))
			continue;
		wording_add(w, a, (struct also){ .text = joined, .share = SHARE_JOINED });
		wording_add(w, b, (struct also){ .text = joined, .share = SHARE_JOINED, .quiet = true });
	}
}

/* What stands before a word, with a hyphen, without or apart. */
static const char heads[] =
	" agro anti counter cyber euro geo hydro macro micro multi neo non psycho quasi semi socio supra tele ultra ";

static bool is_head(const char *word, gsize len)
{
	for (const char *at = heads; (at = strchr(at, ' ')) && at[1]; at++)
		if (strncmp(at + 1, word, len) == 0 && at[1 + len] == ' ')
			return true;
	return false;
}

/* Languages that write compounds as one word: what is apart there means no slip. */
static bool has_compounds(const struct wording *w)
{
	static const char *const languages[] = { "da", "de", "fi", "hu", "nl", "no", "sv" };

	for (guint i = 0; i < G_N_ELEMENTS(languages); i++)
		if (g_strv_contains(w->languages, languages[i]))
			return true;
	return false;
}

/* A word apart. */
struct split {
	char *text;		/* the parts with blanks between them */
	uint32_t n;		/* passages with the rarest part */
	bool whole;		/* parts so long that each of them says what was asked for */
};

#define WHOLE_MIN_CHARS 5	/* such a part */
#define LONE_MIN_CHARS 6	/* such a part if it is the only one */

/* The word without what makes its opposite, "unpleasant"; NULL. */
static const char *without_negation(const char *word, gsize len)
{
	static const char *const before[] = { "dis", "il", "im", "in", "ir", "mis", "non", "un" };

	for (guint i = 0; i < G_N_ELEMENTS(before); i++) {
		gsize n = strlen(before[i]);

		if (len >= n + WHOLE_MIN_CHARS && memcmp(word, before[i], n) == 0)
			return word + n;
	}
	return NULL;
}

/* Both parts, as the index has them. */
static struct split split_at(struct wording *w, const char *fold, gsize at)
{
	g_autofree char *left = g_strndup(fold, at), *unlinked = g_strndup(fold, at - 1);
	uint32_t right = wording_frequency(w, fold + at, NULL), n = right ? wording_frequency(w, left, NULL) : 0;
	const char *plain;
	struct split split = { .n = MIN(n, right) };

	if (split.n) {
		split.text = g_strdup_printf("%s %s", left, fold + at);
		split.whole = g_utf8_strlen(left, -1) >= WHOLE_MIN_CHARS && g_utf8_strlen(fold + at, -1) >= WHOLE_MIN_CHARS;
	} else if (right && left[at - 1] == 's' && g_strv_contains(w->languages, "de") && (n = wording_frequency(w, unlinked, NULL))) {
		split.text = g_strdup_printf("%s %s", unlinked, fold + at);
		split.n = MIN(n, right);
	} else if (right && g_utf8_strlen(fold + at, -1) >= LONE_MIN_CHARS && (plain = without_negation(left, at)) &&
	           wording_is_there(w, plain) && wording_is_there(w, fold + at)) {
		split.text = g_strdup(fold + at);	/* the other part is a word, but none that the texts have */
		split.n = 1;
	}
	return split;
}

/* "countriesoforigin": a small word between the two. */
static struct split split_in_three(struct wording *w, const char *fold, gsize at)
{
	gsize len = strlen(fold);
	struct split split = { .n = 0 };

	for (gsize small = 2; small <= 4 && at + small + 3 <= len && !split.n; small++) {
		g_autofree char *middle = g_strndup(fold + at, small), *left = NULL;
		uint32_t right;

		if (!vocabulary_is_small(middle))
			continue;
		left = g_strndup(fold, at);
		right = wording_is_there(w, fold + at + small) ? wording_frequency(w, fold + at + small, NULL) : 0;
		split.n = right && wording_is_there(w, left) ? MIN(right, wording_frequency(w, left, NULL)) : 0;
		if (!split.n)
			continue;
		split.text = g_strdup_printf("%s %s %s", left, middle, fold + at + small);
		split.whole = at >= WHOLE_MIN_CHARS && len - at - small >= WHOLE_MIN_CHARS;
	}
	return split;
}

static void take_better(struct split *best, struct split new)
{
	if (new.n > best->n) {
		g_free(best->text);
		*best = new;
	} else {
		g_free(new.text);
	}
}

void joined_look_for_parts(struct wording *w, struct asked *word)
{
	gsize len = strlen(word->fold);
	struct split best = { .n = 0 };
	bool apart;

	if (len < SPLIT_MIN_CHARS || len > SPLIT_MAX_CHARS)
		return;
	for (gsize at = 3; at + 3 <= len; at++)
		if (((guint8)word->fold[at] & 0xc0) != 0x80 && (!word->n || is_head(word->fold, at)))
			take_better(&best, split_at(w, word->fold, at));
	for (gsize at = 3; at + 3 <= len && !word->n && !best.n; at++)
		if (((guint8)word->fold[at] & 0xc0) != 0x80)
			take_better(&best, split_in_three(w, word->fold, at));
	apart = best.whole && !word->n;
	if (best.n)
		wording_add(w, word, (struct also){ .text = best.text, .share = apart ? SHARE_SURELY : SHARE_JOINED, .apart = apart,
		                                    .meant = apart && !has_compounds(w) });
	g_free(best.text);
}

/* --- hyphenated words ------------------------------------------------------------------------ */

#define HYPHENATED_MAX 4	/* parts */
#define PART_MIN_CHARS 4	/* of a part that is looked for as something else */

/* Appends a part, or what it is also looked for as: another spelling, or what was meant. */
static void read_part(struct wording *w, const struct asked *whole, const char *text, GString *all, struct also *sum)
{
	struct query_node node = *whole->node;
	struct asked part;
	const struct also *also;

	node.text = (char *)text;
	part = wording_read(w, &node);
	wording_look_at(w, &part);
	wording_look_for_absent(w, &part);
	also = part.also ? &g_array_index(part.also, struct also, 0) : NULL;
	if (also && ((!also->meant && also->share != SHARE_SPELLING) || g_utf8_strlen(text, -1) < PART_MIN_CHARS))
		also = NULL;
	g_string_append_printf(all, "%s%s", all->len ? " " : "", also ? also->text : text);
	if (also) {
		sum->share = MIN(sum->share, also->share);
		sum->meant |= also->meant;
	}
	if (part.also)
		g_array_unref(part.also);
}

/* "labor-intensive", "Hofstaetter-Kueng": parts in other spellings, where the whole is rare. */
void joined_look_for_hyphenated(struct wording *w, struct asked *word)
{
	g_auto(GStrv) parts = g_strsplit(word->fold, " ", HYPHENATED_MAX + 1);
	g_autoptr(GString) all = g_string_new(NULL);
	struct also sum = { .share = 1 };
	guint n = g_strv_length(parts);

	if (n < 2 || n > HYPHENATED_MAX || wording_frequency(w, word->node->text, NULL) > SELDOM)
		return;
	for (char **at = parts; *at; at++)
		read_part(w, word, *at, all, &sum);
	sum.text = all->str;
	if (sum.share < 1 && wording_frequency(w, all->str, NULL))
		wording_add(w, word, sum);
}
