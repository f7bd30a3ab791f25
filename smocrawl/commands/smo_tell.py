"""``scrapy smo-tell DOMAIN``: tells of the latest crawl again, as the end of a crawl does; for trying the settings, too."""

from __future__ import annotations

import argparse
import os
import sqlite3
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from smocrawl.closing.ending import DONE, FAULT, NOTHING, USAGE
from smocrawl.commands.running import own_settings
from smocrawl.commands.stored import NoCrawlError, store_of
from smocrawl.commands.telling_of import tell_of
from smocrawl.commands.terminal import say
from smocrawl.report.language import load
from smocrawl.report.message import compose
from smocrawl.report.message_words import lines, subject
from smocrawl.spiders.options import ArgumentError
from smocrawl.store.database import Database, StoreError
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
        if len(args) != 1 or args[0].startswith("-"):
            say("Name one crawled site: scrapy smo-tell example.com")
            self.exitcode = USAGE
            return
        try:
            settings = own_settings(self.settings)
            wishes = _wishes(settings, just_shown=opts.show)
            with store_of(args[0], settings) as database:
                self.exitcode = _tell(database, wishes, opts)
        except (ArgumentError, TellingError) as problem:
            say(str(problem))
            self.exitcode = USAGE
        except NoCrawlError as problem:
            say(str(problem))
            self.exitcode = NOTHING
        except (StoreError, OSError, sqlite3.Error) as problem:
            say(str(problem))
            self.exitcode = FAULT


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
