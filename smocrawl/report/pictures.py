"""The share images of a report: each once, as data in the page, within a budget."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import imagesize
from attrs import define, field, frozen

BUDGET = 5_000_000
"""Bytes of all pictures of a report: it must pass through e-mail."""

BEGINNINGS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"RIFF": "image/webp"}
"""Thumbnails are made by us; anything else in their place is left out."""


@frozen
class Picture:
    """One picture, drawn wherever its id is used."""

    id: str
    width: int
    height: int


@define
class Pictures:
    """Collects what the cards show."""

    read: Callable[[str], bytes | None]
    """Gives the thumbnail of an image URL."""
    budget: int = BUDGET
    found: dict[str, Picture | None] = field(factory=dict)
    data: dict[str, str] = field(factory=dict)
    """A data: URI for each picture's id."""
    made: dict[str, Picture] = field(factory=dict)
    """By id."""
    left_out: int = 0

    def beside(self, read: Callable[[str], bytes | None], budget: int) -> Pictures:
        """Another collection, such as that of an earlier crawl, whose pictures stand among those of this one."""
        return Pictures(read, budget, data=self.data, made=self.made)

    def get(self, url: str | None) -> Picture | None:
        if not url:
            return None
        if url not in self.found:
            self.found[url] = self._made(url)
        return self.found[url]

    def _made(self, url: str) -> Picture | None:
        thumb = self.read(url)
        kind = next((kind for start, kind in BEGINNINGS.items() if thumb and thumb.startswith(start)), None)
        if thumb is None or kind is None:
            return None
        if len(thumb) > self.budget:
            self.left_out += 1
            return None
        width, height = imagesize.get(io.BytesIO(thumb))
        if width <= 0 or height <= 0:
            return None
        self.budget -= len(thumb)
        picture = Picture(f"pic-{len(self.data) + 1}", width, height)
        self.made[picture.id] = picture
        self.data[picture.id] = f"data:{kind};base64,{base64.b64encode(thumb).decode()}"
        return picture
