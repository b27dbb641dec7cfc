/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * letters.c - how a letter greets and closes.
 *
 *   Dear friends,               a line that a comma, a colon or a mark ends
 *   ...
 *   With kind regards,          a line of set words, or a paragraph that two
 *   Ann Bell                    or more of them begin; then the name
 *
 * A closing of one word ("Yours") must be the whole line.
 */
#include "corpus/outline/letters.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/words.h"

#define GREETING_WORDS_MAX 12
#define CLOSING_WORDS_MAX 40

bool letter_greets(const struct piece *piece, GString *folded)
{
	struct range text = text_trim(piece->s, piece_range(piece));
	if (text.end <= text.start || text_line_end(piece->s, text.start, piece->len) < text.end ||
	    strchr(",:!", piece->s[text.end - 1]) == NULL ||
	    words_count(piece->s, text, GREETING_WORDS_MAX + 1) > GREETING_WORDS_MAX)
		return false;
	words_fold_to(folded, piece->s, text.start, text.end);
	return cue_begins(CUE_GREETING, folded->str) > 0;
}

guint32 letter_closes(const struct piece *piece, GString *folded)
{
	if (words_count(piece->s, piece_range(piece), CLOSING_WORDS_MAX + 1) > CLOSING_WORDS_MAX)
		return 0;
	for (guint32 pos = 0, end; pos < piece->len; pos = end + 1) {
		end = text_line_end(piece->s, pos, piece->len);
		words_fold_to(folded, piece->s, pos, end);
		if (!cue_is(CUE_CLOSING, folded->str, -1) && (pos > 0 || cue_begins(CUE_CLOSING, folded->str) < 2))
			continue;
		for (guint32 next = end + 1; next < piece->len; next = text_line_end(piece->s, next, piece->len) + 1)
			if (name_alone(piece->s, (struct range){ next, text_line_end(piece->s, next, piece->len) }, &(struct name){ 0 }))
				return next;
		return piece->len;
	}
	return 0;
}
