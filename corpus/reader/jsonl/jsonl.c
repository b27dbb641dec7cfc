/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * jsonl.c - reads a collection: lines from the file, a document from each.
 */
#include "corpus/reader/jsonl/jsonl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/reader/text/blocks.h"
#include "corpus/date.h"
#include "corpus/reader/decode.h"
#include "corpus/error.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/reader/jsonl/jsonline.h"
#include "corpus/language.h"
#include "corpus/reader/line.h"
#include "corpus/reader/reader.h"
#include "corpus/reader/times.h"

#define BUFFER_BYTES ((gsize)1 << 20)
#define IDS_MAX ((guint)4 << 20)	/* ids whose repetition is noticed: 64 MB */
#define ID_MAX_BYTES 200
#define WARNINGS_MAX 20
#define PRIME_MIN_BYTES 2000	/* less says too little beside the keys of the records */

struct jsonl {
	const char *path;
	const struct catalogue *catalogue;	/* NULL where it says nothing of this file */
	corpus_warnings *warnings;
	jsonl_complete *complete;
	corpus_sink *sink;
	void *data;

	struct json_line fields;
	struct language_collection languages;
	guint64 *ids;		/* hashes, open addressing; 0 is a free place */
	guint n_ids, ids_size;

	guint line;
	guint64 offset;		/* of the line in the file */
	guint faults, records;
	char *first_fault;
	guint invalid_lines;
};

static void fault(struct jsonl *j, const char *why)
{
	if (!j->faults++)
		j->first_fault = g_strdup_printf("line %u (byte %" G_GUINT64_FORMAT "): %s", j->line, j->offset, why);
	if (j->faults <= WARNINGS_MAX)
		warning_add(j->warnings, j->path, "line %u (byte %" G_GUINT64_FORMAT "): left out: %s",
		            j->line, j->offset, why);
}

/* FNV-1a, mixed; never 0. */
static guint64 hash_of(const char *s, gsize len)
{
	guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);

	for (gsize i = 0; i < len; i++)
		hash = (hash ^ (guchar)s[i]) * G_GUINT64_CONSTANT(0x100000001b3);
	hash ^= hash >> 32;
	hash *= G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
	hash ^= hash >> 29;
	return hash ? hash : 1;
}

static bool ids_put(guint64 *ids, guint size, guint64 hash)
{
	guint i = (guint)hash & (size - 1);

	for (; ids[i]; i = (i + 1) & (size - 1))
		if (ids[i] == hash)
			return false;
	ids[i] = hash;
	return true;
}

/* False where the id was there before. */
static bool id_is_new(struct jsonl *j, struct json_slice id)
{
	if (j->n_ids >= IDS_MAX)
		return true;
	if (j->n_ids * 2 >= j->ids_size) {
		guint size = MAX(j->ids_size * 2, 1024);
		guint64 *ids = g_new0(guint64, size);

		for (guint i = 0; i < j->ids_size; i++)
			if (j->ids[i])
				ids_put(ids, size, j->ids[i]);
		g_free(j->ids);
		j->ids = ids;
		j->ids_size = size;
	}
	if (!ids_put(j->ids, j->ids_size, hash_of(id.s, id.len)))
		return false;
	j->n_ids++;
	return true;
}

static struct json_slice field(const struct jsonl *j, enum json_field field)
{
	return j->fields.fields[field];
}

static bool is_blank(struct json_slice slice)
{
	return !slice.s || space_skip(slice.s, slice.s + slice.len) == slice.s + slice.len;
}

/* The field as a string of the document, without white space at its ends; NULL
 * where it is blank. */
static const char *field_string(const struct jsonl *j, struct document *doc, enum json_field which)
{
	struct json_slice slice = field(j, which);
	const char *s, *end;

	if (is_blank(slice))
		return NULL;
	s = space_skip(slice.s, slice.s + slice.len);
	end = space_trim(s, slice.s + slice.len);
	return document_string(doc, s, end - s);
}

static void set_date(struct document *doc, const char *value)
{
	char first[DATE_SIZE], last[DATE_SIZE];

	if (!value || !date_read(value, first, last))
		return;
	doc->date = document_string(doc, first, -1);
	if (*last)
		doc->date_end = document_string(doc, last, -1);
}

static void set_fields(struct jsonl *j, struct document *doc)
{
	const char *type = field_string(j, doc, JSON_TYPE), *language = field_string(j, doc, JSON_LANGUAGE);

	doc->id = field_string(j, doc, JSON_ID);
	doc->title = field_string(j, doc, JSON_TITLE);
	if (!doc->title)
		doc->title = field_string(j, doc, JSON_DOC);
	if (!doc->title)
		doc->title = doc->id;
	doc->path = j->path;
	doc->format = format_name(FORMAT_JSONL);
	doc->event = field_string(j, doc, JSON_EVENT);
	doc->place = field_string(j, doc, JSON_PLACE);
	doc->publisher = field_string(j, doc, JSON_PUBLISHER);
	doc->authors = field_string(j, doc, JSON_AUTHORS);
	doc->url = field_string(j, doc, JSON_URL);
	set_date(doc, field_string(j, doc, JSON_DATE));
	if (type && front_matter_type(type) >= 0)
		doc->type = front_matter_type(type);
	if (language)
		doc->language = front_matter_language(language);
}

/* The text and its blocks: one for the usual record, which is one paragraph. */
static void set_text(struct jsonl *j, struct document *doc)
{
	struct json_slice text = field(j, JSON_TEXT);
	struct range all;

	if (is_blank(text))
		text = field(j, JSON_TITLE);
	doc->text = text.s;
	doc->text_bytes = text.len;
	if (memchr(text.s, '\n', text.len) || memchr(text.s, '\f', text.len) || memchr(text.s, '\r', text.len)) {
		blocks_read(doc, 0, false);
	} else {
		struct block block = { .kind = BLOCK_PARAGRAPH, .section = -1, .panel = -1, .n_ranges = 1 };

		all = space_strip(text.s, 0, (guint32)text.len);
		block.ranges = document_alloc(doc, sizeof all);
		*block.ranges = all;
		g_array_append_val(doc->blocks, block);
	}
}

static int place_of(const char *number)
{
	return number ? (int)CLAMP(strtol(number, NULL, 10), 0, G_MAXINT) : 0;
}

/* Page, slide and time hold for all of the record. */
static void set_place(struct jsonl *j, struct document *doc)
{
	const char *time = field_string(j, doc, JSON_TIME), *label = field_string(j, doc, JSON_PAGE);
	int page = place_of(label), slide = place_of(field_string(j, doc, JSON_SLIDE));
	guint32 time_ms = 0;
	bool timed = time && time_parse(time, strlen(time), &time_ms);

	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);

		block->page = page;
		block->page_label = label;
		block->slide = slide;
		block->timed = timed;
		block->time_ms = time_ms;
	}
}

static void set_speaker(struct jsonl *j, struct document *doc)
{
	struct person person = { .name = field_string(j, doc, JSON_SPEAKER) };

	if (!person.name)
		return;
	person.role = field_string(j, doc, JSON_ROLE);
	person.organisation = field_string(j, doc, JSON_ORGANISATION);
	person.country = field_string(j, doc, JSON_COUNTRY);
	person.forms = document_alloc(doc, 2 * sizeof *person.forms);
	person.forms[0] = person.name;
	g_array_append_val(doc->people, person);
}

static void set_panel(struct jsonl *j, struct document *doc)
{
	struct panel panel = { .title = field_string(j, doc, JSON_PANEL), .moderator = -1 };

	if (!panel.title)
		return;
	g_array_append_val(doc->panels, panel);
	for (guint i = 0; i < doc->blocks->len; i++)
		document_block(doc, i)->panel = 0;
}

/* The kind of all that the record says: its own word for it, else speech where
 * a speaker is named. Nobody's words are not verbatim. */
static enum passage_kind record_kind(struct jsonl *j, struct document *doc)
{
	const char *name = field_string(j, doc, JSON_KIND);
	int kind = name ? kind_parse(name) : -1;
	bool spoken = doc->people->len > 0;

	if (kind < 0)
		return spoken ? KIND_SPEECH : KIND_NARRATIVE;
	return kind_is_verbatim(kind) && !spoken && doc->policy != POLICY_NONE ? KIND_NARRATIVE : (enum passage_kind)kind;
}

static struct attribution record_attribution(enum passage_kind kind, const struct document *doc)
{
	struct attribution attribution = { .speaker = -1 };

	if (!doc->people->len || kind == KIND_NARRATIVE || kind == KIND_REFERENCE || kind == KIND_LISTING)
		return attribution;
	attribution.speaker = 0;
	attribution.certainty = CERTAINTY_STATED;
	attribution.evidence = kind == KIND_AUTHORED ? EVIDENCE_BYLINE :
	                       kind == KIND_SLIDE ? EVIDENCE_PRESENTER :
	                       kind == KIND_QUOTE ? EVIDENCE_CAPTION :
	                       kind == KIND_REPORTED ? EVIDENCE_NARRATIVE : EVIDENCE_LABEL;
	return attribution;
}

/* What the record says of its speaker holds for each block: a statement each,
 * of which passages are made. */
static void add_statements(struct jsonl *j, struct document *doc)
{
	enum passage_kind kind = record_kind(j, doc);
	struct attribution attribution = record_attribution(kind, doc);

	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		struct passage statement = {
			.kind = kind, .section = -1, .panel = block->panel, .page = block->page,
			.page_label = block->page_label, .slide = block->slide, .timed = block->timed, .time_ms = block->time_ms,
			.attribution = attribution,
			.ranges = block->ranges, .n_ranges = block->n_ranges,
		};

		if (block->kind != BLOCK_PAGE_BREAK && block->kind != BLOCK_SLIDE_BREAK)
			g_array_append_val(doc->passages, statement);
	}
}

static bool record(struct jsonl *j, GError **error)
{
	struct document *doc = document_new();
	bool ok;

	set_fields(j, doc);
	if (j->catalogue)
		catalogue_apply(j->catalogue, doc);
	set_text(j, doc);
	set_place(j, doc);
	set_speaker(j, doc);
	set_panel(j, doc);
	if (!doc->language)
		doc->language = language_next(&j->languages, doc->text, doc->text_bytes);
	add_statements(j, doc);
	if (j->complete)
		j->complete(doc, j->catalogue, j->warnings);
	j->records++;
	ok = j->sink(doc, j->data, error);
	document_free(doc);
	return ok;
}

/* What keeps a line from being a record; NULL for nothing. */
static const char *record_fault(struct jsonl *j)
{
	struct json_slice id = field(j, JSON_ID);

	if (is_blank(id))
		return "no \"id\"";
	if (id.len > ID_MAX_BYTES)
		return "an \"id\" of more than 200 bytes";
	for (gsize i = 0; i < id.len; i++)
		if (g_ascii_iscntrl(id.s[i]))
			return "a control character in \"id\"";
	if (is_blank(field(j, JSON_TEXT)) && is_blank(field(j, JSON_TITLE)))
		return field(j, JSON_TEXT).s ? "neither text nor title has words" : "no \"text\"";
	if (!id_is_new(j, id))
		return "the \"id\" of an earlier line";
	return NULL;
}

static bool line_record(struct jsonl *j, const char *s, gsize len, GError **error)
{
	g_autoptr(GError) cause = NULL;
	const char *why = NULL;

	if (space_skip(s, s + len) == s + len)
		return true;
	if (json_line_read(&j->fields, s, len, &cause))
		why = record_fault(j);
	else
		why = cause->message;
	if (why) {
		fault(j, why);
		return true;
	}
	return record(j, error);
}

static bool line_read_record(struct jsonl *j, const char *s, gsize len, GError **error)
{
	g_autoptr(GBytes) bytes = NULL, text = NULL;

	if (!j->line++ && len >= 3 && !memcmp(s, "\xef\xbb\xbf", 3)) {
		s += 3;
		len -= 3;
	}
	if (g_utf8_validate_len(s, len, NULL))
		return line_record(j, s, len, error);
	if (memchr(s, 0, len)) {
		fault(j, "looks like binary data");
		return true;
	}
	bytes = g_bytes_new(s, len);
	text = decode(j->path, bytes, NULL, NULL);
	if (!text) {
		fault(j, "looks like binary data");
		return true;
	}
	if (!j->invalid_lines++)
		warning_add(j->warnings, j->path, "line %u (byte %" G_GUINT64_FORMAT
		            "): not UTF-8: converted or replaced by U+FFFD", j->line, j->offset);
	s = g_bytes_get_data(text, &len);
	return line_record(j, s, len, error);
}

/* The lines of a file through one buffer that holds the longest. */
struct input {
	int fd;
	guint64 taken;		/* bytes of the file so far */
	char *buffer;
	gsize start, end, size;
	bool ended, skipping;
};

/* Reads on behind input->end; false with error set. */
static bool input_fill(struct input *in, const char *path, GError **error)
{
	ssize_t n;

	if (in->start) {
		memmove(in->buffer, in->buffer + in->start, in->end - in->start);
		in->end -= in->start;
		in->start = 0;
	}
	if (in->end == in->size) {
		in->size *= 2;
		in->buffer = g_realloc(in->buffer, in->size);
	}
	do {
		n = pread(in->fd, in->buffer + in->end, in->size - in->end, (off_t)in->taken);
	} while (n < 0 && errno == EINTR);
	if (n < 0) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_IO, "cannot read '%s': %s", path, g_strerror(errno));
		return false;
	}
	in->ended = n == 0;
	in->end += (gsize)n;
	in->taken += (guint64)n;
	return true;
}

/* A line longer than the limit is passed over without being held. */
static void skip_long_line(struct jsonl *j, struct input *in)
{
	if (!in->skipping) {
		j->line++;
		fault(j, "longer than 16 MB");
	}
	in->skipping = true;
	j->offset += in->end - in->start;
	in->start = in->end = 0;
}

static bool take_line(struct jsonl *j, struct input *in, gsize len, gsize next, GError **error)
{
	bool ok = true;

	if (in->skipping)
		in->skipping = false;
	else
		ok = line_read_record(j, in->buffer + in->start, len, error);
	j->offset += next;
	in->start += next;
	return ok;
}

static bool read_lines(struct jsonl *j, struct input *in, GError **error)
{
	gsize searched = 0;

	for (;;) {
		char *s = in->buffer + in->start;
		gsize have = in->end - in->start;
		char *newline = memchr(s + searched, '\n', have - searched);

		if (newline) {
			if (!take_line(j, in, (gsize)(newline - s), (gsize)(newline - s) + 1, error))
				return false;
			searched = 0;
			continue;
		}
		if (in->ended)
			return !have || in->skipping || take_line(j, in, have, have, error);
		searched = have;
		if (have >= CORPUS_LINE_MAX_BYTES || (in->skipping && have)) {
			skip_long_line(j, in);
			searched = 0;
		}
		if (!input_fill(in, j->path, error))
			return false;
		if (!j->line && !j->languages.expected && in->end >= PRIME_MIN_BYTES)	/* for short records */
			j->languages.expected = language_detect(in->buffer, in->end);
	}
}

static bool finish(struct jsonl *j, GError **error)
{
	if (j->faults > WARNINGS_MAX)
		warning_add(j->warnings, j->path, "%u more lines left out", j->faults - WARNINGS_MAX);
	if (j->invalid_lines > 1)
		warning_add(j->warnings, j->path, "%u more lines are not UTF-8", j->invalid_lines - 1);
	if (j->records || !j->faults)
		return true;
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, "cannot read '%s': no line is a record: %s",
	            j->path, j->first_fault);
	return false;
}

bool jsonl_read(const char *path, int fd, const struct catalogue *catalogue, corpus_warnings *warnings,
                jsonl_complete *complete, corpus_sink *sink, void *data, GError **error)
{
	struct jsonl j = { .path = path, .warnings = warnings, .complete = complete, .sink = sink, .data = data };
	struct input in = { .fd = fd, .size = BUFFER_BYTES };
	g_autofree char *digest = catalogue_digest(catalogue, path);
	bool ok;

	j.catalogue = *digest ? catalogue : NULL;
	in.buffer = g_malloc(in.size);
	json_line_init(&j.fields);
	ok = read_lines(&j, &in, error) && finish(&j, error);
	g_free(in.buffer);
	g_free(j.ids);
	g_free(j.first_fault);
	json_line_clear(&j.fields);
	return ok;
}
