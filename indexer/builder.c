/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * builder.c - a segment in the making.
 */
#include "indexer/builder.h"

#include <glib/gstdio.h>
#include <string.h>

#include "corpus/bytes.h"
#include "corpus/error.h"
#include "indexer/acronyms.h"
#include "indexer/columns.h"
#include "indexer/files.h"
#include "indexer/suggestions.h"
#include "indexer/vocabulary.h"
#include "indexer/pack.h"
#include "indexer/prints.h"

/* Measured (tests/bench): smaller scratch databases are faster to fill and cost
 * more to merge. */
#define PASSAGES_PER_COMMIT 500
#define PASSAGES_PER_SCRATCH 5000
#define WIDTH 16

/* A scratch database that was closed; level counts how often it was merged. */
struct run {
	char *path;
	guint level;
};

struct builder {
	char *dir, *access;
	struct terms *terms;
	struct prints_maker *prints;
	GArray *fingerprints;	/* of a passage */
	struct acronyms *acronyms;
	gint number;
	GPtrArray *runs;	/* struct run *, oldest first, levels descending */
	guint made;		/* scratch databases so far, for their names */
	xap_writer *scratch;	/* or NULL */
	char *scratch_path;
	guint in_scratch, uncommitted;
	xap_doc *doc;

	guint32 source, first_source;	/* the one in hand; the first one of all */
	struct source_record counts;	/* of the source in hand */
	guint64 text_done;		/* of its text, already in blocks */
	GString *text;			/* not yet in a block */
	GString *documents;		/* records not yet in a block */
	guint32 slot;
	GString *record, *packed, *passage_text;

	guint32 n_documents, n_passages;
	guint64 text_bytes;
	GHashTable *languages;
	struct columns_maker *columns;
	struct suggestions_maker *suggestions;
	struct phrases *phrases;
	GArray *dead;		/* guint32 */
};

static void free_run(gpointer data)
{
	struct run *run = data;

	files_remove_tree(run->path);
	g_free(run->path);
	g_free(run);
}

static struct prints_maker *prints_new(const char *dir, gint number)
{
	g_autofree char *scratch = g_strdup_printf("%s/" SCRATCH_PREFIX "%d-0", dir, number);

	return prints_maker_new(scratch);
}

struct builder *builder_new(const char *dir, const char *access, struct analysis *analysis, gint number)
{
	struct builder *b = g_new0(struct builder, 1);

	b->dir = g_strdup(dir);
	b->access = g_strdup(access);
	b->number = number;
	b->terms = terms_new(analysis, number);
	b->prints = prints_new(dir, number);
	b->fingerprints = g_array_new(FALSE, FALSE, sizeof(guint32));
	b->acronyms = acronyms_new();
	b->runs = g_ptr_array_new_with_free_func(free_run);
	b->doc = xap_doc_new();
	b->text = g_string_new(NULL);
	b->documents = g_string_new(NULL);
	b->record = g_string_new(NULL);
	b->packed = g_string_new(NULL);
	b->passage_text = g_string_new(NULL);
	b->dead = g_array_new(FALSE, FALSE, sizeof(guint32));
	b->columns = columns_maker_new(analysis);
	b->suggestions = suggestions_maker_new(analysis);
	b->phrases = phrases_new();
	b->languages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return b;
}

static void drop_scratch(struct builder *b)
{
	xap_writer_close(b->scratch);
	b->scratch = NULL;
	if (b->scratch_path)
		files_remove_tree(b->scratch_path);
	g_clear_pointer(&b->scratch_path, g_free);
}

void builder_free(struct builder *b)
{
	if (!b)
		return;
	drop_scratch(b);
	g_ptr_array_unref(b->runs);
	terms_free(b->terms);
	prints_maker_free(b->prints);
	g_array_unref(b->fingerprints);
	acronyms_free(b->acronyms);
	xap_doc_free(b->doc);
	g_string_free(b->text, TRUE);
	g_string_free(b->documents, TRUE);
	g_string_free(b->record, TRUE);
	g_string_free(b->packed, TRUE);
	g_string_free(b->passage_text, TRUE);
	g_hash_table_unref(b->languages);
	columns_maker_free(b->columns);
	suggestions_maker_free(b->suggestions);
	phrases_free(b->phrases);
	g_array_unref(b->dead);
	g_free(b->dir);
	g_free(b->access);
	g_free(b);
}

const char *builder_access(const struct builder *b)
{
	return b->access;
}

guint32 builder_passages(const struct builder *b)
{
	return b->n_passages;
}

/* --- scratch databases ----------------------------------------------------------- */

static char *scratch_name(struct builder *b)
{
	return g_strdup_printf("%s/" SCRATCH_PREFIX "%d-%u", b->dir, b->number, ++b->made);
}

static bool need_scratch(struct builder *b, GError **error)
{
	if (b->scratch)
		return true;
	b->scratch_path = scratch_name(b);
	b->in_scratch = b->uncommitted = 0;
	b->scratch = xap_writer_open(b->scratch_path, XAP_WRITE_NEW | XAP_WRITE_NO_TERMLIST | XAP_WRITE_SCRATCH, error);
	return b->scratch != NULL;
}

static void push_run(struct builder *b, char *path, guint level)
{
	struct run *run = g_new(struct run, 1);

	*run = (struct run){ path, level };
	g_ptr_array_add(b->runs, run);
}

/* Merges the newest runs, from the given one on, into out. */
static bool merge_runs(struct builder *b, guint from, const char *out, GError **error)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new();

	for (guint i = from; i < b->runs->len; i++)
		g_ptr_array_add(paths, ((struct run *)g_ptr_array_index(b->runs, i))->path);
	if (!xap_compact((const char *const *)paths->pdata, paths->len, out, error))
		return false;
	g_ptr_array_remove_range(b->runs, from, b->runs->len - from);
	return true;
}

/* Merges WIDTH runs of one level into one of the next, as often as there are. */
static bool settle_runs(struct builder *b, GError **error)
{
	for (;;) {
		guint n = b->runs->len, same = 0, level;
		char *out;

		if (n < WIDTH)
			return true;
		level = ((struct run *)g_ptr_array_index(b->runs, n - 1))->level;
		while (same < n && ((struct run *)g_ptr_array_index(b->runs, n - 1 - same))->level == level)
			same++;
		if (same < WIDTH)
			return true;
		out = scratch_name(b);
		if (!merge_runs(b, n - same, out, error)) {
			g_free(out);
			return false;
		}
		push_run(b, out, level + 1);
	}
}

static bool put_form(const char *fold, gsize fold_len, const char *term, gsize term_len, void *data, GError **error)
{
	struct builder *b = data;

	return xap_writer_synonym(b->scratch, fold, fold_len, term, term_len, error);
}

bool builder_flush_forms(struct builder *b, GError **error)
{
	return need_scratch(b, error) &&
	       terms_new_forms(b->terms, put_form, b, error);
}

struct put_acronym {
	struct builder *builder;
	GError **error;
};

/* See vocabulary.h. The source tells apart what would be equal in segments that are merged. */
static bool put_acronym(const char *acronym, const char *name, guint count, void *data)
{
	const struct put_acronym *put = data;
	struct builder *b = put->builder;
	g_auto(GStrv) words = g_strsplit(name, " ", -1);
	g_autoptr(GString) key = g_string_new(NULL);
	g_autofree char *names = g_strdup_printf("%c%s", VOCABULARY_NAMES, acronym);
	g_autofree char *entry = g_strdup_printf("%s\t%s\t%u\t%u", acronym, name, count, b->first_source - 1);
	const char *name_entry = entry + strlen(acronym) + 1;

	if (!xap_writer_synonym(b->scratch, names, strlen(names), name_entry, strlen(name_entry), put->error))
		return false;
	if (!vocabulary_name_key((const char *const *)words, g_strv_length(words), key))
		return true;
	g_string_prepend_c(key, VOCABULARY_ACRONYMS);
	return xap_writer_synonym(b->scratch, key->str, key->len, entry, strlen(entry), put->error);
}

static bool put_acronyms(struct builder *b, GError **error)
{
	return need_scratch(b, error) && acronyms_each(b->acronyms, put_acronym, &(struct put_acronym){ b, error });
}

static bool close_scratch(struct builder *b, GError **error)
{
	if (!b->scratch)
		return true;
	if (!builder_flush_forms(b, error) || !xap_writer_commit(b->scratch, error))
		return false;
	xap_writer_close(b->scratch);
	b->scratch = NULL;
	push_run(b, g_steal_pointer(&b->scratch_path), 0);
	return settle_runs(b, error);
}

static bool put_block(struct builder *b, const char *key, gsize key_len, const char *bytes, gsize len, GError **error)
{
	pack_deflate(bytes, len, b->packed);
	return need_scratch(b, error) &&
	       xap_writer_metadata(b->scratch, key, key_len, b->packed->str, b->packed->len, error);
}

/* --- text and documents ---------------------------------------------------------- */

static bool put_text_block(struct builder *b, const char *bytes, gsize len, GError **error)
{
	char key[RECORD_KEY_BYTES];
	gsize key_len = record_text_key(key, b->source, (guint32)(b->text_done / TEXT_BLOCK_BYTES));

	b->text_done += len;
	return put_block(b, key, key_len, bytes, len, error);
}

static bool put_text(struct builder *b, const char *text, gsize len, GError **error)
{
	while (b->text->len + len >= TEXT_BLOCK_BYTES) {
		gsize take = TEXT_BLOCK_BYTES - b->text->len;

		if (b->text->len == 0) {	/* straight from the document */
			if (!put_text_block(b, text, take, error))
				return false;
		} else {
			g_string_append_len(b->text, text, (gssize)take);
			if (!put_text_block(b, b->text->str, b->text->len, error))
				return false;
			g_string_truncate(b->text, 0);
		}
		text += take;
		len -= take;
	}
	g_string_append_len(b->text, text, (gssize)len);
	return true;
}

static bool put_document_block(struct builder *b, GError **error)
{
	char key[RECORD_KEY_BYTES];
	gsize key_len;

	if (!b->documents->len)
		return true;
	key_len = record_document_key(key, b->source, b->counts.document_blocks++);
	if (!put_block(b, key, key_len, b->documents->str, b->documents->len, error))
		return false;
	g_string_truncate(b->documents, 0);
	b->slot = 0;
	return true;
}

/* --- a source ---------------------------------------------------------------------- */

void builder_begin_source(struct builder *b, guint32 number)
{
	if (!b->first_source)
		b->first_source = number + 1;
	b->source = number;
	b->counts = (struct source_record){ 0 };
	b->text_done = 0;
	b->slot = 0;
	g_string_truncate(b->text, 0);
	g_string_truncate(b->documents, 0);
}

/* Documents of the finished database are numbered as they were added. */
static bool add_fingerprints(struct builder *b, guint32 docid, GError **error)
{
	for (guint i = 0; i < b->fingerprints->len; i++)
		if (!prints_maker_add(b->prints, g_array_index(b->fingerprints, guint32, i), docid, error))
			return false;
	return true;
}

static bool add_passage(struct builder *b, const struct document *doc, guint ordinal, guint64 text_base, GError **error)
{
	struct passage_record record = {
		.place = { b->source, b->counts.document_blocks, b->slot },
		.ordinal = ordinal,
		.text_base = text_base,
		.language = doc->language,
		.passage = *document_passage(doc, ordinal),
	};

	g_string_truncate(b->passage_text, 0);
	ranges_text(doc->text, record.passage.ranges, record.passage.n_ranges, b->passage_text);
	terms_passage(b->terms, doc, document_passage(doc, ordinal), b->passage_text->str, b->passage_text->len, b->source, b->doc, b->fingerprints);
	acronyms_read(b->acronyms, b->passage_text->str, b->passage_text->len);
	g_string_truncate(b->record, 0);
	record_put_passage(b->record, &record);
	xap_doc_data(b->doc, b->record->str, b->record->len);
	if (!need_scratch(b, error) || !xap_writer_add(b->scratch, b->doc, NULL, error))
		return false;
	if (!add_fingerprints(b, b->n_passages + ordinal + 1, error))
		return false;
	columns_maker_add(b->columns, doc, document_passage(doc, ordinal));
	suggestions_maker_add(b->suggestions, doc, document_passage(doc, ordinal));
	phrases_add(b->phrases, b->passage_text->str, terms_tokens(b->terms), b->source);
	b->in_scratch++;
	if (++b->uncommitted >= PASSAGES_PER_COMMIT) {
		b->uncommitted = 0;
		if (!xap_writer_commit(b->scratch, error))
			return false;
	}
	return b->in_scratch < PASSAGES_PER_SCRATCH || close_scratch(b, error);
}

bool builder_add(struct builder *b, const struct document *doc, GError **error)
{
	guint64 text_base = b->text_done + b->text->len;

	for (guint i = 0; i < doc->passages->len; i++)
		if (!add_passage(b, doc, i, text_base, error))
			return false;
	if (!put_text(b, doc->text, doc->text_bytes, error))
		return false;
	g_string_truncate(b->record, 0);
	record_put_document(b->record, doc, text_base);
	bytes_put_number(b->documents, b->record->len);
	g_string_append_len(b->documents, b->record->str, (gssize)b->record->len);
	b->slot++;
	b->counts.documents++;
	b->counts.passages += doc->passages->len;
	b->counts.text_bytes += doc->text_bytes;
	b->n_passages += doc->passages->len;
	g_hash_table_add(b->languages, g_strdup(doc->language ? doc->language : LANGUAGE_UNKNOWN));
	return b->documents->len < DOCUMENT_BLOCK_BYTES || put_document_block(b, error);
}

bool builder_end_source(struct builder *b, struct source_record *source, GError **error)
{
	char key[RECORD_KEY_BYTES];
	gsize key_len = record_source_key(key, b->source);

	if (b->text->len && !put_text_block(b, b->text->str, b->text->len, error))
		return false;
	if (!put_document_block(b, error))
		return false;
	source->documents = b->counts.documents;
	source->passages = b->counts.passages;
	source->text_bytes = b->counts.text_bytes;
	source->document_blocks = b->counts.document_blocks;
	b->n_documents += b->counts.documents;
	b->text_bytes += b->counts.text_bytes;
	g_string_truncate(b->record, 0);
	record_put_source(b->record, source);
	return need_scratch(b, error) &&
	       xap_writer_metadata(b->scratch, key, key_len, b->record->str, b->record->len, error);
}

void builder_kill(struct builder *b, guint32 number)
{
	g_array_append_val(b->dead, number);
}

/* --- the end ------------------------------------------------------------------------- */

static char **sorted_languages(GHashTable *languages)
{
	g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(languages), (GCompareFunc)strcmp);
	GPtrArray *out = g_ptr_array_new();

	for (GList *key = keys; key; key = key->next)
		g_ptr_array_add(out, g_strdup(key->data));
	g_ptr_array_add(out, NULL);
	return (char **)g_ptr_array_free(out, FALSE);
}

struct segment *builder_finish(struct builder *b, const char *folder, GError **error)
{
	g_autofree char *out = g_build_filename(b->dir, folder, NULL), *prints = g_build_filename(out, PRINTS_FILE, NULL);
	struct segment *segment;

	if ((b->n_documents && !put_acronyms(b, error)) || !close_scratch(b, error) || !b->runs->len)
		return NULL;
	suggestions_maker_phrases(b->suggestions, b->phrases);
	if (!merge_runs(b, 0, out, error) || !prints_maker_finish(b->prints, prints, error) ||
	    !columns_maker_write(b->columns, out, error) || !suggestions_maker_write(b->suggestions, out, error))
		return NULL;
	segment = segment_new(folder, b->access);
	segment->documents = b->n_documents;
	segment->passages = b->n_passages;
	segment->text_bytes = b->text_bytes;
	for (guint i = 0; i < b->dead->len; i++)
		segment_kill(segment, g_array_index(b->dead, guint32, i));
	g_strfreev(segment->languages);
	segment->languages = sorted_languages(b->languages);
	return segment;
}
