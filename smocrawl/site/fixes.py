"""What to mend first: findings gathered by template, with the points that mending them adds to the site score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import resources
from typing import Any

from attrs import evolve, frozen

from smocrawl.checks.base import Declaration, Outcome, Tactic
from smocrawl.page import Kind
from smocrawl.scoring import Census, Judged, SiteScore, judged, mix, score_site, tables, tactic_score
from smocrawl.scoring.sites import effort, priority
from smocrawl.site.desk import Desk
from smocrawl.site.rollup import Key, Rollup
from smocrawl.site.worth import EXAMPLES, Worth
from smocrawl.store.facts import from_json
from smocrawl.store.verdicts import FixRow, SiteVerdict

MOST = 300
"""Fixes that are kept, the most urgent first."""

LEAST_GAIN = 0.0005
"""Points of the site score below which a change is no fix."""

OUTCOME = "outcome"
"""Stands among the evidence of a fix: a warning is worded otherwise than a failure."""

SEVERITY = "severity"
"""The same for a fix of the whole site: how grave it is there."""

EFFORTS = {
    "template": tables.EFFORT_TEMPLATE,
    "few pages": tables.EFFORT_FEW,
    "many pages": tables.EFFORT_MANY,
}
"""How a check of the site words its effort."""


@frozen(kw_only=True)
class Standing:
    """All that the site score is made of; what follows from it is reckoned once, for there are thousands of fixes."""

    rollup: Rollup
    site_results: Mapping[str, Judged]
    """Of the checks of the site, by id."""
    weights: Mapping[str, float]
    bots_shut_out: bool

    @cached_property
    def census(self) -> Census:
        return self.rollup.census(bots_shut_out=self.bots_shut_out)

    @cached_property
    def pages(self) -> dict[Tactic, float | None]:
        return {tactic: fold.value for tactic, fold in self.rollup.tactics.items()}

    @cached_property
    def site(self) -> dict[Tactic, float | None]:
        return site_tactics(self.site_results.values())

    @cached_property
    def ceilings(self) -> tuple[tuple[int, str], ...]:
        return tuple(self.census.ceilings())

    @cached_property
    def shares(self) -> Mapping[Tactic, Mapping[Kind, float]]:
        """Of each kind in what the pages say of a tactic."""
        return {tactic: fold.shares() for tactic, fold in self.rollup.tactics.items()}

    def score(
        self, pages: Mapping[Tactic, float | None], site: Mapping[Tactic, float | None], census: Census
    ) -> SiteScore:
        weights = self.site_weights
        mixed = {
            tactic: mix(tactic, pages.get(tactic), site.get(tactic), weights.get(tactic, 0.0)) for tactic in Tactic
        }
        return score_site(mixed, self.weights, census, self.judged)

    @cached_property
    def judged(self) -> dict[Tactic, float]:
        """Weight of the checks behind each tactic: of a page on average, and of the site."""
        found = {tactic: fold.value or 0.0 for tactic, fold in self.rollup.judged.items()}
        for tactic, weight in self.site_weights.items():
            found[tactic] = found.get(tactic, 0.0) + weight
        return found

    @cached_property
    def site_weights(self) -> dict[Tactic, float]:
        """Weight of the checks of the site that were measured."""
        found: dict[Tactic, float] = {}
        for one in self.site_results.values():
            if one.outcome in tables.VALUES:
                found[one.tactic] = found.get(one.tactic, 0.0) + one.weight
        return found

    def now(self) -> SiteScore:
        return self.score(self.pages, self.site, self.census)


def site_tactics(results: Iterable[Judged]) -> dict[Tactic, float | None]:
    grouped: dict[Tactic, list[Judged]] = {}
    for one in results:
        grouped.setdefault(one.tactic, []).append(one)
    return {tactic: tactic_score(found) for tactic, found in grouped.items()}


def fixes(
    desk: Desk, standing: Standing, verdicts: Iterable[SiteVerdict], checks: Mapping[str, Declaration]
) -> list[FixRow]:
    """The most urgent first."""
    found = [*_page_fixes(desk, standing), *_site_fixes(desk, standing, verdicts, checks)]
    kept = [fix for fix in found if fix.gain >= LEAST_GAIN]
    kept.sort(key=lambda fix: (-fix.priority, -fix.gain, fix.check, fix.kind, fix.template))
    return kept[:MOST]


# -- faults of pages --------------------------------------------------------------------------------


def _page_fixes(desk: Desk, standing: Standing) -> Iterator[FixRow]:
    before = standing.now()
    if before.site is None:
        return
    desk.database.connection.executescript(
        resources.files(__package__).joinpath("told.sql").read_text(encoding="utf-8")
    )
    by_check = _by_check(standing.rollup)
    for (check, kind, template), worth, of_group in _grouped(standing.rollup):
        mended = _of_group(by_check[check], kind, template)
        evidence, same = _commonest(desk, check, kind, template)
        work = effort(affected=worth.pages, of_kind=of_group, same_everywhere=1 < same == worth.pages)
        given_back = _given_back(standing, before, (group for _, group in mended))
        gain = _gain(before, _with(standing, mended), given_back)
        yield FixRow(
            check=check,
            template=template,
            kind=kind,
            pages=worth.pages,
            gain=gain,
            effort=work,
            priority=priority(gain, mean_inlinks=worth.inlinks, effort=work),
            evidence=evidence,
            examples=tuple(
                address for _, address in sorted(worth.examples, key=lambda one: (-one[0], one[1]))[:EXAMPLES]
            ),
        )


def _grouped(rollup: Rollup) -> Iterator[tuple[Key, Worth, int]]:
    """By template; a fault of nearly all pages of a kind is told once for the kind, and one of all kinds once at all."""
    by_check: dict[str, dict[Key, Worth]] = {}
    for key, worth in sorted(rollup.worth.items()):
        by_check.setdefault(key[0], {})[key] = worth
    of_kind: Counter[str] = Counter()
    for (kind, _), pages in rollup.pages_of.items():
        of_kind[kind] += pages
    everything = sum(of_kind.values())
    for check, found in by_check.items():
        whole = _sum(found.values())
        if len(found) > 1 and whole.pages >= tables.TEMPLATE_SHARE * everything:
            yield (check, "", ""), whole, everything
            continue
        for kind in sorted({key[1] for key in found}):
            of_this = {key: worth for key, worth in found.items() if key[1] == kind}
            merged = _sum(of_this.values())
            if len(of_this) > 1 and merged.pages >= tables.TEMPLATE_SHARE * of_kind[kind]:
                yield (check, kind, ""), merged, of_kind[kind]
            else:
                yield from ((key, worth, rollup.pages_of[kind, key[2]]) for key, worth in of_this.items())


def _sum(worths: Iterable[Worth]) -> Worth:
    total = Worth()
    for worth in worths:
        total.add(worth)
    return total


def _by_check(rollup: Rollup) -> Mapping[str, list[tuple[Key, Worth]]]:
    found: dict[str, list[tuple[Key, Worth]]] = {}
    for key, worth in rollup.worth.items():
        found.setdefault(key[0], []).append((key, worth))
    return found


def _of_group(of_check: Iterable[tuple[Key, Worth]], kind: str, template: str) -> list[tuple[Key, Worth]]:
    return [(key, worth) for key, worth in of_check if kind in ("", key[1]) and template in ("", key[2])]


def _with(standing: Standing, mended: Iterable[tuple[Key, Worth]]) -> SiteScore:
    """The site score if the check of *mended* passed on all its pages: a fold of sums, and exact."""
    pages = dict(standing.pages)
    for key, worth in mended:
        for tactic, weighted in worth.gains.items():
            gain = standing.rollup.tactics[tactic].gain(Kind(key[1]), weighted, standing.shares[tactic])
            pages[tactic] = (pages[tactic] or 0.0) + gain
    return standing.score(pages, standing.site, standing.census)


def _gain(before: SiteScore, after: SiteScore, given_back: float) -> float:
    """Points of the site score.

    Under a ceiling no change but lifting it would move the score, and of two ceilings neither: so what they take away
    is shared by those who lift them, and whatever else is mended counts for what it is worth once they are gone.
    """
    held = (before.uncapped or 0.0) - (before.site or 0.0)
    return (after.uncapped or 0.0) - (before.uncapped or 0.0) + held * given_back


def _given_back(standing: Standing, before: SiteScore, mended: Iterable[Worth]) -> float:
    """Which part of what the ceilings take away is given back, 0-1: each ceiling counts alike, and in it each page."""
    census, worths = standing.census, list(mended)
    ceilings = binding(standing, before)
    parts = 0.0
    for check in ceilings:
        if held := census.by_cap.get(check):
            parts += sum(worth.lifted[check] for worth in worths) / held
        elif check == tables.NO_TAGS_CHECK:
            parts += sum(worth.tagged for worth in worths) / census.without_tags
    return parts / len(ceilings) if ceilings else 0.0


def binding(standing: Standing, score: SiteScore) -> list[str]:
    """The checks that set a ceiling under what the site would score."""
    return [check for ceiling, check in standing.ceilings if ceiling < (score.uncapped or 0.0)]


COMMONEST = """
SELECT outcome, evidence, sum(pages) AS pages FROM told
WHERE check_id = :check AND {where} GROUP BY outcome, evidence ORDER BY pages DESC, outcome, evidence LIMIT 1
"""


def _commonest(desk: Desk, check: str, kind: str, template: str) -> tuple[Mapping[str, Any], int]:
    """The evidence that most of the pages give, and how many do."""
    names = {"check": check, "kind": kind, "template": template}
    # Written out for what is asked, the index finds the rows of one template without passing those of all others.
    where = " AND ".join(f"{name} = :{name}" for name in ("kind", "template") if names[name]) or "1"
    row = desk.database.connection.execute(COMMONEST.format(where=where), names).fetchone()
    return ({**from_json(row["evidence"]), OUTCOME: row["outcome"]}, row["pages"]) if row else ({}, 0)


# -- faults of the site -------------------------------------------------------------------------------


def _site_fixes(
    desk: Desk, standing: Standing, verdicts: Iterable[SiteVerdict], checks: Mapping[str, Declaration]
) -> Iterator[FixRow]:
    before = standing.now()
    if before.site is None:
        return
    ceilings = binding(standing, before)
    inlinks = desk.database.scalar("SELECT coalesce(sum(inlinks), 0) FROM scored_page")
    for verdict in verdicts:
        if verdict.outcome not in (Outcome.FAILED, Outcome.WARNED):
            continue
        check = checks[verdict.check]
        results = {**standing.site_results, check.id: judged(check, Outcome.PASSED)}
        lifts = check.id == tables.BOTS_CHECK and check.id in ceilings
        gain = _gain(before, evolve(standing, site_results=results).now(), lifts / len(ceilings) if lifts else 0.0)
        work = EFFORTS.get(check.effort, tables.EFFORT_FEW)
        yield FixRow(
            check=check.id,
            template="",
            kind="",
            pages=0,
            gain=gain,
            effort=work,
            priority=priority(gain, mean_inlinks=inlinks, effort=work),
            evidence=_first_told(verdict),
            examples=tuple(_addresses(verdict)),
        )


def _first_told(verdict: SiteVerdict) -> Mapping[str, Any]:
    if not verdict.findings:
        return {}
    first = verdict.findings[0]
    return {**first.evidence, OUTCOME: first.outcome, SEVERITY: verdict.severity or first.severity}


def _addresses(verdict: SiteVerdict) -> Iterator[str]:
    """Addresses among the evidence of the first findings."""
    for finding in verdict.findings[:EXAMPLES]:
        for value in finding.evidence.values():
            if isinstance(value, str) and value.startswith(("http://", "https://")):
                yield value
