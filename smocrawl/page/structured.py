"""What structured data says: blocks, entities, dates, stated values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import define, frozen

from smocrawl.page.kinds import Kind


@frozen(kw_only=True)
class JsonLdBlock:
    """One ``<script type="application/ld+json">``, read by itself."""

    order: int
    """Position among the page's blocks, from 0."""
    offset: int | None = None
    """Bytes from the start of the body to the script's ``<``."""
    line: int | None = None
    """Line of the page on which the script begins, from 1."""
    error: str | None = None
    """Why a strict JSON parser refuses it, with line and column inside the block; None = it parses."""
    lenient: bool = False
    """The second, lenient reading (comments, CDATA, trailing commas, raw line breaks) gave the data."""
    data: Any = None
    """The parsed JSON (object or array); None where even the lenient reading failed."""
    size: int = 0
    """Characters of the script."""
    unescaped: tuple[Any, ...] | None = None
    """The data where HTML entities are decoded before parsing (Mastodon): None = no difference, () = broken."""


@frozen(kw_only=True)
class Entity:
    """One typed thing of the structured data, whatever its syntax; nested ones are listed as well."""

    types: tuple[str, ...]
    """Short schema.org names (``Article``); other vocabularies as full URLs."""
    properties: Mapping[str, tuple[str | int | float | bool | Entity, ...]]
    """Property -> values in order; a value is str, int, float, bool or an Entity."""
    syntax: str = "json-ld"
    """json-ld, microdata, rdfa or microformats."""
    id: str | None = None
    """``@id``, ``itemid`` or ``resource`` as written; None = none."""
    parent: str | None = None
    """The property under which it is nested; None for a top-level entity."""
    depth: int = 0
    """How many entities it is nested in."""
    order: int = 0
    """Position among the page's entities, from 0."""

    def is_a(self, *names: str) -> bool:
        return any(own in names for own in self.types)

    def values(self, name: str) -> tuple[Any, ...]:
        return self.properties.get(name, ())

    def text(self, name: str) -> str | None:
        """The first value as text: a string or number, or the name/url/@id of a nested entity."""
        for value in self.values(name):
            if isinstance(value, Entity):
                inner = value.text("name") or value.text("url") or value.id
                if inner:
                    return inner
            elif value is not None and str(value).strip():
                return " ".join(str(value).split())
        return None

    def entities(self, name: str) -> tuple[Entity, ...]:
        return tuple(value for value in self.values(name) if isinstance(value, Entity))

    def url(self, name: str) -> str | None:
        """The first value as a URL: a string, or the url/contentUrl/@id of a nested entity."""
        for value in self.values(name):
            if isinstance(value, Entity):
                inner = value.url("url") or value.url("contentUrl") or value.id
                if inner:
                    return inner
            elif isinstance(value, str) and value.strip():
                return value.strip()
        return None


@define(kw_only=True, unsafe_hash=True)
class Dated:
    """A date found on the page."""

    raw: str
    """As written."""
    place: str
    """Where: ``article:published_time``, ``json-ld datePublished``, ``time[datetime]`` …"""
    role: str
    """published, modified, event-end, valid-until, visible …"""
    moment: datetime | None = None
    """Aware (UTC where the page names no zone); None = not readable as ISO 8601 or RFC 822."""
    has_time: bool = False
    """It names an hour."""
    has_zone: bool = False
    """It names a zone or an offset."""
    in_main: bool = True
    """Speaks of the page's own content, not of a teaser, a comment or another thing that the page mentions."""


@define(kw_only=True, unsafe_hash=True)
class Declared:
    """One value that the page states for a field, and where."""

    value: str
    """Folded to single blanks; addresses absolute."""
    place: str
    """
    Where: ``og:title``, ``<title>``, ``json-ld headline`` …

    A value that follows from another says so: ``<title> without its last part``, ``<html lang>, language alone``,
    ``json-ld author, together``, ``byline as written``, ``article:published_time, as ISO 8601``.  Where nothing states
    a field there may be ``first paragraph``, ``visible date`` (ISO 8601) and ``<title>, its part for the site``.
    """


VISIBLE_DATE = "visible date"
SITE_OF_TITLE = "<title>, its part for the site"
AS_ISO = ", as ISO 8601"
AS_WRITTEN = "byline as written"
"""The place of a whole byline, which is a line of text and no name."""
TOGETHER = ", together"
"""What ends the place of several authors in one line, behind each of them by itself."""


ARTICLE_TYPES = (
    "Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
    "ReviewNewsArticle", "BackgroundNewsArticle", "LiveBlogPosting", "SocialMediaPosting", "Report",
    "ScholarlyArticle", "AdvertiserContentArticle", "SatiricalArticle", "Review", "Recipe",
)  # fmt: skip
"""schema.org's Article and the subtypes that publishers use, with Review and Recipe, whose pages read as articles."""


MAIN_TYPES: Mapping[Kind, tuple[str, ...]] = {
    Kind.ARTICLE: (*ARTICLE_TYPES, "TechArticle"),
    Kind.PRODUCT: ("Product", "ProductGroup", "SoftwareApplication", "MobileApplication", "WebApplication", "Vehicle",
                   "Car", "Book", "Course"),
    Kind.VIDEO: ("VideoObject", "Movie", "TVEpisode", "Episode", "Clip"),
    Kind.EVENT: ("Event", "MusicEvent", "BusinessEvent", "EducationEvent", "SportsEvent", "TheaterEvent", "Festival",
                 "ExhibitionEvent", "ScreeningEvent", "SocialEvent", "CourseInstance", "FoodEvent", "LiteraryEvent",
                 "ChildrensEvent", "ComedyEvent", "DanceEvent", "SaleEvent", "VisualArtsEvent", "PublicationEvent",
                 "Hackathon"),
    Kind.PROFILE: ("ProfilePage", "Person", "Organization"),
    Kind.FORUM: ("DiscussionForumPosting", "QAPage", "Question"),
    Kind.DOCS: ("TechArticle", "APIReference", "HowTo", *ARTICLE_TYPES),
    Kind.LISTING: ("ItemList", "CollectionPage"),
    Kind.HOME: ("WebSite", "Organization", "LocalBusiness"),
}  # fmt: skip
"""For each kind the schema.org types that name its main entity (schema.org hierarchy, release 29)."""


NOT_MAIN = frozenset({"isPartOf", "hasPart", "itemListElement", "mentions", "isRelatedTo", "isSimilarTo",
                      "relatedLink", "citation", "publisher", "author", "review", "workFeatured", "about"})  # fmt: skip
"""Properties whose value is another thing than the page's own subject."""
