"""JSON Schemas (draft 2020-12) of report.json and compare.json, made from the classes that the files are written from.

``python -m smocrawl.report.schema`` writes them into ``schemas/``; a test fails where they are stale.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import json
import textwrap
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any

import attrs
import msgspec

from smocrawl.garbage import put_off
from smocrawl.report import comparison
from smocrawl.report.comparison.features import Features
from smocrawl.report.comparison.platforms import Cards
from smocrawl.report.comparison.presence import Presence
from smocrawl.report.comparison.standing import Front, Rows
from smocrawl.report.comparison.summary import Overview
from smocrawl.report.files import FORMAT
from smocrawl.report.sections.added import AddedSection
from smocrawl.report.sections.changes import Changes
from smocrawl.report.sections.cover import Cover
from smocrawl.report.sections.explorer import Explorer
from smocrawl.report.sections.feeds import Feeds
from smocrawl.report.sections.links import Links
from smocrawl.report.sections.method import Method
from smocrawl.report.sections.platforms import Matrix
from smocrawl.report.sections.previews import Previews
from smocrawl.report.sections.score import Score
from smocrawl.report.sections.summary import Summary
from smocrawl.report.sections.tactics import Tactics
from smocrawl.report.sections.top_fixes import TopFixes

FOLDER = Path(__file__).parent / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"

REPORT: Mapping[str, type] = {
    "cover": Cover, "summary": Summary, "score": Score, "fixes": TopFixes, "previews": Previews, "platforms": Matrix,
    "tactics": Tactics, "links": Links, "feeds": Feeds, "pages": Explorer, "changes": Changes, "method": Method,
}  # fmt: skip
"""Sections of report.json by id; where no page was read, there are only the first two and the last."""

ALWAYS = ("cover", "summary", "method")

COMPARISON: Mapping[str, type] = {
    "cover": Front, "summary": Overview, "tactics": Rows, "cards": Cards, "platforms": Rows, "features": Features,
    "kinds": Rows, "presence": Presence,
}  # fmt: skip

WRITTEN_BESIDE = {"Explorer": ("data",)}
"""Fields that stand in the tables and not in report.json."""

TEXT: Mapping[str, Any] = {"type": "string"}
NUMBER: Mapping[str, Any] = {"type": "integer"}
MOMENT: Mapping[str, Any] = {"type": "string", "format": "date-time"}

HEAD: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "domain": (TEXT, "host of the site, without www"),
    "run": (NUMBER, "number of the crawl in the store of the site"),
    "started": (MOMENT, "when the crawl began"),
    "ended": ({"type": ["string", "null"], "format": "date-time"}, "when it ended; null where it did not"),
    "version": (TEXT, "of smocrawl"),
    "ruleset": (TEXT, "checks and their thresholds"),
    "algorithm": (NUMBER, "how scores are made"),
    "audience": (TEXT, "profile that the site was judged for"),
    "language": (TEXT, "of every sentence of the file (BCP 47)"),
    "score": ({"type": ["number", "null"], "minimum": 0, "maximum": 100}, "of the site; null where nothing was rated"),
    "pages": (NUMBER, "pages that were read"),
}


def documents() -> Mapping[str, Mapping[str, Any]]:
    """Every schema by the name of its file."""
    return {f"report-{FORMAT}.json": _report(), f"compare-{comparison.FORMAT}.json": _comparison()}


def _report() -> Mapping[str, Any]:
    sections, known = _sections({**REPORT, "": AddedSection})
    added = sections.pop("")
    head = {name: {**kind, "description": said} for name, (kind, said) in HEAD.items()}
    return {
        "$schema": DRAFT,
        "$id": f"urn:smocrawl:report:{FORMAT}",
        "title": "report.json",
        "description": "Everything that a report says, section by section; its tables stand beside it as CSV.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT, "description": "raised when a field goes or changes its meaning"},
            **head,
            "sections": {
                "type": "object",
                "description": "by id; further ones, with the maker's name in front, come from plugins",
                "properties": sections,
                "additionalProperties": added,
                "required": list(ALWAYS),
            },
        },
        "required": ["format", *HEAD, "sections"],
        "$defs": known,
    }


def _comparison() -> Mapping[str, Any]:
    sections, known = _sections(COMPARISON)
    return {
        "$schema": DRAFT,
        "$id": f"urn:smocrawl:compare:{comparison.FORMAT}",
        "title": "compare.json",
        "description": "Several sites side by side; the cells of each row stand in the order of the sites.",
        "type": "object",
        "properties": {
            "format": {"const": comparison.FORMAT, "description": "raised when a field goes or changes its meaning"},
            "language": {**TEXT, "description": "of every sentence of the file (BCP 47)"},
            "sites": {"type": "array", "items": TEXT, "description": "in the order in which they were named"},
            "sections": {"type": "object", "properties": sections, "required": list(sections)},
        },
        "required": ["format", "language", "sites", "sections"],
        "$defs": known,
    }


def _sections(classes: Mapping[str, type]) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """(reference of each section, definitions that they need)."""
    types = list(dict.fromkeys(classes.values()))
    references, known = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    by_type = dict(zip(types, references, strict=True))
    for one in _classes(types):
        _describe(known.get(one.__name__, {}), one)
    return {name: by_type[kind] for name, kind in classes.items()}, known


def _describe(definition: dict[str, Any], kind: type) -> None:
    """Add what the class says of its fields."""
    properties = definition.get("properties", {})
    for name in WRITTEN_BESIDE.get(kind.__name__, ()):
        properties.pop(name, None)
        definition["required"] = [one for one in definition["required"] if one != name]
    for name, said in notes(kind).items():
        if name in properties:
            properties[name]["description"] = said
    # All fields are written, those with their defaults too.
    definition["required"] = list(properties)


def _classes(types: Sequence[Any]) -> Iterator[type]:
    """Every attrs class that *types* and their fields name, each once."""
    seen: set[Any] = set()
    left = list(types)
    while left:
        kind = left.pop()
        if isinstance(kind, type) and attrs.has(kind) and kind not in seen:
            seen.add(kind)
            yield kind
            left += typing.get_type_hints(kind).values()
        elif isinstance(kind, UnionType) or typing.get_origin(kind):
            left += typing.get_args(kind)


@cache
@put_off  # Python before 3.11.5 loses count in ast where a search for garbage comes between (its issue 106905)
def notes(kind: type) -> Mapping[str, str]:
    """What stands under a field of a class, in one line; its parents' fields too."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if attrs.has(one):
            found |= _notes_of(one)
    return found


def _notes_of(kind: type) -> Iterator[tuple[str, str]]:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    for one, after in itertools.pairwise(body):
        if not (isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(after, ast.Expr)):
            continue
        if isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
            yield one.target.id, " ".join(after.value.value.split())


def as_text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, document in documents().items():
        (FOLDER / name).write_text(as_text(document), encoding="utf-8")


if __name__ == "__main__":
    main()
