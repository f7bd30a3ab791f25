"""What the spider hands to the pipelines, and the item that Scrapy's feed exports write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import attrs
from attrs import frozen

from smocrawl.store.earlier import Known
from smocrawl.store.frontier import Leased


@frozen(kw_only=True)
class Answer:
    """One finished request: answered, or failed with a class and reason."""

    leased: Leased
    url: str
    """As audited."""
    status: int | None = None
    error: str | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    """Lower-case names, values decoded and joined by commas."""
    body: bytes = attrs.field(default=b"", repr=False)
    latency: float | None = None
    truncated: bool = False
    whole_size: int | None = None
    """Bytes of the whole file, where only its head was read."""

    whole: bool = True
    """Asked for to its end; False = its head alone."""

    known: Known | None = None
    """What the crawl before keeps of this address."""

    unchanged: bool = False
    """The server said that it is still as known; the body was not sent."""

    asked: str = ""
    """In which name, and where, it was asked."""

    certificate: str | None = None
    """Why the certificate of the host was refused."""

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_html(self) -> bool:
        """By its media type; an answer without one is HTML where it begins like a tag."""
        if self.type in HTML_TYPES:
            return True
        return not self.type and self.body[:512].lstrip().startswith(b"<")


HTML_TYPES = ("text/html", "application/xhtml+xml")


@dataclass(slots=True, kw_only=True)
class Item:
    """One row of the feed export: what became of one URL, and how a page was judged by itself."""

    url: str
    """As asked; each hop of a redirect is a row of its own."""
    final_url: str
    """Where a redirect points; otherwise the same."""
    kind: str
    status: int | None = None
    error: str | None = None
    title: str | None = None
    score: float | None = None
    tactics: dict[str, float] = field(default_factory=dict)
    platforms: dict[str, float] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
