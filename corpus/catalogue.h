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
 *   attribution = none           (Chatham House Rule), named, normal
 *
 * Groups with a bar correct people, panels and passages: corrections.h.
 */
#ifndef CORPUS_CATALOGUE_H
#define CORPUS_CATALOGUE_H

#include <stdio.h>

#include "corpus/document.h"

struct catalogue;

/* NULL with error set: NOT_FOUND, SYNTAX (unknown keys and bad values too, with
 * file, group and key), IO. */
struct catalogue *catalogue_open(const char *path, GError **error);
/* The same from its bytes; path is what it would be opened by. */
struct catalogue *catalogue_parse(const char *path, const char *bytes, gsize len, GError **error);
void catalogue_free(struct catalogue *catalogue);
typedef struct catalogue Catalogue;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Catalogue, catalogue_free)

/* Overrides what was detected. catalogue may be NULL. Run before the stages
 * that depend on language, type and policy. */
void catalogue_apply(const struct catalogue *catalogue, struct document *doc);

/* The access label of a file's documents: only the catalogue gives one. catalogue may be
 * NULL; the catalogue's own, or static. */
const char *catalogue_access(const struct catalogue *catalogue, const char *path);

/* The id that it gives a file's document, and what it says of the names in it; NULL and POLICY_STATED
 * where it says nothing. catalogue may be NULL; the id is its own. */
const char *catalogue_id(const struct catalogue *catalogue, const char *path);
enum policy catalogue_policy(const struct catalogue *catalogue, const char *path);

/* By which it was opened. */
const char *catalogue_path(const struct catalogue *catalogue);
/* Appends what it says of one file and of no other, for catalogue_parse: corrections stay in their order. */
void catalogue_extract(const struct catalogue *catalogue, const char *path, GString *out);

/* The corrections (struct correction *) of a file, in their order; for the functions of
 * corrections.h. catalogue may be NULL; g_ptr_array_unref it. */
GPtrArray *catalogue_corrections(const struct catalogue *catalogue, const char *path);

/* Warns of corrections whose file is not among the paths and, where all of these have been
 * read, of those that need not fit each document and fitted none. */
void catalogue_warn_unfit(const struct catalogue *catalogue, const char *const *paths, bool all_read, GPtrArray *warnings);

/* A digest of all that the catalogue says of this file: it is part of what
 * decides whether a file has changed. "" where it says nothing. g_free it. */
char *catalogue_digest(const struct catalogue *catalogue, const char *path);

/* corrections/write.c: appends the group of one document, as --write-catalogue prints
 * it, with its panels and people as groups that are commented out. file: its path
 * below the folder of the catalogue. */
void catalogue_write(const struct document *doc, const char *file, GString *out);

#endif
