"""Names what reads answers: facts of another reader are not taken over, but read anew."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from smocrawl import scoring
from smocrawl.page import FACTS_VERSION

ROOMS = ("page", "extract")
FILES = ("reading.py", "checks/applies.py", "store/records.py")
"""Everything of ours that decides what the facts of an answer are."""

LIBRARIES = ("extruct", "feedparser", "lxml", "pillow", "w3lib")


@lru_cache(maxsize=1)
def reader() -> str:
    """Sixteen hex digits: over the code that reads, its libraries, and the numbers of facts, rules and score.

    By the code itself, for a number that somebody must remember to raise is forgotten one day.
    """
    digest = sha256(f"{FACTS_VERSION} {scoring.RULESET} {scoring.ALGORITHM}".encode())
    root = files("smocrawl")
    for name in ROOMS:
        _add(digest, root / name)
    for name in FILES:
        digest.update((root / name).read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()[:16]


def _add(digest: Any, folder: Traversable) -> None:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            _add(digest, entry)
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            digest.update(entry.name.encode())
            digest.update(entry.read_bytes())
