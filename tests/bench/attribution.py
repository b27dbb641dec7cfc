#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""attribution.py - how far the names can be trusted, on every judged set.

  attribution.py [BUILD]                  each set: what is right, what is wrong
  attribution.py --trust [BUILD]          precision and coverage of names by evidence and certainty
  attribution.py --contribution [BUILD]   what each stage contributes: all sets without it
  attribution.py --people [BUILD]         the roster: names found, names that are nobody's, functions
  attribution.py --misses [BUILD]         with every miss

BUILD is the folder with the programs (default: the current one). The judged
sets are those in tests/cases and, where it lies beside the sources, ../shared.

A probe is a line of a gold file: {doc, excerpt, kind, speaker, panel}, with
alternatives joined by "|" and "" for nobody; {doc, excerpt, join: true} is text
that must stand in one passage, {doc, excerpt, absent: true} must stand in none.
{doc, name, aliases, role, organisation, country} is somebody who is in the document.
{doc, quotation, speaker} is words in quotation marks inside a paragraph, with
who said them; {doc, quotation, none: true} is no quotation.
"""
import argparse
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# What a label says of somebody who has no name.
NOBODY = re.compile(r"(audience|questioner|question|unidentified|unknown|participant|q|speaker \d+)\b")


def words(text):
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold()))


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"attribution.py: {program} {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


class Set:
    """One folder of documents and the gold for them."""

    def __init__(self, name, corpus, gold, quotations=(), people=()):
        self.name, self.corpus = name, corpus
        self.people = [person for path in people for person in json.load(open(path))]
        self.probes = [probe for path in gold for probe in json.load(open(path))]
        self.quotations = [probe for path in quotations for probe in json.load(open(path))]

    def read(self, build, without):
        with tempfile.TemporaryDirectory(prefix="attribution-") as index:
            options = ["--without", without] if without else []
            run(os.path.join(build, "rapporteur-index"), "--quiet", "--index", index, *options, self.corpus)
            lines = run(os.path.join(build, "rapporteur"), "list", "passages", "--index", index, "--format", "jsonl")
        documents = collections.defaultdict(list)
        for line in lines.splitlines():
            passage = json.loads(line)
            documents[passage["document"]["id"]].append((words(passage["text"]), passage))
        return documents


def sets(shared):
    cases = os.path.join(SOURCE, "tests", "cases")
    found = [Set("sample", os.path.join(SOURCE, "corpus", "sample"), [os.path.join(cases, "sample", "gold.json")])]
    for folder in sorted(glob.glob(os.path.join(cases, "*", "documents"))):
        home = os.path.dirname(folder)
        gold = sorted(glob.glob(os.path.join(home, "gold", "*.json")))
        if gold:
            found.append(Set(os.path.basename(home), folder, gold,
                             sorted(glob.glob(os.path.join(home, "gold-quotations", "*.json"))),
                             sorted(glob.glob(os.path.join(home, "gold-people", "*.json")))))
    if os.path.isdir(shared):
        gold = os.path.join(shared, "gold")
        found.append(Set("corpus", os.path.join(shared, "corpus"), [os.path.join(gold, "attribution.json")]))
        found.append(Set("transcripts", os.path.join(shared, "transcripts"), [os.path.join(gold, "transcripts.json")]))
    return found


def same_name(gold, name):
    return any(words(one) == words(name) for one in gold.split("|"))


def speaker_name(speaker):
    name = (speaker or {}).get("name") or ""
    return "" if NOBODY.match(words(name)) else name


def is_speaker(probe, speaker):
    name = speaker_name(speaker)
    if same_name(probe["speaker"], name):
        return True
    bodies = (probe.get("org") or "").split("|") if (speaker or {}).get("type") == "body" else []
    return any(one and (words(one) in words(name) or words(name) in words(one)) for one in bodies)


def in_panel(probe, passage):
    panel = passage.get("panel") or {}
    places = [panel.get("label"), panel.get("title"), *(passage.get("section") or [])]
    return not probe.get("panel") or any(
        re.search(r"\b" + re.escape(words(label)) + r"\b", words(place))
        for label in probe["panel"].split("|") for place in places if place)


def judge(probe, passages):
    """(found, kind, speaker, wrong name, panel, the passage) of the best place."""
    begin = " ".join(words(probe["excerpt"]).split()[:8])
    best = (False,) * 5 + (None,)
    for text, passage in passages:
        if begin not in text:
            continue
        right = is_speaker(probe, passage.get("speaker"))
        marks = (True, same_name(probe["kind"], passage["kind"]), right,
                 bool(speaker_name(passage.get("speaker"))) and not right, in_panel(probe, passage), passage)
        if best[5] is None or sum(marks[1:3]) + marks[4] > sum(best[1:3]) + best[4]:
            best = marks
    return best


def plain(text):
    """The words without diacritics, as the programs fold them."""
    return "".join(one for one in unicodedata.normalize("NFD", words(text)) if not unicodedata.combining(one))


PERSON = re.compile(r"#\[(.*) \| person (.*)\]$")


def rosters(build, corpus):
    """Document -> the people that are detected in it, as the catalogue is written."""
    people = collections.defaultdict(list)
    current = None
    for line in run(os.path.join(build, "rapporteur-index"), "--write-catalogue", corpus).splitlines():
        head = PERSON.match(line)
        if head:
            current = {"name": head[2]}
            people[os.path.splitext(os.path.basename(head[1]))[0]].append(current)
        elif line.startswith("#") and " = " in line and current is not None:
            key, value = line[1:].split(" = ", 1)
            current[key] = value
        else:
            current = None
    return people


def bears(gold, person):
    forms = {plain(form) for form in [person["name"], *person.get("also", "").split("; ")]}
    return bool(forms & {plain(name) for name in [gold["name"], *(gold.get("aliases") or [])]})


def described(gold, person):
    """What is said of the person is among what is detected, whichever part it was put in."""
    got = " ".join(plain(person.get(key)) for key in ("honorific", "role", "organisation", "country"))
    wanted = [gold.get(key) for key in ("role", "organisation", "country") if gold.get(key)]
    return all(plain(one.split(",")[0]) in got for one in wanted)  # without the town of a house


def judge_people(one, build, misses):
    """Counts of people: wanted, found, with functions wanted and found, given, nobody's."""
    count = collections.Counter()
    people = rosters(build, one.corpus)
    gold = collections.defaultdict(list)
    for person in one.people:
        gold[person["doc"]].append(person)
    for doc, wanted in sorted(gold.items()):
        given = [person for person in people.get(doc, []) if person.get("type") != "body"]
        known = set()
        for person in wanted:
            got = [index for index, candidate in enumerate(given) if bears(person, candidate)]
            known.update(got)
            has = any(person.get(key) for key in ("role", "organisation", "country"))
            right = has and any(described(person, given[index]) for index in got)
            count.update(people=1, found=bool(got), functions=has and bool(got), right=right)
            if misses and not got:
                print(f"  {doc}: {person['name']} is not found")
            elif misses and has and not right:
                print(f"  {doc}: {person['name']} wants {[person.get(key) for key in ('role', 'organisation', 'country')]}"
                      f" has {[given[index].get(key) for index in got for key in ('role', 'organisation', 'country')]}")
        strangers = [person["name"] for index, person in enumerate(given) if index not in known]
        count.update(given=len(given), strangers=len(strangers))
        if misses and strangers:
            print(f"  {doc}: not wanted: {'; '.join(strangers)}")
    return count


class Score:
    def __init__(self):
        self.count = collections.Counter()
        self.trust = collections.defaultdict(collections.Counter)

    def add(self, probe, passages, misses):
        if probe.get("join") or probe.get("absent"):
            holds = any(words(probe["excerpt"]) in text for text, _ in passages)
            which = "join" if probe.get("join") else "absent"
            good = holds == (which == "join")
            self.count[which] += 1
            self.count[which + " right"] += good
            if misses and not good:
                print(f"  {'torn' if which == 'join' else 'furniture'}: {probe['doc']}: {probe['excerpt']}")
            return
        found, kind, speaker, wrong, panel, passage = judge(probe, passages)
        self.count.update(probes=1, found=found, kind=kind, speaker=speaker, wrong=wrong, panel=panel,
                          all=kind and speaker and panel)
        named = not same_name(probe["speaker"], "")
        self.count["named"] += named
        if passage and speaker_name(passage.get("speaker")):
            rests = passage["attribution"]
            mark = self.trust[(rests["evidence"], rests["certainty"])]
            mark.update(given=1, right=speaker)
        if misses and not (kind and speaker and panel):
            got = passage or {}
            print(f"  {probe['doc']}: {probe['excerpt'][:60]!r} wants {probe['kind']}/{probe['speaker']}/{probe.get('panel', '')}"
                  f" has {got.get('kind')}/{speaker_name(got.get('speaker'))}/{(got.get('panel') or {}).get('label')}")

    def add_quotation(self, probe, passages, misses):
        begin = words(probe["quotation"])
        got = [quotation for text, passage in passages if begin in text
               for quotation in passage.get("quotations") or []
               if words(quotation["text"]).startswith(begin[:60]) or begin.startswith(words(quotation["text"]))]
        if probe.get("none"):
            good = not any(quotation["speaker"] for quotation in got)
            self.count.update(quotations=1, **{"quotations right": good, "quotations wrong": not good})
        else:
            good = any(same_name(probe["speaker"], speaker_name(one["speaker"])) for one in got)
            wrong = not good and any(speaker_name(one["speaker"]) for one in got)
            self.count.update(quotations=1, **{"quotations right": good, "quotations wrong": wrong})
        if misses and not good:
            print(f"  quotation: {probe['doc']}: {probe['quotation'][:50]!r} wants {probe.get('speaker', 'none')!r}"
                  f" has {[speaker_name(one['speaker']) for one in got]}")

    def share(self, name, of="probes"):
        return self.count[name] / self.count[of] if self.count[of] else 1.0

    def line(self):
        shares = " ".join(f"{name} {self.share(name):.3f}" for name in ("found", "kind", "speaker", "wrong", "panel", "all"))
        text = f"probes {self.count['probes']:4} {shares} mended {self.count['join right']}/{self.count['join']}" \
               f" furniture-out {self.count['absent right']}/{self.count['absent']}"
        if self.count["quotations"]:
            text += f" quotations {self.share('quotations right', 'quotations'):.3f}" \
                    f" wrong-quotations {self.share('quotations wrong', 'quotations'):.3f}"
        return text


def score(one, build, without=None, misses=False):
    documents, result = one.read(build, without), Score()
    for probe in one.probes:
        result.add(probe, documents.get(probe["doc"], []), misses)
    for probe in one.quotations:
        result.add_quotation(probe, documents.get(probe["doc"], []), misses)
    return result


def sum_of(scores):
    total = Score()
    for one in scores:
        total.count.update(one.count)
        for key, mark in one.trust.items():
            total.trust[key].update(mark)
    return total


def print_trust(total):
    """Of the names given: how many are right; of those wanted: how many are given so."""
    print(f"{'evidence':12} {'certainty':10} {'names':>6} {'precision':>9} {'coverage':>9}")
    rows = sorted(total.trust.items(), key=lambda row: -row[1]["given"])
    for (evidence, certainty), mark in rows:
        print(f"{evidence:12} {certainty:10} {mark['given']:6} {mark['right'] / mark['given']:9.3f}"
              f" {mark['right'] / max(1, total.count['named']):9.3f}")
    given, right = (sum(mark[key] for _, mark in rows) for key in ("given", "right"))
    print(f"{'all':23} {given:6} {right / max(1, given):9.3f} {right / max(1, total.count['named']):9.3f}")


def stages(build):
    """The names of the stages: what the program says when asked for one that it does not have."""
    said = subprocess.run([os.path.join(build, "rapporteur-index"), "--without", "?", "."], capture_output=True, text=True).stderr
    return said.split("there are ", 1)[1].splitlines()[0].split(",")


def print_contribution(found, build):
    print(f"{'without':14} {'speaker':>8} {'wrong':>8} {'kind':>8} {'panel':>8} {'all':>8}   (change)")
    whole = sum_of(score(one, build) for one in found)
    names = ("speaker", "wrong", "kind", "panel", "all")
    print(f"{'nothing':14} " + " ".join(f"{whole.share(name):8.3f}" for name in names))
    for stage in stages(build):
        part = sum_of(score(one, build, stage) for one in found)
        print(f"{stage:14} " + " ".join(f"{part.share(name) - whole.share(name):+8.3f}" for name in names), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", nargs="?", default=".", metavar="BUILD")
    parser.add_argument("--shared", default=os.path.join(SOURCE, "..", "shared"), help="where the judged data lies")
    parser.add_argument("--set", action="append", help="only this set; may be repeated")
    parser.add_argument("--trust", action="store_true", help="precision and coverage by evidence and certainty")
    parser.add_argument("--contribution", action="store_true", help="what each stage contributes")
    parser.add_argument("--misses", action="store_true", help="list every miss")
    parser.add_argument("--people", action="store_true", help="the rosters, where they are judged")
    chosen = parser.parse_args()
    found = [one for one in sets(chosen.shared) if not chosen.set or one.name in chosen.set]
    if chosen.contribution:
        print_contribution(found, chosen.build)
        return
    if chosen.people:
        for one in (one for one in found if one.people):
            count = judge_people(one, chosen.build, chosen.misses)
            print(f"{one.name:12} people {count['people']} found {count['found'] / count['people']:.3f}"
                  f" functions {count['right'] / max(1, count['functions']):.3f}"
                  f" given {count['given']} strangers {count['strangers'] / max(1, count['given']):.3f}", flush=True)
        return
    scores = []
    for one in found:
        scores.append(score(one, chosen.build, misses=chosen.misses))
        print(f"{one.name:12} {scores[-1].line()}", flush=True)
    if chosen.trust:
        print_trust(sum_of(scores))


if __name__ == "__main__":
    main()
