"""What moved the score since the crawl before, part by part; the parts that are shown add up to what is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from smocrawl.history import Difference
from smocrawl.history.difference import SAME
from smocrawl.history.steps import Parts
from smocrawl.history.turns import Step
from smocrawl.report.crawl import Crawl

TENTHS = 10

ROOM = 10
"""Tenths of a point that the cut scale leaves free at both ends."""


@frozen(kw_only=True)
class Fall:
    """One row: a score (a mark on the scale) or what it gained or lost (a bar that floats on it)."""

    label: str
    value: str
    start: float
    """Per cent of the drawn scale."""
    length: float
    is_score: bool = False
    takes_away: bool = False


@frozen(kw_only=True)
class Waterfall:
    """Rows from the score before to the score now."""

    rows: tuple[Fall, ...]
    low: str
    high: str
    """Ends of the drawn scale: it is cut to where the scores are."""


def waterfall(crawl: Crawl) -> Waterfall | None:
    """None on the first crawl, where one of the two has no score, and where nothing moved."""
    difference = crawl.difference
    if difference is None or difference.parts is None:
        return None
    parts = difference.parts
    before, now = tenths(parts.before), tenths(parts.now)
    steps = [step for step in Step if tenths(parts.terms[step])]
    if not steps:
        return None
    moved = adding_up([parts.terms[step] for step in steps], now - before)
    heights = _heights(before, moved)
    low, high = max(0, min(heights) - ROOM), min(100 * TENTHS, max(heights) + ROOM)
    scale = 100 / (high - low)
    names, number = step_names(crawl), crawl.language.number
    rows = [_mark(crawl.language.date(difference.before.started), number(before / TENTHS, 1), (before - low) * scale)]
    for step, points, base in zip(steps, moved, heights, strict=False):
        if points:
            rows.append(
                Fall(
                    label=names[step],
                    value=crawl.language.signed(points / TENTHS, 1),
                    start=round((min(base, base + points) - low) * scale, 2),
                    length=round(abs(points) * scale, 2),
                    takes_away=points < 0,
                )
            )
    rows.append(
        _mark(
            crawl.language.gettext("Now, {date}").format(date=crawl.language.date(difference.now.started)),
            number(now / TENTHS, 1),
            (now - low) * scale,
        )
    )
    return Waterfall(rows=tuple(rows), low=number(low / TENTHS), high=number(high / TENTHS))


def step_names(crawl: Crawl) -> Mapping[Step, str]:
    _ = crawl.language.gettext
    return {
        Step.RULES: _("Other rules or weights"),
        Step.REMOVED: _("Pages that are gone"),
        Step.COVERAGE: _("More or less could be read or measured"),
        Step.AGEING: _("Time passed, pages untouched"),
        Step.FIXED: _("Mended"),
        Step.REGRESSED: _("Got worse"),
        Step.MOVED: _("Pages stand elsewhere in the site"),
        Step.NEW: _("New pages"),
    }


def tenths(points: float) -> int:
    return round(points * TENTHS)


def adding_up(terms: Sequence[float], whole: int) -> list[int]:
    """*terms* in tenths of a point, rounded so that they add up to *whole* tenths.

    What single rounding leaves over goes, a tenth each, to the terms that rounding moved most.
    """
    rounded = [tenths(term) for term in terms]
    gap = whole - sum(rounded)
    sign = 1 if gap > 0 else -1
    order = sorted(range(len(terms)), key=lambda at: sign * (rounded[at] - terms[at] * TENTHS))
    for turn in range(abs(gap)):
        rounded[order[turn % len(order)]] += sign
    return rounded


def _heights(before: int, moved: Sequence[int]) -> list[int]:
    heights = [before]
    for points in moved:
        heights.append(heights[-1] + points)
    return heights


def _mark(label: str, value: str, at: float) -> Fall:
    return Fall(label=label, value=value, start=round(at, 2), length=0, is_score=True)


def rules_points(parts: Parts) -> float:
    """What other rules, not the site, did to the score, as the waterfall rounds it."""
    steps = [step for step in Step if tenths(parts.terms[step])]
    if Step.RULES not in steps:
        return 0.0
    moved = adding_up([parts.terms[step] for step in steps], tenths(parts.now) - tenths(parts.before))
    return moved[steps.index(Step.RULES)] / TENTHS


def has_other_rules(found: Difference) -> bool:
    """Whether the crawl before was judged by rules that say something else."""
    is_named = any(why.code == "rules" for why in found.why_not)
    return is_named or (found.parts is not None and abs(rules_points(found.parts)) >= SAME)
