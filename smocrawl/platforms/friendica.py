"""Friendica: property tags override name tags, those the title; structured data and oEmbed fill what is missing."""

from __future__ import annotations

from datetime import date

from smocrawl.page import ARTICLE_TYPES, Page
from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Picked, Platform, Size
from smocrawl.platforms.layouts import by_shape
from smocrawl.platforms.oembed import address, filled
from smocrawl.platforms.places import HOST, LANG, TITLE_TAG, json_ld, og
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value

PAGES = ("WebPage", "AboutPage", "CollectionPage", "ContactPage", "FAQPage", "ItemPage", "ProfilePage", "QAPage")
MOST, LEAST = 250, 100
"""Characters of the text, and where a full stop may end it at the earliest (ParseUrl.php)."""


def last(attribute: str, *names: str) -> Place:
    """The last tag of any of these names under one attribute."""

    field = "prop" if attribute == "property" else "name"

    def read(sight: Sight) -> Value | None:
        for meta in reversed(sight.page.metas_named(names)):
            written: str | None = getattr(meta, field)
            if written and meta.content and written.lower() in names and sight.sees(meta.offset):
                return meta.content.strip(), meta.offset
        return None

    return Place(" or ".join(names), read, (), frozenset(names))


def other_page(page: Page) -> str | None:
    """A page that sends its visitors on at once is not read itself."""
    return page.meta_refresh


def tidy(sight: Sight, picked: Picked) -> Picked:
    """oEmbed fills what is still missing; long texts are cut; a path is always one from the host's root."""
    picked = filled(sight, picked)
    text = picked.get("description") or ""
    if len(text) > MOST:
        text = text[:MOST] + "…"
        stop = text.rfind(".")
        picked = picked.replaced(description=text[: stop + 1] if stop > LEAST else text)
    language = (picked.get("language") or "").replace("-", "_").partition("_")[0]
    return picked.replaced(language=language or None, image=_complete(picked.get("image"), sight.page.url))


def _complete(written: str | None, page: str) -> str | None:
    if not written or written.startswith(("https://", "http://")):
        return written
    return address(page, written if written.startswith("/") else f"/{written}")


PLATFORM = Platform(
    id="friendica",
    name="Friendica",
    family=Family.OPEN,
    reading=Reading(og=Names(("property",), last=True), twitter=Names(("name", "property"), last=True),
                    bytes_most=1_000_000, types=("text/html",), needs_type=True,
                    charset=("header", "utf-8"), oembed=True, uses_base=False),
    follow=other_page,
    title=(last("property", "og:title", "twitter:title"),
           last("name", "fulltitle", "twitter:title", "dc.title"), TITLE_TAG,
           json_ld("headline"), json_ld("name", types=PAGES)),
    description=(last("property", "og:description", "twitter:description"),
                 last("name", "description", "twitter:description", "dc.description"),
                 json_ld("description", types=(*ARTICLE_TYPES, *PAGES))),
    image=(last("property", "og:image", "og:image:url", "og:image:secure_url", "twitter:image"),
           last("name", "thumbnail", "twitter:image", "twitter:image:src"),
           json_ld("image", types=(*ARTICLE_TYPES, *PAGES), address=True)),
    site_name=(last("property", "og:site_name"), last("name", "dc.creator"), json_ld("publisher"),
               json_ld("name", types=("WebSite", "Organization")), HOST),
    author=(json_ld("author"),),
    published=(json_ld("datePublished"),),
    language=(og("locale"), LANG),
    tidy=tidy,
    layout=by_shape,
    images=ImageRules(least=Size(51, 51), crop=None, crop_small=None),
    bot=Bot(name="Friendica", agent="Friendica '…'; https://…", obeys_robots=False, timeout=60),
    cache="Each server keeps a card for at least a day.",
    refresh="There is no way to ask for it; the answer's Cache-Control and Expires decide from the second day on.",
    sources=("https://github.com/friendica/friendica/blob/develop/src/Util/ParseUrl.php",),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
)  # fmt: skip
