"""What a platform is: places to look for each field, limits, layouts and the way it reads a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from attrs import field, frozen

from smocrawl.page import Page


@frozen(kw_only=True)
class ImageFacts:
    """What a ranged, limited read of one image showed."""

    url: str
    status: int | None = None
    error: str | None = None
    """Class and reason in one line where it was not answered (``timeout``, ``refused: private address``)."""
    type: str | None = None
    """Media type by its first bytes: image/jpeg, image/png …; None = no image."""
    declared_type: str | None = None
    size: int | None = None
    """Bytes of the whole file, from Content-Range, Content-Length or a complete read."""
    width: int | None = None
    height: int | None = None
    animated: bool | None = None
    hops: int = 0
    latency: float | None = None
    final_url: str = ""
    thumb: str | None = None
    """Key of the stored thumbnail, where one was made."""

    @property
    def is_fine(self) -> bool:
        return self.status == 200 and self.error is None and self.type is not None


@frozen(kw_only=True)
class Access:
    """Whether robots.txt lets one bot in."""

    bot: str
    page: bool | None = None
    """None = not measured (robots.txt of that host was not read)."""
    image: bool | None = None
    line: int | None = None
    """Line of robots.txt that decides against it."""


@frozen
class Taken:
    """Where a value came from."""

    place: str
    """As a reader would search for it: ``og:title``, ``<title>``, ``JSON-LD headline``."""
    passed_over: tuple[str, ...] = ()
    """Places looked at before that were absent or empty."""
    offset: int | None = None


@frozen
class Shown:
    """What is left of a text on screen, and what is cut off."""

    text: str
    lost: str = ""


@frozen
class Verdict:
    """A value that the platform refuses or degrades."""

    about: str
    """image, title, description …"""
    code: str
    """missing, too-small, too-heavy, wrong-type, cropped, not-https, unreachable, blocked, cut …"""
    detail: Mapping[str, object] = field(factory=dict)
    """Numbers for the sentence: width, height, needs_width, bytes, limit …"""


@frozen(kw_only=True)
class Card:
    """What one platform draws for a page: plain values, exactly those that it would keep."""

    platform: str
    layout: str
    """large, small, text or player."""
    url: str
    title: str | None = None
    description: str | None = None
    image: str | None = None
    site_name: str | None = None
    icon: str | None = None
    author: str | None = None
    published: datetime | None = None
    language: str | None = None
    video: str | None = None
    taken: Mapping[str, Taken] = field(factory=dict)
    shown: Mapping[str, Shown] = field(factory=dict)
    verdicts: tuple[Verdict, ...] = ()


@frozen(kw_only=True)
class Nothing:
    """Why a platform draws no card."""

    platform: str
    code: str
    """status, not-html, no-title, no-image, no-tags, blocked, too-long …"""
    detail: Mapping[str, object] = field(factory=dict)


@frozen
class Place:
    """Where a value may come from, with the name a reader would search for."""

    name: str
    read: Callable[[Page], tuple[str, int | None] | None] = field(repr=False)
    """Gives (value, byte offset) or None where the place is absent; an empty value is ``""``."""


@frozen(kw_only=True)
class Band:
    """Readiness of a platform in one word: ready, partial, poor, blocked (catalogue section 3.2)."""

    word: str
    least: float
