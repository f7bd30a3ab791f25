"""What every page's judgement needs to know of the whole site, read from the store once."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from attrs import frozen

from smocrawl.checks.base import Audience
from smocrawl.page import Kind, Page
from smocrawl.site.accounts import own_accounts
from smocrawl.site.desk import is_whole
from smocrawl.site.pictures import shown_pictures
from smocrawl.spiders.scope import Scope
from smocrawl.spiders.urls import normalise
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable
from smocrawl.store.frontier import TWIN

REPEATED = 0.5
"""Share of pages from which on a link belongs to the template, wherever it seems to stand."""

FEWEST_FOR_TEMPLATE = 4
"""Pages below which repetition says nothing."""


@frozen(kw_only=True)
class SiteFacts:
    """The part of the context that is the same for all pages; small enough to be handed to each worker."""

    home: str | None
    median_latency: float | None
    image_uses: Mapping[str, int]
    logo_urls: frozenset[str]
    site_profiles: frozenset[tuple[str, str]]
    repeated_links: frozenset[str]
    site_kinds: Mapping[Kind, int]
    languages: frozenset[str]
    own_hosts: frozenset[str]
    robots: Mapping[str, bytes]
    """Origin -> packed facts of its robots.txt."""
    now: datetime
    audience: Audience
    scope: Scope
    probed: frozenset[str]
    """Look-ups that were asked for (``-a probes=…``)."""
    twins: frozenset[str]
    """Addresses under http that were asked beside those under https: that of the home page."""
    foreign_origins: frozenset[str]
    """Those of other sites that were asked, for pictures and files."""
    whole: bool
    """No page that was met was left unread (:func:`smocrawl.site.desk.is_whole`)."""
    links_followed: bool
    """Pages were found by links, so that inlinks and depth mean something."""


def read_site_facts(
    database: Database, run: int, *, home: str | None, scope: Scope, now: datetime, audience: Audience,
    links_followed: bool,
) -> SiteFacts:  # fmt: skip
    pages = database.scalar("SELECT count(*) FROM page WHERE run = ? AND status = 200", run)
    return SiteFacts(
        home=home,
        median_latency=_median_latency(database, run),
        image_uses=_image_uses(database, run),
        logo_urls=_logos(database, run, home),
        site_profiles=frozenset((one.platform, one.handle) for one in own_accounts(database, run)),
        repeated_links=_repeated(database, run, pages),
        site_kinds={
            Kind(row[0]): row[1]
            for row in database.rows(
                "SELECT kind, count(*) FROM page WHERE run = ? AND status = 200 GROUP BY kind", run
            )
        },
        languages=frozenset(
            row[0]
            for row in database.rows(
                "SELECT DISTINCT lang FROM page WHERE run = ? AND status = 200 AND lang IS NOT NULL", run
            )
        ),
        own_hosts=scope.hosts,
        probed=frozenset(scope.options.probes),
        twins=frozenset(
            row[0]
            for row in database.rows(
                "SELECT url.url FROM frontier JOIN url ON url.id = frontier.url WHERE run = ? AND kind = ?", run, TWIN
            )
        ),
        scope=scope,
        foreign_origins=_foreign_origins(database, run, scope),
        robots=_robots(database, run),
        now=now,
        audience=audience,
        whole=is_whole(database, run),
        links_followed=links_followed,
    )


def _median_latency(database: Database, run: int) -> float | None:
    seconds = [
        row[0]
        for row in database.rows(
            "SELECT latency FROM fetch WHERE run = ? AND kind = 'page' AND status = 200 AND latency IS NOT NULL", run
        )
    ]
    return statistics.median(seconds) if len(seconds) >= FEWEST_FOR_TEMPLATE else None


CONTENT = "('article', 'product', 'video', 'event', 'docs')"


def _image_uses(database: Database, run: int) -> dict[str, int]:
    """Pages by the share picture that they offer; one under several addresses counts as one (:mod:`smocrawl.site.pictures`)."""
    uses = dict(
        database.connection.execute(f"SELECT og_image, count(*) {OFFERING} GROUP BY og_image", (run,)).fetchall()
    )
    if shown := shown_pictures(database, run):
        offered = database.connection.execute(f"SELECT og_image, url {OFFERING}", (run,))
        pictures = {image: shown[page] for image, page in offered if page in shown}
        together: Counter[int] = Counter()
        for image, picture in pictures.items():
            together[picture] += uses[image]
        uses.update((image, together[picture]) for image, picture in pictures.items())
    return {image: number for image, number in uses.items() if number > 1}


OFFERING = (
    "FROM page WHERE run = ? AND status = 200 AND shareable AND self_canonical AND og_image IS NOT NULL"
    f" AND kind IN {CONTENT}"
)


def _logos(database: Database, run: int, home: str | None) -> frozenset[str]:
    """The organisation's logo and the icons that the home page names."""
    page = page_at(database, run, home) if home else None
    if page is None:
        return frozenset()
    found = {icon.url for icon in page.icons}
    for entity in page.entities:
        if logo := entity.url("logo"):
            found.add(logo)
    return frozenset(found | {spelled for url in found if (spelled := normalise(url))})


def page_at(database: Database, run: int, url: str) -> Page | None:
    rows = database.rows(
        "SELECT p.facts FROM page p JOIN url u ON u.id = p.url WHERE p.run = ? AND u.url = ?", run, url
    )
    return unpack_if_readable(rows[0][0], Page) if rows else None


def _repeated(database: Database, run: int, pages: int) -> frozenset[str]:
    if pages < FEWEST_FOR_TEMPLATE:
        return frozenset()
    least = pages * REPEATED
    social = database.rows(
        "SELECT url FROM social WHERE run = ? GROUP BY url HAVING count(DISTINCT page) >= ?", run, least
    )
    own = database.rows(
        "SELECT u.url FROM link l JOIN url u ON u.id = l.dst WHERE l.run = ? GROUP BY l.dst HAVING count(*) >= ?",
        run, least,
    )  # fmt: skip
    return frozenset(row[0] for row in [*social, *own])


def _foreign_origins(database: Database, run: int, scope: Scope) -> frozenset[str]:
    rows = database.connection.execute(
        "SELECT url.url FROM frontier JOIN url ON url.id = frontier.url WHERE run = ? AND kind != 'page'", (run,)
    )
    origins = {row[0][: row[0].index("/", len("https://"))] for row in rows}
    return frozenset(origin for origin in origins if not scope.owns(origin))


def _robots(database: Database, run: int) -> dict[str, bytes]:
    rows = database.rows(
        "SELECT u.url, a.facts FROM asset a JOIN url u ON u.id = a.url WHERE a.run = ? AND a.kind = 'robots'", run
    )
    found: dict[str, bytes] = {}
    for row in rows:
        parts = urlsplit(row[0])
        found[f"{parts.scheme}://{parts.netloc}"] = row[1]
    return found
