"""Microdata by extruct's reader, on the shared tree and within bounds of depth and steps.

extruct asks the tree anew for each item's properties and copies every element whose text it reads, which is quadratic
where items are nested: what it asks is answered here from tables that are made once a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.budget import Budget, TooMuch
from smocrawl.extract.document import Document
from smocrawl.extract.structured.extruct_readers import LxmlMicrodataExtractor
from smocrawl.extract.structured.microdata_text import laid_out


def read_microdata(document: Document) -> Iterator[tuple[HtmlElement, dict[str, Any]]]:
    """Each outermost item with its element, in the shape of a JSON-LD node."""
    reader = Reader(document)
    for scope in reader.scopes:
        try:
            item = reader.item(scope)
        except TooMuch:
            document.complain("limit", "microdata", "Too many or too costly items; the rest was not read.")
            return
        if item is not None:
            yield scope, as_node(item)


def as_node(item: dict[str, Any]) -> dict[str, Any]:
    """An item of extruct in the shape of a JSON-LD node."""
    node: dict[str, Any] = {"@type": item.get("type"), "@id": item.get("id") or None}
    for name, value in item.get("properties", {}).items():
        values = value if isinstance(value, list) else [value]
        node[name] = [as_node(one) if isinstance(one, dict) else one for one in values if one not in (None, "")]
    return node


class Reader(LxmlMicrodataExtractor):  # type: ignore[misc]  # extruct is not typed
    """The items of one page, each once."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.scopes = document.bearing.get("itemscope", [])
        self.items = Budget(limits.ENTITIES * 2)
        self.steps = Budget(limits.MICRODATA_STEPS)
        self.depth = 0
        self.state = {
            "items_seen": set(),
            "base_url": document.base,
            "itemids": {scope: number for number, scope in enumerate(self.scopes, 1)},
        }
        self.owners: dict[HtmlElement, HtmlElement | None] = {}
        """Element -> the item around it; those that were asked for."""

    def item(self, scope: HtmlElement) -> dict[str, Any] | None:
        """The item that *scope* opens; None where it was read before."""
        return self._extract_item(scope, **self.state)

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

    def referred(self, target: HtmlElement) -> Iterator[HtmlElement]:
        """The elements that state properties where ``itemref`` points."""
        opens = target.get("itemscope") is not None
        if opens and target.get("itemprop") is not None:
            yield target
            return
        owner = target if opens else self.owner(target)
        for element in target.iter():
            self.steps.spend()
            if element.get("itemprop") is not None and self.owner(element) is owner:
                yield element

    # -- what extruct asks: its names ---------------------------------------------------------

    def _xp_prop(self, scope: HtmlElement) -> list[HtmlElement]:
        return self.properties.get(scope, [])

    def _extract_item(self, scope: HtmlElement, **state: Any) -> dict[str, Any] | None:
        self.items.spend()
        if self.depth >= limits.ENTITY_DEPTH:
            return None
        self.depth += 1
        try:
            item: dict[str, Any] | None = super()._extract_item(scope, **state)
        finally:
            self.depth -= 1
        return item

    def _extract_property_refs(self, scope: HtmlElement, name: str, **state: Any) -> Iterator[tuple[str, Any]]:
        self.steps.spend()
        if (target := self.named.get(name)) is not None:
            for element in self.referred(target):
                yield from self._extract_property(element, **state)

    def _extract_property_value(self, element: HtmlElement, *, force: bool = False, **state: Any) -> Any:
        self.steps.spend()
        if force:
            # The text of an item without properties, which says nothing of a kind.
            return None
        try:
            return super()._extract_property_value(element, **state)
        except ValueError:  # urljoin refuses some addresses
            return element.get("href") or element.get("src") or ""

    def _extract_textContent(self, element: HtmlElement) -> str:  # noqa: N802 - extruct's name
        return laid_out(element, self.steps)
