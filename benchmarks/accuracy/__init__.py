"""How right what is read is, by other projects' own pages and answers: ``python -m benchmarks.accuracy SUITE FOLDER``.

None of these suites is a part of smocrawl: clone the project that keeps it and name the folder.  A value counts as right
where the asserted one is *among* what a page was found to declare, compared without case, space and punctuation: which of
several declared values a consumer takes differs from consumer to consumer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from smocrawl import Page
from smocrawl.extract.dates.written import parse, worded

DATES = ("published", "modified")
"""Facts of which either may be the one date that a suite asserts."""


@dataclass(frozen=True)
class Verdict:
    """One asserted value and what stands for it among the facts."""

    case: str
    field: str
    wanted: str
    found: tuple[str, ...]
    right: bool


def declared(page: Page, names: Iterable[str]) -> tuple[str, ...]:
    """Everything that *page* declares under one of *names* (keys of ``Page.declared``)."""
    return tuple(str(one.value) for name in names for one in page.declared.get(name, ()))


def bare(text: str) -> str:
    """Letters and digits alone, of one case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def is_among(wanted: str, found: Iterable[str]) -> bool:
    return bare(wanted) in map(bare, found)


def is_day_among(wanted: str, found: Iterable[str]) -> bool:
    """The same day, or less than a day apart: suites write dates in the zone of the machine that made them."""
    moment = _moment(wanted)
    return any(
        bare(wanted)[:8] == bare(one)[:8]
        or (moment is not None and (other := _moment(one)) is not None and abs(moment - other).total_seconds() < 86_400)
        for one in found
    )


def _moment(text: str) -> datetime | None:
    moment = parse(text)[0] or worded(text)
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment


def table(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """A line for each field and one for all."""
    told: dict[str, list[bool]] = {}
    for one in verdicts:
        told.setdefault(one.field, []).append(one.right)
    told["all"] = [right for values in told.values() for right in values]
    for field, values in told.items():
        yield f"{field:24} {sum(values):5} of {len(values):5}   {sum(values) / max(len(values), 1):6.1%}"
