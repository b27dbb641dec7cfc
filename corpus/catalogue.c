/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * catalogue.c - reads catalogue.ini, checks all of it at once, and sets what
 * it says in a document.
 */
#include "corpus/catalogue.h"

#include <errno.h>
#include <string.h>

#include "corpus/corrections/corrections.h"
#include "corpus/date.h"
#include "corpus/error.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/words.h"

#define CATALOGUE_MAX_BYTES (16 << 20)

enum key {
	KEY_ID, KEY_TITLE, KEY_TYPE, KEY_EVENT, KEY_DATE, KEY_DATE_END, KEY_PLACE, KEY_PUBLISHER,
	KEY_AUTHORS, KEY_LANGUAGE, KEY_URL, KEY_ACCESS, KEY_ATTRIBUTION,
	N_KEYS
};

static const char *const key_names[N_KEYS] = {
	"id", "title", "type", "event", "date", "date-end", "place", "publisher",
	"authors", "language", "url", "access", "attribution",
};

struct group {
	char *name;		/* all of it */
	char *file;		/* a file's name, or a glob */
	GPatternSpec *pattern;	/* of the glob, or NULL */
	char *values[N_KEYS];	/* NULL: says nothing */
	struct correction *correction;	/* of "FILE | person NAME" and the like: instead of values */
	GString *lines;		/* as it is written, without comments */
};

struct catalogue {
	char *path;
	char *folder;		/* with its slash; "" for the current one */
	GPtrArray *groups;	/* struct group, in the order of the file */
	GHashTable *files;	/* name -> GArray of guint, for the groups that are no globs */
	GArray *globs;		/* guint, the groups that are */
};

static void group_free(void *data)
{
	struct group *group = data;

	g_free(group->name);
	g_free(group->file);
	g_clear_pointer(&group->pattern, g_pattern_spec_free);
	for (int k = 0; k < N_KEYS; k++)
		g_free(group->values[k]);
	correction_free(group->correction);
	if (group->lines)
		g_string_free(group->lines, TRUE);
	g_free(group);
}

void catalogue_free(struct catalogue *catalogue)
{
	if (!catalogue)
		return;
	g_free(catalogue->path);
	g_free(catalogue->folder);
	g_ptr_array_free(catalogue->groups, TRUE);
	g_hash_table_destroy(catalogue->files);
	g_array_free(catalogue->globs, TRUE);
	g_free(catalogue);
}

static bool is_access(const char *value)
{
	if (!strcmp(value, "public"))
		return true;
	if (!g_str_has_prefix(value, "restricted:"))
		return false;
	value += strlen("restricted:");
	if (!*value || strlen(value) > 64)
		return false;
	for (; *value; value++)
		if (!g_ascii_isalnum(*value) && *value != '-' && *value != '_')
			return false;
	return true;
}

static bool is_id(const char *value)
{
	for (const char *s = value; *s; s++)
		if (g_ascii_isspace(*s) || g_ascii_iscntrl(*s) || *s == '/')
			return false;
	return *value;
}

/* What is wrong with a value; NULL for nothing. */
static const char *value_fault(enum key key, const char *value, bool glob)
{
	switch (key) {
	case KEY_ID:
		if (glob)
			return "a glob stands for several files, which cannot share an id";
		return is_id(value) ? NULL : "an id is one word without '/'";
	case KEY_TYPE:
		return type_parse(value) >= 0 ? NULL : "no such type (report, background-paper, slides, "
		       "statement, transcript, agenda, other)";
	case KEY_DATE:
	case KEY_DATE_END:
		return !*value || date_is_iso(value) ? NULL : "not a date like 2017, 2017-10 or 2017-10-23";
	case KEY_LANGUAGE:
		return front_matter_language(value) ? NULL : "no such language (two letters of ISO 639-1)";
	case KEY_ACCESS:
		return is_access(value) ? NULL : "neither public nor restricted:GROUP";
	case KEY_ATTRIBUTION:
		return policy_parse(value) >= 0 ? NULL : "neither none, named nor normal";
	default:
		return NULL;
	}
}

static int key_parse(const char *name)
{
	for (int k = 0; k < N_KEYS; k++)
		if (!strcmp(key_names[k], name))
			return k;
	return -1;
}

/* True where each backslash begins an escape that key files have. */
static bool escapes_valid(const char *raw)
{
	for (; raw && *raw; raw++)
		if (*raw == '\\' && (!raw[1] || !strchr("sntr\\", *++raw)))
			return false;
	return raw != NULL;
}

static const char *take_value(struct group *group, const char *name, const char *value)
{
	int key = key_parse(name);
	const char *fault;

	if (group->correction)
		return correction_take(group->correction, name, value);
	fault = key < 0 ? "unknown key" : value_fault(key, value, group->pattern);
	if (!fault) {
		g_free(group->values[key]);
		group->values[key] = g_strdup(value);
	}
	return fault;
}

static bool group_read(GKeyFile *file, const char *path, struct group *group, GError **error)
{
	g_auto(GStrv) names = g_key_file_get_keys(file, group->name, NULL, NULL);

	group->lines = g_string_new(NULL);
	g_string_append_printf(group->lines, "[%s]\n", group->name);
	for (char **name = names; name && *name; name++) {
		g_autofree char *raw = g_key_file_get_value(file, group->name, *name, NULL), *value = NULL;
		const char *fault = escapes_valid(raw) ? NULL : "a broken escape";

		g_string_append_printf(group->lines, "%s=%s\n", *name, raw);
		if (!fault) {
			value = g_key_file_get_string(file, group->name, *name, NULL);
			fault = take_value(group, *name, g_strstrip(value));
		}
		if (fault) {
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX,
			            "cannot read '%s': [%s] %s: %s", path, group->name, *name, fault);
			return false;
		}
	}
	return true;
}

static void group_add(struct catalogue *catalogue, struct group *group)
{
	guint index = catalogue->groups->len;
	GArray *same;

	g_ptr_array_add(catalogue->groups, group);
	if (group->pattern) {
		g_array_append_val(catalogue->globs, index);
		return;
	}
	same = g_hash_table_lookup(catalogue->files, group->file);
	if (!same) {
		same = g_array_new(FALSE, FALSE, sizeof(guint));
		g_hash_table_insert(catalogue->files, group->file, same);
	}
	g_array_append_val(same, index);
}

static bool refuse(GError **error, const char *path, const char *group, const char *fault)
{
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, "cannot read '%s': [%s]: %s", path, group, fault);
	return false;
}

/* "FILE" or "FILE | person NAME". */
static const char *read_head(struct group *group, const char *path)
{
	const char *bar = strchr(group->name, '|'), *fault = NULL;

	group->file = g_strstrip(bar ? g_strndup(group->name, (gsize)(bar - group->name)) : g_strdup(group->name));
	if (strpbrk(group->file, "*?"))
		group->pattern = g_pattern_spec_new(group->file);
	if (!bar)
		return NULL;
	for (bar++; g_ascii_isspace(*bar);)
		bar++;
	group->correction = correction_parse(bar, group->pattern, &fault);
	if (group->correction)
		group->correction->source = g_strdup_printf("'%s' [%s]", path, group->name);
	return fault;
}

/* What is said twice of one thing. */
static const char *said_again(const struct group *group, GHashTable *said)
{
	const struct correction *c = group->correction;
	char *key;

	if (!c)
		return NULL;
	key = g_strdup_printf("%s|%d|%s|%s", group->file, (int)c->kind,
	                      c->kind == CORRECT_PASSAGE ? c->target : c->folded, c->function ? c->function : "");
	return g_hash_table_add(said, key) ? NULL : "a group for the same comes before";
}

/* The forms of somebody's name are nobody else's. */
static const char *shared_form(const struct group *group, GHashTable *forms)
{
	g_auto(GStrv) also = group->correction ? correction_forms(group->correction->values[SAYS_ALSO]) : NULL;

	for (char **form = also; form && *form; form++) {
		g_autofree char *folded = words_folded(*form);

		if (!g_hash_table_add(forms, g_strdup_printf("%s|%s", group->file, folded)))
			return "a form of 'also' is given to two people";
	}
	return group->correction ? correction_fault(group->correction) : NULL;
}

static bool groups_read(struct catalogue *catalogue, GKeyFile *file, const char *path, GError **error)
{
	g_auto(GStrv) names = g_key_file_get_groups(file, NULL);
	g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (char **name = names; *name; name++) {
		struct group *group = g_new0(struct group, 1);
		const char *fault;

		group->name = g_strdup(*name);
		fault = read_head(group, path);
		group_add(catalogue, group);
		if (!fault)
			fault = said_again(group, said);
		if (fault)
			return refuse(error, path, group->name, fault);
		if (!group_read(file, path, group, error))
			return false;
		fault = shared_form(group, forms);
		if (fault)
			return refuse(error, path, group->name, fault);
	}
	return true;
}

/* A key file takes the last of what is said twice; of a correction that is a slip. */
static bool check_repeated(const char *bytes, const char *path, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char *group = NULL;

	for (char **line = lines; *line; line++) {
		char *text = g_strstrip(*line), *end = strchr(text, *text == '[' ? ']' : '=');

		if (!end || *text == '#')
			continue;
		*end = '\0';
		if (*text == '[')
			group = strchr(text, '|') ? text + 1 : NULL;
		if (group && !g_hash_table_add(seen, *text == '[' ? g_strdup(text) : g_strdup_printf("%s\n%s", group, g_strchomp(text))))
			return refuse(error, path, group, *text == '[' ? "the group comes twice" : "a key comes twice");
	}
	return true;
}

static void set_open_error(const char *path, GError *cause, GError **error)
{
	enum rapporteur_error code = RAPPORTEUR_ERROR_IO;

	if (cause->domain == G_KEY_FILE_ERROR)
		code = cause->code == G_KEY_FILE_ERROR_NOT_FOUND ? RAPPORTEUR_ERROR_NOT_FOUND : RAPPORTEUR_ERROR_SYNTAX;
	else if (g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
		 g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
		code = RAPPORTEUR_ERROR_NOT_FOUND;
	else if (g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_ACCES))
		code = RAPPORTEUR_ERROR_DENIED;
	g_set_error(error, RAPPORTEUR_ERROR, code, "cannot read '%s': %s", path,
	            code == RAPPORTEUR_ERROR_NOT_FOUND ? "no such file" : cause->message);
}

struct catalogue *catalogue_open(const char *path, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *bytes = NULL;
	gsize len;

	if (g_file_get_contents(path, &bytes, &len, &cause))
		return catalogue_parse(path, bytes, len, error);
	set_open_error(path, cause, error);
	return NULL;
}

struct catalogue *catalogue_parse(const char *path, const char *bytes, gsize len, GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) cause = NULL;
	struct catalogue *catalogue;
	g_autofree char *folder = NULL, *whole = NULL;

	if (len > CATALOGUE_MAX_BYTES) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE,
		            "cannot read '%s': larger than %d MB", path, CATALOGUE_MAX_BYTES >> 20);
		return NULL;
	}
	if (!g_utf8_validate(bytes, (gssize)len, NULL)) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, "cannot read '%s': not UTF-8", path);
		return NULL;
	}
	if (len && !g_key_file_load_from_data(file, bytes, len, G_KEY_FILE_NONE, &cause)) {
		set_open_error(path, cause, error);
		return NULL;
	}
	if (!check_repeated(bytes, path, error))
		return NULL;
	folder = g_path_get_dirname(path);
	whole = g_utf8_make_valid(folder, -1);
	catalogue = g_new0(struct catalogue, 1);
	catalogue->path = g_strdup(path);
	catalogue->folder = strcmp(whole, ".") ? g_strconcat(whole, "/", NULL) : g_strdup("");
	catalogue->groups = g_ptr_array_new_with_free_func(group_free);
	catalogue->files = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
	catalogue->globs = g_array_new(FALSE, FALSE, sizeof(guint));
	if (!groups_read(catalogue, file, path, error)) {
		catalogue_free(catalogue);
		return NULL;
	}
	return catalogue;
}

static int compare_indexes(const void *a, const void *b)
{
	guint x = *(const guint *)a, y = *(const guint *)b;

	return x < y ? -1 : x > y;
}

static void add_file(const struct catalogue *catalogue, const char *name, GArray *out)
{
	GArray *same = g_hash_table_lookup(catalogue->files, name);

	if (same)
		g_array_append_vals(out, same->data, same->len);
}

/* The groups that speak of a file, in their order. */
static GArray *groups_for(const struct catalogue *catalogue, const char *path)
{
	g_autofree char *valid = g_utf8_make_valid(path, -1);	/* patterns match characters */
	g_autofree char *base = g_path_get_basename(valid);
	const char *below = g_str_has_prefix(valid, "./") ? valid + 2 : valid;
	GArray *matching = g_array_new(FALSE, FALSE, sizeof(guint));

	if (g_str_has_prefix(valid, catalogue->folder))
		below = valid + strlen(catalogue->folder);
	add_file(catalogue, base, matching);
	if (strcmp(base, below))
		add_file(catalogue, below, matching);
	for (guint i = 0; i < catalogue->globs->len; i++) {
		guint index = g_array_index(catalogue->globs, guint, i);
		const struct group *group = g_ptr_array_index(catalogue->groups, index);

		if (g_pattern_spec_match_string(group->pattern, base) ||
		    g_pattern_spec_match_string(group->pattern, below))
			g_array_append_val(matching, index);
	}
	g_array_sort(matching, compare_indexes);
	return matching;
}

/* Which values hold for a file: of the matching groups the last that says
 * something. NULL entries say nothing. */
static void values_for(const struct catalogue *catalogue, const char *path, const char *values[N_KEYS])
{
	g_autoptr(GArray) matching = groups_for(catalogue, path);

	memset(values, 0, N_KEYS * sizeof *values);
	for (guint i = 0; i < matching->len; i++) {
		const struct group *group = g_ptr_array_index(catalogue->groups, g_array_index(matching, guint, i));

		for (int k = 0; k < N_KEYS; k++)
			if (group->values[k])
				values[k] = group->values[k];
	}
}

GPtrArray *catalogue_corrections(const struct catalogue *catalogue, const char *path)
{
	g_autoptr(GArray) matching = catalogue ? groups_for(catalogue, path) : NULL;
	GPtrArray *corrections = g_ptr_array_new();

	for (guint i = 0; matching && i < matching->len; i++) {
		struct group *group = g_ptr_array_index(catalogue->groups, g_array_index(matching, guint, i));

		if (group->correction)
			g_ptr_array_add(corrections, group->correction);
	}
	return corrections;
}

void catalogue_warn_unfit(const struct catalogue *catalogue, const char *const *paths, bool all_read, GPtrArray *warnings)
{
	g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL), records = g_hash_table_new(NULL, NULL);

	for (const char *const *path = paths; *path; path++) {
		g_autoptr(GPtrArray) corrections = catalogue_corrections(catalogue, *path);

		for (guint i = 0; i < corrections->len; i++) {
			g_hash_table_add(known, g_ptr_array_index(corrections, i));
			if (g_str_has_suffix(*path, ".jsonl"))
				g_hash_table_add(records, g_ptr_array_index(corrections, i));
		}
	}
	for (guint i = 0; i < catalogue->groups->len; i++) {
		const struct correction *c = ((struct group *)g_ptr_array_index(catalogue->groups, i))->correction;

		if (c && !g_hash_table_contains(known, c))
			g_ptr_array_add(warnings, g_strdup_printf("%s: there is no such file", c->source));
		else if (c && all_read && !g_atomic_int_get(&c->fitted) && (c->glob || g_hash_table_contains(records, c)))
			g_ptr_array_add(warnings, g_strdup_printf("%s: it fits nothing in these files", c->source));
	}
}

/* An empty value takes back what was detected. */
static void override(struct document *doc, const char **slot, const char *value)
{
	if (value)
		*slot = *value ? document_string(doc, value, -1) : NULL;
}

void catalogue_apply(const struct catalogue *catalogue, struct document *doc)
{
	const char *values[N_KEYS];
	bool record = !strcmp(doc->format, "jsonl");

	if (!catalogue)
		return;
	values_for(catalogue, doc->path, values);
	if (!record) {	/* these are said of one document; a collection's file holds many */
		if (values[KEY_ID])
			doc->id = document_string(doc, values[KEY_ID], -1);
		if (values[KEY_TITLE] && *values[KEY_TITLE])
			doc->title = document_string(doc, values[KEY_TITLE], -1);
		override(doc, &doc->url, values[KEY_URL]);
	}
	override(doc, &doc->authors, values[KEY_AUTHORS]);
	if (values[KEY_TYPE])
		doc->type = type_parse(values[KEY_TYPE]);
	override(doc, &doc->event, values[KEY_EVENT]);
	if (values[KEY_DATE] && !values[KEY_DATE_END])
		doc->date_end = NULL;	/* it belonged to the date that was detected */
	override(doc, &doc->date, values[KEY_DATE]);
	override(doc, &doc->date_end, values[KEY_DATE_END]);
	override(doc, &doc->place, values[KEY_PLACE]);
	override(doc, &doc->publisher, values[KEY_PUBLISHER]);
	if (values[KEY_LANGUAGE])
		doc->language = front_matter_language(values[KEY_LANGUAGE]);
	if (values[KEY_ACCESS])
		doc->access = document_string(doc, values[KEY_ACCESS], -1);
	if (values[KEY_ATTRIBUTION])
		doc->policy = policy_parse(values[KEY_ATTRIBUTION]);
}

const char *catalogue_access(const struct catalogue *catalogue, const char *path)
{
	const char *values[N_KEYS];

	if (!catalogue)
		return "public";
	values_for(catalogue, path, values);
	return values[KEY_ACCESS] ? values[KEY_ACCESS] : "public";
}

const char *catalogue_id(const struct catalogue *catalogue, const char *path)
{
	const char *values[N_KEYS];

	if (!catalogue)
		return NULL;
	values_for(catalogue, path, values);
	return values[KEY_ID];
}

enum policy catalogue_policy(const struct catalogue *catalogue, const char *path)
{
	const char *values[N_KEYS];

	if (!catalogue)
		return POLICY_STATED;
	values_for(catalogue, path, values);
	return values[KEY_ATTRIBUTION] ? (enum policy)policy_parse(values[KEY_ATTRIBUTION]) : POLICY_STATED;
}

const char *catalogue_path(const struct catalogue *catalogue)
{
	return catalogue->path;
}

void catalogue_extract(const struct catalogue *catalogue, const char *path, GString *out)
{
	g_autoptr(GArray) matching = groups_for(catalogue, path);

	for (guint i = 0; i < matching->len; i++) {
		const struct group *group = g_ptr_array_index(catalogue->groups, g_array_index(matching, guint, i));

		g_string_append_len(out, group->lines->str, (gssize)group->lines->len);
	}
}

char *catalogue_digest(const struct catalogue *catalogue, const char *path)
{
	const char *values[N_KEYS];
	g_autoptr(GPtrArray) corrections = catalogue_corrections(catalogue, path);
	GString *all = g_string_new(NULL);
	char *digest;

	for (guint i = 0; i < corrections->len; i++) {
		const struct correction *c = g_ptr_array_index(corrections, i);

		g_string_append_printf(all, "%s\n", c->source);
		for (int k = 0; k < N_SAYS; k++)
			if (c->values[k])
				g_string_append_printf(all, "=%d %" G_GSIZE_FORMAT " %s\n", k, strlen(c->values[k]), c->values[k]);
	}
	if (catalogue) {
		values_for(catalogue, path, values);
		for (int k = 0; k < N_KEYS; k++)
			if (values[k])
				g_string_append_printf(all, "%d %" G_GSIZE_FORMAT " %s\n", k, strlen(values[k]), values[k]);
	}
	digest = all->len ? g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)all->str, all->len)
	                  : g_strdup("");
	g_string_free(all, TRUE);
	return digest;
}
