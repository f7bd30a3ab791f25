"""Every check and every platform, ours and those of plugins: the one place that knows them all."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import metadata, resources
from types import MappingProxyType, ModuleType
from typing import Protocol, TypeVar

from smocrawl import checks, platforms
from smocrawl.checks.base import Check
from smocrawl.checks.whole_site import SiteCheck, read_site_check
from smocrawl.platforms.base import Platform

logger = logging.getLogger(__name__)

CHECKS_GROUP = "smocrawl.checks"
PLATFORMS_GROUP = "smocrawl.platforms"
SECTIONS_GROUP = "smocrawl.report_sections"
"""Entry points by which a plugin adds its own: the first two name a module, or one check or platform; the third names a
function that makes a section of the report (:mod:`smocrawl.report.sections.added`)."""

MakesSection = Callable[..., object]


class RegistryError(ValueError):
    """Two of our own things bear one id; the text names both."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


@cache
def all_checks() -> Mapping[str, Check]:
    """Page checks by id, in the order of their ids."""
    return _with_plugins(_own_checks(), CHECKS_GROUP, Check, taken=_own_site_checks())


@cache
def all_site_checks() -> Mapping[str, SiteCheck]:
    """Checks of the whole site by id, in the order of their ids."""
    return _with_plugins(_own_site_checks(), CHECKS_GROUP, SiteCheck, taken=_own_checks())


@cache
def all_platforms() -> Mapping[str, Platform]:
    """Platforms by id, in the order of their ids."""
    return _with_plugins(_by_id(_from_modules(platforms, Platform)), PLATFORMS_GROUP, Platform, taken={})


def has_plugins() -> bool:
    """Whether checks or platforms of others are among them."""
    return bool(_loaded(CHECKS_GROUP) or _loaded(PLATFORMS_GROUP))


@cache
def report_sections() -> Mapping[str, MakesSection]:
    """What plugins add to the report: name of the entry point -> the function that makes the section."""
    found: dict[str, MakesSection] = {}
    for entry, loaded in _loaded(SECTIONS_GROUP):
        if callable(loaded):
            found.setdefault(entry.name, loaded)
        else:
            _left_out(entry, "it names no function")
    return MappingProxyType(found)


def forget() -> None:
    """Look again at the next question: for tests that add a plugin."""
    for collected in (all_checks, all_site_checks, all_platforms, report_sections, _loaded, _left_out):
        collected.cache_clear()


def _from_modules(package: ModuleType, wanted: type[N]) -> Iterator[N]:
    for module in sorted(pkgutil.walk_packages(package.__path__, f"{package.__name__}."), key=lambda found: found.name):
        yield from _of(importlib.import_module(module.name), wanted)


def _of(thing: object, wanted: type[N]) -> Iterator[N]:
    """*thing* itself where it is one, otherwise those among a module's attributes."""
    if isinstance(thing, wanted):
        yield thing
    elif isinstance(thing, ModuleType):
        yield from (value for value in vars(thing).values() if isinstance(value, wanted))


@cache
def _own_checks() -> Mapping[str, Check]:
    return _by_id(_from_modules(checks, Check))


@cache
def _own_site_checks() -> Mapping[str, SiteCheck]:
    return _by_id(_from_sql())


def _with_plugins(
    ours: Mapping[str, N], group: str, wanted: type[N], *, taken: Mapping[str, object]
) -> Mapping[str, N]:
    """*ours* and what plugins add; a plugin whose id is *taken*, or that of ours or another, is left out with one line."""
    found = dict(ours)
    for entry, loaded in _loaded(group):
        added = {thing.id: thing for thing in _of(loaded, wanted)}
        clash = next(
            (name for name, thing in added.items() if name in taken or found.get(name, thing) is not thing), None
        )
        if clash:
            _left_out(entry, f"{clash!r} exists already; call it yours/{clash.rpartition('/')[2]}")
        else:
            found.update(added)
        if not added and not _adds_something(loaded):
            _left_out(entry, "it names neither a check nor a platform")
    return MappingProxyType(dict(sorted(found.items())))


def _adds_something(loaded: object) -> bool:
    return any(any(_of(loaded, shape)) for shape in (Check, SiteCheck, Platform))


@cache
def _loaded(group: str) -> tuple[tuple[metadata.EntryPoint, object], ...]:
    """Every plugin of *group* that can be loaded, in the order of their names."""
    found = []
    for entry in sorted(metadata.entry_points(group=group), key=lambda found: found.name):
        try:
            found.append((entry, entry.load()))
        except Exception as error:  # noqa: BLE001 - whatever a stranger's module does, the others are heard
            _left_out(entry, f"it cannot be loaded: {type(error).__name__}: {error}")
    return tuple(found)


@cache
def _left_out(entry: metadata.EntryPoint, why: str) -> None:
    """One line for each plugin and reason, however often it is asked for."""
    logger.warning("The plugin %s (%s) is left out: %s", entry.name, entry.value, " ".join(why.split())[:LONGEST])


LONGEST = 300
"""Characters of the reason: an error's text may be a page long."""


def _from_sql() -> Iterator[SiteCheck]:
    # The folder is named as data, not imported: the site's room stands above this one.
    folder = resources.files("smocrawl").joinpath("site", "checks")
    if folder.is_dir():
        for file in sorted(folder.iterdir(), key=lambda found: found.name):
            if file.name.endswith(".sql"):
                yield read_site_check(file.read_text(encoding="utf-8"), f"smocrawl/site/checks/{file.name}")


def _by_id(things: Iterable[N]) -> Mapping[str, N]:
    found: dict[str, N] = {}
    for thing in things:
        if found.setdefault(thing.id, thing) is not thing:
            raise RegistryError(f"Two things are called {thing.id!r}: {_origin(found[thing.id])} and {_origin(thing)}")
    return MappingProxyType(dict(sorted(found.items())))


def _origin(thing: object) -> str:
    return getattr(thing, "origin", "") or repr(thing)[:80]
