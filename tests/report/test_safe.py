from __future__ import annotations

import csv
import json

import pages
import pytest

from smocrawl.report import safe
from smocrawl.report.sections.section import example


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "＋1", "－1", "＠x", "\n=cmd|' /C calc'!A0"]
)
def test_formulas_become_text(text):
    assert safe.cell(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (3, "3"), (-2, "-2"), (1.25, "1.2"), (True, "1"), ("Oats", "Oats")]
)
def test_plain_cells_stay(value, cell):
    assert safe.cell(value) == cell


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:pw@a.example/x", "https://a.example/x"),
        ("https://a.example/?token=abc&b=1", "https://a.example/?token=…&b=1"),
        ("https://a.example/#access_token=abc", "https://a.example/#access_token=…"),
        ("https://a.example/?api_key=a%20b", "https://a.example/?api_key=…"),
        ("https://a.example/?q=token", "https://a.example/?q=token"),
        ("https://a.example/?PASSWORD=x;sig=y", "https://a.example/?PASSWORD=…;sig=…"),
    ],
)
def test_secrets_of_addresses_are_masked(url, shown):
    assert safe.mask(url) == shown


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", " javascript:x", "//a.example/", "", None, "http://[", "file:///x"],
)
def test_only_web_addresses_become_links(url):
    assert safe.link(url) is None


def test_cut_texts_are_one_clean_line():
    assert safe.cut("a\n b\x00\u202ec") == "a bc"
    assert safe.cut("x" * 50, 10) == "x" * 9 + "…"


def test_json_cannot_end_its_script():
    text = safe.script_json({"a": "</script><!--", "u": 'https://a.example/?token=abc"\\'})
    assert "<" not in text
    assert json.loads(text)["a"] == "</script><!--"


@pytest.mark.parametrize("name", ["pages.csv", "findings.csv", "fixes.csv"])
def test_no_table_of_a_hostile_site_holds_a_formula(reports, name):
    file = reports("hostile").parent / name
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) > 1
    assert not [
        cell for row in rows for cell in row if cell and cell[0] in "=+-@\t\r" and not cell.lstrip("-").isdigit()
    ]


@pytest.mark.parametrize("name", ["index.html", "pages.csv", "findings.csv", "fixes.csv", "report.json"])
def test_secrets_of_a_hostile_site_stay_out(reports, name):
    assert "SECRET1" not in (reports("hostile").parent / name).read_text(encoding="utf-8")


def test_markup_of_a_hostile_site_is_only_text(reports):
    page = pages.read(reports("hostile"))
    assert "<script>window.BAD=1</script>" in page.text
    assert [link for link in page.links if link.lower().startswith("javascript")] == []
    assert page.code == pages.read(reports("rich")).code


def test_half_a_character_does_not_end_the_json():
    assert json.loads(safe.script_json({"half": ["a\ud800b"], "\ud800c": ("</b>", 1.5, None)})) == {
        "half": ["ab"], "c": ["</b>", 1.5, None],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("https://ann:word@mill.example/a", "https://mill.example/a"),
        (r"ftp:\/\/ann:word@mill.example\/a", r"ftp:\/\/mill.example\/a"),
        ("https://mill.example/%3ftoken%3dabc", "https://mill.example/%3ftoken%3d…"),
        ("https://mill.example/#sid=abc&b=1", "https://mill.example/#sid=…&b=1"),
        ("https://mill.example/?b=inside=1@2", "https://mill.example/?b=inside=1@2"),
    ],
)
def test_secrets_of_every_spelling_are_masked(text, masked):
    assert safe.mask(text) == masked


def test_a_per_cent_sign_that_begins_no_code_is_written_as_one():
    assert safe.link("https://a.example/100%/%E3%8") == "https://a.example/100%25/%E3%258"
    assert safe.link("https://a.example/%E3%81") == "https://a.example/%E3%81"


def test_an_address_that_was_cut_is_no_link():
    assert example("https://a.example/%E3%8…").url is None
    assert example("https://a.example/b").url == "https://a.example/b"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://330.example/%E6%8A%80%E8%A1%93/", "https://330.example/技術/"),
        ("/M%C3%BChle?q=%2F%20a", "/Mühle?q=%2F%20a"),
        ("no UTF-8: %E6%8A", "no UTF-8: %E6%8A"),
        ("/%E6%8A%80%E8%A1%93%E3%83%…", "/技術…"),
        ("/M%FChle/", "/M%FChle/"),
        ("100 %", "100 %"),
    ],
)
def test_addresses_are_told_in_their_own_letters(written, shown):
    assert safe.readable(written) == shown


def test_codes_of_an_address_turn_no_text_around():
    assert safe.cut(safe.readable("/a%E2%80%AEgnp.exe")) == "/agnp.exe"
