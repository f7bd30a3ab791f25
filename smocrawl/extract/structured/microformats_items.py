"""The microformats of a page as items, by the rules of https://microformats.org/wiki/microformats2-parsing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from attrs import define, evolve, field
from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.budget import Budget, TooMuch
from smocrawl.extract.document import Document
from smocrawl.extract.structured import microformats_values as values
from smocrawl.extract.structured.microformats_names import (
    CLASSIC,
    NOTHING,
    Marks,
    Rules,
    is_root,
    read_marks,
    tags_count,
)

VALUES = (("p", "name"), ("u", "url"))


@define
class Item:
    """One root with what it says."""

    element: HtmlElement
    types: tuple[str, ...]
    classic: bool
    properties: dict[str, list[Any]] = field(factory=dict)
    """Name -> texts and items, in document order."""
    children: list[Item] = field(factory=list)
    """Roots inside that are no property."""
    value: Any = None
    """What it would be if it were no root; None where it is no property."""
    stated: dict[str, Any] = field(factory=dict)
    """Prefix -> the value under that prefix that the item states by its first name or address."""


def read_items(document: Document) -> Iterator[Item]:
    """The outermost roots, in document order."""
    roots = {one for one in set(" ".join(document.class_lists).split()) if is_root(one)}
    opening = {classes for classes in document.class_lists if not roots.isdisjoint(classes.split())} if roots else ()
    if not opening:
        return
    reader = Reader(document)
    templates = "template" in document.named
    for element in document.bearing["class"]:
        classes = element.get("class", "")
        if classes not in opening or element in reader.read:
            continue
        if templates and next(element.iterancestors("template"), None) is not None:
            continue
        try:
            yield reader.item(element, read_marks(classes), ())
        except TooMuch:
            document.complain("limit", "microformats", "Too many elements; the rest was not read.")
            return


@define
class Reader:
    """Reads the items of one page, each element once."""

    document: Document
    read: set[HtmlElement] = field(factory=set)
    """The roots that have been read."""
    day: str | None = None
    """The last day that a property named; those that state only a time are on it."""
    budget: Budget = field(factory=lambda: Budget(limits.MICROFORMAT_ELEMENTS))
    depth: int = 0

    def item(self, element: HtmlElement, marks: Marks, rules: Rules) -> Item:
        """The item that *element* opens; *rules* are those in force around it."""
        self.read.add(element)
        self.day = None
        classic = not marks.roots
        types = marks.roots or tuple(sorted(CLASSIC[root].type for root in marks.classic))
        item = Item(element, types, classic)
        if marks.apart:
            rules = marks.classic if classic else ()
        self.depth += 1
        stated = self.inside(item, rules)
        self.depth -= 1
        item.stated = {prefix: item.properties[name][0] for prefix, name in VALUES if name in item.properties}
        if not classic:
            self.imply(item, stated)
        return item

    def inside(self, item: Item, rules: Rules) -> set[str]:
        """Read the descendants down to the next roots; the prefixes that were met, ``h`` for a root."""
        stated: set[str] = set()
        by_tag = tags_count(rules)
        waiting = list(reversed(item.element))
        while waiting:
            element = waiting.pop()
            if element.tag == "template":
                continue
            self.budget.spend()
            rel = element.get("rel", "") if rules else ""
            classes = element.get("class", "")
            marks = read_marks(classes, rel, rules) if classes or rel else NOTHING
            if rel and by_tag and (category := tagged(element, rel)):
                stated.add("p")
                item.properties.setdefault("category", []).append(category)
            if marks.roots or marks.classic:
                stated.update("h", (prefix for prefix, _ in marks.properties))
                self.nested(item, element, marks, rules)
                continue
            if marks.properties:
                stated.update(prefix for prefix, _ in marks.properties)
                for name, value in self.valued(element, marks):
                    if value is not None:
                        item.properties.setdefault(name, []).append(value)
            waiting.extend(reversed(element))
        return stated

    def nested(self, item: Item, element: HtmlElement, marks: Marks, rules: Rules) -> None:
        """A root inside: each property that it stands for, or a child."""
        if self.depth >= limits.MICROFORMAT_DEPTH:
            self.read.update(element.iter())
            return
        said = list(self.valued(element, marks))
        inner = self.item(element, marks, rules)
        if not marks.properties:
            item.children.append(inner)
        for (prefix, name), (_, value) in zip(marks.properties, said, strict=False):
            own = inner.stated.get(prefix)
            item.properties.setdefault(name, []).append(evolve(inner, value=value if own is None else own))

    def valued(self, element: HtmlElement, marks: Marks) -> Iterator[tuple[str, str | None]]:
        """(property, value) of one element; each prefix is read once."""
        said: dict[str, str | None] = {}
        for prefix, name in marks.properties:
            if prefix not in said:
                said[prefix] = self.value(element, prefix)
            yield name, said[prefix]

    def value(self, element: HtmlElement, prefix: str) -> str | None:
        if prefix == "p":
            return values.text(self.document, element)
        if prefix == "u":
            return values.address(self.document, element)
        if prefix == "e":
            return values.markup_text(self.document, element)
        said, day = values.moment(element, self.day)
        self.day = day or self.day
        return said

    def imply(self, item: Item, stated: set[str]) -> None:
        """What today's roots say by their markup alone."""
        said = item.properties
        if "name" not in said and stated.isdisjoint("peh"):
            said["name"] = [values.implied_name(item.element)]
        if not stated.isdisjoint("uh"):
            return
        for name, imply in (("photo", values.implied_photo), ("url", values.implied_url)):
            if name not in said and (address := imply(self.document, item.element)) is not None:
                said[name] = [address]


def tagged(element: HtmlElement, rel: str) -> str:
    """The category that a link with ``rel=tag`` names: the last segment of its address."""
    if "tag" not in rel.split():
        return ""
    segments = [segment for segment in element.get("href", "")[: limits.URL].split("/") if segment]
    return unquote(segments[-1]) if segments else ""
