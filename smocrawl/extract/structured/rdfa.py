"""RDFa, only where a page types things with it.

A reader of our own: extruct's goes through rdflib, takes up to a fifth of a second a page and lists what it finds in
another order each time. The statements are the same; the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import define, field
from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.document import Document
from smocrawl.extract.structured.rdfa_triples import FIRST, NIL, REST, TYPE, Literal, Triple, Value, read_triples


def has_rdfa(document: Document) -> bool:
    """``property`` alone is Open Graph's attribute; things are typed by ``typeof`` or ``vocab``."""
    return "typeof" in document.bearing or "vocab" in document.bearing


def read_rdfa(document: Document) -> Iterator[tuple[HtmlElement, dict[str, Any]]]:
    """The typed things that no other thing refers to, each with its element, in the shape of JSON-LD nodes."""
    triples, places = read_triples(document)
    graph = Graph.of(triples)
    for name in graph.outermost(places):
        if (node := graph.nest(name, ())) is not None:
            yield places[name], node


@define
class Graph:
    """The statements by the thing that they are about."""

    things: dict[str, dict[str, list[Value]]] = field(factory=dict)
    nested: set[str] = field(factory=set)
    """The things that stand in a node already."""
    left: int = limits.ENTITIES

    @classmethod
    def of(cls, triples: list[Triple]) -> Graph:
        graph = cls()
        for subject, name, value in triples:
            graph.things.setdefault(subject, {}).setdefault(name, []).append(value)
        return graph

    def outermost(self, typed: dict[str, HtmlElement]) -> Iterator[str]:
        """Things that none refers to; then those that only refer to each other, the first of each circle."""
        referred = {
            value
            for subject, said in self.things.items()
            for values in said.values()
            for value in values
            if isinstance(value, str) and value != subject
        }
        yield from (name for name in typed if name not in referred)
        yield from (name for name in typed if name not in self.nested)

    def nest(self, name: str, path: tuple[str, ...]) -> dict[str, Any] | None:
        """A thing with those that it refers to inside; None beyond the bounds."""
        if self.left <= 0 or name in path or len(path) >= limits.RDFA_DEPTH:
            return None
        self.left -= 1
        self.nested.add(name)
        node: dict[str, Any] = {"@id": name} if address(name) else {}
        for key, values in self.things[name].items():
            if key == TYPE:
                node["@type"] = values
            elif said := [one for value in values for one in self.inner(value, (*path, name)) if one]:
                node[key] = said
        return node

    def inner(self, value: Value, path: tuple[str, ...]) -> Iterator[Any]:
        """A text, an address or a node; the values of a list one by one."""
        for one in self.listed(value):
            if isinstance(one, Literal):
                yield one.text
            elif one in self.things and (one.startswith("_:") or TYPE in self.things[one]):
                yield self.nest(one, path) or address(one)
            else:
                yield address(one)

    def listed(self, value: Value) -> Iterator[Value]:
        """The values of a list; any other value as it is."""
        for _ in range(limits.PROPERTIES):
            said = self.things.get(value, {}) if isinstance(value, str) else {}
            if FIRST not in said or REST not in said:
                break
            yield said[FIRST][0]
            value = said[REST][0]
        if value != NIL:
            yield value


def address(name: str) -> str:
    """The address of a thing; empty where it has none."""
    return "" if name.startswith("_:") else name
