/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-ooxml.c - text documents and presentations of Office: constructs one by one in
 * parts written here, whole files of tests/cases/formats/{docx,pptx}/CASE (made by
 * tests/formats/office.py), and damage.
 */
#include "corpus/error.h"
#include "corpus/reader/formats.h"
#include "corpus/reader/numerals.h"
#include "corpus/reader/office/docx-lists.h"
#include "tests/unit/formats.h"
#include "tests/unit/packing.h"

#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_RELATIONS "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""
#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"" RELATIONS "\" " \
          "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" " \
          "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" " \
          "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" xmlns:v=\"urn:schemas-microsoft-com:vml\""

static const char styles[] = "<w:styles " W ">"
	"<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Standard\"><w:name w:val=\"Normal\"/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"Kapitel\"><w:name w:val=\"Kapitel\"/><w:basedOn w:val=\"berschrift1\"/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"Num2\"><w:name w:val=\"Numbered 2\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId "
	"w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"Zitat\"><w:name w:val=\"Quote\"/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"V1\"><w:name w:val=\"toc 1\"/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"VH\"><w:name w:val=\"TOC Heading\"/><w:basedOn w:val=\"berschrift1\"/><w:pPr><w:outlineLvl "
	"w:val=\"9\"/></w:pPr></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"L1\"><w:name w:val=\"loop\"/><w:basedOn w:val=\"L2\"/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"L2\"><w:name w:val=\"loop 2\"/><w:basedOn w:val=\"L1\"/></w:style>"
	"<w:style w:type=\"character\" w:styleId=\"Geheim\"><w:name w:val=\"Secret\"/><w:rPr><w:vanish/></w:rPr></w:style>"
	"</w:styles>";

#define LEVEL(i, format, text) "<w:lvl w:ilvl=\"" i "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format "\"/><w:lvlText w:val=\"" text "\"/></w:lvl>"
static const char numbering[] = "<w:numbering " W ">"
	"<w:abstractNum w:abstractNumId=\"0\">" LEVEL("0", "decimal", "%1.") LEVEL("1", "decimal", "%1.%2") LEVEL("2", "lowerLetter", "(%3)")
		"</w:abstractNum>"
	"<w:abstractNum w:abstractNumId=\"1\">" LEVEL("0", "bullet", "\xef\x82\xb7") LEVEL("1", "upperRoman", "%2)") "</w:abstractNum>"
	"<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
	"<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>"
	"<w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride></w:num>"
	"</w:numbering>";

static const char footnotes[] = "<w:footnotes " W ">"
	"<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>"
	"<w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/><w:t> See the ledger.</w:t></w:r></w:p></w:footnote>"
	"<w:footnote w:id=\"3\"><w:p><w:r><w:t>First line.</w:t></w:r></w:p><w:p><w:r><w:t>Second line.</w:t></w:r></w:p></w:footnote>"
	"</w:footnotes>";

static const char relations[] = "<Relationships " PACKAGE_RELATIONS ">"
	"<Relationship Id=\"r1\" Type=\"" RELATIONS "/styles\" Target=\"styles.xml\"/>"
	"<Relationship Id=\"r2\" Type=\"" RELATIONS "/numbering\" Target=\"/words/numbering.xml\"/>"
	"<Relationship Id=\"r3\" Type=\"" RELATIONS "/footnotes\" Target=\"../words/footnotes.xml\"/>"
	"<Relationship Id=\"r4\" Type=\"" RELATIONS "/settings\" Target=\"settings.xml\"/>"
	"<Relationship Id=\"r5\" Type=\"" RELATIONS "/diagramData\" Target=\"diagram.xml\"/>"
	"</Relationships>";

static const char *settings = "<w:settings " W "/>";

static const char tree[] = "<d:dataModel xmlns:d=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" "
	"xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><d:ptLst><d:pt modelId=\"0\" type=\"doc\"/>"
	"<d:pt modelId=\"1\"><d:t><a:p><a:r><a:t>Salt</a:t></a:r></a:p></d:t></d:pt><d:pt modelId=\"2\"><d:t><a:p><a:r><a:t>by sea</a:t></a:r>"
	"</a:p></d:t>"
	"</d:pt></d:ptLst><d:cxnLst><d:cxn srcId=\"0\" destId=\"1\"/><d:cxn srcId=\"1\" destId=\"2\"/></d:cxnLst></d:dataModel>";

static const char root[] = "<Relationships " PACKAGE_RELATIONS ">"
	"<Relationship Id=\"r1\" Type=\"" RELATIONS "/officeDocument\" Target=\"words/main.xml\"/></Relationships>";

static const char types[] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
	"<Override PartName=\"/words/main.xml\" "
	"ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";

/* The blocks of a document with that body, without the line that names the format. */
static char *read_body(const char *body, const char *note_part, GError **error)
{
	g_autofree char *main = g_strdup_printf("<w:document " W "><w:body>%s</w:body></w:document>", body);
	const char *const parts[] = {
		"[Content_Types].xml", types, "_rels/.rels", root, "words/main.xml", main, "words/_rels/main.xml.rels", relations,
		"words/styles.xml", styles, "words/numbering.xml", numbering, "words/footnotes.xml", note_part ? note_part : footnotes,
		"words/settings.xml", settings, "words/diagram.xml", tree, NULL,
	};
	g_autoptr(GBytes) bytes = packing_of(parts);
	gsize len;
	const char *s = g_bytes_get_data(bytes, &len);
	g_autoptr(Document) doc = NULL;
	g_autofree char *dump = NULL;

	g_assert_cmpint(reader_format("x", s, len), ==, FORMAT_DOCX);
	doc = formats_read("x.docx", s, len, FORMAT_DOCX, NULL, error);
	dump = doc ? formats_dump(doc) : NULL;
	return dump ? g_strdup(strchr(dump, '\n') + 1) : NULL;
}

static void check(const char *body, const char *wanted)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *got = read_body(body, NULL, &error);

	g_assert_no_error(error);
	g_assert_cmpstr(got, ==, wanted);
}

#define RUN(text) "<w:r><w:t>" text "</w:t></w:r>"
#define P(properties, content) "<w:p><w:pPr>" properties "</w:pPr>" content "</w:p>"
#define STYLE(id) "<w:pStyle w:val=\"" id "\"/>"
#define LIST(id, level) "<w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" id "\"/></w:numPr>"

static void test_headings(void)
{
	check(P(STYLE("berschrift1"), RUN("One")) P(STYLE("Kapitel"), RUN("Two")) P("<w:outlineLvl w:val=\"2\"/>", RUN("Three")) P("", RUN("Four")),
	      "heading 1: One\nheading 1: Two\nheading 3: Three\nparagraph: Four\n");
	check(P(STYLE("Titel"), RUN("The title")) P(STYLE("berschrift1"), RUN("One")), "heading 1: The title\nheading 2: One\n");
	/* a style that is nowhere described speaks by its id; a circle of styles says nothing */
	check(P(STYLE("Heading3"), RUN("One")) P(STYLE("Titre2"), RUN("Two")) P(STYLE("L1"), RUN("Three")),
	      "heading 3: One\nheading 2: Two\nparagraph: Three\n");
	check(P(STYLE("Num2"), RUN("Roads")) P(STYLE("Num2"), RUN("Salt")), "heading 2: 1.1 Roads\nheading 2: 1.2 Salt\n");
	check(P(STYLE("Zitat"), RUN("Salt is patient.")), "quotation: Salt is patient.\n");
}

static void test_lists(void)
{
	check(P(LIST("1", "0"), RUN("a")) P(LIST("1", "1"), RUN("b")) P(LIST("1", "1"), RUN("c")) P(LIST("1", "2"), RUN("d"))
	      P(LIST("1", "0"), RUN("e"))
	      P(LIST("1", "1"), RUN("f")),
	      "item 1 [1.]: a\nitem 2 [1.1]: b\nitem 2 [1.2]: c\nitem 3 [(a)]: d\nitem 1 [2.]: e\nitem 2 [2.1]: f\n");
	check(P(LIST("2", "0"), RUN("a")) P(LIST("2", "1"), RUN("b")) P(LIST("2", "1"), RUN("c")),
	      "item 1 [•]: a\nitem 2 [I)]: b\nitem 2 [II)]: c\n");
	/* another list of the same definition goes on, unless it says where it starts */
	check(P(LIST("1", "0"), RUN("a")) P(LIST("3", "0"), RUN("b")) P(LIST("3", "0"), RUN("c")) P(LIST("9", "0"), RUN("d"))
	      P(LIST("0", "0"), RUN("e")),
	      "item 1 [1.]: a\nitem 1 [7.]: b\nitem 1 [8.]: c\nparagraph: d\nparagraph: e\n");
}

static void test_numbers(void)
{
	static const struct { const char *format; guint number; const char *wanted; } cases[] = {
		{ "decimal", 12, "12" }, { "lowerRoman", 1994, "mcmxciv" }, { "upperRoman", 4, "IV" }, { "upperRoman", 50000, "50000" },
		{ "lowerLetter", 26, "z" }, { "upperLetter", 28, "BB" }, { "lowerLetter", 0, "0" }, { "decimalZero", 7, "07" },
		{ "ordinal", 1, "1st" }, { "ordinal", 12, "12th" }, { "ordinal", 103, "103rd" }, { "japaneseCounting", 3, "3" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new(NULL);

		numeral_append(out, cases[i].number, docx_numeral(cases[i].format));
		g_assert_cmpstr(out->str, ==, cases[i].wanted);
	}
}

static void test_revisions(void)
{
	check("<w:p><w:r><w:t>Salt </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:ins>" RUN("always ") "</w:ins>" RUN("pays.")
	      "<w:moveFrom>" RUN(" gone") "</w:moveFrom><w:moveTo>" RUN(" here") "</w:moveTo></w:p>", "paragraph: Salt always pays. here\n");
	check(P("<w:rPr><w:del/></w:rPr>", RUN("One ")) P("", RUN("two.")), "paragraph: One two.\n");
	check(P(STYLE("berschrift1") "<w:pPrChange><w:pPr>" STYLE("Standard") "</w:pPr></w:pPrChange>", RUN("One")), "heading 1: One\n");
	check("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden </w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"Geheim\"/></w:rPr><w:t>secret </w:t></w:r>"
	      "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>seen</w:t></w:r></w:p>", "paragraph: seen\n");
	check("<w:p>" RUN("text") "<w:commentRangeStart w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r></w:p>", "paragraph: text\n");
}

static void test_runs(void)
{
	check("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r></w:p>",
	      "paragraph: a\tb~c-de\n");
	check("<w:p><w:hyperlink>" RUN("link") "</w:hyperlink><w:smartTag>" RUN(" tag") "</w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>"
	      RUN(" control") "</w:sdtContent></w:sdt>"
	      "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" RUN("Click here") "</w:sdtContent></w:sdt></w:p>",
		      "paragraph: link tag control\n");
	check("<w:p><w:r><w:ruby><w:rt>" RUN("kan") "</w:rt><w:rubyBase>" RUN("感")
	      "</w:rubyBase></w:ruby></w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>",
	      "paragraph: 感x=1\n");
	check(P("<w:framePr w:dropCap=\"drop\"/>", RUN("S")) P("", RUN("alt pays.")), "paragraph: Salt pays.\n");
}

#define FIELD(type) "<w:r><w:fldChar w:fldCharType=\"" type "\"/></w:r>"
#define INSTRUCTION(text) "<w:r><w:instrText>" text "</w:instrText></w:r>"

static void test_fields(void)
{
	check("<w:p>" RUN("on ") FIELD("begin") INSTRUCTION(" DATE \\@ x ") FIELD("separate") RUN("3 May") FIELD("end") RUN(" in")
	      "<w:fldSimple w:instr=\"PAGE\">" RUN(" 5") "</w:fldSimple></w:p>",
	      "paragraph: on 3 May in 5\n");
	check("<w:p>" FIELD("begin") INSTRUCTION(" IF ") FIELD("begin") INSTRUCTION("X") FIELD("separate") RUN("inner") FIELD("end")
	      FIELD("separate") RUN("shown") FIELD("end") "</w:p>",
	      "paragraph: shown\n");
	/* one that is never separated must not hide what follows */
	check("<w:p>" FIELD("begin") INSTRUCTION(" XE ") RUN("lost") "</w:p>" P("", RUN("found")), "paragraph: found\n");
	check(P(STYLE("VH"), RUN("Contents")) "<w:p>" FIELD("begin") INSTRUCTION(" TOC \\o ") FIELD("separate")
	      "<w:r><w:t>Roads</w:t><w:tab/><w:t>4</w:t></w:r></w:p>"
	      P(STYLE("V1"), "<w:r><w:t>2</w:t><w:tab/><w:t>Salt</w:t><w:tab/><w:t>12</w:t></w:r>") "<w:p>" FIELD("end") RUN("a text") "</w:p>",
	      "heading 1: Contents\nparagraph: Roads ........ 4\nparagraph: 2\tSalt ........ 12\nparagraph: a text\n");
}

#define BOX(text) "<w:txbxContent>" P("", RUN(text)) "</w:txbxContent>"

static void test_boxes(void)
{
	check("<w:p>" RUN("before ") "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx>" BOX("boxed") "</wps:txbx></mc:Choice>"
	      "<mc:Fallback><w:pict><v:textbox>" BOX("boxed") "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>" RUN("after") "</w:p>",
	      "paragraph: before after\nparagraph: boxed\n");
	check("<w:p><w:r><w:pict><v:textbox>" BOX("old box") "</v:textbox></w:pict></w:r></w:p>", "paragraph: old box\n");
}

#define CELL(content) "<w:tc>" content "</w:tc>"
#define LONG \
	"The road of the salt was long and the carts were heavy so that the drivers of the house walked beside them for many days and many nights."

static void test_tables(void)
{
	check("<w:tbl><w:tr>" CELL(P("", RUN("Name"))) CELL(P("", RUN("House"))) "</w:tr><w:tr>" CELL(P("", RUN("Bell")) P("", RUN("Chair")))
	      CELL(P("", RUN("Salt"))) "</w:tr></w:tbl>",
	      "row: Name|House\nrow: Bell~Chair|Salt\n");
	check("<w:tbl><w:tr>" CELL(P(STYLE("berschrift1"), RUN("Box")) P("", RUN("in a box"))) "</w:tr></w:tbl>",
	      "heading 1: Box\nparagraph: in a box\n");
	check("<w:tbl><w:tr>" CELL(P("", RUN(LONG)) P("", RUN(LONG)) P("", RUN(LONG))) CELL(P("", RUN("margin"))) "</w:tr></w:tbl>",
	      "paragraph: " LONG "\nparagraph: " LONG "\nparagraph: " LONG "\nparagraph: margin\n");
	check("<w:tbl><w:tr>" CELL(P("", RUN("a"))) CELL(P("", RUN("b"))) "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" CELL(P("", RUN("c")))
	      CELL(P("", RUN("d"))) "</w:tr></w:tbl>", "row: a|b\n");
	check("<w:tbl><w:tr>" CELL("<w:tbl><w:tr>" CELL(P("", RUN("in"))) CELL(P("", RUN("ner"))) "</w:tr></w:tbl>" P("", ""))
	      CELL(P(LIST("1", "0"), RUN("out"))) "</w:tr></w:tbl>",
	      "row: in|ner\nitem 1 [1.]: out\n");
}

#define NOTE(id) "<w:r><w:footnoteReference w:id=\"" id "\"/></w:r>"

static void test_notes(void)
{
	check("<w:p>" RUN("Salt") NOTE("3") RUN(" pays") NOTE("2") RUN(".") NOTE("9") NOTE("2") "</w:p>" P("", RUN("More."))
	      P(STYLE("berschrift1"), RUN("Next")),
	      "paragraph: Salt pays.\nparagraph: More.\nfootnote [1]: First line.~Second line.\nfootnote [2]: See the ledger.\nheading 1: Next\n");
}

#define NUMBERED(properties) "<w:footnotePr>" properties "</w:footnotePr>"

/* As the document's settings say, or the section; a mark of one's own is no number. */
static void test_note_numbers(void)
{
	static const char body[] = "<w:p>" RUN("a") NOTE("3") "</w:p><w:p>" RUN("b") NOTE("2") "</w:p>";

	settings = "<w:settings " W ">" NUMBERED("<w:footnote w:id=\"-1\"/><w:numFmt w:val=\"lowerLetter\"/><w:numStart w:val=\"3\"/>")
		"</w:settings>";
	check(body, "paragraph: a\nparagraph: b\nfootnote [c]: First line.~Second line.\nfootnote [d]: See the ledger.\n");
	check(P("<w:sectPr>" NUMBERED("<w:numFmt w:val=\"upperRoman\"/>") "</w:sectPr>", RUN("a") NOTE("3"))
	      "<w:p>" RUN("b") NOTE("2") "</w:p><w:sectPr>" NUMBERED("<w:numFmt w:val=\"chicago\"/><w:numRestart w:val=\"eachSect\"/>"
	      "<w:numStart w:val=\"2\"/>") "<w:sectPrChange><w:sectPr>" NUMBERED("<w:numFmt w:val=\"decimal\"/>")
		      "</w:sectPr></w:sectPrChange></w:sectPr>",
	      "paragraph: a\nparagraph: b\nfootnote [III]: First line.~Second line.\nfootnote [†]: See the ledger.\n");
	settings = "<w:settings " W "/>";
	check("<w:p>" RUN("a") "<w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"3\"/><w:t>#</w:t></w:r></w:p>"
	      "<w:p>" RUN("b") NOTE("2") "</w:p>",
	      "paragraph: a#\nparagraph: b\nfootnote: First line.~Second line.\nfootnote [1]: See the ledger.\n");
	settings = "<w:settings " W ">" NUMBERED("<w:numRestart w:val=\"eachPage\"/>") "</w:settings>";
	check("<w:p>" RUN("a") NOTE("3") "</w:p><w:p><w:r><w:lastRenderedPageBreak/></w:r>" RUN("b") NOTE("2") "</w:p>",
	      "paragraph page 1: a\nfootnote [1] page 1: First line.~Second line.\npage-break page 1:\nparagraph page 2: b\n"
	      "footnote [1] page 2: See the ledger.\n");
	settings = "<w:settings " W "/>";
}

/* Text of SmartArt comes behind its paragraph. */
static void test_drawings_of_text(void)
{
	static const char drawing[] = "<w:r><w:drawing><d:relIds xmlns:d=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" r:dm=\"%s\"/>"
		"</w:drawing></w:r>";
	static const char *const ids[] = { "r5", "r9" };

	for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
		g_autofree char *drawn = g_strdup_printf(drawing, ids[i]), *body = g_strdup_printf("<w:p>" RUN("Two roads") "%s</w:p>", drawn);

		check(body, i ? "paragraph: Two roads\n" : "paragraph: Two roads\nitem 1: Salt\nitem 2: by sea\n");
	}
}

#define PAGE "<w:r><w:lastRenderedPageBreak/></w:r>"
#define BREAK "<w:r><w:br w:type=\"page\"/></w:r>"

static void test_pages(void)
{
	check("<w:p>" RUN("one") NOTE("2") "</w:p><w:p>" RUN("goes ") PAGE RUN("over") "</w:p>" P("", BREAK) "<w:p>" PAGE RUN("three") "</w:p>",
	      "paragraph page 1: one\nfootnote [1] page 1: See the ledger.\nparagraph page 1: goes|over\npage-break page 1:\npage-break page "
	      "2:\nparagraph page 3: three\n");
	/* without marks of its pages, a file does not say how many it has */
	check(P("", RUN("one")) P("", BREAK) P("", RUN("two")), "paragraph: one\nparagraph: two\n");
	check("<w:tbl><w:tr>" CELL("<w:p>" PAGE RUN("a") "</w:p>") CELL("<w:p>" PAGE RUN("b") "</w:p>") "</w:tr></w:tbl>" P("", RUN("c")),
	      "page-break page 1:\nrow page 2: a|b\nparagraph page 2: c\n");
}

static void test_page_labels(void)
{
	static const char body[] = P("<w:sectPr><w:pgNumType w:fmt=\"lowerRoman\"/></w:sectPr>", RUN("i")) "<w:p>" PAGE RUN("1") "</w:p>" "<w:p>"
		PAGE RUN("2") "</w:p>"
		"<w:sectPr><w:pgNumType w:start=\"1\"/></w:sectPr>";
	static const char *const wanted[] = { "i", "1", "2" };
	g_autofree char *main = g_strdup_printf("<w:document " W "><w:body>%s</w:body></w:document>", body);
	const char *const parts[] = { "word/document.xml", main, NULL };
	g_autoptr(GBytes) bytes = packing_of(parts);
	gsize len;
	const char *s = g_bytes_get_data(bytes, &len);
	g_autoptr(Document) doc = formats_read("x.docx", s, len, FORMAT_DOCX, NULL, NULL);

	for (guint i = 0, n = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);

		if (block->kind == BLOCK_PARAGRAPH)
			g_assert_cmpstr(block->page_label, ==, wanted[n++]);
	}
}

static void test_damaged(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *none = read_body("<w:p>", NULL, &error), *some = NULL;

	g_assert_null(none);
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX);
	g_assert_true(g_str_has_prefix(error->message, "cannot read 'x.docx': part 'words/main.xml', line 1: "));
	some = read_body("<w:p>" RUN("text") NOTE("2") "</w:p>", "<not", NULL);
	g_assert_cmpstr(some, ==, "paragraph: text\n");
}

/* Office files of other kinds are named, so that people know what to do with them. */
static void test_old(void)
{
	static const struct { const char *stream, *wanted; } files[] = {
		{ "EncryptedPackage", "cannot read 'x.docx': is an encrypted Office document, which this version cannot read" },
		{ "WordDocument", "cannot read 'x.docx': is an old Word document (.doc), which this version cannot read" },
		{ "Anything", "cannot read 'x.docx': is an old Office document, which this version cannot read" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autoptr(GString) s = g_string_new("\xd0\xcf\x11\xe0 WordWord");
		g_autoptr(GError) error = NULL;

		for (const char *c = files[i].stream; *c; c++) {
			g_string_append_c(s, *c);
			g_string_append_c(s, 0);
		}
		g_assert_null(formats_read("x.docx", s->str, s->len, reader_format("x.docx", s->str, s->len), NULL, &error));
		g_assert_cmpstr(error->message, ==, files[i].wanted);
	}
}

/* ---- presentations ---- */

#define PML \
	"xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" " \
	"xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"" RELATIONS "\""
#define LINE(text) "<a:p><a:r><a:t>" text "</a:t></a:r></a:p>"
#define SHAPE(properties, place, lines) \
	"<p:sp><p:nvSpPr><p:cNvPr id=\"1\" name=\"x\"/><p:nvPr>" properties "</p:nvPr></p:nvSpPr><p:spPr>" place "</p:spPr>" \
	"<p:txBody>" lines "</p:txBody></p:sp>"
#define AT(x, y) "<a:xfrm><a:off x=\"" x "\" y=\"" y "\"/><a:ext cx=\"100\" cy=\"100\"/></a:xfrm>"
#define SLIDE(shapes) "<p:sld " PML "><p:cSld><p:spTree>" shapes "</p:spTree></p:cSld></p:sld>"

static const char presentation[] = "<p:presentation "
	PML "><p:sldIdLst><p:sldId id=\"2\" r:id=\"b\"/><p:sldId id=\"1\" r:id=\"a\"/></p:sldIdLst></p:presentation>";
static const char slide_list[] = "<Relationships " PACKAGE_RELATIONS "><Relationship Id=\"a\" Type=\""
	RELATIONS "/slide\" Target=\"slides/one.xml\"/>"
	"<Relationship Id=\"b\" Type=\"" RELATIONS "/slide\" Target=\"slides/two.xml\"/></Relationships>";
static const char slide_relations[] = "<Relationships " PACKAGE_RELATIONS "><Relationship Id=\"n\" Type=\""
	RELATIONS "/notesSlide\" Target=\"../notes/n.xml\"/>"
	"<Relationship Id=\"d\" Type=\"" RELATIONS "/diagramData\" Target=\"../d.xml\"/><Relationship Id=\"c\" Type=\""
		RELATIONS "/chart\" Target=\"../c.xml\"/></Relationships>";
static const char notes_page[] = "<p:notes " PML "><p:cSld><p:spTree>" SHAPE("<p:ph type=\"sldNum\"/>", "", LINE("7"))
	SHAPE("<p:ph type=\"body\" idx=\"1\"/>", "", LINE("Say this slowly."))
	"</p:spTree></p:cSld></p:notes>";
static const char diagram[] = "<d:dataModel xmlns:d=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" "
	PML "><d:ptLst><d:pt modelId=\"3\"><d:t>" LINE("second") "</d:t></d:pt>"
	"<d:pt modelId=\"0\" type=\"doc\"/><d:pt modelId=\"1\"><d:t>" LINE("first") "</d:t></d:pt><d:pt modelId=\"2\"><d:t>" LINE("below")
		"</d:t></d:pt>"
	"<d:pt modelId=\"9\" type=\"pres\"><d:t>" LINE("not")
		"</d:t></d:pt></d:ptLst><d:cxnLst><d:cxn srcId=\"0\" destId=\"3\" srcOrd=\"1\"/><d:cxn srcId=\"0\" destId=\"1\" srcOrd=\"0\"/>"
	"<d:cxn srcId=\"1\" destId=\"2\" srcOrd=\"0\"/><d:cxn srcId=\"2\" destId=\"1\" srcOrd=\"0\"/></d:cxnLst></d:dataModel>";
static const char chart[] = "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
	PML "><c:chart><c:title><c:tx><c:rich>" LINE("Salt by year") "</c:rich></c:tx></c:title>"
	"<c:plotArea><c:title><c:rich>" LINE("axis") "</c:rich></c:title></c:plotArea></c:chart></c:chartSpace>";

static char *read_slides(const char *one, const char *two, GPtrArray *warnings)
{
	const char *const parts[] = {
		"ppt/presentation.xml", presentation, "ppt/_rels/presentation.xml.rels", slide_list, "ppt/slides/one.xml", one,
			"ppt/slides/two.xml", two,
		"ppt/slides/_rels/one.xml.rels", slide_relations, "ppt/notes/n.xml", notes_page, "ppt/d.xml", diagram, "ppt/c.xml", chart, NULL,
	};
	g_autoptr(GBytes) bytes = packing_of(parts);
	gsize len;
	const char *s = g_bytes_get_data(bytes, &len);
	g_autoptr(GError) error = NULL;
	g_autoptr(Document) doc = NULL;
	g_autofree char *dump = NULL;

	g_assert_cmpint(reader_format("x", s, len), ==, FORMAT_PPTX);
	doc = formats_read("x.pptx", s, len, FORMAT_PPTX, warnings, &error);
	g_assert_no_error(error);
	g_assert_cmpint(doc->type, ==, TYPE_SLIDES);
	dump = formats_dump(doc);
	return g_strdup(strchr(dump, '\n') + 1);
}

static void check_slide(const char *shapes, const char *wanted)
{
	g_autofree char *one = g_strdup_printf("<p:sld " PML "><p:cSld><p:spTree>%s</p:spTree></p:cSld></p:sld>", shapes);
	g_autofree char *got = read_slides(one, SLIDE(""), NULL);
	g_autofree char *whole = g_strconcat(wanted, "paragraph slide 2 notes: Say this slowly.\n", NULL);

	g_assert_cmpstr(strchr(got, '\n') + 1, ==, whole);
}

static void test_slides(void)
{
	g_autofree char *got = read_slides(SLIDE(SHAPE("<p:ph type=\"title\"/>", "", LINE("Second"))),
					   SLIDE(SHAPE("<p:ph type=\"ctrTitle\"/>", "", LINE("First"))), NULL);

	g_assert_cmpstr(got, ==,
			"heading 1 slide 1: First\nslide-break slide 1:\nheading 1 slide 2: Second\nparagraph slide 2 notes: Say this slowly.\n");
}

static void test_reading_order(void)
{
	check_slide(SHAPE("", AT("5000", "3000000"), LINE("low")) SHAPE("", AT("5000000", "1010000"), LINE("right"))
		    SHAPE("", AT("5000", "1000000"), LINE("left"))
	            SHAPE("<p:ph idx=\"2\"/>", "", LINE("body")) SHAPE("<p:ph type=\"title\"/>", "", LINE("title")),
	            "heading 1 slide 2: title\nitem 1 [•] slide 2: body\nparagraph slide 2: left\nparagraph slide 2: right\nparagraph slide 2: "
		    "low\n");
	/* what is high in its group stands low on the slide with it */
	check_slide("<p:grpSp><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"5000000\"/><a:ext cx=\"1000\" cy=\"1000\"/><a:chOff x=\"0\" y=\"0\"/>"
	"<a:chExt cx=\"10\" cy=\"10\"/></a:xfrm></p:grpSpPr>"
	            SHAPE("", AT("0", "1"), LINE("group")) "</p:grpSp>" SHAPE("", AT("0", "2000000"), LINE("alone")),
	            "paragraph slide 2: alone\nparagraph slide 2: group\n");
}

static void test_lines(void)
{
	check_slide(SHAPE("<p:ph type=\"body\" idx=\"1\"/>", "",
			  "<a:p><a:pPr lvl=\"1\"><a:buAutoNum type=\"alphaLcParenR\"/></a:pPr><a:r><a:t>one</a:t></a:r></a:p>"
	                  "<a:p><a:pPr lvl=\"1\"><a:buAutoNum type=\"alphaLcParenR\"/></a:pPr><a:r><a:t>two</a:t></a:r></a:p><a:p><a:pPr>"
			  "<a:buNone/></a:pPr><a:r><a:t>no</a:t></a:r><a:br/><a:r><a:t>bullet</a:t></a:r></a:p>"),
	            "item 2 [a)] slide 2: one\nitem 2 [b)] slide 2: two\nparagraph slide 2: no~bullet\n");
	check_slide(SHAPE("", "", LINE("Anna Bell") LINE("House of Salt") "<a:p/>" LINE("Kiel"))
		    SHAPE("<p:ph type=\"ftr\"/>", "", LINE("Salt days 2021")),
	            "paragraph slide 2: Anna Bell~House of Salt\nparagraph slide 2: Kiel\nfurniture slide 2: Salt days 2021\n");
	check_slide("<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody>" LINE("a") "</a:txBody></a:tc><a:tc><a:txBody>"
		    LINE("b") LINE("c") "</a:txBody></a:tc></a:tr></a:tbl>"
	            "</a:graphicData></a:graphic></p:graphicFrame>", "row slide 2: a|b~c\n");
}

static void test_drawings(void)
{
	check_slide("<p:graphicFrame><a:graphic><a:graphicData><d:relIds xmlns:d=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" "
	"r:dm=\"d\"/></a:graphicData></a:graphic></p:graphicFrame>"
	            "<p:graphicFrame><a:graphic><a:graphicData><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
		    "r:id=\"c\"/></a:graphicData></a:graphic></p:graphicFrame>",
	            "item 1 slide 2: first\nitem 2 slide 2: below\nitem 1 slide 2: second\nparagraph slide 2: Salt by year\n");
}

static void test_damaged_slide(void)
{
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *got = read_slides(SLIDE(SHAPE("<p:ph type=\"title\"/>", "", LINE("Whole"))), "<p:sld " PML "><p:cSld>&", warnings);

	g_assert_nonnull(strstr(got, "heading 1 slide 2: Whole\n"));
	g_assert_cmpuint(warnings->len, ==, 1);
	g_assert_cmpstr(warnings->pdata[0], ==, "'x.pptx': slide 1 is not XML to its end");
}

static void test_hidden_slide(void)
{
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *got = read_slides("<p:sld show=\"0\" " PML "><p:cSld><p:spTree>" SHAPE("", "", LINE("secret"))
					   "</p:spTree></p:cSld></p:sld>",
	                                   SLIDE(SHAPE("", "", LINE("shown"))), warnings);

	g_assert_cmpstr(got, ==, "paragraph slide 1: shown\n");
	g_assert_cmpstr(warnings->pdata[0], ==, "'x.pptx': slide 2 is hidden, and left out");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/docx/headings", test_headings);
	g_test_add_func("/docx/lists", test_lists);
	g_test_add_func("/docx/numbers", test_numbers);
	g_test_add_func("/docx/revisions", test_revisions);
	g_test_add_func("/docx/runs", test_runs);
	g_test_add_func("/docx/fields", test_fields);
	g_test_add_func("/docx/boxes", test_boxes);
	g_test_add_func("/docx/tables", test_tables);
	g_test_add_func("/docx/notes", test_notes);
	g_test_add_func("/docx/note-numbers", test_note_numbers);
	g_test_add_func("/docx/drawings", test_drawings_of_text);
	g_test_add_func("/docx/pages", test_pages);
	g_test_add_func("/docx/page-labels", test_page_labels);
	g_test_add_func("/docx/damaged", test_damaged);
	g_test_add_func("/docx/old", test_old);
	g_test_add_func("/pptx/slides", test_slides);
	g_test_add_func("/pptx/reading-order", test_reading_order);
	g_test_add_func("/pptx/lines", test_lines);
	g_test_add_func("/pptx/drawings", test_drawings);
	g_test_add_func("/pptx/damaged", test_damaged_slide);
	g_test_add_func("/pptx/hidden", test_hidden_slide);
	formats_add_cases("docx");
	formats_add_cases("pptx");
	return g_test_run();
}
