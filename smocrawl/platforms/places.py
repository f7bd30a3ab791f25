"""The language of places: where on a page a platform may look for a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

from smocrawl.page import ARTICLE_TYPES, Entity, Image, Relation
from smocrawl.platforms.reading import Names, Place, Sight, Value

ITEMPROP = Names(("itemprop",))


def under(attribute: str, name: str) -> Place:
    """A tag that bears its name under one attribute."""
    names = Names((attribute,))
    return Place(name, lambda sight: sight.tag(name, names))


def og(name: str) -> Place:
    """An Open Graph tag, under the attributes that the platform accepts for it."""
    return tag(f"og:{name}")


def tag(whole: str) -> Place:
    """A tag of Open Graph and its relatives (``article:author``), by its whole name."""
    return Place(whole, lambda sight: sight.tag(whole, sight.reading.og))


def twitter(name: str) -> Place:
    whole = f"twitter:{name}"
    return Place(whole, lambda sight: sight.tag(whole, sight.reading.twitter))


def meta(name: str) -> Place:
    """A plain tag such as ``description``."""
    return Place(f"meta {name}", lambda sight: sight.tag(name, sight.reading.plain))


def itemprop(name: str) -> Place:
    return Place(f"itemprop {name}", lambda sight: sight.tag(name, ITEMPROP))


def _title(sight: Sight) -> Value | None:
    page = sight.page
    return None if page.title is None or not sight.sees(page.title_offset) else (page.title, page.title_offset)


TITLE_TAG = Place("<title>", _title)


def heading(*levels: int) -> Place:
    """The text of the first heading of one of these levels; empty where it has none."""
    name = ", ".join(f"<h{level}>" for level in levels)

    def read(sight: Sight) -> Value | None:
        found = next((one for one in sight.page.headings if one.level in levels), None)
        return None if found is None else (found.text, None)

    return Place(name, read)


def relations(sight: Sight, *rels: str) -> Iterator[Relation]:
    """The ``<link>`` tags that carry all these tokens and lie in the part that is read."""
    for relation in sight.page.relations:
        if not relation.in_header and all(rel in relation.rel for rel in rels) and sight.sees(relation.offset):
            yield relation


def link(*rels: str) -> Place:
    """The address of the first ``<link>`` that carries all these tokens."""

    def read(sight: Sight) -> Value | None:
        for relation in relations(sight, *rels):
            if relation.raw_href:
                return relation.raw_href, relation.offset
        return None

    return Place(f"link {' '.join(rels)}", read)


def well_known(path: str) -> Place:
    """A file that is asked for without being named."""
    return Place(path, lambda sight: (urljoin(sight.page.url, path), None))


def _host(sight: Sight) -> Value | None:
    host = urlsplit(sight.page.url).hostname
    return (host, None) if host else None


HOST = Place("the address", _host)


def _lang(sight: Sight) -> Value | None:
    return None if sight.page.lang is None else (sight.page.lang, None)


LANG = Place("<html lang>", _lang)


def json_ld(name: str, *, types: tuple[str, ...] = ARTICLE_TYPES, address: bool = False) -> Place:
    """A property of the first typed thing of one of *types*; an address where *address* is set."""

    def read(sight: Sight) -> Value | None:
        for entity in sight.page.entities:
            if entity.syntax == "json-ld" and (not types or entity.is_a(*types)):
                value = entity.url(name) if address else entity.text(name)
                if value:
                    return value, None
        return None

    return Place(f"JSON-LD {name}", read)


def entity_place(name: str, value: Callable[[Entity], str | None]) -> Place:
    """The first typed thing, in whatever syntax, for which *value* says something."""

    def read(sight: Sight) -> Value | None:
        return next(((said, None) for said in map(value, sight.page.entities) if said), None)

    return Place(name, read)


def _first_image(sight: Sight) -> Value | None:
    found = next((image for image in sight.page.images if image.src), None)
    return None if found is None else (found.src, None)


first_image = Place("first <img>", _first_image)


def largest_image(least: int = 0) -> Place:
    """The picture with the largest declared area, both sides above *least* pixels."""

    def area(image: Image) -> int:
        return (image.width or 0) * (image.height or 0)

    def read(sight: Sight) -> Value | None:
        fit = [one for one in sight.page.images if one.src and min(one.width or 0, one.height or 0) > least]
        return (max(fit, key=area).src, None) if fit else None

    return Place("largest <img>", read)
