#!/usr/bin/env python3
"""Serves the folder that this file lies in on this machine and opens the browser: what start.mjs does, where there is Python and no Node.

python3 start.py [--port 8321] [--no-open]
"""
import argparse
import gzip
import json
import os
import re
import webbrowser
from functools import lru_cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = Path(__file__).resolve().parent
# Written by the build, so that every server of this folder says the same.
HEADERS = json.loads((FOLDER / "headers.json").read_text(encoding="utf-8"))


# Text, code and WebAssembly; bytes under which a compressed file saves no packet.
COMPRESSIBLE = ("text/", "image/svg", "application/json", "application/manifest", "application/wasm")
MIN_BYTES = 1400
HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?")


@lru_cache(maxsize=None)
def compressed(path, modified):
    """The file compressed by gzip, once for each time that it was modified."""
    return gzip.compress(Path(path).read_bytes(), compresslevel=6)


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Said here, because Windows takes them from its registry, where other programs write what they like.
    extensions_map = {
        "": "application/octet-stream",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".webmanifest": "application/manifest+json; charset=utf-8",
        ".wasm": "application/wasm",
        ".svg": "image/svg+xml",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".webp": "image/webp",
        ".ttf": "font/ttf",
        ".txt": "text/plain; charset=utf-8",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, directory=str(FOLDER), **kwargs)

    def end_headers(self):
        path = urlsplit(self.path).path
        page = path.endswith(("/", ".html"))
        for name, value in HEADERS["document" if page else "file"].items():
            self.send_header(name, value)
        hashed = path.startswith("/assets/")
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if hashed else "no-cache")
        super().end_headers()

    def do_GET(self):
        self.send_file(True)

    def do_HEAD(self):
        self.send_file(False)

    def parse_request(self):
        """Refuses every name but this machine's own: another site may point a name of its own here (DNS rebinding)."""
        if not super().parse_request():
            return False
        if HOST.fullmatch(self.headers.get("Host", "").lower()):
            return True
        self.send_error(421, "This server answers to localhost only")
        return False

    def send_file(self, with_body):
        """Compressed where the browser takes it and it is worth it, otherwise as the base class does it."""
        path = self.translate_path(self.path)
        if os.path.isdir(path) and self.path.endswith("/"):
            path = os.path.join(path, "index.html")
        kind = self.guess_type(path)
        takes = "gzip" in self.headers.get("Accept-Encoding", "") and "Range" not in self.headers
        if not (takes and kind.startswith(COMPRESSIBLE) and os.path.isfile(path)):
            return super().do_GET() if with_body else super().do_HEAD()
        state = os.stat(path)
        if state.st_size < MIN_BYTES or "If-Modified-Since" in self.headers:
            return super().do_GET() if with_body else super().do_HEAD()
        body = compressed(path, state.st_mtime)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Last-Modified", self.date_time_string(state.st_mtime))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def list_directory(self, path):
        self.send_error(404)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    # Elsewhere it means that a port just left may be taken again; on Windows, that one in use may be.
    allow_reuse_address = os.name != "nt"


def listen(port, exact):
    for candidate in [port] if exact else range(port, port + 20):
        try:
            return Server(("127.0.0.1", candidate), Handler)
        except OSError:
            continue
    raise SystemExit(f"No free port from {port} on. Choose another: python3 start.py --port 9000")


def main():
    parser = argparse.ArgumentParser(description="Serves Lentigo on this machine.")
    parser.add_argument("--port", type=int)
    parser.add_argument("--no-open", action="store_true")
    options = parser.parse_args()
    server = listen(8321 if options.port is None else options.port, options.port is not None)
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    print(f"Lentigo is at {url}", flush=True)
    print("Photos stay on this machine. Close this window, or press Ctrl+C, to stop.", flush=True)
    if not options.no_open:
        webbrowser.open(url)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
