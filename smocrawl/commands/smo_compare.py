"""``scrapy smo-compare a.com b.com``: several crawled sites side by side, the first of them held against the others."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Sequence
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from smocrawl.closing.ending import DONE
from smocrawl.commands.running import own_settings
from smocrawl.commands.stored import NoCrawlError, exit_code, store_of
from smocrawl.commands.terminal import say
from smocrawl.commands.values import chosen_language
from smocrawl.history import finished
from smocrawl.report import BrandError
from smocrawl.report.catalogue import installed
from smocrawl.report.comparison import LEAST, MOST, render_comparison
from smocrawl.report.crawl import Crawl
from smocrawl.report.language import Language, load
from smocrawl.spiders.opening import reports_folder
from smocrawl.spiders.options import ArgumentError, stored_options
from smocrawl.spiders.scope import Scope
from smocrawl.store import runs
from smocrawl.store.database import Database

FOLDER = "comparisons"
"""Below the reports; no site is called so, for its folder bears a host."""


class Command(ScrapyCommand):
    """Reads what is stored; asks nothing of any site and changes no score."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "DOMAIN DOMAIN [DOMAIN …] [--language CODE] [--output FOLDER]"

    def short_desc(self) -> str:
        return "Compare the latest crawls of several sites"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--language", metavar="CODE", help="language of the page (default: SMO_LANGUAGE, en)")
        parser.add_argument(
            "--output",
            metavar="FOLDER",
            help=f"where index.html and compare.json go (default: below {FOLDER}/ of the reports)",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = exit_code(lambda: self._compare(args, opts), BrandError)

    def _compare(self, named: Sequence[str], opts: argparse.Namespace) -> int:
        _sound(named)
        settings = own_settings(self.settings)
        language = load(chosen_language(opts.language, settings))
        with contextlib.ExitStack() as stack:
            stores = [stack.enter_context(store_of(domain, settings)) for domain in named]
            _different(named, stores)
            crawls = [_crawl(store, domain, language) for store, domain in zip(stores, named, strict=True)]
            folder = Path(opts.output) if opts.output else _folder(settings)
            page = render_comparison(crawls, named, folder, brand=str(settings.get("SMO_BRAND") or "") or None)
        say(f"Comparison: {page.absolute()}", error=False)
        return DONE


def _sound(named: Sequence[str]) -> None:
    if not LEAST <= len(named) <= MOST:
        raise ArgumentError(
            f"Name {LEAST} to {MOST} crawled sites, not {len(named)}: scrapy smo-compare example.com rival.example"
        )


def _different(named: Sequence[str], stores: Sequence[Database]) -> None:
    """One site under two names would be compared with itself."""
    seen: dict[Path, str] = {}
    for name, store in zip(named, stores, strict=True):
        path = store.path.resolve()
        if path in seen:
            raise ArgumentError(f"{seen[path]} and {name} are the same crawled site; name each once.")
        seen[path] = name


def _crawl(store: Database, domain: str, language: Language) -> Crawl:
    """The latest finished crawl of *store*."""
    known = finished(store)
    if not known:
        raise NoCrawlError(f"{store.path} holds no finished crawl. Run one first: scrapy smo-crawl {domain}")
    run = known[-1]
    scope = Scope(stored_options(run.options))
    scope.settle(run.home)
    return Crawl(store, run.id, installed(), language, scope.spelled)


def _folder(settings: Settings) -> Path:
    return reports_folder(settings) / FOLDER / runs.now().strftime("%Y-%m-%d_%H%M%S")
