"""How links to each site arrive: readiness by platform, and the cards of the home pages."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from smocrawl.report.card_view import MAIN, CardView, platform_name
from smocrawl.report.comparison.grid import Cell, GridRow, leaders
from smocrawl.report.comparison.sites import Site, Sites
from smocrawl.report.comparison.standing import Rows
from smocrawl.report.sections.platforms import in_band
from smocrawl.report.sections.section import Section
from smocrawl.scoring import readiness_word

PLACES = 6
"""Platforms on which the home pages are drawn."""


@frozen(kw_only=True)
class Shown:
    """The home page of one site as one platform draws it."""

    site: str
    card: CardView | None
    """None where the home page was not read."""
    score: int | None
    word: str
    rank: str
    """``best``, ``weakest``, or nothing where no site stands out."""


@frozen(kw_only=True)
class Contest:
    """One platform with the card of every site."""

    platform: str
    name: str
    badge: str
    is_key: bool
    cards: tuple[Shown, ...]


@frozen(kw_only=True)
class Cards(Section):
    """Plain values of the section of cards."""

    contests: tuple[Contest, ...]
    best: str
    """Where the first site's card stands best, and where worst, in a sentence."""


def readiness(sites: Sites) -> Rows:
    _ = sites.language.gettext
    known = {name for site in sites for name in site.platforms}
    main = dict.fromkeys((*sites.key_platforms, *MAIN))
    rows = tuple(_row(sites, name) for name in main if name in known)
    behind = [
        row for row in rows if row.is_key and any(cell.is_best for cell in row.cells) and not row.cells[0].is_best
    ]
    title = _("How completely links arrive, platform by platform")
    if behind:
        named = sites.language.listed([row.name for row in behind])
        title = _("Others arrive more completely than {site} on {platforms}").format(
            site=sites.first.name, platforms=named
        )
    return Rows(
        id="platforms",
        name=_("Platform readiness"),
        title=title,
        lede=_("The average of all pages that people share, from 0 to 100."),
        rows=rows,
    )


def _row(sites: Sites, platform: str) -> GridRow:
    name = platform_name(sites.first.crawl, platform)
    values = [site.platforms.get(platform) for site in sites]
    led = leaders(values)
    return GridRow(
        key=platform,
        name=name,
        badge=name[:2],
        is_key=platform in sites.key_platforms,
        cells=tuple(_cell(sites, value, is_best) for value, is_best in zip(values, led, strict=True)),
    )


def _cell(sites: Sites, value: float | None, is_best: bool) -> Cell:
    if value is None:
        return Cell(text="", word=sites.language.gettext("not rated"), is_missing=True)
    band = readiness_word(value, blocked=not value)
    return Cell(
        text=sites.language.number(in_band(value, band)),
        score=round(value, 1),
        band=band,
        word=sites.words.band(band),
        is_best=is_best,
    )


def cards(sites: Sites) -> Cards:
    _ = sites.language.gettext
    drawn = [name for name in sites.first.drawer.platform_ids() if any(name in site.home_cards for site in sites)]
    drawn.sort(key=lambda name: name not in sites.key_platforms)
    contests = tuple(_contest(sites, name) for name in drawn[:PLACES])
    return Cards(
        id="cards",
        name=_("Home pages as cards"),
        title=_cards_title(sites, contests),
        lede=_("The home page of each site as a shared link, on the platforms that matter most to the audience."),
        contests=contests,
        best=" ".join(_extremes(sites)),
    )


def _contest(sites: Sites, platform: str) -> Contest:
    name = platform_name(sites.first.crawl, platform)
    scores = [_home_score(site, platform) for site in sites]
    shown = {round(score) for score in scores if score is not None}
    ranks = [_rank(score, shown) for score in scores]
    return Contest(
        platform=platform,
        name=name,
        badge=name[:2],
        is_key=platform in sites.key_platforms,
        cards=tuple(
            _shown(sites, site, platform, score, rank) for site, score, rank in zip(sites, scores, ranks, strict=True)
        ),
    )


def _rank(score: float | None, shown: set[int]) -> str:
    if score is None or len(shown) < 2:
        return ""
    return {max(shown): "best", min(shown): "weakest"}.get(round(score), "")


def _shown(sites: Sites, site: Site, platform: str, score: float | None, rank: str) -> Shown:
    card = site.home_cards.get(platform)
    band = card.band if card else ""
    return Shown(
        site=site.name,
        card=card,
        score=None if score is None else in_band(score, band) if band else round(score),
        word=sites.words.band(band) if band else "",
        rank=rank,
    )


def _home_score(site: Site, platform: str) -> float | None:
    return site.crawl.home.platforms.get(platform) if site.crawl.home else None


def _cards_title(sites: Sites, contests: tuple[Contest, ...]) -> str:
    language, first = sites.language, sites.first
    best = sum(contest.cards[0].rank == "best" for contest in contests)
    weakest = sum(contest.cards[0].rank == "weakest" for contest in contests)
    if best > weakest:
        said = language.gettext("The home page of {site} has the best card on {n} of {all} platforms")
        return said.format(site=first.name, n=best, all=len(contests))
    if weakest:
        said = language.gettext("The home page of {site} has the weakest card on {n} of {all} platforms")
        return said.format(site=first.name, n=weakest, all=len(contests))
    return language.gettext("The home pages arrive equally well")


def _extremes(sites: Sites) -> Iterator[str]:
    """On which platform each home page stands best, and on which worst."""
    _ = sites.language.gettext
    for site in sites:
        rated = [
            (score, platform_name(site.crawl, name))
            for name in site.drawer.platform_ids()
            if (score := _home_score(site, name)) is not None
        ]
        if rated and round(min(rated)[0]) < round(max(rated)[0]):
            (worst, there), (best, here) = min(rated), max(rated)
            yield _("{site}: best on {here} ({best}), weakest on {there} ({worst}).").format(
                site=site.name, here=here, best=round(best), there=there, worst=round(worst)
            )
