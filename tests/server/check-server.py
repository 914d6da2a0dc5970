#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference server does what the contract says: every answer to every request here is held to its schema in
data/platform-api/openapi.yaml, and at the end every operation and every problem was seen. Prints TAP."""

import base64
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid

import jsonschema
import referencing
import referencing.jsonschema
import yaml


class Contract:
    def __init__(self, path):
        self.document = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.registry = referencing.Registry().with_resource(
            "urn:contract", referencing.jsonschema.DRAFT202012.create_resource(self.document))
        self.problems = {row["name"]: row for row in self.document["x-problem-types"]}
        self.operations = {}
        for template, item in self.document["paths"].items():
            pattern = re.compile("^" + re.sub(r"\{\w+\}", "[^/]+", template) + "$")
            for method in ("get", "put", "post", "delete"):
                if method in item:
                    self.operations[item[method]["operationId"]] = (method.upper(), pattern, item[method])
        self.seen_operations, self.seen_problems = set(), set()

    def validate(self, name, instance):
        validator = jsonschema.Draft202012Validator({"$ref": f"urn:contract#/components/schemas/{name}"}, registry=self.registry)
        return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(instance)]

    def check(self, method, path, answer):
        """What is wrong with an answer, by the operation that it belongs to."""
        found = [(name, op) for name, (m, pattern, op) in self.operations.items() if m == method and pattern.match(path)]
        media = answer.headers.get("Content-Type", "").split(";")[0]
        if "Date" not in answer.headers:
            yield "no Date"
        if answer.status >= 400:
            if media != "application/problem+json":
                yield f"a problem as {media}"
                return
            yield from self.validate("Problem", answer.json)
            name = answer.json["type"].rsplit("/", 1)[1]
            self.seen_problems.add(name)
            row = self.problems.get(name)
            if row is None or row["status"] != answer.status or answer.json["status"] != answer.status:
                yield f"{name} with {answer.status}"
            elif name not in ("precondition-failed",):
                yield from (f"{name} without {member}" for member in row["members"] if member not in answer.json)
            return
        if answer.status == 304 and method == "GET":
            return
        for name, operation in found:
            self.seen_operations.add(name)
            response = operation["responses"].get(str(answer.status))
            if response is None:
                yield f"{name}: {answer.status} is not in the contract"
                continue
            for content in response.get("content", {}).values():
                if media != "application/json":
                    yield f"{name}: {answer.status} as {media}"
                yield from self.validate(content["schema"]["$ref"].rsplit("/", 1)[1], answer.json)
            if "ETag" in response.get("headers", {}) and not re.match(r'^"[^"]*"$', answer.headers.get("ETag", "")):
                yield f"{name}: no ETag"
        if not found:
            yield f"{method} {path} is no operation"


class Answer:
    def __init__(self, status, headers, data):
        self.status, self.headers, self.data = status, headers, data
        self.json = json.loads(data) if "json" in headers.get("Content-Type", "") and data else None

    @property
    def problem(self):
        return self.json["type"].rsplit("/", 1)[1] if self.status >= 400 else None


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


class Client:
    opener = urllib.request.build_opener(NoRedirect)

    def __init__(self, contract, program, *arguments):
        self.contract, self.program, self.problems = contract, program, []
        self.process = subprocess.Popen([program, "--control", *arguments], stdout=subprocess.PIPE, encoding="utf-8")
        self.base = self.process.stdout.readline().removeprefix("address: ").strip()
        self.token = self.process.stdout.readline().removeprefix("token: ").strip()
        self.origin = self.base.removesuffix("/eval/v1")

    def close(self):
        self.process.terminate()
        status = self.process.wait()
        if status != 0:
            self.problems.append(f"the server ended with {status}")

    def send(self, method, address, data=None, headers=None):
        request = urllib.request.Request(address, data=data, method=method, headers=headers or {})
        try:
            with self.opener.open(request) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def ask(self, method, path, body=None, token=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers["Authorization"] = f"Bearer {token or self.token}"
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            headers.setdefault("Content-Type", "application/json")
        answer = self.send(method, self.base + path, data, headers)
        self.problems += [f"{method} {path}: {words}" for words in self.contract.check(method, path.split("?")[0], answer)]
        return answer

    def control(self, command, **arguments):
        answer = self.send("POST", f"{self.origin}/control/{command}", json.dumps(arguments).encode())
        assert answer.status == 204, answer.data

    def ledger(self):
        return self.send("GET", f"{self.origin}/control/ledger").json["submissions"]

    def claim(self, project, count=1, **headers):
        answer = self.ask("POST", "/leases", {"project_id": project, "count": count}, **headers)
        assert answer.status == 201, answer.data
        return answer.json["leases"]

    def submit(self, lease, answers, id=None, change=None, **headers):
        id = id or str(uuid.uuid4())
        judgement = {"id": "j-" + id, "task_id": lease["task"]["id"], "schema_version": 1, "outcome": "answered", "answers": answers,
                     "presentation": {"order": [r["id"] for r in lease["task"]["responses"]]}}
        body = {"lease_id": lease["id"], "form": lease["form"], "judgement": judgement}
        if change:
            change(body)
        answer = self.ask("PUT", f"/submissions/{id}", body, **headers)
        answer.id = id
        return answer


SCORES = {"correct": {"a": 5, "b": 3}, "complete": {"a": 4, "b": 1}}
LABEL = {"tone": "warm"}


def equal(*pairs):
    for got, wanted in zip(pairs[::2], pairs[1::2]):
        assert got == wanted, f"{got!r} and not {wanted!r}"


def account(client):
    """Who asks, and what for"""
    equal(client.ask("GET", "/me").json["id"], "ada")
    equal(client.ask("GET", "/me", token="nonsense").problem, "not-authenticated")
    discovery = client.send("GET", f"{client.origin}/.well-known/evaluator-platform")
    equal(client.contract.validate("Discovery", discovery.json), [], discovery.json["base"], client.base)
    client.contract.seen_operations.add("discover")
    first = client.ask("GET", "/projects?limit=2")
    equal(len(first.json["items"]), 2)
    assert 'rel="next"' in first.headers["Link"]
    rest = client.ask("GET", f"/projects?cursor={first.json['next']}")
    equal(rest.json["next"], None, len(rest.json["items"]), 5)
    etag = client.ask("GET", "/projects/criteria").headers["ETag"]
    equal(client.ask("GET", "/projects/criteria", If_None_Match=etag).status, 304)


def guidelines(client):
    """A guideline, read, acknowledged, and published anew"""
    old, new = client.ask("GET", "/guidelines/everyday/1").json, client.ask("GET", "/guidelines/everyday/2").json
    for one in (old, new):
        equal(hashlib.sha256(one["body"].encode()).hexdigest(), one["sha256"])
    refused = client.ask("POST", "/leases", {"project_id": "everyday"})
    equal(refused.problem, "guidelines-not-acknowledged", refused.json["guideline"], {"id": "everyday", "version": 2})
    first = client.ask("PUT", "/guidelines/everyday/2/ack").json
    client.control("advance-clock", milliseconds=5000)
    equal(client.ask("PUT", "/guidelines/everyday/2/ack").json, first)
    [lease] = client.claim("everyday")
    client.control("publish-guideline", guideline="everyday", body="# New\n", summary="All of it.", must_ack=True)
    equal(client.ask("POST", "/leases", {"project_id": "everyday"}).problem, "guidelines-not-acknowledged")
    equal(client.ask("GET", f"/leases/{lease['id']}").json["guideline"]["version"], 2)
    equal(client.ask("GET", "/guidelines/everyday/2").json, new)
    equal(client.ask("GET", "/guidelines/everyday/3").json["body"], "# New\n")
    equal(client.ask("GET", "/guidelines/everyday/4").problem, "not-found")
    equal(client.ask("GET", "/forms/preference/1").json["id"], "preference")
    equal(client.ask("GET", "/forms/preference/2").problem, "not-found")
    done = client.submit(lease, {"preference": {"choice": "a", "strength": 2}},
                         change=lambda body: body["judgement"].update(rationale="@{a} says what to do with the valve."))
    equal(done.status, 201)


def claims(client):
    """Claims, keys, renewals and releases"""
    key = str(uuid.uuid4())
    leases = client.claim("criteria", 3, Idempotency_Key=key)
    equal(len({lease["task"]["id"] for lease in leases}), 3)
    equal(client.claim("criteria", 3, Idempotency_Key=key), leases)
    equal(client.ask("POST", "/leases", {"project_id": "open"}, Idempotency_Key=key).problem, "key-reused")
    equal([l["id"] for l in client.ask("GET", "/leases").json["items"]], [l["id"] for l in leases])
    assert all("gold" not in lease["task"] for lease in leases)

    key = str(uuid.uuid4())
    renewed = client.ask("POST", f"/leases/{leases[0]['id']}/renew", Idempotency_Key=key).json
    assert renewed["expires_at"] > leases[0]["expires_at"]
    equal(client.ask("POST", f"/leases/{leases[0]['id']}/renew", Idempotency_Key=key).json, renewed)
    equal(client.ask("POST", f"/leases/{leases[0]['id']}/renew").problem, "lease-not-renewable")

    for _ in range(2):
        equal(client.ask("DELETE", f"/leases/{leases[1]['id']}").status, 204)
    equal(client.ask("DELETE", "/leases/l-999").problem, "not-found")
    equal(client.submit(leases[1], SCORES).problem, "lease-expired")

    for _ in range(2):
        skipped = client.ask("PUT", f"/leases/{leases[2]['id']}/skip", {"outcome": "declined_content"})
        equal(skipped.json["state"], "skipped")
    [lease] = client.claim("criteria")
    wrong = client.ask("PUT", f"/leases/{lease['id']}/skip", {"outcome": "skipped"})
    equal(wrong.problem, "answers-invalid", wrong.json["errors"][0]["pointer"], "/outcome_reason")
    [review] = client.claim("review")
    kept = client.ask("PUT", f"/leases/{review['id']}/skip", {"outcome": "skipped", "outcome_reason": "seen_before"})
    equal([error["code"] for error in kept.json["errors"]], ["out.skip"])
    equal(client.ask("PUT", f"/leases/{review['id']}/skip", {"outcome": "declined_content"}).status, 200)
    equal(client.ask("POST", "/leases", {"project_id": "medical"}).problem, "not-qualified")
    client.control("grant", qualification="medical", state="granted")
    equal(len(client.claim("medical", 9)), 1)
    equal(client.claim("medical"), [])
    [open_lease] = client.claim("open")
    equal(open_lease["expires_at"], None)
    equal(client.ask("POST", f"/leases/{open_lease['id']}/renew").problem, "lease-not-renewable")
    attached = next(l for l in client.claim("criteria", 9) if l["task"]["id"].startswith("criteria-2"))
    href = attached["task"]["sources"][0]["attachments"][0]["href"]
    content = client.send("GET", href).data
    fresh = client.ask("GET", f"/leases/{attached['id']}/attachments/plan").json
    equal(hashlib.sha256(content).hexdigest(), fresh["sha256"], len(content), fresh["size"])
    client.control("advance-clock", milliseconds=30 * 60 * 1000)
    equal(client.send("GET", href).status, 403)
    equal(client.send("GET", client.ask("GET", f"/leases/{attached['id']}/attachments/plan").json["href"]).data, content)
    equal(client.ask("GET", f"/leases/{attached['id']}/attachments/none").problem, "not-found")


def submissions(client):
    """Every row of the table of submissions"""
    lease, other = client.claim("criteria", 2)
    first = client.submit(lease, SCORES)
    equal(first.status, 201, first.json["late"], False, first.json["counted"], True)
    again = client.submit(lease, SCORES, first.id)
    equal(again.status, 200, again.json, first.json, again.headers["ETag"], first.headers["ETag"])
    better = {**SCORES, "complete": {"a": 5, "b": 1}}
    equal(client.submit(lease, better, first.id).problem, "submission-differs")
    equal(client.submit(lease, better).problem, "submission-differs")
    changed = client.submit(lease, better, first.id, If_Match=first.headers["ETag"])
    equal(changed.status, 200, changed.json["judgement"]["answers"], better)
    stale = client.submit(lease, SCORES, first.id, If_Match=first.headers["ETag"])
    equal(stale.problem, "precondition-failed", stale.json["current"], changed.json)
    equal(client.submit(other, SCORES, If_Match='"x"').problem, "precondition-failed")
    got = client.ask("GET", f"/submissions/{first.id}")
    equal(got.json, changed.json, got.headers["ETag"], changed.headers["ETag"])
    client.control("advance-clock", milliseconds=2 * 3600 * 1000)
    equal(client.submit(lease, SCORES, first.id, If_Match=got.headers["ETag"]).problem, "not-editable")

    [lease] = client.claim("criteria")
    wrong = client.submit(lease, {"correct": {"a": 9, "b": 2}})
    equal(wrong.problem, "answers-invalid")
    pointers = [error["pointer"] for error in wrong.json["errors"]]
    for pointer in ("/judgement/answers/correct/a", "/judgement/answers/correct/b", "/judgement/answers/complete/a"):
        assert pointer in pointers, pointers
    wrong = client.submit(lease, SCORES, change=lambda body: body["judgement"].update(task_id="another"))
    equal(wrong.json["errors"][0]["pointer"], "/judgement/task_id")
    equal(client.submit(lease, SCORES, change=lambda body: body.update(form={"id": "criteria", "version": 9})).problem,
          "form-outdated")
    equal(client.submit(lease, SCORES, change=lambda body: body["judgement"].update(rationale="x" * 3_000_000)).problem,
          "too-large")
    long = client.submit(lease, SCORES, change=lambda body: body["judgement"].update(rationale="🗓️" * 90_000, mood=["new"]))
    equal(long.status, 201, long.json["judgement"]["rationale"], "🗓️" * 90_000, long.json["judgement"]["mood"], ["new"])
    equal(client.ask("PUT", "/submissions/no-uuid", {}).problem, "malformed")
    equal(client.ask("PUT", f"/submissions/{uuid.uuid4()}", b"{").problem, "malformed")
    equal(client.ask("PUT", f"/submissions/{uuid.uuid4()}", b"{}", Content_Type="text/plain").problem,
          "unsupported-media-type")
    equal(client.ask("GET", f"/submissions/{uuid.uuid4()}").problem, "not-found")
    equal(len({row["id"] for row in client.ledger()}), len(client.ledger()))


def expiry(client):
    """To the second, late, given away, and withdrawn"""
    client.control("set-lease", project="quick", seconds=3600, max_held=20, renewals=0)
    ahead, late, lost = client.claim("quick", 3)
    client.control("advance-clock", milliseconds=3595 * 1000)
    equal(client.submit(ahead, LABEL).json["late"], False)
    client.control("advance-clock", milliseconds=5 * 1000)
    equal(client.ask("GET", f"/leases/{late['id']}").json["state"], "expired")
    taken = client.submit(late, LABEL)
    equal(taken.status, 201, taken.json["late"], True, taken.json["counted"], True)
    held = client.claim("quick", 20)
    assert lost["task"]["id"] in [lease["task"]["id"] for lease in held]
    gone = client.submit(lost, LABEL)
    equal(gone.problem, "lease-expired", gone.json["reclaimable"], False)
    client.control("withdraw-task", task=held[0]["task"]["id"])
    equal(client.submit(held[0], LABEL).problem, "task-withdrawn")
    equal(client.ask("GET", f"/leases/{held[0]['id']}").json["state"], "withdrawn")


def drafts(client):
    """Drafts of two devices, and questions"""
    [lease] = client.claim("criteria")
    path = f"/leases/{lease['id']}/draft"
    equal(client.ask("GET", path).problem, "not-found")
    first = client.ask("PUT", path, {"judgement": {"answers": {}}, "device": "Laptop"})
    equal(client.ask("GET", path).json, first.json)
    equal(client.ask("PUT", path, {"judgement": {"answers": {"x": 1}}}).problem, "precondition-failed")
    second = client.ask("PUT", path, {"judgement": {"answers": {"x": 2}}}, If_Match=first.headers["ETag"])
    equal(second.status, 200)
    stale = client.ask("PUT", path, {"judgement": {"answers": {"x": 3}}}, If_Match=first.headers["ETag"])
    equal(stale.problem, "precondition-failed", stale.json["current"], second.json)
    for _ in range(2):
        equal(client.ask("DELETE", path).status, 204)
    path = f"/leases/{lease['id']}/questions"
    asked = client.ask("POST", path, {"text": "Is rye needed?"}, Idempotency_Key="k-1").json
    equal(client.ask("POST", path, {"text": "Is rye needed?"}, Idempotency_Key="k-1").json, asked)
    client.control("answer-question", question=asked["id"], answer="No.")
    [item] = client.ask("GET", path).json["items"]
    equal(item["answer"], "No.")
    client.submit(lease, SCORES)
    equal(client.ask("PUT", f"/leases/{lease['id']}/draft", {"judgement": {}}).problem, "lease-expired")


def results(client):
    """Gold, reviews, disputes and money"""
    seen = client.ask("GET", "/feedback").json
    equal(seen["more"], False)
    [lease] = [lease for lease in client.claim("criteria", 20) if lease["task"]["id"].split("-")[:2] == ["criteria", "1"]][:1]
    done = client.submit(lease, SCORES)
    assert "gold" not in done.data.decode()
    [gold] = client.ask("GET", f"/feedback?since={seen['next']}").json["items"]
    equal(gold["kind"], "gold", gold["verdict"], "partial", gold["score"], 3, gold["submission_id"], done.id)
    dispute = {"text": "Four fifths is what the guideline says."}
    first = client.ask("PUT", f"/feedback/{gold['id']}/dispute", dispute).json
    equal(client.ask("PUT", f"/feedback/{gold['id']}/dispute", dispute).json, first, first["dispute"]["state"], "open")
    client.control("return", submission=done.id, message="Please look at the second answer again.")
    record = client.ask("GET", f"/submissions/{done.id}")
    equal(record.json["state"], "returned")
    fixed = client.submit(lease, {**SCORES, "complete": {"a": 5, "b": 1}}, done.id, If_Match=record.headers["ETag"])
    equal(fixed.status, 200, fixed.json["state"], "received")
    client.control("accept", submission=done.id)
    kinds = [(item["kind"], item["verdict"]) for item in client.ask("GET", "/feedback").json["items"]]
    for kind in (("review", "returned"), ("review", "accepted")):
        assert kind in kinds, kinds
    [entry] = [item for item in client.ask("GET", "/earnings").json["items"] if item.get("submission_id") == done.id]
    equal(entry["state"], "approved", entry["amount_minor"], 320)
    equal(client.ask("GET", f"/earnings?to={entry['at']}").json["items"].count(entry), 0)
    equal(client.ask("GET", "/earnings?from=yesterday").problem, "malformed")
    client.control("reject", submission=done.id, message="Another reason.")
    entries = {item["submission_id"]: item for item in client.ask("GET", "/earnings").json["items"]}
    equal(entries[done.id]["state"], "rejected", entries[done.id]["reason"], "Another reason.")
    client.control("advance-clock", milliseconds=8 * 24 * 3600 * 1000)
    equal(client.ask("PUT", f"/feedback/{gold['id']}/dispute", {"text": "Late."}).problem, "dispute-closed")
    equal(client.ask("PUT", "/feedback/f-999/dispute", {"text": "Whose?"}).problem, "not-found")
    equal({item["id"] for item in client.ask("GET", "/qualifications").json["items"]}, {"everyday", "medical"})


def changes(client):
    """Cursors, and waiting for a change"""
    start = client.ask("GET", "/changes").json
    equal(start["items"], [], start["more"], False)
    [lease] = client.claim("criteria")
    done = client.submit(lease, SCORES)
    page = client.ask("GET", f"/changes?since={start['next']}&limit=2").json
    equal(page["more"], True, len(page["items"]), 2)
    items = page["items"]
    while page["more"]:
        page = client.ask("GET", f"/changes?since={page['next']}&limit=2").json
        items += page["items"]
    for wanted in (("lease", lease["id"]), ("submission", done.id), ("project", "criteria")):
        assert wanted in [(item["type"], item["id"]) for item in items], items

    came = []
    waiter = threading.Thread(target=lambda: came.append(client.ask("GET", f"/changes?since={page['next']}&wait=60").json))
    waiter.start()
    client.claim("criteria")
    waiter.join()
    assert came[0]["items"], came
    for cursor in ("nonsense", "c-999999", "f-1"):
        equal(client.ask("GET", f"/changes?since={cursor}").problem, "cursor-expired")
    equal(client.ask("GET", "/feedback?since=c-1").problem, "cursor-expired")
    client.control("forget-changes")
    equal(client.ask("GET", f"/changes?since={start['next']}").problem, "cursor-expired")


def limits(client):
    """Too many, and closed"""
    client.control("set-rate", requests=2, seconds=60)
    equal(client.ask("GET", "/me").status, 200, client.ask("GET", "/me").status, 200)
    much = client.ask("GET", "/me")
    equal(much.problem, "rate-limited")
    assert 1 <= int(much.headers["Retry-After"]) <= 60
    client.control("advance-clock", milliseconds=60_000)
    equal(client.ask("GET", "/me").status, 200)
    client.control("set-rate", requests=0)
    client.control("set-maintenance", on=True)
    closed = client.ask("GET", "/me")
    equal(closed.problem, "maintenance", "Retry-After" in closed.headers, True)
    client.control("set-maintenance", on=False)


def oauth(client):
    """Signing in with a browser, rotation and revocation"""
    metadata = client.send("GET", f"{client.origin}/.well-known/oauth-authorization-server").json
    resource = client.send("GET", f"{client.origin}/.well-known/oauth-protected-resource/eval/v1").json
    equal(resource["authorization_servers"], [metadata["issuer"]], resource["resource"], client.base)
    verifier = base64.urlsafe_b64encode(uuid.uuid4().bytes * 3).decode().rstrip("=")
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    target = "http://127.0.0.1:49152/back"
    request = {"response_type": "code", "client_id": "native", "redirect_uri": target, "scope": "tasks submissions",
               "state": "a&b", "code_challenge": challenge, "code_challenge_method": "S256"}

    def post(address, **fields):
        return client.send("POST", address, urllib.parse.urlencode(fields).encode(),
                           {"Content-Type": "application/x-www-form-urlencoded"})

    def sign_in(**changes):
        answer = post(metadata["authorization_endpoint"], **{**request, "decision": "allow", **changes})
        location = urllib.parse.urlsplit(answer.headers.get("Location", ""))
        return answer, location, dict(urllib.parse.parse_qsl(location.query))

    def redeem(code, **changes):
        return post(metadata["token_endpoint"], **{"grant_type": "authorization_code", "code": code, "redirect_uri": target,
                                                   "client_id": "native", "code_verifier": verifier, **changes})

    page = client.send("GET", f"{metadata['authorization_endpoint']}?{urllib.parse.urlencode({**request, 'state': '\"><b>'})}")
    assert "<b>" not in page.data.decode() and "Allow" in page.data.decode()
    for bad in ("http://127.0.0.1.example.org:80/", "https://example.org/", "http://localhost:1/", "http://u@127.0.0.1:1/"):
        answer, location, _ = sign_in(redirect_uri=bad)
        equal(answer.status, 400, location.geturl(), "")
    equal(sign_in(code_challenge_method="plain")[2]["error"], "invalid_request")
    equal(sign_in(decision="deny")[2], {"error": "access_denied", "state": "a&b", "iss": client.origin})

    answer, location, query = sign_in()
    equal(answer.status, 302, f"{location.scheme}://{location.netloc}{location.path}", target, query["state"], "a&b")
    equal(redeem(query["code"], code_verifier="x" * 43).json["error"], "invalid_grant")
    tokens = redeem(query["code"]).json
    equal(tokens["scope"], "tasks submissions", client.ask("GET", "/me", token=tokens["access_token"]).status, 200)
    refused = client.ask("GET", "/earnings", token=tokens["access_token"])
    equal(refused.problem, "scope-missing", refused.json["scope"], "earnings")

    def refresh(token):
        return post(metadata["token_endpoint"], grant_type="refresh_token", refresh_token=token, client_id="native")

    second = refresh(tokens["refresh_token"]).json
    equal(client.ask("GET", "/me", token=second["access_token"]).status, 200)
    client.control("advance-clock", milliseconds=16 * 60 * 1000)
    equal(client.ask("GET", "/me", token=second["access_token"]).problem, "not-authenticated")
    third = refresh(second["refresh_token"]).json
    # The one that was used up is a sign of theft: everything of that sign-in ends.
    equal(refresh(tokens["refresh_token"]).json["error"], "invalid_grant")
    equal(client.ask("GET", "/me", token=third["access_token"]).problem, "not-authenticated")

    code = sign_in()[2]["code"]
    tokens = redeem(code).json
    equal(redeem(code).json["error"], "invalid_grant")
    equal(client.ask("GET", "/me", token=tokens["access_token"]).problem, "not-authenticated")
    tokens = redeem(sign_in()[2]["code"]).json
    equal(post(metadata["revocation_endpoint"], token=tokens["refresh_token"]).status, 200)
    equal(client.ask("GET", "/me", token=tokens["access_token"]).problem, "not-authenticated")
    equal(refresh(tokens["refresh_token"]).json["error"], "invalid_grant")


def killed(client):
    """What was answered outlives the server"""
    with tempfile.TemporaryDirectory() as folder:
        first = Client(client.contract, client.program, "--data", folder)
        [lease] = first.claim("criteria")
        done = first.submit(lease, SCORES)
        first.process.kill()
        first.process.wait()
        second = Client(client.contract, client.program, "--data", folder)
        try:
            equal(second.token, first.token, second.submit(lease, SCORES, done.id).json, done.json, len(second.ledger()), 1)
        finally:
            second.close()
            client.problems += first.problems + second.problems


def coverage(client):
    """Every operation and every problem was seen"""
    contract = client.contract
    # A platform that never sends people to their browser, and methods and paths that the contract does not have.
    elsewhere = {"client-not-allowed", "method-not-allowed"}
    for method, path, problem in (("PUT", "/me", "method-not-allowed"), ("GET", "/nowhere", "not-found")):
        equal(client.send(method, client.base + path, b"{}" if method == "PUT" else None,
                          {"Authorization": f"Bearer {client.token}"}).problem, problem)
    equal(set(contract.operations) - contract.seen_operations, set(),
          set(contract.problems) - contract.seen_problems - elsewhere, set())


def main():
    contract = Contract(pathlib.Path(sys.argv[1]) / "data" / "platform-api" / "openapi.yaml")
    scenes = [account, guidelines, claims, submissions, expiry, drafts, results, changes, limits, oauth, killed, coverage]
    print(f"1..{len(scenes)}")
    failed = False
    for number, scene in enumerate(scenes, 1):
        client = Client(contract, sys.argv[2])
        try:
            scene(client)
        except Exception as error:  # whatever it is, the next scene has a server of its own
            trace = error.__traceback__
            while trace.tb_next and trace.tb_next.tb_frame.f_code.co_name not in ("equal",):
                trace = trace.tb_next
            client.problems.append(f"line {trace.tb_lineno}: {type(error).__name__}: {error}")
        finally:
            client.close()
        print(f"{'not ok' if client.problems else 'ok'} {number} - {scene.__doc__}")
        for problem in client.problems:
            print(f"# {problem[:1000]}")
        failed = failed or bool(client.problems)
    return 1 if failed else 0


sys.exit(main())
