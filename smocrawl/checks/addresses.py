"""Comparing addresses as people mean them: the same page in another spelling, the same site, the home page."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urljoin, urlsplit

INDEX_FILE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
TRACKING = re.compile(
    r"utm_\w+|gclid|gclsrc|gbraid|wbraid|dclid|fbclid|msclkid|igshid|twclid|ttclid|yclid|mc_cid|mc_eid|_hsenc|_hsmi|"
    r"vero_id|mkt_tok|oly_\w+_id|wickedid|wt_mc|s_kwcid|ef_id",
    re.IGNORECASE,
)
"""Parameters by which campaigns are counted; they never choose content (their operators' documentation)."""
INNER_QUERY = re.compile(r"(?:^|&)[^&=]*=https?://[^&]*\?")
SESSION = re.compile(r"phpsessid|jsessionid|aspsessionid\w*|sid|session_?id|zenid|cfid|cftoken", re.IGNORECASE)
SESSION_VALUE = re.compile(r"[0-9a-z,-]{16,}", re.IGNORECASE)
"""A session's number is long; ``sid=12`` is a section."""
PATH_SESSION = re.compile(r";(jsessionid)=", re.IGNORECASE)
PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?::[0-9]{1,4})?(?=[/?#]|\Z)")
"""Nearly every address begins so, and needs no more careful reading for its host."""
COMPLETE = re.compile(r"https?://[a-z0-9.-]+(?:/[\w./~%-]*)?(?:\?[\w=&.%/-]+)?", re.ASCII)
"""An address in which there is nothing to resolve."""
PORTS = {"http": 80, "https": 443}
WALLS = frozenset({401, 403, 405, 407, 418, 429, 451, 503, 999})
"""Answers by which a server turns a robot away, or asks it to come again: they say nothing about the page."""
NOT_PUBLIC = (".local", ".localhost", ".internal", ".test", ".invalid", ".lan")


ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
REMEMBERED = 16_384
"""Addresses whose reading is remembered: a site's pages share most of their links."""


@lru_cache(maxsize=REMEMBERED)
def split(url: str) -> SplitResult | None:
    """The pieces of a web address; None where it is none."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in PORTS and parts.hostname else None


@lru_cache(maxsize=REMEMBERED)
def host_of(url: str) -> str:
    """The host, lower case, without ``www.``; empty where *url* is no web address."""
    if plain := PLAIN_HOST.match(url):
        return plain[1].removeprefix("www.")
    parts = split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def same_site(one: str, other: str) -> bool:
    """The same host, ``www.`` or not."""
    return host_of(one) == host_of(other) != ""


@lru_cache(maxsize=REMEMBERED)
def exact(url: str) -> str:
    """The address with host, port, encoding and fragment spelled in one way; anything else as it is."""
    parts = split(url)
    if parts is None:
        return url.strip()
    port = "" if parts.port in (None, PORTS[parts.scheme]) else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.hostname}{port}{unquote(parts.path) or '/'}{query}"


def respelled(url: str) -> str:
    """With escapes in capitals, as the crawl stores addresses; many blogs write the same ones small (RFC 3986, 6.2.2.1)."""
    return ESCAPE.sub(lambda escape: escape[0].upper(), url) if "%" in url else url


@lru_cache(maxsize=REMEMBERED)
def loose(url: str) -> str:
    """The address without what readers do not see as another page.

    Scheme, ``www.``, index file, closing slash and campaign parameters.
    """
    parts = split(without_tracking(url))
    if parts is None:
        return url.strip()
    path = INDEX_FILE.sub("/", unquote(parts.path)).rstrip("/")
    port = "" if parts.port in (None, *PORTS.values()) else f":{parts.port}"
    query = "&".join(sorted(unquote(pair) for pair in parts.query.split("&") if pair))
    return f"{(parts.hostname or '').removeprefix('www.')}{port}{path}?{query}".rstrip("?")


def same_page(one: str, other: str) -> bool:
    return loose(one) == loose(other)


def same_but_scheme(one: str, other: str) -> bool:
    return exact(one).partition("://")[2] == exact(other).partition("://")[2]


@lru_cache(maxsize=REMEMBERED)
def tracking_in(url: str) -> tuple[str, ...]:
    """Names of the campaign and session parameters that the address carries."""
    if "?" not in url and ";" not in url:
        return ()
    parts = split(url)
    if parts is None:
        return ()
    return tuple(dict.fromkeys((*_tracking_of(parts), *PATH_SESSION.findall(parts.path))))


def own_query(parts: SplitResult) -> str:
    """Without what belongs to another address written into it: ``?to=https://other.example/?utm_source=us&utm_medium=banner``."""
    inner = INNER_QUERY.search(parts.query)
    return parts.query[: inner.start()] if inner else parts.query


def _tracking_of(parts: SplitResult) -> Iterator[str]:
    for name, value in parse_qsl(own_query(parts), keep_blank_values=True):
        if TRACKING.fullmatch(name) or (SESSION.fullmatch(name) and SESSION_VALUE.fullmatch(value)):
            yield name


def without_tracking(url: str) -> str:
    parts = split(url)
    if parts is None or not tracking_in(url):
        return url
    dropped = set(_tracking_of(parts))
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in dropped]
    return parts._replace(path=re.sub(r";jsessionid=[^/]*", "", parts.path), query=urlencode(kept)).geturl()


def is_home(url: str) -> bool:
    """The root of a host, in whatever spelling."""
    parts = split(without_tracking(url))
    return parts is not None and not parts.query and INDEX_FILE.sub("/", parts.path).rstrip("/") == ""


@lru_cache(maxsize=REMEMBERED)
def is_public(url: str) -> bool:
    """Names a host that strangers can reach: no localhost, single label, private or test name."""
    host = host_of(url)
    if not host or "." not in host.strip("."):
        # An IPv6 address has no dots.
        return ":" in host and _is_global(host)
    if host.rstrip(".").endswith(NOT_PUBLIC):
        return False
    return _is_global(host) if re.fullmatch(r"[\d.]+", host) else True


def _is_global(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def absolute(base: str, written: str) -> str:
    """*written* as a browser would resolve it; as it stands where it cannot."""
    if COMPLETE.fullmatch(written):
        return written
    try:
        return urljoin(base, written.strip())
    except ValueError:
        return written.strip()


def cut(text: str, length: int = 200) -> str:
    """Short enough for evidence."""
    return text if len(text) <= length else text[: length - 1] + "…"
