"""Apple Messages: made on the sender's device, with bundled rules for tags, pictures and icons."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import urljoin

from smocrawl.page import Relation
from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Picked, Platform, Size
from smocrawl.platforms.layouts import by_size
from smocrawl.platforms.places import HOST, TITLE_TAG, icons, meta, og, tag, twitter, well_known
from smocrawl.platforms.reading import NOTHING_ELSE, Names, Place, Reading, Sight, Value

NAMES = Names(("property", "name", "itemprop"), exact=True, first_attribute=True)
PLAIN = Names(("property", "name", "itemprop"), first_attribute=True)
PICTURES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "image")
DETAILS = ("og:image:width", "og:image:height", "og:image:type")
TOGETHER = (*PICTURES, *DETAILS)
TOUCH = (("apple-touch-icon-precomposed",), ("apple-touch-icon",))
FAVICON = (("icon",), ("shortcut", "icon"))
FIRST = "first picture of Apple Messages"
"""Under which it is remembered for the places that ask for its parts."""
DECODED = ("title", "description", "site_name")
SIDE = re.compile(r"\s*(\d{1,5})")
USUAL_SIDE = 60
"""Pixels of a touch icon that does not tell its size."""


def _first_picture(sight: Sight) -> dict[str, Value]:
    """The tags up to the one that begins a second picture."""
    if FIRST not in sight.found:
        sight.found[FIRST] = _group(sight)
    found: dict[str, Value] = sight.found[FIRST]
    return found


def _group(sight: Sight) -> dict[str, Value]:
    group: dict[str, Value] = {}
    for one in sight.page.metas_named(TOGETHER):
        name = one.prop or one.name or one.itemprop or ""
        content = unescape(one.content or "").strip()
        if not content or name not in TOGETHER:
            continue
        if name in PICTURES and (name in group or not group.keys().isdisjoint(DETAILS)):
            if not group.keys().isdisjoint(PICTURES):
                return group
            group.clear()
        group[name] = content, one.offset
    return group


def picture(name: str, said: str = "") -> Place:
    return Place(said or name, lambda sight: _first_picture(sight).get(name), (), frozenset({name}))


def _side(icon: Relation) -> int:
    found = SIDE.match(icon.sizes) if icon.sizes else None
    return int(found[1]) if found else USUAL_SIDE if icon.rel in TOUCH else 0


def largest(name: str, kinds: tuple[tuple[str, ...], ...]) -> Place:
    """The largest of the icons in head; a precomposed one goes before another of its size."""

    def read(sight: Sight) -> Value | None:
        found = [one for one in icons(sight) if one.rel in kinds and one.in_head]
        best = (
            max(found, key=lambda one: (_side(one), one.rel == TOUCH[0])) if len(found) > 1 else next(iter(found), None)
        )
        return None if best is None else (best.raw_href, best.offset)

    return Place(name, read, ())


def if_there(path: str) -> Place:
    """A file that is asked for without being named, where it is known to answer."""

    def read(sight: Sight) -> Value | None:
        if sight.resources is NOTHING_ELSE:
            return None
        address = urljoin(sight.page.url, path)
        return (address, None) if sight.resources.reachable(address) else None

    return Place(path, read)


def decoded(sight: Sight, picked: Picked) -> Picked:
    """Entities are decoded a second time."""
    texts = {name: unescape(said) for name in DECODED if "&" in (said := picked.get(name) or "")}
    return picked.replaced(**texts) if texts else picked


PLATFORM = Platform(
    id="apple-messages",
    name="Apple Messages",
    family=Family.CHAT,
    reading=Reading(og=NAMES, twitter=NAMES, plain=PLAIN),
    url=(og("url"),),
    title=(og("title"), twitter("title"), TITLE_TAG),
    description=(og("description"), twitter("description"), meta("description")),
    image=(*(picture(name) for name in PICTURES[:-1]), picture(PICTURES[-1], "meta image")),
    site_name=(og("site_name"), HOST),
    icon=(
        largest("link apple-touch-icon", TOUCH),
        if_there("/apple-touch-icon-precomposed.png"),
        if_there("/apple-touch-icon.png"),
        largest("link icon", FAVICON),
        well_known("/favicon.ico"),
    ),
    author=(meta("author"), tag("article:author"), twitter("creator")),
    tidy=decoded,
    layout=by_size(300, 157),
    images=ImageRules(best=Size(1200, 630), crop=None, crop_small=1.0),
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
        "https://gist.github.com/saagarjha/07e897fd72b370027ce280480761cf1e",
    ),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 21),
    notes=("The card shows picture, title and host; the description is read but not shown.",),
)
