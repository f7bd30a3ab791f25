"""Apple Messages: made on the sender's device, with bundled rules for tags, pictures and icons."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform, Size
from smocrawl.platforms.layouts import by_size
from smocrawl.platforms.places import HOST, TITLE_TAG, itemprop, link, meta, og, tag, twitter, well_known
from smocrawl.platforms.reading import Names, Reading

PLATFORM = Platform(
    id="apple-messages",
    name="Apple Messages",
    family=Family.CHAT,
    reading=Reading(og=Names(("property", "name", "itemprop")), twitter=Names(("property", "name", "itemprop"))),
    url=(og("url"),),
    title=(og("title"), twitter("title"), TITLE_TAG),
    description=(og("description"), twitter("description"), meta("description")),
    image=(og("image:secure_url"), og("image"), og("image:url"), twitter("image"), itemprop("image")),
    site_name=(og("site_name"), HOST),
    icon=(
        link("apple-touch-icon"),
        link("apple-touch-icon-precomposed"),
        link("icon"),
        well_known("/apple-touch-icon.png"),
    ),
    author=(meta("author"), tag("article:author"), twitter("creator")),
    layout=by_size(300, 157),
    images=ImageRules(large=Size(300, 157), best=Size(1200, 630), crop=None, crop_small=1.0),
    bot=Bot(
        name="facebookexternalhit",
        agent="Mozilla/5.0 (Macintosh; …) AppleWebKit/… (KHTML, like Gecko) Version/… Safari/… "
        "facebookexternalhit/1.1 Facebot Twitterbot/1.0",
        obeys_robots=False,
    ),
    cache="The card is part of the message and never changes once it is sent.",
    refresh="Send the link again: each new message gets a card of its own.",
    sources=(
        "https://developer.apple.com/library/archive/technotes/tn2444/_index.html",
        "https://developer.apple.com/documentation/technotes/tn3156-create-rich-previews-for-messages",
    ),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
    notes=("The card shows picture, title and host; the description is read but not shown.",),
)
