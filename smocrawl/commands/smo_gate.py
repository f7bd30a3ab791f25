"""``scrapy smo-gate DOMAIN``: whether the latest crawl is good enough, as an exit code and in the formats of CI."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from smocrawl.closing.ending import DONE, MISSED
from smocrawl.commands.running import own_settings
from smocrawl.commands.stored import NoCrawlError, chosen, compared, exit_code, one_site, put_out, store_of
from smocrawl.commands.terminal import say
from smocrawl.history import RunError, find, finished, name_of
from smocrawl.history.formats import gate_json, github, junit, sarif
from smocrawl.history.gate import RuleError, Rules, Verdict, judge, read_rules
from smocrawl.history.telling import gate_lines
from smocrawl.spiders.options import ArgumentError
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.runs import Run

FORMATS: Mapping[str, Callable[[Verdict], bytes | str | Iterable[str]]] = {
    "text": gate_lines,
    "json": gate_json,
    "junit": junit,
    "sarif": sarif,
    "github": github,
}

DOCUMENTS = frozenset({"json", "junit", "sarif"})
"""Formats for a program to read: what people read goes to standard error beside them."""


class Command(ScrapyCommand):
    """Judges what is stored; asks nothing of the site."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "DOMAIN [--fail-under N] [--fail-on RULE,…] [--baseline RUN] [--format text|json|junit|sarif|github]"

    def short_desc(self) -> str:
        return "Say whether the latest crawl may pass (exit code 1: it may not)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--fail-under", metavar="N", help="the least score of the site, 0 to 100")
        parser.add_argument(
            "--fail-on", action="append", default=[], metavar="RULE,…",
            help="a severity (high: high and above), a check's id, platform:ID, new, regression",
        )  # fmt: skip
        parser.add_argument("--baseline", metavar="RUN", help="the crawl to compare with (default: the one before)")
        parser.add_argument("--format", default="text", help=f"one of {', '.join(FORMATS)} (default: text)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        self.exitcode = exit_code(
            lambda: self._gate(one_site(args, "smo-gate example.com --fail-under 70"), opts),
            RuleError,
            RunError,
        )

    def _gate(self, domain: str, opts: argparse.Namespace) -> int:
        tell = FORMATS[chosen(opts.format, FORMATS)]
        rules = read_rules(",".join(opts.fail_on), _least(opts.fail_under))
        if rules == Rules():
            raise ArgumentError("Say what must hold: --fail-under 70, --fail-on high, or both.")
        settings = own_settings(self.settings)
        with store_of(domain, settings) as database:
            verdict = _judge(database, rules, opts.baseline, settings)
        put_out(tell(verdict))
        if opts.format in DOCUMENTS:
            _tell_beside(verdict)
        return DONE if verdict.holds else MISSED


def _least(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        least = float(text)
    except ValueError:
        least = -1.0
    if not 0 <= least <= 100:
        raise ArgumentError(f"--fail-under {text!r}: a score from 0 to 100 is wanted.")
    return least


def _judge(database: Database, rules: Rules, baseline: str | None, settings: Settings) -> Verdict:
    known = finished(database)
    run = _latest(database, known)
    before = _baseline(known, run, baseline)
    difference = compared(database, before.id, run.id, settings) if before else None
    return judge(database, difference, rules, run=run.id, name=name_of(run))


def _latest(database: Database, known: Sequence[Run]) -> Run:
    """A crawl that came to nothing must not pass on the merits of the one before it."""
    latest = runs.latest(database)
    if latest is None or not known:
        raise NoCrawlError("No crawl of this site has finished yet.")
    if latest.id != known[-1].id:
        raise NoCrawlError(f"The latest crawl ({name_of(latest)}) did not finish; there is nothing to judge.")
    return known[-1]


def _baseline(known: Sequence[Run], run: Run, name: str | None) -> Run | None:
    earlier = [one for one in known if one.id < run.id]
    if name is None:
        return earlier[-1] if earlier else None
    found = find(known, name)
    if found.id == run.id:
        raise RunError(f"--baseline {name!r} is the crawl that is judged; name an earlier one.")
    return found


def _tell_beside(verdict: Verdict) -> None:
    for result in verdict.results:
        if not result.holds:
            say(f"MISSED  {result.rule}: {result.missed}")
    for note in verdict.notes:
        say(note)
