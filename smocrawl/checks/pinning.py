"""Pinterest: may the page be pinned, is there a picture for it, and are the facts of the pin complete?"""

from __future__ import annotations

from collections.abc import Iterator

from smocrawl.checks import sources, thresholds
from smocrawl.checks.applies import has_open_graph, of_kind, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.checks.pictures import facts_of, measured_size, share_image
from smocrawl.page import MAIN_TYPES, Area, Entity, Image, Kind, Page

PINNING_AUDIENCES = frozenset({"visual", "ecommerce"})


@check(
    "pin-allowed",
    title="The page forbids saving to Pinterest",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The page forbids Pinterest to save any of its pictures (nopin).",
    warns="The page's main picture is closed to Pinterest (data-pin-nopin).",
    source=sources.PINTEREST_NOPIN,
    grade="A",
    platforms=("pinterest",),
    kinds=(Kind.PRODUCT, Kind.ARTICLE, Kind.LISTING),
    applies=shareable,
    revision=2,
)
def pin_allowed(page: Page, context: Context) -> Iterator[Said]:
    """Why: A pin brings readers for years. A page that forbids pinning gets none.

    Fix: Remove nopin, unless the licence of the pictures asks for it.

    Accept: Pinterest's own button offers the page's main picture.
    """
    if any("nopin" in meta.value.lower() for meta in page.metas_of("pinterest")):
        yield fail()
        return
    shared = share_image(page)
    shown = [image for image in page.images if image.area is Area.MAIN and _is_picture(image)]
    if any(image.nopin and image.src == shared for image in page.images) or (shown and all(one.nopin for one in shown)):
        yield warn()


def _is_picture(image: Image) -> bool:
    """No blank, counter or icon, as far as the page tells."""
    sides = (image.width, image.height)
    return (
        bool(image.src)
        and not image.src.startswith("data:")
        and all(side is None or side > thresholds.PIN_ICON for side in sides)
    )


def _for_pinners(page: Page, context: Context) -> bool:
    return context.audience.base in PINNING_AUDIENCES and shareable(page)


@check(
    "pin-image",
    title="The page has no picture that suits Pinterest",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="No picture of the page is {least} pixels wide; the widest has {width}.",
    warns="No picture of the page is tall (2:3); Pinterest shows such pictures largest.",
    source=sources.PINTEREST_CREATIVE,
    grade="C",
    platforms=("pinterest",),
    kinds=(Kind.PRODUCT, Kind.ARTICLE),
    applies=_for_pinners,
    owner="editor",
    effort="page",
)
def pin_image(page: Page, context: Context) -> Iterator[Said]:
    """Why: Pinterest is a wall of tall pictures. Wide ones get a third of the room there.

    Fix: Add a picture of 1000×1500 pixels to the page.

    Accept: The page holds a tall picture (2:3) of 1000×1500 pixels or more.
    """
    sizes = list(_sizes(page, context))
    known = [size for size in sizes if size is not None]
    if any(_is_tall(width, height) for width, height in known):
        return
    widest = max((width for width, _ in known), default=0)
    if widest >= thresholds.PIN_WIDTH:
        yield warn()
    elif None in sizes or not sizes:
        yield unmeasured(Reason.OFF) if sizes else NOT_APPLICABLE
    else:
        yield fail(width=widest, least=thresholds.PIN_WIDTH)


def _sizes(page: Page, context: Context) -> Iterator[tuple[int, int] | None]:
    """Of the share image and of the pictures in the content; None = unknown."""
    if share_image(page):
        yield measured_size(facts_of(page, context))
    for image in page.images:
        if image.area is Area.MAIN:
            yield measured_size(context.images.get(image.src))


def _is_tall(width: int, height: int) -> bool:
    least_width, least_height = thresholds.PIN_TALL
    return width >= least_width and height >= least_height and width / height <= thresholds.PIN_TALL_RATIO


@check(
    "pin-rich-data",
    title="Pinterest lacks facts for a rich pin",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="For a rich pin the page does not state: {missing}.",
    source=sources.PINTEREST,
    grade="A",
    platforms=("pinterest",),
    applies=of_kind(Kind.ARTICLE, Kind.PRODUCT),
    revision=2,
)
def pin_rich_data(page: Page, context: Context) -> Iterator[Said]:
    """Why: Rich pins show headline and author, or price and stock, and follow the page when they change.

    Fix: State the missing facts in Open Graph tags or in the page's Article or Product markup.

    Accept: Pinterest's validator shows the page as a rich pin.
    """
    required, wanted = _article_facts(page) if page.kind is Kind.ARTICLE else _product_facts(page)
    missing = [name for name, value in required.items() if not value]
    lacking = [name for name, value in wanted.items() if not value]
    if "og:title" in missing and not has_open_graph(page):
        # No share tags at all: og-title and og-image say so.
        yield NOT_APPLICABLE
    elif missing:
        yield fail(missing=", ".join(missing))
    elif lacking:
        yield warn(missing=", ".join(lacking))


Facts = dict[str, str | None]


def _article_facts(page: Page) -> tuple[Facts, Facts]:
    node = _node(page, Kind.ARTICLE)
    is_article = page.meta("og:type") if (page.meta("og:type") or "").lower() == "article" else None
    required = {
        "og:type article": is_article or (node.types[0] if node else None),
        "og:title": page.meta("og:title") or _text(node, "headline", "name"),
        "og:description": page.meta("og:description") or _text(node, "description"),
    }
    wanted = {
        "article:published_time": page.meta("article:published_time") or _text(node, "datePublished"),
        "article:author": page.meta("article:author", "author") or _text(node, "author", "creator"),
    }
    return required, wanted


def _product_facts(page: Page) -> tuple[Facts, Facts]:
    node = _node(page, Kind.PRODUCT)
    offers = [*node.entities("offers"), *_variant_offers(node)] if node else []
    offers += [
        inner for offer in offers for inner in (*offer.entities("offers"), *offer.entities("priceSpecification"))
    ]
    required = {
        "og:title": page.meta("og:title") or _text(node, "name"),
        "product:price:amount": page.meta("product:price:amount", "og:price:amount")
        or _first(offers, "price", "lowPrice"),
        "product:price:currency": page.meta("product:price:currency", "og:price:currency")
        or _first(offers, "priceCurrency"),
    }
    wanted = {
        "product:availability": page.meta("product:availability", "og:availability") or _first(offers, "availability")
    }
    return required, wanted


def _variant_offers(node: Entity) -> Iterator[Entity]:
    for variant in node.entities("hasVariant"):
        yield from variant.entities("offers")


def _node(page: Page, kind: Kind) -> Entity | None:
    if page.main_entity is not None:
        return page.main_entity
    return next(iter(page.entities_of(*MAIN_TYPES[kind])), None)


def _text(node: Entity | None, *names: str) -> str | None:
    return next((text for name in names if (text := node.text(name))), None) if node else None


def _first(entities: list[Entity], *names: str) -> str | None:
    return next((text for entity in entities if (text := _text(entity, *names))), None)
