"""A web server for one folder, for this machine alone."""

from __future__ import annotations

import mimetypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from milepost import addresses, paths

HOST: Final = "127.0.0.1"
LAST_PORT: Final = 65535
_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
    ".webp": "image/webp",
}
_EMPTY: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built yet</title>'
    "<h1>The site is not built yet</h1>"
    "<p>Look at the terminal for what to mend, then load this page again.</p>"
)


@contextmanager
def serving(folder: Path, port: int) -> Iterator[str]:
    """Serve `folder` on 127.0.0.1 while the block runs; give the address.

    The first free port from `port` on is taken, of ten.

    Raises:
        OSError: none of the ten ports is free.
    """
    server = _bound(folder, port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _bound(folder: Path, port: int) -> ThreadingHTTPServer:
    handler = partial(_Handler, folder=folder)
    last = min(port + 9, LAST_PORT) if port else 0
    for attempt in range(port, last + 1):
        try:
            return _Server((HOST, attempt), handler)
        except OSError:
            continue
    raise OSError(f"the ports {port} to {last} are all taken by other programs")


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about readers who go away while they are answered."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with files of the folder; lists nothing and follows no link out."""

    server_version = "Milepost"
    sys_version = ""

    def __init__(self, *args: object, folder: Path) -> None:
        self._folder = folder
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send a file."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Send what GET would, without the file."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Keep quiet: an organiser's terminal is for what there is to mend."""

    def _answer(self, *, with_body: bool) -> None:
        # Another site's page could ask us by a name that it made lead here (DNS rebinding).
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        if host not in _NAMES:
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"", "text/plain", with_body=with_body)
            return
        address = unquote(urlsplit(self.path).path)
        path = self._file(address)
        if path is None and self._file(f"{address}/") is not None:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{urlsplit(self.path).path.rstrip('/')}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path is None:
            missing = self._file(addresses.NOT_FOUND)
            body = missing.read_bytes() if missing else _EMPTY.encode()
            self._send(HTTPStatus.NOT_FOUND, body, _TYPES[".html"], with_body=with_body)
        else:
            kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
            self._send(
                HTTPStatus.OK,
                path.read_bytes(),
                kind or "application/octet-stream",
                with_body=with_body,
            )

    def _file(self, address: str) -> Path | None:
        if "//" in address:
            return None
        try:
            path = paths.inside(self._folder, addresses.file_of(address))
            return path if path.is_file() else None
        except (ValueError, OSError, RuntimeError):  # too long a name, or links in a circle
            return None

    def _send(self, status: HTTPStatus, body: bytes, kind: str, *, with_body: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if with_body:
            self.wfile.write(body)
