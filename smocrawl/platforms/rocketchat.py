"""Rocket.Chat: Open Graph, Twitter tags, plain tags, the title, in the first 250,000 bytes."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from urllib.parse import urlsplit

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Picked, Platform
from smocrawl.platforms.layouts import always_large
from smocrawl.platforms.places import TITLE_TAG, under_any
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value

WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
WITHOUT_PICTURE = ("video", "rich")
"""Values of ``og:type`` for which an embedded frame is drawn in place of the picture (OEmbedResolver.tsx)."""


@lru_cache(256)
def key(name: str) -> str:
    """The name in camel case, as tags are kept: ``OG:Title`` and ``og_title`` are ``ogTitle``."""
    words: list[str] = WORDS.findall(name)
    return "".join(word.capitalize() if place else word.lower() for place, word in enumerate(words))


@cache
def tag(name: str, said: str = "") -> Place:
    """The first tag with a value whose name, under either attribute, has this key; blanks alone hide what comes after."""
    wanted, lower = key(name), name.lower()
    as_written = key(lower) == wanted

    def read(sight: Sight) -> Value | None:
        for meta in sight.page.metas_by_name.get(lower, ()):
            borne = (as_written and lower in {meta.prop, meta.name}) or any(
                one and key(one) == wanted for one in (meta.prop, meta.name)
            )
            if borne and meta.content and sight.sees(meta.offset):
                return meta.content.strip(), meta.offset
        return None

    attributes = under_any("property", "name") if as_written else under_any()
    return Place(said or lower, read, (), frozenset({lower}), attributes)


OG_TYPE, OG_URL = tag("og:type"), tag("og:url")


def signed(sight: Sight, picked: Picked) -> Picked:
    """The site's name is a link to og:url: without that address it is not shown.  A film's frame stands in for its picture."""
    address, kind = OG_URL.read(sight), OG_TYPE.read(sight)
    picked = picked if address and address[0] else picked.replaced(site_name=None)
    if kind is not None and kind[0] in WITHOUT_PICTURE:
        return picked.replaced(image=None)
    return picked.replaced(image=_from_the_root(picked.get("image"), sight.page.url))


def _from_the_root(written: str | None, page: str) -> str | None:
    """What is no address by itself is put behind the host, whatever folder the page is in (buildImageURL.ts)."""
    if not written or ADDRESS.match(written):
        return written
    parts = urlsplit(page)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" + re.sub(r"/{2,}", "/", f"/{written}")


PLATFORM = Platform(
    id="rocketchat",
    name="Rocket.Chat",
    family=Family.WORK,
    reading=Reading(
        og=Names(("name", "property")),
        plain=Names(("name", "property")),
        bytes_most=250_000,
        statuses=(200,),
        types=(),
        charset=("agreed", "header", "meta-any", "guess", "utf-8"),
        uses_base=False,
    ),
    title=(tag("og:title"), tag("twitter:title"), tag("title", "meta title"), TITLE_TAG),
    description=(tag("og:description"), tag("twitter:description"), tag("description", "meta description")),
    image=(tag("og:image"), tag("twitter:image"), tag("msapplication-TileImage", "meta msapplication-TileImage")),
    site_name=(tag("og:site_name"),),
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
        "https://github.com/RocketChat/Rocket.Chat/blob/develop/apps/meteor/client/components/message/content/urlPreviews/urlMetadata.ts",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
    notes=(
        "oEmbed is asked for only at the few services on its own list, never at an address that a page names.",
        "Tags are found by regular expressions, which need quotes around both values, and the same on both.",
    ),
)
