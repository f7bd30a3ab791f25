"""What commands over finished crawls share: the domain's store, and two crawls of it compared by one set of rules."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scrapy.settings import Settings

from smocrawl.closing import Closing, judge_site
from smocrawl.commands.terminal import say
from smocrawl.history import Difference, RunError, compare, find
from smocrawl.scoring import ALGORITHM, RULESET
from smocrawl.spiders.opening import reports_folder, store_path
from smocrawl.spiders.options import ArgumentError, read_options, stored_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.runs import Run
from smocrawl.workers import Workers


class NoCrawlError(Exception):
    """There is nothing to look at; the text is the line for the user."""


@contextlib.contextmanager
def store_of(domain: str, settings: Settings) -> Iterator[Database]:
    """The store of *domain*: the name that was crawled, or the folder's below the reports."""
    named = reports_folder(settings) / domain
    folder = named.name if _is_a_name(domain) and named.is_dir() else read_options({"domain": domain}).folder
    path = store_path(settings, folder)
    if not path.is_file():
        raise NoCrawlError(f"{path} does not exist. Run a crawl first: scrapy smo-crawl {domain}")
    analyse_watched(path, settings)
    database = Database(path, read_only=True)
    try:
        yield database
    finally:
        database.close()


def analyse_watched(path: Path, settings: Settings) -> None:
    """What the add-on left to us in the latest run: pages that another project's spiders downloaded, judged as a site."""
    database = Database(path, read_only=True)  # a store may lie where nobody can write
    try:
        run = runs.latest(database)
    finally:
        database.close()
    # «crawling»: the spider is at it, or its process was killed; what is there is analysed, and again the next time.
    if run is None or runs.OTHERS not in run.options.get("sources", ()) or run.state not in (runs.READ, "crawling"):
        return
    database = Database(path)
    try:
        _judge_anew(database, run.id, path.parent, settings)
        if run.state == runs.READ:
            runs.update(database, run.id, state="done")
    finally:
        database.close()


def _is_a_name(domain: str) -> bool:
    return bool(domain) and "/" not in domain and domain not in (".", "..")


def compared(database: Database, before: int, now: int, settings: Settings, *, rejudge: bool = True) -> Difference:
    """Both crawls by today's rules: where the rules changed between them, a copy of the earlier one is judged anew."""
    if not (rejudge and _rules(database, before) != _rules(database, now) == (RULESET, ALGORITHM)):
        return compare(database, before, now)
    with tempfile.TemporaryDirectory(prefix="smocrawl-") as folder:
        copy = Database(_copy(database, Path(folder) / "crawls.sqlite"))
        try:
            _judge_anew(copy, before, Path(folder), settings)
            return compare(database, before, now, anew=copy)
        finally:
            copy.close()


def _rules(database: Database, run: int) -> tuple[str, int]:
    row = database.rows("SELECT ruleset, algorithm FROM run WHERE id = ?", run)[0]
    return row["ruleset"], row["algorithm"]


def _copy(database: Database, path: Path) -> Path:
    target = sqlite3.connect(path)
    try:
        database.connection.backup(target)
    finally:
        target.close()
    return path


def _judge_anew(copy: Database, run: int, folder: Path, settings: Settings) -> None:
    known = runs.load(copy, run)
    scope = Scope(stored_options(known.options))
    scope.settle(known.home)
    workers = Workers(settings.getint("SMO_WORKERS"))
    try:
        closing = Closing(path=copy.path, run=run, folder=folder, scope=scope, home=known.home)
        judge_site(copy, closing, workers, lambda: False)
    finally:
        workers.close()


def sides(known: Sequence[Run], before: str | None, now: str) -> tuple[Run, Run]:
    """The two crawls; the earlier one is by default the one before the later."""
    if len(known) < 2:
        raise NoCrawlError("Two finished crawls are needed; crawl the site once more.")
    later = find(known, now)
    if before is not None:
        return find(known, before), later
    earlier = [run for run in known if run.id < later.id]
    if not earlier:
        raise RunError(f"There is no crawl before {later.id}; name one with --from.")
    return earlier[-1], later


def chosen(format: str, formats: Iterable[str]) -> str:
    if format not in formats:
        raise ArgumentError(f"--format {format!r}: known are {', '.join(formats)}.")
    return format


def put_out(document: bytes | str | Iterable[str]) -> None:
    """A document as it is, or lines for people; both to standard output."""
    if isinstance(document, bytes | str):
        whole = document.encode() if isinstance(document, str) else document
        sys.stdout.flush()
        sys.stdout.buffer.write(whole + b"\n")
        sys.stdout.buffer.flush()
        return
    for line in document:
        say(line, error=False)
