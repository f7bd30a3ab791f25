"""Looking for the fields of a card: what one platform has found on a page, the next one takes over."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property, lru_cache
from typing import Any

from attrs import define, field, frozen

from smocrawl.page import Page
from smocrawl.platforms.base import Picked, Platform, Taken
from smocrawl.platforms.reading import Place, Reading, Sight

Found = tuple[str, Taken]
UNKNOWN = object()
PLATFORMS = 256
"""Platforms whose searches are kept at hand."""


@frozen(eq=False)
class Search:
    """The places of one field, looked at in turn by everybody who reads a page alike."""

    places: tuple[tuple[Place, tuple[str, ...], str | None, tuple[str, ...]], ...]
    """Each with the names of those before it, the tag that it cannot do without, if there is one such, and the
    attributes under which it takes a plain one."""
    empty_wins: bool

    def run(self, sight: Sight) -> Found | None:
        """The first value and where it came from; an empty one counts where it wins."""
        borne, plain = sight.page.metas_by_name, sight.page.plain_metas
        for place, earlier, tag, attributes in self.places:
            if tag is not None:
                if tag not in borne:
                    continue
                if attributes and (sole := plain.get(tag)) is not None:
                    attribute, text, offset = sole
                    if attribute in attributes and sight.sees(offset):
                        return text, Taken(place.name, earlier, offset)
                    continue
            value = place.read(sight)
            if value is not None and (value[0] or self.empty_wins):
                return value[0], Taken(place.name, earlier, value[1])
        return None


@define(eq=False, slots=False)
class Seen:
    """One page, with what has been found on it so far."""

    page: Page
    found: dict[object, Any] = field(factory=dict)

    @cached_property
    def kind(self) -> str:
        """The declared media type without parameters, lower case."""
        return (self.page.header("content-type") or "").partition(";")[0].strip().lower()


@frozen(eq=False)
class Plan:
    """All that a platform looks for: one and the same for platforms that look for the same."""

    searches: tuple[tuple[str, Search], ...]

    def run(self, sight: Sight) -> Picked:
        """The first value of each field's places, remembering where it came from."""
        found = sight.found
        picked: Picked | None = found.get(self)
        if picked is not None:
            return picked
        values: dict[str, str] = {}
        taken: dict[str, Taken] = {}
        for name, search in self.searches:
            one = found.get(search, UNKNOWN)
            if one is UNKNOWN:
                one = found[search] = search.run(sight)
            if one is not None:
                values[name], taken[name] = one
        picked = found[self] = Picked(values=values, taken=taken)
        return picked


def pick(platform: Platform, sight: Sight) -> Picked:
    """What the platform finds on the page."""
    return plan(platform, ends_early(sight)).run(sight)


def ends_early(sight: Sight) -> bool:
    """Whether a part of the page may lie beyond what is read; one of unknown size may have such a part."""
    most = sight.reading.bytes_most
    return most is not None and not 0 < sight.page.size <= most


@lru_cache(PLATFORMS)
def plan(platform: Platform, limited: bool) -> Plan:
    return _plan(searches(platform, limited))


@lru_cache(PLATFORMS)
def _plan(asked: tuple[tuple[str, Search], ...]) -> Plan:
    return Plan(asked)


@lru_cache(PLATFORMS)
def searches(platform: Platform, limited: bool) -> tuple[tuple[str, Search], ...]:
    """The search for each field; *limited* where the platform does not read all of the page."""
    return tuple((name, search(places, platform.reading, limited)) for name, places in platform.places.items())


@lru_cache(PLATFORMS * 16)
def search(places: tuple[Place, ...], reading: Reading, limited: bool) -> Search:
    attributes = tuple(place.attributes(reading) for place in places)
    return _search(places, attributes, reading.empty_wins, _lens(places, reading, limited))


def _lens(places: tuple[Place, ...], reading: Reading, limited: bool) -> Hashable:
    """All of *reading* that decides what *places* give."""
    limit = reading.bytes_most if limited else None
    asked: set[str] = set()
    for place in places:
        if place.by is None:
            return reading, limit
        asked.update(place.by)
    return limit, *((name, getattr(reading, name)) for name in sorted(asked))


@lru_cache(PLATFORMS * 16)
def _search(
    places: tuple[Place, ...], attributes: tuple[tuple[str, ...], ...], empty_wins: bool, lens: Hashable
) -> Search:
    """One and the same search for all that look alike, who differ in *lens* otherwise."""
    names = tuple(place.name for place in places)
    return Search(
        tuple(
            (place, names[:index], next(iter(place.tags)) if len(place.tags) == 1 else None, attributes[index])
            for index, place in enumerate(places)
        ),
        empty_wins,
    )
