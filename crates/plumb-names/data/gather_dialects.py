#!/usr/bin/env python3
"""Rebuilds the Cantonese rows of `dialects.tsv`; those of Hokkien stay, which are by hand. README.md names sources and licences.

    gather_dialects.py GROUPS

GROUPS holds rigour's `person_names`, groups of forms of one name part, one a line. Needs `han.tsv` beside it. A form of one or two Han characters
whose group also holds its pinyin is a Chinese name; its characters are counted, as simplified. The same inputs give the same bytes.
"""
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent
# Of 1,577 characters 684 stand in so many forms: rarer ones would join syllables that no two names share.
FEWEST_FORMS = 3


def characters():
    """Simplified form, pinyin and jyutping of each character: the first reading of each, which names have."""
    rows = (line.rstrip("\n").split("\t") for line in (HERE / "han.tsv").open(encoding="utf-8") if not line.startswith("#"))
    return {row[0]: (row[1] or row[0], row[3].split(" ")[0], row[4].split(" ")[0]) for row in rows}


def count(groups, han):
    """How many forms of Chinese names hold each simplified character."""
    counts = Counter()
    for line in groups:
        forms = [form.strip() for form in line.rsplit("=>", 1)[0].split(",")]
        latin = {re.sub("[-']", "", form) for form in forms if re.fullmatch("[a-z'-]+", form)}
        for form in forms:
            if 1 <= len(form) <= 2 and all(c in han for c in form) and "".join(han[c][1] for c in form) in latin:
                counts.update(han[c][0] for c in form)
    return counts


def main():
    han = characters()
    with open(sys.argv[1], encoding="utf-8") as groups:
        counts = count(groups, han)
    pinyin = defaultdict(set)
    for simplified, mandarin, cantonese in han.values():
        if cantonese and counts[simplified] >= FEWEST_FORMS:
            pinyin[cantonese].add(mandarin)
    path = HERE / "dialects.tsv"
    kept = path.read_text(encoding="utf-8").splitlines()
    head, hokkien = ([line for line in kept if line.startswith(mark)] for mark in ("#", "hokkien"))
    rows = [f"cantonese\t{sound}\t{' '.join(sorted(pinyin[sound]))}" for sound in sorted(pinyin)]
    path.write_text("\n".join([*head, *rows, *hokkien]) + "\n", encoding="utf-8")


main()
