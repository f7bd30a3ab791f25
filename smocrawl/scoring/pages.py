"""The score of one page: a weighted mean that explains itself line by line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from attrs import field, frozen

from smocrawl.checks.base import EVERYWHERE, Declaration, Outcome, Severity, Tactic
from smocrawl.scoring import tables

NO_CEILINGS: Mapping[str, int] = {}
JUDGEMENTS = 2_048
"""Kept at hand: each check has a handful."""


@frozen
class Judged:
    """What scoring needs to know of one check and its outcome."""

    check: str
    tactic: Tactic
    outcome: Outcome
    weight: float
    platforms: tuple[str, ...] = (EVERYWHERE,)
    cap: int | None = None
    """The ceiling it sets by having failed; None = none."""
    at_stake: float = 1.0
    """The part of its weight that it can lose, 0-1: less than 1 where it was found less grave than its check can be."""
    value: float = field(init=False)
    """The part of its weight that it has earned, 0-1."""

    @value.default
    def _value(self) -> float:
        return 1.0 - self.at_stake * (1.0 - tables.VALUES.get(self.outcome, 0.0))


@frozen(kw_only=True)
class Line:
    """One check's part in the page score; the points of all lines add up to the score before any cap."""

    check: str
    tactic: Tactic
    outcome: Outcome
    weight: float
    worth: float
    """Points of the page score that it gives when it passes."""
    points: float
    """Points that it gave."""

    @property
    def lost(self) -> float:
        return self.worth - self.points


@frozen(kw_only=True)
class PageScore:
    """Every number of one page; ``None`` means that nothing could be judged."""

    page: float | None = None
    uncapped: float | None = None
    cap: str | None = None
    """The check whose failure holds the page down."""
    ceiling: int | None = None
    coverage: float = 0.0
    """Weight measured of the weight that applies, 0–1."""
    tactics: Mapping[str, float] = field(factory=dict)
    platforms: Mapping[str, float] = field(factory=dict)
    """Readiness by platform id."""
    blocked: frozenset[str] = frozenset()
    """Platforms whose bot may not read the page."""
    counted: tuple[Judged, ...] = field(default=(), repr=False)
    """What was measured and weighs."""
    shares: Mapping[Tactic, float] = field(factory=dict, repr=False)
    """The share of each tactic in the score, 0–1."""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Each check's part in it; made when somebody asks, which a crawl does not."""
        return tuple(_lines(_by_tactic(self.counted), self.shares))

    @property
    def is_partial(self) -> bool:
        return self.coverage < tables.COVERAGE_MIN

    def word_for(self, platform: str) -> str:
        return readiness_word(self.platforms.get(platform), blocked=platform in self.blocked)


@lru_cache(JUDGEMENTS)
def judged(check: Declaration, outcome: Outcome, severity: Severity | None = None) -> Judged:
    """*outcome* of *check*, at the severity it was raised or lowered to where its criterion says so.

    What is found less grave costs what a check of that severity costs. It does not weigh less: then mending it, which
    brings the check's full weight back, would gain more than the fault had cost.
    """
    said = severity or check.severity
    full, own = tables.WEIGHTS[check.severity], tables.WEIGHTS[said]
    cap = check.cap if own >= full else None
    if cap is None and said is Severity.BLOCKER:
        cap = tables.BLOCKER_CAP
    return Judged(
        check.id,
        check.tactic,
        outcome,
        max(full, own),
        check.platforms,
        cap if outcome is Outcome.FAILED else None,
        own / full if own < full else 1.0,
    )


def score_page(
    results: Sequence[Judged],
    weights: Mapping[str, float],
    *,
    platforms: Iterable[str] = (),
    blocked: Collection[str] = (),
    ceilings: Mapping[str, int] = NO_CEILINGS,
) -> PageScore:
    """The scores of a page by the tactics' *weights*.

    *blocked* platforms are not ready whatever else holds; *ceilings* are the most that single platforms can be.
    """
    counted = [one for one in results if one.outcome in tables.VALUES and one.weight]
    by_tactic = _by_tactic(counted)
    shares = _shares(by_tactic, weights)
    uncapped = sum(_points(by_tactic, shares)) if shares else None
    lowest = min(((one.cap, one.check) for one in counted if one.cap is not None), default=None)
    ceiling, cap = lowest or (None, None)
    return PageScore(
        page=capped(uncapped, ceiling),
        uncapped=uncapped,
        cap=cap,
        ceiling=ceiling,
        coverage=coverage(results),
        tactics=tactic_scores(by_tactic, ceiling),
        platforms=_platform_scores(counted, platforms, {**ceilings, **dict.fromkeys(blocked, 0)}),
        blocked=frozenset(blocked),
        counted=tuple(counted),
        shares=shares,
    )


def tactic_score(results: Iterable[Judged]) -> float | None:
    """Share of the weight that was earned, 0–100; None where nothing counts."""
    whole = earned = 0.0
    for one in results:
        if one.outcome in tables.VALUES:
            whole += one.weight
            earned += one.weight * one.value
    return 100 * earned / whole if whole else None


def tactic_scores(by_tactic: Mapping[Tactic, list[Judged]], ceiling: int | None) -> dict[str, float]:
    """Scores by tactic; a cap holds down only the tactic of sharing."""
    scores: dict[str, float] = {}
    for tactic, results in sorted(by_tactic.items()):
        score = tactic_score(results)
        if tactic is tables.CAPPED_TACTIC:
            score = capped(score, ceiling)
        if score is not None:
            scores[tactic.value] = score
    return scores


def coverage(results: Iterable[Judged]) -> float:
    """Weight measured of the weight that applies, 0–1; 0 where nothing applies."""
    applicable = measured = 0.0
    for one in results:
        if one.outcome is not Outcome.NOT_APPLICABLE:
            applicable += one.weight
            measured += one.weight if one.outcome in tables.VALUES else 0
    return measured / applicable if applicable else 0.0


def capped(score: float | None, ceiling: int | None) -> float | None:
    return score if score is None or ceiling is None else min(score, ceiling)


def readiness_word(score: float | None, *, blocked: bool = False) -> str:
    """ready, partial, poor or blocked; empty where nothing was judged."""
    if blocked:
        return "blocked"
    if score is None:
        return ""
    return "ready" if score >= tables.READY else "partial" if score >= tables.PARTIAL else "poor"


def grade(score: float) -> str:
    """excellent, good, fair, weak or poor."""
    return next(word for word, least in tables.GRADES.items() if score >= least)


def _by_tactic(counted: Iterable[Judged]) -> dict[Tactic, list[Judged]]:
    grouped: dict[Tactic, list[Judged]] = {}
    for one in counted:
        grouped.setdefault(one.tactic, []).append(one)
    return grouped


def _shares(by_tactic: Mapping[Tactic, list[Judged]], weights: Mapping[str, float]) -> dict[Tactic, float]:
    """The share of each tactic in the page score, after damping; they add up to 1."""
    damped = {
        tactic: weights.get(tactic, 0) * min(1.0, sum(one.weight for one in results) / tables.FULL_WEIGHT)
        for tactic, results in by_tactic.items()
    }
    whole = sum(damped.values())
    return {tactic: part / whole for tactic, part in damped.items()} if whole else {}


def _points(by_tactic: Mapping[Tactic, list[Judged]], shares: Mapping[Tactic, float]) -> Iterable[float]:
    """The points of each line, without the lines."""
    for tactic, share in sorted(shares.items()):
        whole = sum([one.weight for one in by_tactic[tactic]])
        for one in by_tactic[tactic]:
            yield 100 * share * one.weight / whole * tables.VALUES[one.outcome]


def _lines(by_tactic: Mapping[Tactic, list[Judged]], shares: Mapping[Tactic, float]) -> Iterable[Line]:
    for tactic, share in sorted(shares.items()):
        whole = sum(one.weight for one in by_tactic[tactic])
        for one in by_tactic[tactic]:
            worth = 100 * share * one.weight / whole
            yield Line(
                check=one.check,
                tactic=tactic,
                outcome=one.outcome,
                weight=one.weight,
                worth=worth,
                points=worth * one.value,
            )


class _Readiness:
    """Weight, earnings and ceiling of one platform, or of what holds for all."""

    __slots__ = ("ceiling", "earned", "whole")

    def __init__(self) -> None:
        self.whole = self.earned = 0.0
        self.ceiling = 100


NOTHING_OF_ITS_OWN = _Readiness()


def _platform_scores(
    counted: Iterable[Judged], platforms: Iterable[str], ceilings: Mapping[str, int]
) -> dict[str, float]:
    for_all = _Readiness()
    own: dict[str, _Readiness] = {EVERYWHERE: for_all}
    for one in counted:
        is_ready = one.tactic in tables.READINESS_TACTICS
        if one.cap is None and not is_ready:
            continue
        weight = one.weight if is_ready else 0.0
        earned, cap = weight * one.value, one.cap
        for platform in one.platforms:
            part = own.get(platform)
            if part is None:
                part = own[platform] = _Readiness()
            part.whole += weight
            part.earned += earned
            if cap is not None and cap < part.ceiling:
                part.ceiling = cap
    scores: dict[str, float] = {}
    for platform in platforms:
        part = own.get(platform, NOTHING_OF_ITS_OWN)
        if whole := for_all.whole + part.whole:
            mean = 100 * (for_all.earned + part.earned) / whole
            scores[platform] = min(mean, for_all.ceiling, part.ceiling, ceilings.get(platform, 100))
        elif platform in ceilings:
            scores[platform] = 0.0
    return scores
