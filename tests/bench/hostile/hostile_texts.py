"""Texts that freeze a program which lays them out as they are: one for each row of the table in the robustness rules
(section 6) and each kind of the scene "hostile" in the performance rules (section 4). Made here, since they are large and
say nothing by themselves."""

import base64
import random

# One base letter with 25 accents.
ACCENTS = "e" + "".join(chr(0x300 + i) for i in range(25))


def repeat(unit, characters):
    return (unit * (characters // len(unit) + 1))[:characters]


def mixed_scripts(characters):
    """A letter of each script in turn: a font for each."""
    ranges = ((0x61, 26), (0x3B1, 24), (0x430, 32), (0x561, 38), (0x5D0, 27), (0x627, 36), (0x905, 50), (0x985, 30), (0xA05, 30),
              (0xA85, 30), (0xB05, 30), (0xB85, 30), (0xC05, 30), (0xC85, 30), (0xD05, 30), (0xE01, 46), (0xE81, 30),
              (0xF40, 30), (0x1000, 33), (0x10D0, 33), (0x1200, 60), (0x13A0, 80), (0x1780, 35), (0x1820, 30), (0x3042, 80),
              (0x30A2, 80), (0x4E00, 20000), (0xAC00, 11000))
    numbers = random.Random(1)
    letters = []
    while len(letters) < characters:
        first, n = ranges[len(letters) % len(ranges)]
        letters.append(chr(first + numbers.randrange(n)))
        if len(letters) % 9 == 0:
            letters.append(" ")
    return "".join(letters[:characters])


def minified(characters):
    numbers = random.Random(2)
    code = []
    while sum(map(len, code)) < characters:
        n = numbers.randrange(1000)
        code.append(f"function f{n}(a,b){{var c=a[{n}]||b.x{n}();return c?g(c,{n}):{{k:c,v:[{n},a.b.c]}}}};")
    return "".join(code)[:characters]


def make():
    numbers = random.Random(3)
    data = bytes(numbers.randrange(256) for _ in range(37_500))
    return {
        # The table.
        "words": repeat("some ordinary words that a reader can follow ", 10_000),
        "url": repeat("https://example.org/path/to?query=1&more=2#part/", 10_000),
        "json-line": repeat('{"name":"value","list":[1,2,3]},', 10_000),
        "japanese": repeat("日本語の文章はここに続きます。", 10_000),
        "thai": repeat("ภาษาไทยไม่มีช่องว่าง", 10_000),
        "arabic": repeat("هذه جملة عادية من الكلمات ", 10_000),
        "hindi": repeat("यह एक साधारण वाक्य है ", 10_000),
        "assignments": repeat("x=1;", 10_000),
        "dots": repeat(".", 10_000),
        "dashes": "a" + repeat("-", 9_999),
        "snake-case": repeat("snake_case_", 10_000),
        "hex": repeat("0123456789abcdef", 10_000),
        "spaces": "a" + repeat(" ", 9_998) + "b",
        "german": repeat("Donaudampfschifffahrtsgesellschaftskapitän", 10_000),
        "lao": repeat("ພາສາລາວບໍ່ມີຊ່ອງຫວ່າງ", 10_000),
        "khmer": repeat("ភាសាខ្មែរគ្មានដកឃ្លា", 10_000),
        "burmese": repeat("မြန်မာဘာသာစကား", 10_000),
        "tibetan": repeat("བོདསྐདཡིགགཟུགས", 10_000),
        "accents-25": repeat(ACCENTS, 10_000),
        # The scene.
        "one-line-100k": repeat("words without any end that go on and on ", 100_000),
        "empty-lines": "a" + "\n" * 200_000 + "b",
        "tabs": "a" + "\t" * 50_000 + "b",
        "controls": "".join(chr(i) for i in list(range(1, 9)) + list(range(14, 32))) * 800,
        "emoji": repeat("👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇫🇷❤️", 10_000),
        "mixed-scripts": mixed_scripts(20_000),
        "line-separators": "word\u2028" * 10_000,
        "carriage-returns": "word\r" * 20_000,
        "nested-directions": "\u202E\u2067a" * 5_000 + "\u2069\u202C" * 5_000,
        "accents-10000": "e" + "\u0301" * 10_000,
        "minified": "\n".join(["```js", *(minified(20_000) for _ in range(5)), "```"]),
        "minified-bare": "\n\n".join(minified(20_000) for _ in range(5)),
        "base64": base64.b64encode(data).decode(),
    }
