"""The second matrix: how far the preview bot of each platform gets with the pages of each template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import compress
from operator import not_
from sqlite3 import Row as Stored
from typing import Any

from attrs import define, field, frozen

from smocrawl.platforms.base import Platform
from smocrawl.report import safe
from smocrawl.report.card_view import Drawer, platform_name
from smocrawl.report.crawl import Crawl
from smocrawl.report.sections.section import PageLink, example

TEMPLATES = 6
"""Columns: more do not fit on paper."""
KEPT_OUT, HINDERED, UNKNOWN, FREE = "blocked", "partial", "", "ready"
BANDS = (KEPT_OUT, HINDERED, UNKNOWN, FREE)
"""From the worst."""

Place = tuple[str, str]
"""(template, kind)"""


@frozen(kw_only=True)
class BotCell:
    """One bot with the pages of one template."""

    band: str
    """blocked, partial, ready; empty = not measured, or not known."""
    word: str
    notes: tuple[str, ...] = ()
    """Letters of the footnotes."""


@frozen(kw_only=True)
class BotRow:
    """One bot, for all platforms that it reads for alike."""

    bot: str
    platforms: tuple[str, ...]
    habits: tuple[str, ...]
    """What is known of the bot, in words."""
    is_key: bool
    cells: tuple[BotCell, ...]

    @property
    def is_free(self) -> bool:
        return all(cell.band in (FREE, UNKNOWN) for cell in self.cells)


@frozen(kw_only=True)
class BotNote:
    """What stands in the way, and the first page where it does."""

    letter: str
    text: str
    page: PageLink | None


@frozen(kw_only=True)
class Bots:
    """Plain values of the matrix of bots."""

    templates: tuple[tuple[str, str, PageLink | None], ...]
    """(kind, number of pages, an example) of each column."""
    rows: tuple[BotRow, ...]
    """Bots that meet an obstacle, and those of the platforms that every report draws; empty where none meets one."""
    others: tuple[BotRow, ...]
    """Bots that fold out."""
    notes: tuple[BotNote, ...]
    legend: tuple[tuple[str, str], ...]
    title: str


@define
class BotNotes:
    """Footnotes, lettered in the order in which they are needed."""

    found: dict[str, BotNote] = field(factory=dict)

    def letter(self, text: str, address: str | None) -> str:
        if text not in self.found:
            number = len(self.found)
            letter = chr(ord("a") + number % 26) + (str(number // 26) if number >= 26 else "")
            self.found[text] = BotNote(letter=letter, text=text, page=example(address) if address else None)
        return self.found[text].letter


@define
class Way:
    """How far one platform's bot gets."""

    crawl: Crawl
    platform: Platform
    rows: Mapping[tuple[Place, str], Stored]
    notes: BotNotes

    def cell(self, place: Place) -> BotCell:
        found = [row for (where, _), row in self.rows.items() if where == place]
        if not found:
            return BotCell(band=UNKNOWN, word=self.crawl.language.gettext("not measured"))
        stopped = [row for row in found if row["stopped"]]
        bands = [self._band(row) for row in stopped]
        band = next((one for one in BANDS if one in bands), FREE)
        if band == KEPT_OUT:
            # Whoever cannot read the page does not come to its picture.
            stopped = [row for row, one in zip(stopped, bands, strict=True) if one == KEPT_OUT]
        notes = tuple(self.notes.letter(self._told(row), row["example"]) for row in stopped)
        return BotCell(band=band, word=self._word(band), notes=notes)

    @property
    def is_free(self) -> bool:
        return not any(row["stopped"] and self._band(row) in (KEPT_OUT, HINDERED) for row in self.rows.values())

    def _word(self, band: str) -> str:
        _ = self.crawl.language.gettext
        return {KEPT_OUT: _("kept out"), HINDERED: _("hindered"), UNKNOWN: _("not known"), FREE: _("free")}[band]

    def _band(self, row: Stored) -> str:
        by_robots = row["what"] not in ("tags", "time")
        obeys = self.platform.bot.obeys_robots
        if by_robots and not obeys:
            # The note says that robots.txt forbids it; what comes of that is nothing, or not known.
            return UNKNOWN if obeys is None else FREE
        return KEPT_OUT if row["what"] in ("page", "time") and row["stopped"] == row["pages"] else HINDERED

    def _told(self, row: Stored) -> str:
        language, _ = self.crawl.language, self.crawl.language.gettext
        if row["what"] == "tags":
            return _(
                "Reads the first {most}; on some pages a tag that it needs stands behind that, the last at {worst}."
            ).format(most=language.size(row["most"]), worst=language.size(row["worst"] or 0))
        if row["what"] == "time":
            return _("Waits {most} seconds; the slowest page took {worst}.").format(
                most=language.number(row["most"]), worst=language.number(row["worst"], 1)
            )
        refused = {
            "page": _("robots.txt forbids pages"), "image": _("robots.txt forbids share pictures"),
            "oembed": _("robots.txt forbids the oEmbed answer"), "feed": _("robots.txt forbids the feed"),
        }[row["what"]]  # fmt: skip
        if row["line"]:
            refused = _("{what} in line {line}").format(what=refused, line=row["line"])
        heeds = self.platform.bot.obeys_robots
        if heeds is None:
            return _("{what}; whether this reader obeys it is not known.").format(what=refused)
        return f"{refused}." if heeds else _("{what}; this reader does not ask it.").format(what=refused)


def bots(crawl: Crawl, drawer: Drawer) -> Bots | None:
    """None where nothing was measured, as in stores of older versions that were not judged anew."""
    stored = crawl.database.rows("SELECT * FROM bot_reach WHERE run = ? AND pages > 0", crawl.id)
    known = crawl.catalogue.platforms
    by_platform: dict[str, dict[tuple[Place, str], Stored]] = {}
    for row in stored:
        by_platform.setdefault(row["platform"], {})[(row["template"], row["kind"]), row["what"]] = row
    measured = {place for found in by_platform.values() for place, _ in found}
    places = _places(crawl, measured)
    if not stored or not places:
        return None
    notes = BotNotes()
    ways = [
        Way(crawl, platform, found, notes)
        for name, found in by_platform.items()
        if isinstance(platform := known.get(name), Platform)
    ]
    ways.sort(key=lambda way: _order(way, drawer))
    rows = [(way.platform, tuple(way.cell(place) for place, *_ in places)) for way in ways]
    together = tuple(_together(crawl, rows))
    main = {platform_name(crawl, one) for one in drawer.platform_ids()}
    all_free = all(row.is_free for row in together)
    shown = [not all_free and (not row.is_free or not main.isdisjoint(row.platforms)) for row in together]
    return Bots(
        templates=tuple(place[1:] for place in places),
        rows=tuple(compress(together, shown)),
        others=tuple(compress(together, map(not_, shown))),
        notes=tuple(notes.found.values()),
        legend=_legend(crawl),
        title=_title(crawl, together),
    )


def _order(way: Way, drawer: Drawer) -> tuple[bool, bool, bool, str]:
    """Who meets an obstacle first, then by what matters to the audience."""
    name = way.platform.id
    return way.is_free, name not in way.crawl.audience.key, name not in drawer.platform_ids(), name


def _places(crawl: Crawl, measured: set[Place]) -> list[tuple[Place, str, str, PageLink | None]]:
    """The templates with the most pages: place, kind, number of pages and the page nearest to home."""
    pages: dict[Place, list[Any]] = {}
    for page in crawl.shareable:
        # Pages that search engines are told to leave out are not measured.
        if (page.template, page.kind) in measured:
            pages.setdefault((page.template, page.kind), []).append(page)
    most = sorted(pages, key=lambda place: (place[1] != "home", -len(pages[place]), place))[:TEMPLATES]
    ngettext = crawl.language.ngettext
    return [
        (
            place,
            crawl.words.kind_alone(place[1]),
            ngettext("{n} page", "{n} pages", len(pages[place])),
            example(min(pages[place], key=lambda page: (page.depth is None, page.depth, page.url)).url),
        )
        for place in most
    ]


def _together(crawl: Crawl, rows: list[tuple[Platform, tuple[BotCell, ...]]]) -> Iterator[BotRow]:
    """Platforms with the same bot, the same limits and the same cells are one row."""
    found: dict[Any, list[Platform]] = {}
    for platform, cells in rows:
        bot = platform.bot
        key = (bot.name, bot.obeys_robots, platform.reading.bytes_most, bot.timeout, cells)
        found.setdefault(key, []).append(platform)
    for (name, *_, cells), platforms in found.items():
        yield BotRow(
            bot=crawl.language.gettext("any") if name == "*" else safe.cut(name, 40),
            platforms=tuple(platform_name(crawl, one.id) for one in platforms),
            habits=tuple(_habits(crawl, platforms[0])),
            is_key=any(one.id in crawl.audience.key for one in platforms),
            cells=cells,
        )


def _habits(crawl: Crawl, platform: Platform) -> Iterator[str]:
    _, language = crawl.language.gettext, crawl.language
    heeds = {True: _("obeys robots.txt"), False: _("does not ask robots.txt")}
    if platform.bot.obeys_robots is not None:
        yield heeds[platform.bot.obeys_robots]
    if platform.reading.bytes_most is not None:
        yield _("reads {size}").format(size=language.size(platform.reading.bytes_most))
    if platform.bot.timeout is not None:
        yield _("waits {n} s").format(n=language.number(platform.bot.timeout))


def _legend(crawl: Crawl) -> tuple[tuple[str, str], ...]:
    _ = crawl.language.gettext
    return (
        (FREE, _("free: it gets everything that it needs")),
        (HINDERED, _("hindered: on some pages, or for some of what it needs")),
        (KEPT_OUT, _("kept out: it cannot read these pages")),
        (UNKNOWN, _("not measured, or not known")),
    )


def _title(crawl: Crawl, rows: tuple[BotRow, ...]) -> str:
    _, language = crawl.language.gettext, crawl.language
    shut = [row for row in rows if any(cell.band == KEPT_OUT for cell in row.cells)]
    slowed = [row for row in rows if any(cell.band == HINDERED for cell in row.cells)]
    if shut:
        return language.ngettext(
            "{n} preview bot is kept out of your pages", "{n} preview bots are kept out of your pages", len(shut)
        )
    if slowed:
        return language.ngettext("{n} preview bot is hindered", "{n} preview bots are hindered", len(slowed))
    return _("Every preview bot can read what it needs")
