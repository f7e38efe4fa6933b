"""What an entry costs, as a number."""

from __future__ import annotations

import pytest

from milepost.race.prices import amount


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("$65", "65"),
        ("65", "65"),
        ("US$65.00", "65.00"),
        ("45,50 €", "45.50"),
        ("EUR 45", "45"),
        ("45,- kr", "45"),
        ("$1,250", "1250"),
        ("1.250,00 EUR", "1250.00"),
        ("1 250 Kč", "1250"),
        ("1\N{NO-BREAK SPACE}250 Kč", "1250"),
        ("CHF 1'250", "1250"),
        ("12500 Ft", "12500"),
        ("$0", "0"),
        ("Free", "0"),
        (" free of charge. ", "0"),
        ("$65 per runner", "65"),
        ("", None),
        ("Pay what you like", None),
        ("2 for $50", None),
        ("$45 to $60", None),
        ("$45–60", None),
        ("From $45", None),
        ("about 20 EUR", None),
        ("10 % off", None),
        ("$45 + fee", None),
        ("Free for members", None),
        ("$45.5", None),
        ("$1.2345", None),
        ("$12,34,567", None),
        ("٤٥ USD", None),
    ],
)
def test_a_price_is_read_where_it_is_plain(words: str, expected: str | None) -> None:
    """One number is read as organisers write it; whatever is not plain is no number."""
    assert amount(words) == expected
