"""Networks by their hosts: accounts, single items and pages of theirs, and those that have closed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from smocrawl.extract.social import tables
from smocrawl.extract.social.addresses import Address
from smocrawl.extract.social.tables import Row
from smocrawl.page import Recognised

FILE = re.compile(r"\.(php|js|html?|aspx?|jsp|css|png|jpe?g|gif|svg|xml|json|txt|ico|webp)$", re.IGNORECASE)
"""An "account" with such an ending is a file of the network."""
FEDIVERSE_ACCOUNT = re.compile(r"^/@(?P<h>[A-Za-z0-9_]+(@[A-Za-z0-9.-]+)?)$")


@cache
def closed_hosts() -> dict[str, list[tuple[str, Row]]]:
    found: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for row in tables.rows("closed"):
        for entry in row["hosts"]:
            host, slash, path = entry.partition("/")
            found[host].append((slash + path, row))
    return dict(found)


def find_closed(address: Address, url: str) -> Recognised | None:
    for host in address.owners:
        for path, row in closed_hosts().get(host, ()):
            below = path[:-1] if path.endswith("*") else path + "/"
            if not path or address.path == path or address.path.startswith(below):
                return Recognised(
                    url=url,
                    sort="dead",
                    platform=row["id"],
                    status="dead",
                    closed=row["closed"],
                    confidence=row["confidence"],
                    note=row.get("note"),
                )
    return None


@cache
def networks() -> tuple[dict[str, tuple[Row, ...]], dict[str, tuple[Row, ...]]]:
    """Rows under their full hosts, and under the names below which every subdomain is theirs."""
    full: dict[str, tuple[Row, ...]] = defaultdict(tuple)
    below: dict[str, tuple[Row, ...]] = defaultdict(tuple)
    for row in tables.rows("platforms"):
        for host in row["hosts"]:
            where, name = (below, host[2:]) if host.startswith("*.") else (full, host)
            where[name] += (row,)
    return dict(full), dict(below)


def is_of_network(host: str, platform: str) -> bool:
    return any(row["id"] == platform for row in networks()[0].get(host, ()))


def find_network(address: Address, url: str) -> Recognised | None:
    full, below = networks()
    above = address.owners[1:]
    rows = full.get(address.host) or next((below[owner] for owner in above if owner in below), ())
    for look in (_item, _account, _network_page):
        for row in rows:
            if found := look(row, address, url):
                return found
    if not rows:
        # Any other subdomain of a network is one of its pages: help, developers, cdn.
        for owner in above:
            for row in full.get(owner, ()):
                if owner not in row.get("shared_hosts", ()):
                    return Recognised(url=url, sort="page", platform=row["id"])
    return None


def _item(row: Row, address: Address, url: str) -> Recognised | None:
    for match in _matches(row["post"], address):
        owner = match.groupdict().get("h")
        if owner is None or _is_account(row, owner):
            return Recognised(url=url, sort="post", platform=row["id"], handle=owner)
    return None


def _account(row: Row, address: Address, url: str) -> Recognised | None:
    for match in _matches(row["profile"], address):
        owner = match.groupdict().get("h")
        if owner is None or _is_account(row, owner):
            note = "contact" if row["id"] == "whatsapp" and owner and owner.isdigit() else None
            return Recognised(url=url, sort="profile", platform=row["id"], handle=owner, note=note)
    return None


def _network_page(row: Row, address: Address, url: str) -> Recognised | None:
    if address.host in row.get("shared_hosts", ()):
        return None
    return Recognised(url=url, sort="page", platform=row["id"])


def _matches(patterns: Iterable[str], address: Address) -> Iterator[re.Match[str]]:
    for written in patterns:
        start = "" if written.startswith("^/") else address.host
        found = tables.pattern(written).search(start + address.path)
        if found is None and address.query:
            found = tables.pattern(written).search(f"{start}{address.path}?{address.query}")
        if found:
            yield found


def _is_account(row: Row, owner: str) -> bool:
    name = owner.lower()
    return name not in row.get("reserved", ()) and name not in row.get("demo", ()) and not FILE.search(name)


def find_fediverse(address: Address, url: str) -> Recognised | None:
    found = FEDIVERSE_ACCOUNT.match(address.path)
    return Recognised(url=url, sort="maybe-fediverse", platform="fediverse", handle=found["h"]) if found else None
