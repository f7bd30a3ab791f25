"""The gate: whether the latest crawl is good enough to let a release pass, and if not, by what it missed."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from smocrawl.checks.base import EVERYWHERE, Declaration, Outcome, Severity
from smocrawl.history.difference import Difference
from smocrawl.history.turns import Turn
from smocrawl.history.wording import declaration, sentence, title
from smocrawl.registry import all_checks, all_platforms, all_site_checks
from smocrawl.scoring import tables
from smocrawl.store.database import Database
from smocrawl.store.facts import from_json

NEW = "new"
REGRESSION = "regression"
PLATFORM = "platform:"

SEVERITIES = tuple(Severity)
"""From the gravest to the mildest."""

PLATFORM_SEVERITY = Severity.HIGH
"""From here on a fault that counts for a platform's readiness misses its rule."""


class RuleError(ValueError):
    """A rule that does not exist; the text names it and those that come near."""


@frozen(kw_only=True)
class Rules:
    """What the gate asks."""

    fail_under: float | None = None
    severity: Severity | None = None
    """This and graver ones; the mildest that was named."""
    checks: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    only_new: bool = False
    """All rules on findings look only at those that the baseline did not have."""
    regression: bool = False

    @property
    def needs_baseline(self) -> bool:
        return self.only_new or self.regression


@frozen(kw_only=True)
class Fault:
    """A finding that misses the gate."""

    check: str
    url: str
    """Empty = the whole site."""
    outcome: str
    severity: str
    stored: str = field(repr=False)
    """Its evidence as it stands in the store: of a large site there are many, and few are told."""
    is_new: bool | None = None
    """The baseline did not have it; None = there is no baseline."""

    @property
    def evidence(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = from_json(self.stored)
        return found

    @property
    def title(self) -> str:
        return title(self.check)

    @property
    def sentence(self) -> str:
        return sentence(self.check, self.outcome, self.evidence)


@frozen(kw_only=True)
class Result:
    """One rule and what missed it."""

    rule: str
    asks: str
    """The rule as a sentence."""
    missed: str = ""
    """One line; empty where it holds."""
    faults: tuple[Fault, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.missed


@frozen(kw_only=True)
class Verdict:
    """What the gate says of one crawl."""

    run: int
    name: str
    home: str
    score: float | None
    baseline: str | None
    results: tuple[Result, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return all(result.holds for result in self.results)


# -- rules ------------------------------------------------------------------------------------------


def read_rules(text: str, fail_under: float | None = None) -> Rules:
    """``high,og-image,platform:linkedin,new,regression``; :class:`RuleError` names what is none of these."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    severities = [Severity(name) for name in names if name in set(SEVERITIES)]
    checks = [name for name in names if declaration(name)]
    platforms = [name.removeprefix(PLATFORM) for name in names if name.startswith(PLATFORM)]
    for name in platforms:
        if name not in all_platforms():
            raise RuleError(_unknown(name, all_platforms(), "platform"))
    known = {NEW, REGRESSION, *SEVERITIES, *checks, *(PLATFORM + name for name in platforms)}
    for name in names:
        if name not in known:
            every = [NEW, REGRESSION, *SEVERITIES, *all_checks(), *all_site_checks()]
            raise RuleError(_unknown(name, every, "rule"))
    return Rules(
        fail_under=fail_under,
        severity=max(severities, key=SEVERITIES.index, default=None),
        checks=tuple(dict.fromkeys(checks)),
        platforms=tuple(dict.fromkeys(platforms)),
        only_new=NEW in names,
        regression=REGRESSION in names,
    )


def _unknown(name: str, known: Collection[str], what: str) -> str:
    near = difflib.get_close_matches(name, known, 3)
    hint = f"Did you mean {', '.join(near)}?" if near else "See docs/ci.md."
    return f"There is no {what} {name!r}. {hint}"


# -- judging ----------------------------------------------------------------------------------------


def judge(database: Database, difference: Difference | None, rules: Rules, *, run: int, name: str) -> Verdict:
    """*difference*: between the baseline and *run*; None = there is no crawl to compare with."""
    rows = database.rows("SELECT value FROM site_score WHERE run = ? AND scope = 'site'", run)
    score = rows[0][0] if rows else None
    faults = tuple(_faults(database, run, difference))
    results = tuple(_results(score, faults, rules, difference))
    home = str(database.rows("SELECT home FROM run WHERE id = ?", run)[0][0])
    return Verdict(
        run=run,
        name=name,
        home=home,
        score=score,
        baseline=difference.before.name if difference else None,
        results=results,
        notes=tuple(_notes(rules, difference)),
    )


def _notes(rules: Rules, difference: Difference | None) -> Iterator[str]:
    if difference is None:
        if rules.needs_baseline:
            yield "There is no earlier crawl to compare with: what asks for one could not be missed."
        return
    if rules.needs_baseline:
        yield from (f"Mind the comparison: {why}" for why in difference.why_not)
    if unconfirmed := len(difference.of(Turn.UNCONFIRMED)):
        yield f"{unconfirmed:,} findings rest on addresses that did not answer this once; they count when seen again."


FAULTS = """
SELECT finding.check_id, coalesce(url.url, '') AS address, finding.outcome, finding.severity, finding.evidence
FROM finding LEFT JOIN url ON url.id = finding.url
WHERE finding.run = ? AND finding.outcome IN ('failed', 'warned')
ORDER BY finding.check_id, address, finding.outcome, finding.rowid
"""


def _faults(database: Database, run: int, difference: Difference | None) -> Iterator[Fault]:
    """One for each check and page, the worst that was said; those that only failed over the network this once wait."""
    turned = {(one.check, one.url): one.turn for one in difference.changes} if difference else {}
    last = None
    for row in database.connection.execute(FAULTS, (run,)):
        key = (row["check_id"], row["address"])
        turn = turned.get(key)
        if key == last or turn is Turn.UNCONFIRMED:
            continue
        last = key
        yield Fault(
            check=row["check_id"],
            url=row["address"],
            outcome=row["outcome"],
            severity=row["severity"],
            stored=row["evidence"],
            is_new=None if difference is None else turn in (Turn.NEW, Turn.REGRESSED, Turn.AGED),
        )


def _results(
    score: float | None, faults: Sequence[Fault], rules: Rules, difference: Difference | None
) -> Iterator[Result]:
    if rules.fail_under is not None:
        yield _score(score, rules.fail_under)
    looked_at = faults
    if rules.only_new:
        looked_at = [one for one in faults if one.is_new]
    failed = [one for one in looked_at if one.outcome == Outcome.FAILED]
    if rules.severity:
        yield _of_severity(failed, rules.severity, only_new=rules.only_new)
    for check in rules.checks:
        own = [one for one in looked_at if one.check == check]
        yield _result(check, f"{check} finds nothing", own, only_new=rules.only_new)
    for platform in rules.platforms:
        yield _of_platform(failed, platform, only_new=rules.only_new)
    if rules.regression:
        worse = {(one.check, one.url) for one in difference.of(Turn.REGRESSED)} if difference else set()
        yield _result(REGRESSION, "Nothing got worse", [one for one in faults if (one.check, one.url) in worse])
    if rules.only_new and not (rules.severity or rules.checks or rules.platforms):
        yield _result(NEW, "Nothing new failed", failed, only_new=True)


def _score(score: float | None, least: float) -> Result:
    asks = f"The score is at least {least:g}"
    if score is None:
        return Result(rule="fail-under", asks=asks, missed=f"There is no score; at least {least:g} is asked.")
    if score >= least:
        return Result(rule="fail-under", asks=asks)
    # 79.96 must not read «80.0, at least 80 is asked».
    shown = round(score, 1) if round(score, 1) < least else int(score * 10) / 10
    return Result(rule="fail-under", asks=asks, missed=f"The score is {shown:.1f}; at least {least:g} is asked.")


def _of_severity(faults: Sequence[Fault], least: Severity, *, only_new: bool) -> Result:
    grave = SEVERITIES[: SEVERITIES.index(least) + 1]
    own = [one for one in faults if one.severity in grave]
    return _result(least.value, f"Nothing of severity {least.value} or above failed", own, only_new=only_new)


def _of_platform(faults: Sequence[Fault], platform: str, *, only_new: bool) -> Result:
    grave = SEVERITIES[: SEVERITIES.index(PLATFORM_SEVERITY) + 1]
    own = [one for one in faults if one.severity in grave and _concerns(declaration(one.check), platform)]
    name = all_platforms()[platform].name
    return _result(PLATFORM + platform, f"Nothing grave stands in the way of {name}", own, only_new=only_new)


def _concerns(check: Declaration | None, platform: str) -> bool:
    """Whether the check counts in the platform's readiness."""
    if check is None:
        return False
    return platform in check.platforms or (EVERYWHERE in check.platforms and check.tactic in tables.READINESS_TACTICS)


ONE = "{check} on {place}."
MANY_CHECKS = "{checks:,} checks on {place}, the first: {check}."
MANY_PAGES = "{check} on {pages:,} pages, the first: {place}."
MANY = "{faults:,} faults of {checks:,} checks on {pages:,} pages; the first: {check} on {place}."


def _result(rule: str, asks: str, faults: Sequence[Fault], *, only_new: bool = False) -> Result:
    name = f"{rule},{NEW}" if only_new and rule != NEW else rule
    if not faults:
        return Result(rule=name, asks=asks)
    first = min(faults, key=lambda one: (SEVERITIES.index(Severity(one.severity)), one.check, one.url))
    checks, pages = len({one.check for one in faults}), len({one.url for one in faults})
    template = ONE if len(faults) == 1 else MANY_PAGES if checks == 1 else MANY_CHECKS if pages == 1 else MANY
    missed = template.format(
        faults=len(faults),
        checks=checks,
        pages=pages,
        check=first.check,
        place=first.url or WHOLE_SITE,
    )
    return Result(rule=name, asks=asks, missed=missed, faults=tuple(faults))


WHOLE_SITE = "the whole site"
