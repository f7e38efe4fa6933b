"""What is printed while a site is built all the same, and what is not said twice."""

from __future__ import annotations

from pathlib import Path

from sites import build_site, post


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


def test_a_notice_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    """Whoever writes a notice is told that this release does not show it."""
    built = build_site(tmp_path, {"content/notice.md": "---\nlevel: info\n---\nMoved.\n"})

    assert built.code == 0
    assert "content/notice.md has 1 warning." in built.report
    assert "this release does not show notices yet" in built.report


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
