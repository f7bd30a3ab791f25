"""What commands over finished crawls share: the domain's store, and two crawls of it compared by one set of rules."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from scrapy.settings import Settings

from smocrawl.addon.later import read_unread
from smocrawl.audience import AudienceError
from smocrawl.closing import Closing, judge_site
from smocrawl.closing.ending import FAULT, NOTHING, USAGE
from smocrawl.commands.terminal import say
from smocrawl.history import Difference, RunError, compare, find
from smocrawl.report.paper import PaperError
from smocrawl.scoring import ALGORITHM, RULESET
from smocrawl.spiders.opening import Lock, reports_folder, store_path
from smocrawl.spiders.options import ArgumentError, read_options, stored_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs
from smocrawl.store.database import Database, StoreError
from smocrawl.store.runs import Run
from smocrawl.store.unread import is_any_unread
from smocrawl.workers import Workers


class NoCrawlError(Exception):
    """There is nothing to look at; the text is the line for the user."""


def one_site(args: Sequence[str], example: str) -> str:
    """The site that *args* name; *example*: how the command is called."""
    # Scrapy's parser hands options that it does not know on as arguments.
    if unknown := next((word for word in args if word.startswith("-")), ""):
        raise ArgumentError(f"Unknown option {unknown}.")
    if len(args) != 1:
        raise ArgumentError(f"Name one crawled site: scrapy {example}")
    return args[0]


def exit_code(work: Callable[[], int], *misuse: type[Exception]) -> int:
    """That of *work*, or of what stood in its way, which is said in one line; *misuse*: errors that the user made."""
    mistakes: tuple[type[Exception], ...] = (ArgumentError, AudienceError, *misuse)
    try:
        return work()
    except mistakes as problem:
        code, said = USAGE, str(problem)
    except NoCrawlError as problem:
        code, said = NOTHING, str(problem)
    except sqlite3.Error as problem:
        code, said = FAULT, f"The store cannot be read: {problem}. Bring back a copy of it, or name another SMO_STORE."
    except (StoreError, PaperError, OSError) as problem:
        code, said = FAULT, str(problem)
    say(said)
    return code


@contextlib.contextmanager
def store_of(domain: str, settings: Settings) -> Iterator[Database]:
    """The store of *domain*: the name that was crawled, or the folder's below the reports."""
    path = store_path(settings, folder_of(domain, settings))
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
        _read_what_waits(database, run, settings)
        _judge_anew(database, run.id, path.parent, settings)
        if run.state == runs.READ:
            runs.update(database, run.id, state="done")
    finally:
        database.close()


def _read_what_waits(database: Database, run: Run, settings: Settings) -> None:
    """Pages that the spider left unread; not while it is at it, for then its own process reads them."""
    if not is_any_unread(database, run.id):
        return
    try:
        lock = Lock(database.path.with_suffix(".lock"))
    except ArgumentError:
        return
    workers = Workers(settings.getint("SMO_WORKERS"))
    try:
        read_unread(database, run, workers)
    finally:
        workers.close()
        lock.release()


def folder_of(domain: str, settings: Settings) -> str:
    """Name of the folder below the reports where *domain*, as it was crawled or as that folder is called, is kept."""
    is_a_name = domain.strip() and "/" not in domain and domain not in (".", "..") and len(domain) <= LONGEST_NAME
    if is_a_name and (reports_folder(settings) / domain).is_dir():
        return domain
    return read_options({"domain": domain}).folder


LONGEST_NAME = 200
"""Characters of a folder's name; a file system takes 255 bytes."""


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
        with contextlib.suppress(BrokenPipeError):  # who reads it has seen enough
            sys.stdout.flush()
            sys.stdout.buffer.write(whole + b"\n")
            sys.stdout.buffer.flush()
        return
    for line in document:
        say(line, error=False)
