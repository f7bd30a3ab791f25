"""The oEmbed endpoint that a page names."""

from __future__ import annotations

from smocrawl.platforms.addresses import joined
from smocrawl.platforms.base import Picked
from smocrawl.platforms.reading import NOTHING_ELSE, OEmbed, Sight

JSON = ("application/json+oembed", "text/json+oembed")
XML = ("text/xml+oembed", "application/xml+oembed")
OEMBED = "+oembed"
NAMED = "oEmbed endpoints"
"""Under which the links to them are remembered: most pages have none, and eight platforms ask."""
AROUND = ("author", "site_name")
"""The lines around a card: who made it, and where."""
ALL = ("title", "image", *AROUND)


def endpoint(sight: Sight, *kinds: tuple[str, ...], rels: tuple[str, ...] = ()) -> str | None:
    """The first address of the first of *kinds* that the page names; any relation will do where *rels* is empty.

    None also where it could not be asked.
    """
    if sight.resources is NOTHING_ELSE:
        return None
    named = sight.found.get(NAMED)
    if named is None:
        named = sight.found[NAMED] = [
            one
            for one in sight.page.relations
            if one.raw_href and not one.in_header and (one.type or "").endswith(OEMBED)
        ]
    for types in kinds if named else ():
        for relation in named:
            fits = relation.type in types and (not rels or any(rel in relation.rel for rel in rels))
            if fits and sight.sees(relation.offset):
                return address(sight.page.url, relation.raw_href)
    return None


def address(base: str, written: str) -> str | None:
    return joined(base, written.strip())


def filled(sight: Sight, picked: Picked, names: tuple[str, ...] = ALL) -> Picked:
    """With what the page itself does not say, from the oEmbed answer that it names in a ``<link>``."""
    url = endpoint(sight, JSON)
    answer = sight.resources.oembed(url) if url else None
    for name, value in offered(answer).items() if answer else ():
        taken = picked.taken.get(name)
        if value and name in names and (not picked.get(name) or (taken is not None and taken.place == "the address")):
            picked = picked.moved(name, value, "oEmbed")
    return picked


def offered(answer: OEmbed) -> dict[str, str | None]:
    """What an answer has for each field; the picture of a photo is the photo itself."""
    picture = answer.url if answer.type == "photo" and answer.url else answer.thumbnail
    return {"title": answer.title, "image": picture, "author": answer.author, "site_name": answer.provider}
