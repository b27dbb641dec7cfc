/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rapporteur.c - the library's face: opening, reopening, errors.
 */
#include "config.h"

#include "searcher/rapporteur.h"

#include <errno.h>
#include <string.h>

#include "corpus/error.h"
#include "searcher/handle.h"
#include "searcher/suggest.h"
#include "searcher/synonyms.h"

#define ATTEMPTS 5

G_STATIC_ASSERT((int)RAP_ERROR_NOT_FOUND == (int)RAPPORTEUR_ERROR_NOT_FOUND);
G_STATIC_ASSERT((int)RAP_ERROR_LOCKED == (int)RAPPORTEUR_ERROR_LOCKED);
G_STATIC_ASSERT((int)RAP_ERROR_CHANGED == (int)RAPPORTEUR_ERROR_CHANGED);
G_STATIC_ASSERT((int)RAP_ERROR_CORRUPT == (int)RAPPORTEUR_ERROR_CORRUPT);
G_STATIC_ASSERT((int)RAP_ERROR_VERSION == (int)RAPPORTEUR_ERROR_VERSION);
G_STATIC_ASSERT((int)RAP_ERROR_TOO_LARGE == (int)RAPPORTEUR_ERROR_TOO_LARGE);
G_STATIC_ASSERT((int)RAP_ERROR_SYNTAX == (int)RAPPORTEUR_ERROR_SYNTAX);
G_STATIC_ASSERT((int)RAP_ERROR_DENIED == (int)RAPPORTEUR_ERROR_DENIED);
G_STATIC_ASSERT((int)RAP_ERROR_UNSUPPORTED == (int)RAPPORTEUR_ERROR_UNSUPPORTED);
G_STATIC_ASSERT((int)RAP_ERROR_IO == (int)RAPPORTEUR_ERROR_IO);
G_STATIC_ASSERT((int)RAP_KIND_LISTING == (int)KIND_LISTING);

const char *rap_version(void)
{
	return PACKAGE_VERSION;
}

GQuark rap_error_quark(void)
{
	return RAPPORTEUR_ERROR;
}

const char *rap_kind_name(RapKind kind)
{
	return kind_name((enum passage_kind)kind);
}

/* --- opening ----------------------------------------------------------------------------- */

static gint by_string(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void gather_languages(RapIndex *index)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	size_t shards = xap_db_shards(store_database(index->store));

	/* only of what may be read: not even a language may leak */
	for (size_t i = 0; i < shards; i++)
		for (char **l = store_segment(index->store, i)->languages; *l; l++)
			if (!g_ptr_array_find_with_equal_func(all, *l, g_str_equal, NULL))
				g_ptr_array_add(all, g_strdup(*l));
	g_ptr_array_sort(all, by_string);
	g_ptr_array_add(all, NULL);
	g_strfreev(index->languages);
	index->languages = (char **)g_ptr_array_free(g_steal_pointer(&all), FALSE);
}

bool handle_refresh(RapIndex *index, bool anyway, GError **error)
{
	struct store *store;

	if (index->store && !anyway && !store_is_stale(index->store))
		return true;
	store = store_open(index->path, (const char *const *)index->groups, analysis_stemmer_version(index->analysis), error);
	if (!store)
		return false;
	store_close(index->store);
	index->store = store;
	g_clear_pointer(&index->columns, g_ptr_array_unref);
	g_clear_pointer(&index->suggester, suggester_free);
	index->statistics_known = false;
	gather_languages(index);
	return true;
}

static void close_columns(gpointer columns)
{
	columns_close(columns);
}

void handle_blame(const RapIndex *index, GError *cause, GError **error)
{
	bool gone = g_error_matches(cause, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_NOT_FOUND);

	if (gone)
		cause->code = store_is_stale(index->store) ? RAPPORTEUR_ERROR_CHANGED : RAPPORTEUR_ERROR_CORRUPT;
	g_propagate_error(error, cause);
}

bool handle_columns(RapIndex *index, GError **error)
{
	g_autoptr(GPtrArray) all = NULL;

	if (index->columns)
		return true;
	all = g_ptr_array_new_with_free_func(close_columns);
	for (size_t i = 0; i < xap_db_shards(store_database(index->store)); i++) {
		const struct segment *segment = store_segment(index->store, i);
		g_autofree char *folder = g_build_filename(index->path, segment->folder, NULL);
		GError *cause = NULL;
		struct columns *columns = columns_open(folder, &cause);

		if (!columns) {
			handle_blame(index, cause, error);
			return false;
		}
		g_ptr_array_add(all, columns);
		if (columns_passages(columns) == segment->passages)
			continue;
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read index '%s': '%s' has counts of other passages", index->path,
		            segment->folder);
		return false;
	}
	index->columns = g_steal_pointer(&all);
	return true;
}

RapIndex *rap_open(const char *path, const char *const *groups, GError **error)
{
	RapIndex *index = g_new0(RapIndex, 1);

	index->path = g_strdup(path);
	index->groups = g_strdupv((char **)groups);
	index->analysis = analysis_new();
	if (handle_refresh(index, true, error))
		return index;
	rap_close(index);
	return NULL;
}

void rap_close(RapIndex *index)
{
	if (!index)
		return;
	store_close(index->store);
	g_clear_pointer(&index->columns, g_ptr_array_unref);
	suggester_free(index->suggester);
	synonyms_free(index->synonyms);
	analysis_free(index->analysis);
	g_strfreev(index->languages);
	g_strfreev(index->groups);
	g_free(index->path);
	g_free(index);
}

/* What the system said, in our words for what the caller can do. */
static int file_code(int code)
{
	return code == G_FILE_ERROR_NOENT ? (int)RAP_ERROR_NOT_FOUND : code == G_FILE_ERROR_ACCES ? (int)RAP_ERROR_DENIED : (int)RAP_ERROR_IO;
}

static void set_synonyms_error(GError *cause, const char *path, GError **error)
{
	bool file = cause->domain == G_FILE_ERROR;
	int code = file ? file_code(cause->code) : cause->code;
	int reason = code == RAP_ERROR_NOT_FOUND ? ENOENT : code == RAP_ERROR_DENIED ? EACCES : g_file_test(path, G_FILE_TEST_IS_DIR) ? EISDIR : EIO;

	g_set_error(error, RAP_ERROR, code, "cannot read synonyms '%s': %s", path, file ? g_strerror(reason) : cause->message);
	g_error_free(cause);
}

bool rap_read_synonyms(RapIndex *index, const char *path, GError **error)
{
	g_autofree char *text = NULL;
	struct synonyms *synonyms = NULL;
	GError *cause = NULL;
	gsize len;

	if (path && g_file_get_contents(path, &text, &len, &cause))
		synonyms = synonyms_read(text, len, index->analysis, &cause);
	if (cause) {
		set_synonyms_error(cause, path, error);
		return false;
	}
	synonyms_free(index->synonyms);
	index->synonyms = synonyms;
	return true;
}

/* --- running ------------------------------------------------------------------------------- */

bool handle_is_change(const GError *error)
{
	return error->domain == XAP_ERROR ? error->code == XAP_ERROR_CHANGED || error->code == XAP_ERROR_NOT_FOUND :
	       error->domain == RAPPORTEUR_ERROR && error->code == RAPPORTEUR_ERROR_CHANGED;
}

static int public_code(int code)
{
	switch (code) {
	case XAP_ERROR_NOT_FOUND:
	case XAP_ERROR_CHANGED:
		return RAP_ERROR_CHANGED;
	case XAP_ERROR_CORRUPT:
		return RAP_ERROR_CORRUPT;
	case XAP_ERROR_VERSION:
		return RAP_ERROR_VERSION;
	case XAP_ERROR_TOO_LARGE:
		return RAP_ERROR_TOO_LARGE;
	case XAP_ERROR_DENIED:
		return RAP_ERROR_DENIED;
	case XAP_ERROR_UNSUPPORTED:
		return RAP_ERROR_UNSUPPORTED;
	default:
		return RAP_ERROR_IO;
	}
}

void handle_publish_error(RapIndex *index, GError *cause, GError **error)
{
	if (cause->domain == XAP_ERROR) {
		g_set_error(error, RAP_ERROR, public_code(cause->code), "cannot read index '%s': %s", index->path, cause->message);
		g_error_free(cause);
	} else {
		g_propagate_error(error, cause);
	}
}

void *handle_run(RapIndex *index, handle_operation *operation, const void *request, GError **error)
{
	for (int attempt = 1;; attempt++) {
		GError *cause = NULL;
		void *result = NULL;

		if (handle_refresh(index, attempt > 1, &cause))
			result = operation(index, request, &cause);
		if (result)
			return result;
		if (!handle_is_change(cause) || attempt >= ATTEMPTS) {
			handle_publish_error(index, cause, error);
			return NULL;
		}
		g_error_free(cause);
	}
}

/* --- statistics ------------------------------------------------------------------------------- */

static bool count(size_t shard, guint32 number, const struct source_record *source, void *data)
{
	RapStatistics *statistics = data;

	(void)shard;
	(void)number;
	statistics->documents += source->documents;
	statistics->passages += source->passages;
	return true;
}

const RapStatistics *rap_statistics(RapIndex *index)
{
	if (!index->statistics_known) {
		index->statistics = (RapStatistics){ .languages = (const char *const *)index->languages };
		index->statistics_known = store_sources(index->store, count, &index->statistics, NULL);
	}
	return &index->statistics;
}
