"""The preview: a finished site in a browser on this machine, built again on every change."""

from __future__ import annotations

import http.client
import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import pytest

from milepost.preview.serve import is_watched
from milepost.preview.server import serving
from sites import DAY, POST, SETTINGS, write_site

COURSE: Final = "content/posts/course.md"
PATIENCE: Final = 30.0
"""Seconds after which a preview that says nothing has failed."""

links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


@dataclass(frozen=True)
class Answer:
    """What a server answers."""

    status: int
    headers: Mapping[str, str]
    body: str


def ask(port: int, address: str, *, host: str | None = None, method: str = "GET") -> Answer:
    """Ask a server on this machine for an address, which is sent as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.putrequest(method, address, skip_host=True)
        if host != "":
            connection.putheader("Host", host or f"127.0.0.1:{port}")
        connection.endheaders()
        response = connection.getresponse()
        body = response.read().decode()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, body)
    finally:
        connection.close()


def port_of(url: str) -> int:
    """Return the port of an address."""
    return int(url.rstrip("/").rpartition(":")[2])


class Preview:
    """A `milepost serve` in a process of its own."""

    def __init__(self, site: Path, port: int = 0) -> None:
        """Start it for a site; without a port, wait until it says where the site is."""
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "milepost", "--site", str(site), "serve"),
                *("--no-browser", "--port", str(port), "--as-of", DAY),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._process.stdout
        assert self._process.stderr
        self._streams = selectors.DefaultSelector()
        self.said, self.report = "", ""
        for stream in (self._process.stdout, self._process.stderr):
            os.set_blocking(stream.fileno(), False)
            self._streams.register(stream, selectors.EVENT_READ)
        self.port = port or port_of(self.wait_for(r"Your site is at (http://127\.0\.0\.1:\d+)/")[1])

    def wait_for(self, pattern: str, *, seen: int = 0) -> re.Match[str]:
        """Wait until it has printed something, after the first `seen` characters of all."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := re.search(pattern, (self.said + self.report)[seen:]):
                return found
            self._read()
        raise AssertionError(f"no {pattern!r} in {self.said!r} {self.report!r}")

    def wait_until(self, address: str, words: str) -> None:
        """Wait until a page has some words in it."""
        end = time.monotonic() + PATIENCE
        while words not in ask(self.port, address).body:
            assert time.monotonic() < end, (self.said, self.report)
            self._read()

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send it a signal, as Ctrl-C does; return its exit code."""
        self._process.send_signal(number)
        code = self._process.wait(timeout=PATIENCE)
        self._read()
        return code

    def close(self) -> None:
        """End it, if it has not ended."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            if stream:
                stream.close()
        self._streams.close()

    def _read(self) -> None:
        for key, _ in self._streams.select(timeout=0.1):
            stream: IO[bytes] = key.fileobj  # type: ignore[assignment]
            text = (stream.read() or b"").decode()
            if stream is self._process.stdout:
                self.said += text
            else:
                self.report += text


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Preview, Path]]:
    """Start a preview of the small site; give it with the site's folder."""
    site = write_site(tmp_path / "site")
    started = Preview(site)
    yield started, site
    started.close()


@pytest.mark.skipif(os.name == "nt", reason="a console's Ctrl-C cannot be sent to one process")
class TestServe:
    """`milepost serve` from its start to Ctrl-C."""

    def test_shows_the_site_and_builds_it_again_on_every_change(
        self, preview: tuple[Preview, Path]
    ) -> None:
        """Posts, sponsors, settings and the theme are followed; a mistake keeps the last site."""
        shown, site = preview
        assert "Along the river" in ask(shown.port, "/blog/the-course/").body
        assert shown.said.startswith("Saved in ")

        # A post.
        (site / COURSE).write_text(POST.replace("Along", "All along"))
        shown.wait_until("/blog/the-course/", "All along the river")
        shown.wait_for(rf"{COURSE} changed; building again …\nSaved in ")

        # A mistake: it is reported, and the last good site stays.
        seen = len(shown.said + shown.report)
        (site / COURSE).write_text(POST.replace("title:", "titel:"))
        shown.wait_for(
            r"problems? in 1 file\. Nothing was saved; output/ is as it was\.", seen=seen
        )
        assert 'Did you mean "title"?' in shown.report
        assert "All along the river" in ask(shown.port, "/blog/the-course/").body

        # The mistake is mended, in another way than before.
        (site / COURSE).write_text(POST.replace("Along", "Once more along"))
        shown.wait_until("/blog/the-course/", "Once more along the river")

        # A new page, the sponsor list, the settings and the site's own theme.
        (site / "content/pages").mkdir()
        (site / "content/pages/about.md").write_text("---\ntitle: About us\n---\nWe run.\n")
        shown.wait_until("/about-us/", "We run.")
        (site / "sponsors.yaml").write_text("sponsors:\n  - name: Newcomer\n    tier: title\n")
        shown.wait_until("/sponsors/", "Newcomer")
        (site / "pelicanconf.py").write_text(f'{SETTINGS}SITENAME = "Renamed"\n')
        shown.wait_until("/", "Renamed")
        (site / "theme/templates").mkdir(parents=True)
        (site / "theme/templates/missing.html").write_text(
            '{% extends "base.html" %}{% block main %}<h1>Lost?</h1>{% endblock %}'
        )
        shown.wait_until("/no/such/page/", "Lost?")

        # Ctrl-C.
        assert shown.stop() == 0
        assert "Traceback" not in shown.report
        assert not [*(site / ".milepost").glob("stage-*")]

    def test_begins_with_a_mistake(self, tmp_path: Path) -> None:
        """A site that cannot be built yet says so in the browser, and is shown when it can."""
        site = write_site(tmp_path, {COURSE: POST.replace("title:", "titel:")})
        shown = Preview(site)
        try:
            answer = ask(shown.port, "/")
            assert answer.status == 404
            assert "The site is not built yet" in answer.body

            (site / COURSE).write_text(POST)

            shown.wait_until("/", "The course")
        finally:
            shown.close()

    def test_notices_a_change_while_it_builds_for_the_first_time(self, tmp_path: Path) -> None:
        """Whoever saves a post at once sees what was saved."""
        many = {f"content/posts/{n}.md": POST.replace("course", f"course {n}") for n in range(200)}
        site = write_site(tmp_path, many)
        with serving(tmp_path, 0) as free:
            port = port_of(free)
        shown = Preview(site, port)
        try:
            stage = site / ".milepost"
            end = time.monotonic() + PATIENCE
            while not [*stage.glob("stage-*/blog/*")] and time.monotonic() < end:
                time.sleep(0.01)
            (site / COURSE).write_text(POST.replace("Along", "All along"))
            shown.wait_for("Your site is at")

            shown.wait_until("/blog/the-course/", "All along the river")
        finally:
            shown.close()

    def test_ends_without_a_word_while_it_builds(self, tmp_path: Path) -> None:
        """Whoever presses Ctrl-C at once sees no program's insides."""
        many = {f"content/posts/{n}.md": POST.replace("course", f"course {n}") for n in range(300)}
        site = write_site(tmp_path, many)
        shown = Preview(site)
        try:
            (site / COURSE).write_text(POST.replace("Along", "All along"))
            shown.wait_for("building again")

            assert shown.stop() == 0
            assert "Traceback" not in shown.report
        finally:
            shown.close()
        assert not [*(site / ".milepost").glob("stage-*")]


class TestTheServer:
    """What the preview's server gives, and what it does not."""

    @pytest.fixture(scope="class")
    @classmethod
    def port(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
        """Serve a folder that has something secret beside it."""
        home = tmp_path_factory.mktemp("served")
        files = {
            "output/index.html": "HOME",
            "output/404.html": "MISSING",
            "output/blog/index.html": "BLOG",
            "output/empty/note.txt": "NOTE",
            "output/media/a-123.css": "p{}",
            "output/media/a-123.svg": "<svg/>",
            "output/feed.xml": "<feed/>",
            "output/sponsors.json": "{}",
            "output/café.html": "CAFÉ",
            "output/CNAME": "race.example",
            "secret.txt": "SECRET",
            "output-old/secret.txt": "SECRET",
        }
        for name, text in files.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text, encoding="utf-8")
        if os.name != "nt":
            (home / "output/link.txt").symlink_to(home / "secret.txt")
            (home / "output/folder").symlink_to(home)
            (home / "output/round").symlink_to(home / "output/round")
            (home / "output/inside.html").symlink_to(home / "output/index.html")
        with serving(home / "output", 0) as url:
            yield port_of(url)

    @pytest.mark.parametrize(
        ("address", "body", "kind"),
        [
            ("/", "HOME", "text/html; charset=utf-8"),
            ("/index.html", "HOME", "text/html; charset=utf-8"),
            ("/blog/", "BLOG", "text/html; charset=utf-8"),
            ("/blog/?a=b", "BLOG", "text/html; charset=utf-8"),
            ("/blog/#part", "BLOG", "text/html; charset=utf-8"),
            ("/caf%C3%A9.html", "CAFÉ", "text/html; charset=utf-8"),
            ("/media/a-123.css", "p{}", "text/css; charset=utf-8"),
            ("/media/a-123.svg", "<svg/>", "image/svg+xml"),
            ("/feed.xml", "<feed/>", "application/xml; charset=utf-8"),
            ("/sponsors.json", "{}", "application/json"),
            ("/empty/note.txt", "NOTE", "text/plain; charset=utf-8"),
            ("/CNAME", "race.example", "application/octet-stream"),
        ],
    )
    def test_gives_files_with_their_kind(
        self, address: str, body: str, kind: str, port: int
    ) -> None:
        """A browser shows pages and draws pictures as it will on the real host."""
        answer = ask(port, address)

        assert (answer.status, answer.body) == (200, body)
        assert answer.headers["content-type"] == kind
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize("address", ["/no/", "/no.html", "/blog/no", "/empty/", "/media/"])
    def test_gives_the_sites_own_page_for_what_is_not_there(self, address: str, port: int) -> None:
        """A wrong address looks as on the real host, and no folder is listed."""
        answer = ask(port, address)

        assert (answer.status, answer.body) == (404, "MISSING")

    def test_leads_to_the_address_with_its_slash(self, port: int) -> None:
        """Relative links would lead astray without it."""
        answer = ask(port, "/blog")

        assert (answer.status, answer.headers["location"]) == (301, "/blog/")

    @pytest.mark.parametrize(
        "address",
        [
            "/../secret.txt",
            "/blog/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/%2e%2e%2fsecret.txt",
            "/..%5csecret.txt",
            "/..\\secret.txt",
            "/%252e%252e/secret.txt",
            "//secret.txt",
            "/./../secret.txt",
            "/../output-old/secret.txt",
            "/output/../../secret.txt",
            "../secret.txt",
            "/secret.txt%00.html",
            "/C:/secret.txt",
            "/%ff%fe/secret.txt",
            "/" + "a" * 5000,
            "/" + "a/" * 2000,
            "http://127.0.0.1/../secret.txt",
        ],
    )
    def test_gives_nothing_from_outside_its_folder(self, address: str, port: int) -> None:
        """However a way out is written, it is a page that is not there."""
        answer = ask(port, address)

        assert answer.status in {400, 404, 414}
        assert "SECRET" not in answer.body

    @links
    @pytest.mark.parametrize(
        "address", ["/link.txt", "/folder/secret.txt", "/folder/output-old/secret.txt", "/round/x"]
    )
    def test_follows_no_link_out_of_its_folder(self, address: str, port: int) -> None:
        """A link in the output does not open the computer."""
        answer = ask(port, address)

        assert (answer.status, answer.body) == (404, "MISSING")

    @links
    def test_follows_a_link_within_its_folder(self, port: int) -> None:
        """What is in the folder is in the folder."""
        assert ask(port, "/inside.html").body == "HOME"

    @pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]:80"])
    def test_answers_nobody_who_calls_it_by_another_name(self, host: str, port: int) -> None:
        """A page of another site cannot read the preview through a name of its own."""
        answer = ask(port, "/", host=host)

        assert answer.status == 421
        assert "HOME" not in answer.body

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:8000", "[::1]:8000"])
    def test_answers_to_the_names_of_this_machine(self, host: str, port: int) -> None:
        """Whatever an organiser types leads to the site."""
        assert ask(port, "/", host=host).body == "HOME"

    def test_tells_a_file_without_sending_it(self, port: int) -> None:
        """HEAD is GET without the body."""
        answer = ask(port, "/", method="HEAD")

        assert (answer.status, answer.body) == (200, "")
        assert answer.headers["content-length"] == "4"

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
    def test_takes_nothing(self, method: str, port: int) -> None:
        """The preview is for looking."""
        assert ask(port, "/", method=method).status == 501

    def test_is_heard_on_this_machine_only(self, port: int) -> None:
        """No other machine of the network reaches it."""
        other = socket.gethostbyname(socket.gethostname())
        if other.startswith("127."):
            pytest.skip("this machine has no other address")

        with pytest.raises(OSError, match="refused"):
            socket.create_connection((other, port), timeout=5)

    def test_keeps_quiet_about_readers_who_leave(
        self, port: int, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """A closed tab is nothing that an organiser must read about."""
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")

        assert ask(port, "/").body == "HOME"
        assert capfd.readouterr().err == ""

    def test_takes_the_next_port_when_one_is_taken(self, tmp_path: Path) -> None:
        """Two sites can be previewed at once."""
        with serving(tmp_path, 0) as first:
            port = port_of(first)

            with serving(tmp_path, port) as second:
                assert port < port_of(second) <= port + 9

    def test_says_when_no_port_is_free(self, tmp_path: Path) -> None:
        """The ports are named."""
        with (
            serving(tmp_path, 65535),
            pytest.raises(OSError, match="the ports 65535 to 65535 are all taken"),
            serving(tmp_path, 65535),
        ):
            pass

    def test_says_that_nothing_is_built_yet(self, tmp_path: Path) -> None:
        """A folder without a site leads to the terminal."""
        with serving(tmp_path / "output", 0) as url:
            answer = ask(port_of(url), "/")

        assert answer.status == 404
        assert "Look at the terminal" in answer.body


class TestWhatIsWatched:
    """A change of these builds the site again, and no other."""

    @pytest.mark.parametrize(
        "name",
        [
            COURSE,
            "content/images/a.svg",
            "content/logos/deep/a.svg",
            "sponsors.yaml",
            "pelicanconf.py",
            "publishconf.py",
            "theme/static/css/a.css",
        ],
    )
    def test_what_a_site_is_made_from(self, name: str, tmp_path: Path) -> None:
        """Posts, pictures, the list, the settings and the theme."""
        assert is_watched(tmp_path, tmp_path / name)

    @pytest.mark.parametrize(
        "name",
        [
            "output/index.html",
            ".milepost/output.json",
            ".git/index",
            "content/posts/.course.md.swp",
            "content/posts/course.md~",
            "content/posts/a.tmp",
            "theme/__pycache__/a.pyc",
            "notes.txt",
            "",
        ],
    )
    def test_not_what_builds_and_editors_make(self, name: str, tmp_path: Path) -> None:
        """A build does not cause the next one."""
        assert not is_watched(tmp_path, tmp_path / name)

    def test_not_what_is_elsewhere(self, tmp_path: Path) -> None:
        """Another site is another site."""
        assert not is_watched(tmp_path / "a", tmp_path / "b/content/posts/a.md")
