/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-scan.c - a search through the index equals a plain scan: random queries
 * over random passages are answered by the library, and by a second
 * implementation that holds the parsed query against every passage in turn. It
 * knows the query tree and the analysis, but nothing of terms in an index.
 */
#include "tests/unit/searching.h"

#include "indexer/analysis.h"
#include "searcher/query.h"

#define DOCUMENTS 24
#define PASSAGES 10
#define QUERIES 700

/* --- what is scanned ------------------------------------------------------------ */

struct scanned {
	char *id, *language;
	char *speaker, *organisation, *country, *panel, *section, *document, *event, *kind, *type, *date;
	int page;
	GArray *tokens;		/* of the text */
	GHashTable *terms;	/* of text and fields: char * of the analysis */
};

struct scan {
	Analysis *analysis;
	GPtrArray *passages;	/* struct scanned * */
	const char *const *languages;
	const struct scanned *at;
};

static GArray *tokens_of(struct scan *scan, const char *language, const char *text)
{
	GArray *tokens = g_array_new(FALSE, FALSE, sizeof(struct token));

	analysis_tokens(scan->analysis, language, text, strlen(text), tokens);
	return tokens;
}

#define token_at(tokens, i) (&g_array_index((tokens), struct token, (i)))

static void add_terms(struct scan *scan, struct scanned *s, const char *text)
{
	g_autoptr(GArray) tokens = text ? tokens_of(scan, s->language, text) : NULL;

	for (guint i = 0; tokens && i < tokens->len; i++) {
		const struct word *word = token_at(tokens, i)->word;

		if (word->term)
			g_hash_table_add(s->terms, (gpointer)word->term->text);
		if (word->also)
			g_hash_table_add(s->terms, (gpointer)word->also->text);
	}
}

static void add_person(struct scan *scan, struct scanned *s, const RapPerson *person)
{
	if (!person)
		return;
	add_terms(scan, s, person->name);
	add_terms(scan, s, person->role);
	add_terms(scan, s, person->organisation);
	add_terms(scan, s, person->country);
	s->speaker = g_strdup(person->name);
	s->organisation = g_strdup(person->organisation);
	s->country = g_strdup(person->country);
}

static bool take_passage(const RapPassage *p, void *data)
{
	struct scan *scan = data;
	struct scanned *s = g_new0(struct scanned, 1);
	g_autoptr(GString) section = g_string_new(NULL);

	s->id = g_strdup(p->id);
	s->language = g_strdup(p->document->language);
	s->terms = g_hash_table_new(g_str_hash, g_str_equal);
	s->tokens = tokens_of(scan, s->language, p->text);
	add_terms(scan, s, p->text);
	add_terms(scan, s, p->document->title);
	add_terms(scan, s, p->document->authors);
	for (const char *const *title = p->section; *title; title++) {
		add_terms(scan, s, *title);
		g_string_prepend(section, " / ");
		g_string_prepend(section, *title);
	}
	if (p->panel) {
		add_terms(scan, s, p->panel->label);
		add_terms(scan, s, p->panel->title);
		s->panel = g_strconcat(p->panel->label, " ", p->panel->title, NULL);
	}
	add_person(scan, s, p->speaker);
	s->section = g_strdup(section->str);
	s->document = g_strdup(p->document->id);
	s->event = g_strdup(p->document->event);
	s->kind = g_strdup(rap_kind_name(p->kind));
	s->type = g_strdup(p->document->type);
	s->date = g_strdup(p->document->date);
	s->page = p->slide ? p->slide : p->page;
	g_ptr_array_add(scan->passages, s);
	return true;
}

static void free_scanned(gpointer data)
{
	struct scanned *s = data;

	g_array_unref(s->tokens);
	g_hash_table_unref(s->terms);
	g_free(s->id);
	g_free(s->language);
	g_free(s->speaker);
	g_free(s->organisation);
	g_free(s->country);
	g_free(s->panel);
	g_free(s->section);
	g_free(s->document);
	g_free(s->event);
	g_free(s->kind);
	g_free(s->type);
	g_free(s->date);
	g_free(s);
}

/* --- does it match? ---------------------------------------------------------------- */

/* NEUTRAL: common words, of which the index knows nothing. */
enum answer { NO, YES, NEUTRAL };

static bool has_term(struct scan *scan, const struct term *term)
{
	return term && g_hash_table_contains(scan->at->terms, term->text);
}

/* The word as one language reads it: is any of it there, is it there whole? */
static void scan_reading(struct scan *scan, GArray *tokens, bool *known, bool *any, bool *all)
{
	bool parts = true, some = false;

	for (guint i = 0; i < tokens->len; i++) {
		const struct token *token = token_at(tokens, i);
		bool there = has_term(scan, token->word->term) || has_term(scan, token->word->also);

		if (!token->word->term)
			continue;
		*known = true;
		*any |= there;
		if (token->flags & TOKEN_JOINED) {
			*all |= there;
		} else {
			some = true;
			parts &= there;
		}
	}
	*all |= some && parts;
}

static enum answer scan_word(struct scan *scan, const char *text, bool whole)
{
	bool known = false, any = false, all = false, single = true;

	for (const char *const *language = scan->languages; *language; language++) {
		g_autoptr(GArray) tokens = tokens_of(scan, *language, text);

		single &= tokens->len == 1;
		scan_reading(scan, tokens, &known, &any, &all);
	}
	return !known ? NEUTRAL : (whole && !single ? all : any) ? YES : NO;
}

static bool same_word(const struct word *want, const struct word *word)
{
	return want->flags & WORD_ACCENTED ? strcmp(want->exact, word->exact) == 0 : strcmp(want->fold, word->fold) == 0;
}

/* Where the phrase's words from position i on end when they stand at position p; 0: they do not. */
static guint phrase_end(struct scan *scan, GArray *phrase, guint i, guint n, guint p)
{
	if (i >= n)
		return p;
	for (guint w = 0; w < phrase->len; w++)
		for (guint t = 0; token_at(phrase, w)->position == i && t < scan->at->tokens->len; t++) {
			const struct token *token = token_at(scan->at->tokens, t);
			guint end;

			if (token->position != p || !same_word(token_at(phrase, w)->word, token->word))
				continue;
			end = phrase_end(scan, phrase, i + token_at(phrase, w)->span, n, p + token->span);
			if (end)
				return end;
		}
	return 0;
}

struct place {
	guint start, end;
};

static void add_place(GArray *places, guint start, guint end)
{
	struct place place = { start, end };

	g_array_append_val(places, place);
}

/* false where the phrase has no words. */
static bool phrase_places(struct scan *scan, const char *text, GArray *places)
{
	g_autoptr(GArray) phrase = tokens_of(scan, NULL, text);
	guint n = 0, positions = 0;

	for (guint i = 0; i < phrase->len; i++)
		n = MAX(n, token_at(phrase, i)->position + token_at(phrase, i)->span);
	for (guint i = 0; i < scan->at->tokens->len; i++)
		positions = MAX(positions, token_at(scan->at->tokens, i)->position + 1);
	for (guint p = 0; n && p < positions; p++) {
		guint end = phrase_end(scan, phrase, 0, n, p);

		if (end)
			add_place(places, p, end);
	}
	return n > 0;
}

static void wildcard_places(struct scan *scan, const char *text, GArray *places)
{
	g_autofree char *key = analysis_key(scan->analysis, text, -1);
	const char *last = strrchr(key, ' ');
	const char *prefix = last ? last + 1 : key;

	for (guint i = 0; i < scan->at->tokens->len; i++) {
		const struct token *token = token_at(scan->at->tokens, i);

		if (token->word->term && g_str_has_prefix(token->word->fold, prefix))
			add_place(places, token->position, token->position + token->span);
	}
}

/* A plain word in all its forms; false where it is common or hyphenated. */
static bool word_places(struct scan *scan, const char *text, GArray *places)
{
	g_autoptr(GHashTable) terms = g_hash_table_new(g_direct_hash, g_direct_equal);
	bool known = false;

	for (const char *const *language = scan->languages; *language; language++) {
		g_autoptr(GArray) tokens = tokens_of(scan, *language, text);

		if (tokens->len != 1)
			return false;
		if (!token_at(tokens, 0)->word->term)
			continue;
		known = true;
		g_hash_table_add(terms, token_at(tokens, 0)->word->term);
		if (token_at(tokens, 0)->word->also)
			g_hash_table_add(terms, token_at(tokens, 0)->word->also);
	}
	for (guint i = 0; known && i < scan->at->tokens->len; i++) {
		const struct token *token = token_at(scan->at->tokens, i);

		if ((token->word->term && g_hash_table_contains(terms, token->word->term)) ||
		    (token->word->also && g_hash_table_contains(terms, token->word->also)))
			add_place(places, token->position, token->position + token->span);
	}
	return known;
}

/* Every choice of one place for each kid is tried. */
static bool is_near(GPtrArray *all, guint kid, guint first_end, guint last_start, guint distance)
{
	const GArray *places;

	if (kid == all->len)
		return last_start <= first_end + distance;
	places = g_ptr_array_index(all, kid);
	for (guint i = 0; i < places->len; i++) {
		const struct place *place = &g_array_index(places, struct place, i);

		if (is_near(all, kid + 1, MIN(first_end, place->end), MAX(last_start, place->start), distance))
			return true;
	}
	return false;
}

static enum answer scan_near(struct scan *scan, const struct query_node *node)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);

	for (guint i = 0; i < node->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(node->kids, i);
		GArray *places = g_array_new(FALSE, FALSE, sizeof(struct place));
		bool known = true;

		if (kid->type == QUERY_WILDCARD)
			wildcard_places(scan, kid->text, places);
		else if (kid->type == QUERY_PHRASE || !word_places(scan, kid->text, places))
			known = phrase_places(scan, kid->text, places);
		if (known)
			g_ptr_array_add(all, places);
		else
			g_array_unref(places);
	}
	return !all->len ? NEUTRAL : is_near(all, 0, G_MAXUINT / 2, 0, node->distance) ? YES : NO;
}

static bool holds_words(struct scan *scan, const char *text, const char *words)
{
	g_autofree char *inner = analysis_key(scan->analysis, words, -1), *key = analysis_key(scan->analysis, text ? text : "", -1);
	g_autofree char *padded_inner = g_strconcat(" ", inner, " ", NULL), *padded = g_strconcat(" ", key, " ", NULL);

	return strstr(padded, padded_inner) != NULL;
}

/* All dates of the test are whole days. */
static bool holds_date(const char *date, const char *from, const char *to)
{
	return (!to && g_str_has_prefix(date, from)) ||
	       (to && (!*from || strcmp(date, from) >= 0) && (!*to || strncmp(date, to, strlen(to)) <= 0));
}

static bool scan_field(struct scan *scan, const struct query_node *node)
{
	const struct scanned *s = scan->at;
	const char *const values[N_FIELDS] = {
		[FIELD_SPEAKER] = s->speaker, [FIELD_ORGANISATION] = s->organisation, [FIELD_COUNTRY] = s->country,
		[FIELD_PANEL] = s->panel, [FIELD_SECTION] = s->section, [FIELD_DOCUMENT] = s->document, [FIELD_EVENT] = s->event,
		[FIELD_KIND] = s->kind, [FIELD_TYPE] = s->type, [FIELD_LANGUAGE] = s->language,
	};

	switch (node->field->match) {
	case FIELD_WORDS:
		return holds_words(scan, values[node->field->id], node->text);
	case FIELD_NAME:
		return g_strcmp0(values[node->field->id], node->text) == 0;
	case FIELD_DATE:
		return holds_date(s->date, node->text, node->upper);
	case FIELD_NUMBER:
		return node->upper ? s->page >= atoi(node->text) && (!*node->upper || s->page <= atoi(node->upper)) : s->page == atoi(node->text);
	}
	return false;
}

static enum answer scan_node(struct scan *scan, const struct query_node *node, bool whole);

static enum answer scan_group(struct scan *scan, const struct query_node *group)
{
	guint shoulds = 0, musts = 0, evidence = 0, known_shoulds = 0, known = 0;
	bool matched = false, failed = false;

	for (guint i = 0; i < group->kids->len; i++) {
		shoulds += ((struct query_node *)g_ptr_array_index(group->kids, i))->occur == QUERY_SHOULD;
		musts += ((struct query_node *)g_ptr_array_index(group->kids, i))->occur == QUERY_MUST;
	}
	for (guint i = 0; i < group->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(group->kids, i);
		bool alone = shoulds == 1 && !musts;
		enum answer answer = scan_node(scan, kid, alone || kid->occur != QUERY_SHOULD);

		if (answer == NEUTRAL)
			continue;
		known++;
		if (kid->occur == QUERY_SHOULD) {
			known_shoulds++;
			matched |= answer == YES;
		} else {
			failed |= answer != (kid->occur == QUERY_MUST ? YES : NO);
			evidence += kid->occur == QUERY_MUST && !query_node_filters(kid);
		}
	}
	if (!known)
		return group->kids->len && !shoulds && !musts ? YES : NEUTRAL;
	return !failed && (matched || evidence || !known_shoulds) ? YES : NO;
}

static enum answer scan_node(struct scan *scan, const struct query_node *node, bool whole)
{
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(struct place));
	bool known = true;

	switch (node->type) {
	case QUERY_WORD:
		return scan_word(scan, node->text, whole && !node->loose);
	case QUERY_FIELD:
		return scan_field(scan, node) ? YES : NO;
	case QUERY_GROUP:
		return scan_group(scan, node);
	case QUERY_NEAR:
		return scan_near(scan, node);
	case QUERY_PHRASE:
		known = phrase_places(scan, node->text, places);
		break;
	case QUERY_WILDCARD:
		wildcard_places(scan, node->text, places);
		break;
	}
	return !known ? NEUTRAL : places->len ? YES : NO;
}

/* --- the whole query ------------------------------------------------------------------ */

/* Is there anything but common words to look for? Appends the words. */
static bool is_evident(struct scan *scan, const struct query_node *node, GString *words)
{
	bool evident = false;

	if (node->occur == QUERY_MUST_NOT || node->type == QUERY_FIELD)
		return false;
	if (node->type == QUERY_WORD)
		g_string_append_printf(words, "%s ", node->text);
	if (node->type != QUERY_GROUP)
		return scan_node(scan, node, false) != NEUTRAL;
	for (guint i = 0; i < node->kids->len; i++)
		evident |= is_evident(scan, g_ptr_array_index(node->kids, i), words);
	return evident;
}

static bool has_alternative(struct scan *scan, const struct query_node *root)
{
	for (guint i = 0; i < root->kids->len; i++) {
		const struct query_node *kid = g_ptr_array_index(root->kids, i);

		if (kid->occur == QUERY_SHOULD && scan_node(scan, kid, false) != NEUTRAL)
			return true;
	}
	return false;
}

static bool scan_query(struct scan *scan, const struct query *query)
{
	g_autoptr(GString) words = g_string_new(NULL);
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(struct place));
	enum answer answer = scan_group(scan, query->root);

	if (!query->root->kids->len)
		return true;
	if (!is_evident(scan, query->root, words) && !has_alternative(scan, query->root) && words->len)
		return answer != NO && phrase_places(scan, words->str, places) && places->len;
	return answer == YES;
}

static GHashTable *scan_all(struct scan *scan, const struct query *query)
{
	GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < scan->passages->len; i++) {
		scan->at = g_ptr_array_index(scan->passages, i);
		if (scan_query(scan, query))
			g_hash_table_add(ids, scan->at->id);
	}
	return ids;
}

/* --- random passages and queries ---------------------------------------------------------- */

/* Invented or everyday words, with forms that share a stem, common words, and what the analysis treats
 * specially. */
static const char *const english[] = {
	"ferry", "ferries", "harbour", "harbours", "lantern", "lanterns", "orchard", "copper", "re-use", "reuse", "use", "night-train", "night",
	"train", "training", "the", "of", "and", "to", "is", "7,000", "3-5", "caf\303\251", "cafe", "na\303\257ve", "o'clock", "well-being", "Harbour", "FERRY",
};
static const char *const german[] = {
	"H\303\244fen", "Hafen", "Stra\303\237e", "Strassen", "f\303\274r", "fur", "Lampe", "Lampen", "die", "der", "und", "ist", "Zug", "Z\303\274ge", "Nacht-Zug", "Kupfer", "use",
};
static const char *const french[] = {
	"l'orchard", "caf\303\251", "caf\303\251s", "\303\251t\303\251", "les", "des", "et", "port", "ports", "lanterne", "lanternes", "train", "trains", "cuivre", "rendez-vous", "die",
};
static const char *const chinese[] = { "\346\270\257\345\217\243", "\346\270\257", "\345\244\234\350\241\214\345\210\227\350\275\246", "\345\210\227\350\275\246", "train", "copper" };

static const struct {
	const char *language;
	const char *const *words;
	guint n;
} vocabularies[] = {
	{ "en", english, G_N_ELEMENTS(english) }, { "de", german, G_N_ELEMENTS(german) },
	{ "fr", french, G_N_ELEMENTS(french) }, { NULL, chinese, G_N_ELEMENTS(chinese) },
};

static const char *random_word(GRand *rand, guint v)
{
	return vocabularies[v].words[g_rand_int_range(rand, 0, (gint)vocabularies[v].n)];
}

static const char *any_word(GRand *rand)
{
	return random_word(rand, (guint)g_rand_int_range(rand, 0, G_N_ELEMENTS(vocabularies)));
}

static char *random_text(GRand *rand, guint v, gint max)
{
	GString *text = g_string_new(NULL);

	for (gint n = g_rand_int_range(rand, 1, max + 1); n; n--)
		g_string_append_printf(text, "%s%s", random_word(rand, v), n > 1 ? g_rand_int_range(rand, 0, 6) ? " " : ", " : ".");
	return g_string_free(text, FALSE);
}

static struct document *random_document(GRand *rand, guint number)
{
	guint v = number % G_N_ELEMENTS(vocabularies);
	g_autofree char *id = g_strdup_printf("paper-%u%s", number, number % 3 ? "" : "-harbour"), *title = random_text(rand, v, 3);
	struct made made = made_new(id, title, vocabularies[v].language);
	int speakers[] = { -1, made_person(&made, "Ada Brandt-Iversen", "harbour master", "Copper Board", "Norway"), made_person(&made, "Os\303\255as Quill", NULL, NULL, NULL) };
	int panels[] = { -1, made_panel(&made, "Panel II", "Lanterns at night"), made_panel(&made, "Panel III", "the ferry") };
	int top = made_section(&made, -1, "Orchard use"), sections[] = { -1, top, made_section(&made, top, "The night") };

	made.doc->date = number % 2 ? "2021-03-04" : "2022-11-30";
	made.doc->event = number % 2 ? "Lantern Days" : NULL;
	made.doc->type = number % 2 ? TYPE_REPORT : TYPE_AGENDA;
	made.doc->authors = number % 5 ? NULL : "Petra Kupfer";
	for (guint i = 0; i < PASSAGES; i++) {
		g_autofree char *text = random_text(rand, v, 20);
		struct passage *passage = made_passage(&made, text, (enum passage_kind)g_rand_int_range(rand, 0, N_KINDS), speakers[g_rand_int_range(rand, 0, 3)]);

		passage->panel = panels[g_rand_int_range(rand, 0, 3)];
		passage->section = sections[g_rand_int_range(rand, 0, 3)];
	}
	return made_take(&made);
}

static void random_leaf(GRand *rand, GString *query)
{
	static const char *const fielded[] = {
		"kind:quote,speech", "kind:narrative", "speaker:brandt", "speaker:\"iversen\"", "speaker:quill", "panel:\"panel ii\"", "panel:iii", "section:night",
		"year:2021", "date:2021-03..2022-10", "date:..2021-12-31", "page:2", "page:2..4", "doc:harbour", "org:copper", "country:norway", "lang:de", "type:agenda", "event:lantern",
	};
	const char *word = any_word(rand), *end = word;

	switch (g_rand_int_range(rand, 0, 10)) {
	case 0: case 1:
		g_string_append_printf(query, "\"%s %s\"", word, any_word(rand));
		break;
	case 2:
		g_string_append_printf(query, "%s near/%d %s", word, g_rand_int_range(rand, 0, 6), any_word(rand));
		break;
	case 3:
		for (gint n = 3; n && *end; n--)
			end = g_utf8_next_char(end);
		g_string_append_printf(query, "%.*s*", (int)(end - word), word);
		break;
	case 4:
		g_string_append(query, fielded[g_rand_int_range(rand, 0, G_N_ELEMENTS(fielded))]);
		break;
	default:
		g_string_append(query, word);
	}
}

static void random_query(GRand *rand, GString *query, guint depth)
{
	static const char *const marks[] = { "", "", "", "", "+", "-", "NOT " };
	static const char *const joiners[] = { " ", " ", " ", " OR ", " AND " };

	for (gint n = g_rand_int_range(rand, 1, 4); n; n--) {
		g_string_append(query, marks[g_rand_int_range(rand, 0, G_N_ELEMENTS(marks))]);
		if (depth && g_rand_int_range(rand, 0, 4) == 0) {
			g_string_append_c(query, '(');
			random_query(rand, query, depth - 1);
			g_string_append_c(query, ')');
		} else {
			random_leaf(rand, query);
		}
		if (n > 1)
			g_string_append(query, joiners[g_rand_int_range(rand, 0, G_N_ELEMENTS(joiners))]);
	}
}

/* --- the property ------------------------------------------------------------------------------ */

static void compare(struct scan *scan, RapIndex *index, const char *text)
{
	g_autoptr(Query) query = query_parse(text);
	g_autoptr(GHashTable) expected = scan_all(scan, query);
	RapResults *results = asked(index, &(RapRequest){ .text = text, .limit = 10000, .keep_duplicates = true, .exact_total = true });

	if (!g_hash_table_size(expected) && query_relax(query)) {
		g_hash_table_unref(expected);
		expected = scan_all(scan, query);
	}
	for (size_t i = 0; i < results->n_hits; i++)
		if (!g_hash_table_remove(expected, results->hits[i].passage.id))
			g_error("%s: found, but does not match: %s: %s", text, results->hits[i].passage.id, results->hits[i].passage.text);
	if (g_hash_table_size(expected)) {
		GHashTableIter iter;
		gpointer id;

		g_hash_table_iter_init(&iter, expected);
		g_hash_table_iter_next(&iter, &id, NULL);
		g_error("%s: %u not found, such as %s", text, g_hash_table_size(expected), (const char *)id);
	}
	g_assert_true(results->total_is_exact);
	g_assert_cmpuint(results->total, ==, results->n_hits);
	rap_results_free(results);
}

static const char *const fixed[] = {
	"", "the", "the of", "of the", "is -ferry", "-ferry", "NOT (the of)", "the -\"copper train\"", "-the", "year:2021 the", "the OR kind:quote",
	"-re-use", "+re-use", "re-use", "re-use OR (+night-train the)", "kind:quote OR \"copper train\"", "(kind:quote \"the copper\") OR \"of the\"",
	"NOT (\"the copper\" AND year:2021)", "year:2021 ferry", "year:2021 +(kind:quote OR ferry*) -\"of the\"", "ferry OR (the -\"of the\")",
	"\"reuse\"", "\"re use\"", "\"re-use\"", "night-train near/2 the", "train* near/1 copper", "\"caf\303\251\"", "\"cafe\"", "stra*", "har*",
};

static void test_scan(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	g_autoptr(GRand) rand = g_rand_new_with_seed(20);
	g_autoptr(Analysis) analysis = analysis_new();
	struct scan scan = { analysis, g_ptr_array_new_with_free_func(free_scanned), NULL, NULL };
	g_autoptr(GError) error = NULL;
	RapIndex *index;

	for (guint i = 0; i < DOCUMENTS; i++) {
		write_document(writer, random_document(rand, i));
		if (i % 7 == 6)
			commit(writer);
	}
	write_document(writer, random_document(rand, 3));	/* one is replaced */
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	scan.languages = rap_statistics(index)->languages;
	g_assert_cmpuint(g_strv_length((char **)scan.languages), ==, 4);
	g_assert_true(rap_each_passage(index, NULL, 0, take_passage, &scan, &error));
	g_assert_cmpuint(scan.passages->len, ==, DOCUMENTS * PASSAGES);
	for (guint i = 0; i < G_N_ELEMENTS(fixed); i++)
		compare(&scan, index, fixed[i]);
	for (guint i = 0; i < QUERIES; i++) {
		g_autoptr(GString) query = g_string_new(NULL);

		random_query(rand, query, 2);
		compare(&scan, index, query->str);
	}
	g_ptr_array_unref(scan.passages);
	rap_close(index);
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scan/equals", test_scan);
	return g_test_run();
}
