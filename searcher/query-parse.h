/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * query-parse.h - what the parts of the query parser share: tokens, the
 * lexer's call, and how nodes and warnings are made. Not for others.
 *
 *   text --query-lex.c--> tokens --query-parse.c--> tree --query.c--> interpretation
 */
#ifndef SEARCHER_QUERY_PARSE_H
#define SEARCHER_QUERY_PARSE_H

#include "searcher/query.h"

/* Of more warnings nobody reads. */
#define QUERY_MAX_WARNINGS 20
/* Of what stood there, a warning repeats at most so many characters. */
#define QUERY_ECHO_CHARS 60

enum token_type {
	TOKEN_WORD, TOKEN_WILDCARD, TOKEN_PHRASE,
	TOKEN_FIELD,		/* one value; several in a row with more set are one unit */
	TOKEN_OPEN, TOKEN_CLOSE,
	TOKEN_PLUS, TOKEN_MINUS,
	TOKEN_AND, TOKEN_OR, TOKEN_NOT, TOKEN_NEAR,
	TOKEN_END,
};

struct query_token {
	enum token_type type;
	char *text, *upper;		/* as in query_node; NULL where it has none */
	const struct field *field;
	unsigned distance;
	bool more;			/* a field: the next token is another value of it */
};

/* Tokens (struct query_token) of valid UTF-8, the last one TOKEN_END. */
GArray *query_lex(struct query *query, const char *text);

/* Appends the tokens of one field's value: the parts of a list where the
 * field or the spelling (split) says so; nothing, with a warning, for a value
 * that makes no sense. */
void query_lex_value(struct query *query, GArray *tokens, const struct field *field,
                     const char *value, bool split);

/* The group that the tokens say; reads them to the end. */
void query_read(struct query *query, GArray *tokens);

struct query_node *query_node_new(enum query_type type);
void query_node_free(struct query_node *node);
/* Takes text and upper out of the token. */
struct query_node *query_leaf_take(struct query_token *token);
struct query_node *query_group_new(void);
void query_group_add(struct query_node *group, struct query_node *kid, enum query_occur occur);

/* Makes of a field's value, or a group of such, one that takes other's too. */
void query_alternative_take(struct query_node *node, struct query_node *other);

/* How a node stands in its group where nothing was said. */
enum query_occur query_default_occur(const struct query_node *node);
/* The field whose value, or any of whose values, the node asks for; or NULL. */
const struct field *query_node_field(const struct query_node *node);

void query_warn(struct query *query, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* A word as a warning repeats it: cut where it is long. g_free it. */
char *query_echo(const char *text);
/* True if there is a letter or a digit of any script. */
bool query_has_letter(const char *text);

#endif
