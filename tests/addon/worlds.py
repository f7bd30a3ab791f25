"""The sites of the example projects: pages of the shape that their spiders know, with and without share tags."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache

from PIL import Image
from serving import Answer, moved

WORDS = "Plain words about one thing and another, so that a reader finds something to read here. " * 8


def document(title: str, body: str, *, head: str = "", lang: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def quotes() -> Mapping[str, Answer | str]:
    """Three pages of quotes; no share tags at all."""
    pages: dict[str, Answer | str] = {"/robots.txt": Answer("User-agent: *\nDisallow: /private\n", type="text/plain")}
    for number in (1, 2, 3):
        rows = "".join(
            f'<div class="quote"><span class="text">Wit {number}.{row}</span><small>Author {row}</small></div>'
            for row in range(5)
        )
        after = f'<ul><li class="next"><a href="/page/{number + 1}/">Next</a></li></ul>' if number < 3 else ""
        form = '<form action="/search" method="post"><input name="q"></form>'
        title = "Quotes" if number == 1 else f"Quotes, page {number}"
        pages["/" if number == 1 else f"/page/{number}/"] = document(title, f"<h1>Quotes</h1>{rows}{after}{form}")
    pages["/?utm_source=again"] = pages["/"]
    return pages


@cache
def picture(side: int) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (2 * side, side), (200, 30, 30)).save(written, "PNG")
    return written.getvalue()


def shop() -> Mapping[str, Answer | str]:
    """A list of six products in two pages, each product with a picture and an og:image, some tags missing."""
    pages: dict[str, Answer | str] = {"/robots.txt": Answer("User-agent: Twitterbot\nDisallow: /\n", type="text/plain")}
    for part in (1, 2):
        links = "".join(
            f'<article class="product_pod"><a href="/product-{number}.html">Product {number}</a></article>'
            for number in range(3 * part - 2, 3 * part + 1)
        )
        nav = '<nav><a href="/index.html">1</a><a href="/page-2.html">2</a></nav>'
        pages["/index.html" if part == 1 else "/page-2.html"] = document(f"Shop {part}", nav + links)
    for number in range(1, 7):
        head = f'<meta property="og:image" content="/picture-{number}.png"><meta property="og:title" content="Product">'
        body = f'<h1>Product {number}</h1><p class="price">£{number * 10}.00</p><img src="/picture-{number}.png"><p>{WORDS}</p>'
        pages[f"/picture-{number}.png"] = Answer(picture(300), type="image/png")
        pages[f"/product-{number}.html"] = document(f"Product {number}", body, head=head)
    return pages


def news(host: str) -> Mapping[str, Answer | str]:
    """Stories that a sitemap lists: one moved, one gone."""
    addresses = "".join(f"<url><loc>http://{host}/story/{name}</loc></url>" for name in ("a", "b", "old", "gone"))
    head = '<meta property="og:title" content="A story"><meta property="og:type" content="article">'
    body = f"<main><article><h1>Story {{}}</h1><p>{WORDS}</p></article></main>"
    return {
        "/robots.txt": Answer(f"Sitemap: http://{host}/sitemap.xml\n", type="text/plain"),
        "/sitemap.xml": Answer(
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{addresses}</urlset>', type="application/xml"
        ),
        "/story/a": document("Story A", body.format("A"), head=head),
        "/story/b": document("Story B", body.format("B"), head=head),
        "/story/c": document("Story C", body.format("C"), head=head),
        "/story/old": moved("/story/c"),
    }
