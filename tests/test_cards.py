"""What pages say of themselves to search engines and to other sites that link to them."""

from __future__ import annotations

import io
from typing import Final

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from sites import SETTINGS, Built, build_site, post

SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h9v9z"/></svg>'
)
HOSTILE: Final = 'The "best" <b>course</b> & </title><script>alert(1)</script>'


def photo(kind: str) -> bytes:
    """Return a picture of 64 by 32 pixels."""
    file = io.BytesIO()
    Image.new("RGB", (64, 32), "teal").save(file, kind)
    return file.getvalue()


FILES: Final[dict[str, str | bytes | None]] = {
    "content/posts/course.md": post(
        title="The course",
        date="2027-01-15 18:30",
        modified="2027-02-01",
        summary="Along *the* river.",
        image="river.jpg",
        image_alt="The river at dawn",
    ),
    "content/posts/drawn.md": post(title="Drawn", image="a.svg", image_alt="A map"),
    "content/posts/plain.md": post("Words.", title="Plain"),
    "content/posts/hostile.md": post(title=f"'{HOSTILE}'"),
    **{f"content/posts/{n}.md": post(title=f"Post {n}", tags="[hills]") for n in range(11)},
    "content/pages/home.md": "---\ntitle: Home\nimage: b.webp\nimage_alt: Runners\n---\nRun.\n",
    "content/pages/about.md": "---\ntitle: About\ndate: 2027-01-01\n---\nWe run.\n",
    "content/images/river.jpg": photo("jpeg"),
    "content/images/b.webp": photo("webp"),
    "content/images/a.svg": SVG,
}


def site_at(path: str) -> str:
    """Return the settings of a site that stands below a path of its host."""
    return SETTINGS.replace("https://riverside.example", f"https://me.example{path}")


@pytest.fixture(scope="module", params=["", "/race"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Built, str]:
    """Build a site at the top of a host, and below a path; give it with its full address."""
    files = {**FILES, "pelicanconf.py": site_at(request.param)}
    built = build_site(tmp_path_factory.mktemp("site"), files)
    assert built.code == 0, built.report
    return built, f"https://me.example{request.param}"


def said(page: LexborHTMLParser) -> dict[str, str]:
    """Return what a page's card says, by property."""
    found = [
        (node.attributes.get("property") or node.attributes.get("name") or "", node)
        for node in page.css("meta")
    ]
    named = [
        (name, node.attributes["content"] or "")
        for name, node in found
        if name.startswith(("og:", "article:", "twitter:"))
    ]
    assert len(dict(named)) == len(named)
    return dict(named)


def canonical(page: LexborHTMLParser) -> list[str | None]:
    """Return what a page says its own address is."""
    return [link.attributes["href"] for link in page.css("link[rel=canonical]")]


class TestCards:
    """What a link to a page shows on other sites."""

    def test_a_post_shows_its_picture_words_and_days(self, site: tuple[Built, str]) -> None:
        """A day with a time has the race's time zone, one without is a day."""
        built, url = site

        card = said(built.page("/blog/the-course/"))

        image = card.pop("og:image")
        assert image.startswith(f"{url}/media/picture-")
        assert image.removeprefix(f"{url}/") in built.files
        assert card == {
            "og:type": "article",
            "og:title": "The course",
            "og:description": "Along the river.",
            "og:url": f"{url}/blog/the-course/",
            "og:site_name": "Riverside 10K",
            "og:image:width": "64",
            "og:image:height": "32",
            "og:image:alt": "The river at dawn",
            "article:published_time": "2027-01-15T18:30:00-06:00",
            "article:modified_time": "2027-02-01",
            "twitter:card": "summary_large_image",
        }

    @pytest.mark.parametrize("slug", ["plain", "drawn"])
    def test_without_a_photo_there_is_no_picture(self, site: tuple[Built, str], slug: str) -> None:
        """Nothing empty is written, and no drawing, which other sites do not show."""
        built, url = site

        assert said(built.page(f"/blog/{slug}/")) == {
            "og:type": "article",
            "og:title": slug.capitalize(),
            "og:description": "Words.",
            "og:url": f"{url}/blog/{slug}/",
            "og:site_name": "Riverside 10K",
            "article:published_time": "2027-01-15",
            "twitter:card": "summary",
        }

    def test_pages_are_no_articles(self, site: tuple[Built, str]) -> None:
        """Only posts have days; any page may have a picture."""
        built, url = site

        home, about = said(built.page("/")), said(built.page("/about/"))

        assert home["og:type"] == about["og:type"] == "website"
        assert home["og:image"].startswith(f"{url}/media/picture-")
        assert home["og:image:alt"] == "Runners"
        assert not [name for name in (*home, *about) if name.startswith("article:")]

    def test_hostile_words_stay_words(self, site: tuple[Built, str]) -> None:
        """A title cannot leave its place."""
        built, _ = site
        name = next(name for name in built.files if "/the-best-" in name)

        page = LexborHTMLParser(built.text(name))

        assert said(page)["og:title"] == HOSTILE
        assert not [script for script in page.css("script") if "alert" in script.text()[:8]]

    def test_every_page_has_a_card(self, site: tuple[Built, str]) -> None:
        """Whatever is linked to has a title and words."""
        built, _ = site

        for name, data in built.files.items():
            if name.endswith(".html"):
                card = said(LexborHTMLParser(data.decode()))
                assert all(card.values()), name
                assert {"og:type", "og:title", "og:description", "twitter:card"} <= {*card}, name

    def test_a_notice_stands_before_every_title(
        self, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """Whoever shares a link shares the news."""
        built = build_site(
            tmp_path_factory.mktemp("warned"), {"content/notice.md": "level: cancelled\n\nFlood."}
        )

        assert said(built.page("/blog/the-course/"))["og:title"] == "Cancelled: The course"
        assert said(built.page("/"))["og:title"] == "Cancelled: Riverside 10K"


class TestCanonicalAddresses:
    """What a page says its own address is."""

    @pytest.mark.parametrize(
        "address",
        [
            *("/", "/blog/", "/blog/page/2/", "/blog/tags/hills/", "/blog/tags/hills/page/2/"),
            *("/blog/the-course/", "/blog/archive/2027/", "/about/", "/race-day/", "/sponsors/"),
        ],
    )
    def test_is_the_full_address_of_the_very_page(
        self, site: tuple[Built, str], address: str
    ) -> None:
        """Each page of a list is a page of its own, not a copy of the first."""
        built, url = site

        assert canonical(built.page(address)) == [url + address]

    def test_is_not_known_for_what_is_missing(self, site: tuple[Built, str]) -> None:
        """That page stands at every wrong address, so it names none."""
        built, _ = site
        page = built.page("/404.html")

        assert canonical(page) == []
        assert "og:url" not in said(page)
        assert page.css("meta[name=robots][content=noindex]")
