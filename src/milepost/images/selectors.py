"""Which elements of a drawing a CSS rule may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

_VALUES: Final = re.compile(r"\[[^\]]*\]|(?<=[\w-])\([^)]*\)")
_STATE: Final = re.compile(r":(?!root\b)[\w-]+")
_BETWEEN: Final = re.compile(r"[\s>+~]+")
_COMPOUND: Final = re.compile(r"(?:[\w-]+|\*)?(?:[.#][\w-]+)*(?::root)?")
_NAME: Final = re.compile(r"[.#:]?[\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What may be among the elements that a rule means: any, the root, one with a transform."""

    some: bool = False
    root: bool = False
    turned: bool = False

    def __or__(self, other: Meant) -> Meant:
        return Meant(
            some=self.some or other.some,
            root=self.root or other.root,
            turned=self.turned or other.turned,
        )

    def __and__(self, other: Meant) -> Meant:
        return Meant(
            some=self.some and other.some,
            root=self.root and other.root,
            turned=self.turned and other.turned,
        )


ALL: Final = Meant(some=True, root=True, turned=True)


class Names:
    """The tags, classes and ids of a drawing, for however many rules."""

    def __init__(self, root: Element) -> None:
        self._meant: dict[str, Meant] = {":root": meant(root, root)}
        for element in root.iter():
            own = meant(element, root)
            classes = [f".{name}" for name in element.get("class", "").split()]
            for name in (element.tag, f"#{element.get('id', '')}", *classes):
                self._meant[name] = self._meant.get(name, own) | own

    def meant(self, selectors: str) -> Meant:
        """Return what a rule may mean; what is not understood may mean all.

        A rule for a part of an element, as `::selection`, means nothing in an image.
        """
        found = Meant()
        for selector in _VALUES.sub("", selectors).split(","):
            found |= Meant() if "::" in selector else self._of(_STATE.sub("", selector))
        return found

    def _of(self, selector: str) -> Meant:
        found = ALL
        for compound in filter(None, _BETWEEN.split(selector.strip())):
            found = ALL
            for name in _NAME.findall(compound) if _COMPOUND.fullmatch(compound) else ():
                found &= self._meant.get(name, Meant())
            if not found.some:
                return Meant()
        return found


def meant(element: Element, root: Element) -> Meant:
    """Return what one element is."""
    is_turned = any(name.lower().endswith("transform") for name in element.attrib)
    return Meant(some=True, root=element is root, turned=is_turned)
