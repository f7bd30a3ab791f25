"""Writes what became of each URL: a record, and for a page its facts and links, in one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import astuple, frozen

from smocrawl.checks.addresses import absolute, respelled
from smocrawl.page import FACTS_VERSION, Area, Kind, Link, Page
from smocrawl.store import runs
from smocrawl.store.facts import pack
from smocrawl.store.frontier import Frontier

AREA_BITS: Mapping[Area, int] = {
    Area.HEADER: 1, Area.NAV: 2, Area.MAIN: 4, Area.ASIDE: 8, Area.FOOTER: 16, Area.UNKNOWN: 32,
}  # fmt: skip

COMMENTS = re.compile(r"(?:^|\s)comments?(?:[-_]|list|\b)", re.IGNORECASE)
"""Classes and ids of the blocks of comments: the accounts in them are those of readers."""


@frozen(kw_only=True)
class Record:
    """What became of one URL; exactly one for each URL of a run."""

    url: str
    kind: str
    status: int | None = None
    error: str | None = None
    redirect: str | None = None
    hops: int = 0
    type: str | None = None
    size: int | None = None
    latency: float | None = None
    taken_over: str | None = None
    """``not modified`` or ``same bytes``: what was read before holds on; None = it was fetched and read."""


@frozen(kw_only=True)
class PageRecord:
    """A page as rows: made in a worker, written by the one process that writes."""

    url: str
    columns: Mapping[str, Any]
    facts: bytes
    links: tuple[tuple[str, int, bool, bool], ...]
    """(own URL, bits of areas, from the main text, nofollow), each target once."""
    social: tuple[tuple[Any, ...], ...]


def page_record(page: Page, own_links: Mapping[str, list[Link]], *, shareable: bool) -> PageRecord:
    """*own_links*: URL on the audited site, as the crawl spells it -> the page's links to it."""
    entity, image = page.main_entity, page.meta("og:image", "og:image:url")
    columns: dict[str, Any] = {
        "status": page.status,
        "kind": page.kind.value,
        "template": page.template,
        "shareable": shareable,
        "indexable": page.is_indexable,
        **canonical_columns(page),
        "lang": _primary(page.lang),
        "title": page.title,
        "h1": page.h1,
        "headline": (entity.text("headline") or entity.text("name")) if entity else None,
        "og_title": page.meta("og:title"),
        "og_description": page.meta("og:description"),
        "og_image": absolute(page.base or page.url, image) if image else None,
        "og_type": page.meta("og:type"),
        "og_site_name": page.meta("og:site_name"),
        "twitter_card": page.meta("twitter:card"),
        "published": _date(page, "published"),
        "modified": _date(page, "modified"),
        "words": page.text.words,
        "text_sha1": page.text.sha1 or None,
        "simhash": signed(page.text.simhash),
        "description": _other(page.meta("description"), page.meta("og:description")),
        "facts_version": FACTS_VERSION,
    }
    return PageRecord(
        url=page.url,
        columns=columns,
        facts=pack(page),
        links=tuple(_link_row(url, links) for url, links in own_links.items()),
        social=tuple(
            (one.sort, one.platform, one.handle, one.url, one.area.value, one.in_main, "me" in one.rel, one.status)
            for one in page.social
            if one.sort != "profile" or not COMMENTS.search(one.block)
        ),
    )


def canonical_columns(page: Page) -> dict[str, Any]:
    """As the page says it: the closing pass may write another (:mod:`smocrawl.closing.copies`)."""
    canonical = None if page.canonical is None else respelled(page.canonical)
    return {
        "canonical": canonical,
        "self_canonical": canonical is None or canonical.rstrip("/") == respelled(page.url).rstrip("/"),
    }


def _other(text: str | None, known: str | None) -> str | None:
    """*text* where it is not stored already."""
    return None if text == known else text


def _link_row(url: str, links: list[Link]) -> tuple[str, int, bool, bool]:
    areas = 0
    for link in links:
        areas |= AREA_BITS[link.area]
    return url, areas, any(link.in_main for link in links), all("nofollow" in link.rel for link in links)


def save_record(frontier: Frontier, record: Record) -> None:
    """The record, and the frontier's row done."""
    with frontier.database.transaction() as connection:
        url = frontier.url_id(record.url)
        connection.execute(
            "INSERT OR REPLACE INTO fetch (run, url, kind, status, error, redirect, hops, type, size, latency,"
            " at, taken_over) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                frontier.run, url, record.kind, record.status, record.error,
                frontier.url_id(record.redirect) if record.redirect else None,
                record.hops, record.type, record.size, record.latency, runs.now().isoformat(), record.taken_over,
            ),
        )  # fmt: skip
        frontier.done(url)


def save_error(frontier: Frontier, url: str, error: str) -> None:
    """What turned out later about an address that has its record."""
    frontier.database.connection.execute(
        "UPDATE fetch SET error = ? WHERE run = ? AND url = ?", (error, frontier.run, frontier.url_id(url))
    )


def save_page(frontier: Frontier, record: PageRecord, *, depth: int) -> None:
    """Facts, links between own pages and social URLs of one page."""
    columns = {**record.columns, "depth": depth, "facts": record.facts}
    with frontier.database.transaction() as connection:
        url = frontier.url_id(record.url)
        names = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        connection.execute(
            f"INSERT OR REPLACE INTO page (run, url, {names}) VALUES (?, ?, {marks})",  # noqa: S608 - our own column names
            (frontier.run, url, *columns.values()),
        )
        connection.execute("DELETE FROM link WHERE run = ? AND src = ?", (frontier.run, url))
        connection.executemany(
            "INSERT OR REPLACE INTO link (run, src, dst, areas, in_main, nofollow) VALUES (?,?,?,?,?,?)",
            [(frontier.run, url, frontier.url_id(target), *rest) for target, *rest in record.links],
        )
        connection.execute("DELETE FROM social WHERE run = ? AND page = ?", (frontier.run, url))
        connection.executemany(
            "INSERT INTO social (run, page, sort, platform, handle, url, area, in_main, rel_me, status)"
            " VALUES (?,?,?,?,?,?,?,?,?,?)",
            [(frontier.run, url, *row) for row in record.social],
        )


def save_uses(frontier: Frontier, page: str, uses: Iterable[tuple[str, str]]) -> None:
    """Which assets *page* names: (absolute URL, role)."""
    with frontier.database.transaction() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO asset_use (run, page, asset, role) VALUES (?, ?, ?, ?)",
            [(frontier.run, frontier.url_id(page), frontier.url_id(url), role) for url, role in uses],
        )


@frozen(kw_only=True)
class PictureRow:
    """What SQL asks of a picture: columns of the table ``picture``, in their order."""

    type: str | None
    width: int | None
    height: int | None
    size: int | None
    animated: bool | None
    sha256: bytes | None = None
    dhash: int | None = None
    """Signed 64 bit."""
    grey: bytes | None = None


def save_asset(
    frontier: Frontier, url: str, kind: str, facts: bytes | None, thumb: bytes | None = None, *,
    picture: PictureRow | None = None,
) -> None:  # fmt: skip
    """What a reader made of a fetched file (packed); *facts* None = no answer."""
    with frontier.database.transaction() as connection:
        address = frontier.url_id(url)
        connection.execute(
            "INSERT OR REPLACE INTO asset (run, url, kind, facts, thumb) VALUES (?, ?, ?, ?, ?)",
            (frontier.run, address, kind, facts, thumb),
        )
        if picture is not None:
            connection.execute(
                "INSERT OR REPLACE INTO picture VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (frontier.run, address, *astuple(picture)),
            )


def save_listed(frontier: Frontier, source: str, kind: str, entries: Iterable[tuple[str, str | None]]) -> None:
    """URLs that a sitemap or feed lists, with their dates as written."""
    with frontier.database.transaction() as connection:
        origin = frontier.url_id(source)
        connection.executemany(
            "INSERT OR IGNORE INTO listed (run, url, source, kind, date) VALUES (?, ?, ?, ?, ?)",
            [(frontier.run, frontier.url_id(url), origin, kind, date) for url, date in entries],
        )


def _primary(lang: str | None) -> str | None:
    text = (lang or "").strip().lower().replace("_", "-").partition("-")[0]
    return text or None


DATED_BY_SIGHT = frozenset({Kind.ARTICLE, Kind.FORUM, Kind.DOCS, Kind.VIDEO})
"""Kinds on which a ``<time>`` near the headline is the day of publication; on an event it is the day of the event."""


def _date(page: Page, role: str) -> str | None:
    """The page's own date of *role*: not that of a review or a teaser on it."""
    for date in page.dates:
        by_sight = date.place.startswith("time") and page.kind not in DATED_BY_SIGHT
        if date.role == role and date.moment and date.in_main and not by_sight:
            return date.moment.isoformat()
    return None


def signed(number: int) -> int:
    """SQLite integers are signed 64 bit."""
    return number - (1 << 64) if number >= 1 << 63 else number
