/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * captions.h - timed captions: WebVTT and SubRip.
 */
#ifndef CORPUS_READER_CAPTIONS_H
#define CORPUS_READER_CAPTIONS_H

#include "corpus/document.h"

/* True where a file of captions begins: "WEBVTT", or a number with a line of
 * times below it. */
bool captions_begin(const char *s, gsize len);

/* Appends the blocks of doc->text from the offset on: the words of cues that
 * follow each other as paragraphs, a BLOCK_LABEL where another voice ("<v Ann
 * Bell>") begins. Numbers, times, settings, comments, styles and tags are
 * markup. The document is a transcript. */
void captions_read(struct document *doc, guint32 from);

#endif
