"""Putting a finished site in place: whole files, and only what builds made."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from milepost.engine.commit import Changes, commit
from milepost.engine.finished import Finished
from milepost.engine.record import Record, load_record
from outputs import DAY, PAGES, Site, make_old, new_site, put, touched


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a site whose output has never been built."""
    return new_site(tmp_path)


class TestAnOrdinaryBuild:
    """What a build that nothing hinders does to the output."""

    def test_a_first_build_makes_the_output(self, site: Site) -> None:
        """The first build makes the output folder, with every page in it."""
        changes = site.build(PAGES)

        assert site.tree() == PAGES
        assert changes == Changes(written=4, unchanged=0, removed=0)

    def test_pages_that_do_not_change_keep_their_time(self, site: Site) -> None:
        """Only the page that changed has a new modification time."""
        site.build(PAGES)
        make_old(site.output)

        changes = site.build(PAGES | {"blog/hills/index.html": "more hills"})

        assert touched(site.output) == {"blog/hills/index.html"}
        assert changes == Changes(written=1, unchanged=3, removed=0)

    def test_a_build_without_changes_writes_nothing(self, site: Site) -> None:
        """The same site built again leaves every file alone, the record too."""
        site.build(PAGES)
        make_old(site.home)

        changes = site.build(PAGES)

        assert not {name for name in touched(site.home) if site.stage.name not in name}
        assert changes == Changes(written=0, unchanged=4, removed=0)

    def test_a_page_that_is_not_made_any_more_is_removed(self, site: Site) -> None:
        """A page that was taken out of the site leaves the output, with its folders."""
        site.build(PAGES)

        changes = site.build({"index.html": "home"})

        assert site.tree() == {"index.html": "home"}
        assert list(site.output.iterdir()) == [site.output / "index.html"]
        assert changes == Changes(written=0, unchanged=1, removed=3)

    def test_a_file_damaged_by_hand_is_repaired(self, site: Site) -> None:
        """A page that was edited in the output is made right, even if its length is the same."""
        site.build(PAGES)
        (site.output / "blog/index.html").write_bytes(b"BLOG")

        changes = site.build(PAGES)

        assert site.tree() == PAGES
        assert changes.written == 1

    def test_an_output_that_was_deleted_is_made_again(self, site: Site) -> None:
        """Deleting the whole output is harmless: the next build makes it anew."""
        site.build(PAGES)
        shutil.rmtree(site.output)

        changes = site.build(PAGES)

        assert site.tree() == PAGES
        assert changes.written == 4

    def test_files_that_no_build_made_stay(self, site: Site) -> None:
        """A file put into the output by hand is neither changed nor removed, nor its folder."""
        site.build(PAGES)
        put(site.output, {"CNAME": "race.example", "blog/hills/notes.txt": "mine"})

        site.build({"index.html": "home"})

        assert site.tree() == {
            "index.html": "home",
            "CNAME": "race.example",
            "blog/hills/notes.txt": "mine",
        }

    def test_the_record_says_what_was_built(self, site: Site) -> None:
        """After a build the record has its profile, its day, and every file's digest."""
        site.build({"index.html": "home"})

        assert load_record(site.record) == Record(
            profile="final",
            day=DAY,
            files={
                "index.html": "4ea140588150773ce3aace786aeef7f4049ce100fa649c94fbbddb960f1da942"
            },
            finished=True,
        )

    def test_unusual_names_are_kept(self, site: Site) -> None:
        """Spaces, accents and other scripts in names are no trouble, and stale ones go."""
        names = {"media/Zürich 10 km.pdf": "a", "日本/🏃.html": "b", "e\u0301.html": "c"}
        site.build(PAGES | names)
        first = site.tree()

        site.build(PAGES)

        assert first == PAGES | names
        assert site.tree() == PAGES

    def test_bytes_are_not_converted(self, site: Site) -> None:
        """Line ends of every kind and bytes that are no text arrive as they are."""
        data = b"a\r\nb\nc\r\x00\xff\xfe"
        site.stage.mkdir()
        (site.stage / "photo.jpg").write_bytes(data)

        commit(Finished(site.stage), site.output, site.record, "final", DAY)

        assert (site.output / "photo.jpg").read_bytes() == data

    def test_development_and_final_have_outputs_of_their_own(self, site: Site) -> None:
        """A build into one output removes nothing from another."""
        final = Site(home=site.home, output=site.home / "public")
        site.build(PAGES)
        final.build({"index.html": "final"})

        site.build({"index.html": "home"})

        assert final.tree() == {"index.html": "final"}

    def test_an_output_on_another_disk_works(self, site: Site) -> None:
        """The output may be on another disk than the site."""
        memory = Path("/dev/shm")  # noqa: S108 - another disk, not a place for secrets
        if not memory.is_dir() or memory.stat().st_dev == site.home.stat().st_dev:
            pytest.skip("there is no second disk here")
        output = memory / f"milepost-test-{os.getpid()}"
        other = Site(home=site.home, output=output)
        try:
            other.build(PAGES)
            other.build({"index.html": "new"})

            assert other.tree() == {"index.html": "new"}
        finally:
            shutil.rmtree(output, ignore_errors=True)


class TestTheOrder:
    """What a reader meets while a site is being saved."""

    @pytest.fixture
    def order(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Note each file of the output as it is replaced or removed."""
        seen: list[str] = []
        replace, unlink = os.replace, os.unlink

        def noting_replace(source: Path, target: Path) -> None:
            seen.append(Path(target).as_posix().partition("/output/")[2])
            replace(source, target)

        def noting_unlink(path: str | Path, *, dir_fd: int | None = None) -> None:
            seen.append("-" + Path(path).as_posix().partition("/output/")[2])
            unlink(path, dir_fd=dir_fd)

        monkeypatch.setattr(os, "replace", noting_replace)
        monkeypatch.setattr(os, "unlink", noting_unlink)
        return seen

    def test_nothing_is_linked_before_it_is_there(self, site: Site, order: list[str]) -> None:
        """Assets come first, then new pages, then the pages that list them, then feeds."""
        site.build(
            {
                "index.html": "1",
                "blog/index.html": "1",
                "blog/tags/hills/index.html": "1",
                "old.html": "1",
            }
        )
        order.clear()

        site.build(
            {
                "build.json": "2",
                "feed.xml": "2",
                "index.html": "2",
                "blog/index.html": "2",
                "blog/tags/hills/index.html": "2",
                "blog/new/index.html": "2",
                "media/new.css": "2",
            }
        )

        assert [name for name in order if name not in {"", "-"}] == [
            "media/new.css",
            "blog/new/index.html",
            "blog/tags/hills/index.html",
            "blog/index.html",
            "index.html",
            "feed.xml",
            "build.json",
            "-old.html",
        ]

    def test_the_record_is_saved_before_and_after(self, site: Site, order: list[str]) -> None:
        """The record is first and last: in between it names all that could be there."""
        site.build(PAGES)

        # Its name is empty here, because it does not lie in the output.
        assert order[0] == order[-1] == ""
        assert order.count("") == 2


class TestChangesOfShape:
    """Pages that become folders, folders that become pages, and names that change case."""

    def test_a_page_becomes_a_folder(self, site: Site) -> None:
        """A file that a build made makes way for a folder of its name."""
        site.build({"index.html": "home", "feed": "x"})

        changes = site.build({"index.html": "home", "feed/index.html": "x"})

        assert site.tree() == {"index.html": "home", "feed/index.html": "x"}
        assert changes == Changes(written=1, unchanged=1, removed=1)

    def test_a_folder_becomes_a_page(self, site: Site) -> None:
        """A folder that builds made, and nothing else is in, makes way for a file."""
        site.build({"index.html": "home", "feed/a/index.html": "x", "feed/b.html": "x"})

        changes = site.build({"index.html": "home", "feed": "x"})

        assert site.tree() == {"index.html": "home", "feed": "x"}
        assert changes == Changes(written=1, unchanged=1, removed=2)

    def test_a_name_changes_its_case(self, site: Site) -> None:
        """A page whose name changes only in case is there once, on every disk."""
        site.build({"media/Map.pdf": "map", "About/index.html": "about"})

        site.build({"media/map.pdf": "map", "about/index.html": "about"})

        assert site.tree() == {"media/map.pdf": "map", "about/index.html": "about"}
