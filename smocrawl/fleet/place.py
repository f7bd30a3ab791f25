"""The shared place of stores and reports, any that fsspec knows: a mounted folder, S3, …

A store is never overwritten: each copy has a name of its own, ``<token>-<serial>``, and a manifest that is written after it.
The token grows with every claim of the site, so what a machine writes that was taken for dead sorts below what its
successor wrote, and is not read.  No lock and no conditional write of the storage is needed for that.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import socket
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import msgspec
from attrs import frozen

from smocrawl.clients.overview import STORE
from smocrawl.fleet import Lost
from smocrawl.report.domain_index import FOLDER_NAME
from smocrawl.report.safe import cut
from smocrawl.spiders.options import ArgumentError

logger = logging.getLogger(__name__)

MARK = ".generation"
"""In the working folder: of which copy the local store is the same or a continuation."""

GENERATION = re.compile(r"(\d{12})-(\d{6})\.json")
KEPT = 2
"""Copies that stay: the newest, and one more should it be damaged where it lies."""

MOST_MANIFEST = 10_000
WHOLE_AT_ONCE = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "memory")
"""Protocols whose objects are seen whole or not at all; elsewhere a file is renamed when it is whole."""


class PlaceError(Exception):
    """The shared place cannot be used now; the text says why."""


class Manifest(msgspec.Struct, frozen=True):
    """Of one copy of a store."""

    size: int
    sha256: str


@frozen
class Place:
    """*root*: as the file system spells it; *system*: of fsspec."""

    system: Any
    root: str

    def _path(self, *parts: str) -> str:
        return "/".join((self.root.rstrip("/"), *parts))

    def address(self, folder: str) -> str:
        """Where people find what belongs to a site: ``s3://bucket/folder/example.com``."""
        return str(self.system.unstrip_protocol(self._path(folder)))

    def newest(self, folder: str) -> list[str]:
        """Names of the copies of a store, the newest first, without their ending."""
        with _said("the stores there cannot be listed"):
            self.system.invalidate_cache()
            try:
                found = self.system.ls(self._path(folder, "store"), detail=False)
            except FileNotFoundError:
                return []
        names = (str(path).rstrip("/").rpartition("/")[2] for path in found)
        return sorted((name.removesuffix(".json") for name in names if GENERATION.fullmatch(name)), reverse=True)

    def token(self, folder: str) -> int:
        """The greatest that was ever written with; a database restored from an older backup may know smaller ones alone."""
        return next((int(name.partition("-")[0]) for name in self.newest(folder)), 0)

    # -- out of it -----------------------------------------------------------------------------------

    def pull(self, folder: str, home: Path) -> None:
        """The newest store into *home*, unless what lies there goes on from it."""
        home.mkdir(parents=True, exist_ok=True)
        mark = home / MARK
        names = self.newest(folder)
        if names and not (mark.is_file() and mark.read_text() == names[0] and (home / STORE).is_file()):
            self._pull_store(folder, home, names)
        self._pull_reports(folder, home)

    def _pull_store(self, folder: str, home: Path, names: list[str]) -> None:
        unfinished = home / f".{STORE}.part"
        for name in names:
            if self._fetch(folder, name, unfinished):
                break
            logger.warning("%s: the copy %s of the store is damaged, an older one is taken", folder, name)
        else:
            raise PlaceError(f"every copy of the store in {self._path(folder, 'store')} is damaged")
        # The mark first: from here on the local store is nobody's until it is the one that was fetched.
        (home / MARK).unlink(missing_ok=True)
        for part in (f"{STORE}-wal", f"{STORE}-shm"):
            (home / part).unlink(missing_ok=True)
        unfinished.replace(home / STORE)
        # Continued from an older copy it is still newer than the damaged one, which must not replace it again.
        (home / MARK).write_text(names[0])

    def _fetch(self, folder: str, name: str, target: Path) -> bool:
        """Whether the copy is as its manifest says."""
        with _said(f"the store of {folder} cannot be fetched"):
            try:
                told = self.system.cat_file(self._path(folder, "store", f"{name}.json"), start=0, end=MOST_MANIFEST)
                manifest = msgspec.json.decode(told, type=Manifest)
                self.system.get_file(self._path(folder, "store", f"{name}.sqlite"), str(target))
            except (msgspec.MsgspecError, FileNotFoundError):
                return False
        return _manifest(target) == manifest

    def _pull_reports(self, folder: str, home: Path) -> None:
        """Reports that other machines made: the list of a site's crawls shows those that lie beside it."""
        with _said(f"the reports of {folder} cannot be fetched"):
            try:
                found = self.system.ls(self._path(folder), detail=False)
            except FileNotFoundError:
                return
            for path in found:
                name = str(path).rstrip("/").rpartition("/")[2]
                if FOLDER_NAME.fullmatch(name) and not (home / name / "index.html").is_file():
                    self._pull_report(str(path), home / name)

    def _pull_report(self, path: str, target: Path) -> None:
        # The page comes last: a report that has it is whole.
        files = sorted(self.system.find(path), key=lambda file: file.endswith("/index.html"))
        if not any(file.endswith("/index.html") for file in files):
            return
        for file in files:
            parts = str(file)[len(path.rstrip("/")) + 1 :].split("/")
            if ".." in parts:
                continue
            local = target.joinpath(*parts)
            local.parent.mkdir(parents=True, exist_ok=True)
            self.system.get_file(file, str(local))

    # -- into it -------------------------------------------------------------------------------------

    def push_store(self, folder: str, home: Path, token: int) -> None:
        """A copy of the store as it is now, also in the middle of a crawl."""
        if not (home / STORE).is_file():
            return
        last = (home / MARK).read_text() if (home / MARK).is_file() else ""
        serial = int(last.partition("-")[2]) + 1 if last.startswith(f"{token:012}-") else 0
        name = f"{token:012}-{serial:06}"
        copy = home / f".{STORE}.copy"
        try:
            _copy(home / STORE, copy)
            manifest = _manifest(copy)
            with _said(f"the store of {folder} cannot be written there"):
                self._put(copy, self._path(folder, "store", f"{name}.sqlite"))
                copy.write_bytes(msgspec.json.encode(manifest))
                self._put(copy, self._path(folder, "store", f"{name}.json"))
        except sqlite3.OperationalError as error:  # a disk that is full, for one
            raise PlaceError(f"{home / STORE} cannot be copied: {error}") from error
        except sqlite3.DatabaseError as error:
            # What is no database was never crawled into: the crawl has said so, and what lies there stays as it is.
            logger.warning("%s cannot be copied: %s", home / STORE, error)
            return
        finally:
            copy.unlink(missing_ok=True)
        (home / MARK).write_text(name)
        self._forget(folder, name)

    def _forget(self, folder: str, name: str) -> None:
        """Copies older than the one that was written; what cannot be removed now is removed the next time."""
        with contextlib.suppress(PlaceError), _said("older copies cannot be removed"):
            for old in [one for one in self.newest(folder) if one <= name][KEPT:]:
                for ending in ("json", "sqlite"):
                    with contextlib.suppress(FileNotFoundError):
                        self.system.rm_file(self._path(folder, "store", f"{old}.{ending}"))

    def push_report(self, folder: str, home: Path, report: str | None, ours: Callable[[], None]) -> None:
        """The newest report, its page last, then the list of all; *ours* raises where the site was taken over."""
        made = home / report if report else None
        files = sorted(file for file in made.rglob("*") if file.is_file()) if made and made.is_dir() else []
        files.sort(key=lambda file: file.name == "index.html" and file.parent == made)
        tops = [home / name for name in ("crawl.log", "index.html") if (home / name).is_file()]
        with _said(f"the report of {folder} cannot be written there"):
            for file in (*files, *tops):
                ours()
                self._put(file, self._path(folder, *file.relative_to(home).parts))

    def put(self, file: Path, name: str) -> None:
        """*file* as *name* beside the folders of the sites."""
        with _said(f"{name} cannot be written there"):
            self._put(file, self._path(name))

    def _put(self, file: Path, target: str) -> None:
        if any(name in WHOLE_AT_ONCE for name in _protocols(self.system)):
            self.system.put_file(str(file), target)
            return
        folder, _, name = target.rpartition("/")
        self.system.makedirs(folder, exist_ok=True)
        unfinished = f"{folder}/.{name}.{socket.gethostname()}.{os.getpid()}"
        self.system.put_file(str(file), unfinished)
        self.system.mv(unfinished, target)


def open_place(url: str) -> Place:
    """*url*: of SMO_REPORTS; keys of the storage come from the environment, as its own library reads them."""
    try:
        system, root = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise ArgumentError(f"SMO_REPORTS={url!r}: {cut(str(error), 200)}.") from error
    except ValueError as error:
        raise ArgumentError(f"SMO_REPORTS={url!r} is no place that fsspec knows: {cut(str(error), 200)}.") from error
    return Place(system, root)


def _protocols(system: Any) -> tuple[str, ...]:
    return (system.protocol,) if isinstance(system.protocol, str) else tuple(system.protocol)


@contextlib.contextmanager
def _said(what: str) -> Iterator[None]:
    """Storage libraries raise errors of their own kinds; each becomes one line."""
    try:
        yield
    except (PlaceError, Lost):
        raise
    except Exception as error:
        raise PlaceError(f"{what}: {cut(str(error) or type(error).__name__, 300)}") from error


def _copy(store: Path, target: Path) -> None:
    """By SQLite's own backup: one state of the store, whoever writes to it meanwhile."""
    target.unlink(missing_ok=True)
    with (
        contextlib.closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=rw", uri=True, timeout=60)) as source,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)


def _manifest(file: Path) -> Manifest:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Manifest(size=file.stat().st_size, sha256=digest)
