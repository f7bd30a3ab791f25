"""``scrapy smo-demo``: serves the embedded demo site on a free loopback port and crawls it."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.commands import BaseRunSpiderCommand

from smocrawl.closing.ending import DONE, FAULT, USAGE
from smocrawl.commands.running import crawl_site
from smocrawl.commands.terminal import say
from smocrawl.demo.server import DemoServer
from smocrawl.demo.site import build
from smocrawl.demo.written import write

ADDRESS = "https://www.larkfold.example"
"""Where the demo's house would stand; nobody is asked there: every request goes to the loopback server."""


class Command(BaseRunSpiderCommand):
    """The main job on a site that everybody has."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[-a NAME=VALUE …] [-s NAME=VALUE …] | --write FOLDER"

    def short_desc(self) -> str:
        return "Crawl the embedded demo site and write its report"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--write", metavar="FOLDER", help="write the site there as built HTML, and crawl nothing")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            say(f"smo-demo takes no {args[0]!r}.")
            self.exitcode = USAGE
            return
        if opts.write:
            self.exitcode = _write(opts.write)
            return
        # The demo stands on this machine: a proxy that the environment names would be asked for its own loopback.
        if self.settings is not None:
            self.settings.set("HTTPPROXY_ENABLED", False, priority="cmdline")
        with DemoServer(origin=ADDRESS) as server:
            # The demo is audited under the address that a real shop would have, so its links and pictures are https.
            arguments = {"domain": server.url, "as_url": ADDRESS, "fresh": "1", **opts.spargs}
            self.exitcode = crawl_site(arguments, self.settings)


def _write(folder: str) -> int:
    try:
        number = write(build(ADDRESS), Path(folder).expanduser())
    except OSError as error:
        say(f"{folder} cannot be written: {error.strerror}. Name another folder.")
        return FAULT
    say(f"{number} files in {folder}. Crawl them: smocrawl crawl -a site={folder} -a as_url={ADDRESS}", error=False)
    return DONE
