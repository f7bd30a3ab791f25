"""Budgets for patterns of URLs: what goes on without end, or says the same again and again, is cut with a reason."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from attrs import define, field, frozen

from smocrawl.spiders.patterns import any_query, are_kin, may_count, pattern_of, runs_on

BASE = 100
"""Pages of one pattern that are asked before anything must speak for it."""

CHAIN = 160
"""Pages of one pattern after which its shape tells a calendar (a few more with each click) from a catalogue (many times more)."""

EARNED = 4
"""Further pages that a page earns for its pattern by being new."""

PROVEN = 2_000
"""New pages after which a pattern of many kinds of pages needs no more proof."""

PROOF = 20
"""Texts of its own that show a pattern to hold pages worth finding."""

REMEMBERED = 20_000
"""Patterns that are counted at the same time."""

FEW_WORDS = 50
"""Words of main text below which a page in a chain proves nothing: an empty day of a calendar has its own title as well."""

TRUSTED = frozenset({"home", "redirect-home", "seed", "list", "sitemap", "feed", "argument", "robots", "well-known"})
"""Sources that name a URL by intent: only where they all fail are such URLs cut."""


@frozen(kw_only=True)
class Seen:
    """What one asked URL turned out to be."""

    url: str
    source: str
    depth: int
    parent: str | None = None
    status: int | None = None
    heads: int = 0
    """Hash of title and headline; 0 = it has none."""
    text: int = 0
    """Hash of a main text long enough to mean something; 0 = none."""
    led_on: bool = False
    """It named addresses of another pattern that nobody had named before."""


@define
class Family:
    """The count of one pattern."""

    asked: int = 0
    found: int = 0
    """Of these, those that only links named."""
    answered: int = 0
    """Answered below 400."""
    own: int = 0
    """Found by links of pages of the same pattern."""
    led_on: int = 0
    first_depth: int = 1 << 30
    last_depth: int = 0
    new_heads: int = 0
    new_texts: int = 0
    heads: set[int] = field(factory=set)
    texts: set[int] = field(factory=set)

    def count(self, seen: Seen, *, own: bool) -> None:
        self.asked += 1
        self.answered += seen.status is not None and seen.status < 400
        if seen.source in TRUSTED:
            return
        self.found += 1
        self.own += own
        self.led_on += seen.led_on
        self.first_depth = min(self.first_depth, seen.depth)
        self.last_depth = max(self.last_depth, seen.depth)
        self.new_heads += _is_new(seen.heads, self.heads)
        self.new_texts += _is_new(seen.text, self.texts)

    def is_dead(self) -> bool:
        """So many were asked, and not one is there."""
        return self.asked >= BASE and not self.answered

    def is_chain(self) -> bool:
        """Each click brings a few more of the kind; what fans out doubles with each."""
        clicks = self.last_depth - self.first_depth
        return self.found >= CHAIN and clicks > math.log2(self.found) + 1.5

    def is_spent(self, *, opaque: bool) -> bool:
        if self.found < BASE:
            return False
        made_up = opaque and self.own * 2 > self.found
        new = 0 if made_up else self.new_texts if self.is_chain() else max(self.new_heads, self.new_texts)
        return self.found >= BASE + EARNED * (new + self.led_on)


def _is_new(value: int, known: set[int]) -> bool:
    if not value or value in known:
        return False
    if len(known) < PROVEN:
        known.add(value)
    return True


class Traps:
    """All patterns of one crawl."""

    def __init__(self) -> None:
        self._families: dict[str, Family] = {}
        self.cut: set[str] = set()
        """Patterns that are asked no more by links."""
        self.dead: set[str] = set()
        """Patterns that are asked no more by anybody."""

    def refusal(self, url: str, kind: str, source: str, depth: int) -> str | None:
        """Why *url* is not asked, as its record says it."""
        if kind not in ("page", "sitemap"):
            return None
        pattern = pattern_of(url)
        wide = any_query(pattern)
        for one in (pattern, wide):
            if one and (_key(kind, one) in self.dead or (source not in TRUSTED and one in self.cut)):
                return f"budget: {one}"
        return None if source in TRUSTED else runs_on(url, depth)

    def is_suspect(self, url: str, parent: str | None) -> bool:
        """Made by a script, or one of many that name each other: it waits behind the pages with names of their own."""
        pattern = pattern_of(url)
        return "?" in pattern or (
            may_count(url, pattern) and parent is not None and are_kin(pattern, pattern_of(parent))
        )

    def leads_on(self, url: str, to: Iterable[str]) -> bool:
        """Whether *to*, new addresses that *url* names, hold one worth the way: with a name of its own, or of a proven kind."""
        own = pattern_of(url)
        for target in to:
            pattern = pattern_of(target)
            if are_kin(pattern, own):
                continue
            family = self._families.get(pattern)
            if not may_count(target, pattern) or (family is not None and family.new_texts >= PROOF):
                return True
        return False

    def saw(self, seen: Seen, kind: str = "page") -> Iterator[str]:
        """Count *seen*; yields each pattern that must be cut from now on."""
        pattern = pattern_of(seen.url)
        if not may_count(seen.url, pattern):
            return
        for one in filter(None, (pattern, any_query(pattern))):
            if one in self.cut or _key(kind, one) in self.dead:
                continue
            family = self._family(_key(kind, one))
            family.count(seen, own=seen.parent is not None and are_kin(pattern, pattern_of(seen.parent)))
            if family.is_dead():
                self.dead.add(_key(kind, one))
                yield one
            elif kind == "page" and family.is_spent(opaque="{id}" in one):
                self.cut.add(one)
                yield one

    def _family(self, key: str) -> Family:
        if key not in self._families and len(self._families) >= REMEMBERED:
            self._families = {name: one for name, one in self._families.items() if one.asked > 2}
        return self._families.setdefault(key, Family())

    def refuses(self, url: str, kind: str, source: str) -> bool:
        return self.refusal(url, kind, source, 0) is not None


def _key(kind: str, pattern: str) -> str:
    return pattern if kind == "page" else f"{kind} {pattern}"
