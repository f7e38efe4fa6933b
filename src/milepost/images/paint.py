"""What a logo paints, and what of that nobody can see on its ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageChops

FAINT: Final = 16
"""A difference that nobody sees, from 0 to 255: the noise of a JPEG."""

_NEAR: Final = 40
"""How much the largest channel of a colour may differ from a ground that hides it."""
_SIDE: Final = 160
_OPEN: Final = 0.5
"""Of what is hidden at least this part of the edge is open ground; else its neighbours show it."""
_HELD: Final = 0.02
"""What is hidden and has this much of its area in visible ink inside is the paper of that ink."""

_EMPTY, _HIDDEN, _SEEN = range(3)


def lost_part(drawn: Image.Image, ground: tuple[int, int, int]) -> float:
    """Return the part of what is painted that cannot be seen on a ground, from 0 to 1.

    White letters beside an emblem are lost on white. Letters inside the emblem are not, nor is
    the white plate under a logo, nor the white line round it. Of a picture without any
    transparency nothing is lost: its ground is its own.
    """
    least, _ = drawn.getchannel("A").getextrema()
    if not isinstance(least, int) or least > FAINT:
        return 0.0
    field = _Field(drawn, ground)
    lost = plates = 0
    for part in field.hidden_parts():
        if field.is_paper(part):
            plates += len(part)
        elif field.is_open(part):
            lost += len(part)
    painted = len(field.kinds) - field.kinds.count(_EMPTY) - plates
    return lost / painted if lost else 0.0


class _Field:
    """A small copy of a picture, each pixel empty, hidden on its ground, or seen."""

    def __init__(self, drawn: Image.Image, ground: tuple[int, int, int]) -> None:
        small = drawn.copy()
        small.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
        # Empty pixels all round make every place of the picture a place with four neighbours.
        framed = Image.new("RGBA", (small.width + 2, small.height + 2))
        framed.paste(small, (1, 1))
        self.width = framed.width
        red, green, blue = ImageChops.difference(
            framed.convert("RGB"), Image.new("RGB", framed.size, ground)
        ).split()
        apart = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        painted = framed.getchannel("A").point(lambda value: 255 if value > FAINT else 0)
        kinds = apart.point(lambda value: _HIDDEN if value <= _NEAR else _SEEN)
        empty = Image.new("L", framed.size, _EMPTY)
        self.kinds = Image.composite(kinds, empty, painted).tobytes()

    def hidden_parts(self) -> Iterator[set[int]]:
        """Yield each piece of hidden paint, as the places of its pixels."""
        rest = {at for at, kind in enumerate(self.kinds) if kind == _HIDDEN}
        while rest:
            part = self._spread({rest.pop()}, rest)
            rest -= part
            yield part

    def is_open(self, part: set[int]) -> bool:
        """Say whether most of a piece's edge is next to nothing."""
        edge = [self.kinds[near] for at in part for near in self._near(at) if near not in part]
        return edge.count(_EMPTY) >= _OPEN * len(edge)

    def is_paper(self, part: set[int]) -> bool:
        """Say whether visible ink lies inside of a piece."""
        left, right = min(at % self.width for at in part), max(at % self.width for at in part)
        top, bottom = min(part) // self.width, max(part) // self.width
        others = {
            row * self.width + column
            for row in range(top - 1, bottom + 2)
            for column in range(left - 1, right + 2)
        } - part
        corner = (top - 1) * self.width + left - 1
        inside = others - self._spread({corner}, others)
        return sum(self.kinds[at] == _SEEN for at in inside) > _HELD * len(part)

    def _spread(self, part: set[int], allowed: set[int]) -> set[int]:
        edge = list(part)
        while edge:
            for near in self._near(edge.pop()):
                if near in allowed and near not in part:
                    part.add(near)
                    edge.append(near)
        return part

    def _near(self, at: int) -> tuple[int, int, int, int]:
        return at - 1, at + 1, at - self.width, at + self.width
