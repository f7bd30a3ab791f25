"""What one response says about itself: every fact that previews and checks may use.

Built once by :mod:`smocrawl.extract`, never changed.  Three rules hold throughout: ``None`` means
absent and ``""`` means present but empty (two different faults); URLs are absolute unless a name
begins with ``raw_``; sequences are tuples in document order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from attrs import field, frozen

FACTS_VERSION = 1
"""Raised when a stored page can no longer be read back as it was meant."""


class Area(StrEnum):
    """The landmark of a page in which something stands, by HTML element, ARIA role or telling class."""

    HEADER = "header"
    NAV = "nav"
    MAIN = "main"
    ASIDE = "aside"
    FOOTER = "footer"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What a page is for; decides which checks apply to it."""

    HOME = "home"
    PRODUCT = "product"
    ARTICLE = "article"
    VIDEO = "video"
    EVENT = "event"
    PROFILE = "profile"
    FORUM = "forum"
    DOCS = "docs"
    LISTING = "listing"
    LANDING = "landing"
    LEGAL = "legal"
    UTILITY = "utility"
    OTHER = "other"


@frozen(kw_only=True)
class Meta:
    """One ``<meta>`` tag as written, so that a check can see how it was written."""

    prop: str | None = None
    """The attribute ``property`` (a field of that name would hide the builtin)."""
    name: str | None = None
    itemprop: str | None = None
    http_equiv: str | None = None
    content: str | None = None
    """The attribute's value with entities decoded and outer blanks kept; None = no such attribute."""
    value_attribute: str | None = None
    """The (wrong) attribute ``value``, which Discourse reads where ``content`` is missing."""
    order: int = 0
    """Position among the page's metas, from 0."""
    in_head: bool = True
    """Whether an HTML5 parser with scripting (a browser) places it in head."""
    in_head_without_scripting: bool = True
    """The same for a parser without scripting, for which ``<noscript><img>`` closes head."""
    offset: int | None = None
    """Bytes from the start of the body as served (after content decoding) to the tag's ``<``."""

    @property
    def key(self) -> str:
        """The name under which tolerant readers look it up, lower case."""
        return (self.prop or self.name or self.itemprop or self.http_equiv or "").strip().lower()

    @property
    def value(self) -> str:
        """``content`` folded to single blanks; empty where there is none."""
        return " ".join((self.content or "").split())


@frozen(kw_only=True)
class Relation:
    """One ``<link>`` tag, or one entry of a Link header."""

    rel: tuple[str, ...]
    """Lower-case tokens."""
    href: str
    """Absolute; empty where the attribute is missing, empty or no URL."""
    raw_href: str = ""
    type: str | None = None
    """Media type without parameters, lower case."""
    hreflang: str | None = None
    title: str | None = None
    sizes: str | None = None
    media: str | None = None
    in_head: bool = True
    in_header: bool = False
    """True for an entry of the HTTP Link header."""
    offset: int | None = None


@frozen(kw_only=True)
class Heading:
    """One of h1 to h6."""

    level: int
    text: str
    id: str | None = None
    """Its own id, that of the section it opens, or an ``<a name>`` in it."""
    in_main: bool = True


@frozen(kw_only=True)
class Image:
    """One ``<img>`` (or the ``<source>`` that serves it)."""

    src: str
    alt: str | None = None
    width: int | None = None
    """Declared pixels; None where missing or not a plain number."""
    height: int | None = None
    largest: str | None = None
    """URL of the widest srcset candidate."""
    largest_width: int | None = None
    """Its ``w`` descriptor in pixels."""
    area: Area = Area.UNKNOWN
    order: int = 0
    nopin: bool = False
    """``data-pin-nopin`` stands on it."""


@frozen(kw_only=True)
class Link:
    """One ``<a href>`` or ``<area href>``."""

    url: str
    """Absolute and normalised without fragment; for other schemes (mailto:, sms:) as written."""
    fragment: str = ""
    raw_href: str = ""
    text: str = ""
    """Visible text, folded, at most 200 characters."""
    label: str = ""
    """Accessible name: text, aria-label, title, or the alt of an image inside; empty = nameless."""
    rel: tuple[str, ...] = ()
    area: Area = Area.UNKNOWN
    in_main: bool = False
    """Stands in the page's main text (not in a related, share or comment block of it)."""
    block: str = ""
    """Classes, id and aria-label of the nearest list, nav or div around it, for telling share from follow rows."""
    icon_only: bool = False
    """Its content is an image, an svg or an icon font, with no visible text."""
    onclick: bool = False


@frozen(kw_only=True)
class JsonLdBlock:
    """One ``<script type="application/ld+json">``, read by itself."""

    order: int
    offset: int | None = None
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
    parent: str | None = None
    """The property under which it is nested; None for a top-level entity."""
    depth: int = 0
    order: int = 0

    def is_a(self, *names: str) -> bool:
        return any(name in self.types for name in names)

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


COMMENT_WORDS = (
    "comment", "kommentar", "comentario", "comentário", "commenti", "reacties", "komentarz", "комментар", "коментар",
    "yorum", "コメント", "评论", "留言", "迴響", "댓글",
)  # fmt: skip
"""By which WordPress and its kin title the feed of a page's comments, in its commonest languages."""


@frozen(kw_only=True)
class Feed:
    """A feed that the page names by ``<link rel=alternate>`` or in its visible links."""

    url: str
    type: str
    """Media type: application/rss+xml, application/atom+xml, application/feed+json …"""
    title: str | None = None
    declared: bool = True
    """By a link relation (autodiscovery); False for a visible link only."""
    linked: bool = False
    """A visible link of the page leads to it."""

    @property
    def is_comments(self) -> bool:
        text = f"{self.title or ''} {self.url}".lower()
        return any(word in text for word in COMMENT_WORDS)


@frozen(kw_only=True)
class Icon:
    """An icon link of the page."""

    url: str
    rel: str
    sizes: str | None = None
    type: str | None = None


@frozen(kw_only=True)
class Embed:
    """An iframe, embedded player or widget script that shows something of another site."""

    url: str
    platform: str | None = None
    tag: str = "iframe"
    title: str | None = None
    in_main: bool = False


@frozen(kw_only=True)
class Dated:
    """A date found on the page."""

    raw: str
    place: str
    """Where: ``article:published_time``, ``json-ld datePublished``, ``time[datetime]`` …"""
    role: str
    """published, modified, event-end, valid-until, visible …"""
    moment: datetime | None = None
    """Aware (UTC where the page names no zone); None = not readable as ISO 8601 or RFC 822."""
    has_time: bool = False
    has_zone: bool = False
    in_main: bool = True


@frozen(kw_only=True)
class Declared:
    """One value that the page states for a field, and where."""

    value: str
    place: str


@frozen(kw_only=True)
class Recognised:
    """What the URL of a link means to a social platform (see :mod:`smocrawl.extract.social`)."""

    url: str
    sort: str
    """share, profile, post, page, dead, widget, embed, contact, feed-intake, maybe-fediverse."""
    platform: str
    handle: str | None = None
    status: str = "current"
    """share endpoints: current, legacy, dead."""
    target: str | None = None
    """share: the URL that would be shared, decoded; None = not decidable (script, referrer)."""
    area: Area = Area.UNKNOWN
    in_main: bool = False
    rel: tuple[str, ...] = ()
    label: str = ""
    icon_only: bool = False
    block: str = ""
    closed: str | None = None
    """dead: ISO date (or month, year) of the closing, where known."""
    confidence: str | None = None
    """dead: how sure the closing is: verified, verified-month, known or low."""
    note: str | None = None


@frozen(kw_only=True)
class Vendor:
    """A share, follow or comment tool recognised by its markup or scripts."""

    id: str
    name: str
    role: str
    """share, follow, comments, share-and-follow; embed for a platform's script that only draws embedded posts."""
    status: str
    """alive, dead, unknown."""
    signal: str
    """What gave it away."""
    script: bool = False
    """A script or frame is loaded (not merely a class name left behind)."""
    closed: str | None = None


@frozen(kw_only=True)
class Trouble:
    """Something that could not be read as it stands."""

    kind: str
    """json-ld, microdata, charset, truncated, limit …"""
    where: str
    detail: str


@frozen(kw_only=True)
class Hop:
    """One redirect on the way to the page."""

    url: str
    status: int
    how: str = "http"
    """http or meta-refresh."""


@frozen(kw_only=True)
class Text:
    """The page's visible text, measured."""

    main: str = ""
    """Main text without boilerplate, blanks folded, at most 12,000 characters."""
    words: int = 0
    """Words of the main text; a CJK character counts half a word."""
    visible_words: int = 0
    paragraph_share: float = 0.0
    """Share (0–1) of the visible paragraph text that lies in the main block."""
    sha1: str = ""
    """Hex digest of the whole main text, lower case, blanks folded; empty where there is none."""
    simhash: int = 0
    """64-bit near-duplicate signature of the main text; 0 below 20 words."""
    visible_prices: tuple[str, ...] = ()
    copyright_years: tuple[int, ...] = ()
    """Years of the copyright line outside the main text."""
    placeholder: tuple[tuple[str, str], ...] = ()
    """(phrase, place) of placeholder text found: place is title, h1, description, text, footer, hidden."""
    language: str | None = None
    """Language guessed from the main text (ISO 639-1) where it is long enough; None = no guess."""


@frozen(kw_only=True)
class Leads:
    """What readers with rules of their own find in the markup, for the previews that are not made from tags alone."""

    prefixes: tuple[str, ...] = ()
    """Lower-case names that ``<head prefix>`` declares."""
    title: str | None = None
    """First text directly inside the first title, h1, h2 or h3; None = none of them has any (Synapse)."""
    titles: str = ""
    """Text of every title element, those of drawings included, one directly behind the other (Misskey)."""
    texts: tuple[str, ...] = ()
    """The first text nodes of the body without page furniture, enough for a summary (Synapse)."""
    paragraph: str | None = None
    """First paragraph behind the first h1, else the first at all (Zulip)."""
    image: str | None = None
    """``src`` of the first picture among the later siblings of the first h1 (Zulip)."""
    scanned: Mapping[str, str] = field(factory=dict)
    """title, description, image and icon as regular expressions find them in head (WordPress before 6.9)."""


@frozen(kw_only=True)
class Sharing:
    """What the markup says about sharing without a platform's URL."""

    native_share: bool = False
    """``navigator.share`` or a share component in the raw HTML."""
    copy_link: bool = False
    share_block: bool = False
    """A block whose class or label speaks of sharing, whether or not it holds links."""
    external_scripts: int = 0
    comment_form: bool = False
    comment_count: int = 0
    """Visible comments in the raw HTML."""
    comments_closed: bool = False
    byline: str | None = None
    """Visible author text near the headline."""
    byline_url: str | None = None
    app_shell: bool = False
    """Empty body with a script root (#root, #app …): the page is drawn by scripts."""
    wall: str | None = None
    """login, consent, age, challenge: the page is a wall instead of its content."""
    newsletter_form: bool = False
    search_form: bool = False
    add_to_cart: bool = False
    tags: tuple[str, ...] = ()
    """Visible tag links (rel=tag or a path of tags/topics) of the article."""
    breadcrumb_nav: bool = False
    rating_visible: bool = False


@frozen(kw_only=True)
class Page:
    """Every fact about one response.  Look-ups only: nothing here judges."""

    url: str
    """Final URL, after redirects."""
    requested_url: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(factory=dict)
    """Lower-case names; only those that a check or preview reads are kept."""
    hops: tuple[Hop, ...] = ()
    charset: str = "utf-8"
    charset_source: str = "default"
    """bom, header, meta, xml, guess or default."""
    size: int = 0
    """Bytes of the body after content decoding."""
    truncated: bool = False
    latency: float | None = None
    """Seconds from the request to the last byte; None where it was not fetched by us."""
    is_html: bool = True
    certificate: str | None = None
    """Why the certificate of the page's host is refused; None = it was accepted, or there was none to show."""

    lang: str | None = None
    """``<html lang>`` as written."""
    direction: str | None = None
    title: str | None = None
    """Text of the first ``<title>`` of head, folded; None = no such element."""
    titles: tuple[str, ...] = ()
    title_offset: int | None = None
    base: str | None = None
    metas: tuple[Meta, ...] = ()
    relations: tuple[Relation, ...] = ()
    headings: tuple[Heading, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    json_ld: tuple[JsonLdBlock, ...] = ()
    entities: tuple[Entity, ...] = ()
    feeds: tuple[Feed, ...] = ()
    icons: tuple[Icon, ...] = ()
    embeds: tuple[Embed, ...] = ()
    dates: tuple[Dated, ...] = ()
    social: tuple[Recognised, ...] = ()
    same_as: tuple[Recognised, ...] = ()
    """What the addresses under sameAs of any entity mean; ``label`` holds the entity's first type."""
    vendors: tuple[Vendor, ...] = ()
    text: Text = field(factory=Text)
    sharing: Sharing = field(factory=Sharing)
    leads: Leads = field(factory=Leads)
    kind: Kind = Kind.OTHER
    kind_evidence: str = ""
    """One phrase: what decided the kind."""
    template: str = ""
    """Template signature: hash of kind, generator and the DOM outline of header, main and footer."""
    generator: str | None = None
    meta_refresh: str | None = None
    """Target of a meta refresh within 5 seconds."""
    declared: Mapping[str, tuple[Declared, ...]] = field(factory=dict)
    """title, description, image, url, author, publisher, site_name, language, published, modified:
    every value that the page states, in document order."""
    trouble: tuple[Trouble, ...] = ()

    # -- look-ups ---------------------------------------------------------------------------

    @cached_property
    def metas_by_name(self) -> Mapping[str, tuple[Meta, ...]]:
        """Metas by each of the names they bear (property, name, itemprop, http-equiv), trimmed and lower case."""
        found: dict[str, list[Meta]] = {}
        for meta in self.metas:
            borne = (meta.prop, meta.name, meta.itemprop, meta.http_equiv)
            for name in {said.strip().lower() for said in borne if said}:
                found.setdefault(name, []).append(meta)
        return {name: tuple(metas) for name, metas in found.items()}

    @cached_property
    def metas_by_key(self) -> Mapping[str, tuple[Meta, ...]]:
        """Metas by their one lower-case key."""
        found: dict[str, tuple[Meta, ...]] = {}
        for meta in self.metas:
            key = meta.key
            found[key] = (*found.get(key, ()), meta)
        return found

    @cached_property
    def values_by_key(self) -> Mapping[str, str]:
        """The first non-empty value of each key."""
        found: dict[str, str] = {}
        for key, metas in self.metas_by_key.items():
            if value := next((value for meta in metas if (value := meta.value)), ""):
                found[key] = value
        return found

    def metas_of(self, *keys: str) -> Iterator[Meta]:
        """Metas whose lower-case key, under whichever attribute, is one of *keys*."""
        known = [key for key in keys if key in self.metas_by_key]
        if len(known) < 2:
            return iter(self.metas_by_key[known[0]] if known else ())
        return (meta for meta in self.metas if meta.key in known)

    def meta(self, *keys: str) -> str | None:
        """The first non-empty value of the first of *keys* that has one."""
        return next((self.values_by_key[key] for key in keys if key in self.values_by_key), None)

    def has_meta(self, prefix: str) -> bool:
        return any(key.startswith(prefix) for key in self.metas_by_key)

    def related(self, rel: str) -> tuple[Relation, ...]:
        """Link relations (head, body or Link header) that carry the token *rel*."""
        return tuple(relation for relation in self.relations if rel in relation.rel)

    def header(self, name: str) -> str | None:
        return self.headers.get(name.lower())

    @cached_property
    def canonical(self) -> str | None:
        """The first canonical URL, head before Link header; None = none."""
        found = self.related("canonical")
        ordered = sorted(found, key=lambda relation: relation.in_header)
        return next((relation.href for relation in ordered if relation.href), None)

    @cached_property
    def robots(self) -> frozenset[str]:
        """Directives of meta robots and X-Robots-Tag for all agents, lower case (``noindex``, ``max-image-preview:large``)."""
        said: list[str] = [meta.value for meta in self.metas_of("robots")]
        if header := self.header("x-robots-tag"):
            said.append(header)
        tokens = (token.strip().lower().replace(" ", "") for text in said for token in text.split(","))
        return frozenset(token for token in tokens if token)

    @property
    def is_indexable(self) -> bool:
        return self.status == 200 and self.is_html and not self.robots & {"noindex", "none"}

    @cached_property
    def h1(self) -> str | None:
        return next((heading.text for heading in self.headings if heading.level == 1 and heading.text), None)

    @cached_property
    def main_entity(self) -> Entity | None:
        """The entity that says what the page is about: of the kind's own types first, then any top-level one."""
        wanted = MAIN_TYPES.get(self.kind, ())
        top = sorted(self.entities, key=lambda entity: (entity.depth, entity.order))
        for entity in top:
            if wanted and entity.is_a(*wanted) and entity.parent not in NOT_MAIN:
                return entity
        return None

    def entities_of(self, *types: str) -> tuple[Entity, ...]:
        return tuple(entity for entity in self.entities if entity.is_a(*types))

    def has_entity(self, *types: str) -> bool:
        return any(entity.is_a(*types) for entity in self.entities)


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
