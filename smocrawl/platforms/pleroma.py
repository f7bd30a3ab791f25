"""Pleroma and Akkoma: Twitter tags override Open Graph; charsets are not converted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from smocrawl.page import Meta
from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Picked, Place, Platform, Reading, Sight, Value
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import TITLE_TAG

STEPS = (("og:", "property"), ("twitter:", "name"), ("twitter:", "property"))
"""The later step overrides the earlier one, with empty values too (rich_media/parsers)."""


def _tags(sight: Sight) -> Iterator[tuple[str, Meta]]:
    for prefix, attribute in STEPS:
        for meta in sight.page.metas:
            name = meta.prop if attribute == "property" else meta.name
            if name and name.startswith(prefix) and meta.content is not None and sight.sees(meta.offset):
                yield name, meta


def last_said(name: str) -> Place:
    def read(sight: Sight) -> Value | None:
        found: Value | None = None
        for key, meta in _tags(sight):
            if key.partition(":")[2] == name and _survives(meta.content or "", sight.page.charset):
                found = (meta.content or "", meta.offset)
        return found

    return Place(f"twitter:{name} or og:{name}", read)


def _survives(text: str, charset: str) -> bool:
    """Whether the bytes of the page, taken as UTF-8, are valid."""
    if text.isascii() or charset == "utf-8":
        return "\ufffd" not in text
    try:
        text.encode(charset).decode("utf-8")
    except (UnicodeError, LookupError):
        return False
    return True


def only_with_tags(sight: Sight, picked: Picked) -> Picked:
    """Without any card tag the title element alone draws nothing."""
    if picked.taken.get("title") and picked.taken["title"].place == TITLE_TAG.name:
        usable = _survives(picked.values["title"], sight.page.charset)
        if not usable or next(_tags(sight), None) is None:
            return picked.replaced(title=None)
    return picked


PLATFORM = Platform(
    id="pleroma",
    name="Pleroma and Akkoma",
    family=Family.OPEN,
    reading=Reading(
        bytes_most=5_000_000,
        refuses_longer=True,
        types=("text/html",),
        needs_type=True,
        statuses=(200,),
        https_only=True,
        oembed=True,
        uses_base=False,
    ),
    title=(last_said("title"), TITLE_TAG),
    description=(last_said("description"),),
    image=(last_said("image"),),
    site_name=(last_said("site_name"),),
    tidy=only_with_tags,
    layout=always_small,
    images=ImageRules(crop_small=None),
    bot=Bot(name="Pleroma", agent="Pleroma …; Bot", obeys_robots=False),
    cache="Each server keeps its own card; og:ttl may shorten its life.",
    sources=("https://git.pleroma.social/pleroma/pleroma/-/tree/develop/lib/pleroma/web/rich_media",),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 20),
)
