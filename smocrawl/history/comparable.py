"""Whether two crawls speak of the same thing; where they do not, the sentences why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from smocrawl.store.database import Database
from smocrawl.store.renderings import count as rendered
from smocrawl.store.runs import Run

PAGES_DIFFER = 0.2
"""Share of pages, of the larger crawl, by which two crawls may differ."""

ERRORS = 0.05
"""Share of asked pages that may fail to answer."""

SCOPE = (
    "host", "port", "scheme", "path", "seeds", "sources", "sitemap", "include", "exclude", "urls", "max_pages", "as_url",
    "subdomains", "ignore_robots", "outside",
)  # fmt: skip
"""Arguments that decide which pages are seen."""

PLACE = frozenset({"host", "port", "scheme"})
"""A copy audited under another address may stand anywhere: in CI at another port each time."""

SENTENCES: Mapping[str, str] = {
    "no-score": "One of the two crawls has no score.",
    "audience": "The audience changed from {before} to {now}, and with it the weights.",
    "options": "The crawls were started with other arguments: {names}.",
    "pages": "The crawls read different pages: {new} only now, {gone} only before, of {pages}.",
    "errors": "In the crawl of {when}, {failed} of {asked} pages did not answer.",
    "robots": "robots.txt forbids our crawler other pages than before: {pages} of them.",
    "rendering": "Only one of the two crawls read pages after their scripts as well.",
    "rules": "The rules changed, and the earlier crawl was not judged by those of today.",
}


@frozen(kw_only=True)
class Why:
    """One cause for which two scores cannot be compared."""

    code: str
    detail: Mapping[str, object] = field(factory=dict)

    @property
    def template(self) -> str:
        return SENTENCES[self.code]

    def __str__(self) -> str:
        return self.template.format_map(self.detail)


def arguments_differ(before: Run, now: Run) -> Iterator[Why]:
    if before.audience != now.audience:
        yield Why(code="audience", detail={"before": before.audience, "now": now.audience})
    staged = bool(now.options.get("as_url"))
    names = [name for name in SCOPE if _differs(before.options, now.options, name) and not (staged and name in PLACE)]
    if names:
        yield Why(code="options", detail={"names": ", ".join(names)})


EMPTY: tuple[object, ...] = (None, (), [], False, "")


def _differs(before: Mapping[str, Any], now: Mapping[str, Any], name: str) -> bool:
    """An argument that an older version did not know is one that was not given."""
    was, has = before.get(name), now.get(name)
    return was != has and not (was in EMPTY and has in EMPTY)


def pages_differ(*, new: int, gone: int, pages: int) -> Iterator[Why]:
    if new + gone > PAGES_DIFFER * pages:
        yield Why(code="pages", detail={"new": new, "gone": gone, "pages": pages})


ASKED = """
SELECT count(*) AS asked, coalesce(sum(status IS NULL OR status = 429 OR status >= 500), 0) AS failed
FROM fetch
WHERE run = ? AND kind = 'page' AND (status IS NOT NULL OR coalesce(error, '') NOT LIKE 'robots%'
    AND coalesce(error, '') NOT LIKE 'budget%' AND coalesce(error, '') NOT LIKE 'refused%')
"""


def too_many_errors(database: Database, run: Run, when: str) -> Iterator[Why]:
    row = database.rows(ASKED, run.id)[0]
    if row["failed"] > ERRORS * row["asked"]:
        yield Why(code="errors", detail={"when": when, "failed": row["failed"], "asked": row["asked"]})


FORBIDDEN = """
SELECT count(*) FROM fetch AS one JOIN page ON page.run = ? AND page.url = one.url
WHERE one.run = ? AND one.kind = 'page' AND one.status IS NULL AND one.error LIKE 'robots%'
"""


def robots_differ(database: Database, before: Run, now: Run) -> Iterator[Why]:
    """Pages that one crawl read and robots.txt kept from the other."""
    pages = database.scalar(FORBIDDEN, before.id, now.id) + database.scalar(FORBIDDEN, now.id, before.id)
    if pages:
        yield Why(code="robots", detail={"pages": pages})


def rendering_differs(database: Database, before: Run, now: Run) -> Iterator[Why]:
    """Faults that only a browser shows would look new, or mended."""
    if bool(rendered(database, before.id).read) != bool(rendered(database, now.id).read):
        yield Why(code="rendering")
