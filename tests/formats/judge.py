# SPDX-License-Identifier: GPL-2.0-or-later
"""judge.py - what became of a document's words: how the fixtures and the benches measure.

  words     recall and precision of the words of all passages, as a multiset, against
            those of the source; a Chinese or Japanese character is a word
  pages     the passages whose page is the one that pdftotext sees their first words on
  likeness  words with the same speaker, kind and neighbours as in another form of the document
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bench"))
import attribution  # noqa: E402  (the judge of names, beside the benches)

CJK = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])")
KEY = 24    # letters by which a place is known
SENTENCE = re.compile(r"(?<=[.?!:;。])[”’\"»)]*\s+|\n+|(?<=[。！？])")


class Refused(Exception):
    """rapporteur-index could not read a file; the text is what it said."""


def passages(build, *paths, options=()):
    """{name of the file: its passages} of an index of the files or folders; Refused with what was said
    where a file was not read. With keep=True in options other files are kept in spite of it."""
    program = os.path.join(build, "rapporteur-index")
    with tempfile.TemporaryDirectory(prefix="formats-") as index:
        done = subprocess.run([program, "--quiet", "--index", index, *[one for one in options if one != "keep"], *paths],
                              capture_output=True, text=True, check=False)
        if done.returncode and "keep" not in options:
            raise Refused(done.stderr.strip())
        if not os.path.exists(os.path.join(index, "rapporteur.index")):     # nothing could be read
            return collections.defaultdict(list), done.stderr
        lines = attribution.run(os.path.join(build, "rapporteur"), "list", "passages", "--index", index, "--format", "jsonl")
    documents = collections.defaultdict(list)
    for line in lines.splitlines():
        passage = json.loads(line)
        # not the id, which may be hidden where a document is held without names
        documents[os.path.splitext(os.path.basename(passage["document"]["path"]))[0]].append(passage)
    return documents, done.stderr


def word_counts(text):
    return collections.Counter(CJK.sub(r" \1 ", attribution.words(text)).split())


def all_words(some):
    counts = collections.Counter()
    for passage in some:
        counts += word_counts(passage["text"])
    return counts


def recall_precision(wanted, got):
    common = sum((wanted & got).values())
    return common / max(1, sum(wanted.values())), common / max(1, sum(got.values()))


def differences(wanted, got, most=12):
    lost, added = (wanted - got).most_common(most), (got - wanted).most_common(most)
    return "lost: " + " ".join(f"{word}*{n}" for word, n in lost) + "; added: " + " ".join(f"{word}*{n}" for word, n in added)


# ---- pages ---------------------------------------------------------------------------------

def letters(text):
    return "".join(re.findall(r"[^\W_]", unicodedata.normalize("NFKC", text).casefold()))


def pdf_pages(path):
    """The letters of each page, as pdftotext gives them; the first is page 1."""
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    return [letters(page) for page in text.split("\f")[:-1]]


def sentences(text):
    return [one.strip() for one in SENTENCE.split(text) if one and one.strip()]


def page_table(source_text, path):
    """[page, key] of each place in the source where a passage can begin, if it stands on one page only.
    A key is the letters there, whatever sentence they are of."""
    pages, table, seen = pdf_pages(path), [], set()
    parts = [letters(sentence) for sentence in sentences(source_text)]
    for at in range(len(parts)):
        key = "".join(parts[at:at + KEY])[:KEY]
        on = [n for n, page in enumerate(pages, 1) if key in page]
        if len(key) == KEY and len(on) == 1 and key not in seen:
            seen.add(key)
            table.append([on[0], key])
    return table


def pages_right(table, some):
    """(right, known, misses): of the passages whose beginning the table knows."""
    known = {key: page for page, key in table}
    right, found, misses = 0, 0, []
    for passage in some:
        page = known.get(letters(passage["text"])[:KEY])
        if page is not None:
            found += 1
            right += passage["page"] == page
            if passage["page"] != page:
                misses.append(f"{passage['text'][:40]!r} on {passage['page']} is on {page}")
    return right, found, misses


# ---- likeness --------------------------------------------------------------------------------

def shingles(passage):
    """Each three neighbouring words of a passage, or all where there are fewer."""
    words = CJK.sub(r" \1 ", attribution.words(passage["text"])).split()
    return [" ".join(words[at:at + 3]) for at in range(max(1, len(words) - 2))] if words else []


def whose(passage):
    return attribution.speaker_name(passage.get("speaker")), passage["kind"]


def statements(some):
    """Multiset of (speaker, kind, three words): a passage cut in two loses two of them."""
    return collections.Counter((*whose(passage), three) for passage in some for three in shingles(passage))


def likeness(one, other):
    a, b = statements(one), statements(other)
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def same_passages(one, other):
    """The share of passages that are the same, words, speaker and kind."""
    a, b = (collections.Counter((*whose(passage), attribution.words(passage["text"])) for passage in some) for some in (one, other))
    return sum((a & b).values()) / max(1, max(sum(a.values()), sum(b.values())))


def unlike(one, other):
    """The stretches of the one that the other does not have so, with what it has."""
    left, places, lines = statements(other), {}, []
    for passage in other:
        for three in shingles(passage):
            places.setdefault(three, "/".join(whose(passage)[::-1]))
    for passage in one:
        run, had = [], set()
        for three in [*shingles(passage), None]:
            key = (*whose(passage), three)
            if three is not None and left[key] <= 0:
                run += three.split() if not run else three.split()[-1:]
                had.add(places.get(three, "not there"))
            elif run:
                lines.append(f"{'/'.join(whose(passage)[::-1])}: {' '.join(run[:9])}{'...' if len(run) > 9 else ''} ({len(run)} words)"
                             f" has {' | '.join(sorted(had))}")
                run, had = [], set()
            left[key] -= 1
    return lines


# ---- probes -----------------------------------------------------------------------------------

def probes_right(probes, some):
    """(right, misses) of probes as in attribution.py, which may also give page, label, slide and notes."""
    texts = [(attribution.words(passage["text"]), passage) for passage in some]
    right, misses = 0, []
    for probe in probes:
        wanted = attribution.words(probe["excerpt"])
        if probe.get("join") or probe.get("absent"):
            good = any(wanted in text for text, _ in texts) == bool(probe.get("join"))
            got = "torn" if probe.get("join") else "there"
        else:
            good, got = probe_fits(probe, texts)
        right += good
        if not good:
            misses.append(f"{probe['excerpt'][:50]!r}: {got}")
    return right, misses


def probe_fits(probe, texts):
    found, kind, speaker, _, panel, passage = attribution.judge({"speaker": "", "kind": "", **probe}, texts)
    if not found:
        return False, "not there"
    wants = []
    if "kind" in probe and not kind:
        wants.append(f"kind {passage['kind']} not {probe['kind']}")
    if "speaker" in probe and not speaker:
        wants.append(f"speaker {attribution.speaker_name(passage.get('speaker')) or '-'} not {probe['speaker'] or '-'}")
    if probe.get("panel") and not panel:
        wants.append(f"panel {(passage.get('panel') or {}).get('label')} not {probe['panel']}")
    for name, field in (("page", "page"), ("label", "page_label"), ("slide", "slide"), ("notes", "notes")):
        if name in probe and (passage.get(field) or None) != (probe[name] or None):
            wants.append(f"{name} {passage.get(field)} not {probe[name]}")
    return not wants, ", ".join(wants)
