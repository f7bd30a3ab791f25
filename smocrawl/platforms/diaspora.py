"""diaspora: Open Graph by the letter; a picture is needed, and one invalid value costs the whole card."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from operator import itemgetter
from urllib.parse import urlsplit, urlunsplit

from attrs import define, field

from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import TITLE_TAG, og
from smocrawl.platforms.reading import Names, Reading, Sight

NAMESPACES = frozenset(("og", "profile", "article", "video", "book", "music"))
LINKS = frozenset(
    [
        "og:url",
        "og:audio",
        "og:video",
        "og:image:url",
        "og:image:secure_url",
        "og:image",
        "og:audio:url",
        "og:audio:secure_url",
        "og:video:secure_url",
        "article:author",
        "book:author",
        "video:actor",
        "video:director",
        "video:writer",
        "music:musician",
        "music:song",
        "music:creator",
        "music:album",
        "video:series",
    ]
)
NUMBERS = frozenset(
    [
        "og:image:width",
        "og:image:height",
        "og:video:width",
        "og:video:height",
        "video:duration",
        "music:duration",
        "music:disc",
        "music:track",
    ]
)
MOMENTS = frozenset(
    [
        "article:published_time",
        "article:modified_time",
        "article:expiration_time",
        "video:release_date",
        "book:release_date",
        "music:release_date",
    ]
)
CHOICES = {
    "og:determiner": frozenset(("", "a", "an", "the", "auto")),
    "profile:gender": frozenset(("male", "female")),
}
CHECKED = NUMBERS | MOMENTS | CHOICES.keys()
FILM = frozenset(("actor", "director", "writer", "duration", "release_date", "tag"))
VERTICALS = {
    "video.movie": FILM,
    "video.tv_show": FILM,
    "video.other": FILM,
    "video.episode": FILM | {"series"},
    "music.song": frozenset(("duration", "album", "disc", "track", "musician")),
    "music.album": frozenset(("disc", "track", "musician", "song", "release_date")),
    "music.playlist": frozenset(("disc", "track", "song", "creator")),
    "music.radio_station": frozenset(("creator",)),
}
"""What a page of such a type may say of its film or music; anything else refuses the whole (definitions.rb)."""
PATH = re.compile(r"/(?:[\w\-.!~*'():@&=+$,;/]|%[0-9a-fA-F]{2})*", re.ASCII)
NUMBER = re.compile(r"\s*[+-]?(?:0x[0-9a-f]+|0b[01]+|0o?[0-7]*|[1-9]\d*(?:_\d+)*)\s*", re.IGNORECASE)
GUESSED = re.compile(
    r"\d{4}-?\d{2}|\d{1,2}[./]\d{1,2}|\d{1,2}:\d{2}|\b\d{1,2}(?:st|nd|rd|th)?\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)",
    re.IGNORECASE,
)
"""What a guessing date parser can make a date of (Ruby's DateTime.parse)."""


@define
class Picture:
    """One ``og:image`` with what is said of it."""

    content: str | None = None
    parts: dict[str, str] = field(factory=dict)

    @property
    def url(self) -> str | None:
        return self.parts.get("secure_url") or self.parts.get("url") or self.content


@define
class Graph:
    """The tags in the order of their names, as the reader sorts them."""

    page: str
    single: dict[str, str] = field(factory=dict)
    pictures: list[Picture] = field(factory=list)
    wrong: str | None = None
    """The first tag whose value is invalid."""

    def add(self, name: str, value: str) -> None:
        checked = _checked(name, value, self.page)
        if checked is None:
            self.wrong = self.wrong or name
        elif name == "og:image":
            self.pictures.append(Picture(checked))
        elif name.startswith("og:image:"):
            if not self.pictures:
                self.pictures.append(Picture())
            self.pictures[-1].parts[name.removeprefix("og:image:")] = checked
        else:
            self.single[name] = checked

    def unfit(self) -> str | None:
        """The first tag that the page's type does not allow."""
        kind = self.single.get("og:type", "").lower()
        allowed, space = VERTICALS.get(kind), kind.partition(".")[0]
        if allowed is None:
            return None
        known = {one for name, names in VERTICALS.items() if name.startswith(f"{space}.") for one in names}
        return next((name for name in self.single if _is_extra(name, space, allowed, known)), None)


def _is_extra(name: str, space: str, allowed: frozenset[str], known: set[str]) -> bool:
    where, _, what = name.partition(":")
    return where == space and what in known and what not in allowed


def _checked(name: str, value: str, page: str) -> str | None:
    """The value as it is kept; None where it is invalid."""
    if name in LINKS:
        return _address(value, page)
    if name not in CHECKED:
        return value
    fits: Callable[[str], object] | None = None
    if name in NUMBERS:
        fits = NUMBER.fullmatch
    elif name in MOMENTS:
        fits = GUESSED.search
    elif name in CHOICES:
        fits = CHOICES[name].__contains__
    return value if fits is None or fits(value) else None


def _address(value: str, page: str) -> str | None:
    """Relative ones become paths from the root of the page's host; its query stays, as the reader leaves it."""
    if value.startswith(("http://", "https://")):
        return value
    if value.startswith("//") and re.match(r"[\w.-]+$", value.split("/", 3)[2], re.ASCII):
        return f"https:{value}"
    path = value if value.startswith("/") else f"/{value}"
    parts = urlsplit(page)
    if not PATH.fullmatch(path) or not parts.scheme:
        return None
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, parts.fragment))


def _tags(sight: Sight) -> list[tuple[str, str]]:
    """Name and content of those in head whose prefix is declared, in the order of their names as they are written."""
    declared = tuple({"og:", *(name for name in sight.page.leads.prefixes if name != "og")})
    found = [
        (meta.prop, lower, meta.content)
        for meta in sight.page.metas
        if meta.prop and meta.content is not None and meta.in_head and (lower := meta.prop.lower()).startswith(declared)
    ]
    return [(lower, content) for _, lower, content in sorted(found, key=itemgetter(0))]


def tidy(sight: Sight, picked: Picked) -> Picked | Nothing:
    """The whole reading: no declaration can say that one bad tag refuses all."""
    graph, seen = Graph(sight.page.url), False
    for name, content in _tags(sight):
        seen = seen or name.startswith("og:")
        if name.partition(":")[0] in NAMESPACES:
            graph.add(name, content.strip())
    if not seen:
        return Nothing(platform="diaspora", code="no-tags")
    if wrong := graph.wrong or graph.unfit():
        return Nothing(platform="diaspora", code="invalid", detail={"tag": wrong})
    picture = next((one for one in graph.pictures if one.content or one.parts), None)
    return picked.replaced(
        title=graph.single.get("og:title", (sight.page.title or "").strip() or None),
        description=graph.single.get("og:description"),
        url=graph.single.get("og:url", sight.page.url),
        image=picture.url if picture else None,
    )


PLATFORM = Platform(
    id="diaspora",
    name="diaspora*",
    family=Family.OPEN,
    reading=Reading(
        og=Names(("property",), last=True), head_only=True, types=("text/html",), needs_type=True, uses_base=False
    ),
    url=(og("url"),),
    title=(og("title"), TITLE_TAG),
    description=(og("description"),),
    image=(og("image:secure_url"), og("image:url"), og("image")),
    needs=(("title", "image"),),
    tidy=tidy,
    kept={"title": Cut(most=255, mark="...", mark_inside=True)},
    layout=always_small,
    images=ImageRules(crop_small=None),
    bot=Bot(
        name="OpenGraphReader",
        agent="OpenGraphReader/… (+https://github.com/jhass/open_graph_reader)",
        obeys_robots=False,
    ),
    cache="The card is stored for good.",
    refresh="There is no way to have a stored card read anew.",
    sources=(
        "https://github.com/jhass/open_graph_reader",
        "https://github.com/diaspora/diaspora/blob/develop/app/models/open_graph_cache.rb",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 22),
)
