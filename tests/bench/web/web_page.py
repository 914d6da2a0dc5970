# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows pairs of texts in a page in Chromium, with marked and KaTeX, and says what that took."""

import http.server
import json
import os
import signal
import subprocess
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
# Where ./dev unpacked the browser and the two libraries; empty where they are the machine's own.
FOLDER = os.environ.get("ASSAY_CHROMIUM_DIR", "")
CHROMIUM = FOLDER + "/usr/lib/chromium/chromium"
KATEX = FOLDER + "/usr/share/javascript/katex"
MARKED = [FOLDER + "/usr/share/nodejs/marked/" + name for name in ("lib/marked.umd.min.js", "lib/marked.umd.js")]
TIMEOUT_S = 300


def list_processes():
    """Of the browser, whoever started them."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.path.realpath(f"/proc/{pid}/exe") == os.path.realpath(CHROMIUM):
                yield int(pid)
        except OSError:
            pass


def read_pss_mb():
    total = 0
    for pid in list_processes():
        try:
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except (OSError, StopIteration):
            pass
    return total / 1024


def stop_browser():
    for pid in list_processes():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def find_file(path):
    """The file that an address of the page names; None if there is none."""
    if path == "/":
        return os.path.join(HERE, "page.html")
    if path == "/marked.js":
        return next((name for name in MARKED if os.path.exists(name)), None)
    if path.startswith("/katex/") and ".." not in path:
        return KATEX + path.removeprefix("/katex")
    return None


def measure(pairs, session, env):
    """The figures of the page, and the memory of the browser with the last pair open."""
    done = threading.Event()
    figures = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            name = find_file(self.path)
            if self.path == "/texts.json":
                body = json.dumps(pairs).encode()
            elif name is not None and os.path.isfile(name):
                with open(name, "rb") as file:
                    body = file.read()
            else:
                self.send_error(404)
                return
            self.send_response(200)
            kind = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}.get(os.path.splitext(name or "")[1])
            self.send_header("Content-Type", kind or "application/octet-stream")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            figures.update(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()
            done.set()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="assay-web-") as profile:
        if FOLDER:
            libraries = f"{FOLDER}/usr/lib/{os.uname().machine}-linux-gnu"
            env = dict(env, LD_LIBRARY_PATH=f"{libraries}:{libraries}/pulseaudio")
        # Nothing of it goes to the network; its sandbox needs rights that a container does not have.
        browser = subprocess.Popen(
            [session, CHROMIUM, "--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-extensions", "--disable-gpu", "--no-proxy-server", f"--user-data-dir={profile}", "--window-size=1280,800",
             f"--app=http://127.0.0.1:{server.server_port}/"],
            env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            if not done.wait(TIMEOUT_S):
                raise SystemExit("Chromium showed nothing")
            figures["pss_mb"] = [read_pss_mb()]
        finally:
            stop_browser()
            browser.wait()
            server.shutdown()
    return figures
