/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ocr.h - the words of a picture, by the program tesseract: each picture in a process of
 * its own, within limits.
 */
#ifndef INDEXER_OCR_H
#define INDEXER_OCR_H

#include "indexer/process.h"

#define OCR_LANGUAGES "eng"
#define OCR_PAGE_MAX_BYTES ((gsize)1 << 20)	/* of text */

struct ocr;

/* languages: as tesseract has them, "eng+deu". NULL with UNSUPPORTED set where there is no
 * tesseract, or it does not have one of them. */
struct ocr *ocr_new(const char *languages, const struct process_limits *limits, GError **error);
void ocr_free(struct ocr *ocr);

/* Appends a picture's text, as it came. Errors (a reason alone): TOO_LARGE (time, text), UNSUPPORTED, IO. */
bool ocr_read(const struct ocr *ocr, const guchar *grey, guint width, guint height, GString *text, GError **error);

#endif
