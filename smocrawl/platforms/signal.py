"""Signal Desktop: made on the sender's device from at most 1,000 KiB, over https only, and frozen in the message."""

from __future__ import annotations

import re
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
MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
"""Of which V8 looks at the first three letters (src/date/dateparser.cc)."""
ENGLISH = re.compile(
    r"(?:[a-z]{3,9}\.?,? )?(?:(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2}),?|(?P<day2>\d{1,2})[ -](?P<month2>[a-z]{3,9})[.,]?)"
    r"[ -](?P<year>\d{4})"
    r"(?:,? (?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?: ?(?P<half>[ap]m))?(?: (?:UTC|GMT|Z))?)?",
    re.IGNORECASE,
)
LONGEST_DATE = 60


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
    if said := picked.get("published"):
        found = in_english(said) or moment(said)
        fits = found is not None and FIRST_MOMENT < found < LAST_MOMENT
        picked = picked.replaced(published=found.isoformat() if found and fits else None)
    image = parsed(page.url, picked.get("image") or "") if picked.get("image") else None
    if image and "#" in image:
        image = urldefrag(image)[0]
    return picked.replaced(image=image)


def in_english(written: str) -> datetime | None:
    """A date as V8's ``Date.parse`` also takes it: "Jan 5, 2026 4:07 pm"; in UTC, for its zone is the sender's."""
    found = ENGLISH.fullmatch(" ".join(written.split())[:LONGEST_DATE])
    month = found and MONTHS.find((found["month"] or found["month2"])[:3].lower())
    if not found or month is None or month % 3:
        return None
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"].lower() == "pm")
    try:
        return datetime(
            int(found["year"]), month // 3 + 1, int(found["day"] or found["day2"]), hour, int(found["minute"] or 0),
            int(found["second"] or 0), tzinfo=UTC,
        )  # fmt: skip
    except ValueError:
        return None


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
        tag("og:modified_time"),
        tag("article:modified_time"),
        tag("og:published_time"),
        tag("article:published_time"),
    ),
    tidy=fit,
    layout=layout,
    images=ImageRules(
        bytes_most=1_024 * 1_024,
        bytes_least=8,
        formats=frozenset({"image/gif", "image/x-icon", "image/jpeg", "image/png", "image/webp"}),
        believes_header=True,
        https_only=True,
        crop=None,
    ),
    bot=Bot(name="WhatsApp", agent="WhatsApp/2", obeys_robots=False, timeout=60),
    cache="The card is part of the message and never changes once it is sent.",
    refresh="Send the link again: each new message gets a card of its own.",
    sources=(
        "https://github.com/signalapp/Signal-Desktop/blob/main/ts/linkPreviews/linkPreviewFetch.preload.ts",
        "https://github.com/signalapp/Signal-Desktop/blob/main/ts/util/shouldUseFullSizeLinkPreviewImage.ts",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 22),
    notes=("Older versions take the date of publication before that of the last change.",
           "Older versions take no picture whose length the server does not say.",
           "On Android only tags with double quotes are read, and no meta description."),
)  # fmt: skip
