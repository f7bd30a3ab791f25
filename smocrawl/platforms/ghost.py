"""Ghost bookmark cards: every usual place in turn, then a card with typographic quotes."""

from __future__ import annotations

import re
from datetime import date

from smocrawl.page import Relation
from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Picked, Platform, Taken
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import (
    TITLE_TAG,
    first_image,
    icons,
    itemprop,
    json_ld,
    link,
    meta,
    og,
    tag,
    twitter,
    well_known,
)
from smocrawl.platforms.reading import Place, Reading, Sight, Value

ICON = "https://static.ghost.org/v5.0.0/images/link-icon.svg"
"""Drawn where the page's own icon cannot be fetched."""
TOUCH = 180
"""Pixels from which on an Apple touch icon goes first."""
OPENING, SINGLE = re.compile(r'(^|[\s(\[{])"'), re.compile(r"(^|[\s(\[{])'")
ANY: tuple[str, ...] = ()


def _title_part(sight: Sight) -> Value | None:
    """What stands behind the last bar or dash of the title."""
    found = re.search(r"[-|]\s*([^-|]+)$", sight.page.title or "")
    return (found[1].strip(), None) if found else None


def _icon(sight: Sight) -> Value | None:
    """A touch icon of 180 pixels or more, else a drawing, else the largest, else the first."""
    best = max(icons(sight), key=_rank, default=None)
    return None if best is None else (best.raw_href, best.offset)


def _rank(icon: Relation) -> tuple[bool, bool, int]:
    sides = [int(side) for side in re.findall(r"(\d{1,5})x\d", icon.sizes or "")]
    width = max(sides, default=0)
    is_touch = any("apple" in rel for rel in icon.rel)
    return is_touch and width >= TOUCH, icon.raw_href.endswith("svg"), width


def name_only(place: Place) -> Place:
    """An author's address is no name."""

    def read(sight: Sight) -> Value | None:
        value = place.read(sight)
        return None if value is None or value[0].startswith(("http://", "https://")) else value

    return Place(place.name, read, place.by, place.tags)


def typographic(text: str) -> str:
    """Straight quotes turned as metascraper turns them."""
    if '"' in text:
        text = OPENING.sub(r"\1“", text).replace('"', "”")
    if "'" in text:
        text = SINGLE.sub(r"\1‘", text).replace("'", "’")
    return text


def tidy(sight: Sight, picked: Picked) -> Picked:
    """Icons are copied to the site; one that cannot be had is replaced by Ghost's own."""
    values, taken = dict(picked.values), dict(picked.taken)
    for name in ("title", "description", "site_name", "author"):
        if said := values.get(name):
            values[name] = typographic(" ".join(said.split()))
    if not values.get("icon") or not sight.reaches(values["icon"]):
        values["icon"], taken["icon"] = ICON, Taken("Ghost's own")
    return Picked(values=values, taken=taken)


PLATFORM = Platform(
    id="ghost",
    name="Ghost",
    family=Family.PUBLISHING,
    reading=Reading(),
    url=(og("url"), twitter("url"), link("canonical")),
    title=(og("title"), twitter("title"), TITLE_TAG, json_ld("headline", types=ANY)),
    description=(og("description"), twitter("description"), meta("description"), itemprop("description"),
                 json_ld("description", types=ANY)),
    image=(og("image:secure_url"), og("image:url"), og("image"), twitter("image:src"), twitter("image"),
           itemprop("image"), json_ld("image", types=ANY, address=True), first_image),
    site_name=(json_ld("publisher", types=ANY), og("site_name"), meta("application-name"),
               Place("end of <title>", _title_part, ())),
    icon=(Place("link icon", _icon, ()), well_known("/favicon.ico")),
    author=(json_ld("author", types=ANY), meta("author"), name_only(tag("article:author")), twitter("creator")),
    tidy=tidy,
    layout=always_small,
    images=ImageRules(crop_small=None),
    bot=Bot(name="Ghost", agent="Mozilla/5.0 (compatible; Ghost/5.0; +https://ghost.org/)", obeys_robots=False, timeout=2),
    cache="The card is part of the post; pictures are copied to the site.",
    refresh="Take the card out of the post and put the address in again.",
    sources=(
        "https://github.com/TryGhost/Ghost/tree/main/ghost/core/core/server/services/oembed",
        "https://github.com/microlinkhq/metascraper/tree/master/packages",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 20),
)  # fmt: skip
