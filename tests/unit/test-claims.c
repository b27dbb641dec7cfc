/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-claims.c - what a reader says that is not for it to say; and messages fit for a
 * terminal.
 */
#define _GNU_SOURCE	/* memfd_create */
#include "indexer/claims.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "corpus/error.h"
#include "indexer/printable.h"

#define TEXT "We will keep the harbour open.\n"

static int file_of(const char *bytes, gsize len)
{
	int fd = memfd_create("file", MFD_CLOEXEC);

	g_assert_cmpint(write(fd, bytes, len), ==, (gssize)len);
	return fd;
}

/* A document in which Ann Bell speaks, and is quoted. */
static struct document *sent(const char *id)
{
	static struct range all = { 0, 30 };
	struct quotation quotation = { { 3, 7 }, { .speaker = 0, .evidence = EVIDENCE_CAPTION, .certainty = CERTAINTY_STATED } };
	struct document *doc = document_new();
	struct person person = { .name = "Ann Bell" };
	struct panel panel = { .label = "Panel I", .moderator = 0 };
	struct passage passage = { .id = "5f0c9a71d2", .kind = KIND_QUOTE, .section = -1, .panel = -1, .ranges = &all, .n_ranges = 1,
		                   .attribution = { .speaker = 0, .evidence = EVIDENCE_CAPTION, .certainty = CERTAINTY_STATED } };

	doc->id = id;
	doc->format = "pdf";
	doc->text = TEXT;
	doc->text_bytes = strlen(TEXT);
	passage.quotations = document_alloc(doc, sizeof quotation);
	passage.quotations[0] = quotation;
	passage.n_quotations = 1;
	g_array_append_val(doc->people, person);
	g_array_append_val(doc->panels, panel);
	g_array_append_val(doc->passages, passage);
	passage.panel = 0;
	g_array_append_val(doc->passages, passage);
	return doc;
}

static struct document *settled(struct claims *claims, const char *id)
{
	struct document *doc = sent(id);

	claims_settle(claims, doc);
	return doc;
}

static void check_ids(const char *bytes, gsize len, const char *first, const char *second)
{
	struct job job = { .path = (char *)"/papers/Annual Report.pdf" };
	int fd = file_of(bytes, len);
	struct claims claims;
	g_autoptr(Document) a = NULL, b = NULL;

	claims_init(&claims, &job, fd);
	a = settled(&claims, "other");
	b = settled(&claims, "another");
	g_assert_cmpstr(a->id, ==, first);
	g_assert_cmpstr(b->id, ==, second);
	claims_clear(&claims);
	close(fd);
}

static void test_ids(void)
{
	check_ids("%PDF-1.4", 8, "annual-report", "annual-report-2");
	check_ids("", 0, "annual-report", "annual-report-2");
	check_ids("PK\3\4", 4, "annual-report", "annual-report-2");
	check_ids("{\"id\": 1}", 9, "other", "another");
	check_ids("\xef\xbb\xbf\n <TEI>", 10, "other", "another");
	check_ids("\xff\xfe<\0T\0", 6, "other", "another");
}

static struct catalogue *catalogue_of(const char *text)
{
	struct catalogue *catalogue = catalogue_parse("/papers/catalogue.ini", text, strlen(text), NULL);

	g_assert_nonnull(catalogue);
	return catalogue;
}

static void check_names(const char *text, int own, int of_panel, guint people)
{
	g_autoptr(Catalogue) catalogue = catalogue_of(text);
	struct job job = { .path = (char *)"/papers/report.pdf", .catalogue = catalogue };
	int fd = file_of("%PDF", 4);
	struct claims claims;
	g_autoptr(Document) doc = NULL;

	claims_init(&claims, &job, fd);
	doc = settled(&claims, "other");
	g_assert_cmpint(document_passage(doc, 0)->attribution.speaker, ==, own);
	g_assert_cmpint(document_passage(doc, 0)->quotations[0].attribution.speaker, ==, own);
	g_assert_cmpint(document_passage(doc, 0)->nameless, ==, own < 0);
	g_assert_cmpint(document_passage(doc, 1)->attribution.speaker, ==, of_panel);
	g_assert_cmpuint(doc->people->len, ==, people);
	g_assert_cmpint(document_panel(doc, 0)->moderator, ==, people ? 0 : -1);
	claims_clear(&claims);
	close(fd);
}

static void test_names(void)
{
	check_names("", 0, 0, 1);
	check_names("[other.pdf]\nattribution = none\n", 0, 0, 1);
	check_names("[report.pdf]\nattribution = named\n", 0, 0, 1);
	check_names("[report.pdf]\nattribution = none\n", -1, -1, 0);
	check_names("[*.pdf]\nattribution = none\n", -1, -1, 0);
	check_names("[report.pdf]\nattribution = none\n[report.pdf | panel Panel I]\nattribution = named\n", -1, 0, 1);
}

static void test_said_by_a_person(void)
{
	g_autoptr(Catalogue) catalogue = catalogue_of("[report.pdf]\nid = r1\naccess = restricted:board\n");
	struct job job = { .path = (char *)"/papers/report.pdf", .catalogue = catalogue };
	int fd = file_of("%PDF", 4);
	struct claims claims;
	g_autoptr(Document) doc = NULL;

	claims_init(&claims, &job, fd);
	doc = settled(&claims, "other");
	g_assert_cmpstr(doc->id, ==, "r1");
	g_assert_cmpstr(doc->access, ==, "restricted:board");
	claims_clear(&claims);
	close(fd);
}

static void test_failures(void)
{
	struct claims claims = { .documents = 0 };

	g_assert_cmpint((int)claims_failure(&claims, RAPPORTEUR_ERROR_SCANNED, true), ==, RAPPORTEUR_ERROR_SCANNED);
	g_assert_cmpint((int)claims_failure(&claims, RAPPORTEUR_ERROR_SCANNED, false), ==, RAPPORTEUR_ERROR_CORRUPT);
	g_assert_cmpint((int)claims_failure(&claims, RAPPORTEUR_ERROR_TOO_LARGE, true), ==, RAPPORTEUR_ERROR_TOO_LARGE);
	g_assert_cmpint((int)claims_failure(&claims, RAPPORTEUR_ERROR_IO, true), ==, RAPPORTEUR_ERROR_CORRUPT);
	g_assert_cmpint((int)claims_failure(&claims, RAPPORTEUR_ERROR_CHANGED, true), ==, RAPPORTEUR_ERROR_CORRUPT);
	g_assert_cmpint((int)claims_failure(&claims, RAPPORTEUR_ERROR_DENIED, true), ==, RAPPORTEUR_ERROR_CORRUPT);
	g_assert_cmpint((int)claims_failure(&claims, G_MAXUINT32, true), ==, RAPPORTEUR_ERROR_CORRUPT);
	claims.documents = 1;
	g_assert_cmpint((int)claims_failure(&claims, RAPPORTEUR_ERROR_SCANNED, true), ==, RAPPORTEUR_ERROR_CORRUPT);
}

static void check_message(const char *sent, const char *want)
{
	struct job job = { .path = (char *)"/papers/re\033port.pdf" };
	struct claims claims = { .job = &job };
	g_autofree char *got = claims_message(&claims, "cannot read ", sent, strlen(sent));

	g_assert_cmpstr(got, ==, want);
}

static void test_messages(void)
{
	check_message("cannot read '/papers/re\033port.pdf': is damaged", "cannot read '/papers/re port.pdf': is damaged");
	check_message("run this as root", "cannot read '/papers/re port.pdf': run this as root");
	check_message("cannot read '/papers/other.pdf': x", "cannot read '/papers/re port.pdf': cannot read '/papers/other.pdf': x");
	check_message("", "cannot read '/papers/re port.pdf': ");
}

static void check_printable(const char *s, const char *want)
{
	g_autofree char *got = printable(s, s ? strlen(s) : 0);

	g_assert_cmpstr(got, ==, want);
}

static void test_printable(void)
{
	check_printable(NULL, "");
	check_printable("a\tb\nc\033[2J\x7f", "a b c [2J ");
	check_printable("\xc2\x9b" "1m", " 1m");
	check_printable("a\xe2\x80\xae" "b\xe2\x81\xa6" "c\xef\xbb\xbf" "d\xe2\x80\x8f" "e\xc2\xad", "abcde");
	check_printable("a\xe2\x80\xa8" "b\xe2\x80\xa9", "a b ");
	check_printable("\xf3\xa0\x81\x81x", "x");	/* a tag */
	check_printable("\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae", "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae");
	check_printable("Gr\xc3\xb6\xc3\x9f" "e \xff", "Gr\xc3\xb6\xc3\x9f" "e \xef\xbf\xbd");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/claims/ids", test_ids);
	g_test_add_func("/claims/names", test_names);
	g_test_add_func("/claims/said-by-a-person", test_said_by_a_person);
	g_test_add_func("/claims/failures", test_failures);
	g_test_add_func("/claims/messages", test_messages);
	g_test_add_func("/claims/printable", test_printable);
	return g_test_run();
}
