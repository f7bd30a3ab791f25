"""What the metas of a page state for the fields of a link card."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from smocrawl.extract.dates.stated import META_ROLES
from smocrawl.extract.document import Document
from smocrawl.page import Meta

OTHER_METAS = {
    key: name
    for name, keys in {
        "published": "originalpublicationdate article_date_original rnews:datepublished publication_date publicationdate "
        "pub_date published_date date_published article:published article:publish_date dc.date.published dateposted "
        "datecreated creation_date displaydate bt:pubdate og:pubdate shareaholic:article_published_time gentime "
        "cxenseparse:recs:publishtime dcsext.articlefirstpublished",
        "modified": "article_date_updated rnews:datemodified bt:moddate date_modified last_modified modified_time "
        "article:modified shareaholic:article_modified_time",
        "author": "article_author authors rnews:creator shareaholic:article_author_name cxenseparse:author",
    }.items()
    for key in keys.split()
}
"""Keys of newsrooms' own systems, which extractors of articles read (htmldate, newspaper4k, goose3) and networks do not."""
META_FIELDS: Mapping[str, str] = (
    {
        key: name
        for name, keys in {
            "title": "og:title twitter:title title dc.title dcterms.title citation_title parsely-title sailthru.title "
            "headline name hdl",
            "description": "description og:description twitter:description dc.description dcterms.description "
            "dcterms.abstract dc.description.abstract citation_abstract sailthru.description parsely-description abstract",
            "image": "og:image og:image:url og:image:secure_url twitter:image twitter:image:src image thumbnail "
            "parsely-image-url sailthru.image.full sailthru.image.thumb thumbnailurl image_src",
            "url": "og:url twitter:url al:web:url url parsely-link mainentityofpage citation_public_url",
            "author": "author article:author og:article:author twitter:creator dc.creator dcterms.creator citation_author "
            "parsely-author sailthru.author byl book:author creator fediverse:creator dc.contributor og:author",
            "publisher": "article:publisher publisher dc.publisher dcterms.publisher citation_publisher og:publisher copyright",
            "site_name": "og:site_name application-name apple-mobile-web-app-title citation_journal_title twitter:app:name "
            "al:ios:app_name sitename twitter:domain",
            "language": "content-language language og:locale dc.language dcterms.language citation_language inlanguage lang",
        }.items()
        for key in keys.split()
    }
    | OTHER_METAS
    | {key: role for key, role in META_ROLES.items() if role in ("published", "modified")}
)
"""Keys of metas (lower case) -> the field that they fill."""
PARSELY = "parsely-page"
PARSELY_FIELDS = {"title": "title", "link": "url", "image_url": "image", "author": "author", "pub_date": "published"}
LABELS = frozenset(("twitter:label1", "twitter:label2"))
WRITTEN_BY = frozenset(
    ("written by", "author", "verfasst von", "geschrieben von", "autor", "écrit par", "auteur", "escrito por", "scritto da",
     "autore", "geschreven door", "skrevet av", "skriven av", "napisane przez")
)  # fmt: skip
"""Labels under which the systems that fill X's additional lines (Yoast's "enhanced Slack sharing") put the author."""
DUBLIN_CORE = re.compile(r"(?:dc|dcterms?):")
"""The prefixes of Dublin Core in RDFa's spelling (``property="dc:title"``), ``dcterm`` by common mistake."""
REMEMBERED = 4_096
"""Attributes of metas whose meaning is remembered: all sites use much the same."""
ITEMPROP_ONLY = frozenset(("name", "headline", "image", "url", "thumbnailurl", "mainentityofpage", "inlanguage"))
"""Keys too general to count under ``name`` or ``property``; ``image`` and ``url`` as name are nothing known."""


class Stated(NamedTuple):
    position: int
    field: str
    value: str
    place: str


def metas_stated(document: Document, metas: Sequence[Meta]) -> Iterator[Stated]:
    for element, meta in zip(document.named.get("meta", ()), metas, strict=False):
        fields = _fields_of(meta.prop, meta.name, meta.itemprop, meta.http_equiv)
        if fields and (value := meta.value):
            place = document.position(element)
            yield from (Stated(place, name, value, key) for name, key in fields)
        elif meta.key == PARSELY:
            yield from _parsely(meta.value or "", document.position(element))
        elif meta.key in LABELS and (meta.value or "").lower() in WRITTEN_BY:
            data = meta.key.replace("label", "data")
            said = next((one.value for one in metas if one.key == data and one.value), None)
            if said:
                yield Stated(document.position(element), "author", said, data)


def _parsely(written: str, position: int) -> Iterator[Stated]:
    """The JSON of ``parsely-page``, Parse.ly's older form."""
    try:
        said = json.loads(written)
    except (ValueError, RecursionError):
        return
    for key, name in PARSELY_FIELDS.items() if isinstance(said, dict) else ():
        if isinstance(value := said.get(key), str) and value.strip():
            yield Stated(position, name, value, f"{PARSELY} {key}")


@lru_cache(maxsize=REMEMBERED)
def _fields_of(
    prop: str | None, name: str | None, itemprop: str | None, http: str | None
) -> tuple[tuple[str, str], ...]:
    """The fields that a meta with these attributes fills, each with the key that says so."""
    return tuple(
        (META_FIELDS[key], written)
        for attribute in (prop, name, itemprop, http)
        for written in (attribute or "").lower().split()
        if (key := _plain_key(written)) in META_FIELDS and (key not in ITEMPROP_ONLY or attribute is itemprop)
    )


def _plain_key(written: str) -> str:
    """The key as the table names it: ``dc.title`` of ``dc:title``."""
    return written.replace(":", ".", 1).replace("dcterm.", "dcterms.", 1) if DUBLIN_CORE.match(written) else written
