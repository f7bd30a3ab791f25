"""Asks every check of the site its query, and makes outcomes and findings of the rows."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from attrs import evolve

from smocrawl.checks import thresholds
from smocrawl.checks.base import Audience, Finding, Outcome, Reason, Said, Severity, worst
from smocrawl.checks.whole_site import SiteCheck
from smocrawl.checks.wording import likeness
from smocrawl.site.desk import Desk
from smocrawl.site.handles import alike, stem
from smocrawl.store.verdicts import SiteVerdict

logger = logging.getLogger(__name__)

OUTCOME, SEVERITY = "outcome", "severity"
"""Columns of a row that are no evidence."""

MOST_ROWS = 50
"""Findings of one check of the site that are kept; its query orders them by weight."""


def judge_site(desk: Desk, checks: Iterable[SiteCheck]) -> Iterator[SiteVerdict]:
    """Every check's verdict; of a site that showed no page nothing can be said."""
    connection = desk.database.connection
    if not desk.database.scalar("SELECT count(*) FROM html_page"):
        for check in checks:
            yield SiteVerdict(check=check.id, outcome=Outcome.NOT_MEASURED, reason=Reason.UNREACHABLE)
        return
    for name, arguments, function in FUNCTIONS:
        connection.create_function(name, arguments, function, deterministic=True)
    for check in checks:
        try:
            yield _suppressed(_ask(with_limits(check, desk.audience), connection), desk)
        except Exception:
            # One broken query (ours or a plugin's) costs its answer, never the others.
            logger.exception("Check %s could not judge the site", check.id)
            yield SiteVerdict(check=check.id, outcome=Outcome.NOT_MEASURED, reason=Reason.ERROR)


DIGITS = 9
"""Decimals that count at a limit: sums of floats differ in the last ones between versions of Python (3.12 adds exactly)."""


def at_most(value: float | None, passes: float, warns: float) -> str:
    """Passed up to *passes*, warned up to *warns*; nothing to judge where there is no value."""
    if value is None:
        return Outcome.NOT_APPLICABLE
    value = round(value, DIGITS)
    return Outcome.PASSED if value <= passes else Outcome.WARNED if value <= warns else Outcome.FAILED


def at_least(value: float | None, passes: float, warns: float) -> str:
    if value is None:
        return Outcome.NOT_APPLICABLE
    value = round(value, DIGITS)
    return Outcome.PASSED if value >= passes else Outcome.WARNED if value >= warns else Outcome.FAILED


def like_titles(one: str, other: str) -> bool:
    """One title, be it shortened or with the site's name behind it."""
    return likeness(one, other) >= thresholds.LIKENESS


FUNCTIONS: tuple[tuple[str, int, Callable[..., Any]], ...] = (
    ("at_most", 3, at_most),
    ("at_least", 3, at_least),
    ("handle_stem", 1, stem),
    ("alike", 2, alike),
    ("like_titles", 2, like_titles),
)
"""What a query may call besides SQLite's own functions, and those of the desk."""


def with_limits(check: SiteCheck, audience: Audience) -> SiteCheck:
    """With the client's own numbers in place of some of the check's."""
    own = audience.limits.get(check.id)
    return evolve(check, limits={**check.limits, **own}) if own else check


def _ask(check: SiteCheck, connection: sqlite3.Connection) -> SiteVerdict:
    if not _holds(check, check.measured, connection):
        return SiteVerdict(check=check.id, outcome=Outcome.NOT_MEASURED, reason=check.reason)
    if not _holds(check, check.applies, connection):
        return SiteVerdict(check=check.id, outcome=Outcome.NOT_APPLICABLE)
    rows = connection.execute(check.sql, dict(check.limits)).fetchmany(MOST_ROWS)
    said = [_said(dict(row)) for row in rows]
    outcome = worst(one for one in said if one.outcome is not Outcome.PASSED)
    return SiteVerdict(
        check=check.id,
        outcome=outcome,
        reason=check.reason if outcome is Outcome.NOT_MEASURED else None,
        findings=tuple(_findings(check, said)),
    )


def _holds(check: SiteCheck, condition: str, connection: sqlite3.Connection) -> bool:
    # The condition comes from a check's own file, never from a crawled page.
    return not condition or bool(connection.execute(f"SELECT {condition}", dict(check.limits)).fetchone()[0])


def _said(row: dict[str, Any]) -> Said:
    outcome = Outcome(row.pop(OUTCOME, Outcome.FAILED))
    severity = row.pop(SEVERITY, None)
    return Said(outcome, {name: _short(value) for name, value in row.items()}, severity=severity and Severity(severity))


LONGEST = 200
"""Characters of one piece of evidence."""


def _short(value: Any) -> Any:
    return f"{value[: LONGEST - 1]}…" if isinstance(value, str) and len(value) > LONGEST else value


def _findings(check: SiteCheck, said: Iterable[Said]) -> Iterator[Finding]:
    for one in said:
        if one.outcome in (Outcome.FAILED, Outcome.WARNED):
            yield Finding(
                check=check.id,
                outcome=one.outcome,
                severity=one.severity or check.severity,
                url="",
                evidence=one.evidence,
            )


def _suppressed(verdict: SiteVerdict, desk: Desk) -> SiteVerdict:
    """An accepted finding of the whole site is named without URL and kind."""
    accepted = desk.audience.suppression(verdict.check, "", None) if verdict.findings else None
    if accepted is None:
        return verdict
    return SiteVerdict(
        check=verdict.check,
        outcome=Outcome.NOT_APPLICABLE,
        findings=tuple(evolve(one, suppressed=True, accepted=accepted.why) for one in verdict.findings),
    )
