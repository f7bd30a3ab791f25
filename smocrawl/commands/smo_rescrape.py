"""``scrapy smo-rescrape DOMAIN``: pages whose cards changed, as the platforms' own tools take them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping

from scrapy.commands import ScrapyCommand

from smocrawl.closing.ending import DONE
from smocrawl.commands.running import own_settings
from smocrawl.commands.stored import chosen, compared, exit_code, one_site, put_out, sides, store_of
from smocrawl.history import RunError, finished
from smocrawl.history.rescrape import Stale, plain_list, rescrape_lines, stale
from smocrawl.registry import all_platforms
from smocrawl.spiders.options import ArgumentError
from smocrawl.store.facts import to_json


def _plain(found: Stale) -> Iterable[str]:
    """Of one tool alone: lines of two would be pasted into the wrong one."""
    if len(found.tools) > 1:
        names = ", ".join(tool.id for tool in found.tools)
        raise ArgumentError(f"--format list is of one platform: name it with --platform ({names}).")
    return plain_list(found.tools[0]) if found.tools else ()


FORMATS: Mapping[str, Callable[[Stale], str | Iterable[str]]] = {
    "text": rescrape_lines,
    "list": _plain,
    "json": to_json,
}


class Command(ScrapyCommand):
    """Compares what is stored; asks nothing of the site nor of any platform."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "DOMAIN [--platform ID] [--from RUN] [--to RUN] [--format text|list|json]"

    def short_desc(self) -> str:
        return "List the pages whose cards changed, for the platforms' debuggers"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--platform", metavar="ID", help="of this platform alone (facebook, linkedin, telegram, …)")
        parser.add_argument(
            "--from", dest="before", metavar="RUN", help="the earlier crawl: its folder, its day, its number, or -2"
        )
        parser.add_argument("--to", dest="now", default="-1", metavar="RUN", help="the later one (default: the latest)")
        parser.add_argument(
            "--format",
            default="text",
            help=f"one of {', '.join(FORMATS)} (default: text); list: nothing but the addresses",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = exit_code(lambda: self._list(one_site(args, "smo-rescrape example.com"), opts), RunError)

    def _list(self, domain: str, opts: argparse.Namespace) -> int:
        tell = FORMATS[chosen(opts.format, FORMATS)]
        if opts.platform and opts.platform not in all_platforms():
            raise ArgumentError(f"--platform {opts.platform!r}: known are {', '.join(sorted(all_platforms()))}.")
        settings = own_settings(self.settings)
        with store_of(domain, settings) as database:
            before, now = sides(finished(database), opts.before, opts.now)
            found = stale(database, compared(database, before.id, now.id, settings))
        put_out(tell(found.only(opts.platform) if opts.platform else found))
        return DONE
