"""Writes what became of each URL: a record, and for a page its facts and links, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from smocrawl.page import Area, Link, Page
from smocrawl.store import runs
from smocrawl.store.facts import pack
from smocrawl.store.frontier import Frontier

AREA_BITS: Mapping[Area, int] = {
    Area.HEADER: 1, Area.NAV: 2, Area.MAIN: 4, Area.ASIDE: 8, Area.FOOTER: 16, Area.UNKNOWN: 32,
}  # fmt: skip


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


@frozen(kw_only=True)
class PageRow:
    """What the table ``page`` says beside the facts; derived by the caller, who knows the checks' predicates."""

    shareable: bool
    depth: int
    headline: str | None


def save_record(frontier: Frontier, record: Record) -> None:
    """The record, and the frontier's row done."""
    with frontier.database.transaction() as connection:
        url = frontier.url_id(record.url)
        connection.execute(
            "INSERT OR REPLACE INTO fetch (run, url, kind, status, error, redirect, hops, type, size, latency, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                frontier.run, url, record.kind, record.status, record.error,
                frontier.url_id(record.redirect) if record.redirect else None,
                record.hops, record.type, record.size, record.latency, runs.now().isoformat(),
            ),
        )  # fmt: skip
        frontier.done(url)


def save_page(frontier: Frontier, page: Page, row: PageRow, links: Mapping[str, list[Link]]) -> None:
    """Facts, links between own pages and social URLs of one page.  *links*: own URL (normalised) -> the links to it."""
    with frontier.database.transaction() as connection:
        url = frontier.url_id(page.url)
        canonical = page.canonical
        connection.execute(
            "INSERT OR REPLACE INTO page (run, url, status, kind, template, shareable, indexable, canonical,"
            " self_canonical, lang, title, h1, headline, og_title, og_description, og_image, og_type, og_site_name,"
            " twitter_card, published, modified, words, text_sha1, simhash, depth, facts)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                frontier.run, url, page.status, page.kind.value, page.template, row.shareable, page.is_indexable,
                canonical, canonical is None or canonical.rstrip("/") == page.url.rstrip("/"),
                _primary(page.lang), page.title, page.h1, row.headline, page.meta("og:title"),
                page.meta("og:description"), page.meta("og:image", "og:image:url"), page.meta("og:type"),
                page.meta("og:site_name"), page.meta("twitter:card"), _date(page, "published"),
                _date(page, "modified"), page.text.words, page.text.sha1 or None, _signed(page.text.simhash),
                row.depth, pack(page),
            ),
        )  # fmt: skip
        _save_links(frontier, url, links)
        connection.execute("DELETE FROM social WHERE run = ? AND page = ?", (frontier.run, url))
        connection.executemany(
            "INSERT INTO social (run, page, sort, platform, handle, url, area, in_main, rel_me, status)"
            " VALUES (?,?,?,?,?,?,?,?,?,?)",
            [
                (frontier.run, url, one.sort, one.platform, one.handle, one.url, one.area.value, one.in_main,
                 "me" in one.rel, one.status)
                for one in page.social
            ],
        )  # fmt: skip


def _save_links(frontier: Frontier, source: int, links: Mapping[str, list[Link]]) -> None:
    rows = []
    for target, many in links.items():
        areas = 0
        for link in many:
            areas |= AREA_BITS[link.area]
        nofollow = all("nofollow" in link.rel for link in many)
        in_main = any(link.in_main for link in many)
        rows.append((frontier.run, source, frontier.url_id(target), areas, in_main, nofollow))
    connection = frontier.database.connection
    connection.execute("DELETE FROM link WHERE run = ? AND src = ?", (frontier.run, source))
    connection.executemany(
        "INSERT OR REPLACE INTO link (run, src, dst, areas, in_main, nofollow) VALUES (?,?,?,?,?,?)", rows
    )


def save_uses(frontier: Frontier, page: str, uses: Iterable[tuple[str, str]]) -> None:
    """Which assets *page* names: (absolute URL, role)."""
    with frontier.database.transaction() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO asset_use (run, page, asset, role) VALUES (?, ?, ?, ?)",
            [(frontier.run, frontier.url_id(page), frontier.url_id(url), role) for url, role in uses],
        )


def save_asset(frontier: Frontier, url: str, kind: str, facts: object, thumb: bytes | None = None) -> None:
    """What a reader made of a fetched file; *facts* None = no answer."""
    with frontier.database.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO asset (run, url, kind, facts, thumb) VALUES (?, ?, ?, ?, ?)",
            (frontier.run, frontier.url_id(url), kind, None if facts is None else pack(facts), thumb),
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


def _date(page: Page, role: str) -> str | None:
    return next((date.moment.isoformat() for date in page.dates if date.role == role and date.moment), None)


def _signed(number: int) -> int:
    """SQLite integers are signed 64 bit."""
    return number - (1 << 64) if number >= 1 << 63 else number
