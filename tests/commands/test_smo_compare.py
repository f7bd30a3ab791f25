"""smo-compare as a user runs it: two sites are crawled, then held against one another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import run
from scrapy.cmdline import execute
from serving import Site, page

from smocrawl.store import runs
from smocrawl.store.database import Database

TAGS = '<meta property="og:title" content="The mill"><meta property="og:description" content="All about it, in words.">'


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawled")
    with Site({}) as site:
        for name, head in (("mill", TAGS), ("rival", "")):
            site.pages = {"/": page(f"The {name}", "/a", head=head), "/a": page("A story", "/", head=head)}
            ran = run(folder, "smo-crawl", site.host, "-a", f"as_url=https://{name}.example/")
            assert ran.code == 0, ran.said
    return folder


@pytest.fixture
def ask(crawled, monkeypatch, capfd):
    """(exit code, standard output, standard error) of ``scrapy smo-compare WORDS…`` in this process."""
    monkeypatch.chdir(crawled)
    monkeypatch.setenv("SMO_REPORTS", str(crawled / "reports"))

    def asked(*words):
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", "smo-compare", *words])
        return int(ended.value.code or 0), *capfd.readouterr()

    return asked


def stores(crawled):
    return {path: path.read_bytes() for path in crawled.glob("reports/*/crawls.sqlite")}


def test_two_sites_are_compared_and_nothing_that_is_stored_changes(ask, crawled):
    before = stores(crawled)
    code, out, err = ask("mill.example_staging", "rival.example_staging")
    assert (code, err) == (0, "")
    path = Path(out.removeprefix("Comparison: ").strip())
    assert path.is_relative_to(crawled / "reports" / "comparisons")
    told = json.loads((path.parent / "compare.json").read_bytes())
    assert told["sites"] == ["mill.example", "rival.example"]
    assert "og-description" in {one["key"] for one in told["sections"]["features"]["ahead"]}
    assert stores(crawled) == before


def test_the_folder_may_be_named(ask, tmp_path):
    code, out, _ = ask(
        "mill.example_staging", "rival.example_staging", "--output", str(tmp_path / "o"), "--language", "de"
    )
    assert code == 0
    assert out.strip() == f"Comparison: {tmp_path / 'o' / 'index.html'}"
    assert '<html lang="de"' in (tmp_path / "o" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "Name 2 to 6 crawled sites, not 0"),
        (("mill.example_staging",), 2, "Name 2 to 6 crawled sites, not 1"),
        (("mill.example_staging",) * 7, 2, "Name 2 to 6 crawled sites, not 7"),
        (("mill.example_staging", "mill.example_staging"), 2, "are the same crawled site"),
        (("mill.example_staging", "never.example"), 4, "Run a crawl first: scrapy smo-crawl never.example"),
        (("mill.example_staging", "../rival"), 2, "../rival"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(ask, words, code, said):
    found, out, err = ask(*words)
    assert (found, out) == (code, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_site_whose_crawl_never_ended_is_named_with_the_remedy(ask, crawled, tmp_path, monkeypatch):
    monkeypatch.setenv("SMO_STORE", str(tmp_path / "{domain}.sqlite"))
    for name in ("one.example", "two.example"):
        database = Database(tmp_path / f"{name}.sqlite")
        runs.begin(
            database, home=f"https://{name}/", options={}, version="1", ruleset="1", algorithm=1, audience="general"
        )
        database.close()
    code, _, err = ask("one.example", "two.example")
    assert code == 4
    assert "holds no finished crawl. Run one first: scrapy smo-crawl one.example" in err
