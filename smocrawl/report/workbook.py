"""The tables of a report as one XLSX workbook, for those who work in spreadsheets.

Every crawled text is written as a text cell: no formula, no link, whatever it begins with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import xlsxwriter

from smocrawl.report.card_view import MAIN
from smocrawl.report.crawl import Crawl
from smocrawl.report.sheet import Sheet, text

ROWS = 100_000
"""Rows of one sheet; a sheet may hold 1,048,576, but nobody reads them there, and the CSV has them all."""

WIDTHS: Mapping[str, int] = {
    "url": 60, "title": 50, "finding": 70, "what_to_do": 70, "done_when": 70, "examples": 60, "template": 30, "check": 28,
    "source": 40, "platform": 22, "kind": 16, "published": 22, "cap": 28, "owner": 14,
}  # fmt: skip
"""Columns that need another width than WIDTH, in characters."""

WIDTH = 11

STILL = {"pages": 1, "findings": 2, "fixes": 3, "platforms": 2}
"""Columns that stay in sight when the sheet is moved sideways."""


class Workbook:
    """Written row by row, so that memory does not grow with the site; complete when left without an error."""

    def __init__(self, file: Path, crawl: Crawl) -> None:
        self.crawl = crawl
        self.platforms = frozenset((*MAIN, *crawl.audience.key))
        self.book = xlsxwriter.Workbook(
            str(file), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        # The crawl's own time: the same crawl gives the same file.
        self.book.set_properties({"title": crawl.domain, "created": crawl.run.started.replace(tzinfo=None)})
        self.head = self.book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
        self.tenth = self.book.add_format({"num_format": "0.0"})
        self._about()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.book.close()

    def sheet(self, name: str, rows: Iterable[Sequence[Any]]) -> None:
        """*rows*: the names of the columns first.  All rows are read, also those that find no room.

        Of the columns of platforms only those have room that the report draws; nobody reads forty beside one another.
        """
        sheet = self.book.add_worksheet(sheet_names(self.crawl)[name], worksheet_class=Sheet)
        sheet.freeze_panes(1, STILL[name])
        names, last = column_names(self.crawl), 0
        kept: tuple[int, ...] = ()
        for number, row in enumerate(rows):
            if number == 0:
                kept = tuple(at for at, key in enumerate(row) if key in names or key in self.platforms)
                last = self._head(sheet, [str(row[at]) for at in kept], names)
            elif number < ROWS:
                self._row(sheet, number, [row[at] for at in kept])
            elif number == ROWS:
                said = self.crawl.language.gettext("The rest stands in {file}.").format(file=f"{name}.csv")
                sheet.write_string(number, 0, said)
        sheet.autofilter(0, 0, min(number, ROWS - 1), last)

    def _head(self, sheet: Any, keys: list[str], names: Mapping[str, str]) -> int:
        for column, key in enumerate(keys):
            sheet.set_column(column, column, WIDTHS.get(key, WIDTH))
            sheet.write_string(0, column, names.get(key, key), self.head)
        return len(keys) - 1

    def _row(self, sheet: Any, number: int, values: Sequence[object]) -> None:
        _ = self.crawl.language.gettext
        sheet.write_values(number, values, fraction=self.tenth, yes=_("yes"), no=_("no"))

    def _about(self) -> None:
        crawl, _ = self.crawl, self.crawl.language.gettext
        sheet = self.book.add_worksheet(_("Crawl"))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 60)
        for row, (label, value) in enumerate(
            (
                (_("Social sharing report"), crawl.domain),
                (_("Crawled"), crawl.language.date(crawl.run.started)),
                (_("Score"), crawl.score),
                (_("Pages"), len(crawl.pages)),
                (_("Rule set"), crawl.versions["ruleset"]),
                (_("Crawl"), crawl.id),
            )
        ):
            sheet.write_string(row, 0, label, self.head)
            if isinstance(value, int | float):
                sheet.write_number(row, 1, value, self.tenth if isinstance(value, float) else None)
            elif value:
                sheet.write_string(row, 1, text(value))


def sheet_names(crawl: Crawl) -> Mapping[str, str]:
    _ = crawl.language.gettext
    return {"pages": _("Pages"), "findings": _("Findings"), "fixes": _("Fixes"), "platforms": _("Platforms")}


def column_names(crawl: Crawl) -> Mapping[str, str]:
    """Columns as people call them; platforms keep their own names."""
    _ = crawl.language.gettext
    return {
        "url": _("Address"), "kind": _("Kind"), "score": _("Score"), "score_without_cap": _("Score without cap"),
        "cap": _("Capped by"), "cross_link_score": _("Cross-link score"), "links_in": _("Links in"), "clicks": _("Clicks"),
        "shareable": _("Worth sharing"), "title": _("Title"), "words": _("Words"), "published": _("Published"),
        "template": _("Template"), "check": _("Check"), "tactic": _("Tactic"), "severity": _("Severity"),
        "outcome": _("Outcome"), "finding": _("Finding"), "what_to_do": _("What to do"), "owner": _("Owner"),
        "grade": _("Evidence"), "source": _("Source"), "rank": _("Rank"), "pages": _("Pages"), "gain": _("Gain"),
        "effort": _("Effort"), "done_when": _("Done when"), "examples": _("Examples"), "platform": _("Platform"),
        "ready": _("Ready"), "partial": _("Partial"), "poor": _("Poor"),
    }  # fmt: skip
