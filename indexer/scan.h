/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * scan.h - a file that is nothing but pictures of pages: a reader draws them, ocr.h makes
 * text of them, and a reader reads that.
 */
#ifndef INDEXER_SCAN_H
#define INDEXER_SCAN_H

#include "indexer/ocr.h"

/* Of a job that a process refused as SCANNED: as process_finish. A page that OCR fails on is a warning. */
bool scan_read(const struct ocr *ocr, struct process *process, struct job *job, bool blocks, corpus_sink *sink, void *data, GError **error);

#endif
