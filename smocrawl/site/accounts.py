"""Which accounts are the owner's: those that the templates link to, or that a link marks as rel=me."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from smocrawl.store.database import Database


@frozen
class Account:
    """One account of the site's owner."""

    platform: str
    handle: str
    """Lower case."""
    url: str
    """One of the addresses under which pages link to it."""


def own_accounts(database: Database, run: int) -> Iterator[Account]:
    """Linked outside the main text of three pages (of all, on a tiny site), or by rel=me."""
    pages = database.scalar("SELECT count(*) FROM page WHERE run = ? AND status = 200", run)
    rows = database.rows(
        "SELECT platform, lower(handle) AS handle, min(url) AS url FROM social"
        " WHERE run = ? AND sort = 'profile' AND handle IS NOT NULL"
        " AND (rel_me OR area IN ('header', 'nav', 'footer', 'aside') OR NOT in_main)"
        " GROUP BY platform, lower(handle) HAVING count(DISTINCT page) >= ? OR max(rel_me)",
        run, min(3, max(1, pages)),
    )  # fmt: skip
    for row in rows:
        yield Account(row["platform"], row["handle"], row["url"])
