"""The console script: ``smocrawl crawl example.com`` is ``scrapy smo-crawl example.com``."""

from __future__ import annotations

import sys

from scrapy.cmdline import execute

from smocrawl.closing.ending import USAGE
from smocrawl.commands.terminal import say

COMMANDS = (
    "crawl",
    "check",
    "report",
    "compare",
    "diff",
    "gate",
    "rescrape",
    "explain",
    "demo",
    "run-all",
    "collect",
    "tell",
    "fleet",
)


def main(words: list[str] | None = None) -> None:
    """Hands the words on to Scrapy's command of the same name."""
    words = sys.argv[1:] if words is None else words
    if not words or words[0] not in COMMANDS:
        asked_for_help = bool(words) and words[0] in ("-h", "--help", "help")
        say(f"smocrawl {' | '.join(COMMANDS)} …; smocrawl crawl --help tells more.", error=not asked_for_help)
        sys.exit(0 if asked_for_help else USAGE)
    execute(["scrapy", f"smo-{words[0]}", *words[1:]])
