"""Pictures in posts, as organisers put them in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from milepost.images import Unusable
from milepost.posts.pictures import read_post_picture

if TYPE_CHECKING:
    from pathlib import Path

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Return a folder of pictures with one photo."""
    folder = tmp_path / "content" / "images"
    folder.mkdir(parents=True)
    (folder / "start line.jpg").write_bytes(photo())
    return folder


def photo(size: tuple[int, int] = (60, 40)) -> bytes:
    """Return a photo with the place where it was taken and the camera's name."""
    exif = Image.Exif()
    exif[0x010F] = "Pocketcam"
    exif.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, "jpeg", exif=exif)
    return file.getvalue()


def refusal(images: Path, name: str) -> str:
    """Return why a post cannot show this picture."""
    with pytest.raises(Unusable) as caught:
        read_post_picture(images, name)
    return str(caught.value)


def test_a_good_photo(images: Path) -> None:
    """A photo is published without its place and camera."""
    picture = read_post_picture(images, "start line.jpg")
    assert (picture.width, picture.height, picture.media_type) == (60, 40, "image/jpeg")
    assert b"Pocketcam" not in picture.data


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "start-line.jpg",
            'picture content/images/start-line.jpg does not exist. Did you mean "start line.jpg"?',
        ),
        (
            "Start line.JPG",
            (
                'picture content/images/Start line.JPG is spelt "start line.jpg" on disk; '
                "letters' "
                "case matters on the web server."
            ),
        ),
        ("../logos/a.png", 'picture "../logos/a.png" must not leave its folder with ..'),
    ],
)
def test_a_name_that_means_no_picture(images: Path, name: str, message: str) -> None:
    """A wrong name is refused with what is wrong about it and the nearest right one."""
    assert refusal(images, name) == message


def test_a_photo_from_an_iphone(images: Path) -> None:
    """A HEIC photo is refused with how to get a JPEG of it."""
    (images / "a.heic").write_bytes(HEIC)
    message = refusal(images, "a.heic")
    assert message.startswith(
        "picture content/images/a.heic is a HEIC photo, as iPhones take them, which web pages "
        "cannot show. Export it as JPEG: in Photos on a Mac with File > Export"
    )


def test_a_photo_from_an_iphone_that_was_renamed(images: Path) -> None:
    """Renaming a HEIC photo does not make it a JPEG, and the answer is the same."""
    (images / "a.jpg").write_bytes(HEIC)
    message = refusal(images, "a.jpg")
    assert "is really a HEIC photo, as iPhones take them, not a JPEG. Export it as JPEG" in message


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "a.jpg",
            bytes(12 * 1024 * 1024 + 1),
            (
                "is 12.1 MB large, but at most 12 MB is allowed. Save it smaller: 2,400 pixels "
                "on the longer side are plenty."
            ),
        ),
        (
            "a.tif",
            b"II*\x00",
            "is a TIFF, which web pages cannot show. Save or export it as JPEG or PNG.",
        ),
        (
            "a.png",
            b"<html></html>",
            "is really a web page, not a PNG. Save or export it as JPEG or PNG.",
        ),
        ("a.jpg", photo()[:400], "is damaged or cut short. Save, copy or download it again."),
    ],
)
def test_a_file_that_is_no_picture(images: Path, name: str, data: bytes, message: str) -> None:
    """A file that cannot be shown is refused with what to do."""
    (images / name).write_bytes(data)
    assert refusal(images, name) == f"picture content/images/{name} {message}"
