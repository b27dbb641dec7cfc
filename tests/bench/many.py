#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""many.py N TEXTS.jsonl >MANY.jsonl - so many passages for measuring, made of other texts.

TEXTS.jsonl has one object a line with "text"; any collection of some megabytes will do. A passage is
spliced of runs of 4 to 16 words, each of which goes on behind another place where its last word stands, so that
words, pairs of words and posting lists are as frequent as in a real text, and no two passages are alike but one in
fifty, which is another one again. One word in a hundred is a made-up name: the more passages, the more
words. Always the same for the same texts."""
import array
import json
import random
import sys

WORDS = (60, 150)
RUN = (4, 16)
COPIES = 50
NAMES = 100
SPEAKERS = 20_000
SOURCE_WORDS = 6_000_000


def read_words(path):
    words, seen = [], {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            words += [seen.setdefault(w, w) for w in json.loads(line)["text"].split()]
            if len(words) >= SOURCE_WORDS:
                break
    return words


def places_of(words):
    places = {}
    for i, word in enumerate(words):
        places.setdefault(word, array.array("I")).append(i)
    return places


def name(rng):
    """A few names are frequent, most are rare."""
    number = int(rng.paretovariate(0.6)) % 5_000_000
    syllables = []
    while number:
        number, s = divmod(number, 60)
        syllables.append("bdfgklmnprst"[s % 12] + "aeiou"[s // 12])
    return ("".join(syllables) or "an").capitalize() + "sk"


def passage(rng, words, places):
    left, out = rng.randint(*WORDS), []
    at = rng.randrange(len(words) - RUN[1])
    while left > 0:
        n = rng.randint(*RUN)
        out += words[at:at + n]
        left -= n
        if rng.randrange(NAMES) < n:
            out.append(name(rng))
        last = places[words[min(at + n, len(words)) - 1]]
        at = last[rng.randrange(len(last))] + 1
        if at >= len(words) - RUN[1]:
            at = rng.randrange(len(words) - RUN[1])
    return " ".join(out)


def main():
    rng = random.Random(5)
    words = read_words(sys.argv[2])
    places, kept = places_of(words), []
    speakers = [f"{name(rng)} {name(rng)}{i}" for i in range(SPEAKERS)]
    for i in range(int(sys.argv[1])):
        text = passage(rng, words, places)
        if i % COPIES == 0:
            kept.append(text)
        elif i % COPIES == 1:
            text = kept[rng.randrange(len(kept))]
        json.dump({"id": f"m{i}", "title": " ".join(text.split()[:6]), "text": text, "speaker": speakers[int(rng.paretovariate(0.6)) % SPEAKERS],
                   "date": f"{1990 + i % 30}-0{1 + i % 9}-1{i % 10}"}, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: many.py N TEXTS.jsonl >MANY.jsonl")
    main()
