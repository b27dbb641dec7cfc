/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * analysis.h - the one analysis of index, query and snippet: what is found is
 * what is marked.
 *
 *   text --words--> tokens --fold, stem--> interned words --> terms
 *
 *   words    UAX #29 word breaks (a fast path for ASCII gives the same answer);
 *            runs of Han and kana become overlapping pairs
 *   exact    NFKC, lower case; soft hyphens and other format characters gone
 *   fold     exact without accents ("fur" for "für", "strasse" for "straße")
 *   term     the fold of exact's Snowball stem: what the index holds
 *
 * A word is made once and interned, so running text costs one hash look-up a
 * token. Everything interned belongs to the analysis.
 */
#ifndef INDEXER_ANALYSIS_H
#define INDEXER_ANALYSIS_H

#include <glib.h>
#include <stdbool.h>

/* Part of the format stamp: raise it when any word would get another term. */
#define ANALYSIS_VERSION 3

/* A term is at most this long; what is longer is cut at a character and ends
 * in a hash of the whole word. */
#define TERM_MAX_BYTES 64

struct term {
	const char *text;	/* UTF-8, NUL-terminated, lower case: never begins with a capital A-Z */
	guint len;		/* bytes */
	guint count;		/* scratch of the caller; starts at 0, and whoever uses it puts it back */
	gint mark;		/* the same */
};

enum {
	WORD_STOP = 1 << 0,	/* a function word of the language: not indexed */
	WORD_NUMBER = 1 << 1,	/* has a digit */
	WORD_CJK = 1 << 2,	/* a pair of ideographs or kana, or one alone */
	WORD_ACCENTED = 1 << 3,	/* exact differs from fold */
};

struct word {
	const char *exact;	/* NUL-terminated */
	const char *fold;	/* the same pointer where nothing was folded */
	guint exact_len, fold_len;
	guint32 hash;		/* of fold; the same on every machine and in every run */
	guint flags;
	struct term *term;	/* NULL for a stop word */
	struct term *also;	/* a second reading (unaccented spelling stemmed by itself; "7,000" as
				   7000; "l'europe" as europe), or NULL */
	gint scratch;		/* of the caller; starts at 0 */
};

enum {
	TOKEN_JOINED = 1 << 0,	/* a hyphenated form read as one word; its parts stand beside it */
};

struct token {
	guint32 start, end;	/* bytes in the text that was given */
	struct word *word;
	guint32 position;	/* counts words, stop words too, from 0 */
	guint16 span;		/* how many positions it covers: 1, or the parts of a joined form */
	guint16 flags;
};

struct analysis;

struct analysis *analysis_new(void);
void analysis_free(struct analysis *analysis);
typedef struct analysis Analysis;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Analysis, analysis_free)

/* Says that no word, term or token of an earlier call is held any longer: the
 * interned words may be dropped where they have grown past their bound.
 * Returns true if they were. */
bool analysis_trim(struct analysis *analysis);

/* Appends the tokens (struct token) of the text, in the order of their starts,
 * a joined form before its parts. language is ISO 639-1, or NULL: no stemming,
 * no stop words. Any bytes will do: what is not UTF-8 is a break. */
void analysis_tokens(struct analysis *analysis, const char *language,
                     const char *text, gsize len, GArray *tokens);

/* The fold of a whole string, words separated by single blanks, punctuation
 * gone: how names, panels and ids are compared. g_free it. */
char *analysis_key(struct analysis *analysis, const char *text, gssize len);

/* What the installed stemmers answer to a fixed list of words, as 16
 * hexadecimal digits: part of the format stamp, since stems differ between
 * versions of libstemmer. */
const char *analysis_stemmer_version(struct analysis *analysis);

/* Languages with a stemmer here, ISO 639-1, NULL-terminated, static. */
const char *const *analysis_languages(void);

#endif
