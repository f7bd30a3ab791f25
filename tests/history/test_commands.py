"""smo-diff and smo-gate as a user runs them: a site is crawled, changed, crawled again and judged."""

from __future__ import annotations

import contextlib
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from running import run
from scrapy.cmdline import execute
from serving import Answer, Site, page

from smocrawl.store import runs
from smocrawl.store.database import Database

TAGS = (
    '<meta property="og:title" content="{0}"><meta property="og:description" content="All about {0}, told in words.">'
)
ADDRESS = "as_url=https://mill.example/"


def pages(*, tagged: bool) -> dict[str, Answer | str]:
    names = [f"/{number}" for number in range(5)]
    return {
        "/": page("The old mill", *names, head=TAGS.format("The old mill")),
        **{name: page(f"Story {name}", "/", head=TAGS.format(f"Story {name}") if tagged else "") for name in names},
    }


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two crawls; between them five pages lose their tags."""
    folder = tmp_path_factory.mktemp("crawled")
    with Site(pages(tagged=True)) as site:
        for tagged in (True, False):
            site.pages = pages(tagged=tagged)
            ran = run(folder, "smo-crawl", site.host, "-a", ADDRESS)
            assert ran.code == 0, ran.said
    return folder


@dataclass
class Said:
    code: int
    out: str
    err: str


Ask = Callable[..., Said]


@pytest.fixture
def ask(crawled: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Ask:
    """``scrapy WORDS…`` in this process; these commands only read the store."""
    monkeypatch.chdir(crawled)
    monkeypatch.setenv("SMO_REPORTS", str(crawled / "reports"))
    monkeypatch.setenv("SMO_WORKERS", "0")

    def asked(*words: str) -> Said:
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", *words])
        out, err = capfdbinary.readouterr()
        return Said(int(ended.value.code or 0), out.decode(), err.decode())

    return asked


def test_the_difference_in_words(ask: Ask) -> None:
    ran = ask("smo-diff", "mill.example_staging")
    assert ran.code == 0, ran.err
    assert "got worse" in ran.out
    assert "(og-title): 5 pages" in ran.out
    assert "not comparable" not in ran.out


def test_the_difference_for_programs(ask: Ask) -> None:
    ran = ask("smo-diff", "mill.example_staging", "--from", "-2", "--to", "-1", "--format", "json")
    said = json.loads(ran.out)
    assert said["comparable"]
    assert sum(said["score"]["parts"].values()) == pytest.approx(said["score"]["now"] - said["score"]["before"])
    assert said["score"]["parts"]["regressed"] < 0
    assert {one["url"] for one in said["cards"]} == {f"https://mill.example/{number}" for number in range(5)}


def test_a_gate_that_holds_exits_with_0(ask: Ask) -> None:
    ran = ask("smo-gate", "mill.example_staging", "--fail-under", "1")
    assert ran.code == 0, ran.err
    assert "holds   fail-under" in ran.out


def test_a_gate_that_is_missed_exits_with_1_and_says_by_what(ask: Ask) -> None:
    ran = ask("smo-gate", "mill.example_staging", "--fail-under", "99", "--fail-on", "og-title,regression")
    assert ran.code == 1
    assert [line.split()[1] for line in ran.out.splitlines() if line.startswith("MISSED")] == [
        "fail-under:", "og-title:", "regression:",
    ]  # fmt: skip


def test_a_document_stands_alone_on_standard_output(ask: Ask) -> None:
    ran = ask("smo-gate", "mill.example_staging", "--fail-on", "og-title", "--format", "junit")
    assert ran.code == 1
    assert ET.fromstring(ran.out).get("failures") == "1"
    assert ran.err.startswith("MISSED  og-title: ")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("smo-gate", "mill.example_staging"), 2, "Say what must hold"),
        (("smo-gate", "mill.example_staging", "--fail-on", "hihg"), 2, "Did you mean high"),
        (("smo-gate", "mill.example_staging", "--fail-under", "lots"), 2, "a score from 0 to 100"),
        (("smo-gate", "mill.example_staging", "--fail-under", "nan"), 2, "a score from 0 to 100"),
        (("smo-gate", "mill.example_staging", "--fail-on", "high", "--format", "xls"), 2, "known are text, json"),
        (("smo-gate", "mill.example_staging", "--fail-on", "new", "--baseline", "1999-01-01"), 2, "no finished crawl"),
        (
            ("smo-gate", "mill.example_staging", "--fail-on", "new", "--baseline", "-1"),
            2,
            "is the crawl that is judged",
        ),
        (("smo-gate", "mill.example_staging", "--fail-over", "9"), 2, "Unknown option --fail-over."),
        (("smo-gate", "other.example", "--fail-under", "9"), 4, "Run a crawl first"),
        (("smo-diff", "mill.example_staging", "--from", "77"), 2, "There is no finished crawl '77'"),
        (("smo-diff", "mill.example_staging", "--to", "-2"), 2, "There is no crawl before 1"),
        (("smo-diff", "mill.example_staging", "--format", "pdf"), 2, "known are text, json, markdown"),
        (("smo-diff", "../mill.example_staging"), 2, "is no host"),
        (("smo-diff",), 2, "Name one crawled site"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(ask: Ask, words: tuple[str, ...], code: int, said: str) -> None:
    ran = ask(*words)
    assert ran.code == code, ran.err
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert ran.out == ""


def store(crawled: Path) -> Database:
    return Database(crawled / "reports" / "mill.example_staging" / "crawls.sqlite")


@contextlib.contextmanager
def changed(crawled: Path, **values: object) -> Iterator[None]:
    """Columns of one run, for a while."""
    database = store(crawled)
    run = values.pop("id")
    (before,) = database.rows("SELECT * FROM run WHERE id = ?", run)
    runs.update(database, int(str(run)), **values)
    try:
        yield
    finally:
        runs.update(database, int(str(run)), **{name: before[name] for name in values})
        database.close()


def test_older_rules_are_left_behind_without_touching_the_store(ask: Ask, crawled: Path) -> None:
    plain = json.loads(ask("smo-diff", "mill.example_staging", "--format", "json").out)
    database = store(crawled)
    before = database.rows("SELECT run, scope, key, value FROM site_score ORDER BY run, scope, key")
    with changed(crawled, id=1, ruleset="2020.01"):
        anew = json.loads(ask("smo-diff", "mill.example_staging", "--format", "json").out)
        stored = json.loads(ask("smo-diff", "mill.example_staging", "--format", "json", "--as-judged").out)
    assert anew["judged_anew"]
    assert anew["comparable"]
    assert anew["score"]["parts"] == pytest.approx(plain["score"]["parts"])
    assert stored["why_not"] == ["The rules changed, and the earlier crawl was not judged by those of today."]
    after = database.rows("SELECT run, scope, key, value FROM site_score ORDER BY run, scope, key")
    assert [tuple(row) for row in after] == [tuple(row) for row in before]
    database.close()


def test_a_crawl_that_came_to_nothing_does_not_pass_by_the_one_before(ask: Ask, crawled: Path) -> None:
    with changed(crawled, id=2, state="nothing"):
        ran = ask("smo-gate", "mill.example_staging", "--fail-under", "1")
    assert ran.code == 4
    assert "did not finish" in ran.err


def test_one_crawl_is_not_enough_for_a_difference(ask: Ask, crawled: Path) -> None:
    with changed(crawled, id=2, state="stopped"):
        ran = ask("smo-diff", "mill.example_staging")
    assert (ran.code, ran.err) == (4, "Two finished crawls are needed; crawl the site once more.\n")


def test_a_store_that_is_none_is_said_in_one_line(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database at all" * 100)
    monkeypatch.setenv("SMO_STORE", str(broken))
    ran = ask("smo-gate", "mill.example", "--fail-under", "1")
    assert ran.code == 5
    assert len(ran.err.splitlines()) == 1
