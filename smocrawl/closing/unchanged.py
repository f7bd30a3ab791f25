"""Verdicts that still hold: what is judged by the same rules from the same facts, and has the same around it, is judged alike.

A page's verdict follows from its facts, from what the rest of the site says of it, from how the addresses that it names
answered, from the rules, and from the clock.  Where all of these are as they were in the crawl before, the verdict is.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from datetime import UTC
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from attrs import evolve, frozen

from smocrawl import registry
from smocrawl.checks import thresholds
from smocrawl.checks.base import Audience
from smocrawl.checks.linking import is_small_site
from smocrawl.closing.contexts import Contexts, named_addresses, named_pictures
from smocrawl.closing.site_facts import SiteFacts, read_site_facts
from smocrawl.page import Page
from smocrawl.spiders.reader import reader
from smocrawl.spiders.scope import Scope
from smocrawl.store.database import Database
from smocrawl.store.earlier import FINISHED
from smocrawl.store.facts import differing, to_json

NOT_JUDGING = ("addon", "clients", "commands", "demo", "fleet", "history", "probing", "rendering", "report", "telling")
"""Rooms of the package that have no say in what a page is worth."""

MOST_CHANGES = 20_000
"""Changed addresses above which every page is judged anew: asking each of them would cost as much."""

LOOKED_UP = frozenset({"outbound", "embeds"})
"""Look-ups that pages are judged by; each crawl makes them anew."""


@frozen(kw_only=True)
class Before:
    """The crawl whose verdicts may hold, and what has changed since."""

    run: int
    sure: tuple[int, ...] = ()
    """Pages whose verdicts hold."""
    doubtful: frozenset[int] = frozenset()
    """Pages that hold if they name nothing that has changed."""
    addresses: frozenset[str] = frozenset()
    """As the crawl spells them: those that answer otherwise than they did."""
    pages: frozenset[str] = frozenset()
    """The same: pages that say something else."""
    written: frozenset[str] = frozenset()
    """As pages write them: links and pictures that stand on more or fewer pages of the site than they did."""
    is_all_the_same: bool = False
    """Every page, every file and every list of addresses says what it said, and nothing was added or lost."""

    def holds(self, page: Page, contexts: Contexts) -> bool:
        """Whether *page*, one of the doubtful, names nothing that has changed."""
        pictures = set(named_pictures(page))
        standing = {link.url for link in page.links} | {one.url for one in page.social} | pictures
        if not self.written.isdisjoint(standing):
            return False
        own, spelled = contexts.answered.spelled(page.url), contexts.answered.spelled
        # Platforms read such a page in place of this one: whatever may have changed there, and behind it.
        identities = {
            spelled(one) for one in (page.canonical, *(one.value for one in page.declared.get("url", ()))) if one
        }
        if identities - {own}:
            return False
        related = {spelled(one.href) for one in page.relations if one.href}
        asked = {spelled(one) for one in {*named_addresses(page), *pictures, f"http:{page.url[6:]}"}}
        return self.pages.isdisjoint(related - {own}) and self.addresses.isdisjoint(asked)


# -- by what is judged ---------------------------------------------------------------------------------------


def judged_by(scope: Scope, home: str | None, audience: Audience) -> str:
    """Hex digits over everything but the pages and the moment that decides verdicts: code, libraries, wishes.

    Empty where a plugin judges as well: what its checks look at is not known.
    """
    if registry.has_plugins():
        return ""
    wishes = {name: value for name, value in scope.options.stored().items() if name != "full"}
    digest = sha256(_rules().encode())
    for one in (to_json(wishes), home or "", repr(audience), repr(sorted(scope.hosts))):
        digest.update(one.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:32]


@lru_cache(maxsize=1)
def _rules() -> str:
    digest = sha256(f"{platform.python_version()} {reader()}".encode())
    for entry in sorted(files("smocrawl").iterdir(), key=lambda one: one.name):
        if entry.name not in NOT_JUDGING:
            _add(digest, entry)
    return digest.hexdigest()


def _add(digest: Any, entry: Traversable) -> None:
    if entry.is_dir():
        if entry.name != "__pycache__":
            for one in sorted(entry.iterdir(), key=lambda one: one.name):
                _add(digest, one)
    elif not entry.name.endswith(".pyc"):
        digest.update(entry.name.encode())
        digest.update(entry.read_bytes())


# -- what has changed ----------------------------------------------------------------------------------------


def compare(database: Database, run: int, site: SiteFacts, mark: str) -> Before | None:
    """What holds of the crawl before *run*; None = nothing does.  *mark*: by what *run* is judged."""
    earlier = _earlier(database, run, mark)
    if earlier is None or LOOKED_UP & site.probed:
        return None
    then = read_site_facts(
        database, earlier, home=site.home, scope=site.scope, now=site.now, audience=site.audience,
        links_followed=site.links_followed,
    )  # fmt: skip
    if not _is_alike(site, then):
        return None
    kept = _kept(database, run, earlier, _Speed(site, then))
    answers, pages = _changed_answers(database, run, earlier), _changed_pages(database, run, earlier)
    written = _other_numbers(site, then)
    if not answers and not pages and not written:
        same = not database.connection.execute(OTHER_LISTS, {"run": run, "earlier": earlier}).fetchall()
        return Before(run=earlier, sure=tuple(kept), is_all_the_same=same)
    if len(answers) + len(pages) > MOST_CHANGES:
        return None
    return Before(
        run=earlier, doubtful=frozenset(kept), addresses=answers | _leading_to(database, run, answers), pages=pages,
        written=written,
    )  # fmt: skip


def _earlier(database: Database, run: int, mark: str) -> int | None:
    rows = database.rows(
        "SELECT id, judged_by FROM run WHERE id < ? AND state IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 1",
        run, to_json(FINISHED),
    )  # fmt: skip
    return rows[0]["id"] if rows and mark and rows[0]["judged_by"] == mark else None


def _is_alike(now: SiteFacts, then: SiteFacts) -> bool:
    """What is said of the whole site is the same, but for what is asked page by page."""
    with thresholds.changed(now.audience.thresholds):
        if is_small_site(now.site_kinds) != is_small_site(then.site_kinds):
            return False
    return evolve(
        then, median_latency=now.median_latency, image_uses=now.image_uses, repeated_links=now.repeated_links,
        site_kinds=now.site_kinds,
    ) == now  # fmt: skip


def _other_numbers(now: SiteFacts, then: SiteFacts) -> frozenset[str]:
    """Links and pictures, as pages write them, of which the site has more or fewer."""
    pictures = now.image_uses.items() ^ then.image_uses.items()
    return frozenset(address for address, _ in pictures) | (now.repeated_links ^ then.repeated_links)


@frozen
class _Speed:
    """Whether a page's speed is judged as it was: it is asked no more precisely than by the threshold."""

    now: SiteFacts
    then: SiteFacts

    def is_alike(self, now: float | None, then: float | None) -> bool:
        if now is None or then is None:
            return now is then
        seconds = [
            one if median is None else min(one, median)
            for one, median in ((now, self.now.median_latency), (then, self.then.median_latency))
        ]
        return seconds[0] == seconds[1] or all(thresholds.LATENCY.is_good(one) for one in seconds)


def _kept(database: Database, run: int, earlier: int, speed: _Speed) -> Iterator[int]:
    """Pages whose facts, links from others, places in sitemaps and hour are such that their verdict may hold."""
    with thresholds.changed(speed.now.audience.thresholds):
        rows = database.connection.execute(
            KEPT, {"run": run, "earlier": earlier, "now": speed.now.now.astimezone(UTC).isoformat()}
        )
        for row in rows:
            is_same = row["same"] or differing(row["facts"], row["before"]) == {"latency"}
            if is_same and speed.is_alike(row["latency"], row["latency_before"]):
                yield row["url"]


KEPT = """
SELECT page.url, page.facts IS old.facts AS same, page.facts, old.facts AS before,
       fetch.latency, old_fetch.latency AS latency_before
FROM page
JOIN fetch ON fetch.run = page.run AND fetch.url = page.url AND fetch.taken_over IS NOT NULL
JOIN page AS old ON old.run = :earlier AND old.url = page.url
JOIN fetch AS old_fetch ON old_fetch.run = :earlier AND old_fetch.url = page.url
JOIN review ON review.run = :earlier AND review.url = page.url
LEFT JOIN measure ON measure.run = page.run AND measure.url = page.url
LEFT JOIN measure AS old_measure ON old_measure.run = :earlier AND old_measure.url = page.url
WHERE page.run = :run AND (review.holds_until IS NULL OR review.holds_until > :now)
  AND measure.inlinks IS old_measure.inlinks AND measure.depth IS old_measure.depth
  AND NOT EXISTS (SELECT 1 FROM rendering WHERE rendering.run IN (:run, :earlier) AND rendering.url = page.url)
  AND NOT EXISTS (
    SELECT 1 FROM listed WHERE listed.run = :run AND listed.url = page.url AND listed.kind = 'sitemap' AND NOT EXISTS (
      SELECT 1 FROM listed AS other WHERE other.run = :earlier AND other.url = listed.url AND other.source = listed.source
        AND other.kind = listed.kind AND other.date IS listed.date))
  AND NOT EXISTS (
    SELECT 1 FROM listed WHERE listed.run = :earlier AND listed.url = page.url AND listed.kind = 'sitemap' AND NOT EXISTS (
      SELECT 1 FROM listed AS other WHERE other.run = :run AND other.url = listed.url AND other.source = listed.source
        AND other.kind = listed.kind AND other.date IS listed.date))
ORDER BY page.url
"""


def _changed_answers(database: Database, run: int, earlier: int) -> frozenset[str]:
    """Addresses that were not answered as they were, or files that are no longer what they were."""
    names = {"run": run, "earlier": earlier}
    found = {row[0] for row in database.connection.execute(OTHER_ANSWERS, names)}
    for address, now, then in database.connection.execute(OTHER_FILES, names):
        if now is None or then is None or differing(now, then) != {"latency"}:
            found.add(address)
    return frozenset(found)


OTHER_ANSWERS = """
SELECT url.url FROM fetch JOIN url ON url.id = fetch.url
LEFT JOIN fetch AS old ON old.run = :earlier AND old.url = fetch.url
WHERE fetch.run = :run AND (
  old.url IS NULL OR old.status IS NOT fetch.status OR old.error IS NOT fetch.error OR old.redirect IS NOT fetch.redirect
  OR old.type IS NOT fetch.type)
UNION
SELECT url.url FROM fetch JOIN url ON url.id = fetch.url
WHERE fetch.run = :earlier AND NOT EXISTS (SELECT 1 FROM fetch AS new WHERE new.run = :run AND new.url = fetch.url)
"""
OTHER_FILES = """
SELECT url.url, asset.facts, old.facts FROM asset JOIN url ON url.id = asset.url
LEFT JOIN asset AS old ON old.run = :earlier AND old.url = asset.url AND old.kind = asset.kind
  AND (old.thumb IS NULL) = (asset.thumb IS NULL)
WHERE asset.run = :run AND asset.facts IS NOT old.facts
"""

OTHER_LISTS = """
SELECT 1 FROM listed LEFT JOIN listed AS other
  ON other.run = iif(listed.run = :run, :earlier, :run) AND other.url = listed.url AND other.source = listed.source
WHERE listed.run IN (:run, :earlier)
  AND (other.run IS NULL OR other.kind IS NOT listed.kind OR other.date IS NOT listed.date)
LIMIT 1
"""


def _changed_pages(database: Database, run: int, earlier: int) -> frozenset[str]:
    """Pages that say something else, or stand in only one of the two."""
    rows = database.connection.execute(
        "SELECT url.url, page.facts, old.facts FROM page JOIN url ON url.id = page.url"
        " LEFT JOIN page AS old ON old.run = :earlier AND old.url = page.url"
        " WHERE page.run = :run AND page.facts IS NOT old.facts",
        {"run": run, "earlier": earlier},
    )
    return frozenset(row[0] for row in rows if row[2] is None or differing(row[1], row[2]) != {"latency"})


def _leading_to(database: Database, run: int, addresses: Iterable[str]) -> frozenset[str]:
    """Addresses whose redirects end at, or pass, one of *addresses*."""
    rows = database.rows(LEADING, to_json(sorted(addresses)), run, run)
    return frozenset(row[0] for row in rows)


LEADING = """
WITH RECURSIVE touched (id) AS (
  SELECT url.id FROM url WHERE url.url IN (SELECT value FROM json_each(?))
  UNION
  SELECT fetch.url FROM fetch JOIN touched ON fetch.redirect = touched.id WHERE fetch.run = ?
)
SELECT url.url FROM touched JOIN fetch ON fetch.run = ? AND fetch.url = touched.id JOIN url ON url.id = touched.id
"""


# -- taking over -----------------------------------------------------------------------------------------------


def take_over_verdicts(database: Database, run: int, earlier: int, pages: Iterable[int]) -> None:
    """The rows of *pages*, which were judged in the run *earlier*, for *run* as well."""
    urls = to_json(list(pages))
    with database.transaction() as connection:
        for table, columns in TAKEN.items():
            connection.execute(
                f"INSERT INTO {table} (run, {columns}) SELECT ?, {columns} FROM {table}"  # noqa: S608 - our own names
                " WHERE run = ? AND url IN (SELECT value FROM json_each(?)) ORDER BY rowid",
                (run, earlier, urls),
            )


TAKEN = {
    "review": "url, score, uncapped, cap, coverage, tactics, platforms, outcomes, reasons, cards, holds_until, laid_out",
    "finding": "url, check_id, outcome, severity, evidence, accepted",
}
