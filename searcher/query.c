/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * query.c - the tree of a query: making, freeing, adding filters, and saying
 * it again in words (the interpretation). query-lex.c and query-parse.c read.
 */
#include "searcher/query-parse.h"

#include <stdarg.h>
#include <string.h>

#include "indexer/words.h"

/* --- nodes ------------------------------------------------------------------- */

void query_node_free(struct query_node *node)
{
	if (!node)
		return;
	g_free(node->text);
	g_free(node->upper);
	if (node->kids)
		g_ptr_array_free(node->kids, TRUE);
	g_free(node);
}

static void free_node(gpointer node)
{
	query_node_free(node);
}

struct query_node *query_node_new(enum query_type type)
{
	struct query_node *node = g_new0(struct query_node, 1);

	node->type = type;
	return node;
}

struct query_node *query_group_new(void)
{
	struct query_node *group = query_node_new(QUERY_GROUP);

	group->kids = g_ptr_array_new_with_free_func(free_node);
	return group;
}

void query_group_add(struct query_node *group, struct query_node *kid, enum query_occur occur)
{
	kid->occur = occur;
	g_ptr_array_add(group->kids, kid);
}

struct query_node *query_leaf_take(struct query_token *token)
{
	static const enum query_type types[] = {
		[TOKEN_WORD] = QUERY_WORD, [TOKEN_WILDCARD] = QUERY_WILDCARD,
		[TOKEN_PHRASE] = QUERY_PHRASE, [TOKEN_FIELD] = QUERY_FIELD,
	};
	struct query_node *node = query_node_new(types[token->type]);

	node->text = g_steal_pointer(&token->text);
	node->upper = g_steal_pointer(&token->upper);
	node->field = token->field;
	return node;
}

/* Has the group nothing but SHOULD? */
static bool is_alternatives(const struct query_node *node)
{
	if (node->type != QUERY_GROUP)
		return false;
	for (guint i = 0; i < node->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(node->kids, i);
		if (kid->occur != QUERY_SHOULD)
			return false;
	}
	return true;
}

const struct field *query_node_field(const struct query_node *node)
{
	const struct field *field = NULL;

	if (node->type == QUERY_FIELD)
		return node->field;
	if (!is_alternatives(node))
		return NULL;
	for (guint i = 0; i < node->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(node->kids, i);
		if (kid->type != QUERY_FIELD || (field && kid->field != field))
			return NULL;
		field = kid->field;
	}
	return field;
}

bool query_node_filters(const struct query_node *node)
{
	if (node->type != QUERY_GROUP)
		return node->type == QUERY_FIELD;
	for (guint i = 0; i < node->kids->len; i++)
		if (!query_node_filters(g_ptr_array_index(node->kids, i)))
			return false;
	return true;
}

/* A phrase, a nearness, a field must be there; so must a group of such. */
enum query_occur query_default_occur(const struct query_node *node)
{
	bool any = false;

	if (node->type == QUERY_WORD || node->type == QUERY_WILDCARD || node->loose)
		return QUERY_SHOULD;
	if (node->type != QUERY_GROUP)
		return QUERY_MUST;
	for (guint i = 0; i < node->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(node->kids, i);
		if (kid->occur == QUERY_MUST_NOT)
			continue;
		if (query_default_occur(kid) != QUERY_MUST)
			return QUERY_SHOULD;
		any = true;
	}
	return any ? QUERY_MUST : QUERY_SHOULD;
}

void query_alternative_take(struct query_node *node, struct query_node *other)
{
	if (node->type == QUERY_FIELD) {
		struct query_node *leaf = query_node_new(QUERY_FIELD);
		*leaf = *node;
		*node = (struct query_node){
			.type = QUERY_GROUP, .occur = leaf->occur, .marked = leaf->marked,
			.kids = g_ptr_array_new_with_free_func(free_node),
		};
		query_group_add(node, leaf, QUERY_SHOULD);
	}
	if (other->type == QUERY_FIELD) {
		query_group_add(node, other, QUERY_SHOULD);
		return;
	}
	while (other->kids->len > 0)
		query_group_add(node, g_ptr_array_steal_index(other->kids, 0), QUERY_SHOULD);
	query_node_free(other);
}

/* --- warnings ------------------------------------------------------------------- */

void query_warn(struct query *query, const char *format, ...)
{
	va_list args;

	if (query->warnings->len >= QUERY_MAX_WARNINGS)
		return;
	va_start(args, format);
	char *warning = g_strdup_vprintf(format, args);
	va_end(args);
	for (guint i = 0; i < query->warnings->len; i++)
		if (strcmp(g_ptr_array_index(query->warnings, i), warning) == 0) {
			g_free(warning);
			return;
		}
	g_ptr_array_add(query->warnings, warning);
}

char *query_echo(const char *text)
{
	const char *end = text;

	for (int i = 0; *end && i < QUERY_ECHO_CHARS; i++)
		end = g_utf8_next_char(end);
	if (!*end)
		return g_strdup(text);
	return g_strdup_printf("%.*s...", (int)(end - text), text);
}

/* --- reading --------------------------------------------------------------------- */

/* Valid UTF-8 of at most QUERY_MAX_BYTES. */
static char *clean_text(struct query *query, const char *text)
{
	gsize len = strlen(text);

	if (len > QUERY_MAX_BYTES) {
		len = QUERY_MAX_BYTES;
		while (len > 0 && ((guchar)text[len] & 0xc0) == 0x80)
			len--;
		query_warn(query, "The query is longer than %d bytes: the rest was left out.",
		           QUERY_MAX_BYTES);
	}
	if (!g_utf8_validate(text, (gssize)len, NULL))
		query_warn(query, "The query is not valid UTF-8: what could not be read was replaced.");
	return g_utf8_make_valid(text, (gssize)len);
}

static void free_tokens(GArray *tokens)
{
	for (guint i = 0; i < tokens->len; i++) {
		g_free(g_array_index(tokens, struct query_token, i).text);
		g_free(g_array_index(tokens, struct query_token, i).upper);
	}
	g_array_free(tokens, TRUE);
}

struct query *query_parse(const char *text)
{
	struct query *query = g_new0(struct query, 1);

	query->warnings = g_ptr_array_new_with_free_func(g_free);
	query->filters = g_ptr_array_new();
	g_autofree char *clean = clean_text(query, text);
	GArray *tokens = query_lex(query, clean);
	query_read(query, tokens);
	free_tokens(tokens);
	return query;
}

void query_free(struct query *query)
{
	if (!query)
		return;
	query_node_free(query->root);
	g_ptr_array_free(query->warnings, TRUE);
	g_ptr_array_free(query->filters, TRUE);
	g_free(query);
}

/* --- filters ------------------------------------------------------------------------ */

/* An OR must not lose its meaning when a MUST comes beside it: it becomes one
 * kid of the root. */
static void wrap_alternatives(struct query *query)
{
	struct query_node *root = query->root;

	for (guint i = 0; i < root->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(root->kids, i);
		if (kid->occur == QUERY_SHOULD && query_default_occur(kid) == QUERY_MUST) {
			query->root = query_group_new();
			query_group_add(query->root, root, query_default_occur(root));
			return;
		}
	}
}

static struct query_node *earlier_filter(const struct query *query, const struct field *field)
{
	for (guint i = 0; i < query->filters->len; i++)
		if (query_node_field(g_ptr_array_index(query->filters, i)) == field)
			return g_ptr_array_index(query->filters, i);
	return NULL;
}

/* What a value may hold so that the interpretation can quote it. */
static char *clean_value(const char *value)
{
	char *clean = g_utf8_make_valid(value, -1);
	GString *out = g_string_new(NULL);

	for (const char *p = clean; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool blank = c == '"' || c == 0xFF02 || g_unichar_isspace(c) || g_unichar_iscntrl(c);

		if (!blank)
			g_string_append_unichar(out, c);
		else if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	}
	if (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_free(clean);
	return g_string_free(out, FALSE);
}

static struct query_node *filter_of_tokens(GArray *tokens)
{
	struct query_node *node = NULL;

	for (guint i = 0; i < tokens->len; i++) {
		struct query_node *leaf = query_leaf_take(&g_array_index(tokens, struct query_token, i));
		if (node)
			query_alternative_take(node, leaf);
		else
			node = leaf;
	}
	return node;
}

struct query_node *query_add_filter(struct query *query, const struct field *field, const char *value)
{
	GArray *tokens = g_array_new(FALSE, FALSE, sizeof(struct query_token));
	g_autofree char *clean = clean_value(value);
	struct query_node *node, *earlier = earlier_filter(query, field);

	query_lex_value(query, tokens, field, clean, false);
	node = filter_of_tokens(tokens);
	free_tokens(tokens);
	if (!node)
		return NULL;
	if (earlier) {
		query_alternative_take(earlier, node);
		return earlier;
	}
	wrap_alternatives(query);
	query_group_add(query->root, node, QUERY_MUST);
	g_ptr_array_add(query->filters, node);
	return node;
}

/* --- the interpretation ---------------------------------------------------------------- */

struct printer {
	GString *out;
	query_word_fn *word;	/* or NULL */
	void *data;
};

static void print_inner(const struct query_node *group, bool root, struct printer *printer);

static bool is_plain_value(const char *text)
{
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		if (!g_unichar_isalnum(c) && !(c < 0x80 && strchr("-_./'&", (int)c)))
			return false;
	}
	return true;
}

static void print_value(const struct query_node *leaf, GString *out)
{
	const char *text = leaf->text;

	if (*text == FIELD_WHOLE)
		g_string_append_c(out, *text++);
	if (leaf->upper)
		g_string_append_printf(out, "%s..%s", text, leaf->upper);
	else if (is_plain_value(text))
		g_string_append(out, text);
	else
		g_string_append_printf(out, "\"%s\"", text);
}

/* kind:quote,speech */
static void print_list_of_names(const struct query_node *group, const struct field *field, GString *out)
{
	g_string_append_printf(out, "%s:", field->name);
	for (guint i = 0; i < group->kids->len; i++) {
		if (i > 0)
			g_string_append_c(out, ',');
		print_value(g_ptr_array_index(group->kids, i), out);
	}
}

static void print_near(const struct query_node *node, GString *out)
{
	bool marked = node->occur == QUERY_MUST_NOT;

	g_string_append(out, marked ? "(" : "");
	for (guint i = 0; i < node->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(node->kids, i);

		if (i > 0)
			g_string_append_printf(out, " near/%u ", node->distance);
		g_string_append_printf(out, kid->type == QUERY_PHRASE ? "\"%s\""
		                            : kid->type == QUERY_WILDCARD ? "%s*" : "%s", kid->text);
	}
	g_string_append(out, marked ? ")" : "");
}

static void print_unit(const struct query_node *node, struct printer *printer)
{
	const struct field *field = query_node_field(node);
	GString *out = printer->out;

	switch (node->type) {
	case QUERY_WORD:
		if (printer->word)
			printer->word(node, out, printer->data);
		else
			g_string_append(out, node->text);
		break;
	case QUERY_WILDCARD:
		g_string_append_printf(out, "%s*", node->text);
		break;
	case QUERY_PHRASE:
		g_string_append_printf(out, "\"%s\"", node->text);
		break;
	case QUERY_FIELD:
		g_string_append_printf(out, "%s:", node->field->name);
		print_value(node, out);
		break;
	case QUERY_NEAR:
		print_near(node, out);
		break;
	case QUERY_GROUP:
		if (field && field->match == FIELD_NAME) {
			print_list_of_names(node, field, out);
			break;
		}
		g_string_append_c(out, '(');
		print_inner(node, false, printer);
		g_string_append_c(out, ')');
	}
}

/* Do several nodes that must be there ask for the same field? Unmarked, they
 * would be read as any of them. */
static bool shares_field(const struct query_node *group, const struct query_node *node)
{
	const struct field *field = query_node_field(node);
	unsigned n = 0;

	if (!field)
		return false;
	for (guint i = 0; i < group->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(group->kids, i);
		n += kid->occur == QUERY_MUST && query_node_field(kid) == field;
	}
	return n > 1;
}

static void print_mark(const struct query_node *group, const struct query_node *kid, GString *out)
{
	if (kid->occur == QUERY_MUST_NOT)
		g_string_append_c(out, '-');
	else if (kid->occur == QUERY_MUST &&
	         (query_default_occur(kid) != QUERY_MUST || shares_field(group, kid)))
		g_string_append_c(out, '+');
}

/* Words alone read best without OR; what would be MUST by itself needs it. */
static bool needs_or(const struct query_node *group, bool root)
{
	if (!is_alternatives(group) || group->kids->len < 2)
		return false;
	if (!root)
		return true;
	for (guint i = 0; i < group->kids->len; i++)
		if (query_default_occur(g_ptr_array_index(group->kids, i)) == QUERY_MUST)
			return true;
	return false;
}

static void print_inner(const struct query_node *group, bool root, struct printer *printer)
{
	const struct field *field = query_node_field(group);
	const char *joiner = needs_or(group, root) ? " OR " : " ";
	GString *out = printer->out;

	if (field && field->match == FIELD_NAME && group->kids->len > 1) {
		print_list_of_names(group, field, out);
		return;
	}
	for (guint i = 0; i < group->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(group->kids, i);

		if (i > 0)
			g_string_append(out, joiner);
		print_mark(group, kid, out);
		print_unit(kid, printer);
	}
}

char *query_interpretation_with(const struct query *query, query_word_fn *fn, void *data)
{
	struct printer printer = { g_string_new(NULL), fn, data };
	const struct query_node *root = query->root;

	/* Filters alone, several values of one field: read again, that is the root. */
	if (root->kids->len == 1) {
		const struct query_node *kid = g_ptr_array_index(root->kids, 0);
		if (kid->type == QUERY_GROUP && kid->occur != QUERY_MUST_NOT)
			root = kid;
	}
	print_inner(root, true, &printer);
	return g_string_free(printer.out, FALSE);
}

char *query_interpretation(const struct query *query)
{
	return query_interpretation_with(query, NULL, NULL);
}

/* --- relaxing ------------------------------------------------------------------ */

static bool has_free_words(const struct query_node *root)
{
	for (guint i = 0; i < root->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(root->kids, i);

		if (kid->occur == QUERY_SHOULD && kid->type == QUERY_WORD)
			return true;
	}
	return false;
}

/* The only one of the group that is no filter; NULL where there are more. */
static struct query_node *only_unit(const struct query_node *root)
{
	struct query_node *only = NULL;

	for (guint i = 0; i < root->kids->len; i++) {
		struct query_node *kid = g_ptr_array_index(root->kids, i);

		if (query_node_filters(kid))
			continue;
		if (only)
			return NULL;
		only = kid;
	}
	return only;
}

#define PARTS_MAX 24		/* of a word that is relaxed: all of them would be looked for, however frequent */

/* Several words written as one: hyphenated, or of a script without blanks. */
static bool has_parts(const char *text)
{
	struct words words;
	struct words_span span;
	guint n = 0;

	words_init(&words, text, strlen(text));
	while (n <= PARTS_MAX && words_next(&words, &span))
		n++;
	return n > 1 && n <= PARTS_MAX;
}

/* A word alone must be there whole; where it is nowhere, any part of it will do. */
static bool relax_word(struct query *query)
{
	struct query_node *word = only_unit(query->root);

	if (!word || word->type != QUERY_WORD || word->marked || word->loose || word->occur == QUERY_MUST_NOT || !has_parts(word->text))
		return false;
	word->loose = true;
	query_warn(query, "Nothing has all parts of the word: what has some of them is shown.");
	return true;
}

bool query_relax(struct query *query)
{
	struct query_node *root = query->root;
	bool relaxed = false;

	if (!root->kids)
		return false;
	if (relax_word(query))
		return true;
	if (!has_free_words(root))
		return false;
	for (guint i = 0; i < root->kids->len; i++) {
		struct query_node *kid = g_ptr_array_index(root->kids, i);

		if (kid->occur != QUERY_MUST || query_node_filters(kid))
			continue;
		kid->occur = QUERY_SHOULD;
		if (kid->type == QUERY_PHRASE)	/* its words, since nothing holds it as it stands */
			kid->type = QUERY_WORD;
		relaxed = true;
	}
	if (relaxed)
		query_warn(query, "Nothing matches all that was required: the best of the rest is shown.");
	return relaxed;
}
