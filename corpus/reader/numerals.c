/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * numerals.c - numbers in figures, letters and Roman numerals.
 */
#include "corpus/reader/numerals.h"

#include <string.h>

#define ROMAN_MAX 3999
#define REPEATED_MAX 260	/* "zzzzzzzzzz": beyond, it is a number */

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

/* a ... z, aa, bb ... zz, aaa */
static void repeated(gint64 n, char *out)
{
	gint64 len = (n - 1) / 26 + 1;

	memset(out, (int)('a' + (n - 1) % 26), (gsize)len);
	out[len] = 0;
}

static const char *ordinal_ending(gint64 n)
{
	gint64 last = n % 10;

	if (n % 100 / 10 == 1 || last == 0 || last > 3)
		return "th";
	return last == 1 ? "st" : last == 2 ? "nd" : "rd";
}

void numeral(gint64 n, char style, char *out, gsize size)
{
	char text[NUMERAL_BYTES + 1] = "", kind = g_ascii_tolower(style);

	if (n > 0 && n <= ROMAN_MAX && kind == 'i')
		roman(n, text);
	else if (n > 0 && kind == 'a')
		letters(n, text);
	else if (n > 0 && n <= REPEATED_MAX && kind == 'r')
		repeated(n, text);
	else
		g_snprintf(text, sizeof text, style == '0' ? "%02" G_GINT64_FORMAT "%s" : "%" G_GINT64_FORMAT "%s", n,
		           style == 'o' && n > 0 ? ordinal_ending(n) : "");
	for (char *p = text; *p && g_ascii_isupper(style); p++)
		*p = g_ascii_toupper(*p);
	g_strlcpy(out, text, size);
}

void numeral_append(GString *out, gint64 n, char style)
{
	char text[NUMERAL_BYTES];

	numeral(n, style, text, sizeof text);
	g_string_append(out, text);
}
