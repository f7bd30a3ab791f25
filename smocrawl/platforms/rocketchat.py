"""Rocket.Chat: Open Graph, Twitter tags, plain tags, the title, in the first 250,000 bytes."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Picked, Platform
from smocrawl.platforms.layouts import always_large
from smocrawl.platforms.places import TITLE_TAG, meta, og, twitter
from smocrawl.platforms.reading import Names, Reading, Sight


def signed(sight: Sight, picked: Picked) -> Picked:
    """The site's name is a link to og:url: without that address it is not shown."""
    address = sight.tag("og:url", sight.reading.og)
    picked = picked if address and address[0] else picked.replaced(site_name=None)
    return picked.replaced(image=_from_the_root(picked.get("image"), sight.page.url))


def _from_the_root(written: str | None, page: str) -> str | None:
    """A relative address is put behind the host, whatever folder the page is in (buildImageURL.ts)."""
    if not written or written.startswith(("https://", "http://")):
        return written
    parts = urlsplit(page)
    return f"{parts.scheme}://{parts.netloc}" + re.sub(r"/{2,}", "/", f"/{written}")


PLATFORM = Platform(
    id="rocketchat",
    name="Rocket.Chat",
    family=Family.WORK,
    reading=Reading(
        og=Names(("name", "property")),
        plain=Names(("name", "property")),
        bytes_most=250_000,
        statuses=(200,),
        uses_base=False,
    ),
    title=(og("title"), twitter("title"), meta("title"), TITLE_TAG),
    description=(og("description"), twitter("description"), meta("description")),
    image=(og("image"), twitter("image"), meta("msapplication-tileimage")),
    site_name=(og("site_name"),),
    needs=(("title",), ("description",), ("image",)),
    tidy=signed,
    layout=always_large,
    images=ImageRules(crop=368 / 192),
    bot=Bot(name="Rocket.Chat", agent="Mozilla/5.0 … Rocket.Chat/…", obeys_robots=False),
    cache="The card is stored with the message.",
    refresh="There is no tool for it; an answer is kept for as long as the server is told to.",
    sources=(
        "https://github.com/RocketChat/Rocket.Chat/blob/develop/apps/meteor/server/services/messages/hooks/AfterSaveOEmbed.ts",
        "https://github.com/RocketChat/Rocket.Chat/blob/develop/apps/meteor/client/components/message/content/UrlPreviews.tsx",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
    notes=("oEmbed is asked for only at the few services on its own list, never at an address that a page names.",),
)
