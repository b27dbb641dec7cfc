/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * record.c - documents, passages and sources as bytes, and back.
 *
 * Optional indices are stored plus one. Ranges are stored as the distance from
 * the end of the one before, and their length.
 */
#include "indexer/record.h"

#include <string.h>

#include "corpus/bytes.h"
#include "corpus/error.h"

#define STRING_MAX_BYTES (64u << 20)	/* as long as a file may be */
#define TEXT_BASE_MAX ((guint64)1 << 48)	/* with a document behind it no sum overflows */

void source_record_free(struct source_record *source)
{
	if (!source)
		return;
	g_free(source->path);
	g_free(source->digest);
	g_free(source->access);
	g_free(source->format);
	g_free(source);
}

/* --- keys ------------------------------------------------------------------- */

static void put_be32(char *at, guint32 n)
{
	guint32 be = GUINT32_TO_BE(n);

	memcpy(at, &be, 4);
}

static gsize put_key(char *key, char kind, guint32 source, const guint32 *block)
{
	key[0] = kind;
	put_be32(key + 1, source);
	if (!block)
		return 5;
	put_be32(key + 5, *block);
	return RECORD_KEY_BYTES;
}

gsize record_source_key(char key[RECORD_KEY_BYTES], guint32 source)
{
	return put_key(key, 'S', source, NULL);
}

gsize record_document_key(char key[RECORD_KEY_BYTES], guint32 source, guint32 block)
{
	return put_key(key, 'D', source, &block);
}

gsize record_text_key(char key[RECORD_KEY_BYTES], guint32 source, guint32 block)
{
	return put_key(key, 'T', source, &block);
}

bool record_key_source(const char *key, gsize len, guint32 *source)
{
	guint32 be;

	if (len < 5 || !memchr("SDT", key[0], 3))
		return false;
	memcpy(&be, key + 1, 4);
	*source = GUINT32_FROM_BE(be);
	return true;
}

/* --- writing ---------------------------------------------------------------- */

/* Signed, since ranges need not ascend: a caption may stand before its quotation. */
static void put_range(GString *out, struct range range, guint32 *from)
{
	gint64 step = (gint64)range.start - *from;

	bytes_put_number(out, step < 0 ? ((guint64)-step << 1) - 1 : (guint64)step << 1);
	bytes_put_number(out, range.end - range.start);
	*from = range.end;
}

void record_put_source(GString *out, const struct source_record *source)
{
	bytes_put_string(out, source->path);
	bytes_put_string(out, source->digest);
	bytes_put_string(out, source->access);
	bytes_put_string(out, source->format);
	bytes_put_number(out, source->text_bytes);
	bytes_put_number(out, source->documents);
	bytes_put_number(out, source->passages);
	bytes_put_number(out, source->document_blocks);
}

static void put_person(GString *out, const struct person *person)
{
	guint forms = person->forms ? g_strv_length((char **)person->forms) : 0;

	bytes_put_string(out, person->name);
	bytes_put_string(out, person->honorific);
	bytes_put_string(out, person->role);
	bytes_put_string(out, person->organisation);
	bytes_put_string(out, person->country);
	bytes_put_number(out, person->body);
	bytes_put_number(out, forms);
	for (guint i = 0; i < forms; i++)
		bytes_put_string(out, person->forms[i]);
}

static void put_panel(GString *out, const struct panel *panel)
{
	bytes_put_string(out, panel->label);
	bytes_put_string(out, panel->title);
	bytes_put_string(out, panel->date);
	bytes_put_index(out, panel->moderator);
	bytes_put_indices(out, panel->listed, panel->n_listed);
}

static void put_head(GString *out, const struct document *doc)
{
	const char *const strings[] = {
		doc->id, doc->title, doc->event, doc->date, doc->date_end, doc->place, doc->publisher,
		doc->authors, doc->language, doc->url, doc->access, doc->path, doc->format,
	};

	for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
		bytes_put_string(out, strings[i]);
	bytes_put_number(out, doc->type);
	bytes_put_number(out, doc->nameless);
	bytes_put_number(out, doc->furniture ? g_strv_length((char **)doc->furniture) : 0);
	for (const char *const *text = doc->furniture; text && *text; text++)
		bytes_put_string(out, *text);
}

void record_put_document(GString *out, const struct document *doc, guint64 text_base)
{
	put_head(out, doc);
	bytes_put_number(out, text_base);
	bytes_put_number(out, doc->text_bytes);
	bytes_put_number(out, doc->people->len);
	for (guint i = 0; i < doc->people->len; i++)
		put_person(out, document_person(doc, i));
	bytes_put_number(out, doc->panels->len);
	for (guint i = 0; i < doc->panels->len; i++)
		put_panel(out, document_panel(doc, i));
	bytes_put_number(out, doc->sections->len);
	for (guint i = 0; i < doc->sections->len; i++) {
		const struct section *section = document_section(doc, i);

		bytes_put_index(out, section->parent);
		bytes_put_number(out, (guint)section->level);
		bytes_put_string(out, section->title);
	}
}

static void put_attribution(GString *out, const struct attribution *a, guint32 *from)
{
	bytes_put_index(out, a->speaker);
	bytes_put_number(out, a->evidence);
	bytes_put_number(out, a->certainty);
	put_range(out, a->range, from);
	bytes_put_indices(out, a->candidates, a->n_candidates);
	if (a->evidence == EVIDENCE_CATALOGUE)
		bytes_put_string(out, a->source);
}

void record_put_passage(GString *out, const struct passage_record *record)
{
	const struct passage *p = &record->passage;
	guint32 from = 0;

	bytes_put_number(out, record->place.source);
	bytes_put_number(out, record->place.block);
	bytes_put_number(out, record->place.slot);
	bytes_put_number(out, record->ordinal);
	bytes_put_number(out, record->text_base);
	bytes_put_string(out, record->language);
	bytes_put_string(out, p->id);
	bytes_put_number(out, p->kind);
	bytes_put_index(out, p->section);
	bytes_put_index(out, p->panel);
	bytes_put_number(out, (guint)p->page);
	bytes_put_number(out, (guint)p->slide);
	bytes_put_string(out, p->page_label);
	bytes_put_number(out, (p->timed ? (guint64)p->time_ms + 1 : 0) << 1 | p->notes);
	bytes_put_number(out, p->n_ranges);
	for (guint i = 0; i < p->n_ranges; i++)
		put_range(out, p->ranges[i], &from);
	from = p->ranges[0].start;
	put_attribution(out, &p->attribution, &from);
	bytes_put_number(out, p->n_quotations);
	for (guint i = 0; i < p->n_quotations; i++) {
		put_range(out, p->quotations[i].range, &from);
		put_attribution(out, &p->quotations[i].attribution, &from);
	}
}

/* --- reading ---------------------------------------------------------------- */

static bool corrupt(GError **error, const char *what)
{
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "the index holds a damaged %s record", what);
	return false;
}

static char *get_string(struct cursor *c)
{
	guint32 len = cursor_bounded(c, STRING_MAX_BYTES + 1);
	const char *s = len ? cursor_bytes(c, len - 1) : NULL;

	return s ? g_strndup(s, len - 1) : NULL;
}

struct source_record *record_get_source(const char *bytes, gsize len, GError **error)
{
	struct cursor c = cursor_over(bytes, len);
	g_autoptr(SourceRecord) source = g_new0(struct source_record, 1);

	source->path = get_string(&c);
	source->digest = get_string(&c);
	source->access = get_string(&c);
	source->format = get_string(&c);
	source->text_bytes = cursor_number(&c);
	source->documents = cursor_bounded(&c, G_MAXUINT32);
	source->passages = cursor_bounded(&c, G_MAXUINT32);
	source->document_blocks = cursor_bounded(&c, G_MAXUINT32);
	if (c.bad || !source->path || !source->digest || !source->access) {
		corrupt(error, "source");
		return NULL;
	}
	return g_steal_pointer(&source);
}

static const char *get_document_string(struct cursor *c, struct document *doc)
{
	guint32 len = cursor_bounded(c, STRING_MAX_BYTES + 1);
	const char *s = len ? cursor_bytes(c, len - 1) : NULL;

	return s ? document_string(doc, s, (gssize)len - 1) : NULL;
}

static guint64 get_text_base(struct cursor *c)
{
	guint64 base = cursor_number(c);

	c->bad |= base > TEXT_BASE_MAX;
	return base;
}

static const char *const *get_strings(struct cursor *c, struct document *doc)
{
	guint n = cursor_count(c);
	const char **strings = n ? document_alloc(doc, (n + 1) * sizeof *strings) : NULL;

	for (guint i = 0; i < n && !c->bad; i++) {
		strings[i] = get_document_string(c, doc);
		c->bad = c->bad || !strings[i];
	}
	return strings;
}

static void get_head(struct cursor *c, struct document *doc)
{
	const char **const strings[] = {
		&doc->id, &doc->title, &doc->event, &doc->date, &doc->date_end, &doc->place, &doc->publisher,
		&doc->authors, &doc->language, &doc->url, &doc->access, &doc->path, &doc->format,
	};

	for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
		*strings[i] = get_document_string(c, doc);
	doc->type = (enum document_type)cursor_bounded(c, N_TYPES - 1);
	doc->nameless = cursor_bounded(c, 1);
	doc->furniture = get_strings(c, doc);
	if (!doc->id || !doc->title || !doc->access || !doc->path)
		c->bad = true;
}

static void get_people(struct cursor *c, struct document *doc)
{
	for (guint n = cursor_count(c); n > 0 && !c->bad; n--) {
		struct person person = { 0 };
		guint forms;

		person.name = get_document_string(c, doc);
		person.honorific = get_document_string(c, doc);
		person.role = get_document_string(c, doc);
		person.organisation = get_document_string(c, doc);
		person.country = get_document_string(c, doc);
		person.body = cursor_bounded(c, 1);
		forms = cursor_count(c);
		if (forms)
			person.forms = document_alloc(doc, (forms + 1) * sizeof *person.forms);
		for (guint i = 0; i < forms; i++)
			person.forms[i] = get_document_string(c, doc);
		if (!person.name)
			c->bad = true;
		g_array_append_val(doc->people, person);
	}
}

static int *get_indices(struct cursor *c, guint bound, guint *n, void *(*alloc)(void *, gsize), void *memory)
{
	int *indices;

	*n = cursor_count(c);
	indices = *n ? alloc(memory, *n * sizeof *indices) : NULL;
	for (guint i = 0; i < *n; i++) {
		indices[i] = cursor_index(c, bound);
		c->bad |= indices[i] < 0;
	}
	return indices;
}

static void *alloc_in_document(void *doc, gsize bytes)
{
	return document_alloc(doc, bytes);
}

static void *alloc_in_arena(void *arena, gsize bytes)
{
	return arena_alloc(arena, bytes);
}

static void get_panels_and_sections(struct cursor *c, struct document *doc)
{
	for (guint n = cursor_count(c); n > 0 && !c->bad; n--) {
		struct panel panel = { 0 };

		panel.label = get_document_string(c, doc);
		panel.title = get_document_string(c, doc);
		panel.date = get_document_string(c, doc);
		panel.moderator = cursor_index(c, doc->people->len);
		panel.listed = get_indices(c, doc->people->len, &panel.n_listed, alloc_in_document, doc);
		g_array_append_val(doc->panels, panel);
	}
	for (guint n = cursor_count(c); n > 0 && !c->bad; n--) {
		struct section section = { .parent = cursor_index(c, doc->sections->len) };

		section.level = (int)cursor_bounded(c, 1000);
		section.title = get_document_string(c, doc);
		if (!section.title)
			c->bad = true;
		g_array_append_val(doc->sections, section);
	}
}

struct document *record_get_document(const char *bytes, gsize len, guint64 *text_base, GError **error)
{
	struct cursor c = cursor_over(bytes, len);
	g_autoptr(Document) doc = document_new();

	get_head(&c, doc);
	*text_base = get_text_base(&c);
	doc->text_bytes = cursor_bounded(&c, G_MAXUINT32);
	get_people(&c, doc);
	get_panels_and_sections(&c, doc);
	if (c.bad) {
		corrupt(error, "document");
		return NULL;
	}
	return g_steal_pointer(&doc);
}

static struct range get_range(struct cursor *c, guint32 *from)
{
	guint64 step = cursor_number(c), size = cursor_bounded(c, G_MAXUINT32);
	bool known = step <= (guint64)G_MAXUINT32 << 1;
	gint64 start = known ? (gint64)*from + (step & 1 ? -(gint64)((step + 1) >> 1) : (gint64)(step >> 1)) : -1;
	guint64 end = (guint64)start + size;

	if (start < 0 || end > G_MAXUINT32) {
		c->bad = true;
		return (struct range){ 0, 0 };
	}
	*from = (guint32)end;
	return (struct range){ (guint32)start, (guint32)end };
}

static char *get_arena_string(struct cursor *c, struct arena *arena)
{
	guint32 len = cursor_bounded(c, STRING_MAX_BYTES + 1);
	const char *s = len ? cursor_bytes(c, len - 1) : NULL;

	return s ? arena_string(arena, s, (gssize)len - 1) : NULL;
}

static void get_place(struct cursor *c, struct passage_record *record, struct arena *arena)
{
	record->place.source = cursor_bounded(c, G_MAXUINT32);
	record->place.block = cursor_bounded(c, G_MAXUINT32);
	record->place.slot = cursor_bounded(c, G_MAXUINT32);
	record->ordinal = cursor_bounded(c, G_MAXUINT32);
	record->text_base = get_text_base(c);
	record->language = get_arena_string(c, arena);
}

/* Speaker notes in the lowest bit; above it the time plus one, 0 for none. */
static void get_time(struct cursor *c, struct passage *p)
{
	guint64 number = cursor_number(c), time = number >> 1;

	p->notes = number & 1;
	p->timed = time > 0;
	p->time_ms = p->timed ? (guint32)(time - 1) : 0;
	c->bad |= time > (guint64)G_MAXUINT32 + 1;
}

static void get_attribution(struct cursor *c, struct attribution *a, guint32 *from, struct arena *arena)
{
	a->speaker = cursor_index(c, G_MAXINT);
	a->evidence = (enum evidence)cursor_bounded(c, N_EVIDENCES - 1);
	a->certainty = (enum certainty)cursor_bounded(c, N_CERTAINTIES - 1);
	a->range = get_range(c, from);
	a->candidates = get_indices(c, G_MAXINT, &a->n_candidates, alloc_in_arena, arena);
	if (a->evidence == EVIDENCE_CATALOGUE)
		a->source = get_arena_string(c, arena);
}

bool record_get_passage(const char *bytes, gsize len, struct arena *arena,
                        struct passage_record *record, GError **error)
{
	struct cursor c = cursor_over(bytes, len);
	struct passage *p = &record->passage;
	guint32 id_len, from = 0;
	const char *id;

	memset(record, 0, sizeof *record);
	get_place(&c, record, arena);
	id_len = cursor_bounded(&c, PASSAGE_ID_SIZE);
	id = id_len ? cursor_bytes(&c, id_len - 1) : NULL;
	if (id)
		memcpy(p->id, id, id_len - 1);
	p->kind = (enum passage_kind)cursor_bounded(&c, N_KINDS - 1);
	p->section = cursor_index(&c, G_MAXINT);
	p->panel = cursor_index(&c, G_MAXINT);
	p->page = (int)cursor_bounded(&c, G_MAXINT);
	p->slide = (int)cursor_bounded(&c, G_MAXINT);
	p->page_label = get_arena_string(&c, arena);
	get_time(&c, p);
	p->n_ranges = cursor_count(&c);
	p->ranges = arena_alloc(arena, p->n_ranges * sizeof *p->ranges);
	for (guint i = 0; i < p->n_ranges; i++)
		p->ranges[i] = get_range(&c, &from);
	if (!p->n_ranges || !id)
		return corrupt(error, "passage");
	from = p->ranges[0].start;
	get_attribution(&c, &p->attribution, &from, arena);
	p->n_quotations = cursor_count(&c);
	p->quotations = arena_alloc(arena, p->n_quotations * sizeof *p->quotations);
	for (guint i = 0; i < p->n_quotations; i++) {
		p->quotations[i].range = get_range(&c, &from);
		get_attribution(&c, &p->quotations[i].attribution, &from, arena);
	}
	return c.bad ? corrupt(error, "passage") : true;
}

static bool range_fits(struct range range, const struct document *doc)
{
	return range.start <= range.end && range.end <= doc->text_bytes;
}

static bool attribution_fits(const struct attribution *a, const struct document *doc)
{
	gint64 people = doc->people->len;

	if (a->speaker >= people || !range_fits(a->range, doc))
		return false;
	for (guint i = 0; i < a->n_candidates; i++)
		if (a->candidates[i] >= people)
			return false;
	return true;
}

bool record_passage_fits(const struct passage *p, const struct document *doc)
{
	if (p->section >= (gint64)doc->sections->len || p->panel >= (gint64)doc->panels->len || !attribution_fits(&p->attribution, doc))
		return false;
	for (guint i = 0; i < p->n_ranges; i++)
		if (!range_fits(p->ranges[i], doc))
			return false;
	for (guint i = 0; i < p->n_quotations; i++)
		if (!attribution_fits(&p->quotations[i].attribution, doc) || !range_fits(p->quotations[i].range, doc))
			return false;
	return true;
}
