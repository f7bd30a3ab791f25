"""What the addresses under ``sameAs`` mean to the social web."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from smocrawl.extract.social.meaning import recognise
from smocrawl.page import Entity, Recognised

MOST = 200
"""Addresses read; real pages name a dozen."""


def read_same_as(entities: Iterable[Entity]) -> tuple[Recognised, ...]:
    """Each address as written, with the first type of the thing that it stands for."""
    named = [
        (value.strip(), entity.types[0])
        for entity in entities
        if entity.types
        for value in entity.values("sameAs")
        if isinstance(value, str)
    ]
    found = ((address, owner, recognise(address)) for address, owner in dict.fromkeys(named[:MOST]))
    return tuple(evolve(meaning, url=address, label=owner) for address, owner, meaning in found if meaning is not None)
