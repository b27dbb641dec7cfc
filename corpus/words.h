/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * words.h - reading text word by word: what the structural stages need to
 * know of words, sentences and lines. No index analysis: that is indexer's.
 *
 * All functions take any bytes; what is not UTF-8 counts as one letter a byte.
 */
#ifndef CORPUS_WORDS_H
#define CORPUS_WORDS_H

#include "corpus/document.h"

/* A run of letters and digits, with the apostrophes, hyphens, dots and
 * ampersands between them ("Okon-Bell", "l'Europe", "3.2", "H.E"). */
struct word {
	guint32 start, end;
	bool upper;	/* its first letter is a capital */
	bool caps;	/* all its letters are capitals (or have no case) and it has one */
	bool digit;	/* it begins with a digit */
};

/* The next word at or after *pos, below end; moves *pos behind it. */
bool word_next(const char *text, guint32 *pos, guint32 end, struct word *word);

/* Words, at most max: a cheap test for "short". */
guint words_count(const char *text, struct range range, guint max);
guint ranges_words(const char *text, const struct range *ranges, guint n, guint max);

/* "l'orateur", "d'Ivoire", "qu'il": the bytes before the word proper; 0. */
guint32 word_elision(const char *text, const struct word *word);
/* Appends the folded words of a stretch: lower case, without diacritics and
 * dots, one space between words, hyphens and elisions as spaces. */
void words_fold(const char *text, struct range range, GString *out);
/* One word of it, as word_next found it. */
void word_fold(const char *text, const struct word *word, GString *out);
/* words_fold alone in out; nothing where from is not before to. */
void words_fold_to(GString *out, const char *text, guint32 from, guint32 to);
/* The folded words of a string; g_free them. */
char *words_folded(const char *s);

/* Behind the first n of folded words. */
const char *words_skip(const char *folded, guint n);
/* Where the last n words before pos begin, at least start. */
guint32 text_words_back(const char *text, guint32 start, guint32 pos, guint n);
/* All words are capitals or numbers, and there is one. */
bool text_in_capitals(const char *text, struct range range);

/* True where the stretch's first letter is small. */
bool text_begins_small(const char *text, struct range range);
/* True where the stretch ends a sentence: . ! ? or an ellipsis, behind closing
 * quotes and brackets. */
bool text_ends_sentence(const char *text, struct range range);
/* The stretch without white space and markup (* _ # > `) at its ends. */
struct range text_trim(const char *text, struct range range);
/* The end of the sentence that holds pos, at most end: behind its closing
 * quotes; abbreviations ("Mr.", "H.E.", single initials) do not end one. */
guint32 sentence_end(const char *text, guint32 pos, guint32 end);
/* The end of at most max bytes of [from, to), which cuts no character. */
guint32 text_limit(const char *text, guint32 from, guint32 to, guint32 max);
/* Where the line at pos ends: its line feed, or end. */
guint32 text_line_end(const char *text, guint32 pos, guint32 end);
/* Where the next one begins, or end. */
guint32 text_next_line(const char *text, guint32 pos, guint32 end);
/* Line feeds between two places; 3 and more mean a gap on the page. */
guint text_line_feeds(const char *text, guint32 from, guint32 to);

#endif
