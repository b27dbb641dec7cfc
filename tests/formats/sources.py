# SPDX-License-Identifier: GPL-2.0-or-later
"""sources.py - what the fixtures are made of: documents as pandoc's syntax tree.

A source is a pandoc document as JSON (a dict). The sample corpus is print that was
turned into text: page numbers, running heads and torn paragraphs stand in it. They
are taken out here, by what is known of that one document, so that a program can lay
the words out anew. Plain texts of other houses are taken line by line (from_text).

Two things of a source are not pandoc's own: a Div "pullquote" holds the words of a
pull quote and behind them a Div "caption", one paragraph a line; a Div "pagebreak"
is empty.
"""
import json
import re
import subprocess

PAGE_BREAK = {"t": "Div", "c": [["", ["pagebreak"], []], []]}


def pandoc(text, *arguments):
    return subprocess.run(["pandoc", *arguments], input=text, capture_output=True, text=True, check=True).stdout


def from_markdown(text):
    """Without pictures, which are somewhere else."""
    return without_pictures(json.loads(pandoc(text, "-f", "markdown-smart-tex_math_dollars-citations", "-t", "json")))


def without_pictures(node):
    if isinstance(node, list):
        return [without_pictures(one) for one in node if not (isinstance(one, dict) and one.get("t") == "Image")]
    if isinstance(node, dict):
        return {key: without_pictures(value) for key, value in node.items()}
    return node


def document(blocks, meta=None):
    return {"pandoc-api-version": [1, 22, 2, 1], "meta": meta or {}, "blocks": blocks}


def div(name, blocks):
    return {"t": "Div", "c": [["", [name], []], blocks]}


def inlines(text):
    made = []
    for word in text.split():
        made += [{"t": "Space"}] if made else []
        made.append({"t": "Str", "c": word})
    return made


def para(*lines):
    made = []
    for line in lines:
        made += [{"t": "LineBreak"}] if made else []
        made += inlines(line)
    return {"t": "Para", "c": made}


def set_meta(source, **values):
    source["meta"].update({key: {"t": "MetaInlines", "c": inlines(value)} for key, value in values.items()})
    return source


# ---- the words -----------------------------------------------------------------------

def plain_text(node, headings=True):
    """All words below a node, blocks on lines of their own; speaker notes too."""
    parts = []

    def walk(one):
        if isinstance(one, list):
            for child in one:
                walk(child)
        elif isinstance(one, dict):
            kind = one.get("t")
            if kind in ("Str", "Space", "SoftBreak", "LineBreak"):
                parts.append(one.get("c", " "))
            elif kind in ("Code", "CodeBlock"):
                parts.append(one["c"][1])
            elif kind == "Quoted":
                walk(one["c"][1])
            elif kind == "Link":
                walk(one["c"][1])
            elif kind not in ("RawBlock", "RawInline", "Image") and (headings or kind != "Header"):
                walk(one.get("c", []))
            if kind in ("Para", "Plain", "Header", "CodeBlock"):
                parts.append("\n")
            elif kind == "Note":
                parts.append(" ")

    walk(node["blocks"] if isinstance(node, dict) and "blocks" in node else node)
    return "".join(parts)


# ---- the sample ----------------------------------------------------------------------

FURNITURE = re.compile(r"\d+|RAILS AFTER DARK \| CONFERENCE REPORT 2023|PANEL [IVX]+: [^a-z]+|Observatory of Night Railways")
CONTENTS = re.compile(r".* \.{5,} \d+")


def without_print(text):
    """The sample's report as its author wrote it: without furniture and contents, whole paragraphs."""
    text = re.sub(r"(\w)-\n(?=[a-z])", r"\1", text)
    groups, front, last = [], True, None
    for block in re.split(r"\n\s*\n", text.strip()):
        front = front and block != "## Foreword"
        if CONTENTS.fullmatch(block) or block == "## Contents" or block.isdigit() or (not front and FURNITURE.fullmatch(block)):
            continue
        if last is not None and block[0].islower():     # the end of a torn paragraph
            groups[last] += " " + block
            continue
        groups.append(block)
        if re.match(r"[^#>*\-\d]", block) and len(block) > 200:
            last = len(groups) - 1
    return "\n\n".join(groups) + "\n"


def gather_quotes(source):
    """A block quote, and behind it a paragraph all bold and one of functions: a pull quote."""
    blocks, made = source["blocks"], []
    while blocks:
        one = blocks.pop(0)
        if one["t"] == "BlockQuote" and len(blocks) > 1 and [part["t"] for part in blocks[0].get("c", [])] == ["Strong"]:
            name, role = blocks.pop(0), blocks.pop(0)
            one = div("pullquote", [*one["c"], div("caption", [name, role])])
        made.append(one)
    source["blocks"] = made
    return source


def flat_quotes(source):
    """The same as a block quote and paragraphs again, for what knows no pull quotes."""
    made = []
    for one in source["blocks"]:
        if one["t"] == "Div" and one["c"][0][1] == ["pullquote"]:
            *words, caption = one["c"][1]
            made += [{"t": "BlockQuote", "c": words}, *caption["c"][1]]
        elif one["t"] != "Div" or one["c"][0][1] != ["pagebreak"]:
            made.append(one)
    return {**source, "blocks": made}


def sample(root, name):
    with open(f"{root}/corpus/sample/{name}", encoding="utf-8") as file:
        text = file.read()
    if name == "report.md":
        return gather_quotes(from_markdown(without_print(text)))
    if name == "background-paper.md":
        text = re.sub(r"## Contents\n.*?(?=## 1\.)", "", text, flags=re.S)
    if name == "transcript.md":
        text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    if name == "statement.txt":
        return from_text(text)
    return from_markdown(text)


# ---- plain text of any house -----------------------------------------------------------

ITEM = re.compile(r"\s*([•▪◦·*\-–>]|\(?(\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+")


def logical_lines(lines, width):
    """Lines that were broken only because the next word did not fit are one; not where the margin changes,
    but for the first line of a paragraph. Letters differ in width, so that a full line may have fewer of
    them; a line that ends a sentence, or stands among few, must be really full."""
    made = []
    for line in lines:
        words, margin = line.split(), len(line) - len(line.lstrip())
        if made and not ITEM.match(line):
            parts, length, last_margin = made[-1]
            moved = margin - last_margin if len(parts) > 1 or ITEM.match(parts[0]) else min(0, margin - last_margin)
            hangs = len(parts) == 1 and (ITEM.match(parts[0]) or -6 <= margin - last_margin < 0)
            if last_margin >= 8 and margin != last_margin:      # in the middle of the page
                moved, hangs = 8, False
            ends = re.search(r"[.?!:][”’»\")]?\d*$", parts[-1]) or (len(lines) < 4 and not words[0][0].islower())
            full = width * (0.95 if ends else 0.82)
            if length + 1 + len(words[0]) > full and (abs(moved) <= 2 or hangs):
                made[-1] = (parts + [line.strip()], len(line), margin)
                continue
        made.append(([line.strip()], len(line), margin))
    return [(" ".join(parts), len(parts)) for parts, _, _ in made]


def filled_to(chunk, usual):
    """The width that the lines of a chunk were filled to: its own where most of several lines are about
    as long as the longest, else that of the document."""
    lengths = sorted(len(line) for line in chunk)
    longest = lengths[-1]
    own = len(chunk) >= 4 and 2 * sum(one >= 0.8 * longest for one in lengths) > len(chunk)
    return longest if own or longest > usual else usual


GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")


def cells_of(lines):
    """The cells of lines in columns: what begins at about the same place stands in one column. Where hardly any do,
    the first of each line are the first column, and so on."""
    found = [[(match.start(), match[0]) for match in re.finditer(r"\S+(?:\s{1,2}\S+)*", line)] for line in lines]
    columns = []
    for start in sorted(start for row in found for start, _ in row):
        if not columns or start - columns[-1][-1] > 2:
            columns.append([])
        columns[-1].append(start)
    of = {start: n for n, starts in enumerate(columns) for start in starts}
    if len(columns) > max(len(row) for row in found) + 1:
        return [[text for _, text in row] for row in found]
    return [[" ".join(text for start, text in row if of[start] == n) for n in range(len(columns))] for row in found]


def table(rows):
    """Rows of cells, without a head; what is short has empty cells behind."""
    n = max(len(row) for row in rows)
    cell = lambda text: [["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": inlines(text)}]]
    body = [[["", [], []], [cell(text) for text in [*row, *[""] * (n - len(row))]]] for row in rows]
    return {"t": "Table", "c": [["", [], []], [None, []], [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * n,
                                [["", [], []], []], [[["", [], []], 0, [], body]], [["", [], []], []]]}


def chunk_blocks(chunk, width):
    """Paragraphs of one stretch without a blank line: what filled several lines is a paragraph of
    its own, short lines in a row are lines of one, lines in columns are a table."""
    if sum(bool(GAP.search(line)) for line in chunk) >= max(2, len(chunk) // 2):
        yield table(cells_of(chunk))
        return
    short = []
    for text, n_lines in logical_lines(chunk, width):
        text = re.sub(r"(\w)[-\u00ad] (?=[a-zà-ÿ])", r"\1", text) if n_lines > 1 else text
        if n_lines == 1 and not ITEM.match(text):
            short.append(text)
            continue
        if short:
            yield para(*short)
            short = []
        yield para(text)
    if short:
        yield para(*short)


EDGE = 3    # lines at the top and foot of a page that may be running


def without_running(text):
    """The text as its author wrote it: without lines that return at the edges of pages, whatever numbers
    are in them, and numbers alone; a paragraph torn by the page's end is whole on the page before."""
    pages = [[line.rstrip() for line in page.split("\n")] for page in text.split("\f")]
    shape = lambda line: re.sub(r"\d+|\s+", "#", line.strip())
    count = {}
    for page in pages:
        solid = [line for line in page if line.strip()]
        for one in {shape(line) for line in solid[:EDGE] + solid[-EDGE:]}:
            count[one] = count.get(one, 0) + 1
    for page in pages:
        solid = [n for n, line in enumerate(page) if line.strip()]
        for side in (solid[:EDGE], solid[:-EDGE - 1:-1]):
            for n in side:
                one = shape(page[n])
                if one and re.fullmatch(r"[#\W]+|[ivxlc]+", one) or count[one] >= max(2, 0.4 * len(pages)):
                    page[n] = ""
                elif page[n]:
                    break
    return "\f".join(mended(["\n".join(page) for page in pages]))


def mended(pages):
    for n in range(1, len(pages)):
        before, after = pages[n - 1].rstrip(), pages[n].lstrip("\n")
        first, gap, rest = after.partition("\n\n")
        if before[-1:].isalpha() or before[-1:] in ("-", ","):
            if first.lstrip()[:1].islower() and not ITEM.match(first):
                pages[n - 1], pages[n] = before + "\n" + first + "\n", rest
    return pages


def from_text(text):
    """Paragraphs by blank lines and by how lines are filled; a form feed is a page break."""
    blocks = []
    lengths = sorted(len(line.rstrip()) for line in text.replace("\f", "\n").split("\n") if line.strip()) or [0]
    usual = max(60, lengths[len(lengths) * 9 // 10])     # of a deck no line is full
    for n, page in enumerate(text.split("\f")):
        if n:
            blocks.append(PAGE_BREAK)
        chunks = [[line.rstrip() for line in chunk.split("\n") if line.strip()] for chunk in re.split(r"\n[ \t]*\n", page)]
        for chunk in filter(None, chunks):
            blocks += chunk_blocks(chunk, filled_to(chunk, usual))
    return document(blocks)
