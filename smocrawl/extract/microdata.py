"""Microdata, by the HTML standard and with the liberties that extruct takes.

A reader of our own, because extruct asks the tree anew for each item and copies every element whose text it reads.
What it finds is the same; the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.budget import Budget, TooMuch
from smocrawl.extract.document import Document
from smocrawl.extract.microdata_text import laid_out

ADDRESSES = {
    "audio": "src", "embed": "src", "iframe": "src", "img": "src", "source": "src", "track": "src", "video": "src",
    "a": "href", "area": "href", "link": "href", "object": "data",
}  # fmt: skip
"""Elements whose value is an address -> the attribute that states it."""
MACHINE = {"meta": "content", "data": "value", "meter": "value", "time": "datetime"}
"""Elements whose value an attribute states, even where it is missing."""
BLANKS = " \t\n\r\f"
"""White space of HTML."""


def read_microdata(document: Document) -> Iterator[tuple[HtmlElement, dict[str, Any]]]:
    """Each outermost item with its element, in the shape of a JSON-LD node."""
    reader = Reader(document)
    for scope in document.bearing.get("itemscope", ()):
        try:
            node = reader.item(scope, 0)
        except TooMuch:
            document.complain("limit", "microdata", "Too many or too costly items; the rest was not read.")
            return
        if node is not None:
            yield scope, node


class Reader:
    """Reads the items of one page, each once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.base = document.base
        self.read: set[HtmlElement] = set()
        self.items = Budget(limits.ENTITIES * 2)
        self.steps = Budget(limits.MICRODATA_STEPS)
        self.owners: dict[HtmlElement, HtmlElement | None] = {}
        """Element -> the item around it; those that were asked for."""

    @cached_property
    def properties(self) -> dict[HtmlElement | None, list[HtmlElement]]:
        """Each item -> the elements that state its properties, in document order."""
        found: dict[HtmlElement | None, list[HtmlElement]] = {}
        for element in self.document.bearing.get("itemprop", ()):
            found.setdefault(self.owner(element), []).append(element)
        return found

    @cached_property
    def named(self) -> dict[str, HtmlElement]:
        """The first element of each id."""
        return {element.get("id", ""): element for element in reversed(self.document.bearing.get("id", []))}

    def owner(self, element: HtmlElement) -> HtmlElement | None:
        """The nearest item around *element*."""
        climbed: list[HtmlElement] = []
        owner: HtmlElement | None = None
        here = element
        while here not in self.owners:
            climbed.append(here)
            around = here.getparent()
            if around is None or around.get("itemscope") is not None:
                owner = around
                break
            here = around
        else:
            owner = self.owners[here]
        self.owners.update(dict.fromkeys(climbed, owner))
        return owner

    def item(self, scope: HtmlElement, depth: int) -> dict[str, Any] | None:
        """The item that *scope* opens; None where it was read before or stands too deep."""
        self.items.spend()
        if scope in self.read or depth >= limits.ENTITY_DEPTH:
            return None
        self.read.add(scope)
        types = scope.get("itemtype", "").split()
        node: dict[str, Any] = {"@type": None, "@id": None}
        if types:
            node["@type"] = types[0] if len(types) == 1 else types
            node["@id"] = scope.get("itemid", "").strip() or None
        for element in self.stating(scope):
            self.steps.spend()
            value = self.value(element, depth)
            for name in element.get("itemprop", "").split():
                node.setdefault(name, []).extend([] if value in (None, "") else [value])
        return node

    def stating(self, scope: HtmlElement) -> Iterator[HtmlElement]:
        """The elements that state the properties of an item: inside it, then where ``itemref`` points."""
        yield from self.properties.get(scope, ())
        for name in scope.get("itemref", "").split():
            self.steps.spend()
            target = self.named.get(name)
            if target is None:
                continue
            if target.get("itemscope") is None:
                owner = self.owner(target)
            elif target.get("itemprop") is None:
                owner = target
            else:
                yield target
                continue
            for element in target.iter():
                self.steps.spend()
                if element.get("itemprop") is not None and self.owner(element) is owner:
                    yield element

    def value(self, element: HtmlElement, depth: int) -> Any:
        """A text, an address or an item."""
        tag = str(element.tag)
        if element.get("itemscope") is not None:
            return self.item(element, depth + 1)
        if tag in ADDRESSES:
            return self.address(element.get(ADDRESSES[tag], "").strip(BLANKS))
        if tag in MACHINE:
            return element.get(MACHINE[tag], "")
        if said := element.get("content"):
            return said
        if element.get("itemprop", "").endswith(("-input", "-output")):
            # A hole that an action leaves for its user (https://schema.org/docs/actions.html).
            return {"@type": None, "@id": None}
        return laid_out(element, self.steps)

    def address(self, written: str) -> str:
        try:
            return urljoin(self.base, written)
        except ValueError:
            return written
