/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * captions.h - timed captions: WebVTT and SubRip.
 */
#ifndef CORPUS_READER_CAPTIONS_H
#define CORPUS_READER_CAPTIONS_H

#include "corpus/reader/formats.h"

/* True where a file of captions begins: "WEBVTT", or a number with a line of
 * times below it. */
bool captions_begin(const char *s, gsize len);

/* The words of cues that follow each other as paragraphs, each with the time at which it
 * begins, and doc->times for what is inside; a BLOCK_LABEL where another voice begins:
 * "<v Ann Bell>" with the name, ">>" or a dash, which say that somebody else speaks but
 * not who, with that mark. Words that rolling captions show again come once. Numbers,
 * names and settings of cues, comments, styles, regions and tags are markup. The document
 * is a transcript. */
format_read_fn captions_read;

#endif
