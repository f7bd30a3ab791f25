"""What one site has and another lacks: the same checks, told by what is there and not by what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from smocrawl.checks.base import Outcome
from smocrawl.report.comparison.grid import Cell, GridRow, leaders
from smocrawl.report.comparison.sites import Site, Sites
from smocrawl.report.crawl import Tally
from smocrawl.report.language import Language
from smocrawl.report.sections.section import Section

APART = 50
"""Points between two sites from which a feature tells them apart."""

EVERYWHERE, NOWHERE = 99.5, 0.5
"""Per cent of the pages from which, and below which, a number would say less than a word."""


@frozen(kw_only=True)
class Features(Section):
    """Plain values of the section on features."""

    lacking: tuple[GridRow, ...]
    """Others have it, the first site does not."""
    ahead: tuple[GridRow, ...]
    """The first site has it, another does not."""
    others: tuple[GridRow, ...]
    """It tells other sites apart, or none."""


def names(language: Language) -> Mapping[str, str]:
    """What a passed check means in the words of a shopper: check id -> feature."""
    _ = language.gettext
    return {
        "og-image": _("A picture for the card"),
        "og-image-size": _("Pictures large enough for a large card"),
        "og-image-reuse": _("A picture of its own for each page"),
        "og-image-alt": _("Pictures described for people who do not see them"),
        "og-title": _("A title for the card"),
        "og-description": _("A text for the card"),
        "og-site-name": _("The site's name on the card"),
        "twitter-card": _("A card type for X"),
        "player-card": _("Videos that play inside a card"),
        "pin-rich-data": _("Facts for rich pins"),
        "fediverse-creator": _("The author named on Mastodon"),
        "oembed-provider": _("Embeds for other sites (oEmbed)"),
        "share-controls": _("Share buttons"),
        "social-bots-robots": _("Preview bots let in by robots.txt"),
        "canonical-present": _("One address named for each page"),
        "breadcrumbs": _("A trail that shows where the page belongs"),
        "related-links": _("Links to related pages"),
        "heading-anchors": _("Passages that can be linked to"),
        "schema-main-type": _("Structured data that says what a page is"),
        "product-schema": _("Complete structured data of products"),
        "article-schema": _("Complete structured data of articles"),
        "organization-schema": _("Structured data of who is behind the site"),
        "localbusiness-schema": _("Place and opening hours in structured data"),
        "byline-visible": _("Articles that show who wrote them"),
        "author-page": _("Pages about the authors"),
        "trust-pages": _("Pages on who they are and how to reach them"),
        "date-machine": _("Dates that programs can read"),
        "date-visible": _("Dates that people can see"),
        "comments-open": _("Room for readers to answer"),
        "reviews-markup": _("Reviews in structured data"),
        "webmention": _("Webmentions"),
        "feed-autodiscovery": _("A feed that readers find"),
        "feed-images": _("Pictures in the feed"),
        "feed-fresh": _("A feed with something new"),
        "subscribe-options": _("A way to follow without a network"),
        "profile-links-set": _("Enough accounts linked"),
        "profile-links-everywhere": _("Accounts linked from every page"),
        "rel-me": _("Accounts confirmed for open networks"),
        "favicon-present": _("An icon that others can load"),
        "touch-icon": _("An icon for phones"),
        "manifest": _("A sound web manifest"),
        "mobile-viewport": _("Pages that fit telephones"),
        "locale-alternates": _("Language versions that name one another"),
        "https-valid": _("Every page served securely"),
    }  # fmt: skip


def features(sites: Sites) -> Features:
    _ = sites.language.gettext
    lacking: list[tuple[float, GridRow]] = []
    ahead: list[tuple[float, GridRow]] = []
    rest: list[tuple[float, GridRow]] = []
    for row, gap, lead in _rows(sites):
        if gap >= APART:
            lacking.append((gap, row))
        elif lead >= APART:
            ahead.append((lead, row))
        else:
            rest.append((max(gap, lead, 0), row))
    return Features(
        id="features",
        name=_("Features"),
        title=_title(sites, len(lacking), len(ahead)),
        lede=_("Per cent of the pages to which it applies; of the whole site a yes or no."),
        lacking=_by_size(lacking),
        ahead=_by_size(ahead),
        others=_by_size(rest),
    )


def _by_size(found: list[tuple[float, GridRow]]) -> tuple[GridRow, ...]:
    return tuple(row for _, row in sorted(found, key=lambda one: -one[0]))


def _title(sites: Sites, lacking: int, ahead: int) -> str:
    language, name = sites.language, sites.first.name
    if lacking:
        return language.ngettext(
            "{n} thing that others have and {site} lacks",
            "{n} things that others have and {site} lacks",
            lacking,
            site=name,
        )
    if ahead:
        return language.ngettext(
            "{site} lacks nothing that others have, and has {n} thing more",
            "{site} lacks nothing that others have, and has {n} things more", ahead, site=name,
        )  # fmt: skip
    return language.gettext("The sites offer much the same")


def _rows(sites: Sites) -> Iterator[tuple[GridRow, float, float]]:
    """Each feature with how far the first site is behind the best of the others, and before the last of them."""
    for check, name in names(sites.language).items():
        values = [share(site, check) for site in sites]
        others = [value for value in values[1:] if value is not None]
        if values[0] is None or not others:
            continue
        yield _row(sites, check, name, values), max(others) - values[0], values[0] - min(others)


def share(site: Site, check: str) -> float | None:
    """Per cent of the pages that pass, of those to which the check applies; None where it applies to none."""
    tally = site.crawl.tallies.get(check, Tally())
    if tally.rated:
        return 100 * tally.passed / tally.rated
    outcome, _ = site.crawl.site_outcomes.get(check, ("", None))
    return {Outcome.PASSED.value: 100.0, Outcome.WARNED.value: 50.0, Outcome.FAILED.value: 0.0}.get(outcome)


def _row(sites: Sites, check: str, name: str, values: Sequence[float | None]) -> GridRow:
    language, led = sites.language, leaders(values)
    whole = [check in site.crawl.site_outcomes for site in sites]
    cells = (
        Cell(
            text=_told(language, value, whole=is_whole),
            score=None if value is None else round(value, 1),
            is_best=is_best,
            is_missing=value is None,
        )
        for value, is_whole, is_best in zip(values, whole, led, strict=True)
    )
    return GridRow(key=check, name=name, cells=tuple(cells))


def _told(language: Language, value: float | None, *, whole: bool) -> str:
    _ = language.gettext
    if value is None:
        return _("does not apply")
    if whole:
        return _("yes") if value >= EVERYWHERE else _("no") if value <= NOWHERE else _("partly")
    if value >= EVERYWHERE:
        return _("everywhere")
    if value <= NOWHERE:
        return _("nowhere")
    return _("{n} %").format(n=language.number(min(99, max(1, round(value)))))
