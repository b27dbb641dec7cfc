/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * printable.c - leaves out what terminals obey.
 */
#include "indexer/printable.h"

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d

char *printable(const char *s, gsize len)
{
	g_autofree char *valid = g_utf8_make_valid(s ? s : "", (gssize)len);
	GString *out = g_string_sized_new(len);

	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		switch (c < 0x7f && c >= 0x20 ? G_UNICODE_LOWERCASE_LETTER : g_unichar_type(c)) {
		case G_UNICODE_CONTROL:
		case G_UNICODE_LINE_SEPARATOR:
		case G_UNICODE_PARAGRAPH_SEPARATOR:
			g_string_append_c(out, ' ');
			break;
		case G_UNICODE_FORMAT:
			if (c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER)
				g_string_append_unichar(out, c);
			break;
		default:
			g_string_append_len(out, p, g_utf8_next_char(p) - p);
		}
	}
	return g_string_free(out, FALSE);
}
