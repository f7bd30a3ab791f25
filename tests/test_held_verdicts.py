"""Verdicts that are taken over from the crawl before are those that judging anew would give, whatever has changed between."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from attrs import evolve

from smocrawl import audience, scoring, site
from smocrawl.closing import Closing, judge_site, judging
from smocrawl.closing.unchanged import judged_by
from smocrawl.demo.site import DemoSite, build
from smocrawl.extract.files.robots import Robots
from smocrawl.page import Page
from smocrawl.platforms.base import ImageFacts
from smocrawl.reading import AssetResult, PageResult, Task, read_asset, read_html
from smocrawl.site import agreement
from smocrawl.site.desk import clear
from smocrawl.spiders.options import read_options, stored_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import pack, unpack
from smocrawl.store.frontier import Frontier, Wanted
from smocrawl.store.records import Record, save_asset, save_listed, save_page, save_record, save_uses
from smocrawl.workers import Workers

HOME = "https://www.larkfold.example/"
MOMENT = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
OF_A_RUN = ("frontier", "fetch", "page", "link", "social", "asset", "asset_use", "listed", "picture")
DERIVED = {
    "review": "url, score, uncapped, cap, coverage, tactics, platforms, outcomes, reasons, cards, holds_until",
    "finding": "url, check_id, outcome, severity, evidence, accepted",
}


class Reading:
    """The demo site as a crawl would store it, read without a network."""

    def __init__(self, database: Database, demo: DemoSite) -> None:
        options = read_options({"domain": "www.larkfold.example"})
        self.database, self.demo = database, demo
        self.scope = Scope(options)
        self.scope.settle(HOME)
        self.run = runs.begin(
            database, home=HOME, options=options.stored(), version="0.1", ruleset=scoring.RULESET,
            algorithm=scoring.ALGORITHM, audience="general",
        )  # fmt: skip
        runs.update(database, self.run, started=MOMENT.isoformat())
        self.frontier = Frontier(database, self.run)
        self.queue: deque[tuple[str, str]] = deque([(HOME, "page"), (f"{HOME}sitemap.xml", "sitemap")])
        self.known = {url for url, _ in self.queue}

    def all(self) -> None:
        body = self.demo.answer("/robots.txt").body
        save_asset(self.frontier, f"{HOME}robots.txt", "robots", pack(Robots.read(body).facts))
        save_record(self.frontier, Record(url=f"{HOME}robots.txt", kind="robots", status=200))
        while self.queue:
            self._one(*self.queue.popleft())
        runs.update(self.database, self.run, state="done")

    def _one(self, url: str, kind: str) -> None:
        self.frontier.add([Wanted(url=url, kind=kind, source="link")])
        answer = self.demo.answer(url.removeprefix(HOME[:-1]))
        body = b"" if kind in ("image", "icon") else answer.body
        target = self.scope.spelled(urljoin(url, answer.headers["Location"])) if "Location" in answer.headers else None
        found: PageResult | AssetResult | None = None
        headers = {"content-type": answer.type, **{name.lower(): value for name, value in answer.headers.items()}}
        task = Task(url=url, kind=kind, status=answer.status, headers=headers, body=body, latency=0.1)
        if target is None and kind == "page" and answer.type.startswith("text/html"):
            found = read_html(task, self.scope, None)
            save_page(self.frontier, found.record, depth=1)
            save_uses(self.frontier, url, ((address, role) for address, _, role in found.assets))
            self._want((one, "page") for one, _ in found.pages)
            self._want((one, sort) for one, sort, _ in found.assets)
        elif target is None and kind in ("image", "icon"):
            # Not painted, which would take longer than everything else.
            facts = ImageFacts(url=url, status=answer.status, type="image/png", size=90_000, width=1200, height=630)
            save_asset(self.frontier, url, kind, pack(facts))
        elif target is None and kind != "page":
            found = read_asset(task)
            save_asset(self.frontier, url, kind, found.facts)
            if kind in ("sitemap", "feed"):
                save_listed(self.frontier, url, kind, found.pages)
                self._want((one, "page") for one, _ in found.pages)
                self._want((one, "sitemap") for one in found.sitemaps)
        elif target:
            self._want([(target, kind)])
        save_record(
            self.frontier,
            Record(url=url, kind=kind, status=answer.status, redirect=target, type=answer.type, latency=0.1),
        )

    def _want(self, named: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> None:
        for url, kind in named:
            if url not in self.known and self.scope.owns(url) and "?" not in url:
                self.known.add(url)
                self.queue.append((url, kind))


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two crawls of the demo site, between which nothing changed; the first is judged."""
    path = tmp_path_factory.mktemp("demo") / "crawls.sqlite"
    database = Database(path)
    reading = Reading(database, build(HOME[:-1], today=MOMENT.date()))
    reading.all()
    judge(database, reading.run)
    known = runs.load(database, reading.run)
    second = runs.begin(
        database, home=HOME, options=known.options, version="0.1", ruleset=scoring.RULESET,
        algorithm=scoring.ALGORITHM, audience="general",
    )  # fmt: skip
    runs.update(database, second, started=(MOMENT + WEEK).isoformat(), state="done")
    for table in OF_A_RUN:
        columns = [row[1] for row in database.rows(f"PRAGMA table_info({table})") if row[1] != "run"]
        names = ", ".join(columns)
        database.connection.execute(f"INSERT INTO {table} (run, {names}) SELECT {second}, {names} FROM {table}")
    database.connection.execute(
        "UPDATE fetch SET taken_over = 'same bytes' WHERE run = ? AND redirect IS NULL", (second,)
    )
    database.close()
    return path


def judge(database: Database, run: int) -> None:
    known = runs.load(database, run)
    scope = Scope(stored_options(known.options))
    scope.settle(known.home)
    closing = Closing(path=database.path, run=run, folder=database.path.parent, scope=scope, home=known.home)
    judge_site(database, closing, Workers(0), lambda: False)


class Second:
    """The second crawl, to be changed."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.run = 2
        self.frontier = Frontier(database, self.run)

    def do(self, sql: str, *values: object) -> None:
        assert self.database.connection.execute(sql, values).rowcount, f"nothing to change: {sql}"

    def urls(self, sql: str, *values: object) -> list[str]:
        found = [row[0] for row in self.database.rows(sql, *values)]
        assert found, f"nothing there: {sql}"
        return found

    def page(self, url: str, change: Callable[[Page], Page]) -> None:
        where = "run = 2 AND url = (SELECT id FROM url WHERE url = ?)"
        (blob,) = (row[0] for row in self.database.rows(f"SELECT facts FROM page WHERE {where}", url))
        page = change(unpack(blob, Page))
        self.do(f"UPDATE page SET facts = ?, title = ? WHERE {where}", pack(page), page.title, url)
        self.do(f"UPDATE fetch SET taken_over = NULL WHERE {where}", url)

    def picture(self, change: Callable[[ImageFacts], ImageFacts]) -> None:
        """Of the picture that most pages offer."""
        (row,) = self.database.rows(
            "SELECT asset.url, asset.facts FROM asset JOIN asset_use ON asset_use.run = 2 AND asset_use.asset = asset.url"
            " WHERE asset.run = 2 AND role = 'og:image' GROUP BY asset.url ORDER BY count(*) DESC, asset.url LIMIT 1"
        )
        facts = pack(change(unpack(row[1], ImageFacts)))
        self.do("UPDATE asset SET facts = ? WHERE run = 2 AND url = ?", facts, row[0])


MOST_LINKED = (
    "SELECT u.url FROM link JOIN url u ON u.id = dst JOIN page ON page.run = 2 AND page.url = dst AND page.status = 200"
    " WHERE link.run = 2 GROUP BY dst ORDER BY count(*) DESC, u.url"
)


def nothing(second: Second) -> None:
    pass


def a_page_is_gone(second: Second) -> None:
    url = second.urls(MOST_LINKED)[-9]
    second.do("UPDATE fetch SET status = 404 WHERE run = 2 AND url = (SELECT id FROM url WHERE url = ?)", url)
    second.do("DELETE FROM page WHERE run = 2 AND url = (SELECT id FROM url WHERE url = ?)", url)


def a_page_moves(second: Second) -> None:
    one, other = second.urls(MOST_LINKED)[-12:-10]
    second.do(
        "UPDATE fetch SET status = 301, redirect = (SELECT id FROM url WHERE url = ?) WHERE run = 2"
        " AND url = (SELECT id FROM url WHERE url = ?)", other, one,
    )  # fmt: skip
    second.do("DELETE FROM page WHERE run = 2 AND url = (SELECT id FROM url WHERE url = ?)", one)


def where_a_redirect_leads_is_gone(second: Second) -> None:
    second.do(
        "UPDATE fetch SET status = 404 WHERE run = 2 AND url IN (SELECT redirect FROM fetch WHERE run = 2 AND redirect"
        " IS NOT NULL)"
    )


def a_title_changes(second: Second) -> None:
    second.page(second.urls(MOST_LINKED)[-15], lambda page: evolve(page, title="Something else"))


def where_a_canonical_leads_says_something_else(second: Second) -> None:
    (url, *_) = second.urls(
        "SELECT u.url FROM page JOIN url u ON u.url = page.canonical JOIN page AS there ON there.run = 2 AND"
        " there.url = u.id WHERE page.run = 2 AND NOT page.self_canonical ORDER BY u.url"
    )
    second.page(url, lambda page: evolve(page, title="Something else", metas=()))


def a_picture_is_small(second: Second) -> None:
    second.picture(lambda facts: evolve(facts, width=90, height=90))


def a_picture_is_slow(second: Second) -> None:
    second.picture(lambda facts: evolve(facts, latency=9.0))


def an_icon_is_gone(second: Second) -> None:
    second.do("UPDATE fetch SET status = 404 WHERE run = 2 AND kind = 'icon'")


def robots_shut_a_network_out(second: Second) -> None:
    rules = b"User-agent: facebookexternalhit\nDisallow: /\n"
    save_asset(second.frontier, f"{HOME}robots.txt", "robots", pack(Robots.read(rules).facts))


def links_are_taken_away(second: Second) -> None:
    second.do("DELETE FROM link WHERE run = 2 AND dst % 3 = 0")


def the_sitemap_has_other_dates(second: Second) -> None:
    second.do("UPDATE listed SET date = '2020-01-01' WHERE run = 2 AND kind = 'sitemap' AND url % 2 = 0")
    second.do("DELETE FROM listed WHERE run = 2 AND kind = 'sitemap' AND url % 5 = 0")


def the_server_is_slow(second: Second) -> None:
    """Nobody sent a validator: the bytes are the same, the seconds are not."""
    for row in second.database.rows("SELECT url, facts FROM page WHERE run = 2"):
        facts = pack(evolve(unpack(row[1], Page), latency=6.0))
        second.do("UPDATE page SET facts = ? WHERE run = 2 AND url = ?", facts, row[0])
    second.do("UPDATE fetch SET latency = 6.0 WHERE run = 2 AND kind = 'page'")


def the_server_is_a_little_quicker(second: Second) -> None:
    for row in second.database.rows("SELECT url, facts FROM page WHERE run = 2"):
        facts = pack(evolve(unpack(row[1], Page), latency=0.05))
        second.do("UPDATE page SET facts = ? WHERE run = 2 AND url = ?", facts, row[0])
    second.do("UPDATE fetch SET latency = 0.05 WHERE run = 2 AND kind = 'page'")


def another_page_offers_a_picture(second: Second) -> None:
    (image, *_) = second.urls(
        "SELECT og_image FROM page WHERE run = 2 AND kind = 'article' AND og_image IS NOT NULL ORDER BY og_image"
    )
    second.do("UPDATE page SET og_image = ? WHERE run = 2 AND kind = 'article' AND url % 3 = 0", image)


def an_account_is_taken_out(second: Second) -> None:
    second.do("DELETE FROM social WHERE run = 2 AND sort = 'profile' AND platform = 'mastodon'")


def years_pass(second: Second) -> None:
    runs.update(second.database, 2, started=(MOMENT + timedelta(days=800)).isoformat())


CHANGES = (
    nothing, a_page_is_gone, a_page_moves, where_a_redirect_leads_is_gone, a_title_changes,
    where_a_canonical_leads_says_something_else, a_picture_is_small, a_picture_is_slow, an_icon_is_gone,
    robots_shut_a_network_out, links_are_taken_away, the_sitemap_has_other_dates, the_server_is_slow,
    the_server_is_a_little_quicker, another_page_offers_a_picture, an_account_is_taken_out, years_pass,
)  # fmt: skip
ALL_HOLD = {nothing, a_picture_is_slow, the_server_is_a_little_quicker, years_pass}
"""But for those that the clock overtakes."""
NONE_HOLDS = {an_icon_is_gone, robots_shut_a_network_out, the_server_is_slow, an_account_is_taken_out}
"""What every page names, or what is asked of the whole site."""
OVERDUE = "SELECT count(*) FROM review WHERE run = 1 AND holds_until <= (SELECT started FROM run WHERE id = 2)"


def verdicts(database: Database) -> dict[str, list[tuple]]:
    return {
        table: sorted((tuple(row) for row in database.rows(f"SELECT {names} FROM {table} WHERE run = 2")), key=repr)
        for table, names in DERIVED.items()
    }


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_is_taken_over_is_what_judging_anew_says(
    change: Callable[[Second], None], twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[Page] = []
    real = judging.judge
    # What the site's checks say follows from these verdicts and from what they themselves read.
    monkeypatch.setattr(site, "analyse", lambda database, *given, **named: clear(database))
    monkeypatch.setattr(judging, "judge", lambda page, context: (judged.append(page), real(page, context))[1])
    shutil.copy(twice, tmp_path / "crawls.sqlite")
    database = Database(tmp_path / "crawls.sqlite")
    change(Second(database))
    judge(database, 2)
    found, held = verdicts(database), len(judged)
    judged.clear()
    runs.update(database, 1, judged_by="something else")
    judge(database, 2)
    assert found == verdicts(database)
    assert len(found["review"]) == len(judged) >= 60
    if change in ALL_HOLD:
        assert held == database.scalar(OVERDUE)
    elif change in NONE_HOLDS:
        assert held == len(judged)
    else:
        assert database.scalar(OVERDUE) < held < len(judged)
    database.close()


OF_THE_SITE = ("site_outcome", "site_score", "fix", "bot_reach", "agreement", "finding")


def the_home_page_moves(second: Second) -> None:
    there = second.urls(MOST_LINKED)[-9]
    second.do("DELETE FROM page WHERE run = 2 AND url = (SELECT id FROM url WHERE url = ?)", HOME)
    second.do(
        "UPDATE fetch SET status = 301, redirect = (SELECT id FROM url WHERE url = ?) WHERE run = 2"
        " AND url = (SELECT id FROM url WHERE url = ?)", there, HOME,
    )  # fmt: skip


@pytest.mark.parametrize(
    "change", [nothing, the_sitemap_has_other_dates, a_title_changes, years_pass, the_home_page_moves]
)
def test_what_the_site_is_worth_is_what_an_analysis_of_all_facts_says(
    change: Callable[[Second], None], twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    compared: list[int] = []
    rows, matrix = site.page_rows, agreement.rows
    monkeypatch.setattr(site, "page_rows", lambda url, page, home: (read.append(url), rows(url, page, home))[1])
    monkeypatch.setattr(agreement, "rows", lambda database, run: (compared.append(run), matrix(database, run))[1])
    shutil.copy(twice, tmp_path / "crawls.sqlite")
    database = Database(tmp_path / "crawls.sqlite")
    change(Second(database))

    def said() -> dict[str, list[str]]:
        return {one: sorted(repr(tuple(row)) for row in database.rows(f"SELECT * FROM {one}")) for one in OF_THE_SITE}

    overdue = database.scalar(OVERDUE)
    judge(database, 2)
    found, again = said(), len(read)
    assert bool(compared) is (change not in (nothing, years_pass))
    if change in (nothing, years_pass):
        assert again == overdue + 1, "the home page, and what the clock has overtaken"
    read.clear()
    database.connection.execute("UPDATE review SET laid_out = NULL")
    runs.update(database, 1, judged_by="something else")
    judge(database, 2)
    assert found == said()
    assert len(read) == database.scalar("SELECT count(*) FROM page WHERE run = 2 AND status = 200")
    database.close()


def test_a_plugin_that_judges_leaves_nothing_to_be_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    options = read_options({"domain": "www.larkfold.example"})
    assert judged_by(Scope(options), HOME, audience.load())
    monkeypatch.setattr("smocrawl.registry.has_plugins", lambda: True)
    assert judged_by(Scope(options), HOME, audience.load()) == ""


def test_other_wishes_are_other_rules() -> None:
    marks = {
        judged_by(Scope(read_options({"domain": "www.larkfold.example", **more})), HOME, audience.load(name))
        for name, more in (("general", {}), ("news", {}), ("general", {"max_pages": "5"}), ("general", {"full": "1"}))
    }
    assert len(marks) == 3  # to read everything anew is no other rule
