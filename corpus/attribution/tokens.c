/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tokens.c - a sentence word by word.
 */
#include "corpus/attribution/tokens.h"

#include <string.h>

/* "l'intervenante", "qu'il", "L'Union": the bytes before the word proper. "d'Ormesson"
 * is a name. */
static guint32 elided(const char *s, const struct word *word)
{
	guint32 prefix = word_elision(s, word);
	bool article = g_ascii_tolower(s[word->start]) == 'l';
	return prefix > 0 && (article || g_ascii_islower(s[word->start + prefix])) ? prefix : 0;
}

static void add(struct tokens *tokens, struct word word, guint32 gap)
{
	struct token *token = &tokens->at[tokens->n++];
	gsize before = tokens->folded->len;
	word_fold(tokens->s, &word, tokens->folded);
	*token = (struct token){ .word = word, .folded = (guint32)before, .parts = 1,
	                         .cues = cue_words(tokens->folded->str + before) };
	for (gsize i = before; i < tokens->folded->len; i++)
		token->parts += tokens->folded->str[i] == ' ';
	g_string_append_c(tokens->folded, ' ');
	for (guint32 i = gap; i < word.start; i++) {
		guchar c = (guchar)tokens->s[i];
		token->comma = token->comma || c == ',';
		token->apart = token->apart || c == '(' || c == ')' || c == ':' || c == ';' || c == 0xE2;
	}
}

void tokens_read(struct tokens *tokens, const char *s, guint32 start, guint32 end, GString *folded)
{
	struct word word;
	guint32 gap = start;
	g_string_truncate(folded, 0);
	tokens->s = s;
	tokens->start = start;
	tokens->end = end;
	tokens->folded = folded;
	tokens->n = 0;
	for (guint32 pos = start; tokens->n + 1 < TOKENS_MAX && word_next(s, &pos, end, &word);) {
		/* an elision makes two tokens, and the last stays free */
		guint32 prefix = tokens->n + 2 < TOKENS_MAX ? elided(s, &word) : 0;
		if (prefix > 0) {
			struct word article = word;
			article.end = word.start + prefix;
			add(tokens, article, gap);
			gap = word.start = article.end;
			word.upper = g_unichar_isupper(g_utf8_get_char_validated(s + word.start, word.end - word.start));
		}
		add(tokens, word, gap);
		gap = word.end;
	}
	if (folded->len > 0)
		g_string_truncate(folded, folded->len - 1);
	memset(tokens->at + tokens->n, 0, (TOKENS_MAX - tokens->n) * sizeof(struct token));
}

const char *tokens_from(const struct tokens *tokens, guint i)
{
	return i < tokens->n ? tokens->folded->str + tokens->at[i].folded : "";
}

guint tokens_cue(const struct tokens *tokens, guint i, enum cue cue)
{
	if (i >= tokens->n || tokens->at[i].cues == NULL)
		return 0;
	guint parts = cue_words_begin(tokens->at[i].cues, cue, tokens_from(tokens, i)), n = 0;
	for (guint seen = 0; seen < parts && i + n < tokens->n; n++) {
		if (n > 0 && (tokens->at[i + n].comma || tokens->at[i + n].apart))
			return 0;
		seen += tokens->at[i + n].parts;
	}
	return n;
}

guint tokens_at(const struct tokens *tokens, guint32 pos)
{
	guint i = 0;
	while (i < tokens->n && tokens->at[i].word.start < pos)
		i++;
	return i;
}
