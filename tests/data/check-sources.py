#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""House rules that the compiler does not know. Each rule carries a bad and a good example and is tried on them first, so
that a rule that finds nothing is a rule that was seen to work. Prints TAP."""

import pathlib
import re
import sys

LAYERS = {
    "model": ["model"],
    "text": ["text", "model"],
    "store": ["store", "text", "model"],
    "platforms": ["platforms", "text", "model"],
    "sync": ["sync", "platforms", "store", "text", "model"],
    "insights": ["insights", "store", "text", "model"],
    "ui": ["ui", "insights", "sync", "platforms", "store", "text", "model"],
}
# What a folder of src/ui may use beside widgets; src/ui/meson.build says the same to the compiler.
UI_USES = {"workbench": ["documents", "form", "rationale", "guideline"]}

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
STRING = re.compile(r'"(?:\\.|[^"\\\n])*"')


def blank(match):
    """Keeps the lines, drops the text."""
    return re.sub(r"[^\n]", " ", match.group())


def without_comments(text):
    # A comment mark within a string is not one.
    return re.sub(STRING.pattern + "|" + COMMENT.pattern,
                  lambda m: m.group() if m.group().startswith('"') else blank(m), text, flags=re.S)


def code_only(text):
    return STRING.sub(lambda m: '"' + " " * (len(m.group()) - 2) + '"', without_comments(text))


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def calls(pattern, sentence, allowed=(), within=""):
    expression = re.compile(pattern)

    def rule(path, text, _headers):
        if not path.startswith(within) or path.startswith(allowed):
            return
        code = code_only(text)
        for match in expression.finditer(code):
            yield line_of(code, match.start()), f"{match.group(1)}: {sentence}"
    return rule


def markup(path, text, _headers):
    """Markup only from a literal, or escaped within the few lines before."""
    code = without_comments(text)
    for match in re.finditer(r"\b(\w+_set_(?:tooltip_|secondary_)?markup)\s*\(", code):
        end = code.find(";", match.end())
        before = "\n".join(code[:end].split("\n")[-14:])
        arguments = code[match.end():end]
        literal = re.search(r',\s*(?:_\s*\(\s*)?"', arguments)
        escaped = re.search(r"g_markup_(?:printf_escaped|vprintf_escaped|escape_text)", before)
        if not literal and not escaped and not re.search(r",\s*NULL", arguments):
            yield line_of(code, match.start()), f"{match.group(1)}: without g_markup_printf_escaped or g_markup_escape_text"


# These read their text as markup unless told otherwise (AdwStatusPage and AdwPreferencesGroup cannot be told).
MARKUP_SETTERS = re.compile(
    r"\b(adw_toast_new|adw_banner_set_title|adw_banner_new|adw_preferences_row_set_title|adw_action_row_set_subtitle"
    r"|adw_expander_row_set_subtitle|adw_status_page_set_description|adw_preferences_group_set_(?:title|description))\s*\(")
MARKUP_WIDGETS = re.compile(r"\bAdw\.(?:\w*Row|Banner|StatusPage|PreferencesGroup)\b[^{;]*\{")


def plain_rows(path, text, _headers):
    """Rows, toasts, banners and status pages take markup; what is not a literal is escaped, or markup is off."""
    code = without_comments(text)
    if path.endswith(".blp"):
        for match in MARKUP_WIDGETS.finditer(code):
            depth, end = 1, match.end()
            direct = []
            while depth and end < len(code):
                depth += {"{": 1, "}": -1}.get(code[end], 0)
                if depth == 1:
                    direct.append(code[end])
                end += 1
            body = "".join(direct)
            kind = match.group().split("{")[0].strip()
            bound = re.search(r"\b(title|subtitle|description):\s*bind\b(?![^;]*escape)", body)
            if not bound or "use-markup: false" in body:
                continue
            if bound.group(1) == "title" and "StatusPage" in kind:
                continue
            yield line_of(code, match.start()), f"{kind}: {bound.group(1)} is bound while markup is on"
        return
    off = re.search(r"use[-_]markup[^;]*FALSE", code)
    for match in MARKUP_SETTERS.finditer(code):
        arguments = code[match.end():code.find(";", match.end())]
        before = "\n".join(code[:match.end()].split("\n")[-14:]) + arguments
        value = arguments if match.group(1).endswith("_new") else arguments.partition(",")[2]
        if re.match(r'\s*(?:N?_\s*\(|C_\s*\(|NULL|"|g_dgettext)', value) or off or "g_markup_" in before:
            continue
        # A variable that only ever holds literals.
        name = value.strip().rstrip(")").strip()
        if name.isidentifier():
            earlier = "\n".join(code[:match.start()].split("\n")[-120:])
            sources = re.findall(rf"\b{name}\s*=\s*([^;]*)", earlier)
            if sources and all(re.match(r'(?:N?_\s*\(|C_\s*\(|NULL|")', source) for source in sources):
                continue
        yield line_of(code, match.start()), f"{match.group(1)}: the text is read as markup"


def includes(path, text, headers):
    parts = path.split("/")
    if parts[0] != "src":
        return
    layer = parts[1] if len(parts) > 2 else None
    # Strings are kept: the name of a header is one.
    for match in re.finditer(r'^\s*#\s*include\s+"([^"]+)"', without_comments(text), re.M):
        name = match.group(1)
        line = line_of(text, match.start())
        if "/" in name:
            yield line, f"{name}: includes name a file, never a path"
            continue
        home = headers.get(name)
        if home is None or layer is None:
            continue
        target = home.split("/")
        if target[1] not in LAYERS.get(layer, []):
            yield line, f"{name} lies in {target[1]}/, which is not below {layer}/"
        elif layer == "platforms" and target[1] == "platforms" and len(target) > 3 and parts[2:-1] != target[2:-1]:
            yield line, f"{name}: platforms do not see one another"
        elif layer == "ui" and target[1] == "ui" and len(parts) > 3:
            folder = parts[2]
            other = target[2] if len(target) > 3 else "the window"
            if other not in (folder, "widgets", *UI_USES.get(folder, ())):
                yield line, f"{name} lies in {other}, which {folder}/ does not use"


def gtk_below_ui(path, text, _headers):
    parts = path.split("/")
    if parts[0] != "src" or len(parts) < 3 or parts[1] == "ui":
        return
    for match in re.finditer(r"^\s*#\s*include\s+<(gtk/|gdk/|adwaita|gtksource|libspelling)[^>]*>", text, re.M):
        yield line_of(text, match.start()), f"{match.group(1)}: only ui/ links GTK"


def head(path, text, _headers):
    if path.endswith(".blp"):
        return
    first = text.split("\n", 1)[0]
    if first != "/* SPDX-License-Identifier: GPL-3.0-or-later */":
        yield 1, "the first line is the licence's"
    if path.startswith("src/") and path.endswith(".c") and '#define G_LOG_DOMAIN "Assay"' not in text:
        yield 1, "no G_LOG_DOMAIN"


RULES = [
    ("network messages are made in one place", calls(
        r"\b(soup_(?:message_new|session_)\w*)\s*\(", "only AssayHttp talks to the network",
        # A measure beside AssayHttp cannot be AssayHttp.
        allowed=("src/platforms/assay-http", "tests/server/", "tests/faults/", "tests/bench/")),
     [("src/sync/x.c", "m = soup_message_new_from_uri (a, b);"), ("src/platforms/open/x.c", "soup_session_new ();"),
      ("tests/platforms/x.c", "soup_message_new (a, b);")],
     [("src/platforms/assay-http.c", "soup_session_new ();"), ("tests/server/x.c", "soup_session_new ();")]),
    ("JSON is read through assay-json.h", calls(
        r"\b(json_(?:object_get_(?:string|int|double|boolean|null|object|array)_member(?:_with_default)?"
        r"|array_get_(?:string|int|double|boolean|null|object|array)_element"
        r"|node_(?:get|dup)_(?:string|int|double|boolean|value)|reader_\w+))\s*\(",
        "json-glib answers a wrong type with a critical; use assay_json_*",
        allowed=("src/model/assay-json",), within="src/"),
     [("src/store/x.c", 'json_object_get_string_member (o, "a");')], [("src/model/assay-json.c", "json_node_get_string (n);")]),
    ("JSON goes between threads by reference", calls(
        r"\b(JSON_TYPE_(?:NODE|OBJECT|ARRAY))\b", "its copies are not for several threads; use ASSAY_TYPE_JSON_NODE"),
     [("src/platforms/x.c", "dex_future_new_take_boxed (JSON_TYPE_NODE, node);")],
     [("src/platforms/x.c", "dex_future_new_take_boxed (ASSAY_TYPE_JSON_NODE, node);")]),
    ("markup is escaped", markup,
     [("src/ui/x.c", "gtk_label_set_markup (label, task_title);")],
     [("src/ui/x.c", 'text = g_markup_escape_text (t, -1);\n  gtk_label_set_markup (label, text);'),
      ("src/ui/x.c", 'gtk_label_set_markup (label, "<b>x</b>");')]),
    ("rows and toasts show plain text", plain_rows,
     [("src/ui/x.c", "toast = adw_toast_new (title);"), ("src/ui/x.c", "adw_action_row_set_subtitle (row, task_title);"),
      ("src/ui/x.blp", "Adw.ActionRow row { title: bind template.title; }"),
      ("src/ui/x.blp", "Adw.StatusPage { title: _(\"A\"); description: bind template.reason; }")],
     [("src/ui/x.c", 'toast = adw_toast_new (_("Submitted"));'),
      ("src/ui/x.c", 'text = NULL; text = _ ("Fixed"); adw_status_page_set_description (page, text);'),
      ("src/ui/x.c", "toast = adw_toast_new (title); adw_toast_set_use_markup (toast, FALSE);"),
      ("src/ui/x.blp", "Adw.ActionRow row { title: bind template.title; use-markup: false; }"),
      ("src/ui/x.blp", "Adw.ActionRow row { title: _(\"Fixed\"); Gtk.Label { label: bind template.x; } }")]),
    ("includes look downward", includes,
     [("src/model/x.c", '#include "assay-store.h"'), ("src/model/x.c", '#include "src/store/assay-store.h"'),
      ("src/ui/inbox/x.c", '#include "assay-window.h"'), ("src/platforms/files/x.c", '#include "assay-exporter.h"')],
     [("src/store/x.c", '#include "assay-task.h"'), ("src/sync/x.c", '#include "assay-exporter.h"')]),
    ("GTK stays in ui", gtk_below_ui,
     [("src/text/x.c", "#include <gtk/gtk.h>")], [("src/ui/x.c", "#include <gtk/gtk.h>")]),
    ("nothing sleeps", calls(r"(?<![\w.>])((?:g_u?sleep|usleep|nanosleep|sleep))\s*\(", "wait for a condition instead",
                              allowed=("tests/bench/",)),
     [("tests/x.c", "g_usleep (100);")], [("tests/x.c", "/* no sleep () */"), ("tests/bench/x.c", "sleep (1);")]),
    ("SQL is not formatted", calls(
        r"\b(sqlite3_v?s?n?m?printf)\s*\(", "bind values", allowed=()),
     [("src/store/x.c", "sql = sqlite3_mprintf (f, a);")], [("src/store/x.c", "sqlite3_bind_text (s, 1, t, -1, NULL);")]),
    ("files begin alike", head,
     [("src/model/x.c", "int a;")],
     [("src/model/x.c", '/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n#define G_LOG_DOMAIN "Assay"\n')]),
]


def main():
    top = pathlib.Path(sys.argv[1])
    files = sorted(p for folder in ("src", "tests") for p in (top / folder).rglob("*") if p.suffix in (".c", ".h", ".blp"))
    texts = {str(p.relative_to(top)): p.read_text(encoding="utf-8") for p in files}
    headers = {p.rsplit("/", 1)[1]: p for p in texts if p.startswith("src/") and p.endswith(".h")}
    known = {"assay-store.h": "src/store/assay-store.h", "assay-task.h": "src/model/assay-task.h",
             "assay-window.h": "src/ui/assay-window.h", "assay-exporter.h": "src/platforms/export/assay-exporter.h"}
    print(f"1..{len(RULES)}")
    failed = False
    for number, (title, rule, bad, good) in enumerate(RULES, 1):
        found = []
        for path, example in bad:
            if not list(rule(path, example, known)):
                found.append(f"the rule does not see its own bad example: {example}")
        for path, example in good:
            found += [f"the rule objects to its own good example: {text}" for _, text in rule(path, example, known)]
        for path, text in texts.items():
            found += [f"{path}:{line}: {sentence}" for line, sentence in rule(path, text, headers)]
        print(f"{'not ok' if found else 'ok'} {number} - {title}")
        for sentence in found:
            print(f"# {sentence}")
        failed = failed or bool(found)
    return 1 if failed else 0


sys.exit(main())
