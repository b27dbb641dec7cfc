/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * transfer.c - a finished document as bytes, and back.
 *
 * Optional indices are sent plus one; a range as its start and its length.
 */
#include "corpus/transfer.h"

#include "corpus/bytes.h"
#include "corpus/error.h"

#define LEVEL_MAX 1000
#define DEPTH_MAX 200	/* of sections within sections: each passage walks up all of them */
#define WORD_MAX_BYTES 64	/* of a format, a language, a date */
#define COVER_MAX 4	/* how often all passages may tell the text */
#define COVER_FREE_BYTES 4096

/* ---- putting ---- */

static void put_range(GString *out, struct range range)
{
	bytes_put_number(out, range.start);
	bytes_put_number(out, range.end - range.start);
}

static void put_ranges(GString *out, const struct range *ranges, guint n)
{
	bytes_put_number(out, n);
	for (guint i = 0; i < n; i++)
		put_range(out, ranges[i]);
}

static void put_strings(GString *out, const char *const *strings)
{
	bytes_put_number(out, strings ? g_strv_length((char **)strings) : 0);
	for (; strings && *strings; strings++)
		bytes_put_string(out, *strings);
}

/* Flags in one number, the first lowest. */
static void put_flags(GString *out, bool a, bool b, bool c)
{
	bytes_put_number(out, (guint)a | (guint)b << 1 | (guint)c << 2);
}

static void put_head(GString *out, const struct document *doc)
{
	const char *const strings[] = {
		doc->id, doc->title, doc->event, doc->place, doc->publisher, doc->authors, doc->url, doc->access,
		doc->date, doc->date_end, doc->language, doc->format, doc->file_title, doc->file_date, doc->file_authors,
	};

	for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
		bytes_put_string(out, strings[i]);
	bytes_put_number(out, doc->type);
	bytes_put_number(out, doc->policy);
	put_flags(out, doc->nameless, false, false);
	put_strings(out, doc->furniture);
}

static void put_people(GString *out, const struct document *doc)
{
	bytes_put_number(out, doc->people->len);
	for (guint i = 0; i < doc->people->len; i++) {
		const struct person *person = document_person(doc, i);

		bytes_put_string(out, person->name);
		bytes_put_string(out, person->honorific);
		bytes_put_string(out, person->role);
		bytes_put_string(out, person->organisation);
		bytes_put_string(out, person->country);
		put_flags(out, person->body, person->corrected, false);
		put_strings(out, (const char *const *)person->forms);
	}
	bytes_put_index(out, doc->chair);
}

static void put_panels_and_sections(GString *out, const struct document *doc)
{
	bytes_put_number(out, doc->panels->len);
	for (guint i = 0; i < doc->panels->len; i++) {
		const struct panel *panel = document_panel(doc, i);

		bytes_put_string(out, panel->label);
		bytes_put_string(out, panel->title);
		bytes_put_string(out, panel->date);
		bytes_put_index(out, panel->moderator);
		bytes_put_indices(out, panel->listed, panel->n_listed);
		bytes_put_number(out, panel->policy);
		put_flags(out, panel->nameless, false, false);
	}
	bytes_put_number(out, doc->sections->len);
	for (guint i = 0; i < doc->sections->len; i++) {
		const struct section *section = document_section(doc, i);

		bytes_put_index(out, section->parent);
		bytes_put_number(out, (guint)CLAMP(section->level, 0, LEVEL_MAX));
		bytes_put_string(out, section->title);
	}
}

static void put_attribution(GString *out, const struct attribution *a)
{
	bytes_put_index(out, a->speaker);
	bytes_put_number(out, a->evidence);
	bytes_put_number(out, a->certainty);
	put_range(out, a->range);
	bytes_put_string(out, a->source);
	bytes_put_indices(out, a->candidates, a->n_candidates);
}

static void put_passage(GString *out, const struct passage *p)
{
	bytes_put_string(out, p->id);
	bytes_put_number(out, p->kind);
	bytes_put_index(out, p->section);
	bytes_put_index(out, p->panel);
	bytes_put_number(out, (guint)MAX(p->page, 0));
	bytes_put_number(out, (guint)MAX(p->slide, 0));
	bytes_put_string(out, p->page_label);
	put_flags(out, p->nameless, p->notes, p->timed);
	bytes_put_number(out, p->time_ms);
	put_ranges(out, p->ranges, p->n_ranges);
	put_attribution(out, &p->attribution);
	bytes_put_number(out, p->n_quotations);
	for (guint i = 0; i < p->n_quotations; i++) {
		put_range(out, p->quotations[i].range);
		put_attribution(out, &p->quotations[i].attribution);
	}
}

static void put_block(GString *out, const struct block *b)
{
	bytes_put_number(out, b->kind);
	bytes_put_number(out, b->zone);
	bytes_put_number(out, (guint)CLAMP(b->level, 0, LEVEL_MAX));
	put_ranges(out, b->ranges, b->n_ranges);
	bytes_put_index(out, b->section);
	bytes_put_index(out, b->panel);
	bytes_put_number(out, (guint)MAX(b->page, 0));
	bytes_put_number(out, (guint)MAX(b->slide, 0));
	bytes_put_string(out, b->page_label);
	bytes_put_string(out, b->label);
	put_flags(out, b->nameless, b->notes, b->timed);
	bytes_put_number(out, b->time_ms);
}

static bool too_large(const struct document *doc, GError **error, const char *what)
{
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE, "cannot read '%s': %s", doc->path, what);
	return false;
}

bool transfer_put(GString *out, const struct document *doc, bool blocks, GError **error)
{
	gsize before = out->len;

	if (doc->text_bytes > TRANSFER_TEXT_MAX_BYTES)
		return too_large(doc, error, "it holds more than 192 MB of text");
	if (MAX(MAX(doc->passages->len, blocks ? doc->blocks->len : 0), MAX(doc->people->len, doc->sections->len)) > TRANSFER_ENTRIES_MAX)
		return too_large(doc, error, "it holds more than four million passages, people or sections");
	bytes_put_number(out, doc->text_bytes);
	put_head(out, doc);
	put_people(out, doc);
	put_panels_and_sections(out, doc);
	bytes_put_number(out, doc->passages->len);
	for (guint i = 0; i < doc->passages->len && out->len - before <= TRANSFER_TABLES_MAX_BYTES; i++)
		put_passage(out, document_passage(doc, i));
	bytes_put_number(out, blocks ? doc->blocks->len : 0);
	for (guint i = 0; blocks && i < doc->blocks->len && out->len - before <= TRANSFER_TABLES_MAX_BYTES; i++)
		put_block(out, document_block(doc, i));
	if (out->len - before > TRANSFER_TABLES_MAX_BYTES)
		return too_large(doc, error, "what is known of its passages takes more than 64 MB");
	g_string_append_len(out, doc->text, (gssize)doc->text_bytes);
	return true;
}

/* ---- getting ---- */

struct source {
	struct cursor c;
	struct document *doc;	/* its text is set from the start */
	guint64 cover;		/* bytes that passages told so far */
	gsize memory;		/* bytes that tables take so far */
	bool large;		/* that was too much */
};

/* False, and all that follows is bad, where it would be too much. */
static bool get_memory(struct source *s, gsize bytes)
{
	s->memory += bytes;
	s->large |= s->memory > TRANSFER_MEMORY_MAX_BYTES;
	s->c.bad |= s->large;
	return !s->large;
}

static const char *get_string(struct source *s)
{
	guint32 len = cursor_bounded(&s->c, TRANSFER_TABLES_MAX_BYTES);
	const char *bytes = len ? cursor_bytes(&s->c, len - 1) : NULL;

	if (!bytes || !get_memory(s, len))
		return NULL;
	if (!g_utf8_validate_len(bytes, len - 1, NULL)) {
		s->c.bad = true;
		return NULL;
	}
	return document_string(s->doc, bytes, (gssize)len - 1);
}

static const char *need_string(struct source *s)
{
	const char *string = get_string(s);

	s->c.bad |= !string;
	return string ? string : "";
}

/* A short string of printing ASCII, or NULL. */
static const char *get_word(struct source *s)
{
	const char *word = get_string(s);
	gsize len = word ? strlen(word) : 0;

	s->c.bad |= len > WORD_MAX_BYTES;
	for (gsize i = 0; i < len; i++)
		s->c.bad |= !g_ascii_isgraph(word[i]);
	return word;
}

/* One line, of which something can be made that others refer to. */
static const char *need_line(struct source *s)
{
	const char *line = need_string(s);

	s->c.bad |= !*line;
	for (const char *p = line; *p; p++)
		s->c.bad |= g_ascii_iscntrl(*p);
	return line;
}

/* How many entries follow, each of which takes a byte at least. */
static guint get_count(struct source *s)
{
	return cursor_bounded(&s->c, (guint32)MIN((gsize)(s->c.end - s->c.at), TRANSFER_ENTRIES_MAX));
}

static void *get_room(struct source *s, guint n, gsize size)
{
	return n && get_memory(s, n * size) ? document_alloc(s->doc, n * size) : NULL;
}

static int *get_indices(struct source *s, guint bound, guint *n)
{
	int *indices;

	*n = get_count(s);
	indices = get_room(s, *n, sizeof *indices);
	for (guint i = 0; i < *n && !s->c.bad; i++) {
		indices[i] = cursor_index(&s->c, bound);
		s->c.bad |= indices[i] < 0;
	}
	return indices;
}

/* Does a character begin there, or the text end? */
static bool is_boundary(const struct document *doc, guint64 at)
{
	return at == doc->text_bytes || ((guchar)doc->text[at] & 0xc0) != 0x80;
}

static struct range get_range(struct source *s)
{
	guint64 start = cursor_bounded(&s->c, G_MAXUINT32), end = start + cursor_bounded(&s->c, G_MAXUINT32);

	if (end > s->doc->text_bytes || !is_boundary(s->doc, start) || !is_boundary(s->doc, end)) {
		s->c.bad = true;
		return (struct range){ 0, 0 };
	}
	return (struct range){ (guint32)start, (guint32)end };
}

static struct range *get_ranges(struct source *s, guint *n)
{
	struct range *ranges;

	*n = get_count(s);
	ranges = get_room(s, *n, sizeof *ranges);
	for (guint i = 0; i < *n && !s->c.bad; i++) {
		ranges[i] = get_range(s);
		s->cover += ranges[i].end - ranges[i].start + 1;
	}
	s->c.bad |= s->cover > (guint64)s->doc->text_bytes * COVER_MAX + COVER_FREE_BYTES;
	return ranges;
}

static const char **get_strings(struct source *s)
{
	guint n = get_count(s);
	const char **strings = get_room(s, n ? n + 1 : 0, sizeof *strings);

	for (guint i = 0; i < n && !s->c.bad; i++)
		strings[i] = need_string(s);
	return strings;
}

static void get_flags(struct source *s, bool *a, bool *b, bool *c)
{
	guint32 flags = cursor_bounded(&s->c, 7);
	bool *const each[] = { a, b, c };

	for (guint i = 0; i < G_N_ELEMENTS(each); i++) {
		if (each[i])
			*each[i] = flags >> i & 1;
		else
			s->c.bad |= flags >> i & 1;
	}
}

static bool access_is_sound(const char *access)
{
	return !strcmp(access, "public") || (g_str_has_prefix(access, "restricted:") && access[strlen("restricted:")]);
}

static void get_head(struct source *s)
{
	struct document *doc = s->doc;

	doc->id = need_line(s);
	doc->title = need_string(s);
	doc->event = get_string(s);
	doc->place = get_string(s);
	doc->publisher = get_string(s);
	doc->authors = get_string(s);
	doc->url = get_string(s);
	doc->access = need_line(s);
	doc->date = get_word(s);
	doc->date_end = get_word(s);
	doc->language = get_word(s);
	doc->format = get_word(s);
	doc->file_title = get_string(s);
	doc->file_date = get_string(s);
	doc->file_authors = get_string(s);
	doc->type = (enum document_type)cursor_bounded(&s->c, N_TYPES - 1);
	doc->policy = (enum policy)cursor_bounded(&s->c, POLICY_NONE);
	get_flags(s, &doc->nameless, NULL, NULL);
	doc->furniture = get_strings(s);
	s->c.bad |= !doc->format || !access_is_sound(doc->access);
}

static void get_people(struct source *s)
{
	for (guint n = get_count(s); n && !s->c.bad; n--) {
		struct person person = { .name = need_string(s) };

		get_memory(s, sizeof person);
		person.honorific = get_string(s);
		person.role = get_string(s);
		person.organisation = get_string(s);
		person.country = get_string(s);
		get_flags(s, &person.body, &person.corrected, NULL);
		person.forms = get_strings(s);
		g_array_append_val(s->doc->people, person);
	}
	s->doc->chair = cursor_index(&s->c, s->doc->people->len);
}

static void get_panels(struct source *s)
{
	for (guint n = get_count(s); n && !s->c.bad; n--) {
		struct panel panel = { .label = get_string(s) };

		get_memory(s, sizeof panel);
		panel.title = get_string(s);
		panel.date = get_word(s);
		panel.moderator = cursor_index(&s->c, s->doc->people->len);
		panel.listed = get_indices(s, s->doc->people->len, &panel.n_listed);
		panel.policy = (enum policy)cursor_bounded(&s->c, POLICY_NONE);
		get_flags(s, &panel.nameless, NULL, NULL);
		g_array_append_val(s->doc->panels, panel);
	}
}

static void get_sections(struct source *s)
{
	g_autoptr(GArray) depths = g_array_new(FALSE, FALSE, sizeof(guint));

	for (guint n = get_count(s); n && !s->c.bad; n--) {
		struct section section = { .parent = cursor_index(&s->c, s->doc->sections->len) };
		guint depth = section.parent < 0 ? 0 : g_array_index(depths, guint, section.parent) + 1;

		get_memory(s, sizeof section + sizeof depth);
		section.level = (int)cursor_bounded(&s->c, LEVEL_MAX);
		section.title = need_string(s);
		s->c.bad |= depth > DEPTH_MAX;
		g_array_append_val(depths, depth);
		g_array_append_val(s->doc->sections, section);
	}
}

static void get_attribution(struct source *s, struct attribution *a)
{
	guint people = s->doc->people->len;

	a->speaker = cursor_index(&s->c, people);
	a->evidence = (enum evidence)cursor_bounded(&s->c, N_EVIDENCES - 1);
	a->certainty = (enum certainty)cursor_bounded(&s->c, N_CERTAINTIES - 1);
	a->range = get_range(s);
	a->source = get_string(s);
	a->candidates = get_indices(s, people, &a->n_candidates);
}

/* "5f0c9a71d2-2" */
static void get_id(struct source *s, char id[PASSAGE_ID_SIZE])
{
	const char *sent = need_line(s);

	s->c.bad |= strlen(sent) >= PASSAGE_ID_SIZE || sent[strspn(sent, "0123456789abcdef-")];
	g_strlcpy(id, sent, PASSAGE_ID_SIZE);
}

static void get_quotations(struct source *s, struct passage *p)
{
	p->n_quotations = get_count(s);
	p->quotations = get_room(s, p->n_quotations, sizeof *p->quotations);
	for (guint i = 0; i < p->n_quotations && !s->c.bad; i++) {
		p->quotations[i].range = get_range(s);
		s->cover += p->quotations[i].range.end - p->quotations[i].range.start;
		get_attribution(s, &p->quotations[i].attribution);
	}
}

static void get_passages(struct source *s)
{
	for (guint n = get_count(s); n && !s->c.bad; n--) {
		struct passage p = { .kind = KIND_NARRATIVE };

		get_memory(s, sizeof p);
		get_id(s, p.id);
		p.kind = (enum passage_kind)cursor_bounded(&s->c, N_KINDS - 1);
		p.section = cursor_index(&s->c, s->doc->sections->len);
		p.panel = cursor_index(&s->c, s->doc->panels->len);
		p.page = (int)cursor_bounded(&s->c, G_MAXINT);
		p.slide = (int)cursor_bounded(&s->c, G_MAXINT);
		p.page_label = get_string(s);
		get_flags(s, &p.nameless, &p.notes, &p.timed);
		p.time_ms = cursor_bounded(&s->c, G_MAXUINT32);
		p.ranges = get_ranges(s, &p.n_ranges);
		s->c.bad |= !p.n_ranges;
		get_attribution(s, &p.attribution);
		get_quotations(s, &p);
		g_array_append_val(s->doc->passages, p);
	}
}

static void get_blocks(struct source *s)
{
	s->cover = 0;
	for (guint n = get_count(s); n && !s->c.bad; n--) {
		struct block b = { .kind = (enum block_kind)cursor_bounded(&s->c, BLOCK_LABEL) };

		get_memory(s, sizeof b);
		b.zone = (enum zone)cursor_bounded(&s->c, ZONE_FRONT_MATTER);
		b.level = (int)cursor_bounded(&s->c, LEVEL_MAX);
		b.ranges = get_ranges(s, &b.n_ranges);
		b.section = cursor_index(&s->c, s->doc->sections->len);
		b.panel = cursor_index(&s->c, s->doc->panels->len);
		b.page = (int)cursor_bounded(&s->c, G_MAXINT);
		b.slide = (int)cursor_bounded(&s->c, G_MAXINT);
		b.page_label = get_string(s);
		b.label = get_string(s);
		get_flags(s, &b.nameless, &b.notes, &b.timed);
		b.time_ms = cursor_bounded(&s->c, G_MAXUINT32);
		g_array_append_val(s->doc->blocks, b);
	}
}

/* The text comes last, and is looked at first: all else refers to it. */
static void get_text(struct source *s, GBytes *bytes)
{
	struct document *doc = s->doc;
	guint64 len = cursor_number(&s->c);
	gsize all = g_bytes_get_size(bytes);

	if (s->c.bad || len > TRANSFER_TEXT_MAX_BYTES || len > (gsize)(s->c.end - s->c.at) || all - len > TRANSFER_TABLES_MAX_BYTES + 10) {
		s->c.bad = true;
		s->c.end = s->c.at;
		return;
	}
	s->c.end -= len;
	doc->text_owner = g_bytes_new_from_bytes(bytes, all - (gsize)len, (gsize)len);
	doc->text = (const char *)s->c.end;
	doc->text_bytes = (gsize)len;
	if (!g_utf8_validate_len(doc->text, doc->text_bytes, NULL)) {
		s->c.bad = true;
		s->c.end = s->c.at;
	}
}

struct document *transfer_get(GBytes *bytes, const char *path, GError **error)
{
	gsize len;
	const char *data = g_bytes_get_data(bytes, &len);
	g_autoptr(Document) doc = document_new();
	struct source s = { .c = cursor_over(data, len), .doc = doc };

	doc->path = document_string(doc, path, -1);
	get_text(&s, bytes);
	get_head(&s);
	get_people(&s);
	get_panels(&s);
	get_sections(&s);
	get_passages(&s);
	get_blocks(&s);
	if (!s.c.bad && s.c.at == s.c.end)
		return g_steal_pointer(&doc);
	if (s.large)
		too_large(doc, error, "what is known of its passages takes more than 256 MB of memory");
	else
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "cannot read '%s': its reader sent what makes no sense", path);
	return NULL;
}
