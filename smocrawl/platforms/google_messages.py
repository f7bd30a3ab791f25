"""Google Messages: Open Graph, then title and description; the fetch is asked for by a person."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform
from smocrawl.platforms.layouts import by_size
from smocrawl.platforms.places import HOST, TITLE_TAG, meta, og

PLATFORM = Platform(
    id="google-messages",
    name="Google Messages",
    family=Family.CHAT,
    title=(og("title"), TITLE_TAG),
    description=(og("description"), meta("description")),
    image=(og("image"),),
    site_name=(HOST,),
    layout=by_size(300, 157),
    images=ImageRules(formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}), crop=None),
    bot=Bot(name="GoogleMessages", agent="GoogleMessages", obeys_robots=False),
    cache="How long Google Messages keeps a card is not published.",
    refresh="Send the link again: each new message gets a card of its own.",
    sources=("https://developers.google.com/search/docs/crawling-indexing/google-user-triggered-fetchers",),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
)
