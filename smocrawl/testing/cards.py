"""A platform's card of a page given as HTML."""

from __future__ import annotations

from collections.abc import Mapping

from smocrawl.platforms.base import Card, Nothing, Platform
from smocrawl.platforms.preview import draw as drawn
from smocrawl.previews import Answer, Served, as_read
from smocrawl.testing.pages import URL


def draw(
    platform: Platform,
    html: str | bytes,
    *,
    url: str = URL,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    resources: Mapping[str, Answer] | None = None,
) -> Card | Nothing:
    """What *platform* draws of *html*, or why nothing; it need not be installed.

    *resources*: what it would fetch besides, by address: (status, headers, body).
    """
    body = html.encode() if isinstance(html, str) else html
    lying = Served(resources or {})
    page = as_read(platform.reading, url, body, headers or {}, status)
    return drawn(platform, page, images=lying.images(), resources=lying)
