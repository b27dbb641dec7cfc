#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""formats.py - the judged documents in every format: what is lost on the way.

  formats.py [BUILD]                         every judged document by every route
  formats.py --set genres --route pdf BUILD  one set; the routes whose names begin so
  formats.py --misses BUILD                  every probe that the plain text has right and the format has not
  formats.py --keep FOLDER BUILD             the files made, for another run

Each document of the judged sets (attribution.py) is turned into each format by real
programs (tests/formats/routes.py); what a missing program would make is left out, and
said so. A Markdown source goes through pandoc. A plain text is taken back to what its
author wrote, without running heads, lines joined to paragraphs where they were broken
for want of room, and form feeds are page breaks; pdf-lines prints it as it is, line by
line. A deck goes on slides, and in no columns. By route, over all documents:

  recall, precision   of the words of all passages, against the plain text's passages
  like                words with the same speaker, kind and neighbours as in the plain text
  pages               passages on the page where pdftotext sees their first words
  head                passages with words of the running head, the navigation or the like
  kind speaker wrong panel all   the judges' probes, as in attribution.py

"text" is the plain text itself, "text-flow" the text after that: what the other routes
were given, but for pdf-lines. A reader is as good as the difference to these two is small.
"""
import argparse
import glob
import os
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "formats")]

import attribution  # noqa: E402
import judge  # noqa: E402
import routes  # noqa: E402
import sources  # noqa: E402

RUNNING = "Proceedings of the Umbrella Society"     # on each page that we head; in no document
FOREIGN = ["proceedings of the umbrella society", "we use cookies to count our visitors", "subscribe to our newsletter",
           "you may also like", "all rights reserved topics from", "skip to main content"]


class Document:
    def __init__(self, path):
        self.path, self.name = path, os.path.splitext(os.path.basename(path))[0]
        with open(path, encoding="utf-8", errors="replace") as file:
            self.text = file.read()
        self.markdown = path.endswith((".md", ".markdown"))
        self.made = None

    @property
    def slides(self):
        return not self.markdown and routes.is_slides(self.text)

    @property
    def source(self):
        if self.made is None:
            self.made = sources.from_markdown(self.text) if self.markdown else sources.from_text(sources.without_running(self.text))
        return {**self.made, "blocks": list(self.made["blocks"])}


def copy(one, folder):
    shutil.copy(one.path, folder)


def each(write, ending):
    """A route that makes one file of one source."""
    return lambda one, folder: write(one.source, os.path.join(folder, one.name + ending))


def flow(one, folder):
    write, ending = (routes.markdown, ".md") if one.markdown else (routes.text_plain, ".txt")
    write(one.source, os.path.join(folder, one.name + ending))


def latex(columns):
    def write(one, folder):
        out = os.path.join(folder, one.name + ".pdf")
        header = r"\setmainfont{DejaVu Serif}" if columns == 1 else ""
        routes.latex(one.source, out, columns=columns, running=RUNNING, header=header, variables=["fontsize=10pt"], slides=one.slides)
    return write


def lines(one, folder):
    routes.pdf_lines(one.text, os.path.join(folder, one.name + ".pdf"))


def office_source(one, folder):
    routes.fodt(one.source, os.path.join(folder, one.name + ".fodt"), running=RUNNING, slides=one.slides)


def print_page(one, folder):
    page = os.path.join(folder, one.name + ".html")
    routes.html_site(one.source, page, slides=one.slides)
    routes.pdf_chromium(page, os.path.join(folder, one.name + ".pdf"))
    os.remove(page)


# name, what it needs, what makes one file, the form in which LibreOffice then writes all of them
ROUTES = [
    ("text", (), copy, None),
    ("text-flow", ("pandoc",), flow, None),
    ("docx-pandoc", ("pandoc",), each(routes.docx_pandoc, ".docx"), None),
    ("docx-libreoffice", ("pandoc", "office"), office_source, "docx"),
    ("odt-pandoc", ("pandoc",), each(routes.odt_pandoc, ".odt"), None),
    ("odt-libreoffice", ("pandoc", "office"), office_source, "odt"),
    ("html-pandoc", ("pandoc",), each(routes.html_pandoc, ".html"), None),
    ("html-site", ("pandoc",), each(routes.html_site, ".html"), None),
    ("pdf-lines", ("latex",), lines, None),
    ("pdf-latex", ("pandoc", "latex"), latex(1), None),
    ("pdf-columns", ("pandoc", "latex"), latex(2), None),
    ("pdf-libreoffice", ("pandoc", "office"), office_source, "pdf"),
    ("pdf-chromium", ("pandoc", "chromium"), print_page, None),
]


def make_files(documents, route, folder):
    """The folder filled with the documents in that form; says what could not be made."""
    name, _, make, form = route
    for one in documents:
        if glob.glob(os.path.join(folder, glob.escape(one.name) + ".*")) or \
                (one.markdown and name == "pdf-lines") or (one.slides and name == "pdf-columns"):
            continue
        try:
            make(one, folder)
        except Exception as fault:  # a program that fails costs one file
            print(f"  {name}: {one.name} could not be made: {str(fault).strip()[-200:]}", file=sys.stderr)
    flat = sorted(glob.glob(os.path.join(folder, "*.fodt")))
    for at in range(0, len(flat), 40):
        routes.office(flat[at:at + 40], form, folder)
    for path in flat:
        os.remove(path)


class Row:
    def __init__(self):
        self.score = attribution.Score()
        self.documents = self.heads = self.pages = self.paged = 0
        self.wanted, self.common, self.got = 0, 0, 0
        self.alike, self.statements = 0, 0

    def add_words(self, wanted, got):
        self.wanted += sum(wanted.values())
        self.got += sum(got.values())
        self.common += sum((wanted & got).values())

    def add_likeness(self, plain, some):
        a, b = judge.statements(plain), judge.statements(some)
        self.alike += 2 * sum((a & b).values())
        self.statements += sum(a.values()) + sum(b.values())

    def add_pages(self, path, some):
        pages = judge.pdf_pages(path)
        for passage in some:
            key = judge.letters(passage["text"])[:judge.KEY]
            on = [n for n, page in enumerate(pages, 1) if key in page]
            if len(key) == judge.KEY and len(on) == 1:
                self.paged += 1
                self.pages += passage["page"] == on[0]

    def line(self, name):
        share = self.score.share
        pages = f"{self.pages / self.paged:.3f}" if self.paged else "    -"
        return (f"{name:17} {self.documents:4} {self.common / max(1, self.wanted):7.4f} {self.common / max(1, self.got):9.4f}"
                f" {self.alike / max(1, self.statements):6.3f} {pages:>6} {self.heads:5} "
                + " ".join(f"{share(one):7.3f}" for one in ("found", "kind", "speaker", "wrong", "panel", "all"))
                + f"  {self.score.count['join right']}/{self.score.count['join']}"
                  f" {self.score.count['absent right']}/{self.score.count['absent']}")


HEADING = (f"{'route':17} docs  recall precision   like  pages  head " +
           " ".join(f"{one:>7}" for one in ("found", "kind", "speaker", "wrong", "panel", "all")) + "  joined furniture-out")


def misses_of(probes, plain, some):
    """Probes that are right in the plain text and wrong here, with what is here."""
    for probe in probes:
        if not probe.get("join") and not probe.get("absent"):
            was, now = attribution.judge(probe, plain), attribution.judge(probe, some)
            if was[1] and was[2] and was[4] and not (now[1] and now[2] and now[4]):
                got = now[5] or {}
                yield (f"  {probe['doc']}: {probe['excerpt'][:60]!r} wants {probe['kind']}/{probe['speaker']}/{probe.get('panel', '')}"
                       f" has {got.get('kind')}/{attribution.speaker_name(got.get('speaker'))}/{(got.get('panel') or {}).get('label')}")


def judged(folder, names, route, one_set, build, plain, row, show):
    """Adds what became of one set's documents to the row; gives the passages."""
    paths = [path for path in sorted(glob.glob(os.path.join(folder, "*"))) if os.path.splitext(os.path.basename(path))[0] in names]
    read, said = judge.passages(build, *paths, options=("keep",)) if paths else ({}, "")
    if said.strip() and show:
        print("\n".join("  " + line for line in said.strip().splitlines()[:20]))
    made = {os.path.splitext(os.path.basename(path))[0]: path for path in paths}
    texts = {name: [(attribution.words(passage["text"]), passage) for passage in some] for name, some in read.items()}
    for name in sorted(made):
        some, whole = read.get(name, []), (plain or read).get(name, [])
        row.documents += bool(some)
        row.add_words(judge.all_words(whole), judge.all_words(some))
        row.add_likeness(whole, some)
        row.heads += sum(any(head in text for head in FOREIGN) for text, _ in texts.get(name, []))
        if made[name].endswith(".pdf"):
            row.add_pages(made[name], some)
    for probe in one_set.probes:
        if probe["doc"] in made:
            row.score.add(probe, texts.get(probe["doc"], []), False)
    if show and plain:
        known = {name: [(attribution.words(passage["text"]), passage) for passage in some] for name, some in plain.items()}
        for probe in one_set.probes:
            if probe["doc"] in made:
                for line in misses_of([probe], known.get(probe["doc"], []), texts.get(probe["doc"], [])):
                    print(f"{route[0]}:{line}")
    return read


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", nargs="?", default=".")
    parser.add_argument("--shared", default=os.path.join(attribution.SOURCE, "..", "shared"))
    parser.add_argument("--set", action="append", help="only this set; may be repeated (default: genres and corpus)")
    parser.add_argument("--route", action="append", help="only routes whose names begin so; may be repeated")
    parser.add_argument("--document", action="append", help="only documents whose names begin so; may be repeated")
    parser.add_argument("--keep", help="make the files here, and use what is there")
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    found = [one for one in attribution.sets(chosen.shared) if one.name in (chosen.set or ["genres", "corpus"])]
    with tempfile.TemporaryDirectory(prefix="formats-") as scratch:
        top = chosen.keep or scratch
        print(HEADING)
        plains = {}
        for route in ROUTES:
            if chosen.route and route[0] != "text" and not route[0].startswith(tuple(chosen.route)):
                continue
            lost = routes.missing(*route[1])
            if lost:
                print(f"{route[0]:17} left out: {', '.join(lost)} is not here")
                continue
            measure(route, found, top, chosen, plains)


def measure(route, found, top, chosen, plains):
    row = Row()
    for one_set in found:
        paths = [path for path in sorted(glob.glob(os.path.join(one_set.corpus, "*"))) if path.endswith((".txt", ".md"))]
        documents = [Document(path) for path in paths]
        documents = [one for one in documents if not chosen.document or one.name.startswith(tuple(chosen.document))]
        folder = os.path.join(top, one_set.name, route[0])
        os.makedirs(folder, exist_ok=True)
        make_files(documents, route, folder)
        if not os.listdir(folder):
            continue
        read = judged(folder, {one.name for one in documents}, route, one_set, chosen.build, plains.get(one_set.name), row, chosen.misses)
        if route[0] == "text":
            plains[one_set.name] = read
    print(row.line(route[0]), flush=True)


if __name__ == "__main__":
    main()
