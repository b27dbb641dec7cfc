#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How good the order of hits is, on every judged set. Standard library only.

  ranking.py [--set NAME]... [--search-args ARGS] [--shared DIR] [-v] [BUILD]
  ranking.py --check [BUILD]            fails where a set is worse than its floor by more than 0.01
  ranking.py --write-floors [BUILD]     makes what is measured the floors (ranking.floors beside this file)

BUILD is the folder with the programs (default: the current one). The sets are the collections in ../shared/ir, asked for
documents, and known items: of the sample corpus ("sample") and of ../shared/corpus ("corpus"), asked for passages, where
the one that is wanted is all that is relevant. Behind the figures of each set stand, for the measure that is customary
for it: BM25 alone, the best that was published without neural models, what we want to reach by default, and with
--expand. A set that is not there is left out. ARGS is one word of the shell: --search-args "--rank bm25".
-v lists the queries whose first hit is not relevant.
"""
import argparse, json, math, os, re, shlex, subprocess, sys, tempfile, unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
FLOORS = os.path.join(HERE, "ranking.floors")
SLACK = 0.01
MEASURES = ("nDCG@10", "MAP", "recall@100", "success@1", "MRR")
# what must not fall: of the collections not the place of the first relevant document, which one query of 30 or 50 moves
# by more than the slack
HELD = {"collection": ("nDCG@10", "MAP", "recall@100"), "known item": ("success@1", "MRR")}
DEPTH = 1000
KNOWN_DEPTH = 100

# name: customary measure, BM25 (k1 0.9, b 0.4, Porter, 33 stop words), best published, wanted, wanted with --expand
COLLECTIONS = {
    "cacm": ("MAP", 0.311, 0.365, 0.355, 0.37),
    "npl": ("MAP", 0.289, 0.299, 0.300, 0.305),
    "cisi": ("MAP", 0.206, None, 0.235, 0.255),
    "cranfield": ("nDCG@10", 0.351, None, 0.39, 0.40),
    "med": ("MAP", 0.511, None, 0.535, 0.60),
    "nfcorpus-dev": ("nDCG@10", 0.296, None, 0.305, 0.31),
}
KNOWN = {
    "sample": ("success@1", None, None, 0.97, None),
    "corpus": ("success@1", None, None, 0.97, None),
}


def call(*argv):
    p = subprocess.run(argv, capture_output=True, text=True)
    if p.returncode not in (0, 1):
        sys.exit(f"{shlex.join(argv)}: exit {p.returncode}\n{p.stderr[-2000:]}")
    return p.stdout


def ask(a, home, source, queries, *options):
    """Indexes the source, asks all of {id: text} in one run."""
    index, asked = os.path.join(home, "index"), os.path.join(home, "queries.tsv")
    call(os.path.join(a.build, "rapporteur-index"), "--index", index, source)
    with open(asked, "w") as f:
        for qid, text in queries.items():
            f.write(f"{qid}\t{' '.join(text.split())}\n")
    out = call(os.path.join(a.build, "rapporteur"), "search", "--index", index, "--queries", asked, *options, *shlex.split(a.search_args))
    return filter(None, out.split("\n"))


# --- what is relevant, and what came ----------------------------------------------------------

def collection(a, name, home):
    """For each query: {document: how relevant}, the documents in their order, and its text."""
    base = os.path.join(a.shared, "ir", name)
    relevant, found = {}, {}
    for line in open(os.path.join(base, "qrels.tsv")):
        qid, doc, grade = line.split("\t")[:3]
        if float(grade) > 0:
            relevant.setdefault(qid, {})[doc] = float(grade)
    queries = {q["id"]: q["text"] for q in map(json.loads, open(os.path.join(base, "queries.jsonl"))) if q["id"] in relevant}
    for line in ask(a, home, os.path.join(base, "docs.jsonl"), queries, "--format", "trec", "--unit", "document", "-n", str(DEPTH)):
        qid, _, doc, *_ = line.split()
        found.setdefault(qid, []).append(doc)
    return {qid: (relevant[qid], list(dict.fromkeys(found.get(qid, []))), queries.get(qid, "")) for qid in relevant}


def norm(s):
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", s or "").casefold()))


def is_wanted(hit, targets):
    """Is the hit the wanted paragraph, a part of it, or does it hold it?"""
    got = norm(hit["text"])
    words = got.split()
    for target in targets:
        want = norm(target["text"])
        if hit["document"]["id"] != target["doc"] or not want:
            continue
        if want in got or got in want:
            return True
        if len(words) >= 12 and (" ".join(words[:12]) in want or " ".join(words[-12:]) in want or " ".join(want.split()[:8]) in got):
            return True
    return False


def known_items(a, name, home):
    """The same; the first hit that is wanted counts as the one relevant document."""
    if name == "sample":
        gold, corpus = os.path.join(TOP, "tests/cases/sample/known-item.json"), os.path.join(TOP, "corpus/sample")
    else:
        gold, corpus = os.path.join(a.shared, "gold/known-item.json"), os.path.join(a.shared, "corpus")
    judged = json.load(open(gold))
    found = [[] for _ in judged]
    queries = {str(i): g["query"] for i, g in enumerate(judged)}
    for line in ask(a, home, corpus, queries, "--format", "jsonl", "-n", str(KNOWN_DEPTH)):
        hit = json.loads(line)
        i = int(hit["qid"])
        wanted = "wanted" not in found[i] and is_wanted(hit, judged[i]["targets"])
        found[i].append("wanted" if wanted else hit["id"])
    return {str(i): ({"wanted": 1.0}, got, queries[str(i)]) for i, got in enumerate(found)}


# --- measures ---------------------------------------------------------------------------------

def measure(relevant, got):
    """The measures of one query, in their order; linear gains, as trec_eval has them."""
    gain = sum(relevant.get(d, 0) / math.log2(i + 2) for i, d in enumerate(got[:10]))
    ideal = sum(g / math.log2(i + 2) for i, g in enumerate(sorted(relevant.values(), reverse=True)[:10]))
    places = [i + 1 for i, d in enumerate(got[:DEPTH]) if d in relevant]
    precision = sum((k + 1) / place for k, place in enumerate(places)) / len(relevant)
    return (gain / ideal, precision, sum(place <= 100 for place in places) / len(relevant),
            float(bool(places) and places[0] == 1), 1 / places[0] if places else 0.0)


def judge(a, name):
    with tempfile.TemporaryDirectory(prefix="ranking-") as home:
        asked = (collection if name in COLLECTIONS else known_items)(a, name, home)
    each = [measure(relevant, got) for relevant, got, _ in asked.values()]
    for (_, _, text), figures in zip(asked.values(), each):
        if a.verbose and not figures[MEASURES.index("success@1")]:
            print(f"{name}: MRR {figures[-1]:.3f}  {text}")
    return len(each), dict(zip(MEASURES, (sum(column) / len(each) for column in zip(*each))))


def is_there(a, name):
    if name == "sample":
        return True
    return os.path.exists(os.path.join(a.shared, "ir", name, "qrels.tsv") if name in COLLECTIONS else os.path.join(a.shared, "gold/known-item.json"))


# --- floors -----------------------------------------------------------------------------------

def held(name):
    return HELD["collection" if name in COLLECTIONS else "known item"]


def read_floors():
    floors = {}
    for line in open(FLOORS):
        if line.strip() and not line.startswith("#"):
            name, what, figure = line.split()
            floors.setdefault(name, {})[what] = float(figure)
    return floors


def write_floors(measured):
    floors = read_floors() if os.path.exists(FLOORS) else {}
    floors.update({name: figures for name, (_, figures) in measured.items()})
    with open(FLOORS, "w") as f:
        f.write("# What ranking.py measured; tests/quality.t fails where a figure falls by more than 0.01.\n"
                "# Written by ranking.py --write-floors.\n")
        for name in sorted(floors):
            for what in held(name):
                f.write(f"{name} {what} {floors[name][what]:.4f}\n")


def below(measured):
    floors = read_floors()
    return [f"{name}: {what} is {measured[name][1][what]:.4f}, was {floor:.4f}" for name in measured for what, floor in floors.get(name, {}).items()
            if measured[name][1][what] < floor - SLACK] + [f"{name}: has no floor" for name in measured if name not in floors]


def row(name, n, figures):
    customary, *beside = {**COLLECTIONS, **KNOWN}[name]
    texts = [f"{figures[what]:11.4f}" for what in MEASURES] + [f"{customary:>11}"] + [f"{x:9.3f}" if x else f"{'-':>9}" for x in beside]
    return f"{name:13}{n:8}" + "".join(texts)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("build", nargs="?", default=".")
    p.add_argument("--set", action="append", choices=[*COLLECTIONS, *KNOWN], metavar="NAME")
    p.add_argument("--search-args", default="")
    p.add_argument("--shared", default=os.path.join(os.path.dirname(TOP), "shared"))
    p.add_argument("--check", action="store_true")
    p.add_argument("--write-floors", action="store_true")
    p.add_argument("-v", "--verbose", action="store_true")
    argv = sys.argv[1:]
    for i in range(len(argv) - 1, 0, -1):  # a value that begins with "--" is one all the same
        if argv[i - 1] == "--search-args":
            argv[i - 1:i + 1] = [f"--search-args={argv[i]}"]
    a = p.parse_args(argv)
    if (a.check or a.write_floors) and a.search_args:
        p.error("the floors are those of the default: not with --search-args")
    names = a.set or [*COLLECTIONS, *KNOWN]
    missing = [name for name in names if not is_there(a, name)]
    if missing:
        print(f"ranking.py: not here ('{a.shared}'): {', '.join(missing)}", file=sys.stderr)
    if len(missing) == len(names):
        sys.exit(77)
    beside = "".join(f"{what:>9}" for what in ("BM25", "publ.", "wanted", "--expand"))
    print(f"{'set':13}{'queries':>8}" + "".join(f"{what:>11}" for what in MEASURES) + f"{'measure':>11}{beside}")
    measured = {}
    for name in names:
        if name not in missing:
            measured[name] = judge(a, name)
            print(row(name, *measured[name]), flush=True)
    if a.write_floors:
        write_floors(measured)
    if a.check:
        faults = below(measured)
        print("".join(f"{fault}\n" for fault in faults), end="")
        sys.exit(1 if faults else 0)


main()
