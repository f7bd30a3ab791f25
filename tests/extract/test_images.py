"""Pictures by their first bytes, and the small copies of the report."""

import io
import struct

import pytest
from PIL import Image, ImageDraw, ImageFont

from smocrawl.extract.files import images
from smocrawl.extract.files.images import Look, Reduced, read_image_head, reduced


def thumbnail(data: bytes, max_side: int) -> bytes | None:
    found = reduced(data, max_side)
    return found.thumb if found else None


def picture(kind: str, size: tuple[int, int] = (320, 200), mode: str = "RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("GIF", "image/gif"), ("WEBP", "image/webp"), ("AVIF", "image/avif"),
     ("TIFF", "image/tiff"), ("BMP", "image/bmp")],
)  # fmt: skip
def test_kind_and_size(kind: str, media_type: str) -> None:
    head = read_image_head(picture(kind))
    assert (head.type, head.width, head.height, head.animated) == (media_type, 320, 200, False)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_beginning_is_enough(kind: str) -> None:
    head = read_image_head(picture(kind, (800, 600))[:2_000])
    assert (head.width, head.height) == (800, 600)


def test_a_jpeg_with_a_long_preamble_cut_before_its_size() -> None:
    whole = picture("JPEG", exif=b"Exif\x00\x00" + b"x" * 60_000)
    head = read_image_head(whole[:3_000])
    assert head.type == "image/jpeg"
    assert head.width is None


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_moving_pictures(kind: str) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue", "green")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    assert read_image_head(out.getvalue()).animated is True


def test_a_gif_cut_before_its_second_frame_does_not_tell() -> None:
    assert read_image_head(picture("GIF", (300, 300))[:1_000]).animated is None


SVG = [
    (b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60px"/>', (120, 60)),
    (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made by hand --><svg viewBox="0 0 24 48" width="100%">', (24, 48)),
    (b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg>', (None, None)),
    (b'<svg width="1in" height="72pt">', (96, 96)),
]  # fmt: skip


@pytest.mark.parametrize(("data", "size"), SVG)
def test_svg_is_read_as_text(data: bytes, size: tuple[int | None, int | None]) -> None:
    head = read_image_head(data)
    assert (head.type, (head.width, head.height)) == ("image/svg+xml", size)


def test_an_icon_file_gives_its_largest_picture() -> None:
    out = io.BytesIO()
    Image.new("RGB", (256, 256)).save(out, "ICO", sizes=[(16, 16), (48, 48), (256, 256)])
    assert read_image_head(out.getvalue()) == images.ImageHead("image/x-icon", 256, 256, animated=False)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00", b"<html><svg>", b"GIF8", b"\x89PNG", b"\x00\x00\x01\x00", b"RIFF", b"{}", b"%PDF-1.7", b"<!--" * 1_000,
     b"<!---->" * 600 + b"<html>", b"\x00\x00\x00\x1cftypmp42"],
)  # fmt: skip
def test_no_picture(data: bytes) -> None:
    assert read_image_head(data).type is None


@pytest.mark.parametrize("start", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x00\x00\x00\x00WEBP", b"II*\x00",
                                   b"\x00\x00\x00\x20ftypavif", b"\x00\x00\x01\x00\x05\x00", b"BM", b"<svg viewBox='a b c d'>"])  # fmt: skip
@pytest.mark.parametrize("rest", [b"", b"\x00" * 50, b"\xff" * 50, b"VP8X" + b"\xff" * 30])
def test_rubbish_behind_a_true_beginning_never_raises(start: bytes, rest: bytes) -> None:
    read_image_head(start + rest)
    assert thumbnail(start + rest, 320) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_damaged_pictures_give_a_thumbnail_or_none(kind: str) -> None:
    whole = bytearray(picture(kind))
    whole[len(whole) // 3 : len(whole) // 2] = b"\x5a" * (len(whole) // 2 - len(whole) // 3)
    thumbnail(bytes(whole), 64)
    thumbnail(bytes(whole[: len(whole) // 3]), 64)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1"])
def test_thumbnails_are_small_webp(mode: str) -> None:
    small = thumbnail(picture("PNG", (1_600, 900), mode), 640)
    assert small is not None
    assert len(small) <= images.THUMBNAIL_BYTES
    with Image.open(io.BytesIO(small)) as copy:
        assert copy.format == "WEBP"
        assert max(copy.size) <= 640


def test_transparent_parts_become_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    small = thumbnail(out.getvalue(), 64)
    assert small is not None
    with Image.open(io.BytesIO(small)) as copy:
        assert copy.convert("RGB").getpixel((10, 10)) >= (250, 250, 250)


def test_no_thumbnail_of_text_or_of_too_many_pixels() -> None:
    assert thumbnail(SVG[0][0], 640) is None
    header = struct.pack(">II", 60_000, 60_000) + b"\x08\x02\x00\x00\x00"
    bomb = picture("PNG")
    assert thumbnail(bomb[:16] + header + bomb[29:], 640) is None


# -- how pictures look ----------------------------------------------------------------------------


def poster(words: str) -> Image.Image:
    """A share picture as templates make them: frame, sign, and the words of the page."""
    drawn = Image.new("RGB", (1200, 630), (250, 250, 250))
    pen = ImageDraw.Draw(drawn)
    pen.text((80, 220), words, font=ImageFont.load_default(size=64), fill=(20, 20, 20))
    pen.rectangle((80, 520, 300, 580), fill=(200, 40, 40))
    pen.rectangle((0, 0, 1200, 20), fill=(30, 60, 160))
    return drawn


def saved(image: Image.Image, kind: str = "PNG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def look(data: bytes) -> Look:
    found = reduced(data, 640)
    assert found is not None
    assert found.look is not None
    return found.look


def apart(one: Look, other: Look) -> tuple[int, int]:
    """(bits of the hash, grey levels of the cell that differs most)."""
    return (one.dhash ^ other.dhash).bit_count(), max(abs(a - b) for a, b in zip(one.grey, other.grey, strict=True))


@pytest.mark.parametrize(
    ("size", "kind", "options"),
    [((1200, 630), "JPEG", {"quality": 40}), ((1200, 630), "WEBP", {"quality": 40}), ((600, 315), "PNG", {}),
     ((320, 168), "JPEG", {"quality": 60}), ((1200, 630), "AVIF", {"quality": 50}), ((640, 336), "GIF", {})],
)  # fmt: skip
def test_a_picture_looks_the_same_in_every_size_and_format(size, kind: str, options) -> None:
    whole = poster("Why stone milling")
    bits, levels = apart(look(saved(whole)), look(saved(whole.resize(size), kind, **options)))
    assert bits <= 4
    assert levels <= 12


def test_other_words_in_one_layout_look_different() -> None:
    bits, levels = apart(look(saved(poster("Why stone milling"))), look(saved(poster("Why stone grinding"))))
    assert bits <= 4
    assert levels > 24


def test_bits_are_those_of_the_published_hash() -> None:
    """Brighter to the right: every bit is set; to the left: none is."""
    ramp = Image.linear_gradient("L").rotate(90)
    assert look(saved(ramp)).dhash == 2**64 - 1
    assert look(saved(ramp.rotate(180))).dhash == 0


def test_an_even_surface_has_no_look() -> None:
    found = reduced(saved(Image.new("RGB", (1200, 630), "navy"), "JPEG"), 640)
    assert isinstance(found, Reduced)
    assert found.thumb is not None
    assert found.look is None
