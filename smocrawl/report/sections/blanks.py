"""Pages for which a platform draws no card, or one without its picture: how many of the weak ones they are, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from attrs import frozen

from smocrawl.report.card_view import Drawer
from smocrawl.report.crawl import Crawl
from smocrawl.scoring import tables

SAMPLE = 40
"""Weak pages of a kind whose cards are read: the pages of a kind mostly fail alike."""


CHECKS: Mapping[str, str] = {
    "missing": "og-image", "unreachable": "og-image-fetchable", "blocked": "og-image-fetchable", "too-heavy": "og-image-weight",
    "too-small": "og-image-size", "wrong-type": "og-image-format", "not-https": "og-image-absolute",
}  # fmt: skip
"""What a platform says of a picture that it drops, and the check that finds the same."""


@frozen(kw_only=True)
class Blank:
    """What keeps one platform from drawing the weak pages of one kind."""

    share: float
    """Of the weak pages, those without a card; 0-1."""
    reason: str
    """The most frequent reason, as a sentence."""

    def lost(self, scores: list[float]) -> float:
        """Points that these pages lack."""
        return self.share * sum(100 - score for score in scores if score <= tables.NO_CARD)


@frozen(kw_only=True)
class Bare:
    """What keeps the picture out of one platform's cards of one kind of page."""

    share: float
    """Of the pages held at the most that a card without its picture can be, those that show none; 0-1."""
    reason: str
    check: str
    """The check that finds the same; empty where none does."""

    def lost(self, scores: list[float]) -> float:
        """Points that these pages lack."""
        return self.share * sum(100 - score for score in scores if score == tables.NO_PICTURE)


def blanks(crawl: Crawl, drawer: Drawer) -> Mapping[tuple[str, str], Blank]:
    """By kind and platform; nothing where each page has its card."""
    looked_at: Counter[tuple[str, str]] = Counter()
    reasons: dict[tuple[str, str], Counter[str]] = {}
    sampled: Counter[str] = Counter()
    for page in crawl.shareable:
        weak = {name for name, score in page.platforms.items() if score <= tables.NO_CARD}
        if not weak or sampled[page.kind] == SAMPLE:
            continue
        sampled[page.kind] += 1
        for name, card in crawl.card_words(page).items():
            if name in weak:
                looked_at[page.kind, name] += 1
                if not card.is_drawn:
                    reason = drawer.reason({"code": card.code, "detail": card.detail})
                    reasons.setdefault((page.kind, name), Counter())[reason] += 1
    return {
        place: Blank(share=found.total() / looked_at[place], reason=found.most_common(1)[0][0])
        for place, found in reasons.items()
    }


def bares(crawl: Crawl, drawer: Drawer) -> Mapping[tuple[str, str], Bare]:
    """By kind and platform; nothing where no page is held by the want of a picture."""
    looked_at: Counter[tuple[str, str]] = Counter()
    codes: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    sampled: Counter[str] = Counter()
    for page in crawl.shareable:
        held = {name for name, score in page.platforms.items() if score == tables.NO_PICTURE}
        if not held or sampled[page.kind] == SAMPLE:
            continue
        sampled[page.kind] += 1
        cards = crawl.cards(page)
        for name in held & cards.keys():
            looked_at[page.kind, name] += 1
            if found := drawer.without_picture(cards[name]):
                codes.setdefault((page.kind, name), Counter())[found] += 1
    return {
        place: Bare(share=found.total() / looked_at[place], reason=told, check=CHECKS.get(code, ""))
        for place, found in codes.items()
        for code, told in (found.most_common(1)[0][0],)
    }
