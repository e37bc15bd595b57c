"""A cleaned picture tells no more than it shows, and shows what it did."""

import io
import struct
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageOps, ImageSequence, ImageStat, PngImagePlugin

from cms.content.images.cleaning.cleaning import FORMATS, NoPicture, clean
from tests.cms.content.images.pictures import (
    ENDINGS,
    EXIFTOOL,
    WHY_SKIPPED,
    encoded,
    profile,
    scene,
    tags_in,
    told,
)
from tests.cms.content.images.pictures import FORMATS as KINDS

needs_exiftool = pytest.mark.skipif(EXIFTOOL is None, reason=WHY_SKIPPED)


def pixels(content: bytes) -> bytes:
    picture: Any = Image.open(io.BytesIO(content))
    return bytes(picture.convert("RGBA").tobytes())


def profile_in(content: bytes) -> Any:
    return Image.open(io.BytesIO(content)).info["icc_profile"]


def difference(one: bytes, other: bytes) -> float:
    """The difference of the colours, of 255, on average of all places."""
    pictures = [Image.open(io.BytesIO(content)).convert("RGB") for content in (one, other)]
    assert pictures[0].size == pictures[1].size
    return max(ImageStat.Stat(ImageChops.difference(*pictures)).mean)


@needs_exiftool
@pytest.mark.parametrize("kind", KINDS)
def test_what_it_does_not_show_goes_and_not_a_pixel_changes(kind: str, tmp_path: Path) -> None:
    content = told(tmp_path, kind)
    path = tmp_path / f"told.{ENDINGS[kind]}"
    assert tags_in([path])
    cleaned = clean(content)
    assert cleaned.had_position
    assert not cleaned.is_turned
    path.write_bytes(cleaned.content)
    assert tags_in([path]) == {}
    assert b"Niemi" not in cleaned.content
    assert b"Jokkmokk" not in cleaned.content
    assert pixels(cleaned.content) == pixels(content)
    if kind != "GIF":
        assert profile_in(cleaned.content) == profile()
    assert clean(cleaned.content).content == cleaned.content


@needs_exiftool
@pytest.mark.parametrize("kind", KINDS)
def test_a_position_alone_is_told_of(kind: str, tmp_path: Path) -> None:
    assert not clean(told(tmp_path, kind, position=False)).had_position
    assert not clean(encoded(scene(), kind)).had_position


@pytest.mark.parametrize("kind", KINDS)
def test_a_clean_picture_stays_as_it_is(kind: str) -> None:
    content = encoded(scene(), kind)
    assert clean(content).content == content


@needs_exiftool
@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_stands_upright(kind: str, orientation: int, tmp_path: Path) -> None:
    content = told(tmp_path, kind, orientation=orientation)
    cleaned = clean(content)
    upright = io.BytesIO()
    ImageOps.exif_transpose(Image.open(io.BytesIO(content))).save(upright, "PNG")
    assert cleaned.is_turned == (orientation >= 5)
    assert difference(cleaned.content, upright.getvalue()) <= (0 if kind == "PNG" else 3)
    path = tmp_path / f"upright.{ENDINGS[kind]}"
    path.write_bytes(cleaned.content)
    assert tags_in([path]) == {}
    assert profile_in(cleaned.content) == profile()
    assert clean(cleaned.content).content == cleaned.content


def test_an_avif_is_upright_by_what_its_picture_says() -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    content = encoded(scene(), "AVIF", exif=exif)
    cleaned = clean(content)
    assert Image.open(io.BytesIO(cleaned.content)).size == (64, 96)
    assert Image.open(io.BytesIO(cleaned.content)).getexif() == {}
    assert clean(cleaned.content).content == cleaned.content


def test_a_turned_jpeg_keeps_its_tables_and_its_way_of_storing() -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    content = encoded(scene(), "JPEG", quality=93, subsampling=2, progressive=True, exif=exif)
    before: Any = Image.open(io.BytesIO(content))
    after: Any = Image.open(io.BytesIO(clean(content).content))
    assert after.info.get("progressive")
    for number, table in before.quantization.items():
        turned = [table[row + 8 * column] for row in range(8) for column in range(8)]
        assert list(after.quantization[number]) == turned
    assert after.layer == before.layer


def test_the_other_pictures_of_a_camera_go() -> None:
    """Removes the preview of a JFIF segment, and the second picture of an MPO."""
    file = io.BytesIO()
    scene().save(file, "MPO", save_all=True, append_images=[scene().rotate(180)])
    cleaned = clean(file.getvalue()).content
    assert cleaned.count(b"\xff\xd8\xff") == 1
    assert Image.open(io.BytesIO(cleaned)).format == "JPEG"
    plain = encoded(scene(), "JPEG", icc_profile=b"")
    preview = b"JFIF\0\1\1\0\0\1\0\1\1\1" + b"\xaa\xbb\xcc"
    segment = b"\xff\xe0" + struct.pack(">H", len(preview) + 2) + preview
    with_preview = plain[:2] + segment + plain[20:]
    cleaned = clean(with_preview).content
    assert b"\xaa\xbb\xcc" not in cleaned
    assert pixels(cleaned) == pixels(plain)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_what_moves_goes_on_moving(kind: str) -> None:
    others = [scene().rotate(90), scene().rotate(180)]
    content = encoded(
        scene(), kind, save_all=True, append_images=others, duration=70, loop=3, comment=b"Elsa"
    )
    before: Any = Image.open(io.BytesIO(content))
    after: Any = Image.open(io.BytesIO(clean(content).content))
    assert after.n_frames == before.n_frames == 3
    assert after.info.get("loop") == before.info.get("loop")
    for frame in range(3):
        before.seek(frame)
        after.seek(frame)
        assert before.convert("RGBA").tobytes() == after.convert("RGBA").tobytes()
    assert b"Elsa" not in clean(content).content


FRAMES = [scene(), scene().rotate(90), scene().rotate(180), scene().rotate(180), scene()]
TIMES = [40, 70, 100, 33, 250]
MOVING: dict[str, tuple[str, dict[str, Any]]] = {
    "WebP": ("WEBP", {"lossless": True}),
    "lossy WebP": ("WEBP", {"quality": 80}),
    "APNG": ("PNG", {}),
    "APNG that takes frames away": ("PNG", {"disposal": 1}),
    "APNG with a picture before": ("PNG", {"default_image": True}),
}


def shown(content: bytes) -> tuple[list[tuple[Image.Image, float]], int]:
    """The frames with the time that each is seen, those that are alike as one; and how often."""
    picture: Any = Image.open(io.BytesIO(content))
    frames: list[tuple[Image.Image, float]] = []
    for frame in ImageSequence.Iterator(picture):
        seen, time = frame.convert("RGBA"), frame.info.get("duration") or 0
        if frames and frames[-1][0].tobytes() == seen.tobytes():
            frames[-1] = (seen, frames[-1][1] + time)
        else:
            frames.append((seen, time))
    return frames, picture.info["loop"]


def moving(name: str, mode: str, **more: Any) -> bytes:
    kind, options = MOVING[name]
    frames = [frame.convert(mode) for frame in FRAMES]
    times = TIMES[1:] if "default_image" in options else TIMES
    options = {"save_all": True, "append_images": frames[1:], "duration": times} | options
    return encoded(frames[0], kind, loop=3, **options, **more)


@pytest.mark.parametrize("orientation", [3, 6])
@pytest.mark.parametrize(
    ("name", "mode"), [*product(MOVING, ["RGB", "RGBA"]), ("APNG", "P"), ("lossy WebP", "P")]
)
def test_what_moves_stands_upright_and_moves_as_before(
    name: str, mode: str, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x112] = orientation
    exif[0x13B] = "Elsa Niemi"
    cleaned = clean(moving(name, mode, exif=exif))
    assert cleaned.is_turned == (orientation == 6)
    assert b"Niemi" not in cleaned.content
    assert clean(cleaned.content).content == cleaned.content
    assert profile_in(cleaned.content) == profile()
    before, loop = shown(moving(name, mode))
    after, loop_after = shown(cleaned.content)
    assert loop_after == loop == 3
    assert [time for _frame, time in after] == [time for _frame, time in before]
    turn = Image.Transpose.ROTATE_270 if orientation == 6 else Image.Transpose.ROTATE_180
    for (one, _time), (other, _same) in zip(before, after, strict=True):
        there = ImageChops.difference(one.transpose(turn).convert("RGB"), other.convert("RGB"))
        assert max(ImageStat.Stat(there).mean) <= (3 if name == "lossy WebP" else 0)


def test_what_is_too_large_to_be_turned_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    exif[0x13B] = "Elsa Niemi"
    content = moving("WebP", "RGB", exif=exif)
    monkeypatch.setattr("cms.content.images.cleaning.cleaning.MOST_PIXELS", 64 * 96 * 3)
    cleaned = clean(content)
    assert not cleaned.is_turned
    assert b"Niemi" not in cleaned.content
    assert Image.open(io.BytesIO(cleaned.content)).size == (96, 64)
    assert shown(cleaned.content) == shown(moving("WebP", "RGB"))


def test_every_text_of_a_png_goes() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Elsa Niemi")
    texts.add_text("Source", "Elsa Niemi", zip=True)
    texts.add_itxt("Title", "Elsa Niemi", zip=True)
    texts.add(b"eXIf", b"II*\0 Elsa Niemi", after_idat=True)
    cleaned = clean(encoded(scene(), "PNG", pnginfo=texts) + b"after the end: Elsa Niemi").content
    assert b"Niemi" not in cleaned
    assert not {"Author", "Source", "Title"} & Image.open(io.BytesIO(cleaned)).info.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_picture_is_refused_or_stored_anew(kind: str) -> None:
    """Cuts a picture at many places: no other error comes, and nothing that was told stays."""
    content = encoded(scene(), kind)
    exif = Image.Exif()
    exif[0x13B] = "Elsa Niemi"
    if kind != "GIF":
        content = encoded(scene(), kind, exif=exif)
    for end in range(4, len(content), max(1, len(content) // 60)):
        try:
            cleaned = clean(content[:end])
        except NoPicture:
            continue
        assert b"Niemi" not in cleaned.content


def test_another_format_is_left_as_it_is() -> None:
    for content in (b"", b"RIFF\4\0\0\0WAVE", b"%PDF-1.4", b"<svg/>"):
        assert clean(content).content == content
    assert {"jpg", "png", "webp", "gif", "avif"} <= FORMATS
