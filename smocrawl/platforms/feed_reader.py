"""Feed readers: what most of them show of an item, with the page's tags where the feed says nothing."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform
from smocrawl.platforms.layouts import always_large
from smocrawl.platforms.places import HOST, LANG, TITLE_TAG, first_image, link, meta, og, tag, well_known

PLATFORM = Platform(
    id="feed-reader",
    name="Feed readers",
    family=Family.OPEN,
    url=(link("canonical"),),
    title=(og("title"), TITLE_TAG),
    description=(og("description"), meta("description")),
    image=(og("image"), first_image),
    site_name=(og("site_name"), HOST),
    icon=(link("icon"), well_known("/favicon.ico")),
    author=(meta("author"),),
    published=(tag("article:published_time"),),
    language=(LANG,),
    layout=always_large,
    images=ImageRules(crop=None),
    bot=Bot(name="*", agent="many"),
    cache="Readers keep an item as they first saw it, or take over a changed one; each does it in its own way.",
    refresh="Change the item in the feed, with a new date of change.",
    sources=("https://www.rssboard.org/rss-specification",),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
    notes=("Readers differ; the feed itself decides most.",),
)
