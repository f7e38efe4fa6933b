"""Parts of pages that are the same on many of them, each rendered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from jinja2 import Environment
from markupsafe import Markup

from milepost.content import Content
from milepost.render.job import PageJob
from milepost.render.race import race_view
from milepost.render.site import ThemeFiles, navigation, notice_view, sections, site_view
from milepost.render.templates import TemplateFailed, render
from milepost.render.views import LinkView, WallView
from milepost.roster.sponsor import Placement


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the pages of one build share: the walls and menus as HTML, the site's views."""

    names: Mapping[str, object]
    walls: Mapping[Placement, Markup | None]
    menus: Mapping[str, Markup]

    def context(self, job: PageJob) -> dict[str, object]:
        """Return every name that a page's template sees."""
        page = job.page()
        menu = self.menus.get(page.section, self.menus[""])
        return {
            **self.names,
            **job.names(),
            "page": page,
            "wall": self.walls[job.wall] if job.wall else None,
            "navigation": menu,
        }


class Printer:
    """Renders the pages of one build."""

    def __init__(self, env: Environment, shared: Shared) -> None:
        self._env = env
        self._shared = shared
        self._walls = {place: (wall or "").encode() for place, wall in shared.walls.items()}

    def page(self, job: PageJob) -> bytes:
        """Return the bytes of a page, the same on every platform.

        Raises:
            TemplateFailed: its template cannot be rendered.
        """
        try:
            return render(self._env, job.template, self._shared.context(job)).encode()
        except TemplateFailed as failure:
            of = f" ({job.source})" if job.source else ""
            message = f"{failure.problem.message} That was for the page {job.address}{of}."
            raise TemplateFailed(replace(failure.problem, message=message)) from failure

    def wall(self, job: PageJob) -> bytes:
        """Return the bytes of the wall that a page is given, where it is given one."""
        return self._walls[job.wall] if job.wall else b""


def shared(
    env: Environment, content: Content, theme: ThemeFiles, walls: Mapping[Placement, WallView]
) -> Shared:
    """Render the walls, one a placement, and the menu, one a section."""
    names = {
        "site": site_view(content, theme),
        "race": race_view(content),
        "notice": notice_view(content),
    }

    def wall_html(view: WallView) -> Markup | None:
        if not view.groups and not view.inviting:
            return None
        return Markup(render(env, "fragments/wall", {**names, "wall": view}))  # noqa: S704 - escaped

    def menu_html(items: tuple[LinkView, ...]) -> Markup:
        return Markup(render(env, "fragments/navigation", {**names, "items": items}))  # noqa: S704

    return Shared(
        names=names,
        walls={placement: wall_html(view) for placement, view in walls.items()},
        menus={section: menu_html(navigation(content, section)) for section in sections(content)},
    )
