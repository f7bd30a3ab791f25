"""Reads a list of seeded faults and works them into the demo site.

A list says two things in one place: what the audit is expected to find, and the change that brings it
about.  Without the changes the site is clean.  The house has one list that everybody sees (``defects.toml``),
and variants for what a site can only be in one way at a time.
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

CHANGES = frozenset({"at", "page", "copy_of", "house", "drop", "swap", "pad", "headers", "gone"})
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
    """Pages of the pattern that another fault keeps from it; they are not changed either, unless ``at`` names them."""
    change: Mapping[str, Any] = field(factory=dict)
    """What is changed for it; empty where it follows from the change of another."""
    audience: str = ""
    """The audience for which alone it is found; empty for the variant's own."""

    def __attrs_post_init__(self) -> None:
        if unknown := set(self.change) - CHANGES:
            raise ValueError(f"{self.check} on {self.path or 'the site'}: no such change: {', '.join(sorted(unknown))}")

    def concerns(self, path: str, kind: str) -> bool:
        """Whether the finding is about this page."""
        return bool(self.path) and path not in self.but and _matches(self.path, path, kind)

    def changes(self, path: str, kind: str) -> bool:
        """Whether something is changed at this path."""
        if path in self.but and path not in self.targets:
            return False
        return bool(self.change) and any(_matches(one, path, kind) for one in self.targets)

    @property
    def targets(self) -> tuple[str, ...]:
        """Patterns of the paths at which the change is made."""
        return tuple(self.change.get("at", (self.path,)))


@frozen(kw_only=True)
class Variant:
    """One condition in which the house's site may be found."""

    what: str = ""
    address: str = ""
    """Where it stands; empty for the usual place."""
    audience: str = "general"
    audiences: tuple[str, ...] = field(default=(), converter=tuple)
    """Further audiences for whom its list names defects."""
    content: tuple[str, ...] = field(default=(), converter=tuple)
    """Content files that only this variant has."""
    without: tuple[str, ...] = field(default=(), converter=tuple)
    """Patterns of the pages that it lacks; nothing links to them."""
    older: int = 0
    """So many days everything lies further back."""
    also: Mapping[str, tuple[tuple[str, str], ...]] = field(factory=dict)
    """Exchanges in the finished file of a page that are no faults: what is right there and stands nowhere else."""
    defects: tuple[Defect, ...] = ()

    def has(self, path: str) -> bool:
        return not any(fnmatchcase(path, pattern) for pattern in self.without)


CLEAN = Variant()
VARIANTS: Mapping[str, str] = {
    "seeded": "defects.toml", "relaunch": "variants/relaunch.toml", "stall": "variants/stall.toml",
}  # fmt: skip


@lru_cache(maxsize=len(VARIANTS))
def variant(name: str) -> Variant:
    content = tomllib.loads((files("smocrawl.demo") / VARIANTS[name]).read_text(encoding="utf-8"))
    found = tuple(Defect(**entry) for entry in content.pop("defect"))
    return Variant(**content, defects=found)


def defects() -> tuple[Defect, ...]:
    return variant("seeded").defects


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


def is_gone(faults: Sequence[Defect]) -> bool:
    """Whether one of the faults takes the file away."""
    return any(fault.change.get("gone") for fault in faults)


def concerning(path: str, kind: str, faults: Sequence[Defect]) -> list[Defect]:
    """The faults that change something at this path."""
    return [fault for fault in faults if fault.changes(path, kind)]


def _matches(pattern: str, path: str, kind: str) -> bool:
    return pattern == f"kind:{kind}" or fnmatchcase(path, pattern)
