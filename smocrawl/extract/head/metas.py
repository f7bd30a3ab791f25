"""What the head says: title, metas, link relations, feeds and icons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from attrs import evolve
from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.body.blocks import Survey
from smocrawl.extract.document import Document, folded, text_of
from smocrawl.extract.places import Spot, align
from smocrawl.page import Feed, Icon, Meta, Relation

FEED_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/xml+rss")
)
IN_HEAD_ONLY = frozenset(("head",))
ICON_RELS = ("icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "fluid-icon")
REFRESH = re.compile(r"\s*(\d+)(?:\.\d*)?\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
REFRESH_SECONDS = 5
MOVED = re.compile(
    r"\blocation(?:\.href)?\s{0,9}=\s{0,9}[\"']([^\"'\s]{1,2000})[\"']"
    r"|\blocation\.(?:replace|assign)\(\s{0,9}[\"']([^\"'\s]{1,2000})[\"']"
)
"""A script that sends the reader on."""
MOVING_SCRIPT = 1_000
MOVING_TEXT = 100
"""Characters of scripts and of text up to which a page is nothing but such a script."""
LINK_HEADER = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w!#$%&'*+.^`|~-]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s;,\"]*))?)*)")
LINK_PARAMETER = re.compile(r";\s*([\w!#$%&'*+.^`|~-]+)\s*(?:=\s*(?:\"([^\"]*)\"|([^\s;,\"]*)))?")


def read_metas(document: Document) -> tuple[Meta, ...]:
    """Every ``<meta>``, wherever it stands and however it is spelled, in document order."""
    elements = list(document.limited("meta", limits.METAS, "meta"))
    spots = align(elements, document.spots.metas)
    return tuple(
        _meta(document, order, element, spot) for order, (element, spot) in enumerate(zip(elements, spots, strict=True))
    )


def _meta(document: Document, order: int, element: HtmlElement, spot: Spot | None) -> Meta:
    given = dict(element.items())

    def written(name: str) -> str | None:
        value = given.get(name)
        if value is not None and len(value) > limits.VALUE:
            document.complain("limit", "meta", f"A value of {len(value)} characters was cut at {limits.VALUE}.")
            return value[: limits.VALUE]
        return value

    in_head, without = _in_head(document, element, spot)
    return Meta(
        prop=written("property"),
        name=written("name"),
        itemprop=written("itemprop"),
        http_equiv=written("http-equiv"),
        content=written("content"),
        value_attribute=written("value"),
        order=order,
        in_head=in_head,
        in_head_without_scripting=without,
        offset=document.offset(spot),
    )


def _in_head(document: Document, element: HtmlElement, spot: Spot | None) -> tuple[bool, bool]:
    """Whether parsers with and without scripting place the element in head."""
    parent = element.getparent()
    if parent is not None and parent.tag == "head" and parent.getparent() is document.root:
        around: AbstractSet[object] = IN_HEAD_ONLY
    else:
        around = {parent.tag for parent in element.iterancestors("head", "template", "noscript")}
    if "template" in around:
        return False, False
    if spot is None:
        return "head" in around and "noscript" not in around, "head" in around
    spots = document.spots
    return (
        spot.offset < spots.head_end and "noscript" not in around,
        spot.offset < spots.head_end_without_scripting,
    )


def read_titles(document: Document) -> tuple[tuple[str, ...], int | None]:
    """The titles of head, and the offset of the first; a drawing's own title never counts."""
    elements = list(document.limited("title", limits.HEADINGS, "title"))
    spots = align(elements, document.spots.titles)
    titled = [
        (text_of(element), document.offset(spot), spot is None or spot.offset < document.spots.head_end)
        for element, spot in zip(elements, spots, strict=True)
        if not any(True for _ in element.iterancestors("svg", "math", "template"))
    ]
    # Browsers show a title that a stray tag has thrown out of head all the same.
    kept = [one for one in titled if one[2]] or titled[:1]
    return tuple(text for text, _, _ in kept), kept[0][1] if kept else None


def read_relations(document: Document) -> tuple[Relation, ...]:
    """``<link rel>`` tags in document order, then the entries of the Link header."""
    elements = list(document.limited("link", limits.RELATIONS, "link"))
    spots = align(elements, document.spots.links)
    tags = (_relation(document, element, spot) for element, spot in zip(elements, spots, strict=True))
    return (*tags, *_from_header(document))


def _relation(document: Document, element: HtmlElement, spot: Spot | None) -> Relation:
    written = element.get("href") or ""
    return Relation(
        rel=_tokens(element.get("rel")),
        href=document.resolve(written),
        raw_href=written[: limits.URL],
        type=media_type(element.get("type")),
        hreflang=_short(element.get("hreflang")),
        title=_short(element.get("title")),
        sizes=_short(element.get("sizes")),
        media=_short(element.get("media")),
        in_head=_in_head(document, element, spot)[0],
        offset=document.offset(spot),
    )


def _from_header(document: Document) -> Iterator[Relation]:
    for match in LINK_HEADER.finditer(document.headers.get("link", "")):
        said = {name.lower(): quoted or bare for name, quoted, bare in LINK_PARAMETER.findall(match[2])}
        yield Relation(
            rel=_tokens(said.get("rel")),
            href=document.resolve(match[1]),
            raw_href=match[1][: limits.URL],
            type=media_type(said.get("type")),
            hreflang=said.get("hreflang"),
            title=said.get("title"),
            media=said.get("media"),
            in_head=False,
            in_header=True,
        )


def read_feeds(document: Document, relations: Iterable[Relation], hrefs: Sequence[tuple[str, str]]) -> tuple[Feed, ...]:
    """Feeds named by link relations, then those that only a visible link (*hrefs*: address, text) names."""
    feeds: dict[str, Feed] = {}
    for relation in relations:
        if (
            "alternate" in relation.rel
            and relation.type in FEED_TYPES
            and relation.href
            and not _is_vocabulary(relation)
        ):
            feed = Feed(url=relation.href, type=relation.type, title=relation.title)
            feeds.setdefault(_without_scheme(relation.href), feed)
    together = "\n".join([url for url, _ in hrefs]).lower()
    # One of these is in the name of every feed: a quick look, first at all addresses, before the slow one at each.
    words = [word for word in FEED_WORDS if word in together]
    for url, text in hrefs if words or feeds else ():
        bare = _without_scheme(url)
        if bare in feeds:
            feeds[bare] = evolve(feeds[bare], linked=True)
        elif any(map(url.lower().count, words)) and (kind := _feed_by_name(url)):
            feeds[bare] = Feed(url=url, type=kind, title=text or None, declared=False, linked=True)
    return tuple(feeds.values())


def _is_vocabulary(relation: Relation) -> bool:
    """RDF that tells of people, projects or terms (FOAF, DOAP, ogp.me's own): RSS 1.0 has the same media type."""
    if relation.type != "application/rdf+xml":
        return False
    return not RDF_FEED.search(f"{relation.title or ''} {relation.href}")


RDF_FEED = re.compile(r"rss|feed|news|blog|atom|headlines|syndicat|(?:index|channel)\.rdf", re.IGNORECASE)


def _without_scheme(url: str) -> str:
    """http and https lead to one feed."""
    return url.partition("://")[2]


FEED_NAME = re.compile(
    r"https?://[^?#]*/(?:(?:rss|feed|index|atom|news|blog)\.(?:xml|rss|atom|rdf)|[^/?#]+\.(?:rss|atom)|feed\.json|"
    r"(?:feed|rss|atom)/?)(?:\?[^#]*)?|https?://[^?#]*/\?feed=\w+",
    re.IGNORECASE,
)
FEED_WORDS = ("feed", "rss", "atom", ".xml", ".rdf")


def _feed_by_name(url: str) -> str | None:
    if not FEED_NAME.fullmatch(url):
        return None
    low = url.lower()
    if low.endswith("json"):
        return "application/feed+json"
    return "application/atom+xml" if "atom" in low.rpartition("/")[2] else "application/rss+xml"


def read_icons(relations: Iterable[Relation]) -> tuple[Icon, ...]:
    return tuple(
        Icon(url=relation.href, rel=rel, sizes=relation.sizes, type=relation.type)
        for relation in relations
        for rel in ICON_RELS
        if rel in relation.rel and relation.href and not relation.in_header
    )


def read_refresh(document: Document, metas: Iterable[Meta]) -> str | None:
    """Where a meta refresh leads within a few seconds."""
    for meta in metas:
        if (meta.http_equiv or "").strip().lower() != "refresh" or not meta.content or _in_noscript(meta):
            continue
        match = REFRESH.match(meta.content)
        if match and int(match[1][:6]) <= REFRESH_SECONDS and match[2].strip():
            return document.resolve(match[2]) or None
    return None


def read_moved(document: Document, survey: Survey) -> str | None:
    """Where a script leads that is all the page holds: the way of link cloakers and of many static redirects."""
    if document.sources.keys() & set(document.scripts) or len(document.inline) > MOVING_SCRIPT:
        return None
    if sum(len(block.text) for block in survey.blocks) > MOVING_TEXT or survey.images:
        return None
    match = MOVED.search(document.inline)
    return (document.resolve(match[1] or match[2]) or None) if match else None


def _in_noscript(meta: Meta) -> bool:
    """A refresh for browsers without scripting only."""
    return meta.in_head_without_scripting and not meta.in_head


def media_type(written: str | None) -> str | None:
    """A media type without its parameters, lower case."""
    return (written.partition(";")[0].strip().lower()[: limits.LABEL] or None) if written else None


def _tokens(written: str | None) -> tuple[str, ...]:
    return tuple((written or "").lower()[: limits.VALUE].split()[:20])


def _short(written: str | None) -> str | None:
    return None if written is None else folded(written, limits.LABEL)
