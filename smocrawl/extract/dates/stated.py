"""Dates that metas and structured data state, each with what it is the date of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smocrawl.extract.dates.written import dated
from smocrawl.extract.structured.gathered import Structured
from smocrawl.extract.words import words
from smocrawl.page import Dated, Meta

META_ROLES = {
    "article:published_time": "published", "og:article:published_time": "published", "datepublished": "published",
    "parsely-pub-date": "published", "sailthru.date": "published", "citation_publication_date": "published",
    "citation_date": "published", "citation_online_date": "published", "pubdate": "published", "publishdate": "published",
    "publish-date": "published", "publish_date": "published", "article.published": "published", "date": "published",
    "dc.date": "published", "dc.date.issued": "published", "dcterms.date": "published", "dcterms.created": "published",
    "dcterms.issued": "published", "dc.created": "published", "og:published_time": "published",
    "book:release_date": "published", "video:release_date": "published", "music:release_date": "published",
    "article:modified_time": "modified", "og:article:modified_time": "modified", "og:updated_time": "modified",
    "datemodified": "modified", "dcterms.modified": "modified", "dc.modified": "modified", "dc.date.modified": "modified",
    "last-modified": "modified", "lastmod": "modified", "article.updated": "modified", "revised": "modified",
    "article:expiration_time": "valid-until",
}  # fmt: skip
"""Keys of metas (lower case) -> the role of their date."""
META_ROLES |= {key.replace(".", ":", 1): role for key, role in META_ROLES.items() if key.startswith("dc")}
PROPERTY_ROLES = {
    "datePublished": "published", "uploadDate": "published", "dateCreated": "published", "published": "published",
    "dateModified": "modified", "updated": "modified", "startDate": "event-start", "start": "event-start",
    "endDate": "event-end", "end": "event-end", "priceValidUntil": "valid-until", "validThrough": "valid-until",
    "expires": "valid-until", "availabilityEnds": "valid-until",
}  # fmt: skip
OTHER_THINGS = words(
    """comment comments review reviews itemListElement hasPart isPartOf mentions citation relatedLink isRelatedTo
    isSimilarTo blogPost children suggestedAnswer acceptedAnswer video image author publisher"""
)
"""Properties whose value has dates of its own."""


OPINIONS = ("Review", "UserReview", "Comment")


def role_of(name: str) -> str | None:
    """The role of a property under its full or its local name."""
    local = name.rpartition("/")[2].rpartition(":")[2]
    return PROPERTY_ROLES.get(local) or META_ROLES.get(name.lower()) or META_ROLES.get(f"dcterms.{local.lower()}")


def of_metas(metas: Iterable[Meta]) -> Iterator[Dated]:
    for meta in metas:
        role = META_ROLES.get(meta.key)
        if role and meta.value and not (meta.key == "last-modified" and meta.http_equiv is None and meta.name is None):
            yield dated(meta.value, meta.key, role)


def of_entities(structured: Structured) -> Iterator[Dated]:
    # What customers wrote has days of its own; a page whose only dated thing is a review may be that review.
    is_dated = any(one.values("datePublished") and not one.is_a(*OPINIONS) for one in structured.entities)
    for entity in structured.entities:
        foreign = entity.parent in OTHER_THINGS or entity.order in structured.beside
        foreign = foreign or (is_dated and entity.is_a(*OPINIONS))
        for name, role in PROPERTY_ROLES.items():
            for value in entity.values(name)[:3]:
                if isinstance(value, str) and value.strip():
                    yield dated(value, f"{entity.syntax} {name}", role, in_main=not foreign)
