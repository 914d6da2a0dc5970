#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract for platforms (data/platform-api) holds together: it parses, its references resolve, its schemas are valid
JSON Schema 2020-12, its examples are what the schemas say, and a member that is required is missed. Prints TAP."""

import copy
import json
import pathlib
import re
import sys

import jsonschema
import referencing
import referencing.jsonschema
import yaml

LEVELS = ["core", "sync", "drafts", "guidelines", "questions", "feedback", "qualification", "pay"]
METHODS = {"get", "put", "post", "delete", "patch", "head", "options"}
# "lease-expired" in backticks within a description of an answer.
NAME_IN_PROSE = re.compile(r"`([a-z]+(?:-[a-z]+)+|malformed|maintenance)`")


class UniqueKeyLoader(yaml.SafeLoader):
    """A key that is there twice is an error and not the last one."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"“{key}” is there twice", node.start_mark)
        return super().construct_mapping(node, deep)


def walk(value, place=""):
    yield place, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{place}/{str(key).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walk(inner, f"{place}/{index}")


def resolve(document, reference):
    value = document
    for part in reference.removeprefix("#/").split("/"):
        part = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(value, dict) or part not in value:
            return None
        value = value[part]
    return value


def operations(document):
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            yield path, method, item, item[method]


def check_references(document):
    for place, value in walk(document):
        if isinstance(value, dict) and isinstance(value.get("$ref"), str):
            if not value["$ref"].startswith("#/") or resolve(document, value["$ref"]) is None:
                yield f"{place}: {value['$ref']} leads nowhere"
    used = {value["$ref"] for _, value in walk(document) if isinstance(value, dict) and "$ref" in value}
    for kind in ("schemas", "responses", "parameters", "headers"):
        for name in document["components"][kind]:
            if f"#/components/{kind}/{name}" not in used:
                yield f"components/{kind}/{name} is used by nobody"


def check_schemas(document):
    for name, schema in document["components"]["schemas"].items():
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            yield f"{name}: {error.message}"


def check_operations(document):
    ids = []
    if [tag["name"] for tag in document["tags"]] != LEVELS:
        yield f"the tags are not the levels {LEVELS}"
    for path, method, item, operation in operations(document):
        here = f"{method.upper()} {path}"
        ids.append(operation.get("operationId"))
        if len(operation.get("tags", [])) != 1 or operation["tags"][0] not in LEVELS:
            yield f"{here}: exactly one level"
        if "default" not in operation["responses"] and operation.get("security") != []:
            yield f"{here}: no default answer"
        parameters = [resolve(document, p["$ref"]) if "$ref" in p else p
                      for p in item.get("parameters", []) + operation.get("parameters", [])]
        declared = sorted(p["name"] for p in parameters if p["in"] == "path")
        if declared != sorted(re.findall(r"\{(\w+)\}", path)):
            yield f"{here}: the parameters in the path are {declared}"
        for status, response in operation["responses"].items():
            response = resolve(document, response["$ref"]) if "$ref" in response else response
            if method == "get" and status == "200" and path != "/.well-known/evaluator-platform" \
                    and "ETag" not in response.get("headers", {}):
                yield f"{here}: {status} has no ETag"
            for media, content in response.get("content", {}).items():
                wanted = "application/json" if status.startswith("2") else "application/problem+json"
                if media != wanted or "schema" not in content:
                    yield f"{here}: {status} is {media}"
    for one in ids:
        if one is None or ids.count(one) > 1:
            yield f"operationId {one} is missing or there twice"


def check_problem_names(document):
    names = {row["name"]: row for row in document["x-problem-types"]}
    properties = document["components"]["schemas"]["Problem"]["properties"]
    for row in document["x-problem-types"]:
        yield from (f"{row['name']}: the member {member} is not in Problem"
                    for member in row["members"] if member not in properties)
    seen = set()
    for path, method, _, operation in operations(document):
        texts = [(status, (resolve(document, r["$ref"]) if "$ref" in r else r)["description"])
                 for status, r in operation["responses"].items()]
        for status, text in texts:
            if status.startswith("4"):
                found = NAME_IN_PROSE.findall(text)
                seen.update(found)
                yield from (f"{method.upper()} {path}: {status} names {name}, which is not a problem with that status"
                            for name in found if names.get(name, {}).get("status") != int(status))
        for name in NAME_IN_PROSE.findall(operation.get("description", "")):
            if name not in names and not name.startswith("x-"):
                yield f"{method.upper()} {path}: {name} is no problem type"
    if len(seen) < 10:
        yield f"only {sorted(seen)} were found in the answers"


def schema_of(example, schemas):
    name = example.stem.split("--")[0]
    wanted = "".join(part.capitalize() for part in name.split("-"))
    return wanted if wanted in schemas else None


def main():
    folder = pathlib.Path(sys.argv[1]) / "data" / "platform-api"
    document = yaml.load((folder / "openapi.yaml").read_text(encoding="utf-8"), UniqueKeyLoader)
    schemas = document["components"]["schemas"]
    registry = referencing.Registry().with_resource(
        "urn:contract", referencing.jsonschema.DRAFT202012.create_resource(document))
    examples = sorted((folder / "examples").glob("*.json"))

    def validate(name, instance):
        validator = jsonschema.Draft202012Validator({"$ref": f"urn:contract#/components/schemas/{name}"}, registry=registry)
        return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(instance)]

    def check_examples():
        for example in examples:
            name = schema_of(example, schemas)
            if name is None:
                yield f"{example.name} is named by no schema"
                continue
            yield from (f"{example.name}: {error}" for error in validate(name, json.loads(example.read_text(encoding="utf-8"))))

    def check_coverage():
        have = {schema_of(example, schemas) for example in examples}
        for place, value in walk(document["paths"]):
            if isinstance(value, dict) and place.endswith(("/application~1json", "/application~1problem+json")):
                name = value["schema"]["$ref"].rsplit("/", 1)[1]
                if name not in have:
                    yield f"{name}, of {place}, has no example"

    def check_required():
        tried = 0
        for example in examples:
            name = schema_of(example, schemas)
            instance = json.loads(example.read_text(encoding="utf-8"))
            for member in schemas.get(name, {}).get("required", []):
                broken = copy.deepcopy(instance)
                broken.pop(member, None)
                tried += 1
                if not validate(name, broken):
                    yield f"{example.name} is still right without {member}"
        if tried < 100:
            yield f"only {tried} members were tried"

    def check_problems():
        for row in document["x-problem-types"]:
            path = folder / "examples" / f"problem--{row['name']}.json"
            if not path.exists():
                yield f"{path.name} is not there"
                continue
            problem = json.loads(path.read_text(encoding="utf-8"))
            if problem["status"] != row["status"] or problem["type"].rsplit("/", 1)[1] != row["name"]:
                yield f"{path.name} is of another type or status"
            yield from (f"{path.name} has no {member}" for member in row["members"] if member not in problem)

    results = [
        ("it is OpenAPI 3.1", [] if document["openapi"].startswith("3.1.") else [document["openapi"]]),
        ("every reference resolves, and every component is used", list(check_references(document))),
        ("schemas are valid JSON Schema 2020-12", list(check_schemas(document))),
        ("operations have a level, an id, their parameters and answers", list(check_operations(document))),
        ("problems are named as they are listed", list(check_problem_names(document))),
        ("examples are what their schemas say", list(check_examples())),
        ("every body has an example", list(check_coverage())),
        ("a required member that is missing is an error", list(check_required())),
        ("every problem type has its example", list(check_problems())),
    ]
    print(f"1..{len(results)}")
    for number, (title, problems) in enumerate(results, 1):
        print(f"{'not ok' if problems else 'ok'} {number} - {title}")
        for problem in problems:
            print(f"# {problem}")
    return 1 if any(problems for _, problems in results) else 0


sys.exit(main())
