"""Header values as text, and where a redirect points."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from scrapy.http import Response

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def header_text(value: bytes) -> str:
    """As browsers read it: UTF-8 where it is that, byte by byte where it is not (RFC 9110, 5.5, leaves it open)."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def headers_by_name(response: Response) -> dict[str, str]:
    """By lower-case name; several of one name are joined by commas."""
    return {
        name.decode("latin-1").lower(): ", ".join(map(header_text, values)) for name, values in response.headers.items()
    }


def redirect_of(response: Response) -> str | None:
    """The absolute address that a redirect names; None = it is none, or it names nothing that is an address."""
    location = response.headers.get("Location")
    if response.status not in REDIRECTS or not location:
        return None
    try:
        # Not Response.urljoin: a <base> in the body of a redirect means nothing for its header.
        target = urljoin(response.url, header_text(location))
        _ = urlsplit(target).port
    except ValueError:
        return None
    return target
