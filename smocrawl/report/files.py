"""The files beside a report: tables as CSV and in one workbook, fixes for tickets, everything that it says as JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import msgspec

from smocrawl.history.rescrape import plain_list, stale
from smocrawl.report import safe
from smocrawl.report.crawl import Crawl
from smocrawl.report.rows import Row, platform_rows, tables, tickets
from smocrawl.report.sections.section import Section

if TYPE_CHECKING:
    from smocrawl.report.workbook import Workbook

FORMAT = 2
"""Of report.json; raised when a field goes or changes its meaning."""


def write_tables(folder: Path, crawl: Crawl, sections: Sequence[Section]) -> None:
    # A crawl holds what it has imported from its first page on: 8 MB that it needs at its end alone.
    from smocrawl.report.workbook import Workbook  # noqa: PLC0415

    with Workbook(folder / "report.xlsx", crawl) as book:
        for name, rows in tables(crawl).items():
            _write_table(folder / f"{name}.csv", book, name, rows)
        book.sheet("platforms", platform_rows(crawl))
    _write_lists(folder / "rescrape", crawl)
    (folder / "fixes.md").write_text("\n".join(tickets(crawl)), encoding="utf-8")
    (folder / "report.json").write_bytes(_json(crawl, sections))


def _write_table(file: Path, book: Workbook, name: str, rows: Iterable[Row]) -> None:
    """Once read, twice written.  The CSV is marked as UTF-8, everything in it quoted, no cell a formula."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)

        def written() -> Iterator[Row]:
            for row in rows:
                writer.writerow([safe.cell(value) for value in row])
                yield row

        book.sheet(name, written())


def _write_lists(folder: Path, crawl: Crawl) -> None:
    """Pages whose cards changed: for each platform's tool what is pasted or opened there, and nothing else."""
    tools = stale(crawl.database, crawl.difference).tools if crawl.difference else ()
    for tool in tools:
        folder.mkdir(exist_ok=True)
        lines = "".join(f"{line}\n" for line in plain_list(tool))
        (folder / f"{tool.id}.txt").write_text(lines, encoding="utf-8")


def _json(crawl: Crawl, sections: Sequence[Section]) -> bytes:
    told = {
        "format": FORMAT,
        "domain": crawl.domain,
        "run": crawl.id,
        "started": crawl.run.started.isoformat(),
        "ended": crawl.run.ended.isoformat() if crawl.run.ended else None,
        "version": crawl.versions["version"],
        "ruleset": crawl.versions["ruleset"],
        "algorithm": crawl.versions["algorithm"],
        "audience": crawl.run.audience,
        "language": crawl.language.code,
        "score": crawl.score,
        "pages": len(crawl.pages),
        "sections": {section.id: _without_data(section) for section in sections},
    }
    text = safe.clean(msgspec.json.encode(told).decode())
    return msgspec.json.format(safe.mask(text).encode(), indent=1)


def _without_data(section: Section) -> dict[str, Any]:
    """The explorer's rows stand in pages.csv and findings.csv."""
    names = (one.name for one in attrs.fields(type(section)) if one.name != "data")
    return {name: msgspec.to_builtins(getattr(section, name)) for name in names}
