/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * structure.h - what the tests of the structural stages share: a text taken
 * through the stages, dumps to compare, cases found by glob, and the properties
 * that hold for every document.
 */
#ifndef TESTS_STRUCTURE_H
#define TESTS_STRUCTURE_H

#include <string.h>

#include "corpus/anonymity/anonymity.h"
#include "corpus/attribution/attribution.h"
#include "corpus/outline/outline.h"
#include "corpus/passages.h"
#include "corpus/people/people.h"
#include "corpus/reader/reader.h"
#include "corpus/repair/repair.h"

enum stage { STAGE_REPAIR, STAGE_OUTLINE, STAGE_PEOPLE, STAGE_ATTRIBUTION, STAGE_PASSAGES };

static inline struct document *structure_read(const char *text, gssize len, bool markdown,
                                              enum stage last, bool nameless)
{
	struct document *doc = document_new();
	g_autoptr(GBytes) bytes = g_bytes_new(text, len < 0 ? strlen(text) : (gsize)len);
	doc->id = document_string(doc, "case", -1);
	doc->policy = nameless ? POLICY_NONE : POLICY_STATED;
	reader_read_text(doc, bytes, markdown ? FORMAT_MARKDOWN : FORMAT_TEXT);
	repair(doc, NULL);
	if (last >= STAGE_OUTLINE) {
		outline(doc);
		document_type_detect(doc);
	}
	if (last >= STAGE_PEOPLE)
		people(doc);
	if (last >= STAGE_ATTRIBUTION)
		attribution(doc);
	if (last >= STAGE_ATTRIBUTION)
		anonymity(doc, NULL, NULL);
	if (last >= STAGE_PASSAGES)
		passages(doc);
	return doc;
}

/* The words of ranges on one line, the middle left out where it is long. */
static inline char *structure_words(const struct document *doc, const struct range *ranges, guint n)
{
	g_autoptr(GString) text = g_string_new(NULL);
	ranges_text(doc->text, ranges, n, text);
	for (gsize i = 0; i < text->len; i++)
		if (g_ascii_isspace(text->str[i]))
			text->str[i] = ' ';
	if (text->len <= 100)
		return g_strdup(text->str);
	const char *head = g_utf8_find_prev_char(text->str, text->str + 60);
	const char *tail = g_utf8_find_next_char(text->str + text->len - 30, NULL);
	return g_strdup_printf("%.*s [...] %s", (int)(head - text->str), text->str, tail);
}

static inline const char *panel_name(const struct panel *panel)
{
	return panel->label != NULL ? panel->label : panel->title;
}

static inline void structure_dump_block(const struct document *doc, const struct block *block,
                                        GString *out)
{
	static const char *const kinds[] = {
		"heading", "paragraph", "item", "row", "caption", "pull-quote", "quotation",
		"footnote", "code", "slide-break", "page-break", "furniture", "label",
	};
	static const char *const zones[] = { "", " contents", " agenda", " people", " references",
	                                     " imprint", " front" };
	g_autofree char *words = structure_words(doc, block->ranges, block->n_ranges);
	g_string_append_printf(out, "%s%s", kinds[block->kind], zones[block->zone]);
	if (block->kind == BLOCK_HEADING)
		g_string_append_printf(out, " %d", block->level);
	if (block->panel >= 0 && doc->panels->len > 0)
		g_string_append_printf(out, " {%s}", panel_name(document_panel(doc, block->panel)));
	g_string_append_printf(out, ": %s\n", words);
}

static inline void structure_dump_people(const struct document *doc, GString *out)
{
	for (guint i = 0; i < doc->people->len; i++) {
		const struct person *p = document_person(doc, i);
		g_string_append_printf(out, "%s %s | %s | %s | %s | %s\n", p->body ? "body" : "person", p->name,
		                       p->honorific ? p->honorific : "", p->role ? p->role : "",
		                       p->organisation ? p->organisation : "", p->country ? p->country : "");
	}
	for (guint i = 0; i < doc->panels->len; i++) {
		const struct panel *p = document_panel(doc, i);
		g_string_append_printf(out, "panel %s | %s | %s | %s |", p->label, p->title ? p->title : "",
		                       p->date ? p->date : "",
		                       p->moderator >= 0 ? document_person(doc, p->moderator)->name : "");
		for (guint k = 0; k < p->n_listed; k++)
			g_string_append_printf(out, " %s;", document_person(doc, p->listed[k])->name);
		g_string_append_c(out, '\n');
	}
}

static inline void structure_dump_passage(const struct document *doc, const struct passage *p,
                                          GString *out)
{
	const struct attribution *a = &p->attribution;
	g_autofree char *words = structure_words(doc, p->ranges, p->n_ranges);
	g_string_append(out, kind_name(p->kind));
	if (a->speaker >= 0) {
		g_autofree char *proof = g_strndup(doc->text + a->range.start, a->range.end - a->range.start);
		g_strdelimit(proof, "\n\t", ' ');
		g_string_append_printf(out, " by %s (%s, %s: %s)", document_person(doc, a->speaker)->name,
		                       evidence_name(a->evidence), certainty_name(a->certainty), proof);
	}
	if (p->panel >= 0)
		g_string_append_printf(out, " {%s}", panel_name(document_panel(doc, p->panel)));
	if (p->section >= 0)
		g_string_append_printf(out, " <%s>", document_section(doc, p->section)->title);
	for (guint i = 0; i < a->n_candidates; i++)
		g_string_append_printf(out, "%s %s", i == 0 ? " of" : " or", document_person(doc, a->candidates[i])->name);
	g_string_append_printf(out, ": %s\n", words);
}

/* True for a caption, or any block that some passage's attribution points to.
 * Under the policy "none" captions are left out with their names. */
static inline bool structure_is_proof(const struct document *doc, const struct block *block)
{
	if (block->kind == BLOCK_CAPTION && doc->nameless)
		return true;
	for (guint i = 0; i < doc->passages->len; i++) {
		const struct attribution *a = &document_passage(doc, i)->attribution;
		if (a->speaker >= 0 && (a->evidence == EVIDENCE_CAPTION || a->evidence == EVIDENCE_BYLINE) &&
		    a->range.start == block->ranges[0].start)
			return true;
	}
	return false;
}

/* What holds for every document, whatever is in it. */
static inline void structure_check(const struct document *doc)
{
	g_autofree guint8 *covered = g_malloc0(doc->text_bytes + 1);
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < doc->passages->len; i++) {
		const struct passage *p = document_passage(doc, i);
		g_assert_cmpuint(p->n_ranges, >, 0);
		g_assert_true(g_hash_table_add(ids, (gpointer)p->id));
		g_assert_cmpint(p->section, <, (int)doc->sections->len);
		g_assert_cmpint(p->panel, <, (int)doc->panels->len);
		g_assert_cmpint(p->attribution.speaker, <, (int)doc->people->len);
		g_assert_cmpuint(p->attribution.range.start, <=, p->attribution.range.end);
		g_assert_cmpuint(p->attribution.range.end, <=, doc->text_bytes);
		g_assert_true(p->kind != KIND_AUTHORED || p->attribution.speaker >= 0 ||
		              doc->nameless);
		for (guint k = 0; k < p->n_ranges; k++) {
			struct range r = p->ranges[k];
			g_assert_true(r.start < r.end && r.end <= doc->text_bytes);
			g_assert_true(k == 0 || p->ranges[k - 1].end <= r.start);
			for (guint32 at = r.start; at < r.end; at++)
				g_assert_cmpuint(covered[at]++, ==, 0);
		}
	}
	/* each spoken block is told whole, or it is the evidence for one that is: a
	 * caption or a signature */
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *b = document_block(doc, i);
		if (b->n_ranges > 0 && covered[b->ranges[0].start] == 0 && structure_is_proof(doc, b))
			continue;
		bool silent = b->kind == BLOCK_FURNITURE || b->kind == BLOCK_PAGE_BREAK ||
		              b->kind == BLOCK_SLIDE_BREAK || b->kind == BLOCK_LABEL ||
		              b->zone == ZONE_FRONT_MATTER;
		for (guint k = 0; k < b->n_ranges; k++)
			for (guint32 at = b->ranges[k].start; at < b->ranges[k].end; at++)
				if (silent)
					g_assert_cmpuint(covered[at], ==, 0);
				else if (b->kind != BLOCK_HEADING && !g_ascii_isspace(doc->text[at]))
					g_assert_cmpuint(covered[at], ==, 1);
	}
	if (doc->nameless) {
		g_assert_cmpuint(doc->people->len, ==, 0);
		for (guint i = 0; i < doc->panels->len; i++) {
			g_assert_cmpint(document_panel(doc, i)->moderator, ==, -1);
			g_assert_cmpuint(document_panel(doc, i)->n_listed, ==, 0);
		}
	}
}

/* No passage holds words of two panels: each range lies in blocks of its panel. */
static inline void structure_check_panels(const struct document *doc)
{
	for (guint i = 0; i < doc->passages->len; i++) {
		const struct passage *p = document_passage(doc, i);
		for (guint b = 0; b < doc->blocks->len; b++) {
			const struct block *block = document_block(doc, b);
			for (guint k = 0; k < block->n_ranges; k++)
				for (guint r = 0; r < p->n_ranges; r++)
					if (block->ranges[k].start < p->ranges[r].end &&
					    p->ranges[r].start < block->ranges[k].end)
						g_assert_cmpint(block->panel, ==, p->panel);
		}
	}
}

typedef char *structure_dump(const char *input, bool markdown, const char *name);

struct structure_case {
	char *folder;
	structure_dump *dump;
};

static inline void structure_run_case(gconstpointer data)
{
	const struct structure_case *c = data;
	g_autofree char *md = g_build_filename(c->folder, "input.md", NULL);
	g_autofree char *txt = g_build_filename(c->folder, "input.txt", NULL);
	g_autofree char *path = g_build_filename(c->folder, "expected.txt", NULL);
	bool markdown = g_file_test(md, G_FILE_TEST_EXISTS);
	g_autofree char *input = NULL, *expected = NULL, *name = g_path_get_basename(c->folder);
	g_assert_true(g_file_get_contents(markdown ? md : txt, &input, NULL, NULL));
	g_autofree char *got = c->dump(input, markdown, name);
	if (g_getenv("STRUCTURE_ACCEPT"))	/* writes what a person then reads and commits */
		g_assert_true(g_file_set_contents(path, got, -1, NULL));
	g_assert_true(g_file_get_contents(path, &expected, NULL, NULL));
	g_assert_cmpstr(got, ==, expected);
}

static inline void structure_free_case(gpointer data)
{
	struct structure_case *c = data;
	g_free(c->folder);
	g_free(c);
}

/* A test for each folder below tests/cases/TOPIC. */
static inline void structure_add_cases(const char *topic, structure_dump *dump)
{
	const char *srcdir = g_getenv("srcdir");
	g_autofree char *folder = g_build_filename(srcdir ? srcdir : ".", "tests", "cases", topic, NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_assert_nonnull(dir);
	for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
		struct structure_case *c = g_new0(struct structure_case, 1);
		g_autofree char *path = g_strdup_printf("/%s/cases/%s", topic, name);
		c->folder = g_build_filename(folder, name, NULL);
		c->dump = dump;
		g_test_add_data_func_full(path, c, structure_run_case, structure_free_case);
	}
}

#endif
