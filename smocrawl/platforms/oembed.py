"""The oEmbed endpoint that a page names."""

from __future__ import annotations

from urllib.parse import urljoin

from smocrawl.platforms.reading import Sight

JSON = ("application/json+oembed", "text/json+oembed")
XML = ("text/xml+oembed", "application/xml+oembed")


def endpoint(sight: Sight, *kinds: tuple[str, ...], rels: tuple[str, ...] = ()) -> str | None:
    """The first address of the first of *kinds* that the page names; any relation will do where *rels* is empty."""
    for types in kinds:
        for relation in sight.page.relations:
            fits = relation.type in types and (not rels or any(rel in relation.rel for rel in rels))
            if fits and relation.raw_href and not relation.in_header and sight.sees(relation.offset):
                return address(sight.page.url, relation.raw_href)
    return None


def address(base: str, written: str) -> str | None:
    try:
        return urljoin(base, written.strip())
    except ValueError:
        return None
