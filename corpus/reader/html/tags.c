/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tags.c - names of elements to their numbers.
 */
#include "corpus/reader/html/tags.h"

#include <string.h>

#define NAME_BYTES 12	/* none that we know is longer */

static const struct {
	const char *name;
	guint flags;
} tags[N_HTML_TAGS] = {
	[HTML_TEXT] = { "", 0 },
#define X(tag, name, flags) [HTML_##tag] = { name, flags },
	HTML_TAGS(X)
#undef X
	[HTML_OTHER] = { "", 0 },
};

enum html_tag html_tag(const char *s, gsize len)
{
	char name[NAME_BYTES + 1];
	guint low = HTML_TEXT + 1, high = HTML_OTHER;

	if (len > NAME_BYTES)
		return HTML_OTHER;
	for (gsize i = 0; i < len; i++)
		name[i] = g_ascii_tolower(s[i]);
	name[len] = 0;
	while (low < high) {
		guint middle = (low + high) / 2;
		int order = strcmp(name, tags[middle].name);

		if (!order)
			return (enum html_tag)middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return HTML_OTHER;
}

guint html_tag_flags(enum html_tag tag)
{
	return tags[tag].flags;
}
