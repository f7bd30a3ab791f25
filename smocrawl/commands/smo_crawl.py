"""``scrapy smo-crawl DOMAIN``: the crawl from any folder, with our settings."""

from __future__ import annotations

import argparse

# Here, while few modules are loaded: for each deprecated name of its own it looks through all of them, frame by frame.
import scrapy.core.downloader.contextfactory  # noqa: F401 - for what its import does
from scrapy.commands import BaseRunSpiderCommand

from smocrawl.closing.ending import USAGE
from smocrawl.commands.running import crawl_site
from smocrawl.commands.terminal import say
from smocrawl.spiders.options import READERS


class Command(BaseRunSpiderCommand):
    """What cron, systemd, pipx and agencies call."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "DOMAIN|-a site=FOLDER [-a NAME=VALUE …] [-s NAME=VALUE …]"

    def short_desc(self) -> str:
        return "Crawl a site, judge every page, write the report"

    def long_desc(self) -> str:
        return f"{self.short_desc()}. Names for -a, which the README explains: {', '.join(sorted(READERS))}."

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        unknown = [word for word in args if word.startswith("-")]
        # A folder of built HTML takes the place of the domain.
        wanted = 0 if "site" in opts.spargs else 1
        if unknown or len(args) not in (wanted, 1):
            say(f"Unknown option {unknown[0]}." if unknown else "Name one site: scrapy smo-crawl example.com")
            self.exitcode = USAGE
            return
        self.exitcode = crawl_site({**({"domain": args[0]} if args else {}), **opts.spargs}, self.settings)
