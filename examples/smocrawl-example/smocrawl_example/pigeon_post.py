"""Pigeon Post: Open Graph, then the page's own title; a square picture beside the text."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageRules, Platform, Size
from smocrawl.platforms.layouts import by_size
from smocrawl.platforms.places import HOST, TITLE_TAG, meta, og
from smocrawl.platforms.reading import Names, Reading

PLATFORM = Platform(
    id="pigeon-post",
    name="Pigeon Post",
    family=Family.CHAT,
    reading=Reading(og=Names(("property",), last=True), bytes_most=100_000, https_only=True),
    title=(og("title"), TITLE_TAG),
    description=(og("description"), meta("description")),
    image=(og("image"),),
    site_name=(og("site_name"), HOST),
    shown={"title": Cut(most=40)},
    layout=by_size(600, 315),
    images=ImageRules(least=Size(100, 100), large=Size(600, 315), bytes_most=1_000_000),
    bot=Bot(name="PigeonPost", agent="PigeonPost/1.0", obeys_robots=True),
    cache="Pigeon Post keeps a card for a day.",
    refresh="Send the link again on the next day.",
    sources=("https://example.org/pigeon-post/previews",),
    certainty=Certainty.DOCUMENTED,
    checked_on=date(2026, 11, 21),
)
