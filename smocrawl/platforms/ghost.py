"""Ghost bookmark cards: every usual place in turn, then a card with typographic quotes."""

from __future__ import annotations

import re
from datetime import date

from smocrawl.page import Relation
from smocrawl.platforms.addresses import ends_in
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
from smocrawl.platforms.reading import NOTHING_ELSE, Names, Place, Reading, Sight, Value
from smocrawl.platforms.texts import typographic

ICON = "https://static.ghost.org/v5.0.0/images/link-icon.svg"
"""Drawn where the page's own icon cannot be fetched."""
TOUCH = 180
"""Pixels from which on an Apple touch icon goes first."""
WEIGHTS = ((("apple", "android"), 5), (("png",), 5), (("jpg", "jpeg"), 4), (("svg",), 3), (("ico",), 2))
"""By how much a picture's kind counts beside its width (metascraper-logo-favicon): the first by a word in its address,
the others by its ending."""
SIZE = re.compile(r"(\d{1,5})[x×](\d{1,5})")
SITE_IN_TITLE = re.compile(r".*[-|]\s+(.*)")
BY = re.compile(r"^\s*by\s+|@\s*", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?:)?//\S+|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
LONGEST_AUTHOR = 128
NEWS_PLACE = re.compile(r"^[A-Z\s]+\s+[-—–]\s+")
"""``NEW YORK - ``, which is taken off a description."""
DOTS = re.compile(r"\s?\.\.\.?$")
ANY: tuple[str, ...] = ()


def weight(icon: Relation) -> tuple[bool, int]:
    """Square ones first, then by width and kind."""
    width, height = _size(icon)
    words, *endings = WEIGHTS
    if any(word in icon.raw_href for word in words[0]):
        factor = words[1]
    else:
        factor = next((by for ends, by in endings if icon.raw_href.endswith(ends)), 1)
    return width == height, factor * (width or 1)


def _size(icon: Relation) -> tuple[int, int]:
    """Width and height that it, or its address, tells; zeros where neither does."""
    found = SIZE.fullmatch(icon.sizes.strip()) if icon.sizes else None
    found = found or SIZE.search(icon.raw_href)
    return (int(found[2]), int(found[1])) if found else (0, 0)


def _is_large_touch(icon: Relation) -> bool:
    return bool(icon.sizes) and any("apple" in rel for rel in icon.rel) and _size(icon)[0] >= TOUCH


def containing(attribute: str, part: str) -> Place:
    """The first tag whose name has *part* in it, in any case."""
    field = "prop" if attribute == "property" else "name"

    def read(sight: Sight) -> Value | None:
        for name, metas in sight.page.metas_by_name.items():
            if part in name:
                for one in metas:
                    if part in (getattr(one, field) or "").lower():
                        return (one.content or "").strip(), one.offset
        return None

    return Place(f"meta {part}", read, ())


def _title_part(sight: Sight) -> Value | None:
    """What stands behind the last bar or dash of the title that a blank follows."""
    found = SITE_IN_TITLE.fullmatch(sight.page.title or "")
    return (found[1].strip(), None) if found else None


def _icon(sight: Sight) -> Value | None:
    """A touch icon of 180 pixels or more, else a drawing, else the one of most weight that answers."""
    found = icons(sight)
    chosen = next((one for one in found if _is_large_touch(one)), None)
    chosen = chosen or next((one for one in found if one.raw_href.endswith("svg")), None)
    if chosen is None and found:
        ranked = sorted(found, key=weight, reverse=True) if len(found) > 1 else found
        chosen = next((one for one in ranked if sight.reaches(one.raw_href)), ranked[0])
    return None if chosen is None else (chosen.raw_href, chosen.offset)


def _authors(sight: Sight) -> Value | None:
    """All authors of the first typed thing that has any."""
    for entity in sight.page.entities:
        named = [one.text("name") for one in entity.entities("author")] if entity.syntax == "json-ld" else []
        if any(named):
            return " and ".join(name for name in named if name), None
    return JSON_AUTHOR.read(sight)


def _linked(sight: Sight) -> Value | None:
    found = next((one.text for one in sight.page.links if one.rel == ("author",) and one.text), None)
    return None if found is None else (found, None)


def name_only(place: Place) -> Place:
    """An author's address is no name, nor is a text of more than 128 characters."""

    def read(sight: Sight) -> Value | None:
        value = place.read(sight)
        if value is None or ADDRESS.fullmatch(value[0]) or len(value[0]) > LONGEST_AUTHOR:
            return None
        return value

    return Place(place.name, read, place.by, place.tags)


def tidy(sight: Sight, picked: Picked) -> Picked:
    """Icons are copied to the site; one that cannot be had is replaced by Ghost's own."""
    values, taken = dict(picked.values), dict(picked.taken)
    for name in ("title", "description", "site_name", "author"):
        if said := values.get(name):
            values[name] = " ".join(said.split())
    if "title" in values:
        values["title"] = typographic(values["title"])
    if text := values.get("description"):
        text = typographic(NEWS_PLACE.sub("", text))
        values["description"] = DOTS.sub("…", text) if ".." in text else text
    if author := values.get("author"):
        values["author"] = " ".join(BY.sub("", typographic(author), count=1).split())
    known = sight.resources is not NOTHING_ELSE
    if not values.get("icon") or (known and not sight.reaches(values["icon"])):
        values["icon"], taken["icon"] = ICON, Taken("Ghost's own")
    picture = values.get("image")
    if picture and ends_in(picture, FILMS):
        del values["image"]
    return Picked(values=values, taken=taken)


FILMS = (".mp4", ".webm", ".mov", ".mp3", ".wav", ".ogg", ".m4a")
JSON_AUTHOR = json_ld("author", types=ANY)
NAMES = Names(("name", "property"), twins=False)
PLATFORM = Platform(
    id="ghost",
    name="Ghost",
    family=Family.PUBLISHING,
    reading=Reading(og=NAMES, twitter=NAMES, plain=NAMES, types=()),
    url=(og("url"), twitter("url"), link("canonical")),
    title=(og("title"), twitter("title"), TITLE_TAG, json_ld("headline", types=ANY)),
    description=(og("description"), twitter("description"), meta("description"), itemprop("description"),
                 json_ld("articleBody", types=ANY), json_ld("description", types=ANY)),
    image=(og("image:secure_url"), og("image:url"), og("image"), twitter("image:src"), twitter("image"),
           itemprop("image"), json_ld("image", types=ANY, address=True), first_image),
    site_name=(json_ld("publisher", types=ANY), og("site_name"), containing("name", "application-name"),
               containing("name", "app-title"), containing("property", "app_name"), meta("publisher"),
               twitter("app:name:iphone"), twitter("app:name:ipad"), twitter("app:name:googleplay"),
               Place("end of <title>", _title_part, ())),
    icon=(Place("link icon", _icon), well_known("/favicon.ico")),
    author=(name_only(Place("JSON-LD author", _authors, ())), json_ld("brand", types=ANY), name_only(meta("author")),
            name_only(tag("article:author")), name_only(Place("rel=author", _linked, ())),
            name_only(twitter("creator"))),
    tidy=tidy,
    layout=always_small,
    images=ImageRules(crop_small=None),
    bot=Bot(name="Ghost", agent="Mozilla/5.0 (compatible; Ghost/5.0; +https://ghost.org/)", obeys_robots=False, timeout=2),
    cache="The card is part of the post; pictures are copied to the site.",
    refresh="Take the card out of the post and put the address in again.",
    sources=(
        "https://github.com/TryGhost/Ghost/tree/main/ghost/core/core/server/services/oembed",
        "https://github.com/microlinkhq/metascraper/tree/master/packages",
        "https://github.com/kellym/smartquotes.js/blob/master/lib/replacements.js",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
    notes=("Titles, authors and site names that are told by a class of the markup alone are not looked for here.",),
)  # fmt: skip
