"""Flipboard: magazines from feeds; single pages by Open Graph, with a picture of 400 pixels or more."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform, Size
from smocrawl.platforms.layouts import always_large
from smocrawl.platforms.places import HOST, TITLE_TAG, meta, og, tag

PLATFORM = Platform(
    id="flipboard",
    name="Flipboard",
    family=Family.FEED,
    url=(og("url"),),
    title=(og("title"), TITLE_TAG),
    description=(og("description"), meta("description")),
    image=(og("image"),),
    site_name=(og("site_name"), HOST),
    author=(meta("author"),),
    published=(tag("article:published_time"),),
    layout=always_large,
    images=ImageRules(least=Size(400, 400), crop=None),
    bot=Bot(name="FlipboardProxy", agent="Mozilla/5.0 (compatible; FlipboardProxy/1.2; +http://flipboard.com/browserproxy)",
            obeys_robots=True),
    cache="How long Flipboard keeps a card is not published.",
    refresh="There is no tool for it; Flipboard reads the feed again in its own time.",
    sources=("https://about.flipboard.com/rss-spec/",),
    certainty=Certainty.DOCUMENTED,
    checked_on=date(2026, 11, 20),
    notes=("Flipboard prefers a feed with full text, at least 30 items and pictures.",),
)  # fmt: skip
