"""An address as the tables of the social web look it up: host, path and query in one plain form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from attrs import frozen

from smocrawl.extract import limits, tables

PREFIXES = ("www.", "m.", "mobile.", "web.", "touch.")
LOCALE = re.compile(r"[a-z]{2}(-[a-z]{2})?")
FRAGMENT_HOSTS = frozenset(("signal.group", "signal.me", "matrix.to"))
"""Hosts that name the account behind the ``#``."""
UNWRAPS = 3
"""Redirectors inside redirectors that are followed."""
CACHED = 4_096
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SLASHES = re.compile("/{2,}")


@frozen
class Address:
    """A web address in pieces, ready for looking up."""

    host: str
    path: str
    query: str

    @property
    def whole(self) -> str:
        return f"{self.host}{self.path}?{self.query}" if self.query else self.host + self.path

    def parameter(self, name: str) -> str | None:
        """The first value of *name* in the query, decoded once."""
        return values_of(self.query).get(name)

    def owners(self) -> Iterator[str]:
        """The host, then each domain above it down to two labels."""
        host = self.host
        while "." in host:
            yield host
            host = host.partition(".")[2]


def values_of(query: str) -> dict[str, str]:
    """The parameters of a query string, the first of each name."""
    try:
        parsed = parse_qs(query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return {}
    return {name: values[0] for name, values in parsed.items()}


def scheme_of(url: str) -> str:
    found = SCHEME.match(url)
    return found[1].lower() if found else ""


@lru_cache(maxsize=CACHED)
def parse(url: str) -> Address | None:
    """The address behind *url*, redirectors of networks taken off; None where it is no web address."""
    address = _split(url)
    for _ in range(UNWRAPS):
        inner = address and _unwrapped(address)
        if not inner:
            break
        address = _split(inner) or address
    return address


def _split(url: str) -> Address | None:
    if url.startswith("//"):
        url = "https:" + url
    if len(url) > limits.URL or scheme_of(url) not in ("http", "https"):
        return None
    try:
        parts = urlsplit(url)
        host = plain_host(parts.hostname or "")
    except ValueError:
        return None
    if "." not in host:
        return None
    path, query = parts.path, parts.query
    if parts.fragment.startswith("!/"):
        path, _, query = parts.fragment[1:].partition("?")
    path = SLASHES.sub("/", unquote(path)) or "/"
    path = path if path == "/" else path.rstrip("/")
    if host in FRAGMENT_HOSTS and parts.fragment:
        path = f"/#{parts.fragment}" if path == "/" else f"{path}/#{parts.fragment}"
    return Address(host, path, query)


def plain_host(host: str) -> str:
    """Lower case, without the prefixes that networks put before the same page."""
    host = host.lower().rstrip(".")
    changed = True
    while changed:
        changed = False
        for prefix in PREFIXES:
            if host.startswith(prefix) and host.count(".") > 1:
                host, changed = host[len(prefix) :], True
    label, _, rest = host.partition(".")
    in_a_language = host not in listed_hosts() and LOCALE.fullmatch(label) and rest in listed_hosts()
    return rest if in_a_language else host


@cache
def listed_hosts() -> frozenset[str]:
    """Every host that a platform is listed under by its full name."""
    return frozenset(host for row in tables.rows("platforms") for host in row["hosts"] if not host.startswith("*."))


@cache
def _redirectors() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in tables.rows("redirectors"):
        key = row["host"], row["path"]
        found[key] = (*found.get(key, ()), row["parameter"])
    return found


@cache
def redirecting_hosts() -> frozenset[str]:
    return frozenset(host for host, _ in _redirectors())


def _unwrapped(address: Address) -> str | None:
    for parameter in _redirectors().get((address.host, address.path), ()):
        inner = address.parameter(parameter)
        if inner and scheme_of(inner) in ("http", "https"):
            return inner
    return None
