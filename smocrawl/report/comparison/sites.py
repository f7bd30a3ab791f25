"""The sites of a comparison: each a stored crawl, the first of them the one that the others are held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from statistics import fmean

from attrs import define, frozen

from smocrawl.report import safe
from smocrawl.report.card_view import CardView, Drawer
from smocrawl.report.crawl import Crawl
from smocrawl.report.language import Language
from smocrawl.report.pictures import BUDGET, Pictures
from smocrawl.report.words import Words


@define(eq=False)
class Site:
    """One of the sites under the name of its column."""

    name: str
    crawl: Crawl
    drawer: Drawer

    @cached_property
    def home_cards(self) -> dict[str, CardView]:
        """By platform; empty where the home page was not read."""
        return self.drawer.views(self.crawl.home) if self.crawl.home else {}

    def tactic(self, tactic: str) -> float | None:
        return self.crawl.scored("tactic", tactic).value

    @cached_property
    def platforms(self) -> dict[str, float]:
        """Readiness of the shareable pages for each platform, 0-100, each page as much as another."""
        scores: dict[str, list[float]] = {}
        for page in self.crawl.shareable:
            for platform, score in page.platforms.items():
                scores.setdefault(platform, []).append(score)
        return {platform: fmean(found) for platform, found in scores.items()}

    @cached_property
    def kinds(self) -> dict[str, tuple[int, float | None]]:
        """(number of shareable pages, their mean score) of each kind of page."""
        return {kind: (number, self._mean(kind)) for kind, number in self.crawl.kinds}

    def _mean(self, kind: str) -> float | None:
        scores = [page.score for page in self.crawl.shareable if page.kind == kind and page.score is not None]
        return fmean(scores) if scores else None


@frozen
class Sites:
    """At least two, in the order in which they were named."""

    all: tuple[Site, ...]

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Site]:
        return iter(self.all)

    @property
    def first(self) -> Site:
        return self.all[0]

    @property
    def others(self) -> tuple[Site, ...]:
        return self.all[1:]

    @property
    def language(self) -> Language:
        return self.first.crawl.language

    @property
    def words(self) -> Words:
        return self.first.crawl.words

    @property
    def key_platforms(self) -> tuple[str, ...]:
        """Those that matter to the audience of any of the sites."""
        return tuple(dict.fromkeys(name for site in self for name in site.crawl.audience.key))


def sites_of(crawls: Sequence[Crawl], names: Sequence[str]) -> tuple[Sites, Pictures]:
    """The sites with one collection of pictures, of which each may fill its part.

    *names*: told in place of the host where two crawls are of one host.
    """
    shared = Pictures(lambda _: None, 0)
    hosts = Counter(crawl.domain for crawl in crawls)
    found = []
    for crawl, name in zip(crawls, names, strict=True):
        pictures = shared.beside(crawl.thumb, BUDGET // len(crawls))
        told = crawl.domain if crawl.domain and hosts[crawl.domain] == 1 else safe.cut(name, 100)
        found.append(Site(told, crawl, Drawer(crawl, pictures)))
    return Sites(tuple(found)), shared
