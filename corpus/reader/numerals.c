/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * numerals.c - numbers in figures, letters and Roman numerals.
 */
#include "corpus/reader/numerals.h"

#include <string.h>

#define ROMAN_MAX 3999

static void roman(gint64 n, char *out)
{
	static const struct { int value; const char *sign; } signs[] = {
		{ 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" },
		{ 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" },
	};

	*out = 0;
	for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
		for (; n >= signs[i].value; n -= signs[i].value)
			strcat(out, signs[i].sign);
}

/* a ... z, aa, ab ... */
static void letters(gint64 n, char *out)
{
	char reversed[NUMERAL_BYTES];
	guint len = 0;

	for (; n > 0 && len < sizeof reversed; n = (n - 1) / 26)
		reversed[len++] = (char)('a' + (n - 1) % 26);
	for (guint i = 0; i < len; i++)
		out[i] = reversed[len - 1 - i];
	out[len] = 0;
}

void numeral(gint64 n, char style, char *out, gsize size)
{
	char text[NUMERAL_BYTES + 1] = "";

	if (n > 0 && n <= ROMAN_MAX && (style == 'i' || style == 'I'))
		roman(n, text);
	else if (n > 0 && (style == 'a' || style == 'A'))
		letters(n, text);
	else
		g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, n);
	for (char *p = text; *p && (style == 'A' || style == 'I'); p++)
		*p = g_ascii_toupper(*p);
	g_strlcpy(out, text, size);
}
