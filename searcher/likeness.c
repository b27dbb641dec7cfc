/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * likeness.c - whether a text, or a part of it, has the words of another one.
 *
 * An alignment of the shorter text with any stretch of the longer one (Sellers
 * 1980), where words left out one after the other cost as a gap does (Gotoh 1982).
 */
#include "searcher/likeness.h"

#include <string.h>

/* Units of cost. */
#define COST_STEM 4
#define COST_FUNCTION 2
#define COST_FURTHER 1		/* each word of a cut behind its first */
#define COST_NEVER 20000	/* above any sum that is allowed, and below overflow */
#define COST_MAX 30000

/* Folds of words that turn a statement into its opposite, in the languages that conferences
 * mostly speak. */
static const char *const negations[] = {
	"not", "no", "never", "nor", "neither", "none", "nobody", "cannot", "without",
	"nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "ohne",
	"ne", "pas", "jamais", "aucun", "aucune", "sans", "non",
	"nunca", "sin", "ningun", "ninguna", "nao", "sem", "mai", "senza",
	"не", "ни", "нет", "никогда", "без", "لا", "لم", "لن", "ليس", "ليست", "不", "没", "无",
};

#define SLOTS 256

/* The negations by their length and ends, which hardly any other word shares. */
struct slots {
	guint8 first[SLOTS];	/* number of a negation, plus one */
	guint8 next[G_N_ELEMENTS(negations)];
};

static guint8 slot_of(const char *fold, gsize len)
{
	return (guint8)((guint8)fold[0] * 31 + (guint8)fold[len - 1] * 7 + len);
}

static const struct slots *negation_slots(void)
{
	static struct slots slots;
	static gsize ready;

	if (g_once_init_enter(&ready)) {
		for (guint i = 0; i < G_N_ELEMENTS(negations); i++) {
			guint8 *first = &slots.first[slot_of(negations[i], strlen(negations[i]))];

			slots.next[i] = *first;
			*first = (guint8)(i + 1);
		}
		g_once_init_leave(&ready, 1);
	}
	return &slots;
}

static bool is_negation(const struct word *word, const struct slots *slots)
{
	const char *fold = word->fold;

	if (!word->fold_len)
		return false;
	if (word->fold_len > 3 && fold[word->fold_len - 2] == '\'' && strcmp(fold + word->fold_len - 3, "n't") == 0)
		return true;
	for (guint i = slots->first[slot_of(fold, word->fold_len)]; i; i = slots->next[i - 1])
		if (strcmp(fold, negations[i - 1]) == 0)
			return true;
	return false;
}

struct likeness_text likeness_text(struct arena *arena, const struct token *tokens, guint n)
{
	const struct slots *slots = negation_slots();
	struct likeness_text text = { .words = arena_alloc(arena, (MIN(n, LIKENESS_MAX_WORDS) + 1) * sizeof *text.words) };

	for (guint i = 0; i < n && text.n < LIKENESS_MAX_WORDS; i++) {
		const struct word *word = tokens[i].word;

		if (tokens[i].flags & TOKEN_JOINED)
			continue;
		text.words[text.n++] = (struct likeness_word){ word->hash, word->term != NULL, (word->flags & WORD_NUMBER) != 0, is_negation(word, slots) };
		text.n_stems += word->term != NULL;
	}
	return text;
}

static bool equal(const struct likeness_text *a, const struct likeness_text *b)
{
	if (a->n != b->n)
		return false;
	for (guint i = 0; i < a->n; i++)
		if (a->words[i].hash != b->words[i].hash)
			return false;
	return true;
}

static gint cost_of(const struct likeness_word *word, bool strict)
{
	if (word->negation || (strict && word->number))
		return COST_NEVER;
	return word->stem ? COST_STEM : COST_FUNCTION;
}

struct column {
	gint best;	/* of the words so far, ending here */
	gint cut;	/* the same, with what stands here left out of the longer text */
};

/* The next row: one more word of the shorter text. Gives the least cost in it. */
static gint next_row(struct column *row, const struct likeness_text *longer, const struct likeness_word *word, bool strict)
{
	gint cost = cost_of(word, strict), diagonal = row[0].best, least;

	row[0].best = least = MIN(row[0].best + cost, COST_MAX);
	row[0].cut = COST_MAX;
	for (guint j = 1; j <= longer->n; j++) {
		const struct likeness_word *other = &longer->words[j - 1];
		gint left_out = cost_of(other, strict), further = other->negation ? COST_NEVER : COST_FURTHER;
		gint replaced = other->hash == word->hash ? diagonal : diagonal + MAX(cost, left_out);
		gint best = MIN(replaced, row[j].best + cost);

		diagonal = row[j].best;
		row[j].cut = MIN(MIN(row[j - 1].best + left_out, row[j - 1].cut + MIN(left_out, further)), COST_MAX);
		row[j].best = MIN(best, row[j].cut);
		least = MIN(least, row[j].best);
	}
	return least;
}

/* Does the shorter text stand in the longer one, for no more than allowed? */
static bool stands_in(const struct likeness_text *shorter, const struct likeness_text *longer, gint allowed, bool strict)
{
	struct column *row = g_new0(struct column, longer->n + 1);
	gint least = 0;

	for (guint j = 0; j <= longer->n; j++)
		row[j].cut = COST_MAX;
	for (guint i = 0; i < shorter->n && least <= allowed; i++)
		least = next_row(row, longer, &shorter->words[i], strict);
	g_free(row);
	return least <= allowed;
}

static guint count_negations(const struct likeness_text *text)
{
	guint n = 0;

	for (guint i = 0; i < text->n; i++)
		n += text->words[i].negation;
	return n;
}

bool likeness_same(const struct likeness_text *a, const struct likeness_text *b, bool strict)
{
	const struct likeness_text *shorter = a->n <= b->n ? a : b, *longer = shorter == a ? b : a;
	bool whole = longer->n - shorter->n <= shorter->n / 4;
	gint all = 0;

	if (!shorter->n)
		return false;
	if (equal(a, b))
		return true;
	if (shorter->n < (whole ? LIKENESS_WHOLE_WORDS : LIKENESS_PART_WORDS) || (!whole && shorter->n_stems < LIKENESS_PART_STEMS))
		return false;
	/* of texts of one length the ends count, too, where the alignment lets words go */
	if (longer->n - shorter->n <= shorter->n / 10 && count_negations(a) != count_negations(b))
		return false;
	strict = strict || shorter->n < LIKENESS_STRICT_WORDS;
	for (guint i = 0; i < shorter->n; i++)
		all += shorter->words[i].stem ? COST_STEM : COST_FUNCTION;
	return stands_in(shorter, longer, all * LIKENESS_CHANGE_PERCENT / 100, strict);
}
