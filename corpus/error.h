/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * error.h - the one error domain of corpus/, indexer/ and searcher/.
 *
 * A code says what the caller can do about a failure, not where it arose.
 * Messages are lower case, name the failure first, the subject in single
 * quotes, and the reason last: "cannot read 'talk.md': not a regular file".
 * The public header repeats these codes as RAP_ERROR_*; searcher/rapporteur.c
 * asserts that they are the same numbers. (SCANNED is of reading files alone.)
 */
#ifndef CORPUS_ERROR_H
#define CORPUS_ERROR_H

#include <glib.h>

#define RAPPORTEUR_ERROR (rapporteur_error_quark())
GQuark rapporteur_error_quark(void);

enum rapporteur_error {
	RAPPORTEUR_ERROR_NOT_FOUND,	/* there is no such file, index, passage */
	RAPPORTEUR_ERROR_LOCKED,	/* somebody else writes: wait */
	RAPPORTEUR_ERROR_CHANGED,	/* changed while read: reopen, try again */
	RAPPORTEUR_ERROR_CORRUPT,	/* the bytes are damaged: restore or rebuild */
	RAPPORTEUR_ERROR_VERSION,	/* written by another version: rebuild */
	RAPPORTEUR_ERROR_TOO_LARGE,	/* over a limit that the message names */
	RAPPORTEUR_ERROR_SYNTAX,	/* the input is not well formed */
	RAPPORTEUR_ERROR_DENIED,	/* no permission */
	RAPPORTEUR_ERROR_UNSUPPORTED,	/* a format or an option we do not know */
	RAPPORTEUR_ERROR_IO,		/* the system failed: disk full, ... */
	RAPPORTEUR_ERROR_SCANNED,	/* nothing but pictures of text: corpus_render, and OCR */
};

/* The code for what the system says: NOT_FOUND, DENIED or IO. */
enum rapporteur_error rapporteur_error_of_errno(int number);

#endif
