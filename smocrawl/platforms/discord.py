"""Discord: Open Graph, then Twitter tags; large picture only where twitter:card asks for it."""

from __future__ import annotations

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.layouts import by_twitter_card
from smocrawl.platforms.oembed import AROUND, filled
from smocrawl.platforms.places import TITLE_TAG, meta, og, twitter
from smocrawl.platforms.reading import Reading, Sight

LONGEST_SITE_NAME = 256


def credited(sight: Sight, picked: Picked) -> Picked | Nothing:
    """oEmbed gives the lines around the card: author and provider.  A site name that is too long spoils it."""
    if len(picked.get("site_name") or "") > LONGEST_SITE_NAME:
        return Nothing(platform="discord", code="too-long", detail={"field": "site_name", "limit": LONGEST_SITE_NAME})
    return filled(sight, picked, AROUND)


PLATFORM = Platform(
    id="discord",
    name="Discord",
    family=Family.CHAT,
    reading=Reading(oembed=True),
    title=(og("title"), twitter("title"), TITLE_TAG),
    description=(og("description"), twitter("description"), meta("description")),
    image=(og("image"), twitter("image")),
    site_name=(og("site_name"),),
    needs=(("title",), ("description",)),
    tidy=credited,
    shown={
        "title": Cut(most=70, in_bytes=True, mark="...", mark_inside=True),
        "description": Cut(most=350, in_bytes=True, mark="...", mark_inside=True),
    },
    layout=by_twitter_card,
    images=ImageRules(
        formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
        crop_small=None,
    ),
    bot=Bot(
        name="Discordbot",
        agent="Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        obeys_robots=True,
        timeout=5,
    ),
    cache="Discord keeps a card for about 30 minutes.",
    refresh="Share the link again after half an hour.",
    sources=(
        "https://github.com/discord/discord-api-docs/issues/1593",
        "https://github.com/discord/discord-api-docs/issues/7370",
    ),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
    notes=("theme-color gives the bar its colour; write it with six digits, three are misread.",),
)
