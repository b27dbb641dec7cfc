/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * matches.c - all passages that a query matches, as sets.
 *
 * A query's tree is worked out as sets of bits, segment by segment: a term's
 * passages are read off its posting list once, and AND, OR and NOT go by words of 64 passages.
 * Xapian's own matcher, which is made for the best few, takes several times as
 * long to visit every match.
 */
#include "searcher/matches.h"

#include <string.h>

static gsize words_for(guint32 passages)
{
	return ((gsize)passages + 63) / 64;
}

struct matches *matches_new(struct store *store)
{
	struct matches *m = g_new0(struct matches, 1);

	m->n_shards = (guint)xap_db_shards(store_database(store));
	m->passages = g_new0(guint32, m->n_shards);
	m->shards = g_new0(guint64 *, m->n_shards);
	for (guint i = 0; i < m->n_shards; i++) {
		m->passages[i] = store_segment(store, i)->passages;
		m->shards[i] = g_new0(guint64, words_for(m->passages[i]));
	}
	return m;
}

void matches_free(struct matches *m)
{
	if (!m)
		return;
	for (guint i = 0; i < m->n_shards; i++)
		g_free(m->shards[i]);
	g_free(m->shards);
	g_free(m->passages);
	g_free(m);
}

struct matches *matches_copy(const struct matches *m)
{
	struct matches *copy = g_new0(struct matches, 1);

	copy->n_shards = m->n_shards;
	copy->passages = g_memdup2(m->passages, m->n_shards * sizeof *m->passages);
	copy->shards = g_new0(guint64 *, m->n_shards);
	for (guint i = 0; i < m->n_shards; i++)
		copy->shards[i] = g_memdup2(m->shards[i], words_for(m->passages[i]) * sizeof(guint64));
	return copy;
}

/* --- a query ------------------------------------------------------------------------------- */

struct marking {
	xap_db *db;
	size_t shard;
	guint32 passages;
	guint64 left;		/* postings that may still be looked at */
	bool all;
	GError **error;
};

static bool add(struct marking *m, const struct xap_query *query, guint64 *out);

static guint64 *new_set(const struct marking *m)
{
	return g_new0(guint64, words_for(m->passages));
}

static bool add_term(struct marking *m, const struct xap_query *query, guint64 *out)
{
	uint32_t marked;

	if (!query->len)	/* to Xapian the empty term is in every document */
		return true;
	if (!xap_db_mark(m->db, m->shard, query->term, query->len, out, m->passages, &marked, m->error))
		return false;
	m->all = m->all && marked <= m->left;
	m->left -= MIN(m->left, marked);
	return true;
}

static void add_every(const struct marking *m, guint64 *out)
{
	gsize whole = m->passages / 64;

	memset(out, 0xff, whole * sizeof *out);
	if (m->passages % 64)
		out[whole] |= ((guint64)1 << m->passages % 64) - 1;
}

static bool add_kids(struct marking *m, const struct xap_query *query, gsize from, guint64 *out)
{
	for (gsize i = from; i < query->n_kids && m->all; i++)
		if (!add(m, query->kids[i], out))
			return false;
	return true;
}

/* What the first kid matches, and each of the others. */
static bool add_common(struct marking *m, const struct xap_query *query, guint64 *out)
{
	gsize words = words_for(m->passages);
	g_autofree guint64 *common = new_set(m), *one = new_set(m);

	if (!query->n_kids)
		return true;
	if (!add(m, query->kids[0], common))
		return false;
	for (gsize i = 1; i < query->n_kids && m->all; i++) {
		memset(one, 0, words * sizeof *one);
		if (!add(m, query->kids[i], one))
			return false;
		for (gsize w = 0; w < words; w++)
			common[w] &= one[w];
	}
	for (gsize w = 0; w < words; w++)
		out[w] |= common[w];
	return true;
}

static bool add_without(struct marking *m, const struct xap_query *query, guint64 *out)
{
	gsize words = words_for(m->passages);
	g_autofree guint64 *first = new_set(m), *others = new_set(m);

	if (!query->n_kids)
		return true;
	if (!add(m, query->kids[0], first) || !add_kids(m, query, 1, others))
		return false;
	for (gsize w = 0; w < words; w++)
		out[w] |= first[w] & ~others[w];
	return true;
}

/* Adds to out. As deep as the query's tree, which the planner bounds. */
static bool add(struct marking *m, const struct xap_query *query, guint64 *out)
{
	switch (query->op) {
	case XAP_NOTHING:
		return true;
	case XAP_ALL:
		add_every(m, out);
		return true;
	case XAP_TERM:
		return add_term(m, query, out);
	case XAP_OR:
	case XAP_SYNONYM:
	case XAP_MAX:
		return add_kids(m, query, 0, out);
	case XAP_SCALE:
	case XAP_AND_MAYBE:	/* the others only add weight */
		return !query->n_kids || add(m, query->kids[0], out);
	case XAP_AND:
	case XAP_FILTER:
		return add_common(m, query, out);
	case XAP_AND_NOT:
		return add_without(m, query, out);
	}
	return true;
}

bool matches_add_query(struct matches *matches, xap_db *db, const struct xap_query *query, guint64 max_postings,
                       bool *all, GError **error)
{
	struct marking m = { .db = db, .left = max_postings, .all = true, .error = error };

	for (guint i = 0; i < matches->n_shards && m.all; i++) {
		m.shard = i;
		m.passages = matches->passages[i];
		if (!add(&m, query, matches->shards[i]))
			return false;
	}
	*all = m.all;
	return true;
}

/* --- sets ------------------------------------------------------------------------------------ */

void matches_add(struct matches *m, guint32 docid)
{
	guint shard = (docid - 1) % m->n_shards;
	guint32 i = (docid - 1) / m->n_shards;

	if (i < m->passages[shard])
		m->shards[shard][i / 64] |= (guint64)1 << i % 64;
}

bool matches_sift(struct matches *m, xap_db *db, guint32 slot, xap_accept_fn *accept, void *data, GError **error)
{
	for (guint i = 0; i < m->n_shards; i++)
		if (!xap_db_sift(db, i, slot, accept, data, m->shards[i], m->passages[i], error))
			return false;
	return true;
}

static bool verify_word(struct matches *m, guint shard, gsize w, matches_docid_fn *fn, void *data, GError **error)
{
	for (guint64 left = m->shards[shard][w]; left; left &= left - 1) {
		guint bit = (guint)__builtin_ctzll(left);
		guint32 i = (guint32)(w * 64 + bit);
		bool keep = false;

		if (!fn(i * m->n_shards + shard + 1, &keep, data, error))
			return false;
		if (!keep)
			m->shards[shard][w] &= ~((guint64)1 << bit);
	}
	return true;
}

bool matches_verify(struct matches *m, matches_docid_fn *fn, void *data, GError **error)
{
	for (guint i = 0; i < m->n_shards; i++)
		for (gsize w = 0; w < words_for(m->passages[i]); w++)
			if (!verify_word(m, i, w, fn, data, error))
				return false;
	return true;
}

void matches_keep(struct matches *m, const struct matches *other)
{
	for (guint i = 0; i < m->n_shards; i++)
		for (gsize w = 0; w < words_for(m->passages[i]); w++)
			m->shards[i][w] &= other->shards[i][w];
}

guint64 matches_count(const struct matches *m)
{
	guint64 n = 0;

	for (guint i = 0; i < m->n_shards; i++)
		for (gsize w = 0; w < words_for(m->passages[i]); w++)
			n += (guint64)__builtin_popcountll(m->shards[i][w]);
	return n;
}
