"""Zulip: Open Graph, then title, paragraph and picture around the first h1; without a picture nothing is drawn."""

from __future__ import annotations

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import TITLE_TAG, heading, meta, og
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value


def _paragraph(sight: Sight) -> Value | None:
    found = sight.page.leads.paragraph
    return None if found is None else (found, None)


def _image(sight: Sight) -> Value | None:
    found = sight.page.leads.image
    return None if found is None else (found, None)


def sniffed(sight: Sight, picked: Picked) -> Picked | Nothing:
    """What calls itself HTML but does not look like it is not read."""
    return picked if sight.page.is_html else Nothing(platform="zulip", code="not-html")


PLATFORM = Platform(
    id="zulip",
    name="Zulip",
    family=Family.WORK,
    reading=Reading(
        og=Names(("property",), exact=True, last=True, twins=False),
        plain=Names(("name",), exact=True, twins=False),
        types=("text/html",),
        charset=("header", "xml", "meta-any"),
        uses_base=False,
    ),
    title=(og("title"), TITLE_TAG, heading(1)),
    description=(og("description"), meta("description"), Place("first paragraph after <h1>", _paragraph)),
    image=(og("image"), Place("first <img> beside <h1>", _image)),
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
    checked_on=date(2026, 11, 20),
    notes=("Previews are off until an organisation switches them on.",),
)
