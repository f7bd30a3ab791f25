"""What reading and judging one page costs, in multiples of parsing it once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any, TypeVar

from lxml.html import HTMLParser, document_fromstring

from smocrawl.extract import read_page
from smocrawl.page import Page
from smocrawl.platforms.preview import draw
from smocrawl.registry import all_platforms
from smocrawl.review import judge

HEADERS = {"content-type": "text/html; charset=utf-8"}
T = TypeVar("T")
TRIES = 3
"""The best of these counts: other programs can only make it slower."""


@dataclass
class Cost:
    """Seconds of processor time, a page each."""

    parse: list[float]
    read: list[float]
    judge: list[float]
    cards: list[float]

    def lines(self) -> list[str]:
        whole = [read + judged for read, judged in zip(self.read, self.judge, strict=True)]
        parse = mean(self.parse)
        return [
            f"parsing with lxml        {parse * 1e3:7.2f} ms a page",
            f"reading (parse included) {mean(self.read) * 1e3:7.2f} ms   {mean(self.read) / parse:5.1f} x the parse",
            f"judging (cards included) {mean(self.judge) * 1e3:7.2f} ms   {mean(self.judge) / parse:5.1f} x",
            f"all cards                {mean(self.cards) * 1e3:7.2f} ms   {mean(self.cards) / parse:5.1f} x",
            f"reading and judging      {mean(whole) * 1e3:7.2f} ms   {mean(whole) / parse:5.1f} x",
            f"slowest page             {max(whole) * 1e3:7.2f} ms   {max(whole) / mean(whole):5.1f} x the mean",
        ]


def measure(pages: Sequence[tuple[str, bytes]]) -> Cost:
    """Caches are warm, as they are after the first pages of a crawl."""
    for url, body in pages:
        judge(read_page(url, body, headers=HEADERS))
    cost = Cost([], [], [], [])
    for url, body in pages:
        seconds, page = best(read_page, url, body, headers=HEADERS)
        cost.parse.append(best(parse, body)[0])
        cost.read.append(seconds)
        cost.judge.append(best(judge, page)[0])
        cost.cards.append(best(draw_all, page)[0])
    return cost


def parse(body: bytes) -> object:
    return document_fromstring(body, parser=HTMLParser(encoding="utf-8"))


def draw_all(page: Page) -> object:
    return [draw(platform, page) for platform in all_platforms().values()]


def best(function: Callable[..., T], *given: Any, **named: Any) -> tuple[float, T]:
    """(processor seconds, the result)."""
    found: list[float] = []
    for _ in range(TRIES):
        before = time.process_time()
        result = function(*given, **named)
        found.append(time.process_time() - before)
    return min(found), result
