from __future__ import annotations

import logging
from datetime import UTC, datetime

import pages
import pytest
import sample_stores

from smocrawl.report import brand, render
from smocrawl.report.brand import BrandError, contrast, readable
from smocrawl.report.language import load


@pytest.mark.parametrize("colour", ["#ffd400", "#2447c5", "#000000", "#ffffff", "#12b886"])
@pytest.mark.parametrize("ground", [*brand.WASH.values()])
def test_every_accent_can_be_read_on_both_grounds(colour, ground):
    assert contrast(readable(colour, ground), ground) >= 4.5


def test_accent_that_can_be_read_stays_as_it_is():
    assert readable("#2447c5", brand.WASH["light"]) == "#2447c5"


def test_brand_file_with_logo(tmp_path):
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "brand.toml").write_text('name = "Northlight"\naccent = "#0f7b6c"\nlogo = "logo.svg"\n')
    read = brand.load(tmp_path / "brand.toml")
    assert read.name == "Northlight"
    assert read.logo.startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('accent = "blue"', "accent"),
        ("name = 3", "name must be written as text"),
        ('hide_tool_name = "yes"', "hide_tool_name must be true or false"),
        ('colour = "#123456"', "colour"),
        ("name =", "cannot be read"),
        ('logo = "no.png"', "logo"),
    ],
)
def test_brand_file_that_cannot_be_used_is_refused_by_key(tmp_path, text, said):
    (tmp_path / "brand.toml").write_text(text)
    with pytest.raises(BrandError, match=said):
        brand.load(str(tmp_path / "brand.toml"))


def test_accent_with_too_little_contrast_is_corrected_and_said(tmp_path, caplog):
    (tmp_path / "brand.toml").write_text('accent = "#ffd400"')
    with caplog.at_level(logging.WARNING):
        used = brand.load(tmp_path / "brand.toml").accents()["light"]
    assert used != "#ffd400"
    assert f"on the light ground (needed: 4.5): {used} is used there." in caplog.text
    assert "dark ground" not in caplog.text


@pytest.mark.parametrize(("hidden", "said"), [("true", False), ("false", True)])
def test_tool_name_may_be_hidden_and_the_note_stands_on_each_printed_page(tmp_path, hidden, said):
    (tmp_path / "brand.toml").write_text(f'note = "Confidential}}"\nhide_tool_name = {hidden}')
    store = sample_stores.rich(tmp_path / "crawls.sqlite")
    page = pages.read(render(store.database, store.run, tmp_path / "r", brand=tmp_path / "brand.toml"))
    assert ("smocrawl" in page.text.lower()) is said
    assert '@bottom-center{content:"Confidential";' in page.sheets[0]
    assert "Confidential}" in page.text


def test_accent_that_looks_like_a_fault_is_named_in_the_log(tmp_path, caplog):
    (tmp_path / "brand.toml").write_text('accent = "#c51230"')
    with caplog.at_level(logging.WARNING):
        brand.load(tmp_path / "brand.toml")
    assert "links would look like faults" in caplog.text


def test_numbers_and_dates_follow_the_language():
    english, german = load("en"), load("de")
    assert (english.number(12345.6, 1), german.number(12345.6, 1)) == ("12,345.6", "12.345,6")
    assert english.signed(-0.04, 1) == "0.0"
    assert english.signed(2.04, 1) == "+2.0"
    assert english.number(-3) == "−3"
    assert english.date(datetime(2026, 11, 8, tzinfo=UTC)) == "8 November 2026"
    assert english.listed(["a", "b", "c"]) == "a, b and c"


def test_unknown_language_speaks_english(tmp_path):
    store = sample_stores.empty(tmp_path / "crawls.sqlite")
    page = pages.read(render(store.database, store.run, tmp_path / "r", language="xx"))
    assert "What people see when someone shares" in page.text


def test_report_in_german(tmp_path):
    store = sample_stores.rich(tmp_path / "crawls.sqlite")
    path = render(store.database, store.run, tmp_path / "r", language="de")
    page = pages.read(path)
    assert page.faults == []
    assert '<html lang="de" dir="ltr">' in path.read_text(encoding="utf-8")
    assert "Was Menschen sehen, wenn jemand dies teilt: hollow-mill.example" in page.text
    assert "18. November 2026" in page.text
    assert "Maßnahmen bringen die Punktzahl von" in page.text
