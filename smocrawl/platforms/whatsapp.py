"""WhatsApp: the sender's phone reads the first 300 KB and freezes the card in the message."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageRules, Platform, Size
from smocrawl.platforms.layouts import by_size
from smocrawl.platforms.places import HOST, TITLE_TAG, meta, og
from smocrawl.platforms.reading import Reading

PLATFORM = Platform(
    id="whatsapp",
    name="WhatsApp",
    family=Family.CHAT,
    reading=Reading(bytes_most=300_000, head_only=True),
    title=(og("title"), TITLE_TAG),
    description=(og("description"), meta("description")),
    image=(og("image"),),
    site_name=(HOST,),
    shown={"description": Cut(most=80)},
    layout=by_size(300, 1),
    images=ImageRules(
        large=Size(300, 1),
        best=Size(1200, 630),
        bytes_most=600_000,
        ratio_most=4.0,
        formats=frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"}),
        crop=1.91,
    ),
    bot=Bot(name="WhatsApp", agent="WhatsApp/2", obeys_robots=False),
    cache="The card is part of the message and never changes once it is sent.",
    refresh="Send the link again: each new message gets a card of its own.",
    sources=("https://developers.facebook.com/documentation/business-messaging/whatsapp/link-previews/",),
    certainty=Certainty.DOCUMENTED,
    checked_on=date(2026, 11, 20),
)
