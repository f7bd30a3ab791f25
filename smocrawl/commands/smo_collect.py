"""``scrapy smo-collect FOLDER…``: one page over the sites of several folders of reports, as several machines wrote them."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand

from smocrawl.clients.overview import collected
from smocrawl.closing.ending import DONE, FAULT, NOTHING, USAGE
from smocrawl.commands.running import own_settings
from smocrawl.commands.terminal import say
from smocrawl.report import BrandError, load_brand
from smocrawl.report.overview import render_overview
from smocrawl.spiders.options import ArgumentError


class Command(ScrapyCommand):
    """Reads what is there; crawls nothing, copies nothing."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "FOLDER… [--to FOLDER]"

    def short_desc(self) -> str:
        return "Write one page over the sites of several folders of reports"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--to", metavar="FOLDER", help="where the page is written (default: the first folder)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        unknown = [word for word in args if word.startswith("-")]
        if unknown or not args:
            say(
                f"Unknown option {unknown[0]}."
                if unknown
                else "Name folders of reports: scrapy smo-collect reports-1 reports-2"
            )
            self.exitcode = USAGE
            return
        try:
            self.exitcode = self._collect([Path(word) for word in args], Path(opts.to or args[0]))
        except (ArgumentError, BrandError) as problem:
            say(str(problem))
            self.exitcode = USAGE
        except OSError as problem:
            say(f"{problem.filename or opts.to}: {problem.strerror}.")
            self.exitcode = FAULT

    def _collect(self, folders: list[Path], target: Path) -> int:
        for folder in folders:
            if not folder.is_dir():
                say(f"{folder} is no folder. Name folders of reports.")
                return USAGE
        settings = own_settings(self.settings)
        brand = load_brand(str(settings.get("SMO_BRAND") or "") or None)
        sites = collected(folders)
        if not sites:
            say(f"There is no crawl in {', '.join(map(str, folders))}.")
            return NOTHING
        page = render_overview(sites, target, language=str(settings["SMO_LANGUAGE"]), brand=brand)
        say(f"{len(sites):,} {'site' if len(sites) == 1 else 'sites'} in {page.absolute()}", error=False)
        return DONE
