r"""Which links may stand in a page: `java\nscript:` and its relatives may not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.weblinks import ANY, WEB, objection, scheme_of

NOT_FULL = "is not a full address: begin it with https:// (allowed: https, http)"
NO_SCHEME = "has no scheme: write https: before the //"
BLANK = "has a space or an invisible character in it"
LOGIN = "has a name or password before the @"
NO_BROWSER = "is not an address that a browser understands"


def not_allowed(scheme: str) -> str:
    """Return what is said of a scheme that may not lead to a web site."""
    return f"begins with {scheme}:, which is not allowed here (allowed: https, http)"


@pytest.mark.parametrize(
    "link",
    [
        "https://acme.example",
        "http://acme.example/run",
        "HTTPS://ACME.EXAMPLE/",
        "https://acme.example:8080/run",
        "https://acme.example./",
        "https://acme.example/?a=1&amp;b=2#top",
        "https://acme.example/?next=javascript:alert(1)",
        "https://acme.example/jo@home",
        "https://müller.example/läufe",
        "https://xn--mller-kva.example/",
        "https://例え.テスト/",
        "http://localhost:8000/",
        "http://127.0.0.1/",
        "http://[::1]:8000/",
    ],
)
def test_link_to_a_web_site_may_stand(link: str) -> None:
    """Full addresses are fine: with a port, in any script, as a number, on this computer."""
    assert objection(link) is None


@pytest.mark.parametrize(
    ("link", "scheme"),
    [
        ("javascript:alert(1)", "javascript"),
        ("JaVaScRiPt:alert(1)", "javascript"),
        ("java\nscript:alert(1)", "javascript"),
        ("java\tscript\r:alert(1)", "javascript"),
        ("\x01 javascript:alert(1)", "javascript"),
        ("java\u200bscript:alert(1)", "javascript"),
        ("javascript://acme.example/%0aalert(1)", "javascript"),
        ("vbscript:x", "vbscript"),
        ("data:text/html,<script>alert(1)</script>", "data"),
        ("file:///etc/passwd", "file"),
        ("blob:https://acme.example/1", "blob"),
        ("ftp://acme.example", "ftp"),
        ("mailto:jo@acme.example", "mailto"),
        ("localhost:8000", "localhost"),
    ],
)
def test_other_schemes_may_not_stand(link: str, scheme: str) -> None:
    """Whatever a browser would run, open or mail is named by its scheme, however hidden."""
    assert objection(link) == not_allowed(scheme)


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("//acme.example/run", NO_SCHEME),
        ("/\\acme.example", NO_SCHEME),
        ("\\\\acme.example", NO_SCHEME),
        ("", NOT_FULL),
        ("acme.example", NOT_FULL),
        ("www.acme.example/run", NOT_FULL),
        ("acme.example:8080/run", NOT_FULL),
        ("/run", NOT_FULL),
        ("#top", NOT_FULL),
        ("java&#10;script:alert(1)", NOT_FULL),
        ("&#106;avascript:alert(1)", NOT_FULL),
        ("https://acme.example/a b", BLANK),
        (" https://acme.example", BLANK),
        ("https://acme.example/\n", BLANK),
        ("https://acme\u200b.example", BLANK),
        ("https://acme.example/\u202egnp.exe", BLANK),
        ("https://acme\xad.example", BLANK),
        ("https://jo@acme.example", LOGIN),
        ("https://jo:secret@acme.example", LOGIN),
        ("https://@acme.example", LOGIN),
        ("https://bank.example\\@acme.example", LOGIN),
        ("https://acme", 'names no site: "acme" has no dot in it'),
        ("https://.acme", 'names no site: ".acme" has no dot in it'),
        ("https://", "names no site after https://"),
        ("https:///run", "names no site after https://"),
        ("https:acme.example", "names no site after https://"),
        ("http:/acme.example", "names no site after http://"),
        ("https://acme.example\\run", "names no site after https://"),
        ("https://acme.example:port/", NO_BROWSER),
        ("https://acme.example:99999/", NO_BROWSER),
        ("https://[::1/", NO_BROWSER),
        ("https://acme..example/", NO_BROWSER),
        ("https://<acme>.example/", NO_BROWSER),
        ("https://%61cme.example/", NO_BROWSER),
    ],
)
def test_reason_is_told(link: str, reason: str) -> None:
    """A link that may not stand is told why, in words that complete a sentence."""
    assert objection(link) == reason


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("mailto:jo@acme.example", None),
        ("tel:+15551234567", None),
        ("https://acme.example", None),
        ("mailto:", "has nothing after the colon"),
        ("tel://", "has nothing after the colon"),
        ("mailto:jo @acme.example", BLANK),
        (
            "sms:+15551234567",
            "begins with sms:, which is not allowed here (allowed: tel, mailto, https, http)",
        ),
    ],
)
def test_contact_may_be_mail_or_phone(link: str, reason: str | None) -> None:
    """Where mail addresses and numbers are allowed, they have to be there, and nothing else is."""
    assert objection(link, ANY) == reason


@pytest.mark.parametrize(
    ("link", "scheme"),
    [
        ("HTTPS://acme.example", "https"),
        ("/run", ""),
        ("", ""),
        ("1a:b", ""),
        ("a+b.c-d:e", "a+b.c-d"),
    ],
)
def test_scheme_is_what_stands_before_the_colon(link: str, scheme: str) -> None:
    """A scheme begins with a letter and is compared in small letters."""
    assert scheme_of(link) == scheme


@settings(deadline=None)
@given(st.lists(st.text("\x00\t\n\r \xa0\u200b\u2028\ufeff", max_size=2), min_size=11, max_size=11))
def test_no_blank_hides_a_scheme(blanks: list[str]) -> None:
    """Blanks and line ends anywhere in `javascript:` hide it from nobody."""
    pairs = zip(blanks, "javascript:", strict=True)

    link = "".join(blank + letter for blank, letter in pairs)

    assert scheme_of(link) == "javascript"


@settings(deadline=None)
@given(st.text())
def test_only_web_addresses_pass(link: str) -> None:
    """Whatever people write, a link without objection begins with https: or http:."""
    reason = objection(link)

    assert reason or scheme_of(link) in WEB
