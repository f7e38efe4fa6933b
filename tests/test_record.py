"""The record of what a build made: read back as it was, and never trusted when damaged."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from milepost.engine.record import Record, load_record, record_path, save_record
from milepost.roster.published import PublishedSponsor

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = "0123456789abcdef" * 4
RECORD = Record(profile="final", day=date(2027, 3, 14), files={"index.html": DIGEST})


def written(**changes: Any) -> bytes:
    """Return the bytes of a whole record with some of its values changed."""
    whole = {
        "profile": "final",
        "day": "2027-03-14",
        "finished": True,
        "files": {"index.html": DIGEST},
    }
    return json.dumps(whole | changes).encode()


SPONSOR = PublishedSponsor(
    id="acme", name="Acmé", tier=("title",), url=None, logo="a.svg", has_made_id=True
)
KEPT = {**asdict(SPONSOR), "tier": ["title"]}

DAMAGED = {
    "another version": written(version=3, sponsors=[]),
    "a version of another type": written(version="2", sponsors=[]),
    "sponsors of another type": written(version=2, sponsors={}),
    "a sponsor of another type": written(version=2, sponsors=["acme"]),
    "a sponsor without a name": written(version=2, sponsors=[{"id": "acme"}]),
    "a sponsor with another link": written(version=2, sponsors=[KEPT | {"url": 1}]),
    "a sponsor with another tier": written(version=2, sponsors=[KEPT | {"tier": [1]}]),
    "sponsors in the first form": written(sponsors=[KEPT]),
    "empty": b"",
    "cut short": written()[:-20],
    "no JSON": b"\x00\xff\xfe",
    "a list": b"[]",
    "text": b'"output"',
    "deeply nested": b"[" * 100_000,
    "a key missing": b'{"profile": "final"}',
    "another profile": written(profile="draft"),
    "a profile of another type": written(profile=["final"]),
    "a day that is none": written(day="2027-02-30"),
    "a day of another type": written(day=20270314),
    "finished in words": written(finished="yes"),
    "files as a list": written(files=["index.html"]),
    "no digest": written(files={"index.html": None}),
    "a short digest": written(files={"index.html": DIGEST[1:]}),
    "a digest of other characters": written(files={"index.html": "g" * 64}),
    "a name that climbs out": written(files={"../notes.txt": DIGEST}),
    "a name that climbs out on the way": written(files={"blog/../../notes.txt": DIGEST}),
    "a full path": written(files={"/etc/passwd": DIGEST}),
    "a path of another system": written(files={"C:\\notes.txt": DIGEST}),
    "a folder climbing out of another system": written(files={"..\\notes.txt": DIGEST}),
    "an empty name": written(files={"": DIGEST}),
    "the folder itself": written(files={".": DIGEST}),
    "a zero byte in a name": written(files={"a\0b": DIGEST}),
    "half a character in a name": written(files={"\ud800": DIGEST}),
    "one bad name among good ones": written(files={"index.html": DIGEST, "../x": DIGEST}),
}


def test_a_saved_record_is_read_back_as_it_was(tmp_path: Path) -> None:
    """What a build records is what the next build reads, unusual names included."""
    path = tmp_path / ".milepost" / "output.json"
    record = Record(
        profile="development",
        day=date(2027, 3, 14),
        files={"blog/Zürich 10 km.html": DIGEST, ".nojekyll": DIGEST, "日本.html": DIGEST},
        finished=False,
        sponsors=(SPONSOR,),
    )

    save_record(path, record)

    assert load_record(path) == record


@pytest.mark.parametrize(
    "data", [written(), written(version=1), written(version=2), written(version=2, sponsors=[])]
)
def test_a_record_of_an_earlier_release_is_read(tmp_path: Path, data: bytes) -> None:
    """An update makes no output a stranger to the next build."""
    (tmp_path / "output.json").write_bytes(data)

    assert load_record(tmp_path / "output.json") == RECORD


def test_the_same_record_has_the_same_bytes(tmp_path: Path) -> None:
    """Records of two equal builds do not differ, in whatever order the files were found."""
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    files = {"b.html": DIGEST, "a.html": DIGEST}

    save_record(one, Record(profile="final", day=date(2027, 3, 14), files=files))
    save_record(
        other,
        Record(profile="final", day=date(2027, 3, 14), files=dict(reversed(files.items()))),
    )

    assert one.read_bytes() == other.read_bytes()
    assert one.read_bytes().endswith(b"}\n")


def test_no_record_is_none(tmp_path: Path) -> None:
    """Before the first build there is no record."""
    assert load_record(tmp_path / "output.json") is None


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_record_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    """A record that is damaged anywhere proves nothing, so nothing of it is used."""
    path = tmp_path / "output.json"
    path.write_bytes(damage)

    record = load_record(path)

    assert record is None


def test_a_folder_in_the_records_place_counts_as_none(tmp_path: Path) -> None:
    """A folder named like the record is not a record, and no reason for a crash."""
    path = tmp_path / "output.json"
    path.mkdir()

    assert load_record(path) is None


def test_a_record_that_cannot_be_saved_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk is full, the record from before is still whole and alone in its folder."""
    path = tmp_path / "output.json"
    save_record(path, RECORD)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(OSError, match="No space left"):
            save_record(path, Record(profile="final", day=date(2027, 3, 15), files={}))

    assert load_record(path) == RECORD
    assert list(tmp_path.iterdir()) == [path]


def test_the_record_lies_in_the_sites_own_folder(tmp_path: Path) -> None:
    """The record of a site's output is named after it."""
    assert record_path(tmp_path, tmp_path / "output") == tmp_path / ".milepost" / "output.json"


def test_outputs_of_one_name_have_records_of_their_own(tmp_path: Path) -> None:
    """Two output folders with the same name in different places never share a record."""
    site = tmp_path / "site"
    outputs = [
        site / "output",
        site / "final" / "output",
        tmp_path / "output",
        tmp_path / "web" / "output",
    ]

    records = {record_path(site, output) for output in outputs}

    assert len(records) == len(outputs)
    assert {record.parent for record in records} == {site / ".milepost"}


def test_the_record_stays_when_the_site_is_moved(tmp_path: Path) -> None:
    """A site's folder can be moved with its outputs, and each still has its record."""
    before, after = tmp_path / "before", tmp_path / "after"

    old = record_path(before, before / "final" / "output")
    new = record_path(after, after / "final" / "output")

    assert old.name == new.name


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_that_is_turned_elsewhere_has_another_record(tmp_path: Path) -> None:
    """When `output` is a link, the record belongs to the folder that it leads to."""
    link = tmp_path / "output"
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()

    link.symlink_to(tmp_path / "one")
    first = record_path(tmp_path, link)
    link.unlink()
    link.symlink_to(tmp_path / "other")
    second = record_path(tmp_path, link)

    assert first != second
