/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * jsonl.h - collections of records, one JSON object a line:
 *
 *   {"id": "...", "title": "...", "text": "...", "speaker": "...", ...}
 *
 * Each record is a document whose id is the record's, as it is. id must be
 * there; of text and title one must hold words, and where there is no text, the
 * title is it. speaker makes all passages that person's speech (or of "kind"),
 * stated; panel puts them on that panel. Further keys: role, organisation,
 * country (of the speaker), date, language, doc (the title where there is
 * none), url, event, place, publisher, authors, type, page,
 * slide, time (in a recording: seconds, or "1:02:03.500"). Others are ignored.
 */
#ifndef CORPUS_JSONL_H
#define CORPUS_JSONL_H

#include "corpus/corpus.h"

/* Reads the file, opened for reading, line by line, never holding more than one. A line that is no
 * record, or repeats an id, is left out with a warning; the file is a SYNTAX
 * error where none is a record. doc->passages gets a statement for each block, as
 * attribution() makes them; `complete` makes passages of these, NULL leaves them. */
typedef void jsonl_complete(struct document *doc, const struct catalogue *catalogue, corpus_warnings *warnings);
bool jsonl_read(const char *path, int fd, const struct catalogue *catalogue, corpus_warnings *warnings,
                jsonl_complete *complete, corpus_sink *sink, void *data,
                GError **error);

#endif
