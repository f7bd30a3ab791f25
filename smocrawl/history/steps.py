"""Splits the difference of two site scores: the crawl before is turned into the crawl of today one step at a time,

and each part is what the score moves at its step.  So the parts always add up to the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, evolve, field, frozen

from smocrawl.checks.base import Tactic
from smocrawl.history.reading import Seen, Whole
from smocrawl.history.turns import Step
from smocrawl.scoring import Fold, Judged, tables
from smocrawl.scoring.sites import OfKind
from smocrawl.site.fixes import Standing
from smocrawl.site.rollup import Rollup
from smocrawl.site.worth import Sums, sums_of

START = 0
"""Stage at which everything is as the earlier crawl had it; each step leads to the next stage."""

STAGES = len(Step) + 1

ORDER: Mapping[Step, int] = {step: number for number, step in enumerate(Step, START + 1)}
"""The stage from which a change of that step holds."""


@frozen
class Weighed:
    """A page's outcomes, summed up for the folds."""

    sums: Sums
    ceiling: int | None
    cap: str | None
    counts: bool


def weigh(results: Iterable[Judged]) -> Weighed:
    counted = [one for one in results if one.outcome in tables.VALUES and one.weight]
    ceiling, cap = min(((one.cap, one.check) for one in counted if one.cap is not None), default=(None, None))
    return Weighed(sums=sums_of(counted), ceiling=ceiling, cap=cap, counts=bool(counted))


Span = tuple[int, int]
"""From a stage up to, and without, another: where a page stays as it is."""


@define
class Stages:
    """The site at every stage at once, held as sums over spans of stages: most pages are alike at all of them."""

    spans: dict[Span, Rollup] = field(factory=dict)
    site: list[dict[str, Judged]] = field(factory=lambda: [{} for _ in range(STAGES)])
    shut: list[bool] = field(factory=lambda: [False] * STAGES)

    # -- pages --------------------------------------------------------------------------------------

    def only_before(self, page: Seen, until: Step) -> None:
        self._add(page, weigh(page.results.values()), (START, ORDER[until]))

    def only_now(self, page: Seen, since: Step) -> None:
        self._add(page, weigh(page.results.values()), (ORDER[since], STAGES))

    def both(self, before: Seen, now: Seen, steps: Mapping[str, Step]) -> None:
        """*steps*: the step at which each check that changed takes its outcome of today."""
        turning = sorted({START, *(ORDER[step] for step in steps.values()), *_place_turns(before, now)})
        results = dict(before.results)
        for start, end in zip(turning, [*turning[1:], STAGES], strict=True):
            for check, step in steps.items():
                if ORDER[step] == start:
                    _take(results, check, now.results)
            self._add(_as_at(before, now, start), weigh(results.values()), (start, end))

    def _add(self, page: Seen, weighed: Weighed, span: Span) -> None:
        if weighed.counts:
            _fold(self.spans.setdefault(span, Rollup()), page, weighed)

    def _at(self, stage: int) -> Rollup:
        whole = Rollup()
        for (start, end), rollup in sorted(self.spans.items()):
            if start <= stage < end:
                _merge(whole, rollup)
        return whole

    # -- the site -----------------------------------------------------------------------------------

    def whole(self, before: Whole, now: Whole, steps: Mapping[str, Step]) -> None:
        results = dict(before.results)
        bots = ORDER[Step.REGRESSED if now.bots_shut_out else Step.FIXED]
        for stage in range(STAGES):
            for check, step in steps.items():
                if ORDER[step] == stage:
                    _take(results, check, now.results)
            self.site[stage] = dict(results)
            self.shut[stage] = now.bots_shut_out if stage >= bots else before.bots_shut_out

    def scores(self, weights: Mapping[str, float]) -> list[float | None]:
        """The site score at every stage."""
        return [
            Standing(
                rollup=self._at(stage), site_results=self.site[stage], weights=weights, bots_shut_out=self.shut[stage]
            )
            .now()
            .site
            for stage in range(STAGES)
        ]


def _take(results: dict[str, Judged], check: str, now: Mapping[str, Judged]) -> None:
    if check in now:
        results[check] = now[check]
    else:
        results.pop(check, None)


def _place_turns(before: Seen, now: Seen) -> Iterator[int]:
    """Stages from which the page stands elsewhere, or has tags or none."""
    if (before.kind, before.weight, before.shareable) != (now.kind, now.weight, now.shareable):
        yield ORDER[Step.MOVED]
    if before.untagged != now.untagged:
        yield _tags_turn(now)


def _tags_turn(now: Seen) -> int:
    return ORDER[Step.REGRESSED if now.untagged else Step.FIXED]


def _as_at(before: Seen, now: Seen, stage: int) -> Seen:
    """The page's place in the site, and whether it has tags at all, at one stage."""
    place = now if stage >= ORDER[Step.MOVED] else before
    untagged = now.untagged if stage >= _tags_turn(now) else before.untagged
    return place if place.untagged == untagged else evolve(place, untagged=untagged)


def _fold(rollup: Rollup, page: Seen, weighed: Weighed) -> None:
    if page.shareable:
        rollup.shareable += 1
        rollup.untagged += page.untagged
        rollup.by_cap.update([weighed.cap] if weighed.cap else [])
    for tactic in Tactic:
        total = weighed.sums[tactic]
        rollup.judged.setdefault(tactic, Fold()).add(page.kind, page.weight, total.whole)
        score = total.score(weighed.ceiling if tactic is tables.CAPPED_TACTIC else None)
        if score is not None:
            rollup.tactics.setdefault(tactic, Fold()).add(page.kind, page.weight, score)


def _merge(whole: Rollup, part: Rollup) -> None:
    whole.shareable += part.shareable
    whole.untagged += part.untagged
    whole.by_cap.update(part.by_cap)
    for folds, more in ((whole.judged, part.judged), (whole.tactics, part.tactics)):
        for tactic, fold in more.items():
            kinds = folds.setdefault(tactic, Fold()).kinds
            for kind, one in fold.kinds.items():
                total = kinds.setdefault(kind, OfKind())
                total.pages += one.pages
                total.weight += one.weight
                total.earned += one.earned


# -- the parts ----------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Parts:
    """The difference of two scores and what it is made of."""

    before: float
    """As the earlier crawl's report said."""
    now: float
    terms: Mapping[Step, float]
    """They add up to ``now - before``."""

    @property
    def whole(self) -> float:
        return self.now - self.before

    @property
    def before_today(self) -> float:
        """The earlier crawl by today's rules: what today's score may be compared with."""
        return self.before + self.terms[Step.RULES]

    @property
    def moved(self) -> float:
        """What the site itself did."""
        return self.now - self.before_today


def parts(before: float | None, now: float | None, scores: Sequence[float | None]) -> Parts | None:
    """None where one of the crawls has no score.

    What today's rules make of the stored outcomes stands beside the stored scores; where both crawls were
    judged by today's rules the two agree, and otherwise the gap is the rules'.
    """
    if before is None or now is None:
        return None
    heights = list(_filled(scores, before))
    terms = {step: heights[stage] - heights[stage - 1] for step, stage in ORDER.items()}
    terms[Step.RULES] += (heights[START] - before) + (now - heights[-1])
    return Parts(before=before, now=now, terms=terms)


def _filled(scores: Iterable[float | None], at_first: float) -> Iterator[float]:
    """A stage without any page has no score: nothing moves there."""
    last = at_first
    for score in scores:
        last = last if score is None else score
        yield last
