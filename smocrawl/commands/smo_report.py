"""``scrapy smo-report DOMAIN``: writes the report again from the store, judged anew by choice."""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand

from smocrawl.closing import Closing, judge_site, render
from smocrawl.closing.ending import DONE, FAULT, NOTHING, USAGE
from smocrawl.commands.running import own_settings
from smocrawl.commands.terminal import say
from smocrawl.spiders.opening import reports_folder, store_path
from smocrawl.spiders.options import ArgumentError, read_options, stored_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs
from smocrawl.store.database import Database, StoreError
from smocrawl.workers import Workers


class Command(ScrapyCommand):
    """Renders what is stored; asks nothing of the site."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "DOMAIN [--rejudge] [--language CODE]"

    def short_desc(self) -> str:
        return "Write the report of the latest crawl again"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--rejudge", action="store_true", help="judge the stored facts by today's rules first")
        parser.add_argument("--language", metavar="CODE", help="language of the report (default: SMO_LANGUAGE, en)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or args[0].startswith("-"):
            say("Name one crawled site: scrapy smo-report example.com")
            self.exitcode = USAGE
            return
        try:
            self.exitcode = self._report(args[0], opts)
        except ArgumentError as problem:
            say(str(problem))
            self.exitcode = USAGE
        except (StoreError, OSError) as problem:
            say(str(problem))
            self.exitcode = FAULT

    def _report(self, domain: str, opts: argparse.Namespace) -> int:
        settings = own_settings(self.settings)
        options = read_options({"domain": domain})
        folder = reports_folder(settings) / domain
        if not folder.is_dir():
            folder = reports_folder(settings) / options.folder
        path = store_path(settings, folder.name)
        if not path.is_file():
            say(f"{path} does not exist. Run a crawl first: scrapy smo-crawl {domain}")
            return NOTHING
        database = Database(path)
        try:
            run = runs.latest(database)
            if run is None:
                say(f"{folder} holds no crawl yet: scrapy smo-crawl {domain}")
                return NOTHING
            scope = Scope(stored_options(run.options))
            scope.settle(run.home)
            closing = Closing(
                path=database.path, run=run.id, folder=folder, scope=scope, home=run.home,
                brand=str(settings.get("SMO_BRAND") or ""), language=opts.language or str(settings["SMO_LANGUAGE"]),
            )  # fmt: skip
            if opts.rejudge:
                workers = Workers(settings.getint("SMO_WORKERS"))
                try:
                    judge_site(database, closing, workers, lambda: False)
                finally:
                    workers.close()
            say(f"Report: {(render(database, closing) / 'index.html').absolute()}", error=False)
        finally:
            database.close()
        return DONE
