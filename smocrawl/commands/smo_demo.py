"""``scrapy smo-demo``: serves the embedded demo site on a free loopback port and crawls it."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.commands import BaseRunSpiderCommand

from smocrawl.closing.ending import DONE, FAULT, USAGE
from smocrawl.commands.running import crawl_site
from smocrawl.commands.terminal import say
from smocrawl.demo.faults import VARIANTS, variant
from smocrawl.demo.server import DemoServer
from smocrawl.demo.site import build
from smocrawl.demo.written import write

ADDRESS = "https://www.larkfold.example"
"""Where the demo's house would stand; nobody is asked there: every request goes to the loopback server."""


USUAL = "seeded"
"""The condition that everybody sees."""


class Command(BaseRunSpiderCommand):
    """The main job on a site that everybody has."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--condition NAME] [-a NAME=VALUE …] [-s NAME=VALUE …] | --write FOLDER"

    def short_desc(self) -> str:
        return "Crawl the embedded demo site and write its report"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--condition", metavar="NAME", choices=tuple(VARIANTS), default=USUAL,
            help=f"in which condition the house is found: {', '.join(VARIANTS)}",
        )  # fmt: skip
        parser.add_argument("--write", metavar="FOLDER", help="write the site there as built HTML, and crawl nothing")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            say(f"smo-demo takes no {args[0]!r}.")
            self.exitcode = USAGE
            return
        if opts.write:
            self.exitcode = _write(opts.write, opts.condition)
            return
        # The demo stands on this machine: a proxy that the environment names would be asked for its own loopback.
        if self.settings is not None:
            self.settings.set("HTTPPROXY_ENABLED", False, priority="cmdline")
        chosen = variant(opts.condition)
        address = chosen.address or ADDRESS
        with DemoServer(origin=address, condition=opts.condition) as server:
            # The demo is audited under the address that a real shop would have, so its links and pictures are https.
            told = {"domain": server.url, "as_url": address, "fresh": "1"}
            if opts.condition != USUAL:
                told["audience"] = chosen.audience
            arguments = {**told, **opts.spargs}
            self.exitcode = crawl_site(arguments, self.settings)


def _write(folder: str, condition: str) -> int:
    address = variant(condition).address or ADDRESS
    try:
        number = write(build(address, condition=condition), Path(folder).expanduser())
    except OSError as error:
        say(f"{folder} cannot be written: {error.strerror}. Name another folder.")
        return FAULT
    say(f"{number} files in {folder}. Crawl them: smocrawl crawl -a site={folder} -a as_url={address}", error=False)
    return DONE
