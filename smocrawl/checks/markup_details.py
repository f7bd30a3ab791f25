"""Structured data beyond its properties: context, spelling of types, address, language; and addresses for few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from smocrawl.checks import thresholds
from smocrawl.checks.addresses import absolute, cut, host_of, is_home, is_public, same_page, same_site
from smocrawl.checks.applies import OBJECTS, is_article, readable, shareable
from smocrawl.checks.authors import ADDRESS
from smocrawl.checks.base import Context, Said, Severity, Tactic, check, fail, warn
from smocrawl.checks.schema_table import GUIDE
from smocrawl.checks.wording import likeness
from smocrawl.page import MAIN_TYPES, Entity, Page

SCHEMA_HOSTS = frozenset({"schema.org", "schema.googleapis.com"})
"""The second is Google's own, for media that can be played."""
TYPES = frozenset({
    *(name for names in MAIN_TYPES.values() for name in names), "Article", "Blog", "WebPage", "WebSite", "AboutPage",
    "ContactPage", "CheckoutPage", "SearchResultsPage", "FAQPage", "BreadcrumbList", "ListItem", "ImageObject",
    "ImageGallery", "Organization", "Corporation", "LocalBusiness", "Person", "Offer", "AggregateOffer", "Brand",
    "AggregateRating", "Rating", "Review", "PostalAddress", "ContactPoint", "GeoCoordinates", "Place", "Restaurant",
    "Store", "Recipe", "HowTo", "HowToStep", "Answer", "Comment", "CreativeWork", "SearchAction", "AudioObject",
    "PodcastEpisode", "PodcastSeries", "JobPosting", "Service", "SiteNavigationElement", "WPHeader", "WPFooter",
    "SpeakableSpecification", "NewsMediaOrganization", "OpeningHoursSpecification", "InteractionCounter", "Dataset",
})  # fmt: skip
"""Types of schema.org that pages write, in their spelling."""
BY_LOWER = {name.lower(): name for name in TYPES}
ADDRESS_SIGNS, BLANK = re.compile(r"[/.?]"), re.compile(r"\s")
"""What every address of a page has some of, and what none has."""
CALLING_CARDS = tuple(f"https://microformats.org/wiki/{name}" for name in ("h-card", "h-cite"))
MOST_NODES = 500
"""Objects of a page's JSON-LD that are looked at."""


def _has_json_ld(page: Page, context: Context) -> bool:
    return readable(page) and any(block.data is not None for block in page.json_ld)


def _tops(data: Any) -> list[dict[str, Any]]:
    listed = data if isinstance(data, list) else [data]
    return [one for one in listed if isinstance(one, dict)]


@check(
    "schema-context",
    title="Structured data does not say in which vocabulary it speaks",
    tactic=Tactic.T4,
    severity=Severity.MEDIUM,
    says="JSON-LD block {block} has no @context, so that readers pass over it.",
    warns="JSON-LD block {block} names {context} as @context instead of https://schema.org.",
    source="https://www.w3.org/TR/json-ld11/#the-context",
    source_name="JSON-LD 1.1, 3.1",
    grade="A",
    applies=_has_json_ld,
)
def schema_context(page: Page, context: Context) -> Iterator[Said]:
    """Why: The same words mean other things in other vocabularies. Data without a context means nothing to its readers.

    Fix: Begin each block with "@context": "https://schema.org".

    Accept: Each block of JSON-LD names its context.
    """
    for number, block in enumerate(page.json_ld, 1):
        for top in _tops(block.data):
            said = top.get("@context")
            if said in (None, "", [], {}) and any(key in top for key in ("@type", "@graph")):
                yield fail(block=number)
                return
            if isinstance(said, str) and said and _is_nearly_schema(said):
                yield warn(block=number, context=cut(said, 80))
                return


def _is_nearly_schema(said: str) -> bool:
    """Meant for schema.org, but another address."""
    return "schema" in said.lower() and host_of(absolute("https://", said)) not in SCHEMA_HOSTS


@check(
    "schema-type-spelling",
    title="A type of the structured data is misspelt",
    tactic=Tactic.T4,
    severity=Severity.MEDIUM,
    says="The structured data calls something “{said}”; schema.org knows “{type}”, and capitals count.",
    source=f"{GUIDE}sd-policies",
    source_name="Google, structured data: case-sensitive values; schema.org",
    grade="A",
    applies=_has_json_ld,
)
def schema_type_spelling(page: Page, context: Context) -> Iterator[Said]:
    """Why: Readers compare types letter by letter. What they do not find, they pass over with all that it holds.

    Fix: Write the type as schema.org does.

    Accept: Each @type is a type of schema.org, in its spelling.
    """
    for block in page.json_ld:
        for said in _types(block.data):
            known = BY_LOWER.get(said.lower())
            if known and said not in TYPES:
                yield fail(said=cut(said, 60), type=known)
                return


def _types(data: Any) -> Iterator[str]:
    """Every @type of a block, as written."""
    waiting, seen = [data], 0
    while waiting and seen < MOST_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            said = node.get("@type")
            yield from (one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str))
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))


def _has_main_entity(page: Page, context: Context) -> bool:
    entity = page.main_entity
    return shareable(page) and page.kind in OBJECTS and entity is not None and bool(_address(page, entity))


def _address(page: Page, entity: Entity) -> str | None:
    """The address that the entity calls its own."""
    for name in ("mainEntityOfPage", "url"):
        said = entity.url(name)
        # "true", an id or a headline stands there as well: that is no address, so none that differs.
        if said and not said.startswith("#") and ADDRESS_SIGNS.search(said) and not BLANK.search(said):
            return absolute(page.base or page.url, said)
    return None


@check(
    "schema-url-match",
    title="Structured data names another address than the page",
    tactic=Tactic.T4,
    severity=Severity.LOW,
    says="The {type} of the structured data calls {said} its address; the page is {address}.",
    causes={"home": "The {type} of the structured data calls the home page, {said}, its address."},
    source=f"{GUIDE}article",
    source_name="Google, Article: mainEntityOfPage; schema.org",
    grade="A",
    applies=_has_main_entity,
    revision=2,
)
def schema_url_match(page: Page, context: Context) -> Iterator[Said]:
    """Why: Readers file what they learn under the address that the data names. Then it helps another page, or none.

    Fix: Let url and mainEntityOfPage hold the canonical address of the page.

    Accept: The main entity's address is the canonical one.
    """
    entity = page.main_entity
    said = _address(page, entity) if entity else None
    if entity is None or said is None or not said.startswith("http"):
        return
    own = [page.url, page.requested_url, page.canonical, page.meta("og:url")]
    if any(same_page(said, absolute(page.url, one)) for one in own if one):
        return
    evidence = {"type": entity.types[0], "said": cut(said), "address": cut(page.canonical or page.url)}
    if is_home(said) and same_site(said, page.url):
        yield warn(cause="home", **evidence)
    elif same_site(said, page.url):
        yield warn(**evidence)


IN_METAS = frozenset({"author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "creator"})
IN_DATA = frozenset({"json-ld author", "microdata author", "rdfa author"})


def _authors(page: Page, places: frozenset[str]) -> list[str]:
    """Names, no addresses and handles."""
    return [
        one.value
        for one in page.declared.get("author", ())
        if one.place in places and not ADDRESS.search(one.value) and any(map(str.isalpha, one.value))
    ]


def _names_authors_twice(page: Page, context: Context) -> bool:
    return is_article(page) and bool(_authors(page, IN_METAS)) and bool(_authors(page, IN_DATA))


@check(
    "authors-agree",
    title="Tags and structured data name different authors",
    tactic=Tactic.T5,
    severity=Severity.LOW,
    says="The tags call {tag} the author, the structured data {data}.",
    source=f"{GUIDE}article",
    source_name="Google, Article: author; the comparison is ours",
    grade="D",
    applies=_names_authors_twice,
)
def authors_agree(page: Page, context: Context) -> Iterator[Said]:
    """Why: Some networks and readers print the one name, others the other. One of the two gets no credit for the work.

    Fix: Let the template fill tags and structured data from one field.

    Accept: Both name the author who stands above the text.
    """
    tags, data = _authors(page, IN_METAS), _authors(page, IN_DATA)
    # A name may be followed by an office, or stand beside those of others.
    if not any(likeness(one, other) >= thresholds.LIKENESS for one in tags for other in data):
        yield warn(tag=cut(tags[0], 60), data=cut(data[0], 60))


@check(
    "private-address",
    title="The page names addresses that nobody outside can open",
    tactic=Tactic.T1,
    severity=Severity.MEDIUM,
    says="{place} names {address}, which only a private network or the developer's own machine can open.",
    source="https://www.rfc-editor.org/rfc/rfc6761",
    source_name="RFC 6761, special-use names; RFC 1918",
    grade="A",
    applies=readable,
    revision=3,
)
def private_address(page: Page, context: Context) -> Iterator[Said]:
    """Why: An address of the development server went live. Whoever follows it, network or reader, finds nothing.

    Fix: Set the public address in the settings of the live site, and search the templates for the private one.

    Accept: No tag of the page names localhost, a private address or an internal name.
    """
    if not is_public(page.url):
        return
    for place, address in _named(page):
        if address.startswith(("http:", "https:")) and not is_public(address):
            yield fail(place=place, address=cut(address))
            return


def _named(page: Page) -> Iterator[tuple[str, str]]:
    """Addresses that checks of their own do not look at: canonical, og:url and og:image have some."""
    yield from ((f"rel={relation.rel[0]}", relation.href) for relation in page.relations
                if relation.rel and relation.href and "canonical" not in relation.rel
                and relation.rel[0] in ("alternate", "icon", "manifest", "amphtml", "shortlink", "next", "prev"))  # fmt: skip
    yield from ((meta.key, meta.value) for meta in page.metas_of("twitter:image", "twitter:url"))
    # Whoever comments gives what address he likes.
    own = (one for one in page.entities if not one.is_a(*CALLING_CARDS))
    yield from ((f"{entity.types[0]}.{name}", said) for entity in own for name in ("url", "logo", "image")
                if (said := entity.url(name)))  # fmt: skip
