"""``scrapy smo-explain CHECK|PLATFORM``: what it looks at, why, by which source, and how to mend it."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator

from scrapy.commands import ScrapyCommand

from smocrawl.checks.base import Declaration
from smocrawl.closing.ending import USAGE
from smocrawl.commands.terminal import say
from smocrawl.platforms.base import FIELDS, Platform
from smocrawl.registry import all_checks, all_platforms, all_site_checks


class Command(ScrapyCommand):
    """The catalogue in the terminal."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "CHECK|PLATFORM"

    def short_desc(self) -> str:
        return "Tell what a check or platform looks at, and why we believe it"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        everything: dict[str, Declaration | Platform] = {**all_platforms(), **all_site_checks(), **all_checks()}
        if len(args) != 1 or args[0] not in everything:
            near = difflib.get_close_matches(args[0], everything, 3) if args else []
            hint = f" Did you mean {', '.join(near)}?" if near else f" There are {len(everything)}; see docs/checks."
            say(
                f"There is no check or platform {' '.join(args)!r}.{hint}"
                if args
                else f"Name a check or a platform.{hint}"
            )
            self.exitcode = USAGE
            return
        found = everything[args[0]]
        for line in _check(found) if isinstance(found, Declaration) else _platform(found):
            say(line, error=False)


def _check(check: Declaration) -> Iterator[str]:
    yield f"{check.id}: {check.title}"
    yield f"  tactic {check.tactic.value}, severity {check.severity.value}, since {check.since}, revision {check.revision}"
    yield f"  for {', '.join(kind.value for kind in check.kinds) or 'every page it applies to'}"
    yield f"  concerns {', '.join(check.platforms)}"
    yield f"  says: {check.says}"
    if check.warns:
        yield f"  warns: {check.warns}"
    yield f"  why: {check.why}"
    yield f"  fix: {check.fix} ({check.owner})"
    if check.accept:
        yield f"  done when: {check.accept}"
    yield f"  source (grade {check.grade}): {check.source}"


def _platform(platform: Platform) -> Iterator[str]:
    yield f"{platform.id}: {platform.name} ({platform.certainty.value}, checked on {platform.checked_on:%Y-%m-%d})"
    for name in FIELDS:
        if places := getattr(platform, name):
            yield f"  {name.replace('_', ' ')}: {', then '.join(place.name for place in places)}"
    robots = {True: "obeys robots.txt", False: "does not read robots.txt", None: "its view of robots.txt is not known"}
    yield f"  asked by {platform.bot.name}: {robots[platform.bot.obeys_robots]}"
    yield from (f"  {text}" for text in (platform.cache, platform.refresh, platform.opt_out, *platform.notes) if text)
    yield from (f"  source: {source}" for source in platform.sources)
