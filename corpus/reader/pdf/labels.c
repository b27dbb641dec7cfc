/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * labels.c - what was typed before the text of an item: bullets, dashes, numbers
 * and letters.
 */
#include "corpus/reader/pdf/blocks.h"

#include <string.h>

#define LABEL_BYTES_MAX 12

bool pdf_is_bullet(gunichar c)
{
	return c == 0x2022 || c == 0x25cf || c == 0x25aa || c == 0x25a0 || c == 0x25e6 || c == 0x2023 || c == 0x2043 || c == 0x27a2 || c == 0x25b6 ||
	       c == 0x2713 || c == 0x2714 || c == 0x25ba || c == 0x2219 || c == 0xb7 || c == 0x25cb || c == 0x25c6 || c == 0x2756 || c == 0x2192 ||
	       c == 0x25b8 || c == 0x25fe || c == 0x25fc || c == 0x2605;
}

static bool is_dash(gunichar c)
{
	return c == '-' || c == 0x2013 || c == 0x2014 || c == '*' || c == 0x2212;
}

/* The bytes of the label that the text begins with ("•", "–", "1.", "(a)", "iv)"), 0: none. Behind it
 * stands a blank, or nothing: the text is in the next piece. */
gsize pdf_label_bytes(const char *s, gsize len)
{
	gunichar c = len ? g_utf8_get_char_validated(s, (gssize)len) : 0;
	gsize at = 0, digits;

	if ((gint32)c <= 0)
		return 0;
	if (pdf_is_bullet(c) || is_dash(c)) {
		at = (gsize)g_unichar_to_utf8(c, NULL);
		return at == len || s[at] == ' ' || (pdf_is_bullet(c) && c != 0xb7) ? at : 0;
	}
	at = *s == '(';
	for (digits = at; at < len && at - digits < 3 && g_ascii_isdigit(s[at]); at++)
		;
	if (at == digits) {
		while (at < len && at - digits < 5 && strchr("ivxlIVXL", s[at]) && s[at])
			at++;
		/* "P. Name" is no item: a capital wants its bracket */
		if (at == digits && at < len && g_ascii_isalpha(s[at]) && at + 1 < len && (g_ascii_islower(s[at]) || s[at + 1] == ')'))
			at++;
		else if (at - digits == 1 && g_ascii_isupper(s[digits]) && s[digits] != 'I' && at < len && s[at] != ')')
			return 0;
	}
	if (at == digits || at >= len || (s[at] != '.' && s[at] != ')') || (s[0] == '(' && s[at] != ')'))
		return 0;
	at++;
	return at <= LABEL_BYTES_MAX && (at == len || s[at] == ' ') ? at : 0;
}

/* The number of a label: "21." 21; else 0. */
int pdf_label_number(const char *s, gsize bytes)
{
	int number = 0;
	gsize at;

	for (at = 0; at < bytes && g_ascii_isdigit(s[at]); at++)
		number = number * 10 + s[at] - '0';
	return at && at + 1 == bytes && s[at] == '.' ? number : 0;
}
