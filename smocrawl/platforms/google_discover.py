"""Google Search and Discover: title, site name and picture from structured data first; large only where allowed."""

from __future__ import annotations

from datetime import date

from smocrawl.page import Entity
from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageFacts, ImageRules, Nothing, Picked, Platform, Size
from smocrawl.platforms.layouts import measured
from smocrawl.platforms.places import HOST, LANG, TITLE_TAG, heading, json_ld, link, meta, og, tag
from smocrawl.platforms.reading import Place, Reading, Sight, Value
from smocrawl.platforms.texts import shortened

LARGE = Size(1200, 1)
AREA = 300_000
"""Pixels that a large picture has at least."""
DIGITS = 6
"""A number of more digits is no limit."""


TOLD = "what Google is told"
"""Under which it is remembered."""


def told(sight: Sight) -> frozenset[str]:
    """Directives for all robots and for Google, by meta tag or header."""
    if TOLD not in sight.found:
        sight.found[TOLD] = _told(sight)
    said: frozenset[str] = sight.found[TOLD]
    return said


def _told(sight: Sight) -> frozenset[str]:
    if "googlebot" not in sight.page.metas_by_key:
        return sight.page.robots
    named = [meta.value for meta in sight.page.metas_of("googlebot")]
    own = {one.strip().lower().replace(" ", "") for text in named for one in text.split(",")}
    return sight.page.robots | own


def obedient(sight: Sight, picked: Picked) -> Picked | Nothing:
    """noindex keeps the page out, nosnippet takes its text, noimageindex its picture."""
    said = told(sight)
    if not said:
        return picked
    if said & {"noindex", "none"}:
        return Nothing(platform="google-discover", code="opted-out", detail={"tag": "noindex"})
    most, text = _snippet(said), picked.get("description")
    if "nosnippet" in said or most == 0:
        picked = picked.replaced(description=None)
    elif text and most is not None:
        picked = picked.replaced(description=shortened(text, Cut(most=most, at_blank=True)).text)
    if said & {"noimageindex", "max-image-preview:none"}:
        picked = picked.replaced(image=None)
    return picked


def _snippet(said: frozenset[str]) -> int | None:
    """How many characters of text the page allows; None = as many as Google likes."""
    allowed = [one.partition(":")[2] for one in said if one.startswith("max-snippet:")]
    return min((int(one) for one in allowed if one.isdecimal() and len(one) < DIGITS), default=None)


def layout(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """Large pictures need leave by ``max-image-preview:large`` besides their width and area."""
    size = measured(sight, picked, image)
    fits = size is None or (size[0] >= LARGE.width and size[0] * size[1] >= AREA)
    return "large" if fits and "max-image-preview:large" in told(sight) else "small"


def _primary(entity: Entity) -> str | None:
    return entity.url("primaryImageOfPage")


def _of_main_entity(sight: Sight) -> Value | None:
    for entity in sight.page.entities:
        if (found := _primary(entity)) is not None:
            return found, None
    main = sight.page.main_entity
    found = main.url("image") if main else None
    return None if found is None else (found, None)


PLATFORM = Platform(
    id="google-discover",
    name="Google Discover",
    family=Family.SEARCH,
    reading=Reading(bytes_most=2 * 1024 * 1024),
    url=(link("canonical"),),
    title=(TITLE_TAG, og("title"), heading(1)),
    description=(meta("description"),),
    image=(Place("JSON-LD image", _of_main_entity, ()), og("image")),
    site_name=(json_ld("name", types=("WebSite",)), og("site_name"), HOST),
    icon=(link("icon"),),
    author=(json_ld("author"),),
    published=(json_ld("datePublished"), tag("article:published_time")),
    language=(LANG,),
    tidy=obedient,
    layout=layout,
    images=ImageRules(large=LARGE, best=Size(1200, 675), crop=16 / 9),
    bot=Bot(name="Googlebot", agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            obeys_robots=True),
    cache="Google reads a page again in its own time.",
    refresh="https://search.google.com/search-console",
    opt_out="noindex, nosnippet, max-snippet, noimageindex and data-nosnippet are obeyed.",
    sources=(
        "https://developers.google.com/search/docs/appearance/google-discover",
        "https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag",
        "https://developers.google.com/search/docs/appearance/site-names",
        "https://developers.google.com/search/docs/crawling-indexing/googlebot",
    ),
    certainty=Certainty.DOCUMENTED,
    checked_on=date(2026, 11, 20),
)  # fmt: skip
