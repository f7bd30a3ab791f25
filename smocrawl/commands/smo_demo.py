"""``scrapy smo-demo``: serves the embedded demo site on a free loopback port and crawls it."""

from __future__ import annotations

import argparse

from scrapy.commands import BaseRunSpiderCommand

from smocrawl.closing.ending import USAGE
from smocrawl.commands.running import crawl_site
from smocrawl.commands.terminal import say
from smocrawl.demo.server import DemoServer

ADDRESS = "https://www.larkfold.example"
"""Where the demo's house would stand; nobody is asked there: every request goes to the loopback server."""


class Command(BaseRunSpiderCommand):
    """The main job on a site that everybody has."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[-a NAME=VALUE …] [-s NAME=VALUE …]"

    def short_desc(self) -> str:
        return "Crawl the embedded demo site and write its report"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            say(f"smo-demo takes no {args[0]!r}.")
            self.exitcode = USAGE
            return
        with DemoServer(origin=ADDRESS) as server:
            # The demo is audited under the address that a real shop would have, so its links and pictures are https.
            arguments = {"domain": server.url, "as_url": ADDRESS, "fresh": "1", **opts.spargs}
            self.exitcode = crawl_site(arguments, self.settings)
