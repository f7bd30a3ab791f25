"""The closing pass: a damaged row costs its page alone, a signal ends it soon, the same page counts once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "history"))
from crawls import HOME, Crawls, html, site

import smocrawl.closing
from smocrawl import audience
from smocrawl.closing import Closing, Interrupted, close
from smocrawl.site import analyse
from smocrawl.site.graph import read_aliases
from smocrawl.spiders.options import stored_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs
from smocrawl.workers import Workers


@pytest.fixture
def crawls(tmp_path: Path) -> Iterator[Crawls]:
    made = Crawls(tmp_path)
    yield made
    made.database.close()


def closing_of(crawls: Crawls, run: int) -> Closing:
    scope = Scope(stored_options(runs.load(crawls.database, run).options))
    scope.settle(HOME)
    return Closing(path=crawls.path, run=run, folder=crawls.folder, scope=scope, home=HOME)


def reviewed(crawls: Crawls, run: int) -> set[str]:
    rows = crawls.database.rows("SELECT u.url FROM review r JOIN url u ON u.id = r.url WHERE r.run = ?", run)
    return {row[0].removeprefix(HOME) for row in rows}


@pytest.mark.parametrize("damage", [b"", b"no zlib", b"x\x9c\x03\x00\x00\x00\x00\x01"])
@pytest.mark.parametrize("path", ["", "a2"])
def test_facts_that_cannot_be_read_cost_their_page_alone(crawls: Crawls, damage: bytes, path: str) -> None:
    run = crawls.crawl(site())
    with crawls.database.transaction() as connection:
        connection.execute(
            "UPDATE page SET facts = ? WHERE url = (SELECT id FROM url WHERE url = ?)", (damage, HOME + path)
        )
    report = close(closing_of(crawls, run), Workers(0))
    assert reviewed(crawls, run) == {"", "a0", "a1", "a2", "a3", "a4", "a5"} - {path}
    assert (report / "index.html").is_file()
    assert any("1 stored pages cannot be read" in note for note in runs.load(crawls.database, run).notes)


def test_a_signal_while_judging_ends_it_and_the_next_try_goes_through(crawls: Crawls) -> None:
    run = crawls.crawl(site())
    with pytest.raises(Interrupted):
        close(closing_of(crawls, run), Workers(0), stop=lambda: True)
    assert not (crawls.folder / "index.html").exists()
    report = close(closing_of(crawls, run), Workers(0))
    assert len(reviewed(crawls, run)) == 7
    assert (report / "index.html").is_file()


def test_a_signal_after_judging_ends_what_the_database_does(crawls: Crawls, monkeypatch: pytest.MonkeyPatch) -> None:
    """The analysis of the whole site asks nobody whether it shall stop; the store does it for it."""
    run = crawls.crawl(site())
    monkeypatch.setattr("smocrawl.store.database.STEPS", 100)
    asked = count()
    close(closing_of(crawls, run), Workers(0), stop=lambda: next(asked) < 0)
    late = next(asked) * 3 // 4
    again = count()
    with pytest.raises(Interrupted):
        close(closing_of(crawls, run), Workers(0), stop=lambda: next(again) > late)
    assert next(again) > late
    assert len(reviewed(crawls, run)) == 7


def test_a_large_crawl_holds_processes_only_while_pages_are_judged(
    crawls: Crawls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smocrawl.closing.LARGE", 3)
    run = crawls.crawl(site())
    workers = Workers(1)
    workers.start()
    running = []
    for step in ("measure", "analyse"):
        meant = getattr(smocrawl.closing.site, step)

        def watched(*given: Any, meant: Any = meant, **named: Any) -> None:
            running.append(workers.is_running)
            meant(*given, **named)

        monkeypatch.setattr(smocrawl.closing.site, step, watched)
    try:
        report = close(closing_of(crawls, run), workers)
    finally:
        workers.close()
    assert running == [False, False]
    assert len(reviewed(crawls, run)) == 7
    assert (report / "index.html").is_file()


def copies(crawls: Crawls, **head: str) -> dict[str, bool]:
    """Path -> whether it counts as a page of its own; */docs/* and its file hold the same."""
    pages = site(2)
    for path in ("docs/", "docs/index.html"):
        pages[path] = html("The manual", head=head.get(path.replace("/", "_"), ""))
    run = crawls.crawl(pages)
    rows = crawls.database.rows(
        "SELECT u.url, p.self_canonical FROM page p JOIN url u ON u.id = p.url WHERE p.run = ?", run
    )
    return {row[0].removeprefix(HOME): bool(row[1]) for row in rows}


def test_a_folder_and_its_index_file_are_one_page(crawls: Crawls) -> None:
    own = copies(crawls)
    assert (own["docs/"], own["docs/index.html"]) == (True, False)
    linked = crawls.database.rows("SELECT canonical FROM page WHERE canonical IS NOT NULL")
    assert [row[0] for row in linked] == [f"{HOME}docs/"]


def test_an_index_file_that_names_itself_is_believed(crawls: Crawls) -> None:
    own = copies(crawls, **{"docs_index.html": f'<link rel="canonical" href="{HOME}docs/index.html">'})
    assert (own["docs/"], own["docs/index.html"]) == (True, True)


def test_other_words_are_another_page(crawls: Crawls) -> None:
    pages = {**site(2), "docs/": html("The manual"), "docs/index.html": html("The old manual")}
    run = crawls.crawl(pages)
    assert crawls.database.scalar("SELECT min(self_canonical) FROM page WHERE run = ?", run) == 1


@pytest.mark.parametrize(
    ("named", "counts"),
    [
        ("http://mill.example/docs/", True),
        ("http://mill.example/docs", True),
        ("https://elsewhere.example/docs/", True),
        (f"{HOME}gone/", True),
        (f"{HOME}a1", False),
        (f"{HOME}a1/", False),
        (HOME, True),
    ],
    ids=["its-twin", "its-twin-without-slash", "other-host", "never-read", "copy", "copy-with-slash", "home"],
)
def test_only_who_names_another_page_of_the_site_is_its_copy(crawls: Crawls, named: str, counts: bool) -> None:
    page = html("The manual", head=f'<link rel="canonical" href="{named}">')
    run = crawls.crawl({**site(2), "docs/": page})
    rows = crawls.database.rows(
        "SELECT p.self_canonical FROM page p JOIN url u ON u.id = p.url WHERE p.run = ? AND u.url = ?",
        run,
        f"{HOME}docs/",
    )
    assert bool(rows[0][0]) is counts


def test_of_twins_over_http_and_https_the_one_over_https_counts(crawls: Crawls) -> None:
    twin = "http://mill.example/docs/"
    page = html("The manual", head='<link rel="canonical" href="http://mill.example/docs">')
    run = crawls.crawl({**site(2), "docs/": page, twin: page})
    rows = crawls.database.rows(
        "SELECT u.url, p.self_canonical FROM page p JOIN url u ON u.id = p.url WHERE p.run = ? AND u.url LIKE '%/docs/'",
        run,
    )
    assert {row[0]: bool(row[1]) for row in rows} == {twin: False, f"{HOME}docs/": True}
    ids = dict(crawls.database.rows("SELECT url, id FROM url"))
    assert read_aliases(crawls.database, run) == {ids[twin]: ids[f"{HOME}docs/"]}


def test_two_pages_that_name_each_other_both_count(crawls: Crawls) -> None:
    pages = {
        one: html(f"Page {one}", head=f'<link rel="canonical" href="{HOME}{other}">')
        for one, other in (("here", "there"), ("there", "here"))
    }
    run = crawls.crawl({**site(2), **pages})
    assert crawls.database.scalar("SELECT min(self_canonical) FROM page WHERE run = ?", run) == 1


def test_what_is_laid_out_while_pages_are_judged_is_what_their_facts_say_afterwards(crawls: Crawls) -> None:
    """More pages than one chunk; one page of another status, which is none of the site's."""
    profile = '<a href="https://mastodon.social/@mill">Follow us</a><a href="/guide.pdf">PDF</a>'
    said = {
        f"a{at}": html(f"Oats {at}", body=profile if at % 2 else "", links=("/", "/a1", "/a44")) for at in range(45)
    }
    gone = (html("Gone", head="<html lang=fr>", body='<a href="https://mastodon.social/@other">Other</a>'), 404)
    run = crawls.crawl({"": html("Mill", links=tuple(said), body=profile), **said, "gone": gone})
    known = runs.load(crawls.database, run)

    def derived() -> list[list[str]]:
        tables = ("site_outcome", "site_score", "fix", "bot_reach", "finding")
        return [sorted(repr(tuple(row)) for row in crawls.database.rows(f"SELECT * FROM {table}")) for table in tables]

    at_once = derived()
    analyse(crawls.database, run, audience.load(known.audience), known.started)
    assert derived() == at_once
    assert all(at_once)
