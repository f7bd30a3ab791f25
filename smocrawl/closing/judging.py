"""Judges stored pages with the whole context, chunk by chunk in the workers; the one writer stores what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from smocrawl.closing.contexts import Contexts
from smocrawl.closing.site_facts import SiteFacts
from smocrawl.page import Page
from smocrawl.review import Review, judge
from smocrawl.store.database import Database
from smocrawl.store.facts import SMALL, pack, to_json, unpack_if_readable

CHUNK = 40
"""Pages a worker judges before it reports back: about 0.2 s of work."""


@frozen(kw_only=True)
class Chunk:
    """Pages to judge."""

    path: str
    run: int
    urls: tuple[int, ...]
    site: SiteFacts

    def singly(self) -> Iterator[Chunk]:
        """Its pages, each a chunk of its own."""
        return (evolve(self, urls=(url,)) for url in self.urls)


@frozen(kw_only=True)
class Verdicts:
    """Rows for the tables ``review`` and ``finding``."""

    reviews: tuple[tuple[Any, ...], ...]
    findings: tuple[tuple[Any, ...], ...]
    unreadable: int = 0
    """Pages whose stored facts cannot be read: they stay without a verdict, the others have theirs."""


def judge_chunk(chunk: Chunk) -> Verdicts:
    """Runs in a worker: reads the facts, judges, gives back rows."""
    database = Database(chunk.path, read_only=True)
    try:
        contexts = Contexts(database, chunk.run, chunk.site)
        reviews: list[tuple[Any, ...]] = []
        findings: list[tuple[Any, ...]] = []
        for url in chunk.urls:
            blob = database.rows("SELECT facts FROM page WHERE run = ? AND url = ?", chunk.run, url)[0][0]
            page = unpack_if_readable(blob, Page)
            if page is None:
                continue
            review = judge(page, contexts.of(page, url))
            reviews.append(review_row(chunk.run, url, review))
            findings.extend(finding_rows(chunk.run, url, review))
    finally:
        database.close()
    return Verdicts(reviews=tuple(reviews), findings=tuple(findings), unreadable=len(chunk.urls) - len(reviews))


def review_row(run: int, url: int, review: Review) -> tuple[Any, ...]:
    """Columns of the table ``review`` in their order, the outcomes still packed."""
    score = review.score
    cards = {name: card or review.nothing.get(name) for name, card in review.cards.items()}
    return (
        run, url, score.page, score.uncapped, score.cap, score.coverage, to_json(score.tactics),
        to_json(score.platforms), pack({name: outcome.value for name, outcome in review.outcomes.items()}, SMALL),
        to_json({name: reason.value for name, reason in review.reasons.items()}),
        pack({name: {"nothing" if card is review.nothing.get(name) else "card": card} for name, card in cards.items()}, SMALL),
    )  # fmt: skip


OUTCOMES = 8
"""Place of the packed outcomes in such a row."""


def finding_rows(run: int, url: int, review: Review) -> Iterator[tuple[Any, ...]]:
    for finding in review.findings:
        yield (
            run, url, finding.check, finding.stored_as, finding.severity.value, to_json(finding.evidence),
            finding.accepted if finding.suppressed else None,
        )  # fmt: skip


def chunks(database: Database, run: int, site: SiteFacts) -> Iterator[Chunk]:
    """All pages of the run that are not judged yet, in the order of their ids."""
    rows = database.rows(
        "SELECT url FROM page WHERE run = ? AND url NOT IN (SELECT url FROM review WHERE run = ?) ORDER BY url",
        run,
        run,
    )
    ids = [row[0] for row in rows]
    for start in range(0, len(ids), CHUNK):
        yield Chunk(path=str(database.path), run=run, urls=tuple(ids[start : start + CHUNK]), site=site)


def save_verdicts(database: Database, verdicts: Verdicts) -> None:
    with database.transaction() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO outcome_set (outcomes) VALUES (?)", {(row[OUTCOMES],) for row in verdicts.reviews}
        )
        connection.executemany(
            "INSERT OR REPLACE INTO review VALUES (?,?,?,?,?,?,?,?,(SELECT id FROM outcome_set WHERE outcomes = ?),?,?)",
            verdicts.reviews,
        )
        connection.executemany(
            "INSERT INTO finding (run, url, check_id, outcome, severity, evidence, accepted) VALUES (?,?,?,?,?,?,?)",
            verdicts.findings,
        )


def forget_verdicts(database: Database, run: int) -> None:
    """Everything that was derived from the facts of *run*: it will be derived anew."""
    with database.transaction() as connection:
        for table in ("review", "finding", "site_outcome", "site_score", "measure", "fix", "bot_reach"):
            connection.execute(f"DELETE FROM {table} WHERE run = ?", (run,))  # noqa: S608 - our own table names
