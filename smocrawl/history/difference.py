"""Compares two crawls of one site: scores, findings, pages and cards, and what the difference is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from attrs import define, field, frozen

from smocrawl.history import comparable as gate
from smocrawl.history.cards import CardChange, ImageChange, changed_cards, changed_images
from smocrawl.history.comparable import Why
from smocrawl.history.naming import finished, name_of
from smocrawl.history.pairs import Outlook, Pair, page_changes, pairs, site_changes, step_of
from smocrawl.history.reading import Silence, Verdicts, Whole, pages, silence, whole
from smocrawl.history.steps import Parts, Stages, parts
from smocrawl.history.told_apart import garbled, lost_feeds
from smocrawl.history.turns import Change, Step, Turn
from smocrawl.registry import all_checks, all_site_checks
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.runs import Run

SAME = 1.0
"""Points within which a score counts as unchanged: crawls differ by that much by themselves."""


@frozen(kw_only=True)
class Side:
    """One of the two crawls."""

    id: int
    name: str
    started: datetime
    pages: int
    ruleset: str
    algorithm: int


@frozen(kw_only=True)
class ScoreChange:
    """One number of the site. scope: site, tactic, platform, crosslink."""

    scope: str
    key: str
    before: float | None
    now: float | None


@frozen(kw_only=True)
class Difference:
    """Everything that two crawls say of each other."""

    before: Side
    now: Side
    scores: tuple[ScoreChange, ...]
    """Those before by today's rules where the crawl was judged anew."""
    parts: Parts | None
    changes: tuple[Change, ...]
    """All but those that stayed."""
    still: Mapping[str, tuple[str, ...]]
    """Faults that both crawls found: check -> addresses (empty = the site)."""
    new_pages: tuple[str, ...]
    gone_pages: tuple[str, ...]
    unreached_pages: tuple[str, ...]
    """Read before; this time they did not answer or were not asked."""
    opened_pages: tuple[str, ...]
    """Search engines may list them again (noindex is gone)."""
    closed_pages: tuple[str, ...]
    """Search engines may not list them any more."""
    garbled_pages: tuple[str, ...]
    """Title or description were sound and now show the signs of a wrong encoding."""
    lost_feeds: tuple[str, ...]
    """Feeds that answered before and do not now, or that nothing leads to any more."""
    cards: tuple[CardChange, ...]
    images: tuple[ImageChange, ...]
    why_not: tuple[Why, ...]
    """Why the scores cannot be compared; empty where they can."""
    judged_anew: bool = False

    @property
    def comparable(self) -> bool:
        return not self.why_not

    @property
    def is_same(self) -> bool:
        """The score has not moved by more than crawls differ by themselves."""
        return self.parts is not None and abs(self.parts.moved) < SAME

    def of(self, turn: Turn) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.turn is turn)

    def counted(self, turn: Turn) -> list[tuple[str, int]]:
        """Checks with the number of pages that turned so, the most first."""
        found = Counter(one.check for one in self.changes if one.turn is turn)
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))


@define
class _Gathered:
    """What the walk over all pages leaves behind."""

    stages: Stages = field(factory=Stages)
    changes: list[Change] = field(factory=list)
    still: dict[str, list[str]] = field(factory=dict)
    cards: list[CardChange] = field(factory=list)
    new: list[str] = field(factory=list)
    gone: list[str] = field(factory=list)
    unreached: list[str] = field(factory=list)
    opened: list[str] = field(factory=list)
    closed: list[str] = field(factory=list)
    read: Counter[str] = field(factory=Counter)

    def note(self, changes: Iterable[Change]) -> None:
        for one in changes:
            if one.turn is Turn.STILL:
                self.still.setdefault(one.check, []).append(one.url)
            else:
                self.changes.append(one)


def compare(database: Database, before: int, now: int, *, anew: Database | None = None) -> Difference:
    """*anew*: a copy of the store in which the run *before* is judged by today's rules (facts are the truth).

    Without it the stored verdicts are compared, and what the rules changed shows as its own part.
    """
    earlier = anew or database
    old, new = runs.load(database, before), runs.load(database, now)
    outlook = _outlook(database, old, new)
    was, has = whole(earlier, before, all_site_checks()), whole(database, now, all_site_checks())
    found = _Gathered()
    verdicts = Verdicts(all_checks())
    for pair in pairs(pages(earlier, before, verdicts), pages(database, now, verdicts)):
        _walk(found, pair, outlook)
    _site(found, was, has, outlook)
    stored = whole(database, before, all_site_checks()).score
    heights = found.stages.scores(has.weights or was.weights)
    made = parts(stored, has.score, heights)
    sides = _side(database, old, found.read["before"]), _side(database, new, found.read["now"])
    return Difference(
        before=sides[0],
        now=sides[1],
        scores=tuple(_scores(earlier, database, before, now)),
        parts=made,
        changes=tuple(found.changes),
        still={check: tuple(urls) for check, urls in sorted(found.still.items())},
        new_pages=tuple(sorted(found.new)),
        gone_pages=tuple(sorted(found.gone)),
        unreached_pages=tuple(sorted(found.unreached)),
        opened_pages=tuple(sorted(found.opened)),
        closed_pages=tuple(sorted(found.closed)),
        garbled_pages=garbled(found.cards),
        lost_feeds=lost_feeds(
            database, before, now, silent=(*outlook.now.failed, *outlook.now.unasked), gone=found.gone
        ),
        cards=tuple(found.cards),
        images=tuple(changed_images(database, before, now)),
        why_not=tuple(_why_not(database, (old, new), sides, found, made, judged_anew=anew is not None)),
        judged_anew=anew is not None,
    )


def _outlook(database: Database, before: Run, now: Run) -> Outlook:
    then, today = silence(database, before.id), silence(database, now.id)
    between = [run.id for run in finished(database) if run.id < now.id]
    last = silence(database, between[-1]) if between else Silence(failed={}, unasked=frozenset())
    unconfirmed = today.without(last.failed)
    return Outlook(
        before=then,
        now=today,
        unconfirmed=frozenset(unconfirmed),
        addresses=frozenset(unconfirmed.values()),
        checks={**all_checks(), **all_site_checks()},
    )


def _walk(found: _Gathered, pair: Pair, outlook: Outlook) -> None:
    before, now = pair
    found.read["before"] += bool(before and before.is_read)
    found.read["now"] += bool(now and now.is_read)
    _presence(found, pair, outlook)
    moves = page_changes(pair, outlook)
    found.note(moves.changes)
    if before and now and before.is_read and now.is_read:
        # What did not answer has no new card that a network could be made to read.
        found.cards.extend(changed_cards(before, now))
        if before.indexable != now.indexable:
            (found.opened if now.indexable else found.closed).append(now.url)
    _stage(found.stages, pair, moves.steps, outlook)


def _presence(found: _Gathered, pair: Pair, outlook: Outlook) -> None:
    before, now = pair
    if now and now.is_read and not (before and before.is_read):
        found.new.append(now.url)
    elif before and before.is_read and not (now and now.is_read):
        (found.unreached if outlook.is_silent(before.id) else found.gone).append(before.url)


def _stage(stages: Stages, pair: Pair, steps: Mapping[str, Step], outlook: Outlook) -> None:
    """Pages that count in both crawls turn check by check; the others come or go as a whole."""
    before = pair[0] if pair[0] and pair[0].counts else None
    now = pair[1] if pair[1] and pair[1].counts else None
    if before and now:
        stages.both(before, now, steps)
    elif before:
        stages.only_before(before, step_of(before, outlook, comes=False))
    elif now:
        stages.only_now(now, step_of(now, outlook, comes=True))


def _site(found: _Gathered, was: Whole, has: Whole, outlook: Outlook) -> None:
    moves = site_changes(was, has, outlook)
    found.note(moves.changes)
    found.stages.whole(was, has, moves.steps)


SCORES = "SELECT scope, key, value FROM site_score WHERE run = ? ORDER BY scope, key"


def _scores(earlier: Database, database: Database, before: int, now: int) -> Iterator[ScoreChange]:
    was = {(row["scope"], row["key"]): row["value"] for row in earlier.rows(SCORES, before)}
    has = {(row["scope"], row["key"]): row["value"] for row in database.rows(SCORES, now)}
    order = {"site": 0, "crosslink": 1, "tactic": 2, "platform": 3}
    for scope, key in sorted(was.keys() | has.keys(), key=lambda one: (order.get(one[0], 4), one)):
        yield ScoreChange(scope=scope, key=key, before=was.get((scope, key)), now=has.get((scope, key)))


def _side(database: Database, run: Run, read: int) -> Side:
    row = database.rows("SELECT ruleset, algorithm FROM run WHERE id = ?", run.id)[0]
    return Side(
        id=run.id, name=name_of(run), started=run.started, pages=read,
        ruleset=row["ruleset"], algorithm=row["algorithm"],
    )  # fmt: skip


def _why_not(
    database: Database, both: tuple[Run, Run], sides: tuple[Side, Side], found: _Gathered, made: Parts | None, *,
    judged_anew: bool,
) -> Iterator[Why]:  # fmt: skip
    if made is None:
        yield Why(code="no-score")
    yield from gate.arguments_differ(*both)
    gone = len(found.gone) + len(found.unreached)
    yield from gate.pages_differ(new=len(found.new), gone=gone, pages=max(side.pages for side in sides))
    for run, side in zip(both, sides, strict=True):
        yield from gate.too_many_errors(database, run, side.name)
    yield from gate.robots_differ(database, *both)
    yield from gate.rendering_differs(database, *both)
    if not judged_anew and (sides[0].ruleset, sides[0].algorithm) != (sides[1].ruleset, sides[1].algorithm):
        yield Why(code="rules")
