"""How the score is made: what each tactic brings, what holds it down, how it moved."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from smocrawl.checks.base import Tactic
from smocrawl.report.crawl import Crawl, moment
from smocrawl.report.percent import whole_percents
from smocrawl.report.sections.section import Section
from smocrawl.report.sections.waterfall import Waterfall, waterfall

RUNS = 12
"""Crawls of the trend line."""


@frozen(kw_only=True)
class Part:
    """One tactic's part in the score."""

    tactic: str
    name: str
    score: int
    weight: int
    """Per cent of the site score."""
    points: str
    lost: str
    start: float
    """Per cent of the scale at which its stretch begins."""
    earned: float
    missing: float


@frozen(kw_only=True)
class TrendPoint:
    """One crawl of the trend line."""

    label: str
    score: int
    x: int
    y: int
    """Per cent of the chart's width and height, from the left and from the bottom."""
    is_now: bool = False
    has_new_rules: bool = False


@frozen(kw_only=True)
class Score(Section):
    """Plain values of the section on the score."""

    parts: tuple[Part, ...]
    earned: str
    """What the tactics earn together, before any cap, and what they lack."""
    lost: str
    before_cap: int | None
    cap: str
    cap_points: int | None
    coverage: int | None
    is_partial: bool
    trend: tuple[TrendPoint, ...]
    trend_marks: tuple[tuple[int, int], ...]
    """(score, height) of the chart's lines; its axis is cut to where the scores are."""
    waterfall: Waterfall | None
    capped_pages: int
    sole: str
    """Said in place of the trend where this is the first crawl."""


def score(crawl: Crawl) -> Score:
    _ = crawl.language.gettext
    site = crawl.scored("site")
    explained = site.explanation
    cap = str(explained.get("cap") or "")
    parts = _parts(crawl)
    earned = round(sum(part.earned for part in parts), 1)
    trend, marks = _trend(crawl)
    return Score(
        id="score",
        name=_("Score"),
        title=_title(crawl, parts),
        lede=_("Each tactic counts by its weight. The dark part is earned, the empty part is still to be gained."),
        parts=parts,
        earned=crawl.language.number(earned, 1),
        # From the rounded sum: the two stand side by side and make 100.
        lost=crawl.language.number(100 - earned, 1),
        before_cap=_whole(explained.get("uncapped")),
        cap=crawl.title(cap) if cap else "",
        cap_points=_whole(explained.get("ceiling")),
        coverage=None if crawl.coverage is None else round(100 * crawl.coverage),
        is_partial=crawl.is_partial,
        trend=trend,
        trend_marks=marks,
        waterfall=waterfall(crawl),
        capped_pages=sum(bool(page.cap) for page in crawl.pages),
        sole=""
        if crawl.earlier
        else _("This is the first crawl of the site. The next report will show how the score moves."),
    )


def _title(crawl: Crawl, parts: tuple[Part, ...]) -> str:
    _ = crawl.language.gettext
    if crawl.score is None or not parts:
        return _("There is no score")
    worst = max(parts, key=lambda part: part.missing)
    return _("{score} of 100: most is still to be gained in “{tactic}”").format(
        score=round(crawl.score), tactic=worst.name
    )


def _whole(value: object) -> int | None:
    return round(value) if isinstance(value, int | float) else None


def shares(crawl: Crawl) -> dict[str, float]:
    """The share of each tactic that has a score, 0–1: as the score was made, or else by the audience's weights."""
    told = crawl.scored("site").explanation.get("terms") or ()
    if told:
        return {str(term["tactic"]): float(term["share"]) for term in told}
    weights = crawl.audience.weights
    rated = {
        key: weights.get(key, 0.0)
        for (scope, key), one in crawl.scores.items()
        if scope == "tactic" and one.value is not None
    }
    whole = sum(rated.values())
    return {key: weight / whole for key, weight in rated.items() if weight} if whole else {}


def _parts(crawl: Crawl) -> tuple[Part, ...]:
    language, found, start = crawl.language, [], 0.0
    of = shares(crawl)
    percents = whole_percents(of)
    for tactic in Tactic:
        value = crawl.scored("tactic", tactic).value
        if tactic not in of or value is None:
            continue
        weight = 100 * of[tactic]
        earned = value * of[tactic]
        found.append(
            Part(
                tactic=tactic.value,
                name=crawl.words.tactic(tactic),
                score=round(value),
                weight=percents[tactic],
                points=language.number(earned, 1),
                lost=language.number(weight - earned, 1),
                start=round(start, 2),
                earned=round(earned, 2),
                missing=round(weight - earned, 2),
            )
        )
        start += weight
    return tuple(found)


def _trend(crawl: Crawl) -> tuple[tuple[TrendPoint, ...], tuple[tuple[int, int], ...]]:
    """The points of the line and the marks of its axis; nothing on the first crawl."""
    rows = crawl.database.rows(
        "SELECT r.id, r.started, r.ruleset, r.algorithm, s.value FROM run r JOIN site_score s ON s.run = r.id AND s.scope = 'site'"
        " WHERE r.id <= ? AND s.value IS NOT NULL AND (r.id = ? OR r.state IN ('done', 'incomplete')) ORDER BY r.id",
        crawl.id, crawl.id,
    )[-RUNS:]  # fmt: skip
    if len(rows) < 2:
        return (), ()
    values = [row["value"] for row in rows]
    least, most = 10 * int(min(values) // 10), 10 * int(-(-max(values) // 10))
    most = max(most, least + 10)
    marks = tuple(
        (mark, _height(mark, least, most)) for mark in range(least, most + 1, 10 if most - least <= 40 else 20)
    )
    points = (_point(crawl, rows, at, _height(row["value"], least, most)) for at, row in enumerate(rows))
    return tuple(points), marks


def _height(value: float, least: int, most: int) -> int:
    return round(100 * (value - least) / (most - least))


def _point(crawl: Crawl, rows: list[Any], at: int, height: int) -> TrendPoint:
    row, before = rows[at], rows[max(0, at - 1)]
    started = moment(row["started"])
    return TrendPoint(
        label=crawl.language.date(started),
        score=round(row["value"]),
        x=round(100 * at / (len(rows) - 1)),
        y=height,
        is_now=row["id"] == crawl.id,
        has_new_rules=(row["ruleset"], row["algorithm"]) != (before["ruleset"], before["algorithm"]),
    )
