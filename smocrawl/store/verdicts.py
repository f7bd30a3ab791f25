"""Writes what the analysis of a whole site says: outcomes, scores, measures and fixes, all derived from facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from attrs import frozen

from smocrawl.checks.base import Finding, Outcome, Reason, Severity
from smocrawl.store.database import Database

# Evidence of a plugin's check may hold what JSON lacks: it is told as text rather than lost.
_JSON = msgspec.json.Encoder(enc_hook=str)


def to_json(value: object) -> str:
    return _JSON.encode(value).decode()


def gravest(found: Iterable[str]) -> Severity | None:
    """The gravest of severities by their names; None = none at all."""
    return min(map(Severity, found), key=list(Severity).index, default=None)


@frozen(kw_only=True)
class SiteVerdict:
    """What a check of the whole site said."""

    check: str
    outcome: Outcome
    reason: Reason | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def severity(self) -> Severity | None:
        """The gravest of what was found as bad as the outcome; None = nothing."""
        return gravest(one.severity for one in self.findings if one.outcome is self.outcome)


def save_site_verdicts(database: Database, run: int, verdicts: Iterable[SiteVerdict]) -> None:
    """All outcomes of the site's checks at once; earlier ones go."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM site_outcome WHERE run = ?", (run,))
        connection.execute("DELETE FROM finding WHERE run = ? AND url IS NULL", (run,))
        for verdict in verdicts:
            connection.execute(
                "INSERT INTO site_outcome (run, check_id, outcome, reason) VALUES (?, ?, ?, ?)",
                (run, verdict.check, verdict.outcome.value, verdict.reason.value if verdict.reason else None),
            )
            connection.executemany(
                "INSERT INTO finding (run, url, check_id, outcome, severity, evidence, accepted)"
                " VALUES (?, NULL, ?, ?, ?, ?, ?)",
                [(run, *_finding_row(finding)) for finding in verdict.findings],
            )


def _finding_row(finding: Finding) -> tuple[str, str, str, str, str | None]:
    accepted = finding.accepted if finding.suppressed else None
    return finding.check, finding.stored_as, finding.severity.value, to_json(finding.evidence), accepted


@frozen(kw_only=True)
class ScoreRow:
    """One score of the site. scope: site, tactic, platform, kind, crosslink."""

    scope: str
    key: str
    value: float | None
    coverage: float | None = None
    explanation: Mapping[str, Any]


def save_site_scores(database: Database, run: int, rows: Iterable[ScoreRow]) -> None:
    with database.transaction() as connection:
        connection.execute("DELETE FROM site_score WHERE run = ?", (run,))
        connection.executemany(
            "INSERT INTO site_score (run, scope, key, value, coverage, explanation) VALUES (?, ?, ?, ?, ?, ?)",
            [(run, row.scope, row.key, row.value, row.coverage, to_json(row.explanation)) for row in rows],
        )


@frozen(kw_only=True)
class FixRow:
    """What one change of one template is worth."""

    check: str
    template: str
    kind: str
    pages: int
    gain: float
    effort: int
    priority: float
    evidence: Mapping[str, Any]
    examples: tuple[str, ...]


def save_fixes(database: Database, run: int, fixes: Iterable[FixRow]) -> None:
    """In the order given, the most urgent first."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM fix WHERE run = ?", (run,))
        connection.executemany(
            "INSERT INTO fix (run, rank, check_id, template, kind, pages, gain, effort, priority, evidence, examples)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    run, rank, fix.check, fix.template, fix.kind, fix.pages, fix.gain, fix.effort, fix.priority,
                    to_json(fix.evidence), to_json(fix.examples),
                )
                for rank, fix in enumerate(fixes, 1)
            ],
        )  # fmt: skip


def save_measures(database: Database, run: int, rows: Iterable[tuple[int, int, int, int | None, float, bool]]) -> None:
    """(url, inlinks, outlinks, depth, rank, hub) of every page."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM measure WHERE run = ?", (run,))
        connection.executemany(
            "INSERT INTO measure (run, url, inlinks, outlinks, depth, rank, hub) VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((run, *row) for row in rows),
        )


def save_crosslinks(database: Database, run: int, scores: Iterable[tuple[int, float | None]]) -> None:
    """(url, cross-link score) of measured pages."""
    with database.transaction() as connection:
        connection.executemany(
            "UPDATE measure SET crosslink = ? WHERE run = ? AND url = ?", ((score, run, url) for url, score in scores)
        )


def save_bot_reach(database: Database, run: int) -> None:
    """What the analysis has laid out of each preview bot's way."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM main.bot_reach WHERE run = ?", (run,))
        connection.execute("INSERT INTO main.bot_reach SELECT ?, * FROM temp.bot_reach", (run,))


def save_agreement(database: Database, run: int) -> None:
    """What the analysis has laid out of the sources that agree."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM main.agreement WHERE run = ?", (run,))
        connection.execute("INSERT INTO main.agreement SELECT ?, * FROM temp.agreement", (run,))
