"""The judgements of pages as rows: made in a worker, written by the one process that writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from smocrawl.review import Review
from smocrawl.store.database import Database
from smocrawl.store.facts import SMALL, pack, to_json
from smocrawl.store.verdicts import to_json as evidence_to_json


@frozen(kw_only=True)
class Verdicts:
    """Rows for the tables ``review`` and ``finding``."""

    reviews: tuple[tuple[Any, ...], ...]
    findings: tuple[tuple[Any, ...], ...]
    held: tuple[int, ...] = ()
    """Pages whose verdicts of the crawl before still hold."""
    unreadable: int = 0
    """Pages whose stored facts cannot be read: they stay without a verdict, the others have theirs."""


def review_row(
    run: int, url: int, review: Review, holds_until: datetime | None = None, laid_out: bytes | None = None
) -> tuple[Any, ...]:
    """Columns of the table ``review`` in their order, the outcomes still packed."""
    score = review.score
    cards = {name: card or review.nothing.get(name) for name, card in review.cards.items()}
    return (
        run, url, score.page, score.uncapped, score.cap, score.coverage, to_json(score.tactics),
        to_json(score.platforms), pack(review.outcomes, SMALL),
        to_json({name: reason.value for name, reason in review.reasons.items()}),
        pack({name: {"nothing" if card is review.nothing.get(name) else "card": card} for name, card in cards.items()}, SMALL),
        holds_until.astimezone(UTC).isoformat() if holds_until else None, laid_out,
    )  # fmt: skip


OUTCOMES = 8
"""Place of the packed outcomes in such a row."""


def finding_rows(run: int, url: int, review: Review) -> Iterator[tuple[Any, ...]]:
    for finding in review.findings:
        yield (
            run, url, finding.check, finding.stored_as, finding.severity.value, evidence_to_json(finding.evidence),
            finding.accepted if finding.suppressed else None,
        )  # fmt: skip


def save_verdicts(database: Database, verdicts: Verdicts) -> None:
    with database.transaction() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO outcome_set (outcomes) VALUES (?)", {(row[OUTCOMES],) for row in verdicts.reviews}
        )
        connection.executemany(
            "INSERT OR REPLACE INTO review VALUES (?,?,?,?,?,?,?,?,(SELECT id FROM outcome_set WHERE outcomes = ?),?,?,?,?)",
            verdicts.reviews,
        )
        connection.executemany(
            "INSERT INTO finding (run, url, check_id, outcome, severity, evidence, accepted) VALUES (?,?,?,?,?,?,?)",
            verdicts.findings,
        )
