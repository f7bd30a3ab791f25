"""How far each preview bot gets with every page worth sharing: robots.txt, the last tag it needs, and its patience."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from urllib.parse import urlsplit

from attrs import define, field

from smocrawl.checks.base import Audience
from smocrawl.extract.files.robots import Robots, RobotsFacts, Verdict
from smocrawl.page import Page
from smocrawl.platforms.base import Platform
from smocrawl.platforms.oembed import address
from smocrawl.platforms.reach import last_tag, reads_in_part
from smocrawl.platforms.searching import Seen
from smocrawl.registry import all_platforms
from smocrawl.site.page_facts import Row
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable

TEMPLATES = 40
"""Templates with rows of their own, those with the most pages; all others stand together under ''."""

PAGES = """
SELECT page.url, page.address AS page, page.og_image AS image, coalesce(common.template, '') AS template, page.kind,
       (SELECT min(url.url) FROM asset_use JOIN url ON url.id = asset_use.asset
        WHERE asset_use.run = page.run AND asset_use.page = page.url AND asset_use.role = 'oembed') AS oembed,
       (SELECT feed.address FROM asset_use JOIN feed ON feed.url = asset_use.asset
        WHERE asset_use.run = page.run AND asset_use.page = page.url AND asset_use.role = 'feed' LIMIT 1) AS feed
FROM shareable_page AS page LEFT JOIN common_template AS common ON common.template = page.template
ORDER BY page.url IS NOT ?, coalesce(page.clicks, 99), page.address
"""
"""The home page first, then the pages nearest to it: the first that is forbidden is the one to name."""

COMMON = """
CREATE TEMP TABLE common_template AS
SELECT template FROM shareable_page GROUP BY template ORDER BY count(*) DESC, template LIMIT ?
"""

TAGS = """
SELECT coalesce(common.template, '') AS template, page.kind, count(*) AS pages,
       coalesce(sum(part.last >= ?), 0) AS stopped, max(part.last) AS worst, page.address AS example
FROM shareable_page AS page LEFT JOIN common_template AS common ON common.template = page.template
LEFT JOIN read_in_part AS part ON part.url = page.url AND part.platform = ?
GROUP BY 1, 2
"""
# Of a group SQLite takes the other columns from the row of the maximum.
TIME = """
SELECT coalesce(common.template, '') AS template, page.kind, count(*) AS pages,
       sum(fetch.latency > ?) AS stopped, max(fetch.latency) AS worst, page.address AS example
FROM shareable_page AS page LEFT JOIN common_template AS common ON common.template = page.template
JOIN fetch ON fetch.run = page.run AND fetch.url = page.url AND fetch.latency IS NOT NULL
GROUP BY 1, 2
"""

ASKED = ("page", "image", "oembed", "feed")
"""What robots.txt is asked about, by the columns of PAGES; the first two cost the card."""
CARD = ("page", "image")

Met = tuple[str, int]
"""(first address, how many addresses)"""
Key = tuple[str, tuple[int, ...], bool, str, str, str, Verdict]
"""(origin, groups of its robots.txt, on the home page, template, kind, what, verdict)"""


@define
class Robotstxts:
    """Verdicts added up, so that a site of any size gives few rows; bots of the same groups are one."""

    read: dict[str, Robots]
    """Origin -> its rules, where they could be read."""
    bots: tuple[str, ...]
    met: dict[Key, Met] = field(factory=dict)
    _speakers: dict[str, dict[tuple[int, ...], str]] = field(factory=dict)

    def add(self, asked: str, what: str, template: str, kind: str, *, on_home: bool) -> None:
        origin = _origin(asked)
        rules = self.read.get(origin)
        if rules is None:
            return
        if origin not in self._speakers:
            self._speakers[origin] = {rules.groups_of(bot): bot for bot in self.bots}
        for groups, bot in self._speakers[origin].items():
            key = (origin, groups, on_home, template, kind, what, rules.allowed(bot, asked))
            first, number = self.met.get(key, (asked, 0))
            self.met[key] = first, number + 1

    def of(self, bot: str) -> Iterator[tuple[Key, Met]]:
        """What was met by this bot."""
        for key, met in self.met.items():
            if self.read[key[0]].groups_of(bot) == key[1]:
                yield key, met


@define
class Reach:
    """One row of ``bot_reach``, while it is added up."""

    pages: int = 0
    stopped: int = 0
    example: str | None = None
    line: int | None = None

    def add(self, verdict: Verdict, met: Met) -> None:
        first, number = met
        self.pages += number
        if not verdict.allowed:
            self.stopped += number
            if self.example is None:
                self.example, self.line = first, verdict.line


def partly_read(url: int, page: Page) -> Iterator[tuple[str, Row]]:
    """Rows of ``read_in_part``: the last tag for each platform that does not read all of *page*."""
    seen = Seen(page)
    for platform in all_platforms().values():
        if reads_in_part(platform, page):
            last = page.size if platform.reading.refuses_longer else last_tag(platform, seen)
            yield "read_in_part", (url, platform.id, last)


def rows(database: Database, run: int, home: int | None, audience: Audience) -> Iterator[tuple[str, Row]]:
    """Rows of ``bot_access`` (one for each heeding platform, place and verdict) and of ``bot_reach``."""
    platforms = all_platforms()
    database.connection.execute(COMMON, (TEMPLATES,))
    said = Robotstxts(_readable(database, run), tuple({one.bot.name: None for one in platforms.values()}))
    for page in database.rows(PAGES, home):
        for what in ASKED:
            if page[what] and (asked := address(page["page"], page[what])):
                said.add(asked, what, page["template"], page["kind"], on_home=page["url"] == home)
    limits = Limits(database)
    for platform in platforms.values():
        if platform.bot.obeys_robots:
            yield from _access(platform, said, is_key=platform.id in audience.key)
        yield from _reach(platform, said)
        yield from limits.rows(platform)


def _access(platform: Platform, said: Robotstxts, *, is_key: bool) -> Iterator[tuple[str, Row]]:
    summed: dict[tuple[bool, str, Verdict], Met] = {}
    for (*_, on_home, _, _, what, verdict), (one, number) in said.of(platform.bot.name):
        if what in CARD:
            first, before = summed.get((on_home, what, verdict), (one, 0))
            summed[on_home, what, verdict] = first, before + number
    who = (platform.bot.name, platform.id, platform.name, is_key)
    for (on_home, what, verdict), (first, number) in summed.items():
        yield "bot_access", (*who, on_home, what, first, number, verdict.allowed, verdict.line)


def _reach(platform: Platform, said: Robotstxts) -> Iterator[tuple[str, Row]]:
    summed: dict[tuple[str, str, str], Reach] = {}
    for (*_, template, kind, what, verdict), met in said.of(platform.bot.name):
        summed.setdefault((template, kind, what), Reach()).add(verdict, met)
    for place, one in summed.items():
        yield "bot_reach", (*_who(platform), *place, one.pages, one.stopped, None, None, one.example, one.line)


class Limits:
    """How the last tag needed stands to what is read, and the slowest answer to the patience of the bot."""

    def __init__(self, database: Database) -> None:
        self.database = database
        parts = database.rows("SELECT DISTINCT platform FROM read_in_part")
        self._in_part = frozenset(row["platform"] for row in parts)
        self._known: dict[tuple[object, ...], list[sqlite3.Row]] = {}

    def rows(self, platform: Platform) -> Iterator[tuple[str, Row]]:
        # All pages are looked through: once for all platforms that read every page to its end, or have the same patience.
        part = platform.id if platform.id in self._in_part else None
        asked = (("tags", platform.reading.bytes_most, TAGS, (part,)), ("time", platform.bot.timeout, TIME, ()))
        for what, most, query, more in asked:
            if most is not None:
                for row in self._asked(query, most if more != (None,) else 0, *more):
                    example = row["example"] if row["stopped"] else None
                    place = (row["template"], row["kind"], what)
                    yield (
                        "bot_reach",
                        (*_who(platform), *place, row["pages"], row["stopped"], row["worst"], most, example, None),
                    )

    def _asked(self, query: str, *values: object) -> list[sqlite3.Row]:
        if (query, *values) not in self._known:
            self._known[query, *values] = self.database.rows(query, *values)
        return self._known[query, *values]


def _who(platform: Platform) -> Row:
    return platform.id, platform.bot.name, platform.bot.obeys_robots


def _readable(database: Database, run: int) -> dict[str, Robots]:
    """A file that could not be read forbids us (RFC 9309); what the networks' bots make of it is not known."""
    found: dict[str, Robots] = {}
    for row in database.rows(
        "SELECT url.url, asset.facts FROM asset JOIN url ON url.id = asset.url"
        " WHERE asset.run = ? AND asset.kind = 'robots' AND asset.facts IS NOT NULL",
        run,
    ):
        facts = unpack_if_readable(row["facts"], RobotsFacts)
        if facts and not Robots(facts).unavailable:
            found[_origin(row["url"])] = Robots(facts)
    return found


def _origin(url: str) -> str:
    """Empty where *url* is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
