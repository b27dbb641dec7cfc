/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * catalogue.h - catalogue.ini: what a person says of documents, which wins
 * over what we detect.
 *
 * A GKeyFile with one group per file or glob, matched against the file's name
 * and against its path below the catalogue's folder; later groups win:
 *
 *   [forum*.txt]
 *   title = ...
 *   type = report
 *   event, date, date-end, place, publisher, authors, language, url
 *   id = ...                     (files only, not globs)
 *   access = restricted:GROUP
 *   attribution = none           (Chatham House Rule)
 */
#ifndef CORPUS_CATALOGUE_H
#define CORPUS_CATALOGUE_H

#include <stdio.h>

#include "corpus/document.h"

struct catalogue;

/* NULL with error set: NOT_FOUND, SYNTAX (unknown keys and bad values too, with
 * file, group and key), IO. */
struct catalogue *catalogue_open(const char *path, GError **error);
void catalogue_free(struct catalogue *catalogue);
typedef struct catalogue Catalogue;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Catalogue, catalogue_free)

/* Overrides what was detected. catalogue may be NULL. Run before the stages
 * that depend on language, type and policy. */
void catalogue_apply(const struct catalogue *catalogue, struct document *doc);

/* A digest of all that the catalogue says of this file: it is part of what
 * decides whether a file has changed. "" where it says nothing. g_free it. */
char *catalogue_digest(const struct catalogue *catalogue, const char *path);

/* Appends the group of one document, as --write-catalogue prints it. file: its
 * path below the folder of the catalogue. */
void catalogue_write(const struct document *doc, const char *file, GString *out);

#endif
