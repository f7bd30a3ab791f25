"""Writes the head of a demo page: the tags that link previews and search engines read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from typing import Any

from attrs import frozen

from smocrawl.demo.model import DemoPage

PLAYER_SIZE = (1280, 720)
TYPES = {"article": "article", "product": "product", "video": "video.other", "profile": "profile"}
ROBOTS = "index, follow, max-image-preview:large"


@frozen
class Tag:
    """One ``<meta>`` or ``<link>``."""

    element: str
    attributes: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """What a fault calls it: its property, name or relation, alternates with their media type."""
        rest = dict(self.attributes)
        name = self.attributes[0][1]
        return f"{name}:{rest['type']}" if name == "alternate" and "type" in rest else name


def prop(name: str, content: object) -> Tag:
    return Tag("meta", (("property", name), ("content", str(content))))


def named(name: str, content: object) -> Tag:
    return Tag("meta", (("name", name), ("content", str(content))))


def link(rel: str, href: str, **more: str) -> Tag:
    return Tag("link", (("rel", rel), ("href", href), *more.items()))


def head(page: DemoPage, house: Mapping[str, Any], people: Mapping[str, DemoPage], origin: str) -> tuple[Tag, ...]:
    """The tags in their order, those that a fault drops left out."""
    unwanted = page.facts.get("drop", ())
    tags = (
        *_general(page, house, origin),
        *_graph(page, house, origin),
        *_own(page, house, people, origin),
        *_twitter(page, house, people),
        *_links(page, house, origin),
    )
    return tuple(tag for tag in tags if not any(fnmatch(tag.key, pattern) for pattern in unwanted))


def _general(page: DemoPage, house: Mapping[str, Any], origin: str) -> Iterator[Tag]:
    yield named("description", page.description)
    yield named("robots", "noindex, follow" if page.kind in ("search", "missing") else ROBOTS)
    yield link("canonical", origin + page.path)
    yield named("theme-color", house["theme_colour"])
    yield named("generator", house["generator"])
    if page.kind == "home":
        for service, token in house["verified"].items():
            yield named(service, token)


def _graph(page: DemoPage, house: Mapping[str, Any], origin: str) -> Iterator[Tag]:
    yield prop("og:type", TYPES.get(page.kind, "website"))
    yield prop("og:title", page.title)
    yield prop("og:description", page.description)
    yield prop("og:url", origin + page.path)
    yield prop("og:site_name", house["name"])
    yield prop("og:locale", house["locale"][page.lang])
    for language in page.translations:
        yield prop("og:locale:alternate", house["locale"][language])
    if page.picture:
        yield prop("og:image", origin + page.facts.get("share_picture", page.picture.path))
        yield prop("og:image:type", page.picture.media_type)
        yield prop("og:image:width", page.picture.width)
        yield prop("og:image:height", page.picture.height)
        yield prop("og:image:alt", page.picture_alt)


def _own(page: DemoPage, house: Mapping[str, Any], people: Mapping[str, DemoPage], origin: str) -> Iterator[Tag]:
    """What only pages of this kind say."""
    facts = page.facts
    if page.kind == "article":
        if facts["dated"]:
            yield prop("article:published_time", page.stamp(page.published))
            yield prop("article:modified_time", page.stamp(page.meta_modified))
        if page.author:
            yield prop("article:author", origin + people[page.author].path)
        for tag in page.tags:
            yield prop("article:tag", tag)
        yield named("DC.publisher", house["name"])
    elif page.kind == "product":
        yield prop("product:price:amount", facts["price"])
        yield prop("product:price:currency", "GBP")
        yield prop("product:availability", _spaced(facts["stock"]))
        yield prop("al:ios:url", f"larkfold:/{page.path}")
        yield prop("al:ios:app_store_id", house["app"])
        yield prop("al:ios:app_name", house["name"])
    elif page.kind == "video":
        yield prop("og:video", origin + player_path(page))
        yield prop("og:video:secure_url", origin + player_path(page))
        yield prop("og:video:type", "text/html")
        yield prop("og:video:width", PLAYER_SIZE[0])
        yield prop("og:video:height", PLAYER_SIZE[1])
        for tag in page.tags:
            yield prop("video:tag", tag)


def player_path(page: DemoPage) -> str:
    return page.path.replace("/films/", "/player/", 1)


def _spaced(stock: str) -> str:
    return {"InStock": "in stock", "OutOfStock": "out of stock", "PreOrder": "preorder"}[stock]


def _twitter(page: DemoPage, house: Mapping[str, Any], people: Mapping[str, DemoPage]) -> Iterator[Tag]:
    yield named("twitter:card", "summary_large_image" if page.picture else "summary")
    yield named("twitter:site", house["twitter_site"])
    if page.author and page.author in people:
        yield named("twitter:creator", people[page.author].facts["twitter"])
        yield named("fediverse:creator", people[page.author].facts["fediverse"])


def _links(page: DemoPage, house: Mapping[str, Any], origin: str) -> Iterator[Tag]:
    for language, path in sorted({page.lang: page.path, **page.translations}.items()):
        if page.translations:
            yield link("alternate", origin + path, hreflang=language)
    if page.translations:
        yield link("alternate", origin + page.translations.get("en", page.path), hreflang="x-default")
    if page.lang == "en":
        yield link("alternate", f"{origin}/feed.xml", type="application/rss+xml", title=house["name"])
        yield link("alternate", f"{origin}/feed.atom", type="application/atom+xml", title=house["name"])
        yield link("alternate", f"{origin}/feed.json", type="application/feed+json", title=house["name"])
    else:
        yield link("alternate", f"{origin}/de/feed.xml", type="application/rss+xml", title=f"{house['name']} (Deutsch)")
    if page.kind in ("article", "video"):
        yield link("alternate", f"{origin}{oembed_path(page)}", type="application/json+oembed", title=page.title)
    yield link("icon", "/favicon.ico", sizes="48x48")
    yield link("icon", "/icon.svg", type="image/svg+xml", sizes="any")
    yield link("icon", "/icon-192.png", type="image/png", sizes="192x192")
    yield link("apple-touch-icon", "/apple-touch-icon.png", sizes="180x180")
    yield link("manifest", "/site.webmanifest")


def oembed_path(page: DemoPage) -> str:
    return f"/oembed/{page.path.strip('/').replace('/', '-')}.json"
