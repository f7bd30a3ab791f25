"""Lays out what the checks of the site need: temporary tables and views over one run, filled from stored facts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import resources
from typing import Any

from attrs import evolve, frozen

from smocrawl.checks.base import Audience
from smocrawl.extract.social import tables as social_tables
from smocrawl.page import Page
from smocrawl.site import agreement, bots, files, page_facts, pictures, probes, twins
from smocrawl.site.graph import read_aliases
from smocrawl.site.links import NOTHING_LINKED, LinkFacts, read_links
from smocrawl.site.spelling import origin, site_of
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable
from smocrawl.store.frontier import DONE

BATCH = 500
"""Rows of one table gathered before they are written: memory stays flat however large the site."""

LEAST_WORDS = 100
"""Words below which two texts are alike by chance."""

KIND_OF = {
    "networking": "networking",
    "microblog": "networking",
    "image": "networking",
    "professional": "networking",
    "news": "news",
    "bookmarking": "news",
    "video": "video",
    "blog": "blogging",
    "messaging": "messaging",
}
"""Kinds of networks as they are told apart in a mix of platforms; all others are none of them."""


@frozen(kw_only=True)
class Desk:
    """A prepared connection."""

    database: Database
    run: int
    home: int | None
    audience: Audience
    now: datetime
    links: LinkFacts = NOTHING_LINKED
    """Known once the pages are laid out."""


def begin(database: Database, run: int) -> int | None:
    """Empty tables for what single pages say (:func:`page_rows`); gives the home page where it was read."""
    clear(database)
    _script(database, "tables.sql")
    return _home(database, run)


def page_rows(url: int, page: Page, home: int | None) -> Iterator[tuple[str, page_facts.Row]]:
    """(table, row) for everything that the checks of the site ask of *page*."""
    yield from page_facts.rows_of_page(url, page, is_home=url == home)
    yield from bots.partly_read(url, page)


def lay_out(database: Database, run: int) -> None:
    """What a crawl does while it judges its pages, for a store whose pages are judged already."""
    home = begin(database, run)
    with database.transaction():
        write(database, _page_rows(database, run, home))


@contextlib.contextmanager
def laid_out(
    database: Database, run: int, audience: Audience, now: datetime, *, begun: bool = False, same_as: int | None = None
) -> Iterator[Desk]:
    """Temporary tables and views filled for *run*; gone afterwards.

    *begun*: its pages are laid out (:func:`begin`, then :func:`page_rows` of each, by id; or :func:`lay_out`).
    *same_as*: an analysed run by the same rules, whose pages and files say all that those of *run* do.
    """
    if not begun:
        lay_out(database, run)
    desk = Desk(database=database, run=run, home=_home(database, run), audience=audience, now=now)
    for function in (origin, site_of):
        database.connection.create_function(function.__name__, 1, function, deterministic=True)
    try:
        with database.transaction():
            _fill_run(desk)
            _fill_audience(desk)
            write(database, _same_pages(desk))
        _script(database, "views.sql")
        with database.transaction():
            write(database, files.rows(database, run, desk.home))
            write(database, bots.rows(database, run, desk.home, audience))
            write(database, probes.rows(database, run))
            write(database, _twins(desk))
            write(database, _pictures(desk))
            write(database, agreement.rows(database, run) if same_as is None else agreement.stored(database, same_as))
            links, rows = read_links(database, run)
            write(database, rows)
        yield evolve(desk, links=links)
    finally:
        clear(database)


def _script(database: Database, name: str) -> None:
    database.connection.executescript(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def clear(database: Database) -> None:
    for kind, name in database.rows("SELECT type, name FROM sqlite_temp_master WHERE type IN ('view', 'table')"):
        database.connection.execute(f"DROP {kind} temp.{name}")


def _home(database: Database, run: int) -> int | None:
    """The home page where it was read: a crawl may be of a folder or of named pages alone."""
    found = database.scalar("SELECT url.id FROM run JOIN url ON url.url = run.home WHERE run.id = ?", run)
    home = read_aliases(database, run).get(found, found)
    known = database.scalar("SELECT count(*) FROM page WHERE run = ? AND url = ? AND status = 200", run, home)
    return home if known else None


def _same_pages(desk: Desk) -> Iterator[tuple[str, page_facts.Row]]:
    for url, page in read_aliases(desk.database, desk.run).items():
        yield "same_page", (url, page)


def write(database: Database, rows: Iterable[tuple[str, page_facts.Row]]) -> None:
    """(table, row) pairs, in batches."""
    waiting: dict[str, list[page_facts.Row]] = {}
    for table, row in rows:
        batch = waiting.setdefault(table, [])
        batch.append(row)
        if len(batch) >= BATCH:
            _insert(database, table, batch)
            batch.clear()
    for table, batch in waiting.items():
        if batch:
            _insert(database, table, batch)


def _insert(database: Database, table: str, rows: list[page_facts.Row]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    database.connection.executemany(f"INSERT OR IGNORE INTO temp.{table} VALUES ({marks})", rows)  # noqa: S608 - our own names


def is_whole(database: Database, run: int) -> bool:
    """No page that the crawl met was left unread."""
    unread = database.scalar(
        "SELECT count(*) FROM frontier WHERE run = ? AND kind = 'page' AND state < ?", run, DONE
    ) + database.scalar("SELECT count(*) FROM fetch WHERE run = ? AND kind = 'page' AND error LIKE 'budget%'", run)
    return not unread


def _fill_run(desk: Desk) -> None:
    run = runs.load(desk.database, desk.run)
    sources = run.options.get("sources") or ("links", "sitemaps", "feeds")
    row = (
        desk.run,
        desk.database.scalar("SELECT count(*) FROM run WHERE id <= ?", desk.run),
        desk.home,
        run.home,
        desk.now.isoformat(),
        "links" in sources and not run.options.get("urls"),
        is_whole(desk.database, desk.run) and runs.OTHERS not in sources,
        runs.OTHERS not in sources
        and desk.database.scalar("SELECT count(*) FROM fetch WHERE run = ? AND kind = 'robots'", desk.run) > 0,
    )
    write(desk.database, [("this_run", row)])


def _fill_audience(desk: Desk) -> None:
    one = desk.audience
    row = (
        one.id,
        one.base,
        one.min_profiles,
        one.feed_age_days,
        one.cadence_items,
        one.cadence_gap_days,
        one.aging_months,
    )
    write(desk.database, [("audience", row)])
    write(desk.database, (("network", _network(row, one)) for row in social_tables.rows("platforms")))
    write(desk.database, (("own_domain", (page_facts.host_of(f"//{host}"),)) for host in one.domains))


def _network(row: dict[str, Any], audience: Audience) -> page_facts.Row:
    name = row["id"]
    return (
        name,
        row.get("name", name),
        KIND_OF.get(row["kind"], "other"),
        name in audience.must,
        name in audience.opt_out,
    )


def _page_rows(database: Database, run: int, home: int | None) -> Iterator[tuple[str, page_facts.Row]]:
    cursor = database.connection.execute(
        "SELECT url, facts FROM page WHERE run = ? AND status = 200 ORDER BY url", (run,)
    )
    for url, facts in cursor:
        # One unreadable row (an older version's, a damaged disk) must not cost the analysis of the site.
        page = unpack_if_readable(facts, Page)
        if page is None:
            continue
        yield from page_rows(url, page, home)


def _twins(desk: Desk) -> Iterator[tuple[str, page_facts.Row]]:
    rows = desk.database.rows(
        "SELECT url, simhash FROM shareable_page WHERE simhash != 0 AND words >= ? ORDER BY url", LEAST_WORDS
    )
    for number, cluster in enumerate(twins.clusters([row[0] for row in rows], [row[1] for row in rows])):
        yield from (("twin", (number, url)) for url in cluster)


def _pictures(desk: Desk) -> Iterator[tuple[str, page_facts.Row]]:
    address = "SELECT url FROM url WHERE id = ?"
    for page, picture in pictures.shown_pictures(desk.database, desk.run).items():
        yield "shown_picture", (page, desk.database.rows(address, picture)[0][0])
