"""Rocket.Chat: Open Graph, Twitter tags, plain tags, the title, in the first 250,000 bytes."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageFacts, ImageRules, Picked, Platform
from smocrawl.platforms.layouts import measured
from smocrawl.platforms.places import TITLE_TAG, meta, og, twitter
from smocrawl.platforms.reading import Names, Reading, Sight


def layout(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """Large where the picture's size is known."""
    return "large" if measured(sight, picked, image) else "small"


PLATFORM = Platform(
    id="rocketchat",
    name="Rocket.Chat",
    family=Family.WORK,
    reading=Reading(
        og=Names(("name", "property")),
        plain=Names(("name", "property")),
        bytes_most=250_000,
        statuses=(200,),
        oembed=True,
    ),
    title=(og("title"), twitter("title"), meta("title"), TITLE_TAG),
    description=(og("description"), twitter("description"), meta("description")),
    image=(og("image"), twitter("image"), meta("msapplication-tileimage")),
    site_name=(og("site_name"),),
    needs=(("title",), ("description",)),
    layout=layout,
    images=ImageRules(crop=None, crop_small=None),
    bot=Bot(name="Rocket.Chat", agent="Mozilla/5.0 … Rocket.Chat/…", obeys_robots=False),
    cache="The card is stored with the message.",
    sources=(
        "https://github.com/RocketChat/Rocket.Chat/blob/develop/apps/meteor/server/services/messages/hooks/AfterSaveOEmbed.ts",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 20),
)
