"""What an address means to the social web: a share dialog, an account, one item, a network that has closed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from urllib.parse import unquote

from smocrawl.extract import limits
from smocrawl.extract.social import tables
from smocrawl.extract.social.addresses import (
    FRAGMENT_HOSTS,
    Address,
    on_telegram,
    owners_of,
    parse,
    plain_host,
    redirecting_hosts,
    scheme_of,
    values_of,
)
from smocrawl.extract.social.networks import (
    closed_hosts,
    find_closed,
    find_fediverse,
    find_network,
    is_of_network,
    networks,
)
from smocrawl.extract.social.tables import Row
from smocrawl.page import Link, Recognised

URL_IN_TEXT = re.compile(r"https?://[^\s\"'<>]+")
ENCODED_URL = re.compile(r"https?%3A", re.IGNORECASE)
NUMBER = re.compile(r"\+?[\d\s().-]{5,}")
CONTACT_SCHEMES = {"mailto": "email", "sms": "sms", "tel": "telephone", "callto": "telephone"}
OWN_CONTROL = re.compile(r"(^|&)(share|nb)=[^&]*")
HOST = re.compile(r"https?://([a-z0-9.-]+)(?::[0-9]*)?(?=[/?#]|\Z)")
HTTPS = len("https://")
ADDRESSED = ("shares", "embeds", "feed_readers")
"""The tables whose rows are patterns of addresses."""
CACHED = 16_384
"""Addresses whose meaning is remembered: a site's navigation repeats on every page."""


def read_social(links: Sequence[Link]) -> tuple[Recognised, ...]:
    """Those of *links* that mean something to a network, each with the place in which it stands."""
    found = []
    # What tells behind any host is sought in all addresses at once: most pages have one such word, or none.
    marks = _marks_in("\n".join([f"{link.url}#{link.fragment}" for link in links]))
    for link in links:
        written = f"{link.url}#{link.fragment}" if link.fragment else link.url
        if _is_quiet(link.url[: link.url.find("/", HTTPS)]) and not (marks and _marks_in(written, marks)):
            continue
        if meaning := recognise(written):
            found.append(_placed(meaning, link))
    return tuple(found)


def _placed(meaning: Recognised, link: Link) -> Recognised:
    return Recognised(
        url=link.url,
        sort=meaning.sort,
        platform=meaning.platform,
        handle=meaning.handle,
        status=meaning.status,
        target=meaning.target,
        area=link.area,
        in_main=link.in_main,
        rel=link.rel,
        label=link.label,
        icon_only=link.icon_only,
        block=link.block,
        closed=meaning.closed,
        confidence=meaning.confidence,
        note=meaning.note,
    )


@lru_cache(maxsize=CACHED)
def recognise(url: str) -> Recognised | None:
    """What *url* means; None = nothing to any network that we know."""
    url = url.strip()
    host = HOST.match(url)
    if host and _is_quiet(host[0]) and not _marks_in(url[host.end() :]):
        return None
    scheme = scheme_of(url)
    if scheme in ("http", "https") or url.startswith("//"):
        address = parse(url)
        return next((found for look in LOOKS if (found := look(address, url))), None) if address else None
    return _app_link(scheme, url[: limits.URL])


def _marks_in(text: str, marks: Sequence[str] = ()) -> list[str]:
    """Which of *marks*, else of all that tell something behind any host, stand in *text*."""
    text = unquote(text) if "%" in text else text
    return [mark for mark in marks or _marks_anywhere() if mark in text]


@lru_cache(maxsize=CACHED)
def _is_quiet(begin: str) -> bool:
    """Whether *begin*, an address up to its path, is that of a host that no table lists, as most are."""
    host = HOST.fullmatch(begin)
    return host is not None and not _is_listed(host[1])


def _is_listed(host: str) -> bool:
    address = Address(plain_host(host), "/", "")
    return address.host in FRAGMENT_HOSTS or not _listed().isdisjoint(address.owners)


@cache
def _listed() -> frozenset[str]:
    """Every host that some table names, and every one below which all are a network's."""
    by_pattern = (host for table in ADDRESSED for host in _by_host(table))
    return redirecting_hosts().union(by_pattern, *networks(), _tool_addresses(), closed_hosts())


@cache
def _marks_anywhere() -> tuple[str, ...]:
    """What stands in every address that means something whatever its host, each as short as it can be."""
    rows = (row for table in ADDRESSED for row in _by_host(table).get("", ()))
    marks = {"/@", "#!", *(row["anywhere"] for row in rows)}
    return tuple(sorted(mark for mark in marks if not any(one in mark for one in marks - {mark})))


# -- share dialogs ------------------------------------------------------------------------------


@cache
def _by_host(table: str) -> dict[str, tuple[Row, ...]]:
    """Rows of a table under each host for which they can match; under "" those without a host."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows(table):
        for host in row.get("hosts", () if "scheme" in row else ("",)):
            found[host].append(row)
    return {host: tuple(rows) for host, rows in found.items()}


@cache
def _by_scheme(table: str) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows(table):
        if "scheme" in row:
            found[row["scheme"]].append(row)
    return {scheme: tuple(rows) for scheme, rows in found.items()}


@lru_cache(maxsize=CACHED)
def _rows_of(table: str, host: str) -> tuple[Row, ...]:
    """The rows that can match on *host*."""
    known = _by_host(table)
    return tuple(row for owner in owners_of(host) for row in known.get(owner, ()))


def _matching(table: str, address: Address) -> Iterator[Row]:
    anywhere = (row for row in _by_host(table).get("", ()) if row["anywhere"] in address.whole)
    for row in (*_rows_of(table, address.host), *anywhere):
        if tables.pattern(row["match"]).search(address.whole) and (
            not row.get("needs_host") or is_of_network(address.host, row["platform"])
        ):
            yield row


def _share(address: Address, url: str) -> Recognised | None:
    for row in _matching("shares", address):
        if not row.get("own_page"):
            return _shared(row, url, values_of(address.query))
    return None


def _own_share_control(address: Address, url: str) -> Recognised | None:
    """``?share=facebook`` and the like on the site's own pages: the page itself is what is shared."""
    for row in _matching("shares", address):
        if row.get("own_page"):
            before, _, query = url.partition("#")[0].partition("?")
            rest = OWN_CONTROL.sub("", query).strip("&")
            return Recognised(
                url=url,
                sort="share",
                platform=row["platform"],
                status=row["status"],
                target=f"{before}?{rest}" if rest else before,
                note=address.parameter("share"),
            )
    return None


def _shared(row: Row, url: str, values: dict[str, str]) -> Recognised:
    return Recognised(
        url=url,
        sort="share",
        platform=row["platform"],
        status=row["status"],
        target=_target(row, values),
        closed=row.get("closed"),
        note=row.get("instead") or row.get("note"),
    )


def _target(row: Row, values: dict[str, str]) -> str | None:
    """The address that would be shared: of its own parameter, else the first inside the text."""
    for name in row.get("url", ()):
        if value := values.get(name, "").strip():
            # Encoded once too often, which the network would not undo but a reader of the report should see.
            return unquote(value) if ENCODED_URL.match(value) else value
    for name in (*row.get("text", ()), *row.get("url", ())):
        text = values.get(name, "")
        found = URL_IN_TEXT.search(unquote(text) if ENCODED_URL.search(text) else text)
        if found:
            return found[0].rstrip(".,;:!?)")
    return None


def _app_link(scheme: str, url: str) -> Recognised | None:
    """Addresses that open a program: a share dialog, a message to somebody, a feed reader."""
    values = values_of(re.split(r"[?;]", url, maxsplit=1)[-1]) if "?" in url or ";" in url else {}
    for row in _by_scheme("shares").get(scheme, ()):
        if tables.pattern(row["match"]).search(url):
            return _shared(row, url, values)
    if scheme in _by_scheme("feed_readers"):
        row = _by_scheme("feed_readers")[scheme][0]
        return Recognised(url=url, sort="feed-intake", platform=row["platform"], status=row["status"])
    if scheme in CONTACT_SCHEMES and len(url) > len(scheme) + 1:
        return Recognised(url=url, sort="contact", platform=CONTACT_SCHEMES[scheme])
    if scheme == "whatsapp" and NUMBER.search(values.get("phone", "")):
        return Recognised(url=url, sort="profile", platform="whatsapp", handle=values["phone"], note="contact")
    return find_network(web, url) if (web := on_telegram(scheme, values)) else None


# -- widgets, embeds, feed readers ----------------------------------------------


def _widget(address: Address, url: str) -> Recognised | None:
    for row, _ in tools(address):
        return Recognised(
            url=url,
            sort="dead" if row["status"] == "dead" else "widget",
            platform=row["id"],
            target=_target(row, values_of(address.query)),
            closed=row.get("closed"),
        )
    return None


def tools(address: Address) -> Iterator[tuple[Row, str]]:
    """The share, follow and comment tools that are loaded from this address, each with what gave it away."""
    whole = address.whole
    for host in address.owners:
        for begin, row in _tool_addresses().get(host, ()):
            if whole.startswith(begin) or (begin.startswith("*.") and begin[1:] in whole):
                yield row, begin


@cache
def _tool_addresses() -> dict[str, list[tuple[str, Row]]]:
    found: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for row in tables.rows("vendors"):
        for begin in row.get("urls", ()):
            found[begin.removeprefix("*.").partition("/")[0]].append((begin, row))
    return dict(found)


def _embed(address: Address, url: str) -> Recognised | None:
    for row in _matching("embeds", address):
        if row["status"] != "dead":
            return Recognised(url=url, sort="embed", platform=row["platform"])
    return None


@lru_cache(maxsize=CACHED)
def embedded(url: str) -> str | None:
    """The network whose content a frame or script of this address shows, closed ones included."""
    address = parse(url)
    return next((row["platform"] for row in _matching("embeds", address)), None) if address else None


def _feed_intake(address: Address, url: str) -> Recognised | None:
    for row in _matching("feed_readers", address):
        return Recognised(
            url=url,
            sort="feed-intake",
            platform=row["platform"],
            status=row["status"],
            target=_target(row, values_of(address.query)),
            closed=row.get("closed"),
        )
    return None


Look = Callable[[Address, str], Recognised | None]
LOOKS: tuple[Look, ...] = (
    _share, _embed, _widget, _feed_intake, find_closed, find_network, find_fediverse, _own_share_control
)  # fmt: skip
"""In this order: a share dialog lies on the host of a network, a widget as well."""
