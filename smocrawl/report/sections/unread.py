"""Addresses that were asked, or met, and gave no page: what happened there, and which pages link to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from smocrawl.report import safe
from smocrawl.report.crawl import Crawl
from smocrawl.report.notes import reason_in_words
from smocrawl.report.sections.section import PageLink
from smocrawl.store.facts import to_json

SHOWN = 200
"""Addresses of the list, the gravest first: of a crawl that ended early there may be a hundred thousand."""

SOURCES = 6
"""Pages that are named of those that link to one address."""

LEFT_OUT = ("budget: ", "refused: ")
"""How the reasons begin for which the crawl itself left an address out."""

FORBIDDEN = "robots"
"""The reason of an address that robots.txt keeps the crawl from."""

GONE = (404, 410)

FOUND = """
WITH silent AS MATERIALIZED (
    SELECT fetch.url, fetch.status, fetch.error, fetch.redirect, fetch.type,
           CASE WHEN fetch.redirect IS NOT NULL THEN 2
                WHEN fetch.status BETWEEN 200 AND 399 THEN 3
                WHEN fetch.error = 'robots' OR fetch.error LIKE 'budget: %' OR fetch.error LIKE 'refused: %' THEN 1
                ELSE 0 END AS class
    FROM fetch LEFT JOIN page ON page.run = fetch.run AND page.url = fetch.url AND page.status = 200
    WHERE fetch.run = :run AND fetch.kind = 'page' AND page.url IS NULL
),
linked AS (
    SELECT dst, count(*) AS pages FROM link JOIN page ON page.run = link.run AND page.url = link.src AND page.status = 200
    WHERE link.run = :run AND dst IN (SELECT url FROM silent) GROUP BY dst
)
SELECT silent.*, url.url AS address, target.url AS target, coalesce(linked.pages, 0) AS pages,
       count(*) OVER () AS number
FROM silent JOIN url ON url.id = silent.url LEFT JOIN url AS target ON target.id = silent.redirect
LEFT JOIN linked ON linked.dst = silent.url
ORDER BY class, pages DESC, address LIMIT :shown
"""
"""Errors first, then what was not asked, then redirects, then files; in each class what most pages link to."""

NAMED_BY = """
SELECT dst, address FROM (
    SELECT link.dst, url.url AS address,
           row_number() OVER (PARTITION BY link.dst ORDER BY link.in_main DESC, url.url) AS place
    FROM link JOIN url ON url.id = link.src
    JOIN page ON page.run = link.run AND page.url = link.src AND page.status = 200
    WHERE link.run = ? AND link.dst IN (SELECT value FROM json_each(?))
) WHERE place <= ? ORDER BY dst, place
"""


@frozen(kw_only=True)
class UnreadAddress:
    """One address that gave no page."""

    page: PageLink
    what: str
    """What happened, as the end of a sentence about it."""
    pages: int
    """Pages that link to it."""
    sources: tuple[PageLink, ...]
    """The first of them."""


@frozen(kw_only=True)
class Unread:
    """What was met and gave no page."""

    number: int
    addresses: tuple[UnreadAddress, ...]

    @property
    def left_out(self) -> int:
        return self.number - len(self.addresses)


def unread(crawl: Crawl) -> Unread | None:
    """None where each address that was met gave a page."""
    rows = crawl.database.connection.execute(FOUND, {"run": crawl.id, "shown": SHOWN}).fetchall()
    if not rows:
        return None
    sources = _sources(crawl, [row["url"] for row in rows])
    return Unread(
        number=rows[0]["number"],
        addresses=tuple(
            UnreadAddress(
                page=named(crawl, row["address"]),
                what=_what(crawl, row),
                pages=row["pages"],
                sources=tuple(named(crawl, url) for url in sources.get(row["url"], ())),
            )
            for row in rows
        ),
    )


def _sources(crawl: Crawl, ids: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for dst, address in crawl.database.connection.execute(NAMED_BY, (crawl.id, to_json(ids), SOURCES)):
        found.setdefault(dst, []).append(address)
    return found


def named(crawl: Crawl, url: str) -> PageLink:
    """An address by its path, with its host where that is another one."""
    page = crawl.by_url.get(url)
    host = "" if safe.host(url) == crawl.domain else safe.host(url)
    return PageLink(path=page.path if page else f"{host}{safe.path(url)}", url=safe.link(url))


def _what(crawl: Crawl, row: Any) -> str:
    _ = crawl.language.gettext
    status, error = row["status"], row["error"] or ""
    if row["target"]:
        return _("leads on to {address}").format(address=crawl.language.isolated(named(crawl, row["target"]).path))
    if status in GONE:
        return _("is gone (status {status})").format(status=status)
    if status is not None and status >= 400:
        return _("answers with status {status}").format(status=status)
    if error == FORBIDDEN:
        return _("was not read: robots.txt forbids it to our crawler")
    if error.startswith(LEFT_OUT):
        return _("was not asked: {why}").format(why=_why(crawl, error.partition(": ")[2]))
    if error or status is None:
        return _("could not be read: {why}").format(why=_why(crawl, error or "no answer"))
    if row["type"]:
        return _("is no page but a file ({type})").format(type=safe.cut(row["type"], 60))
    return _("is no page")


def _why(crawl: Crawl, reason: str) -> str:
    return safe.cut(reason_in_words(reason, crawl.language), 120)
