"""What reading and judging one page costs, in multiples of parsing it once: ``python -m benchmarks.analysis FOLDER ORIGIN``.

Each page is timed when it is read for the first time, in a process that has read other pages only: what a page left in a
cache cannot flatter it.  Every round is a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any, TypeVar

from lxml.html import HTMLParser, document_fromstring

from smocrawl.extract import read_page
from smocrawl.review import judge

HEADERS = {"content-type": "text/html; charset=utf-8"}
T = TypeVar("T")
ANALYSED = 60
"""Pages whose analysis is timed; more change nothing."""
READ_BEFORE = 15
"""Other pages that are read first: a crawl's first pages import and compile."""


@dataclass
class Cost:
    """Seconds of processor time, by page."""

    parse: list[float]
    read: list[float]
    judge: list[float]

    @property
    def whole(self) -> list[float]:
        return [read + judged for read, judged in zip(self.read, self.judge, strict=True)]

    @property
    def of_parse(self) -> float:
        return mean(self.whole) / mean(self.parse)

    @property
    def slowest(self) -> float:
        return max(self.whole) / mean(self.whole)

    def lines(self) -> Iterator[str]:
        parse = mean(self.parse)
        yield f"parsing with lxml        {parse * 1e3:7.2f} ms a page"
        named = {"reading (parse included)": self.read, "judging (cards included)": self.judge}
        for name, seconds in {**named, "reading and judging": self.whole}.items():
            yield f"{name:24} {mean(seconds) * 1e3:7.2f} ms   {mean(seconds) / parse:5.1f} x the parse"
        yield f"slowest page             {max(self.whole) * 1e3:7.2f} ms   {self.slowest:5.1f} x the mean"


def measure(folder: Path, origin: str, rounds: int) -> Cost:
    """Medians of *rounds*, for each page."""
    command = (sys.executable, "-m", __name__, str(folder), origin)
    found = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(rounds)]
    by_page = [[median(values) for values in zip(*tries, strict=True)] for tries in zip(*found, strict=True)]
    return Cost(*(list(seconds) for seconds in zip(*by_page, strict=True)))


def one_round(folder: Path, origin: str) -> list[tuple[float, float, float]]:
    files = sorted(folder.glob("*.html"))
    timed = files[:: max(2, len(files) // ANALYSED)]
    for file in [file for file in files if file not in set(timed)][:READ_BEFORE]:
        judge(read_page(f"{origin}/{file.name}", file.read_bytes(), headers=HEADERS))
    return [_first(f"{origin}/{file.name}", file.read_bytes()) for file in timed]


def _first(url: str, body: bytes) -> tuple[float, float, float]:
    """Seconds of the parse alone, of the reading, of the judgement."""
    parse, _ = timed(document_fromstring, body, parser=HTMLParser(encoding="utf-8"))
    read, page = timed(read_page, url, body, headers=HEADERS)
    return parse, read, timed(judge, page)[0]


def timed(function: Callable[..., T], *given: Any, **named: Any) -> tuple[float, T]:
    """(processor seconds, the result)."""
    before = time.process_time()
    result = function(*given, **named)
    return time.process_time() - before, result


if __name__ == "__main__":
    print(json.dumps(one_round(Path(sys.argv[1]), sys.argv[2])))
