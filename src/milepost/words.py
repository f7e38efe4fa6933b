"""Words of a site's authors that stand outside of posts and pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One text of the settings, the sponsor list or a template, and whose or what it is.

    `sponsor_id` is the sponsor that it is about, or "". `is_template` says that it is a template,
    of which only the words between the tags are read.
    """

    file: str
    line: int
    subject: str
    text: str
    sponsor_id: str = ""
    is_template: bool = False
