/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * render.c - draws pages of a PDF in shades of grey, at the resolution that readers of
 * pictures were made for; a page that is larger than paper is drawn smaller.
 */
#include "corpus/reader/pdf/render.h"

#include <cairo.h>
#include <math.h>
#include <poppler.h>

#include "corpus/error.h"

#define RESOLUTION 300.0	/* dots an inch */
#define POINTS 72.0		/* an inch */
#define SIDE_MAX 30000.0	/* dots; cairo has 32767 */

static bool fail(const char *path, enum rapporteur_error code, const char *reason, GError **error)
{
	g_set_error(error, RAPPORTEUR_ERROR, (gint)code, "cannot read '%s': %s", path, reason);
	return false;
}

/* Dots for each point; 0 for a page that has no size. */
static double scale_of(double width, double height)
{
	double scale = RESOLUTION / POINTS, area = width * height;

	if (!isfinite(area) || !(width > 0) || !(height > 0))
		return 0;
	scale = MIN(scale, sqrt(CORPUS_PICTURE_MAX_BYTES / area));
	scale = MIN(scale, SIDE_MAX / MAX(width, height));
	return MIN(width, height) * scale >= 1 ? scale : 0;
}

/* Shades as television has them (ITU-R BT.601). */
static void take_grey(cairo_surface_t *surface, guint width, guint height, guchar *grey)
{
	const guchar *pixels = cairo_image_surface_get_data(surface);
	gsize stride = (gsize)cairo_image_surface_get_stride(surface);

	for (guint y = 0; y < height; y++) {
		const guint32 *row = (const guint32 *)(const void *)(pixels + y * stride);

		for (guint x = 0; x < width; x++) {
			guint32 red = row[x] >> 16 & 0xff, green = row[x] >> 8 & 0xff, blue = row[x] & 0xff;

			*grey++ = (guchar)((red * 299 + green * 587 + blue * 114) / 1000);
		}
	}
}

static bool draw(PopplerPage *page, cairo_surface_t *surface, double scale)
{
	cairo_t *cairo = cairo_create(surface);
	bool done;

	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, scale, scale);
	poppler_page_render(page, cairo);
	done = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(cairo);
	cairo_surface_flush(surface);
	return done && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
}

/* A page that cannot be drawn is an empty picture. */
static void draw_page(PopplerPage *page, struct corpus_picture *picture)
{
	double width, height, scale;
	cairo_surface_t *surface;

	poppler_page_get_size(page, &width, &height);
	scale = scale_of(width, height);
	if (!scale)
		return;
	picture->width = (guint)(width * scale);
	picture->height = (guint)(height * scale);
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)picture->width, (int)picture->height);
	if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS && draw(page, surface, scale)) {
		picture->grey = g_malloc((gsize)picture->width * picture->height);
		take_grey(surface, picture->width, picture->height, picture->grey);
	} else {
		picture->width = picture->height = 0;
	}
	cairo_surface_destroy(surface);
}

static bool render_page(PopplerDocument *file, guint number, guint pages, corpus_picture_sink *sink, void *data, GError **error)
{
	struct corpus_picture picture = { .page = number, .pages = pages };
	PopplerPage *page = poppler_document_get_page(file, (int)number - 1);
	bool ok;

	if (page)
		draw_page(page, &picture);
	g_clear_object(&page);
	ok = sink(&picture, data, error);
	g_free(picture.grey);
	return ok;
}

bool pdf_render(const char *path, GBytes *bytes, guint first, guint n, corpus_picture_sink *sink, void *data, GError **error)
{
	PopplerDocument *file = poppler_document_new_from_bytes(bytes, NULL, NULL);
	guint pages = file ? (guint)MAX(poppler_document_get_n_pages(file), 0) : 0;
	bool ok = true;

	if (!file)
		return fail(path, RAPPORTEUR_ERROR_CORRUPT, "is damaged: it cannot be opened as PDF", error);
	if (pages > CORPUS_PICTURES_MAX)
		ok = fail(path, RAPPORTEUR_ERROR_TOO_LARGE, "it has more than 2000 pages of pictures", error);
	for (guint i = first; ok && i <= pages && i - first < n; i++)
		ok = render_page(file, i, pages, sink, data, error);
	g_object_unref(file);
	return ok;
}
