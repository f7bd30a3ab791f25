"""What a written address means on a page: absolute, normalised, or nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from smocrawl.extract import limits

PLAIN = re.compile(
    r"(?:(https?:)?(//[a-z0-9.-]+(?::[1-9][0-9]{0,3}|:[1-5][0-9]{4})?))?"
    r"((?:(?:/[A-Za-z0-9_~!$&'()*+,:@=%-][A-Za-z0-9_~!$&'()*+,:@=%.-]*+)++/?|/)"
    r"(?:\?[A-Za-z0-9_~!$&()*+,:;@=%./?-]+)?)?"
)
"""Addresses and paths that joining and escaping would leave as they are, most of a page's links: scheme, host, the rest."""
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
UNSEEN = re.compile(r"[\t\n\r]")
"""Removed from every URL by browsers (WHATWG URL, basic parser)."""
BLANKS = "".join(map(chr, range(33)))


@lru_cache(maxsize=64)
def origin(url: str) -> str:
    """Scheme and host of *url*."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def resolve(base: str, written: str) -> str:
    """The absolute address that *written* stands for on a page with *base*; empty where it is none."""
    if written and len(written) <= limits.URL and (plain := PLAIN.fullmatch(written)):
        scheme, host, rest = plain.groups()
        if scheme and rest:
            return written
        if not host:
            return origin(base) + written
        if scheme := scheme or _scheme(base):
            return f"{scheme}{host}{rest or '/'}"
    text = written.strip(BLANKS)
    return _join(base, UNSEEN.sub("", text)) if 0 < len(text) <= limits.URL else ""


def _scheme(base: str) -> str:
    """That of a page with *base* for addresses without one; empty where it is none of the web's."""
    scheme = origin(base).partition("//")[0]
    return scheme if scheme in ("http:", "https:") else ""


@lru_cache(maxsize=8_192)
def _join(base: str, text: str) -> str:
    scheme = SCHEME.match(text)
    if scheme and scheme[0].lower() not in ("http:", "https:"):
        return text
    if "\\" in text:
        before, mark, query = text.partition("?")
        text = before.replace("\\", "/") + mark + query
    try:
        joined = safe_url_string(urljoin(base, text))
        parts = urlsplit(joined)
        return _tidy(joined, parts.netloc) if parts.hostname or parts.scheme not in ("http", "https") else ""
    except (ValueError, UnicodeError):
        return ""


def _tidy(url: str, netloc: str) -> str:
    """Scheme and host in lower case, a path where there is none."""
    scheme, _, rest = url.partition("://")
    after = rest[len(netloc) :] if rest.startswith(netloc) else ""
    user, at, host = netloc.rpartition("@")
    return f"{scheme.lower()}://{user}{at}{host.lower()}{after if after.startswith('/') else '/' + after}"


def is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))
