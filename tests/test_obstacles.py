"""What a build refuses to do to its output, before it has changed anything there."""

from __future__ import annotations

import os
import shutil
import socket
from typing import TYPE_CHECKING

import pytest

from milepost.engine.obstacles import refuse_output
from milepost.engine.record import load_record
from milepost.engine.stage import BuildRefused
from outputs import PAGES, Site, make_old, new_site, put, touched, tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="no folder is read-only for root, nor on Windows",
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a site whose output has never been built."""
    return new_site(tmp_path)


def refusal(site: Site, pages: Mapping[str, str] = PAGES) -> str:
    """Build, expect a refusal that changes nothing at all, and return its text."""
    outputs = site.output if site.output.is_dir() else site.home
    before, record = tree(outputs), load_record(site.record)
    make_old(outputs)
    with pytest.raises(BuildRefused) as refused:
        site.build(pages)
    shutil.rmtree(site.stage)
    assert tree(outputs) == before
    assert not touched(outputs)
    assert load_record(site.record) == record
    return str(refused.value)


class TestRefusals:
    """What a build refuses to do, before it has changed anything."""

    def test_a_filled_folder_without_a_record(self, site: Site) -> None:
        """A folder of someone's own files is never taken for an output."""
        put(site.output, {"thesis.doc": "x", "b/photo.jpg": "x", "z.txt": "x"})

        text = refusal(site)

        assert text == (
            "output/ holds files that Milepost did not make (b, thesis.doc and 1 more); "
            "move them to another folder, or empty this one if an earlier build made them, "
            "and build again."
        )

    def test_an_output_whose_record_is_damaged(self, site: Site) -> None:
        """With a damaged record nothing is known to be ours, so nothing is changed."""
        site.build(PAGES)
        site.record.write_bytes(site.record.read_bytes()[:-30])

        text = refusal(site)

        assert text.startswith(".milepost/output.json, the list of what Milepost made in output/")
        assert "is damaged or cannot be read" in text

    def test_a_record_that_names_files_elsewhere(self, site: Site) -> None:
        """A record that was tampered with does not remove files outside the output."""
        put(site.home, {"content/post.md": "words"})
        site.build(PAGES)
        whole = site.record.read_text()
        site.record.write_text(whole.replace('"index.html"', '"../content/post.md"'))

        text = refusal(site)

        assert "is damaged or cannot be read" in text
        assert tree(site.home / "content") == {"post.md": "words"}

    def test_a_damaged_record_does_not_matter_when_the_output_is_empty(self, site: Site) -> None:
        """Emptying the output, as the message says, lets the next build through."""
        site.build(PAGES)
        site.record.write_bytes(b"{")
        shutil.rmtree(site.output)

        site.build(PAGES)

        assert site.tree() == PAGES

    def test_hidden_files_do_not_fill_a_folder(self, site: Site) -> None:
        """What a desktop or git leaves in an empty folder is no reason to refuse, and stays."""
        put(site.output, {".DS_Store": "x", ".git/HEAD": "x"})

        site.build(PAGES)

        assert site.tree() == PAGES | {".DS_Store": "x", ".git/HEAD": "x"}

    def test_a_file_of_someone_at_a_new_pages_place(self, site: Site) -> None:
        """A file that no build made is not replaced by a page of the same name."""
        site.build(PAGES)
        put(site.output, {"contact/index.html": "by hand"})

        text = refusal(site, PAGES | {"contact/index.html": "contact"})

        assert text.startswith("output/ has contact/index.html, which Milepost did not make")

    def test_a_file_of_someone_where_a_folder_must_be(self, site: Site) -> None:
        """A file that no build made is not replaced by a folder of the same name."""
        site.build(PAGES)
        put(site.output, {"contact": "by hand"})

        text = refusal(site, PAGES | {"contact/index.html": "contact"})

        assert text.startswith("output/contact is a file that Milepost did not make")

    @pytest.mark.parametrize("inside", ["feed.xml/notes.txt", "feed.xml/deep/down/notes.txt"])
    def test_a_folder_of_someone_where_a_file_must_be(self, site: Site, inside: str) -> None:
        """A folder that no build made is not replaced by a file of the same name."""
        site.build(PAGES)
        put(site.output, {inside: "by hand"})

        text = refusal(site, PAGES | {"feed.xml": "feed"})

        assert text.startswith("output/feed.xml")
        assert "the site needs a file at feed.xml" in text

    def test_a_file_of_someone_in_a_folder_that_becomes_a_file(self, site: Site) -> None:
        """A folder that builds made is not replaced either while it holds someone's file."""
        site.build({"feed/index.html": "x"})
        put(site.output, {"feed/mine/notes.txt": "mine"})

        text = refusal(site, {"feed": "x"})

        assert "holds files of yours" in text

    def test_names_that_differ_only_in_case(self, site: Site) -> None:
        """Two pages that many computers would take for one are refused."""
        put(site.home, {"probe": "x"})
        if (site.home / "PROBE").exists():
            pytest.skip("this disk ignores case, so it cannot hold both")

        text = refusal(site, {"media/Map.pdf": "1", "media/map.pdf": "2"})

        assert text.startswith('The site would have both "media/Map.pdf" and "media/map.pdf"')

    @pytest.mark.skipif(os.name == "nt", reason="Windows cannot make such a file at all")
    @pytest.mark.parametrize("name", ["tags/aux/index.html", "a\\b.html", "10:30.html"])
    def test_names_that_not_every_computer_can_keep(self, site: Site, name: str) -> None:
        """A name that would be lost on another computer is refused on every one."""
        text = refusal(site, {name: "x"})

        assert text.startswith(f'The site cannot have a file "{name}", because it ')

    @pytest.mark.parametrize(
        "place", [".", "..", "content", "content/output", "theme", "theme/static", ".milepost"]
    )
    def test_an_output_among_the_sites_own_files(self, site: Site, place: str) -> None:
        """The site's own folders, what is in them and what holds them are never an output."""
        put(site.home, {"content/post.md": "words"})
        wrong = Site(home=site.home, output=site.home / place)

        with pytest.raises(BuildRefused) as refused:
            wrong.build(PAGES)

        assert "cannot be the output folder" in str(refused.value)
        assert tree(site.home / "content") == {"post.md": "words"}

    def test_a_file_in_the_outputs_place(self, site: Site) -> None:
        """When the output is a file, it is not replaced by a folder."""
        put(site.home, {"output": "mine"})

        text = refusal(site)

        assert "output is not a folder" in text

    def test_a_file_on_the_way_to_the_output(self, site: Site) -> None:
        """When the output would lie in a file, nothing is made."""
        put(site.home, {"web": "mine"})

        text = refusal(Site(home=site.home, output=site.home / "web" / "output"))

        assert "web is not a folder" in text

    @not_root
    def test_an_output_that_may_not_be_changed(self, site: Site) -> None:
        """A read-only folder in the output is named before any other file is changed."""
        site.build(PAGES)
        folder = site.output / "blog"
        folder.chmod(0o555)
        try:
            text = refusal(site, PAGES | {"index.html": "new", "blog/index.html": "new"})
        finally:
            folder.chmod(0o755)

        assert text.startswith(f"{folder} is read-only for you")

    @not_root
    def test_a_read_only_folder_without_changes_does_not_matter(self, site: Site) -> None:
        """A folder that need not change may be read-only."""
        site.build(PAGES)
        folder = site.output / "blog"
        folder.chmod(0o555)
        try:
            changes = site.build(PAGES | {"index.html": "new"})
        finally:
            folder.chmod(0o755)

        assert changes.written == 1

    @not_root
    def test_a_page_that_may_not_be_read(self, site: Site) -> None:
        """A page in the output that cannot be compared is one sentence, not a crash."""
        site.build(PAGES)
        page = site.output / "index.html"
        page.chmod(0)
        try:
            with pytest.raises(BuildRefused, match=r"Permission denied.*nothing was changed"):
                site.build(PAGES)
        finally:
            page.chmod(0o644)

    @pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such files here")
    def test_something_that_is_no_file_in_a_pages_place(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A socket at the place of a page is not ours, whatever the record says."""
        site.build(PAGES)
        (site.output / "index.html").unlink()
        monkeypatch.chdir(site.output)  # a socket's path may not be long
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("index.html")

            with pytest.raises(BuildRefused, match=r"has index\.html, which Milepost did not make"):
                site.build(PAGES)

    def test_the_output_can_be_refused_before_any_page_is_rendered(self, site: Site) -> None:
        """An organiser need not wait for the pages to hear that the folder is a wrong one."""
        put(site.output, {"thesis.doc": "x"})

        with pytest.raises(BuildRefused, match="did not make"):
            refuse_output(site.output, site.record)


@links
class TestLinks:
    """Links in the output never lead a build out of it."""

    @pytest.fixture
    def outside(self, tmp_path: Path) -> Path:
        """Give a folder elsewhere, with pages of the names that builds make."""
        folder = tmp_path / "outside"
        put(folder, {"index.html": "outside", "hills/index.html": "outside"})
        return folder

    def test_a_link_in_a_pages_place(self, site: Site, outside: Path) -> None:
        """A page that was replaced by a link is not written through it."""
        site.build(PAGES)
        (site.output / "index.html").unlink()
        (site.output / "index.html").symlink_to(outside / "index.html")

        text = refusal(site, PAGES | {"index.html": "new"})

        assert text.startswith("output/index.html is a link")
        assert (outside / "index.html").read_text() == "outside"

    def test_a_link_in_a_folders_place(self, site: Site, outside: Path) -> None:
        """A folder that was replaced by a link is not written into."""
        site.build(PAGES)
        shutil.rmtree(site.output / "blog")
        (site.output / "blog").symlink_to(outside)

        text = refusal(site, PAGES | {"blog/index.html": "new"})

        assert text.startswith("output/blog is a link")
        assert (outside / "index.html").read_text() == "outside"

    def test_a_link_on_the_way_to_a_stale_page(self, site: Site, outside: Path) -> None:
        """Nothing is removed through a link either."""
        site.build(PAGES)
        shutil.rmtree(site.output / "blog")
        (site.output / "blog").symlink_to(outside)

        text = refusal(site, {"index.html": "home"})

        assert text.startswith("output/blog is a link")
        assert (outside / "hills/index.html").read_text() == "outside"

    def test_a_link_in_a_stale_pages_place(self, site: Site, outside: Path) -> None:
        """A link that took the place of a page which is not made any more is pointed out."""
        site.build(PAGES)
        (site.output / "blog/index.html").unlink()
        (site.output / "blog/index.html").symlink_to(outside / "index.html")

        text = refusal(site, {"index.html": "home"})

        assert text.startswith("output/blog/index.html is a link")

    def test_a_link_that_hangs(self, site: Site, outside: Path) -> None:
        """A link to nothing is not followed to make a file there."""
        site.build(PAGES)
        (site.output / "contact").symlink_to(outside / "nothing")

        text = refusal(site, PAGES | {"contact/index.html": "contact"})

        assert text.startswith("output/contact is a link")
        assert not (outside / "nothing").exists()

    def test_a_link_in_a_folder_that_becomes_a_file(self, site: Site, outside: Path) -> None:
        """A link in a folder that has to make way for a file is someone's, too."""
        site.build({"feed/index.html": "x"})
        (site.output / "feed" / "more").symlink_to(outside)

        text = refusal(site, {"feed": "x"})

        assert "the site needs a file at feed" in text

    def test_other_links_stay(self, site: Site, outside: Path) -> None:
        """A link that is in nobody's way is left as it is."""
        site.build(PAGES)
        (site.output / "downloads").symlink_to(outside)

        site.build({"index.html": "home"})

        assert site.tree() == {"index.html": "home", "downloads": f"-> {outside}"}

    def test_a_hard_link_is_not_written_through(self, site: Site, tmp_path: Path) -> None:
        """A page that shares its bytes with a file elsewhere is replaced, not that file."""
        site.build(PAGES)
        os.link(site.output / "index.html", tmp_path / "copy.html")

        site.build(PAGES | {"index.html": "new"})

        assert (tmp_path / "copy.html").read_text() == "home"

    def test_the_output_may_be_a_link_to_a_folder(self, site: Site, tmp_path: Path) -> None:
        """An organiser may keep the output elsewhere and link to it."""
        (tmp_path / "web").mkdir()
        site.output.symlink_to(tmp_path / "web")

        site.build(PAGES)
        site.build({"index.html": "home"})

        assert site.output.is_symlink()
        assert tree(tmp_path / "web") == {"index.html": "home"}

    @pytest.mark.parametrize("target", ["content", ".", "../site"])
    def test_the_output_may_not_be_a_link_to_the_site(self, site: Site, target: str) -> None:
        """A link does not hide that the output is among the site's own files."""
        site.output.symlink_to(site.home / target)

        with pytest.raises(BuildRefused, match="cannot be the output folder"):
            site.build(PAGES)

    def test_the_output_may_not_be_a_link_to_nothing(self, site: Site, tmp_path: Path) -> None:
        """When the disk with the output is missing, no folder is made in its place."""
        site.output.symlink_to(tmp_path / "disk" / "web")

        text = refusal(site)

        assert text.startswith("output is a link to a folder that is not there")
        assert not (tmp_path / "disk").exists()

    def test_a_link_round_itself(self, site: Site) -> None:
        """A link that leads to itself is one sentence, not a crash."""
        site.output.symlink_to(site.output)

        text = refusal(site)

        assert text.startswith("output is a link to a folder that is not there")
