"""Microdata by extruct's reader, on the shared tree and within bounds of depth, number and time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from extruct.w3cmicrodata import LxmlMicrodataExtractor
from html_text.html_text import etree_to_text
from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.document import Document


class OverBudget(Exception):  # noqa: N818 - a signal of this module, no error of the page
    """The page asks for more than one page is worth."""


class Bounded(LxmlMicrodataExtractor):  # type: ignore[misc]
    """extruct's extractor with a depth, an item budget and a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.count = 0
        self.until = time.monotonic() + limits.MICRODATA_SECONDS

    def _extract_item(self, node: HtmlElement, **state: Any) -> dict[str, Any] | None:
        self.count += 1
        if self.count > limits.ENTITIES * 2 or time.monotonic() > self.until:
            raise OverBudget
        if self.depth >= limits.ENTITY_DEPTH:
            return None
        self.depth += 1
        try:
            item: dict[str, Any] | None = super()._extract_item(node, **state)
        finally:
            self.depth -= 1
        return item

    def _extract_property_value(self, node: HtmlElement, **state: Any) -> Any:
        try:
            return super()._extract_property_value(node, **state)
        except ValueError:  # urljoin refuses some addresses
            return node.get("href") or node.get("src") or ""

    def _extract_textContent(self, node: HtmlElement) -> str:  # noqa: N802 - extruct's name
        """As extruct's, without its deep copy where there is nothing to clean away."""
        if time.monotonic() > self.until:
            raise OverBudget
        if next(node.iter("script", "style"), None) is not None:
            return str(super()._extract_textContent(node))
        return str(etree_to_text(node))


def read_microdata(document: Document) -> Iterator[tuple[HtmlElement, dict[str, Any]]]:
    """Each outermost item with its element, in the shape of a JSON-LD node."""
    reader = Bounded()
    scopes = document.root.xpath("descendant-or-self::*[@itemscope]")
    state = {"items_seen": set(), "base_url": document.base, "itemids": {one: n for n, one in enumerate(scopes, 1)}}
    for scope in scopes:
        try:
            item = reader._extract_item(scope, **state)  # noqa: SLF001 - the only way to read item by item
        except OverBudget:
            document.complain("limit", "microdata", "Too many or too costly items; the rest was not read.")
            return
        if item:
            yield scope, as_node(item)


def as_node(item: dict[str, Any]) -> dict[str, Any]:
    """An item of extruct in the shape of a JSON-LD node."""
    node: dict[str, Any] = {"@type": item.get("type"), "@id": item.get("id")}
    for name, value in item.get("properties", {}).items():
        values = value if isinstance(value, list) else [value]
        node[name] = [as_node(one) if isinstance(one, dict) else one for one in values if one not in (None, "")]
    return node
