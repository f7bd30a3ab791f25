from __future__ import annotations

import re

import pages
import pytest

from smocrawl.report.paper import PaperError, chromium, on_paper, print_pdf


@pytest.mark.browser
@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_report_is_printed_on_the_paper_that_was_asked_for(program, reports, tmp_path, paper, size):
    printed = print_pdf(reports("twice"), tmp_path / "report.pdf", program=program, paper=paper)
    data = printed.read_bytes()
    boxes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {size}
    assert 10 < data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") < 40
    assert b"/Outlines" in data
    assert [one.name for one in tmp_path.iterdir()] == ["report.pdf"]


def test_size_of_the_paper_is_a_style_that_the_policy_admits(reports):
    page = pages.Reader(on_paper(reports("empty").read_text(encoding="utf-8"), "letter"))
    assert page.sheets[1] == "@page{size:letter}"
    assert all(pages.hash_of(sheet) in page.policy for sheet in page.sheets)


def test_no_browser_is_said_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PaperError, match=r"^--pdf needs an installed Chromium: install one"):
        chromium()


@pytest.mark.parametrize(("does", "said"), [("echo broken >&2; exit 1", "broken"), ("exit 0", "it said nothing")])
def test_a_browser_that_prints_nothing_leaves_nothing_behind(reports, tmp_path, does, said):
    program = tmp_path / "chromium"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    with pytest.raises(PaperError, match=f"printed nothing: {said}"):
        print_pdf(reports("empty"), tmp_path / "report.pdf", program=str(program))
    assert [one.name for one in tmp_path.iterdir()] == ["chromium"]
