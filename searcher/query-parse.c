/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * query-parse.c - from tokens to the tree, by recursive descent:
 *
 *   list    : or*                    what stands side by side
 *   or      : and (OR and)*
 *   and     : clause (AND clause)*
 *   clause  : (+ | - | NOT)* unit (near/N unit)*
 *   unit    : leaf | ( list )
 *
 * The tree comes out in one canonical form, so that reading its interpretation
 * again gives the same one:
 *   - a group has at least two kids, unless it is the root;
 *   - only the root may consist of nothing but MUST_NOT; elsewhere these move
 *     to the group around;
 *   - a kid that is SHOULD though it would be MUST by default stands in a
 *     group of nothing but SHOULD: an OR;
 *   - unmarked values of one field in one list are one group of SHOULD.
 * Parentheses nest at most PAREN_MAX_DEPTH deep, so does the recursion.
 */
#include "searcher/query-parse.h"

#include <string.h>

/* Deeper than the tree may become, so that an interpretation is always read
 * in full. */
#define PAREN_MAX_DEPTH (4 * QUERY_MAX_DEPTH)

struct parser {
	struct query *query;
	struct query_token *token;	/* the next one; the last is TOKEN_END */
	unsigned depth;			/* open parentheses, those ignored not counted */
	unsigned ignored;		/* parentheses open beyond the limit */
	unsigned leaves;
	gsize text_bytes;
};

/* A unit with what stood before it. */
struct clause {
	struct query_node *node;	/* NULL: nothing was there */
	bool must, must_not;
	bool chain;			/* what AND joined: its kids belong to the list itself */
};

static struct query_node *read_list(struct parser *parser);

static const char *operator_name(enum token_type type)
{
	switch (type) {
	case TOKEN_AND: return "AND";
	case TOKEN_OR: return "OR";
	default: return "NOT";
	}
}

static void warn_dangling(struct parser *parser, enum token_type type)
{
	if (type == TOKEN_NEAR) {
		query_warn(parser->query, "near/ stands between two words or phrases: "
		           "here it joins nothing and was left out.");
		return;
	}
	query_warn(parser->query, "'%s' has nothing to join here and was left out. "
	           "Write it in small letters to search for the word.", operator_name(type));
}

/* --- units ------------------------------------------------------------------- */

static bool begins_unit(enum token_type type)
{
	return type == TOKEN_WORD || type == TOKEN_WILDCARD || type == TOKEN_PHRASE ||
	       type == TOKEN_FIELD || type == TOKEN_OPEN;
}

/* Behind so many words, or bytes, at a character. */
static gsize text_limit(const char *text)
{
	gsize len = strlen(text), at = 0;
	guint words = 0;

	for (; at < MIN(len, QUERY_MAX_LEAF_BYTES) && words < QUERY_MAX_PHRASE_WORDS; at++)
		words += text[at] == ' ';
	if (at == len || words == QUERY_MAX_PHRASE_WORDS)
		return at - (at < len);
	while (at > 0 && ((guchar)text[at] & 0xc0) == 0x80)
		at--;
	return at;
}

static void cut_text(struct parser *parser, struct query_token *token)
{
	gsize limit = text_limit(token->text);

	if (!token->text[limit])
		return;
	g_autofree char *echo = query_echo(token->text);
	query_warn(parser->query, "'%s' is longer than %d words or %d bytes: only its beginning was searched.", echo,
	           QUERY_MAX_PHRASE_WORDS, QUERY_MAX_LEAF_BYTES);
	token->text[limit] = '\0';
	g_strchomp(token->text);
}

/* NULL, with a warning, where the query has become too large. */
static struct query_node *read_leaf(struct parser *parser)
{
	struct query_token *token = parser->token++;

	if (token->type != TOKEN_FIELD)
		cut_text(parser, token);
	parser->leaves++;
	parser->text_bytes += strlen(token->text) + (token->upper ? strlen(token->upper) : 0);
	if (token->type != TOKEN_FIELD && !query_has_letter(token->text))	/* it stood behind the cut */
		return NULL;
	if (parser->leaves <= QUERY_MAX_LEAVES && parser->text_bytes <= QUERY_MAX_TEXT_BYTES)
		return query_leaf_take(token);
	query_warn(parser->query, "The query is too long: of %d words and %d bytes the rest was left out.",
	           QUERY_MAX_LEAVES, QUERY_MAX_TEXT_BYTES);
	return NULL;
}

/* One value, or a group of any of several. */
static struct query_node *read_field(struct parser *parser)
{
	struct query_node *group = query_group_new();
	bool more = true;

	while (more) {
		more = parser->token->more;
		struct query_node *leaf = read_leaf(parser);
		if (leaf)
			query_group_add(group, leaf, QUERY_SHOULD);
	}
	if (group->kids->len > 1)
		return group;
	struct query_node *only = group->kids->len ? g_ptr_array_steal_index(group->kids, 0) : NULL;
	query_node_free(group);
	return only;
}

static struct query_node *read_parens(struct parser *parser)
{
	struct query_node *node;

	parser->token++;
	parser->depth++;
	node = read_list(parser);
	parser->depth--;
	if (parser->token->type == TOKEN_CLOSE)
		parser->token++;
	else
		query_warn(parser->query, "A parenthesis is not closed: it was closed at the end.");
	return node;
}

static struct query_node *read_unit(struct parser *parser)
{
	switch (parser->token->type) {
	case TOKEN_OPEN:
		return read_parens(parser);
	case TOKEN_FIELD:
		return read_field(parser);
	default:
		return read_leaf(parser);
	}
}

/* --- near ------------------------------------------------------------------------ */

static bool can_be_near(const struct query_node *node)
{
	return node && (node->type == QUERY_WORD || node->type == QUERY_PHRASE ||
	                node->type == QUERY_WILDCARD);
}

/* The right side of near/N; NULL where there is none that will do. */
static struct query_node *read_near_kid(struct parser *parser)
{
	struct query_token *near_token = parser->token++;

	while (parser->token->type == TOKEN_PLUS || parser->token->type == TOKEN_MINUS)
		parser->token++;
	if (!begins_unit(parser->token->type)) {
		warn_dangling(parser, near_token->type);
		return NULL;
	}
	if (parser->token->type == TOKEN_OPEN || parser->token->type == TOKEN_FIELD) {
		query_warn(parser->query, "near/%u joins words and phrases only and was left out.",
		           near_token->distance);
		return NULL;
	}
	return read_leaf(parser);
}

static struct query_node *join_near(struct parser *parser, struct query_node *left, struct query_node *right, unsigned distance)
{
	struct query_node *node = left;

	if (left->type != QUERY_NEAR) {
		node = query_group_new();
		node->type = QUERY_NEAR;
		node->distance = distance;
		query_group_add(node, left, QUERY_SHOULD);
	}
	if (distance != node->distance) {
		node->distance = MAX(distance, node->distance);
		query_warn(parser->query, "A chain of near/ has one distance: near/%u was taken.",
		           node->distance);
	}
	query_group_add(node, right, QUERY_SHOULD);
	return node;
}

static struct query_node *read_near(struct parser *parser)
{
	struct query_node *node = read_unit(parser);
	bool joined = can_be_near(node);

	while (parser->token->type == TOKEN_NEAR && joined) {
		unsigned distance = parser->token->distance;
		struct query_node *right = read_near_kid(parser);
		if (!right)
			break;
		node = join_near(parser, node, right, distance);
	}
	return node;
}

/* --- clauses ------------------------------------------------------------------------ */

/* Parentheses beyond the limit and those that close nothing are passed over. */
static void skip_stray(struct parser *parser)
{
	for (;; parser->token++) {
		if (parser->token->type == TOKEN_OPEN && parser->depth >= PAREN_MAX_DEPTH) {
			parser->ignored++;
			query_warn(parser->query, "Parentheses nest too deep: the inner ones were ignored.");
		} else if (parser->token->type == TOKEN_CLOSE && parser->ignored > 0) {
			parser->ignored--;
		} else if (parser->token->type == TOKEN_CLOSE && parser->depth == 0) {
			query_warn(parser->query, "A parenthesis closes that was never opened: it was ignored.");
		} else {
			return;
		}
	}
}

static struct clause read_clause(struct parser *parser)
{
	struct clause clause = { NULL, false, false, false };
	bool negated = false;

	for (skip_stray(parser);; parser->token++, skip_stray(parser)) {
		enum token_type type = parser->token->type;

		if (type == TOKEN_NOT || type == TOKEN_MINUS)
			clause.must_not = !clause.must_not;
		else if (type == TOKEN_PLUS)
			clause.must = true;
		else
			break;
		negated = negated || type == TOKEN_NOT;
	}
	if (begins_unit(parser->token->type))
		clause.node = read_near(parser);
	else if (negated)
		warn_dangling(parser, TOKEN_NOT);
	skip_stray(parser);
	return clause;
}

/* --- lists -------------------------------------------------------------------------- */

static unsigned node_height(const struct query_node *node)
{
	unsigned height = 0;

	if (node->type != QUERY_GROUP)
		return 0;
	for (guint i = 0; i < node->kids->len; i++) {
		unsigned kid = node_height(g_ptr_array_index(node->kids, i));
		height = MAX(height, kid);
	}
	return height + 1;
}

static bool only_negative(const struct query_node *node)
{
	if (node->type != QUERY_GROUP)
		return false;
	for (guint i = 0; i < node->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(node->kids, i);
		if (kid->occur != QUERY_MUST_NOT)
			return false;
	}
	return true;
}

/* A group of one positive kid is that kid. */
static struct query_node *unwrap_take(struct query_node *group)
{
	struct query_node *kid;

	if (group->kids->len == 0) {
		query_node_free(group);
		return NULL;
	}
	kid = g_ptr_array_index(group->kids, 0);
	if (group->kids->len > 1 || kid->occur == QUERY_MUST_NOT)
		return group;
	g_ptr_array_steal_index(group->kids, 0);
	query_node_free(group);
	return kid;
}

static void move_kids(struct query_node *from, struct query_node *to)
{
	while (from->kids->len > 0) {
		struct query_node *kid = g_ptr_array_steal_index(from->kids, 0);
		query_group_add(to, kid, kid->occur);
	}
	query_node_free(from);
}

/* Not what is without a and without b: a or b. */
static struct query_node *turn_round(struct query_node *group)
{
	for (guint i = 0; i < group->kids->len; i++) {
		struct query_node *kid = g_ptr_array_index(group->kids, i);
		kid->occur = QUERY_SHOULD;
	}
	return unwrap_take(group);
}

/* Puts the clause into the list. said: it was marked, or joined by AND. */
static void add_clause(struct query_node *list, struct clause clause, bool said)
{
	struct query_node *node = clause.node;

	if (!node)
		return;
	if (only_negative(node)) {
		if (!clause.must_not) {
			move_kids(node, list);
			return;
		}
		node = turn_round(node);
		clause.must_not = false;
		said = true;
	}
	node->marked = said && !clause.must_not;
	query_group_add(list, node, clause.must_not ? QUERY_MUST_NOT
	                            : said ? QUERY_MUST : query_default_occur(node));
}

/* and : clause (AND clause)*; the kids go into the list where the chain has
 * more than one. Returns how many clauses there were. */
static unsigned read_and(struct parser *parser, struct query_node *list, struct clause *single)
{
	struct clause clause = read_clause(parser);
	unsigned n = clause.node != NULL;

	*single = clause;
	while (parser->token->type == TOKEN_AND) {
		parser->token++;
		clause = read_clause(parser);
		if (!clause.node || n == 0)
			warn_dangling(parser, TOKEN_AND);
		if (!clause.node)
			continue;
		if (n == 1)
			add_clause(list, *single, true);
		if (n >= 1)
			add_clause(list, clause, true);
		else
			*single = clause;
		n++;
	}
	return n;
}

/* What stands between two ORs: one clause, an AND group, or nothing. */
static struct clause read_and_group(struct parser *parser)
{
	struct query_node *group = query_group_new();
	struct clause clause;

	if (read_and(parser, group, &clause) > 1) {
		clause = (struct clause){ .node = unwrap_take(group), .chain = true };
		return clause;
	}
	query_node_free(group);
	return clause;
}

/* An operand of OR: what must not be there leaves it, for the list around. */
static void add_operand(struct parser *parser, struct query_node *alternatives, struct query_node *list,
            struct clause clause)
{
	if (!clause.node)
		return;
	if (only_negative(clause.node) != clause.must_not) {
		query_warn(parser->query, "NOT inside an OR counts for the whole: "
		           "what it names was taken out everywhere.");
		add_clause(list, clause, false);
		return;
	}
	if (clause.must_not)
		clause.node = turn_round(clause.node);
	query_group_add(alternatives, clause.node, QUERY_SHOULD);
}

static void drop_deep_kids(struct parser *parser, struct query_node *group)
{
	guint i = 0;

	while (i < group->kids->len) {
		if (node_height(g_ptr_array_index(group->kids, i)) < QUERY_MAX_DEPTH) {
			i++;
			continue;
		}
		g_ptr_array_remove_index(group->kids, i);
		query_warn(parser->query, "The query nests too deep: part of it was left out.");
	}
}

/* or : and (OR and)* */
static void read_or(struct parser *parser, struct query_node *list)
{
	struct query_node *alternatives = query_group_new();
	struct clause clause = read_and_group(parser);

	while (parser->token->type == TOKEN_OR) {
		struct clause next;

		parser->token++;
		next = read_and_group(parser);
		if (!clause.node || !next.node)
			warn_dangling(parser, TOKEN_OR);
		if (!next.node)
			continue;
		add_operand(parser, alternatives, list, clause);
		clause = next;
	}
	if (alternatives->kids->len > 0) {
		add_operand(parser, alternatives, list, clause);
		drop_deep_kids(parser, alternatives);
		clause = (struct clause){ .node = unwrap_take(alternatives) };
	} else {
		query_node_free(alternatives);
	}
	if (clause.chain)
		move_kids(clause.node, list);
	else
		add_clause(list, clause, clause.must);
}

/* Unmarked values of one field: any of them. */
static void merge_fields(struct query_node *list)
{
	struct query_node *first[N_FIELDS] = { NULL };

	for (guint i = 0; i < list->kids->len; ) {
		struct query_node *kid = g_ptr_array_index(list->kids, i);
		const struct field *field = query_node_field(kid);

		if (!field || kid->marked || kid->occur != QUERY_MUST) {
			i++;
			continue;
		}
		if (!first[field->id]) {
			first[field->id] = kid;
			i++;
			continue;
		}
		query_alternative_take(first[field->id], g_ptr_array_steal_index(list->kids, i));
	}
}

/* Up to the closing parenthesis or the end. */
static struct query_node *read_list(struct parser *parser)
{
	struct query_node *list = query_group_new();

	for (;;) {
		skip_stray(parser);
		if (parser->token->type == TOKEN_END || parser->token->type == TOKEN_CLOSE)
			break;
		if (parser->token->type == TOKEN_NEAR) {
			warn_dangling(parser, TOKEN_NEAR);
			parser->token++;
			continue;
		}
		read_or(parser, list);
	}
	merge_fields(list);
	drop_deep_kids(parser, list);
	return unwrap_take(list);
}

/* The root is a group, whatever was read. */
static struct query_node *root_take(struct query_node *node)
{
	struct query_node *root;

	if (node && node->type == QUERY_GROUP) {
		node->occur = QUERY_SHOULD;
		return node;
	}
	root = query_group_new();
	if (node)
		query_group_add(root, node, node->occur);
	return root;
}

/* Somebody pasted a text: what stands in its quotation marks is no more required than its other words. */
#define PASTED_WORDS 16

static void read_as_pasted(struct query *query)
{
	GPtrArray *kids = query->root->kids;
	guint words = 0, quoted = 0;

	for (guint i = 0; i < kids->len; i++)
		words += ((const struct query_node *)kids->pdata[i])->type == QUERY_WORD;
	for (guint i = 0; words >= PASTED_WORDS && i < kids->len; i++) {
		struct query_node *kid = kids->pdata[i];

		if (kid->type != QUERY_PHRASE || kid->occur != QUERY_MUST || kid->marked)
			continue;
		kid->loose = true;
		kid->occur = QUERY_SHOULD;
		quoted++;
	}
	if (quoted)
		query_warn(query, "Among so many words those in quotation marks are not required: "
		           "+\"...\" is for what must be there.");
}

void query_read(struct query *query, GArray *tokens)
{
	struct parser parser = { .query = query, .token = (struct query_token *)(void *)tokens->data };

	query->root = root_take(read_list(&parser));
	read_as_pasted(query);
	if (query->root->kids->len > 0 && only_negative(query->root))
		query_warn(query, "The query only says what must not be there: "
		           "everything without it was searched.");
}
