/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * opendocument.h - what texts and presentations of OpenDocument have in common: a
 * package of parts, or all in one XML file; what the file says of itself.
 */
#ifndef CORPUS_READER_OPENDOCUMENT_H
#define CORPUS_READER_OPENDOCUMENT_H

#include "corpus/corpus.h"
#include "corpus/reader/opendocument/odf-walk.h"

/* Sets the properties, then reads styles and body through the sink. content_begins is called with the bytes of the
 * body's part before it is read, and with the styles, which last as long as the reading. Errors: those of package.h and xml.h; UNSUPPORTED for
 * what is encrypted. What stands before damage is read, with a warning. */
bool opendocument_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, const struct odf_sink *sink, void *data,
                       void (*content_begins)(void *data, GBytes *content, struct odf_styles *styles), GError **error);

#endif
