"""Case files: a page, what one platform draws of it, and the sentence that says so.

``<!-- {…} -->`` comes first: JSON with the fields of the card that matter, or ``{"nothing": code}``.  ``"answer"``
tells how the page is served (url, status, headers, resources, access).  ``<!-- source: … https://… -->`` follows: the
rule in our words and where it stands.  The page is the rest; ``<!-- 40000 bytes -->`` stands for as much filling.
"""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

from smocrawl.platforms.base import Access, Card, Nothing
from smocrawl.platforms.preview import draw
from smocrawl.previews import Served, as_read
from smocrawl.registry import all_platforms

CASES = Path(__file__).parent / "cases"
EXPECTED = re.compile(rb"<!--\s*(\{.*?\})\s*-->\n?", re.DOTALL)
SOURCE = re.compile(rb"<!--\s*source:\s*(.+?)\s*-->\n?")
FILLING = re.compile(rb"<!-- (\d+) bytes -->")


def case_files():
    return sorted(CASES.glob("*/*.html"))


def parts(file: Path) -> tuple[dict, str, bytes]:
    """What is expected, the source, and the page itself."""
    whole = file.read_bytes()
    expected = EXPECTED.match(whole)
    assert expected, f"{file.name} does not begin with what it expects"
    source = SOURCE.match(whole, expected.end())
    body = whole[source.end() if source else expected.end() :]
    filled = FILLING.sub(lambda found: b"<!--" + b"x" * int(found[1]) + b"-->", body)
    return json.loads(expected[1]), source[1].decode() if source else "", filled


def drawn(file: Path) -> tuple[dict, Card | Nothing]:
    expected, _, body = parts(file)
    answer = expected.pop("answer", {})
    platform = all_platforms()[file.parent.name]
    served = Served({url: answered(**one) for url, one in answer.get("resources", {}).items()})
    page = as_read(
        platform.reading,
        answer.get("url", "https://example.com/page"),
        body,
        answer.get("headers", {"Content-Type": "text/html; charset=utf-8"}),
        answer.get("status", 200),
    )
    access = Access(bot=platform.bot.name, **answer["access"]) if "access" in answer else None
    return expected, draw(platform, page, images=served.images(), resources=served, access=access)


def answered(status=200, headers=None, body="", picture=None, size=None):
    """One answer; *picture* = [media type, width, height], and *size* the bytes that the server names."""
    if picture is None:
        return status, headers or {}, body.encode()
    content = image(*picture)
    return status, {"Content-Type": picture[0], "Content-Length": str(size or len(content))} | (headers or {}), content


def image(kind: str, width: int, height: int) -> bytes:
    """As much of a picture as tells its type and size."""
    if kind == "image/png":
        return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 2, 0, 0, 0) + bytes(40)
    if kind == "image/gif":
        return b"GIF89a" + struct.pack("<HH", width, height) + bytes(40)
    if kind == "image/svg+xml":
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"></svg>'.encode()
    if kind == "image/bmp":
        return b"BM" + bytes(12) + struct.pack("<IiiHH", 40, width, height, 1, 24) + bytes(40)
    raise ValueError(f"No picture of type {kind} can be made here.")
