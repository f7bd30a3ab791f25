"""Pinterest: a pin is a picture; rich pins add title and text from Open Graph or schema.org."""

from __future__ import annotations

from datetime import date

from smocrawl.page import ARTICLE_TYPES
from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageRules, Nothing, Picked, Platform, Rescrape, Size
from smocrawl.platforms.layouts import always_large
from smocrawl.platforms.places import HOST, json_ld, og
from smocrawl.platforms.reading import Place, Sight, Value

RICH = ("Product", "Recipe", *ARTICLE_TYPES)


def unless_forbidden(sight: Sight, picked: Picked) -> Picked | Nothing:
    """``<meta name="pinterest" content="nopin">`` forbids pins from the page, another tag their title and text."""
    said = sight.tag("pinterest", sight.reading.plain)
    if said and said[0].lower() == "nopin":
        return Nothing(platform="pinterest", code="opted-out", detail={"tag": 'meta name="pinterest"'})
    rich = sight.tag("pinterest-rich-pin", sight.reading.plain)
    return picked.replaced(title=None, description=None) if rich and rich[0].lower() == "false" else picked


def _open_image(sight: Sight) -> Value | None:
    found = next((one for one in sight.page.images if one.src and not one.nopin), None)
    return None if found is None else (found.src, None)


PLATFORM = Platform(
    id="pinterest",
    name="Pinterest",
    family=Family.FEED,
    url=(og("url"),),
    title=(og("title"), json_ld("name", types=RICH), json_ld("headline", types=RICH)),
    description=(og("description"), json_ld("description", types=RICH)),
    image=(og("image"), json_ld("image", types=RICH, address=True), Place("first <img>", _open_image)),
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
    cache="How long Pinterest keeps a card is not published.",
    refresh="https://developers.pinterest.com/tools/url-debugger/",
    rescrape=Rescrape(
        how="Open each in the URL Debugger, logged in, and press Validate.",
        most=1,
        link="https://developers.pinterest.com/tools/url-debugger/?link={url}",
    ),
    opt_out='<meta name="pinterest" content="nopin"> forbids pins; data-pin-nopin on a picture forbids that picture; '
    '<meta name="pinterest-rich-pin" content="false"> leaves title and text out.',
    sources=(
        "https://developers.pinterest.com/docs/web-features/rich-pins-overview/",
        "https://developers.pinterest.com/docs/rich-pins/",
    ),
    certainty=Certainty.DOCUMENTED,
    checked_on=date(2026, 11, 20),
)
