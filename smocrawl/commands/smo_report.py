"""``scrapy smo-report DOMAIN``: writes the report again from the store, judged anew by choice."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from smocrawl.closing import Closing, judge_site, render
from smocrawl.closing.ending import DONE
from smocrawl.commands.running import own_settings
from smocrawl.commands.stored import NoCrawlError, analyse_watched, exit_code, folder_of, one_site
from smocrawl.commands.terminal import say
from smocrawl.commands.values import chosen_language
from smocrawl.garbage import search_seldom
from smocrawl.report import BrandError, FormError
from smocrawl.report.paper import PAPERS, PaperError, chromium, print_pdf
from smocrawl.spiders.opening import reports_folder, store_path
from smocrawl.spiders.options import ArgumentError, stored_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.workers import Workers


class Command(ScrapyCommand):
    """Renders what is stored; asks nothing of the site."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "DOMAIN [--rejudge] [--language CODE] [--pdf] [--paper a4|letter]"

    def short_desc(self) -> str:
        return "Write the report of the latest crawl again"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--rejudge", action="store_true", help="judge the stored facts by today's rules first")
        parser.add_argument("--language", metavar="CODE", help="language of the report (default: SMO_LANGUAGE, en)")
        parser.add_argument(
            "--pdf", action="store_true", help="print it to report.pdf as well, by an installed Chromium"
        )
        parser.add_argument(
            "--paper", default="a4", metavar="SIZE", help=f"of the PDF: {' or '.join(PAPERS)} (default: a4)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = exit_code(
            lambda: self._report(one_site(args, "smo-report example.com"), opts), BrandError, FormError
        )

    def _report(self, domain: str, opts: argparse.Namespace) -> int:
        settings = own_settings(self.settings)
        program, language = _printer(settings, opts), chosen_language(opts.language, settings)
        folder = reports_folder(settings) / folder_of(domain, settings)
        path = store_path(settings, folder.name)
        if not path.is_file():
            raise NoCrawlError(f"{path} does not exist. Run a crawl first: scrapy smo-crawl {domain}")
        search_seldom()
        analyse_watched(path, settings)
        database = Database(path)
        try:
            run = runs.latest(database)
            if run is None:
                raise NoCrawlError(f"{folder} holds no crawl yet: scrapy smo-crawl {domain}")
            if not database.scalar("SELECT EXISTS (SELECT 1 FROM page WHERE run = ?)", run.id):
                raise NoCrawlError(f"The latest crawl in {folder} read no page. Crawl again: scrapy smo-crawl {domain}")
            closing = _closing(database, run, folder, settings, language)
            if opts.rejudge:
                _judge(database, closing, settings)
            page = (render(database, closing) / "index.html").absolute()
        finally:
            database.close()
        say(f"Report: {page}", error=False)
        if program:
            say(f"PDF: {print_pdf(page, page.with_name('report.pdf'), program=program, paper=opts.paper)}", error=False)
        return DONE


def _printer(settings: Settings, opts: argparse.Namespace) -> str:
    """The program that prints; empty where no PDF is wanted.  What is missing is said before the work begins."""
    if opts.paper not in PAPERS:
        raise ArgumentError(f"--paper {opts.paper!r}: known are {', '.join(PAPERS)}.")
    if not opts.pdf:
        return ""
    try:
        return chromium(str(settings.get("SMO_CHROMIUM") or ""))
    except PaperError as problem:
        raise ArgumentError(str(problem)) from problem


def _closing(database: Database, run: runs.Run, folder: Path, settings: Settings, language: str) -> Closing:
    scope = Scope(stored_options(run.options))
    scope.settle(run.home)
    return Closing(
        path=database.path, run=run.id, folder=folder, scope=scope, home=run.home,
        brand=str(settings.get("SMO_BRAND") or ""), language=language,
        form=str(settings["SMO_REPORT_FORM"]),
    )  # fmt: skip


def _judge(database: Database, closing: Closing, settings: Settings) -> None:
    workers = Workers(settings.getint("SMO_WORKERS"))
    try:
        judge_site(database, closing, workers, lambda: False)
    finally:
        workers.close()
