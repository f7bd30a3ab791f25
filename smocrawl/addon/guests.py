"""A spider of the host and the answers that it hands over, as the host's thread and the auditor's share them."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import Future

from attrs import define, field

from smocrawl.addon.pages import Seen
from smocrawl.addon.sites import Site
from smocrawl.addon.terms import Terms

SCORED, POINTS, TENTHS = "scored pages", "points", 10
"""Counts from which the mean score is made: pages, and their scores in tenths of a point."""


@define(eq=False)
class Guest:
    """One spider of the host, and what was found about its pages.  Shared by two threads."""

    spider: str
    terms: Terms
    held: int = 0
    """Answers that are taken and not done."""
    held_bytes: int = 0
    left: Future[None] | None = None
    """Done when the last of its answers is; None while the spider runs."""
    given_up: bool = False
    sites: set[str] = field(factory=set)
    """Names under which its pages are stored."""
    _counts: Counter[str] = field(factory=Counter)
    _lock: threading.Lock = field(factory=threading.Lock)

    def takes(self, size: int) -> bool:
        """Whether there is room for one more answer of so many bytes; if so, it is held."""
        with self._lock:
            fits = self.held < self.terms.most_pages and self.held_bytes + size <= self.terms.most_bytes
            if fits:
                self.held += 1
                self.held_bytes += size
        return fits

    @property
    def is_half_full(self) -> bool:
        """Memory is better kept for what comes: what is taken now goes to the disk."""
        return self.held > self.terms.most_pages // 2 or self.held_bytes > self.terms.most_bytes // 2

    def done(self, size: int) -> None:
        with self._lock:
            self.held -= 1
            self.held_bytes -= size

    def count(self, **numbers: int) -> None:
        self.add(numbers)

    def add(self, numbers: dict[str, int]) -> None:
        with self._lock:
            self._counts.update(numbers)

    def take(self) -> dict[str, int]:
        """What was counted since the last question."""
        with self._lock:
            taken, self._counts = dict(self._counts), Counter()
        return taken


@define(eq=False)
class Job:
    """One answer on its way to a worker and into a store."""

    guest: Guest
    seen: Seen
    score: Future[float | None] = field(factory=Future)
    """Of the page; None = there is none."""
    site: Site | None = None
    too_much: str | None = None
    """Why the whole page could not be read, and its beginning is read alone."""
