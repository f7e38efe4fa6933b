"""Everything that a post or the settings name must exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath

from milepost.config import SETTINGS_FILE, Config
from milepost.contact import PRIVACY, Contact
from milepost.posts.post import Page, Post, absence
from milepost.problems import Problem, did_you_mean, quote
from milepost.roster.load import FILE, Roster
from milepost.settings_file import line_of_setting
from milepost.source import find_line, read_text


def check_references(
    pages: Iterable[Page], roster: Roster, config: Config, templates: Collection[str]
) -> list[Problem]:
    """Check the sponsors and templates that pages name, and who presents the race.

    `templates` are names without `.html`.
    """
    return [
        *_sponsors(pages, roster),
        *_templates(pages, templates),
        *_images(pages),
        *_presenter(config, roster),
    ]


def check_contact(pages: Iterable[Page], config: Config) -> list[Problem]:
    """Check that readers can reach the race: every post ends with an invitation to ask."""
    contact = config.contact
    ways = (contact.email, contact.phone, contact.address, contact.form)
    if any(ways) or any(page.slug == "contact" and not isinstance(page, Post) for page in pages):
        return []
    if contact == Contact() and line_of_setting(config.folder, "CONTACT"):
        return []  # It says something wrong, which is a problem of its own.
    message = (
        "nobody can reach you: the contact page is empty. Add a line such as "
        'CONTACT = {"email": "hello@race.example"}.'
    )
    return [Problem(check="contact", file=SETTINGS_FILE, subject="CONTACT", message=message)]


def check_privacy(
    pages: Iterable[Page], broken: Collection[str], config: Config, day: date
) -> list[Problem]:
    """Check that a site with a form has a page about privacy on the day.

    `broken` are the files that cannot be read, which is a problem of their own.
    """
    if not config.contact.form or any(PurePosixPath(file).stem == PRIVACY for file in broken):
        return []
    missing = _missing_privacy([page for page in pages if not isinstance(page, Post)], day)
    if missing is None:
        return []
    return [
        Problem(
            check="reference",
            file=SETTINGS_FILE,
            line=line_of_setting(config.folder, "CONTACT"),
            subject="CONTACT",
            message="a form needs a page that says what becomes of what people write, with the "
            f"slug {quote(PRIVACY)}. {missing}",
        )
    ]


def _missing_privacy(pages: Iterable[Page], day: date) -> str | None:
    """Return what to do about the page that is not there on the day, or None when it is."""
    advice = f"Make one: python3 run.py new page {PRIVACY}"
    for page in pages:
        if page.slug == PRIVACY:
            hidden = "is hidden" if page.matter.status == "hidden" else None
            reason = hidden or absence(page, day)
            return f"{page.file} {reason}." if reason else None
        if PurePosixPath(page.file).stem == PRIVACY:
            reason = absence(page, day)
            advice = f"Give {page.file} the line slug: {PRIVACY}"
            advice += f"; and it {reason}." if reason else ""
    return advice


def _sponsors(pages: Iterable[Page], roster: Roster) -> Iterator[Problem]:
    known = {*roster.ids, *roster.broken}
    if not roster.whole:  # which is a problem of its own, and enough
        return
    for page in pages:
        for sponsor_id in page.matter.sponsors:
            if sponsor_id not in known:
                guess = did_you_mean(sponsor_id, known)
                message = f"sponsors: {quote(sponsor_id)} is not an id in {FILE}.{guess}"
                yield _problem(page, "sponsors", message)


def _templates(pages: Iterable[Page], templates: Collection[str]) -> Iterator[Problem]:
    for page in pages:
        name = page.matter.template
        if name and name not in templates:
            guess = did_you_mean(name, templates)
            message = f"template {name}: there is no theme/templates/{name}.html.{guess}"
            yield _problem(page, "template", message)


def _images(pages: Iterable[Page]) -> Iterator[Problem]:
    for page in pages:
        if page.matter.image and not page.matter.image_alt:
            message = "image needs image_alt: what a reader who cannot see it should know."
            yield _problem(page, "image", message)


def _presenter(config: Config, roster: Roster) -> Iterator[Problem]:
    name = config.race.presented_by if config.race else None
    known = {*roster.ids, *roster.broken}
    if name and roster.whole and name not in known:
        guess = did_you_mean(name, known)
        text, _ = read_text(config.folder / SETTINGS_FILE, SETTINGS_FILE)
        yield Problem(
            check="reference",
            file=SETTINGS_FILE,
            line=find_line(text or "", "presented_by"),
            subject="RACE",
            message=f"presented_by {quote(name)} is not an id in {FILE}.{guess}",
        )


def _problem(page: Page, key: str, message: str) -> Problem:
    return Problem(
        check="reference",
        file=page.file,
        line=page.header.line_of(key),
        subject=page.matter.title,
        message=message,
    )
