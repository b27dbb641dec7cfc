/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-catalogue.c - catalogue.ini: what is taken, what is refused, which group
 * wins, and that what we write can be read back.
 */
#include "corpus/catalogue.h"

#include <glib/gstdio.h>
#include <string.h>

#include "corpus/corrections/corrections.h"
#include "corpus/error.h"

static char *folder, *path;

static struct catalogue *open_text(const char *text, GError **error)
{
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	return catalogue_open(path, error);
}

static void apply(const struct catalogue *catalogue, struct document *doc, const char *name)
{
	g_autofree char *full = g_build_filename(folder, name, NULL);

	doc->path = document_string(doc, full, -1);
	doc->id = "detected";
	doc->title = "Detected";
	doc->date = "2016-01-01";
	doc->date_end = "2016-01-02";
	catalogue_apply(catalogue, doc);
}

static void test_apply(void)
{
	g_autoptr(Catalogue) c = open_text("[*.txt]\nevent = Harbour 2017\naccess = restricted:staff\n"
	                                   "[a.txt]\nid = harbour\ntitle = The Report\ntype = report\ndate = 2017-10\n"
	                                   "place = Port\npublisher = P\nauthors = A; B\nlanguage = de\nurl = https://x.example\n"
	                                   "attribution = none\n[sub/*]\nevent = Below\n", NULL);
	g_autoptr(Document) a = document_new(), b = document_new(), sub = document_new();

	g_assert_nonnull(c);
	apply(c, a, "a.txt");
	g_assert_cmpstr(a->id, ==, "harbour");
	g_assert_cmpstr(a->title, ==, "The Report");
	g_assert_cmpstr(a->event, ==, "Harbour 2017");
	g_assert_cmpint(a->type, ==, TYPE_REPORT);
	g_assert_cmpstr(a->date, ==, "2017-10");
	g_assert_null(a->date_end);
	g_assert_cmpstr(a->place, ==, "Port");
	g_assert_cmpstr(a->publisher, ==, "P");
	g_assert_cmpstr(a->authors, ==, "A; B");
	g_assert_cmpstr(a->language, ==, "de");
	g_assert_cmpstr(a->url, ==, "https://x.example");
	g_assert_cmpstr(a->access, ==, "restricted:staff");
	g_assert_cmpint(a->policy, ==, POLICY_NONE);
	apply(c, b, "b.md");
	g_assert_cmpstr(b->id, ==, "detected");
	g_assert_cmpstr(b->date_end, ==, "2016-01-02");
	g_assert_cmpstr(b->access, ==, "public");
	apply(c, sub, "sub/c.txt");
	g_assert_cmpstr(sub->event, ==, "Below");
	g_assert_cmpstr(sub->access, ==, "restricted:staff");
	catalogue_apply(NULL, b);
	catalogue_free(NULL);
}

static void test_later_wins(void)
{
	g_autoptr(Catalogue) c = open_text("[a.txt]\nevent = one\n[*]\nevent = two\nplace = \n", NULL);
	g_autoptr(Document) doc = document_new();

	doc->place = "Detected";
	apply(c, doc, "a.txt");
	g_assert_cmpstr(doc->event, ==, "two");
	g_assert_null(doc->place);	/* an empty value takes back what was detected */
}

static void refuse(const char *text, const char *reason)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(open_text(text, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX);
	if (!strstr(error->message, reason) || !strstr(error->message, path))
		g_error("message is \"%s\"", error->message);
}

static void test_refused(void)
{
	g_autoptr(GError) error = NULL;

	refuse("[a.txt]\nauthor = X\n", "[a.txt] author: unknown key");
	refuse("[a.txt]\ntype = book\n", "[a.txt] type: no such type");
	refuse("[a.txt]\ndate = 23 October\n", "[a.txt] date: not a date");
	refuse("[a.txt]\ndate = 2017-02-30\n", "[a.txt] date: not a date");
	refuse("[a.txt]\nlanguage = klingon\n", "[a.txt] language: no such language");
	refuse("[a.txt]\naccess = secret\n", "[a.txt] access: neither public");
	refuse("[a.txt]\naccess = restricted:../x\n", "[a.txt] access: neither public");
	refuse("[a.txt]\nattribution = some\n", "[a.txt] attribution:");
	refuse("[*.txt]\nid = same\n", "[*.txt] id: a glob");
	refuse("[a.txt]\nid = two words\n", "[a.txt] id: an id is one word");
	refuse("[a.txt]\ntitle = a \\q b \\\n", "[a.txt] title: a broken escape");
	refuse("[caf\xe9.txt]\ntitle = x\n", "not UTF-8");
	refuse("no group\n", "");
	refuse("[a.txt | somebody X]\nrole = x\n", "[a.txt | somebody X]: behind '|' stands");
	refuse("[a.txt | person]\nrole = x\n", "whom or what");
	refuse("[a.txt | passage 12]\nkind = quote\n", "neither a passage's id nor a range");
	refuse("[a.txt | person X]\ntitle = x\n", "[a.txt | person X] title: unknown key");
	refuse("[a.txt | person X]\ntype = dog\n", "type: neither person nor body");
	refuse("[a.txt | person X]\nspeaker = maybe\n", "speaker: neither yes nor no");
	refuse("[a.txt | person X]\nname =\n", "name: a person has a name");
	refuse("[a.txt | panel X]\nattribution = some\n", "attribution: neither");
	refuse("[a.txt | person X]\nname = B\nnot = b\n", "'not' names the person");
	refuse("[a.txt | passage 5f0c9a71d2]\nkind = quote\nspeaker =\n", "words of this kind are somebody's");
	g_assert_null(catalogue_open("/nowhere/at/all.ini", &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_NOT_FOUND);
}

/* ---- corrections ---- */

static struct person *add_person(struct document *doc, const char *name, const char *organisation)
{
	struct person person = { .name = name, .organisation = organisation };

	g_array_append_val(doc->people, person);
	return document_person(doc, doc->people->len - 1);
}

/* A panel that Tom moderates, with all three on it. */
static struct document *document_with_people(void)
{
	struct document *doc = document_new();
	struct panel panel = { .label = "Panel II", .title = "Tides", .moderator = 2, .n_listed = 3 };

	doc->path = "a.txt";
	doc->text = "Of Zoe  Quill and others.";
	doc->text_bytes = strlen(doc->text);
	add_person(doc, "Ann Bell", "Harbour Office");
	add_person(doc, "A. Belle", NULL)->role = "Director";
	add_person(doc, "Tom Marsh", NULL);
	panel.listed = document_alloc(doc, 3 * sizeof *panel.listed);
	for (int i = 0; i < 3; i++)
		panel.listed[i] = i;
	g_array_append_val(doc->panels, panel);
	return doc;
}

static void correct(struct document *doc, const char *text, corpus_warnings *warnings)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Catalogue) c = open_text(text, &error);
	g_autoptr(GPtrArray) corrections = NULL;

	g_assert_no_error(error);
	corrections = catalogue_corrections(c, "a.txt");
	correct_people(doc, corrections, warnings);
	correct_panels(doc, corrections, warnings);
	correct_passages(doc, corrections, warnings);
}

static void test_people(void)
{
	g_autoptr(Document) doc = document_with_people();
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	const struct panel *panel = document_panel(doc, 0);
	const struct person *ann;

	correct(doc, "[a.txt | person BELL, Ann]\nalso = Ann Bell; a. belle\ncountry = Norway\norganisation =\n"
	             "[*.txt | person tom marsh]\nname = Thomas Marsh\nnot = Marsh\n"
	             "[a.txt | person Zoe Quill]\nrole = Clerk\n[* | person Nobody]\nrole = Clerk\n", warnings);
	g_assert_cmpuint(warnings->len, ==, 0);
	g_assert_cmpuint(doc->people->len, ==, 4);
	ann = document_person(doc, 0);
	g_assert_cmpstr(ann->name, ==, "BELL, Ann");
	g_assert_cmpstr(ann->forms[0], ==, "Ann Bell");
	g_assert_cmpstr(ann->role, ==, "Director");
	g_assert_cmpstr(ann->country, ==, "Norway");
	g_assert_null(ann->organisation);
	g_assert_cmpstr(document_person(doc, 1)->name, ==, "Thomas Marsh");
	g_assert_cmpstr(document_person(doc, 2)->name, ==, "Marsh");
	g_assert_cmpstr(document_person(doc, 3)->role, ==, "Clerk");
	g_assert_cmpint(panel->moderator, ==, 1);
	g_assert_cmpint(panel->listed[0], ==, 0);
	g_assert_cmpint(panel->listed[1], ==, 0);
	g_assert_cmpint(panel->listed[2], ==, 1);
}

static void test_several(void)
{
	g_autoptr(Document) doc = document_with_people();
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);

	add_person(doc, "Ann Bell", "The Tide Table");
	correct(doc, "[a.txt | person Ann Bell]\nrole = x\n[a.txt | person Ann Bell (Tide Table)]\nrole = Editor\n"
	             "[a.txt | panel panel ii]\nmoderator = Ann Bell\n[a.txt | panel PANEL II: tides]\nmoderator = ann bell (harbour office)\n"
	             "[a.txt | panel Panel 3]\ntitle = x\n", warnings);
	g_assert_cmpuint(warnings->len, ==, 3);
	g_assert_nonnull(strstr(g_ptr_array_index(warnings, 0), "several people"));
	g_assert_nonnull(strstr(g_ptr_array_index(warnings, 1), "moderator"));
	g_assert_nonnull(strstr(g_ptr_array_index(warnings, 2), "no such panel"));
	g_assert_null(document_person(doc, 0)->role);
	g_assert_cmpstr(document_person(doc, 3)->role, ==, "Editor");
	g_assert_cmpint(document_panel(doc, 0)->moderator, ==, 0);
}

static void test_passages(void)
{
	g_autoptr(Document) doc = document_with_people();
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	struct range ranges[] = { { 0, 5 }, { 6, 20 }, { 100, 400 } };
	struct passage passages[] = {
		{ .id = "00000000aa", .kind = KIND_QUOTE, .panel = 0, .attribution = { .speaker = 0 }, .ranges = ranges, .n_ranges = 1 },
		{ .id = "00000000bb", .kind = KIND_NARRATIVE, .panel = -1, .attribution = { .speaker = -1 }, .ranges = ranges + 1, .n_ranges = 1 },
		{ .id = "00000000cc", .kind = KIND_REPORTED, .panel = -1, .nameless = true, .attribution = { .speaker = -1 }, .ranges = ranges + 1,
			.n_ranges = 1 },
		{ .id = "00000000dd", .kind = KIND_REPORTED, .panel = -1, .attribution = { .speaker = 0 }, .ranges = ranges + 2, .n_ranges = 1 },
	};

	g_array_append_vals(doc->passages, passages, G_N_ELEMENTS(passages));
	doc->id = "a";
	correct(doc, "[a.txt | passage a/00000000aa]\nspeaker =\npanel =\n[a.txt | passage 5-8]\nspeaker = Tom Marsh\npanel = tides\n"
	             "[a.txt | passage 00000000cc]\nspeaker = Tom Marsh\n[a.txt | passage b/00000000aa]\nkind = quote\n"
	             "[a.txt | passage 200-300]\nspeaker = Tom Marsh\n", warnings);
	g_assert_cmpuint(warnings->len, ==, 4);	/* twice nameless: by its range, too */
	g_assert_cmpint(document_passage(doc, 3)->attribution.speaker, ==, 0);	/* the range is only a part of it */
	g_assert_cmpint(document_passage(doc, 0)->attribution.speaker, ==, -1);
	g_assert_cmpint(document_passage(doc, 0)->attribution.evidence, ==, EVIDENCE_CATALOGUE);
	g_assert_cmpint(document_passage(doc, 0)->kind, ==, KIND_NARRATIVE);
	g_assert_cmpint(document_passage(doc, 0)->panel, ==, -1);
	g_assert_cmpint(document_passage(doc, 1)->attribution.speaker, ==, 2);
	g_assert_cmpint(document_passage(doc, 1)->attribution.certainty, ==, CERTAINTY_STATED);
	g_assert_nonnull(strstr(document_passage(doc, 1)->attribution.source, "[a.txt | passage 5-8]"));
	g_assert_cmpint(document_passage(doc, 1)->kind, ==, KIND_REPORTED);
	g_assert_cmpint(document_passage(doc, 1)->panel, ==, 0);
	g_assert_cmpint(document_passage(doc, 2)->attribution.speaker, ==, -1);
}

static char *digest(const char *text, const char *name)
{
	g_autoptr(Catalogue) c = open_text(text, NULL);
	g_autofree char *full = g_build_filename(folder, name, NULL);

	return catalogue_digest(c, full);
}

static void test_digest(void)
{
	g_autofree char *none = catalogue_digest(NULL, "a.txt");
	g_autofree char *silent = digest("[b.txt]\nevent = x\n", "a.txt");
	g_autofree char *one = digest("[a.txt]\nevent = x\n", "a.txt");
	g_autofree char *same = digest("# a remark\n[a.*]\nevent = x\n[b.txt]\nevent = y\n", "a.txt");
	g_autofree char *other = digest("[a.txt]\nplace = x\n", "a.txt");

	g_assert_cmpstr(none, ==, "");
	g_assert_cmpstr(silent, ==, "");
	g_assert_cmpstr(one, !=, "");
	g_assert_cmpstr(one, ==, same);
	g_assert_cmpstr(one, !=, other);
	g_autofree char *person = digest("[a.txt]\nevent = x\n[* | person X]\nrole = y\n", "a.txt");
	g_autofree char *role = digest("[a.txt]\nevent = x\n[* | person X]\nrole = z\n", "a.txt");
	g_autofree char *elsewhere = digest("[a.txt]\nevent = x\n[b.txt | person X]\nrole = z\n", "a.txt");

	g_assert_cmpstr(person, !=, one);
	g_assert_cmpstr(person, !=, role);
	g_assert_cmpstr(elsewhere, ==, one);
}

static void test_write_and_read(void)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(Document) doc = document_new(), again = document_new();
	g_autoptr(Catalogue) c = NULL;
	g_autoptr(GError) error = NULL;

	doc->path = "some/where/a [1].txt";
	doc->title = "  Tabs\tand \\ marks = ; # é";
	doc->type = TYPE_BACKGROUND_PAPER;
	doc->date = "2017-10-23";
	doc->language = "fr";
	doc->access = "restricted:board";
	doc->nameless = true;
	catalogue_write(doc, "a [1].txt", out);
	c = open_text(out->str, &error);
	g_assert_no_error(error);
	apply(c, again, "a [1].txt");
	g_assert_cmpstr(again->title, ==, "Tabs\tand \\ marks = ; # é");
	g_assert_cmpint(again->type, ==, TYPE_BACKGROUND_PAPER);
	g_assert_cmpstr(again->date, ==, "2017-10-23");
	g_assert_cmpstr(again->language, ==, "fr");
	g_assert_cmpstr(again->access, ==, "restricted:board");
	g_assert_cmpint(again->policy, ==, POLICY_NONE);
}

/* What it says of one file, alone, says the same of that file and nothing of another. */
static void test_extract(void)
{
	g_autoptr(Catalogue) c = open_text("# all\n[*.txt]\nevent = Harbour\\s2017\n[a.txt | person Ann Bell]\nrole = Pilot\n[b.txt]\ntitle = Secret\n"
	                                   "[a.txt]\ntitle =   The = Report\\t\nid = a1\n[*.txt | panel Panel I]\nattribution = none\n[b.txt | person Eve]\nrole = X\n", NULL);
	g_autoptr(GString) of_a = g_string_new(NULL), again = g_string_new(NULL), of_none = g_string_new(NULL);
	g_autofree char *a = g_build_filename(folder, "a.txt", NULL), *b = g_build_filename(folder, "b.txt", NULL);
	g_autofree char *before = catalogue_digest(c, a), *after = NULL, *other = catalogue_digest(c, b), *less = NULL;
	g_autoptr(GPtrArray) corrections = catalogue_corrections(c, a), left = NULL;
	g_autoptr(Catalogue) part = NULL;

	catalogue_extract(c, a, of_a);
	part = catalogue_parse(path, of_a->str, of_a->len, NULL);
	g_assert_nonnull(part);
	after = catalogue_digest(part, a);
	less = catalogue_digest(part, b);
	g_assert_cmpstr(after, ==, before);
	g_assert_cmpstr(less, !=, other);
	g_assert_null(strstr(of_a->str, "Secret"));
	g_assert_null(strstr(of_a->str, "Eve"));
	left = catalogue_corrections(part, a);
	g_assert_cmpuint(left->len, ==, 2);
	for (guint i = 0; i < left->len; i++)
		g_assert_cmpstr(((struct correction *)g_ptr_array_index(left, i))->source, ==,
		                ((struct correction *)g_ptr_array_index(corrections, i))->source);
	catalogue_extract(part, a, again);
	g_assert_cmpstr(again->str, ==, of_a->str);
	catalogue_extract(c, "/elsewhere/x.pdf", of_none);
	g_assert_cmpstr(of_none->str, ==, "");
	g_assert_cmpstr(catalogue_id(c, a), ==, "a1");
	g_assert_null(catalogue_id(c, b));
	g_assert_cmpint((int)catalogue_policy(c, a), ==, POLICY_STATED);
}

int main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("test-catalogue-XXXXXX", NULL);
	path = g_build_filename(folder, "catalogue.ini", NULL);
	g_test_add_func("/catalogue/apply", test_apply);
	g_test_add_func("/catalogue/later-wins", test_later_wins);
	g_test_add_func("/catalogue/refused", test_refused);
	g_test_add_func("/catalogue/people", test_people);
	g_test_add_func("/catalogue/several", test_several);
	g_test_add_func("/catalogue/passages", test_passages);
	g_test_add_func("/catalogue/digest", test_digest);
	g_test_add_func("/catalogue/write-and-read", test_write_and_read);
	g_test_add_func("/catalogue/extract", test_extract);
	status = g_test_run();
	g_unlink(path);
	g_rmdir(folder);
	g_free(path);
	g_free(folder);
	return status;
}
