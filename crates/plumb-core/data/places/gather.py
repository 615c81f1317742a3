"""Writes places.tsv and subdivisions.tsv from their sources; see README.md.

Usage: python3 gather.py CLDR/common territories.jsonl
"""

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

LANGUAGES = ("ru", "ko", "zh")

# Names in English that differ from the source, with the reason.
NAMES = {
    "HK": "Hong Kong",  # without SAR
    "MO": "Macao",
    "NR": "Nauru",  # the source has the name of 2026; the standard is not known to
    "CZ-10": "Prague",  # the source has two languages in one name
    "FR-CP": "Clipperton",  # not named in the source
    "QA-SH": "Al-Shahaniya",
    "SH-TA": "Tristan da Cunha",
    "SO-BY": "Bay",
    "UA-09": "Luhansk Oblast",  # like its neighbours
    "UA-14": "Donetsk Oblast",
    "UA-77": "Chernivtsi Oblast",
}

# Words that people use; they serve suggestions only.
ALSO = {
    "AE": "UAE", "CD": "DRC", "CI": "Ivory Coast", "CN": "PRC", "CV": "Cape Verde", "CZ": "Czech Republic",
    "GB": "UK;Great Britain;Britain;England", "KP": "DPRK;NK", "KR": "ROK;Korea", "MK": "Macedonia", "MM": "Burma",
    "NR": "Naoero", "SU": "SUHH;USSR", "SZ": "Swaziland", "TL": "East Timor", "TR": "Turkey", "US": "America;U.S.",
    "VA": "Vatican;Vatican City", "WORLD": "ALL;Global;001", "YU": "YUCS", "DD": "DDDE;GDR", "ZZ": "Unknown;Various;XX",
}  # fmt: skip

EU = "AT;BE;BG;CY;CZ;DE;DK;EE;ES;FI;FR;GR;HR;HU;IE;IT;LT;LU;LV;MT;NL;PL;PT;RO;SE;SI;SK"

# code, kind, alpha-3, name, official name, region, names in LANGUAGES, members
OTHERS = [
    ("WORLD", "group", "", "World", "", "", "весь мир", "세계", "世界", ""),
    ("EU", "group", "", "European Union", "", "", "Европейский союз", "유럽 연합", "欧盟", EU),
    ("UN", "body", "", "United Nations", "", "", "Организация Объединенных Наций", "국제연합", "联合国", ""),
    ("ZZ", "unknown", "", "Unknown or various", "", "", "неизвестный регион", "알려지지 않은 지역", "未知地区", ""),
    ("CSHH", "former", "CSK", "Czechoslovakia", "", "Europe", "Чехословакия", "체코슬로바키아", "捷克斯洛伐克", ""),
    ("DD", "former", "DDR", "East Germany", "German Democratic Republic", "Europe", "ГДР", "동독", "东德", ""),
    ("SU", "former", "SUN", "Soviet Union", "Union of Soviet Socialist Republics", "Europe", "Советский Союз", "소련", "苏联", ""),
    ("YU", "former", "YUG", "Yugoslavia", "", "Europe", "Югославия", "유고슬라비아", "南斯拉夫", ""),
]  # fmt: skip

# Subdivisions that have a country code of their own stand under that code only.
SAME = {
    "CN-HK": "HK", "CN-MO": "MO", "CN-TW": "TW", "FI-01": "AX", "FR-971": "GP", "FR-972": "MQ", "FR-973": "GF",
    "FR-974": "RE", "FR-976": "YT", "FR-BL": "BL", "FR-MF": "MF", "FR-NC": "NC", "FR-PF": "PF", "FR-PM": "PM",
    "FR-TF": "TF", "FR-WF": "WF", "NL-AW": "AW", "NL-CW": "CW", "NL-SX": "SX", "US-AS": "AS", "US-GU": "GU",
    "US-MP": "MP", "US-PR": "PR", "US-UM": "UM", "US-VI": "VI",
}  # fmt: skip

# The source takes names of subdivisions in other languages from Wikidata and marks them provisional; some are wrong
# (a sports club for a municipality, north for south). Only countries whose names were read one by one have them here.
REVIEWED = {"AE", "CN", "JP", "KP", "KR", "KW", "MN", "MY", "PL", "QA", "RU", "UA"}
CORRECTED = {("QA-RA", "zh"): "赖扬"}

# Codes of two letters in the territories file that are not in ISO 3166-1.
NOT_COUNTRIES = {"ac", "an", "cp", "cq", "dd", "dg", "eu", "ic", "ip", "ta", "un", "zr", "zz"}


def clean(name):
    """Drops what tells homonyms apart in the source: `²`, a trailing `(province)`."""
    return re.sub(r"\s*[(（][^)）]*[)）]$", "", re.sub("[¹²³⁴⁵†]", "", name or "")).strip()


def territory_names(common, language):
    """Names by territory code. Of Hong Kong and Macao the short form, without a remark on their status."""
    found = {}
    for node in ElementTree.parse(common / "main" / f"{language}.xml").getroot().iter("territory"):
        code, form = node.get("type"), node.get("alt")
        if form is None or (form == "short" and code in ("HK", "MO")):
            found[code] = node.text
    return found


def subdivision_names(common, language):
    nodes = ElementTree.parse(common / "subdivisions" / f"{language}.xml").getroot().iter("subdivision")
    return {dashed(node.get("type")): clean(node.text) for node in nodes if node.get("alt") is None}


def dashed(code):
    """`ruspe` is RU-SPE, `RU` stays."""
    code = code.upper()
    return code if len(code) == 2 else f"{code[:2]}-{code[2:]}"


def regions(common):
    """Region and subregion (UN M49) of each country."""
    groups = {}
    for node in ElementTree.parse(common / "supplemental" / "supplementalData.xml").getroot().iter("group"):
        if node.get("status") is None and node.get("grouping") is None and node.get("contains"):
            groups[node.get("type")] = node.get("contains").split()
    names = territory_names(common, "en")
    found = {}
    for region in ("002", "019", "142", "150", "009"):
        for subregion in groups[region]:
            for country in groups.get(subregion, []) if subregion != "QO" else []:
                found[country] = (names[region], names[subregion])
    return found


def countries(common, territories):
    """ISO 3166-1, and Kosovo."""
    names = {language: territory_names(common, language) for language in LANGUAGES}
    region_of = regions(common)
    for code, entry in territories.items():
        if len(code) != 2 or code in NOT_COUNTRIES:
            continue
        code = code.upper()
        name, official = NAMES.get(code, entry["name"]), entry["full_name"]
        if official == name or "(" in official or code == "NR":
            official = ""
        also = [word for word in [ALSO.get(code), *(old for old, new in SAME.items() if new == code)] if word]
        translated = [names[language][code] for language in LANGUAGES]
        region, subregion = region_of.get(code, ("", ""))
        yield [code, "country", entry["alpha3"].upper(), name, official, region, subregion, *translated, ";".join(also), ""]


def subdivisions(common, territories):
    names = {language: subdivision_names(common, language) for language in LANGUAGES}
    english = subdivision_names(common, "en")
    # the territories file says Amur Oblast, the other Amur; its names of emirates have marks that readers do not expect
    other = {code.upper(): entry["name"] for code, entry in territories.items() if not code.startswith("ae-")}
    english |= {code: name for code, name in other.items() if "(" not in name}
    english |= NAMES
    for node in ElementTree.parse(common / "supplemental" / "subdivisions.xml").getroot().iter("subgroup"):
        for code in map(dashed, node.get("contains").split()):
            if code not in SAME:
                reviewed = [CORRECTED.get((code, language), names[language].get(code, "")) for language in LANGUAGES]
                translated = reviewed if code[:2] in REVIEWED else [""] * len(LANGUAGES)
                yield [code, dashed(node.get("type")), english[code], *translated]


def write(file, header, rows):
    lines = ["\t".join(row) for row in [header, *sorted(rows)]]
    Path(__file__).with_name(file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    common = Path(sys.argv[1])
    lines = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
    territories = {entry["code"]: entry for entry in map(json.loads, lines)}
    others = [
        [code, kind, alpha3, name, official, region, "", *names, ALSO.get(code, ""), members]
        for code, kind, alpha3, name, official, region, *names, members in OTHERS
    ]
    header = ["code", "kind", "alpha3", "name", "official", "region", "subregion", *LANGUAGES, "also", "members"]
    write("places.tsv", header, [*countries(common, territories), *others])
    write("subdivisions.tsv", ["code", "within", "name", *LANGUAGES], subdivisions(common, territories))


if __name__ == "__main__":
    main()
