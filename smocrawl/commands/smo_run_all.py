"""``scrapy smo-run-all clients.toml``: crawls the sites of a list that are due, each in a process of its own."""

from __future__ import annotations

import argparse
import os
import re
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

import msgspec
from attrs import frozen
from scrapy.commands import ScrapyCommand

from smocrawl.clients import Client, ClientList, ClientsError, ledger, overview, read_clients
from smocrawl.clients.client import read_shard
from smocrawl.clients.due import Due
from smocrawl.clients.process import Children
from smocrawl.clients.run_all import FINISHED, Job, Outcome, crawl_all, exit_code, states
from smocrawl.closing.ending import DONE, FAULT, USAGE
from smocrawl.commands.running import SIGNALS, own_settings
from smocrawl.commands.terminal import say
from smocrawl.report import load_brand
from smocrawl.report.overview import Site, render_overview
from smocrawl.spiders.opening import reports_folder
from smocrawl.spiders.options import ArgumentError

WORDS = {0: "done", 2: "bad usage", 3: "incomplete", 4: "nothing could be crawled", 5: "failed"}


@frozen(kw_only=True)
class Chosen:
    """What the call asks for, read and checked."""

    listed: ClientList
    clients: tuple[Client, ...]
    """Of this machine's share, and named where some are."""
    sharded: bool
    jobs: int


class Command(ScrapyCommand):
    """What a timer calls; a second call at the same time takes what the first has not."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "CLIENTS.toml [--list] [--jobs N] [--shard 2/5] [--only DOMAIN,…] [--now]"

    def short_desc(self) -> str:
        return "Crawl the sites of a list that are due, several at a time"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--list", action="store_true", help="say what is due and why; crawl nothing")
        parser.add_argument("--json", action="store_true", help="with --list: as JSON")
        parser.add_argument("--jobs", metavar="N", help="crawls at a time (default: jobs of the list, or 2)")
        parser.add_argument("--shard", metavar="K/N", help="only the share of machine K of N")
        parser.add_argument("--only", metavar="DOMAIN,…", help="only these clients")
        parser.add_argument("--now", action="store_true", help="whether they are due or not")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or args[0].startswith("-"):
            unknown = next((word for word in args if word.startswith("-")), "")
            say(f"Unknown option {unknown}." if unknown else "Name one list: scrapy smo-run-all clients.toml")
            self.exitcode = USAGE
            return
        try:
            settings = own_settings(self.settings)
            chosen = _choose(Path(args[0]), opts, reports_folder(settings))
            self.exitcode = _list(chosen, as_json=opts.json) if opts.list else _crawl(chosen, anyway=opts.now)
        except (ClientsError, ArgumentError) as problem:
            say(str(problem))
            self.exitcode = USAGE
        except OSError as problem:
            say(str(problem))
            self.exitcode = FAULT


def _choose(file: Path, opts: argparse.Namespace, reports: Path) -> Chosen:
    listed = read_clients(file.absolute(), reports.absolute())
    clients = only_named(listed, opts.only)
    if opts.shard:
        try:
            shard = read_shard(opts.shard)
        except ValueError as error:
            raise ArgumentError(str(error)) from error
        clients = tuple(one for one in clients if shard.holds(one))
    jobs = opts.jobs or str(listed.jobs)
    if not re.fullmatch(r"\d{1,9}", jobs) or not 0 < int(jobs) <= MOST_JOBS:
        raise ArgumentError(f"--jobs {jobs!r}: a number from 1 to {MOST_JOBS}.")
    return Chosen(listed=listed, clients=clients, sharded=bool(opts.shard), jobs=int(jobs))


MOST_JOBS = 64


def only_named(listed: ClientList, named: str | None) -> tuple[Client, ...]:
    if named is None:
        return listed.clients
    found = []
    for name in filter(None, (part.strip() for part in named.split(","))):
        fitting = [one for one in listed.clients if name in (one.domain, one.folder, one.name)]
        if not fitting:
            raise ArgumentError(f"--only {name!r}: no client of {listed.file} is called so.")
        found += [one for one in fitting if one not in found]
    return tuple(found)


def _list(chosen: Chosen, *, as_json: bool) -> int:
    known = states(chosen.listed, chosen.clients, ledger.now())
    if as_json:
        told = [{"domain": client.domain, "name": client.name, "due": due.now, "why": due.why, "next": due.next,
                 "period": client.period.text, "folder": str(client.home)} for client, due in known]  # fmt: skip
        say(msgspec.json.format(msgspec.json.encode(told), indent=1).decode(), error=False)
        return DONE
    for line in _lines(known, chosen.listed):
        say(line, error=False)
    return DONE


def _lines(known: Sequence[tuple[Client, Due]], listed: ClientList) -> Iterator[str]:
    width = max((len(client.domain) for client, _ in known), default=0)
    for client, due in known:
        when = f"; next {due.next.astimezone(listed.zone):%Y-%m-%d %H:%M %Z}" if due.next else ""
        yield f"{'due' if due.now else '-':3}  {client.domain:{width}}  {due.why}{when}"
    number = sum(due.now for _, due in known)
    yield f"{number:,} of {len(known):,} {'client is' if len(known) == 1 else 'clients are'} due."


def _crawl(chosen: Chosen, *, anyway: bool) -> int:
    children = Children()
    caught: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        caught.append(number)
        children.stop(signal.SIGTERM)  # the second time, too: then each child leaves at once

    for name in SIGNALS:
        signal.signal(name, stop)
    began = ledger.now()
    known = states(chosen.listed, chosen.clients, began)
    waiting = [client for client, due in known if due.now or (anyway and not client.paused)]
    workers = max(1, (os.cpu_count() or 1) // chosen.jobs)
    page = Page(chosen)
    job = Job(listed=chosen.listed, children=children, workers=workers, began=began, anyway=anyway)

    def ended(outcome: Outcome) -> None:
        say(_said(outcome, page.renew(outcome.client)), error=outcome.code not in (None, *FINISHED))

    outcomes = crawl_all(job, waiting, chosen.jobs, ended)
    page.read()
    page.write()
    for line in _ending(outcomes, len(known)):
        say(line, error=False)
    say(page.fault or f"Overview: {page.path.absolute()}", error=bool(page.fault))
    return 128 + caught[0] if caught else FAULT if page.fault else exit_code(outcomes)


class Page:
    """The page over all clients, kept fresh while they are crawled."""

    def __init__(self, chosen: Chosen) -> None:
        self.chosen = chosen
        self.path = chosen.listed.reports / "index.html"
        self.fault = ""
        """Why it could not be written the last time: a disk that is full must not end the crawls that lie elsewhere."""
        self.sites: dict[Path, Site] = {}
        self.read()

    def read(self) -> None:
        """All anew: another call may have crawled what this one did not."""
        self.sites = {client.home: self._read(client) for client in self._shown()}

    def _shown(self) -> Iterator[Client]:
        """All of the list; of another machine's share what lies here too, as in a folder that all of them mount."""
        for client in self.chosen.listed.clients:
            if not self.chosen.sharded or client in self.chosen.clients or client.home.is_dir():
                yield client

    def _read(self, client: Client) -> Site:
        return overview.of_client(client, self.chosen.listed, ledger.now())

    def renew(self, client: Client) -> Site:
        self.sites[client.home] = self._read(client)
        self.write()
        return self.sites[client.home]

    def write(self) -> None:
        listed = self.chosen.listed
        brand = load_brand(listed.brand or None)
        try:
            render_overview(list(self.sites.values()), listed.reports, language=listed.language or "en", brand=brand)
            self.fault = ""
        except OSError as error:
            self.fault = f"The overview could not be written: {error}"


def _said(outcome: Outcome, site: Site) -> str:
    if outcome.code is None:
        return f"{outcome.client.domain}: not crawled, {outcome.said}"
    word = WORDS.get(outcome.code, "interrupted")
    if outcome.code not in FINISHED or site.score is None:
        return f"{outcome.client.domain}: {word}: {outcome.said}"
    return f"{outcome.client.domain}: {word}, score {site.score:.0f}, {site.pages:,} pages: {site.report or site.home}"


def _ending(outcomes: Sequence[Outcome], number: int) -> Iterator[str]:
    crawled = [one for one in outcomes if one.code is not None]
    done = sum(one.code in FINISHED for one in crawled)
    yield f"{len(crawled):,} of {number:,} clients were due; {done:,} with a new report."
    for one in crawled:
        if one.not_told:
            yield f"Not told of {one.client.domain}: {one.not_told}"
