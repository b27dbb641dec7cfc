/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * properties.h - what a file says of itself (title, author, dates), as far as it can be
 * believed: programs fill these fields with names of files, of templates and of logins.
 */
#ifndef CORPUS_PROPERTIES_H
#define CORPUS_PROPERTIES_H

#include "corpus/document.h"

/* Sets doc->file_title, unless it is set, s is NULL or no title: "Untitled", "Slide 1",
 * "Microsoft Word - x.doc", the name of a file (doc->path's own or another). Runs of white
 * space become a blank. */
void properties_title(struct document *doc, const char *s);
/* Adds a person or house to doc->file_authors, "; " between them; s may hold several with
 * semicolons. Logins and what programs put there ("user", "python-docx") are left out. */
void properties_author(struct document *doc, const char *s);
/* Sets doc->file_date to the day on which the file was made; where it was changed more than
 * a year later, to that: it was begun from an older one. Both are ISO 8601 ("2017-10-23T09:00:00Z",
 * "2017-10") or PDF's ("D:20171023090000"), or NULL; what is no date of 1980 to 2100 counts as NULL. */
void properties_dates(struct document *doc, const char *created, const char *modified);

#endif
