"""All dates of a page in one list."""

from __future__ import annotations

from collections.abc import Iterable

from smocrawl.extract import limits
from smocrawl.extract.body.blocks import Survey
from smocrawl.extract.dates.seen import labelled, of_times, set_apart, window
from smocrawl.extract.dates.stated import of_entities, of_metas
from smocrawl.extract.document import Document
from smocrawl.extract.structured.gathered import Structured
from smocrawl.page import Dated, Meta


def read_dates(document: Document, survey: Survey, metas: Iterable[Meta], structured: Structured) -> tuple[Dated, ...]:
    """Every date found, machine-readable ones first."""
    lines = window(survey)
    times = of_times(document, survey, lines)
    found = [*of_metas(metas), *of_entities(structured), *times, *labelled(survey, lines), *set_apart(survey)]
    return tuple(found[: limits.DATES])
