"""Every check and every platform, ours and those of plugins: the one place that knows them all."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import metadata, resources
from types import MappingProxyType, ModuleType
from typing import Protocol, TypeVar

from smocrawl import checks, platforms
from smocrawl.checks.base import Check
from smocrawl.checks.whole_site import SiteCheck, read_site_check
from smocrawl.platforms.base import Platform

CHECKS_GROUP = "smocrawl.checks"
PLATFORMS_GROUP = "smocrawl.platforms"
"""Entry points by which a plugin adds its own: each names a module, or one check or platform."""


class RegistryError(ValueError):
    """Two things bear one id, or a plugin cannot be loaded; the text names both."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


@cache
def all_checks() -> Mapping[str, Check]:
    """Page checks by id, in the order of their ids."""
    return _by_id([*_from_modules(checks, Check), *_from_plugins(CHECKS_GROUP, Check)])


@cache
def all_site_checks() -> Mapping[str, SiteCheck]:
    """Checks of the whole site by id, in the order of their ids."""
    return _by_id([*_from_sql(), *_from_plugins(CHECKS_GROUP, SiteCheck)])


@cache
def all_platforms() -> Mapping[str, Platform]:
    """Platforms by id, in the order of their ids."""
    return _by_id([*_from_modules(platforms, Platform), *_from_plugins(PLATFORMS_GROUP, Platform)])


def forget() -> None:
    """Look again at the next question: for tests that add a plugin."""
    for collected in (all_checks, all_site_checks, all_platforms):
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


def _from_plugins(group: str, wanted: type[N]) -> Iterator[N]:
    for entry in sorted(metadata.entry_points(group=group), key=lambda found: found.name):
        try:
            loaded = entry.load()
        except Exception as error:
            raise RegistryError(f"The plugin {entry.name} ({entry.value}) cannot be loaded: {error!r}") from error
        yield from _of(loaded, wanted)


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
