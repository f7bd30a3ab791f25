"""Puts the pages of two crawls side by side and says how each of their checks turned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from smocrawl.checks.base import Declaration, Outcome
from smocrawl.history.reading import Seen, Silence, Told, Whole
from smocrawl.history.turns import FAULTS, Change, Move, Step, Turn, move
from smocrawl.scoring import Judged

Pair = tuple[Seen | None, Seen | None]
"""A page before and now; None = that crawl did not read it."""


@frozen(kw_only=True)
class Outlook:
    """What both crawls know beyond single pages."""

    before: Silence
    now: Silence
    unconfirmed: frozenset[int]
    """Addresses that failed to answer now and that no crawl before has seen failing."""
    addresses: frozenset[str]
    """The same, as text."""
    checks: Mapping[str, Declaration]

    def is_silent(self, page: int) -> bool:
        """It said nothing now, so nobody knows whether it is gone."""
        return page in self.now.failed or page in self.now.unasked

    def is_shaky(self, told: Sequence[Told]) -> bool:
        """All that was found rests on an address that failed to answer, and only this once."""
        return bool(told and self.addresses) and all(self._names_one(one.evidence) for one in told)

    def _names_one(self, evidence: Mapping[str, Any]) -> bool:
        return any(isinstance(value, str) and value in self.addresses for value in evidence.values())

    def is_timed(self, check: str) -> bool:
        return check in self.checks and self.checks[check].time_dependent


@frozen(kw_only=True)
class Moves:
    """How the checks of one page, or of the site, turned."""

    steps: Mapping[str, Step]
    changes: tuple[Change, ...] = field(factory=tuple)


def pairs(before: Iterable[Seen], now: Iterable[Seen]) -> Iterator[Pair]:
    """Both in the order of their ids."""
    left, right = iter(before), iter(now)
    one, other = next(left, None), next(right, None)
    while one or other:
        if other is None or (one is not None and one.id < other.id):
            yield one, None
            one = next(left, None)
        elif one is None or other.id < one.id:
            yield None, other
            other = next(right, None)
        else:
            yield one, other
            one, other = next(left, None), next(right, None)


def step_of(page: Seen, outlook: Outlook, *, comes: bool) -> Step:
    """The step at which a page that only one crawl counts comes or goes."""
    if comes:
        unseen = page.id in outlook.before.failed or page.id in outlook.before.unasked
        return Step.COVERAGE if unseen else Step.NEW
    if page.id in outlook.now.failed and page.id not in outlook.unconfirmed:
        return Step.REGRESSED
    return Step.COVERAGE if outlook.is_silent(page.id) else Step.REMOVED


def page_changes(pair: Pair, outlook: Outlook) -> Moves:
    before, now = pair
    if now is None:
        return Moves(steps={})
    if before is None:
        return Moves(steps={}, changes=tuple(_all_new(now)))
    silent = now.id in outlook.unconfirmed
    own = {
        check: move(
            was,
            has,
            aged=was is not has and outlook.is_timed(check) and not now.is_touched_since(before),
            shaky=silent or outlook.is_shaky(now.findings.get(check, ())),
        )
        for check, was, has in _telling(before.results, now.results)
    }
    moves = _with_followers(own, before.results, now.results)
    return Moves(
        steps=_steps(moves),
        changes=tuple(_changes(moves, now.url, (before.results, now.results), (before.findings, now.findings))),
    )


Verdict = tuple[str, Judged | None, Judged | None]
"""(check, before, now)"""


def _telling(before: Mapping[str, Judged], now: Mapping[str, Judged]) -> Iterator[Verdict]:
    """All but those that found nothing, then as now: most checks of most pages."""
    if before is now:
        yield from ((check, one, one) for check, one in now.items() if one.outcome in FAULTS)
        return
    for check in before.keys() | now.keys():
        was, has = before.get(check), now.get(check)
        if was is not has or (has is not None and has.outcome in FAULTS):
            yield check, was, has


def site_changes(was: Whole, has: Whole, outlook: Outlook) -> Moves:
    """A check of the site that turns with time and got worse did so because nobody added anything."""
    moves = {}
    for check in was.results.keys() | has.results.keys():
        before, now = was.results.get(check), has.results.get(check)
        worse = now is not None and now.outcome in FAULTS
        moves[check] = move(
            before,
            now,
            aged=worse and outlook.is_timed(check),
            shaky=outlook.is_shaky(has.findings.get(check, ())),
        )
    return Moves(
        steps=_steps(moves),
        changes=tuple(_changes(moves, "", (was.results, has.results), (was.findings, has.findings))),
    )


def _steps(moves: Mapping[str, Move]) -> dict[str, Step]:
    return {check: one.step for check, one in moves.items() if one.step}


def _with_followers(
    moves: Mapping[str, Move], before: Mapping[str, Judged], now: Mapping[str, Judged]
) -> dict[str, Move]:
    """A check that applies because another was mended belongs to the mending; likewise with what broke.

    A page that gets its first picture is judged by that picture's size as well: a fault of it is new, and nothing
    got worse.  One that loses its picture has not mended the missing description of it.
    """
    came = {check for check in moves if _applies_not(before.get(check))}
    went = {check for check in moves if _applies_not(now.get(check))}
    mended = any(one.step is Step.FIXED and check not in went for check, one in moves.items())
    broken = any(one.step is Step.REGRESSED and check not in came for check, one in moves.items())
    found = dict(moves)
    for check, one in moves.items():
        if broken and check in went and one.step in (Step.COVERAGE, Step.FIXED):
            found[check] = Move(step=Step.REGRESSED, turn=Turn.UNSEEN if one.turn else None)
        elif mended and check in came and one.step in (Step.COVERAGE, Step.REGRESSED):
            found[check] = Move(step=Step.FIXED, turn=Turn.NEW if one.turn else None)
    return found


def _applies_not(one: Judged | None) -> bool:
    return one is not None and one.outcome is Outcome.NOT_APPLICABLE


def _all_new(page: Seen) -> Iterator[Change]:
    for check, one in sorted(page.results.items()):
        if one.outcome in FAULTS:
            yield _change(check, page.url, Turn.NEW, (None, one), page.findings.get(check, ()))


def _changes(
    moves: Mapping[str, Move],
    url: str,
    results: tuple[Mapping[str, Judged], Mapping[str, Judged]],
    findings: tuple[Mapping[str, Sequence[Told]], Mapping[str, Sequence[Told]]],
) -> Iterator[Change]:
    for check, one in sorted(moves.items()):
        if one.turn:
            told = findings[1].get(check) or findings[0].get(check) or ()
            yield _change(check, url, one.turn, (results[0].get(check), results[1].get(check)), told)


def _change(
    check: str, url: str, turn: Turn, results: tuple[Judged | None, Judged | None], told: Sequence[Told]
) -> Change:
    before, now = results
    return Change(
        check=check,
        url=url,
        turn=turn,
        before=before.outcome.value if before else "",
        now=now.outcome.value if now else "",
        severity=told[0].severity if told else "",
        evidence=told[0].evidence if told else {},
    )
