"""Revolt: no title element; anything over its limits, or an empty title, and the card is not drawn."""

from __future__ import annotations

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.layouts import by_twitter_card
from smocrawl.platforms.places import link, meta, og, twitter
from smocrawl.platforms.reading import Names, Reading, Sight

NAMES = Names(("property", "name"), exact=True, last=True, first_attribute=True)
LONGEST = {"title": 100, "description": 2_000, "site_name": 100, "url": 256, "image": 512, "icon": 512}
"""Characters; a longer value fails the check of the whole card (january, structs/embed.rs)."""


def within_limits(sight: Sight, picked: Picked) -> Picked | Nothing:
    """A path from the root is glued to the page's own address, as the server does it."""
    page = sight.page.url
    for name in ("image", "icon"):
        if (said := picked.get(name) or "").startswith("/"):
            picked = picked.replaced(**{name: page + said})
    for name, most in LONGEST.items():
        value = picked.get(name)
        if value is not None and len(value) > most:
            return Nothing(platform="revolt", code="too-long", detail={"field": name, "limit": most})
    return picked


PLATFORM = Platform(
    id="revolt",
    name="Revolt",
    family=Family.CHAT,
    reading=Reading(
        og=NAMES,
        twitter=NAMES,
        plain=NAMES,
        empty_wins=True,
        uses_base=False,
    ),
    url=(og("url"),),
    title=(og("title"), twitter("title"), meta("title")),
    description=(og("description"), twitter("description"), meta("description")),
    image=(og("image"), og("image:secure_url"), twitter("image"), twitter("image:src")),
    site_name=(og("site_name"),),
    icon=(link("apple-touch-icon"), link("icon")),
    video=(og("video"), og("video:url"), og("video:secure_url")),
    needs=(("title",),),
    tidy=within_limits,
    layout=by_twitter_card,
    images=ImageRules(crop_small=None),
    bot=Bot(
        name="January",
        agent="Mozilla/5.0 (compatible; January/1.0; +https://github.com/revoltchat/january)",
        obeys_robots=False,
    ),
    cache="Revolt keeps a card for one minute.",
    sources=("https://github.com/revoltchat/january/blob/master/src/structs/metadata.rs",),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 20),
    notes=("theme-color colours the card's edge.",),
)
