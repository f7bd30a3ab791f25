"""``scrapy smo-diff DOMAIN``: what became better or worse between two crawls, and why the score moved."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping

from scrapy.commands import ScrapyCommand

from smocrawl.closing.ending import DONE
from smocrawl.commands.running import own_settings
from smocrawl.commands.stored import chosen, compared, exit_code, one_site, put_out, sides, store_of
from smocrawl.history import Difference, RunError, finished
from smocrawl.history.formats import difference_json
from smocrawl.history.telling import as_lines, as_markdown

FORMATS: Mapping[str, Callable[[Difference], str | Iterable[str]]] = {
    "text": as_lines,
    "json": difference_json,
    "markdown": as_markdown,
}


class Command(ScrapyCommand):
    """Compares what is stored; asks nothing of the site."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "DOMAIN [--from RUN] [--to RUN] [--format text|json|markdown]"

    def short_desc(self) -> str:
        return "Compare two crawls of a site"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--from", dest="before", metavar="RUN", help="the earlier crawl: its folder, its day, its number, or -2"
        )
        parser.add_argument("--to", dest="now", default="-1", metavar="RUN", help="the later one (default: the latest)")
        parser.add_argument("--format", default="text", help=f"one of {', '.join(FORMATS)} (default: text)")
        parser.add_argument(
            "--as-judged", action="store_true",
            help="compare the stored verdicts even where the rules changed between the crawls",
        )  # fmt: skip

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = exit_code(lambda: self._diff(one_site(args, "smo-diff example.com"), opts), RunError)

    def _diff(self, domain: str, opts: argparse.Namespace) -> int:
        tell = FORMATS[chosen(opts.format, FORMATS)]
        settings = own_settings(self.settings)
        with store_of(domain, settings) as database:
            before, now = sides(finished(database), opts.before, opts.now)
            difference = compared(database, before.id, now.id, settings, rejudge=not opts.as_judged)
        put_out(tell(difference))
        return DONE
