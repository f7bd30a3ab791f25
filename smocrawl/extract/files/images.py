"""Pictures by their first bytes: kind, size in pixels, moving or not; whole ones also by how they look, made small."""

from __future__ import annotations

import io
import re
import struct

import imagesize
from attrs import frozen
from PIL import Image

MOST_PIXELS = 50_000_000
"""A picture of more pixels is not unpacked: it would take 200 MB."""
THUMBNAIL_BYTES = 40_000
QUALITIES = (80, 65, 50, 35)
GREY_SIDE, HASH_SIDE = 16, 8
EVEN = 8
"""Grey levels (of 256) between the darkest and the brightest cell below which a picture has no look of its own."""
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
"""What Pillow may open; its other readers are not needed and widen the surface."""
HEAD = 64 * 1024
SVG_START = re.compile(
    rb"^\s*+(?:<\?xml(?>.*?\?>)\s*+)?+(?:<!--(?>.*?-->)\s*+|<!DOCTYPE[^>\[]*+(?:\[(?>.*?\]))?+\s*+>\s*+)*+<(?:\w+:)?+svg[\s>]",
    re.DOTALL,
)
"""Possessive throughout: thousands of comments must not make it try every way to split them."""
SVG_TAG = re.compile(rb"<(?:\w+:)?svg\b[^>]*>", re.DOTALL)
SVG_LENGTH = re.compile(rb"\s(width|height)\s*=\s*[\"']\s*(\d{1,6}(?:\.\d+)?)(px|pt|in|cm|mm)?\s*[\"']")
SVG_BOX = re.compile(rb"\sviewBox\s*=\s*[\"']([^\"']{1,100})[\"']")
PIXELS_A_UNIT = {b"": 1.0, b"px": 1.0, b"pt": 96 / 72, b"in": 96.0, b"cm": 96 / 2.54, b"mm": 96 / 25.4}
"""CSS Values and Units 4, 6.2: absolute lengths."""


@frozen
class ImageHead:
    """What the beginning of a file shows."""

    type: str | None
    """Media type; None = no picture that we know."""
    width: int | None = None
    """Pixels, from the file's header; None = unreadable."""
    height: int | None = None
    """The same for the height."""
    animated: bool | None = None
    """None where the bytes read do not tell."""


NOTHING = ImageHead(None)


def read_image_head(data: bytes) -> ImageHead:
    """Kind and size of a picture; its beginning is enough."""
    kind = image_type(data)
    if kind is None:
        return NOTHING
    if kind == "image/svg+xml":
        return ImageHead(kind, *svg_size(data), b"<animate" in data[:HEAD])
    width, height = ico_size(data) if kind == "image/x-icon" else raster_size(data)
    return ImageHead(kind, width, height, is_animated(kind, data))


def image_type(data: bytes) -> str | None:
    """Media type by the first bytes (WHATWG MIME Sniffing, 6.1, with AVIF, HEIC, TIFF, JPEG XL and SVG)."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp":
        return box_type(data)
    if data[:4] == b"\x00\x00\x01\x00" and 0 < int.from_bytes(data[4:6], "little") < 256:
        return "image/x-icon"
    if data[:2] == b"BM" and len(data) > 14:
        return "image/bmp"
    if data[:4] in (b"II*\x00", b"MM\x00*"):
        return "image/tiff"
    if data[:2] == b"\xff\x0a" or data[:12] == b"\x00\x00\x00\x0cJXL \r\n\x87\n":
        return "image/jxl"
    return "image/svg+xml" if SVG_START.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) else None


def box_type(data: bytes) -> str | None:
    """AVIF or HEIC by the brands of the first box (ISO 14496-12)."""
    brands = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    if b"avif" in brands or b"avis" in brands:
        return "image/avif"
    return "image/heic" if any(brand in brands for brand in (b"heic", b"heix", b"mif1", b"heim")) else None


def raster_size(data: bytes) -> tuple[int | None, int | None]:
    try:
        width, height = imagesize.get(io.BytesIO(data))
    except (ValueError, OSError, struct.error, IndexError, KeyError, TypeError, OverflowError, AssertionError):
        return None, None
    return (int(width), int(height)) if width > 0 and height > 0 else (None, None)


def ico_size(data: bytes) -> tuple[int | None, int | None]:
    """The largest picture in an icon file; a zero stands for 256."""
    count = int.from_bytes(data[4:6], "little")
    entries = (data[6 + 16 * number : 22 + 16 * number] for number in range(count))
    sizes = [(entry[0] or 256, entry[1] or 256) for entry in entries if len(entry) == 16]
    return max(sizes, default=(None, None), key=lambda size: size[0] or 0)


def svg_size(data: bytes) -> tuple[int | None, int | None]:
    """Width and height as declared, else the proportions of the viewBox."""
    tag = SVG_TAG.search(data[:HEAD])
    if tag is None:
        return None, None
    declared = {name: float(number) * PIXELS_A_UNIT[unit] for name, number, unit in SVG_LENGTH.findall(tag[0])}
    if b"width" in declared and b"height" in declared:
        return round(declared[b"width"]), round(declared[b"height"])
    box = SVG_BOX.search(tag[0])
    numbers = re.findall(rb"\d{1,6}(?:\.\d+)?", box[1]) if box else []
    return (round(float(numbers[2])), round(float(numbers[3]))) if len(numbers) == 4 else (None, None)


def is_animated(kind: str, data: bytes) -> bool | None:
    if kind == "image/png":
        # APNG: acTL stands before the first picture data.
        before = data.partition(b"IDAT")[0]
        return b"acTL" in before
    if kind == "image/webp":
        return data[12:16] == b"VP8X" and len(data) > 20 and bool(data[20] & 0x02)
    if kind == "image/gif":
        return gif_is_animated(data)
    if kind == "image/avif":
        return data[8:12] == b"avis"
    return False


def gif_is_animated(data: bytes) -> bool | None:
    """More than one picture in the file (GIF89a, 20: image descriptor); None where the file is cut before."""
    if len(data) < 13:
        return None
    position = 13 + _colours(data[10])
    pictures = 0
    while position < len(data):
        mark = data[position]
        if mark == 0x3B:
            return pictures > 1
        if mark == 0x2C:
            pictures += 1
            if pictures > 1:
                return True
            if position + 9 >= len(data):
                return None
            position += 11 + _colours(data[position + 9])
        elif mark == 0x21:
            position += 2
        else:
            return False
        while position < len(data) and data[position]:
            position += data[position] + 1
        position += 1
    return None


def _colours(flags: int) -> int:
    """Bytes of a colour table."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


@frozen
class Look:
    """How a whole picture looks."""

    dhash: int
    """64 bits: row by row over 9 x 8 grey cells, 1 where a cell is brighter than the one to its left (Krawetz 2013,
    "Kind of Like That"; the same bits as ``imagehash.dhash``).  The same picture in another size or quality differs in a
    few bits."""
    grey: bytes
    """16 x 16 grey cells, one byte each: tells pictures of one layout with other words apart, which the hash does not."""


@frozen
class Reduced:
    """What is kept of a whole picture."""

    thumb: bytes | None
    """A small WebP copy; None where it cannot be made small enough."""
    look: Look | None
    """None where the picture is one even surface."""


def reduced(data: bytes, max_side: int) -> Reduced | None:
    """A picture unpacked once, for its small copy and its look; None where there is nothing to unpack.

    Moving pictures and transparent ones count as their first frame on white, as most link cards draw them.
    """
    head = read_image_head(data)
    if head.width is None or head.height is None or head.width * head.height > MOST_PIXELS:
        return None
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.draft("RGB", (max_side, max_side))
            small = _on_white(picture, max_side)
            return Reduced(_packed(small), _look(small))
    except Exception:  # noqa: BLE001 - a damaged picture makes Pillow's decoders raise whatever they like
        return None


def _look(small: Image.Image) -> Look | None:
    grey = small.convert("L")
    cells = grey.resize((GREY_SIDE, GREY_SIDE), Image.Resampling.BOX).tobytes()
    if max(cells) - min(cells) < EVEN:
        return None
    columns = HASH_SIDE + 1
    rows = grey.resize((columns, HASH_SIDE), Image.Resampling.LANCZOS).tobytes()
    bits = (
        rows[row + column + 1] > rows[row + column]
        for row in range(0, columns * HASH_SIDE, columns)
        for column in range(HASH_SIDE)
    )
    return Look(sum(bit << (63 - place) for place, bit in enumerate(bits)), cells)


def _on_white(picture: Image.Image, max_side: int) -> Image.Image:
    """Shrunk, its first frame only, transparent parts white as in most link cards."""
    small = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    small.thumbnail((max_side, max_side))
    if small.mode == "RGBA":
        ground = Image.new("RGB", small.size, "white")
        ground.paste(small, mask=small.getchannel("A"))
        return ground
    return small


def _packed(small: Image.Image) -> bytes | None:
    for quality in QUALITIES:
        out = io.BytesIO()
        small.save(out, "WEBP", quality=quality)
        if out.tell() <= THUMBNAIL_BYTES:
            return out.getvalue()
    half = small.resize((max(1, small.width // 2), max(1, small.height // 2)))
    out = io.BytesIO()
    half.save(out, "WEBP", quality=QUALITIES[-1])
    return out.getvalue() if out.tell() <= THUMBNAIL_BYTES else None
