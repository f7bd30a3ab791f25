"""Addresses as the checks of the site compare them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from smocrawl.checks.addresses import respelled

CAMPAIGN = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")
"""Query parameters that feed services add and that do not change the page."""


def bare(url: str) -> str:
    """The address without campaign tags, fragment and last slash, its escapes in capitals."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query: list[tuple[str, Any]] = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].lower().startswith(CAMPAIGN)
    ]
    return urlunsplit(
        (parts.scheme.lower(), parts.netloc.lower(), respelled(parts.path).rstrip("/"), urlencode(query), "")
    )


def origin(url: str | None) -> str | None:
    """Scheme and host; None where *url* is no web address."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc.lower()}" if parts.scheme in ("http", "https") and parts.netloc else None


def site_of(url: str | None) -> str | None:
    """The host without ``www.``, its port with it: what two spellings of one site have in common."""
    found = origin(url)
    return found.partition("://")[2].removeprefix("www.") if found else None
