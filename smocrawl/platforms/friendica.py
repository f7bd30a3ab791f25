"""Friendica: each later source overrides the earlier one: title, name tags, property tags, structured data."""

from __future__ import annotations

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Picked, Platform, Size
from smocrawl.platforms.layouts import by_shape
from smocrawl.platforms.places import HOST, LANG, TITLE_TAG, json_ld, og
from smocrawl.platforms.reading import Place, Reading, Sight, Value

MOST, LEAST = 250, 100
"""Characters of the text, and where a full stop may end it at the earliest (ParseUrl.php)."""


def last(attribute: str, *names: str) -> Place:
    """The last tag of any of these names under one attribute."""

    def read(sight: Sight) -> Value | None:
        for meta in reversed(sight.page.metas):
            written = meta.prop if attribute == "property" else meta.name
            if written and meta.content and written.lower() in names and sight.sees(meta.offset):
                return meta.content.strip(), meta.offset
        return None

    return Place(" or ".join(names), read)


def tidy(sight: Sight, picked: Picked) -> Picked:
    """Cut at 250 characters, back to the last full stop where one stands behind the hundredth."""
    text = picked.get("description") or ""
    if len(text) > MOST:
        text = text[:MOST] + "…"
        stop = text.rfind(".")
        picked = picked.replaced(description=text[: stop + 1] if stop > LEAST else text)
    language = (picked.get("language") or "").replace("-", "_").partition("_")[0]
    return picked.replaced(language=language or None)


PLATFORM = Platform(
    id="friendica",
    name="Friendica",
    family=Family.OPEN,
    reading=Reading(bytes_most=1_000_000, types=("text/html",)),
    title=(json_ld("headline"), json_ld("name", types=("WebPage",)),
           last("property", "og:title", "twitter:title"),
           last("name", "fulltitle", "twitter:title", "dc.title"), TITLE_TAG),
    description=(json_ld("description"), last("property", "og:description", "twitter:description"),
                 last("name", "description", "twitter:description", "dc.description")),
    image=(json_ld("image", address=True),
           last("property", "og:image", "og:image:url", "og:image:secure_url", "twitter:image"),
           last("name", "thumbnail", "twitter:image", "twitter:image:src")),
    site_name=(json_ld("publisher"), last("property", "og:site_name"), last("name", "dc.creator"), HOST),
    author=(json_ld("author"),),
    language=(og("locale"), LANG),
    tidy=tidy,
    layout=by_shape,
    images=ImageRules(least=Size(51, 51), crop=None, crop_small=None),
    bot=Bot(name="Friendica", agent="Friendica '…'; https://…", obeys_robots=False),
    cache="Each server keeps a card for at least a day.",
    sources=("https://github.com/friendica/friendica/blob/develop/src/Util/ParseUrl.php",),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 20),
)  # fmt: skip
