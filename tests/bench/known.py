#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Known items by rule: questions made of a passage that somebody remembers, and how often it comes first. Standard library only.

  known.py [--search-args ARGS] [--number N] [-v] BUILD [SOURCE...]

Without SOURCE: the documents in tests/cases (genres, shelf, shelf-2) and the sample corpus. Passages of running text are
drawn evenly over documents, words out of them the likelier the rarer they are (after Azzopardi, de Rijke and Balog 2007);
the same ones in every run. Of each kind N questions:

  words    four words of one sentence
  title    three words of the passage and one of the document's or panel's title
  typed    five to eight words in a row, as they stand there
  person   what did SPEAKER say about two words
  forms    three words in any order, singular and plural changed
  long     a whole sentence of fourteen words or more without every third one

A line for each kind: how often the passage comes first (words@1, ...), and the mean reciprocal rank among ten.
"""
import argparse, collections, json, math, os, random, re, shlex, subprocess, sys, tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SOURCES = [os.path.join(TOP, "tests/cases", name, "documents") for name in ("genres", "shelf", "shelf-2")] + [os.path.join(TOP, "corpus/sample")]
RUNNING = ("quote", "speech", "authored", "reported", "narrative")
PASSAGE_WORDS = 25
DEPTH = 10
COMMON = set("the and for that this with are was were have has had not but from they you our its which who what when there their been would could "
             "should will can may also more than into about only other some such very your them these those one two all any how did does out over "
             "then said she her his him just like know".split())


def call(*argv):
    p = subprocess.run(argv, capture_output=True, text=True)
    if p.returncode not in (0, 1):
        sys.exit(f"{shlex.join(argv)}: exit {p.returncode}\n{p.stderr[-2000:]}")
    return [json.loads(line) for line in p.stdout.split("\n") if line.startswith("{")]


def words(text):
    return re.findall(r"[^\W\d_]{3,}", (text or "").lower())


class Maker:
    def __init__(self, passages):
        self.random = random.Random(7)
        self.passages = passages
        self.frequency = collections.Counter(w for p in passages for w in set(words(p["text"])))

    def pick(self, text, n):
        """n different words of the text, in its order; None where it has not so many."""
        left = [w for w in dict.fromkeys(words(text)) if w not in COMMON]
        weights = {w: math.log(1 + len(self.passages) / self.frequency[w]) if self.frequency[w] else 1 for w in left}
        order, chosen = list(left), set()
        while len(chosen) < n and left:
            chosen.add(self.random.choices(left, [weights[w] for w in left])[0])
            left = [w for w in left if w not in chosen]
        return [w for w in order if w in chosen] if len(chosen) == n else None

    def words(self, p, sentence):
        return self.pick(sentence, 4)

    def title(self, p, sentence):
        titles = f"{p['document']['title'] or ''} {(p['panel'] or {}).get('title') or ''}"
        return (self.pick(p["text"], 3) or []) + (self.pick(titles, 1) or []) if self.pick(titles, 1) else None

    def typed(self, p, sentence):
        row, n = re.sub(r"[^\w\s-]", "", sentence).split(), self.random.randint(5, 8)
        start = self.random.randint(0, max(0, len(row) - n))
        return row[start:start + n] if len(row) > n else None

    def person(self, p, sentence):
        name, about = (p["speaker"] or {}).get("name"), self.pick(sentence, 2)
        return ["what did", name, "say about", *about] if name and about else None

    def forms(self, p, sentence):
        chosen = self.pick(p["text"], 3)
        self.random.shuffle(chosen or [])
        other = lambda w: w[:-1] if w.endswith("s") and len(w) > 4 else w + "s"
        return chosen and [other(w) if self.random.random() < 0.4 else w for w in chosen]

    def long(self, p, sentence):
        row = re.sub(r"[^\w\s-]", "", sentence).split()
        return [w for i, w in enumerate(row) if i % 3 != 2] if len(row) >= 14 else None

    def questions(self, number):
        by_document = collections.defaultdict(list)
        for p in self.passages:
            if p["kind"] in RUNNING and len(p["text"].split()) >= PASSAGE_WORDS:
                by_document[p["document"]["id"]].append(p)
        documents = sorted(by_document)
        for kind in ("words", "title", "typed", "person", "forms", "long"):
            made, tries = 0, 0
            while made < number and tries < 100 * number:
                tries += 1
                p = self.random.choice(by_document[self.random.choice(documents)])
                sentences = [s for s in re.split(r"(?<=[.?!])\s+", p["text"]) if len(words(s)) >= 6]
                question = getattr(self, kind)(p, self.random.choice(sentences)) if sentences else None
                if question:
                    made += 1
                    yield kind, " ".join(question), p


def holds(hit, p):
    """The passage itself, or one that holds it."""
    return p["id"] == hit["id"] or p["id"] in hit["also_in"] or p["text"] in hit["text"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("source", nargs="*")
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--search-args", default="")
    parser.add_argument("-v", "--verbose", action="store_true", help="print the questions whose passage does not come first")
    argv = sys.argv[1:]
    for i in range(len(argv) - 1, 0, -1):  # a value that begins with "--" is one all the same
        if argv[i - 1] == "--search-args":
            argv[i - 1:i + 1] = [f"--search-args={argv[i]}"]
    a = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="known-") as home:
        index, asked = os.path.join(home, "index"), os.path.join(home, "queries.tsv")
        call(os.path.join(a.build, "rapporteur-index"), "--quiet", "--index", index, *(a.source or SOURCES))
        passages = [p for p in call(os.path.join(a.build, "rapporteur"), "list", "passages", "--index", index, "--format", "jsonl")
                    if p["document"]["language"] == "en"]
        questions = list(Maker(passages).questions(a.number))
        with open(asked, "w") as f:
            f.writelines(f"{i}\t{question}\n" for i, (_, question, _) in enumerate(questions))
        found = collections.defaultdict(list)
        for hit in call(os.path.join(a.build, "rapporteur"), "search", "--index", index, "--queries", asked, "-n", str(DEPTH),
                        "--format", "jsonl", *shlex.split(a.search_args)):
            found[int(hit["qid"])].append(hit)
    ranks = collections.defaultdict(list)
    for i, (kind, question, p) in enumerate(questions):
        rank = next((n + 1 for n, hit in enumerate(found[i]) if holds(hit, p)), 0)
        ranks[kind].append(rank)
        if a.verbose and rank != 1:
            print(f"{kind} {rank or '-'}: {question}  [{p['id']}; first {found[i][0]['id'] if found[i] else 'nothing'}]")
    for kind, got in [*ranks.items(), ("all", [r for got in ranks.values() for r in got])]:
        print(f"{len(got):5} questions  {kind + '@1':10} {sum(r == 1 for r in got) / len(got):.3f}  MRR {sum(1 / r for r in got if r) / len(got):.3f}")


main()
