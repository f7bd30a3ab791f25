"""What passing one check would change on one page, exactly and without judging the page again."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field, frozen

from smocrawl.checks.base import Declaration, Outcome, Tactic
from smocrawl.scoring import Judged, judged, tables
from smocrawl.scoring.pages import capped

EXAMPLES = 5
"""Addresses named for a fix: those that most links lead to."""


@define
class Worth:
    """What passing one check on the pages of one template would add."""

    pages: int = 0
    inlinks: int = 0
    gains: dict[Tactic, float] = field(factory=dict)
    """Points x prominence by tactic."""
    lifted: Counter[str] = field(factory=Counter)
    """Pages freed of a cap, by the blocker that sets it."""
    tagged: int = 0
    """Pages that would no longer be without tags."""
    examples: list[tuple[int, str]] = field(factory=list)
    """(inlinks, address) of the pages that most links lead to."""

    def add_page(self, address: str, inlinks: int) -> None:
        self.pages += 1
        self.inlinks += inlinks
        if len(self.examples) < EXAMPLES:
            heapq.heappush(self.examples, (inlinks, address))
        else:
            heapq.heappushpop(self.examples, (inlinks, address))

    def add(self, other: Worth) -> None:
        self.pages += other.pages
        self.inlinks += other.inlinks
        self.lifted.update(other.lifted)
        self.tagged += other.tagged
        for tactic, gain in other.gains.items():
            self.gains[tactic] = self.gains.get(tactic, 0.0) + gain
        self.examples = heapq.nlargest(EXAMPLES, [*self.examples, *other.examples])


@define
class Sum:
    """Weight and earnings of one tactic on one page."""

    whole: float = 0.0
    earned: float = 0.0

    def score(self, ceiling: int | None) -> float | None:
        return capped(100 * self.earned / self.whole, ceiling) if self.whole else None

    def without(self, one: Judged, instead: Judged) -> Sum:
        return Sum(
            self.whole - one.weight + instead.weight,
            self.earned - one.weight * one.value + instead.weight * instead.value,
        )


Sums = Mapping[Tactic, Sum]


def sums_of(results: Sequence[Judged]) -> Sums:
    found: dict[Tactic, Sum] = defaultdict(Sum)
    for one in results:
        total = found[one.tactic]
        total.whole += one.weight
        total.earned += one.weight * one.value
    return found


def gains_of(
    results: Sequence[Judged], sums: Sums, checks: Mapping[str, Declaration]
) -> Iterator[tuple[Judged, list[tuple[Tactic, float]]]]:
    """For each check that did not pass, what each tactic's score would gain by its passing."""
    caps = Counter(one.cap for one in results if one.cap is not None)
    now = min(caps, default=None)
    following = min((cap for cap in caps if cap != now), default=None)
    for one in results:
        if one.outcome is Outcome.PASSED or not one.weight:
            continue
        passed = judged(checks[one.check], Outcome.PASSED)
        # Of several blockers that set the same cap none lifts it alone: they share what it takes away.
        ceiling, part = (following, 1 / caps[one.cap]) if one.cap is not None and one.cap == now else (now, 1.0)
        yield one, list(_gains(one, passed, sums, Lift(now, ceiling, part)))


@frozen
class Lift:
    """The cap of a page before and after a blocker is gone, and the blocker's part in that."""

    before: int | None
    after: int | None
    part: float


def _gains(one: Judged, passed: Judged, sums: Sums, lift: Lift) -> Iterator[tuple[Tactic, float]]:
    for tactic in {one.tactic, tables.CAPPED_TACTIC}:
        total = sums[tactic]
        before, after = (lift.before, lift.after) if tactic is tables.CAPPED_TACTIC else (None, None)
        old, free = total.score(before), total.score(after)
        new = (total.without(one, passed) if tactic is one.tactic else total).score(after)
        if old is not None and free is not None and new is not None and new != old:
            yield tactic, new - free + (free - old) * lift.part
