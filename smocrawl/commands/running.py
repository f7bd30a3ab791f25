"""Runs one crawl from a command: our own settings, our own signals, and the exit codes of the contract."""

from __future__ import annotations

import importlib.util
import logging
import os
import resource
import signal
from collections.abc import Mapping
from types import FrameType

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, Settings
from scrapy.utils.defer import deferred_from_coro
from twisted.logger import globalLogBeginner

from smocrawl.closing.ending import FAULT, NOTHING, USAGE, Ending
from smocrawl.commands.telling_of import tell_of
from smocrawl.commands.terminal import say
from smocrawl.commands.values import refuse_unknown, sound, sound_credentials
from smocrawl.garbage import search_seldom
from smocrawl.rendering.wanted import read_wish, try_out
from smocrawl.report import BrandError, FormError, known_form, load_brand
from smocrawl.spiders.crawl import Crawl
from smocrawl.spiders.opening import MachineError, open_crawl
from smocrawl.spiders.options import ArgumentError, read_options
from smocrawl.spiders.smo import SmoSpider
from smocrawl.store import runs
from smocrawl.store.database import StoreError
from smocrawl.telling import SECRETS, TellingError, Wishes, read_wishes

SECRET = frozenset({"SMO_AUTH", "SMO_FLEET_DATABASE", *SECRETS})
"""Read where it is used and nowhere else: never a setting, never a log line."""


def own_settings(given: BaseSettings | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """smocrawl.settings, then SMO_… of the project that we happen to stand in, of the environment, and ``-s``.

    Nothing else of that project: its user agent, middlewares and pipelines are its own.  A value that a setting
    cannot have is an :class:`~smocrawl.spiders.options.ArgumentError`.
    """
    settings = Settings()
    settings.setmodule("smocrawl.settings", priority="project")
    if importlib.util.find_spec("uvloop"):
        settings.set("ASYNCIO_EVENT_LOOP", "uvloop.Loop", priority="project")
    for name in given or ():
        if str(name).startswith("SMO_") and name not in SECRET:
            settings.set(name, given[name], priority="project")  # type: ignore[index]  # the loop is empty without them
    for name, value in (os.environ if environment is None else environment).items():
        if name.startswith("SMO_") and name not in SECRET:
            settings.set(name, value, priority=SETTINGS_PRIORITIES["project"] + 1)
    said = [name for name in given or () if (given.getpriority(name) or 0) >= SETTINGS_PRIORITIES["cmdline"]]  # type: ignore[union-attr]  # the same
    refuse_unknown(name for name in said if name not in SECRET)
    for name in said:
        settings.set(name, given[name], priority="cmdline")  # type: ignore[index]  # the loop is empty without them
    sound(settings)
    if settings["SMO_WORKERS"] in ("", None):
        from smocrawl.workers import default_number  # noqa: PLC0415 - pebble is slow to import

        settings.set("SMO_WORKERS", default_number(), priority="cmdline")
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < FEW_FILES:
        for name, number in FRUGAL.items():
            settings.set(name, min(number, settings.getint(name)), priority="cmdline")
    return settings


FEW_FILES = 128
"""Open files below which a crawl holds fewer connections and processes (ulimit -n; 1,024 is usual)."""

FRUGAL = {"CONCURRENT_REQUESTS": 4, "CONCURRENT_REQUESTS_PER_DOMAIN": 2, "SMO_WORKERS": 1}


def crawl_site(arguments: Mapping[str, str], given: BaseSettings | None = None) -> int:
    """Crawl, judge, report; the exit code.  Whatever goes wrong is said in one line."""
    try:
        settings = own_settings(given)
        sound_credentials(settings, os.environ)
        arguments = {"audience": settings["SMO_AUDIENCE"], **arguments}
        load_brand(str(settings.get("SMO_BRAND") or ""))  # said now, not after hours of crawling
        known_form(str(settings["SMO_REPORT_FORM"]))
        options = read_options(arguments)
        try_out(read_wish(settings))
        wishes = read_wishes(settings, os.environ) if settings.getbool("SMO_TELL") else Wishes()
        crawl = open_crawl(options, settings)
    except (ArgumentError, BrandError, FormError, TellingError) as problem:
        say(str(problem))
        return USAGE
    except (MachineError, StoreError) as problem:
        say(str(problem))
        return FAULT
    try:
        code = _run(crawl, settings, arguments)
        if wishes and not crawl.interrupted:
            tell_of(crawl.database, crawl.folder, wishes, problem=_problem(crawl))
        return code
    finally:
        if crawl.workers is not None:
            crawl.workers.close()
        crawl.database.close()
        crawl.lock.release()


def _problem(crawl: Crawl) -> str:
    """Why the crawl came to nothing or broke off; empty where it has a report."""
    ending = crawl.ending
    if isinstance(ending, Ending):
        return " ".join(ending.lines) if ending.code == NOTHING else ""
    return crawl.fault or "The crawl ended through a fault of smocrawl; see its log."


CHATTY = ("scrapy.utils.log", "scrapy.middleware", "scrapy.crawler", "scrapy.addons")
"""Loggers that list versions, settings and components at each start: kept for DEBUG."""


def _run(crawl: Crawl, settings: Settings, arguments: Mapping[str, str]) -> int:
    if settings["LOG_LEVEL"] != "DEBUG":
        for name in CHATTY:
            # A filter: Scrapy's own set-up of the log resets levels.
            logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)
    # Until somebody begins its log, Twisted prints criticals with their tracebacks: refused certificates among them.
    globalLogBeginner.beginLoggingTo([], redirectStandardIO=False, discardBuffer=True)
    logging.getLogger("twisted").addFilter(lambda record: "verifying certificate" not in record.getMessage())
    from smocrawl.workers import Workers, WorkersError, keep_memory_small  # noqa: PLC0415 - pebble is slow to import

    search_seldom()
    keep_memory_small()
    crawl.workers = Workers(settings.getint("SMO_WORKERS"))
    try:
        crawl.workers.make_sure()
    except WorkersError as problem:
        say(str(problem))
        return FAULT
    if not crawl.earlier.run or crawl.options.full:
        # Of a site that is known most pages may be as they were: then the first that is not starts them.
        crawl.workers.start()
    if crawl.resumed:
        say(crawl.resumed)
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(SmoSpider)
    _listen(crawl, process)
    process.crawl(crawler, crawl=crawl, **arguments)
    process.start(install_signal_handlers=False)
    for name in SIGNALS:
        # What is left is to say how it ended; the event loop has put back handlers that would kill us in between.
        signal.signal(name, signal.SIG_IGN)
    ending = crawl.ending
    if not isinstance(ending, Ending):
        runs.update(crawl.database, crawl.run, state="stopped")
        if crawl.interrupted:
            say("Stopped. The same command goes on from here.")
            return 128 + crawl.interrupted
        say(crawl.fault or "The crawl ended through a fault of smocrawl; see the log. The same command goes on.")
        return FAULT
    for line in ending.lines:
        say(line, error=ending.code in (NOTHING, FAULT))
    return ending.code


def _listen(crawl: Crawl, process: AsyncCrawlerProcess) -> None:
    """First signal: finish what is in flight, store, report.  Second: leave at once; the store stays whole."""

    def wind_up() -> None:
        from twisted.internet import reactor  # noqa: PLC0415 - installs the default reactor if imported early

        reactor.callFromThread(lambda: deferred_from_coro(process.stop()))

    def stop(number: int, frame: FrameType | None) -> None:
        if crawl.interrupted:
            if crawl.workers is not None:
                crawl.workers.kill()
            os._exit(128 + number)
        crawl.interrupted = number
        wind_up()

    crawl.stop = wind_up

    for name in SIGNALS:
        signal.signal(name, stop)


SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
