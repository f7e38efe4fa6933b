"""The mail that asks a sponsor for a logo that web pages can show."""

from __future__ import annotations

import textwrap
from typing import Final

LEAST_WIDTH: Final = 1000
"""Pixels from left to right that a PNG needs, to be sharp in every tier of nearly every list."""

_MAIL: Final = f"""\
Hello {{sponsor}},

thank you for supporting {{race}}! For our web site we need your logo
in another form, because the file that we have cannot be shown there:

- as SVG, with all text turned into outlines,
- or as PNG, at least {LEAST_WIDTH} pixels wide, with a transparent background.

Please send the version for light backgrounds and, if there is one, the
version for dark backgrounds.

Thank you!"""


def logo_request(sponsor: str, race: str) -> str:
    """Return the mail in lines to copy, indented by four spaces, without a newline at the end.

    `sponsor` and `race` are what the two are called.
    """
    # The lines are laid out beforehand: only names can make one longer.
    return textwrap.indent(_MAIL.format(sponsor=sponsor, race=race), "    ")
