"""The two forms of a report: one file with everything in it, or a page with the details of its pages beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from attrs import frozen

from smocrawl.report import safe
from smocrawl.report.sections.details import Details

FORMS = ("auto", "file", "folder")

FILE_BYTES = 20_000_000
"""Up to here a report is one file by itself: mail servers commonly take 25 MB."""

DETAILS = 14_000_000
"""Characters of page details in one file; the rest of FILE_BYTES is for rows, pictures and words."""

SHARD = 200
"""Pages in one file of details."""


TOGETHER = 500
"""Values of a long list that are written at once."""


class FormError(ValueError):
    """No form is called so; the text is the line for the user."""


@frozen
class Form:
    """The form of one report, and what its script finds of the details."""

    is_folder: bool
    shard: int
    """Pages whose details stand in one file beside the page; 0 = they stand in the page."""
    details: Iterator[tuple[int, str]]
    """(row number, detail as the page's script reads it), to be read once."""


def known_form(wanted: str) -> str:
    if wanted not in FORMS:
        raise FormError(f"SMO_REPORT_FORM={wanted!r}: known are {', '.join(FORMS)}.")
    return wanted


def choose(wanted: str, details: Details) -> Form:
    """``auto``: one file where everything fits into it."""
    if known_form(wanted) == "folder" or (wanted == "auto" and details.size() > DETAILS):
        return Form(True, SHARD, details.all())
    return Form(False, 0, details.within(DETAILS))


def data_parts(data: Mapping[str, Any], form: Form) -> Iterator[str]:
    """What the script of the page reads, as one object of JSON: in parts, for whole it would be held several times over."""
    yield "{"
    for name, value in data.items():
        yield f'"{name}":'
        yield from _listed(value) if isinstance(value, list) else (safe.script_json(value),)
        yield ","
    yield '"details":{'
    for place, (number, detail) in enumerate(() if form.is_folder else form.details):
        yield f'{"," if place else ""}"{number}":{detail}'
    yield f'}},"shard":{form.shard}}}'


def _listed(values: list[Any]) -> Iterator[str]:
    yield "["
    for start in range(0, len(values), TOGETHER):
        yield f"{',' if start else ''}{safe.script_json(values[start : start + TOGETHER])[1:-1]}"
    yield "]"


def write_shards(folder: Path, form: Form) -> None:
    """``data/details-0.js`` and so on: scripts, for a page that is opened from a disk may not read any other file."""
    folder.mkdir()
    for shard, found in groupby(form.details, key=lambda one: one[0] // form.shard):
        text = ",".join(f'"{number}":{detail}' for number, detail in found)
        (folder / f"details-{shard}.js").write_text(f"addDetails({{{text}}})\n", encoding="utf-8")
