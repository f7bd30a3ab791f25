"""``scrapy smo-tell DOMAIN``: tells of the latest crawl again, as the end of a crawl does; for trying the settings, too."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from smocrawl.closing.ending import DONE, FAULT, NOTHING
from smocrawl.commands.running import own_settings
from smocrawl.commands.stored import exit_code, one_site, store_of
from smocrawl.commands.telling_of import tell_of
from smocrawl.commands.terminal import say
from smocrawl.report.language import load
from smocrawl.report.message import compose
from smocrawl.report.message_words import lines, subject
from smocrawl.spiders.options import ArgumentError
from smocrawl.store.database import Database
from smocrawl.telling import TellingError, Wishes, read_wishes


class Command(ScrapyCommand):
    """Asks nothing of the site."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "DOMAIN [--show]"

    def short_desc(self) -> str:
        return "Tell the webhook and the mail addresses of the settings about the latest crawl"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--show", action="store_true", help="print what would be told; tell nobody")
        parser.add_argument("--name", metavar="NAME", default="", help="what the site is called (default: its domain)")
        parser.add_argument("--problem", metavar="TEXT", default="", help="tell of a crawl that failed, and why")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = exit_code(lambda: self._latest(one_site(args, "smo-tell example.com"), opts), TellingError)

    def _latest(self, domain: str, opts: argparse.Namespace) -> int:
        settings = own_settings(self.settings)
        wishes = _wishes(settings, just_shown=opts.show)
        with store_of(domain, settings) as database:
            return _tell(database, wishes, opts)


def _wishes(settings: Settings, *, just_shown: bool) -> Wishes:
    wishes = read_wishes(settings, os.environ)
    if not (wishes or just_shown):
        raise ArgumentError("Nobody wants to be told: set SMO_WEBHOOK in the environment, or SMO_MAIL_TO.")
    return wishes


def _tell(database: Database, wishes: Wishes, opts: argparse.Namespace) -> int:
    folder = Path(database.path).parent
    if not opts.show:
        return DONE if tell_of(database, folder, wishes, name=opts.name, problem=opts.problem) else FAULT
    message = compose(database, folder, name=opts.name, report_url=wishes.report_url, problem=opts.problem)
    if message is None:
        say(f"{folder} holds no crawl.")
        return NOTHING
    said = load(wishes.language)
    for line in (subject(message, said), "", *lines(message, said)):
        say(line, error=False)
    return DONE
