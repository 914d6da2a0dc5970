#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES lists every file with strings to translate, and no other, sorted. Prints TAP; with --fix it writes the list."""

import pathlib
import re
import sys

COMMENT = re.compile(r'"(?:\\.|[^"\\\n])*"|/\*.*?\*/|//[^\n]*', re.S)
MARKS = {
    ".c": re.compile(r'(?<![A-Za-z0-9_])(?:N?_|N?C_|ngettext|g_dn?gettext|g_dpgettext2?|gettext)\s*\(\s*"'),
    ".blp": re.compile(r'(?<![A-Za-z0-9_])C?_\s*\(\s*[\'"]'),
    ".ui": re.compile(r'translatable="(?:yes|true)"'),
}
MARKS[".h"] = MARKS[".c"]
ALWAYS = (".desktop.in.in", ".metainfo.xml.in.in", ".gschema.xml.in")


def has_strings(path):
    if path.name.endswith(ALWAYS):
        return True
    mark = MARKS.get(path.suffix)
    if mark is None:
        return False
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ui":
        text = COMMENT.sub(lambda m: m.group() if m.group().startswith('"') else " ", text)
    return bool(mark.search(text))


def main():
    fix = "--fix" in sys.argv
    top = pathlib.Path([argument for argument in sys.argv[1:] if argument != "--fix"][0])
    lines = (top / "po" / "POTFILES").read_text(encoding="utf-8").split("\n")
    listed = [line for line in lines if line and not line.startswith("#")]
    present = [str(p.relative_to(top)) for folder in ("data", "src") for p in (top / folder).rglob("*") if p.is_file()]
    wanted = {name for name in present if has_strings(top / name)}
    if fix:
        comments = [line for line in lines if line.startswith("#")]
        (top / "po" / "POTFILES").write_text("\n".join([*comments, *sorted(wanted), ""]), encoding="utf-8")
        return 0
    results = [
        ("every file with strings is listed", sorted(wanted - set(listed))),
        ("no listed file is missing or without strings", sorted(set(listed) - wanted)),
        ("the list is sorted, without doubles", [] if listed == sorted(set(listed)) else ["tests/data/check-potfiles.py --fix . writes it"]),
    ]
    print(f"1..{len(results)}")
    for number, (title, problems) in enumerate(results, 1):
        print(f"{'not ok' if problems else 'ok'} {number} - {title}")
        for problem in problems:
            print(f"# {problem}")
    return 1 if any(problems for _, problems in results) else 0


sys.exit(main())
