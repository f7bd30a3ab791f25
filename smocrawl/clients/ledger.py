"""What became of the last try to crawl a client, beside its store; and the lock under which it is tried."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from attrs import frozen

FILE = "schedule.json"
LOCK = ".schedule.lock"
FORMAT = 1


@frozen(kw_only=True)
class Tried:
    """The last try, as the exit code and the last line of its process tell it."""

    at: datetime
    code: int = 0
    said: str = ""
    failures: int = 0
    """In a row, this one included."""
    not_told: str = ""
    """Why somebody who should have been told was not."""


def read(home: Path) -> Tried | None:
    """None where there was none, or where the file is broken: then the store alone decides."""
    try:
        said = msgspec.json.decode((home / FILE).read_bytes(), type=dict[str, object])
        values = {name: said[name] for name in ("code", "said", "failures", "not_told")}
        return msgspec.convert({"at": said["at"], **values}, Tried)
    except (OSError, KeyError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def write(home: Path, tried: Tried) -> None:
    home.mkdir(parents=True, exist_ok=True)
    told = {"format": FORMAT, **{name: getattr(tried, name) for name in ("at", "code", "said", "failures", "not_told")}}
    unfinished = home / f".{FILE}.{os.getpid()}"
    unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1))
    unfinished.replace(home / FILE)


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@contextlib.contextmanager
def held(home: Path) -> Iterator[bool]:
    """Whether this process alone may try the client now.  The kernel drops the lock with the process, however that ends."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / LOCK).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def crawler_of(home: Path) -> str:
    """Who crawls this site at the moment (its own lock, taken by every crawl); empty = nobody."""
    try:
        with (home / "crawls.lock").open("r+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read(200).strip() or "another process"
    except OSError:
        pass
    return ""
