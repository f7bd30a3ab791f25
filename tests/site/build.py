"""Builds small stores by hand: pages, links and files go in through the same functions that a crawl uses."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from attrs import evolve

from smocrawl import audience, site
from smocrawl.checks.base import Context
from smocrawl.page import Area, Kind, Link, Page, Recognised, Text
from smocrawl.review import judge
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import pack, to_json
from smocrawl.store.frontier import Frontier, Wanted
from smocrawl.store.probes import ProbeRecord, save_probe
from smocrawl.store.records import Record, page_record, save_asset, save_listed, save_page, save_record, save_uses

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOME = "https://site.example/"


def at(path: str) -> str:
    return path if path.startswith("http") else f"{HOME}{path.lstrip('/')}"


class Built:
    """A store with one run of https://site.example/."""

    def __init__(self, path, *, whole=True, options=None):
        self.database = Database(path)
        self.run = runs.begin(
            self.database, home=HOME, options=options or {}, version="0", ruleset="r", algorithm=1, audience="general"
        )
        self.frontier = Frontier(self.database, self.run)
        if whole:
            self.file("robots.txt", "robots")

    # -- putting in -------------------------------------------------------------------------------

    def page(
        self, path="", *, kind=Kind.ARTICLE, links=(), shown=(), shown_links=False, shareable=True, status=200, **facts
    ):
        """*links*: paths, or (path, area) pairs, for the graph; *shown*: links as the page's own facts hold them."""
        url = at(path)
        if shown_links:
            shown = tuple(Link(url=at(one)) for one in links)
        made = Page(url=url, kind=kind, status=status, title=facts.pop("title", path or "Home"), links=shown, **facts)
        own = {}
        for one in links:
            target, area = one if isinstance(one, tuple) else (one, Area.MAIN)
            own.setdefault(at(target), []).append(Link(url=at(target), area=area, in_main=area is Area.MAIN))
        save_page(self.frontier, page_record(made, own, shareable=shareable), depth=0)
        save_record(self.frontier, Record(url=url, kind="page", status=status, type="text/html"))
        return made

    def redirect(self, path, target):
        save_record(self.frontier, Record(url=at(path), kind="page", status=301, redirect=at(target)))

    def file(self, path, kind, facts=None, *, status=200, used_by=(), role=None, error=None, type=None):
        save_record(self.frontier, Record(url=at(path), kind=kind, status=status, error=error, type=type))
        save_asset(self.frontier, at(path), kind, None if facts is None else pack(facts))
        for page in used_by:
            save_uses(self.frontier, at(page), [(at(path), role or kind)])

    def sitemap(self, *paths, date=None):
        self.file("sitemap.xml", "sitemap")
        save_listed(self.frontier, at("sitemap.xml"), "sitemap", [(at(path), date) for path in paths])

    def listed(self, path, *, date=None):
        save_listed(self.frontier, at("sitemap.xml"), "sitemap", [(at(path), date)])

    def probed(self, *topics):
        """Look-ups on demand were asked for."""
        with self.database.transaction() as connection:
            connection.execute("UPDATE run SET options = ? WHERE id = ?", (to_json({"probes": topics}), self.run))

    def probe(self, topic, path, *, about=None, **answer):
        record = ProbeRecord(url=at(path), topic=topic, about=None if about is None else at(about), **answer)
        save_probe(self.frontier, record)

    def want(self, path):
        self.frontier.add([Wanted(url=at(path))])

    # -- asking -----------------------------------------------------------------------------------

    def analyse(self, name="general", *, now=NOW, **changes):
        profile = evolve(audience.load(name), **changes)
        site.measure(self.database, self.run)
        self.judge(profile)
        site.analyse(self.database, self.run, profile, now)
        return self

    def ask(self, name="general", *, now=NOW, **changes):
        """The checks of the site alone."""
        site.measure(self.database, self.run)
        site.analyse(self.database, self.run, evolve(audience.load(name), **changes), now)
        return self

    def judge(self, profile):
        """The page checks, as the closing pass asks them."""
        from smocrawl.page import Page as Facts
        from smocrawl.store.facts import unpack

        for row in self.database.rows("SELECT url, facts FROM page WHERE run = ?", self.run):
            found = judge(unpack(row["facts"], Facts), Context(audience=profile, now=NOW))
            self.review(row["url"], found)

    def review(self, url, found):
        score = found.score
        with self.database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO review (run, url, score, uncapped, cap, coverage, tactics, platforms, outcomes)"
                " VALUES (?,?,?,?,?,?,?,?,?)",
                (
                    self.run, url, score.page, score.uncapped, score.cap, score.coverage, to_json(score.tactics),
                    to_json(score.platforms), to_json(dict(found.outcomes)),
                ),
            )  # fmt: skip
            connection.execute("DELETE FROM finding WHERE run = ? AND url = ?", (self.run, url))
            connection.executemany(
                "INSERT INTO finding VALUES (?,?,?,?,?,?,?)",
                [
                    (
                        self.run,
                        url,
                        one.check,
                        one.stored_as,
                        one.severity,
                        to_json(one.evidence),
                        one.accepted if one.suppressed else None,
                    )
                    for one in found.findings
                ],
            )

    def outcome(self, check):
        return self.database.rows("SELECT outcome FROM site_outcome WHERE run = ? AND check_id = ?", self.run, check)[
            0
        ][0]

    def evidence(self, check):
        from smocrawl.store.facts import from_json

        rows = self.database.rows(
            "SELECT evidence FROM finding WHERE run = ? AND check_id = ? AND url IS NULL ORDER BY rowid",
            self.run,
            check,
        )
        return [from_json(row[0]) for row in rows]

    def score(self, scope, key="total"):
        return self.database.rows(
            "SELECT value FROM site_score WHERE run = ? AND scope = ? AND key = ?", self.run, scope, key
        )[0][0]

    def measures(self):
        rows = self.database.rows(
            "SELECT url.url, measure.* FROM measure JOIN url ON url.id = measure.url WHERE run = ?", self.run
        )
        return {row[0].removeprefix(HOME): row for row in rows}


def profile_of(platform, handle, *, area=Area.FOOTER, rel=()):
    return Recognised(
        url=f"https://{platform}.example/{handle}", sort="profile", platform=platform, handle=handle, area=area, rel=rel
    )


def words(number, start=0):
    main = " ".join(f"w{start + at}" for at in range(number))
    return Text(main=main, words=number, sha1=hashlib.sha1(main.encode()).hexdigest())
