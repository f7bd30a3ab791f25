"""Values that no parser likes: every platform draws, or says why not, and every check answers."""

from __future__ import annotations

import json

import pytest

from smocrawl import review
from smocrawl.checks.base import Reason

DATES = (
    "Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "Mon, 01 Jan 2020 00:00:00 +9999999999999999999999999",
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "99999-01-01", "2020-02-30T25:61:61Z", "²⁰²⁰-01-01", "1e999",
)  # fmt: skip
ADDRESSES = (
    "http://[::1", "//[x]/", "http://a:99999999/", "http://a:²/", "http://\u2100.com/", "http://ex ample/", "http:///x",
    "http://%zz/", "http://xn--/", "http://a/\udc00", "//", "?", "/" * 3_000,
    "https://site.example/a?" + "a=https://" * 800,
)  # fmt: skip
NUMBERS = ("9" * 5_000, "-1", "1e400", "NaN", "²", "٣", "1_000", "0x10")

PROPERTIES = (
    "article:published_time", "article:modified_time", "og:updated_time", "date", "og:url", "og:image", "og:video",
    "og:image:width", "og:image:height", "og:video:width", "twitter:image", "twitter:player", "twitter:player:width",
    "article:author", "article:publisher", "fediverse:creator", "robots", "og:locale", "og:type", "product:price:amount",
)  # fmt: skip


@pytest.mark.parametrize("value", [*DATES, *ADDRESSES, *NUMBERS], ids=lambda value: ascii(value)[1:25])
def test_no_value_breaks_a_platform_or_a_check(value: str) -> None:
    written = value.replace('"', "&quot;")
    metas = "".join(f'<meta property="{name}" content="{written}">' for name in PROPERTIES)
    links = "".join(
        f'<link rel="{rel}" href="{written}">' for rel in ("canonical", "icon", "image_src", "me", "manifest")
    )
    data = {
        "@context": "https://schema.org", "@type": "Article", "headline": value, "datePublished": value, "url": value,
        "image": {"url": value, "width": value}, "author": {"name": value, "url": value, "sameAs": [value]},
        "offers": {"price": value},
    }  # fmt: skip
    body = (
        f'<!doctype html><html lang="en"><head><title>A title</title>{metas}{links}'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body><main><h1>A title</h1>'
        f'<time datetime="{written}">{written}</time><a href="{written}">x</a><img src="{written}" width="{written}">'
        "</main></body></html>"
    ).encode("utf-8", "surrogatepass")
    headers = dict.fromkeys(("Last-Modified", "Content-Length", "Link", "X-Robots-Tag"), value)
    found = review("https://site.example/a", body, headers={"Content-Type": "text/html", **headers})
    assert [platform for platform, why in found.nothing.items() if why.code == "error"] == []
    assert [check for check, reason in found.reasons.items() if reason is Reason.ERROR] == []


HTML = {"Content-Type": "text/html"}
SHAPES = ([{}], [{"@id": "x"}], {"@value": "Article"}, [["Article"]], 5, True, [None, "Article"], {"@graph": []}, [[]])


@pytest.mark.parametrize("shape", SHAPES, ids=json.dumps)
def test_no_shape_of_structured_data_breaks_a_platform_or_a_check(shape: object) -> None:
    names = (
        "name",
        "headline",
        "description",
        "image",
        "author",
        "publisher",
        "datePublished",
        "url",
        "logo",
        "offers",
    )
    typed = [{"@type": kind, **dict.fromkeys(names, shape)} for kind in ("Article", "WebPage", "Person", "Product")]
    blocks = [{"@type": shape, "name": "A"}, {"@graph": shape}, {"@graph": {"a": {"@type": shape}}}, shape, *typed]
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in blocks)
    found = review(
        "https://site.example/a", f"<!doctype html><title>A title</title>{scripts}<h1>A</h1>".encode(), headers=HTML
    )
    assert [platform for platform, why in found.nothing.items() if why.code == "error"] == []
    assert [check for check, reason in found.reasons.items() if reason is Reason.ERROR] == []
