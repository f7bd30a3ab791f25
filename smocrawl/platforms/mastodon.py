"""Mastodon: oEmbed, then JSON-LD, then Open Graph and the title; an empty tag hides what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from html import unescape
from typing import Any

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.layouts import by_shape
from smocrawl.platforms.oembed import JSON, address, endpoint
from smocrawl.platforms.places import LANG, TITLE_TAG, host_of, link, meta, og, tag, twitter
from smocrawl.platforms.reading import OEmbed, Place, Reading, Sight, Value

URL_MOST = 2_692
"""Longest URL whose index entry PostgreSQL can hold (preview_card.rb)."""
TYPES = ("NewsArticle", "WebPage")
REGIONAL = frozenset({"mn-Mong", "ms-Arab", "nan-TW", "zh-CN", "zh-HK", "zh-TW", "zh-YUE"})


def news(name: str, read: Callable[[Any], Any]) -> Place:
    """A value of the first NewsArticle or WebPage block; lists of types and @graph are not looked into."""

    def value(sight: Sight) -> Value | None:
        found = next(_blocks(sight), None)
        said = None if found is None else read(found)
        return (str(said), None) if isinstance(said, (str, int, float)) else None

    return Place(f"JSON-LD {name}", value)


def _blocks(sight: Sight) -> Iterator[dict[str, Any]]:
    for block in sight.page.json_ld:
        if sight.sees(block.offset):
            data = block.data if block.unescaped is None else next(iter(block.unescaped), None)
            for one in data if isinstance(data, list) else [data]:
                if isinstance(one, dict) and isinstance(one.get("@type"), str) and one["@type"] in TYPES:
                    yield one


def _text(value: Any) -> Any:
    return value["@value"] if isinstance(value, dict) and value.get("@value") and value.get("@language") else value


def _first_object(value: Any) -> dict[str, Any]:
    waiting = [value]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict):
            return one
        if isinstance(one, list):
            waiting[:0] = one
    return {}


def _names(value: Any) -> Any:
    name = _first_object(value).get("name")
    return ", ".join(map(str, name)) if isinstance(name, list) else name


def _language(value: Any) -> Any:
    one = value[0] if isinstance(value, list) and value else value
    return one.get("alternateName") or one.get("name") if isinstance(one, dict) else one


@lru_cache(256)
def locale(said: str) -> str | None:
    """The language as Mastodon's own list spells it."""
    code = said.replace("_", "-").partition("-")[0]
    return said if said in REGIONAL else code if code.isalpha() and len(code) in (2, 3) and code.islower() else None


def tidy(sight: Sight, picked: Picked) -> Picked | Nothing:
    """oEmbed goes first; entities are decoded a second time; an address on another host is refused."""
    embedded = _from_oembed(sight)
    if embedded is not None:
        return embedded
    for name in ("title", "description", "site_name", "author"):
        if "&" in (said := picked.get(name) or ""):
            picked = picked.replaced(**{name: unescape(said).strip()})
    for name in ("url", "image", "video"):
        if picked.get(name) in ("null", "undefined"):
            picked = picked.replaced(**{name: None})
    language = picked.get("language")
    if language is not None and locale(language) != language:
        picked = picked.replaced(language=locale(language))
    return _addressed(sight, picked)


def _addressed(sight: Sight, picked: Picked) -> Picked | Nothing:
    page = sight.page.url
    own = address(page, picked.get("url") or "")
    same_host = own is not None and host_of(own) == host_of(page)
    if not same_host:
        picked = picked.moved("url", page, "the address")
    if len(picked.get("url") or "") > URL_MOST:
        return Nothing(platform="mastodon", code="too-long", detail={"limit": URL_MOST})
    return picked


def _from_oembed(sight: Sight) -> Picked | None:
    url = endpoint(sight, JSON, ("text/xml+oembed",))
    if url is None:
        return None
    if sight.page.url.startswith("https:"):
        url = url.replace("http:", "https:", 1) if url.startswith("http:") else url
    answer = sight.resources.oembed(url)
    if answer is None or str(answer.version) != "1.0" or answer.type not in ("link", "photo", "video"):
        return None
    if answer.type == "photo" and not answer.url:
        return None
    return _values(answer, url, sight.page.url)


def _values(answer: OEmbed, url: str, page: str) -> Picked:
    picture = answer.url if answer.type == "photo" else answer.thumbnail
    found = Picked(values={}, taken={}).moved("url", page, "the address")
    for name, value in (("title", answer.title), ("author", answer.author), ("site_name", answer.provider)):
        if value:
            found = found.moved(name, value, "oEmbed")
    if picture and (absolute := address(url, picture)):
        found = found.moved("image", absolute, "oEmbed")
    if answer.type == "video" and answer.html:
        found = found.moved("video", url, "oEmbed")
    return found


PLATFORM = Platform(
    id="mastodon",
    name="Mastodon",
    family=Family.OPEN,
    reading=Reading(
        empty_wins=True,
        charset_must_fit=True,
        bytes_most=1_048_576,
        types=("text/html",),
        needs_type=True,
        statuses=(200,),
        charset=("guess", "header", "meta"),
        oembed=True,
        uses_base=False,
    ),
    url=(link("canonical"), og("url")),
    title=(news("headline", lambda block: _text(block.get("headline"))), og("title"), TITLE_TAG),
    description=(
        news("description", lambda block: _text(block.get("description"))),
        og("description"),
        meta("description"),
    ),
    image=(og("image"),),
    site_name=(
        news("publisher", lambda block: _first_object(block.get("publisher")).get("name")),
        og("site_name"),
    ),
    author=(news("author", lambda block: _names(block.get("author"))), og("author"), og("author:username")),
    published=(news("datePublished", lambda block: block.get("datePublished")), tag("article:published_time")),
    language=(news("inLanguage", lambda block: _language(block.get("inLanguage"))), og("locale"), LANG),
    video=(twitter("player"),),
    needs=(("title",), ("video",)),
    tidy=tidy,
    layout=by_shape,
    images=ImageRules(
        bytes_most=8 * 1024 * 1024,
        formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
        crop=1.91,
    ),
    bot=Bot(name="Mastodon", agent="Mastodon/… (http.rb/…; +https://…/) Bot", obeys_robots=False, timeout=30),
    cache="Each server keeps its own card and reads the page again after two weeks.",
    refresh="There is no tool for it; a server that has not seen the link yet reads it at once.",
    sources=(
        "https://github.com/mastodon/mastodon/blob/main/app/lib/link_details_extractor.rb",
        "https://github.com/mastodon/mastodon/blob/main/app/services/fetch_link_card_service.rb",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 20),
    notes=("The author is named under the card where fediverse:creator stands and the account allows this site.",),
)
