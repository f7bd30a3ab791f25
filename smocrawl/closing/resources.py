"""What platforms would fetch besides a page, as far as the crawl has fetched it: oEmbed answers, other pages, icons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from smocrawl.checks.base import Fetched
from smocrawl.extract.files.oembed import OEmbedFacts
from smocrawl.page import Page
from smocrawl.platforms.base import ImageFacts
from smocrawl.platforms.reading import OEmbed, Reading, Resources
from smocrawl.previews import as_answer
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable

T = TypeVar("T")

ASSET = "SELECT asset.facts FROM asset JOIN url ON url.id = asset.url WHERE run = ? AND url.url = ? AND asset.kind = 'oembed'"
PAGE = "SELECT page.facts FROM page JOIN url ON url.id = page.url WHERE run = ? AND url.url = ? AND status = 200"


class Stored(Resources):
    """Those of one page; what was never asked for is taken not to be there."""

    def __init__(
        self, database: Database, run: int, answer: Callable[[str], Fetched | None],
        pictures: Callable[[Page], Mapping[str, ImageFacts]], images: dict[str, ImageFacts],
    ) -> None:  # fmt: skip
        """*answer*: how an address answered in the end; *images* gains the pictures of each page that is read."""
        self.database, self.run = database, run
        self.answer, self.pictures, self.images = answer, pictures, images
        # Eight platforms ask the same endpoint, four follow the same address.
        self._answers: dict[str, OEmbed | None] = {}
        self._pages: dict[str, Page | None] = {}

    def oembed(self, url: str) -> OEmbed | None:
        if url not in self._answers:
            facts = self._facts(ASSET, url, OEmbedFacts)
            found = self.answer(url)
            self._answers[url] = None if facts is None else as_answer(facts, found.type if found is not None else None)
        return self._answers[url]

    def page(self, url: str, reading: Reading) -> Page | None:
        if url not in self._pages:
            found = self._pages[url] = self._facts(PAGE, url, Page)
            if found is not None:
                self.images.update(self.pictures(found))
        return self._pages[url]

    def reachable(self, url: str) -> bool:
        found = self.answer(url)
        return found is not None and found.status is not None and 200 <= found.status < 300

    def _facts(self, query: str, url: str, shape: type[T]) -> T | None:
        found = self.answer(url)
        if found is None or found.status != 200:
            return None
        rows = self.database.rows(query, self.run, found.final_url)
        return unpack_if_readable(rows[0][0], shape) if rows and rows[0][0] is not None else None
