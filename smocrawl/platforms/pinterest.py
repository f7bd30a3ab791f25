"""Pinterest: a pin is a picture; rich pins add title and text from Open Graph or schema.org."""

from __future__ import annotations

from datetime import date

from smocrawl.page import ARTICLE_TYPES
from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageRules, Nothing, Picked, Platform, Size
from smocrawl.platforms.layouts import always_large
from smocrawl.platforms.places import HOST, first_image, json_ld, og
from smocrawl.platforms.reading import Sight

RICH = ("Product", "Recipe", *ARTICLE_TYPES)


def unless_forbidden(sight: Sight, picked: Picked) -> Picked | Nothing:
    """``<meta name="pinterest" content="nopin">`` forbids pins from the page."""
    said = sight.tag("pinterest", sight.reading.plain)
    if said and said[0].lower() == "nopin":
        return Nothing(platform="pinterest", code="opted-out", detail={"tag": 'meta name="pinterest"'})
    return picked


PLATFORM = Platform(
    id="pinterest",
    name="Pinterest",
    family=Family.FEED,
    url=(og("url"),),
    title=(og("title"), json_ld("name", types=RICH), json_ld("headline", types=RICH)),
    description=(og("description"), json_ld("description", types=RICH)),
    image=(og("image"), json_ld("image", types=RICH, address=True), first_image),
    site_name=(og("site_name"), HOST),
    needs=(("image",),),
    tidy=unless_forbidden,
    shown={"title": Cut(most=100), "description": Cut(most=500)},
    layout=always_large,
    images=ImageRules(best=Size(1000, 1500), crop=None),
    bot=Bot(
        name="Pinterestbot",
        agent="Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)",
        obeys_robots=True,
    ),
    refresh="https://developers.pinterest.com/tools/url-debugger/",
    opt_out='<meta name="pinterest" content="nopin"> forbids pins; data-pin-nopin on a picture forbids that picture.',
    sources=("https://developers.pinterest.com/docs/web-features/rich-pins-overview/",),
    certainty=Certainty.DOCUMENTED,
    checked_on=date(2026, 11, 20),
)
