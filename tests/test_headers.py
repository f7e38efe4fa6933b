"""What browsers may load and run, in every page and in the file of headers."""

from __future__ import annotations

from pathlib import Path

from milepost.addresses import file_of
from milepost.render.headers import policy
from sites import SETTINGS, Built, build_site, post

PRIVACY = {
    "content/pages/privacy.md": "---\ntitle: Privacy\nslug: privacy\n---\nNothing is kept.\n"
}


def parsed(written: str) -> dict[str, str]:
    """Return a policy's directives."""
    return dict(part.strip().split(" ", 1) for part in written.split(";"))


def of_page(built: Built, name: str) -> str:
    """Return the policy in a page."""
    (meta,) = built.parse(built.text(name)).css('meta[http-equiv="Content-Security-Policy"]')
    return meta.attributes["content"] or ""


def test_everything_comes_from_the_site_itself() -> None:
    """Nothing inline runs, nothing comes from elsewhere, and no page changes its base."""
    found = parsed(policy(""))

    assert found["default-src"] == "'none'"
    assert found["base-uri"] == "'none'"
    others = {value for name, value in found.items() if name not in {"default-src", "base-uri"}}
    assert others == {"'self'"}


def test_a_form_may_be_sent_to_its_service() -> None:
    """The one host that the settings name, and only for forms."""
    found = parsed(policy("https://formspree.io"))

    assert found["form-action"] == "'self' https://formspree.io"
    assert "formspree" not in policy("").replace(found["form-action"], "")


def test_every_page_has_it_before_anything_is_loaded(tmp_path: Path) -> None:
    """A policy holds for what comes after it in the head."""
    built = build_site(tmp_path)

    for name in built.files:
        if name.endswith(".html"):
            assert of_page(built, name) == policy("")
            head = built.text(name).split("</head>")[0]
            assert head.index("Content-Security-Policy") < head.index('rel="stylesheet"')


def test_hosts_are_told_the_same(tmp_path: Path) -> None:
    """The file of headers has the pages' policy, and what only a header can say."""
    built = build_site(tmp_path)

    text = built.text(file_of("/_headers"))
    assert f"  Content-Security-Policy: {policy('')}; frame-ancestors 'none'\n" in text
    assert "  X-Content-Type-Options: nosniff\n" in text
    assert text.splitlines()[0] == "/*"
    assert "/media/*\n  Cache-Control: public, max-age=31536000, immutable\n" in text


def test_a_site_below_a_path_has_its_path_there(tmp_path: Path) -> None:
    """A host that serves several sites is told of this one's files only."""
    settings = SETTINGS.replace("https://riverside.example", "https://club.example/race")

    built = build_site(tmp_path, {"pelicanconf.py": settings})

    lines = built.text("_headers").splitlines()
    assert [line for line in lines if line.startswith("/")] == ["/race/*", "/race/media/*"]


def test_the_form_of_the_settings_is_allowed_on_the_site(tmp_path: Path) -> None:
    """Pages and headers name the service."""
    form = '"form": {"provider": "formspree", "key": "xyzabcd"}, "email":'
    settings = SETTINGS.replace('"email":', form)

    built = build_site(tmp_path, {"pelicanconf.py": settings, **PRIVACY})

    assert built.code == 0, built.report
    assert "form-action 'self' https://formspree.io" in of_page(built, "contact/index.html")
    assert "form-action 'self' https://formspree.io" in built.text("_headers")


def test_a_title_cannot_write_into_it(tmp_path: Path) -> None:
    """What people write stays words."""
    files = {"content/posts/x.md": post(title="A '\"><script>alert(1)</script>")}

    built = build_site(tmp_path, files)

    assert built.code == 0, built.report
    assert "<script>alert" not in built.text("index.html")
