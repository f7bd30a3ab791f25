"""Folds the reviews of all pages into the scores of the site, and keeps what the worth of each fix is counted from."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from attrs import define, field, frozen

from smocrawl.checks.base import Declaration, Outcome, Severity, Tactic
from smocrawl.page import Kind
from smocrawl.scoring import Census, Fold, Judged, judged, prominence, tables
from smocrawl.scoring.pages import tactic_scores
from smocrawl.site.desk import Desk
from smocrawl.store.facts import from_json

EXAMPLES = 5
"""Addresses named for a fix: those that most links lead to."""

Key = tuple[str, str, str]
"""(check, kind, template): what one change of one template mends."""


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

    def add(self, other: Worth) -> None:
        self.pages += other.pages
        self.inlinks += other.inlinks
        self.lifted.update(other.lifted)
        self.tagged += other.tagged
        for tactic, gain in other.gains.items():
            self.gains[tactic] = self.gains.get(tactic, 0.0) + gain
        self.examples = heapq.nlargest(EXAMPLES, [*self.examples, *other.examples])


@define
class Rollup:
    """All pages of a run, held as sums: memory grows with templates, not with pages."""

    page: Fold = field(factory=Fold)
    tactics: dict[Tactic, Fold] = field(factory=dict)
    judged: dict[Tactic, Fold] = field(factory=dict)
    """Weight of the checks of each tactic that were judged, over all pages; a page without any counts as 0."""
    platforms: dict[str, Fold] = field(factory=dict)
    by_cap: Counter[str] = field(factory=Counter)
    shareable: int = 0
    untagged: int = 0
    covered: float = 0.0
    weight: float = 0.0
    worth: dict[Key, Worth] = field(factory=dict)
    pages_of: Counter[tuple[str, str]] = field(factory=Counter)
    """Pages by (kind, template)."""

    @property
    def coverage(self) -> float | None:
        return self.covered / self.weight if self.weight else None

    def census(self, *, bots_shut_out: bool) -> Census:
        return Census(
            pages=self.shareable, by_cap=dict(self.by_cap), without_tags=self.untagged, bots_shut_out=bots_shut_out
        )


@frozen(kw_only=True)
class Judgement:
    """One page's stored review."""

    address: str
    kind: Kind
    template: str
    shareable: bool
    untagged: bool
    weight: float
    """Its prominence."""
    inlinks: int
    score: float | None
    cap: str | None
    coverage: float
    tactics: Mapping[str, float]
    platforms: Mapping[str, float]
    results: tuple[Judged, ...]


def roll_up(desk: Desk, checks: Mapping[str, Declaration]) -> Rollup:
    found = Rollup()
    for one in _judgements(desk, checks):
        _add(found, one, checks)
    return found


QUERY = """
SELECT page.address, page.kind, page.template, page.shareable, page.inlinks, page.clicks,
       page.og_title IS NULL AND page.og_description IS NULL AND page.og_image IS NULL AND page.og_type IS NULL AS untagged,
       page.in_any_list AS listed,
       review.score, review.cap, review.coverage, review.tactics, review.platforms, review.outcomes,
       (SELECT json_group_object(finding.check_id, finding.severity) FROM finding
        WHERE finding.run = page.run AND finding.url = page.url) AS severities
FROM scored_page AS page JOIN review ON review.run = page.run AND review.url = page.url
ORDER BY page.url
"""


def _judgements(desk: Desk, checks: Mapping[str, Declaration]) -> Iterator[Judgement]:
    for row in desk.database.connection.execute(QUERY):
        severities = from_json(row["severities"])
        yield Judgement(
            address=row["address"],
            kind=Kind(row["kind"]),
            template=row["template"],
            shareable=bool(row["shareable"]),
            untagged=bool(row["untagged"]),
            weight=prominence(row["clicks"], listed=bool(row["listed"])),
            inlinks=row["inlinks"],
            score=row["score"],
            cap=row["cap"],
            coverage=row["coverage"],
            tactics=from_json(row["tactics"]),
            platforms=from_json(row["platforms"]),
            results=tuple(_results(from_json(row["outcomes"]), severities, checks)),
        )


def _results(
    outcomes: Mapping[str, str], severities: Mapping[str, str], checks: Mapping[str, Declaration]
) -> Iterator[Judged]:
    """A check that is no longer installed is left out."""
    for name, outcome in outcomes.items():
        check = checks.get(name)
        if check is not None and outcome in tables.VALUES:
            raised = severities.get(name)
            yield judged(check, Outcome(outcome), Severity(raised) if raised else None)


def _add(found: Rollup, one: Judgement, checks: Mapping[str, Declaration]) -> None:
    found.pages_of[one.kind.value, one.template] += 1
    if one.score is None:
        return
    found.page.add(one.kind, one.weight, one.score)
    found.covered += one.weight * one.coverage
    found.weight += one.weight
    if one.shareable:
        found.shareable += 1
        found.untagged += one.untagged
        found.by_cap.update([one.cap] if one.cap else [])
    for name, score in one.tactics.items():
        found.tactics.setdefault(Tactic(name), Fold()).add(one.kind, one.weight, score)
    for tactic in Tactic:
        weight = sum(result.weight for result in one.results if result.tactic is tactic)
        found.judged.setdefault(tactic, Fold()).add(one.kind, one.weight, weight)
    for name, score in one.platforms.items():
        found.platforms.setdefault(name, Fold()).add(one.kind, one.weight, score)
    for check, worth in _worths(one, checks):
        found.worth.setdefault((check, one.kind.value, one.template), Worth()).add(worth)


def _worths(one: Judgement, checks: Mapping[str, Declaration]) -> Iterator[tuple[str, Worth]]:
    """For each check that did not pass, what its passing would change: the exact counterfactual of this page."""
    before = _tactics(one.results)
    for at, result in enumerate(one.results):
        if result.outcome is Outcome.PASSED or not result.weight:
            continue
        worth = Worth(pages=1, inlinks=one.inlinks, examples=[(one.inlinks, one.address)])
        passed = judged(checks[result.check], Outcome.PASSED)
        after = _tactics((*one.results[:at], passed, *one.results[at + 1 :]), {result.tactic, tables.CAPPED_TACTIC})
        for tactic, score in after.items():
            if gain := score - before[tactic]:
                worth.gains[tactic] = gain * one.weight
        if one.shareable and result.check == one.cap:
            worth.lifted[result.check] = 1
        worth.tagged = int(one.shareable and one.untagged and result.check == tables.NO_TAGS_CHECK)
        yield result.check, worth


def _tactics(results: Sequence[Judged], wanted: Container[Tactic] = frozenset(Tactic)) -> dict[Tactic, float]:
    """Scores of the *wanted* tactics of one page, caps included."""
    ceiling = min((one.cap for one in results if one.cap is not None), default=None)
    by_tactic: dict[Tactic, list[Judged]] = {}
    for one in results:
        if one.tactic in wanted:
            by_tactic.setdefault(one.tactic, []).append(one)
    return {Tactic(name): score for name, score in tactic_scores(by_tactic, ceiling).items()}
