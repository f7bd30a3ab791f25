"""The two forms of a report: one file with everything in it, or a page with the details of its pages beside it."""

from __future__ import annotations

from collections.abc import Mapping
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


class FormError(ValueError):
    """No form is called so; the text is the line for the user."""


@frozen
class Form:
    """The form of one report, and what its script finds of the details."""

    is_folder: bool
    data: Mapping[str, Any]


def known_form(wanted: str) -> str:
    if wanted not in FORMS:
        raise FormError(f"SMO_REPORT_FORM={wanted!r}: known are {', '.join(FORMS)}.")
    return wanted


def choose(wanted: str, details: Details) -> Form:
    """``auto``: one file where everything fits into it."""
    if known_form(wanted) == "folder" or (wanted == "auto" and details.size() > DETAILS):
        return Form(True, {"details": {}, "shard": SHARD})
    return Form(False, {"details": details.within(DETAILS), "shard": 0})


def write_shards(folder: Path, details: Details) -> None:
    """``data/details-0.js`` and so on: scripts, for a page that is opened from a disk may not read any other file."""
    folder.mkdir()
    for number, found in details.shards(SHARD):
        text = f"addDetails({safe.script_json(found)})\n"
        (folder / f"details-{number}.js").write_text(text, encoding="utf-8")
