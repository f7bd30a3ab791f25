"""``scrapy smo-fleet worker | add | status clients.toml``: the sites of a list on many machines, by a queue in PostgreSQL."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.utils.log import configure_logging

from smocrawl.clients import ClientList, ClientsError, read_clients
from smocrawl.closing.ending import DONE, FAULT, USAGE
from smocrawl.commands.running import own_settings
from smocrawl.commands.terminal import say
from smocrawl.spiders.options import ArgumentError

if TYPE_CHECKING:
    from smocrawl.fleet.register import Register

ACTIONS = ("worker", "add", "status")
EXTRA = "smo-fleet needs more packages: pip install 'smocrawl[fleet]'"


class Command(ScrapyCommand):
    """Every machine has the same list; the database and the shared place are named in the environment."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "worker | add | status CLIENTS.toml [--work FOLDER] [--only DOMAIN,…] [--now] [--json]"

    def short_desc(self) -> str:
        return "Crawl the sites of a list on many machines (smocrawl[fleet])"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--work", metavar="FOLDER", default="fleet", help="worker: its own folder (default: fleet)")
        parser.add_argument("--until-empty", action="store_true", help="worker: end when no job waits")
        parser.add_argument("--only", metavar="DOMAIN,…", help="add: only these sites")
        parser.add_argument("--now", action="store_true", help="add: whether they are due or not")
        parser.add_argument("--json", action="store_true", help="status: as JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2 or args[0] not in ACTIONS:
            unknown = next((word for word in args if word.startswith("-")), "")
            say(
                f"Unknown option {unknown}."
                if unknown
                else "Say what to do, and the list: smo-fleet status clients.toml"
            )
            self.exitcode = USAGE
            return
        try:
            import psycopg  # noqa: PLC0415 - the packages of an extra

            from smocrawl.fleet import place, register  # noqa: PLC0415 - the packages of an extra
        except ImportError as missing:
            say(f"{EXTRA} ({missing.name} is missing).")
            self.exitcode = USAGE
            return
        try:
            known = register.Register(register.read_address(os.environ.get(register.DATABASE)))
            self.exitcode = self._do(args[0], _list(Path(args[1]), Path(opts.work)), known, opts)
        except (ClientsError, ArgumentError) as problem:
            say(str(problem))
            self.exitcode = USAGE
        except psycopg.Error as problem:
            say(f"The database of {register.DATABASE} cannot be used: {_first_line(problem)}")
            self.exitcode = FAULT
        except (OSError, place.PlaceError) as problem:
            say(str(problem))
            self.exitcode = FAULT

    def _do(self, action: str, listed: ClientList, known: Register, opts: argparse.Namespace) -> int:
        if action == "worker":
            return _work(listed, known, own_settings(self.settings), until_empty=opts.until_empty)
        if action == "add":
            return asyncio.run(_add(listed, known, opts.only, anyway=opts.now))
        return asyncio.run(_status(listed, known, as_json=opts.json))


def _list(file: Path, work: Path) -> ClientList:
    """The list with the worker's own folder in place of that of the reports, which stand in the shared place."""
    work = work.absolute()
    listed = read_clients(file.absolute(), work)
    known: dict[str, str] = {}
    for client in listed.clients:
        if client.reports != work:
            raise ClientsError(
                f"{file}:{client.line}: reports has no meaning for smo-fleet; leave it out: SMO_REPORTS is one."
            )
        if other := known.get(client.folder):
            raise ClientsError(f"{file}:{client.line}: {client.domain} has the folder of {other}.")
        known[client.folder] = client.domain
    return listed


def _first_line(problem: Exception) -> str:
    """What libpq says holds no password; of its many lines the first names the trouble."""
    lines = str(problem).strip().splitlines()
    return lines[0] if lines else type(problem).__name__


# -- worker ---------------------------------------------------------------------------------------------


def _work(listed: ClientList, known: Register, settings: Mapping[str, Any], *, until_empty: bool) -> int:
    from smocrawl.fleet.job import Fleet  # noqa: PLC0415 - the packages of an extra
    from smocrawl.fleet.pace import read_pace  # noqa: PLC0415 - the packages of an extra
    from smocrawl.fleet.place import open_place  # noqa: PLC0415 - the packages of an extra
    from smocrawl.fleet.worker import work  # noqa: PLC0415 - the packages of an extra

    pace, place = read_pace(settings), open_place(str(settings["SMO_REPORTS"]))
    known.prepare()  # a mistake in the address is said now, not tried for ever
    place.newest(".")
    configure_logging({"LOG_LEVEL": settings["LOG_LEVEL"], "LOG_ENABLED": True})
    for chatty in ("botocore", "aiobotocore", "s3fs", "fsspec", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    fleet = Fleet(listed=listed, register=known, place=place, pace=pace)
    say(f"Working on {len(listed.clients):,} sites of {listed.file} in {listed.reports}; Ctrl-C ends.", error=False)
    number = asyncio.run(work(fleet, until_empty=until_empty))
    return 128 + number if number else DONE


# -- add and status -------------------------------------------------------------------------------------


async def _add(listed: ClientList, known: Register, only: str | None, *, anyway: bool) -> int:
    from smocrawl.commands.smo_run_all import only_named  # noqa: PLC0415 - only this action needs it
    from smocrawl.fleet.queue import add, connected, prepare  # noqa: PLC0415 - the packages of an extra

    clients = only_named(listed, only)
    app = connected(known)
    known.prepare()
    async with app.open_async():
        await prepare(app, known)
        added = await add(app, clients, listed, known, anyway=anyway)
    for client in added:
        say(f"{client.domain}: waits for a worker", error=False)
    say(f"{len(added):,} of {len(clients):,} sites were added.", error=False)
    return DONE


async def _status(listed: ClientList, known: Register, *, as_json: bool) -> int:
    from smocrawl.fleet.status import lines, states  # noqa: PLC0415 - the packages of an extra

    found = await states(listed, known)
    if as_json:
        told = [one.told() for one in found]
        say(msgspec.json.format(msgspec.json.encode(told), indent=1).decode(), error=False)
        return DONE
    for line in lines(found, listed):
        say(line, error=False)
    return DONE
