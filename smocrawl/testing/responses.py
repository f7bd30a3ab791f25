"""Responses of any test client as the four things that a judgement needs; known by their attributes, not their classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from attrs import frozen

BASE = "https://site.example/"
"""Where pages stand if nobody says it."""

NAMES_OF_TESTS = frozenset({"testserver", "testserver.local", "localhost", "127.0.0.1", "[::1]", "test", ""})
"""Hosts under which test clients pretend to serve: put in place of them is the one where the page will stand."""


@frozen(kw_only=True)
class Served:
    """One page as it is served."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    status: int = 200


def served(thing: Any, url: str | None = None, *, base: str = BASE) -> Served:
    """HTML, a file, or the response of Django, Flask, Starlette, WebTest, requests, httpx or Scrapy.

    *url* says where the page will stand, below *base* where it is a path alone.  Raises :class:`TypeError` for what is
    no response.
    """
    if isinstance(thing, str | bytes):
        body = thing.encode() if isinstance(thing, str) else thing
        return Served(url=urljoin(base, url or ""), body=body, headers={"content-type": "text/html; charset=utf-8"})
    if isinstance(thing, Path):
        return served(thing.read_bytes(), url or thing.name, base=base)
    body = _body(thing)
    return Served(url=_address(url or _url(thing), base), body=body, headers=_headers(thing), status=_status(thing))


def _body(thing: Any) -> bytes:
    if getattr(thing, "streaming", False) and hasattr(thing, "getvalue"):  # Django's streamed response
        return bytes(thing.getvalue())
    for name in ("content", "data", "body"):  # Django, requests, httpx · Werkzeug · WebTest, Scrapy
        value = getattr(thing, name, None)
        if isinstance(value, bytes):
            return value
    raise TypeError(f"{type(thing).__name__} is no response: it has no content, data or body of bytes.")


def _status(thing: Any) -> int:
    for name in ("status_code", "status_int", "status"):
        value = getattr(thing, name, None)
        if isinstance(value, int):
            return value
    raise TypeError(f"{type(thing).__name__} is no response: it has no status code.")


def _headers(thing: Any) -> dict[str, str]:
    pairs: Iterable[tuple[Any, Any]] = getattr(thing, "headers", {}).items()
    return {_text(name).lower(): _text(value) for name, value in pairs}


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):  # Scrapy: every value of a header
        return ", ".join(map(_text, value))
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _url(thing: Any) -> str:
    asked = getattr(thing, "request", None)
    if isinstance(asked, dict) and "PATH_INFO" in asked:  # Django's test client keeps the WSGI environment
        query = asked.get("QUERY_STRING", "")
        return f"{asked['PATH_INFO']}?{query}" if query else str(asked["PATH_INFO"])
    own = getattr(thing, "url", None) or getattr(asked, "url", None)
    return str(own or "")


def _address(url: str, base: str) -> str:
    """*url* where the page will stand: below *base*, unless it names a real host itself."""
    parts = urlsplit(urljoin(base, url))
    if (parts.hostname or "") in NAMES_OF_TESTS:
        origin = urlsplit(base)
        parts = parts._replace(scheme=origin.scheme, netloc=origin.netloc)
    return urlunsplit(parts)
