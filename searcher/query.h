/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * query.h - the query language: text to tree. Knows nothing of Xapian, of
 * stems, or of what is in the index.
 *
 *   query    : clause*
 *   clause   : [+ | -] unit | clause AND clause | clause OR clause | NOT clause
 *            | unit near/N unit
 *   unit     : word | wor* | "exact phrase" | field:value | field:"value"
 *            | field:from..to | ( query )
 *
 * No input is an error: what cannot be read as meant is mended and said in
 * the warnings. AND, OR, NOT and near/N are operators in capitals (near/N in
 * any case); curly quotes are quotes; an unknown "foo:" is text.
 */
#ifndef SEARCHER_QUERY_H
#define SEARCHER_QUERY_H

#include "indexer/fields.h"

/* What is beyond these is left out, with a warning. */
#define QUERY_MAX_BYTES 65536
#define QUERY_MAX_TEXT_BYTES 16384	/* of all words, phrases and values together */
#define QUERY_MAX_LEAVES 1024
#define QUERY_MAX_PHRASE_WORDS 256
#define QUERY_MAX_LEAF_BYTES 2048	/* of one word or phrase: a word of hyphens, or without blanks */
#define QUERY_MAX_DEPTH 32
#define QUERY_MIN_WILDCARD_CHARS 3
#define QUERY_MAX_DISTANCE 100
#define QUERY_DEFAULT_DISTANCE 10

enum query_type {
	QUERY_WORD,	/* text: what stood between blanks, "EU-Turkey" or "o'clock" */
	QUERY_PHRASE,	/* text: what stood between the quotes */
	QUERY_WILDCARD,	/* text: what stood before the star */
	QUERY_FIELD,	/* field, text = value or the lower end, upper = upper end of a range */
	QUERY_NEAR,	/* kids (WORD, PHRASE, WILDCARD), distance */
	QUERY_GROUP,	/* kids, each with its occur */
};

/* How a node stands in its group. A passage matches a group when it matches
 * every MUST, no MUST_NOT, and, where there is no MUST, at least one SHOULD.
 * A filter (query_node_filters) is no evidence: where every MUST is a filter
 * and there is a SHOULD, at least one SHOULD must match as well. */
enum query_occur { QUERY_SHOULD, QUERY_MUST, QUERY_MUST_NOT };

struct query_node {
	enum query_type type;
	enum query_occur occur;
	bool marked;			/* + or AND said that it must */
	bool loose;			/* a PHRASE of a pasted text: its words, no more required than others; a WORD: any of its parts */
	char *text;			/* or NULL */
	char *upper;			/* of a range; NULL where there is no range; "" open */
	const struct field *field;	/* of QUERY_FIELD */
	unsigned distance;		/* of QUERY_NEAR: words at most between first and last */
	GPtrArray *kids;		/* struct query_node *, or NULL */
};

struct query {
	struct query_node *root;	/* always a QUERY_GROUP, perhaps with no kids */
	GPtrArray *warnings;		/* char *: for the person who asked, each a sentence */
	GPtrArray *filters;		/* struct query_node *, borrowed from root: what query_add_filter added */
	bool filtered;			/* there were filters in root: what is left means what it meant beside them */
};

/* Never NULL. A phrase is MUST unless it stands in an OR, was marked, or stands
 * unmarked among so many words that it is a text that somebody pasted; a
 * field is MUST likewise (several values of one field: any of them); words
 * are SHOULD. */
struct query *query_parse(const char *text);
void query_free(struct query *query);
typedef struct query Query;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Query, query_free)

/* A field, or a group of nothing but fields. */
bool query_node_filters(const struct query_node *node);

/* Nodes for those who add filters to a query: value may be "a..b", or for
 * fields that are not FIELD_WORDS a list "a,b" (any of them). The node is MUST
 * and belongs to the query. A second filter of the same field means any of
 * both: the node returned is then the group that holds them. NULL, with a
 * warning, for a value that makes no sense for the field. */
struct query_node *query_add_filter(struct query *query, const struct field *field, const char *value);

/* For a query that nothing matches: phrases, near and required words that
 * stand among free words are no longer required, and a warning says so. A query
 * of nothing but what is required stays what it is: quotation marks mean it. Of a word alone that has several parts
 * (hyphens, no blanks) any will do. false
 * where there was nothing to relax. */
bool query_relax(struct query *query);

/* The query in words, as it was understood: reading it again gives the same
 * tree (where filters alone were added, perhaps less one group around it).
 * g_free it. */
char *query_interpretation(const struct query *query);

/* The same with words as the function prints them; NULL: as they are. */
typedef void query_word_fn(const struct query_node *word, GString *out, void *data);
char *query_interpretation_with(const struct query *query, query_word_fn *fn, void *data);

#endif
