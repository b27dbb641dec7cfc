/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * suggestions.c - what can be suggested: making the file.
 */
#include "indexer/suggestions.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "corpus/bytes.h"
#include "corpus/error.h"
#include "indexer/fields.h"
#include "indexer/suggestions-file.h"

#define PHRASES_FEWEST 1000	/* of a segment, and one more for so many of its passages: */
#define PASSAGES_PER_PHRASE 4
#define PHRASES_MOST 50000
#define TEXT_MAX_BYTES 400	/* what is longer is no name */
#define RECORDS_MANY 20000	/* of so many documents, those of one passage are not suggested */
#define PART_SHARE 1.25		/* a phrase that is hardly more frequent than a longer one is part of it */

struct suggestions_maker {
	struct analysis *analysis;
	GStringChunk *strings;
	GArray *entries;		/* struct suggestion */
	GHashTable *numbers;		/* kind, text -> index plus one; not of documents */
	GString *key;
	guint32 passages;
	const char *last_id;		/* of the document in hand, which is the last one of the entries */
	guint last;
};

struct suggestions_maker *suggestions_maker_new(struct analysis *analysis)
{
	struct suggestions_maker *m = g_new0(struct suggestions_maker, 1);

	m->analysis = analysis;
	m->strings = g_string_chunk_new(4096);
	m->entries = g_array_new(FALSE, FALSE, sizeof(struct suggestion));
	m->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	m->key = g_string_new(NULL);
	return m;
}

void suggestions_maker_free(struct suggestions_maker *m)
{
	if (!m)
		return;
	g_string_chunk_free(m->strings);
	g_array_unref(m->entries);
	g_hash_table_unref(m->numbers);
	g_string_free(m->key, TRUE);
	g_free(m);
}

/* --- gathering ----------------------------------------------------------------------------- */

static struct suggestion *new_entry(struct suggestions_maker *m, enum suggestion_kind kind, const char *text, const char *id)
{
	struct suggestion entry = {
		.kind = kind, .text = g_string_chunk_insert(m->strings, text),
		.id = g_string_chunk_insert_const(m->strings, id),
	};

	memset(entry.witnesses, 0xff, sizeof entry.witnesses);
	g_array_append_val(m->entries, entry);
	return &g_array_index(m->entries, struct suggestion, m->entries->len - 1);
}

/* The one of that kind and text, made if need be. NULL for what is no text. */
static struct suggestion *entry_of(struct suggestions_maker *m, enum suggestion_kind kind, const char *text)
{
	struct suggestion *entry;
	guint number;

	if (!text || !*text || strlen(text) > TEXT_MAX_BYTES)
		return NULL;
	g_string_printf(m->key, "%d%s", (int)kind, text);
	number = GPOINTER_TO_UINT(g_hash_table_lookup(m->numbers, m->key->str));
	if (number)
		return &g_array_index(m->entries, struct suggestion, number - 1);
	entry = new_entry(m, kind, text, "");
	g_hash_table_insert(m->numbers, g_strdup(m->key->str), GUINT_TO_POINTER(m->entries->len));
	return entry;
}

static void add(struct suggestions_maker *m, enum suggestion_kind kind, const char *text, guint32 count)
{
	struct suggestion *entry = entry_of(m, kind, text);

	if (entry)
		entry->count += count;
}

static void add_document(struct suggestions_maker *m, const char *title, const char *id, guint32 count)
{
	if (!*title || strlen(title) > TEXT_MAX_BYTES)
		return;
	if (!m->last_id || strcmp(m->last_id, id) != 0) {
		m->last_id = new_entry(m, SUGGESTION_DOCUMENT, title, id)->id;
		m->last = m->entries->len - 1;
	}
	g_array_index(m->entries, struct suggestion, m->last).count += count;
}

static void add_panel(struct suggestions_maker *m, const struct document *doc, const struct panel *panel)
{
	g_autofree char *value = fields_panel_value(doc, panel);

	add(m, SUGGESTION_PANEL, value, 1);
}

static void add_speaker(struct suggestions_maker *m, const struct person *person)
{
	add(m, person->body ? SUGGESTION_BODY : SUGGESTION_PERSON, person->name, 1);
	if (!person->body || g_strcmp0(person->name, person->organisation) != 0)
		add(m, SUGGESTION_BODY, person->organisation, 1);
}

void suggestions_maker_add(struct suggestions_maker *m, const struct document *doc, const struct passage *passage)
{
	m->passages++;
	add_document(m, doc->title, doc->id, 1);
	if (passage->panel >= 0)
		add_panel(m, doc, document_panel(doc, passage->panel));
	if (passage->attribution.speaker >= 0)
		add_speaker(m, document_person(doc, passage->attribution.speaker));
}

static void add_phrase(const struct phrase *phrase, void *data)
{
	struct suggestion *entry = entry_of(data, SUGGESTION_PHRASE, phrase->text);

	if (!entry)
		return;
	entry->count += phrase->count;
	for (guint i = 0; i < PHRASE_WITNESSES && phrase->witnesses[i] != PHRASE_NO_SOURCE; i++)
		phrase_witness(entry->witnesses, phrase->witnesses[i]);
}

void suggestions_maker_phrases(struct suggestions_maker *m, const struct phrases *phrases)
{
	phrases_each(phrases, add_phrase, m);
}

bool suggestions_maker_append(struct suggestions_maker *m, const struct suggestions *suggestions, bool with_phrases, GError **error)
{
	m->passages += suggestions_passages(suggestions);
	m->last_id = NULL;
	for (guint32 i = 0; i < suggestions_count(suggestions); i++) {
		struct suggestion entry;

		if (!suggestions_get(suggestions, i, &entry)) {
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot merge segments: their suggestions are damaged");
			return false;
		}
		if (entry.kind == SUGGESTION_PHRASE && with_phrases)
			add_phrase(&(struct phrase){ .text = entry.text, .count = entry.count, .witnesses = { entry.witnesses[0],
			           entry.witnesses[1], entry.witnesses[2], entry.witnesses[3] } }, m);
		else if (entry.kind == SUGGESTION_DOCUMENT)
			add_document(m, entry.text, entry.id, entry.count);
		else if (entry.kind != SUGGESTION_PHRASE)
			add(m, entry.kind, entry.text, entry.count);
	}
	m->last_id = NULL;
	return true;
}

/* --- choosing -------------------------------------------------------------------------------- */

/* An entry on its way to the file. */
struct chosen {
	struct suggestion *entry;
	char *key;		/* its fold, field_key */
};

static void clear_chosen(gpointer data)
{
	g_free(((struct chosen *)data)->key);
}

/* A phrase that is nearly always part of a longer one is not worth a line: "panel on night". */
static void drop_part(struct suggestions_maker *m, const char *part, guint32 of)
{
	guint number;

	g_string_printf(m->key, "%d%s", (int)SUGGESTION_PHRASE, part);
	number = GPOINTER_TO_UINT(g_hash_table_lookup(m->numbers, m->key->str));
	if (number && g_array_index(m->entries, struct suggestion, number - 1).count < of * PART_SHARE)
		g_array_index(m->entries, struct suggestion, number - 1).kind = N_SUGGESTION_KINDS;
}

static void drop_parts(struct suggestions_maker *m)
{
	for (guint i = 0; i < m->entries->len; i++) {
		const struct suggestion *entry = &g_array_index(m->entries, struct suggestion, i);
		bool phrase = g_hash_table_size(m->numbers) && !*entry->id && entry->witnesses[0] != PHRASE_NO_SOURCE;
		g_auto(GStrv) words = phrase ? g_strsplit(entry->text, " ", -1) : NULL;
		guint n = words ? g_strv_length(words) : 0;

		for (guint from = 0; n > 2 && from < n; from++)
			for (guint to = from + 2; to <= n; to++) {
				g_autoptr(GString) part = g_string_new(words[from]);

				for (guint w = from + 1; w < to; w++)
					g_string_append_printf(part, " %s", words[w]);
				if (to - from < n)
					drop_part(m, part->str, entry->count);
			}
	}
}

static gint by_key(gconstpointer a, gconstpointer b)
{
	const struct chosen *x = a, *y = b;
	int order = (int)x->entry->kind - (int)y->entry->kind;

	order = order ? order : strcmp(x->key, y->key);
	order = order ? order : strcmp(x->entry->id, y->entry->id);
	if (!order && x->entry->count != y->entry->count)
		order = x->entry->count > y->entry->count ? -1 : 1;
	return order ? order : -strcmp(x->entry->text, y->entry->text);
}

static gint by_rank(gconstpointer a, gconstpointer b)
{
	const struct chosen *x = a, *y = b;

	return x->entry->count != y->entry->count ? (x->entry->count > y->entry->count ? -1 : 1) : by_key(a, b);
}

/* Spellings that differ in case and accents alone are one: the most frequent. */
static void unite(GArray *all)
{
	guint kept = 0;

	g_array_sort(all, by_key);
	for (guint i = 0; i < all->len; i++) {
		struct chosen *one = &g_array_index(all, struct chosen, i);
		struct chosen *before = kept ? &g_array_index(all, struct chosen, kept - 1) : NULL;

		if (before && before->entry->kind == one->entry->kind && strcmp(before->key, one->key) == 0 &&
		    strcmp(before->entry->id, one->entry->id) == 0) {
			before->entry->count += one->entry->count;
			for (guint w = 0; w < PHRASE_WITNESSES && one->entry->witnesses[w] != PHRASE_NO_SOURCE; w++)
				phrase_witness(before->entry->witnesses, one->entry->witnesses[w]);
			clear_chosen(one);
		} else {
			g_array_index(all, struct chosen, kept++) = *one;
		}
	}
	for (guint i = kept; i < all->len; i++)
		g_array_index(all, struct chosen, i).key = NULL;
	g_array_set_size(all, kept);
}

static void keep_worthy(const struct suggestions_maker *m, GArray *all)
{
	guint phrases = 0, documents = 0, kept = 0, most = MIN(PHRASES_FEWEST + m->passages / PASSAGES_PER_PHRASE, PHRASES_MOST);

	for (guint i = 0; i < all->len; i++)
		documents += g_array_index(all, struct chosen, i).entry->kind == SUGGESTION_DOCUMENT;
	for (guint i = 0; i < all->len; i++) {
		struct chosen one = g_array_index(all, struct chosen, i);
		bool phrase = one.entry->kind == SUGGESTION_PHRASE;
		bool record = one.entry->kind == SUGGESTION_DOCUMENT && documents > RECORDS_MANY && one.entry->count < 2;

		if (record || (phrase && phrases >= most)) {
			g_free(one.key);
			continue;
		}
		phrases += phrase;
		g_array_index(all, struct chosen, kept++) = one;
	}
	for (guint i = kept; i < all->len; i++)
		g_array_index(all, struct chosen, i).key = NULL;
	g_array_set_size(all, kept);
}

static GArray *choose(struct suggestions_maker *m)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct chosen));

	g_array_set_clear_func(all, clear_chosen);
	drop_parts(m);
	for (guint i = 0; i < m->entries->len; i++) {
		struct suggestion *entry = &g_array_index(m->entries, struct suggestion, i);
		struct chosen one = { entry, NULL };

		if (entry->kind == N_SUGGESTION_KINDS)
			continue;
		one.key = field_key(m->analysis, entry->text);
		if (*one.key)
			g_array_append_val(all, one);
		else
			g_free(one.key);
	}
	unite(all);
	g_array_sort(all, by_rank);
	keep_worthy(m, all);
	return all;
}

/* --- writing ----------------------------------------------------------------------------------- */

struct posting {
	guint32 entry;
	bool first;
};

/* The entries' words: fold -> GArray of struct posting. */
static GHashTable *gather_words(const GArray *all)
{
	GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);

	for (guint i = 0; i < all->len; i++) {
		const char *key = g_array_index(all, struct chosen, i).key;
		g_autofree char *own = g_strndup(key, strcspn(key, (const char[]){ FIELD_APART, '\0' }));
		g_auto(GStrv) parts = g_strsplit(own, " ", -1);

		for (char **part = parts; *part; part++) {
			GArray *postings = g_hash_table_lookup(words, *part);
			struct posting posting = { i, part == parts };

			if (!postings) {
				postings = g_array_new(FALSE, FALSE, sizeof posting);
				g_hash_table_insert(words, g_strdup(*part), postings);
			}
			if (!postings->len || g_array_index(postings, struct posting, postings->len - 1).entry != i)
				g_array_append_val(postings, posting);
		}
	}
	return words;
}

static void put_u32(GString *out, guint32 n)
{
	guint32 le = GUINT32_TO_LE(n);

	g_string_append_len(out, (const char *)&le, 4);
}

static guint32 put_text(GString *texts, const char *text)
{
	guint32 at = (guint32)texts->len;

	g_string_append_len(texts, text, (gssize)strlen(text) + 1);
	return at;
}

static void put_entries(GString *out, GString *texts, const GArray *all)
{
	put_text(texts, "");	/* at 0: no id */
	for (guint i = 0; i < all->len; i++) {
		const struct suggestion *entry = g_array_index(all, struct chosen, i).entry;

		put_u32(out, entry->kind);
		put_u32(out, entry->count);
		put_u32(out, put_text(texts, entry->text));
		put_u32(out, *entry->id ? put_text(texts, entry->id) : 0);
		for (guint w = 0; w < PHRASE_WITNESSES; w++)
			put_u32(out, entry->witnesses[w]);
	}
}

static void put_postings(GString *out, const GArray *postings)
{
	guint32 before = 0;

	for (guint i = 0; i < postings->len; i++) {
		const struct posting *posting = &g_array_index(postings, struct posting, i);

		bytes_put_number(out, (guint64)(posting->entry - before) << 1 | posting->first);
		before = posting->entry;
	}
}

static gint by_string(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

static guint put_words(GString *starts, GString *places, GString *texts, GString *postings, const GArray *all)
{
	g_autoptr(GHashTable) words = gather_words(all);
	g_autoptr(GList) sorted = g_list_sort(g_hash_table_get_keys(words), by_string);

	for (GList *word = sorted; word; word = word->next) {
		put_u32(starts, put_text(texts, word->data));
		put_u32(places, (guint32)postings->len);
		put_postings(postings, g_hash_table_lookup(words, word->data));
	}
	put_u32(places, (guint32)postings->len);
	return g_hash_table_size(words);
}

static void pad(GString *out)
{
	while (out->len % 4)
		g_string_append_c(out, '\0');
}

bool suggestions_maker_write(struct suggestions_maker *m, const char *segment, GError **error)
{
	g_autofree char *path = g_build_filename(segment, SUGGESTIONS_FILE, NULL);
	g_autoptr(GArray) all = choose(m);
	g_autoptr(GString) out = g_string_new(SUGGESTIONS_MAGIC), entries = g_string_new(NULL), starts = g_string_new(NULL);
	g_autoptr(GString) places = g_string_new(NULL), texts = g_string_new(NULL), postings = g_string_new(NULL);
	GString *const parts[] = { entries, starts, places, texts, postings };
	guint words;
	FILE *file;
	bool ok;

	put_entries(entries, texts, all);
	words = put_words(starts, places, texts, postings, all);
	put_u32(out, all->len);
	put_u32(out, words);
	put_u32(out, (guint32)texts->len);
	put_u32(out, (guint32)postings->len);
	put_u32(out, m->passages);
	file = g_fopen(path, "wb");
	ok = file && fwrite(out->str, 1, out->len, file) == out->len;
	for (guint i = 0; i < G_N_ELEMENTS(parts) && ok; i++) {
		pad(parts[i]);
		ok = fwrite(parts[i]->str, 1, parts[i]->len, file) == parts[i]->len;
	}
	ok = file && fclose(file) == 0 && ok;
	if (!ok)
		g_set_error(error, RAPPORTEUR_ERROR, rapporteur_error_of_errno(errno), "cannot write '%s': %s", path, g_strerror(errno));
	return ok;
}
