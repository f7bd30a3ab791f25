"""Bluesky: the card service reads the page while somebody writes, and the card is frozen into the post."""

from __future__ import annotations

from datetime import date
from mimetypes import MimeTypes
from urllib.parse import urlsplit

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Nothing, Picked, Platform, Size
from smocrawl.platforms.layouts import always_large
from smocrawl.platforms.places import HOST, TITLE_TAG, meta, og
from smocrawl.platforms.reading import Reading, Sight

PAGES = ("text/html", "application/xhtml+xml")
TYPES = MimeTypes(filenames=()).types_map[True]
"""Endings of files; without those of the machine, so that every machine judges alike."""


def unless_file(sight: Sight, picked: Picked) -> Picked | Nothing:
    """An address that ends like another kind of file is not asked for a card."""
    name = urlsplit(sight.page.url).path.rpartition("/")[2]
    kind = TYPES.get(f".{name.rpartition('.')[2]}") if "." in name else None
    return picked if kind is None or kind in PAGES else Nothing(platform="bluesky", code="not-html")


PLATFORM = Platform(
    id="bluesky",
    name="Bluesky",
    family=Family.OPEN,
    reading=Reading(types=PAGES),
    title=(og("title"), TITLE_TAG),
    description=(og("description"), meta("description")),
    image=(og("image"),),
    site_name=(HOST,),
    tidy=unless_file,
    layout=always_large,
    images=ImageRules(
        best=Size(1200, 630), formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}), crop=1.91
    ),
    bot=Bot(
        name="Bluesky Cardyb",
        agent="Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Bluesky Cardyb/1.1; "
        "+mailto:support@bsky.app) Chrome/… Safari/537.36",
    ),
    cache="The card is part of the post and never changes once it is sent.",
    refresh="Post the link again; the card service may keep its own copy for a while.",
    sources=(
        "https://github.com/bluesky-social/social-app/blob/main/src/lib/link-meta/link-meta.ts",
        "https://github.com/bluesky-social/social-app/blob/main/src/lib/api/resolve.ts",
    ),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
    notes=("A picture of more than 1 MB is made smaller on the writer's device.",),
)
