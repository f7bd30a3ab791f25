"""One view of the structured data, whatever its syntax: typed things with their properties."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, field

from smocrawl.extract import limits
from smocrawl.extract.document import Document
from smocrawl.page import Entity

SCHEMA = ("http://schema.org/", "https://schema.org/", "http://www.schema.org/", "https://www.schema.org/", "schema:")
LAST = 1_000_000_000
"""A place behind all others."""
Value = str | int | float | bool | Entity


def short(name: str) -> str:
    """A schema.org name without its prefix; others as they are."""
    for prefix in SCHEMA:
        if name.startswith(prefix):
            return name[len(prefix) :].strip("/#")[: limits.LABEL]
    return name[: limits.LABEL]


def tops(data: Any) -> Iterator[dict[str, Any]]:
    """The top-level objects of a block: arrays and ``@graph`` opened."""
    waiting = [data]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node[: limits.ENTITIES + 1]))
        elif isinstance(node, dict):
            graph = node.get("@graph")
            if isinstance(graph, (list, dict)):
                waiting.append(graph)
            if not isinstance(graph, (list, dict)) or "@type" in node:
                yield node


@define
class Builder:
    """Turns nested JSON objects into entities, within bounds."""

    syntax: str
    first: int = 0
    entities: list[Entity] = field(factory=list)
    by_id: dict[str, dict[str, Any]] = field(factory=dict)
    places: dict[int, int] = field(factory=dict)
    """Order of an entity -> place in the document of its markup."""
    place: int = LAST
    """Where what is added now is stated."""
    beside: bool = False
    """Whether that is a block beside the main text."""
    besides: set[int] = field(factory=set)
    cut: bool = False

    def index(self, top: dict[str, Any]) -> None:
        """Remember the fullest object of each ``@id``."""
        waiting: list[tuple[Any, int]] = [(top, 0)]
        while waiting:
            node, depth = waiting.pop()
            if isinstance(node, list):
                waiting.extend((one, depth) for one in node[: limits.PROPERTIES])
            elif isinstance(node, dict) and depth < limits.ENTITY_DEPTH:
                name = node.get("@id")
                if isinstance(name, str) and len(node) > len(self.by_id.get(name, {"@id": name})):
                    self.by_id[name] = node
                waiting.extend((value, depth + 1) for value in node.values() if isinstance(value, (dict, list)))

    def add(self, node: dict[str, Any], parent: str | None = None, path: tuple[int, ...] = ()) -> Entity | None:
        """The entity of *node*, listed before those nested in it; None beyond the bounds."""
        if len(self.entities) >= limits.ENTITIES or len(path) >= limits.ENTITY_DEPTH:
            self.cut = True
            return None
        number = len(self.entities)
        self.places[self.first + number] = self.place
        if self.beside:
            self.besides.add(self.first + number)
        types = tuple(short(one) for one in texts(node.get("@type")))
        if types:
            self.entities.append(Entity(types=types, properties={}))
        entity = Entity(
            types=types,
            properties=self.properties(node, (*path, id(node))),
            syntax=self.syntax,
            id=_text(node.get("@id")),
            parent=parent,
            depth=len(path),
            order=self.first + number,
        )
        if types:
            self.entities[number] = entity
        return entity

    def properties(self, node: dict[str, Any], path: tuple[int, ...]) -> Mapping[str, tuple[Value, ...]]:
        said: dict[str, tuple[Value, ...]] = {}
        for name, value in list(node.items())[: limits.PROPERTIES]:
            if name.startswith("@"):
                continue
            values = tuple(self.values(value, short(name), path))
            if values:
                said[short(name)] = said.get(short(name), ()) + values
        return said

    def values(self, value: Any, name: str, path: tuple[int, ...]) -> Iterator[Value]:
        for one in _flat(value):
            if isinstance(one, dict):
                if "@value" in one:
                    yield from self.values(one["@value"], name, path)
                elif (entity := self.nested(one, name, path)) is not None:
                    yield entity
            elif isinstance(one, str):
                yield one[: limits.VALUE]
            elif _is_number(one):
                yield one

    def nested(self, node: dict[str, Any], name: str, path: tuple[int, ...]) -> Entity | None:
        """A thing inside another; a reference becomes a copy of what it names, one level deep."""
        reference = node.get("@id")
        if not (isinstance(reference, str) and _is_reference(node)):
            return self.add(node, name, path)
        target = self.by_id.get(reference)
        if len(node) == 1 and (target is None or id(target) in path):
            return Entity(types=(), properties={}, syntax=self.syntax, id=reference[: limits.URL], parent=name)
        if target is None or target is node or id(target) in path:
            return self.add(node, name, path)
        return self.copy({**target, **node}, name, len(path))

    def copy(self, node: dict[str, Any], parent: str, depth: int) -> Entity:
        """The plain values of a thing that is listed elsewhere, so that it is not listed twice."""
        plain = {
            short(key): tuple(self.plain(value))
            for key, value in list(node.items())[: limits.PROPERTIES]
            if not key.startswith("@")
        }
        types = tuple(short(one) for one in texts(node.get("@type")))
        properties = {key: values for key, values in plain.items() if values}
        return Entity(
            types=types, properties=properties, syntax=self.syntax, id=_text(node["@id"]), parent=parent, depth=depth
        )

    def plain(self, value: Any) -> Iterator[Value]:
        for one in _flat(value):
            if isinstance(one, dict):
                known = self.by_id.get(str(one.get("@id"))) or one
                inner = one.get("@value") or known.get("url") or known.get("contentUrl") or known.get("@id")
                yield from (text[: limits.VALUE] for text in texts(inner)[:1])
            elif isinstance(one, str):
                yield one[: limits.VALUE]
            elif _is_number(one):
                yield one

    def report(self, document: Document) -> None:
        if self.cut:
            document.complain(
                "limit", self.syntax, f"More than {limits.ENTITIES} things or {limits.ENTITY_DEPTH} levels; cut."
            )


def _is_reference(node: Mapping[str, Any]) -> bool:
    """An ``@id``, with at most a name or the like beside it: Rank Math names the author of an article so.

    JSON-LD 1.1, 3.3: whatever is said of one ``@id`` is said of one node.
    """
    return "@type" not in node and not any(isinstance(value, (dict, list)) for value in node.values())


def _is_number(value: Any) -> bool:
    """True, false, or a number that JSON can write again: NaN, Infinity and 1e999 are none."""
    return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))


def _flat(value: Any) -> Iterator[Any]:
    """The values of a property; arrays of arrays and ``@list`` opened."""
    waiting, given = [value], 0
    while waiting and given < limits.PROPERTIES:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one[: limits.PROPERTIES]))
        elif isinstance(one, dict) and isinstance(one.get("@list", one.get("@set")), list):
            waiting.append(one.get("@list", one.get("@set")))
        elif one is not None:
            given += 1
            yield one


def texts(value: Any) -> list[str]:
    """A string or a list of strings as a list of strings."""
    return [one[: limits.VALUE] for one in _flat(value) if isinstance(one, str) and one]


def _text(value: Any) -> str | None:
    return value[: limits.URL] if isinstance(value, str) else None
