"""Microformats: entries, cards, products, events and reviews, in today's and the classic class names.

A reader of our own: mf2py parses the page anew and copies whole subtrees for the classic names, which every
WordPress theme carries, half a second for a long page. What it finds is the same; the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.document import Document, text_of
from smocrawl.extract.structured.microformats_items import Item, read_items
from smocrawl.extract.structured.microformats_names import CLASSIC
from smocrawl.extract.words import words

TYPES = words(
    """h-adr h-card h-cite h-entry h-event h-feed h-geo h-item h-product h-recipe h-resume h-review
    h-review-aggregate"""
)
"""The types that are specified; other names that begin so are somebody's own classes."""
THINGS = TYPES | frozenset(CLASSIC) - {"hfeed"}
"""Classes without which no page tells anything by microformats."""
WIKI = "https://microformats.org/wiki/"


def read_microformats(document: Document) -> Iterator[tuple[HtmlElement, dict[str, Any]]]:
    """Each outermost thing with its element, in the shape of a JSON-LD node."""
    if THINGS.isdisjoint(document.class_names):
        return
    for item in read_items(document):
        for thing in things(item):
            node = as_node(document, thing)
            if len(node) > 1:
                yield thing.element, node


def things(item: Item) -> Iterator[Item]:
    """*item*, or those inside it where it tells nothing by itself.

    Themes put ``hfeed`` on the body, where it would take in the page's own entry.
    """
    if not TYPES.isdisjoint(item.types) and not (item.classic and item.types == ("h-feed",)):
        yield item
        return
    for inner in inside(item):
        yield from things(inner)


def inside(item: Item) -> Iterator[Item]:
    for values in item.properties.values():
        yield from (value for value in values if isinstance(value, Item))
    yield from item.children


def as_node(document: Document, item: Item) -> dict[str, Any]:
    """The item in the shape of a JSON-LD node."""
    node: dict[str, Any] = {"@type": [WIKI + name for name in item.types if name in TYPES]}
    for name, values in item.properties.items():
        if said := [one for value in values if (one := as_value(document, value))]:
            node[name] = said
    if children := [as_node(document, thing) for child in item.children for thing in things(child)]:
        node["children"] = children
    if "name" not in node and "h-card" in item.types:
        node["name"] = [text_of(item.element, limits.LABEL)]
    if "url" not in node and "h-card" in item.types and item.element.tag == "a" and item.element.get("href"):
        node["url"] = [document.resolve(item.element.get("href"))]
    return node


def as_value(document: Document, value: Any) -> Any:
    """A text or a node; of an item without a known type what it says as a text."""
    while isinstance(value, Item):
        if not TYPES.isdisjoint(value.types):
            return as_node(document, value)
        value = value.value
    return value
