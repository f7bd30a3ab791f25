"""What a platform is: places to look for each field, limits, layouts and the way it reads a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from urllib.parse import urljoin

from attrs import evolve, field, frozen

from smocrawl.page import Meta, Page


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
    """The server says how many bytes will come (Content-Length), without which Signal takes no image."""

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


Value = tuple[str, int | None]
"""A value and its byte offset in the page."""


@frozen
class Names:
    """How a platform recognises tags of one kind, and which of several counts."""

    attributes: tuple[str, ...]
    """Attributes that may bear the name."""
    exact: bool = False
    """The name must be written as documented; otherwise case and blanks around it do not matter."""
    last: bool = False
    """Of several identical tags the last counts, not the first."""
    twins: bool = True
    """Looks at all tags of a name until one is not empty; otherwise only at the one that counts."""
    first_attribute: bool = False
    """A tag bears only one name, that of the first of the attributes it has; otherwise any of them may match."""


@frozen(kw_only=True)
class Reading:
    """How a platform reads a page; the differences that decide most results."""

    og: Names = Names(("property", "name"))
    """``og:``, ``article:`` and their relatives."""
    twitter: Names = Names(("name", "property"))
    plain: Names = Names(("name",))
    """Plain names such as ``description``."""
    empty_wins: bool = False
    """An empty tag hides the next place; otherwise it is passed over."""
    head_only: bool = False
    bytes_most: int | None = None
    """Bytes of the page that are read."""
    refuses_longer: bool = False
    """A page beyond that limit gives no card; otherwise what lies beyond is not seen."""
    types: tuple[str, ...] = ("text/html", "application/xhtml+xml")
    """Media types read; empty = all.  A page without a type is read by all but those who need one."""
    needs_type: bool = False
    statuses: tuple[int, ...] = ()
    """Status codes read; empty = every 2xx."""
    https_only: bool = False
    charset: tuple[str, ...] = ("bom", "header", "meta")
    """Order in which it believes them; after that utf-8."""
    charset_must_fit: bool = False
    """A charset counts only where all bytes of the page are valid in it."""
    oembed: bool = False
    """Asks the oEmbed endpoint that a page names."""
    keeps_data: bool = False
    """Takes pictures that are written into the address itself (``data:``)."""
    uses_base: bool = True
    """Resolves addresses against ``<base>``, not against the page's own address."""


@frozen(kw_only=True)
class OEmbed:
    """An oEmbed answer, as far as cards use it."""

    type: str = ""
    version: str | None = None
    version_is_text: bool = True
    """False where it is a number, which the standard does not allow."""
    title: str | None = None
    author: str | None = None
    author_url: str | None = None
    provider: str | None = None
    url: str | None = None
    """The picture of a ``photo``."""
    html: str | None = None
    frame: str | None = None
    """The address of the one frame that ``html`` consists of, where its permissions are harmless."""
    frame_height: str | None = None
    """The frame's own height as written."""
    thumbnail: str | None = None
    width: int | None = None
    height: int | None = None


class Resources:
    """What a platform would fetch besides the page; this one reaches nothing."""

    def oembed(self, url: str) -> OEmbed | None:
        """The answer of an oEmbed endpoint; None = none that can be read."""
        return None

    def page(self, url: str, platform: Platform) -> Page | None:
        """Another page as *platform* reads it; None = not reachable."""
        return None

    def reachable(self, url: str) -> bool:
        """Whether a file such as an icon answers."""
        return False


NOTHING_ELSE = Resources()


@frozen(eq=False)
class Sight:
    """A page as one platform sees it."""

    page: Page
    reading: Reading = field(factory=Reading)
    resources: Resources = NOTHING_ELSE

    def sees(self, offset: int | None) -> bool:
        """Whether something at *offset* lies in the part that is read."""
        return offset is None or self.reading.bytes_most is None or offset < self.reading.bytes_most

    def address(self, written: str) -> str | None:
        """An absolute http(s) address; None where *written* is none."""
        if written.startswith(("https://", "http://")):
            return written
        base = (self.page.base if self.reading.uses_base else None) or self.page.url
        try:
            absolute = urljoin(base, written.strip())
        except ValueError:
            return None
        return absolute if absolute.startswith(("https://", "http://")) else None

    def metas(self, name: str, names: Names) -> list[Meta]:
        """The metas of that name, in the order in which they count."""
        found = self.page.metas_by_name.get(name)
        if not found:
            return []
        kept = [meta for meta in found if self._counts(meta, name, names)]
        return kept[::-1] if names.last else kept

    def tag(self, name: str, names: Names) -> Value | None:
        """The value that counts, or an empty one where there are only empty ones."""
        empty: Value | None = None
        for meta in self.metas(name, names):
            value = (meta.content or "").strip()
            if value or self.reading.empty_wins or not names.twins:
                return value, meta.offset
            empty = empty or ("", meta.offset)
        return empty

    def _counts(self, meta: Meta, name: str, names: Names) -> bool:
        if meta.content is None or (self.reading.head_only and not meta.in_head) or not self.sees(meta.offset):
            return False
        borne = [said for one in names.attributes if (said := _attribute(meta, one)) is not None]
        if names.first_attribute:
            borne = borne[:1]
        if names.exact:
            return name in borne
        return any(said.strip().lower() == name for said in borne)


def _attribute(meta: Meta, attribute: str) -> str | None:
    if attribute == "property":
        return meta.prop
    if attribute == "name":
        return meta.name
    return meta.itemprop if attribute == "itemprop" else meta.http_equiv


@frozen
class Place:
    """Where a value may come from, with the name a reader would search for."""

    name: str
    read: Callable[[Sight], Value | None] = field(repr=False)
    """Gives (value, byte offset) or None where the place is absent; an empty value is ``""``."""


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
    area_most: int | None = None
    bytes_most: int | None = None
    bytes_least: int | None = None
    ratio_most: float | None = None
    """Longer side by shorter side."""
    formats: frozenset[str] = frozenset()
    """Media types taken; empty = not known, all pass."""
    https_only: bool = False
    needs_length: bool = False
    """The server must say how many bytes will come."""
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


@frozen(kw_only=True)
class Picked:
    """The values a platform found, with the place of each."""

    values: Mapping[str, str]
    taken: Mapping[str, Taken]

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def replaced(self, **values: str | None) -> Picked:
        """With these values in place of the found ones; None takes one away."""
        merged = {**self.values, **values}
        return evolve(self, values={name: value for name, value in merged.items() if value is not None})

    def moved(self, name: str, value: str, place: str) -> Picked:
        """With a value from another place."""
        return Picked(values={**self.values, name: value}, taken={**self.taken, name: Taken(place)})


def nowhere(page: Page) -> str | None:
    return None


def pass_on(sight: Sight, picked: Picked) -> Picked | Nothing:
    return picked


Layout = Callable[["Sight", "Picked", "ImageFacts | None"], str]


def always_large(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    return "large"


FIELDS = ("url", "title", "description", "image", "site_name", "icon", "author", "published", "language", "video")
"""The fields of a card, in the order in which they are looked for."""


@frozen(kw_only=True, eq=False)
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
    opt_out: str = ""
    sources: tuple[str, ...] = ()
    certainty: Certainty = Certainty.OBSERVED
    checked_on: date
    notes: tuple[str, ...] = ()

    @cached_property
    def places(self) -> tuple[tuple[str, tuple[Place, ...]], ...]:
        """The fields that it looks for at all."""
        return tuple((name, getattr(self, name)) for name in FIELDS if getattr(self, name))


@frozen(kw_only=True)
class Band:
    """Readiness of a platform in one word: ready, partial, poor, blocked (catalogue section 3.2)."""

    word: str
    least: float
