#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Known-item queries as people mistype and respell them. Standard library only.

  variants.py [--gold FILE --corpus DIR]... [-v] BUILD

Each query of the gold (see "known-item" in the judge beside the shared data) is asked as it is, and changed by rule:

  exchanged   two letters of its longest word change places
  missing     a letter of its longest word is missing
  other       a letter of its longest word is another one
  doubled     a letter of its longest word stands twice
  neighbour   a letter of its longest word is one beside it on the keyboard
  cut         the last letter of its longest word is missing
  random      one such slip, anywhere in any of its words of five letters or more; five times, drawn with a fixed seed
  number      its longest word in the plural, or in the singular
  joined      its longest word has run into the one behind it
  plain       no accents
  accented    an accent that its longest word has not, or another one
  american    British spellings written the American way
  british     the other way round
  apart       a hyphen is a blank
  together    a hyphen is left out
  acronym     a name that the corpus explains an acronym of is the acronym
  name        the acronym is the name
  scanned     the query as it is, of texts in which every eighth long word was misread: rn for m, 1 for l, a last
              letter lost, "of" and "the" run into the word behind them

A line for each kind: how often the wanted passage comes first, for the changed queries and for the same queries as they
were. Without --gold: the sample corpus beside this file and, where it is there, ../shared.
"""
import argparse, json, os, random, re, subprocess, sys, tempfile, unicodedata

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.path.join(os.path.dirname(TOP), "shared")
RESPELT = [("our", "or", r"(?<=[a-z]{2})our(?=s?\b|ed|ing|able|al)"), ("ise", "ize", r"(?<=[a-z]{3})is(?=e[sdr]?\b|ing|ation)"),
           ("tre", "ter", r"(?<=[a-z]{2})tre(?=s?\b)"), ("mme", "m", r"(?<=gra)mme(?=s?\b)"), ("ogue", "og", r"(?<=[a-z]{3})ogue(?=s?\b)"),
           ("ence", "ense", r"(?<=\bdef)ence\b"), ("ll", "l", r"(?<=[a-z]{3})ll(?=ed\b|ing\b|er\b)")]
BACK = [(r"(?<=lab)or(?=s?\b|ed|ing)", "our"), (r"(?<=neighb)or", "our"), (r"(?<=[a-z]{3})iz(?=e[sdr]?\b|ing|ation)", "is"), (r"(?<=\bcen)ter(?=s?\b)", "tre"),
        (r"(?<=progra)m(?=s?\b)", "mme"), (r"(?<=dial)og(?=s?\b)", "ogue"), (r"(?<=trave)l(?=ing\b|ed\b|er)", "ll")]
NAME = re.compile(r"\b((?:[A-Z][\w-]+|of|for|on|and|the|in)(?: (?:[A-Z][\w-]+|of|for|on|and|the|in)){1,8}) \(([A-Z]{2,8})s?\)")


def norm(s):
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", s or "").casefold()))


def longest(query):
    words = [w for w in re.findall(r"[^\W\d_]+", query) if len(w) >= 6]
    return max(words, key=len) if words else None


def in_longest(change):
    def changed(query, names):
        word = longest(query)
        return query.replace(word, change(word), 1) if word and change(word) != word else query
    return changed


def exchange(w):
    for i in range(len(w) // 2, len(w) - 1):
        if w[i] != w[i + 1]:
            return w[:i] + w[i + 1] + w[i] + w[i + 2:]
    return w


def missing(w):
    return w[:len(w) // 2] + w[len(w) // 2 + 1:]


def other(w):
    i = len(w) // 3 + 1
    return w[:i] + ("e" if w[i] != "e" else "a") + w[i + 1:]


def doubled(w):
    i = len(w) // 2
    return w[:i] + w[i] + w[i:]


KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]


def beside(letter):
    """The keys beside a letter's, left, right, above and below."""
    for r, row in enumerate(KEYS):
        i = row.find(letter)
        if i >= 0:
            near = [(r, i - 1), (r, i + 1), (r - 1, i), (r - 1, i + 1), (r + 1, i - 1), (r + 1, i)]
            return [KEYS[y][x] for y, x in near if 0 <= y < 3 and 0 <= x < len(KEYS[y])]
    return []


def neighbour(w):
    i = len(w) // 2
    near = beside(w[i].lower())
    return w[:i] + near[0] + w[i + 1:] if near else w


def slip(w, rand):
    """A slip of the hand behind the first letter."""
    i = rand.randrange(1, len(w))
    kind = rand.randrange(5)
    if kind == 0:
        return w[:i] + w[i + 1:]
    if kind == 1:
        return w[:i] + w[i] + w[i:]
    if kind == 2 and i + 1 < len(w):
        return w[:i] + w[i + 1] + w[i] + w[i + 2:]
    if kind == 3 and beside(w[i].lower()):
        return w[:i] + rand.choice(beside(w[i].lower())) + w[i + 1:]
    return w[:i] + rand.choice("abcdefghijklmnopqrstuvwxyz") + w[i + 1:]


def random_slips(number):
    def changed(query, names):
        rand = random.Random(f"{number} {query}")
        words = [w for w in re.findall(r"[^\W\d_]+", query) if len(w) >= 5]
        word = rand.choice(words) if words else None
        return query.replace(word, slip(word, rand), 1) if word else query
    return changed


def other_number(w):
    if re.search(r"[^s]s$", w):
        return w[:-3] + "y" if w.endswith("ies") else w[:-1]
    return w[:-1] + "ies" if re.search(r"[^aeiou]y$", w) else w if w.endswith("s") or w.endswith("ed") or w.endswith("ing") else w + "s"


def accented(w):
    for i in range(1, len(w)):
        plain = unicodedata.normalize("NFD", w[i])[0]
        if plain in "aeou":
            return w[:i] + {"a": "á", "e": "è", "o": "ö", "u": "û"}[plain] + w[i + 1:]
    return w


def together(query, names):
    return re.sub(r"(?<=[a-z]{3})-(?=[a-z]{3})", "", query)


def run_together(query, names):
    word = longest(query)
    return re.sub(re.escape(word) + r" (?=[a-z]{4})", word, query, count=1) if word else query


def scanned(text):
    """A text as a poor scanner reads it; the same for the same text."""
    words = text.split(" ")
    for i in range(3, len(words), 8):
        at = next((k for k in range(i, min(i + 8, len(words))) if len(re.findall(r"[a-z]", words[k])) >= 7), None)
        if at is None:
            continue
        w = words[at]
        for old, new in (("rn", "m"), ("m", "rn"), ("l", "1"), ("i", "l"))[i // 8 % 4:]:
            if old in w[1:]:
                words[at] = w[0] + w[1:].replace(old, new, 1)
                break
        if at and words[at - 1] in ("of", "the") and words[at] == w:
            words[at - 1:at + 1] = ["", words[at - 1] + w]
        elif words[at] == w and w[-1].isalpha():
            words[at] = w[:-1]
    return " ".join(w for w in words if w)


def plain(query, names):
    return "".join(c for c in unicodedata.normalize("NFD", query) if not unicodedata.combining(c))


def american(query, names):
    for long, short, pattern in RESPELT:
        query = re.sub(pattern, short if long != "ise" else "iz", query)
    return query


def british(query, names):
    for pattern, to in BACK:
        query = re.sub(pattern, to, query)
    return query


def apart(query, names):
    return re.sub(r"(?<=[a-z])-(?=[a-z])", " ", query)


def to_acronym(query, names):
    for acronym, name in names.items():
        query = re.sub(r"\b" + re.escape(name) + r"(e?s)?\b", acronym, query, flags=re.I)
    return query


def to_name(query, names):
    for acronym, name in names.items():
        query = re.sub(r"\b" + acronym + r"s?\b", name, query)
    return query


KINDS = {"exchanged": in_longest(exchange), "missing": in_longest(missing), "other": in_longest(other), "doubled": in_longest(doubled),
         "neighbour": in_longest(neighbour), "cut": in_longest(lambda w: w[:-1]), **{f"random {i}": random_slips(i) for i in range(1, 6)},
         "number": in_longest(other_number), "accented": in_longest(accented), "together": together, "joined": run_together, "plain": plain,
         "american": american, "british": british, "apart": apart, "acronym": to_acronym, "name": to_name}


def call(*argv):
    p = subprocess.run(argv, capture_output=True, text=True)
    if p.returncode not in (0, 1):
        sys.exit(f"{' '.join(argv)}: exit {p.returncode}\n{p.stderr[-2000:]}")
    return p.stdout


def passages_of(build, home):
    out = call(os.path.join(build, "rapporteur"), "list", "passages", "--index", home, "--format", "jsonl")
    return [json.loads(line) for line in out.split("\n") if line]


def explained(passages):
    """Acronyms that the texts explain in the plainest way: the initials of capitalised words."""
    names = {}
    for passage in passages:
        for name, acronym in NAME.findall(passage["text"]):
            words = name.split()
            for start in range(len(words)):
                if "".join(w[0] for w in words[start:] if w[0].isupper()) == acronym and words[start][0].isupper():
                    names.setdefault(acronym, " ".join(words[start:]))
    return names


def is_wanted(hit, targets):
    got = norm(hit["text"])
    words = got.split()
    for t in targets:
        want = norm(t["text"])
        if hit["document"]["id"] == t["doc"] and (want in got or got in want or (len(words) >= 12 and (
                " ".join(words[:12]) in want or " ".join(words[-12:]) in want or " ".join(want.split()[:8]) in got))):
            return True
    return False


def from_scans(build, passages, judged, change):
    """For each query: does its passage come first among the texts, changed?"""
    with tempfile.TemporaryDirectory() as home:
        path = os.path.join(home, "passages.jsonl")
        with open(path, "w") as f:
            for i, p in enumerate(passages):
                f.write(json.dumps({"id": f"p{i}", "text": change(p["text"])}) + "\n")
        index = os.path.join(home, "index")
        call(os.path.join(build, "rapporteur-index"), "--index", index, path)
        wanted = [(g["query"], {f"p{i}" for i, p in enumerate(passages) if is_wanted(p, g["targets"])}) for g in judged]
        return first(build, index, wanted, lambda hit, ids: hit["document"]["id"] in ids)


def first(build, home, queries, right=None):
    """For each (query, targets): does the wanted passage come first?"""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", delete=False) as f:
        for i, (query, _) in enumerate(queries):
            f.write(f"{i}\t{query}\n")
    out = call(os.path.join(build, "rapporteur"), "search", "--index", home, "--format", "jsonl", "-n", "1", "--queries", f.name)
    os.unlink(f.name)
    found = [False] * len(queries)
    for line in filter(None, out.split("\n")):
        hit = json.loads(line)
        found[int(hit["qid"])] = (right or is_wanted)(hit, queries[int(hit["qid"])][1])
    return found


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("build")
    p.add_argument("--gold", action="append", default=[])
    p.add_argument("--corpus", action="append", default=[])
    p.add_argument("-v", "--verbose", action="store_true")
    a = p.parse_args()
    if not a.gold:
        a.gold = [os.path.join(TOP, "tests/cases/sample/known-item.json")]
        a.corpus = [os.path.join(TOP, "corpus/sample")]
        if os.path.exists(os.path.join(SHARED, "gold/known-item.json")):
            a.gold.append(os.path.join(SHARED, "gold/known-item.json"))
            a.corpus.append(os.path.join(SHARED, "corpus"))
    sums = {kind.split()[0]: [0, 0, 0] for kind in [*KINDS, "scanned"]}
    for gold, corpus in zip(a.gold, a.corpus):
        with tempfile.TemporaryDirectory() as home:
            call(os.path.join(a.build, "rapporteur-index"), "--index", home, corpus)
            passages = passages_of(a.build, home)
            names = explained(passages)
            judged = json.load(open(gold))
            clean = first(a.build, home, [(g["query"], g["targets"]) for g in judged])
            for name, change in KINDS.items():
                kind = name.split()[0]
                changed = [(i, change(g["query"], names)) for i, g in enumerate(judged)]
                changed = [(i, q) for i, q in changed if q != judged[i]["query"]]
                found = first(a.build, home, [(q, judged[i]["targets"]) for i, q in changed])
                for (i, q), ok in zip(changed, found):
                    sums[kind][0] += 1
                    sums[kind][1] += ok
                    sums[kind][2] += clean[i]
                    if a.verbose and clean[i] and not ok:
                        print(f"{kind}: {q}")
            before, found = (from_scans(a.build, passages, judged, change) for change in (str, scanned))
            sums["scanned"] = [have + new for have, new in zip(sums["scanned"], (len(judged), sum(found), sum(before)))]
            for g, ok, was in zip(judged, found, before):
                if a.verbose and was and not ok:
                    print(f"scanned: {g['query']}")
    total = [sum(s[i] for s in sums.values()) for i in range(3)]
    for kind, (n, ok, before) in [*sums.items(), ("all", total)]:
        if n:
            print(f"{kind:10} queries {n:3} {kind}@1 {ok / n:.3f} as-they-were {before / n:.3f}")


main()
