"""Names of crawls as people give them: the folder of the report, a day, a number, or counted from the latest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.runs import Run

FINISHED = ("done", "incomplete")
"""States of a crawl that has its verdicts."""

FOLDER = "%Y-%m-%d_%H%M%S"
"""How the folder of a report is called, and with it the crawl."""

DAY = re.compile(r"\d{4}-\d\d-\d\d[_\dT:]*")


class RunError(ValueError):
    """No crawl is called so; the text names those that there are."""


def name_of(run: Run) -> str:
    return run.started.strftime(FOLDER)


def finished(database: Database) -> list[Run]:
    """Crawls that can be compared, the oldest first."""
    return [run for run in runs.all_runs(database) if run.state in FINISHED]


def find(known: Sequence[Run], name: str) -> Run:
    """The crawl called *name*: ``2026-11-20_101500``, ``2026-11-20`` (the last of that day), ``7``, ``-2``."""
    text = name.strip()
    if re.fullmatch(r"-\d{1,9}", text) and 1 <= -int(text) <= len(known):
        return known[int(text)]
    fitting = [run for run in known if _is_called(run, text)]
    if not fitting:
        raise RunError(_unknown(known, name))
    return fitting[-1]


def _is_called(run: Run, text: str) -> bool:
    if text.isdecimal():
        return str(run.id) == text.lstrip("0")
    return bool(DAY.fullmatch(text)) and name_of(run).startswith(text.replace("T", "_").replace(":", ""))


SHOWN = 5
"""Crawls named where none fits."""


def _unknown(known: Sequence[Run], name: str) -> str:
    if not known:
        return f"There is no crawl {name!r}: none has finished yet."
    last = ", ".join(f"{run.id} ({name_of(run)})" for run in known[-SHOWN:])
    return f"There is no finished crawl {name!r}. The latest: {last}."
