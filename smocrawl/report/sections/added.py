"""Sections that plugins add (entry points ``smocrawl.report_sections``): plain values, laid out by one template of ours."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence

from attrs import field, frozen

from smocrawl.registry import report_sections
from smocrawl.report import safe
from smocrawl.report.crawl import Crawl
from smocrawl.report.sections.section import Section

logger = logging.getLogger(__name__)

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
"""With the maker's name in front, ``yours-section``: the names of ours have no such prefix."""


@frozen(kw_only=True)
class Table:
    """A table of a section; a cell that begins like a web address becomes a link."""

    caption: str = ""
    columns: tuple[str, ...] = field(converter=tuple)
    rows: Sequence[Sequence[str | float | None]] = ()

    def __attrs_post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells in a table of {len(self.columns)} columns")

    def cells(self) -> Iterator[Iterator[Cell]]:
        """Row by row, fit to be shown."""
        return ((_cell(value) for value in row) for row in self.rows)


@frozen(kw_only=True)
class Cell:
    """One value of a table."""

    text: str
    url: str | None = None
    is_number: bool = False


def _cell(value: str | float | None) -> Cell:
    text = "–" if value is None else f"{value:,}" if isinstance(value, int | float) else safe.cut(value)
    url = safe.link(value) if isinstance(value, str) else None
    return Cell(text=text, url=url, is_number=not isinstance(value, str))


@frozen(kw_only=True)
class AddedSection(Section):
    """What a plugin's function gives back.  Every text is escaped; there is no way to add HTML, styles or scripts."""

    paragraphs: tuple[str, ...] = field(default=(), converter=tuple)
    tables: tuple[Table, ...] = field(default=(), converter=tuple)

    @property
    def template(self) -> str:
        return "added"


def added(crawl: Crawl) -> Iterator[AddedSection]:
    """The sections of all plugins in the order of their names; one that cannot be made is left out, with one line."""
    taken: set[str] = set()
    for name, make in report_sections().items():
        try:
            section = _checked(make(crawl), taken)
        except Exception as error:  # noqa: BLE001 - a stranger's section must not cost the report
            why = " ".join(f"{type(error).__name__}: {error}".split())
            logger.warning("The report section of the plugin %s is left out: %s", name, why[:300])
            continue
        if section is not None:
            taken.add(section.id)
            yield section


def _checked(section: object, taken: set[str]) -> AddedSection | None:
    if section is None:
        return None
    if not isinstance(section, AddedSection):
        raise TypeError(f"its function gave {type(section).__name__} instead of AddedSection or None")
    if not ID.fullmatch(section.id):
        raise ValueError(
            f"its id {section.id!r} must be lower case with the maker's name in front, such as yours-section"
        )
    if section.id in taken:
        raise ValueError(f"there is a section {section.id!r} already")
    return section
