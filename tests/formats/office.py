#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""office.py CASES - Office files with what other programs than Word and PowerPoint do not write.

Marks of rendered pages, revisions, alternatives for old programs, text boxes, content controls,
numbered headings, diagrams, groups, hidden slides. CASES is the folder tests/cases/formats; each
case is CASES/{docx,pptx}/NAME/input.*, beside which a person commits expected.txt.
"""
import os
import sys
import zipfile

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="%s" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"' % OFFICE)
POINT = ('xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
         'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="%s"' % OFFICE)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def relations(*lines):
    body = "".join(f'<Relationship Id="{i}" Type="{kind if "/" in kind else OFFICE + "/" + kind}" Target="{target}"/>'
                   for i, kind, target in lines)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


def core(title, author):
    return ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f'<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>'
            '<dcterms:created>2021-04-30T08:00:00Z</dcterms:created></cp:coreProperties>')


def write(cases, name, parts):
    path = os.path.join(cases, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(zipfile.ZipInfo(part, (2021, 5, 3, 0, 0, 0)), DECLARATION + text, zipfile.ZIP_DEFLATED)


def package(main, kind, more):
    return {"[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" '
            f'ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>',
            "_rels/.rels": relations(("rId1", "officeDocument", main), ("rId2", "x/core-properties", "docProps/core.xml")), **more}


# ---- a report as Word saves it ----

def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content, style=None, properties=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    content = run(content) if "<" not in content else content
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{content}</w:p>"


def field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def item(text, number, level=0):
    return par(text, None, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(*paragraphs):
    return "<w:tc><w:tcPr/>" + "".join(par(p) if not p.startswith("<w:p>") else p for p in paragraphs) + "</w:tc>"


def box(text):
    inner = f"<w:txbxContent>{par(text)}</w:txbxContent>"
    return ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>' + inner + '</wps:txbx></wps:wsp></w:drawing></mc:Choice>'
            '<mc:Fallback><w:pict><v:shape><v:textbox>' + inner + '</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>')


PAGE = "<w:r><w:lastRenderedPageBreak/></w:r>"


def style(kind, ident, name, based="", properties=""):
    based = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{ident}"><w:name w:val="{name}"/>{based}{properties}</w:style>'


def level(index, form, text):
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def report(cases):
    contents = "".join(
        par((field("begin") + '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h </w:instrText></w:r>' + field("separate") if i == 0 else "")
            + f"{run(str(i + 1))}<w:r><w:tab/></w:r>{run(title)}<w:r><w:rPr><w:webHidden/></w:rPr><w:tab/></w:r>"
            + field("begin") + "<w:r><w:instrText> PAGEREF x </w:instrText></w:r>" + field("separate") + run(str(page)) + field("end"), "Verzeichnis1")
        for i, (title, page) in enumerate((("Roads", 2), ("Salt", 3)))) + par(field("end"))
    body = [
        par("The salt roads in winter", "Titel"), par("Report of a meeting in Kiel, 3 May 2021"), par("Contents", "Inhaltsverzeichnisberschrift"), contents,
        par(run("") + '<w:r><w:br w:type="page"/></w:r>'),
        par(PAGE + run("Roads"), "berschrift1"),
        par(run("Anna Bell, Director of the House of Salt, said that the roads ") + "<w:del>" + "<w:r><w:delText>never </w:delText></w:r>" + "</w:del><w:ins>"
            + run("always ") + "</w:ins>" + run("freeze at night.") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" She ") + PAGE + run("asked for sand.")),
        par(run("The second ") + box("Sand is slower than salt, but it stays.") + run("day was warmer.")),
        item("first point", 2), item("a point below", 2, 1), item("second point", 2), item("a bullet", 3),
        par("Salt", "berschrift1"), par("Where it comes from", "berschrift2"),
        par("Salt does not hurry.", "IntensivesZitat"),
        "<w:tbl><w:tr>" + cell("Name") + cell("House") + "</w:tr><w:tr>" + cell("Anna Bell", "Director") + cell("House of Salt") + "</w:tr></w:tbl>",
        "<w:tbl><w:tr>" + cell("A single cell is a box.") + "</w:tr></w:tbl>",
        '<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>' + par("Text in a control.") + "</w:sdtContent></w:sdt>",
        '<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>' + par("Click here to enter text.") + "</w:sdtContent></w:sdt>",
        par(run("Hidden. ", "<w:vanish/>") + run("Seen.")),
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/></w:sectPr>',
    ]
    styles = [
        style("paragraph", "Standard", "Normal"), style("paragraph", "Titel", "Title", "Standard"),
        style("paragraph", "berschrift1", "heading 1", "Standard", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>'),
        style("paragraph", "berschrift2", "heading 2", "Standard", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>'),
        style("paragraph", "Inhaltsverzeichnisberschrift", "TOC Heading", "berschrift1", '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="9"/></w:pPr>'),
        style("paragraph", "Verzeichnis1", "toc 1", "Standard"), style("paragraph", "IntensivesZitat", "Intense Quote", "Standard"),
    ]
    definitions = ['<w:abstractNum w:abstractNumId="0">' + level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + "</w:abstractNum>",
                   '<w:abstractNum w:abstractNumId="1">' + level(0, "lowerLetter", "(%1)") + level(1, "lowerRoman", "%2.") + "</w:abstractNum>",
                   '<w:abstractNum w:abstractNumId="2">' + level(0, "bullet", "\uf0b7") + "</w:abstractNum>"]
    numbers = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(3))
    write(cases, "docx/word/input.docx", package("word/document.xml", "wordprocessingml.document", {
        "word/document.xml": f'<w:document {WORD}><w:body>{"".join(body)}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations(("rId1", "styles", "styles.xml"), ("rId2", "numbering", "numbering.xml"), ("rId3", "footnotes", "footnotes.xml"),
                                                  ("rId4", "header", "header1.xml"), ("rId5", "comments", "comments.xml")),
        "word/styles.xml": f'<w:styles {WORD}>{"".join(styles)}</w:styles>',
        "word/numbering.xml": f'<w:numbering {WORD}>{"".join(definitions)}{numbers}</w:numbering>',
        "word/footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:type="separator" w:id="-1">{par("x")}</w:footnote>'
                              f'<w:footnote w:id="2">{par("<w:r><w:footnoteRef/></w:r>" + run(" Measured at Holm."))}</w:footnote></w:footnotes>',
        "word/header1.xml": f'<w:hdr {WORD}>{par("Salt days 2021")}</w:hdr>',
        "word/comments.xml": f'<w:comments {WORD}><w:comment w:id="1">{par("Is that so?")}</w:comment></w:comments>',
        "docProps/core.xml": core("The salt roads in winter", "Anna Bell")}))


# ---- a deck as PowerPoint saves it ----

def line(text, level=0, bullet=""):
    return f'<a:p><a:pPr lvl="{level}">{bullet}</a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>'


def shape(lines, placeholder="", place=None, styles=""):
    where = '<a:xfrm><a:off x="%d" y="%d"/><a:ext cx="900000" cy="400000"/></a:xfrm>' % place if place else ""
    return ('<p:sp><p:nvSpPr><p:cNvPr id="1" name="x" descr="no text"/><p:cNvSpPr/><p:nvPr>' + placeholder + f"</p:nvPr></p:nvSpPr><p:spPr>{where}</p:spPr>"
            f"<p:txBody><a:bodyPr/><a:lstStyle>{styles}</a:lstStyle>{lines}</p:txBody></p:sp>")


def slide(root, shapes, attributes=""):
    return f"<p:{root} {POINT} {attributes}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:{root}>"


TITLE, BODY, NAMES = '<p:ph type="title"/>', '<p:ph idx="1"/>', '<p:ph type="body" idx="13"/>'
FOOTER, NUMBER = '<p:ph type="ftr" idx="11"/>', '<p:ph type="sldNum" idx="12"/>'


def deck(cases):
    frame = "<p:graphicFrame><p:nvGraphicFramePr/><p:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"9\" cy=\"9\"/></p:xfrm><a:graphic><a:graphicData>%s</a:graphicData></a:graphic></p:graphicFrame>"
    diagram = '<d:relIds xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rId3"/>'
    table = "<a:tbl>" + "".join("<a:tr>" + "".join(f"<a:tc><a:txBody>{line(c)}</a:txBody></a:tc>" for c in row) + "</a:tr>" for row in (("Year", "Tonnes"), ("2020", "412"))) + "</a:tbl>"
    group = ('<p:grpSp><p:nvGrpSpPr/><p:grpSpPr><a:xfrm><a:off x="0" y="4000000"/><a:ext cx="8000000" cy="800000"/><a:chOff x="0" y="0"/><a:chExt cx="800" cy="80"/></a:xfrm></p:grpSpPr>'
             + shape(line("right in the group"), place=(500, 2)) + shape(line("left in the group"), place=(10, 5)) + "</p:grpSp>")
    footers = shape(line("Salt days 2021"), FOOTER) + shape('<a:p><a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p>', NUMBER)
    slides = [
        slide("sld", shape(line("The salt roads<br/>".replace("<br/>", " ") + "in winter"), '<p:ph type="ctrTitle"/>') + shape(line("Anna Bell") + line("Director, House of Salt"), NAMES) + footers),
        slide("sld", shape(line("Three roads"), TITLE) + shape(line("the coast") + line("by night", 1) + line("first", 0, '<a:buAutoNum type="arabicPeriod"/>')
              + line("second", 0, '<a:buAutoNum type="arabicPeriod"/>'), BODY) + group + shape(line("above the group"), place=(0, 3000000)) + footers),
        slide("sld", shape(line("Not to be shown"), TITLE), 'show="0"'),
        slide("sld", shape(line("What it takes"), TITLE) + frame % table + frame % diagram),
    ]
    parts = {"ppt/presentation.xml": f'<p:presentation {POINT}><p:sldIdLst>' + "".join(f'<p:sldId id="{256 + n}" r:id="rId{n + 1}"/>' for n in range(len(slides)))
             + '</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/></p:presentation>',
             "ppt/_rels/presentation.xml.rels": relations(*((f"rId{n + 1}", "slide", f"slides/slide{n + 1}.xml") for n in range(len(slides)))),
             "ppt/slideLayouts/slideLayout1.xml": slide("sldLayout", shape(line("Edit"), NAMES, None, "<a:lvl1pPr><a:buNone/></a:lvl1pPr>")),
             "ppt/slideLayouts/_rels/slideLayout1.xml.rels": relations(("rId1", "slideMaster", "../slideMasters/slideMaster1.xml")),
             "ppt/slideMasters/slideMaster1.xml": slide("sldMaster", shape(line("Edit"), '<p:ph type="body" idx="1"/>')).replace(
                 "</p:cSld>", '</p:cSld><p:txStyles><p:bodyStyle><a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr></p:bodyStyle></p:txStyles>'),
             "ppt/notesSlides/notesSlide2.xml": slide("notes", shape("<a:p/>", '<p:ph type="sldImg"/>') + shape(line("Wait for the laughter.") + line("Then go on."), '<p:ph type="body" idx="1"/>')),
             "ppt/diagrams/data1.xml": f'<d:dataModel xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" {POINT}><d:ptLst><d:pt modelId="0" type="doc"/>'
             + "".join(f'<d:pt modelId="{n}"><d:t>{line(text)}</d:t></d:pt>' for n, text in ((2, "spread it"), (1, "dig it"), (3, "at dusk")))
             + '</d:ptLst><d:cxnLst><d:cxn srcId="0" destId="2" srcOrd="1"/><d:cxn srcId="0" destId="1" srcOrd="0"/><d:cxn srcId="2" destId="3" srcOrd="0"/></d:cxnLst></d:dataModel>',
             "docProps/core.xml": core("PowerPoint Presentation", "Windows User")}
    for n, text in enumerate(slides):
        parts[f"ppt/slides/slide{n + 1}.xml"] = text
        parts[f"ppt/slides/_rels/slide{n + 1}.xml.rels"] = relations(
            ("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"), *([("rId2", "notesSlide", "../notesSlides/notesSlide2.xml")] if n == 1 else []),
            ("rId3", "diagramData", "../diagrams/data1.xml"))
    write(cases, "pptx/powerpoint/input.pptx", package("ppt/presentation.xml", "presentationml.presentation", parts))


if __name__ == "__main__":
    report(sys.argv[1])
    deck(sys.argv[1])
