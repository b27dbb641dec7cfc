/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * render.h - pages of a PDF as pictures, for whoever reads what is only pictures.
 */
#ifndef CORPUS_PDF_RENDER_H
#define CORPUS_PDF_RENDER_H

#include "corpus/corpus.h"

/* Hands up to n pages to the sink, from page first (1..) on, in their order. path is for messages.
 * Errors: CORRUPT, TOO_LARGE, those of the sink. */
bool pdf_render(const char *path, GBytes *bytes, guint first, guint n, corpus_picture_sink *sink, void *data, GError **error);

#endif
