"""What the project promises of its speed, held against what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.addon import Hosted
from benchmarks.analysis import Cost
from benchmarks.crawls import ADVERTOOLS, BARE, INLINE, NAIVE, WORKERS, Ran


@dataclass(frozen=True)
class Goal:
    name: str
    measured: float
    at_least: float | None = None
    at_most: float | None = None

    def __str__(self) -> str:
        met = self.measured >= self.at_least if self.at_least is not None else self.measured <= (self.at_most or 0)
        wanted = f"at least {self.at_least:g}" if self.at_least is not None else f"at most {self.at_most:g}"
        return f"{self.name:58} {self.measured:7.2f}   {wanted:14} {'met' if met else 'NOT MET'}"


def of_analysis(cost: Cost) -> Iterator[Goal]:
    yield Goal("reading and judging / parsing", cost.of_parse, at_most=5)
    yield Goal("slowest page / mean page", cost.slowest, at_most=8)


def of_crawls(found: Mapping[str, Sequence[Ran]]) -> Iterator[Goal]:
    """Ratios within each round, their medians."""
    yield Goal("audit with workers / bare Scrapy, pages a second", _faster(found[WORKERS], found[BARE]), at_least=0.40)
    yield Goal("audit inline / bare Scrapy, pages a second", _faster(found[INLINE], found[BARE]), at_least=0.25)
    yield Goal("audit with workers / naive design, pages a second", _faster(found[WORKERS], found[NAIVE]), at_least=12)
    if ADVERTOOLS in found:
        pairs = zip(found[WORKERS], found[ADVERTOOLS], strict=True)
        yield Goal("audit with workers / advertools, CPU a page", median(a.cpu / b.cpu for a, b in pairs), at_most=0.3)


def of_addon(found: Sequence[tuple[Hosted, ...]]) -> Iterator[Goal]:
    """Of a host's crawl without the add-on, with pages read now, and later: medians over the rounds."""
    for number, way in ((1, "read now"), (2, "read later")):
        pairs = [(ran[0], ran[number]) for ran in found]
        longer = median(audited.seconds / plain.seconds for plain, audited in pairs)
        dearer = median((audited.cpu - plain.cpu) / audited.pages * 1e3 for plain, audited in pairs)
        yield Goal(f"run time with the add-on / without, pages {way}", longer, at_most=1.25)
        yield Goal(f"CPU-ms a page that it adds to the host's process, pages {way}", dearer, at_most=8)
        yield Goal(f"pages that were left out, {way}", max(audited.left_out for _, audited in pairs), at_most=0)


def of_memory(megabytes: float, kilobytes: float) -> Iterator[Goal]:
    """Of a crawl of 100,000 small pages."""
    yield Goal("peak of all processes, MB", megabytes, at_most=400)
    yield Goal("store, kB a page", kilobytes, at_most=8)


def _faster(runs: Sequence[Ran], base: Sequence[Ran]) -> float:
    return median(other.seconds / one.seconds for one, other in zip(runs, base, strict=True))
