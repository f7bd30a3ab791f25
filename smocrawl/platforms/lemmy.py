"""Lemmy: Open Graph in head, then title and description; reads the first mebibyte."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import TITLE_TAG, meta, og
from smocrawl.platforms.reading import Names, Reading

NAMES = Names(("property", "name", "http-equiv"), exact=True, last=True, first_attribute=True)

PLATFORM = Platform(
    id="lemmy",
    name="Lemmy",
    family=Family.OPEN,
    reading=Reading(
        og=NAMES,
        plain=NAMES,
        head_only=True,
        bytes_most=1_048_576,
        uses_base=False,
    ),
    title=(og("title"), TITLE_TAG),
    description=(og("description"), meta("description")),
    image=(og("image"),),
    needs=(("title",), ("description",), ("image",)),
    layout=always_small,
    images=ImageRules(crop_small=None),
    bot=Bot(name="Lemmy", agent="Lemmy/…; +https://…", obeys_robots=False, timeout=10),
    cache="The card is stored with the post.",
    refresh="Edit the post: the link is read again.",
    sources=(
        "https://github.com/LemmyNet/lemmy/blob/main/crates/api_common/src/request.rs",
        "https://github.com/orottier/webpage-rs",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 20),
)
