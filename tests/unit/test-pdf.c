/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-pdf.c - pages to blocks: layout on pieces laid out by hand, the worked
 * examples of tests/cases/formats/pdf, and files that cannot be read.
 */
#include "tests/unit/formats.h"

#include "corpus/error.h"
#include "corpus/reader/pdf/blocks.h"

#define PAGE_WIDTH 600.0f
#define PAGE_HEIGHT 800.0f
#define SIZE 10.0f
#define LINEAR_PIECES 30000u
#define LINEAR_SECONDS 20	/* of a sanitized build on a busy machine */

enum { TEXT, BOLD, BIG, SMALL, N_STYLES };

static struct pdf *new_pdf(void)
{
	static const float sizes[N_STYLES] = { SIZE, SIZE, 16, 7 };
	struct pdf *pdf = pdf_new();

	for (int i = 0; i < N_STYLES; i++) {
		struct pdf_style style = { .font = g_strdup("Serif"), .size = sizes[i], .bold = i == BOLD };

		g_array_append_val(pdf->styles, style);
	}
	return pdf;
}

static void add_page(struct pdf *pdf)
{
	struct pdf_page page = { .width = PAGE_WIDTH, .height = PAGE_HEIGHT, .first = pdf->pieces->len };

	g_array_append_val(pdf->pages, page);
}

/* A piece whose base line is at y; half a size for a character. */
static void add(struct pdf *pdf, float x, float y, int style, const char *text)
{
	struct pdf_style *type = pdf_style_at(pdf, style);
	struct pdf_piece piece = { .style = (guint16)style, .size = type->size, .words = 1, .chars = (guint32)strlen(text) };

	piece.box = (struct pdf_box){ x, y - 0.8f * type->size, x + (float)piece.chars * type->size / 2, y + 0.2f * type->size };
	for (const char *blank = text; (blank = strchr(blank, ' ')); blank++)
		piece.words++;
	piece.first_x1 = x + (float)strcspn(text, " ") * type->size / 2;
	piece.bold = type->bold ? piece.chars : 0;
	piece.raised = *text == PDF_MARK_OPEN;
	piece.text.start = (guint32)pdf->text->len;
	g_string_append(pdf->text, text);
	piece.text.end = (guint32)pdf->text->len;
	type->chars += piece.chars;
	g_array_append_val(pdf->pieces, piece);
	pdf_page_at(pdf, pdf->pages->len - 1)->n++;
}

/* n lines of some 50 characters, 12 points apart, each beginning with its name; the last
 * ends with `end`. */
static void add_column(struct pdf *pdf, float x, float y, const char *name, int n, char end)
{
	for (int i = 0; i < n; i++) {
		g_autofree char *line = g_strdup_printf("%s%d words that fill a line of the column here%c", name, i, i + 1 < n ? ',' : end);

		add(pdf, x, y + (float)i * 12, TEXT, line);
	}
}

static char *dump(struct pdf *pdf)
{
	g_autoptr(Document) doc = document_new();
	g_autoptr(Draft) draft = draft_new(doc);
	GString *out = g_string_new(NULL);
	GArray *blocks;

	pdf_body(pdf);
	pdf_furniture(pdf);
	pdf_layout(pdf);
	pdf_leading(pdf);
	blocks = pdf_blocks(pdf);
	pdf_mend(pdf, blocks);
	pdf_headings(pdf, blocks, NULL);
	pdf_flow(pdf, blocks, draft);
	pdf_blocks_free(blocks);
	g_assert_true(draft_finish(draft, NULL));
	formats_check(doc);
	for (guint i = 0; i < doc->blocks->len; i++)
		formats_dump_block(doc, document_block(doc, i), out);
	return g_string_free(out, FALSE);
}

/* The parts stand in the text in this order. */
static void assert_order(const char *text, ...)
{
	const char *at = text, *part;
	va_list parts;

	va_start(parts, text);
	while ((part = va_arg(parts, const char *))) {
		const char *found = strstr(at, part);

		if (!found)
			g_error("'%s' is not there, or too early, in:\n%s", part, text);
		at = found + strlen(part);
	}
	va_end(parts);
}

static void test_columns(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	add(pdf, 60, 60, BIG, "A heading over both of the columns of this page");
	add_column(pdf, 40, 100, "left", 20, ',');
	add_column(pdf, 310, 100, "right", 20, '.');
	add(pdf, 60, 380, BIG, "Another heading between the columns of this page");
	add_column(pdf, 40, 420, "third", 10, ',');
	add_column(pdf, 310, 420, "fourth", 10, '.');
	text = dump(pdf);
	assert_order(text, "heading 1 page 1: A heading over", "left0", "left19", "right0", "right19", "heading 1 page 1: Another", "third0", "third9",
	             "fourth0", NULL);
}

static void test_box(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	add_column(pdf, 40, 100, "text", 30, '.');
	for (int i = 0; i < 6; i++)	/* its lines are not level with those of the text */
		add(pdf, 340, 180 + (float)i * 15, TEXT, "words in a box beside it,");
	text = dump(pdf);
	assert_order(text, "text0", "text29", "words in a box beside it, words in a box", NULL);
	g_assert_null(strstr(text, "row"));
}

static void test_table(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;
	static const char *const cells[][3] = {
		{ "Harbour", "Ships", "Tonnes" }, { "Alm", "12", "4000" }, { "Berg and the isles", "7", "1500" }, { "Cove", "31", "9250" },
	};

	add_page(pdf);
	add_column(pdf, 40, 100, "text", 8, '.');
	for (guint i = 0; i < G_N_ELEMENTS(cells); i++)
		for (guint k = 0; k < 3; k++)
			add(pdf, 40 + (float)k * 150, 240 + (float)i * 14, TEXT, cells[i][k]);
	text = dump(pdf);
	assert_order(text, "row page 1: Harbour|Ships|Tonnes\n", "row page 1: Alm|12|4000\n", "row page 1: Berg and the isles|7|1500\n", NULL);
}

static void test_furniture(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	for (int i = 0; i < 4; i++) {
		g_autofree char *foot = g_strdup_printf("%d", i + 11), *name = g_strdup_printf("page%d-", i);

		add_page(pdf);
		add(pdf, 40, 40, TEXT, "Report of the Harbour Board");
		add_column(pdf, 40, 100, name, 30, ',');
		add(pdf, 40, 460, TEXT, "It ended there.");
		add(pdf, 300, 760, TEXT, foot);
	}
	text = dump(pdf);
	assert_order(text, "furniture page 1: Report of the Harbour Board", "furniture page 2: Report", "furniture page 4: Report", NULL);
	g_assert_null(strstr(text, "paragraph page 2: Report"));
	g_assert_cmpstr(pdf_page_at(pdf, 0)->label, ==, "11");
	g_assert_cmpstr(pdf_page_at(pdf, 3)->label, ==, "14");
}

/* "inter-" and "national" are one word, which stands elsewhere in one piece; "policy-making" has a
 * hyphen of its own; "Asia-Pacific" goes on with a capital. */
static void test_hyphens(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	add(pdf, 40, 100, TEXT, "An international body, it is said here, and policy-making");
	add(pdf, 40, 112, TEXT, "is what it is for, says each of its members of the inter-");
	add(pdf, 40, 124, TEXT, "national house in which it meets, and where policy-");
	add(pdf, 40, 136, TEXT, "making has a room of its own with a view on the Asia-");
	add(pdf, 40, 148, TEXT, "Pacific coast and on all of the other coasts there are.");
	text = dump(pdf);
	assert_order(text, "the international house", "where policy-making has", "the Asia-Pacific coast", NULL);
}

static void test_over_pages(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	for (int i = 0; i < 2; i++) {
		add_page(pdf);
		add_column(pdf, 40, 100, i ? "more" : "text", 40, ',');
		add(pdf, 40, 640, SMALL, i ? "\x01" "2\x02 A second note at the foot" : "\x01" "1\x02 A note at the foot of the page");
	}
	text = dump(pdf);
	assert_order(text, "footnote [1] page 1: A note at the foot", "paragraph page 1: text0", "|more0", "page-break", "footnote [2] page 2: A second",
	             NULL);
}

static void test_pull_quote(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	add_column(pdf, 40, 100, "text", 15, ',');
	add(pdf, 60, 320, BIG, "\xe2\x80\x9cWe closed the locks in winter and");
	add(pdf, 60, 340, BIG, "nobody had asked the skippers.\xe2\x80\x9d");
	add(pdf, 60, 360, SMALL, "Ann Bell, Harbour Board");
	add_column(pdf, 40, 400, "more", 15, '.');
	text = dump(pdf);
	assert_order(text, "paragraph page 1: text0", "here, more0", "more14", "pull-quote page 1: \xe2\x80\x9cWe closed", "caption page 1: Ann Bell", NULL);
}

/* A label in bold type that goes on in plain type is no heading; what reads like a name in the type of
 * other headings is one. */
static void test_labels(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	pdf_style_at(pdf, SMALL)->size = 11;
	pdf_style_at(pdf, SMALL)->bold = true;
	add_page(pdf);
	add(pdf, 40, 60, SMALL, "Second reading of the bill");
	add_column(pdf, 40, 100, "text", 20, '.');
	add(pdf, 40, 380, SMALL, "Harbour Dues Bill");
	add(pdf, 50, 420, BOLD, "1. Ms Ann BELL");
	add(pdf, 40, 432, TEXT, "(Outer Skerries): What has the council done,");
	add_column(pdf, 40, 444, "more", 5, '.');
	add(pdf, 50, 520, BOLD, "The SECRETARY OF WORKS");
	add(pdf, 40, 532, TEXT, "(Mr John REED): I thank the member, and I");
	add_column(pdf, 40, 544, "rest", 5, '.');
	text = dump(pdf);
	assert_order(text, "heading 1 page 1: Second", "text0", "heading 1 page 1: Harbour Dues Bill",
	             "item 1 [1.] page 1: Ms Ann BELL (Outer Skerries): What", "paragraph page 1: The SECRETARY OF WORKS (Mr John REED): I thank", NULL);
}

/* A note whose number is not raised is one where the text has the raised number. */
static void test_plain_note(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	for (int i = 0; i < 2; i++) {
		add_page(pdf);
		add_column(pdf, 40, 100, "text", 20, ',');
		add(pdf, 40, 340, TEXT, i ? "and nobody had asked for it." : "words that bear a mark\x01" "1\x02 and go on over the end of page");
		if (i)
			continue;
		add(pdf, 40, 700, SMALL, "1 The register is kept in the house of the harbour, and it was revised in the");
		add(pdf, 50, 708, SMALL, "year of the flood.");
	}
	text = dump(pdf);
	assert_order(text, "footnote [1] page 1: The register", "in the year of the flood.", NULL);
}

/* A paragraph of one line that is nearly full, and the next below it. */
static void test_full_line(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	add_column(pdf, 40, 100, "text", 10, '.');
	add(pdf, 52, 220, TEXT, "Ms Bell: Nobody has been asked for it, ever then.");
	add(pdf, 52, 232, TEXT, "Mr Reed: I have been asked, and I have told those");
	add_column(pdf, 40, 244, "more", 10, '.');
	text = dump(pdf);
	assert_order(text, "paragraph page 1: Ms Bell", "paragraph page 1: Mr Reed: I have been asked, and I have told those more0", NULL);
}

/* Pages of letters and books are no slides, however few their words are. */
static void test_upright(void)
{
	g_autoptr(Pdf) pdf = new_pdf();

	add_page(pdf);
	add(pdf, 40, 100, TEXT, "A few words");
	pdf_body(pdf);
	g_assert_true(pdf->upright);
	pdf_page_at(pdf, 0)->width = PAGE_HEIGHT;
	pdf_body(pdf);
	g_assert_false(pdf->upright);
}

/* Lines that stand level, but go on from the ones above: a strip of quotations, read one after the other. */
static void test_strip(void)
{
	static const char *const words[3][5] = {
		{ "The lock was shut in", "the winter of the flood,", "which was no good", "for the boats of us.", "Ann Bell, skipper" },
		{ "I have carried the", "newspapers for all of", "my years and have", "read one of them.", "John Reed, carrier" },
		{ "Nobody has ever got", "around to asking me", "what it is that I", "think about at night.", "a voice from the hall" },
	};
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	for (int line = 0; line < 5; line++)
		for (int column = 0; column < 3; column++)
			add(pdf, 40 + 180 * (float)column, 100 + 12 * (float)line, TEXT, words[column][line]);
	text = dump(pdf);
	assert_order(text, "The lock was shut in the winter", "for the boats of us.", "Ann Bell", "I have carried the newspapers for all of my years", "John Reed",
	             "Nobody has ever got around to asking me what", "a voice", NULL);
}

/* Turned, empty, far-off and overlapping pieces in numbers: what is read depends on no order of them. */
/* Most paragraphs are of one line: what a full line is followed by tells how far apart lines are. */
static void test_short_paragraphs(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	for (int i = 0; i < 20; i++)
		add(pdf, 40, 60 + (float)i * 18, TEXT, "Of one line");
	for (int i = 0; i < 4; i++)
		add_column(pdf, 40, 440 + (float)i * 42, "text", 3, '.');
	text = dump(pdf);
	assert_order(text, "Of one line\n", "Of one line\n", "text0", "text2", "text0", NULL);
	g_assert_null(strstr(text, "line Of"));
}

/* First lines stand in: a line that ends early above another first line is no part of its paragraph. */
static void test_first_lines(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	add_column(pdf, 40, 60, "before", 4, '.');
	add(pdf, 55, 108, TEXT, "Plenary");
	add(pdf, 55, 120, TEXT, "The delegates met on the first of the three days");
	add_column(pdf, 40, 132, "rest", 3, '.');
	add(pdf, 55, 168, TEXT, "2. WORDS OF WELCOME");
	add(pdf, 55, 180, TEXT, "The mayor said to the delegates that all was well");
	add_column(pdf, 40, 192, "again", 3, '.');
	text = dump(pdf);
	assert_order(text, ": Plenary\n", ": The delegates met on", "rest0", "WORDS OF WELCOME\n", ": The mayor said", "again0", NULL);
}

/* A number that counts on begins an item although the line above is full and ends no sentence. */
static void test_counted(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	add(pdf, 40, 60, TEXT, "4. The first of them spoke at some length to all.");
	add(pdf, 40, 90, TEXT, "5. The second of them spoke for much longer to all.");
	add(pdf, 40, 102, TEXT, "ITEM 7 OF THE AGENDA WAS THE CLOSING OF THE SESSION");
	add(pdf, 40, 114, TEXT, "6. The third of them spoke for a minute, in the year");
	add(pdf, 40, 126, TEXT, "3. That was all that there was to be said about it.");
	text = dump(pdf);
	assert_order(text, "[4.] page 1: The first", "[5.] page 1: The second", "[6.] page 1: The third of them spoke for a minute, in the year 3. That", NULL);
}

/* Capitals are broken as small letters are. */
static void test_split_capitals(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	add(pdf, 90, 60, BIG, "MINUTES OF THE MEET-");
	add(pdf, 90, 78, BIG, "ING IN THE HARBOUR");
	add_column(pdf, 40, 110, "text", 6, '.');
	text = dump(pdf);
	assert_order(text, "heading 1 page 1: MINUTES OF THE MEETING IN THE HARBOUR", NULL);
}

/* A line that is the first of two pages, far apart, where others have text, is no running head. */
static void test_no_furniture(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	static const char *const names[] = { "one", "two", "three", "four", "five", "six" };

	for (int i = 0; i < 6; i++) {

		add_page(pdf);
		if (i == 1 || i == 5)
			add(pdf, 40, 60, TEXT, "Ann Bell, Head of the Harbour Office");
		add_column(pdf, 40, i == 1 || i == 5 ? 84 : 60, names[i], 8, '.');
	}
	text = dump(pdf);
	assert_order(text, "page 2: Ann Bell", "page 6: Ann Bell", NULL);
	g_assert_null(strstr(text, "furniture"));
}

/* Words that are spread to fill the line are no cells of a row. */
static void test_stretched(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	for (int i = 0; i < 2; i++) {	/* "Dried" at 40 + 25 + 60, and so on */
		add(pdf, 40, 60 + (float)i * 12, TEXT, "Dried");
		add(pdf, 125, 60 + (float)i * 12, TEXT, "books");
		add(pdf, 210, 60 + (float)i * 12, TEXT, "first");
	}
	for (int i = 0; i < 2; i++)	/* to where the text ends */
		add(pdf, i ? 260 : 40, 84, TEXT, i ? "BELL" : "Ann");
	add_column(pdf, 40, 110, "text", 6, '.');
	text = dump(pdf);
	assert_order(text, "Dried books first", "Ann BELL", NULL);
	g_assert_null(strstr(text, "row"));
}

/* Cells that stand close, but begin at the same place in each line. */
static void test_close_cells(void)
{
	static const char *const rows[][3] = { { "Judith Dhondt (Chair)", "JD", "Royal Archive" }, { "Mads Reed", "MR", "Tape Laboratory" },
		{ "Ann Bell", "AB", "House of the Coast" } };
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		for (guint k = 0; k < 3; k++)
			add(pdf, k ? 135 + 20 * (float)k : 40, 60 + 12 * (float)i, TEXT, rows[i][k]);
	add_column(pdf, 40, 130, "text", 6, '.');
	for (int i = 0; i < 4; i++)	/* numbers of notes are no cells */
		add(pdf, i % 2 ? 60 : 40, 300 + 12 * (float)(i / 2), TEXT, i % 2 ? "See the report of last year." : "12");
	text = dump(pdf);
	g_assert_null(strstr(text, "12|See"));
	assert_order(text, "Judith Dhondt (Chair)|JD|Royal Archive", "Mads Reed|MR|Tape Laboratory", "Ann Bell|AB|House", NULL);
}

/* What goes on in a small letter is the same paragraph, however early the line ended; what stands below a typed rule is not;
 * "(ret.)" ends no sentence. */
static void test_ends(void)
{
	static const char *const pairs[] = { "We asked one thing:", "who lives there.", "A word with Admiral (ret.)", "Ann Bell-Reed", "________",
		"See the report of last year", "The delegates had been asked to come in May or June.", "B. OPENING SESSION" };
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	add_column(pdf, 40, 60, "text", 6, '.');
	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
		add(pdf, 40, 150 + 50 * (float)(i / 2) + 12 * (float)(i % 2), TEXT, pairs[i]);
	text = dump(pdf);
	assert_order(text, "thing:~who lives there.", "(ret.)~Ann Bell-Reed", "________\n", ": See the report", "or June.\n", ": B. OPENING", NULL);
}

/* Items that are set as paragraphs are: a line that stands in again is no part of them, however full the line above is. */
static void test_items_as_paragraphs(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_page(pdf);
	add_column(pdf, 40, 60, "before", 4, '.');
	add(pdf, 55, 108, TEXT, "1. The delegates met on the first of three days");
	add(pdf, 40, 120, TEXT, "and stayed to hear what was said of the harbour (2).");
	add(pdf, 55, 132, TEXT, "ITEM 5: THE FUNDING OF THE LIGHTS AND THE BUOYS");
	add(pdf, 55, 144, TEXT, "2. The mayor said to the delegates that all was well");
	add_column(pdf, 40, 156, "again", 3, '.');
	text = dump(pdf);
	assert_order(text, "[1.] page 1: The delegates", "harbour (2).\n", ": ITEM 5: THE FUNDING OF THE LIGHTS AND THE BUOYS\n", "[2.] page 1: The mayor", NULL);
}

/* Paragraphs of one line at the heads of pages, set as all text is, are text. */
static void test_heads_of_text(void)
{
	static const char *const words[] = { "It was agreed", "The mayor left", "Nobody spoke", "They had lunch", "All was said" };
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		add_page(pdf);
		add(pdf, 40, 60, TEXT, words[i]);
		add_column(pdf, 40, 90, words[i], 8, '.');
	}
	text = dump(pdf);
	assert_order(text, "page 1: It was agreed\n", "page 3: Nobody spoke\n", NULL);
	g_assert_null(strstr(text, "furniture"));
}

static void add_slide(struct pdf *pdf, const char *title)
{
	struct pdf_page page = { .width = 400, .height = 300, .first = pdf->pieces->len };

	g_array_append_val(pdf->pages, page);
	add(pdf, 40, 60, BIG, title);
}

/* A name on a slide is a line of its own, whatever room there is beside it; and lines around one middle are one block. */
static void test_title_slide(void)
{
	g_autoptr(Pdf) pdf = new_pdf();
	g_autofree char *text = NULL;

	add_slide(pdf, "Harbours at night");
	add(pdf, 147.5f, 120, TEXT, "Dr. Ann Bell");
	add(pdf, 95, 132, TEXT, "Professor of Harbours, University");
	add(pdf, 147.5f, 144, TEXT, "of the Coast");
	add_slide(pdf, "Another title");
	add(pdf, 40, 100, TEXT, "Some words on it");
	add(pdf, 40, 112, TEXT, "Dr. John Reed");
	text = dump(pdf);
	assert_order(text, "Dr. Ann Bell~Professor of Harbours, University of the Coast", "Some words on it~Dr. John Reed", NULL);
}

static void test_linear(void)
{
	for (int shape = 0; shape < 4; shape++) {
		g_autoptr(Pdf) pdf = new_pdf();
		g_autofree char *text = NULL;
		gint64 start = g_get_monotonic_time();

		add_page(pdf);
		for (guint i = 0; i < LINEAR_PIECES; i++) {
			float x = shape == 0 ? 0 : shape == 1 ? (float)(i % 200) * 30 : (float)((i * 7919) % 6000);
			float y = shape == 0 ? (float)i : shape == 1 ? (float)(i / 200) * 12 : shape == 2 ? 5 : (float)((i * 104729) % 8000);

			add(pdf, x, y, (int)(i % N_STYLES), shape == 3 ? "a-" : "a word of it");
		}
		text = dump(pdf);
		g_assert_cmpint((g_get_monotonic_time() - start) / G_USEC_PER_SEC, <, LINEAR_SECONDS);
	}
}

/* ---- files ---- */

static char *document_path(const char *name)
{
	const char *srcdir = g_getenv("srcdir");

	return g_build_filename(srcdir ? srcdir : ".", "tests", "cases", "formats", "documents", name, NULL);
}

static void refused(gconstpointer data)
{
	static const struct { const char *name; int code; const char *reason; } files[] = {
		{ "encrypted.pdf", RAPPORTEUR_ERROR_UNSUPPORTED, "is encrypted" },
		{ "scanned.pdf", RAPPORTEUR_ERROR_SCANNED, "has no text: 2 pages of pictures" },
		{ "cut.pdf", RAPPORTEUR_ERROR_CORRUPT, "is damaged" },
	};
	guint i = GPOINTER_TO_UINT(data);
	g_autofree char *path = document_path(files[i].name), *bytes = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Document) doc = NULL;
	gsize len;

	g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	doc = formats_read(files[i].name, bytes, len, FORMAT_PDF, NULL, &error);
	g_assert_null(doc);
	g_assert_error(error, RAPPORTEUR_ERROR, files[i].code);
	g_assert_nonnull(strstr(error->message, files[i].reason));
	g_assert_nonnull(strstr(error->message, files[i].name));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pdf/layout/columns", test_columns);
	g_test_add_func("/pdf/layout/box", test_box);
	g_test_add_func("/pdf/layout/table", test_table);
	g_test_add_func("/pdf/layout/strip", test_strip);
	g_test_add_func("/pdf/furniture", test_furniture);
	g_test_add_func("/pdf/hyphens", test_hyphens);
	g_test_add_func("/pdf/over-pages", test_over_pages);
	g_test_add_func("/pdf/pull-quote", test_pull_quote);
	g_test_add_func("/pdf/labels", test_labels);
	g_test_add_func("/pdf/plain-note", test_plain_note);
	g_test_add_func("/pdf/full-line", test_full_line);
	g_test_add_func("/pdf/upright", test_upright);
	g_test_add_func("/pdf/short-paragraphs", test_short_paragraphs);
	g_test_add_func("/pdf/first-lines", test_first_lines);
	g_test_add_func("/pdf/counted", test_counted);
	g_test_add_func("/pdf/split-capitals", test_split_capitals);
	g_test_add_func("/pdf/no-furniture", test_no_furniture);
	g_test_add_func("/pdf/stretched", test_stretched);
	g_test_add_func("/pdf/close-cells", test_close_cells);
	g_test_add_func("/pdf/ends", test_ends);
	g_test_add_func("/pdf/items-as-paragraphs", test_items_as_paragraphs);
	g_test_add_func("/pdf/heads-of-text", test_heads_of_text);
	g_test_add_func("/pdf/title-slide", test_title_slide);
	g_test_add_func("/pdf/linear", test_linear);
	g_test_add_data_func("/pdf/encrypted", GUINT_TO_POINTER(0), refused);
	g_test_add_data_func("/pdf/scanned", GUINT_TO_POINTER(1), refused);
	g_test_add_data_func("/pdf/cut", GUINT_TO_POINTER(2), refused);
	formats_add_cases("pdf");
	return g_test_run();
}
