"""Microsoft Teams: Open Graph, then Twitter tags, then the page itself."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import HOST, TITLE_TAG, meta, og, twitter

PLATFORM = Platform(
    id="teams",
    name="Microsoft Teams",
    family=Family.WORK,
    title=(og("title"), twitter("title"), TITLE_TAG),
    description=(og("description"), twitter("description"), meta("description")),
    image=(og("image"), twitter("image")),
    site_name=(og("site_name"), HOST),
    layout=always_small,
    images=ImageRules(formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}), crop_small=None),
    bot=Bot(
        name="SkypeUriPreview",
        agent="Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        obeys_robots=True,
    ),
    cache="Teams keeps a card for about 30 minutes to some hours.",
    refresh="There is no tool for it; wait until the card has run out.",
    sources=("https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/link-unfurling",),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
)
