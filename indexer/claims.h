/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * claims.h - what is not for a reader to say, since the file that it reads may have taken
 * it over: which document this is, who may find it, whether names are kept in it, and
 * whose fault a failure is. Whoever asked for the file knows, or does not believe.
 *
 * A person's word that a document is held without names is kept whatever its reader sends: nobody
 * speaks in it, and it has no people. Its words are the reader's to send, as they are the file's.
 */
#ifndef INDEXER_CLAIMS_H
#define INDEXER_CLAIMS_H

#include "indexer/jobs.h"

/* What is known of a file. Strings are borrowed from its job; claims_clear it. */
struct claims {
	const struct job *job;
	char *slug;		/* of the file's name */
	const char *id;		/* that a person gave it, or NULL */
	const char *access;
	enum policy policy;
	bool panels_named;	/* a person lets names stand in a panel */
	bool collection;	/* it may hold documents with ids of their own */
	guint documents;	/* settled so far */
};

/* fd: the file. */
void claims_init(struct claims *claims, const struct job *job, int fd);
void claims_clear(struct claims *claims);

/* Sets in the next document what its reader only claims. Its strings and people are its own. */
void claims_settle(struct claims *claims, struct document *doc);

/* The failure that a reader may have: of the file, not of the system and not of the file as it lies on
 * the disk, which would be tried again for ever. may_be_scanned: it was asked for the file's own text. */
enum rapporteur_error claims_failure(const struct claims *claims, guint32 code, bool may_be_scanned);

/* A message as a reader sent it, printable; the file is named in front of it if it does not do so itself. g_free it. */
char *claims_message(const struct claims *claims, const char *begin, const char *s, gsize len);

#endif
