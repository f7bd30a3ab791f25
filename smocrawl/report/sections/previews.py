"""The gallery: the same few pages as each platform draws them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from smocrawl.extract.head.declared import without_site
from smocrawl.report import safe
from smocrawl.report.card_view import GROUPS, CardView, Drawer, group
from smocrawl.report.crawl import Crawl
from smocrawl.report.page_rows import PageRow
from smocrawl.report.sections.before_after import BeforeAfter, before_after
from smocrawl.report.sections.section import PageLink, Section, page_link

PAGES = 6
"""Pages of the gallery: the home page, and of each kind the best and the worst."""


NAME = 26
"""Characters of a page's name on its tab."""


@frozen(kw_only=True)
class CardGroup:
    """Platforms on which a link is met in the same way."""

    name: str
    where: str
    cards: tuple[CardView, ...]


@frozen(kw_only=True)
class GalleryPage:
    """One page with all its cards."""

    id: str
    name: str
    score: int | None
    page: PageLink
    groups: tuple[CardGroup, ...]
    others: tuple[CardView, ...]


@frozen(kw_only=True)
class Previews(Section):
    """Plain values of the gallery."""

    pages: tuple[GalleryPage, ...]
    change: BeforeAfter | None
    pictures_left_out: int
    has_unseen: bool
    """A card stands here whose picture the crawl did not load."""
    has_observed: bool
    """A card stands here that is drawn as it was seen, not as its platform describes it."""


def previews(crawl: Crawl, drawer: Drawer) -> Previews:
    _, language = crawl.language.gettext, crawl.language
    rows = chosen(crawl)
    names = _names(crawl, rows)
    pages = tuple(_gallery_page(crawl, drawer, page, names[at], at + 1) for at, page in enumerate(rows))
    change = before_after(crawl, drawer, rows)
    cards = [card for page in pages for one in page.groups for card in one.cards]
    drawn = max((sum(len(one.cards) for one in page.groups) for page in pages), default=0)
    title = _("No card could be worked out")
    if drawn:
        title = language.ngettext(
            "How one of your pages looks in {places} places",
            "How {n} of your pages look in {places} places",
            len(pages),
            places=drawn,
        )
    return Previews(
        id="previews",
        name=_("Previews"),
        title=title,
        lede=_("The home page first, then of each kind of page the weakest and the best.") if len(pages) > 1 else "",
        pages=pages,
        change=change,
        pictures_left_out=drawer.pictures.left_out,
        has_observed=any(card.basis for card in cards),
        has_unseen=any(card.is_unseen for card in cards),
    )


HEAD_ONLY = """SELECT asset_use.page FROM asset_use
    JOIN picture ON picture.run = asset_use.run AND picture.url = asset_use.asset
    WHERE asset_use.run = ? AND asset_use.role = 'og:image' AND picture.type IS NOT NULL AND picture.sha256 IS NULL"""


def chosen(crawl: Crawl) -> tuple[PageRow, ...]:
    """The home page, then the weakest page of each kind, then the best of each, as far as there is room.

    Of large sites not every picture is read to its end; pages whose picture can be shown go before the others.
    """
    rated: dict[str, list[PageRow]] = {}
    unseen = {row[0] for row in crawl.database.rows(HEAD_ONLY, crawl.id)}
    for page in crawl.shareable:
        if page.score is not None and page.kind != "home":
            rated.setdefault(page.kind, []).append(page)
    kinds = [
        [page for page in rated[kind] if page.id not in unseen] or rated[kind]
        for kind, _ in crawl.kinds
        if kind in rated
    ]
    wanted = [crawl.home] if crawl.home else []
    wanted += [pages[0] for pages in kinds] + [pages[-1] for pages in kinds]
    found = list({page.id: page for page in wanted}.values())[:PAGES]
    order = [kind for kind, _ in crawl.kinds]
    return tuple(sorted(found, key=lambda page: (order.index(page.kind) if page.kind in order else 0, page.score or 0)))


def _gallery_page(crawl: Crawl, drawer: Drawer, page: PageRow, name: str, number: int) -> GalleryPage:
    views = drawer.views(page)
    main = drawer.platform_ids()
    return GalleryPage(
        id=f"shown-{number}",
        name=name,
        score=None if page.score is None else round(page.score),
        page=page_link(page),
        groups=tuple(
            CardGroup(name=_group_name(crawl, key), where=_group_place(crawl, key), cards=cards)
            for key in GROUPS
            if (cards := tuple(views[one] for one in main if one in views and group(one) == key))
        ),
        others=tuple(views[key] for key in sorted(views, key=_place) if key not in main),
    )


def _place(platform: str) -> tuple[int, str]:
    """Platforms in the order of their groups; those of plugins behind them."""
    order = [name for members in GROUPS.values() for name in members]
    return (order.index(platform) if platform in order else len(order)), platform


def _names(crawl: Crawl, pages: Sequence[PageRow]) -> list[str]:
    """Of each page its title without that of the site; where several bear the same, the end of the address."""
    titles = [without_site(page.title) for page in pages]
    return [
        _name(crawl, page, "" if titles.count(title) > 1 else title) for page, title in zip(pages, titles, strict=True)
    ]


def _name(crawl: Crawl, page: PageRow, title: str | None) -> str:
    kind = crawl.words.kind_alone(page.kind)
    if page.kind == "home" and page == crawl.home:
        return kind
    last = page.path.rstrip("/").rpartition("/")[2].partition("?")[0].removesuffix(".html")
    words = last.replace("-", " ").replace("_", " ").strip().capitalize()
    return safe.cut(title or words or kind, NAME)


def _group_name(crawl: Crawl, name: str) -> str:
    _ = crawl.language.gettext
    return {
        "feeds": _("Feeds"), "chats": _("Chats"), "work": _("Work and community"), "open": _("Open networks and boards"),
    }[name]  # fmt: skip


def _group_place(crawl: Crawl, name: str) -> str:
    _ = crawl.language.gettext
    return {
        "feeds": _("where a card competes with other posts"),
        "chats": _("where most private sharing happens"),
        "work": _("where a link is discussed"),
        "open": _("where links are collected and found again"),
    }[name]
