"""What opens behind a row of the explorer: faults, cards and a head to paste of one page, read when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import field, frozen

from smocrawl.report import safe
from smocrawl.report.crawl import Crawl
from smocrawl.report.page_rows import PageRow
from smocrawl.report.sections.detail import LINKS, Asked, Detailer, details_of
from smocrawl.report.sections.top_fixes import shown_fixes
from smocrawl.site.graph import read_aliases

FROM = "SELECT url.url FROM temp.first_inlinks JOIN url ON url.id = src WHERE run = ? AND dst = ? ORDER BY place"
FIRST_INLINKS = """INSERT INTO temp.first_inlinks SELECT run, meant, place, own FROM (
    SELECT run, meant, own, row_number() OVER (PARTITION BY meant ORDER BY in_main DESC, addresses.place) AS place
    FROM (SELECT run, src, in_main, coalesce((SELECT page FROM temp.aliases WHERE id = dst), dst) AS meant,
            coalesce((SELECT page FROM temp.aliases WHERE id = src), src) AS own FROM link WHERE run = ?)
    JOIN temp.addresses ON addresses.id = src WHERE own != meant) WHERE place <= ?"""
TABLE = """CREATE TEMP TABLE IF NOT EXISTS first_inlinks (
    run INTEGER, dst INTEGER, place INTEGER, src INTEGER, PRIMARY KEY (run, dst, place)) WITHOUT ROWID"""
ADDRESSES = "CREATE TEMP TABLE IF NOT EXISTS addresses (id INTEGER PRIMARY KEY, place INTEGER)"
ALIASES = "CREATE TEMP TABLE IF NOT EXISTS aliases (id INTEGER PRIMARY KEY, page INTEGER)"
"""Addresses that are another page in truth, as the number of links in counts them."""
PLACES = "INSERT INTO temp.addresses SELECT id, row_number() OVER (ORDER BY url) FROM url"
"""Ids follow the order in which pages were met, which differs from crawl to crawl; places that of the addresses."""

SAMPLE = 40
"""Pages from which the size of all details is reckoned."""

TOGETHER = 50
"""Pages whose details a worker makes at once: about 0.1 s of work."""

Told: TypeAlias = tuple[str, ...] | Exception
Share: TypeAlias = Callable[[Callable[[Asked], tuple[str, ...]], Iterable[Asked]], Iterable[tuple[Asked, Told]]]
"""Hands work to other processes (:meth:`smocrawl.workers.Workers.map`): each thing asked with its answer, in order.
The first ones are begun at once, the others as answers are taken."""


@frozen(eq=False)
class Details:
    """The details of all pages, each worked out when its turn comes: memory does not grow with the site."""

    crawl: Crawl
    checks: Mapping[str, int]
    """The number of each check in the explorer's data."""
    share: Share | None = None
    """None: this process makes them all."""
    _detailer: Detailer = field(init=False)
    _sampled: dict[int, str] = field(factory=dict, init=False)
    """By row number, those from which the size was reckoned: they are wanted soon after."""

    @_detailer.default
    def _own_detailer(self) -> Detailer:
        return Detailer(self.crawl, self.checks)

    def __attrs_post_init__(self) -> None:
        """Links are stored by where they begin; by where they end they are sorted once, for all pages together."""
        connection, run = self.crawl.database.connection, self.crawl.id
        connection.execute(TABLE)
        if not self.crawl.database.rows("SELECT 1 FROM temp.first_inlinks WHERE run = ? LIMIT 1", run):
            for statement in (ADDRESSES, "DELETE FROM temp.addresses", PLACES, ALIASES, "DELETE FROM temp.aliases"):
                connection.execute(statement)
            connection.executemany(
                "INSERT INTO temp.aliases VALUES (?, ?)", read_aliases(self.crawl.database, run).items()
            )
            connection.execute(FIRST_INLINKS, (run, LINKS))

    def size(self) -> int:
        """Characters that the details of all pages will take, reckoned from some of them."""
        pages = self.crawl.pages
        some = range(0, len(pages), max(1, len(pages) // SAMPLE))
        self._sampled.update((number, self._made(pages[number])) for number in some)
        return sum(map(len, self._sampled.values())) * len(pages) // max(1, len(some))

    def all(self) -> Iterator[tuple[int, str]]:
        """(row number, detail as a script reads it) of every page."""
        return self._told(range(len(self.crawl.pages)))

    def within(self, budget: int) -> Iterator[tuple[int, str]]:
        """As many as fit into so many characters: the pages that the fixes name first, then the worst."""
        pages = self.crawl.pages
        named = {url for fix in shown_fixes(self.crawl) for url in fix.examples}
        return _fitting(self._told(sorted(range(len(pages)), key=lambda at: (pages[at].url not in named, at))), budget)

    def _told(self, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Work is shared out now, not when the first detail is read."""
        made = self._shared([number for number in numbers if number not in self._sampled])
        return ((number, self._sampled.pop(number, "") or next(made)) for number in numbers)

    def _shared(self, numbers: Sequence[int]) -> Iterator[str]:
        if self.share is None:
            return (self._made(self.crawl.pages[number]) for number in numbers)
        parts = (self._asked(numbers[start : start + TOGETHER]) for start in range(0, len(numbers), TOGETHER))
        return self._landed(self.share(details_of, parts))

    def _landed(self, answers: Iterable[tuple[Asked, Told]]) -> Iterator[str]:
        for asked, told in answers:
            # Where a worker died over a part, this process, which has no limits, makes it.
            yield from (self._made(page) for page, _ in asked.pages) if isinstance(told, Exception) else told

    def _asked(self, numbers: Sequence[int]) -> Asked:
        crawl = self.crawl
        pages = [crawl.pages[number] for number in numbers]
        return Asked(
            path=crawl.database.path, run=crawl.id, language=crawl.language.code, checks=self.checks,
            spelled=crawl.spelled, pages=tuple((page, self._linked_from(page)) for page in pages),
        )  # fmt: skip

    def _made(self, page: PageRow) -> str:
        return safe.script_json(self._detailer.of(page, self._linked_from(page)))

    def _linked_from(self, page: PageRow) -> tuple[str, ...]:
        """Addresses of the first own pages that link here."""
        # A page that links to an address and to its copy, or has a copy itself, stands there twice.
        return tuple(dict.fromkeys(row[0] for row in self.crawl.database.rows(FROM, self.crawl.id, page.id)))


def _fitting(details: Iterator[tuple[int, str]], budget: int) -> Iterator[tuple[int, str]]:
    for number, detail in details:
        budget -= len(detail)
        if budget < 0:
            return
        yield number, detail
