"""The programs in benchmarks/: what they make up, and what they make of their measurements."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import corpus
import figures
import measure
import peers
import speed
from figures import Run, Target
from measure import Cost, Failed
from sites import rebuild, tree

POSTS = 12


def run(work: str, *seconds: float, posts: int = 1_000, memory: int | None = 1_000_000) -> Run:
    """Return a run whose rounds took so long."""
    costs = [Cost(seconds=each, memory=memory) for each in seconds]
    return Run(posts=posts, work=work, pages=posts + 1, costs=costs)


class TestTheMadeUpSite:
    """`corpus.py` makes the same site for everybody."""

    def test_it_has_the_same_bytes_every_time(self, tmp_path: Path) -> None:
        """Who measures on another day measures the same site."""
        corpus.write_site(tmp_path / "one", POSTS)
        corpus.write_site(tmp_path / "two", POSTS)

        assert tree(tmp_path / "one") == tree(tmp_path / "two")

    def test_it_builds_without_a_word(self, tmp_path: Path) -> None:
        """It has no problem, not even a warning."""
        corpus.write_site(tmp_path / "site", POSTS)

        built = rebuild(tmp_path / "site", as_of=corpus.DAY)

        assert (built.code, built.report) == (0, "")
        assert f"{POSTS} posts, 31 sponsors shown" in built.said

    def test_its_posts_are_about_800_words_long(self) -> None:
        """As long as posts that take ten minutes to write about a race."""
        lengths = [len(post.body.split()) for post in corpus.make_posts(200)]

        assert 750 < sum(lengths) / len(lengths) < 850

    def test_it_has_5_categories_40_tags_and_31_sponsors(self) -> None:
        """A few hundred posts use all of them."""
        posts = list(corpus.make_posts(300))

        assert len({post.category for post in posts}) == 5
        assert len({tag for post in posts for tag in post.tags}) == 40
        assert len({sponsor.id for sponsor in corpus.make_sponsors()}) == 31

    def test_more_posts_do_not_change_the_words_of_the_first(self) -> None:
        """Only what depends on how many there are does: dates, and links to others."""
        few, many = list(corpus.make_posts(POSTS)), list(corpus.make_posts(2 * POSTS))

        assert [post.title for post in few] == [post.title for post in many[:POSTS]]
        assert [post.summary for post in few] == [post.summary for post in many[:POSTS]]

    def test_a_folder_that_is_not_empty_is_left_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Somebody's own site is not written over."""
        (tmp_path / "mine.md").write_text("Mine.")
        monkeypatch.setattr(sys, "argv", ["corpus.py", str(tmp_path), "3"])

        with pytest.raises(SystemExit, match="is not empty"):
            corpus.main()

        assert list(tree(tmp_path)) == ["mine.md"]


class TestItsTwins:
    """`peers.py` writes the same posts for Pelican and Hugo."""

    def test_they_have_the_same_posts(self, tmp_path: Path) -> None:
        """No post is missing, and every one has its text."""
        corpus.write_site(tmp_path / "milepost", POSTS)
        peers.write_pelican(tmp_path / "pelican", POSTS)
        peers.write_hugo(tmp_path / "hugo", POSTS)

        ours = tree(tmp_path / "milepost" / "content" / "posts")
        pelican = tree(tmp_path / "pelican" / "content" / "posts")
        hugo = tree(tmp_path / "hugo" / "content" / "blog")
        hugo.pop("_index.md")
        assert list(ours) == list(pelican) == list(hugo)
        for name, text in ours.items():
            body = text.partition(b"---\n\n")[2]
            assert pelican[name].endswith(b"\n\n" + body)
            assert len(hugo[name].partition(b"---\n\n")[2].split()) == len(body.split())

    def test_links_are_addresses_for_hugo(self, tmp_path: Path) -> None:
        """Hugo knows nothing of {filename}, and would print it."""
        peers.write_hugo(tmp_path / "hugo", POSTS)

        posts = b"".join(tree(tmp_path / "hugo" / "content").values())
        assert b"{filename}" not in posts
        assert b"](/blog/" in posts


class TestFigures:
    """`figures.py` does the sums."""

    TARGET = Target(name="cold", over=("ours",), under="theirs", limits={1_000: (2, 1)})

    def test_a_ratio_is_one_of_each_round(self) -> None:
        """A round that was slow for both does not count against either."""
        runs = {"ours": run("ours", 2.0, 8.0, 3.0), "theirs": run("theirs", 1.0, 4.0, 2.0)}

        assert self.TARGET.ratios(runs) == [2.0, 2.0, 1.5]

    def test_what_was_not_measured_has_no_ratio(self) -> None:
        """A peer that is not installed leaves no row, and no mistake."""
        assert self.TARGET.ratios({"ours": run("ours", 2.0)}) == []
        assert "cold |" not in figures.markdown([run("ours", 2.0)])

    def test_a_ratio_of_memory_takes_the_most_of_all_works(self) -> None:
        """The build that needs most is the one that has to fit."""
        target = Target(
            name="memory", over=("cold", "warm"), under="theirs", limits={}, of_memory=True
        )
        runs = {
            "cold": run("cold", 1.0, memory=50),
            "warm": run("warm", 1.0, memory=80),
            "theirs": run("theirs", 1.0, memory=100),
        }

        assert target.ratios(runs) == [0.8]

    def test_memory_that_nobody_knows_has_no_ratio(self) -> None:
        """Only Linux tells it."""
        target = Target(name="memory", over=("a",), under="b", limits={}, of_memory=True)

        assert target.ratios({w: run(w, 1.0, memory=None) for w in ("a", "b")}) == []

    @pytest.mark.parametrize(
        ("ratio", "at_least", "reached"),
        [(1.9, False, True), (2.0, False, True), (2.1, False, False), (2.1, True, True)],
    )
    def test_a_limit_itself_is_good_enough(
        self, ratio: float, *, at_least: bool, reached: bool
    ) -> None:
        """At most two is two or less; at least two is two or more."""
        target = Target(name="x", over=(), under="", limits={}, at_least=at_least)

        assert target.is_reached(ratio, 2.0) is reached

    @pytest.mark.parametrize(
        ("small", "large", "exponent"), [(1.0, 10.0, 1), (1.0, 100.0, 2), (5.0, 5.0, 0)]
    )
    def test_growth_is_an_exponent(self, small: float, large: float, exponent: float) -> None:
        """One is as the site grows, two is as its square."""
        assert figures.growth(small, large, 10) == pytest.approx(exponent)

    def test_the_tables_have_all_of_it(self) -> None:
        """Medians and ranges, ratios with their targets, growth from size to size."""
        text = figures.markdown(
            [
                run(figures.COLD, 3.0, 1.0, 2.0, memory=90_000_000),
                run(figures.HUGO, 1.0, 1.0, 1.0, memory=100_000_000),
                run(figures.COLD, 20.0, 20.0, 20.0, posts=10_000, memory=900_000_000),
                run(figures.HUGO, 10.0, 10.0, 10.0, posts=10_000, memory=None),
            ]
        )

        assert "| Milepost, cold | 1,001 | 2.00 | 1.00 to 3.00 | 90 | 90 to 90 |" in text
        assert (
            "| cold, against Hugo | 1,000 | 2.00 | 1.00 to 3.00 "
            "| at most 3: reached | at most 2: reached |"
        ) in text
        assert (
            "| cold, against Hugo | 10,000 | 2.00 | 2.00 to 2.00 "
            "| at most 1.6: **missed** | at most 1: **missed** |"
        ) in text
        assert "| Milepost, cold | 1,000 to 10,000 | 1.00 | 1.00 |" in text
        assert "| Hugo, cold | 1,000 to 10,000 | 1.00 | not known |" in text

    def test_the_figures_go_between_their_marks(self) -> None:
        """What else the page says stays, and earlier figures go."""
        page = f"Before.\n{speed.BEGIN}\n\nOld.\n\n{speed.END}\nAfter.\n"

        changed = speed.with_figures(page, "New.\n")

        assert changed == f"Before.\n{speed.BEGIN}\n\nNew.\n\n{speed.END}\nAfter.\n"

    def test_the_page_has_a_place_for_them(self) -> None:
        """`--save` finds where to write."""
        page = speed.PAGE.read_text(encoding="utf-8")

        assert "New." in speed.with_figures(page, "New.\n")


class TestMeasuring:
    """`measure.py` runs a program and watches it."""

    def test_a_program_that_fails_is_not_measured(self, tmp_path: Path) -> None:
        """A build that went wrong is not a fast one."""
        with pytest.raises(Failed, match="no such post"):
            measure.measure([sys.executable, "-c", "raise SystemExit('no such post')"], tmp_path)

    @pytest.mark.skipif(not measure.HAS_MEMORY, reason="only Linux tells it")
    def test_memory_of_descendants_counts(self, tmp_path: Path) -> None:
        """What a worker holds is held by the build."""
        child = "held = bytearray(b'x') * 200_000_000; print(flush=True); input()"
        parent = (
            "import subprocess, sys, time\n"
            "pipe = subprocess.PIPE\n"
            f"words = [sys.executable, '-c', {child!r}]\n"
            "child = subprocess.Popen(words, stdin=pipe, stdout=pipe)\n"
            "child.stdout.readline()\n"
            "time.sleep(3)\n"
            "child.communicate(b'\\n')\n"
        )

        cost = measure.measure([sys.executable, "-c", parent], tmp_path)

        assert cost.memory
        assert cost.memory > 200_000_000
