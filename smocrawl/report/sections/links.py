"""How pages, accounts and domains lead to one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from smocrawl.report.crawl import Crawl
from smocrawl.report.page_rows import PageRow
from smocrawl.report.percent import whole_percents
from smocrawl.report.sections.agreement import Agreements, agreements
from smocrawl.report.sections.ring import Place, Ring, places, ring
from smocrawl.report.sections.section import PageLink, Section, example, page_link
from smocrawl.scoring import tables

HUBS = 10
ORPHANS = 10
DEEPEST = 6
"""Clicks from the home page that have a bar of their own."""


@frozen(kw_only=True)
class Bar:
    """One bar: its length is per cent of the longest, or of 100."""

    label: str
    value: str
    length: float
    note: str = ""
    weight: str = ""
    """What it counts for in the whole."""
    is_hatched: bool = False


@frozen(kw_only=True)
class Hub:
    """A page through which many ways lead."""

    page: PageLink
    inlinks: str
    outlinks: str


@frozen(kw_only=True)
class Account:
    """One place of the owner, and how far the site leads there."""

    place: Place
    pages: str
    share: int


@frozen(kw_only=True)
class Links(Section):
    """Plain values of the section on links."""

    score: int | None
    parts: tuple[Bar, ...]
    depths: tuple[Bar, ...]
    hubs: tuple[Hub, ...]
    orphans: tuple[PageLink, ...]
    orphan_count: int
    ring: Ring | None
    accounts: tuple[Account, ...] | None
    """None where the crawl was judged before they were kept."""
    domains: tuple[Place, ...]
    pages: str
    links: str
    average: str
    counted: str
    """Said where the bars by clicks leave pages out."""
    agreement: Agreements | None
    """None where nothing is stated twice."""


def links(crawl: Crawl) -> Links:
    _, language = crawl.language.gettext, crawl.language
    total = crosslink_score(crawl)
    orphans = _orphans(crawl)
    reachable = tuple(page for page in crawl.pages if page.is_public)
    found = places(crawl)
    has_accounts = found is None or any(
        place.pages and not place.is_domain and place.state != "closed" for place in found
    )
    graph = crawl.scored("crosslink", "total").explanation.get("graph") or {}
    edges = graph.get("links") or crawl.database.scalar("SELECT count(*) FROM link WHERE run = ?", crawl.id)
    return Links(
        id="links",
        name=_("Cross-links"),
        title=_title(crawl, total, len(orphans), sum(page.depth is None for page in reachable), has_accounts),
        lede=_("How your pages lead to one another, and your site to your accounts and back."),
        score=None if total is None else round(total),
        parts=tuple(_parts(crawl)),
        depths=tuple(_depths(crawl, reachable)),
        hubs=tuple(_hubs(crawl)),
        orphans=orphans[:ORPHANS],
        orphan_count=len(orphans),
        ring=ring(crawl, found or ()),
        accounts=None if found is None else tuple(_accounts(crawl, found)),
        domains=tuple(place for place in found or () if place.is_domain),
        pages=language.number(len(crawl.pages)),
        links=language.number(edges),
        counted=_counted(crawl, len(reachable)),
        agreement=agreements(crawl),
        average=language.number(edges / len(crawl.pages), 1) if crawl.pages else "0",
    )


def crosslink_score(crawl: Crawl) -> float | None:
    """None on a site of one page: there is nothing to link."""
    return crawl.scored("crosslink", "total").value if len(crawl.pages) > 1 else None


def _title(crawl: Crawl, total: float | None, orphans: int, unreached: int, has_accounts: bool) -> str:
    _ = crawl.language.gettext
    if orphans and orphans >= unreached:
        return crawl.language.ngettext(
            "{n} page that no other page links to", "{n} pages that no other page links to", orphans
        )
    if total is None:
        return _("There are too few pages to rate the links between them")
    if unreached:
        return crawl.language.ngettext(
            "{n} page that nobody reaches by links from the home page",
            "{n} pages that nobody reaches by links from the home page",
            unreached,
        )
    if total >= tables.GRADES["good"]:
        if has_accounts:
            return _("Your pages and accounts lead to one another well")
        return _("Your pages lead to one another well, but to no account of yours")
    return _("Some ways between your pages and accounts are missing")


def _parts(crawl: Crawl) -> Iterator[Bar]:
    _ = crawl.language.gettext
    names = {
        "reach": (_("Reach"), _reach(crawl)),
        "depth": (_("Nearness"), _("pages worth sharing within three clicks of the home page")),
        "hubs": (
            _("Hubs"),
            _("content pages that {n} others link to, and that link on to {n}").format(n=tables.HUB_LINKS),
        ),
        "profiles": (_("Profiles"), _("your accounts linked on every page, and the same ones")),
        "ways_back": (_("Ways back"), _ways_back(crawl)),
        "reciprocity": (_("Links back"), _("accounts and domains that link back to you")),
    }
    found = {key: crawl.scored("crosslink", key) for key in tables.CROSSLINK}
    percents = whole_percents({key: one.explanation.get("share") or 0.0 for key, one in found.items()})
    for key, part in found.items():
        value = part.value
        name, note = names[key]
        if value is None:
            yield Bar(label=name, value=_("not rated"), length=0, note=note)
        else:
            weight = _("counts {n} %").format(n=percents[key]).replace(" %", "\u00a0%") if percents[key] else ""
            yield Bar(label=name, value=str(round(value)), length=round(value), note=note, weight=weight)


def _reach(crawl: Crawl) -> str:
    """What the part on reach is made of; each share costs more than itself, so the shares stand beside it."""
    _ = crawl.language.gettext
    facts = crawl.scored("crosslink", "total").explanation.get("facts") or {}
    orphans, broken = facts.get("orphan_share"), facts.get("broken_share")
    if not orphans and not broken:
        return _("pages that links lead to, without dead ends")
    terms = ["100"]
    if orphans:
        less = _("less {points} for each per cent of the sitemap's pages that no link leads to ({share})")
        terms.append(less.format(points=tables.ORPHAN_FACTOR, share=_percent(crawl, orphans)))
    if broken:
        less = _("less {points} for each per cent of the links that lead nowhere ({share})")
        terms.append(less.format(points=tables.BROKEN_FACTOR, share=_percent(crawl, broken)))
    return ", ".join(terms)


def _percent(crawl: Crawl, share: float) -> str:
    """``55.6 %``, never broken at the end of a line."""
    return f"{crawl.language.number(100 * share, 1)}\u00a0%"


def _counted(crawl: Crawl, pages: int) -> str:
    left = len(crawl.pages) - pages
    return crawl.language.ngettext(
        "{n} page is not among the bars: it names another address as its own, or keeps search engines out.",
        "{n} pages are not among the bars: they name another address as their own, or keep search engines out.",
        left,
    ) if left else ""  # fmt: skip


def _ways_back(crawl: Crawl) -> str:
    """Where articles lead on, each way with its share of them."""
    _ = crawl.language.gettext
    names = {"home": _("the home page"), "section": _("a list"), "related": _("another article")}
    ways = crawl.scored("crosslink", "ways_back").explanation.get("ways") or {}
    told = [f"{names[way]} ({round(100 * found['articles'])}\u00a0%)" for way, found in ways.items() if way in names]
    return _("articles that link to {ways}").format(ways=", ".join(told)) if told else _("articles that lead on")


def _depths(crawl: Crawl, pages: Sequence[PageRow]) -> Iterator[Bar]:
    """Pages by clicks from the home page."""
    _, language = crawl.language.gettext, crawl.language
    counted = Counter(-1 if page.depth is None else min(page.depth, DEEPEST) for page in pages)
    if not counted:
        return
    longest = max(counted.values())
    for depth in range(max(counted) + 1):
        if depth == 0:
            label = _("Home page")
        elif depth == DEEPEST:
            label = _("{n} clicks and more").format(n=DEEPEST)
        else:
            label = language.ngettext("{n} click", "{n} clicks", depth)
        yield Bar(label=label, value=language.number(counted[depth]), length=round(100 * counted[depth] / longest, 1))
    if counted[-1]:
        length = round(100 * counted[-1] / longest, 1)
        yield Bar(label=_("Not reached"), value=language.number(counted[-1]), length=length, is_hatched=True)


def _hubs(crawl: Crawl) -> Iterator[Hub]:
    told = (crawl.scored("crosslink", "total").explanation.get("graph") or {}).get("top_hubs")
    if told is not None:
        number = crawl.language.number
        for hub in told[:HUBS]:
            yield Hub(page=example(str(hub["url"])), inlinks=number(hub["inlinks"]), outlinks=number(hub["outlinks"]))
        return
    rows = crawl.database.rows(
        "SELECT url, inlinks, outlinks FROM measure WHERE run = ? AND hub = 1 ORDER BY inlinks * outlinks DESC, url LIMIT ?",
        crawl.id,
        HUBS,
    )
    for row in rows:
        if page := crawl.by_id.get(row["url"]):
            number = crawl.language.number
            yield Hub(page=page_link(page), inlinks=number(row["inlinks"]), outlinks=number(row["outlinks"]))


def _orphans(crawl: Crawl) -> tuple[PageLink, ...]:
    if not crawl.database.scalar("SELECT count(*) FROM measure WHERE run = ?", crawl.id):
        return ()
    return tuple(
        page_link(page)
        for page in crawl.pages
        if page.is_public and not page.inlinks and page.kind != "home" and page != crawl.home
    )


def _accounts(crawl: Crawl, found: Sequence[Place]) -> Iterator[Account]:
    whole = len(crawl.pages)
    for place in found:
        if not place.is_domain:
            share = round(100 * place.pages / whole) if whole else 0
            yield Account(place=place, pages=crawl.language.number(place.pages), share=share)
