/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * document.c - the life of a document, its arena, its ranges and the names of
 * the model's numbers.
 *
 * document_alloc cuts small requests out of slabs; the first element of
 * doc->memory says where the last slab's free part begins:
 *
 *   memory[0] --> { free, left }
 *   memory[1..]   slabs, and large requests as blocks of their own
 */
#include "corpus/document.h"

#include <string.h>

#define SLAB_BYTES 8192
#define SLAB_LARGE_BYTES 2048	/* from here on a request gets its own block */
#define STRING_CHUNK_BYTES 512

struct slab {
	char *free;
	gsize left;
};

struct document *document_new(void)
{
	struct document *doc = g_new0(struct document, 1);

	doc->id = doc->title = doc->path = "";
	doc->format = "text";
	doc->type = TYPE_OTHER;
	doc->access = "public";
	doc->text = "";
	doc->blocks = g_array_new(FALSE, TRUE, sizeof(struct block));
	doc->people = g_array_new(FALSE, TRUE, sizeof(struct person));
	doc->chair = -1;
	doc->panels = g_array_new(FALSE, TRUE, sizeof(struct panel));
	doc->sections = g_array_new(FALSE, TRUE, sizeof(struct section));
	doc->passages = g_array_new(FALSE, TRUE, sizeof(struct passage));
	doc->strings = g_string_chunk_new(STRING_CHUNK_BYTES);
	doc->memory = g_ptr_array_new_with_free_func(g_free);
	return doc;
}

void document_free(struct document *doc)
{
	if (!doc)
		return;
	g_array_free(doc->blocks, TRUE);
	g_array_free(doc->people, TRUE);
	g_array_free(doc->panels, TRUE);
	g_array_free(doc->sections, TRUE);
	g_array_free(doc->passages, TRUE);
	g_clear_pointer(&doc->times, g_array_unref);
	g_clear_pointer(&doc->turns, g_array_unref);
	g_string_chunk_free(doc->strings);
	g_ptr_array_free(doc->memory, TRUE);
	g_clear_pointer(&doc->text_owner, g_bytes_unref);
	g_free(doc);
}

const char *document_string(struct document *doc, const char *s, gssize len)
{
	if (!s)
		return NULL;
	return g_string_chunk_insert_len(doc->strings, s, len < 0 ? (gssize)strlen(s) : len);
}

void *document_alloc(struct document *doc, gsize bytes)
{
	struct slab *slab;
	char *memory;

	if (bytes > G_MAXSIZE - 15)
		g_error("document_alloc: %" G_GSIZE_FORMAT " bytes", bytes);
	bytes = MAX((bytes + 15) & ~(gsize)15, 16);
	if (!doc->memory->len)
		g_ptr_array_add(doc->memory, g_new0(struct slab, 1));
	if (bytes >= SLAB_LARGE_BYTES) {
		g_ptr_array_add(doc->memory, memory = g_malloc0(bytes));
		return memory;
	}
	slab = g_ptr_array_index(doc->memory, 0);
	if (bytes > slab->left) {
		slab->free = g_malloc0(SLAB_BYTES);
		slab->left = SLAB_BYTES;
		g_ptr_array_add(doc->memory, slab->free);
	}
	memory = slab->free;
	slab->free += bytes;
	slab->left -= bytes;
	return memory;
}

/* Behind a tag "<b>" or the address of a link "](...)" that begins at s, which
 * may hold blanks; s where neither does, or a line ends in it. */
static const char *markup_end(const char *s, const char *end)
{
	char close = *s == '<' ? '>' : ')';

	if (*s != '<' && !(*s == ']' && end - s > 1 && s[1] == '('))
		return s;
	if (end - s > 3 && *s == '<' && (s[1] | 32) == 'b' && (s[2] | 32) == 'r' && !g_ascii_isalpha(s[3]))
		return s;	/* <br>: a line ends */
	for (const char *p = s; p < end && *p != '\n' && *p != '\r'; p++)
		if (*p == close)
			return p + 1;
	return s;
}

static void renumber(int *people, guint n, const int *moved)
{
	for (guint i = 0; i < n; i++)
		if (people[i] >= 0)
			people[i] = moved[people[i]];
}

/* Turns share their candidates: each list once. */
static void renumber_attribution(struct attribution *attribution, const int *moved, GHashTable *done)
{
	renumber(&attribution->speaker, 1, moved);
	if (attribution->n_candidates > 0 && g_hash_table_add(done, attribution->candidates))
		renumber(attribution->candidates, attribution->n_candidates, moved);
}

void document_renumber_people(struct document *doc, const int *moved)
{
	g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < doc->passages->len; i++) {
		struct passage *passage = document_passage(doc, i);
		renumber_attribution(&passage->attribution, moved, done);
		for (guint k = 0; k < passage->n_quotations; k++)
			renumber_attribution(&passage->quotations[k].attribution, moved, done);
	}
	for (guint i = 0; i < doc->panels->len; i++) {
		struct panel *panel = document_panel(doc, i);
		renumber(&panel->moderator, 1, moved);
		renumber(panel->listed, panel->n_listed, moved);
	}
}

bool document_is_nameless(const struct document *doc)
{
	for (guint i = 0; i < doc->passages->len; i++)
		if (document_passage(doc, i)->nameless)
			return true;
	return doc->nameless;
}

bool section_is_within(const struct document *doc, int inner, int outer)
{
	while (inner >= 0 && inner != outer)
		inner = document_section(doc, inner)->parent;
	return inner == outer;
}

const char *ranges_joiner(const char *text, struct range before, struct range after)
{
	const char *s = text + before.end, *end = text + after.start;

	/* What inline.c leaves out between two ranges is markup; what anything
	 * else leaves out holds white space. */
	while (s < end) {
		const char *next = markup_end(s, end);

		if (next == s && (*s == '<' || g_ascii_isspace(*s) || *s == '\v'))
			return "\n";
		s = next == s ? s + 1 : next;
	}
	return after.start < before.end ? "\n" : "";
}

void ranges_text(const char *text, const struct range *ranges, guint n, GString *out)
{
	for (guint i = 0; i < n; i++) {
		if (i)
			g_string_append(out, ranges_joiner(text, ranges[i - 1], ranges[i]));
		g_string_append_len(out, text + ranges[i].start, ranges[i].end - ranges[i].start);
	}
}

void ranges_cut(const struct range *ranges, guint n, guint32 from, guint32 to, GArray *out)
{
	for (guint i = 0; i < n; i++) {
		struct range part = { MAX(ranges[i].start, from), MIN(ranges[i].end, to) };
		if (part.start < part.end)
			g_array_append_val(out, part);
	}
}

guint32 ranges_offset(const char *text, const struct range *ranges, guint n, gsize offset)
{
	gsize at = 0;

	for (guint i = 0; i < n; i++) {
		gsize len = ranges[i].end - ranges[i].start;

		if (i)
			at += strlen(ranges_joiner(text, ranges[i - 1], ranges[i]));
		if (offset <= at)
			return ranges[i].start;
		if (offset < at + len)
			return ranges[i].start + (guint32)(offset - at);
		at += len;
	}
	return n ? ranges[n - 1].end : 0;
}

bool kind_is_verbatim(enum passage_kind kind)
{
	return kind == KIND_QUOTE || kind == KIND_SPEECH || kind == KIND_AUTHORED;
}

static const char *const kind_names[N_KINDS] = {
	"quote", "speech", "authored", "slide", "reported", "narrative", "reference", "listing",
};
static const char *const evidence_names[N_EVIDENCES] = {
	"", "caption", "label", "byline", "presenter", "narrative", "catalogue",
};
static const char *const certainty_names[N_CERTAINTIES] = { "", "stated", "inferred" };
static const char *const type_names[N_TYPES] = {
	"report", "background-paper", "slides", "statement", "transcript", "agenda", "other",
};

static int name_parse(const char *const *names, int n, const char *name)
{
	for (int i = 0; name && i < n; i++)
		if (!strcmp(names[i], name))
			return i;
	return -1;
}

static const char *name_of(const char *const *names, int n, int i)
{
	return i >= 0 && i < n ? names[i] : "";
}

const char *kind_name(enum passage_kind kind)
{
	return name_of(kind_names, N_KINDS, kind);
}

int kind_parse(const char *name)
{
	return name_parse(kind_names, N_KINDS, name);
}

const char *evidence_name(enum evidence evidence)
{
	return name_of(evidence_names, N_EVIDENCES, evidence);
}

const char *certainty_name(enum certainty certainty)
{
	return name_of(certainty_names, N_CERTAINTIES, certainty);
}

const char *type_name(enum document_type type)
{
	return name_of(type_names, N_TYPES, type);
}

int type_parse(const char *name)
{
	return name_parse(type_names, N_TYPES, name);
}
