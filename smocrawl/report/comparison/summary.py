"""The comparison in a few sentences, and what keeps the sites from being compared fairly."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from smocrawl.report.comparison.features import Features
from smocrawl.report.comparison.sites import Site, Sites
from smocrawl.report.comparison.standing import Rows
from smocrawl.report.sections.section import Section
from smocrawl.report.sections.summary import Point
from smocrawl.scoring import ALGORITHM, RULESET

LEAST_GAP = 3
"""Points below which two scores are called equal."""

DAYS_APART = 31
TIMES_AS_MANY = 5
"""From here on the crawls saw too different parts of the sites to be held against each other without a word."""

NAMED = 4


@frozen(kw_only=True)
class Overview(Section):
    """Plain values of the summary."""

    behind: tuple[Point, ...]
    before: tuple[Point, ...]
    care: tuple[str, ...]
    """What to keep in mind while reading."""


def overview(sites: Sites, tactics: Rows, platforms: Rows, features: Features) -> Overview:
    _ = sites.language.gettext
    rows = (tactics, platforms)
    return Overview(
        id="summary",
        name=_("Summary"),
        title=_title(sites),
        behind=tuple(_told(sites, rows, features, behind=True)),
        before=tuple(_told(sites, rows, features, behind=False)),
        care=tuple(_care(sites)),
    )


def _title(sites: Sites) -> str:
    _ = sites.language.gettext
    others = [site for site in sites.others if site.crawl.score is not None]
    mine = sites.first.crawl.score
    if mine is None or not others:
        return _("There are no two scores to compare")
    best = max(others, key=lambda site: site.crawl.score or 0)
    theirs = best.crawl.score or 0
    said = {"site": sites.first.name, "other": best.name, "mine": round(mine), "theirs": round(theirs)}
    if abs(mine - theirs) < LEAST_GAP:
        return _("{site} and {other} are level: {mine} and {theirs} of 100").format(**said)
    if mine > theirs:
        return _("{site} leads with {mine} of 100; {other} has {theirs}").format(**said)
    return _("{site} has {mine} of 100; the best, {other}, has {theirs}").format(**said)


def _told(sites: Sites, rows: tuple[Rows, Rows], features: Features, *, behind: bool) -> Iterator[Point]:
    _, language = sites.language.gettext, sites.language
    tactic, platform = (_widest(sites, found, behind=behind) for found in rows)
    if tactic:
        name, mine, other, theirs = tactic
        said = _("{mine} of 100, {other} has {theirs}.").format(mine=mine, other=other, theirs=theirs)
        yield Point(head=_("Most of all in “{tactic}”").format(tactic=name), text=said, anchor="tactics")
    if platform:
        name, mine, other, theirs = platform
        said = _("Links score {mine} of 100 there, those of {other} {theirs}.").format(
            mine=mine, other=other, theirs=theirs
        )
        yield Point(head=_("On {platform}").format(platform=name), text=said, anchor="platforms")
    found = features.lacking if behind else features.ahead
    if found:
        named = [_("“{name}”").format(name=row.name) for row in found[:NAMED]]
        if len(found) > NAMED:
            named.append(language.ngettext("{n} more", "{n} more", len(found) - NAMED))
        head = (
            language.ngettext("{n} thing that others have", "{n} things that others have", len(found))
            if behind
            else language.ngettext("{n} thing that another lacks", "{n} things that another lacks", len(found))
        )
        yield Point(head=head, text=f"{language.listed(named)}.", anchor="features")


def _widest(sites: Sites, section: Rows, *, behind: bool) -> tuple[str, int, str, int] | None:
    """(row, the first site's score, the other site, its score) where the first is furthest behind, or before, the best other."""
    found = []
    for row in section.rows:
        mine = row.cells[0].score
        others = [
            (cell.score, site.name)
            for cell, site in zip(row.cells[1:], sites.others, strict=True)
            if cell.score is not None
        ]
        if mine is None or not others:
            continue
        theirs, other = max(others)
        gap = theirs - mine if behind else mine - theirs
        if gap >= LEAST_GAP:
            found.append((gap, (row.name, round(mine), other, round(theirs))))
    return max(found, key=lambda one: one[0])[1] if found else None


# -- read with care -------------------------------------------------------------------------------


def _care(sites: Sites) -> Iterator[str]:
    _ = sites.language.gettext
    yield from _rules(sites)
    audiences = {site.crawl.run.audience for site in sites}
    if len(audiences) > 1:
        told = [f"{site.name} ({_(site.crawl.audience.label)})" for site in sites]
        yield _("Judged for different audiences, so the tactics weigh differently: {sites}.").format(
            sites=sites.language.listed(told)
        )
    days = [site.crawl.run.started for site in sites]
    if (max(days) - min(days)).days > DAYS_APART:
        yield _("The crawls lie more than a month apart; one site may have changed since.")
    numbers = [len(site.crawl.pages) for site in sites]
    if min(numbers) * TIMES_AS_MANY < max(numbers):
        told = [sites.language.ngettext("{n} page", "{n} pages", number) for number in numbers]
        named = [f"{site.name} {said}" for site, said in zip(sites, told, strict=True)]
        yield _("The crawls saw very different numbers of pages: {sites}.").format(sites=sites.language.listed(named))
    for site in sites:
        yield from _limits(site)
    yield _("Only what the crawls saw is compared. Nothing in this comparison enters any score.")


def _rules(sites: Sites) -> Iterator[str]:
    """Sites that today's rules did not judge, with the remedy."""
    _ = sites.language.gettext
    for site in sites:
        said = site.crawl.versions
        if (said["ruleset"], said["algorithm"]) != (RULESET, ALGORITHM):
            yield _("{site} was judged by the rules {rules}; today's are {today}. “{command}” judges it anew.").format(
                site=site.name, rules=said["ruleset"], today=RULESET, command=f"scrapy smo-report {site.name} --rejudge"
            )


def _limits(site: Site) -> Iterator[str]:
    _ = site.crawl.language.gettext
    if site.crawl.run.state == "incomplete":
        yield _("The crawl of {site} did not reach every page.").format(site=site.name)
    if site.crawl.is_partial:
        yield _("Of {site} only part of the checks could be measured: its score is partial.").format(site=site.name)
    if not site.crawl.pages:
        yield _("No page of {site} could be read.").format(site=site.name)
