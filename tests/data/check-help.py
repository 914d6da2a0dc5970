#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The help page on the command line names every option and exit status that --help does, and no other. Prints TAP."""

import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def main():
    top = pathlib.Path(sys.argv[1])
    said = subprocess.run([sys.argv[2], "--help"], check=True, capture_output=True, encoding="utf-8").stdout
    page = xml.etree.ElementTree.parse(top / "help" / "C" / "command-line.page").getroot()
    space = "{http://projectmallard.org/1.0/}"
    written = " ".join("".join(element.itertext())
                       for name in ("cmd", "screen") for element in page.iter(space + name))
    statuses = {"".join(row.find(space + "td").itertext()).strip() for row in page.iter(space + "tr")}
    expected = set(re.findall(r"^  (\d)  ", said, re.M))
    options = set(OPTION.findall(said))
    results = [
        ("--help names options and statuses", [] if len(options) > 10 and len(expected) > 3 else [said]),
        ("the page names every option", sorted(options - set(OPTION.findall(written)))),
        ("the page names no other option", sorted(set(OPTION.findall(written)) - options)),
        ("the page names every exit status, and no other", sorted(expected ^ statuses)),
    ]
    print(f"1..{len(results)}")
    for number, (title, problems) in enumerate(results, 1):
        print(f"{'not ok' if problems else 'ok'} {number} - {title}")
        for problem in problems:
            print(f"# {problem}")
    return 1 if any(problems for _, problems in results) else 0


sys.exit(main())
