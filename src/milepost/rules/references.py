"""Everything that a post or the settings name must exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from milepost.config import SETTINGS_FILE, Config
from milepost.posts.post import Page
from milepost.problems import Problem, did_you_mean, quote
from milepost.roster.load import FILE, Roster


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
        yield Problem(
            check="reference",
            file=SETTINGS_FILE,
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
