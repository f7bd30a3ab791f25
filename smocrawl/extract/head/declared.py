"""Every value that a page states for the fields of a link card, with its place, in document order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from operator import attrgetter
from typing import Any

from lxml.html import HtmlElement

from smocrawl.extract import urls
from smocrawl.extract.body.blocks import Survey
from smocrawl.extract.dates.seen import marked_day
from smocrawl.extract.dates.stated import OTHER_THINGS, PROPERTY_ROLES
from smocrawl.extract.dates.written import is_dateline, of_epoch, parse, worded
from smocrawl.extract.document import Document, folded, text_of
from smocrawl.extract.head.declared_metas import Stated, metas_stated
from smocrawl.extract.structured.entities import LAST
from smocrawl.extract.structured.gathered import Structured
from smocrawl.extract.words import words
from smocrawl.page import (
    AS_ISO,
    AS_WRITTEN,
    SITE_OF_TITLE,
    TOGETHER,
    VISIBLE_DATE,
    Area,
    Dated,
    Declared,
    Entity,
    Link,
    Meta,
    Relation,
    Sharing,
)

FIELDS = (
    "title", "description", "image", "url", "author", "publisher", "site_name", "language", "published", "modified",
)  # fmt: skip
ADDRESSES = frozenset(("image", "url"))

REGIONAL = re.compile(r"([a-z]{2,3})[-_][a-z0-9_-]+", re.IGNORECASE)
"""A language tag with more than the language (BCP 47), or a locale of Open Graph."""
PROPERTY_FIELDS: Mapping[str, str] = {
    "headline": "title", "name": "title", "alternativeHeadline": "title",
    "description": "description", "abstract": "description", "summary": "description",
    "image": "image", "thumbnailUrl": "image", "thumbnail": "image", "primaryImageOfPage": "image", "photo": "image",
    "featured": "image",
    "url": "url", "mainEntityOfPage": "url",
    "author": "author", "creator": "author",
    "publisher": "publisher",
    "inLanguage": "language",
}  # fmt: skip
NO_TITLE = words(
    """Organization NewsMediaOrganization Corporation LocalBusiness Person WebSite BreadcrumbList ImageObject ListItem
    SearchAction ReadAction SiteNavigationElement WPHeader WPFooter WPSideBar Offer AggregateRating Rating PostalAddress
    Brand Comment Review ItemList EntryPoint PropertyValueSpecification ContactPoint OpeningHoursSpecification"""
)
"""Things whose own name, picture and address say nothing about the page."""
LETTERS = re.compile(r"[\W_]+")
"""What stands between the letters and digits."""
DIVIDER = re.compile(r"\s+[|·•»«–—-]\s+|\s*::\s+|\s+[|·•»«–—]\s*")
SITE_PART = re.compile(
    r"(?P<plain>.+\S)\s+\[(?P<named>[^\[\]]+)\]|(?P<own>.+\S)(?:\s+[|·•»«–—-]|\s*::)\s+(?P<site>\S.*)"
)
"""A title with the site's name behind it, as most systems write it."""
ISO_DAY = re.compile(r"\d{4}-\d\d(?!\d)")
SITE_WORDS = 4
"""Words of a site's name at most; what is longer, or nearly as long as the title before it, is no name."""
POSTERS = 20
FURNITURE = frozenset((Area.NAV, Area.FOOTER, Area.ASIDE))
ABOUT_PAGE = frozenset((None, "mainEntity", "mainEntityOfPage", "about", "subjectOf", "children"))


def read_declared(
    document: Document,
    *,
    titles: Sequence[str],
    headline: str | None,
    metas: Sequence[Meta],
    relations: Sequence[Relation],
    structured: Structured,
    dates: Sequence[Dated],
    links: Sequence[Link],
    sharing: Sharing,
    survey: Survey,
) -> dict[str, tuple[Declared, ...]]:
    stated = [
        *_language(document),
        *_titles(document, titles, headline),
        *metas_stated(document, metas),
        *_relations(document, relations),
        *(
            one
            for entity in structured.entities
            if entity.order not in structured.beside
            for one in _entity(document, entity, structured.places)
        ),
        *_body(document, dates, links, sharing),
        *_posters(document, survey),
    ]
    stated += _fallbacks(document, {one.field for one in stated}, titles, dates, survey)
    found: dict[str, dict[tuple[str, str], None]] = {}
    for one in sorted(stated, key=attrgetter("position")):
        value = document.resolve(one.value) if one.field in ADDRESSES else folded(one.value)
        if value:
            found.setdefault(one.field, {})[value, one.place] = None
    if "language" in found:
        found["language"] = _with_languages_alone(found["language"])
    for name in found.keys() & {"published", "modified"}:
        found[name] = _with_days(found[name])
    return {
        name: tuple(Declared(value=value, place=place) for value, place in found[name])
        for name in FIELDS
        if name in found
    }


def _language(document: Document) -> Iterator[Stated]:
    if header := document.headers.get("content-language"):
        yield Stated(-1, "language", header, "Content-Language")
    for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang"):
        if said := document.root.get(name):
            yield Stated(0, "language", said, "<html lang>")
            return


def _with_languages_alone(stated: Mapping[tuple[str, str], None]) -> dict[tuple[str, str], None]:
    """Each language behind the first tag that names a region with it (``en`` behind ``en-US``), unless stated itself."""
    known = {value for value, _ in stated}
    found: dict[tuple[str, str], None] = {}
    for value, place in stated:
        found[value, place] = None
        regional = REGIONAL.fullmatch(value)
        if regional and (alone := regional[1].lower()) not in known:
            known.add(alone)
            found[alone, f"{place}, language alone"] = None
    return found


def _with_days(stated: Mapping[tuple[str, str], None]) -> dict[tuple[str, str], None]:
    """The day in ISO 8601 behind each date that is written otherwise."""
    found: dict[tuple[str, str], None] = {}
    for value, place in stated:
        found[value, place] = None
        if not ISO_DAY.match(value) and (moment := parse(value)[0] or worded(value) or of_epoch(value)):
            found[moment.date().isoformat(), place + AS_ISO] = None
    return found


def _titles(document: Document, titles: Sequence[str], headline: str | None) -> Iterator[Stated]:
    if titles:
        element = next(iter(document.named.get("title", ())), None)
        place = document.position(element) if element is not None else 0
        yield Stated(place, "title", titles[0], "<title>")
        if own := without_site(titles[0]):
            yield Stated(place, "title", own, "<title> without its last part")
    for heading in document.named.get("h1", ()) if headline else ():
        if text_of(heading) == headline:
            yield Stated(document.position(heading), "title", headline, "<h1>")
            return


def without_site(title: str) -> str | None:
    """The title before the site's name; None where nothing behind it looks like one."""
    if not (found := SITE_PART.fullmatch(title)):
        return None
    own, site = found["own"] or found["plain"], found["site"] or found["named"]
    return own if len(site.split()) <= SITE_WORDS and 3 * len(site) <= 2 * len(own) else None


def site_of(title: str, url: str) -> str | None:
    """The part of the title that names the site: the one that the host spells, else what stands last and is short."""
    if not (found := SITE_PART.fullmatch(title)):
        return None
    host = LETTERS.sub("", urls.origin(url).partition("://")[2].lower())
    parts = [part.strip() for part in DIVIDER.split(title)]
    spelt = (part for part in reversed(parts) if len(name := LETTERS.sub("", part.lower())) > 2 and name in host)
    return next(spelt, None) or ((found["site"] or found["named"]) if without_site(title) else None)


def _relations(document: Document, relations: Sequence[Relation]) -> Iterator[Stated]:
    for element, relation in zip(document.named.get("link", ()), relations, strict=False):
        for name, value, place in _of_relation(element, relation):
            yield Stated(document.position(element), name, value, place)
    for relation in relations:
        if relation.in_header and "canonical" in relation.rel:
            yield Stated(LAST, "url", relation.href, "Link: canonical")


def _of_relation(element: HtmlElement, relation: Relation) -> Iterator[tuple[str, str, str]]:
    """(field, value, place) of what one ``<link>`` states."""
    if "canonical" in relation.rel:
        yield "url", relation.href, "canonical"
    if "image_src" in relation.rel:
        yield "image", relation.href, "image_src"
    if (itemprop := element.get("itemprop")) in ("url", "image", "thumbnailUrl"):
        yield PROPERTY_FIELDS[itemprop], relation.href, "itemprop"
    if "author" in relation.rel and relation.title:
        yield "author", relation.title, "rel=author"


def _entity(document: Document, entity: Entity, places: Mapping[int, int]) -> Iterator[Stated]:
    where = places.get(entity.order, LAST)
    if entity.is_a("WebSite") and entity.depth == 0:
        yield from _texts(entity, "name", where, "site_name")
        yield from _texts(entity, "inLanguage", where, "language")
        yield from _texts(entity, "publisher", where, "publisher")
        return
    if any("h-card" in one for one in entity.types):
        if entity.parent is None:
            yield from _texts(entity, "name", where, "author")
        return
    if entity.parent not in ABOUT_PAGE or not NO_TITLE.isdisjoint(entity.types):
        return
    for name in entity.properties:
        if field := PROPERTY_FIELDS.get(name):
            yield from _texts(entity, name, where, field)
        elif (role := PROPERTY_ROLES.get(name)) in ("published", "modified"):
            yield from _texts(entity, name, where, str(role))
        elif name == "isPartOf":
            for whole in entity.entities(name):
                for one in _texts(whole, "name", where, "site_name"):
                    yield one._replace(place=f"{entity.syntax} isPartOf")


def _texts(entity: Entity, name: str, where: int, field: str) -> Iterator[Stated]:
    place = f"{entity.syntax} {name}"
    texts = [text for value in entity.values(name)[:20] if (text := _text(value, address=field in ADDRESSES))]
    yield from (Stated(where, field, text, place) for text in texts)
    if field == "author" and len(names := dict.fromkeys(texts)) > 1:
        yield Stated(where, field, ", ".join(names), place + TOGETHER)


def _text(value: Any, *, address: bool) -> str:
    if not isinstance(value, Entity):
        return str(value)
    if address:
        return value.url("contentUrl") or value.url("url") or value.id or ""
    return value.text("name") or value.text("url") or value.id or ""


def _fallbacks(
    document: Document, known: AbstractSet[str], titles: Sequence[str], dates: Sequence[Dated], survey: Survey
) -> Iterator[Stated]:
    """What readers take for a description, a date or the site's name where nothing states one."""
    if "description" not in known:
        yield from _opening(survey)
    if known.isdisjoint(("published", "modified")):
        shown = (one for one in dates if one.role == "visible" and one.in_main and is_dateline(one.raw))
        if moment := next((one.moment for one in shown if one.moment), None) or marked_day(document, survey):
            yield Stated(LAST, "published", moment.date().isoformat(), VISIBLE_DATE)
    if known.isdisjoint(("site_name", "publisher")) and titles and (site := site_of(titles[0], document.url)):
        yield Stated(LAST, "site_name", site, SITE_OF_TITLE)


def _posters(document: Document, survey: Survey) -> Iterator[Stated]:
    """The still pictures of the films that stand in no menu, footer or side column."""
    for video in document.named.get("video", ())[:POSTERS]:
        if (poster := video.get("poster")) and survey.area(survey.node_of(video)) not in FURNITURE:
            yield Stated(document.position(video), "image", poster, "video[poster]")


def _opening(survey: Survey) -> Iterator[Stated]:
    """The first paragraph of the main text, which networks show where a page describes itself nowhere."""
    own = [block for block in survey.prose if block.node in survey.inside and not survey.is_aside(block)]
    # Tables of facts stand before the text of many an article, and are none of it.
    paragraphs = (block for block in own if survey.nodes[block.node].tag == "p")
    if (first_one := next(chain(paragraphs, own), None)) is not None:
        yield Stated(LAST, "description", first_one.text, "first paragraph")


def _body(document: Document, dates: Sequence[Dated], links: Sequence[Link], sharing: Sharing) -> Iterator[Stated]:
    of_times = {one.raw: one for one in reversed(dates) if one.place == "time[datetime]" and one.in_main}
    for time in document.named.get("time", ()) if of_times else ():
        if own := of_times.get(time.get("datetime", "")):
            yield Stated(document.position(time), own.role, own.raw, own.place)
    for link in links:
        if link.rel and "author" in link.rel and link.label and link.block not in OTHER_THINGS:
            yield Stated(LAST - 2, "author", link.label, "rel=author")
    if sharing.byline:
        yield Stated(LAST - 1, "author", sharing.byline, "byline")
    if sharing.byline_written and sharing.byline_written != sharing.byline:
        yield Stated(LAST - 1, "author", sharing.byline_written, AS_WRITTEN)


def first(declared: Mapping[str, Iterable[Declared]], name: str) -> str | None:
    return next((one.value for one in declared.get(name, ())), None)
