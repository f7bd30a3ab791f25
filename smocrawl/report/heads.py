"""What a head to paste is made from: of a page's facts those that a head names, without headlines that are no page's own."""

from __future__ import annotations

from attrs import evolve

from smocrawl.page import Page
from smocrawl.store.database import Database

NOT_FOR_A_HEAD = frozenset((
    "links", "social", "same_as", "vendors", "embeds", "dates", "text", "leads", "json_ld", "icons", "feeds", "trouble",
))  # fmt: skip
"""Facts that :mod:`smocrawl.report.snippet` does not look at."""

OF_MANY = 3
"""Titles over one headline from which it is that of the site: many templates print its name as the first headline of each page."""


def banners(database: Database, run: int) -> frozenset[str]:
    """Headlines under which pages of several titles stand."""
    rows = database.rows(
        "SELECT h1 FROM page WHERE run = ? AND status = 200 AND h1 != '' GROUP BY h1 HAVING count(DISTINCT title) >= ?",
        run, OF_MANY,
    )  # fmt: skip
    return frozenset(row[0] for row in rows)


def without_banners(page: Page, banners: frozenset[str]) -> Page:
    """*page* without first headlines that are the site's."""
    if page.h1 not in banners:
        return page
    own = (one for one in page.headings if not (one.level == 1 and one.text in banners))
    return evolve(page, headings=tuple(own))
