"""What became of one verdict between two crawls, and to which part of the difference it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from smocrawl.checks.base import Outcome
from smocrawl.scoring import Judged, tables

FAULTS = frozenset({Outcome.FAILED, Outcome.WARNED})


class Step(StrEnum):
    """The parts into which a difference of scores is split, in the order in which they are counted."""

    RULES = "rules"
    """The crawls were judged by different rules or weights."""
    REMOVED = "removed pages"
    COVERAGE = "coverage"
    """More or less of the site could be read or measured, or other checks apply."""
    AGEING = "ageing"
    """Time passed and nobody touched the page."""
    FIXED = "fixed"
    REGRESSED = "regressed"
    MOVED = "moved pages"
    """Pages nearer or deeper, in or out of the sitemap, taken for another kind."""
    NEW = "new pages"


class Turn(StrEnum):
    """What became of a fault."""

    NEW = "new"
    """On a page, or of a check, of which the earlier crawl could say nothing."""
    FIXED = "fixed"
    """Gone, or milder than before."""
    REGRESSED = "regressed"
    """The earlier crawl judged the same page and found it better."""
    STILL = "still"
    AGED = "aged"
    """Came with time alone."""
    UNCONFIRMED = "unconfirmed"
    """Rests on a failure of the network that no second crawl has seen yet."""
    UNSEEN = "unseen"
    """Was there, and could not be judged this time."""


@frozen(kw_only=True)
class Change:
    """One check on one page (or on the site: *url* empty), then and now."""

    check: str
    url: str
    turn: Turn
    before: str
    """Outcome; empty where there was none."""
    now: str
    severity: str
    evidence: Mapping[str, Any] = field(factory=dict)
    """Of today's finding, or of the earlier one where it is gone."""


@frozen(kw_only=True)
class Move:
    """How one check turned on one page."""

    step: Step | None
    """None = nothing that counts."""
    turn: Turn | None
    """None = no fault on either side."""


NOTHING = Move(step=None, turn=None)
STAYED = Move(step=None, turn=Turn.STILL)


def move(before: Judged | None, now: Judged | None, *, aged: bool, shaky: bool) -> Move:
    """*aged*: the check turns with time and the page is as it was; *shaky*: seen once, over a network that failed.

    None stands for a check that one of the two crawls did not know.
    """
    was, has = _is_fault(before), _is_fault(now)
    if before is now:
        # Equal outcomes are one object: most checks of most pages end here.
        return STAYED if has else NOTHING
    if before is None or now is None:
        return Move(step=Step.RULES, turn=Turn.NEW if has else Turn.UNSEEN if was else None)
    if (before.outcome, before.weight) == (now.outcome, now.weight):
        return STAYED if has else NOTHING
    if Outcome.NOT_MEASURED in (before.outcome, now.outcome):
        return Move(step=Step.COVERAGE, turn=Turn.NEW if has else Turn.UNSEEN if was else None)
    lost, loses = _loss(before), _loss(now)
    if lost == loses:
        return Move(step=Step.COVERAGE, turn=Turn.STILL if has else None)
    if aged:
        return Move(step=Step.AGEING, turn=Turn.AGED)
    if loses < lost:
        return Move(step=Step.FIXED, turn=Turn.FIXED)
    if shaky:
        return Move(step=Step.COVERAGE, turn=Turn.UNCONFIRMED)
    return Move(step=Step.REGRESSED, turn=Turn.REGRESSED)


def _is_fault(one: Judged | None) -> bool:
    return one is not None and one.outcome in FAULTS


def _loss(one: Judged) -> tuple[float, float]:
    """How bad an outcome is: a failure before a warning, then by weight; whatever is no fault loses nothing."""
    return (1 - tables.VALUES[one.outcome], one.weight) if one.outcome in FAULTS else (0.0, 0.0)
