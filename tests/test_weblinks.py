"""Which links may stand in a page, judged as a browser reads them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.weblinks import ANY, WEB, objection, scheme_of

ONLY_WEB = "which is not allowed here (allowed: https, http)"
NO_SCHEME = "has no scheme: write https: before the //"
NOT_FULL = "is not a full address: begin it with https:// (allowed: https, http)"
INVISIBLE = "has a space or an invisible character in it"
LOGIN = "has a name or password before the @"
NO_ADDRESS = "is not an address that a browser understands"


@pytest.mark.parametrize(
    "link",
    [
        "https://acme.example",
        "http://acme.example/",
        "HTTPS://ACME.example/Run?a=1&b=2#c",
        "https://acme.example:8443/run",
        "https://www.acme.example/a@b",
        "https://xn--caf-dma.example",
        "https://caf\u00e9.example/\u00fc",
        "https://acme.example.",
        "https://192.0.2.1/",
        "https://[2001:db8::1]/",
        "http://localhost:8000",
        "https://acme.example/?next=javascript:x",
    ],
)
def test_link_to_a_site_is_fine(link: str) -> None:
    """What people paste from the address line is taken as it is."""
    assert objection(link) is None


@pytest.mark.parametrize("link", ["mailto:jo@acme.example", "tel:+1-417-555-0142", "MAILTO:a@b.c"])
def test_mail_and_phone_are_fine_where_they_are_asked_for(link: str) -> None:
    """A button may call; a sponsor's logo may not."""
    assert (objection(link, ANY), objection(link) is None) == (None, False)


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("javascript:alert(1)", f"begins with javascript:, {ONLY_WEB}"),
        ("JavaScript:alert(1)", f"begins with javascript:, {ONLY_WEB}"),
        ("java\nscript:alert(1)", f"begins with javascript:, {ONLY_WEB}"),
        ("java\tscript:alert(1)", f"begins with javascript:, {ONLY_WEB}"),
        (" \x01javascript:alert(1)", f"begins with javascript:, {ONLY_WEB}"),
        ("java\u200bscript:alert(1)", f"begins with javascript:, {ONLY_WEB}"),
        ("\ufeffjavascript:alert(1)", f"begins with javascript:, {ONLY_WEB}"),
        ("javascript://acme.example/%0aalert(1)", f"begins with javascript:, {ONLY_WEB}"),
        ("java&#10;script:alert(1)", NOT_FULL),
        ("data:text/html,x", f"begins with data:, {ONLY_WEB}"),
        ("blob:https://acme.example/1", f"begins with blob:, {ONLY_WEB}"),
        ("localhost:8000", f"begins with localhost:, {ONLY_WEB}"),
        ("vbscript:x", f"begins with vbscript:, {ONLY_WEB}"),
        ("ftp://acme.example", f"begins with ftp:, {ONLY_WEB}"),
        ("file:///etc/passwd", f"begins with file:, {ONLY_WEB}"),
        ("mailto:jo@acme.example", f"begins with mailto:, {ONLY_WEB}"),
        ("htps://acme.example", f"begins with htps:, {ONLY_WEB}"),
        ("//acme.example", NO_SCHEME),
        ("/\\acme.example", NO_SCHEME),
        ("\\\\acme.example", NO_SCHEME),
        ("acme.example", NOT_FULL),
        ("www.acme.example/run", NOT_FULL),
        ("acme.example:8080/run", NOT_FULL),
        ("/run", NOT_FULL),
        ("#run", NOT_FULL),
        ("", NOT_FULL),
        ("https://acme .example", INVISIBLE),
        ("https://acme.example/a b", INVISIBLE),
        ("https://ac\u200bme.example", INVISIBLE),
        ("https://acme.example/\u202egpj.exe", INVISIBLE),
        ("https://acme.example\n", INVISIBLE),
        ("https://ac\u00adme.example", INVISIBLE),
        ("https://jo@acme.example", LOGIN),
        ("https://jo:secret@acme.example", LOGIN),
        ("https://acme.example@evil.example", LOGIN),
        ("https://:@acme.example", LOGIN),
        ("https://acme", 'names no site: "acme" has no dot in it'),
        ("https://.acme", 'names no site: ".acme" has no dot in it'),
        ("https://acme/x.y", 'names no site: "acme" has no dot in it'),
        ("https://", "names no site after https://"),
        ("https:acme.example", "names no site after https://"),
        ("http:/acme.example", "names no site after http://"),
        ("https:///acme.example", "names no site after https://"),
        ("https:\\\\acme.example", "names no site after https://"),
        ("https://acme.example\\@evil.example", LOGIN),
        ("https://a.example\\x", "names no site after https://"),
        ("https://acme.example:99999", NO_ADDRESS),
        ("https://acme.example:x", NO_ADDRESS),
        ("https://[::1", NO_ADDRESS),
        ("https://acme..example", NO_ADDRESS),
        ("https://<b>.example", NO_ADDRESS),
        ("https://%61cme.example", NO_ADDRESS),
        ('https://a"b.example', NO_ADDRESS),
        ("https://a\u2100.example", NO_ADDRESS),
    ],
)
def test_other_link_is_refused(link: str, reason: str) -> None:
    """The reason completes a sentence that begins with the link."""
    assert objection(link) == reason


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("mailto:", "has nothing after the colon"),
        ("tel://", "has nothing after the colon"),
        ("tel:+1 417 555", INVISIBLE),
        (
            "data:x",
            "begins with data:, which is not allowed here (allowed: https, http, mailto, tel)",
        ),
    ],
)
def test_reason_names_all_that_is_allowed(link: str, reason: str) -> None:
    """Where mail and phone are allowed, the reason says so."""
    assert objection(link, ANY) == reason


@pytest.mark.parametrize(
    ("link", "scheme"),
    [
        ("https://a.example", "https"),
        ("MAILTO:x", "mailto"),
        ("java\r\nscript:x", "javascript"),
        ("a+b.c-d:x", "a+b.c-d"),
        ("1a:x", ""),
        ("/a:b", ""),
        ("//a:b", ""),
        ("?a:b", ""),
        ("", ""),
    ],
)
def test_scheme_is_what_a_browser_sees(link: str, scheme: str) -> None:
    """Tabs, line ends and leading blanks are dropped before the scheme is looked for."""
    assert scheme_of(link) == scheme


@settings(derandomize=True, database=None, deadline=None)
@given(st.lists(st.text("\x00\t\n\r \xa0\u200b\u2028\ufeff", max_size=2), min_size=11, max_size=11))
def test_no_blank_hides_a_scheme(blanks: list[str]) -> None:
    """Blanks and line ends anywhere in `javascript:` hide it from nobody."""
    pairs = zip(blanks, "javascript:", strict=True)

    link = "".join(blank + letter for blank, letter in pairs)

    assert scheme_of(link) == "javascript"


@settings(derandomize=True, database=None, deadline=None)
@given(st.text())
def test_only_web_addresses_pass(link: str) -> None:
    """Whatever people write, a link without objection begins with https: or http:."""
    reason = objection(link)

    assert reason or scheme_of(link) in WEB


def test_long_link_takes_linear_time() -> None:
    """A megabyte of letters without a colon is answered at once."""
    assert objection("a" * 1_000_000) == NOT_FULL
