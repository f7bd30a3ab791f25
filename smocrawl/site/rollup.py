"""Folds the reviews of all pages into the scores of the site, and keeps what the worth of each fix is counted from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from attrs import define, field, frozen

from smocrawl.checks.base import Declaration, Outcome, Severity, Tactic
from smocrawl.page import Kind
from smocrawl.scoring import Census, Fold, Judged, judged, prominence, tables
from smocrawl.site.desk import Desk
from smocrawl.site.worth import Worth, gains_of, sums_of
from smocrawl.store.facts import from_json, outcomes_of

Key = tuple[str, str, str]
"""(check, kind, template): what one change of one template mends."""


@define
class Rollup:
    """All pages of a run, held as sums: memory grows with templates, not with pages."""

    page: Fold = field(factory=Fold)
    tactics: dict[Tactic, Fold] = field(factory=lambda: defaultdict(Fold))
    judged: dict[Tactic, Fold] = field(factory=lambda: defaultdict(Fold))
    """Weight of the checks of each tactic that were judged, over all pages; a page without any counts as 0."""
    platforms: dict[str, Fold] = field(factory=lambda: defaultdict(Fold))
    by_cap: Counter[str] = field(factory=Counter)
    shareable: int = 0
    untagged: int = 0
    covered: float = 0.0
    weight: float = 0.0
    worth: dict[Key, Worth] = field(factory=lambda: defaultdict(Worth))
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
    told: Told


@frozen
class Told:
    """What one set of answers is worth, whichever page gave it."""

    whole: Mapping[Tactic, float]
    """Weight of the checks that were judged, by tactic."""
    gains: tuple[tuple[str, tuple[tuple[Tactic, float], ...]], ...]
    """For each check that did not pass, what each tactic's score would gain by its passing."""


def roll_up(desk: Desk, checks: Mapping[str, Declaration]) -> Rollup:
    found = Rollup()
    for one in _judgements(desk, Answers(checks)):
        _add(found, one)
    return found


QUERY = """
SELECT page.address, page.kind, page.template, page.shareable, page.inlinks, page.clicks,
       page.og_title IS NULL AND page.og_description IS NULL AND page.og_image IS NULL AND page.og_type IS NULL AS untagged,
       page.in_any_list AS listed,
       review.score, review.cap, review.coverage, review.tactics, review.platforms, told.outcomes,
       (SELECT json_group_object(finding.check_id, finding.severity) FROM finding
        WHERE finding.run = page.run AND finding.url = page.url AND finding.outcome != 'suppressed') AS severities
FROM scored_page AS page JOIN review ON review.run = page.run AND review.url = page.url
JOIN review_outcomes AS told ON told.run = review.run AND told.url = review.url
ORDER BY page.url
"""


def _judgements(desk: Desk, answers: Answers) -> Iterator[Judgement]:
    for row in desk.database.connection.execute(QUERY):
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
            tactics=_scores(row["tactics"]),
            platforms=_scores(row["platforms"]),
            told=answers.told(row["outcomes"], row["severities"]),
        )


@lru_cache(maxsize=1_000)
def _scores(text: str) -> dict[str, float]:
    """Pages of one template bear the same scores."""
    found: dict[str, float] = from_json(text)
    return found


class Answers:
    """Sets of answers by what they are worth: pages of one template give few, and there are many pages."""

    MOST = 2_000
    """Sets that are held; a site with more of them is large, and its templates lie together."""

    def __init__(self, checks: Mapping[str, Declaration]) -> None:
        self.checks = checks
        self._results = Results(checks)
        self._known: dict[tuple[bytes, str], Told] = {}

    def told(self, outcomes: bytes, severities: str) -> Told:
        found = self._known.get((outcomes, severities))
        if found is None:
            if len(self._known) >= self.MOST:
                self._known.clear()
            found = self._known[outcomes, severities] = self._made(outcomes, severities)
        return found

    def _made(self, outcomes: bytes, severities: str) -> Told:
        results = tuple(self._results.of(outcomes_of(outcomes), from_json(severities)))
        sums = sums_of(results)
        gains = ((one.check, tuple(gained)) for one, gained in gains_of(results, sums, self.checks))
        return Told({tactic: sums[tactic].whole for tactic in Tactic}, tuple(gains))


class Results:
    """Stored outcomes as scoring takes them; each combination is made once, for there are few and pages are many."""

    def __init__(self, checks: Mapping[str, Declaration]) -> None:
        self.checks = checks
        self._known: dict[tuple[str, str, str | None], Judged] = {}

    def of(self, outcomes: Mapping[str, str], severities: Mapping[str, str]) -> Iterator[Judged]:
        """A check that is no longer installed is left out."""
        for name, outcome in outcomes.items():
            if outcome in tables.VALUES and name in self.checks:
                key = (name, outcome, severities.get(name))
                yield self._known.get(key) or self._made(key)

    def _made(self, key: tuple[str, str, str | None]) -> Judged:
        name, outcome, raised = key
        made = judged(self.checks[name], Outcome(outcome), Severity(raised) if raised else None)
        self._known[key] = made
        return made


def _add(found: Rollup, one: Judgement) -> None:
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
        found.tactics[Tactic(name)].add(one.kind, one.weight, score)
    for tactic, whole in one.told.whole.items():
        found.judged[tactic].add(one.kind, one.weight, whole)
    for name, score in one.platforms.items():
        found.platforms[name].add(one.kind, one.weight, score)
    for check, gains in one.told.gains:
        worth = found.worth[check, one.kind.value, one.template]
        worth.add_page(one.address, one.inlinks)
        for tactic, gain in gains:
            worth.gains[tactic] = worth.gains.get(tactic, 0.0) + gain * one.weight
        if one.shareable:
            if check == one.cap:
                worth.lifted[check] += 1
            worth.tagged += one.untagged and check == tables.NO_TAGS_CHECK
