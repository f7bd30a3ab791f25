"""Zulip: Open Graph, then title, paragraph and picture around the first h1; without a picture nothing is drawn."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import WRITTEN_TITLE, heading, selected
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value


def last(name: str) -> Place:
    """The last tag of exactly that name, as it is written; an empty one counts, an impossible address does not."""

    def read(sight: Sight) -> Value | None:
        for meta in reversed(sight.page.metas_by_name.get(name, ())):
            if meta.prop == name and meta.content is not None and sight.sees(meta.offset) and _parses(meta.content):
                return meta.content, meta.offset
        return None

    return Place(name, read, (), frozenset({name}))


def _parses(address: str) -> bool:
    if "/" not in address:
        return True
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def unless_empty(place: Place) -> Place:
    """What the page itself says counts only where it says something."""

    def read(sight: Sight) -> Value | None:
        value = place.read(sight)
        return value if value and value[0] else None

    return Place(place.name, read, place.by, place.tags)


def _paragraph(sight: Sight) -> Value | None:
    found = sight.page.leads.paragraph
    return None if found is None else (found, None)


def _image(sight: Sight) -> Value | None:
    found = sight.page.leads.image
    return None if found is None or not _parses(found) else (found, None)


def sniffed(sight: Sight, picked: Picked) -> Picked | Nothing:
    """What calls itself HTML but does not look like it is not read."""
    return picked if sight.page.is_html else Nothing(platform="zulip", code="not-html")


PLATFORM = Platform(
    id="zulip",
    name="Zulip",
    family=Family.WORK,
    reading=Reading(
        og=Names(("property",), exact=True, last=True, twins=False),
        empty_wins=True,
        types=("text/html",),
        charset=("header", "xml", "meta-any"),
        uses_base=False,
    ),
    title=(last("og:title"), unless_empty(WRITTEN_TITLE), unless_empty(heading(1))),
    description=(
        last("og:description"),
        unless_empty(selected("name", "description", said="meta description", trimmed=False)),
        unless_empty(Place("first paragraph after <h1>", _paragraph)),
    ),
    image=(last("og:image"), unless_empty(Place("first <img> beside <h1>", _image))),
    needs=(("image",),),
    tidy=sniffed,
    layout=always_small,
    images=ImageRules(crop_small=None),
    bot=Bot(
        name="ZulipURLPreview",
        agent="Mozilla/5.0 (compatible; ZulipURLPreview/…; +https://…)",
        obeys_robots=False,
        timeout=15,
    ),
    cache="Each server keeps its own answer; for how long is not published.",
    refresh="There is no tool for it.",
    sources=(
        "https://github.com/zulip/zulip/blob/main/zerver/lib/url_preview/preview.py",
        "https://github.com/zulip/zulip/tree/main/zerver/lib/url_preview/parsers",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 22),
    notes=("Previews are off until an organisation switches them on.",),
)
