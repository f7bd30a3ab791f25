"""Reddit: a thumbnail, and a suggested title for the person who posts."""

from __future__ import annotations

from datetime import date

from smocrawl.page import Image
from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import HOST, TITLE_TAG, link, og, under
from smocrawl.platforms.reading import Place, Sight, Value

LEAST_AREA = 5_000
TOO_LONG = 2
"""Pictures twice as long as wide are passed over: its 1.5 meets a division without a rest (media.py)."""
SPRITE = 10
"""A picture that calls itself a sprite counts for a tenth of its area."""


def _area(image: Image) -> float:
    area = (image.width or 0) * (image.height or 0)
    return area / SPRITE if "sprite" in image.src.lower() else area


def _takes(image: Image) -> bool:
    width, height = image.width or 0, image.height or 0
    return bool(image.src) and width * height >= LEAST_AREA and max(width, height) < TOO_LONG * min(width, height)


def _largest(sight: Sight) -> Value | None:
    found = max(filter(_takes, sight.page.images), key=_area, default=None)
    return None if found is None else (found.src, None)


PLATFORM = Platform(
    id="reddit",
    name="Reddit",
    family=Family.FEED,
    title=(og("title"), TITLE_TAG),
    image=(
        under("property", "og:image"),
        under("name", "og:image"),
        og("image:url"),
        link("image_src"),
        Place("largest <img>", _largest),
    ),
    site_name=(HOST,),
    needs=(("title",), ("image",)),
    layout=always_small,
    images=ImageRules(formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})),
    bot=Bot(
        name="redditbot",
        agent="Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
        obeys_robots=True,
    ),
    cache="How long Reddit keeps a card is not published.",
    refresh="There is no tool for it; the thumbnail is made when the link is posted.",
    sources=("https://github.com/reddit-archive/reddit/blob/master/r2/r2/lib/media.py",),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
    notes=("The order of the picture's places is that of the open source of 2017.",),
)
