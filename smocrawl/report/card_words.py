"""The words of stored cards, without the drawing: read from the store without making objects of all that a card holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from smocrawl.store.facts import unpack

Words = tuple[Any, Any, bool, Any, Any, bool, Any]
"""All that the words of a drawn card depend on: title, as shown, whether it is cut; description likewise; picture."""


class Text(msgspec.Struct, frozen=True, gc=False):
    """A text as a platform shows it."""

    text: Any = None
    lost: Any = None
    """What of it is cut off."""


class Shown(msgspec.Struct, frozen=True, gc=False):
    title: Text | None = None
    description: Text | None = None


class Card(msgspec.Struct, frozen=True, gc=False):
    """What is said on a card, or (without ``layout``) why there is none."""

    layout: Any = msgspec.UNSET
    title: Any = None
    description: Any = None
    image: Any = None
    shown: Shown | None = None
    code: Any = None
    detail: Any = None

    @property
    def is_drawn(self) -> bool:
        return self.layout is not msgspec.UNSET

    @property
    def words(self) -> Words:
        shown = self.shown or NOTHING
        title, text = shown.title or UNCUT, shown.description or UNCUT
        return self.title, title.text, bool(title.lost), self.description, text.text, bool(text.lost), self.image


NOTHING, UNCUT = Shown(), Text()


class Stored(Card, frozen=True, gc=False):
    """A card however the store wrapped it."""

    card: Card | None = None
    nothing: Card | None = None

    @property
    def own(self) -> Card:
        return self.card or self.nothing or self


def read_cards(packed: bytes) -> dict[str, Card]:
    """By platform id.  Raises :class:`smocrawl.store.facts.UnreadableError`."""
    found: dict[str, Stored | None] = unpack(packed, dict[str, Stored | None])
    return {name: one.own for name, one in found.items() if one}


def unwrapped(card: Mapping[str, Any]) -> Mapping[str, Any]:
    """The card itself, however the store wrapped it."""
    for wrapper in ("card", "nothing"):
        if set(card) == {wrapper} and isinstance(card[wrapper], dict):
            inner: Mapping[str, Any] = card[wrapper]
            return inner
    return card
