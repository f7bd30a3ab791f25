"""Today's card beside the one that the page could have, from nothing but what already stands on it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from attrs import evolve, frozen

from smocrawl.page import Meta, Page
from smocrawl.platforms.base import Card
from smocrawl.platforms.preview import draw
from smocrawl.report.card_view import CardView, Drawer
from smocrawl.report.crawl import Crawl
from smocrawl.report.heads import without_banners
from smocrawl.report.page_rows import PageRow
from smocrawl.report.sections.section import PageLink, page_link
from smocrawl.report.snippet import wanted

WITHOUT_DESCRIPTION = ("linkedin", "apple-messages", "reddit", "pinterest")
"""Drawings of their own that leave the description out, as the platforms do."""

PAIRS = 3
"""Platforms on which the difference is shown."""


@frozen(kw_only=True)
class Pair:
    """One platform's card today, and with the tags of the page's own head to paste."""

    before: CardView
    after: CardView


@frozen(kw_only=True)
class BeforeAfter:
    """The page on which the tags make the greatest difference."""

    page: PageLink
    pairs: tuple[Pair, ...]
    unseen: tuple[str, ...]
    """Files of pictures that are named but were not loaded: their places stay grey."""


def before_after(crawl: Crawl, drawer: Drawer, pages: tuple[PageRow, ...]) -> BeforeAfter | None:
    """Of *pages* the one that gains most; None where no card would change."""
    found = [(page, tuple(_pairs(crawl, drawer, page))) for page in pages]
    page, pairs = max(found, key=lambda one: _gain(*one), default=(None, ()))
    if page is None or not pairs:
        return None
    # A pair that can be drawn whole shows more than one whose picture is not at hand.
    shown = tuple(sorted(pairs, key=lambda pair: pair.after.is_unseen or pair.before.is_unseen))[:PAIRS]
    views = [view for pair in shown for view in (pair.before, pair.after)]
    unseen = tuple(dict.fromkeys(view.image_name for view in views if view.is_unseen))
    return BeforeAfter(page=page_link(page), pairs=shown, unseen=unseen)


def _gain(page: PageRow, pairs: tuple[Pair, ...]) -> tuple[int, int, bool, int]:
    """Cards with a picture where there was none; cards that can be drawn whole; whether people come to the page; changes."""
    shown = sum(bool(one.after.picture) and not one.before.picture for one in pairs)
    whole = sum(bool(one.after.picture) or not one.after.image for one in pairs)
    return shown, min(whole, PAIRS), bool(pairs) and page.depth is not None, len(pairs)


def mended(crawl: Crawl, page: Page) -> Page:
    """*page* as it would be with its head to paste."""
    own = without_banners(page, crawl.banners)
    tags = [tag for tag in wanted(own, crawl.pictures) if tag.attribute != "link"]
    keys = {tag.key for tag in tags}
    new = (
        Meta(
            prop=tag.key if tag.attribute == "property" else None,
            name=tag.key if tag.attribute == "name" else None,
            content=tag.value,
            order=order,
        )
        for order, tag in enumerate(tags)
        if tag.value is not None
    )
    return evolve(page, metas=(*new, *(meta for meta in page.metas if meta.key not in keys)))


def _pairs(crawl: Crawl, drawer: Drawer, page: PageRow) -> Iterator[Pair]:
    after = mended(crawl, crawl.facts(page))
    today = drawer.views(page)
    for name in drawer.platform_ids():
        platform = crawl.catalogue.platforms.get(name)
        drawn = draw(platform, after, images=crawl.pictures) if platform and name in today else None
        if not isinstance(drawn, Card):
            continue
        view = evolve(drawer.view(name, msgspec.to_builtins(drawn), page), band="", notes=())
        if seen(view) != seen(today[name]):
            yield Pair(before=today[name], after=view)


def seen(view: CardView) -> tuple[str, ...]:
    """What people would notice in the drawing; of a picture that is not at hand, that there is one."""
    picture = view.picture.id if view.picture else "some" if view.image else ""
    return view.layout, view.title, view.description if _shows_description(view) else "", picture


def _shows_description(view: CardView) -> bool:
    if view.composed:
        return any(part == "text" for part, _ in view.composed.parts)
    return view.drawing not in WITHOUT_DESCRIPTION and (view.drawing, view.layout) != ("x", "large")
