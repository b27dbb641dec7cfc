/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * corpus.h - the front door of corpus/: from a file to finished documents.
 *
 *   file --reader--> blocks --repair--> --outline--> --people--> --attribution--> --passages--> sink
 *
 * Each stage is a file of its own with one function that takes the document.
 */
#ifndef CORPUS_CORPUS_H
#define CORPUS_CORPUS_H

#include "corpus/catalogue.h"
#include "corpus/document.h"

/* Larger files of text are refused: a document is held in memory whole. Those of
 * other formats may be larger, since most of a large one is pictures. JSONL is read
 * line by line, so only its lines are bounded. */
#define CORPUS_FILE_MAX_BYTES ((gsize)64 << 20)
#define CORPUS_BINARY_MAX_BYTES ((gsize)1 << 30)
#define CORPUS_LINE_MAX_BYTES ((gsize)16 << 20)

/* What was noticed on the way: strings "'file': line 3 (byte 210): ...", owned. */
typedef GPtrArray corpus_warnings;

/* Takes one finished document; it is borrowed until the call returns.
 * false with error set stops the reading. */
typedef bool corpus_sink(struct document *doc, void *data, GError **error);

/* Has all that the readers' libraries load when they are first used loaded now: for
 * processes that may open nothing later. */
void corpus_prepare(void);

/* Opens a file to read; to be closed. Errors: NOT_FOUND, DENIED, UNSUPPORTED (a folder,
 * a device), IO. */
int corpus_open(const char *path, GError **error);

/* Reads one file, opened for reading, through all the stages and hands each
 * document that it holds to the sink, in order: one for each record of a JSONL
 * collection, else one. Nothing else is opened. path gives the name, and is what
 * the catalogue goes by; catalogue may be NULL. Format is told by content, then
 * by name. Ids are made from the file's name alone.
 * Errors: TOO_LARGE, CORRUPT, UNSUPPORTED (binary), SCANNED, SYNTAX (a broken
 * JSONL line, with its number), IO. What can be read in spite of a fault is
 * read, with a warning (invalid UTF-8: U+FFFD, the line and the byte named). */
bool corpus_read(const char *path, int fd, const struct catalogue *catalogue,
                 corpus_warnings *warnings, corpus_sink *sink, void *data,
                 GError **error);

/* A page as a picture: a byte for each dot, 0 is black, row by row from the top. */
struct corpus_picture {
	guint page, pages;	/* 1..; how many the file has */
	guint width, height;	/* 0: it could not be drawn */
	guchar *grey;
};
#define CORPUS_PICTURE_MAX_BYTES (40u << 20)	/* a poster, at 300 dots an inch */
#define CORPUS_PICTURES_MAX 2000	/* pages of a file */

/* Takes a picture; it is borrowed until the call returns. */
typedef bool corpus_picture_sink(const struct corpus_picture *picture, void *data, GError **error);

/* Draws up to n pages of a file that corpus_read refused as SCANNED, from page first (1..) on. Errors: CORRUPT,
 * TOO_LARGE, IO, those of the sink. */
bool corpus_render(const char *path, int fd, guint first, guint n, corpus_picture_sink *sink, void *data, GError **error);
/* Has loaded what drawing loads, as corpus_prepare does for reading. */
void corpus_prepare_render(void);

/* As corpus_read, of such a file: text is what OCR found on its pages, with form feeds between them; the file itself
 * says its title, its authors and how its pages are counted. */
bool corpus_read_recognised(const char *path, int fd, GBytes *text, const struct catalogue *catalogue,
                            corpus_warnings *warnings, corpus_sink *sink, void *data, GError **error);

/* What a file is that lies beside documents and is none ("pictures", "archives", ...), by its first
 * bytes (CORPUS_OTHER_BYTES of them will do) and its name; NULL for all others, also for a document whose name
 * says otherwise. path NULL: by the bytes alone. Static. */
#define CORPUS_OTHER_BYTES 512
const char *corpus_other_kind(const char *path, const char *head, gsize len);
/* The same word for one of them: "picture". Static. */
const char *corpus_other_one(const char *kind);

/* Does a ZIP archive begin as one of Office or OpenDocument does? */
bool corpus_begins_packed(const char *head, gsize len);

/* A folder whose files are not known, and why. */
struct corpus_unread {
	char *path;
	GError *error;
};
/* An array of them, which it owns. */
GPtrArray *corpus_unread_new(void);

/* The files that a file or folder stands for: itself, or what lies below, in
 * byte order of their paths; hidden files, lock files, catalogue.ini and what
 * matches one of the exclude globs (NULL-terminated, or NULL) left out.
 * Appends g_strdup'ed paths, and to unread (of corpus_unread_new) the folders below that cannot be read, or not
 * all of them; what could be read is there. Errors: NOT_FOUND, DENIED, IO, of path itself. */
bool corpus_files(const char *path, const char *const *exclude, GPtrArray *files, GPtrArray *unread, GError **error);

#endif
