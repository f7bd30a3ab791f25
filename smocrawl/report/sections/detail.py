"""The detail of one page: its faults, cards and a head to paste, made by this process or by a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from smocrawl.report import safe
from smocrawl.report.card_view import Drawer
from smocrawl.report.catalogue import installed
from smocrawl.report.crawl import Crawl, drawn_severity, is_nearly_blocker
from smocrawl.report.language import load
from smocrawl.report.page_rows import PageRow
from smocrawl.report.pictures import Pictures
from smocrawl.report.snippet import snippet
from smocrawl.store.database import Database
from smocrawl.store.facts import from_json

Detail = dict[str, Any]

LINKS = 6
"""Links in, and out, that are named; those from the main text first."""

TO = """SELECT url.url FROM link JOIN url ON url.id = link.dst
    WHERE link.run = ? AND link.src = ? AND link.dst != link.src ORDER BY link.in_main DESC, url.url LIMIT ?"""


@frozen(eq=False)
class Detailer:
    """Works out details, one page after the other."""

    crawl: Crawl
    checks: Mapping[str, int]
    """The number of each check in the explorer's data."""
    drawer: Drawer = field(init=False)

    @drawer.default
    def _words_alone(self) -> Drawer:
        """Cards in the page details are words, so that their pictures do not eat the gallery's budget."""
        return Drawer(self.crawl, Pictures(lambda _: None))

    def of(self, page: PageRow, linked_from: Iterable[str]) -> Detail:
        crawl = self.crawl
        found = sorted(
            crawl.found("url = ? AND outcome IN ('warned', 'failed')", page.id), key=lambda one: (one.rank, one.check)
        )
        facts = crawl.head_facts(page)
        head = snippet(facts, crawl.pictures, crawl.language.gettext)
        needed = found and not facts.meta_refresh and any(line.change for line in head)
        return {
            "faults": [
                [
                    self.checks[one.check],
                    drawn_severity(one.severity, one.outcome),
                    crawl.sentence(one),
                    *([1] if is_nearly_blocker(one.severity, one.outcome) else []),
                ]
                for one in found
            ],
            "cards": self._cards(page),
            "head": [[line.change, line.text] for line in head] if needed else [],
            "cap": [crawl.title(page.cap), round(page.uncapped or 0)] if page.cap else None,
            "moves": int(bool(facts.meta_refresh)),
            "evidence": safe.cut(facts.kind_evidence, 120),
            "tactics": self._tactics(page),
            "from": [named(url) for url in linked_from],
            "to": [named(row[0]) for row in crawl.database.rows(TO, crawl.id, page.id, LINKS)],
        }

    def _tactics(self, page: PageRow) -> list[list[Any]]:
        """[name, score] of the tactics that this page was rated in."""
        rows = self.crawl.database.rows("SELECT tactics FROM review WHERE run = ? AND url = ?", self.crawl.id, page.id)
        scores: Mapping[str, float | None] = from_json(rows[0][0]) if rows else {}
        return [
            [self.crawl.words.tactic(key), round(value)] for key, value in sorted(scores.items()) if value is not None
        ]

    def _cards(self, page: PageRow) -> list[list[str]]:
        """Platforms that show the same are told together: [names, title, text, picture, note]."""
        same: dict[tuple[str, str, str, str], list[str]] = {}
        for platform, (title, text, image, note) in self.drawer.words(page).items():
            same.setdefault((title, text, _picture(image), note), []).append(self.drawer.name(platform))
        return [[", ".join(names), *values] for values, names in sorted(same.items(), key=lambda one: -len(one[1]))]


def named(url: str) -> list[str]:
    """[path, address]"""
    return [safe.path(url), safe.link(url) or ""]


def _picture(url: str) -> str:
    """A picture by its name; the address as a whole stands in the head."""
    return safe.path(url).rpartition("/")[2] if url else ""


# -- in a worker -----------------------------------------------------------------------------------


@frozen(kw_only=True)
class Asked:
    """Pages whose details are wanted."""

    path: Path
    run: int
    language: str
    checks: Mapping[str, int]
    spelled: Callable[[str], str | None]
    pages: tuple[tuple[PageRow, tuple[str, ...]], ...]
    """Each with the addresses of the first own pages that link to it."""


def details_of(asked: Asked) -> tuple[str, ...]:
    """As a script reads them, in the order of the pages.

    The crawl is kept for the next call, with the measures of all its pictures; its connection is not, so that the
    store can be closed whole whenever the main process is done with it.
    """
    key = (asked.path, asked.run, asked.language)
    database = Database(asked.path, read_only=True)
    try:
        if key not in _kept:
            _kept.clear()
            crawl = Crawl(database, asked.run, installed(), load(asked.language), asked.spelled)
            _kept[key] = Detailer(crawl, asked.checks)
        detailer = _kept[key]
        detailer.crawl.read_from(database)
        return tuple(safe.script_json(detailer.of(page, linked_from)) for page, linked_from in asked.pages)
    finally:
        database.close()


_kept: dict[tuple[Path, int, str], Detailer] = {}
"""At most one."""
