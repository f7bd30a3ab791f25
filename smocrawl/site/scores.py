"""The scores of the site as rows that explain themselves: site, tactics, kinds of pages, platforms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from smocrawl.checks.base import Tactic
from smocrawl.page import Kind
from smocrawl.platforms.base import Platform
from smocrawl.scoring import Fold, mix, page_share, readiness_word, tables
from smocrawl.scoring.pages import coverage
from smocrawl.site.desk import Desk
from smocrawl.site.fixes import Standing
from smocrawl.site.page_facts import Row
from smocrawl.site.rollup import Rollup
from smocrawl.store.verdicts import ScoreRow

TOTAL = "total"


def readiness(desk: Desk, rollup: Rollup, platforms: Mapping[str, Platform]) -> Iterator[tuple[str, Row]]:
    """Rows of the table that the check of the key platforms asks."""
    shut = blocked_platforms(desk)
    for name in desk.audience.key:
        platform = platforms.get(name)
        fold = rollup.platforms.get(name, Fold())
        row = (name, platform.name if platform else name, fold.value, name in shut)
        yield "platform_ready", row


def blocked_platforms(desk: Desk) -> frozenset[str]:
    """Platforms whose bot may not read the home page."""
    rows = desk.database.rows(
        "SELECT DISTINCT platform FROM bot_access WHERE on_home AND what = 'page' AND NOT allowed"
    )
    return frozenset(row["platform"] for row in rows)


def scores(desk: Desk, standing: Standing) -> Iterator[ScoreRow]:
    yield _whole(standing)
    yield from _tactics(standing)
    yield from _platforms(desk, standing.rollup)


def _whole(standing: Standing) -> ScoreRow:
    found = standing.now()
    terms = [
        {"tactic": term.tactic, "score": term.score, "share": term.share, "points": term.points} for term in found.terms
    ]
    return ScoreRow(
        scope="site",
        key=TOTAL,
        value=found.site,
        coverage=_coverage(standing),
        explanation={
            "terms": terms,
            "uncapped": found.uncapped,
            "cap": found.cap,
            "ceiling": found.ceiling,
            "pages": standing.rollup.page.value,
            "kinds": kinds(standing.rollup.page),
            "weights": dict(standing.weights),
        },
    )


def _tactics(standing: Standing) -> Iterator[ScoreRow]:
    """Each with what its pages say, what the checks of the site say, and how the two are mixed."""
    pages, site, weights = standing.pages, standing.site, standing.site_weights
    for tactic in Tactic:
        of_pages, of_site, weight = pages.get(tactic), site.get(tactic), weights.get(tactic, 0.0)
        yield ScoreRow(
            scope="tactic",
            key=tactic.value,
            value=mix(tactic, of_pages, of_site, weight),
            explanation={
                "pages": of_pages,
                "site": of_site,
                "page_share": None if of_pages is None or of_site is None else page_share(tactic, weight),
                "kinds": kinds(standing.rollup.tactics.get(tactic, Fold())),
            },
        )


def _platforms(desk: Desk, rollup: Rollup) -> Iterator[ScoreRow]:
    shut = blocked_platforms(desk)
    for name, fold in sorted(rollup.platforms.items()):
        value = 0.0 if name in shut else fold.value
        word = readiness_word(value, blocked=name in shut)
        yield ScoreRow(scope="platform", key=name, value=value, explanation={"word": word, "kinds": kinds(fold)})


def kinds(fold: Fold) -> dict[str, Any]:
    """Mean, pages and share of each kind of page."""
    shares = fold.shares()
    return {
        kind.value: {"mean": one.mean, "pages": one.pages, "share": shares.get(kind, 0.0)}
        for kind, one in sorted(fold.kinds.items(), key=lambda item: list(Kind).index(item[0]))
    }


def _coverage(standing: Standing) -> float | None:
    """Of pages and checks of the site, mixed as the tactics are on average."""
    pages = standing.rollup.coverage
    if not standing.site_results:
        return pages
    site = coverage(standing.site_results.values())
    if pages is None:
        return site
    share = sum(tables.PAGE_SHARE.values()) / len(tables.PAGE_SHARE)
    return share * pages + (1 - share) * site
