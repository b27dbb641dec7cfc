/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * xap.h - xapian-core for C programmers.
 *
 * Ownership, for the whole header: what a *_new, *_open or *_search returns is
 * yours until the matching *_free or *_close (which take NULL); everything
 * that is passed in is only read during the call; what is written into your
 * GString is yours. Terms, keys, synonyms, values and data are bytes with a
 * length and may hold anything, zero bytes too. Two limits hold when they are
 * written; when reading, what is longer is simply not there. A term, a key and
 * a synonym have at least one byte; for the walks and the counts, the empty
 * term is in every document, as in Xapian.
 *
 * A failure leaves what it would have written in *out, *n, ... undefined. A
 * callback may call back into the same handle, but for xap_db_reopen and
 * xap_db_close.
 *
 * A handle may be used by one thread at a time.
 */
#ifndef XAPIAN_XAP_H
#define XAPIAN_XAP_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define XAP_TERM_MAX_BYTES 245		/* of a term, key, synonym; a zero byte counts twice */
#define XAP_DATA_MAX_BYTES (64 << 20)	/* of a document's data, a value, a metadata value */

/* Errors: each code says what the caller can do. */
#define XAP_ERROR (xap_error_quark())
GQuark xap_error_quark(void);
enum xap_error {
	XAP_ERROR_NOT_FOUND,	/* no such database, document or key */
	XAP_ERROR_LOCKED,	/* another writer has it: wait */
	XAP_ERROR_CHANGED,	/* changed under the reader: xap_db_reopen, try again */
	XAP_ERROR_CORRUPT,	/* damaged: restore or rebuild */
	XAP_ERROR_VERSION,	/* of a format that this library cannot read */
	XAP_ERROR_TOO_LARGE,	/* a term or a document over a limit */
	XAP_ERROR_SYNTAX,	/* an argument or a query tree that makes no sense; also
				 * something in the place where a new database should go */
	XAP_ERROR_DENIED,	/* no permission */
	XAP_ERROR_NETWORK,	/* a remote database did not answer: try again later */
	XAP_ERROR_UNSUPPORTED,	/* this backend cannot do that */
	XAP_ERROR_IO,		/* the system failed: disk full, out of file descriptors */
};

/* Version of the xapian-core in use, "1.4.22". Static. */
const char *xap_version(void);

/* --- reading -------------------------------------------------------------- */

typedef struct xap_db xap_db;

/* Opens one or several databases as one. Each place is the folder of a
 * database, a stub file, or "tcp:HOST:PORT" for a remote one. With n == 0 an
 * empty database is opened. Documents of n databases are numbered as Xapian
 * does: document d of database i is (d - 1) * n + i + 1. A stub file that lists
 * several counts as so many. A folder named "tcp:..." is opened as "./tcp:...";
 * an IPv6 HOST stands in brackets. A remote server that does not answer within
 * ten seconds is a NETWORK error.
 *
 * NOT_FOUND: no such folder, or no database in it; CORRUPT: damaged, or a file
 * that is no stub; DENIED; VERSION; NETWORK; SYNTAX: not tcp:HOST:PORT. */
xap_db *xap_db_open(const char *const *places, size_t n, GError **error);
void xap_db_close(xap_db *db);

/* Brings a reader up to the newest commit. *changed (or NULL) tells whether
 * anything was new. A reader sees one commit until then, and lives on while a
 * writer makes the next one; from the second on its blocks may be overwritten,
 * and any call may fail with CHANGED. A stub file is not read again. */
bool xap_db_reopen(xap_db *db, bool *changed, GError **error);

/* How many databases were opened, and which of them (from 0) holds docid. */
size_t xap_db_shards(const xap_db *db);
size_t xap_db_shard(const xap_db *db, uint32_t docid);

bool xap_db_count(xap_db *db, uint32_t *documents, GError **error);

/* How many documents hold the term; 0 for one that is not there. */
bool xap_db_term_frequency(xap_db *db, const char *term, size_t len, uint32_t *n, GError **error);
/* The sum of its wdf over all documents. */
bool xap_db_term_mass(xap_db *db, const char *term, size_t len, uint64_t *mass, GError **error);

/* Is the term in that document, and with which wdf (0 where it is not)? Any docid will do. */
bool xap_db_term_in(xap_db *db, uint32_t docid, const char *term, size_t len, bool *there, uint32_t *wdf, GError **error);

/* Replaces the contents of out. NOT_FOUND for a docid that is not there. */
bool xap_db_data(xap_db *db, uint32_t docid, GString *out, GError **error);

/* The metadata of one shard; out is empty for a key that is not there.
 * NOT_FOUND for a shard that is not there; UNSUPPORTED for one that comes second
 * or later in a stub file, where Xapian does not reach (and so for the keys). */
bool xap_db_metadata(xap_db *db, size_t shard, const char *key, size_t len, GString *out, GError **error);

/* Walks: the function gets each entry in byte order (docids ascending) until
 * it returns false. The bytes are its own only during the call. A walk that was
 * stopped has not failed; one that fails may have called the function before. */
typedef bool xap_bytes_fn(const char *bytes, size_t len, uint32_t frequency, void *data);
typedef bool xap_docid_fn(uint32_t docid, void *data);
bool xap_db_metadata_keys(xap_db *db, size_t shard, const char *prefix, size_t len, xap_bytes_fn *fn, void *data, GError **error);
bool xap_db_terms(xap_db *db, const char *prefix, size_t len, xap_bytes_fn *fn, void *data, GError **error);
bool xap_db_postings(xap_db *db, const char *term, size_t len, xap_docid_fn *fn, void *data, GError **error);
/* A walk with leaps over the terms or the synonym keys of one shard, from the first one at or
 * behind `from` on: the function may put into next (empty before) where to go on, else it is the
 * next entry. What lies before the entry in hand is never gone back to. NOT_FOUND and
 * UNSUPPORTED as for xap_db_metadata. */
enum xap_table { XAP_TERMS, XAP_SYNONYM_KEYS };
typedef bool xap_leap_fn(const char *bytes, size_t len, GString *next, void *data);
bool xap_db_leap(xap_db *db, size_t shard, enum xap_table table, const char *from, size_t len,
                 xap_leap_fn *fn, void *data, GError **error);
/* Sets bit d - 1 of bits for each document d of one shard (as that shard numbers them, from 1) that
 * holds the term, for d up to n; the empty term is in every document. *marked: how many there
 * were. The fastest way to many documents. NOT_FOUND for a shard that is not there. */
bool xap_db_mark(xap_db *db, size_t shard, const char *term, size_t len, uint64_t *bits, size_t n, uint32_t *marked, GError **error);
/* Keys of the synonym table that begin with prefix, and the synonyms of one
 * key, of all shards together. frequency is 0. Remote databases have none. */
bool xap_db_synonym_keys(xap_db *db, const char *prefix, size_t len, xap_bytes_fn *fn, void *data, GError **error);
bool xap_db_synonyms(xap_db *db, const char *key, size_t len, xap_bytes_fn *fn, void *data, GError **error);

/* --- searching ------------------------------------------------------------- */

/* A query is a tree of these, built by the caller, in any memory. No deeper than
 * 200 levels; as wide as you like. What does not fit together (the number of
 * kids, a factor below 0) is SYNTAX when it is searched for. */
enum xap_op {
	XAP_NOTHING,		/* matches nothing */
	XAP_ALL,		/* matches every document, weight 0 */
	XAP_TERM,		/* term, len; len 0 matches nothing */
	XAP_AND, XAP_OR,	/* any number of kids; none: NOTHING */
	XAP_AND_NOT,		/* the first kid (here and below: there must be one) without the others */
	XAP_AND_MAYBE,		/* the first kid; the others only add weight */
	XAP_FILTER,		/* the first kid for the weight; all must match */
	XAP_SYNONYM,		/* any kid; they count as one term */
	XAP_MAX,		/* any kid; the weight of the best one */
	XAP_SCALE,		/* one kid, its weight times factor (>= 0) */
};
struct xap_query {
	enum xap_op op;
	const char *term;
	size_t len;
	double factor;
	const struct xap_query *const *kids;
	size_t n_kids;
};

/* A document that is about to enter the result, while the search runs. */
struct xap_candidate;
/* The bytes are borrowed until the next call on the same candidate; len is 0
 * where there is nothing. Should reading fail, len is 0 too, and the search
 * fails when the function returns. Values are cheap to read, data is not. */
const char *xap_candidate_value(struct xap_candidate *candidate, uint32_t slot, size_t *len);
const char *xap_candidate_data(struct xap_candidate *candidate, size_t *len);
typedef bool xap_accept_fn(struct xap_candidate *candidate, void *data);

/* A hit's weight is the sum of its wdf of each term of the query times the factors of all
 * XAP_SCALE above the term: how much a term says is the caller's to settle. */
struct xap_request {
	const struct xap_query *query;
	uint32_t first, max;		/* hits first .. first + max - 1, from 0 */
	uint32_t check_at_least;	/* go on counting up to this many matches */
	xap_accept_fn *accept;		/* NULL: every match; local databases only */
	void *accept_data;
};
struct xap_hit {
	uint32_t docid;
	double weight;
};
/* total_lower <= true number of matches <= total_upper; equal: it is exact. */
struct xap_hits {
	size_t n;
	struct xap_hit *hits;		/* best first; equal weights by docid; NULL when n is 0 */
	uint32_t total, total_lower, total_upper;
};
struct xap_hits *xap_db_search(xap_db *db, const struct xap_request *request, GError **error);
void xap_hits_free(struct xap_hits *hits);

/* Takes from a set as xap_db_mark makes it the documents that the function does not accept. Of
 * a candidate only the value in the slot can be read. */
bool xap_db_sift(xap_db *db, size_t shard, uint32_t slot, xap_accept_fn *accept, void *data, uint64_t *bits, size_t n, GError **error);

/* --- writing ---------------------------------------------------------------- */

typedef struct xap_doc xap_doc;
xap_doc *xap_doc_new(void);
void xap_doc_free(xap_doc *doc);
/* Makes it empty again, for the next document. */
void xap_doc_clear(xap_doc *doc);
/* These cannot fail before the document is added: the first fault (a term that
 * is empty or too long, too much data, ...) is kept until xap_doc_clear and
 * reported by xap_writer_add and xap_writer_replace, which then change nothing.
 * The wdf of a term that is added again adds up; wdf 0 makes a term that filters
 * but has no weight. A document may be added more than once. */
void xap_doc_term(xap_doc *doc, const char *term, size_t len, uint32_t wdf);
void xap_doc_value(xap_doc *doc, uint32_t slot, const char *value, size_t len);
void xap_doc_data(xap_doc *doc, const char *data, size_t len);

typedef struct xap_writer xap_writer;
enum {
	XAP_WRITE_NEW = 1 << 0,		/* must not exist yet (else an existing one is opened, or one is made) */
	XAP_WRITE_NO_TERMLIST = 1 << 1,	/* smaller and faster; documents cannot be deleted or replaced */
	XAP_WRITE_SCRATCH = 1 << 2,	/* no sync, no journal: for a database that nobody else may see;
					 * a kill may leave it damaged, and closing keeps everything */
};
/* Makes the folder too, but not its parents. LOCKED while another writer, in
 * this process or in any other, has the database open.
 *
 * A call below that refuses its arguments (SYNTAX, TOO_LARGE) has changed
 * nothing. When one fails for any other reason, Xapian has dropped all changes
 * since the last commit: every further call fails, and all that is left to do
 * is to close the writer. */
xap_writer *xap_writer_open(const char *path, unsigned flags, GError **error);
/* Closing without a commit drops what was added since the last one. */
void xap_writer_close(xap_writer *writer);
/* docid may be NULL. */
bool xap_writer_add(xap_writer *writer, const xap_doc *doc, uint32_t *docid, GError **error);
/* Replaces every document that holds the term, or adds it. */
bool xap_writer_replace(xap_writer *writer, const char *term, size_t len, const xap_doc *doc, GError **error);
bool xap_writer_delete(xap_writer *writer, const char *term, size_t len, GError **error);
bool xap_writer_metadata(xap_writer *writer, const char *key, size_t key_len, const char *value, size_t len, GError **error);
bool xap_writer_synonym(xap_writer *writer, const char *key, size_t key_len, const char *synonym, size_t len, GError **error);
/* All changes since the last commit become visible at once, or none; nothing
 * does before. (A scratch database also commits by itself.) */
bool xap_writer_commit(xap_writer *writer, GError **error);

/* Writes the databases at places, put together and packed, to the folder out,
 * which must not exist. Documents are numbered anew: those of places[0] first,
 * in their order, then those of places[1], ... Synonyms are put together; a
 * metadata key with different values in several of them is SYNTAX. On failure
 * out is removed again. UNSUPPORTED for remote databases. */
bool xap_compact(const char *const *places, size_t n, const char *out, GError **error);

/* Xapian's own check of the tables in a folder. *faults counts what was found;
 * the report (or NULL) gets Xapian's words. Damage is no failure of the check,
 * not even where it ends there. */
bool xap_check(const char *path, size_t *faults, GString *report, GError **error);

/* For programs, at their start. Where a write fails while Xapian cleans up after
 * another one that failed (a full disk in the midst of a commit), C++ ends the
 * process and nobody can catch that. Then this is called with the errno of the write
 * (0: not known), in the thread that wrote, once; the process leaves with the status. What lies on disk is as after a
 * power failure. */
typedef void xap_end_fn(int number);
void xap_last_words(xap_end_fn *end, int status);

#ifdef __cplusplus
}
#endif
#endif
