/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-analysis.c - any bytes as text: the first chooses the language. Tokens
 * lie inside the text, in order, and their terms are terms.
 */
#include "indexer/analysis.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		g_error("a token is not as it should be");
}

static void check_term(const struct term *term)
{
	check(!term || (term->len > 0 && term->len <= TERM_MAX_BYTES && term->len == strlen(term->text) &&
	                g_utf8_validate(term->text, term->len, NULL) && !g_ascii_isupper(term->text[0])));
}

static void check_tokens(const GArray *tokens, gsize len)
{
	for (guint i = 0; i < tokens->len; i++) {
		const struct token *token = &g_array_index(tokens, struct token, i);

		check(token->start < token->end && token->end <= len);
		check(i == 0 || token[-1].start <= token->start);
		check(!token->word->term == !!(token->word->flags & WORD_STOP));
		check(g_utf8_validate(token->word->exact, token->word->exact_len, NULL));
		check(g_utf8_validate(token->word->fold, token->word->fold_len, NULL));
		check_term(token->word->term);
		check_term(token->word->also);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct analysis *analysis;
	const char *const *languages = analysis_languages();
	const char *language = NULL;
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));

	if (!analysis)
		analysis = analysis_new();
	analysis_trim(analysis);
	if (size == 0)
		return 0;
	if (data[0] % 32 < g_strv_length((char **)languages))
		language = languages[data[0] % 32];
	analysis_tokens(analysis, language, (const char *)data + 1, size - 1, tokens);
	check_tokens(tokens, size - 1);
	g_free(analysis_key(analysis, (const char *)data + 1, (gssize)(size - 1)));
	return 0;
}
