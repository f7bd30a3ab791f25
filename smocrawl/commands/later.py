"""Scrapy's entry points to our commands: each is imported once it is wanted.

Scrapy loads the commands of every installed package whenever it is called, in other people's projects as well: ours
would cost each ``scrapy crawl`` of theirs half a second.
"""

from __future__ import annotations

import argparse
import gc
from functools import cached_property
from importlib import import_module
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand


class Later(ScrapyCommand):
    """Stands for the class ``Command`` of :attr:`module`, and does as that does."""

    requires_project = False
    requires_crawler_process = False
    module: ClassVar[str]

    @cached_property
    def command(self) -> ScrapyCommand:
        command: ScrapyCommand = _imported(f"smocrawl.commands.{self.module}").Command()
        return command

    def syntax(self) -> str:
        return self.command.syntax()

    def short_desc(self) -> str:
        return self.command.short_desc()

    def long_desc(self) -> str:
        return self.command.long_desc()

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        self.command.settings = self.settings
        self.command.add_options(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        self.command.process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            self.command.run(args, opts)
        finally:
            self.exitcode = self.command.exitcode


def _imported(module: str) -> Any:
    """What modules make lives as long as the process: Python would search it in vain, now and each time from then on.

    A tenth of a second of each short crawl (https://docs.python.org/3/library/gc.html#gc.freeze).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        return import_module(module)
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class SmoCrawl(Later):
    module = "smo_crawl"


class SmoCheck(Later):
    module = "smo_check"


class SmoReport(Later):
    module = "smo_report"


class SmoDiff(Later):
    module = "smo_diff"


class SmoCompare(Later):
    module = "smo_compare"


class SmoGate(Later):
    module = "smo_gate"


class SmoRescrape(Later):
    module = "smo_rescrape"


class SmoExplain(Later):
    module = "smo_explain"


class SmoDemo(Later):
    module = "smo_demo"


class SmoRunAll(Later):
    module = "smo_run_all"


class SmoCollect(Later):
    module = "smo_collect"


class SmoTell(Later):
    module = "smo_tell"


class SmoFleet(Later):
    module = "smo_fleet"
