"""Cards and share images that changed since the crawl before: networks go on showing the old ones."""

from __future__ import annotations

from collections.abc import Container, Iterator

from attrs import evolve, frozen

from smocrawl.history import Difference
from smocrawl.history.telling import changed_cards, refreshing
from smocrawl.report import safe
from smocrawl.report.card_view import Drawer
from smocrawl.report.crawl import Crawl
from smocrawl.report.page_rows import PageRow
from smocrawl.report.sections.before_after import Pair, seen
from smocrawl.report.sections.section import PageLink, example, page_link

PAGES, PLATFORMS = 2, 2
"""Pages whose cards are drawn, and platforms on each."""

LISTED = 8

BUDGET = 400_000
"""Bytes of pictures of the crawl before."""


@frozen(kw_only=True)
class Drawn:
    """One page's cards, then and now."""

    page: PageLink
    pairs: tuple[Pair, ...]


@frozen(kw_only=True)
class OtherPicture:
    """A share image that is another picture under the same address."""

    picture: PageLink
    before: str
    now: str
    pages: int


@frozen(kw_only=True)
class CardsChanged:
    """Plain values of the part on cards."""

    number: int
    """Pages whose cards changed."""
    drawn: tuple[Drawn, ...]
    refreshed: tuple[tuple[str, str], ...]
    """(platform, how it is made to read a page anew)."""
    pictures: tuple[OtherPicture, ...]
    more_pictures: int


def cards_changed(crawl: Crawl, drawer: Drawer, found: Difference) -> CardsChanged | None:
    """None where every card and picture is as it was."""
    if not found.cards and not found.images:
        return None
    changed = changed_cards(found)
    return CardsChanged(
        number=len(changed),
        drawn=tuple(_drawn(crawl, drawer, found, changed)),
        refreshed=tuple((name, safe.cut(how)) for name, how in refreshing(found)),
        pictures=tuple(
            OtherPicture(picture=example(one.url), before=one.before, now=one.now, pages=one.page_count)
            for one in found.images[:LISTED]
        ),
        more_pictures=max(0, len(found.images) - LISTED),
    )


def _drawn(crawl: Crawl, drawer: Drawer, found: Difference, changed: dict[str, list[str]]) -> Iterator[Drawn]:
    """The home page first, then those that changed in most places; at most PAGES of them."""
    before = Crawl(crawl.database, found.before.id, crawl.catalogue, crawl.language, crawl.spelled)
    old = Drawer(before, drawer.pictures.beside(before.thumb, BUDGET))
    home = crawl.home.url if crawl.home else ""
    altered = _altered(found)
    left = PAGES
    for url in sorted(changed, key=lambda one: (one != home, -len(changed[one]), one))[: 4 * PAGES]:
        page = crawl.by_url.get(url)
        pairs = tuple(_pairs(old, drawer, page, altered[url]))[:PLATFORMS] if page else ()
        if page and pairs:
            yield Drawn(page=page_link(page), pairs=pairs)
            left -= 1
        if not left:
            return


def _altered(found: Difference) -> dict[str, set[str]]:
    """Ids of the platforms whose cards changed, by page."""
    altered: dict[str, set[str]] = {}
    for one in found.cards:
        altered.setdefault(one.url, set()).add(one.platform)
    return altered


def _pairs(old: Drawer, new: Drawer, page: PageRow, altered: Container[str]) -> Iterator[Pair]:
    """Only of platforms whose card changed: the same picture made small again is no other picture."""
    was, has = old.views(page), new.views(page)
    for name in (*new.platform_ids(), *(other for other in has if other not in new.platform_ids())):
        if name in altered and name in was and name in has and seen(was[name]) != seen(has[name]):
            yield Pair(before=evolve(was[name], band="", notes=()), after=evolve(has[name], band="", notes=()))
