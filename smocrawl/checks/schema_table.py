"""Which properties each consumer of structured data asks for, by schema.org type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from smocrawl.page import ARTICLE_TYPES, MAIN_TYPES, Entity, Kind

GUIDE = "https://developers.google.com/search/docs/appearance/structured-data/"


@frozen(kw_only=True)
class Asked:
    """What one consumer asks of one kind of thing.

    A property is written as a path (``offers.price``); alternatives are separated by blanks, and the
    first is the name that a finding shows.
    """

    types: tuple[str, ...]
    required: tuple[str, ...]
    recommended: tuple[str, ...] = ()
    consumer: str
    source: str


ARTICLE = Asked(
    types=ARTICLE_TYPES,
    # Google requires none of them and recommends all; Mastodon reads headline, image and author as well.
    required=(
        "headline name",
        "image thumbnailUrl",
        "datePublished",
        "dateModified",
        "author.name creator.name",
        "author.url author.sameAs author.@id creator.url creator.sameAs",
    ),
    consumer="Google Search",
    source=f"{GUIDE}article",
)

PRODUCT = Asked(
    types=("Product", "Vehicle", "Car"),
    required=(
        "name",
        "image",
        "offers.price offers.lowPrice offers.priceSpecification.price offers.offers.price",
        "offers.priceCurrency offers.priceSpecification.priceCurrency offers.offers.priceCurrency",
        # An aggregate of several shops' offers has no availability of its own.
        "offers.availability offers.offers.availability offers.lowPrice",
    ),
    recommended=("brand manufacturer", "sku gtin gtin8 gtin12 gtin13 gtin14 mpn isbn", "aggregateRating review"),
    consumer="Google Search, Pinterest",
    source=f"{GUIDE}merchant-listing",
)

PRODUCT_GROUP = Asked(
    types=("ProductGroup",),
    required=(
        "name",
        "image hasVariant.image",
        "hasVariant.offers.price offers.price offers.lowPrice hasVariant.offers.priceSpecification.price",
        "hasVariant.offers.priceCurrency offers.priceCurrency hasVariant.offers.priceSpecification.priceCurrency",
        "hasVariant.offers.availability offers.availability offers.lowPrice",
    ),
    recommended=("brand hasVariant.brand", "productGroupID hasVariant.sku hasVariant.gtin", "aggregateRating review"),
    consumer="Google Search",
    source=f"{GUIDE}product-variants",
)

SOFTWARE = Asked(
    types=("SoftwareApplication", "MobileApplication", "WebApplication"),
    required=("name", "offers.price offers.lowPrice offers.priceSpecification.price isAccessibleForFree"),
    recommended=("aggregateRating review", "applicationCategory", "operatingSystem"),
    consumer="Google Search",
    source=f"{GUIDE}software-app",
)

VIDEO = Asked(
    types=("VideoObject",),
    required=("name headline", "thumbnailUrl thumbnail image", "uploadDate"),
    recommended=("description", "duration", "contentUrl embedUrl"),
    consumer="Google Search",
    source=f"{GUIDE}video",
)

PROFILE = Asked(
    types=("Person", "Organization"),
    required=("name",),
    recommended=("image logo", "sameAs url", "description", "interactionStatistic agentInteractionStatistic"),
    consumer="Google Search",
    source=f"{GUIDE}profile-page",
)

PRODUCTS = (PRODUCT, PRODUCT_GROUP, SOFTWARE)

USUAL_TYPE = {
    Kind.ARTICLE: "Article",
    Kind.PRODUCT: "Product",
    Kind.VIDEO: "VideoObject",
    Kind.EVENT: "Event",
    Kind.PROFILE: "ProfilePage",
    Kind.FORUM: "DiscussionForumPosting",
}
"""For each kind the type to name to an owner who has none."""

KNOWN_PLACES = (
    "LocalBusiness", "SoftwareApplication", "FAQPage", "Course", "Dataset", "JobPosting", "Recipe", "MusicGroup",
    "MusicAlbum", "MusicRecording", "PodcastEpisode", "PodcastSeries",
)  # fmt: skip
"""Types that say what a page is about whatever kind it was taken for."""


def kind_types(kind: Kind) -> tuple[str, ...]:
    return (*MAIN_TYPES.get(kind, ()), *KNOWN_PLACES)


def missing(entity: Entity, properties: tuple[str, ...]) -> tuple[str, ...]:
    """The first names of those *properties* that the entity does not state."""
    return tuple(one.split()[0] for one in properties if not any(map(str.strip, states(entity, one))))


def states(entity: Entity, alternatives: str) -> Iterator[str]:
    """Every value, as text, at the end of any of the paths."""
    for path in alternatives.split():
        yield from _at(entity, path)


def _at(entity: Entity, path: str) -> Iterator[str]:
    name, _, rest = path.partition(".")
    if name == "@id":
        yield entity.id or ""
    for value in entity.values(name):
        yield from _ends(value, rest)


def _ends(value: Any, rest: str) -> Iterator[str]:
    if isinstance(value, Entity):
        # A bare reference to a thing described elsewhere states more than this page shows.
        bare = not value.properties and bool(value.id)
        yield from [value.id or ""] if bare else _at(value, rest) if rest else [value_text(value)]
    elif rest in ("", "name"):
        # An author written as a plain name is a name; of a plain price nothing more can be asked.
        yield str(value)
    elif rest == "url" and str(value).startswith(("http://", "https://")):
        yield str(value)


def value_text(entity: Entity) -> str:
    """Something to show for a thing: its name or address, else that it has properties at all."""
    said = next((entity.text(name) for name in ("name", "url", "contentUrl") if entity.text(name)), None)
    return said or entity.id or next(iter(entity.properties), "")


def fullest(entities: tuple[Entity, ...], asked: Asked) -> Entity | None:
    """Of several descriptions of the same page (two plugins, two syntaxes) the one that states most."""
    known = [one for one in entities if one.is_a(*asked.types)]
    if len(known) < 2:
        return known[0] if known else None
    every = (*asked.required, *asked.recommended)
    return min(known, key=lambda one: len(missing(one, every)), default=None)
