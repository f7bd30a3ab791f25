"""Where a page states the same thing twice: which of its sources agree with the share tags, added up over the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from attrs import define, field, frozen

from smocrawl.checks import thresholds
from smocrawl.checks.wording import likeness
from smocrawl.extract.dates.written import parse
from smocrawl.extract.files.feeds import FeedFacts
from smocrawl.extract.files.oembed import OEmbedFacts
from smocrawl.page import AS_ISO, SITE_OF_TITLE, VISIBLE_DATE, Kind, Page
from smocrawl.site.page_facts import Row
from smocrawl.site.spelling import bare
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable, unpack_only

FIELDS = ("title", "description", "image", "url", "published", "modified", "author", "language")

SOURCES = (
    "open-graph", "html", "twitter", "json-ld", "microdata", "rdfa", "microformats", "oembed", "feed", "sitemap",
)  # fmt: skip
"""In the order in which they are taken for the measure of the others where the share tags are silent."""

MOST_PAGES = 2_000
"""Pages looked at; of a larger site about so many, spread evenly: shares do not need more."""

LOOKED_AT = ("url", "kind", "declared", "relations")
"""Facts of a page that are compared: the others, nine tenths of them, are not made into objects."""

MOST_VALUES = 5
"""Values compared of each source and field."""

CLOSE = timedelta(days=1)
"""Moments of one day agree: many sources state the day alone, and time zones move it."""

NOT_STATED = frozenset({"first paragraph", VISIBLE_DATE, SITE_OF_TITLE})
"""What we read from a page that states nothing."""

OPEN_GRAPH = ("og:", "article:", "video:", "book:", "product:", "music:", "profile:")
SIDES = re.compile(r"[-_@]?(?:\d{2,4}x\d{2,4}|scaled|[2-4]x)(?=\.\w+$)")
"""The size that systems write into the name of a reduced copy."""
WEB = re.compile(r"https?://|^@|^\S+\.\w+/", re.IGNORECASE)
"""An address or an account in place of a name."""

OF_OTHERS: Mapping[Kind, frozenset[str]] = {
    Kind.HOME: frozenset({"microformats", "microdata"}), Kind.LISTING: frozenset({"microformats", "microdata"}),
    Kind.PROFILE: frozenset({"microformats", "microdata"}),
}  # fmt: skip
"""Sources that on a list speak of its entries."""

DATES = frozenset({"published", "modified"})

Said = dict[str, dict[str, list[str]]]
"""Values by field and source."""


def source_of(place: str) -> str | None:
    """The source to which a place of :attr:`smocrawl.page.Page.declared` belongs; None = no statement."""
    if place in NOT_STATED or place.endswith(AS_ISO):
        return None
    if place.startswith(OPEN_GRAPH):
        return "open-graph"
    if place.startswith("twitter:"):
        return "twitter"
    syntax = place.partition(" ")[0]
    return {"microformat": "microformats", "itemprop": "microdata"}.get(syntax, syntax if syntax in SOURCES else "html")


# -- do two values say the same? ---------------------------------------------------------------


def _words(one: str, other: str) -> bool:
    return one == other or likeness(one, other) >= thresholds.LIKENESS


def _addresses(one: str, other: str) -> bool:
    return bare(one).partition("://")[2] == bare(other).partition("://")[2]


def _pictures(one: str, other: str) -> bool:
    return one == other or _file(one) == _file(other)


def _file(url: str) -> str:
    try:
        name = urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return url
    return SIDES.sub("", name).lower() or url


def _moments(one: str, other: str) -> bool:
    left, right = _day(one), _day(other)
    return left is not None and right is not None and abs(left - right) <= CLOSE


def _day(text: str) -> datetime | None:
    moment = parse(text)[0]
    return moment.replace(tzinfo=None) if moment else None


def _languages(one: str, other: str) -> bool:
    return _primary(one) == _primary(other)


def _primary(tag: str) -> str:
    return re.split(r"[-_,]", tag.strip().lower(), maxsplit=1)[0]


SAME: Mapping[str, Callable[[str, str], bool]] = {
    "title": _words, "description": _words, "image": _pictures, "url": _addresses, "published": _moments,
    "modified": _moments, "author": _words, "language": _languages,
}  # fmt: skip


# -- what stands outside the page --------------------------------------------------------------


@frozen
class Beside:
    """What feeds, sitemaps and oEmbed answers say about the pages of one run, by the bare address of the page."""

    feed: Mapping[str, tuple[tuple[str, str], ...]]
    """(field, value) pairs."""
    sitemap: Mapping[int, tuple[tuple[str, str], ...]]
    """By the page's id."""
    oembed: Mapping[int, tuple[tuple[str, str], ...]]
    """By the page's id."""


def beside(database: Database, run: int) -> Beside:
    return Beside(dict(_feeds(database, run)), dict(_sitemaps(database, run)), dict(_oembeds(database, run)))


def _kept(pairs: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in pairs if value)


def _feeds(database: Database, run: int) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for row in database.rows("SELECT facts FROM asset WHERE run = ? AND kind = 'feed' AND facts IS NOT NULL", run):
        feed = unpack_if_readable(row["facts"], FeedFacts)
        for item in feed.items if feed else ():
            if item.link:
                yield bare(item.link), _kept((
                    ("title", item.title), ("url", item.link), ("image", item.image), ("author", item.author),
                    ("published", item.published.isoformat() if item.published else None),
                    ("modified", item.updated.isoformat() if item.updated else None),
                    ("language", feed.language if feed else None),
                ))  # fmt: skip


def _sitemaps(database: Database, run: int) -> Iterator[tuple[int, tuple[tuple[str, str], ...]]]:
    rows = database.rows(
        "SELECT listed.url AS id, url.url AS address, max(listed.date) AS date FROM listed JOIN url ON url.id = listed.url"
        " WHERE listed.run = ? AND listed.kind = 'sitemap' GROUP BY listed.url",
        run,
    )
    for row in rows:
        yield row["id"], _kept((("url", row["address"]), ("modified", row["date"])))


def _oembeds(database: Database, run: int) -> Iterator[tuple[int, tuple[tuple[str, str], ...]]]:
    rows = database.rows(
        "SELECT asset_use.page, asset.facts FROM asset_use JOIN asset ON asset.run = asset_use.run AND asset.url = asset_use.asset"
        " WHERE asset_use.run = ? AND asset.kind = 'oembed' AND asset.facts IS NOT NULL",
        run,
    )
    for row in rows:
        answer = unpack_if_readable(row["facts"], OEmbedFacts)
        if answer is not None:
            yield (
                row["page"],
                _kept((("title", answer.title), ("author", answer.author_name), ("image", answer.thumbnail_url))),
            )


def rows(database: Database, run: int) -> Iterator[tuple[str, Row]]:
    """(table, row) of the matrix of *run*: its pages that are worth sharing, under their own address."""
    ids = [row["url"] for row in database.rows("SELECT url FROM shareable_page ORDER BY url")]
    matrix = Agreement(beside(database, run))
    for url in ids[:: max(1, len(ids) // MOST_PAGES)]:
        row = database.rows("SELECT facts FROM page WHERE run = ? AND url = ?", run, url)[0]
        page = unpack_only(row["facts"], Page, LOOKED_AT)
        if page is not None:
            matrix.add(page, url)
    yield from matrix.rows()


def stored(database: Database, run: int) -> Iterator[tuple[str, Row]]:
    """The same of an analysed run, as it was found then."""
    for row in database.rows(
        "SELECT field, source, looked_at, pages, agree, example FROM main.agreement WHERE run = ?", run
    ):
        yield "agreement", tuple(row)


# -- one page, and all of them -----------------------------------------------------------------


def stated(page: Page, url: int, others: Beside) -> Said:
    """Everything that is said about *page*, by field and source."""
    found: Said = {name: {} for name in FIELDS}

    def add(source: str, name: str, value: str) -> None:
        values = found[name].setdefault(source, [])
        if len(values) < MOST_VALUES and _is_comparable(name, value):
            values.append(value)

    others_say = OF_OTHERS.get(page.kind, frozenset())
    for name in FIELDS:
        if name in DATES and page.kind is Kind.EVENT:
            # The days of an event, and those on which its page was written.
            continue
        for one in page.declared.get(name, ()):
            source = source_of(one.place)
            if source and source not in others_say:
                add(source, name, one.value)
    for source, pairs in (
        ("feed", others.feed.get(bare(page.url)) or others.feed.get(bare(page.canonical or page.url), ())),
        ("sitemap", others.sitemap.get(url, ())),
        ("oembed", others.oembed.get(url, ())),
    ):
        for name, value in pairs:
            if name not in DATES or page.kind is not Kind.EVENT:
                add(source, name, value)
    return {name: {source: values for source, values in sources.items() if values} for name, sources in found.items()}


def _is_comparable(name: str, value: str) -> bool:
    """An account or an address in place of the author's name says no name, and what is no date says no day."""
    if name == "author":
        return not WEB.search(value)
    return name not in DATES or _day(value) is not None


@define
class _Cell:
    pages: int = 0
    agree: int = 0
    example: str | None = None


@define
class Agreement:
    """The matrix of one run, while it is added up."""

    others: Beside
    pages: int = 0
    cells: dict[tuple[str, str], _Cell] = field(factory=dict)

    def add(self, page: Page, url: int) -> None:
        self.pages += 1
        for name, sources in stated(page, url, self.others).items():
            measure = next((source for source in SOURCES if source in sources), None)
            # Nothing can agree or disagree with what is said once.
            if measure is None or len(sources) == 1:
                continue
            for source, values in sources.items():
                cell = self.cells.setdefault((name, source), _Cell())
                cell.pages += 1
                if source == measure or _agree(SAME[name], values, sources[measure]):
                    cell.agree += 1
                elif cell.example is None:
                    cell.example = page.url

    def rows(self) -> Iterator[tuple[str, Row]]:
        """(table, row) of every cell that something stands in."""
        for name in FIELDS:
            for source in SOURCES:
                if cell := self.cells.get((name, source)):
                    yield "agreement", (name, source, self.pages, cell.pages, cell.agree, cell.example)


def _agree(same: Callable[[str, str], bool], ours: list[str], theirs: list[str]) -> bool:
    return any(map(partial(_one_of, same, theirs), ours))


def _one_of(same: Callable[[str, str], bool], values: list[str], one: str) -> bool:
    return any(same(one, other) for other in values)
