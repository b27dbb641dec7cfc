/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * labels.c - the labels of a transcript: who speaks from here on.
 *
 * Several houses, several forms (forms.h). A form counts only where the document
 * uses it throughout: "Goal: ..." on one slide is no label, "AB: ..." on every
 * second paragraph is one. The lines are read twice: strictly while the forms are
 * counted, then, where the document is a transcript, leniently.
 *
 * A document that is no transcript can hold a piece of one, questions from the
 * floor and their answers: paragraphs that follow each other, each with a label,
 * one of which is a question's. Labels of such a piece have level 1, and one
 * without any text ends it. So does a report with an interview in a box: few
 * labels, and more text around them than between them.
 */
#include "corpus/outline/outline.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/outline/forms.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/reader/text/frontmatter.h"
#include "corpus/words.h"

#define REGION_LABELS_MIN 3
#define REGION_GAP 1		/* paragraphs without a label inside a region */
#define BOX_LABELS_MAX 12	/* of questions and answers inside a report */
#define PROSE_WORDS 12
#define TOLD_BYTES 400		/* of a label's text, in which somebody is said to say something */

#define LINES_MIN 4	/* labels on lines of their own */

struct labels {
	struct document *doc;
	struct scanning scanning;
	GHashTable *uses[N_FORMS];	/* folded label -> times */
	guint count[N_FORMS];
	guint line_first;	/* paragraphs before the first label on a line of its own */
	guint paragraphs;
	guint marked;			/* labels in bold that begin with a title: "**Ms. Name:**" */
	guint dotted;			/* "Q.", "A." */
	guint told;			/* "Q. Ms. Bell asked whether": no words of hers */
	guint open;			/* colons whose text ends like no sentence: a programme's lines */
	guint questions;		/* labels that name nobody */
	guint before, inside, after;	/* paragraphs of prose before the first label, to the last one, below a title behind it */
	bool accepted[N_FORMS];
	guint turn;			/* further paragraphs of the turn that is read */
	GArray *regions;		/* struct range of block numbers: pieces of a transcript */
	GHashTable *names;		/* folded words of the names in front matter and in labels */
	GString *buffer, *folded;
};

static void know_name(struct labels *labels, const char *s, guint32 from, guint32 to)
{
	words_fold_to(labels->folded, s, from, to);
	g_auto(GStrv) words = g_strsplit(labels->folded->str, " ", -1);
	for (guint k = 0; words[k] != NULL; k++)
		if (strlen(words[k]) > 2)
			g_hash_table_add(labels->names, g_strdup(words[k]));
}

/* All words are of names that are known: "Tarn-Lind". */
static bool are_known(const struct labels *labels, const char *folded)
{
	g_auto(GStrv) words = g_strsplit(folded, " ", -1);
	bool known = words[0] != NULL;
	for (guint k = 0; known && words[k] != NULL; k++)
		known = g_hash_table_contains(labels->names, words[k]);
	return known;
}

/* "Ann Bell, Director" on the lines above the first label: who will speak. */
static void know_listed(struct labels *labels, const struct piece *piece)
{
	for (guint32 pos = 0; pos < piece->len; pos = text_next_line(piece->s, pos, piece->len)) {
		struct name name;
		if (name_scan(piece->s, pos, piece->len, &name) && name.words >= 2 && name.end < piece->len && piece->s[name.end] == ',')
			know_name(labels, piece->s, name.start, name.end);
	}
}

/* Somebody is said to say something in the first words. */
static bool tells(struct labels *labels, const struct piece *piece, guint32 from)
{
	struct word word;
	guint32 end = sentence_end(piece->s, from, MIN(piece->len, from + TOLD_BYTES));
	for (guint n = 0; n < 12 && word_next(piece->s, &from, end, &word); n++) {
		if (word.upper)
			continue;
		words_fold_to(labels->folded, piece->s, word.start, MIN(end, word.start + 60));
		guint verb = cue_begins(CUE_SPEAK, labels->folded->str);
		const char *rest = labels->folded->str;
		if (verb == 0 || n == 0)
			continue;
		rest = words_skip(rest, verb);
		if (cue_begins(CUE_THAT, rest) > 0 || cue_begins(CUE_LEAD, rest) > 0)
			return true;
	}
	return false;
}

/* Whose label it is, folded: on a line of its own, the name without the function. */
static void fold_label(struct labels *labels, const struct piece *piece, const struct label *label)
{
	const char *comma = label->form == FORM_LINE ? memchr(piece->s + label->start, ',', label->end - label->start) : NULL;
	words_fold_to(labels->folded, piece->s, label->start, comma == NULL ? label->end : (guint32)(comma - piece->s));
}

static void count(struct labels *labels, const struct piece *piece, const struct label *label)
{
	fold_label(labels, piece, label);
	GHashTable *uses = labels->uses[label->form];
	guint times = GPOINTER_TO_UINT(g_hash_table_lookup(uses, labels->folded->str));
	g_hash_table_insert(uses, g_strdup(labels->folded->str), GUINT_TO_POINTER(times + 1));
	if (label->form == FORM_LINE && labels->count[FORM_LINE] == 0)
		labels->line_first = labels->paragraphs;
	labels->count[label->form]++;
	labels->dotted += label->form == FORM_QA && piece->s[label->end] == '.';
	labels->told += label->form == FORM_QA && tells(labels, piece, label->text);
	struct name name;
	labels->open += label->form == FORM_COLON && !text_ends_sentence(piece->s, (struct range){ label->text, piece->len });
	if (label->form == FORM_COLON && name_scan(piece->s, label->start, label->end, &name)) {
		labels->marked += label->start == 0 && name.honorific < name.start &&
		                  piece->block->n_ranges > 1 && label_is_marked(labels->doc, piece->block);
		if (name.words >= 2)
			know_name(labels, piece->s, name.start, name.end);
	}
}

/* Where the paragraphs without a label stand; running: since the last label or, behind
 * it, since the title below. */
static void place_paragraph(struct labels *labels, const struct piece *piece, bool *titled)
{
	if (text_ends_sentence(piece->s, piece_range(piece))) {
		if (words_count(piece->s, piece_range(piece), PROSE_WORDS) < PROSE_WORDS)
			return;
		labels->before += labels->inside == 0;
		labels->after += labels->inside > 0 && *titled;
		labels->turn += labels->inside > 0 && !*titled;
	} else {
		*titled = true;
	}
}

static void place_label(struct labels *labels, const struct piece *piece, const struct label *label, bool *titled)
{
	labels->inside += 1 + labels->after + labels->turn;
	labels->after = labels->turn = 0;
	*titled = false;
	labels->questions += label->form == FORM_QA || label_is_audience(&labels->scanning, piece->s, label->start, label->end);
}

static void count_all(struct labels *labels)
{
	bool titled = false;
	for (guint i = 0; i < labels->doc->blocks->len; i++) {
		const struct block *block = document_block(labels->doc, i);
		struct label label;
		titled = titled || block->kind == BLOCK_HEADING;
		if (block->kind != BLOCK_PARAGRAPH || block->n_ranges == 0)
			continue;
		struct piece piece = piece_of(labels->doc, block, labels->buffer);
		guint labelled = labels->inside;
		labels->paragraphs++;
		if (label_scan_whole(labels->doc, block, &piece, &label)) {
			count(labels, &piece, &label);
			place_label(labels, &piece, &label, &titled);
			continue;
		}
		for (guint32 pos = 0; pos < piece.len; pos = text_next_line(piece.s, pos, piece.len))
			if (label_scan(&labels->scanning, &piece, pos, &label)) {
				count(labels, &piece, &label);
				place_label(labels, &piece, &label, &titled);
			}
		if (labels->inside == labelled)
			place_paragraph(labels, &piece, &titled);
		if (labels->inside == 0 && !text_ends_sentence(piece.s, piece_range(&piece)))
			know_listed(labels, &piece);
	}
}

/* A report, with an interview in a box: nothing but questions and answers is labelled, and
 * more stands around them than between. */
static bool is_box(const struct labels *labels)
{
	guint n = 0;
	for (int form = 1; form < N_FORMS; form++)
		n += labels->count[form];
	return n <= BOX_LABELS_MAX && labels->questions * 3 >= n && labels->questions > 0 && labels->before >= 2 &&
	       labels->before + labels->after >= labels->inside &&
	       front_matter_next(labels->doc, "speaker", NULL) == NULL;
}

static void decide(struct labels *labels)
{
	for (int form = 1; form < N_FORMS; form++) {
		guint n = labels->count[form];
		guint distinct = g_hash_table_size(labels->uses[form]);
		bool repeated = distinct * 2 <= n;
		bool dense = n * 4 >= labels->paragraphs && distinct >= 2;
		switch ((enum form)form) {
		case FORM_DASH:
			labels->accepted[form] = n >= 2 && n * 30 >= labels->paragraphs;
			break;
		case FORM_STOP:
		case FORM_SQUARE:
			labels->accepted[form] = n >= 3 && distinct >= 2 && (repeated || dense);
			break;
		case FORM_QA:
			labels->accepted[form] = n >= 2 && distinct <= 3 && labels->told * 3 < n && (labels->dotted == 0 ||
			                         (distinct >= 2 && (n >= 4 || labels->accepted[FORM_COLON])));
			break;
		case FORM_BARS:
			labels->accepted[form] = n >= 2;
			break;
		case FORM_BOLD:
			labels->accepted[form] = n >= 3 && repeated;
			break;
		case FORM_LINE:	/* else it may be a part of a report: a region */
			labels->accepted[form] = n >= LINES_MIN && distinct >= 2 && distinct < n && labels->line_first * 4 <= labels->paragraphs;
			break;
		default:
			labels->accepted[form] = n >= 3 && distinct >= 2 && n * 8 >= labels->paragraphs &&
			                         (repeated || dense) && labels->open * 2 < n;
			if (labels->marked >= 2 && dense)
				labels->accepted[form] = true;
		}
	}
	if (is_box(labels))
		labels->accepted[FORM_QA] = labels->accepted[FORM_COLON] = false;
	labels->scanning.lenient = labels->accepted[FORM_COLON] || labels->accepted[FORM_DASH] || labels->accepted[FORM_STOP];
	labels->scanning.dashed = labels->accepted[FORM_DASH] && !labels->accepted[FORM_COLON];
}

/* ---- pieces of a transcript ---- */

struct run {
	struct range blocks;		/* first and behind the last with a label */
	guint labels, questions, told, gap;
	guint lines;			/* labels that have a line to themselves */
	GHashTable *distinct;
};

static void run_close(struct labels *labels, struct run *run)
{
	guint distinct = g_hash_table_size(run->distinct);
	bool several = distinct >= 2 && run->labels > distinct;
	bool asked = run->labels >= REGION_LABELS_MIN && run->questions > 0 && run->told * 3 < run->labels;
	if (several && (asked || run->lines >= LINES_MIN))
		g_array_append_val(labels->regions, run->blocks);
	g_hash_table_remove_all(run->distinct);
	run->labels = run->questions = run->told = run->gap = run->lines = 0;
}

static void run_take(struct labels *labels, struct run *run, guint i)
{
	const struct block *block = document_block(labels->doc, i);
	struct label label;
	if (block->n_ranges == 0 || block_is_silent(block))
		return;
	bool text = block->kind == BLOCK_PARAGRAPH;
	struct piece piece = piece_of(labels->doc, block, labels->buffer);
	bool found = text && label_scan(&labels->scanning, &piece, 0, &label) &&
	             (label.form == FORM_COLON || label.form == FORM_QA || label.form == FORM_LINE);
	if (!found) {
		if (!text || ++run->gap > REGION_GAP)
			run_close(labels, run);
		return;
	}
	run->told += tells(labels, &piece, label.text);
	run->questions += label_is_audience(&labels->scanning, piece.s, label.start, label.end);
	fold_label(labels, &piece, &label);
	g_hash_table_add(run->distinct, g_strdup(labels->folded->str));
	run->blocks.start = run->labels == 0 ? i : run->blocks.start;
	run->blocks.end = i + 1;
	run->labels++;
	run->lines += label.form == FORM_LINE;
	run->gap = 0;
}

static void find_regions(struct labels *labels)
{
	struct run run = { .distinct = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
	labels->scanning.lenient = true;
	for (guint i = 0; i < labels->doc->blocks->len; i++)
		run_take(labels, &run, i);
	run_close(labels, &run);
	g_hash_table_destroy(run.distinct);
	labels->scanning.lenient = false;
}

/* "The CLERK", "ANN BELL": the words but the article are capitals. */
static bool is_in_capitals(const char *s, guint32 from, guint32 to)
{
	from += to > from + 4 && g_ascii_strncasecmp(s + from, "the ", 4) == 0 ? 4 : 0;
	return text_in_capitals(s, (struct range){ from, to }) && words_count(s, (struct range){ from, to }, 6) <= 5;
}

/* In a document that uses the form: is this one a label? What stands once must
 * look like a name or initials. */
static bool holds(struct labels *labels, const struct piece *piece, const struct label *label)
{
	struct name name;
	/* "The CLERK. We must close." among labels of another form */
	if (label->form == FORM_STOP && labels->scanning.lenient && is_in_capitals(piece->s, label->start, label->end))
		return true;
	if (!labels->accepted[label->form])
		return false;
	if (label->form != FORM_COLON)
		return true;
	words_fold_to(labels->folded, piece->s, label->start, label->end);
	if (GPOINTER_TO_UINT(g_hash_table_lookup(labels->uses[FORM_COLON], labels->folded->str)) > 1)
		return true;
	if (cue_is(CUE_AUDIENCE, labels->folded->str, -1) || labels->folded->len <= 3)
		return true;
	if (is_in_capitals(piece->s, label->start, label->end) ||
	    label_is_audience(&labels->scanning, piece->s, label->start, label->end) ||
	    label_is_function(&labels->scanning, piece->s, label->start, label->end))
		return true;
	words_fold_to(labels->folded, piece->s, label->start, label->end);
	if (are_known(labels, labels->folded->str))
		return true;
	if (!name_scan(piece->s, label->start, label->end, &name))
		return false;
	if (name.words >= 2 || name.honorific < name.start)
		return true;
	/* one unknown word: a stranger where each paragraph has its speaker */
	return label->start == 0 && labels->count[FORM_COLON] * 2 >= labels->paragraphs;
}

static void append_text(struct labels *labels, GArray *out, const struct piece *piece, guint32 from,
                        guint32 to)
{
	while (from < to && g_ascii_isspace(piece->s[from]))
		from++;
	if (from >= to)
		return;
	struct block part = block_part(labels->doc, piece->block,
	                               piece_at(labels->doc, piece, from),
	                               piece_span(labels->doc, piece, from, to).end);
	if (part.n_ranges > 0)
		g_array_append_val(out, part);
}

static void append_label(struct labels *labels, GArray *out, const struct piece *piece,
                         const struct label *label)
{
	struct range span = piece_span(labels->doc, piece, label->start, label->end);
	struct block block = block_part(labels->doc, piece->block, span.start, span.end);
	block.kind = BLOCK_LABEL;
	block.level = 0;
	block.label = document_string(labels->doc, piece->s + label->start,
	                              (gssize)(label->end - label->start));
	if (block.n_ranges > 0)
		g_array_append_val(out, block);
}

/* region: the block is of a piece of a transcript, where each label at its
 * beginning is one. */
static void split_block(struct labels *labels, GArray *out, const struct block *block, bool region)
{
	struct label label;
	struct piece piece = piece_of(labels->doc, block, labels->buffer);
	if (label_scan_whole(labels->doc, block, &piece, &label) && labels->accepted[label.form]) {
		append_label(labels, out, &piece, &label);
		return;
	}
	if (labels->accepted[FORM_STOP] && label_scan_statement(&labels->scanning, &piece, &label)) {
		append_label(labels, out, &piece, &label);
		append_text(labels, out, &piece, label.text, piece.len);
		return;
	}
	guint32 from = 0;
	bool any = false;
	for (guint32 pos = 0; pos < piece.len; pos = text_next_line(piece.s, pos, piece.len)) {
		if (!label_scan(&labels->scanning, &piece, pos, &label) || !(region ? pos == 0 : holds(labels, &piece, &label)))
			continue;
		append_text(labels, out, &piece, from, pos);
		append_label(labels, out, &piece, &label);
		g_array_index(out, struct block, out->len - 1).level = region;
		from = label.text;
		any = true;
	}
	if (any)
		append_text(labels, out, &piece, from, piece.len);
	else
		g_array_append_val(out, *block);
}

static void append_end(GArray *out)
{
	struct block end = { .kind = BLOCK_LABEL, .level = 1, .panel = -1, .section = -1 };
	if (out->len > 0) {	/* it stands where the last block stands */
		const struct block *last = &g_array_index(out, struct block, out->len - 1);
		end.panel = last->panel;
		end.section = last->section;
		end.page = last->page;
		end.page_label = last->page_label;
		end.slide = last->slide;
	}
	g_array_append_val(out, end);
}

static void split_all(struct labels *labels)
{
	struct document *doc = labels->doc;
	GArray *out = g_array_sized_new(false, true, sizeof(struct block), doc->blocks->len * 2);
	guint next = 0;
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		const struct range *region = next < labels->regions->len ? &g_array_index(labels->regions, struct range, next) : NULL;
		bool inside = region != NULL && i >= region->start;
		labels->scanning.lenient = labels->scanning.lenient || inside;
		if (block->kind == BLOCK_PARAGRAPH && block->n_ranges > 0)
			split_block(labels, out, block, inside);
		else
			g_array_append_val(out, *block);
		if (inside && i + 1 == region->end) {
			append_end(out);
			labels->scanning.lenient = false;
			next++;
		}
	}
	g_array_free(doc->blocks, true);
	doc->blocks = out;
}

static void know_names(struct labels *labels)
{
	for (guint i = 0; i < labels->doc->people->len && i < 200; i++) {
		const char *name = document_person(labels->doc, i)->name;
		know_name(labels, name, 0, (guint32)strlen(name));
	}
}

void labels_split(struct document *doc)
{
	struct labels labels = {
		.doc = doc, .scanning = { .doc = doc, .folded = g_string_new(NULL) },
		.regions = g_array_new(false, false, sizeof(struct range)),
		.buffer = g_string_new(NULL), .folded = g_string_new(NULL),
	};
	bool any = false;
	for (int form = 1; form < N_FORMS; form++)
		labels.uses[form] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	labels.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	know_names(&labels);
	count_all(&labels);
	decide(&labels);
	for (int form = 1; form < N_FORMS; form++)
		any = any || labels.accepted[form];
	if (!any)
		find_regions(&labels);
	if (any || labels.regions->len > 0)
		split_all(&labels);
	for (int form = 1; form < N_FORMS; form++)
		g_hash_table_destroy(labels.uses[form]);
	g_hash_table_destroy(labels.names);
	g_array_free(labels.regions, true);
	g_string_free(labels.scanning.folded, true);
	g_string_free(labels.buffer, true);
	g_string_free(labels.folded, true);
}
