"""Where the networks answer for an account or an embedded item (table ``lookups``)."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

from attrs import frozen

from smocrawl.extract.social import tables
from smocrawl.page import Embed


@frozen(kw_only=True)
class ItemLookup:
    """The address that answers for one embedded item."""

    address: str
    gone: frozenset[int]
    """Statuses by which it says that the item is gone, or may not be shown elsewhere."""


@frozen(kw_only=True)
class AccountLookup:
    """The address that answers for one account."""

    address: str
    shows_links: bool
    """The answer names the sites of the account's owner, where there are any."""


@cache
def _rows() -> dict[str, dict[str, Any]]:
    return {row["platform"]: row for row in tables.rows("lookups")}


def item_of(embed: Embed) -> ItemLookup | None:
    """Where to ask for *embed*; None = its network answers nobody, or the address names no single item."""
    row = _rows().get(embed.platform or "", {})
    if "oembed" not in row:
        return None
    try:
        parts = urlsplit(embed.url)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    rest = f"{parts.path}?{parts.query}" if parts.query else parts.path
    found = tables.pattern(row["item"]).match(f"{host}{rest}")
    if found is None:
        return None
    item = row["address"].format(**{name: value or "" for name, value in found.groupdict().items()})
    return ItemLookup(address=row["oembed"] + quote(item, safe=""), gone=frozenset(row["gone"]))


def account_of(platform: str, handle: str, url: str) -> AccountLookup | None:
    """Where to ask for an account; None = its network shows strangers nothing."""
    row = _rows().get(platform, {})
    if row.get("walled"):
        return None
    if "api" in row:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        address = row["api"].format(origin=origin, handle=quote(handle, safe="@.:-"))
        return AccountLookup(address=address, shows_links=True)
    return AccountLookup(address=url, shows_links=bool(row.get("page")))
