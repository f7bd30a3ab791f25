"""What every section has: an anchor, a name, a heading that says what was found."""

from __future__ import annotations

from attrs import frozen

from smocrawl.report import safe
from smocrawl.report.crawl import Crawl, Found, drawn_severity
from smocrawl.report.page_rows import PageRow


@frozen(kw_only=True)
class Section:
    """Plain values of one section; its template bears the name of its ``id``."""

    id: str
    name: str
    title: str
    lede: str = ""

    @property
    def template(self) -> str:
        return self.id


@frozen(kw_only=True)
class PageLink:
    """A page as it is named in lists."""

    path: str
    url: str | None
    """None where the address may not stand in a link."""
    title: str = ""


@frozen(kw_only=True)
class Fault:
    """A finding in words."""

    check: str
    title: str
    text: str
    severity: str
    word: str
    """The severity as people say it."""


def page_link(page: PageRow) -> PageLink:
    return PageLink(path=page.path, url=safe.link(page.url), title=page.title)


def example(url: str) -> PageLink:
    """An address of the evidence; where that was cut to fit, it leads nowhere and is no link."""
    return PageLink(path=safe.path(url), url=None if url.endswith("…") else safe.link(url))


def fault(crawl: Crawl, found: Found) -> Fault:
    severity = drawn_severity(found.severity, found.outcome)
    return Fault(
        check=found.check,
        title=crawl.title(found.check),
        text=crawl.sentence(found),
        severity=severity,
        word=crawl.words.severity(severity),
    )
