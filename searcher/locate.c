/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * locate.c - finding a passage by its id.
 */
#include "searcher/locate.h"

#include <string.h>

#include "indexer/fields.h"

static bool add_docid(uint32_t docid, void *data)
{
	g_array_append_val((GArray *)data, docid);
	return true;
}

GArray *locate_document(RapIndex *index, const char *document_id, gsize len, GError **error)
{
	g_autofree char *key = analysis_key(index->analysis, document_id, (gssize)len);
	g_autoptr(GString) term = g_string_new(NULL);
	g_autoptr(GArray) docids = g_array_new(FALSE, FALSE, sizeof(guint32));

	field_term(&fields[FIELD_DOCUMENT], key, term);
	if (!xap_db_postings(store_database(index->store), term->str, term->len, add_docid, docids, error))
		return NULL;
	return g_steal_pointer(&docids);
}

static bool is_living(RapIndex *index, guint32 docid, const struct passage_record *record)
{
	return !segment_is_dead(store_segment(index->store, xap_db_shard(store_database(index->store), docid)), record->place.source);
}

/* Is this the passage that was asked for? */
static bool is_asked(RapIndex *index, guint32 docid, const struct passage_record *record, const char *document_id,
                     const char *passage_id, GError **error)
{
	const struct document *doc;
	guint64 text_base;

	if (strcmp(record->passage.id, passage_id) != 0 || !is_living(index, docid, record))
		return false;
	doc = store_document(index->store, record->place, &text_base, error);
	return doc && strcmp(doc->id, document_id) == 0;
}

bool locate_passage(RapIndex *index, const GArray *docids, const char *id, guint32 *docid, struct document_place *place, GError **error)
{
	const char *slash = strrchr(id, '/');
	g_autofree char *document_id = slash ? g_strndup(id, (gsize)(slash - id)) : NULL;
	struct arena *arena = arena_new();
	bool found = false;
	GError *cause = NULL;

	for (guint i = 0; slash && i < docids->len && !found && !cause; i++) {
		struct passage_record record;

		*docid = g_array_index(docids, guint32, i);
		found = store_passage(index->store, *docid, arena, &record, &cause) &&
		        is_asked(index, *docid, &record, document_id, slash + 1, &cause);
		if (found)
			*place = record.place;
	}
	arena_free(arena);
	if (cause)
		g_propagate_error(error, cause);
	return found;
}
