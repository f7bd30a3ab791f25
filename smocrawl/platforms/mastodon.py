"""Mastodon: oEmbed, then JSON-LD, then Open Graph and the title; an empty tag hides what stands behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.layouts import by_shape
from smocrawl.platforms.oembed import JSON, address, endpoint
from smocrawl.platforms.places import LANG, WRITTEN_TITLE, host_of, relations, under_any
from smocrawl.platforms.reading import OEmbed, Place, Reading, Sight, Value
from smocrawl.platforms.texts import decoded

URL_MOST = 2_692
"""Longest URL whose index entry PostgreSQL can hold (preview_card.rb)."""
TYPES = ("NewsArticle", "WebPage")
TEXTS = ("title", "description", "site_name", "author")
LOCALES = frozenset(
    re.findall(
        r"\S+",
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz "
        "ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io "
        "is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn "
        "mn-Mong mr ms ms-Arab mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro "
        "ru rw sa sc sd se sg si sk sl sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk "
        "ur uz ve vi vo wa wo xh yi yo za zh zu ast chr ckb cnr csb gsw jbo kab ldn lfn lzz moh nds ota pdc sco "
        "sma smj szl tok vai xal xmf zba zgh zh-CN zh-HK zh-TW zh-YUE nan-TW",
    )
)
"""Languages that Mastodon knows (languages_helper.rb)."""


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
    code = re.split("[_-]", said, maxsplit=1)[0]
    return said if said in LOCALES else code if code in LOCALES else None


@cache
def first(name: str, *, plain: bool = False) -> Place:
    """The first tag of that name, in any case and under either attribute; without content it is passed over."""

    def read(sight: Sight) -> Value | None:
        for meta in sight.page.metas_by_name.get(name, ()):
            bears = (meta.name or "").lower() == name or (not plain and (meta.prop or "").lower() == name)
            if bears and sight.sees(meta.offset):
                return None if meta.content is None else (meta.content, meta.offset)
        return None

    attributes = under_any("name") if plain else under_any("name", "property")
    return Place(f"meta {name}" if plain else name, read, (), frozenset({name}), attributes)


def _canonical(sight: Sight) -> Value | None:
    """The first link that says so; an empty one hides og:url."""
    found = next(relations(sight, "canonical"), None)
    return None if found is None else (found.raw_href, found.offset)


ACCOUNT = re.compile(r"@?([\w.-]+@[\w.-]+\.\w+)")


def _creator(sight: Sight) -> Value | None:
    """``@name@server``; the sign before the name may be missing, and an address of the profile is no account."""
    found = first("fediverse:creator").read(sight)
    account = ACCOUNT.fullmatch(found[0].strip()) if found else None
    return (f"@{account[1]}", found[1]) if found and account else None


def tidy(sight: Sight, picked: Picked) -> Picked | Nothing:
    """oEmbed goes first; entities are decoded a second time; an address on another host is refused."""
    embedded = _from_oembed(sight)
    if embedded is not None:
        return embedded
    texts = {name: decoded(said) for name in TEXTS if (said := picked.get(name))}
    if "title" in texts:
        texts["title"] = texts["title"].strip()
    lost = {name: None for name in ("url", "image", "video") if picked.get(name) in ("null", "undefined")}
    language = picked.get("language")
    return _addressed(sight, picked.replaced(**texts, **lost, language=locale(language) if language else None))


def _addressed(sight: Sight, picked: Picked) -> Picked | Nothing:
    page = sight.page.url
    own = address(page, picked.get("url") or "")
    if own is None or host_of(own) != host_of(page):
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
    url=(Place("link canonical", _canonical, ()), first("og:url")),
    title=(news("headline", lambda block: _text(block.get("headline"))), first("og:title"), WRITTEN_TITLE),
    description=(
        news("description", lambda block: _text(block.get("description"))),
        first("og:description"),
        first("description", plain=True),
    ),
    image=(first("og:image"),),
    site_name=(
        news("publisher", lambda block: _first_object(block.get("publisher")).get("name")),
        first("og:site_name"),
    ),
    author=(news("author", lambda block: _names(block.get("author"))), first("og:author"), first("og:author:username")),
    published=(news("datePublished", lambda block: block.get("datePublished")), first("article:published_time")),
    language=(news("inLanguage", lambda block: _language(block.get("inLanguage"))), first("og:locale"), LANG),
    video=(first("twitter:player"),),
    credit=(Place("fediverse:creator", _creator, (), frozenset({"fediverse:creator"})),),
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
        "https://github.com/mastodon/mastodon/blob/main/app/javascript/mastodon/features/status/components/card.tsx",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
    notes=(
        "The account of fediverse:creator is named under the card where it lists this site; oEmbed cards name none.",
    ),
)
