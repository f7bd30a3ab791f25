"""The language of places: where on a page a platform may look for a value.

Every function gives the same place for the same words, so that platforms which look there can share what they find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from operator import attrgetter
from urllib.parse import urlsplit

from smocrawl.page import ARTICLE_TYPES, Entity, Image, Relation
from smocrawl.platforms.addresses import joined, plain_root
from smocrawl.platforms.reading import FIELD_OF, TAGS, Names, Place, Reading, Sight, Value

ADDRESSES = 256
"""Addresses whose parts are kept at hand: several platforms ask for those of one page."""
ICONS = "icons"
"""Under which the links to them are remembered."""
ITEMPROP = Names(("itemprop",))

OG = attrgetter("og.attributes")
TWITTER = attrgetter("twitter.attributes")
PLAIN = attrgetter("plain.attributes")


def under_any(*attributes: str) -> Callable[[Reading], tuple[str, ...]]:
    """A plain tag is taken under any of these attributes, whoever looks."""

    def taken(_: Reading) -> tuple[str, ...]:
        return attributes

    return taken


@cache
def under(attribute: str, name: str) -> Place:
    """A tag that bears its name under one attribute."""
    names = Names((attribute,))
    return Place(name, lambda sight: sight.tag(name, names), TAGS, frozenset({name}), under_any(attribute))


@cache
def selected(attribute: str, name: str, *, said: str = "", trimmed: bool = True) -> Place:
    """What a browser's ``querySelector`` finds: the first tag of exactly this name, though it may have no content."""
    field = FIELD_OF[attribute]

    def read(sight: Sight) -> Value | None:
        for meta in sight.page.metas_by_name.get(name, ()):
            if getattr(meta, field) == name and sight.sees(meta.offset):
                content = meta.content or ""
                return (content.strip() if trimmed else content), meta.offset
        return None

    return Place(said or name, read, (), frozenset({name}), under_any(attribute))


def og(name: str) -> Place:
    """An Open Graph tag, under the attributes that the platform accepts for it."""
    return tag(f"og:{name}")


@cache
def tag(whole: str) -> Place:
    """A tag of Open Graph and its relatives (``article:author``), by its whole name."""
    tags = frozenset({whole})
    return Place(whole, lambda sight: sight.tag(whole, sight.reading.og), ("og", *TAGS), tags, OG)


@cache
def twitter(name: str) -> Place:
    whole = f"twitter:{name}"
    tags = frozenset({whole})
    return Place(whole, lambda sight: sight.tag(whole, sight.reading.twitter), ("twitter", *TAGS), tags, TWITTER)


@cache
def meta(name: str) -> Place:
    """A plain tag such as ``description``."""
    tags = frozenset({name})
    return Place(f"meta {name}", lambda sight: sight.tag(name, sight.reading.plain), ("plain", *TAGS), tags, PLAIN)


@cache
def itemprop(name: str) -> Place:
    tags = frozenset({name})
    return Place(f"itemprop {name}", lambda sight: sight.tag(name, ITEMPROP), TAGS, tags, under_any("itemprop"))


def _title(sight: Sight) -> Value | None:
    page = sight.page
    return None if page.title is None or not sight.sees(page.title_offset) else (page.title, page.title_offset)


TITLE_TAG = Place("<title>", _title, ())


def _title_as_written(sight: Sight) -> Value | None:
    page = sight.page
    if page.title is None or not sight.sees(page.title_offset):
        return None
    # The titles of drawings stand there too: then nothing tells where that of the page ends.
    written = page.leads.titles
    return (written if " ".join(written.split()) == page.title else page.title), page.title_offset


WRITTEN_TITLE = Place("<title>", _title_as_written, ())
"""The same with its blanks and line breaks."""


@cache
def heading(*levels: int) -> Place:
    """The text of the first heading of one of these levels; empty where it has none."""
    name = ", ".join(f"<h{level}>" for level in levels)

    def read(sight: Sight) -> Value | None:
        found = next((one for one in sight.page.headings if one.level in levels), None)
        return None if found is None else (found.text, None)

    return Place(name, read, ())


def relations(sight: Sight, *rels: str) -> Iterator[Relation]:
    """The ``<link>`` tags that carry all these tokens and lie in the part that is read."""
    page = sight.page
    for relation in page.relations_by_rel.get(rels[0], ()) if rels else page.relations:
        if not relation.in_header and sight.sees(relation.offset) and all(rel in relation.rel for rel in rels[1:]):
            yield relation


def icons(sight: Sight) -> list[Relation]:
    """The ``<link>`` tags one of whose tokens speaks of an icon, with an address."""
    key = ICONS, sight.reading.bytes_most
    found: list[Relation] | None = sight.found.get(key)
    if found is None:
        unlike = {rel for rel in sight.page.relations_by_rel if "icon" in rel}.isdisjoint
        found = sight.found[key] = [
            one
            for one in sight.page.relations
            if not unlike(one.rel) and one.raw_href and not one.in_header and sight.sees(one.offset)
        ]
    return found


@cache
def link(*rels: str) -> Place:
    """The address of the first ``<link>`` that carries all these tokens."""

    def read(sight: Sight) -> Value | None:
        for relation in relations(sight, *rels):
            if relation.raw_href:
                return relation.raw_href, relation.offset
        return None

    return Place(f"link {' '.join(rels)}", read, ())


@cache
def well_known(path: str) -> Place:
    """A file that is asked for without being named."""
    return Place(path, lambda sight: (joined(sight.page.url, path) or path, None), ())


@lru_cache(ADDRESSES)
def host_of(url: str) -> str | None:
    """The host of an address, without user and port; None where it has none."""
    return plain_root(url).rpartition("/")[2] or urlsplit(url).hostname


def _host(sight: Sight) -> Value | None:
    host = host_of(sight.page.url)
    return (host, None) if host else None


HOST = Place("the address", _host, ())


def _lang(sight: Sight) -> Value | None:
    return None if sight.page.lang is None else (sight.page.lang, None)


LANG = Place("<html lang>", _lang, ())


@cache
def json_ld(name: str, *, types: tuple[str, ...] = ARTICLE_TYPES, address: bool = False) -> Place:
    """A property of the first typed thing of one of *types*; an address where *address* is set."""

    unlike = frozenset(types).isdisjoint

    def read(sight: Sight) -> Value | None:
        for entity in sight.page.entities:
            if entity.syntax == "json-ld" and not (types and unlike(entity.types)):
                value = entity.url(name) if address else entity.text(name)
                if value:
                    return value, None
        return None

    return Place(f"JSON-LD {name}", read, ())


def entity_place(name: str, value: Callable[[Entity], str | None]) -> Place:
    """The first typed thing, in whatever syntax, for which *value* says something."""

    def read(sight: Sight) -> Value | None:
        return next(((said, None) for said in map(value, sight.page.entities) if said), None)

    return Place(name, read, ())


def _first_image(sight: Sight) -> Value | None:
    found = next((image for image in sight.page.images if image.src), None)
    return None if found is None else (found.src, None)


first_image = Place("first <img>", _first_image, ())


def largest_image(least: int = 0) -> Place:
    """The picture with the largest declared area, both sides above *least* pixels."""

    def area(image: Image) -> int:
        return (image.width or 0) * (image.height or 0)

    def read(sight: Sight) -> Value | None:
        fit = [one for one in sight.page.images if one.src and min(one.width or 0, one.height or 0) > least]
        return (max(fit, key=area).src, None) if fit else None

    return Place("largest <img>", read, ())
