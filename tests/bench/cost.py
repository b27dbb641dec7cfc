#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What attribution costs: rapporteur-index beside rapporteur-index-plain, which is
the same program without people, attribution, quotations and the Chatham House Rule.

    tests/bench/cost.py [--mb MB] [--runs N] BUILD     ratio, and time per MB as texts grow
    tests/bench/cost.py --hostile [--mb MB] BUILD      texts made to be slow, at two sizes

Times are the whole process's, user and system; the two programs take turns. All
texts are invented here and the same in each run, but for ../shared/corpus, many
times over, where that is.
"""
import argparse, os, random, resource, shutil, statistics, subprocess, sys, tempfile

FIRST = "Ann Otto Mary Jens Lucia Omar Fatou Pavel Ines Tariq Noor Henk Rosa Ivan Kofi Mei".split()
LAST = [a + b for a in "Bran Wei Mor Hol Var Kas Lind Tor Pet Gar Ost Ham".split()
        for b in "dt son ski berg man ova ez ini".split()]
RATIO = 4 / 3  # what attribution may cost
FEW_SECONDS = 0.3  # below, a time says little of how it grows


class Text:
    """Invented words, names and sentences."""

    def __init__(self, seed=5):
        self.random = random.Random(seed)
        one = self.random.choice
        self.words = ["".join(one("bcdfglmnprst") + one("aeiou") for _ in range(self.random.randint(1, 4)))
                      for _ in range(20000)]
        self.names = [f"{one(FIRST)} {one(LAST)}" for _ in range(400)]

    def sentence(self, low, high):
        words = self.random.choices(self.words, k=self.random.randint(low, high))
        return " ".join(words).capitalize() + self.random.choice("...?")

    def sentences(self, n, low=6, high=20):
        return " ".join(self.sentence(low, high) for _ in range(n))

    def name(self):
        return self.random.choice(self.names)


def grow(nbytes, part):
    """part(0), part(1), ... up to so many bytes."""
    out, size, i = [], 0, 0
    while size < nbytes:
        out.append(part(i))
        size += len(out[-1])
        i += 1
    return "".join(out)


def transcript(nbytes):
    t = Text()
    return grow(nbytes, lambda i: f"{t.name().upper()}: {t.sentences(6)}\n\n")


def report(nbytes):
    """Each paragraph tells of somebody's words."""
    t = Text()

    def part(i):
        name, rest = t.name(), t.sentences(5, 8, 22)
        if i % 60 == 0:
            return f"Session {i // 60 + 1}: {t.sentence(4, 4)[:-1]}\nChair: Dr {name}, {t.sentence(2, 2)[:-1]}\n\n"
        return t.random.choice([
            f"{name}, Director of the {t.random.choice(t.words).capitalize()} Institute, said that {t.sentence(9, 14).lower()} {rest}\n\n",
            f"{t.sentences(2)} {rest}\n\n",
            f"Mr {name.split()[1]} replied that {t.sentence(6, 10).lower()} {rest}\n\n",
            f"Participants agreed that {t.sentence(6, 10).lower()} {rest}\n\n"])
    return grow(nbytes, part)


# ---- texts made to be slow -----------------------------------------------------------

def letters(i):
    """A name of its own for each number."""
    out = ""
    while True:
        out += "abcdefghijklmnopqrstuvwxyz"[i % 26]
        i //= 26
        if i == 0:
            return out.capitalize()


def repeated(s):
    return lambda nbytes: s * (nbytes // len(s.encode()) + 1)


def numbered(part, before=""):
    return lambda nbytes: before + grow(nbytes, part)


def behind(before, make):
    return lambda nbytes: before + make(nbytes)


HOSTILE = {
    "capitals": repeated("NORTH ABLE TRADE "),
    "capitals, one word": repeated("N"),
    "names on one line": repeated("Ann Bell Otto Weber "),
    "names in one list": numbered(lambda i: f"{letters(i)} {letters(i * 7 + 3)}, ", "Participants\n\n"),
    "names in lines": numbered(lambda i: f"{letters(i)} {letters(i * 7 + 3)}, Director, House of {letters(i)}\n", "List of participants\n\n"),
    "one surname, turns": numbered(lambda i: f"{letters(i)} BELL: We know.\n\n".upper()),
    "one surname, report": numbered(lambda i: f"Mr. {letters(i)} Bell, Director of Salt, said that it was so. Mr. Bell replied that it was.\n\n", "Session 1: Salt\n\n"),
    "one first name, turns": numbered(lambda i: f"ANN {letters(i)}: We know, Ann.\n\n".upper()),
    "many people, report": numbered(lambda i: f"{letters(i)} {letters(i * 7 + 3)}, Minister of Salt, said no. The Minister agreed. He said so.\n\n", "Session 1: Salt\n\n"),
    "one line": lambda nbytes: report(nbytes).replace("\n", " "),
    "no full stop": lambda nbytes: report(nbytes).replace(".", "").replace("?", "").replace("\n", " "),
    "open quotation marks": repeated("\u201c"),
    "open quotation marks, spaced": repeated("\u201ca "),
    "straight quotation marks": repeated('"'),
    "quotations": repeated('"We know all of it," said Ann Bell. '),
    "quotations, one colon": behind("Ann Bell said: ", repeated('"We know all of it." ')),
    "quotations and captions": numbered(lambda i: f'"We know all of it, and more."\n{letters(i)} {letters(i * 7 + 3)}, Director\n\n'),
    "headings": numbered(lambda i: f"# Part {i}\n\n"),
    "headings, going down": numbered(lambda i: f"{'#' * (i % 6 + 1)} By Ann Bell\n\n"),
    "short lines": numbered(lambda i: f"{letters(i)} Matters\n\n"),
    "panels": numbered(lambda i: f"Panel {i}: Salt\nChair: {letters(i)} Bell\n\n"),
    "one panel": repeated("Panel 1: Salt\nChair: Ann Bell\n\n"),
    "labels": numbered(lambda i: f"{letters(i)}:\n\n"),
    "labels and functions": numbered(lambda i: f"**House of {letters(i)} | {letters(i)} Bell | Director**\n\nWe know.\n\n"),
    "open brackets": repeated("("),
    "open brackets and names": repeated("(Ann Bell "),
    "nested brackets": lambda nbytes: "(" * (nbytes // 2) + ")" * (nbytes // 2),
    "square brackets": repeated("[a]("),
    "commas": repeated(", "),
    "commas and names": repeated("Ann, "),
    "initials": repeated("A. "),
    "hyphens": repeated("a-"),
    "apostrophes": repeated("l'"),
    "stars": repeated("*a "),
    "bars": repeated("| a "),
    "line feeds": repeated("a\n"),
    "pages": repeated("Salt and Trade\n1\f"),
    "footnotes": numbered(lambda i: f"We know.{i % 1000}\n\n{i % 1000} See Bell, Salt.\n\n"),
    "countries": repeated("Norway, Kenya, "),
    "countries speak": repeated("Norway, supported by Kenya and Peru, said that it was so. "),
    "verbs": repeated("said stressed "),
    "functions": repeated("the Deputy Prime Minister "),
    "honorifics": repeated("H.E. Dr. Prof. "),
    "particles": repeated("Ann van der "),
    "functions, many listed": lambda nbytes: "Panel 1: Salt\nSpeakers:\n" + grow(nbytes / 2, lambda i: f"{letters(i)} {letters(i * 7 + 3)}, Deputy Minister of Salt\n")
        + "\n" + repeated("The Minister of Salt said that it was so.\n\n")(nbytes // 2),
    "pronouns": repeated("He said so. "),
    "semicolons": repeated("a;"),
    "Chatham House": repeated("The Chatham House Rule applies to all of it. "),
    "Chatham House, names": lambda nbytes: "The meeting was held under the Chatham House Rule.\n\n" + transcript(nbytes),
    "Chatham House, many names": numbered(lambda i: f"{letters(i)} {letters(i * 7 + 3)}: We know, {letters(i + 1)}.\n\n", "The meeting was held under the Chatham House Rule.\n\n"),
    "not UTF-8": lambda nbytes: report(nbytes).encode().replace(b"e", b"\xe2"),
    "questions in one block": repeated("Q - abc def\nA - ghi jkl\n"),
    "asides behind labels": lambda nbytes: "Ab: x\nCd: y\n" * (nbytes // 24) + "z " + "[a] " * (nbytes // 8) + "\n",
}


# ---- measuring -----------------------------------------------------------------------

class Bench:
    def __init__(self, build, folder):
        self.programs = [os.path.join(build, p) for p in ("rapporteur-index-plain", "rapporteur-index")]
        self.folder = folder

    def put(self, text):
        path = os.path.join(self.folder, "text.txt")
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path, os.path.getsize(path) / 1e6

    def seconds(self, program, path):
        index = os.path.join(self.folder, "index")
        shutil.rmtree(index, ignore_errors=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([program, "-q", "--index", index, path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    def ratio(self, name, path, mb, runs):
        both = [[self.seconds(program, path) for program in self.programs] for _ in range(runs)]
        plain, full = zip(*both)
        low = min(full) / min(plain)
        middle = statistics.median(full) / statistics.median(plain)
        print(f"{name:24}{mb:8.1f}{min(plain):9.2f}{min(full):9.2f}{low:9.2f}{middle:9.2f}", flush=True)
        return low

    def growth(self, name, make, nbytes):
        """Seconds for each MB at 1, 4 and 16 times the size; the last over the first."""
        each = []
        for size in (nbytes / 16, nbytes / 4, nbytes):
            path, mb = self.put(make(int(size)))
            each.append(min(self.seconds(self.programs[1], path) for _ in range(3 if mb < 20 else 1)) / mb)
        print(f"{name:24}" + "".join(f"{e:9.3f}" for e in each) + f"{each[-1] / each[0]:9.2f}", flush=True)
        return each


def copies(folder, times):
    """Each file of the shared corpus so many times over, as files of their own."""
    shared = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../..")
    source = next((p for p in (os.environ.get("SHARED", ""), os.path.join(shared, "shared"), os.path.join(shared, "../shared"))
                   if p and os.path.isdir(os.path.join(p, "corpus"))), None)
    if source is None:
        return None, 0
    out, size = os.path.join(folder, "copies"), 0
    os.mkdir(out)
    for name in sorted(os.listdir(os.path.join(source, "corpus"))):
        path = os.path.join(source, "corpus", name)
        for i in range(times if name.endswith(".txt") else 0):
            shutil.copyfile(path, os.path.join(out, f"{i}-{name}"))
            size += os.path.getsize(path)
    return out, size / 1e6


def cost(bench, args):
    nbytes = int((args.mb or 50) * 1e6)
    print(f"{'with and without':24}{'MB':>8}{'without':>9}{'with':>9}{'lowest':>9}{'median':>9}")
    worst = 0
    for name, make in (("transcript", transcript), ("report", report)):
        worst = max(worst, bench.ratio(name, *bench.put(make(nbytes // 4)), args.runs))
    path, mb = copies(bench.folder, 40)
    if path:
        worst = max(worst, bench.ratio("shared corpus, 40 times", path, mb, args.runs))
    print(f"\n{'seconds for each MB':24}{nbytes / 16e6:6.1f} MB{nbytes / 4e6:6.1f} MB{nbytes / 1e6:6.1f} MB{'growth':>9}")
    for name, make in (("transcript", transcript), ("report", report)):
        bench.growth(name, make, nbytes)
    print(f"\nhighest ratio {worst:.2f}, wanted below {RATIO:.2f}")


def hostile(bench, args):
    nbytes = int((args.mb or 4) * 1e6)
    path, mb = bench.put(report(nbytes))
    usual = bench.seconds(bench.programs[1], path) / mb
    print(f"{'seconds for each MB':32}{nbytes / 4e6:6.1f} MB{nbytes / 1e6:6.1f} MB{'growth':>9}{'without':>9}")
    slowest, steepest, failed = (0, ""), (0, ""), False
    for name, make in HOSTILE.items():
        if args.only and args.only not in name:
            continue
        each = []
        for size in (nbytes // 4, nbytes):
            path, mb = bench.put(make(size))
            each.append(min(bench.seconds(bench.programs[1], path) for _ in range(2 if size < nbytes else 1)) / mb)
        growth = each[1] / each[0]
        plain = bench.seconds(bench.programs[0], path) / mb if args.limit is None else 0
        print(f"{name:32}" + "".join(f"{e:9.3f}" for e in (*each, growth, plain)), flush=True)
        slowest = max(slowest, (each[1], name))
        steepest = max(steepest, (growth, name))
        if args.limit and growth > args.limit and each[1] * mb > FEW_SECONDS:
            failed = True
            print(f"{name}: takes {growth:.2f} times as long for each MB at 4 times the size")
    print(f"\nslowest: {slowest[1]}, {slowest[0] / usual:.1f} times a report's time for each MB ({usual:.3f} s)")
    print(f"steepest: {steepest[1]}, {steepest[0]:.2f} times the time for each MB at 4 times the size")
    sys.exit(failed)


def main():
    parser = argparse.ArgumentParser(description="What attribution costs.")
    parser.add_argument("--mb", type=float, help="the largest text (50; --hostile: 4)")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--only", help="those hostile texts alone whose names hold this")
    parser.add_argument("--limit", type=float, help="--hostile: fail where the time for each MB grows more than that")
    parser.add_argument("build")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(args.build, folder)
        for program in bench.programs if args.limit is None else bench.programs[1:]:
            if not os.path.exists(program):
                sys.exit(f"{program} is not there: make {os.path.basename(program)}")
        (hostile if args.hostile else cost)(bench, args)


main()
