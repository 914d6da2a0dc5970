#!/usr/bin/env python3
"""Adds up the single tests in Meson's JUnit files. Prints those that failed, each with the end of what its program said,
and one closing line with the counts."""

import sys
import xml.etree.ElementTree as ElementTree

# Of what a program said: the assertion that failed, and what led to it.
LINES_SHOWN = 25

passed = failed = skipped = 0
for path in sys.argv[1:]:
    for suite in ElementTree.parse(path).getroot().iter("testsuite"):
        failures = []
        for case in suite.iter("testcase"):
            kinds = {child.tag for child in case}
            if kinds & {"failure", "error"}:
                failures.append(case.get("name"))
            elif "skipped" in kinds:
                skipped += 1
            else:
                passed += 1
        failed += len(failures)
        for name in failures:
            print(f"failed: {suite.get('name')}: {name}")
        if failures:
            for said in ("system-out", "system-err"):
                text = suite.findtext(said) or ""
                for line in text.rstrip().splitlines()[-LINES_SHOWN:]:
                    print(f"failed: | {line}")
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed or not passed else 0)
