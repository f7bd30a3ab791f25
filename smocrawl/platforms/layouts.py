"""Which layout a card gets."""

from __future__ import annotations

from smocrawl.platforms.base import ImageFacts, Layout, Picked, Size, always_large
from smocrawl.platforms.reading import Sight, Value

__all__ = [
    "always_large", "always_small", "by_shape", "by_size", "by_twitter_card", "by_twitter_card_and_size", "text_only",
]  # fmt: skip


WIDTH, HEIGHT = "og:image:width", "og:image:height"
DIGITS = 6
"""A picture of more digits is none."""


def always_small(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """Never large."""
    return "small"


def text_only(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """The platform shows no picture."""
    return "text"


def measured(sight: Sight, picked: Picked, image: ImageFacts | None) -> tuple[int, int] | None:
    """Width and height of the image: as measured, else as its tags or its ``<img>`` declare; None = not known."""
    if image is not None and image.width and image.height:
        return image.width, image.height
    taken = picked.taken.get("image")
    if taken is not None and "<img>" in taken.place:
        shown = next((one for one in sight.page.images if one.src == picked.get("image")), None)
        return (shown.width, shown.height) if shown and shown.width and shown.height else None
    if WIDTH not in sight.page.metas_by_name:
        return None
    width = _number(sight.tag(WIDTH, sight.reading.og))
    height = _number(sight.tag(HEIGHT, sight.reading.og)) if width else 0
    return (width, height) if height else None


def _number(said: Value | None) -> int:
    return int(said[0]) if said and said[0].isdecimal() and len(said[0]) < DIGITS else 0


def by_size(width: int, height: int) -> Layout:
    """Large from that size on; a picture of unknown size is taken to be large enough."""

    def layout(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
        size = measured(sight, picked, image)
        return "large" if size is None or (size[0] >= width and size[1] >= height) else "small"

    layout.__doc__ = f"Large from {width}×{height} on." if height > 1 else f"Large from {width} pixels of width on."
    return layout


def by_shape(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """Large when the picture is wider than high."""
    size = measured(sight, picked, image)
    return "large" if size is None or size[0] > size[1] else "small"


def by_twitter_card(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """Large only where ``twitter:card`` asks for it."""
    card = sight.tag("twitter:card", sight.reading.twitter)
    return "large" if card and card[0].strip().lower() == "summary_large_image" else "small"


def by_twitter_card_and_size(least: Size) -> Layout:
    """The same, for a picture of at least that size; a smaller one falls back to the small layout."""

    def layout(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
        size = measured(sight, picked, image)
        fits = size is None or (size[0] >= least.width and size[1] >= least.height)
        return by_twitter_card(sight, picked, image) if fits else "small"

    layout.__doc__ = f"Large where ``twitter:card`` asks for it, from {least.width}×{least.height} on."
    return layout
