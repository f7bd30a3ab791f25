"""Structured data: can machines read it, and does it say what the page is about, completely?"""

from __future__ import annotations

from collections.abc import Iterator

from smocrawl.checks import schema_table, thresholds
from smocrawl.checks.addresses import cut
from smocrawl.checks.applies import NOWHERE, is_article, is_product, of_kind, readable, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.checks.remembering import once_per_page
from smocrawl.checks.schema_table import GUIDE, PRODUCTS, Asked, fullest, kind_types, missing
from smocrawl.page import NOT_MAIN, Entity, JsonLdBlock, Kind, Page

CALLED_NOTHING = "–"
"""Stands in evidence for a value that is not there."""
GENERIC = frozenset({"WebPage", "ItemPage", "AboutPage", "ContactPage", "CollectionPage", "WebPageElement"})
OWN_VIDEO = frozenset({None, "video", "mainEntity", "mainEntityOfPage", "associatedMedia", "subjectOf"})


def has_structured_data(page: Page, context: Context = NOWHERE) -> bool:
    return readable(page) and bool(page.json_ld)


@once_per_page
def own_entities(page: Page) -> tuple[Entity, ...]:
    """Things that the page describes as its own subject, not as a neighbour's or a part of another thing."""
    return tuple(one for one in page.entities if one.parent not in NOT_MAIN and not _is_foreign_syntax(one))


def _is_foreign_syntax(entity: Entity) -> bool:
    return entity.syntax == "microformats"


@once_per_page
def article_entity(page: Page) -> Entity | None:
    """The article's description; with several of them the fullest."""
    return fullest(own_entities(page), schema_table.ARTICLE)


def has_article_entity(page: Page, context: Context = NOWHERE) -> bool:
    return is_article(page) and article_entity(page) is not None


@once_per_page
def product_entity(page: Page) -> tuple[Entity, Asked] | None:
    """The product's description, with what is asked of such a thing."""
    found = [(entity, asked) for asked in PRODUCTS if (entity := fullest(own_entities(page), asked)) is not None]
    return min(found, key=lambda pair: (pair[0].depth, pair[0].order), default=None)


def has_product_entity(page: Page, context: Context = NOWHERE) -> bool:
    return is_product(page) and product_entity(page) is not None


@once_per_page
def video_entity(page: Page) -> Entity | None:
    videos = tuple(one for one in own_entities(page) if one.parent in OWN_VIDEO)
    return fullest(videos, schema_table.VIDEO)


def has_video_entity(page: Page, context: Context = NOWHERE) -> bool:
    return page.kind in (Kind.VIDEO, Kind.ARTICLE) and shareable(page) and video_entity(page) is not None


@check(
    "schema-parse",
    title="Structured data cannot be read",
    tactic=Tactic.T4,
    severity=Severity.MEDIUM,
    says="The block of structured data that begins in line {line} cannot be read: {error}, counted from there. "
    "Unreadable blocks on this page: {blocks} of {of}.",
    warns="The block of structured data that begins in line {line} is readable only for tolerant programs, for it is "
    "wrapped in a comment or CDATA marks.",
    source="https://github.com/mastodon/mastodon/blob/main/app/lib/link_details_extractor.rb",
    source_name="Mastodon, link_details_extractor.rb (skips broken blocks)",
    grade="A",
    applies=has_structured_data,
    platforms=("google-discover", "mastodon", "pinterest"),
    revision=2,
)
def schema_parse(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: A program that meets a slip in this block throws the whole block away. Headline, author, price or date
    are then missing from the results and cards that are built from it.

    Fix: Correct the JSON at the place named, best in the plugin or template that prints it. Line breaks and
    quotation marks inside texts must be escaped.

    Accept: Every block of structured data on the page parses as JSON.
    """
    faulty = [block for block in page.json_ld if block.error]
    broken = [block for block in faulty if not _is_wrapped(block)]
    for block in (broken or faulty)[:1]:
        say = fail if broken else warn
        yield say(
            line=block.line or 1, error=cut(block.error or ""), blocks=len(broken or faulty), of=len(page.json_ld)
        )


def _is_wrapped(block: JsonLdBlock) -> bool:
    """Sound JSON inside a comment, CDATA marks or a closing semicolon, which tolerant readers take off."""
    return block.lenient and (block.error or "").startswith(("Expecting value", "Extra data"))


@check(
    "schema-main-type",
    title="Structured data does not say what the page is",
    tactic=Tactic.T4,
    severity=Severity.HIGH,
    says="The page is one of the kind “{kind}”, but its structured data does not say so; {wanted} is the type for it.",
    warns="The structured data calls this a web page ({found}) and no more; {wanted} is the type for a page of the "
    "kind “{kind}”.",
    source=f"{GUIDE}search-gallery",
    source_name="Google Search: structured data that it supports",
    grade="A",
    applies=of_kind(*schema_table.USUAL_TYPE),
    kinds=tuple(schema_table.USUAL_TYPE),
    platforms=("google-discover", "pinterest", "mastodon"),
    effort="template",
    revision=2,
)
def schema_main_type(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Search results, Pinterest and Mastodon show a price, an author or a date only when the page says in a form
    for machines that it is a product, an article, an event. Without it they have to guess from the text.

    Fix: Print a JSON-LD block with the type named above in the template for this kind of page, filled from the same
    fields as the visible text.

    Accept: The page's structured data holds a top-level entry of the type named above.
    """
    if any(block.error and block.data is None for block in page.json_ld):
        yield NOT_APPLICABLE
        return
    types = [name for one in own_entities(page) for name in one.types]
    if page.main_entity is not None or set(types) & set(kind_types(page.kind)):
        return
    if page.sharing.app_shell:
        yield unmeasured(Reason.SCRIPT)
        return
    wanted = schema_table.USUAL_TYPE[page.kind]
    generic = sorted(set(types) & GENERIC)
    yield (
        warn(kind=page.kind.value, wanted=wanted, found=generic[0])
        if generic
        else fail(kind=page.kind.value, wanted=wanted)
    )


@check(
    "article-schema",
    title="The article's structured data is incomplete",
    tactic=Tactic.T4,
    severity=Severity.MEDIUM,
    says="The article's structured data gives {given} of {asked} particulars; missing: {missing}.",
    source=schema_table.ARTICLE.source,
    source_name="Google Search: Article",
    grade="A",
    applies=has_article_entity,
    kinds=(Kind.ARTICLE,),
    platforms=("google-discover", "mastodon"),
    revision=2,
)
def article_schema(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Google Discover, search results and Mastodon take headline, picture, dates and author of an article from
    here. What is missing is left out, or guessed from the page and sometimes guessed wrong.

    Fix: Fill the missing properties from the fields in which the editors already enter them: headline, image,
    datePublished, dateModified, and author with name and url.

    Accept: The article's structured data states all six properties.
    """
    entity = article_entity(page)
    if entity is None:
        return
    asked = schema_table.ARTICLE.required
    absent = missing(entity, asked)
    if "image" not in absent and _is_small(entity, context):  # Stated, but too small to be shown.
        absent = (*absent, f"image (≥ {thresholds.ARTICLE_IMAGE_AREA} px)")
    given = len(asked) - len(absent)
    if absent:
        say = warn if given >= thresholds.ARTICLE_FAIR else fail
        yield say(given=given, asked=len(asked), missing=", ".join(absent))


def _is_small(entity: Entity, context: Context) -> bool:
    """Every picture of known size is below what Google shows."""
    areas = [area for image in _pictures(entity, context) if (area := image) is not None]
    return bool(areas) and max(areas) < thresholds.ARTICLE_IMAGE_AREA


def _pictures(entity: Entity, context: Context) -> Iterator[int | None]:
    for value in entity.values("image"):
        address = (value.url("url") or value.url("contentUrl")) if isinstance(value, Entity) else str(value)
        facts = context.images.get(address or "")
        if facts is not None and facts.width and facts.height:
            yield facts.width * facts.height
        elif isinstance(value, Entity):
            width, height = value.text("width") or "", value.text("height") or ""
            known = width.isdecimal() and height.isdecimal() and len(width + height) < 12
            yield int(width) * int(height) or None if known else None


@check(
    "product-schema",
    title="The product's structured data is incomplete",
    tactic=Tactic.T4,
    severity=Severity.HIGH,
    says="The product's structured data lacks {missing}; {consumer} need it for price and picture.",
    warns="The product's structured data has name, picture and offer, but none of {missing}.",
    source=schema_table.PRODUCT.source,
    source_name="Google Search: Product",
    grade="A",
    applies=has_product_entity,
    kinds=(Kind.PRODUCT,),
    platforms=("google-discover", "pinterest", "facebook"),
)
def product_schema(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Pinterest and Google show price, stock and picture beside a product only when all of them are in its
    structured data. A pin without a price is only a picture.

    Fix: Complete the product's entry: name, image, and an offer with price, priceCurrency and availability. Add
    brand, sku or gtin and, where there are any, the ratings.

    Accept: The product's structured data states every property named above.
    """
    found = product_entity(page)
    if found is None:
        return
    entity, asked = found
    required = tuple(one for one in asked.required if not (one.startswith("offers.") and _is_quote_only(page, entity)))
    if absent := missing(entity, required):
        yield fail(missing=", ".join(absent), consumer=asked.consumer)
    elif len(extras := missing(entity, asked.recommended)) == len(asked.recommended):
        yield warn(missing=", ".join(extras), consumer=asked.consumer)


def _is_quote_only(page: Page, entity: Entity) -> bool:
    """Goods without any price, sold on request."""
    priced = (
        page.text.visible_prices or page.sharing.add_to_cart or page.meta("product:price:amount", "og:price:amount")
    )
    return not priced and not entity.values("offers")


@check(
    "video-schema",
    title="The video's structured data is incomplete",
    tactic=Tactic.T4,
    severity=Severity.MEDIUM,
    says="The video's structured data lacks {missing}, without which it is not shown as a video.",
    warns="The video's structured data has what is required, but lacks {missing}.",
    source=schema_table.VIDEO.source,
    source_name="Google Search: VideoObject",
    grade="A",
    applies=has_video_entity,
    kinds=(Kind.VIDEO, Kind.ARTICLE),
    platforms=("google-discover",),
)
def video_schema(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Search and Discover show a video with still, length and date only when its entry states them. Otherwise the
    page appears as plain text.

    Fix: State name, thumbnailUrl and uploadDate of the video, and besides description, duration and contentUrl or
    embedUrl.

    Accept: The video's entry has the three required properties and at least two of the others.
    """
    entity = video_entity(page)
    if entity is None:
        return
    asked = schema_table.VIDEO
    if absent := missing(entity, asked.required):
        yield fail(missing=", ".join(absent))
        return
    extras = missing(entity, asked.recommended)
    if len(asked.recommended) - len(extras) < thresholds.VIDEO_EXTRAS:
        yield warn(missing=", ".join(extras))
