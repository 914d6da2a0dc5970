#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A source that includes a header from above its folder must not compile. Takes the compiler's own command for a source of
each folder, gives it a generated file, and expects the allowed include to pass and the wrong one to fail. Prints TAP."""

import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

# folder, a header that it may include, one that it may not
CASES = [
    ("src/model", "assay-task.h", "assay-store.h"),
    ("src/model", "assay-task.h", "assay-words.h"),
    ("src/text", "assay-task.h", "assay-store.h"),
    ("src/store", "assay-task.h", "assay-platform.h"),
    ("src/store", "assay-words.h", "assay-workspace.h"),
    ("src/platforms/files", "assay-task.h", "assay-store.h"),
    ("src/platforms/files", "assay-task.h", "assay-exporter.h"),
    ("src/platforms/export", "assay-judgement.h", "assay-importer.h"),
    ("src/platforms/open", "assay-judgement.h", "assay-importer.h"),
    ("src/sync", "assay-store.h", "assay-application.h"),
    ("src/ui/widgets", "assay-task.h", "assay-window.h"),
    ("src/ui/inbox", "assay-store.h", "assay-window.h"),
    ("src/ui/form", "assay-form.h", "assay-document-view.h"),
]


def main():
    top, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    commands = {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        source = (pathlib.Path(entry["directory"]) / entry["file"]).resolve()
        if source.is_relative_to(top / "src"):
            commands.setdefault(str(source.parent.relative_to(top)), entry)
    headers = {path.name for path in (top / "src").rglob("*.h")}

    def try_compile(entry, header, scratch):
        probe = pathlib.Path(scratch) / "probe.c"
        probe.write_text(f'#include "{header}"\n', encoding="utf-8")
        words = []
        skip = False
        for word in shlex.split(entry["command"]):
            if skip:
                skip = False
            elif word in ("-o", "-MF", "-MQ"):
                skip = True
            elif word not in ("-c", "-MD", "-Werror", entry["file"]):
                words.append(word)
        return subprocess.run([*words, "-fsyntax-only", str(probe)], cwd=entry["directory"], capture_output=True, text=True)

    print(f"1..{len(CASES)}")
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        for number, (folder, right, wrong) in enumerate(CASES, 1):
            title = f"{folder} includes {right} and cannot include {wrong}"
            entry = commands.get(folder)
            if entry is None or wrong not in headers:
                print(f"ok {number} - {title} # SKIP nothing there yet")
                continue
            good, bad = try_compile(entry, right, scratch), try_compile(entry, wrong, scratch)
            problems = []
            if good.returncode != 0:
                problems += ["the allowed include does not compile:", *good.stderr.splitlines()[:10]]
            if bad.returncode == 0:
                problems.append("the wrong include compiles")
            elif f"{wrong}: No such file" not in bad.stderr and f"'{wrong}' file not found" not in bad.stderr:
                problems += ["it fails for another reason:", *bad.stderr.splitlines()[:10]]
            print(f"{'not ok' if problems else 'ok'} {number} - {title}")
            for problem in problems:
                print(f"# {problem}")
            failed = failed or bool(problems)
    return 1 if failed else 0


sys.exit(main())
