"""Where else the sites are: feeds, new pages, accounts, and how all of it hangs together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from attrs import frozen

from smocrawl.report.comparison.grid import Cell, GridRow, leaders, scored_row
from smocrawl.report.comparison.sites import Site, Sites
from smocrawl.report.sections.feeds import FeedRow, Feeds, feeds
from smocrawl.report.sections.links import crosslink_score
from smocrawl.report.sections.ring import Place, places
from smocrawl.report.sections.section import Section

NETWORKS = 20

T = TypeVar("T")


@frozen(kw_only=True)
class Presence(Section):
    """Plain values of the section on feeds and accounts."""

    rows: tuple[GridRow, ...]
    accounts: tuple[GridRow, ...]


def presence(sites: Sites) -> Presence:
    _ = sites.language.gettext
    accounts = tuple(_accounts(sites))
    return Presence(
        id="presence",
        name=_("Feeds and accounts"),
        title=_title(sites, accounts),
        lede=_("Where people can follow each site, and whether something new reaches them there."),
        rows=tuple(_rows(sites)),
        accounts=accounts[:NETWORKS],
    )


def _title(sites: Sites, accounts: tuple[GridRow, ...]) -> str:
    _ = sites.language.gettext
    missing = [row.name for row in accounts if row.cells[0].is_missing]
    if missing:
        return _("Others can be followed on {networks}, {site} cannot").format(
            networks=sites.language.listed(missing[:4]), site=sites.first.name
        )
    return _("Where people can follow each site")


def _rows(sites: Sites) -> Iterator[GridRow]:
    _, language = sites.language.gettext, sites.language
    told = [feeds(site.crawl) for site in sites]
    yield scored_row(
        language, "crosslink", _("Cross-link score"), [crosslink_score(site.crawl) for site in sites],
        note=_("how pages, accounts and domains lead to one another"),
    )  # fmt: skip
    yield _counted(sites, "feeds", _("Feeds that can be read"), [_readable(found.feeds) for found in told])
    yield GridRow(
        key="newest",
        name=_("Newest item of a feed"),
        cells=tuple(Cell(text=text or "–", is_missing=not text) for text in map(_newest, told)),
    )
    yield _counted(
        sites, "new-pages", _("New pages in the last twelve months"), [found.new_pages for found in told],
        note=_("by the dates that the pages name"),
    )  # fmt: skip
    yield _counted(sites, "accounts", _("Accounts of their own, linked"), [len(_open(site)) for site in sites])


def _readable(found: tuple[FeedRow, ...]) -> int:
    return sum(row.is_valid for row in found)


def _newest(found: Feeds) -> str:
    return next((row.newest for row in found.feeds if row.is_valid and row.is_dated), "")


def _counted(sites: Sites, key: str, name: str, numbers: list[int], *, note: str = "") -> GridRow:
    led = leaders([float(number) for number in numbers])
    cells = (
        Cell(text=sites.language.number(number), is_best=is_best, is_missing=not number)
        for number, is_best in zip(numbers, led, strict=True)
    )
    return GridRow(key=key, name=name, cells=tuple(cells), note=note)


def _open(site: Site) -> list[Place]:
    """Accounts on networks that still exist, linked or named as the owner's."""
    return [place for place in places(site.crawl) or () if not place.is_domain and place.state != "closed"]


def _accounts(sites: Sites) -> Iterator[GridRow]:
    """One row for each network, the most used first."""
    found = [_grouped(_open(site), lambda place: place.name) for site in sites]
    known = {name: sum(name in of for of in found) for of in found for name in of}
    for name in sorted(known, key=lambda name: (-known[name], name.casefold())):
        cells = tuple(_account(of.get(name, [])) for of in found)
        yield GridRow(key=name.casefold(), name=name, badge=name[:2], cells=cells)


def _account(held: list[Place]) -> Cell:
    if not held:
        return Cell(text="–", is_missing=True)
    first, *more = [place.handle or place.name for place in held]
    return Cell(text=first, note=f"+{len(more)}" if more else "", word=held[0].word)


def _grouped(values: list[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for value in values:
        found.setdefault(key(value), []).append(value)
    return found
