#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""readers.py - how fast files are read, beside other programs on the same files.

  readers.py [BUILD]          big files of every format, made here; needs rapporteur-read (make check_PROGRAMS)
  readers.py BUILD FILE...    these files

Made from the sample corpus, again and again: documents by pandoc, decks too, PDF by
LaTeX, ODP by LibreOffice, debates (TEI) and records (JSONL) by this script; what a
missing program would make is left out, and said so. For each file:

  MB       of the file; of archives the XML in them, unpacked
  ours     processor seconds of the reader alone (tests/bench/read.c), best of several
  MB/s     the two together, and what is wanted of it
  peers    processor seconds of each other program, whole, best of several, and in
           brackets how many times ours that is: above 1 it is slower than we
"""
import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(HERE, "..", "formats")]

import routes  # noqa: E402
import sources  # noqa: E402

PEER_SECONDS = 60   # after which a peer is not waited for

PEERS = {
    "pdf": (["wc", "FILE"], ["pdftotext", "FILE", "OUT"]),
    "docx": (["wc", "FILE"], ["pandoc", "-f", "docx", "-t", "plain", "-o", "OUT", "FILE"]),
    "odt": (["wc", "FILE"], ["pandoc", "-f", "odt", "-t", "plain", "-o", "OUT", "FILE"]),
    "pptx": (["wc", "FILE"], ["unzip", "-p", "FILE"]),
    "odp": (["wc", "FILE"], ["unzip", "-p", "FILE"]),
    "html": (["wc", "FILE"], ["xmllint", "--html", "--noout", "FILE"], ["pandoc", "-f", "html", "-t", "plain", "-o", "OUT", "FILE"]),
    "tei": (["wc", "FILE"], ["xmllint", "--noout", "FILE"], ["xmllint", "--noout", "--stream", "FILE"]),
    "jsonl": (["wc", "FILE"], ["jq", "-c", ".text", "FILE"]),
    "text": (["wc", "FILE"],),
    "markdown": (["wc", "FILE"],),
}
WANTED = {"pdf": "half as fast as pdftotext", "docx": "20 MB/s", "pptx": "20 MB/s", "html": "20 MB/s", "odt": "20 MB/s", "odp": "20 MB/s",
          "tei": "50 MB/s", "jsonl": "50 MB/s"}


def grown(source, times):
    return {**source, "blocks": source["blocks"] * times}


def make_pdf(report, out, **options):
    routes.latex(grown(report, 12), out, running="Rails after Dark", floats=False, **options)


def make_tei(paragraphs, out, copies):
    with open(out, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc>'
                   "<titleStmt><title>Debate</title></titleStmt><sourceDesc><bibl><date when=\"2023-10-12\">12 October 2023</date></bibl>"
                   "</sourceDesc></fileDesc><profileDesc><particDesc><listPerson>"
                   + "".join(f'<person xml:id="P{n}"><persName><surname>Surname{chr(97 + n)}</surname><forename>Name</forename></persName></person>'
                             for n in range(20)) + "</listPerson></particDesc></profileDesc></teiHeader><text><body><div type=\"debateSection\">\n")
        for turn in range(copies):
            file.write(f'<u who="#P{turn % 20}" xml:id="u{turn}" ana="#regular">\n' + "".join(
                f'<seg xml:id="u{turn}.{n}">{text}</seg>\n' for n, text in enumerate(paragraphs[turn % 40:turn % 40 + 4])) + "</u>\n")
            if turn % 7 == 0:
                file.write('<note type="time">The sitting was resumed.</note>\n')
        file.write("</div></body></text></TEI>\n")


def make_jsonl(paragraphs, out, copies):
    with open(out, "w", encoding="utf-8") as file:
        for n in range(copies):
            record = {"id": f"r{n}", "title": f"Record {n}", "speaker": "Jane Bell", "text": " ".join(paragraphs[n % 40:n % 40 + 4])}
            file.write(json.dumps(record, ensure_ascii=n % 2 == 0) + "\n")


def deck(paragraphs, slides):
    lines = [f"## Slide {n}\n\n- {paragraphs[n % 40][:90]}\n- {paragraphs[(n + 1) % 40][:70]}\n\n::: notes\n{paragraphs[(n + 2) % 40]}\n:::\n"
             for n in range(slides)]
    return sources.from_markdown("\n".join(lines))


def make_all(folder):
    """The files, one after the other, each as it is there."""
    report = sources.flat_quotes(sources.sample(ROOT, "report.md"))
    paragraphs = [text.replace("&", "and").replace("<", "") for text in sources.plain_text(report).split("\n") if len(text) > 120]
    slides = deck(paragraphs, 400)
    plan = [
        ("report.pdf", ("pandoc", "latex"), lambda out: make_pdf(report, out)),
        ("columns.pdf", ("pandoc", "latex"), lambda out: make_pdf(report, out, columns=2)),
        ("report.docx", ("pandoc",), lambda out: routes.docx_pandoc(grown(report, 30), out)),
        ("report.odt", ("pandoc",), lambda out: routes.odt_pandoc(grown(report, 30), out)),
        ("slides.pptx", ("pandoc",), lambda out: routes.pptx_pandoc(slides, out)),
        ("slides.odp", ("pandoc", "office"), lambda out: routes.convert(os.path.join(folder, "slides.pptx"), out)),
        ("report.html", ("pandoc",), lambda out: routes.html_site(grown(report, 60), out)),
        ("debate.xml", (), lambda out: make_tei(paragraphs, out, 8000)),
        ("records.jsonl", (), lambda out: make_jsonl(paragraphs, out, 12000)),
    ]
    for name, needs, make in plan:
        lost = routes.missing(*needs)
        if lost:
            print(f"{name}: left out, {', '.join(lost)} is not here")
            continue
        out = os.path.join(folder, name)
        make(out)
        yield out


def processor_seconds(command, out):
    """Of a program with all its children; None where it is not here or fails."""
    if not shutil.which(command[0]):
        return None
    best, runs = None, 0
    while best is None or (best < 1 and runs < 3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=PEER_SECONDS)
        except subprocess.TimeoutExpired:
            return PEER_SECONDS
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode and command[0] != "xmllint":     # which finds fault with HTML of today
            return None
        runs += 1
        spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        best = spent if best is None else min(best, spent)
    if os.path.exists(out):
        os.remove(out)
    return best


def measure(build, path, folder):
    done = subprocess.run([os.path.join(build, "rapporteur-read"), "5", path], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{os.path.basename(path)}: {done.stderr.strip()}")
        return
    form, _, _, unpacked, _, _, seconds, speed = done.stdout.rstrip("\n").split("\t")
    out, parts = os.path.join(folder, "out.txt"), []
    for peer in PEERS.get(form, PEERS["text"]):
        spent = processor_seconds([{"FILE": path, "OUT": out}.get(part, part) for part in peer], out)
        name = " ".join(part for part in peer if part not in ("FILE", "OUT", "-o", "-f", form))
        parts.append(f"{name} {spent:.3f} ({spent / max(float(seconds), 1e-9):.2f})" if spent is not None else f"{name} not here")
    print(f"{form:6} {os.path.basename(path):14} {int(unpacked) / 1e6:7.2f} MB  ours {float(seconds):.3f}  {float(speed):7.1f} MB/s"
          f" (wanted: {WANTED.get(form, '-')})  {';  '.join(parts)}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", nargs="?", default=".")
    parser.add_argument("files", nargs="*")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="readers-") as folder:
        for path in chosen.files or make_all(folder):
            measure(chosen.build, path, folder)


if __name__ == "__main__":
    main()
