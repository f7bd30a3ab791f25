"""What a platform is: places to look for each field, limits, layouts and the way it reads a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from attrs import define, field, frozen

from smocrawl.page import Page
from smocrawl.platforms.reading import Place, Reading, Sight


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
    names_size: bool = True
    """The server says how many bytes will come (Content-Length)."""
    sha256: str | None = None
    """64 hex digits over the whole file; None = not measured (its head alone was read)."""
    dhash: str | None = None
    """16 hex digits, see :class:`smocrawl.extract.files.images.Look`; None = not measured, or one even surface."""

    @property
    def is_fine(self) -> bool:
        return self.status == 200 and self.error is None and self.type is not None


# Hundreds of these, and of the records of a card, are made for each page: a frozen record takes three times as long to fill as an open one.
@define(kw_only=True)
class Access:
    """Whether robots.txt lets one bot in; never changed."""

    bot: str
    page: bool | None = None
    """None = not measured (robots.txt of that host was not read)."""
    image: bool | None = None
    line: int | None = None
    """Line of robots.txt that decides against it."""
    forbidden: Mapping[str, int | None] = field(factory=dict)
    """Addresses, the page's own and those of its pictures, that it may not read, with the line that says so."""


@define
class Taken:
    """Where a value came from; never changed."""

    place: str
    """As a reader would search for it: ``og:title``, ``<title>``, ``JSON-LD headline``."""
    passed_over: tuple[str, ...] = ()
    """Places looked at before that were absent or empty."""
    offset: int | None = None


@define(unsafe_hash=True)
class Shown:
    """What is left of a text on screen, and what is cut off; never changed."""

    text: str
    lost: str = ""


@define
class Verdict:
    """A value that the platform refuses or degrades; never changed."""

    about: str
    """image, title, description, page …"""
    code: str
    """Refused: not-https, blocked, unreachable, wrong-type, too-heavy, too-small, too-large (pixels), too-long (shape).
    Degraded: shown-small, cropped, cut, missing, too-late (stands behind what the platform reads).
    perhaps-blocked: robots.txt forbids it, and nobody knows whether the platform obeys."""
    detail: Mapping[str, object] = field(factory=dict)
    """Numbers for the sentence: width, height, needs_width, bytes, limit …"""


@define(kw_only=True)
class Card:
    """What one platform draws for a page: plain values, exactly those that it would keep; never changed."""

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
    credit: str | None = None
    """The account that the page names as its author's; shown where that account names the site in its turn."""
    taken: Mapping[str, Taken] = field(factory=dict)
    shown: Mapping[str, Shown] = field(factory=dict)
    verdicts: tuple[Verdict, ...] = ()


@define(kw_only=True)
class Nothing:
    """Why a platform draws no card; never changed."""

    platform: str
    code: str
    """Not read: blocked, status, not-html, not-https, too-big, too-short, download, private-host.
    Read, but: no-title, no-description, no-image, no-tags, invalid, too-long (a value), opted-out."""
    detail: Mapping[str, object] = field(factory=dict)


class Family(StrEnum):
    """Where people meet the card."""

    FEED = "feed"
    CHAT = "chat"
    WORK = "work"
    OPEN = "open"
    SEARCH = "search"
    PUBLISHING = "publishing"


class Certainty(StrEnum):
    """How well a platform's rules are known."""

    CODE = "code"
    """Read in its public source."""
    DOCUMENTED = "documented"
    """The operator's own documentation."""
    OBSERVED = "observed"
    """Seen by third parties; may be out of date."""


@frozen
class Size:
    width: int
    height: int


@frozen(kw_only=True)
class Cut:
    """How long a text may be."""

    most: int
    in_bytes: bool = False
    """Counted in UTF-8 bytes, not in characters."""
    mark: str = "…"
    """What stands for the rest; it counts within ``most`` where ``mark_inside`` says so."""
    mark_inside: bool = False
    at_blank: bool = False
    """Cut at the last blank before the limit."""
    dropped: bool = False
    """A longer text is not cut but left out altogether."""


@frozen(kw_only=True)
class ImageRules:
    """What a platform asks of an image."""

    least: Size | None = None
    """Smaller ones are refused."""
    large: Size | None = None
    """From here on the large layout is drawn."""
    best: Size | None = None
    """What it recommends."""
    most: Size | None = None
    """Larger ones are refused."""
    bytes_most: int | None = None
    bytes_least: int | None = None
    ratio_most: float | None = None
    """Longer side by shorter side."""
    formats: frozenset[str] = frozenset()
    """Media types taken; empty = not known, all pass."""
    believes_header: bool = False
    """Goes by the declared media type, and refuses a picture without one; otherwise by the first bytes."""
    https_only: bool = False
    crop: float | None = None
    """Width by height of the frame in the large layout."""
    crop_small: float | None = 1.0
    """The same in the small layout."""


@frozen(kw_only=True)
class Bot:
    """Who fetches the page."""

    name: str
    """Name by which robots.txt speaks to it."""
    agent: str = ""
    """The whole User-Agent, or its telling part."""
    obeys_robots: bool | None = None
    """None = not known."""
    timeout: float | None = None
    """Seconds that it waits for a whole page; None = not known."""


@frozen(kw_only=True)
class Rescrape:
    """A tool of the platform's own that reads pages anew, and the form in which it takes their addresses."""

    how: str
    """What to do, in plain words; names the tool."""
    most: int | None = None
    """Addresses at one time; None = no limit is published."""
    link: str = ""
    """Opens the tool for one page, whose address stands for ``{url}``, quoted; used where *most* is 1."""


@define(kw_only=True, eq=False)
class Picked:
    """The values a platform found, with the place of each; never changed, see :meth:`replaced`."""

    values: Mapping[str, str]
    taken: Mapping[str, Taken]

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def replaced(self, **values: str | None) -> Picked:
        """With these values in place of the found ones; None takes one away."""
        merged = dict(self.values)
        for name, value in values.items():
            if value is not None:
                merged[name] = value
            elif name in merged:
                del merged[name]
        return Picked(values=merged, taken=self.taken)

    def moved(self, name: str, value: str, place: str) -> Picked:
        """With a value from another place."""
        return Picked(values={**self.values, name: value}, taken={**self.taken, name: Taken(place)})


def nowhere(page: Page) -> str | None:
    return None


def pass_on(sight: Sight, picked: Picked) -> Picked | Nothing:
    return picked


Layout = Callable[["Sight", "Picked", "ImageFacts | None"], str]


def always_large(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """Always large."""
    return "large"


NOTICED = ("title", "description", "image")
"""The fields whose absence a reader notices."""
FIELDS = (
    "url", "title", "description", "image", "site_name", "icon", "author", "published", "language", "video", "credit",
)  # fmt: skip
"""The fields of a card, in the order in which they are looked for."""


@frozen(kw_only=True, eq=False, slots=False)
class Platform:
    """One platform: data as far as data can say it."""

    id: str
    name: str
    family: Family
    reading: Reading = field(factory=Reading)

    url: tuple[Place, ...] = ()
    """Where the card's URL comes from before the page's own."""
    title: tuple[Place, ...] = ()
    description: tuple[Place, ...] = ()
    image: tuple[Place, ...] = ()
    site_name: tuple[Place, ...] = ()
    icon: tuple[Place, ...] = ()
    author: tuple[Place, ...] = ()
    published: tuple[Place, ...] = ()
    language: tuple[Place, ...] = ()
    video: tuple[Place, ...] = ()
    credit: tuple[Place, ...] = ()

    needs: tuple[tuple[str, ...], ...] = (("title",),)
    """A card is drawn when all fields of one of these groups are there."""
    kept: Mapping[str, Cut] = field(factory=dict)
    """Cuts of the values themselves."""
    shown: Mapping[str, Cut] = field(factory=dict)
    """Cuts on screen only."""
    images: ImageRules = field(factory=ImageRules)
    layout: Layout = always_large
    large_beats_player: bool = False
    """A page that asks for a large picture gets it even where it names a player."""
    follow: Callable[[Page], str | None] = nowhere
    """The address of another page that it reads instead of this one."""
    tidy: Callable[[Sight, Picked], Picked | Nothing] = pass_on
    """What no declaration can say: runs over the values before they are cut."""
    bot: Bot
    cache: str = ""
    """How long a card lives, in plain words."""
    refresh: str = ""
    """How a site owner has it read anew: an address or a sentence."""
    rescrape: Rescrape | None = None
    """The tool, where it takes addresses of pages; None = there is none, see *refresh*."""
    opt_out: str = ""
    sources: tuple[str, ...] = ()
    certainty: Certainty = Certainty.OBSERVED
    checked_on: date
    notes: tuple[str, ...] = ()

    @cached_property
    def places(self) -> Mapping[str, tuple[Place, ...]]:
        """Those of the fields that it looks for at all."""
        return {name: getattr(self, name) for name in FIELDS if getattr(self, name)}

    @cached_property
    def follows(self) -> bool:
        """Whether it may read another page instead."""
        return self.follow is not nowhere

    @cached_property
    def tidies(self) -> bool:
        """Whether it does more than the declaration says."""
        return self.tidy is not pass_on

    @cached_property
    def noticed(self) -> tuple[tuple[str, Verdict], ...]:
        """The fields that it looks for and whose absence a reader notices, with what is then said."""
        return tuple((name, Verdict(name, "missing")) for name in NOTICED if name in self.places)
