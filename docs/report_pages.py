"""The page of docs/reference/ on the files beside a report: columns of the tables, fields of the JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docs.platform_pages import table
from smocrawl.report import schema
from smocrawl.report.columns import TABLES

INTRODUCTION = """\
Columns and fields keep their English names whatever the language of the report; sentences are in that language. A column or
field may be added at any time; one that goes or changes its meaning raises `format` in the JSON and is told in the changelog."""

CSV = """\
`pages.csv`, `findings.csv` and `fixes.csv` are UTF-8 with a byte order mark, comma-separated, every cell quoted. A text that a
spreadsheet would take for a formula begins with an apostrophe; passwords and tokens in addresses are masked. `report.xlsx` has
the same columns under names for people, up to 100,000 rows a sheet, of the platforms those that the report draws, and one sheet
more, on platforms."""

JSON = """\
The schemas come with the package, as `smocrawl/report/schemas/{files}`: JSON Schema, draft 2020-12, with every field of every
section. In Python: `importlib.resources.files("smocrawl.report") / "schemas"`."""


def page() -> str:
    documents = schema.documents()
    parts = ["# Files of the report", INTRODUCTION, "## Tables", CSV, *_tables()]
    parts += ["## report.json and compare.json", JSON.format(files="` and `".join(documents))]
    for document in documents.values():
        parts += _document(document)
    return "\n\n".join(parts) + "\n"


def _tables() -> Iterator[str]:
    for name, columns in TABLES.items():
        yield f"### {name}"
        yield table(("column", "holds"), [(f"`{column}`", what) for column, what in columns.items()])
        if name == "pages":
            yield "Then one column for each platform, by its id: how completely the page arrives there, 0 to 100."


def _document(document: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {document['title']}"
    yield str(document["description"])
    fields = document["properties"]
    yield table(
        ("field", "type", "holds"),
        [(f"`{name}`", _type(one), one.get("description", "")) for name, one in fields.items()],
    )
    rows = []
    for name, one in fields["sections"]["properties"].items():
        known = document["$defs"][one["$ref"].rpartition("/")[2]]
        rows.append((f"`{name}`", ", ".join(f"`{field}`" for field in known["properties"] if field != "id")))
    yield table(("section", "fields"), rows)


def _type(field: Mapping[str, Any]) -> str:
    if "const" in field:
        return str(field["const"])
    said = field.get("type", "")
    return said if isinstance(said, str) else " or ".join(said)
