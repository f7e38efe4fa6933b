"""What is printed while a site is built all the same, and what is not said twice."""

from __future__ import annotations

from pathlib import Path

from sites import SETTINGS, build_site, post


def test_a_post_without_text_is_mentioned(tmp_path: Path) -> None:
    """A title with nothing below it is on the site, and its author is told."""
    built = build_site(tmp_path, {"content/posts/b.md": "---\ntitle: B\ndate: 2027-01-15\n---\n\n"})

    assert built.code == 0
    assert (
        'warning: line 5, "B": there is no text below the second ---. It would be shown as it is.'
        in built.report
    )


def test_two_spellings_of_one_tag_are_mentioned(tmp_path: Path) -> None:
    """C and C++ have one address, so they are one tag, and the author is told."""
    built = build_site(tmp_path, {"content/posts/b.md": post(title="B", tags="[C, C++]")})

    assert built.code == 0
    assert 'warning: line 4, "B": tags "C" is listed as "C++", which has the same' in built.report


def test_capitals_are_no_other_spelling(tmp_path: Path) -> None:
    """Training and training are one category to everybody."""
    built = build_site(
        tmp_path,
        {
            "content/posts/b.md": post(title="B", category="Training"),
            "content/posts/c.md": post(title="C", category="training"),
        },
    )

    assert (built.code, built.report) == (0, "")


def test_a_link_to_a_broken_post_is_no_second_problem(tmp_path: Path) -> None:
    """A post with a wrong date is reported once, and not by everybody who links to it."""
    built = build_site(
        tmp_path,
        {
            "content/posts/b.md": post("[a]({filename}broken.md)", title="B"),
            "content/posts/broken.md": post(title="Broken", date="14.11.2026"),
        },
    )

    assert built.code == 1
    assert "content/posts/broken.md has 1 problem." in built.report
    assert "content/posts/b.md" not in built.report


def test_a_symbolic_link_out_of_the_content_is_not_read(tmp_path: Path) -> None:
    """Nothing of a file elsewhere on the machine gets into a report."""
    (tmp_path / "elsewhere.txt").write_text("secret: words\n", encoding="utf-8")
    site = tmp_path / "site"
    (site / "content/posts").mkdir(parents=True)
    (site / "content/posts/b.md").symlink_to(tmp_path / "elsewhere.txt")

    built = build_site(site)

    assert built.code == 1
    assert "content/posts/b.md has 1 problem." in built.report
    assert "secret" not in built.report


def test_a_circle_of_links_is_told(tmp_path: Path) -> None:
    """A file that is a link to itself is a problem like any other."""
    site = tmp_path / "site"
    (site / "content/posts").mkdir(parents=True)
    (site / "content/posts/b.md").symlink_to("b.md")

    built = build_site(site)

    assert built.code == 1
    assert "content/posts/b.md has 1 problem." in built.report


def test_a_script_in_a_text_stays_an_error(tmp_path: Path) -> None:
    """A site may be lax about headings, but not about scripts."""
    built = build_site(
        tmp_path,
        {
            "pelicanconf.py": SETTINGS + 'CHECKS = {"markup": "off"}\n',
            "content/posts/b.md": post("<script>alert(1)</script>", title="B"),
        },
    )

    assert built.code == 1
    assert "the text has <script" in built.report


def test_a_later_post_with_a_taken_address_is_told_today(tmp_path: Path) -> None:
    """The build on the day of a post is not the first to find its address taken."""
    built = build_site(
        tmp_path, {"content/posts/later.md": post(title="The course", date="2027-05-01")}
    )

    assert built.code == 1
    assert (
        'line 2, "The course": from 2027-05-01 on, the address /blog/the-course/ would be taken '
        'already by "The course" (content/posts/course.md).'
    ) in built.report


def test_a_later_post_may_follow_one_that_has_gone(tmp_path: Path) -> None:
    """This year's packet pickup may have the address of last year's."""
    built = build_site(
        tmp_path,
        {
            "content/posts/old.md": post(title="Pickup", expires="2027-04-30"),
            "content/posts/new.md": post(title="Pickup", date="2027-05-01"),
        },
    )

    assert (built.code, built.report) == (0, "")


def test_a_later_post_with_a_reserved_address_is_told_today(tmp_path: Path) -> None:
    """A word that the site needs is no address on any day."""
    built = build_site(
        tmp_path, {"content/posts/later.md": post(title="Archive", date="2027-05-01")}
    )

    assert built.code == 1
    assert '"archive" is an address that the site needs itself' in built.report
