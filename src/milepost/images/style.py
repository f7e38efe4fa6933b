"""Keeping a drawing's CSS to itself: what would load something from elsewhere is taken out."""

from __future__ import annotations

import re
from typing import Final

# Every pattern runs to the end of the text where a closing mark is missing, as CSS does. It also
# keeps them from scanning the rest again at each opening mark.
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING: Final = r"\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)"
_AT_RULE: Final = re.compile(
    rf"@(?:import|namespace|charset)\b(?:{_STRING}|\([^)]*(?:\)|\Z)|[^;{{}}\"'(])*;?", re.IGNORECASE
)
_ADDRESS: Final = re.compile(rf"url\(\s*({_STRING}|[^)]*)[^)]*(?:\)|\Z)", re.IGNORECASE)
_STRINGS: Final = re.compile(_STRING)
_LAYOUT: Final = re.compile(
    r"\s*(?:(?:min-|max-)?(?:width|height)|(?:margin|padding)(?:-\w+)*|position|top|right|bottom"
    r"|left|inset|float|vertical-align|z-index|box-sizing|flex(?:-\w+)*)\s*:",
    re.IGNORECASE,
)
_WHITE: Final = re.compile(
    r"\s*background(?:-color)?\s*:\s*"
    r"(?:none|transparent|white|#fff(?:fff)?|rgb\(255,\s*255,\s*255\))\s*",
    re.IGNORECASE,
)
_WHITE_RULE: Final = re.compile(rf"(?<=[{{;]){_WHITE.pattern}(?=[;}}])", re.IGNORECASE)
_OWN_PART: Final = re.compile(r"#[^\s\"'()\\]+")


def local_css(css: str) -> str:
    """Return a style sheet or style attribute that mentions no other file.

    `@import` goes whole: svg-hush leaves its tail, and the rule behind it is then lost. What
    hides behind a backslash is left to svg-hush, which drops it.
    """
    css = _AT_RULE.sub("", _COMMENT.sub("", css))
    return _STRINGS.sub(_without_address, local_addresses(css))


def without_comments(css: str) -> str:
    """Return CSS without its comments, each place on the line where it was."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), css)


def local_addresses(value: str) -> str:
    """Return an attribute's value with each `url(…)` that is not a part of the drawing emptied."""
    return _ADDRESS.sub(_own_or_nothing, value)


def without_layout(style: str) -> str:
    """Return the style attribute of a drawing's root without its place in a web page.

    A drawing that was copied out of a page is 24 pixels wide by its style, whatever the width
    of its image is. The white paper that editors put under it is that of the page.
    """
    parts = style.split(";")
    return ";".join(part for part in parts if not (_LAYOUT.match(part) or _WHITE.fullmatch(part)))


def without_paper(css: str) -> str:
    """Return a style sheet without the white paper under the drawing, which is the page's."""
    return _WHITE_RULE.sub("", css)


def is_paper(declaration: str) -> bool:
    """Say whether a declaration puts white paper, or none, under a drawing."""
    return _WHITE.fullmatch(declaration) is not None


def _without_address(found: re.Match[str]) -> str:
    return '""' if "//" in found[0] or ":" in found[0] else found[0]


def _own_or_nothing(found: re.Match[str]) -> str:
    address = found[1].strip().strip("\"'").strip()
    return f"url({address})" if _OWN_PART.fullmatch(address) else "url(#)"
