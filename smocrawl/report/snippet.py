"""The head that a page could have, built from nothing but its own facts; what is missing is marked, not invented."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from smocrawl.page import Kind, Meta, Page
from smocrawl.platforms.addresses import joined
from smocrawl.platforms.base import ImageFacts
from smocrawl.report import safe

LARGE = 600
"""Least width of a page's own picture that is offered as share image (Facebook: large card from 600 pixels)."""


def N_(text: str) -> str:  # noqa: N802 - the name that marks a text for translation
    return text


TO_DO = N_("TODO")
DATE_TO_DO = N_("article:published_time: date and time with zone, as 2026-11-21T09:00:00+01:00")

OG_TYPES: Mapping[Kind, str] = {Kind.ARTICLE: "article", Kind.PRODUCT: "product", Kind.VIDEO: "video.other",
                                Kind.PROFILE: "profile"}  # fmt: skip
SCHEMA_TYPES: Mapping[Kind, str] = {Kind.ARTICLE: "Article", Kind.PRODUCT: "Product", Kind.VIDEO: "VideoObject",
                                    Kind.EVENT: "Event", Kind.HOME: "WebSite"}  # fmt: skip


@frozen
class SnippetLine:
    """One line; change is ``+`` (new), ``-`` (goes), ``?`` (to be written by you) or empty (stays)."""

    change: str
    text: str
    key: str = ""
    """The name that it declares: ``og:title``, ``canonical`` …"""


@frozen
class Wanted:
    """A tag that the head should hold; value None = the page does not say."""

    key: str
    value: str | None
    todo: str = ""
    attribute: str = "property"


def snippet(
    page: Page, pictures: Mapping[str, ImageFacts] | None = None, say: Callable[[str], str] = str
) -> tuple[SnippetLine, ...]:
    """One block in the order canonical, Open Graph, article or product, Twitter, fediverse, JSON-LD.

    *say* translates what is left for people to write.
    """
    known = pictures or {}
    return tuple(line for tag in wanted(page, known) for line in _lines(page, tag, say)) + tuple(_json_ld(page, known))


def about(check: str, lines: tuple[SnippetLine, ...]) -> tuple[SnippetLine, ...]:
    """The lines of which *check* speaks, by the parts of its id; empty for a check that is not about the head."""
    subject = next((keys for start, keys in SUBJECTS.items() if check.startswith(start)), ())
    return tuple(line for line in lines if line.key.startswith(subject)) if subject else ()


SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "og-image": ("og:image",), "og-title": ("og:title",), "og-description": ("og:description",),
    "og-url": ("og:url", "canonical"), "og-type": ("og:type",), "og-site": ("og:site_name",), "og-locale": ("og:locale",),
    "twitter-card": ("twitter:card",), "twitter-image": ("twitter:image", "og:image"), "canonical": ("canonical",),
    "article-": ("article:", "json-ld"), "date-": ("article:",), "fediverse": ("fediverse:",), "schema-": ("json-ld",),
    "product-": ("product:", "json-ld"), "meta-description": ("description",), "description": ("description", "og:description"),
    "image-dimensions": ("og:image",), "duplicate-image": ("og:image",),
}  # fmt: skip
"""What a check is about, by the beginning of its id: the keys of the lines that would mend it."""


# -- what the head should hold ---------------------------------------------------------------------


def wanted(page: Page, pictures: Mapping[str, ImageFacts]) -> Iterator[Wanted]:
    """The tags in the order in which they are written, with the values that the page itself gives."""
    yield Wanted("canonical", page.canonical or page.url, attribute="link")
    description = page.meta("description", "og:description", "twitter:description")
    yield Wanted("description", description, N_("description: one or two sentences on this page"), "name")
    yield Wanted("og:type", page.meta("og:type") or OG_TYPES.get(page.kind, "website"))
    yield Wanted("og:site_name", _site_name(page), N_("og:site_name: the name of the site"))
    yield Wanted("og:title", page.meta("og:title") or _headline(page), N_("og:title: the headline of this page"))
    yield Wanted(
        "og:description", page.meta("og:description") or description, N_("og:description: why to click, in a sentence")
    )
    yield Wanted("og:url", page.canonical or page.url)
    yield from _image(page, pictures)
    if locale := page.meta("og:locale") or _locale(page.lang):
        yield Wanted("og:locale", locale)
    yield from _of_kind(page)
    yield Wanted("twitter:card", _twitter_card(page, pictures), attribute="name")
    for key in ("twitter:site", "twitter:creator", "fediverse:creator"):
        if value := page.meta(key):
            yield Wanted(key, value, attribute="name")


def _image(page: Page, pictures: Mapping[str, ImageFacts]) -> Iterator[Wanted]:
    image = _share_image(page, pictures)
    stays = image == _stated_image(page)
    yield Wanted("og:image", image, N_("og:image: a picture of this page, 1200 × 630 pixels, as https URL"))
    if image is None:
        return
    facts = pictures.get(image)
    width = (page.meta("og:image:width") if stays else None) or (str(facts.width) if facts and facts.width else None)
    height = (page.meta("og:image:height") if stays else None) or (
        str(facts.height) if facts and facts.height else None
    )
    if width and height:
        yield Wanted("og:image:width", width)
        yield Wanted("og:image:height", height)
    elif not stays and page.meta("og:image:width", "og:image:height"):
        yield Wanted("og:image:width", None, N_("og:image:width: of the new picture, in pixels"))
        yield Wanted("og:image:height", None, N_("og:image:height: of the new picture, in pixels"))
    alt = (page.meta("og:image:alt", "twitter:image:alt") if stays else None) or _alt(page, image)
    yield Wanted("og:image:alt", alt, N_("og:image:alt: what the picture shows"))


def _stated_image(page: Page) -> str | None:
    """Whole, however it is written: most networks complete no address."""
    written = page.meta("og:image", "og:image:url", "twitter:image") or (
        page.main_entity.url("image") if page.main_entity else None
    )
    return joined(page.base or page.url, written) if written else None


def _share_image(page: Page, pictures: Mapping[str, ImageFacts]) -> str | None:
    """The stated one, unless it was asked for and is none; then the largest of the page's own."""
    stated = _stated_image(page)
    facts = pictures.get(stated) if stated else None
    if (
        stated
        and not _is_svg(stated)
        and (facts is None or facts.is_fine or (facts.status is None and not facts.error))
    ):
        return stated
    large = [
        image for image in page.images
        if image.src and not _is_svg(image.largest or image.src) and (image.largest_width or image.width or 0) >= LARGE and (not stated or stated not in (image.src, image.largest))
    ]  # fmt: skip
    best = max(large, key=lambda image: image.largest_width or image.width or 0, default=None)
    return (best.largest or best.src) if best else None


def _is_svg(url: str) -> bool:
    """By its name: no network takes a drawing as share image (Facebook: JPEG, PNG, GIF or WebP)."""
    return url.partition("?")[0].lower().endswith((".svg", ".svgz"))


def _alt(page: Page, url: str) -> str | None:
    return next((image.alt for image in page.images if url in (image.src, image.largest) and image.alt), None)


def _headline(page: Page) -> str | None:
    entity = page.main_entity
    stated = (entity.text("headline") or entity.text("name")) if entity and page.kind is not Kind.HOME else None
    # The headline of a home page greets or sells ("Open source", "Welcome"); its title says whose page it is.
    heads = (page.title, page.h1) if page.kind is Kind.HOME else (page.h1, page.title)
    return stated or heads[0] or heads[1] or None


def _site_name(page: Page) -> str | None:
    sites = page.entities_of("WebSite", "Organization")
    return page.meta("og:site_name", "application-name") or next(
        (name for one in sites if (name := one.text("name"))), None
    )


def _locale(lang: str | None) -> str | None:
    """``en_GB`` of ``en-GB``; a language without a region says too little."""
    parts = (lang or "").replace("_", "-").split("-")
    return f"{parts[0].lower()}_{parts[1].upper()}" if len(parts) == 2 and len(parts[1]) == 2 else None


def _of_kind(page: Page) -> Iterator[Wanted]:
    if page.kind is Kind.ARTICLE:
        for key, name in (("article:published_time", "published"), ("article:modified_time", "modified")):
            value = _date(page, name)
            if value or name == "published":
                yield Wanted(key, value, DATE_TO_DO)
    if page.kind is Kind.PRODUCT and (offer := next(iter(page.entities_of("Offer")), None)):
        price, currency = offer.text("price"), offer.text("priceCurrency")
        if price and currency:
            yield Wanted("product:price:amount", price)
            yield Wanted("product:price:currency", currency)


def _date(page: Page, name: str) -> str | None:
    return next((one.value for one in page.declared.get(name, ()) if one.value[:4].isdigit()), None)


def _twitter_card(page: Page, pictures: Mapping[str, ImageFacts]) -> str:
    said = page.meta("twitter:card")
    return said if said in ("player", "app") else "summary_large_image" if _share_image(page, pictures) else "summary"


# -- against the head of today ---------------------------------------------------------------------


def _lines(page: Page, tag: Wanted, say: Callable[[str], str]) -> Iterator[SnippetLine]:
    today = list(_canonicals(page)) if tag.attribute == "link" else list(_today(page, tag))
    if tag.value is None:
        yield from (SnippetLine("-", text, tag.key) for text in today)
        yield SnippetLine("?", f"<!-- {say(TO_DO)}: {say(tag.todo)} -->", tag.key)
        return
    new = _tag(tag.attribute, tag.key, tag.value)
    yield from (SnippetLine("-", text, tag.key) for text in dict.fromkeys(today) if text != new)
    yield SnippetLine("" if new in today else "+", new, tag.key)


def _today(page: Page, tag: Wanted) -> Iterator[str]:
    """The tags of this key as they are written now; a list of images is left alone but for the first."""
    metas: list[Meta] = [meta for meta in page.metas_of(tag.key) if meta.in_head]
    repeated = tag.key.startswith("og:image")
    for meta in metas[:1] if repeated else metas:
        attribute = "property" if meta.prop else "name" if meta.name else "itemprop"
        yield _tag(attribute, tag.key, meta.value)


def _canonicals(page: Page) -> Iterator[str]:
    for relation in page.related("canonical"):
        if not relation.in_header:
            yield _tag("link", "canonical", relation.href or relation.raw_href)


def _tag(attribute: str, key: str, value: str) -> str:
    text = html.escape(safe.cut(value))
    if attribute == "link":
        return f'<link rel="{key}" href="{text}">'
    return f'<meta {attribute}="{key}" content="{text}">'


# -- structured data -------------------------------------------------------------------------------


def _json_ld(page: Page, pictures: Mapping[str, ImageFacts]) -> Iterator[SnippetLine]:
    kind = SCHEMA_TYPES.get(page.kind)
    if kind is None or page.main_entity is not None or page.has_entity(kind):
        return
    facts = {"@context": "https://schema.org", "@type": kind, **dict(_about(page, kind, pictures))}
    text = json.dumps(facts, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    for line in ('<script type="application/ld+json">', *text.splitlines(), "</script>"):
        yield SnippetLine("+", line, "json-ld")


def _about(page: Page, kind: str, pictures: Mapping[str, ImageFacts]) -> Iterator[tuple[str, object]]:
    name = page.meta("og:title") or _headline(page)
    if kind == "WebSite":
        name = _site_name(page) or name
    yield "url", safe.cut(page.canonical or page.url)
    if name:
        yield "headline" if kind == "Article" else "name", safe.cut(name)
    if image := _share_image(page, pictures):
        yield "image", safe.cut(image)
    if kind != "Article":
        return
    for key, field in (("datePublished", "published"), ("dateModified", "modified")):
        if value := _date(page, field):
            yield key, safe.cut(value, 40)
    if author := _author(page):
        yield "author", author


def _author(page: Page) -> dict[str, str] | None:
    stated = next((one.value for one in page.declared.get("author", ()) if not one.value.startswith("http")), None)
    name = page.sharing.byline or stated
    if not name:
        return None
    facts = {"@type": "Person", "name": safe.cut(name, 120)}
    return {**facts, "url": safe.cut(page.sharing.byline_url)} if page.sharing.byline_url else facts
