"""The console script: ``smocrawl crawl example.com`` is ``scrapy smo-crawl example.com``."""

from __future__ import annotations

import difflib
import platform
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version

from scrapy.cmdline import execute

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


HELP, VERSION = ("-h", "--help", "help"), ("-V", "--version", "version")


def main(words: list[str] | None = None) -> None:
    """Hands the words on to Scrapy's command of the same name."""
    words = sys.argv[1:] if words is None else words
    if words and words[0] in COMMANDS:
        execute(["scrapy", f"smo-{words[0]}", *words[1:]])
    elif words and words[0] in HELP:
        say("\n".join(_all()), error=False)
    elif words and words[0] in VERSION:
        say(
            f"smocrawl {version('smocrawl')}, Scrapy {version('scrapy')}, Python {platform.python_version()}",
            error=False,
        )
    else:
        from smocrawl.closing.ending import USAGE  # noqa: PLC0415 - half a second of libraries, which each command loads in its own way

        say(
            _unknown(words[0]) if words else f"smocrawl {' | '.join(COMMANDS)}: smocrawl --help tells more.", error=True
        )
        sys.exit(USAGE)


def _all() -> Iterator[str]:
    """Each command with what it says of itself."""
    yield "smocrawl COMMAND …, for example: smocrawl crawl example.com\n"
    for name in COMMANDS:
        command = import_module(f"smocrawl.commands.smo_{name.replace('-', '_')}").Command()
        yield f"  {name:10}{command.short_desc()}"
    yield "\nsmocrawl COMMAND --help tells its options; smocrawl --version says what is installed."


def _unknown(word: str) -> str:
    near = difflib.get_close_matches(word, COMMANDS, 1)
    return f"There is no command {word[:80]!r}.{f' Did you mean {near[0]}?' if near else ''} smocrawl --help lists all."
