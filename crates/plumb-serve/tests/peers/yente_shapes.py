"""Reads our answers with yente's own models: a shape that they refuse would break its clients.

    python3 -m venv VENV && VENV/bin/pip install yente==5.5.0
    plumb serve --list zala --port 4173 &
    VENV/bin/python yente_shapes.py http://127.0.0.1:4173 zala

Not part of the tests that must pass: it needs packages from the registry and a server with a list.
"""

import json
import sys
import urllib.parse
import urllib.request

from yente.data import common, freebase

BASE, DATASET = sys.argv[1], sys.argv[2]


def ask(path, body=None, form=None):
    data = body and json.dumps(body).encode() or form and urllib.parse.urlencode(form).encode()
    with urllib.request.urlopen(BASE + path, data=data or None) as answer:
        return json.load(answer)


def check(model, path, **asked):
    answer = ask(path, **asked)
    model.model_validate(answer)
    print("reads", model.__name__, "from", path)
    return answer


query = {"schema": "Person", "properties": {"name": ["Alexander Zakharov"]}}
matched = check(common.EntityMatchResponse, f"/match/{DATASET}?threshold=0.2", body={"queries": {"q": query}})
found = check(common.SearchResponse, f"/search/{DATASET}?facets=schema&facets=genders&facets=countries")
check(common.DataCatalogModel, "/catalog")
check(common.AlgorithmResponse, "/algorithms")
check(common.StatusResponse, "/readyz")
for entity in [result["id"] for result in found["results"]] + [one["id"] for one in matched["responses"]["q"]["results"]]:
    check(common.EntityResponse, f"/entities/{entity}")
    check(common.EntityAdjacentResponse, f"/entities/{entity}/adjacent")
check(freebase.FreebaseManifest, f"/reconcile/{DATASET}")
for what, model in [
    ("entity", freebase.FreebaseEntitySuggestResponse),
    ("property", freebase.FreebasePropertySuggestResponse),
    ("type", freebase.FreebaseTypeSuggestResponse),
]:
    check(model, f"/reconcile/{DATASET}/suggest/{what}?prefix=a")
check(freebase.FreebaseExtendPropertiesResponse, f"/reconcile/{DATASET}/extend/property?type=Person")
answer = ask(f"/reconcile/{DATASET}", form={"queries": json.dumps({"q": {"query": "Zakharov", "type": "Person"}})})
for result in answer.values():
    freebase.FreebaseEntityResult.model_validate(result)
ids = [result["id"] for result in found["results"][:3]]
extension = {"ids": ids, "properties": [{"id": "name"}, {"id": "country"}]}
freebase.FreebaseExtendResponse.model_validate(ask(f"/reconcile/{DATASET}", form={"extend": json.dumps(extension)}))
print("all read")
