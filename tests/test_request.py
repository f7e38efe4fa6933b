"""The mail that asks a sponsor for another logo."""

from __future__ import annotations

from milepost.roster.request import LEAST_WIDTH, logo_request
from milepost.roster.weight import BASE, LARGEST


def test_the_mail_is_ready_to_copy() -> None:
    """It calls the sponsor and the race by name, and has nothing to fill in."""
    mail = logo_request("Hill & {Dale}", "The Ridge Run")

    assert mail.startswith(
        "    Hello Hill & {Dale},\n\n    thank you for supporting The Ridge Run!"
    )
    assert mail.endswith("\n\n    Thank you!")


def test_the_width_that_it_asks_for_is_sharp_in_the_largest_tier() -> None:
    """A logo twice as wide as it is high, a quarter of it inked, on a screen of two pixels."""
    area = LARGEST * BASE / 0.25**0.5

    assert 2 * (2 * area) ** 0.5 <= LEAST_WIDTH
