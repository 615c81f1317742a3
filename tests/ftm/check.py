#!/usr/bin/env python3
"""Holds the FollowTheMoney export against FollowTheMoney's own library.

    python3 tests/ftm/check.py FILE

FILE is what `plumb export CASE --format ftm` wrote; the library comes with `pip install followthemoney`. Each line must make an
entity whose values are the same after the library has cleaned them, which is valid by its schema, and which refers only to
entities of the file that its properties accept. Exit code 0: all lines are accepted; 1: some are not, each named; 2: wrong usage;
77: the library is not installed.
"""

import json
import sys
from collections import Counter

try:
    from followthemoney import model
    from followthemoney.exc import InvalidData
except ImportError:
    print("the package followthemoney is not installed: pip install followthemoney", file=sys.stderr)
    sys.exit(77)


def cleaned(data):
    """The entity as the library makes it from untrusted data, and what it says is wrong with it."""
    problems = []
    try:
        proxy = model.get_proxy(data, cleaned=False)
        proxy.schema.validate(proxy.to_dict())
    except InvalidData as error:
        return None, [f"refused: {error}"]
    for name, values in data["properties"].items():
        prop = proxy.schema.get(name)
        if prop is None:
            problems.append(f"{proxy.schema.name} has no property {name}")
            continue
        kept = proxy.get(name)
        lost = [value for value in values if value not in kept]
        # the library writes addresses of the web in one form: http://x and http://x/ are one address
        if prop.type.name == "url" and len(kept) == len(values):
            lost = []
        problems.extend(f"{name}: {value!r} is lost, kept are {kept!r}" for value in lost)
    problems.extend(f"{name} is required" for name in proxy.schema.required if not proxy.has(name))
    return proxy, problems


def misled(proxy, proxies):
    """The references of an entity that lead nowhere or to something that the property does not accept."""
    for prop, value in proxy.itervalues():
        if prop.type.name == "entity":
            target = proxies.get(value)
            if target is None:
                yield f"{prop.name}: {value} is not in the file"
            elif prop.range is not None and not target.schema.is_a(prop.range):
                yield f"{prop.name}: {value} is a {target.schema.name}, not a {prop.range.name}"


def check(path):
    problems, proxies, schemata = [], {}, Counter()
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            proxy, wrong = cleaned(json.loads(line))
            problems.extend(f"{path}:{number}: {problem}" for problem in wrong)
            if proxy is not None:
                if proxy.id in proxies:
                    problems.append(f"{path}:{number}: the id {proxy.id} stands twice")
                proxies[proxy.id] = proxy
                schemata[proxy.schema.name] += 1
    for proxy in proxies.values():
        problems.extend(f"{path}: {proxy.id}: {problem}" for problem in misled(proxy, proxies))
    return problems, schemata


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    problems, schemata = check(arguments[0])
    for problem in problems:
        print(problem, file=sys.stderr)
    kinds = ", ".join(f"{count} {name}" for name, count in sorted(schemata.items()))
    print(f"{sum(schemata.values())} entities accepted or named above: {kinds}")
    return 1 if problems or not schemata else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
