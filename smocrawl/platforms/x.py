"""X: its own twitter: tags first, then Open Graph; never the title element."""

from __future__ import annotations

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageRules, Nothing, Picked, Platform, Size
from smocrawl.platforms.layouts import by_twitter_card_and_size
from smocrawl.platforms.places import HOST, og, twitter
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value

SUBSTITUTES = ("og:type", "og:title", "og:description")
"""Tags that together stand in for a missing ``twitter:card``."""


def _said(sight: Sight, name: str) -> str:
    found = sight.tag(f"twitter:{name}", sight.reading.twitter)
    return found[0] if found else ""


def _player(sight: Sight) -> Value | None:
    """A player counts only beside ``twitter:card`` = player, with its size, and over https."""
    found = sight.tag("twitter:player", sight.reading.twitter)
    if found is None:
        return None
    complete = _said(sight, "player:width") and _said(sight, "player:height")
    is_player = _said(sight, "card").lower() == "player" and complete
    return found if is_player and found[0].startswith("https://") else None


def with_card(sight: Sight, picked: Picked) -> Picked | Nothing:
    """Without ``twitter:card`` there is a card only where three Open Graph tags stand in for it."""
    if _said(sight, "card") or all((found := sight.tag(name, sight.reading.og)) and found[0] for name in SUBSTITUTES):
        return picked
    return Nothing(platform="x", code="no-tags")


LARGE = Size(300, 157)


PLATFORM = Platform(
    id="x",
    name="X",
    family=Family.FEED,
    reading=Reading(og=Names(("property", "name"), last=True), twitter=Names(("name", "property"), last=True)),
    title=(twitter("title"), og("title")),
    description=(twitter("description"), og("description")),
    image=(twitter("image"), twitter("image:src"), og("image")),
    site_name=(HOST,),
    author=(twitter("creator"),),
    video=(Place("twitter:player", _player, None, frozenset({"twitter:player"})),),
    shown={"title": Cut(most=70), "description": Cut(most=200)},
    tidy=with_card,
    layout=by_twitter_card_and_size(LARGE),
    images=ImageRules(
        least=Size(144, 144),
        large=LARGE,
        most=Size(4096, 4096),
        best=Size(1200, 600),
        bytes_most=5_000_000,
        formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
        crop=2.0,
    ),
    bot=Bot(name="Twitterbot", agent="Twitterbot/1.0", obeys_robots=True),
    cache="X keeps a card for about a week.",
    refresh="X has no public tool for this any more: the card is read anew after about a week.",
    sources=(
        "https://developer.x.com/en/docs/x-for-websites/cards/overview/markup",
        "https://developer.x.com/en/docs/x-for-websites/cards/overview/summary-card-with-large-image",
        "https://developer.x.com/en/docs/x-for-websites/cards/overview/summary",
    ),
    certainty=Certainty.DOCUMENTED,
    checked_on=date(2026, 11, 20),
    notes=("Large cards show the picture and the domain; the title lies over the picture and the text is left out.",),
)
