"""A section of the report: the titles that are longest."""

from __future__ import annotations

from smocrawl.report.crawl import Crawl
from smocrawl.report.sections.added import AddedSection, Table

SHOWN = 5


def longest_titles(crawl: Crawl) -> AddedSection | None:
    """None where no page has a title: then there is nothing to show."""
    titled = sorted((page for page in crawl.pages if page.title), key=lambda page: -len(page.title))[:SHOWN]
    if not titled:
        return None
    return AddedSection(
        id="example-titles",
        name="Long titles",
        title=f"The longest title has {len(titled[0].title)} characters",
        tables=[Table(columns=["Page", "Title"], rows=[(page.url, page.title) for page in titled])],
    )
