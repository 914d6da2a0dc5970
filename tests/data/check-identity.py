#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ships beside the program agrees with itself: one id, one version, one summary; icons that any renderer takes; a
Flatpak manifest with no more permissions than were decided. Prints TAP."""

import configparser
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

SVG = "{http://www.w3.org/2000/svg}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DOAP = "{http://usefulinc.com/ns/doap#}"
# Accounts on platforms need the network; what they sign in with goes through the portal of secrets.
PERMISSIONS = {"--share=ipc", "--share=network", "--socket=wayland", "--socket=fallback-x11", "--device=dri"}

top, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
app_id, version, homepage = sys.argv[3:6]
base_id = app_id.removesuffix(".Devel")


def metainfo():
    return ElementTree.parse(build / "data" / f"{app_id}.metainfo.xml").getroot()


def check_desktop():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(build / "data" / f"{app_id}.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Icon"] == app_id, entry["Icon"]
    assert entry["DBusActivatable"] == "true"
    service = configparser.ConfigParser(interpolation=None)
    service.optionxform = str
    service.read(build / "data" / f"{app_id}.service", encoding="utf-8")
    assert service["D-BUS Service"]["Name"] == app_id
    assert service["D-BUS Service"]["Exec"].endswith("/assay --gapplication-service")


def check_metainfo():
    root = metainfo()
    assert root.findtext("id") == app_id
    assert root.findtext("launchable") == f"{app_id}.desktop"
    summary = root.findtext("summary")
    assert len(summary) <= 35, f"the summary has {len(summary)} characters"
    assert not summary.endswith("."), summary
    newest = root.find("releases/release").get("version")
    assert newest == version, f"the newest release is {newest}, the project's version is {version}"


def check_schema():
    root = ElementTree.parse(build / "data" / f"{app_id}.gschema.xml").getroot()
    schema = root.find("schema")
    assert schema.get("id") == app_id
    assert schema.get("path") == "/" + app_id.replace(".", "/") + "/"


def check_doap():
    root = ElementTree.parse(top / "assay.doap").getroot()
    assert root.findtext(f"{DOAP}name") == "Assay"
    assert root.findtext(f"{DOAP}shortdesc") == metainfo().findtext("summary")
    assert root.find(f"{DOAP}homepage").get(f"{RDF}resource") == homepage


def check_icons():
    for name, size in (("assay", 128), ("assay-devel", 128), ("assay-symbolic", 16)):
        path = top / "data" / "icons" / f"{name}.svg"
        root = ElementTree.parse(path).getroot()
        assert root.tag == f"{SVG}svg", f"{name}: not an SVG"
        assert root.get("viewBox") == f"0 0 {size} {size}", f"{name}: {root.get('viewBox')}"
        for element in root.iter():
            tag = element.tag.removeprefix(SVG)
            assert tag not in ("image", "script", "style", "text", "filter", "foreignObject"), f"{name}: has <{tag}>"
            for key, value in element.attrib.items():
                assert not re.search(r"https?:|file:|data:", value), f"{name}: {key} refers to {value}"
        with tempfile.TemporaryDirectory() as scratch:
            png = pathlib.Path(scratch) / "icon.png"
            subprocess.run(["gdk-pixbuf-thumbnailer", "-s", "64", path, png], check=True, capture_output=True)
            assert png.stat().st_size > 200, f"{name}: renders to nothing"


def check_manifest():
    manifest = json.loads((top / "flatpak" / f"{base_id}.json").read_text(encoding="utf-8"))
    assert manifest["id"] == base_id
    assert manifest["runtime"] == "org.gnome.Platform" and manifest["sdk"] == "org.gnome.Sdk"
    assert manifest["runtime-version"].isdigit()
    assert set(manifest["finish-args"]) == PERMISSIONS, manifest["finish-args"]
    for module in manifest["modules"]:
        for source in module["sources"]:
            if source["type"] == "git":
                assert re.fullmatch(r"[0-9a-f]{40}", source["commit"]) and source["tag"], module["name"]
            elif source["type"] in ("archive", "file"):
                assert re.fullmatch(r"[0-9a-f]{64}", source["sha256"]), module["name"]
            else:
                assert source["type"] == "dir" and module is manifest["modules"][-1], module["name"]


def check_one_id():
    """The id stands in the root's meson.build; other sources get it substituted."""
    allowed = {"meson.build", "flatpak"}
    bad = []
    for folder in ("build-aux", "data", "help", "po", "src"):
        for path in (top / folder).rglob("*"):
            name = str(path.relative_to(top))
            if path.is_file() and path.suffix not in (".png", ".gz") and not name.split("/")[0] in allowed:
                if base_id in path.read_text(encoding="utf-8", errors="replace"):
                    bad.append(name)
    assert not bad, ", ".join(bad)


def main():
    checks = [
        ("the desktop file and the D-Bus service name the application", check_desktop),
        ("the metainfo agrees with the project", check_metainfo),
        ("the settings have the application's id and path", check_schema),
        ("the description of the project agrees with the metainfo", check_doap),
        ("the icons are plain SVG on the grid", check_icons),
        ("the Flatpak manifest has the decided permissions and pinned sources", check_manifest),
        ("the application's id is written once", check_one_id),
    ]
    print(f"1..{len(checks)}")
    failed = False
    for number, (title, check) in enumerate(checks, 1):
        try:
            check()
            print(f"ok {number} - {title}")
        except Exception as error:  # one broken file must not hide the others
            failed = True
            print(f"not ok {number} - {title}")
            for line in f"{type(error).__name__}: {error}".splitlines():
                print(f"# {line}")
    return 1 if failed else 0


sys.exit(main())
