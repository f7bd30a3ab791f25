"""What there is to tell of one crawl: plain values out of the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from attrs import field, frozen

from smocrawl.history import Difference, compare, finished
from smocrawl.history.naming import FINISHED
from smocrawl.history.turns import Turn
from smocrawl.history.wording import title
from smocrawl.report.words import SEVERITIES
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.runs import Run

SHOWN = 5
"""Checks named one by one in each list."""

TOLD = (Turn.REGRESSED, Turn.NEW, Turn.FIXED)


@frozen(kw_only=True)
class Entry:
    """A check, on how many pages it did so, and one of them (empty = the whole site)."""

    check: str
    title: str
    pages: int
    example: str = ""


@frozen(kw_only=True)
class Turned:
    total: int
    """Findings, on all pages."""
    first: tuple[Entry, ...]


@frozen(kw_only=True)
class Message:
    """One crawl in short. event: finished, incomplete, nothing, stopped, failed."""

    event: str
    domain: str
    name: str
    home: str
    run: int
    started: datetime
    ended: datetime | None
    problem: str = ""
    """Why nothing came of it, in one line."""
    score: float | None = None
    crosslinks: float | None = None
    pages: int = 0
    before: float | None = None
    before_started: datetime | None = None
    comparable: bool = True
    why_not: tuple[str, ...] = ()
    turned: Mapping[str, Turned] = field(factory=dict)
    """regressed, new and fixed; empty on the first crawl."""
    new_pages: int = 0
    gone_pages: int = 0
    cards_changed: int = 0
    worst: tuple[Entry, ...] = ()
    not_seen: tuple[str, ...] = ()
    report: Path | None = None
    report_url: str = ""

    @property
    def moved(self) -> float | None:
        """Points; None where there is nothing to compare with."""
        if self.score is None or self.before is None or not self.comparable:
            return None
        return self.score - self.before


EVENTS = {"done": "finished", "incomplete": "incomplete", "nothing": "nothing"}


def compose(
    database: Database, folder: Path, *, name: str = "", report_url: str = "", problem: str = ""
) -> Message | None:
    """The latest crawl of the store in the *folder* of its domain; None where there is none.

    *problem*: what went wrong outside the store, for a crawl that did not come to its end.
    """
    run = runs.latest(database)
    if run is None:
        return None
    whole = run.state in FINISHED and not problem
    facts = _facts(database, run) if whole else {}
    report = folder / run.report if run.report and whole else None
    return Message(
        event=_event(run, problem), domain=folder.name, name=name or folder.name,
        home=run.home, run=run.id, started=run.started, ended=run.ended, problem=problem,
        not_seen=run.notes, report=report, report_url=_address(report_url, folder, run) if report else "", **facts,
    )  # fmt: skip


def _event(run: Run, problem: str) -> str:
    if problem and run.state != "nothing":
        return "failed"
    return EVENTS.get(run.state, "stopped")


def _address(base: str, folder: Path, run: Run) -> str:
    return f"{base.rstrip('/')}/{quote(folder.name)}/{quote(run.report or '')}/index.html" if base else ""


def _facts(database: Database, run: Run) -> dict[str, Any]:
    earlier = [one for one in finished(database) if one.id < run.id]
    facts = {
        "score": _score(database, run.id, "site"),
        "crosslinks": _score(database, run.id, "crosslink", "total"),
        "pages": database.scalar("SELECT count(*) FROM page WHERE run = ? AND status = 200", run.id),
        "worst": tuple(_worst(database, run.id)),
    }
    return {**facts, **(_changes(compare(database, earlier[-1].id, run.id)) if earlier else {})}


def _score(database: Database, run: int, scope: str, key: str | None = None) -> float | None:
    rows = database.rows(
        "SELECT value FROM site_score WHERE run = ? AND scope = ? AND (? IS NULL OR key = ?)", run, scope, key, key
    )
    return rows[0]["value"] if rows else None


def _worst(database: Database, run: int) -> list[Entry]:
    """The fixes that are worth most."""
    rows = database.rows(
        "SELECT check_id, sum(pages) AS pages FROM fix WHERE run = ? GROUP BY check_id ORDER BY min(rank) LIMIT ?",
        run, SHOWN,
    )  # fmt: skip
    return [Entry(check=row["check_id"], title=title(row["check_id"]), pages=row["pages"] or 0) for row in rows]


def _changes(found: Difference) -> dict[str, Any]:
    return {
        "before": found.parts.before_today if found.parts else None,
        "before_started": found.before.started,
        "comparable": found.comparable,
        "why_not": tuple(str(why) for why in found.why_not),
        "turned": {turn.value: _turned(found, turn) for turn in TOLD},
        "new_pages": len(found.new_pages),
        "gone_pages": len(found.gone_pages),
        "cards_changed": len({one.url for one in found.cards}),
    }


def _turned(found: Difference, turn: Turn) -> Turned:
    """The gravest first, and of those the most frequent."""
    changes: dict[str, list[str]] = {}
    grave: dict[str, int] = {}
    for one in found.of(turn):
        changes.setdefault(one.check, []).append(one.url)
        grave[one.check] = min(grave.get(one.check, len(SEVERITIES)), SEVERITIES.index(one.severity))
    listed = sorted(changes.items(), key=lambda item: (grave[item[0]], -len(item[1]), item[0]))
    first = tuple(
        Entry(check=check, title=title(check), pages=len(urls), example=next(filter(None, urls), ""))
        for check, urls in listed[:SHOWN]
    )
    return Turned(total=sum(map(len, changes.values())), first=first)
