"""Reddit: a thumbnail, and a suggested title for the person who posts."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import HOST, TITLE_TAG, largest_image, link, og

PLATFORM = Platform(
    id="reddit",
    name="Reddit",
    family=Family.FEED,
    title=(og("title"), TITLE_TAG),
    image=(og("image"), og("image:url"), link("image_src"), largest_image(1)),
    site_name=(HOST,),
    needs=(("title",), ("image",)),
    layout=always_small,
    images=ImageRules(formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})),
    bot=Bot(
        name="redditbot",
        agent="Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
        obeys_robots=True,
    ),
    sources=("https://github.com/reddit-archive/reddit/blob/master/r2/r2/lib/media.py",),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
    notes=("The order of the picture's places is that of the open source of 2017.",),
)
