"""The workbook is read back from its own XML: what a spreadsheet program would find in it."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from xml.etree import ElementTree as ET

import pages
import pytest
import xlsxwriter

from smocrawl.report import workbook
from smocrawl.report.catalogue import installed
from smocrawl.report.crawl import Crawl
from smocrawl.report.sheet import Sheet
from smocrawl.report.workbook import Workbook
from smocrawl.store.database import Database

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(file):
    """By name, the XML of each sheet."""
    with zipfile.ZipFile(file) as packed:
        book = ET.fromstring(packed.read("xl/workbook.xml"))
        names = [one.get("name") for one in book.iter(f"{MAIN}sheet")]
        found = (ET.fromstring(packed.read(f"xl/worksheets/sheet{at}.xml")) for at in range(1, len(names) + 1))
        return dict(zip(names, found, strict=True))


def rows(sheet):
    return [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{MAIN}row")]


@pytest.fixture
def made(reports, tmp_path):
    """Writes given rows as the sheet of pages, and reads the sheet back."""
    store = Database(reports("rich").parent.parent / "crawls.sqlite", read_only=True)

    def written(*data):
        with Workbook(tmp_path / "made.xlsx", Crawl(store, 1, installed())) as book:
            book.sheet("pages", data)
        return sheets(tmp_path / "made.xlsx")["Pages"]

    yield written
    store.close()


def test_workbook_holds_every_table_with_heads_that_stay_and_filters(reports):
    found = sheets(reports("rich").parent / "report.xlsx")
    assert list(found) == ["Crawl", "Pages", "Findings", "Fixes", "Platforms"]
    assert len(rows(found["Pages"])) == 1 + 14
    assert rows(found["Pages"])[0][:3] == ["Address", "Kind", "Score"]
    for name in ("Pages", "Findings", "Fixes", "Platforms"):
        assert found[name].find(f".//{MAIN}pane").get("state") == "frozen"
        assert found[name].find(f"{MAIN}autoFilter").get("ref").startswith("A1:")
        assert found[name].find(f"{MAIN}cols") is not None


def test_crawled_text_is_never_a_formula_or_a_link(made):
    data = [
        "=1+1",
        "@SUM(A1)",
        "+49 30",
        "-2",
        "=cmd|' /C calc'!A0",
        "https://evil.example/",
        "{=A1}",
        "mailto:a@b.example",
    ]
    sheet = made(["url"], *([one] for one in data))
    assert sheet.findall(f".//{MAIN}f") == []
    assert sheet.find(f"{MAIN}hyperlinks") is None
    assert [row[0] for row in rows(sheet)[1:]] == data
    assert {cell.get("t") for cell in sheet.iter(f"{MAIN}c")} == {"inlineStr"}


def test_hostile_site_gives_a_workbook_of_plain_text(reports):
    with zipfile.ZipFile(reports("hostile").parent / "report.xlsx") as packed:
        whole = b"".join(packed.read(name) for name in packed.namelist())
    assert b"<f>" not in whole
    assert b"SECRET1" not in whole
    assert not re.search(rb"<script", whole)


def test_numbers_stay_numbers_and_nothing_stays_empty(made):
    sheet = made(["url", "score", "pages", "shareable", "cap"], ["a", 61.25, 1200, True, None])
    cells = list(sheet.iter(f"{MAIN}row"))[1]
    assert [(cell.get("t"), "".join(cell.itertext())) for cell in cells] == [
        ("inlineStr", "a"), (None, "61.25"), (None, "1200"), ("inlineStr", "yes"),
    ]  # fmt: skip


def test_characters_that_xml_refuses_and_texts_too_long_for_a_cell(made):
    sheet = made(["url"], ["a\x00\ufffe\uffff\ud800b"], ["x" * 40_000])
    assert [len(row[0]) for row in rows(sheet)[1:]] == [2, 32_767]


def test_text_that_looks_like_markup_of_the_workbook_stays_text(made):
    data = ["<r><t>a</t></r>", "<r></c></row>&<!-- </r>", "_x0041_ stays", " a ", "a\rb", "']]>\""]
    sheet = made(["url"], *([one] for one in data))
    assert [row[0] for row in rows(sheet)[1:]] == [*data[:2], "_x005F_x0041_ stays", " a ", "a_x000D_b", data[5]]
    assert [cell.get("{http://www.w3.org/XML/1998/namespace}space") for cell in sheet.iter(f"{MAIN}t")][1:5] == [
        None, None, None, "preserve",
    ]  # fmt: skip


def test_rows_are_written_as_the_library_writes_them_cell_by_cell(tmp_path):
    table = [
        ["a & b", 3, 61.25, None, ""],
        ["=1+1", -7, 0.1 + 0.2, " x", "y" * 700],
        ["", None, 2.0, "", ""],
        ["last\n", 0, 1e22],
    ]
    for name in ("cells", "whole"):
        book = xlsxwriter.Workbook(tmp_path / f"{name}.xlsx", {"constant_memory": True, "strings_to_formulas": False})
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - as the library takes it
        fraction = book.add_format({"num_format": "0.0"})
        sheet = book.add_worksheet("T", worksheet_class=Sheet)
        sheet.write_string(0, 0, "head")
        for number, row in enumerate(table, 1):
            if name == "whole":
                sheet.write_values(number, row, fraction=fraction, yes="yes", no="no")
                continue
            for column, value in enumerate(row):
                if isinstance(value, str) and value:
                    sheet.write_string(number, column, value)
                elif isinstance(value, int | float):
                    sheet.write_number(number, column, value, fraction if isinstance(value, float) else None)
        book.close()
    with zipfile.ZipFile(tmp_path / "cells.xlsx") as one, zipfile.ZipFile(tmp_path / "whole.xlsx") as other:
        assert {name: other.read(name) for name in other.namelist()} == {
            name: one.read(name) for name in one.namelist()
        }


def test_rows_beyond_the_limit_are_named(made, monkeypatch):
    monkeypatch.setattr(workbook, "ROWS", 3)
    sheet = made(["url"], *([f"page {at}"] for at in range(9)))
    assert [row[0] for row in rows(sheet)[1:]] == ["page 0", "page 1", "The rest stands in pages.csv."]


def test_fixes_for_tickets_are_markdown_that_no_page_can_shape(reports):
    told = (reports("hostile").parent / "fixes.md").read_text(encoding="utf-8")
    assert told.startswith("## 1. ")
    outside = re.sub(r"`[^`\n]*`", "", told)
    assert "<script" not in outside
    assert "![" not in outside
    assert "SECRET1" not in told
    assert "Done when" in told
    assert "All tables (Excel)" in pages.read(reports("hostile")).text
