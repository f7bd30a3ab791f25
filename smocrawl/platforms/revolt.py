"""Revolt, now Stoat: no title element; an empty tag hides what stands behind it; long texts are cut by their bytes."""

from __future__ import annotations

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageRules, Picked, Platform
from smocrawl.platforms.layouts import by_twitter_card
from smocrawl.platforms.places import meta, og, relations, twitter
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value

NAMES = Names(("property", "name"), exact=True, last=True, first_attribute=True)
FILES = ("image", "icon", "video")
BYTES = {"title": 100, "description": 1_000, "site_name": 32, "url": 256, "icon": 256}
"""What is kept of each value (models/src/v0/embeds.rs, truncate)."""


def only(rel: str) -> Place:
    """The last link with this relation and no other word."""

    def read(sight: Sight) -> Value | None:
        found = [one for one in relations(sight, rel) if one.rel == (rel,) and one.raw_href]
        return (found[-1].raw_href.strip(), found[-1].offset) if found else None

    return Place(f"link {rel}", read, ())


def glued(sight: Sight, picked: Picked) -> Picked:
    """A path from the root is hung onto the page's whole address, and then it is seldom found; a film hides the picture."""
    page = sight.page.url.rstrip("/")
    changed: dict[str, str | None] = {}
    for name in FILES:
        said = picked.get(name) or ""
        if said.startswith("/"):
            changed[name] = page + said
        elif said and not said.startswith(("http://", "https://")):
            changed[name] = None
    if changed.get("video", picked.get("video")):
        changed["image"] = None
    return picked.replaced(**changed) if changed else picked


PLATFORM = Platform(
    id="revolt",
    name="Revolt",
    family=Family.CHAT,
    reading=Reading(
        og=NAMES,
        twitter=NAMES,
        plain=NAMES,
        empty_wins=True,
        uses_base=False,
    ),
    url=(og("url"),),
    title=(og("title"), twitter("title"), meta("title")),
    description=(og("description"), twitter("description"), meta("description")),
    image=(og("image"), og("image:secure_url"), twitter("image"), twitter("image:src")),
    site_name=(og("site_name"),),
    icon=(only("apple-touch-icon"), only("icon")),
    video=(og("video"), og("video:url"), og("video:secure_url")),
    needs=(("title",), ("description",), ("image",), ("video",)),
    tidy=glued,
    kept={name: Cut(most=most, in_bytes=True, mark="") for name, most in BYTES.items()},
    layout=by_twitter_card,
    images=ImageRules(crop_small=None),
    bot=Bot(
        name="January",
        agent="Mozilla/5.0 (compatible; January/1.0; +https://github.com/revoltchat/january)",
        obeys_robots=False,
        timeout=10,
    ),
    cache="Revolt keeps a card for one minute.",
    refresh="Share the link again after a minute.",
    sources=(
        "https://github.com/stoatchat/stoatchat/blob/main/crates/services/january/src/website_embed.rs",
        "https://github.com/stoatchat/stoatchat/blob/main/crates/core/models/src/v0/embeds.rs",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
    notes=("theme-color colours the card's edge.",),
)
