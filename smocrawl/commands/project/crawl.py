"""``scrapy crawl`` in our own project: checks the arguments before anything starts and gives the contract's exit codes."""

from __future__ import annotations

import argparse

from scrapy.commands.crawl import Command as ScrapyCrawl

from smocrawl.closing.ending import USAGE
from smocrawl.commands.running import crawl_site
from smocrawl.commands.terminal import say


class Command(ScrapyCrawl):
    """Scrapy's own knows only the exit codes 0 and 1."""

    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Crawl a site, judge every page, write the report: scrapy crawl smo -a domain=example.com"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args != ["smo"]:
            said = " ".join(args) or "nothing"
            say(f"There is one spider, «smo», not {said}: scrapy crawl smo -a domain=example.com")
            self.exitcode = USAGE
            return
        self.exitcode = crawl_site(opts.spargs, self.settings)
