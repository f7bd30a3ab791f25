"""A check of the whole site asked about a handful of pages given as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urljoin

from smocrawl import audience as audiences
from smocrawl import site
from smocrawl.checks.applies import shareable
from smocrawl.checks.base import Context, Finding
from smocrawl.checks.whole_site import SiteCheck
from smocrawl.extract import read_page
from smocrawl.reading import named_assets, own_links
from smocrawl.site.desk import laid_out
from smocrawl.site.judging import judge_site as asked
from smocrawl.spiders.options import read_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.frontier import Frontier
from smocrawl.store.records import Record, page_record, save_page, save_record, save_uses
from smocrawl.testing.pages import Answer

HOME = "https://site.example/"
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""The day of the crawl where the test names none."""


def judge_site(
    check: SiteCheck,
    pages: Mapping[str, str | bytes],
    *,
    audience: str = "general",
    now: datetime = NOW,
    home: str = HOME,
) -> Answer:
    """The answer of *check* to a site of these *pages* (path -> HTML), stored in memory as a crawl stores it."""
    database = Database(":memory:")
    try:
        run = runs.begin(
            database, home=home, options={}, version="0", ruleset="tests", algorithm=0, audience=audience
        )  # fmt: skip
        scope = Scope(read_options({"domain": home}))
        scope.settle(home)
        for path, html in pages.items():
            _store(Frontier(database, run), scope, urljoin(home, path), html)
        site.measure(database, run)
        with laid_out(database, run, audiences.load(audience), now) as desk:
            (verdict,) = asked(desk, [check])
    finally:
        database.close()
    return Answer(
        outcome=verdict.outcome,
        evidence=tuple(one.evidence for one in verdict.findings),
        sentences=tuple(_sentence(check, one) for one in verdict.findings),
        reason=verdict.reason,
    )


def _store(frontier: Frontier, scope: Scope, url: str, html: str | bytes) -> None:
    page = read_page(url, html.encode() if isinstance(html, str) else html, headers={"content-type": "text/html"})
    record = page_record(page, own_links(page, scope), shareable=shareable(page, Context(own_hosts=scope.hosts)))
    save_record(frontier, Record(url=url, kind="page", status=200, type="text/html"))
    save_page(frontier, record, depth=0)
    save_uses(frontier, url, dict.fromkeys((address, role) for address, _, role in named_assets(page)))


def _sentence(check: SiteCheck, finding: Finding) -> str:
    return check.sentence(finding.outcome, finding.evidence).format_map(finding.evidence)
