"""Sections of plugins: laid out by us, escaped, and left out with one line where they are broken."""

from __future__ import annotations

import json

import pages
import pytest
import sample_stores
from sample_stores import PAYLOAD

from smocrawl.report import render
from smocrawl.report.sections import added
from smocrawl.report.sections.added import AddedSection, Table


def good(crawl):
    return AddedSection(
        id="acme-budget",
        name="Budget",
        title=f"{len(crawl.pages)} pages, {PAYLOAD}",
        lede=PAYLOAD,
        paragraphs=[PAYLOAD],
        tables=[
            Table(
                caption="Costs", columns=["Page", PAYLOAD, "Days"],
                rows=[[crawl.pages[0].url, PAYLOAD, 12_500], ["javascript:alert(1)", None, 1.5]],
            )
        ],
    )  # fmt: skip


def broken(crawl):
    raise RuntimeError("out of\npaper")


MAKERS = {
    "a-good": good,
    "b-broken": broken,
    "c-none": lambda crawl: None,
    "d-wrong": lambda crawl: "<b>HTML</b>",
    "e-bare": lambda crawl: AddedSection(id="score", name="Score", title="Score"),
    "f-twice": lambda crawl: AddedSection(id="acme-budget", name="Again", title="Again"),
    "g-uneven": lambda crawl: AddedSection(
        id="acme-uneven", name="U", title="U", tables=[Table(columns=["A"], rows=[[1, 2]])]
    ),
}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("added")
    store = sample_stores.rich(folder / "crawls.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(added, "report_sections", lambda: MAKERS)
        return render(store.database, store.run, folder / "2026-11-18_093000")


def test_it_stands_before_the_method_and_in_the_contents(rendered):
    page = rendered.read_text(encoding="utf-8")
    assert page.index('id="acme-budget"') < page.index('id="method"')
    assert '<a href="#acme-budget">' in page
    assert page.count('id="acme-budget"') == 1
    told = json.loads(rendered.with_name("report.json").read_text(encoding="utf-8"))
    assert told["sections"]["acme-budget"]["tables"][0]["columns"][0] == "Page"


def test_its_texts_are_texts(rendered):
    page = rendered.read_text(encoding="utf-8")
    assert "window.BAD" in pages.read(rendered).text
    assert "<script>window.BAD" not in page
    assert "<img src=https://evil" not in page
    assert 'href="javascript' not in page
    assert '<td class="num">12,500</td>' in page
    assert '<td><a href="https://www.hollow-mill.example/' in page


def test_a_broken_one_costs_itself_alone(rendered, caplog):
    store = sample_stores.rich(rendered.parent / "again.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(added, "report_sections", lambda: MAKERS)
        render(store.database, store.run, rendered.parent / "2026-11-19_093000")
    lines = [line for line in caplog.messages if "report section" in line]
    assert [line.split(":")[0].rpartition("plugin ")[2] for line in lines] == [
        f"{name} is left out" for name in MAKERS if name not in ("a-good", "c-none")
    ]
    assert "RuntimeError: out of paper" in lines[0]
    assert "such as yours-section" in lines[2]
    assert "a row of 2 cells in a table of 1 columns" in lines[4]
