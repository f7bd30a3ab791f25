"""``scrapy smo-explain CHECK|PLATFORM|URL``: what a check looks at, why and by which source; what is stored of an address."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator

from scrapy.commands import ScrapyCommand

from smocrawl.checks.base import Declaration
from smocrawl.closing.ending import DONE, USAGE
from smocrawl.commands.running import own_settings
from smocrawl.commands.stored import exit_code, put_out
from smocrawl.commands.stored_facts import as_json, as_lines, known
from smocrawl.commands.terminal import say
from smocrawl.platforms import wording
from smocrawl.platforms.base import FIELDS, Platform
from smocrawl.registry import all_checks, all_platforms, all_site_checks


class Command(ScrapyCommand):
    """The catalogue, and the store, in the terminal."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "CHECK|PLATFORM|URL [--site DOMAIN] [--json]"

    def short_desc(self) -> str:
        return "Tell what a check or platform looks at and why, or what the last crawl knows of an address"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--site", metavar="DOMAIN", help="whose crawl met the URL (default: the crawl of its host)")
        parser.add_argument("--json", action="store_true", help="print what is known of the URL as JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) == 1 and "://" in args[0]:
            self.exitcode = exit_code(lambda: self._stored(args[0], opts))
            return
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

    def _stored(self, url: str, opts: argparse.Namespace) -> int:
        found = known(url, opts.site, own_settings(self.settings))
        put_out(as_json(found) if opts.json else as_lines(found))
        return DONE


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
    rules = (
        wording.reading(platform),
        wording.in_words(platform),
        wording.cuts(platform),
        wording.pictures(platform.images),
    )
    yield from (f"  {text.replace('`', '')}" for some in rules for text in some)
    yield f"  asked by {platform.bot.name}: {robots[platform.bot.obeys_robots]}"
    yield from (f"  {text}" for text in (platform.cache, platform.refresh, platform.opt_out, *platform.notes) if text)
    yield from (f"  source: {source}" for source in platform.sources)
