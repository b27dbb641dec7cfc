/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * picture.c - pictures as bytes, and back.
 */
#include "indexer/picture.h"

#include "corpus/bytes.h"

void picture_put(GString *out, const struct corpus_picture *picture)
{
	bytes_put_number(out, picture->page);
	bytes_put_number(out, picture->pages);
	bytes_put_number(out, picture->width);
	bytes_put_number(out, picture->height);
	g_string_append_len(out, (const char *)picture->grey, (gssize)picture->width * picture->height);
}

bool picture_get(GBytes *bytes, struct corpus_picture *picture)
{
	gsize len;
	const char *s = g_bytes_get_data(bytes, &len);
	struct cursor c = cursor_over(s, len);

	*picture = (struct corpus_picture){ .page = cursor_bounded(&c, CORPUS_PICTURES_MAX) };
	picture->pages = cursor_bounded(&c, CORPUS_PICTURES_MAX);
	picture->width = cursor_bounded(&c, CORPUS_PICTURE_MAX_BYTES);
	picture->height = cursor_bounded(&c, CORPUS_PICTURE_MAX_BYTES);
	picture->grey = (guchar *)c.at;
	return !c.bad && picture->page && picture->page <= picture->pages && !picture->width == !picture->height &&
	       (guint64)picture->width * picture->height == (guint64)(c.end - c.at) && c.end - c.at <= CORPUS_PICTURE_MAX_BYTES;
}
