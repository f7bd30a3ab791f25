"""Tells of the latest crawl of a store, and says who was told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from smocrawl.commands.terminal import say
from smocrawl.report.message import compose
from smocrawl.store.database import Database, StoreError
from smocrawl.telling import Wishes, tell


def tell_of(database: Database, folder: Path, wishes: Wishes, *, name: str = "", problem: str = "") -> bool:
    """Whether all were told.  Nothing that goes wrong here leaves it: the crawl is done."""
    try:
        message = compose(database, folder, name=name, report_url=wishes.report_url, problem=problem)
    except (StoreError, OSError, sqlite3.Error) as error:
        say(f"Nobody was told: {error}")
        return False
    if message is None:
        say(f"Nobody was told: {folder} holds no crawl.")
        return False
    told, failed = tell(wishes, message)
    for line in told:
        say(line, error=False)
    for line in failed:
        say(line)
    return not failed
