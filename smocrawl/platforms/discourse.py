"""Discourse: reads the canonical page, merges Open Graph, Twitter tags and oEmbed, cuts title and text."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from smocrawl.page import Meta, Page
from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageFacts, ImageRules, Picked, Platform
from smocrawl.platforms.layouts import always_small, measured
from smocrawl.platforms.oembed import endpoint
from smocrawl.platforms.places import HOST, TITLE_TAG, link, relations
from smocrawl.platforms.reading import Names, OEmbed, Place, Reading, Sight, Value
from smocrawl.platforms.texts import decoded

OPEN_GRAPH = ("og", "article", "product")
NO_CANONICAL = ("www.instagram.com", "youtube.com")
"""helpers.rb, IGNORE_CANONICAL_DOMAINS."""
TAGS = re.compile(r"<[^<>]{0,2048}>")
OWN_TOPIC = "discourse"
EMBEDS = {"image": "thumbnail", "title": "title"}
HOSTED = re.compile(r"(?:https?:)?//", re.IGNORECASE)
"""Open Graph addresses without a host are left out; Twitter's are completed."""
WEAK = ("og:image", "twitter:image")
"""Places that an oEmbed thumbnail goes before."""
WORDS = frozenset({"shortcut", "icon"})
"""A link of one or both of these words and no other is an icon."""
ILLEGAL = re.compile(r"[^\w\-`.~:/?#\[\]@!$&'()*+,;=%’\"]", re.ASCII)


def said(*names: str, prefixes: tuple[str, ...] = OPEN_GRAPH, with_host: bool = False) -> Place:
    """A tag under property or name; ``value`` does for a missing ``content``, and an address may need its host."""
    keys = frozenset({f"{prefix}:{name}" for prefix in prefixes for name in names})

    def read(sight: Sight) -> Value | None:
        for meta in sight.page.metas_named(keys):
            if (_key(meta.prop) in keys or _key(meta.name) in keys) and sight.sees(meta.offset):
                value = _content(meta)
                if value.strip() and (not with_host or HOSTED.match(value.strip())):
                    return _plain(value), meta.offset
        return None

    return Place(f"{prefixes[0]}:{names[0]}", read, (), keys)


def _key(name: str | None) -> str:
    return (name or "").lower()


def _content(meta: Meta) -> str:
    return meta.content if meta.content is not None else meta.value_attribute or ""


def _plain(text: str) -> str:
    return TAGS.sub(" ", decoded(text)).strip() if "<" in text or "&" in text else text.strip()


def _favicon(sight: Sight) -> Value | None:
    found = (one for one in relations(sight) if one.rel and WORDS.issuperset(one.rel))
    return next(((one.raw_href, one.offset) for one in found), None)


def tidy(sight: Sight, picked: Picked) -> Picked:
    """oEmbed fills the gaps; its thumbnail goes before a plain og:image."""
    answer = _answer(sight)
    if answer is not None:
        picked = _filled(picked, answer)
    name = (picked.get("site_name") or "").removeprefix("www.")
    return picked.replaced(
        site_name=decoded(name) or None,
        image=_address(picked.get("image"), sight.page.url),
        icon=_address(picked.get("icon"), sight.page.url),
    )


def _address(written: str | None, page: str) -> str | None:
    """Absolute by Discourse's own rule: a relative one is hung under the page's whole path."""
    if not written:
        return None
    if written.startswith("//"):
        written = f"{urlsplit(page).scheme}:{written}"
    elif not re.match(r"https?://", written, re.IGNORECASE):
        parts = urlsplit(page)
        folder = parts.path.removesuffix("/") if not written.startswith("/") else ""
        written = f"{parts.scheme}://{parts.hostname}{folder}/{written.removeprefix('/')}"
    return ILLEGAL.sub("", written.replace(" ", "%20"))


def _answer(sight: Sight) -> OEmbed | None:
    url = endpoint(sight, ("application/json+oembed",), ("text/json+oembed",))
    return sight.resources.oembed(url) if url else None


def _filled(picked: Picked, answer: OEmbed) -> Picked:
    for name, attribute in EMBEDS.items():
        value: str | None = getattr(answer, attribute)
        taken = picked.taken.get(name)
        weak = taken is None or taken.place in WEAK
        if value and weak:
            picked = picked.moved(name, value, "oEmbed")
    return picked


def _is_topic(page: Page) -> bool:
    return (page.generator or "").lower().startswith(OWN_TOPIC)


def another(page: Page) -> str | None:
    """The canonical page that is read instead: another host or path, and no topic of a forum."""
    canonical = page.canonical
    if not canonical or page.meta("og:ignore_canonical") == "true" or _is_topic(page):
        return None
    here, there = urlsplit(page.url), urlsplit(canonical)
    if any((here.hostname or "").endswith(host) for host in NO_CANONICAL):
        return None
    return canonical if (here.hostname, here.path) != (there.hostname, there.path) else None


def layout(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """Wide pictures stand above the text, others beside it."""
    size = measured(sight, picked, image)
    return always_small(sight, picked, image) if size is None or size[0] <= size[1] else "large"


TWITTER = ("twitter",)
PLATFORM = Platform(
    id="discourse",
    name="Discourse",
    family=Family.PUBLISHING,
    reading=Reading(twitter=Names(("property", "name")), bytes_most=10 * 1024 * 1024, statuses=(200,), oembed=True,
                    uses_base=False),
    follow=another,
    url=(link("canonical"),),
    title=(said("title"), TITLE_TAG, said("title", prefixes=TWITTER)),
    description=(said("description"), said("description", prefixes=TWITTER), said("summary")),
    image=(said("image:secure_url", with_host=True), said("image:url", with_host=True), said("image", with_host=True),
           said("image", prefixes=TWITTER)),
    site_name=(said("site_name"), HOST),
    icon=(Place("link icon", _favicon, ()),),
    published=(said("published_time"),),
    needs=(("title", "description"), ("title", "image")),
    tidy=tidy,
    kept={
        "title": Cut(most=80, mark="...", at_blank=True),
        "description": Cut(most=250, mark="...", at_blank=True),
        "site_name": Cut(most=80, mark="...", at_blank=True),
    },
    layout=layout,
    images=ImageRules(crop=None, crop_small=None),
    bot=Bot(name="Discourse Forum Onebox", agent="Discourse Forum Onebox v…", obeys_robots=False, timeout=10),
    cache="The card is stored with the post.",
    refresh="An editor of the post can have its contents rebuilt.",
    sources=(
        "https://github.com/discourse/discourse/blob/main/lib/onebox/engine/allowlisted_generic_onebox.rb",
        "https://github.com/discourse/discourse/blob/main/lib/onebox/helpers.rb",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
)  # fmt: skip
