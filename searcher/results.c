/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * results.c - from the index's records to what the library hands out.
 */
#include "searcher/results.h"

#include <string.h>

#include "corpus/error.h"
#include "searcher/citation.h"

#define EVIDENCE_BEFORE 60	/* bytes shown around it */
#define EVIDENCE_BEHIND 160

struct copied_document {
	struct document_place place;
	const RapDocument *document;
};

void copier_init(struct copier *c, RapIndex *index, struct arena *arena)
{
	*c = (struct copier){ index, arena, g_hash_table_new_full(place_hash, place_equal, NULL, g_free) };
}

void copier_clear(struct copier *c)
{
	g_hash_table_unref(c->documents);
}

static const char *const *copy_strings(struct arena *arena, const char *const *strings)
{
	guint n = strings ? g_strv_length((char **)strings) : 0;
	const char **copy = arena_alloc(arena, (n + 1) * sizeof *copy);

	for (guint i = 0; i < n; i++)
		copy[i] = arena_string(arena, strings[i], -1);
	return copy;
}

const RapDocument *copier_document(struct copier *c, const struct document *doc, struct document_place place)
{
	struct copied_document *copied = g_hash_table_lookup(c->documents, &place);
	RapDocument *out;

	if (copied)
		return copied->document;
	out = arena_alloc(c->arena, sizeof *out);
	*out = (RapDocument){
		.id = arena_string(c->arena, doc->id, -1),
		.title = arena_string(c->arena, doc->title, -1),
		.type = type_name(doc->type),
		.path = arena_string(c->arena, doc->path, -1),
		.event = arena_string(c->arena, doc->event, -1),
		.date = arena_string(c->arena, doc->date, -1),
		.publisher = arena_string(c->arena, doc->publisher, -1),
		.language = arena_string(c->arena, doc->language, -1),
		.url = arena_string(c->arena, doc->url, -1),
		.place = arena_string(c->arena, doc->place, -1),
		.authors = arena_string(c->arena, doc->authors, -1),
		.furniture = copy_strings(c->arena, doc->furniture),
	};
	copied = g_new(struct copied_document, 1);
	*copied = (struct copied_document){ place, out };
	g_hash_table_insert(c->documents, &copied->place, copied);
	return out;
}

const RapPerson *copier_person(struct copier *c, const struct person *person)
{
	RapPerson *out = arena_alloc(c->arena, sizeof *out);

	*out = (RapPerson){
		.name = arena_string(c->arena, person->name, -1),
		.honorific = arena_string(c->arena, person->honorific, -1),
		.role = arena_string(c->arena, person->role, -1),
		.organisation = arena_string(c->arena, person->organisation || !person->body ? person->organisation : person->name, -1),
		.country = arena_string(c->arena, person->country, -1),
		.body = person->body,
	};
	return out;
}

const RapPanel *copier_panel(struct copier *c, const struct document *doc, int n)
{
	const struct panel *panel = document_panel(doc, n);
	RapPanel *out = arena_alloc(c->arena, sizeof *out);

	*out = (RapPanel){
		.label = arena_string(c->arena, panel->label, -1),
		.title = arena_string(c->arena, panel->title, -1),
		.moderator = panel->moderator >= 0 ? arena_string(c->arena, document_person(doc, panel->moderator)->name, -1) : NULL,
		.date = arena_string(c->arena, panel->date, -1),
	};
	return out;
}

/* --- a passage ------------------------------------------------------------------------------ */

static const char *const *copy_section(struct copier *c, const struct document *doc, int section)
{
	const char **path;
	guint depth = 0, i;

	for (int s = section; s >= 0; s = document_section(doc, s)->parent)
		depth++;
	path = arena_alloc(c->arena, (depth + 1) * sizeof *path);
	i = depth;
	for (int s = section; s >= 0; s = document_section(doc, s)->parent)
		path[--i] = arena_string(c->arena, document_section(doc, s)->title, -1);
	return path;
}

static void copy_attribution(struct copier *c, const struct document *doc, const struct attribution *a, RapPassage *out)
{
	const RapPerson **candidates = arena_alloc(c->arena, (a->n_candidates + 1) * sizeof *candidates);

	if (a->speaker >= 0)
		out->speaker = copier_person(c, document_person(doc, a->speaker));
	if (a->speaker >= 0 || a->evidence == EVIDENCE_CATALOGUE) {	/* which may say: nobody */
		out->evidence = evidence_name(a->evidence);
		out->certainty = certainty_name(a->certainty);
	}
	out->evidence_range = (RapRange){ a->range.start, a->range.end };
	for (guint i = 0; i < a->n_candidates; i++)
		candidates[i] = copier_person(c, document_person(doc, a->candidates[i]));
	out->candidates = candidates;
}

static void copy_ranges(struct copier *c, const struct passage *p, RapPassage *out)
{
	RapRange *ranges = arena_alloc(c->arena, p->n_ranges * sizeof *ranges);

	for (guint i = 0; i < p->n_ranges; i++)
		ranges[i] = (RapRange){ p->ranges[i].start, p->ranges[i].end };
	out->ranges = ranges;
	out->n_ranges = p->n_ranges;
}

static bool copy_text(struct copier *c, const struct document *doc, const struct passage_record *record,
                      guint64 text_base, RapPassage *out, GError **error)
{
	const struct passage *p = &record->passage;
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(struct range));
	RapQuotation *quotations;

	if (!store_text(c->index->store, record->place.source, text_base, p->ranges, p->n_ranges, text, error))
		return false;
	out->text = arena_string(c->arena, text->str, (gssize)text->len);
	quotations = arena_alloc(c->arena, p->n_quotations * sizeof *quotations);
	for (guint i = 0; i < p->n_quotations; i++) {
		const struct quotation *q = &p->quotations[i];

		g_string_truncate(text, 0);
		g_array_set_size(pieces, 0);
		ranges_cut(p->ranges, p->n_ranges, q->range.start, q->range.end, pieces);
		if (!store_text(c->index->store, record->place.source, text_base, (const struct range *)(const void *)pieces->data, pieces->len,
				text, error))
			return false;
		quotations[i] = (RapQuotation){
			.text = arena_string(c->arena, text->str, (gssize)text->len),
			.range = { q->range.start, q->range.end },
		};
		if (q->attribution.speaker < 0)
			continue;
		quotations[i].speaker = copier_person(c, document_person(doc, q->attribution.speaker));
		quotations[i].evidence = evidence_name(q->attribution.evidence);
		quotations[i].certainty = certainty_name(q->attribution.certainty);
		quotations[i].evidence_range = (RapRange){ q->attribution.range.start, q->attribution.range.end };
	}
	out->quotations = quotations;
	out->n_quotations = p->n_quotations;
	return true;
}

bool copier_evidence(struct copier *c, const struct passage_record *record, const char **text, GError **error)
{
	struct range evidence = record->passage.attribution.range, around;
	g_autoptr(GString) out = g_string_new(NULL);
	guint64 text_base;
	const struct document *doc;
	const char *from;
	gsize end;

	*text = arena_string(c->arena, record->passage.attribution.source, -1);
	if (record->passage.attribution.speaker < 0 || *text)
		return true;
	doc = store_document(c->index->store, record->place, &text_base, error);
	if (!doc)
		return false;
	around.start = evidence.start > EVIDENCE_BEFORE ? evidence.start - EVIDENCE_BEFORE : 0;
	around.end = (guint32)MIN(doc->text_bytes, (gsize)evidence.end + EVIDENCE_BEHIND);
	if (!store_text(c->index->store, record->place.source, text_base, &around, 1, out, error))
		return false;
	/* whole words at both ends */
	from = around.start > 0 ? memchr(out->str, ' ', evidence.start - around.start) : NULL;
	for (end = out->len; around.end < doc->text_bytes && end > evidence.end - around.start && out->str[end - 1] != ' ';)
		end--;
	from = from ? from + 1 : out->str;
	*text = arena_string(c->arena, from, (gssize)(out->str + end - from));
	return true;
}

bool copier_passage(struct copier *c, const struct passage_record *record, bool with_text,
                    RapPassage *out, GError **error)
{
	const struct passage *p = &record->passage;
	guint64 text_base;
	const struct document *doc = store_document(c->index->store, record->place, &text_base, error);
	g_autofree char *id = NULL;

	memset(out, 0, sizeof *out);
	if (!doc)
		return false;
	if (!record_passage_fits(p, doc)) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "the index holds a damaged passage record ('%s/%s')", doc->id, p->id);
		return false;
	}
	id = g_strconcat(doc->id, "/", p->id, NULL);
	out->id = arena_string(c->arena, id, -1);
	out->document = copier_document(c, doc, record->place);
	out->panel = p->panel >= 0 ? copier_panel(c, doc, p->panel) : NULL;
	out->section = copy_section(c, doc, p->section);
	out->kind = (RapKind)p->kind;
	out->verbatim = kind_is_verbatim(p->kind);
	out->page = p->page;
	out->slide = p->slide;
	out->page_label = arena_string(c->arena, p->page_label, -1);
	out->notes = p->notes;
	out->timed = p->timed;
	out->time_ms = p->time_ms;
	copy_attribution(c, doc, &p->attribution, out);
	copy_ranges(c, p, out);
	out->text = "";
	if (with_text && !copy_text(c, doc, record, text_base, out, error))
		return false;
	out->citation = citation(c->arena, out);
	return true;
}

/* --- results --------------------------------------------------------------------------------- */

struct results *results_new(void)
{
	struct results *results = g_new0(struct results, 1);
	static const char *const none[] = { NULL };

	results->arena = arena_new();
	results->public.query = "";
	results->public.interpretation = "";
	results->public.warnings = none;
	return results;
}

void rap_results_free(RapResults *results)
{
	if (!results)
		return;
	arena_free(((struct results *)results)->arena);
	g_free(results);
}
