"""How the sites stand: their scores, tactic by tactic and kind by kind of page."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from smocrawl.checks.base import Tactic
from smocrawl.report.comparison.grid import Cell, GridRow, leaders, scored_row
from smocrawl.report.comparison.sites import Site, Sites
from smocrawl.report.sections.cover import BandMark, score_bands
from smocrawl.report.sections.links import crosslink_score
from smocrawl.report.sections.section import Section

KINDS = 10


@frozen(kw_only=True)
class Standing:
    """One site on the first screen."""

    name: str
    home: str
    run: int
    score: int | None
    word: str
    is_best: bool
    is_partial: bool
    crosslink: int | None
    pages: int
    crawled: str
    started: str
    """ISO 8601."""
    audience: str
    ruleset: str
    platforms_drawn: int
    platforms_asked: int


@frozen(kw_only=True)
class Front(Section):
    """Plain values of the first screen."""

    sites: tuple[Standing, ...]
    bands: tuple[BandMark, ...]


@frozen(kw_only=True)
class Rows(Section):
    """Plain values of a section that is one table."""

    rows: tuple[GridRow, ...]


def front(sites: Sites) -> Front:
    _, language = sites.language.gettext, sites.language
    led = leaders([site.crawl.score for site in sites])
    return Front(
        id="cover",
        name=_("Cover"),
        title=language.ngettext(
            "How {n} site looks when someone shares it", "How {n} sites look when someone shares them", len(sites)
        ),
        sites=tuple(_standing(site, is_best) for site, is_best in zip(sites, led, strict=True)),
        bands=score_bands(sites.words, None),
    )


def _standing(site: Site, is_best: bool) -> Standing:
    crawl = site.crawl
    crosslink = crosslink_score(crawl)
    asked = [site.home_cards[name] for name in site.drawer.platform_ids() if name in site.home_cards]
    return Standing(
        name=site.name,
        home=crawl.run.home,
        run=crawl.id,
        score=None if crawl.score is None else round(crawl.score),
        word=crawl.words.grade(crawl.score),
        is_best=is_best,
        is_partial=crawl.is_partial,
        crosslink=None if crosslink is None else round(crosslink),
        pages=len(crawl.pages),
        crawled=crawl.language.date(crawl.run.started),
        started=crawl.run.started.isoformat(),
        audience=crawl.language.gettext(crawl.audience.label),
        ruleset=str(crawl.versions["ruleset"]),
        platforms_drawn=sum(bool(card.layout) for card in asked),
        platforms_asked=len(asked),
    )


def tactics(sites: Sites) -> Rows:
    _ = sites.language.gettext
    rows = tuple(
        scored_row(
            sites.language, tactic.value, sites.words.tactic(tactic), [site.tactic(tactic) for site in sites],
            note=sites.words.question(tactic),
        )
        for tactic in Tactic
    )  # fmt: skip
    return Rows(
        id="tactics",
        name=_("Tactics"),
        title=_tactics_title(sites, rows),
        lede=_("0 to 100 in each of the nine tactics of social media optimisation."),
        rows=rows,
    )


def _tactics_title(sites: Sites, rows: tuple[GridRow, ...]) -> str:
    language = sites.language
    led = sum(row.cells[0].is_best for row in rows)
    contested = sum(any(cell.is_best for cell in row.cells) for row in rows)
    if not contested:
        return language.gettext("No site leads in any tactic")
    if not led:
        return language.gettext("{site} leads in none of the nine tactics").format(site=sites.first.name)
    return language.ngettext(
        "{site} leads in {n} of nine tactics", "{site} leads in {n} of nine tactics", led, site=sites.first.name
    )


def kinds(sites: Sites) -> Rows:
    _ = sites.language.gettext
    return Rows(
        id="kinds",
        name=_("Kinds of page"),
        title=_kinds_title(sites),
        lede=_("What each site offers to share, and how its pages of that kind score on average."),
        rows=tuple(_kind_rows(sites))[:KINDS],
    )


def _kind_rows(sites: Sites) -> Iterator[GridRow]:
    language = sites.language
    known = {kind: sum(site.kinds.get(kind, (0, None))[0] for site in sites) for site in sites for kind in site.kinds}
    for kind in sorted(known, key=lambda kind: (kind != "home", -known[kind], kind)):
        found = [site.kinds.get(kind, (0, None)) for site in sites]
        row = scored_row(
            language, kind, sites.words.kind_alone(kind), [score for _, score in found],
            notes=[language.ngettext("{n} page", "{n} pages", number) for number, _ in found],
        )  # fmt: skip
        nothing = Cell(text="–", note=language.gettext("none"), is_missing=True)
        yield GridRow(
            key=row.key,
            name=row.name,
            cells=tuple(cell if number else nothing for cell, (number, _) in zip(row.cells, found, strict=True)),
        )


def _kinds_title(sites: Sites) -> str:
    _, first = sites.language.gettext, sites.first
    others = {kind for site in sites.others for kind in site.kinds}
    missing = [kind for kind in others if kind not in first.kinds and kind not in ("other", "utility", "legal")]
    if missing:
        named = sites.language.listed(sorted(sites.words.kind(kind) for kind in missing))
        return _("Kinds of page that {site} does not have: {kinds}").format(site=first.name, kinds=named)
    return _("What there is to share on each site")
