"""report.json and compare.json hold to the schemas that come with the package."""

from __future__ import annotations

import csv
import json

import jsonschema
import pytest
import sample_stores

from smocrawl.report import columns, schema
from smocrawl.report.catalogue import installed
from smocrawl.report.comparison import render_comparison
from smocrawl.report.crawl import Crawl
from smocrawl.report.files import FORMAT


def validator(name):
    document = json.loads((schema.FOLDER / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(document, format_checker=jsonschema.FormatChecker())


@pytest.fixture(scope="module")
def of_report():
    return validator(f"report-{FORMAT}.json")


def test_the_schemas_are_those_of_the_code():
    """Where this fails: ``python -m smocrawl.report.schema``, and a new FORMAT where a field went or changed its meaning."""
    wanted = {name: schema.as_text(document) for name, document in schema.documents().items()}
    assert {file.name: file.read_text(encoding="utf-8") for file in schema.FOLDER.glob("*.json")} == wanted


@pytest.mark.parametrize("name", ["rich", "twice", "arabic", "empty", "without_pages", "hostile"])
def test_every_report_holds_to_its_schema(reports, of_report, name):
    told = json.loads((reports(name).parent / "report.json").read_bytes())
    assert [f"{list(fault.path)}: {fault.message[:200]}" for fault in of_report.iter_errors(told)] == []


def test_every_field_that_is_written_is_described(reports):
    told = json.loads((reports("twice").parent / "report.json").read_bytes())
    document = schema.documents()[f"report-{FORMAT}.json"]
    assert set(told) == set(document["properties"])
    for name, section in told["sections"].items():
        reference = document["properties"]["sections"]["properties"][name]["$ref"]
        assert set(section) == set(document["$defs"][reference.rpartition("/")[2]]["properties"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told.pop("score"), "'score' is a required property"),
        (lambda told: told.update(score="62"), "'62' is not of type"),
        (lambda told: told.update(format=1), f"{FORMAT} was expected"),
        (lambda told: told["sections"]["cover"].pop("word"), "'word' is a required property"),
        (lambda told: told["sections"]["fixes"]["fixes"][0].update(number="first"), "'first' is not of type 'integer'"),
    ],
)
def test_what_does_not_hold_to_the_schema_is_refused(reports, of_report, change, said):
    told = json.loads((reports("rich").parent / "report.json").read_bytes())
    change(told)
    assert any(said in fault.message for fault in of_report.iter_errors(told))


def test_a_comparison_holds_to_its_schema(tmp_path):
    crawls = []
    for name in ("rich", "arabic", "without_pages"):
        store = getattr(sample_stores, name)(tmp_path / f"{name}.sqlite")
        crawls.append(Crawl(store.database, store.run, installed()))
    render_comparison(crawls, ("a.example", "b.example", "c.example"), tmp_path / "c")
    told = json.loads((tmp_path / "c" / "compare.json").read_bytes())
    faults = validator("compare-1.json").iter_errors(told)
    assert [f"{list(fault.path)}: {fault.message[:200]}" for fault in faults] == []
    for section in ("tactics", "platforms", "kinds"):
        assert all(len(row["cells"]) == len(told["sites"]) for row in told["sections"][section]["rows"])


def test_fields_are_described_by_what_stands_under_them_in_the_code():
    known = schema.documents()[f"report-{FORMAT}.json"]["$defs"]
    assert known["TrendPoint"]["properties"]["y"]["description"].startswith("Per cent of the chart's width")
    assert "data" not in known["Explorer"]["properties"]


@pytest.mark.parametrize("name", ["pages", "findings", "fixes"])
def test_tables_have_the_columns_that_are_documented(reports, name):
    with (reports("rich").parent / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        head = next(csv.reader(stream))
    known = list(columns.TABLES[name])
    assert head[: len(known)] == known
    assert set(head[len(known) :]) <= set(installed().platforms)
