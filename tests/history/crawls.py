"""Stores with several crawls of one small site, judged as the closing pass judges them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from smocrawl.closing import Closing, judge_site
from smocrawl.extract import read_page
from smocrawl.platforms.base import ImageFacts
from smocrawl.scoring import ALGORITHM, RULESET
from smocrawl.spiders.options import read_options, stored_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import pack
from smocrawl.store.frontier import Frontier
from smocrawl.store.records import Record, page_record, save_asset, save_page, save_record, save_uses
from smocrawl.workers import Workers

HOME = "https://mill.example/"
FIRST = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)

WORDS = "The oats are ground slowly between two stones while the wheel turns in the weir below. " * 12


def html(title, *, image="/pic.jpg", og=True, links=("/",), head="", body=""):
    tags = ""
    if og:
        tags += f'<meta property="og:title" content="{title}"><meta property="og:description" content="About {title}: how it is ground.">'
        tags += f'<meta property="og:image" content="{image}">' if image else ""
    anchors = "".join(f'<a href="{link}">{link}</a> ' for link in links)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{tags}{head}</head>'
        f"<body><nav>{anchors}</nav><main><h1>{title}</h1><p>{WORDS}</p>{body}</main></body></html>"
    )


def at(path):
    return path if path.startswith("http") else HOME + path.lstrip("/")


class Crawls:
    """One store; every :meth:`crawl` is a finished run, a month after the one before."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "crawls.sqlite"
        self.database = Database(self.path)
        self.count = 0

    def crawl(
        self, pages, *, images=None, failing=None, arguments=None, ruleset=RULESET, state="done", audience="general",
        started=None, files=None,
    ):  # fmt: skip
        """*files*: path -> status of feeds; *pages*: path -> HTML, or (HTML, status); *failing*: path -> error, or a status without a body."""
        options = read_options({"domain": "mill.example", "audience": audience, **(arguments or {})})
        run = runs.begin(
            self.database, home=HOME, options=options.stored(), version="0", ruleset=ruleset, algorithm=ALGORITHM,
            audience=audience,
        )  # fmt: skip
        moment = started or FIRST + timedelta(days=30 * self.count)
        self.count += 1
        runs.update(self.database, run, started=moment.isoformat())
        frontier = Frontier(self.database, run)
        save_record(frontier, Record(url=at("robots.txt"), kind="robots", status=404))
        for path, said in pages.items():
            body, status = said if isinstance(said, tuple) else (said, 200)
            self._page(frontier, at(path), body, status, home=path == "")
        for path, error in (failing or {}).items():
            status, reason = (error, None) if isinstance(error, int) else (None, error)
            save_record(frontier, Record(url=at(path), kind="page", status=status, error=reason))
        for path, status in (files or {}).items():
            save_record(frontier, Record(url=at(path), kind="feed", status=status))
        for path, facts in ({"pic.jpg": {}} if images is None else images).items():
            self._image(frontier, at(path), facts, pages)
        self.judge(run)
        # Judging stamps its own rules on a run; this one is to look as if older ones had judged it.
        runs.update(self.database, run, state=state, ended=moment.isoformat(), ruleset=ruleset)
        return run

    def _page(self, frontier, url, body, status, *, home):
        page = read_page(url, body.encode(), headers={"content-type": "text/html"}, status=status)
        own = {}
        for link in page.links:
            if link.url.startswith(HOME):
                own.setdefault(link.url, []).append(link)
        save_page(frontier, page_record(page, own, shareable=True), depth=0 if home else 1)
        save_record(frontier, Record(url=url, kind="page", status=status, type="text/html", size=len(body)))

    def _image(self, frontier, url, given, pages):
        known = {"status": 200, "type": "image/jpeg", "size": 90_000, "width": 1200, "height": 630, **given}
        thumb = known.pop("thumb", None)
        error = known.get("error")
        save_record(frontier, Record(url=url, kind="image", status=known["status"], error=error, type="image/jpeg"))
        save_asset(frontier, url, "image", pack(ImageFacts(url=url, **known)), thumb)
        for path in pages:
            save_uses(frontier, at(path), [(url, "og:image")])

    def judge(self, run, database=None):
        database = database or self.database
        known = runs.load(database, run)
        scope = Scope(stored_options(known.options))
        scope.settle(known.home)
        closing = Closing(path=database.path, run=run, folder=self.folder, scope=scope, home=known.home)
        judge_site(database, closing, Workers(0), lambda: False)

    def score(self, run):
        row = self.database.rows("SELECT value FROM site_score WHERE run = ? AND scope = 'site'", run)
        return row[0][0]


def site(count=6, **changed):
    """A home page and *count* articles; *changed* by name (``a3``) replaces one, None leaves it out."""
    paths = ["", *(f"a{number}" for number in range(count))]
    links = [f"/{path}" for path in paths]
    pages = {path: html(f"Oat flour number {path or 'home'}", links=links) for path in paths}
    for path, body in changed.items():
        name = "" if path == "home" else path
        pages[name] = body
        if body is None:
            del pages[name]
    return pages
