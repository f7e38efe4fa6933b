"""Drawing a drawing, and giving up."""

from __future__ import annotations

import pytest

from hostile_logos import svg
from milepost.images import Unusable, picture_of
from milepost.images.draw import drawn

SLOW = svg(
    '<mask id="m"><rect width="90" height="90" fill="#fff"/></mask>'
    + '<rect width="90" height="90" mask="url(#m)"/>' * 5000
)


def test_a_drawing_is_drawn_the_same_here_and_apart() -> None:
    """Whether it could take long changes nothing that anybody sees."""
    plain = svg('<circle cx="50" cy="50" r="40" fill="#a00"/>').encode()
    laborious = plain.replace(b"<circle", b"<defs><mask id='m'/></defs><circle")

    assert drawn(laborious, 64, 64).tobytes() == drawn(plain, 64, 64).tobytes()


def test_a_drawing_that_takes_too_long_is_given_up() -> None:
    """Masks on masks keep within every limit, and would still take minutes."""
    data = picture_of(SLOW.encode(), "slow.svg").data

    with pytest.raises(Unusable, match=r"takes more than 0\.5 seconds to draw"):
        drawn(data, 512, 512, limit=0.5)
