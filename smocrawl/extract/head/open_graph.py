"""Open Graph as a strict reader sees it: by extruct, which keeps to the letter of ogp.me.

Such readers take ``property`` alone, in head alone, and only names whose prefix is declared or known; the metas as they
stand, for the many readers that are lenient, are in :mod:`smocrawl.extract.head.metas`.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.document import Document
from smocrawl.extract.structured.extruct_readers import OpenGraphExtractor

READER = OpenGraphExtractor()


class Heads:
    """The document as the extractor asks for it: it would search the whole tree for what is found already."""

    def __init__(self, document: Document) -> None:
        self.head = document.root.find("head")
        self.heads = document.named.get("head", [])

    def xpath(self, path: str) -> list[HtmlElement]:
        return self.heads


def read_strict(document: Document) -> tuple[tuple[str, str], ...]:
    """(property, content) in document order; the page is one object (https://ogp.me/#data_types)."""
    if not any(":" in meta.get("property", "") for meta in document.named.get("meta", ())):
        return ()
    said = (pair for found in READER.extract_items(Heads(document)) for pair in found["properties"])
    return tuple((name[: limits.LABEL], " ".join(value[: limits.VALUE].split())) for name, value in said)[
        : limits.METAS
    ]
