"""Holds nomenklatura's matchers and plumb-screen against the same pairs.

pip install nomenklatura followthemoney rigour
cargo run -p plumb-screen --release --example train -- DATA_DIR --pairs PAIRS.csv
python benches/peers/nomenklatura.py PAIRS.csv [MOST_PAIRS_A_GROUP] [logic-v2]

PAIRS.csv has schema, name1, name2, same, group and plumb-screen's score. Prints precision, recall and F1 at 0.7 by group for both,
and the compares a second on one core of both.
"""

import csv
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict

sys.path.pop(0)  # this file bears the name of the package that it imports

from followthemoney import model
from nomenklatura.matching import get_algorithm

THRESHOLD = 0.7


def entity(schema, name, key):
    proxy = model.make_entity(schema)
    proxy.id = key
    proxy.add("name", name)
    return proxy


def figures(rows, field):
    found = sum(1 for row in rows if row["same"] == "1" and float(row[field]) >= THRESHOLD)
    wrong = sum(1 for row in rows if row["same"] == "0" and float(row[field]) >= THRESHOLD)
    same = sum(1 for row in rows if row["same"] == "1")
    precision = found / (found + wrong) if found + wrong else 1.0
    recall = found / same if same else 1.0
    return precision, recall, 2 * found / (2 * found + wrong + same - found) if found + wrong + same else 1.0


def ours(rows):
    """plumb-screen's compares a second on the same pairs: of names that it reads, as the matcher above does, with each score explained and
    without, and of names read before. Both remember words: it those of its reader, rigour tokens, symbols and distances in lru_caches."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["schema", "name1", "name2"])
        table.writerows([row["schema"], row["name1"], row["name2"]] for row in rows)
        file.flush()
        command = ["cargo", "bench", "-q", "-p", "plumb-screen", "--bench", "pairs", "--", file.name]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(told.strip())
    return [int(figure) for figure in re.findall(r"(\d+) compares a second", told)]


def main():
    path, most = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
    matcher = get_algorithm(sys.argv[3] if len(sys.argv) > 3 else "logic-v2")
    config = matcher.default_config()
    groups = defaultdict(list)
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            groups[row["schema"], row["group"]].append(row)
    # evenly spread over the file, so that the same rows are taken in every run
    chosen = {key: rows[:: max(1, len(rows) // most)][:most] for key, rows in groups.items()}
    compares, seconds = 0, 0.0
    for rows in chosen.values():
        for row in rows:
            # the matcher keeps what it has read of an id, so each pair has ids of its own
            left = entity(row["schema"], row["name1"], f"left-{compares}")
            right = entity(row["schema"], row["name2"], f"right-{compares}")
            if not compares:
                matcher.compare(left, right, config)
            start = time.process_time()
            row["theirs"] = matcher.compare(left, right, config).score
            seconds += time.process_time() - start
            compares += 1
    theirs = compares / seconds
    print(f"{matcher.NAME}: {theirs:.0f} compares a second on one core, {compares} pairs")
    explained, scored, known = ours(row for rows in chosen.values() for row in rows)
    print(f"that is {explained / theirs:.0f} times as many, {scored / theirs:.0f} times without explanations", end="")
    print(f", and {known / theirs:.0f} times of names that have been read")
    print(f"{'schema':8} {'group':26} {'same':>5} {'other':>5}   {'their P':>7} {'R':>6} {'F1':>6}   {'our P':>7} {'R':>6} {'F1':>6}")
    for schema in sorted({key[0] for key in chosen}):
        chosen[schema, "all"] = [row for key, rows in chosen.items() if key[0] == schema for row in rows]
    chosen["all", ""] = [row for key, rows in chosen.items() if key[1] == "all" for row in rows]
    for (schema, group), rows in sorted(chosen.items()):
        same = sum(1 for row in rows if row["same"] == "1")
        both = figures(rows, "theirs"), figures(rows, "score")
        numbers = "   ".join(f"{p:7.4f} {r:6.4f} {f:6.4f}" for p, r, f in both)
        print(f"{schema:8} {group:26} {same:>5} {len(rows) - same:>5}   {numbers}")


if __name__ == "__main__":
    main()
