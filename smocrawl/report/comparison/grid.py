"""Tables with one column for each site."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from smocrawl.report.language import Language


@frozen(kw_only=True)
class Cell:
    """What one site has in one row."""

    text: str
    score: float | None = None
    """0-100, drawn as a bar; None = no bar."""
    band: str = ""
    """How ready, where the row is a platform's."""
    word: str = ""
    note: str = ""
    is_best: bool = False
    is_missing: bool = False


@frozen(kw_only=True)
class GridRow:
    """One row: a name, and a cell for each site."""

    key: str
    name: str
    cells: tuple[Cell, ...]
    note: str = ""
    badge: str = ""
    is_key: bool = False


def scored_row(
    language: Language,
    key: str,
    name: str,
    values: Sequence[float | None],
    *,
    notes: Sequence[str] = (),
    note: str = "",
) -> GridRow:
    """Scores from 0 to 100 beside one another, the best of them marked."""
    led = leaders(values)
    told = notes or [""] * len(values)
    cells = tuple(
        Cell(
            text=language.gettext("not rated") if value is None else language.number(value),
            score=None if value is None else round(value, 1),
            note=said,
            is_best=is_best,
            is_missing=value is None,
        )
        for value, said, is_best in zip(values, told, led, strict=True)
    )
    return GridRow(key=key, name=name, cells=cells, note=note)


def leaders(values: Sequence[float | None]) -> tuple[bool, ...]:
    """Which values are the highest as they are shown, in whole numbers; none where all are the same."""
    shown = [None if value is None else round(value) for value in values]
    known = [value for value in shown if value is not None]
    if len(set(known)) < 2:
        return (False,) * len(values)
    return tuple(value == max(known) for value in shown)
