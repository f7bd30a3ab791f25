"""A worksheet whose rows are written whole.

XlsxWriter takes each cell through a dozen calls, most of the time of a report of many findings; and a text that begins
with ``<r>`` and ends with ``</r>`` it takes for markup of its own (a "rich string") and writes it unescaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from math import isfinite

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from smocrawl.report import safe

LONGEST = 32_767
"""UTF-16 units of one cell (Excel specifications and limits)."""

UNSAFE = re.compile("[\ufffe\uffff]")
"""No characters of XML 1.0, and not taken out by ``safe.clean``."""

ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
"""What Excel reads as one character (ECMA-376, part 1, 22.9.2.19), and a page may mean as it stands."""

COLUMNS = tuple(xl_col_to_name(number) for number in range(256))


class Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """Of a workbook in constant memory: what is written cannot be changed."""

    def write_values(self, row: int, values: Iterable[object], *, fraction: Format, yes: str, no: str) -> None:
        """One row from its first column on: texts as texts, whatever they begin with; numbers as numbers.

        *row* counts from 0 and grows with each call.  *fraction*: format of numbers that may have one.
        """
        # The row before may wait to be written, and the formats are numbered in the order in which they are met.
        self._write_single_row(row)
        found = []
        last = 0
        for column, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                told = _inline(value) if len(value) <= safe.LONGEST else _inline.__wrapped__(value)
            elif isinstance(value, bool):
                told = _inline(yes if value else no)
            elif isinstance(value, int):
                told = f"><v>{value:.16G}</v></c>"
            elif isinstance(value, float):
                if not isfinite(value):
                    continue
                told = f' s="{fraction._get_xf_index()}"><v>{value:.16G}</v></c>'  # noqa: SLF001 - as its own writer of numbers does
            else:
                told = _inline.__wrapped__(str(value))
            found.append(f'<c r="{COLUMNS[column]}{row + 1}"{told}')
            last = column
        if found:
            self._check_dimensions(row, 0)
            self._check_dimensions(row, last)
            self.fh.write(f'<row r="{row + 1}">{"".join(found)}</row>')


@lru_cache(maxsize=5_000)
def _inline(value: str) -> str:
    """The rest of a cell, from its reference on; the same titles and advice stand in many."""
    said = text(value)
    if "_x" in said:
        said = ESCAPE.sub(r"_x005F\1", said)
    said = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "_x000D_")
    space = ' xml:space="preserve"' if said != said.strip() else ""
    return f' t="inlineStr"><is><t{space}>{said}</t></is></c>'


def text(value: object) -> str:
    """A crawled value as a cell holds it: clean, without secrets, not longer than a cell may be."""
    said = UNSAFE.sub("", safe.told(str(value)))
    if len(said) <= LONGEST // 2:
        return said
    return said.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
