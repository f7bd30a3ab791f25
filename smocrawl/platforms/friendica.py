"""Friendica: property tags override name tags, those the title; structured data and oEmbed fill what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from smocrawl.page import Page
from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Picked, Platform, Size
from smocrawl.platforms.layouts import by_shape
from smocrawl.platforms.places import HOST, LANG, TITLE_TAG, og
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value
from smocrawl.platforms.texts import decoded

ARTICLES = frozenset(
    re.findall(
        r"\w+",
        "Article AdvertiserContentArticle NewsArticle Report SatiricalArticle ScholarlyArticle SocialMediaPosting "
        "TechArticle ReportageNewsArticle BlogPosting LiveBlogPosting DiscussionForumPosting",
    )
)
PAGES = frozenset(
    re.findall(
        r"\w+",
        "WebPage AboutPage CheckoutPage CollectionPage ContactPage FAQPage ItemPage MedicalWebPage ProfilePage QAPage "
        "RealEstateListing SearchResultsPage MediaGallery ImageGallery VideoGallery RadioEpisode Event",
    )
)
SITES = frozenset(
    re.findall(
        r"\w+",
        "WebSite Organization Airline Consortium Corporation EducationalOrganization FundingScheme "
        "GovernmentOrganization LibrarySystem LocalBusiness MedicalOrganization NGO NewsMediaOrganization Project "
        "SportsOrganization WorkersUnion",
    )
)
PEOPLE = frozenset(("Person", "Patient", "PerformingGroup", "DanceGroup", "MusicGroup", "TheaterGroup"))
"""The types that are read (ParseUrl.php, parseJsonLd)."""
DEEPEST = 16
"""Levels of lists and @graph that are gone into."""
PROPERTIES = {"title": "headline", "site_name": "publisher", "published": "datePublished"}
MOST, LEAST = 250, 100
"""Characters of the text, and where a full stop may end it at the earliest (ParseUrl.php)."""
TAGS = re.compile(r"<[^<>]{0,2048}>")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
FILLED = {"title": "title", "author": "author", "site_name": "provider", "image": "thumbnail"}
"""What oEmbed gives, field by field; the picture of a photo itself is not among it."""


def last(attribute: str, *names: str) -> Place:
    """The last tag of any of these names under one attribute."""

    field = "prop" if attribute == "property" else "name"

    def read(sight: Sight) -> Value | None:
        for meta in reversed(sight.page.metas_named(names)):
            written: str | None = getattr(meta, field)
            if written and meta.content and written.lower() in names and sight.sees(meta.offset):
                return decoded(meta.content).strip(), meta.offset
        return None

    return Place(" or ".join(names), read, (), frozenset(names))


def structured(name: str) -> Place:
    """The first part of the JSON-LD that has this field."""

    def read(sight: Sight) -> Value | None:
        value = _told(sight).get(name)
        return None if value is None else (value, None)

    return Place(f"JSON-LD {PROPERTIES.get(name, name)}", read, ())


def _told(sight: Sight) -> dict[str, str]:
    """What the parts of the structured data tell, the earlier before the later."""
    key = ("friendica", sight.reading.bytes_most)
    told: dict[str, str] | None = sight.found.get(key)
    if told is None:
        told = sight.found[key] = {}
        for part in _parts(sight):
            for name, value in _facts(part).items():
                if value:
                    told.setdefault(name, value.strip())
    return told


def _parts(sight: Sight) -> Iterator[dict[str, Any]]:
    for block in sight.page.json_ld:
        if block.error is None and sight.sees(block.offset):
            yield from _within(block.data)


def _within(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST or not data:
        return
    if isinstance(data, list):
        for one in data:
            yield from _within(one, depth + 1)
    elif isinstance(data, dict) and data.get("@graph"):
        graph = data["@graph"]
        yield from _within(list(graph.values()) if isinstance(graph, dict) else graph, depth + 1)
    elif isinstance(data, dict) and data.get("@type"):
        yield data


def _facts(part: dict[str, Any]) -> dict[str, str]:
    """What one part tells, by the fields of a card."""
    kind = part["@type"][0] if isinstance(part["@type"], list) else part["@type"]
    if not isinstance(kind, str):
        return {}
    said: dict[str, Any] = {}
    if kind in PEOPLE:
        said = {"author": _of(part, "name")}
    elif kind in SITES:
        said = {"site_name": _of(part, "name") or _of(part, "publisher", "name")}
    elif kind in PAGES or kind in ARTICLES:
        is_page = kind in PAGES
        picture = _of(part, "image") if is_page else _picture(part)
        thumbnail = _of(part, "thumbnailUrl")
        said = {
            "title": _of(part, "name" if is_page else "headline"),
            "description": _of(part, "description"),
            "image": (thumbnail or picture) if is_page else (picture or thumbnail),
            "site_name": _of(part, "publisher", "name"),
            "author": _of(part, "author", "name"),
            "published": None if is_page else _of(part, "datePublished"),
        }
    return {name: value for name, value in said.items() if isinstance(value, str)}


def _of(part: dict[str, Any], name: str, key: str = "@id") -> Any:
    """A plain value, the first of several, or the *key* of an object (JsonLD.php, fetchElement)."""
    value = part.get(name)
    for one in value if isinstance(value, list) else [value]:
        found = one.get(key) if isinstance(one, dict) else one
        if found is not None:
            return found
    return None


def _picture(part: dict[str, Any]) -> Any:
    """An address, or that of the first ImageObject; a list of addresses gives none."""
    value = part.get("image")
    if not isinstance(value, (list, dict)):
        return value
    objects = value if isinstance(value, list) else [value]
    fit = (one for one in objects if isinstance(one, dict) and one.get("@type") == "ImageObject" and one.get("url"))
    return next((one["url"] for one in fit), None)


def other_page(page: Page) -> str | None:
    """A page that sends its visitors on is not read itself, whenever it does so; a blank before the address hides it."""
    for meta in page.metas:
        if meta.http_equiv == "refresh" and meta.content:
            named = [part[4:] for part in meta.content.split(";") if part[:4].lower() == "url="]
            if named and named[-1]:
                return named[-1] if named[-1].startswith(("http://", "https://")) else None
    return None


def tidy(sight: Sight, picked: Picked) -> Picked:
    """oEmbed fills what is still missing; long texts are cut; a path is always one from the host's root."""
    if sight.page.json_ld:
        texts = {
            name: _bare(said) for name in ("title", "description", "site_name", "author") if (said := picked.get(name))
        }
        picked = picked.replaced(**texts)
    picked = _filled(sight, picked)
    text = picked.get("description") or ""
    if len(text) > MOST:
        text = text[:MOST] + "…"
        stop = text.rfind(".")
        picked = picked.replaced(description=text[: stop + 1] if stop > LEAST else text)
    language = (picked.values.get("language") or "").replace("-", "_").partition("_")[0]
    return picked.replaced(language=language or None, image=_complete(picked.get("image"), sight.page.url))


def _bare(text: str) -> str:
    """Where there is structured data, everything is decoded once more and loses its markup."""
    return TAGS.sub("", decoded(text)).strip()


def _filled(sight: Sight, picked: Picked) -> Picked:
    """From the last oEmbed address that the page names; an answer counts with its type and its provider's address."""
    named = [one.raw_href for one in sight.page.relations if one.type == "application/json+oembed" and one.raw_href]
    address = sight.address(named[-1]) if named else None
    answer = sight.resources.oembed(address) if address else None
    if answer is None or not answer.type or not answer.provider_url:
        return picked
    for name, attribute in FILLED.items():
        value: str | None = getattr(answer, attribute)
        taken = picked.taken.get(name)
        if value and (not picked.get(name) or (taken is not None and taken.place == HOST.name)):
            picked = picked.moved(name, _bare(value), "oEmbed")
    return picked


def _complete(written: str | None, page: str) -> str | None:
    """Hung behind the page's host; so is one that names another host but no scheme, which loses it."""
    if not written or SCHEME.match(written):
        return written
    here = urlsplit(page)
    try:
        there = urlsplit(written)
    except ValueError:
        return None
    rest = there._replace(scheme="", netloc="").geturl()
    return f"{here.scheme}://{here.netloc.rpartition('@')[2]}{rest if rest.startswith('/') else f'/{rest}'}"


PLATFORM = Platform(
    id="friendica",
    name="Friendica",
    family=Family.OPEN,
    reading=Reading(og=Names(("property",), last=True), twitter=Names(("name", "property"), last=True),
                    bytes_most=1_000_000, types=("text/html",), needs_type=True,
                    charset=("header", "utf-8"), oembed=True, uses_base=False),
    follow=other_page,
    title=(last("property", "og:title", "twitter:title"),
           last("name", "fulltitle", "twitter:title", "dc.title"), TITLE_TAG, structured("title")),
    description=(last("property", "og:description", "twitter:description"),
                 last("name", "description", "twitter:description", "dc.description"),
                 structured("description")),
    image=(last("property", "og:image", "og:image:url", "og:image:secure_url", "twitter:image"),
           last("name", "thumbnail", "twitter:image", "twitter:image:src"),
           structured("image")),
    site_name=(last("property", "og:site_name"), last("name", "dc.creator"), structured("site_name"), HOST),
    author=(structured("author"),),
    published=(structured("published"),),
    language=(og("locale"), LANG),
    tidy=tidy,
    layout=by_shape,
    images=ImageRules(least=Size(51, 51), crop=None, crop_small=None),
    bot=Bot(name="Friendica", agent="Friendica '…'; https://…", obeys_robots=False, timeout=60),
    cache="Each server keeps a card for at least a day.",
    refresh="There is no way to ask for it; the answer's Cache-Control and Expires decide from the second day on.",
    sources=("https://github.com/friendica/friendica/blob/develop/src/Util/ParseUrl.php",
             "https://github.com/friendica/friendica/blob/develop/src/Util/JsonLD.php"),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
)  # fmt: skip
