#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists what there is to translate in the practice sets, as C that xgettext reads.

Writes data/practice/practice-strings.h; with --check it only compares. What is listed here is what
src/platforms/practice/assay-practice.c asks gettext for: paragraphs of guidelines, explanations and gold rationales, titles,
and what people read in forms. Prompts and responses are what is judged; they stay in their language."""

import json
import pathlib
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
FOLDER = TOP / "data" / "practice"
TARGET = FOLDER / "practice-strings.h"
# The same as form_members in assay-practice.c.
FORM_MEMBERS = {"category", "help", "label", "placeholder", "text", "title", "unit"}


def whole(text):
    return "\n".join(text) if isinstance(text, list) else text or ""


def paragraphs(text):
    block, code = [], False
    for line in text.split("\n"):
        if not line and not code:
            if block:
                yield "\n".join(block)
            block = []
            continue
        if line.lstrip(" ").startswith(("```", "~~~")):
            code = not code
        block.append(line)
    if block:
        yield "\n".join(block)


def form_strings(node):
    if isinstance(node, dict):
        for name, value in node.items():
            if name in FORM_MEMBERS and isinstance(value, (str, list)):
                yield from paragraphs(whole(value))
            elif name == "anchors":
                yield from value.values()
            elif name == "labels":
                yield from value
            else:
                yield from form_strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from form_strings(value)


def collect(path):
    practice = json.loads(path.read_text(encoding="utf-8"))
    where = f"Practice set “{practice['id']}”"
    yield where, practice["title"]
    yield where, practice.get("description", "")
    yield f"{where}, guideline", practice["guideline"]["title"]
    for text in paragraphs((FOLDER / practice["guideline"]["file"]).read_text(encoding="utf-8")):
        yield f"{where}, guideline (Markdown)", text
    for name, form in practice["forms"].items():
        for text in form_strings(form):
            yield f"{where}, form “{name}”", text
    for task in practice["tasks"]:
        place = f"{where}, task “{task['id']}”"
        yield place, task.get("title", "")
        gold = task["gold"]
        for text in paragraphs(whole(gold.get("rationale"))):
            yield f"{place}, gold rationale; keep @{{…}} as it is", text
        for text in paragraphs(whole(gold.get("outcome_note"))):
            yield f"{place}, gold note", text
        for text in paragraphs(whole(gold.get("explanation"))):
            yield f"{place}, explanation (Markdown)", text


def quote(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '"' + '\\n"\n    "'.join(escaped.split("\n")) + '"'


def generate():
    lines = ["/* SPDX-License-Identifier: GPL-3.0-or-later */", "",
             "/* Made by build-aux/practice-strings.py for translators; never compiled, never edited. */", ""]
    seen = set()
    for path in sorted(FOLDER.glob("*.json")):
        for comment, text in collect(path):
            if not text or text in seen:
                continue
            seen.add(text)
            lines.append(f"/* {comment} */")
            if "%" in text:
                lines.append("/* xgettext:no-c-format */")
            lines.append(f"N_ ({quote(text)})")
    return "\n".join(lines) + "\n"


def main():
    text = generate()
    if sys.argv[1:] == ["--check"]:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            print(f"{TARGET.relative_to(TOP)} is out of date: run build-aux/practice-strings.py", file=sys.stderr)
            return 1
        return 0
    TARGET.write_text(text, encoding="utf-8")
    return 0


sys.exit(main())
