"""Signal Desktop: made on the sender's device from at most 1,000 KiB, over https only, and frozen in the message."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import urldefrag

from smocrawl.platforms.addresses import parsed
from smocrawl.platforms.base import Bot, Certainty, Family, ImageFacts, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.layouts import measured
from smocrawl.platforms.places import TITLE_TAG, relations, selected
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value
from smocrawl.platforms.texts import moment

SHORTEST = 8
"""Bytes: ``<title>x``; a shorter page cannot hold anything (MIN_HTML_CONTENT_LENGTH)."""
LONGEST_TYPE = 100
"""Characters of a Content-Type that is looked at (MAX_CONTENT_TYPE_LENGTH_TO_PARSE)."""
SIDE = 200
NEARLY_SQUARE = 0.05
"""From shouldUseFullSizeLinkPreviewImage.ts."""
FIRST_MOMENT, LAST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)


def tag(name: str) -> Place:
    return selected("property", name)


def link_exactly(rel: str) -> Place:
    """The first link with that relation and no other; one without an address hides the later ones."""
    words = tuple(rel.split())

    def read(sight: Sight) -> Value | None:
        first = next((one for one in relations(sight, words[0]) if one.rel == words), None)
        return None if first is None else (first.raw_href.strip(), first.offset)

    return Place(f"link {rel}", read, ())


def fit(sight: Sight, picked: Picked) -> Picked | Nothing:
    """Downloads and pages of a few bytes are refused; dates before 1970 and after 3000 are left out."""
    page = sight.page
    disposition = (page.header("content-disposition") or "inline").split(";", 1)[0]
    if disposition != "inline":
        return Nothing(platform="signal", code="download", detail={"disposition": disposition})
    if len(page.header("content-type") or "") > LONGEST_TYPE:
        return Nothing(platform="signal", code="not-html", detail={"limit": LONGEST_TYPE})
    length = page.header("content-length") or ""
    if length.isdecimal() and (size := int(length[:9])) < SHORTEST:
        return Nothing(platform="signal", code="too-short", detail={"bytes": size, "limit": SHORTEST})
    found = moment(picked.get("published"))
    if found is not None and not FIRST_MOMENT < found < LAST_MOMENT:
        picked = picked.replaced(published=None)
    image = parsed(page.url, picked.get("image") or "") if picked.get("image") else None
    if image and "#" in image:
        image = urldefrag(image)[0]
    return picked.replaced(image=image)


def layout(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """Large when both sides have 200 pixels and the picture is not (nearly) square."""
    if image is not None and not (image.width and image.height):
        return "small"
    size = measured(sight, picked, image)
    if size is None:
        return "large"
    width, height = size
    return "large" if min(size) >= SIDE and abs(1 - width / height) >= NEARLY_SQUARE else "small"


PLATFORM = Platform(
    id="signal",
    name="Signal",
    family=Family.CHAT,
    reading=Reading(
        og=Names(("property",), exact=True, twins=False),
        bytes_most=1_000 * 1_024,
        types=("text/html",),
        needs_type=True,
        https_only=True,
        charset=("bom", "header", "http-equiv", "meta"),
        uses_base=False,
    ),
    title=(tag("og:title"), TITLE_TAG),
    description=(tag("og:description"), selected("name", "description", said="meta description")),
    image=(
        tag("og:image"),
        tag("og:image:url"),
        link_exactly("apple-touch-icon"),
        link_exactly("apple-touch-icon-precomposed"),
        link_exactly("shortcut icon"),
        link_exactly("icon"),
    ),
    published=(
        tag("og:published_time"),
        tag("article:published_time"),
        tag("og:modified_time"),
        tag("article:modified_time"),
    ),
    tidy=fit,
    layout=layout,
    images=ImageRules(
        bytes_most=1_024 * 1_024,
        bytes_least=8,
        formats=frozenset({"image/gif", "image/x-icon", "image/jpeg", "image/png", "image/webp"}),
        believes_header=True,
        https_only=True,
        needs_length=True,
        crop=None,
    ),
    bot=Bot(name="WhatsApp", agent="WhatsApp/2", obeys_robots=False, timeout=60),
    cache="The card is part of the message and never changes once it is sent.",
    refresh="Send the link again: each new message gets a card of its own.",
    sources=(
        "https://github.com/signalapp/Signal-Desktop/blob/main/ts/linkPreviews/linkPreviewFetch.ts",
        "https://github.com/signalapp/Signal-Desktop/blob/main/ts/util/shouldUseFullSizeLinkPreviewImage.ts",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
    notes=("The newest versions take the date of the last change before that of publication.",
           "On Android only tags with double quotes are read, and no meta description."),
)  # fmt: skip
