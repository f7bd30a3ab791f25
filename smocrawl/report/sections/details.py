"""What opens behind a row of the explorer: faults, cards and a head to paste of one page, read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from smocrawl.report import safe
from smocrawl.report.card_view import Drawer
from smocrawl.report.crawl import Crawl, PageRow
from smocrawl.report.sections.top_fixes import shown_fixes
from smocrawl.report.snippet import snippet
from smocrawl.store.facts import from_json

Detail = dict[str, Any]

LINKS = 6
"""Links in, and out, that are named; those from the main text first."""

TO = """SELECT url.url FROM link JOIN url ON url.id = link.dst
    WHERE link.run = ? AND link.src = ? AND link.dst != link.src ORDER BY link.in_main DESC, link.dst LIMIT ?"""
FROM = "SELECT url.url FROM temp.first_inlinks JOIN url ON url.id = src WHERE run = ? AND dst = ? ORDER BY place"
FIRST_INLINKS = """INSERT INTO temp.first_inlinks SELECT run, dst, place, src FROM (
    SELECT run, dst, src, row_number() OVER (PARTITION BY dst ORDER BY in_main DESC, src) AS place
    FROM link WHERE run = ? AND src != dst) WHERE place <= ?"""
TABLE = """CREATE TEMP TABLE IF NOT EXISTS first_inlinks (
    run INTEGER, dst INTEGER, place INTEGER, src INTEGER, PRIMARY KEY (run, dst, place)) WITHOUT ROWID"""

SAMPLE = 40
"""Pages from which the size of all details is reckoned."""


@frozen(eq=False)
class Details:
    """The details of all pages, each worked out when its turn comes: memory does not grow with the site."""

    crawl: Crawl
    drawer: Drawer
    checks: Mapping[str, int]
    """The number of each check in the explorer's data."""
    _sampled: dict[int, Detail] = field(factory=dict, init=False)
    """By page, those from which the size was reckoned: they are wanted soon after."""

    def __attrs_post_init__(self) -> None:
        """Links are stored by where they begin; by where they end they are sorted once, for all pages together."""
        connection, run = self.crawl.database.connection, self.crawl.id
        connection.execute(TABLE)
        if not self.crawl.database.rows("SELECT 1 FROM temp.first_inlinks WHERE run = ? LIMIT 1", run):
            connection.execute(FIRST_INLINKS, (run, LINKS))

    def of(self, page: PageRow) -> Detail:
        return self._sampled.pop(page.id, None) or self._made(page)

    def _made(self, page: PageRow) -> Detail:
        crawl = self.crawl
        found = sorted(
            crawl.found("url = ? AND outcome IN ('warned', 'failed')", page.id), key=lambda one: (one.rank, one.check)
        )
        facts = crawl.head_facts(page)
        return {
            "faults": [[self.checks[one.check], one.severity, crawl.sentence(one)] for one in found],
            "cards": self._cards(page),
            "head": [[line.change, line.text] for line in snippet(facts, crawl.pictures, crawl.language.gettext)],
            "cap": [crawl.title(page.cap), round(page.uncapped or 0)] if page.cap else None,
            "evidence": safe.cut(facts.kind_evidence, 120),
            "tactics": self._tactics(page),
            "from": self._linked(FROM, self.crawl.id, page.id),
            "to": self._linked(TO, self.crawl.id, page.id, LINKS),
        }

    def size(self) -> int:
        """Characters that the details of all pages will take, reckoned from some of them."""
        pages = self.crawl.pages
        some = pages[:: max(1, len(pages) // SAMPLE)]
        self._sampled.update((page.id, self._made(page)) for page in some)
        length = sum(len(safe.script_json(detail)) for detail in self._sampled.values())
        return length * len(pages) // max(1, len(some))

    def within(self, budget: int) -> dict[str, str]:
        """As a script reads them, by row number, as many as fit: the pages that the fixes name first, then the worst."""
        pages = self.crawl.pages
        named = {url for fix in shown_fixes(self.crawl) for url in fix.examples}
        found = {}
        for number in sorted(range(len(pages)), key=lambda at: (pages[at].url not in named, at)):
            detail = safe.script_json(self.of(pages[number]))
            budget -= len(detail)
            if budget < 0:
                break
            found[str(number)] = detail
        return found

    def shards(self, rows: int) -> Iterator[tuple[int, dict[str, Detail]]]:
        """(number of the shard, details by row number) of all pages, *rows* in each."""
        pages = self.crawl.pages
        for shard, start in enumerate(range(0, len(pages), rows)):
            yield shard, self._some(start, pages[start : start + rows])

    def _some(self, start: int, pages: Iterable[PageRow]) -> dict[str, Detail]:
        return {str(number): self.of(page) for number, page in enumerate(pages, start)}

    def _tactics(self, page: PageRow) -> list[list[Any]]:
        """[name, score] of the tactics that this page was rated in."""
        rows = self.crawl.database.rows("SELECT tactics FROM review WHERE run = ? AND url = ?", self.crawl.id, page.id)
        scores: Mapping[str, float | None] = from_json(rows[0][0]) if rows else {}
        return [
            [self.crawl.words.tactic(key), round(value)] for key, value in sorted(scores.items()) if value is not None
        ]

    def _linked(self, query: str, *values: int) -> list[list[str]]:
        """[path, address] of the first own pages that link here, or that this page links to."""
        return [[safe.path(row[0]), safe.link(row[0]) or ""] for row in self.crawl.database.rows(query, *values)]

    def _cards(self, page: PageRow) -> list[list[str]]:
        """Platforms that show the same are told together: [names, title, text, picture, note]."""
        same: dict[tuple[str, str, str, str], list[str]] = {}
        for platform, (title, text, image, note) in self.drawer.words(page).items():
            same.setdefault((title, text, _picture(image), note), []).append(self.drawer.name(platform))
        return [[", ".join(names), *values] for values, names in sorted(same.items(), key=lambda one: -len(one[1]))]


def _picture(url: str) -> str:
    """A picture by its name; the address as a whole stands in the head."""
    return safe.path(url).rpartition("/")[2] if url else ""
