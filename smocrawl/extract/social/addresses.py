"""An address as the tables of the social web look it up: host, path and query in one plain form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from attrs import field, frozen

from smocrawl.extract import limits
from smocrawl.extract.social import tables

PREFIXES = ("www.", "m.", "mobile.", "web.", "touch.")
LOCALE = re.compile(r"[a-z]{2}(-[a-z]{2})?")
FRAGMENT_HOSTS = frozenset(("signal.group", "signal.me", "matrix.to"))
"""Hosts that name the account behind the ``#``."""
UNWRAPS = 3
"""Redirectors inside redirectors that are followed."""
CACHED = 4_096
MOST_LABELS = 10
"""Labels of the domains above a host that are asked for; our tables name none of more than four."""
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SLASHES = re.compile("/{2,}")
PLAIN = re.compile(r"https?://([a-z0-9.-]+)(/[^?#%\t\r\n]*+)?(?:\?([^#\t\r\n]*+))?")
"""An address that is taken apart as it is written, as most are: host, path, query."""


@frozen
class Address:
    """A web address in pieces, ready for looking up."""

    host: str
    path: str
    query: str
    whole: str = field(init=False)
    owners: tuple[str, ...] = field(init=False)
    """See :func:`owners_of`."""

    @whole.default
    def _whole(self) -> str:
        return f"{self.host}{self.path}?{self.query}" if self.query else self.host + self.path

    @owners.default
    def _owners(self) -> tuple[str, ...]:
        return owners_of(self.host)

    def parameter(self, name: str) -> str | None:
        """The first value of *name* in the query, decoded once."""
        return values_of(self.query).get(name)


@lru_cache(maxsize=CACHED)
def owners_of(host: str) -> tuple[str, ...]:
    """*host*, then each domain above it down to two labels; of a very long one the last ones."""
    labels = host.split(".")
    above = (".".join(labels[first:]) for first in range(max(1, len(labels) - MOST_LABELS), len(labels) - 1))
    return (host, *above) if len(labels) > 1 else ()


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
    if len(url) > limits.URL:
        return None
    if plain := PLAIN.fullmatch(url):
        host, path, query = plain.groups("")
        return _address(plain_host(host), path, query)
    if scheme_of(url) not in ("http", "https"):
        return None
    try:
        parts = urlsplit(url)
        host = plain_host(parts.hostname or "")
    except ValueError:
        return None
    path, query = parts.path, parts.query
    if parts.fragment.startswith("!/"):
        path, _, query = parts.fragment[1:].partition("?")
    named = parts.fragment if host in FRAGMENT_HOSTS else ""
    return _address(host, unquote(path) if "%" in path else path, query, named)


def _address(host: str, path: str, query: str, named: str = "") -> Address | None:
    """*named*: the account that stands behind the ``#``; None where *host* is none of the web's."""
    if "." not in host:
        return None
    path = (SLASHES.sub("/", path) if "//" in path else path).rstrip("/") or "/"
    if named:
        path = f"/#{named}" if path == "/" else f"{path}/#{named}"
    return Address(host, path, query)


@lru_cache(maxsize=CACHED)
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


def on_telegram(scheme: str, values: Mapping[str, str]) -> Address | None:
    """The web address of what ``tg://resolve?domain=name&post=5`` opens."""
    parts = [values[name] for name in ("domain", "post") if values.get(name)]
    return parse("https://t.me/" + "/".join(parts)) if scheme == "tg" and "domain" in values else None
