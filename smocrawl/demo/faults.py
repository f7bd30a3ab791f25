"""Reads the list of seeded faults and works them into the demo site.

``defects.toml`` says two things in one place: what the audit is expected to find, and the change that
brings it about.  Without the changes the site is clean.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlsplit

from attrs import field, frozen

CHANGES = frozenset({"at", "page", "copy_of", "house", "drop", "swap", "pad", "headers"})
COPIED = ("title", "description", "body", "facts", "reviews", "rating")
"""What a page takes over from another of which it is a copy."""


@frozen(kw_only=True)
class Defect:
    """One finding that the audit of the demo site must make."""

    check: str
    path: str
    """The page, a pattern for several, or ``kind:article`` for all of a kind; empty for the whole site."""
    outcome: str
    what: str
    but: tuple[str, ...] = field(default=(), converter=tuple)
    """Pages of the pattern that another fault keeps from it; they are not changed either."""
    change: Mapping[str, Any] = field(factory=dict)
    """What is changed for it; empty where it follows from the change of another."""

    def __attrs_post_init__(self) -> None:
        if unknown := set(self.change) - CHANGES:
            raise ValueError(f"{self.check} on {self.path or 'the site'}: no such change: {', '.join(sorted(unknown))}")

    def concerns(self, path: str, kind: str) -> bool:
        """Whether the finding is about this page."""
        return bool(self.path) and path not in self.but and _matches(self.path, path, kind)

    def changes(self, path: str, kind: str) -> bool:
        """Whether something is changed at this path."""
        return bool(self.change) and path not in self.but and any(_matches(one, path, kind) for one in self.targets)

    @property
    def targets(self) -> tuple[str, ...]:
        """Patterns of the paths at which the change is made."""
        return tuple(self.change.get("at", (self.path,)))


@lru_cache(maxsize=1)
def defects() -> tuple[Defect, ...]:
    text = (files("smocrawl.demo") / "defects.toml").read_text(encoding="utf-8")
    return tuple(Defect(**entry) for entry in tomllib.loads(text)["defect"])


def changed_entries(entries: Sequence[dict[str, Any]], faults: Sequence[Defect]) -> list[dict[str, Any]]:
    """The page entries with the overrides of the faults merged in."""
    changed = []
    originals = {entry["path"]: entry for entry in entries}
    for entry in entries:
        for fault in concerning(entry["path"], entry.get("kind", ""), faults):
            original = originals.get(fault.change.get("copy_of", ""), {})
            override = {name: original[name] for name in COPIED if name in original} | fault.change.get("page", {})
            dropped = [*entry.get("drop", ()), *fault.change.get("drop", ())]
            entry = {**entry, **_merged(entry, override), "drop": dropped}  # noqa: PLW2901 - it grows fault by fault
        changed.append(entry)
    return changed


def _merged(entry: Mapping[str, Any], override: Mapping[str, Any]) -> dict[str, Any]:
    """Tables are merged one level deep: a picture keeps its motif when only its width changes."""
    return {
        name: {**entry[name], **value} if isinstance(value, dict) and isinstance(entry.get(name), dict) else value
        for name, value in override.items()
    }


def changed_house(house: dict[str, Any], faults: Sequence[Defect]) -> dict[str, Any]:
    for fault in faults:
        house = {**house, **fault.change.get("house", {})}
    return house


def swapped(path: str, content: str, faults: Sequence[Defect], origin: str) -> str:
    """The text of a file after the literal exchanges; an exchange that finds nothing is a mistake in the list."""
    for fault in faults:
        content = exchanged(f"{fault.check} on {path}", content, fault.change.get("swap", ()), origin)
        content = content.replace("<title>", _stylesheet(fault.change.get("pad", 0)) + "<title>", 1)
    return content


def exchanged(place: str, content: str, swaps: Iterable[Sequence[str]], origin: str) -> str:
    """After each of the exchanges (old, new); ValueError names *place* where there is nothing to exchange."""
    for old, new in swaps:
        before, after = _filled(old, origin), _filled(new, origin)
        if before not in content:
            raise ValueError(f"{place}: nothing to exchange for {before!r}")
        content = content.replace(before, after)
    return content


def _filled(words: str, origin: str) -> str:
    """With the address under which the site speaks of itself, its host, and the address as share links quote it."""
    filled = words.replace("{origin}", origin).replace("{quoted}", quote(origin, safe=""))
    return filled.replace("{host}", urlsplit(origin).netloc)


def _stylesheet(size: int) -> str:
    """So many bytes of the inline style that some shops print before everything else."""
    rule = ".grid-{}>.cell{{box-sizing:border-box;flex:0 0 25%;padding:0 .75rem}}\n"
    return f"<style>\n{''.join(map(rule.format, range(size // 75)))}</style>\n" if size else ""


def headers(faults: Sequence[Defect]) -> dict[str, str]:
    found: dict[str, str] = {}
    for fault in faults:
        found |= fault.change.get("headers", {})
    return found


def concerning(path: str, kind: str, faults: Sequence[Defect]) -> list[Defect]:
    """The faults that change something at this path."""
    return [fault for fault in faults if fault.changes(path, kind)]


def _matches(pattern: str, path: str, kind: str) -> bool:
    return pattern == f"kind:{kind}" or fnmatchcase(path, pattern)
