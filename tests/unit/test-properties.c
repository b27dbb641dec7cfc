/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-properties.c - titles, authors and dates of files, and what is none.
 */
#include "corpus/reader/properties.h"

static void test_titles(void)
{
	static const char *const good[] = {
		"Background paper on peatlands", "Untitled landscapes of the north", "Bericht", "Report 2019", "Slides for a dry season",
		"Доклад о торфяниках", "泥炭地报告",
	};
	static const char *const bad[] = {
		"", "  ", "Untitled", "Untitled 1", "Document1", "PowerPoint Presentation", "Präsentation", "PowerPoint-Präsentation",
		"Présentation PowerPoint", "Slide 1", "Folie 3", "Microsoft Word - report.doc", "report_final.docx", "annual_report_v2",
		"12345", "1734567(E)", "https://house.example/report", "---", "minutes", "Click to edit Master title style",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
		g_autoptr(Document) doc = document_new();

		doc->path = "files/minutes.docx";
		properties_title(doc, good[i]);
		g_assert_cmpstr(doc->file_title, ==, good[i]);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(Document) doc = document_new();

		doc->path = "files/minutes.docx";
		properties_title(doc, bad[i]);
		g_assert_cmpstr(doc->file_title, ==, NULL);
	}
}

static void test_title_once(void)
{
	g_autoptr(Document) doc = document_new();

	properties_title(doc, NULL);
	properties_title(doc, " The\r\n  salt\troads\x01 ");
	properties_title(doc, "Another");
	g_assert_cmpstr(doc->file_title, ==, "The salt roads");
}

static void test_authors(void)
{
	g_autoptr(Document) doc = document_new();

	properties_author(doc, NULL);
	properties_author(doc, "user");
	properties_author(doc, "Anna Bell; jbell; python-docx ;House of Salt");
	properties_author(doc, "bell@house.example");
	properties_author(doc, "Windows User");
	properties_author(doc, "IHB");
	g_assert_cmpstr(doc->file_authors, ==, "Anna Bell; House of Salt; IHB");
}

static void check_dates(const char *created, const char *modified, const char *wanted)
{
	g_autoptr(Document) doc = document_new();

	properties_dates(doc, created, modified);
	g_assert_cmpstr(doc->file_date, ==, wanted);
}

static void test_dates(void)
{
	check_dates("2017-10-23T09:00:00Z", "2017-11-02T10:00:00Z", "2017-10-23");
	check_dates("2006-09-16T00:00:00Z", "2017-11-02T10:00:00Z", "2017-11-02");
	check_dates("D:20171023090000+02'00'", NULL, "2017-10-23");
	check_dates("2017-10", "1601-01-01T00:00:00Z", "2017-10");
	check_dates("2017", NULL, "2017");
	check_dates("2017-13-40", "", NULL);
	check_dates("soon", NULL, NULL);
	check_dates(NULL, NULL, NULL);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/properties/titles", test_titles);
	g_test_add_func("/properties/title-once", test_title_once);
	g_test_add_func("/properties/authors", test_authors);
	g_test_add_func("/properties/dates", test_dates);
	return g_test_run();
}
