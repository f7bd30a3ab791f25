"""The pictures that a crawl fetched, found by the addresses that pages name: as the crawl spells them, redirects followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache

from attrs import define, field

from smocrawl.platforms.base import ImageFacts
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable

MOST_HOPS = 12
"""Redirects that are followed; the crawl itself follows fewer."""

ADDRESSES = 50_000
"""Addresses whose place is remembered."""

END = """
WITH RECURSIVE way (id, hop) AS (
    SELECT id, 0 FROM url WHERE url = ?
    UNION ALL
    SELECT fetch.redirect, hop + 1 FROM way JOIN fetch ON fetch.run = ? AND fetch.url = way.id
    WHERE fetch.redirect IS NOT NULL AND hop < ?
)
SELECT url.url FROM way JOIN url ON url.id = way.id ORDER BY hop DESC LIMIT 1
"""


def as_it_stands(url: str) -> str:
    """The spelling of a crawl that changes nothing."""
    return url


@define(eq=False)
class Assets(Mapping[str, ImageFacts]):
    """Measured pictures by any address that leads to them."""

    database: Database
    run: int
    spelled: Callable[[str], str | None] = field(default=as_it_stands)
    """An address as the crawl asks it; None = it asks none like it."""
    _end: Callable[[str], str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._end = lru_cache(maxsize=ADDRESSES)(self._read_end)

    @cached_property
    def _measured(self) -> Mapping[str, ImageFacts]:
        """By the address that answered."""
        rows = self.database.rows(
            "SELECT u.url, a.facts FROM asset a JOIN url u ON u.id = a.url"
            " WHERE a.run = ? AND a.kind IN ('image', 'icon') AND a.facts IS NOT NULL",
            self.run,
        )
        found = ((row[0], unpack_if_readable(row[1], ImageFacts)) for row in rows)
        return {**self._unanswered(), **{url: facts for url, facts in found if facts}}

    def _unanswered(self) -> Mapping[str, ImageFacts]:
        """What was asked and gave nothing is known too: to the networks it is no picture, as the reviews say."""
        rows = self.database.rows(
            "SELECT u.url, f.status, f.error FROM fetch f JOIN url u ON u.id = f.url"
            " WHERE f.run = ? AND f.kind IN ('image', 'icon') AND f.error IS NOT NULL",
            self.run,
        )
        return {row["url"]: ImageFacts(url=row["url"], status=row["status"], error=row["error"]) for row in rows}

    def __getitem__(self, url: str) -> ImageFacts:
        known = self._measured.get(url)
        return known if known is not None else self._measured[self._end(url)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._measured)

    def __len__(self) -> int:
        return len(self._measured)

    def thumb(self, url: str) -> bytes | None:
        """A small copy of the picture, where the crawl kept one."""
        for address in dict.fromkeys((url, self._end(url))):
            rows = self.database.rows(
                "SELECT a.thumb FROM asset a JOIN url u ON u.id = a.url WHERE a.run = ? AND u.url = ?",
                self.run,
                address,
            )
            if rows and rows[0][0] is not None:
                found: bytes = rows[0][0]
                return found
        return None

    def _read_end(self, url: str) -> str:
        """The address that answers in the end for *url*; itself where nothing is known of it."""
        spelled = self.spelled(url) or url
        rows = self.database.rows(END, spelled, self.run, MOST_HOPS)
        return str(rows[0][0]) if rows else spelled
