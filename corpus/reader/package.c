/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * package.c - parts of a ZIP archive, through libzip. What an archive says of its
 * sizes is checked against the limits before anything is unpacked, and what comes
 * out against what was said.
 */
#include "corpus/reader/package.h"

#include <zip.h>

#include "corpus/error.h"

#define RATIO_FROM_BYTES ((guint64)1 << 20)

struct package {
	char *path;
	zip_t *zip;
	guint64 read_bytes;	/* of all parts so far */
	GHashTable *folded;	/* names in lower case -> index + 1; NULL until one is asked for that is not there */
};

static void *fail(GError **error, enum rapporteur_error code, const char *path, const char *part, const char *reason)
{
	if (part)
		g_set_error(error, RAPPORTEUR_ERROR, code, "cannot read '%s': part '%s': %s", path, part, reason);
	else
		g_set_error(error, RAPPORTEUR_ERROR, code, "cannot read '%s': %s", path, reason);
	return NULL;
}

static enum rapporteur_error code_of(int zip_code)
{
	switch (zip_code) {
	case ZIP_ER_NOPASSWD:
	case ZIP_ER_WRONGPASSWD:
	case ZIP_ER_ENCRNOTSUPP:
	case ZIP_ER_COMPNOTSUPP:
	case ZIP_ER_OPNOTSUPP:
		return RAPPORTEUR_ERROR_UNSUPPORTED;
	case ZIP_ER_NOENT:
		return RAPPORTEUR_ERROR_NOT_FOUND;
	default:
		return RAPPORTEUR_ERROR_CORRUPT;
	}
}

struct package *package_open(const char *path, GBytes *bytes, GError **error)
{
	gsize len;
	const void *data = g_bytes_get_data(bytes, &len);
	zip_error_t cause;
	zip_source_t *source;
	g_autoptr(Package) package = g_new0(struct package, 1);

	package->path = g_strdup(path);
	zip_error_init(&cause);
	source = zip_source_buffer_create(data, len, 0, &cause);
	package->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &cause) : NULL;
	if (!package->zip) {
		g_autofree char *reason = g_strdup_printf("damaged archive: %s", zip_error_strerror(&cause));

		fail(error, code_of(zip_error_code_zip(&cause)), path, NULL, reason);
		if (source)
			zip_source_free(source);
		zip_error_fini(&cause);
		return NULL;
	}
	zip_error_fini(&cause);
	if (zip_get_num_entries(package->zip, 0) <= 0)	/* no bytes at all are an archive to libzip */
		return fail(error, RAPPORTEUR_ERROR_CORRUPT, path, NULL, "an archive without parts");
	if (zip_get_num_entries(package->zip, 0) > PACKAGE_PARTS_MAX)
		return fail(error, RAPPORTEUR_ERROR_TOO_LARGE, path, NULL, "an archive of more than 20000 parts");
	return g_steal_pointer(&package);
}

void package_close(struct package *package)
{
	if (!package)
		return;
	if (package->zip)
		zip_discard(package->zip);
	if (package->folded)
		g_hash_table_unref(package->folded);
	g_free(package->path);
	g_free(package);
}

/* Names are the same in capitals and small letters (ECMA-376, part 2); nearly all files are exact. */
static zip_int64_t index_of(struct package *package, const char *part)
{
	zip_int64_t index = zip_name_locate(package->zip, part, 0);
	g_autofree char *folded = NULL;

	if (index >= 0)
		return index;
	if (!package->folded) {
		package->folded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		for (zip_int64_t i = zip_get_num_entries(package->zip, 0); i-- > 0;) {
			const char *name = zip_get_name(package->zip, (zip_uint64_t)i, 0);

			if (name)
				g_hash_table_replace(package->folded, g_ascii_strdown(name, -1), GINT_TO_POINTER((gint)i + 1));
		}
	}
	folded = g_ascii_strdown(part, -1);
	return (zip_int64_t)GPOINTER_TO_INT(g_hash_table_lookup(package->folded, folded)) - 1;
}

bool package_has(struct package *package, const char *part)
{
	return index_of(package, part) >= 0;
}

static bool within_limits(struct package *package, const char *part, const zip_stat_t *stat, GError **error)
{
	if (stat->encryption_method != ZIP_EM_NONE)
		return fail(error, RAPPORTEUR_ERROR_UNSUPPORTED, package->path, part, "is encrypted");
	if (stat->size > PACKAGE_PART_MAX_BYTES)
		return fail(error, RAPPORTEUR_ERROR_TOO_LARGE, package->path, part, "unpacks to more than 256 MB");
	if (stat->size > RATIO_FROM_BYTES && stat->size / PACKAGE_RATIO_MAX > stat->comp_size)
		return fail(error, RAPPORTEUR_ERROR_TOO_LARGE, package->path, part, "unpacks to more than 1000 times its size");
	if (package->read_bytes + stat->size > PACKAGE_TOTAL_MAX_BYTES)
		return fail(error, RAPPORTEUR_ERROR_TOO_LARGE, package->path, part, "the parts unpack to more than 512 MB");
	return true;
}

GBytes *package_part(struct package *package, const char *part, GError **error)
{
	zip_int64_t index = index_of(package, part);
	zip_stat_t stat;
	zip_file_t *file;
	g_autofree char *buffer = NULL;
	gsize have = 0;
	zip_int64_t n = 0;

	if (index < 0 || zip_stat_index(package->zip, (zip_uint64_t)index, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) ||
	    !(stat.valid & ZIP_STAT_COMP_SIZE))
		return fail(error, RAPPORTEUR_ERROR_NOT_FOUND, package->path, part, "is missing");
	if (!within_limits(package, part, &stat, error))
		return NULL;
	file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
	if (!file) {
		zip_error_t *cause = zip_get_error(package->zip);

		return fail(error, code_of(zip_error_code_zip(cause)), package->path, part, zip_error_strerror(cause));
	}
	buffer = g_malloc(stat.size + 1);	/* one more shows that it is longer than it says */
	while (have <= stat.size && (n = zip_fread(file, buffer + have, stat.size + 1 - have)) > 0)
		have += (gsize)n;
	zip_fclose(file);
	package->read_bytes += have;
	if (n < 0 || have != stat.size)
		return fail(error, RAPPORTEUR_ERROR_CORRUPT, package->path, part, "is damaged");
	return g_bytes_new_take(g_steal_pointer(&buffer), have);
}
