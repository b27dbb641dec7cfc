# SPDX-License-Identifier: GPL-2.0-or-later
"""routes.py - from a source (sources.py) to a file, by real programs.

Each route is a function (source, out, **options) that writes the file out. What a
route needs is in NEEDS; missing() says what of it is not here. Files do not depend
on the clock or on the machine: clean() takes dates and identifiers out of those of
programs that cannot be told so.
"""
import html
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile

import sources

EPOCH = "1700000000"
DATE = "20231114221320"
ISO = "2023-11-14T22:13:20Z"


def run(*command, cwd=None, text=None):
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "FORCE_SOURCE_DATE": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=cwd, input=text, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout[-1500:]} {done.stderr[-1500:]}")
    return done.stdout


# ---- the same bytes every time ---------------------------------------------------------

def clean(path):
    if path.endswith(".pdf"):
        clean_pdf(path)
    elif path.endswith((".docx", ".pptx", ".odt", ".odp")):
        clean_package(path)


def clean_pdf(path):
    """Dates and identifiers of the same length, so that no place in the file moves."""
    with open(path, "rb") as file:
        data = file.read()
    data = re.sub(rb"D:\d{14}(Z|[+-]\d\d'\d\d'?)?", lambda m: (b"D:" + DATE.encode() + (m[1] or b"")), data)
    data = re.sub(rb"(<xmp:(?:Create|Modify|Metadata)Date>)(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)", lambda m: m[1] + ISO[:19].encode(), data)
    data = re.sub(rb"<[0-9A-Fa-f]{32}>(\s*)<[0-9A-Fa-f]{32}>", lambda m: b"<" + b"0" * 32 + b">" + m[1] + b"<" + b"0" * 32 + b">", data)
    data = re.sub(rb"(/DocChecksum ?/)[0-9A-F]{32}", lambda m: m[1] + b"0" * 32, data)
    with open(path, "wb") as file:
        file.write(data)


def clean_package(path):
    with zipfile.ZipFile(path) as old:
        parts = [(info.filename, old.read(info)) for info in old.infolist()]
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts:
            if "thumbnail" in name.lower():
                data = b""
            if name in ("meta.xml", "docProps/core.xml", "docProps/app.xml", "settings.xml", "META-INF/manifest.xml"):
                data = re.sub(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?<", b">" + ISO.encode() + b"<", data)
                data = re.sub(rb'(config:name="Rsid(?:Root)?" config:type="int">)\d+', rb"\g<1>1", data)
                data = re.sub(rb">P?T?[\dHMS]+S<|(<TotalTime>)\d+<", lambda m: (m[1] or b"") + (b">PT0S<" if not m[1] else b"0<"), data)
            info = zipfile.ZipInfo(name, (2023, 11, 14, 22, 13, 20))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(info, data)


# ---- pandoc ------------------------------------------------------------------------------

def walk_divs(source, make):
    """The source with each of our Divs replaced by what make(name, blocks) gives, a list of blocks."""
    made = []
    for one in source["blocks"]:
        if one["t"] == "Div" and one["c"][0][1] and one["c"][0][1][0] in ("pullquote", "pagebreak", "caption"):
            made += make(one["c"][0][1][0], one["c"][1])
        else:
            made.append(one)
    return {**source, "blocks": made}


def raw(form, text):
    return {"t": "RawBlock", "c": [form, text]}


def pandoc(source, out, *arguments):
    run("pandoc", "-f", "json", "-o", out, *arguments, text=json.dumps(source))


def page_breaks(source, break_block):
    source = walk_divs(source, lambda name, blocks: [break_block] if name == "pagebreak" else [sources.div(name, blocks)])
    return sources.flat_quotes(source)


DOCX_BREAK = raw("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>')


def docx_pandoc(source, out, **_):
    pandoc(page_breaks(source, DOCX_BREAK), out)


def odt_pandoc(source, out, **_):
    pandoc(sources.flat_quotes(source), out)


def html_figures(source):
    def make(name, blocks):
        if name == "pagebreak":
            return [raw("html", '<div style="break-before:page"></div>')]
        *quoted, caption = blocks
        lines = [sources.plain_text([line]).strip() for line in caption["c"][1]]
        return [raw("html", '<figure class="pullquote"><blockquote>'), *quoted,
                raw("html", "</blockquote><figcaption><strong>%s</strong><br>%s</figcaption></figure>" %
                    (html.escape(lines[0]), "<br>".join(html.escape(line) for line in lines[1:])))]
    return walk_divs(source, make)


def html_pandoc(source, out, figures=True, **_):
    shaped = html_figures(source) if figures else page_breaks(source, raw("html", '<div style="break-before:page"></div>'))
    pandoc(shaped, out, "-s", "--metadata", "pagetitle=" + title_of(source))


def title_of(source):
    meta = source["meta"].get("title")
    if meta:
        return sources.plain_text([{"t": "Para", "c": meta["c"]}]).strip()
    for one in source["blocks"]:
        if one["t"] == "Header":
            return sources.plain_text([one]).strip()
    return "Untitled"


SITE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "site.html")


SLIDE_STYLE = "<style>@page { size: 25.4cm 14.3cm; margin: 1cm }</style>"


def html_site(source, out, slides=False, **_):
    """In the page of a web site: navigation, a cookie banner, related links, a footer (site.html)."""
    body = subprocess.run(["pandoc", "-f", "json", "-t", "html", "--wrap=none"], input=json.dumps(html_figures(source)),
                          capture_output=True, text=True, check=True).stdout
    with open(SITE, encoding="utf-8") as file:
        page = file.read()
    with open(out, "w", encoding="utf-8") as file:
        file.write(page.replace("@TITLE@", html.escape(title_of(source))).replace("@BODY@", body).replace("</head>", (SLIDE_STYLE if slides else "") + "</head>"))


def text_plain(source, out, **_):
    """Plain text in lines of 72 characters; a form feed before what begins a page."""
    parts, blocks = [], []
    for one in [*source["blocks"], sources.PAGE_BREAK]:
        if one == sources.PAGE_BREAK:
            parts.append(sources.pandoc(json.dumps(sources.flat_quotes({**source, "meta": {}, "blocks": blocks})),
                                        "-f", "json", "-t", "plain", "--columns=72"))
            blocks = []
        else:
            blocks.append(one)
    with open(out, "w", encoding="utf-8") as file:
        file.write("\f".join(parts))


def markdown(source, out, **_):
    pandoc(sources.flat_quotes(source), out, "-t", "markdown-smart-simple_tables-multiline_tables-grid_tables", "--wrap=none")


# ---- LaTeX ---------------------------------------------------------------------------------

HEAD = r"""
\usepackage{fancyhdr}
\pagestyle{fancy}\fancyhf{}
\fancyhead[L]{\small\scshape %s}\fancyhead[R]{\small\nouppercase{\leftmark}}\fancyfoot[C]{\thepage}
\renewcommand{\sectionmark}[1]{\markboth{#1}{}}
\setlength{\headheight}{14pt}
\emergencystretch=2em
"""
# Floats at the top or foot of a page or column, in large italics between rules.
PULL = (r"\begin{figure}[tb]\centering\rule{0.9\linewidth}{0.4pt}\par\medskip\parbox{0.86\linewidth}{\Large\itshape\raggedright %s}"
        r"\par\medskip{\small\bfseries %s}\par{\small %s}\par\rule{0.9\linewidth}{0.4pt}\end{figure}")


def latex_text(blocks):
    made = subprocess.run(["pandoc", "-f", "json", "-t", "latex-smart"], input=json.dumps(sources.document(blocks)),
                          capture_output=True, text=True, check=True).stdout
    return made.strip().replace("\n\n", r"\par ")


def latex_quotes(source):
    def make(name, blocks):
        if name == "pagebreak":
            return [raw("latex", r"\clearpage")]
        *quoted, caption = blocks
        name_line, *roles = caption["c"][1]
        plain = [{"t": "Para", "c": name_line["c"][0]["c"]}] if name_line["c"][0]["t"] == "Strong" else [name_line]
        return [raw("latex", PULL % (latex_text(quoted), latex_text(plain), r"\par ".join(latex_text([role]) for role in roles)))]
    return walk_divs(source, make)


def tables_as_lines(source):
    """LaTeX has no tables that go over pages in two columns: a row is a line."""
    def lines(block):
        heads, bodies = block["c"][3][1], [row for body in block["c"][4] for row in body[3]]
        rows = [[sources.plain_text([cell[4]]).strip() for cell in row[1]] for row in [*heads, *bodies]]
        return sources.para(*[" \u2003 ".join(cell for cell in row if cell) for row in rows])
    return {**source, "blocks": [lines(one) if one["t"] == "Table" else one for one in source["blocks"]]}


PAPER = {False: "geometry:margin=2.8cm", True: "geometry:papersize={25.4cm,14.3cm},margin=1cm,includehead,includefoot"}


def latex(source, out, engine="xelatex", columns=1, running="", floats=True, variables=(), header="", to="latex", notes=False, slides=False):
    source = tables_as_lines(source) if columns == 2 else source
    shaped = latex_quotes(source) if floats else page_breaks(source, raw("latex", r"\clearpage"))
    fonts = ["-V", "mainfont=Latin Modern Roman"] if engine == "xelatex" else ["-V", "fontenc=T1"]
    with tempfile.NamedTemporaryFile("w", suffix=".tex", encoding="utf-8") as head:
        head.write((HEAD % running if running else "") + header)
        head.flush()
        pandoc(shaped, out, "-t", to, "--pdf-engine", engine, "-H", head.name, *fonts, "-V", "papersize=a4",
               *(["-V", "classoption=twocolumn", "-V", "geometry:margin=2cm", "-V", "indent"] if columns == 2 else
                 ["-V", PAPER[slides]] if to == "latex" else []),
               *[part for name in variables for part in ("-V", name)])


def pdf_latex(source, out, **options):
    latex(source, out, **options)


def pdf_columns(source, out, **options):
    latex(source, out, columns=2, **options)


def tex_line(line):
    spaces = len(line) - len(line.lstrip())
    words = line.strip()
    for old, new in (("\\", "\0"), ("{", "\\{"), ("}", "\\}"), ("\0", "\\textbackslash{}"), ("#", "\\#"), ("$", "\\$"), ("%", "\\%"),
                     ("&", "\\&"), ("_", "\\_"), ("^", "\\^{}"), ("~", "\\~{}"), ("[", "{[}"), ("]", "{]}")):
        words = words.replace(old, new)
    words = re.sub(" {2,}", lambda m: r"\hspace{%.1fem}" % (0.5 * len(m[0])), words)
    return (r"\hspace*{%.1fem}" % (0.5 * spaces) if spaces else "") + words


def is_slides(text):
    """Is a text a deck, and not on paper?"""
    n_lines = sum(bool(line.strip()) for line in text.split("\n"))
    return text.count("\f") > 4 and n_lines < 16 * (text.count("\f") + 1)


def pdf_lines(text, out, **_):
    """Plain text printed line by line and page by page, as a house set it that broke lines there."""
    pages = []
    slides = is_slides(text)
    for page in text.split("\f"):
        chunks = re.split(r"\n[ \t]*\n", page.strip("\n"))
        pages.append("\n\n".join("\\\\\n".join(tex_line(line) for line in chunk.split("\n") if line.strip())
                                 for chunk in chunks if chunk.strip()) or r"\mbox{}")
    body = "\n\n\\clearpage\n\n".join(pages)
    tex = (r"\documentclass[9pt,a4paper]{extarticle}\usepackage{fontspec}\setmainfont{DejaVu Serif}"
           r"\usepackage[%s]{geometry}" % ("papersize={25.4cm,14.3cm},margin=1cm" if slides else "margin=2cm") +
           r"\pagestyle{empty}\setlength{\parindent}{0pt}\setlength{\parskip}{1.2ex}"
           r"\raggedright\begin{document}\raggedright" + "\n" + body + "\n" + r"\end{document}" + "\n")
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "page.tex"), "w", encoding="utf-8") as file:
            file.write(tex)
        run("xelatex", "-interaction=batchmode", "-halt-on-error", "page.tex", cwd=folder)
        shutil.copy(os.path.join(folder, "page.pdf"), out)


def pdf_beamer(source, out, **options):
    latex(sources.flat_quotes(source), out, to="beamer", floats=False, **options)


def pptx_pandoc(source, out, **_):
    pandoc(sources.flat_quotes(source), out, "--slide-level=2")


# ---- LibreOffice ----------------------------------------------------------------------------

TEMPLATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "template.fodt")
FRAME = ('<text:p text:style-name="Anchor"><draw:frame text:anchor-type="paragraph" draw:style-name="PullFrame" svg:width="7cm" draw:z-index="0">'
         '<draw:text-box fo:min-height="1cm">%s</draw:text-box></draw:frame></text:p>')


def office(paths, form, folder):
    """Converts all in one start of the program, in a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        run("soffice", "-env:UserInstallation=file://" + profile, "--headless", "--convert-to", form, "--outdir", folder, *paths)


def fodt_quotes(source):
    def make(name, blocks):
        if name == "pagebreak":
            return [raw("opendocument", '<text:p text:style-name="PageBreak"/>')]
        *quoted, caption = blocks
        lines = [("Quotations", sources.plain_text([one]).strip()) for one in quoted]
        lines += [("PullName" if not n else "PullRole", sources.plain_text([one]).strip()) for n, one in enumerate(caption["c"][1])]
        return [raw("opendocument", FRAME % "".join('<text:p text:style-name="%s">%s</text:p>' % (style, html.escape(line))
                                                    for style, line in lines))]
    return walk_divs(source, make)


A4_PAGE = 'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2.5cm"'
SLIDE_PAGE = 'fo:page-width="25.4cm" fo:page-height="14.3cm" fo:margin="0.8cm"'


def fodt(source, out, running="", frames=True, slides=False):
    shaped = fodt_quotes(source) if frames else page_breaks(source, raw("opendocument", '<text:p text:style-name="PageBreak"/>'))
    with open(TEMPLATE, encoding="utf-8") as file:
        template = file.read().replace("@RUNNING@", html.escape(running)).replace(A4_PAGE, SLIDE_PAGE if slides else A4_PAGE)
    with tempfile.NamedTemporaryFile("w", suffix=".opendocument", encoding="utf-8") as made:
        made.write(template)
        made.flush()
        pandoc(shaped, out, "-t", "opendocument", "--template", made.name)


def by_office(source, outs, **options):
    """The same source as each of the files in outs; they differ in their ending."""
    with tempfile.TemporaryDirectory() as folder:
        flat = os.path.join(folder, "source.fodt")
        fodt(source, flat, **options)
        for out in outs:
            form = out.rsplit(".", 1)[1]
            office([flat], form, folder)
            shutil.move(os.path.join(folder, "source." + form), out)


def convert(path, out):
    with tempfile.TemporaryDirectory() as folder:
        form = out.rsplit(".", 1)[1]
        office([path], form, folder)
        shutil.move(os.path.join(folder, os.path.splitext(os.path.basename(path))[0] + "." + form), out)


# ---- Chromium ---------------------------------------------------------------------------------

def pdf_chromium(page, out):
    """Prints an HTML file as a reader at a screen would, with the browser's own head and foot."""
    with tempfile.TemporaryDirectory() as profile:
        # the page is read from a place whose name stands for nothing
        shown = os.path.join(profile, "page.html")
        shutil.copy(page, shown)
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + profile,
            "--no-pdf-header-footer", "--print-to-pdf=" + os.path.abspath(out), "file://" + shown)


PROGRAMS = {"pandoc": "pandoc", "latex": "xelatex", "office": "soffice", "chromium": "chromium"}


def missing(*needs):
    return [PROGRAMS[need] for need in needs if not shutil.which(PROGRAMS[need])]
