"""What robots.txt says to the preview bots of every page worth sharing and of its share picture."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from attrs import define, field

from smocrawl.checks.base import Audience
from smocrawl.extract.robots import Robots, RobotsFacts, Verdict
from smocrawl.platforms.base import Platform
from smocrawl.registry import all_platforms
from smocrawl.site.page_facts import Row
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable

PAGES = """
SELECT url, address, og_image FROM shareable_page
ORDER BY url IS NOT ?, coalesce(clicks, 99), address
"""
"""The home page first, then the pages nearest to it: the first that is forbidden is the one to name."""

Key = tuple[str, bool, str, Verdict]
"""(platform, on the home page, page or image, verdict)"""


@define
class Met:
    """The addresses with one verdict."""

    first: str
    number: int = 0


@define
class Access:
    """Verdicts added up, so that a site of any size gives few rows."""

    robots: dict[str, Robots]
    """Origin -> its rules, where they could be read."""
    heeding: list[Platform]
    """Platforms whose bots heed robots.txt."""
    met: dict[Key, Met] = field(factory=dict)

    def add(self, address: str, what: str, *, on_home: bool) -> None:
        rules = self.robots.get(_origin(address))
        if rules is None:
            return
        verdicts: dict[str, Verdict] = {}
        for platform in self.heeding:
            bot = platform.bot.name
            verdict = verdicts.get(bot) or verdicts.setdefault(bot, rules.allowed(bot, address))
            self.met.setdefault((platform.id, on_home, what, verdict), Met(address)).number += 1


def rows(database: Database, run: int, home: int | None, audience: Audience) -> Iterator[tuple[str, Row]]:
    """Rows of ``bot_access``: one for each platform, place and verdict."""
    platforms = all_platforms()
    access = Access(_readable(database, run), [one for one in platforms.values() if one.bot.obeys_robots])
    for page in database.rows(PAGES, home):
        for what, address in (("page", page["address"]), ("image", page["og_image"])):
            if address:
                access.add(address, what, on_home=page["url"] == home)
    for (platform, on_home, what, verdict), met in access.met.items():
        name, bot = platforms[platform].name, platforms[platform].bot.name
        who = (bot, platform, name, platform in audience.key)
        yield "bot_access", (*who, on_home, what, met.first, met.number, verdict.allowed, verdict.line)


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
